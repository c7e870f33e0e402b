package site

import (
	"cmp"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
)

// Names looks up names of providers and municipalities in the contract book.
type Names struct {
	book     *billing.Book // nil if it cannot be read: then codes serve as names
	language string
}

// Names returns the names in the book in use. Language is that of the word for an empty code.
func (s *Site) Names(language string) Names {
	book, err := s.Views.Book()
	if err != nil {
		return Names{language: language}
	}
	return Names{book.Book, language}
}

// Provider returns the name of the provider with an AGB code; the code itself when the book does not have it.
func (n Names) Provider(code string) string {
	if n.book != nil {
		if provider := n.book.Provider(code); provider != nil {
			return provider.Name
		}
	}
	return cmp.Or(code, words.Say(n.language, "onbekend"))
}

// Municipality returns the name of the municipality with a CBS code; the code itself when the book does not have it.
func (n Names) Municipality(code string) string {
	if n.book != nil && code != "" {
		if municipality := n.book.Municipality(code); municipality != nil {
			return municipality.Name
		}
	}
	return cmp.Or(code, words.Say(n.language, "onbekend"))
}

package site

import (
	"cmp"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
)

// Names are the names that the book has for codes, for who reads in a language.
type Names struct {
	book     *billing.Book // nil when it cannot be read
	language string
}

// Names returns the names of the book in use.
func (s *Site) Names(language string) Names {
	book, err := s.Views.Book()
	if err != nil {
		return Names{language: language}
	}
	return Names{book.Book, language}
}

// Provider returns the name of a provider by its AGB code; the code itself when the book does not have it.
func (n Names) Provider(code string) string {
	if n.book != nil {
		if provider := n.book.Provider(code); provider != nil {
			return provider.Name
		}
	}
	return cmp.Or(code, words.Say(n.language, "onbekend"))
}

// Municipality returns the name of a municipality by its CBS code; the code itself when the book does not have it.
func (n Names) Municipality(code string) string {
	if n.book != nil && code != "" {
		if municipality := n.book.Municipality(code); municipality != nil {
			return municipality.Name
		}
	}
	return cmp.Or(code, words.Say(n.language, "onbekend"))
}

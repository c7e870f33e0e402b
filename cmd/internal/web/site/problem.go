package site

import (
	"github.com/pxq-nl/pxq/billing"
)

// Problem is an error that says in both languages why a request was refused.
type Problem struct{ text billing.Text }

// Error returns the English text.
func (p *Problem) Error() string { return p.text.English }

// In returns the text in a language.
func (p *Problem) In(language string) string { return p.text.In(language) }

// RefuseWith returns a problem with the given text.
func RefuseWith(text billing.Text) *Problem { return &Problem{text} }

// Refuse returns a problem with a formatted text in each language.
func Refuse(dutch, english string, values ...any) *Problem {
	return &Problem{billing.Texts(dutch, english, values...)}
}

package ledger

import "fmt"

// Problem says in the user's words why the store cannot be used and what to do.
type Problem struct {
	Dutch, English string
	Cause          error // for programs; never shown alone
}

func (p *Problem) Error() string { return p.English }

// Unwrap gives the cause.
func (p *Problem) Unwrap() error { return p.Cause }

// In gives the text in that language, nl or en.
func (p *Problem) In(language string) string {
	if language == "en" {
		return p.English
	}
	return p.Dutch
}

func problemf(cause error, dutch, english string, values ...any) *Problem {
	return &Problem{Dutch: fmt.Sprintf(dutch, values...), English: fmt.Sprintf(english, values...), Cause: cause}
}

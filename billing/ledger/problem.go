package ledger

import "fmt"

// Problem says in the user's words why the store cannot be used and what to do.
type Problem struct {
	Dutch, English string
	Cause          error // for programs; never shown alone
}

func (p *Problem) Error() string { return p.English }

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Cause }

// In returns the text in that language, nl or en.
func (p *Problem) In(language string) string {
	if language == "en" {
		return p.English
	}
	return p.Dutch
}

// Refuse returns a problem without a cause: what was asked is not done, and why.
func Refuse(dutch, english string, values ...any) *Problem {
	return problemf(nil, dutch, english, values...)
}

func problemf(cause error, dutch, english string, values ...any) *Problem {
	return &Problem{Dutch: fmt.Sprintf(dutch, values...), English: fmt.Sprintf(english, values...), Cause: cause}
}

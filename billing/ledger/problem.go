package ledger

import (
	"errors"
	"fmt"

	"github.com/pxq-nl/pxq/billing/ledger/words"
)

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

// readable turns a stored word that this version does not know into the user's words, and leaves other errors as they
// are.
func readable(err error) error {
	if _, ok := errors.AsType[*Problem](err); ok {
		return err // it says more
	}
	if unknown, ok := errors.AsType[*words.Unknown](err); ok {
		return problemf(err, "In de database staat ‘%[3]s’ als %[1]s, en dat kent deze versie van pxq niet. Er is niets gewijzigd. Gebruik de pxq die dit schreef, of zet een reservekopie terug.",
			"The database holds “%[3]s” as the %[2]s, which this version of pxq does not know. Nothing was changed. Use the pxq that wrote it, or put back a backup.",
			unknown.What.Dutch, unknown.What.English, unknown.Word)
	}
	return err
}

package jobs

import (
	"errors"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// textError is an error together with its text for users, made once so that the error gets only one number and one line in the log.
type textError struct {
	error
	text billing.Text
}

// In returns the text in a language.
func (e *textError) In(language string) string { return e.text.In(language) }

// Unwrap returns the error.
func (e *textError) Unwrap() error { return e.error }

// words returns the text of an error for users. An error without one is logged, and a panic is reported as a defect with a number.
func (s *Worker) words(err error) billing.Text {
	if told, ok := errors.AsType[site.InWords](err); ok {
		return billing.Text{Dutch: s.clean(told.In("nl")), English: s.clean(told.In("en"))}
	}
	if found := s.Defect(err, "pxq serve, job"); found != nil {
		return words.InBoth("Er is een fout in pxq zelf. Wat nog bezig was is niet bewaard. Meld dit nummer: %s", found.Number)
	}
	s.Log.Error("job", "error", bsn.MaskLine(err.Error()))
	return words.InBoth("Er ging iets mis dat pxq niet kan duiden. Er is niets gewijzigd.")
}

// keptReasons returns, as JSON and in both languages, the reasons why the amounts of a year may still change.
func (s *Worker) keptReasons(made *workspace.Statement) string {
	dutch, english := made.ProvisionalIn("nl"), made.ProvisionalIn("en")
	kept := make([]string, len(dutch))
	for i := range dutch {
		kept[i] = words.Kept(billing.Text{Dutch: s.ForPage(dutch[i]), English: s.ForPage(english[i])})
	}
	return site.AsJSON(kept)
}

// clean returns a text of the command as a page may show it: see ForPage, and without BSNs.
func (s *Worker) clean(text string) string { return bsn.MaskLine(s.ForPage(text)) }

// cleaned is a text that is cleaned when it is read.
type cleaned struct {
	of    site.InWords
	clean func(string) string
}

// In returns the cleaned text in a language.
func (c cleaned) In(language string) string { return c.clean(c.of.In(language)) }

// masked returns the reason why a file was refused, cleaned.
func (s *Worker) masked(refused site.InWords) cleaned { return cleaned{refused, s.clean} }

// refused returns the error of a job whose file was refused.
func (s *Worker) refused(refused site.InWords) error {
	return site.RefuseWith(words.InBoth("Geweigerd bij het inlezen: %s", s.masked(refused)))
}

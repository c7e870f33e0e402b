package jobs

import (
	"errors"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// told is an error with the words in which people were told of it: it gets one number and one line in the log.
type told struct {
	error
	text billing.Text
}

// In returns the words.
func (t *told) In(language string) string { return t.text.In(language) }

// Unwrap returns the error.
func (t *told) Unwrap() error { return t.error }

// words writes an error for people. One that nobody can explain is logged, and a defect gets a number.
func (w *Worker) words(err error) billing.Text {
	if told, ok := errors.AsType[site.InWords](err); ok {
		return billing.Text{Dutch: w.clean(told.In("nl")), English: w.clean(told.In("en"))}
	}
	both := func(key string, values ...any) billing.Text {
		return billing.Text{Dutch: words.Say("nl", key, values...), English: words.Say("en", key, values...)}
	}
	if found := w.Defect(err, "pxq serve, job"); found != nil {
		return both("Er is een fout in pxq zelf. Wat nog bezig was is niet bewaard. Meld dit nummer: %s", found.Number)
	}
	w.Log.Error("job", "error", bsn.MaskLine(err.Error()))
	return both("Er ging iets mis dat pxq niet kan duiden. Er is niets gewijzigd.")
}

// keptReasons keeps why the amounts of a year may still change, for readers of both languages.
func keptReasons(made *workspace.Statement) string {
	dutch, english := made.ProvisionalIn("nl"), made.ProvisionalIn("en")
	kept := make([]string, len(dutch))
	for i := range dutch {
		kept[i] = words.Kept(billing.Text{Dutch: dutch[i], English: english[i]})
	}
	return site.AsJSON(kept)
}

// clean makes a text fit for a page: without the numbers of clients, and without the folders of the server.
func (w *Worker) clean(text string) string { return bsn.MaskLine(w.WithoutFolders(text)) }

// cleaned is a text that is made fit for a page.
type cleaned struct {
	of    site.InWords
	clean func(string) string
}

// In returns the text.
func (c cleaned) In(language string) string { return c.clean(c.of.In(language)) }

// masked makes why a file was refused fit for a page.
func (w *Worker) masked(refused site.InWords) cleaned { return cleaned{refused, w.clean} }

// refused is a file that was refused while it was taken in.
func (w *Worker) refused(refused site.InWords) error {
	of := w.masked(refused)
	return site.RefuseWith(billing.Text{Dutch: words.Say("nl", "Geweigerd bij het inlezen: %s", of.In("nl")), English: words.Say("en", "Geweigerd bij het inlezen: %s", of.In("en"))})
}

// Package terminal prints the results of package workspace, for people at a terminal in Dutch or English, or as JSON for
// programs. A Printer has one method for each result, such as Printer.Month for a run; most choose between a print function
// and a function that returns an object for JSON, in the same file. Wrap breaks long lines, and Progress shows how far an
// operation is.
package terminal

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/synthetic"
)

// Printer prints results.
type Printer struct {
	Out      io.Writer
	Language string        // nl or en
	JSON     bool          // print results as JSON
	Colour   bool          // colours may be used
	Book     *billing.Book // has the names of municipalities and providers; with nil they are shown by code only
}

// object is a JSON object.
type object map[string]any

// Object prints facts as a JSON object, for results without a method.
func (p *Printer) Object(facts map[string]any) error { return p.writeJSON(facts) }

func (p *Printer) writeJSON(value any) error {
	encoder := json.NewEncoder(p.Out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// heading prints a heading after an empty line.
func (p *Printer) heading(dutch, english string) {
	p.gap()
	fmt.Fprintln(p.Out, p.in(bold, p.text(dutch, english)))
}

// gap prints an empty line, except as the first line of the output.
func (p *Printer) gap() {
	if page, ok := p.Out.(*wrapper); !ok || page.begun {
		fmt.Fprintln(p.Out)
	}
}

// Line prints a line of text; both texts are formats of values.
func (p *Printer) Line(dutch, english string, values ...any) {
	fmt.Fprintf(p.Out, p.text(dutch, english)+"\n", values...)
}

// text returns the text in the language of the printer.
func (p *Printer) text(dutch, english string) string {
	return billing.Text{Dutch: dutch, English: english}.In(p.Language)
}

// municipality returns the name of a municipality, or its code when it is not in the book.
func (p *Printer) municipality(code string) string {
	if code == "" {
		return p.text("onbekend", "unknown")
	}
	if p.Book != nil {
		if m := p.Book.Municipality(code); m != nil {
			return m.Name
		}
	}
	return code
}

// providerName returns the code of a provider, with its name when it is in the book.
func (p *Printer) providerName(agb string) string {
	if p.Book != nil {
		if provider := p.Book.Provider(agb); provider != nil {
			return agb + " " + provider.Name
		}
	}
	return agb
}

// outcome returns the name of an outcome.
func (p *Printer) outcome(outcome billing.Outcome) string {
	names := map[billing.Outcome]billing.Text{
		billing.Accepted: {Dutch: "akkoord", English: "accepted"}, billing.Held: {Dutch: "uitval", English: "held"},
		billing.Rejected: {Dutch: "afgewezen", English: "rejected"}, billing.Pending: {Dutch: "wacht", English: "pending"},
		billing.Replaced: {Dutch: "vervangen", English: "replaced"}, billing.Withdrawn: {Dutch: "ingetrokken", English: "withdrawn"},
	}
	return names[outcome].In(p.Language)
}

// kind returns the name of the kind of a line.
func (p *Printer) kind(kind billing.LineKind) string {
	names := map[billing.LineKind]billing.Text{
		billing.Regular: {Dutch: "regulier", English: "regular"}, billing.Late: {Dutch: "nagekomen", English: "late"},
		billing.Credit: {Dutch: "credit", English: "credit"}, billing.Correction: {Dutch: "correctie", English: "correction"},
	}
	return names[kind].In(p.Language)
}

// place returns the place of a row in a file.
func (p *Printer) place(file, sheet string, row int) string {
	if sheet != "" {
		file += ", " + p.text("blad", "sheet") + " " + sheet
	}
	return fmt.Sprintf("%s, %s %d", file, p.text("rij", "row"), row)
}

// listOf returns texts, with nil as an empty list, so that JSON always has a list.
func listOf(texts []string) []string {
	if texts == nil {
		return []string{}
	}
	return texts
}

// Generated prints the size of a synthetic month.
func (p *Printer) Generated(made *synthetic.Summary) {
	p.Line("%s van %s bij %s, %s, in %s.", "%s of %s at %s, %s, in %s.", p.records(made.Records),
		p.many(made.Clients, "cliënt", "cliënten", "client", "clients"), p.many(made.Providers, "aanbieder", "aanbieders", "provider", "providers"),
		p.many(made.Referrals, "toewijzing", "toewijzingen", "referral", "referrals"), p.files(len(made.Files)))
}

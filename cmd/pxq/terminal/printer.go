// Package terminal writes the results of a workspace for people at a terminal, in one language, or as JSON for
// programs.
package terminal

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/synthetic"
)

// Printer writes results.
type Printer struct {
	Out      io.Writer
	Language string        // nl or en
	JSON     bool          // results are written as JSON, for programs
	Colour   bool          // words may be set apart by a colour
	Book     *billing.Book // by which municipalities and providers are named; nil: by their codes only
}

// object is a JSON object.
type object map[string]any

// Object writes facts as JSON; for what has no other form.
func (p *Printer) Object(facts map[string]any) error { return p.writeJSON(facts) }

func (p *Printer) writeJSON(value any) error {
	encoder := json.NewEncoder(p.Out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// heading writes a heading, apart from what stands above it.
func (p *Printer) heading(dutch, english string) {
	p.gap()
	fmt.Fprintln(p.Out, p.in(bold, p.text(dutch, english)))
}

// gap writes an empty line, but not as the first.
func (p *Printer) gap() {
	if page, ok := p.Out.(*wrapper); !ok || page.begun {
		fmt.Fprintln(p.Out)
	}
}

// Line writes one line of text.
func (p *Printer) Line(dutch, english string, values ...any) {
	fmt.Fprintf(p.Out, p.text(dutch, english)+"\n", values...)
}

// text returns the text in the language of the printer.
func (p *Printer) text(dutch, english string) string {
	return billing.Text{Dutch: dutch, English: english}.In(p.Language)
}

// municipality names a municipality by its code.
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

// providerName returns the code of a provider and its name.
func (p *Printer) providerName(agb string) string {
	if p.Book != nil {
		if provider := p.Book.Provider(agb); provider != nil {
			return agb + " " + provider.Name
		}
	}
	return agb
}

// outcome names an outcome.
func (p *Printer) outcome(outcome billing.Outcome) string {
	names := map[billing.Outcome]billing.Text{
		billing.Accepted: {Dutch: "akkoord", English: "accepted"}, billing.Held: {Dutch: "uitval", English: "held"},
		billing.Rejected: {Dutch: "afgewezen", English: "rejected"}, billing.Pending: {Dutch: "wacht", English: "pending"},
		billing.Replaced: {Dutch: "vervangen", English: "replaced"}, billing.Withdrawn: {Dutch: "ingetrokken", English: "withdrawn"},
	}
	return names[outcome].In(p.Language)
}

// kind names why a line is in a declaration.
func (p *Printer) kind(kind billing.LineKind) string {
	names := map[billing.LineKind]billing.Text{
		billing.Regular: {Dutch: "regulier", English: "regular"}, billing.Late: {Dutch: "nagekomen", English: "late"},
		billing.Credit: {Dutch: "credit", English: "credit"}, billing.Correction: {Dutch: "correctie", English: "correction"},
	}
	return names[kind].In(p.Language)
}

// place names a row of a file.
func (p *Printer) place(file, sheet string, row int) string {
	if sheet != "" {
		file += ", " + p.text("blad", "sheet") + " " + sheet
	}
	return fmt.Sprintf("%s, %s %d", file, p.text("rij", "row"), row)
}

// listOf makes an empty list of nothing, so that programs always find a list.
func listOf(texts []string) []string {
	if texts == nil {
		return []string{}
	}
	return texts
}

// Generated writes what a synthetic month holds.
func (p *Printer) Generated(made *synthetic.Summary) {
	p.Line("%s van %s bij %s, %s, in %s.", "%s of %s at %s, %s, in %s.", p.records(made.Records),
		p.many(made.Clients, "cliënt", "cliënten", "client", "clients"), p.many(made.Providers, "aanbieder", "aanbieders", "provider", "providers"),
		p.many(made.Referrals, "toewijzing", "toewijzingen", "referral", "referrals"), p.files(len(made.Files)))
}

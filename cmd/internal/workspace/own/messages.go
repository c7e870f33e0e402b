package own

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/shown"
)

// IsMessage reports whether a file is a message.
func (r Reader) IsMessage(path string) (bool, error) { return r.Reader.IsMessage(path) }

// ReadMessage reads a declaration (JW323) of the provider into sink. It returns a *Foreign for one of another provider and for
// any other message.
func (r Reader) ReadMessage(path string, sink ijw.Sink) (*ijw.File, error) {
	return r.Reader.ReadMessage(path, &messageWatcher{Sink: sink, provider: r.Provider, name: filepath.Base(path)})
}

// messageWatcher passes a declaration on to a sink if it is the provider's.
type messageWatcher struct {
	ijw.Sink
	provider, name string
}

// Declaration refuses a JW323 that another provider sends.
func (w *messageWatcher) Declaration(header ijw.Header, declaration ijw.Declaration) error {
	if header.Sender != w.provider {
		return foreign(w.name, "Dit bericht is van een andere AGB-code (Header, Afzender). Verwacht: uw eigen AGB-code %s. Lever alleen uw eigen berichten aan.",
			"This message has another AGB code (Header, Afzender). Expected: your own AGB code %s. Send only your own messages.", w.provider)
	}
	return w.Sink.Declaration(header, declaration)
}

// Assigned refuses a JW301.
func (w *messageWatcher) Assigned(*ijw.Message301) error {
	return foreign(w.name, "Dit bericht bevat toewijzingen (JW301). Een aanbieder levert alleen zorgregels en declaraties (JW323) aan.",
		"This message contains referrals (JW301). A provider sends only care records and declarations (JW323).")
}

// messageContents collects the clients and references of a declaration.
type messageContents struct{ *contents }

// Declaration does nothing.
func (messageContents) Declaration(ijw.Header, ijw.Declaration) error { return nil }

// Client adds a client and the references of its prestaties.
func (c messageContents) Client(client *ijw.Client) error {
	for i := range client.Prestaties {
		record := &billing.Record{Provider: c.provider, Reference: client.Prestaties[i].Reference, BSN: client.BSN}
		if err := c.Record(record); err != nil {
			return err
		}
	}
	return nil
}

// Assigned does nothing.
func (messageContents) Assigned(*ijw.Message301) error { return nil }

// readFile reads a file and adds its contents to in.
func (c *Check) readFile(ctx context.Context, path string, in *contents) error {
	reader := Reader{Provider: c.Provider}
	isMessage, err := reader.IsMessage(path)
	if err == nil && isMessage {
		_, err = reader.ReadMessage(path, messageContents{in})
		return err
	}
	if err == nil {
		_, err = reader.Read(ctx, path, c.AsOf, in)
	}
	return err
}

// brokenMost is the largest number of broken rules of a message that are listed.
const brokenMost = 25

// refuseMessages adds the declarations that would be refused as a whole to result.Refused, with their findings. If such a
// message were sent in, its answer would report only these, and none of its prestaties would be judged.
func (j *judged) refuseMessages(ctx context.Context, result *Result) error {
	messages, err := j.store.Messages(ctx)
	for i := range messages {
		m := &messages[i]
		if !m.Refused || m.FileID <= j.lastKnown {
			continue
		}
		for at, finding := range m.Findings {
			if at == brokenMost {
				result.Refused = append(result.Refused, RefusedFile{Name: bsn.MaskLine(m.File), Reason: billing.Texts("En nog %d andere fouten.",
					"And %d other errors.", len(m.Findings)-at)})
				break
			}
			rule := j.catalogue.Rule(finding.Code)
			if rule == nil {
				continue
			}
			said := func(language string) string {
				return rule.Code.String() + " (" + answeredWith(rule, m.Inside) + ") " + placeOf(&finding, language) + ": " + rules.Message(rule, finding.Values, language) + " " + rules.Remedy(rule, finding.Values, language)
			}
			result.Refused = append(result.Refused, RefusedFile{Name: bsn.MaskLine(m.File), Reason: billing.Text{Dutch: bsn.MaskLine(said("nl")), English: bsn.MaskLine(said("en"))}})
		}
	}
	return err
}

// placeOf returns the place of a finding in a message: its element, with the line if it has one.
func placeOf(finding *ledger.MessageFinding, language string) string {
	if finding.Line == 0 {
		return finding.Element
	}
	return fmt.Sprintf(map[string]string{"nl": "regel %d, %s", "en": "line %d, %s"}[language], finding.Line, finding.Element)
}

func answeredWith(rule *billing.Rule, inside bool) string {
	if inside {
		return string(ijw.TechnicallyWrong)
	}
	return rule.IJW
}

// withoutJ26 removes the finding J26, which depends on the answer to an earlier message, from a prestatie when
// nothing is known of earlier messages. A prestatie that was rejected for that only becomes a withdrawal.
func (j *judged) withoutJ26(row *report.Row) {
	if row.Record.Prestatie == nil || j.Known != nil {
		return
	}
	kept := row.Findings[:0]
	left, rejects := false, false
	for _, finding := range row.Findings {
		if finding.Code == billing.J26 {
			left = true
			continue
		}
		rejects = rejects || j.catalogue.SeverityOn(row.Record, finding.Code) == billing.Reject
		kept = append(kept, finding)
	}
	if row.Findings = kept; left && !rejects && row.Outcome == billing.Rejected {
		row.Outcome = billing.Withdrawn
	}
}

// FindingOf returns a finding as its provider sees it: with its cell or prestatie, and the return code of the latter.
func FindingOf(catalogue *billing.Catalogue, told *shown.ProviderRow, finding *billing.Finding) Finding {
	record := told.Row.Record
	of := Finding{
		Cell: Place(record, shown.Column(told.Row, finding.Field)), Code: finding.Code, Severity: told.Effect(finding.Code), Values: finding.Values, InMessage: record.Prestatie != nil,
	}
	if of.InMessage && of.Severity == billing.Reject {
		of.Return = shown.ReturnCode(catalogue, record, shown.Rule(catalogue, finding.Code))
	}
	return of
}

// Place returns the place of a record: a cell or row of a sheet, or a prestatie of a message.
func Place(record *billing.Record, column string) string {
	if record.Prestatie != nil {
		return fmt.Sprintf("prestatie %d", record.Row)
	}
	return Cell(bsn.MaskLine(record.Sheet), column, record.Row)
}

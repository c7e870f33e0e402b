package reports

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// returned is a row as it goes back to its provider: without the findings that speak of another party.
type returned struct {
	*batch.Row
	findings  []billing.Finding // that the provider may read
	hidden    bool              // there are others
	elsewhere bool              // the referral is another provider's
}

func newReturned(catalogue *billing.Catalogue, row *batch.Row) returned {
	r := returned{Row: row, findings: row.Findings}
	r.elsewhere = slices.ContainsFunc(row.Findings, func(f billing.Finding) bool { return f.Code == billing.R03 })
	secret := func(f billing.Finding) bool { return !r.mayTell(catalogue, f.Code) }
	if slices.ContainsFunc(row.Findings, secret) {
		r.findings = slices.DeleteFunc(slices.Clone(row.Findings), secret)
		r.hidden = true
	}
	return r
}

// tellOfReferral are the findings that tell what a referral holds: client, product, volume, dates, municipality.
var tellOfReferral = []billing.Code{
	billing.R02, billing.R04, billing.R05, billing.R06, billing.R07, billing.R08, billing.R09, billing.R10, billing.R11, billing.R12, billing.R14,
	billing.C03, billing.D01, billing.A01, billing.A02,
}

// mayTell says whether the provider may read a finding about this row. Of a referral that is another provider's it
// reads that alone: else a wrong number would show what the other delivers, where and until when.
func (r *returned) mayTell(catalogue *billing.Catalogue, code billing.Code) bool {
	return mayTell(catalogue, code) && !(r.elsewhere && slices.Contains(tellOfReferral, code))
}

// reason is why records of a provider were not accepted, with what would make it right.
type reason struct {
	code   billing.Code
	remedy string
}

// addRow puts a row where it belongs. What was replaced or withdrawn is kept apart, so that sending the return
// file in again changes nothing.
func (p *provider) addRow(v *view, row *batch.Row) {
	p.quality.add(row, v.Period)
	r := newReturned(v.Catalogue, row)
	switch {
	case !shown.Judged(row):
		p.gone.Add(cellsOf(v, goneColumns, r)...)
	case row.Record.Unit == billing.Daypart:
		p.dayparts.Add(cellsOf(v, returnedDayparts, r)...)
	default:
		p.hours.Add(cellsOf(v, returnedHours, r)...)
	}
	switch row.Outcome {
	case billing.Rejected:
		p.addReasons(v, r, billing.Reject, &p.refusedByHuman)
	case billing.Held:
		p.addReasons(v, r, billing.Hold, &p.unexplainedHeld)
	}
}

// addReasons counts a record for each of the reasons that decided its outcome; where none can be told, as one
// that needs no mending.
func (p *provider) addReasons(v *view, r returned, severity billing.Severity, untold *count) {
	told := false
	visible := &batch.Row{Findings: r.findings}
	for code := range codesOnce(visible, v.Catalogue, severity) {
		told = true
		var values []string
		for i := range r.findings {
			if r.findings[i].Code == code {
				values = r.findings[i].Values
				break
			}
		}
		key := reason{code, v.remedy(code, values)}
		if p.byReason[key] == nil {
			p.byReason[key] = &count{}
		}
		p.byReason[key].add(r.Row)
	}
	if !told {
		untold.add(r.Row)
	}
}

// bad gives the finding that makes the cell of a field bad: it decided the outcome, or would have.
func (r *returned) bad(v *view, field billing.Field) *billing.Finding {
	for i := range r.findings {
		finding := &r.findings[i]
		if finding.Field == field && v.Catalogue.Severity(finding.Code) >= billing.Hold {
			return finding
		}
	}
	return nil
}

// whatStoodThere gives the text of a cell that could not be read, as the finding kept it; personal data are
// never kept.
func (r *returned) whatStoodThere(field billing.Field) string {
	for i := range r.findings {
		finding := &r.findings[i]
		if finding.Field != field {
			continue
		}
		switch finding.Code {
		case billing.F02, billing.F03, billing.F05, billing.F06, billing.F11:
			return shown.First(finding.Values)
		}
	}
	return ""
}

// explanation tells the provider what became of the row and what to do.
func (r *returned) explanation(v *view) string {
	text := v.explain(r.findings)
	add := func(line string) {
		if text != "" {
			text += "\n"
		}
		text += line
	}
	for i := range r.Decisions {
		decision := &r.Decisions[i]
		switch {
		case decision.Word != billing.Refuse:
		case r.mayTell(v.Catalogue, decision.Code) && decision.Reason != "":
			add(v.say("Na beoordeling afgewezen: %s", decision.Reason))
		default:
			add(v.say("Na beoordeling afgewezen."))
		}
	}
	if r.hidden && r.Outcome == billing.Held {
		add(v.say("De regio beoordeelt deze regel; u hoeft nu niets te doen."))
	}
	return text
}

// ownFile says whether the row came in a file of this provider. The name of another's file names the other.
func (r *returned) ownFile() bool { return r.SentBy == r.ReturnTo }

// awarded is the amount of an accepted record by itself.
func (r *returned) awarded() workbook.Value {
	if r.Outcome != billing.Accepted {
		return workbook.None()
	}
	return workbook.Money(r.Amount)
}

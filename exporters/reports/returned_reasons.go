package reports

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/shown"
)

// reason is why records of a provider were not accepted, with what would make it right.
type reason struct {
	code   billing.Code
	effect billing.Severity // of the finding: a hold that was refused rejects
	remedy string
}

// addRow puts a row where it belongs. What was replaced or withdrawn is kept apart, so that sending the return
// file in again changes nothing.
func (p *provider) addRow(v *view, row *report.Row) {
	p.quality.add(row, v.Period)
	r := newReturned(v, row)
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
func (p *provider) addReasons(v *view, r returned, effect billing.Severity, untold *count) {
	var told billing.CodeSet
	for i := range r.findings {
		finding := &r.findings[i]
		if told.Has(finding.Code) || r.effect(v, finding.Code) != effect {
			continue
		}
		told |= billing.Codes(finding.Code)
		key := reason{finding.Code, effect, v.toDoAbout(&r, finding)}
		if p.byReason[key] == nil {
			p.byReason[key] = &count{}
		}
		p.byReason[key].add(r.Row)
	}
	if told == 0 {
		untold.add(r.Row)
	}
}

// toDoAbout tells what the provider can do about a finding that decided the outcome.
func (v *view) toDoAbout(r *returned, finding *billing.Finding) string {
	remedy := v.toldRemedy(finding)
	switch {
	case r.refused(finding.Code):
		return v.say("Na beoordeling afgewezen; de reden staat bij de regel.")
	case v.Catalogue.Severity(finding.Code) != billing.Hold:
		return remedy
	case remedy != "":
		return remedy + " " + v.say("De regio beoordeelt deze regels.")
	}
	return v.say("De regio beoordeelt deze regels; u hoeft niets te doen, tenzij een regel niet klopt.")
}

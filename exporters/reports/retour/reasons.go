package retour

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
)

// reason is a reason why records of a provider were not accepted, with its remedy.
type reason struct {
	code   billing.Code
	effect billing.Severity // of the finding: a refused hold rejects
	remedy string
}

// addReasons counts a record under each of the reasons that decided its outcome; in untold if the provider may read none of
// them.
func (w *Workbook) addReasons(r *returned, effect billing.Severity, untold *month.Count) {
	var told []billing.Code
	for i := range r.findings {
		finding := &r.findings[i]
		if slices.Contains(told, finding.Code) || r.effect(finding.Code) != effect {
			continue
		}
		told = append(told, finding.Code)
		key := reason{finding.Code, effect, toDoAbout(w.View, r, finding)}
		if w.reasons[key] == nil {
			w.reasons[key] = &month.Count{}
		}
		w.reasons[key].Add(r.Row)
	}
	if len(told) == 0 {
		untold.Add(r.Row)
	}
}

// toDoAbout returns what the provider can do about a finding that decided the outcome.
func toDoAbout(v *layout.View, r *returned, finding *billing.Finding) string {
	remedy := toldRemedy(v, r.Record, finding)
	switch {
	case r.refused(finding.Code):
		return v.Say("Na beoordeling afgewezen; de reden staat bij de regel.")
	case v.Catalogue.SeverityOn(r.Record, finding.Code) != billing.Hold:
		return remedy
	case remedy != "":
		return remedy + " " + v.Say("De regio beoordeelt deze regels.")
	}
	return v.Say("De regio beoordeelt deze regels; u hoeft niets te doen, tenzij een regel niet klopt.")
}

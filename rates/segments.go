package rates

import (
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// referrerCodes are the codes of a referrer, COD327 of iJw: 01 municipality, 02 general practitioner, 03 youth
// doctor, 04 certified institution, 05 medical specialist, 06 self or none, 08 judge.
const referrerCodes = "01,02,03,04,05,06,08"

func (r *reading) readSegments() {
	g := r.grid("segmenten")
	r.segmentCodes = newRegister(g, "code", same)
	for _, line := range g.rows {
		segment := billing.Segment{
			Code:        line.cell("code").text,
			Name:        line.cell("naam").text,
			SettledPQ:   line.cell("bekostiging").oneOf("pxq", "anders") == "pxq",
			MaxMonths:   line.cell("max_duur_maanden").whole(1, monthsMax),
			Referrers:   line.cell("verwijzers").referrers(),
			PerArea:     line.cell("per_gebied").yesNo(),
			TakesOver:   line.cell("neemt_over").yesNo(),
			SourceOfRow: line.source(),
		}
		r.segmentCodes.add(line.cell("code"), segment.Code, 0)
		r.segments = append(r.segments, entry[billing.Segment]{segment, line})
	}
}

// referrers reads a comma-separated list of COD327 codes, restoring lost leading zeros.
func (c cell) referrers() []string {
	known := strings.Split(referrerCodes, ",")
	var codes []string
	for _, text := range list(c.text) {
		code := padded(text, 2)
		if !slices.Contains(known, code) {
			c.report("%s is geen code van een verwijzer (COD327); de codes zijn %s, met een komma ertussen. Leeg is alle",
				"%s is not a referrer code (COD327); the codes are %s, separated by commas. Empty means all",
				quote(text), strings.Join(known, ", "))
			continue
		}
		codes = append(codes, code)
	}
	return codes
}

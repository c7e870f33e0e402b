package rates

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

func (r *reading) readMunicipalities() {
	g := r.grid("gemeenten")
	codes := newRegister(g, "code", same)
	needsArea := slices.ContainsFunc(r.segments, func(s entry[billing.Segment]) bool {
		return s.fact.PerArea
	})
	for _, line := range g.rows {
		municipality := billing.Municipality{
			Code:        line.cell("code").digits(4, "CBS-gemeentecode", "a CBS municipality code"),
			Name:        line.cell("naam").text,
			Aliases:     list(line.cell("ook_bekend_als").text),
			From:        line.cell(sinceHeading).date(),
			SourceOfRow: line.source(),
		}
		municipality.Area, _ = r.areaCodes.find(line.cell("gebied"), line.cell("gebied").text)
		if needsArea && g.has("gebied") && line.cell("gebied").text == "" {
			line.cell("gebied").report(
				"de gemeente heeft geen gebied, terwijl een segment per gebied is gecontracteerd; vul een code uit de tabel gebieden in",
				"the municipality has no area, while a segment is contracted per area; fill in a code from the table gebieden")
		}
		codes.add(line.cell("code"), municipality.Code, municipality.From)
		r.municipalities = append(r.municipalities, entry[billing.Municipality]{municipality, line})
	}
	r.checkNames()
}

// checkNames checks that every code, name and alias refers to only one municipality. It compares them as records
// do: ignoring case, spaces, dots, dashes and accents, and with the leading zero of a code of three digits restored.
func (r *reading) checkNames() {
	owners := make(map[string]entry[billing.Municipality])
	for _, e := range r.municipalities {
		if e.fact.Code != "" {
			if _, taken := owners[e.fact.Code]; !taken {
				owners[e.fact.Code] = e
			}
		}
	}
	for _, e := range r.municipalities {
		claim(owners, e, e.row.cell("naam"), e.fact.Name)
		for _, alias := range e.fact.Aliases {
			claim(owners, e, e.row.cell("ook_bekend_als"), alias)
		}
	}
}

// claim records that a name refers to municipality e, and reports a name that already refers to another.
func claim(owners map[string]entry[billing.Municipality], e entry[billing.Municipality], c cell, name string) {
	if name == "" {
		return
	}
	folded := padded(billing.Fold(name), 4)
	if folded == "" {
		c.report("%s heeft geen letter of cijfer; schrijf een naam", "%s has no letter or digit; write a name", quote(name))
		return
	}
	owner, taken := owners[folded]
	switch {
	case !taken:
		owners[folded] = e
	case owner.row != e.row && (owner.fact.Code == "" || owner.fact.Code != e.fact.Code):
		c.report("%s wijst ook naar de gemeente in rij %d (hoofdletters, spaties, punten en streepjes tellen niet); laat de naam bij één gemeente staan",
			"%s also refers to the municipality in row %d (case, spaces, dots and dashes do not count); keep the name for one municipality only",
			quote(name), owner.row.number)
	}
}

func (r *reading) readAreas() {
	g := r.grid("gebieden")
	r.areaCodes = newRegister(g, "code", same)
	for _, line := range g.rows {
		area := billing.Area{Code: line.cell("code").text, Name: line.cell("naam").text, SourceOfRow: line.source()}
		r.areaCodes.add(line.cell("code"), area.Code, 0)
		r.areas = append(r.areas, entry[billing.Area]{area, line})
	}
}

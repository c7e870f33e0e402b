package synthetic

// ways are the ways in which providers send their care, each of some of them. The first is the template.
func ways() []way {
	return []way{
		template(),
		{
			name: "minuten", sheet: "Blad1", above: true, preamble: true, quantity: minutes, dates: dutchText, homes: homeCode,
			bsnNumber: true, totals: true, units: [3]string{"uur", "min", "dagdeel"},
		},
		{
			name: "ecd-export", csv: true, separator: ';', encoding: windows1252, quantity: hoursText, dates: isoText, homes: homeName,
			remarks: true, extras: []string{"Medewerker", "Locatie"}, units: [3]string{"uren", "minuten", "dagdelen"},
		},
		{
			name: "twee bladen", split: true, noUnits: true, dates: dateCell, homes: homeName, totals: true, preamble: true,
			claims: true, units: [3]string{"uur", "minuten", "dagdeel"},
		},
		{
			name: "komma", csv: true, separator: ',', quantity: minutes, dates: isoText, homes: homeCode, claims: true, point: true,
			births: true, times: timeText, units: [3]string{"04", "01", "16"},
		},
		{
			name: "agenda", sheet: "Registratie", quantity: onlyTimes, dates: dateCell, times: timeCell, homes: homeName, gaps: true,
			extras: []string{"Medewerker", "Soort contact"}, units: [3]string{"uur", "minuut", "dagdeel"},
		},
		{
			name: "klok", sheet: "Declaratie", quantity: hoursClock, dates: slashText, homes: homeName, hidden: true, births: true,
			remarks: true, units: [3]string{"Uur", "Minuten", "Dagdeel"},
		},
		{
			name: "tab", csv: true, separator: '\t', encoding: utf8BOM, quantity: hoursText, dates: compact, homes: homeName, births: true,
			units: [3]string{"4", "1", "16"},
		},
		{
			name: "exceltijd", sheet: "Productie", quantity: hoursTime, dates: dateCell, homes: homeAlias, births: true, explanation: true,
			times: timeCell, units: [3]string{"uren", "minuten", "dagdelen"},
		},
		{
			name: "formules", sheet: "Uren en dagdelen", quantity: hoursFormula, dates: dateCell, times: timeCell, homes: homeName, claims: true,
			totals: true, gaps: true, units: [3]string{"uur", "minuten", "dagdeel"},
		},
		{
			name: "getypt", sheet: "zorg", above: true, preamble: true, quantity: hoursText, dates: shortText, bsnNumber: true, gaps: true,
			explanation: true, units: [3]string{"u", "min", "dagdeel"},
		},
		{
			name: "boekhouding", csv: true, separator: ';', encoding: utf8BOM, above: true, preamble: true, quantity: minutes,
			dates: dutchText, homes: homeAlias, totals: true, units: [3]string{"uur", "min", "dagdeel"},
		},
	}
}

// template is how those send who fill in the template of the region.
func template() way {
	w := plainWay()
	w.name, w.times, w.explanation = "template", timeText, true
	return w
}

package site

import "regexp"

// instead lists what texts of the command advise and visitors of the pages cannot do, with what they can: they open no terminal, and
// it was they who sent the file. In order: the first that fits counts.
var instead = []struct {
	advice *regexp.Regexp
	by     string
}{
	{regexp.MustCompile(`(?:Doe|Draai)( eerst)? ‘pxq run(?: --period [^’]*)?’`), "Bereken$1"},
	{regexp.MustCompile(`First do “pxq run(?: --period [^”]*)?”`), "First do a new run"},
	{regexp.MustCompile(`Do “pxq run(?: --period [^”]*)?”`), "Do a new run"},
	{regexp.MustCompile(`‘pxq run’ neemt dat mee`), "de volgende berekening neemt dat mee"},
	{regexp.MustCompile(`“pxq run” takes`), "the next run takes"},
	{regexp.MustCompile(` Geef bijvoorbeeld --year \d+\.`), ""},
	{regexp.MustCompile(` Use, for example, --year \d+\.`), ""},
	{regexp.MustCompile(`Zet aanleveringen in submissions/ en doe ‘pxq run[^’]*’`), "Laat aanbieders aanleveren en bereken"},
	{regexp.MustCompile(`Put submissions in submissions/ and do “pxq run[^”]*”`), "Let providers submit and do a run"},
	{regexp.MustCompile("; `pxq template submission` (?:maakt een leeg voorbeeld|makes an empty example)"), ""},
	{regexp.MustCompile(`; vraag de afzender (?:het|haar) opnieuw te sturen\.`), ". Kies een ander bestand, of sla het opnieuw op."},
	{regexp.MustCompile(`; ask the sender to send it again\.`), ". Choose another file, or save it again."},
	{regexp.MustCompile(`, of vraag de afzender (?:het|haar) opnieuw te sturen\.`), "."},
	{regexp.MustCompile(`, or ask the sender to send it again\.`), "."},
	{regexp.MustCompile(`Vraag de afzender om `), "Kies "},
	{regexp.MustCompile(`Ask the sender for `), "Choose "},
}

// withoutCommands replaces advice in a text by what visitors of the pages can do.
func withoutCommands(text string) string {
	for _, of := range instead {
		text = of.advice.ReplaceAllString(text, of.by)
	}
	return text
}

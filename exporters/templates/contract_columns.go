package templates

import (
	"github.com/pxq-nl/pxq/billing"
)

// bookColumn explains a column of the book, with an example.
type bookColumn struct {
	about   billing.Text
	example string
	list    string // name of the list to choose from
}

// since explains the column with the day from which a row of products, municipalities or providers holds.
var since = both("Eerste dag waarop de rij geldt; leeg is altijd. Een code mag in meer rijen staan, elk met een eigen dag; de eerste geldt ook daarvoor.",
	"First day on which the row applies; empty means always. A code may be in several rows, each with its own day; the first also applies before that day.")

// bookColumns explain the columns of the tables, by table and column or by column alone.
var bookColumns = map[string]bookColumn{
	"segmenten.code":        {both("Code van het segment.", "Code of the segment."), "4", ""},
	"naam":                  {both("Naam, zoals zij in werkboeken staat.", "Name, as workbooks show it."), "Ambulante jeugdhulp", ""},
	"bekostiging":           {both("pxq als dit programma het segment afrekent, anders als dat elders gebeurt.", "pxq if this program settles the segment, anders if that is done elsewhere."), "pxq", "lijst_bekostiging"},
	"max_duur_maanden":      {both("Maximale duur in maanden; leeg is geen. Bij een product gaat zij voor die van het segment.", "Maximum duration in months; empty means none. A product's own duration overrides that of its segment."), "24", ""},
	"verwijzers":            {both("Verwachte verwijzers (codes 01 tot en met 08 met komma's); leeg is alle.", "Expected referrers (codes 01 to 08, separated by commas); empty means all."), "01,04,08", ""},
	"per_gebied":            {both("Of het segment per gebied is gecontracteerd.", "Whether the segment is contracted per area."), "ja", "lijst_ja_nee"},
	"neemt_over":            {both("Of dit segment alle zorg van een cliënt overneemt.", "Whether this segment takes over all care of a client."), "nee", "lijst_ja_nee"},
	"producten.productcode": {both("Code van het product.", "Code of the product."), "45A04", ""},
	"segment":               {both("Code van het segment; kies uit blad segmenten.", "Code of the segment; choose from the sheet segmenten."), "4", "boek_segmenten"},
	"categorie":             {both("Productcategorie, twee cijfers.", "Product category, two digits."), "45", ""},
	"soort":                 {both("Soort hulp.", "Kind of help."), "begeleiding", "lijst_soort"},
	"taakveld":              {both("Taakveld (Iv3) voor de boekhouding.", "Task field (Iv3) for the books."), "6.762", ""},
	"eenheden":              {both("Eenheden waarin geleverd mag worden.", "Units in which it may be delivered."), "uur", "lijst_eenheden"},
	"leeftijdsgrens":        {both("Leeftijd waarop het product eindigt; leeg is 18.", "Age at which the product ends; empty means 18."), "21", ""},
	"verblijf":              {both("Of het een vorm van wonen is.", "Whether it is a form of residential care."), "nee", "lijst_ja_nee"},
	"coordinatiepunt":       {both("Of melding bij het regionale coördinatiepunt nodig is.", "Whether it must be reported to the regional coordination point."), "nee", "lijst_ja_nee"},
	"afronding":             {both("exact, of heel_uur om per regel op hele uren af te ronden.", "exact, or heel_uur to round each line to whole hours."), "exact", "lijst_afronding"},
	"gemeenten.code":        {both("CBS-code, vier cijfers.", "CBS code, four digits."), "0855", ""},
	"ook_bekend_als":        {both("Andere namen, met komma's.", "Other names, separated by commas."), "", ""},
	"gebied":                {both("Code van het gebied; kies uit blad gebieden. In contracten is leeg de hele regio.", "Code of the area; choose from the sheet gebieden. In contracten, empty means the whole region."), "A", "boek_gebieden"},
	"gebieden.code":         {both("Code van het gebied.", "Code of the area."), "A", ""},
	"aanbieders.agb":        {both("AGB-code, acht cijfers.", "AGB code, eight digits."), "01234567", ""},
	"contracten.agb":        {both("AGB-code; kies uit blad aanbieders.", "AGB code; choose from the sheet aanbieders."), "01234567", "boek_aanbieders"},
	"producten":             {both("Productcodes met komma's; leeg is alle producten van het segment.", "Product codes, separated by commas; empty means all products of the segment."), "", ""},
	"van":                   {both("Eerste dag.", "First day."), "01-01-2026", ""},
	"producten.van":         {since, "01-02-2026", ""},
	"gemeenten.van":         {since, "01-02-2026", ""},
	"aanbieders.van":        {since, "01-02-2026", ""},
	"tot":                   {both("Laatste dag; leeg is nog geldig.", "Last day; empty means still valid."), "", ""},
	"plafond":               {both("Budgetplafond per kalenderjaar, in euro's; leeg is geen.", "Budget ceiling per calendar year, in euros; empty means none."), "250000", ""},
	"eerder_gedeclareerd":   {both("Wat al meetelt voor het plafond, in euro's.", "What already counts towards the ceiling, in euros."), "", ""},
	"eerder_jaar":           {both("Het kalenderjaar daarvan.", "The calendar year of that amount."), "", ""},
	"tarieven.productcode":  {both("Productcode; kies uit blad producten.", "Product code; choose from the sheet producten."), "45A04", "boek_producten"},
	"eenheid":               {both("Per welke eenheid het tarief geldt.", "The unit the price applies to."), "uur", "lijst_eenheid"},
	"tarieven.agb":          {both("AGB-code voor een eigen tarief; leeg is het algemene.", "AGB code for a provider's own price; empty means the general price."), "", "boek_aanbieders"},
	"tarief":                {both("Prijs in euro's, hoogstens twee decimalen.", "Price in euros, at most two decimals."), "93,45", ""},
	"bron":                  {both("Waar de rij vandaan komt.", "Where the row comes from."), "contract 2026", ""},
	"aanbieders.naam":       {both("Naam van de aanbieder.", "Name of the provider."), "Stichting Voorbeeld", ""},
	"gemeenten.naam":        {both("Naam van de gemeente.", "Name of the municipality."), "Tilburg", ""},
	"gebieden.naam":         {both("Naam van het gebied.", "Name of the area."), "Midden", ""},
	"producten.naam":        {both("Naam van het product.", "Name of the product."), "Begeleiding individueel", ""},
}

// plainWord returns the text above a heading of the book: headings are keys for programs, this is for people.
func (t *template) plainWord(table, heading string) string {
	word, found := plainWords[table+"."+heading]
	if !found {
		word = plainWords[heading]
	}
	return t.say(word)
}

// plainWords are the meanings of the headings, by table and column or by column alone. None of them is itself a key, because
// the reader takes the first row with two keys for the headings.
var plainWords = map[string]billing.Text{
	"segmenten.code":      both("Segmentcode", "Segment code"),
	"gemeenten.code":      both("CBS-code", "CBS code"),
	"gebieden.code":       both("Gebiedscode", "Area code"),
	"segmenten.naam":      both("Naam van het segment", "Name of the segment"),
	"producten.naam":      both("Naam van het product", "Name of the product"),
	"gemeenten.naam":      both("Naam van de gemeente", "Name of the municipality"),
	"gebieden.naam":       both("Naam van het gebied", "Name of the area"),
	"aanbieders.naam":     both("Naam van de aanbieder", "Name of the provider"),
	"bekostiging":         both("Wie rekent het af", "Settled by"),
	"max_duur_maanden":    both("Maximale duur (maanden)", "Maximum duration (months)"),
	"verwijzers":          both("Verwachte verwijzers", "Expected referrers"),
	"per_gebied":          both("Per gebied gecontracteerd?", "Contracted per area?"),
	"neemt_over":          both("Neemt alle zorg over?", "Takes over all care?"),
	"productcode":         both("Code van het product", "Code of the product"),
	"segment":             both("Code van het segment", "Code of the segment"),
	"categorie":           both("Productcategorie", "Product category"),
	"soort":               both("Soort hulp", "Kind of help"),
	"taakveld":            both("Taakveld (Iv3)", "Task field (Iv3)"),
	"eenheden":            both("Mag geleverd in", "May be delivered in"),
	"leeftijdsgrens":      both("Tot welke leeftijd", "Up to what age"),
	"verblijf":            both("Vorm van wonen?", "Residential care?"),
	"coordinatiepunt":     both("Melding coördinatiepunt?", "Report to coordination point?"),
	"afronding":           both("Afronding per regel", "Rounding of a line"),
	"ook_bekend_als":      both("Andere namen", "Other names"),
	"gebied":              both("Code van het gebied", "Code of the area"),
	"agb":                 both("AGB-code", "AGB code"),
	"producten":           both("Alleen deze producten", "Only these products"),
	"van":                 both("Geldig vanaf", "Valid from"),
	"tot":                 both("Geldig tot en met", "Valid until"),
	"plafond":             both("Budgetplafond per jaar", "Budget ceiling per year"),
	"eerder_gedeclareerd": both("Telt al mee (€)", "Already counts (€)"),
	"eerder_jaar":         both("In het jaar", "In the year"),
	"eenheid":             both("Prijs per", "Price per"),
	"tarief":              both("Prijs (€)", "Price (€)"),
	"bron":                both("Waar de rij vandaan komt", "Where the row comes from"),
}

package ijw_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/pxq-nl/pxq/billing/ijw"
	importer "github.com/pxq-nl/pxq/importers/ijw"
)

// Level 1 of a JW323: the path, the line and what was expected.
func TestRefuse323(t *testing.T) {
	const prestatie = "Bericht/Declaratie/Clienten/Client[1]/Prestaties/Prestatie[1]"
	for _, test := range []struct {
		name, old, fresh string
		reason           importer.Reason
		rule, path       string
		line             int
		says             string // in Dutch
	}{
		{"CS319: a blank in the number", ">D202610<", ">D 202610<", importer.WrongValue, "CS319", "Bericht/Declaratie/DeclaratieNummer", 19, "letters en cijfers"},
		{"CS319: a dash in the number", ">D202610<", ">D-202610<", importer.WrongValue, "CS319", "Bericht/Declaratie/DeclaratieNummer", 19, "‘D-202610’"},
		{"CS025: another version", "<jw323:BerichtVersie>3<", "<jw323:BerichtVersie>2<", importer.WrongValue, "CS025", "Bericht/Header/BerichtVersie", 5, "verwacht wordt 3"},
		{"CS015: another subversion", "<jw323:BerichtSubversie>2<", "<jw323:BerichtSubversie>1<", importer.WrongValue, "CS015", "Bericht/Header/BerichtSubversie", 6, "verwacht wordt 2"},
		{"another message code", ">490<", ">491<", importer.WrongValue, "", "Bericht/Header/BerichtCode", 4, "verwacht wordt 490"},
		{"a sender of 7 digits", ">42420001<", ">4242001<", importer.WrongValue, "", "Bericht/Header/Afzender", 7, "precies 8 cijfers"},
		{"a receiver of 3 digits", ">0855<", ">855<", importer.WrongValue, "", "Bericht/Header/Ontvanger", 8, "precies 4 cijfers"},
		{"a blank identification", ">B2026-10<", ">   <", importer.WrongValue, "", "Bericht/Header/BerichtIdentificatie/Identificatie", 10, "niet alleen blanco"},
		{"an identification of 13", ">B2026-10<", ">1234567890123<", importer.WrongValue, "", "Bericht/Header/BerichtIdentificatie/Identificatie", 10, "1 tot en met 12"},
		{"a schema version", ">1.0.1<", ">1.1<", importer.WrongValue, "", "Bericht/Header/XsdVersie/BerichtXsdVersie", 15, "zoals 1.0.0"},
		{"a BSN of 8 digits", ">999900006<", ">99990006<", importer.WrongValue, "", "Bericht/Declaratie/Clienten/Client[1]/Bsn", 31, "precies 9 cijfers"},
		{"a BSN with a dot", ">999900018<", ">9999.00018<", importer.WrongValue, "", "Bericht/Declaratie/Clienten/Client[2]/Bsn", 75, "deze waarde"},
		{"a reference of 21", ">R1<", ">123456789012345678901<", importer.WrongValue, "", prestatie + "/ProductReferentie/ReferentieNummer", 35, "1 tot en met 20"},
		{"an empty reference", ">R1<", "><", importer.WrongValue, "", prestatie + "/ProductReferentie/ReferentieNummer", 35, "leeg"},
		{"an empty element", "<jw323:ProductTarief>159</jw323:ProductTarief>", "<jw323:ProductTarief/>", importer.WrongValue, "", prestatie + "/ProductTarief", 46, "leeg"},
		{"a date that does not exist", ">2026-10-31<", ">2026-02-29<", importer.WrongValue, "", "Bericht/Declaratie/DeclaratiePeriode/Einddatum", 22, "bestaande datum"},
		{"a date with a zone", ">2026-11-04<", ">2026-11-04Z<", importer.WrongValue, "", "Bericht/Declaratie/DeclaratieDagtekening", 24, "zonder tijdzone"},
		{"a Dutch date", ">2026-11-04<", ">04-11-2026<", importer.WrongValue, "", "Bericht/Declaratie/DeclaratieDagtekening", 24, "zoals 2026-10-31"},
		{"an amount in euros", ">15121<", ">151.21<", importer.WrongValue, "", prestatie + "/IngediendBedrag/Bedrag", 48, "een geheel getal"},
		{"an amount too large", ">15121<", ">100000000<", importer.WrongValue, "", prestatie + "/IngediendBedrag/Bedrag", 48, "99999999"},
		{"an amount below zero", ">15121<", ">-1<", importer.WrongValue, "", prestatie + "/IngediendBedrag/Bedrag", 48, "0 tot en met"},
		{"a total of 13 digits", ">15371<", ">1000000000000<", importer.WrongValue, "", "Bericht/Declaratie/TotaalIngediendBedrag/TotaalBedrag", 26, "999999999999"},
		{"a referral number of 10 digits", ">300201<", ">1000000000<", importer.WrongValue, "", prestatie + "/ToewijzingNummer", 37, "999999999"},
		{"another side", ">D<", ">X<", importer.WrongValue, "", "Bericht/Declaratie/TotaalIngediendBedrag/DebetCredit", 27, "C of D"},
		{"another unit", ">01<", ">02<", importer.WrongValue, "", prestatie + "/Eenheid", 45, "83 of 84"},
		{"another category", ">45<", ">39<", importer.WrongValue, "", prestatie + "/ProductCategorie", 38, "54 of 55"},
		{"a product code of 6", ">45A48<", ">45A48X<", importer.WrongValue, "", prestatie + "/ProductCode", 39, "1 tot en met 5"},

		{"an element too few", "<jw323:ToewijzingNummer>300201</jw323:ToewijzingNummer>", "", importer.WrongElement, "", prestatie + "", 38, "verwacht wordt ToewijzingNummer"},
		{"the last element too few", "\t\t\t\t\t\t\t<ijw:DebetCredit>D</ijw:DebetCredit>\n", "", importer.WrongElement, "", prestatie + "/IngediendBedrag", 47, "DebetCredit ontbreekt"},
		{"an element twice", "<jw323:Eenheid>01</jw323:Eenheid>", "<jw323:Eenheid>01</jw323:Eenheid><jw323:Eenheid>01</jw323:Eenheid>", importer.WrongElement, "", prestatie, 45, "verwacht wordt ProductTarief of IngediendBedrag"},
		{"the wrong order", "<ijw:Bedrag>15121</ijw:Bedrag>\n\t\t\t\t\t\t\t<ijw:DebetCredit>D</ijw:DebetCredit>", "<ijw:DebetCredit>D</ijw:DebetCredit><ijw:Bedrag>15121</ijw:Bedrag>", importer.WrongElement, "", prestatie + "/IngediendBedrag", 48, "verwacht wordt Bedrag"},
		{"an unknown element", "<jw323:Eenheid>", "<jw323:Frequentie>2</jw323:Frequentie><jw323:Eenheid>", importer.WrongElement, "", prestatie, 45, "Frequentie"},
		{"an element after the last", "</jw323:Clienten>", "</jw323:Clienten><jw323:Clienten/>", importer.WrongElement, "", "Bericht/Declaratie", 97, "niets meer"},
		{"the other namespace", "<jw323:Eenheid>01</jw323:Eenheid>", "<ijw:Eenheid>01</ijw:Eenheid>", importer.WrongElement, "", prestatie, 45, "naamruimte"},
		{"an element in a value", ">R1<", "><ijw:x/><", importer.WrongElement, "", prestatie + "/ProductReferentie/ReferentieNummer", 35, "bevat een waarde"},
		{"text between elements", "<jw323:Prestaties>", "<jw323:Prestaties>999900006", importer.WrongContent, "", "Bericht/Declaratie/Clienten/Client[1]/Prestaties", 32, "alleen andere elementen"},
		{"an attribute", "<jw323:Eenheid>", `<jw323:Eenheid code="999900006">`, importer.WrongContent, "", prestatie + "/Eenheid", 45, "attribuut code"},
		{"xml:lang", "<jw323:Eenheid>", `<jw323:Eenheid xml:lang="nl">`, importer.WrongContent, "", prestatie + "/Eenheid", 45, "attribuut lang"},
		{"nil", "<jw323:Eenheid>", `<jw323:Eenheid xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="false">`, importer.WrongContent, "", prestatie + "/Eenheid", 45, "xsi:nil"},
		{"another type", "<jw323:Eenheid>", `<jw323:Eenheid xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="ijw:LDT_Datum">`, importer.WrongContent, "", prestatie + "/Eenheid", 45, "xsi:type"},
	} {
		refusal := refused(t, swap(t, sample(t, "jw323"), test.old, test.fresh))
		if refusal == nil {
			t.Errorf("%s: taken in", test.name)
			continue
		}
		if refusal.Reason != test.reason || refusal.Rule != test.rule || refusal.Path != test.path || refusal.Line != test.line || !strings.Contains(refusal.Dutch, test.says) {
			t.Errorf("%s: got %s %s, %s", test.name, refusal.Reason, refusal.Rule, refusal.In("nl"))
		}
	}
}

// Personal data are never shown, whatever is wrong with them.
func TestRefuse301(t *testing.T) {
	const client, product = "Bericht/Client", "Bericht/Client/ToegewezenProducten/ToegewezenProduct[1]"
	for _, test := range []struct{ name, old, fresh, path, says, hides string }{
		{"the code of a JW323", ">436<", ">490<", "Bericht/Header/BerichtCode", "verwacht wordt 436", ""},
		{"a birth date", ">2012-05-01<", ">01-05-2012<", client + "/Geboortedatum/Datum", "bestaande datum", "01-05-2012"},
		{"a name", ">Proef<", ">" + strings.Repeat("Proef", 41) + "<", client + "/Naam/Geslachtsnaam/Achternaam", "1 tot en met 200", "Proef"},
		{"initials", ">Nö<", ">N.<", client + "/Naam/Voorletters", "letters", "N."},
		{"a street", ">Proefstraat<", ">" + strings.Repeat("Proefweg", 4) + "<", client + "/Contactgegevens/Contact[1]/Adres/Straatnaam", "1 tot en met 24", "Proefweg"},
		{"a telephone number", ">0000000001<", ">00-01<", client + "/Contactgegevens/Contact[1]/Telefoon/Telefoon02/Telefoonnummer", "cijfers", "00-01"},
		{"a remark", ">Geen.<", "> <", product + "/Commentaar", "niet leeg", ""},
		{"a legal status", "<jw301:JuridischeStatus>01<", "<jw301:JuridischeStatus>06<", client + "/JuridischeStatus", "deze waarde", ""},
		{"a reason of change", ">04<", ">15<", client + "/Contactgegevens/Contact[1]/Soort", "deze waarde", ""},
		{"a frequency", "<ijw:Frequentie>2<", "<ijw:Frequentie>3<", product + "/Omvang/Frequentie", "‘3’ mag niet; verwacht wordt 1, 2, 4 of 6", ""},
		{"a country", ">NL<", ">XX<", client + "/Contactgegevens/Contact[1]/Adres/LandCode", "lijst", "XX"},
		{"a time with a zone", ">12:34:56<", ">12:34:56+01:00<", product + "/Toewijzingstijd", "zonder tijdzone", ""},
		{"an hour too late", ">12:34:56<", ">24:00:01<", product + "/Toewijzingstijd", "tijdstip", ""},
		{"no product", "ToegewezenProduct>", "ToegewezenProdukt>", client + "/ToegewezenProducten", "verwacht wordt ToegewezenProduct", ""},
	} {
		refusal := refused(t, swap(t, sample(t, "jw301"), test.old, test.fresh))
		if refusal == nil {
			t.Errorf("%s: taken in", test.name)
			continue
		}
		if refusal.Path != test.path || !strings.Contains(refusal.Dutch, test.says) || test.hides != "" && strings.Contains(refusal.Dutch+refusal.English, test.hides) {
			t.Errorf("%s: got %s", test.name, refusal.In("nl"))
		}
	}
}

func TestOtherMessages(t *testing.T) {
	message := sample(t, "jw323")
	space := func(fresh string) string {
		return strings.ReplaceAll(message, "ijw/3_2/jw323/schema", fresh)
	}
	for _, test := range []struct{ message, says string }{
		{space("ijw/3_2/jw325/schema"), "JW325 van iJw 3.2, een declaratie-antwoord"},
		{space("ijw/3_2/jw305/schema"), "JW305 van iJw 3.2, een startbericht"},
		{space("ijw/3_2/jw302/schema"), "JW302 van iJw 3.2"},
		{space("ijw/3_1/jw323/schema"), "JW323 van iJw 3.1"},
		{space("ijw/3_1/jw321/schema"), "JW321 van iJw 3.1"},
		{space("iwmo/3_2/wmo303/schema"), "Wmo303 van iWmo 3.2"},
		{space("iwmo/3_2/wmo323/schema"), "Wmo323 van iWmo 3.2"},
		{space("iwlz/2_1/aw33/schema"), "AW33 van iWlz 2.1"},
		{`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>`, "het element html"},
		{`<Bericht/>`, "het element Bericht"},
		{strings.ReplaceAll(message, "jw323:Bericht", "jw323:Header"), "het element Header"},
		{strings.Repeat("<a>", 100000), "het element a"},
	} {
		refusal := refused(t, test.message)
		if refusal == nil || refusal.Reason != importer.OtherMessage || !strings.Contains(refusal.Dutch, test.says) || !strings.Contains(refusal.English, "iJw 3.2") || refusal.Line == 0 {
			t.Errorf("%s: %v", test.says, refusal)
		}
	}
	if _, err := importer.Read301(strings.NewReader(message)); err == nil {
		t.Error("a declaration is read as an assignment")
	}
	if _, err := importer.Read323(strings.NewReader(sample(t, "jw301"))); err == nil {
		t.Error("an assignment is read as a declaration")
	}
}

// filler is a message with a very long run of white space.
type filler struct{ left int }

func (f *filler) Read(p []byte) (int, error) {
	if f.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), f.left)
	for i := range p[:n] {
		p[i] = ' '
	}
	f.left -= n
	return n, nil
}

func TestSize(t *testing.T) {
	message := sample(t, "jw323")
	for _, test := range []struct {
		bytes int
		taken bool
	}{{25 * 1024 * 1024, true}, {25*1024*1024 + 1, false}} {
		_, err := importer.Read(io.MultiReader(strings.NewReader(message), &filler{test.bytes - len(message)}), null{})
		if refusal, _ := errors.AsType[*importer.Refusal](err); (err == nil) != test.taken || !test.taken && (refusal == nil || refusal.Reason != importer.TooLarge) {
			t.Errorf("%d bytes: %v", test.bytes, err)
		}
	}
}

func TestUnreadable(t *testing.T) {
	broken := errors.New("disk")
	message := sample(t, "jw323")
	_, err := importer.Read(io.MultiReader(strings.NewReader(message[:1000]), iotest.ErrReader(broken)), null{})
	if refusal, ok := errors.AsType[*importer.Refusal](err); !ok || refusal.Reason != importer.Unreadable || !errors.Is(err, broken) || strings.Contains(refusal.In("nl"), "disk") {
		t.Errorf("got %v", err)
	}
}

// failing is a sink that returns an error after a number of calls.
type failing struct{ left int }

var errSink = errors.New("sink")

func (f *failing) Declaration(ijw.Header, ijw.Declaration) error { return f.call() }
func (f *failing) Client(*ijw.Client) error                      { return f.call() }
func (f *failing) Assigned(*ijw.Message301) error                { return f.call() }

func (f *failing) call() error {
	if f.left--; f.left < 0 {
		return fmt.Errorf("after enough: %w", errSink)
	}
	return nil
}

func TestSinkFails(t *testing.T) {
	for calls := range 4 {
		_, err := importer.Read(strings.NewReader(sample(t, "jw323")), &failing{left: calls})
		if errors.Is(err, errSink) != (calls < 3) {
			t.Errorf("after %d calls: %v", calls, err)
		}
	}
	if _, err := importer.Read(strings.NewReader(sample(t, "jw301")), &failing{}); !errors.Is(err, errSink) {
		t.Errorf("got %v", err)
	}
}

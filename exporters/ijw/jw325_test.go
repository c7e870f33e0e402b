package ijw_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ijw"
	exporter "github.com/pxq-nl/pxq/exporters/ijw"
)

// answered writes the answer to the message with the given results.
func answered(t *testing.T, m *ijw.Message323, results *ijw.Results) []byte {
	t.Helper()
	answer, err := m.Answer(results, identification("A1", "2026-11-20"))
	if err != nil {
		t.Fatal(err)
	}
	written, err := exporter.JW325(answer)
	if err != nil {
		t.Fatal(err)
	}
	return written
}

const header = `<?xml version="1.0" encoding="UTF-8"?>
<Bericht xmlns="http://www.istandaarden.nl/ijw/3_2/jw325/schema" xmlns:ijw="http://www.istandaarden.nl/ijw/3_2/basisschema/schema"><Header>` +
	`<BerichtCode>491</BerichtCode><BerichtVersie>3</BerichtVersie><BerichtSubversie>2</BerichtSubversie><Afzender>0855</Afzender><Ontvanger>42420001</Ontvanger>` +
	`<BerichtIdentificatie><ijw:Identificatie>A1</ijw:Identificatie><ijw:Dagtekening>2026-11-20</ijw:Dagtekening></BerichtIdentificatie>` +
	`<XsdVersie><ijw:BasisschemaXsdVersie>1.0.0</ijw:BasisschemaXsdVersie><ijw:BerichtXsdVersie>1.0.0</ijw:BerichtXsdVersie></XsdVersie>` +
	`<DeclaratieIdentificatie><ijw:Identificatie> =B&amp;1&gt; </ijw:Identificatie><ijw:Dagtekening> 2026-11-05 </ijw:Dagtekening></DeclaratieIdentificatie>` +
	`<XsdVersieDeclaratie><ijw:BasisschemaXsdVersie>1.0.0</ijw:BasisschemaXsdVersie><ijw:BerichtXsdVersie>1.0.1</ijw:BerichtXsdVersie></XsdVersieDeclaratie>`

// The order and values of an answer, byte for byte.
func TestAnswerAsWritten(t *testing.T) {
	m := declaration(1)
	total := `<DeclaratieNummer>D202610</DeclaratieNummer><TotaalIngediendBedrag><ijw:TotaalBedrag>15121</ijw:TotaalBedrag><ijw:DebetCredit>D</ijw:DebetCredit></TotaalIngediendBedrag>`
	granted := func(cents, side string) string {
		return `<TotaalToegekendBedrag><ijw:TotaalBedrag>` + cents + `</ijw:TotaalBedrag><ijw:DebetCredit>` + side + `</ijw:DebetCredit></TotaalToegekendBedrag>`
	}
	codes := func(codes ...string) string {
		return `<RetourCodes><RetourCode>` + strings.Join(codes, `</RetourCode><RetourCode>`) + `</RetourCode></RetourCodes>`
	}
	written := map[string][]byte{}
	for _, test := range []struct {
		name   string
		change func(*ijw.Results)
		want   string // after the header's own fields
	}{
		{"level-2", func(r *ijw.Results) { r.Header = []ijw.ReturnCode{"0001"} }, codes("0001") + `</Header></Bericht>`},
		{"header", func(r *ijw.Results) { r.Header = []ijw.ReturnCode{"S300", "8848"} }, codes("8848", "S300") + `</Header></Bericht>`},
		{"declaration", func(r *ijw.Results) { r.Declaration = []ijw.ReturnCode{"9333"} },
			codes("0200") + `</Header><DeclaratieAntwoord>` + total + granted("0", "D") + codes("9333") + `</DeclaratieAntwoord></Bericht>`},
		{"approved", func(r *ijw.Results) {},
			codes("0200") + `</Header><DeclaratieAntwoord>` + total + granted("15121", "D") + codes("8001") + `</DeclaratieAntwoord></Bericht>`},
		{"partly", func(r *ijw.Results) { r.Clients[0].Prestaties[0] = rejected("9321", "0611") },
			codes("0200") + `</Header><DeclaratieAntwoord>` + total + granted("0", "D") +
				`<Clienten><Client><Bsn>999900006</Bsn><Prestaties><Prestatie><ProductReferentie><ijw:ReferentieNummer>=R0	&lt;é&gt; &amp;&#13;</ijw:ReferentieNummer></ProductReferentie>` +
				`<ToewijzingNummer> +00300201 </ToewijzingNummer><ProductCategorie>45</ProductCategorie><ProductCode>45A48</ProductCode>` +
				`<ProductPeriode><ijw:Begindatum>2026-10-01</ijw:Begindatum><ijw:Einddatum>2026-10-31</ijw:Einddatum></ProductPeriode>` +
				"<GeleverdVolume>\n095</GeleverdVolume><Eenheid>01</Eenheid><ProductTarief>159</ProductTarief>" +
				`<IngediendBedrag><ijw:Bedrag>15121</ijw:Bedrag><ijw:DebetCredit>D</ijw:DebetCredit></IngediendBedrag>` + codes("0611", "9321") +
				`</Prestatie></Prestaties>` + codes("0200") + `</Client></Clienten>` + codes("0200") + `</DeclaratieAntwoord></Bericht>`},
	} {
		made := results(m)
		test.change(made)
		written[test.name] = answered(t, m, made)
		if got, want := string(written[test.name]), header+test.want+"\n"; got != want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, got, want)
		}
	}
	valid(t, "JW325", written)
}

func TestAnswersAreValid(t *testing.T) {
	written := map[string][]byte{}
	for name, change := range map[string]func(*ijw.Message323, *ijw.Results){
		"wholly-rejected": func(m *ijw.Message323, r *ijw.Results) {
			for c := range r.Clients {
				for p := range r.Clients[c].Prestaties {
					r.Clients[c].Prestaties[p] = rejected("9338")
				}
			}
		},
		"a-client": func(m *ijw.Message323, r *ijw.Results) { r.Clients[1].Codes = []ijw.ReturnCode{"8187"} },
		"a-credit": func(m *ijw.Message323, r *ijw.Results) { r.Clients[0].Prestaties[2] = rejected("8017", "8021", "9390") },
		"without-tariff": func(m *ijw.Message323, r *ijw.Results) {
			m.Clients[0].Prestaties[0].Tariff, m.Clients[0].Prestaties[0].Unit = ijw.Number{}, ijw.Euros
			r.Clients[0].Prestaties[0] = rejected("9341")
		},
		"below-zero": func(m *ijw.Message323, r *ijw.Results) {
			for c := range r.Clients {
				r.Clients[c].Prestaties[0], r.Clients[c].Prestaties[1] = rejected("9338"), rejected("9338")
			}
		},
		"of-a-credit": func(m *ijw.Message323, r *ijw.Results) { m.Declaration.Total = ijw.AmountOf(-15121) },
		"of-nothing":  func(m *ijw.Message323, r *ijw.Results) { m.Declaration.Total = ijw.AmountOf(0) },
	} {
		m := declaration(3)
		made := results(m)
		change(m, made)
		written[name] = answered(t, m, made)
	}
	valid(t, "JW325", written)
}

// The largest answer that may be sent is written, and the next larger one is not.
func TestLargeAnswer(t *testing.T) {
	rejectAll := func(clients int) *ijw.Answer325 {
		m := declaration(clients)
		made := results(m)
		for c := range made.Clients {
			for p := range made.Clients[c].Prestaties {
				made.Clients[c].Prestaties[p] = rejected("9338")
			}
		}
		answer, err := m.Answer(made, identification("A1", "2026-11-20"))
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	const clients = 12_500
	written, err := exporter.JW325(rejectAll(clients))
	if err != nil || bytes.Count(written, []byte("<Prestatie>")) != 3*clients || len(written) < 23<<20 || len(written) > ijw.MaxBytes {
		t.Fatalf("%d bytes: %v", len(written), err)
	}
	valid(t, "JW325", map[string][]byte{"large": written})
	if written, err := exporter.JW325(rejectAll(2 * clients)); !errors.Is(err, exporter.ErrTooLarge) || written != nil {
		t.Errorf("%d bytes: %v", len(written), err)
	}
}

package ijw_test

import (
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	importer "github.com/pxq-nl/pxq/importers/ijw"
)

// FuzzRead reads arbitrary input. It fails only with a refusal that has a place and no BSN, does not depend on the sizes of
// reads, and accepts only input that the standard library finds well formed and reads in the same way.
func FuzzRead(f *testing.F) {
	for _, kind := range []string{"jw301", "jw323"} {
		message := sample(f, kind)
		f.Add(message)
		f.Add(strings.Join(strings.Fields(message), " "))
		f.Add(strings.ReplaceAll(message, kind+":", ""))
		f.Add(strings.Replace(message, ">R1<", "><![CDATA[ & ]]>&amp;<!-- x --><?y?>\r\n<", 1))
		f.Add(strings.Replace(message, "3_2/"+kind, "3_2/jw325", 1))
		f.Add("\ufeff<!DOCTYPE a>" + message)
		f.Add(strings.Replace(message, "<ijw:ReferentieNummer>", `<ijw:ReferentieNummer a="1"b="2">`, 1))
	}
	f.Fuzz(func(t *testing.T, message string) {
		refusal := refused(t, message)
		_, err := importer.Read(iotest.OneByteReader(strings.NewReader(message)), null{})
		slowly, _ := errors.AsType[*importer.Refusal](err)
		if !reflect.DeepEqual(refusal, slowly) {
			t.Errorf("at once: %v, byte by byte: %v", refusal, slowly)
		}
		if refusal != nil {
			if refusal.Dutch == "" || refusal.English == "" || refusal.Reason == "" {
				t.Errorf("%+v", refusal)
			}
			return
		}
		sameAsLibrary(t, message)
		decoder := xml.NewDecoder(strings.NewReader(message))
		for {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("taken in, and yet: %v", err)
			}
		}
	})
}

// declared323 is a JW323 as the standard library reads it.
type declared323 struct {
	Number  string `xml:"Declaratie>DeclaratieNummer"`
	Clients []struct {
		BSN        string `xml:"Bsn"`
		Prestaties []struct {
			Reference string `xml:"ProductReferentie>ReferentieNummer"`
			Previous  string `xml:"ProductReferentie>VorigReferentieNummer"`
			Referral  string `xml:"ToewijzingNummer"`
			Product   string `xml:"ProductCode"`
			First     string `xml:"ProductPeriode>Begindatum"`
			Volume    string `xml:"GeleverdVolume"`
			Amount    string `xml:"IngediendBedrag>Bedrag"`
			Side      string `xml:"IngediendBedrag>DebetCredit"`
		} `xml:"Prestaties>Prestatie"`
	} `xml:"Declaratie>Clienten>Client"`
}

// sameAsLibrary compares a JW323 as read here with what the standard library reads.
func sameAsLibrary(t *testing.T, message string) {
	t.Helper()
	read, err := importer.Read323(strings.NewReader(message))
	if err != nil {
		return // a JW301
	}
	var library declared323
	if err := xml.Unmarshal([]byte(message), &library); err != nil {
		t.Fatalf("taken in, and yet: %v", err)
	}
	if read.Declaration.Number != library.Number || len(read.Clients) != len(library.Clients) {
		t.Fatalf("declaration %q of %d clients, the library reads %q of %d", read.Declaration.Number, len(read.Clients), library.Number, len(library.Clients))
	}
	for c := range read.Clients {
		ours, theirs := &read.Clients[c], &library.Clients[c]
		if ours.BSN != theirs.BSN || len(ours.Prestaties) != len(theirs.Prestaties) {
			t.Fatalf("client %q with %d prestaties, the library reads %q with %d", ours.BSN, len(ours.Prestaties), theirs.BSN, len(theirs.Prestaties))
		}
		for i := range ours.Prestaties {
			p, q := &ours.Prestaties[i], &theirs.Prestaties[i]
			got := []string{p.Reference, p.Previous, p.Referral.Text, p.Product, p.Period.First.Text, p.Volume.Text, p.Amount.Cents.Text, string(p.Amount.Side)}
			if want := []string{q.Reference, q.Previous, q.Referral, q.Product, q.First, q.Volume, q.Amount, q.Side}; !slices.Equal(got, want) {
				t.Errorf("prestatie %q, the library reads %q", got, want)
			}
		}
	}
}

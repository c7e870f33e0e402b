package ijw_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	exporter "github.com/pxq-nl/pxq/exporters/ijw"
	importer "github.com/pxq-nl/pxq/importers/ijw"
)

// withoutLines removes the positions of the message in its file.
func withoutLines(m *ijw.Message323) *ijw.Message323 {
	m.Declaration.Line = 0
	for c := range m.Clients {
		m.Clients[c].Line = 0
		for p := range m.Clients[c].Prestaties {
			m.Clients[c].Prestaties[p].Line = 0
		}
	}
	return m
}

// texts generates texts with every type of character that a message can hold.
var texts = rapid.RuneFrom([]rune{' ', '\t', '\n', '\r', '&', '<', '>', '"', '\'', ']', '=', 'a', 'Z', '0', '9', 'é', '\u00a0', '\u2028', '\ufffd', '😀'})

func anyText(t *rapid.T, label string, least, most int) string {
	return rapid.StringOfN(texts, least, most, -1).Draw(t, label)
}

// line generates texts of one line that are not blank.
func line(t *rapid.T, label string, most int) string {
	text := strings.NewReplacer("\n", "x", "\r", "y").Replace(anyText(t, label, 1, most))
	if strings.Trim(text, " \t") == "" {
		return "x" + text[1:]
	}
	return text
}

// padded generates the ways in which the schema allows a number to be written.
func padded(t *rapid.T, label string, most int64) ijw.Number {
	value := rapid.Int64Range(0, most).Draw(t, label)
	blank := rapid.SampledFrom([]string{"", "", " ", "\t\n"})
	sign := rapid.SampledFrom([]string{"", "", "+", "000", "+00"}).Draw(t, "sign")
	return ijw.Number{Value: value, Text: fmt.Sprintf("%s%s%d%s", blank.Draw(t, "before"), sign, value, blank.Draw(t, "after"))}
}

func anyDay(t *rapid.T, label string) ijw.Day {
	date := billing.NewDate(1969, 12, 1).AddDays(rapid.IntRange(0, 40_000).Draw(t, label))
	return ijw.Day{Date: date, Text: rapid.SampledFrom([]string{"", " "}).Draw(t, "blank") + date.Time().Format("2006-01-02")}
}

func anySpan(t *rapid.T, label string) ijw.Span {
	return ijw.Span{First: anyDay(t, label), Last: anyDay(t, label)}
}

func anyAmount(t *rapid.T, label string, most int64) ijw.Amount {
	return ijw.Amount{Cents: padded(t, label, most), Side: rapid.SampledFrom([]ijw.Side{ijw.Debit, ijw.Credit}).Draw(t, "side")}
}

func anyHeader(t *rapid.T, sender, receiver string) ijw.Header {
	return ijw.Header{
		Sender: sender, Receiver: receiver, Identification: ijw.Identification{ID: line(t, "identification", 12), Dated: anyDay(t, "dated")},
		Schema: ijw.SchemaVersion{Shared: "0.10.2", Message: "1.0.0"},
	}
}

func anyPrestatie(t *rapid.T) ijw.Prestatie {
	p := ijw.Prestatie{
		Reference: anyText(t, "reference", 1, 20), Previous: anyText(t, "previous", 0, 20), Referral: padded(t, "referral", 999_999_999),
		Category: rapid.SampledFrom([]string{"31", "45", "55"}).Draw(t, "category"), Product: line(t, "product", 5), Period: anySpan(t, "period"),
		Volume: padded(t, "volume", 99_999_999), Unit: rapid.SampledFrom([]ijw.Unit{"01", "04", "14", "16", "82", "83", "84"}).Draw(t, "unit"),
		Amount: anyAmount(t, "amount", 99_999_999),
	}
	if rapid.Bool().Draw(t, "tariff") {
		p.Tariff = padded(t, "tariff", 99_999_999)
	}
	return p
}

func anyMessage(t *rapid.T) *ijw.Message323 {
	m := &ijw.Message323{
		Header: anyHeader(t, "01234567", "0009"),
		Declaration: ijw.Declaration{
			Number: rapid.StringMatching(`[a-zA-Z0-9]{1,12}`).Draw(t, "number"), Period: anySpan(t, "declared"), Dated: anyDay(t, "dated"),
			Total: anyAmount(t, "total", 999_999_999_999),
		},
	}
	for range rapid.IntRange(1, 3).Draw(t, "clients") {
		client := ijw.Client{BSN: rapid.StringMatching(`[0-9]{9}`).Draw(t, "bsn")}
		for range rapid.IntRange(1, 3).Draw(t, "prestaties") {
			client.Prestaties = append(client.Prestaties, anyPrestatie(t))
		}
		m.Clients = append(m.Clients, client)
	}
	return m
}

// Whatever a JW323 holds is read back from what is written of it.
func TestRoundTrip323(t *testing.T) {
	var written map[string][]byte
	rapid.Check(t, func(t *rapid.T) {
		m := anyMessage(t)
		once, err := exporter.JW323(m)
		if err != nil {
			t.Fatal(err)
		}
		read, err := importer.Read323(bytes.NewReader(once))
		if err != nil {
			t.Fatalf("%v in\n%s", err, once)
		}
		if !reflect.DeepEqual(withoutLines(read), m) {
			t.Fatalf("read %+v\nwritten %+v", read, m)
		}
		if again, err := exporter.JW323(read); err != nil || !bytes.Equal(again, once) {
			t.Fatalf("written again: %v\n%s", err, again)
		}
		if written == nil {
			written = make(map[string][]byte)
		}
		if len(written) < 100 {
			written[fmt.Sprintf("any-%d", len(written))] = once
		}
	})
	valid(t, "JW323", written)
}

// Every answer to every message is valid, and repeats what it answers.
func TestAnyAnswer(t *testing.T) {
	written := make(map[string][]byte)
	rapid.Check(t, func(t *rapid.T) {
		m := anyMessage(t)
		made := results(m)
		for c := range made.Clients {
			if rapid.IntRange(0, 4).Draw(t, "client") == 0 {
				made.Clients[c].Codes = []ijw.ReturnCode{"8187"}
			}
			for p := range made.Clients[c].Prestaties {
				if rapid.Bool().Draw(t, "reject") {
					made.Clients[c].Prestaties[p] = rejected("9307", "9388")
				}
			}
		}
		answer, err := m.Answer(made, ijw.Identification{ID: "A1", Dated: m.Declaration.Dated})
		if err != nil {
			t.Skip(err) // a total beyond what a message can hold
		}
		once, err := exporter.JW325(answer)
		if err != nil {
			t.Fatal(err)
		}
		declared, err := exporter.JW323(m)
		if err != nil {
			t.Fatal(err)
		}
		for _, client := range answer.Declaration.Clients {
			for _, p := range client.Prestaties {
				if amount := []byte("<GeleverdVolume>" + p.Volume.Text + "</GeleverdVolume>"); !bytes.Contains(once, amount) || !bytes.Contains(declared, amount) {
					t.Fatalf("%s is not repeated", amount)
				}
			}
		}
		if len(written) < 100 {
			written[fmt.Sprintf("any-%d", len(written))] = once
		}
	})
	valid(t, "JW325", written)
}

func anyAssignment(t *rapid.T) ijw.Assignment {
	a := ijw.Assignment{
		Number:  padded(t, "number", 999_999_999),
		Decided: ijw.Moment{Day: anyDay(t, "decided"), Time: rapid.SampledFrom([]ijw.ClockText{"00:00:00", "12:34:56.05", "24:00:00"}).Draw(t, "time")},
		Start:   anyDay(t, "start"),
	}
	maybe := func(label string, fill func()) {
		if rapid.Bool().Draw(t, label) {
			fill()
		}
	}
	maybe("provider", func() { a.ProviderID = line(t, "provider's", 36) })
	maybe("category", func() {
		a.Category = "45"
		maybe("code", func() { a.Product = line(t, "product", 5) })
	})
	maybe("end", func() { a.End = anyDay(t, "last") })
	maybe("reason", func() { a.Reason = "13" })
	maybe("volume", func() {
		a.Volume, a.Unit = padded(t, "units", 99_999_999), ijw.Daypart
		a.Frequency = rapid.SampledFrom([]billing.Frequency{billing.PerDay, billing.PerWeek, billing.PerMonth, billing.InTotal}).Draw(t, "frequency")
	})
	maybe("budget", func() { a.Budget = padded(t, "cents", 99_999_999) })
	return a
}

func TestRoundTrip301(t *testing.T) {
	written := make(map[string][]byte)
	rapid.Check(t, func(t *rapid.T) {
		m := &ijw.Message301{Header: anyHeader(t, "0855", "42420001"), Assigned: ijw.Assigned{
			BSN: "999900006", Born: anyDay(t, "born"), BornUse: rapid.SampledFrom([]string{"", "1", "2", "3"}).Draw(t, "use"),
		}}
		for range rapid.IntRange(1, 3).Draw(t, "products") {
			m.Assigned.Products = append(m.Assigned.Products, anyAssignment(t))
		}
		once, err := exporter.JW301(m)
		if err != nil {
			t.Fatal(err)
		}
		read, err := importer.Read301(bytes.NewReader(once))
		if err != nil {
			t.Fatalf("%v in\n%s", err, once)
		}
		read.Assigned.Line = 0
		for p := range read.Assigned.Products {
			read.Assigned.Products[p].Line = 0
		}
		if !reflect.DeepEqual(read, m) {
			t.Fatalf("read %+v\nwritten %+v", read, m)
		}
		if len(written) < 100 {
			written[fmt.Sprintf("any-%d", len(written))] = once
		}
	})
	valid(t, "JW301", written)
}

// The sample messages of the standard, which break rules of level 3 but none of level 1, survive a round trip as well.
func TestRoundTripOfSamples(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(filepath.Dir(schemas), "samples", "JW323.xml"))
	if err != nil {
		t.Skip("needs the samples")
	}
	m, err := importer.Read323(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	once, err := exporter.JW323(m)
	if err != nil {
		t.Fatal(err)
	}
	read, err := importer.Read323(bytes.NewReader(once))
	if err != nil || !reflect.DeepEqual(withoutLines(read), withoutLines(m)) {
		t.Errorf("%v: %+v", err, read)
	}
	if len(m.Clients) != 2 || len(m.Clients[1].Prestaties) != 3 {
		t.Errorf("%+v", m)
	}
}

func TestTooLarge(t *testing.T) {
	if written, err := exporter.JW323(declaration(20_000)); !errors.Is(err, exporter.ErrTooLarge) || written != nil {
		t.Errorf("%d bytes: %v", len(written), err)
	}
	written, err := exporter.JW323(declaration(100))
	if err != nil {
		t.Fatal(err)
	}
	valid(t, "JW323", map[string][]byte{"declaration": written})
}

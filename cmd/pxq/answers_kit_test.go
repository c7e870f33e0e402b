package main

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	writeijw "github.com/pxq-nl/pxq/exporters/ijw"
)

// exchange is a workspace in which municipalities and providers exchange messages.
type exchange struct {
	t         testing.TB
	folder    string
	database  string
	sent      int
	validated map[string]bool
}

// newExchange makes a trial with the built-in book.
func newExchange(t testing.TB, database string) *exchange {
	t.Helper()
	e := &exchange{t: t, folder: t.TempDir(), database: database, validated: make(map[string]bool)}
	write(t, filepath.Join(e.folder, "pxq.toml"), "trial = true\n")
	return e
}

func (e *exchange) args(args ...string) []string {
	return append(args, "--workspace", e.folder, "--database", e.database)
}

// ownBook copies the built-in book into the trial, so that it can be changed, and returns its folder.
func (e *exchange) ownBook() string {
	e.t.Helper()
	contract := filepath.Join(e.folder, "contract")
	if err := os.CopyFS(contract, os.DirFS("../../rates/regions/hart-van-brabant")); err != nil {
		e.t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(contract, "aantekeningen.csv")); err != nil {
		e.t.Fatal(err)
	}
	return contract
}

// assign sends a JW301.
func (e *exchange) assign(m *ijw.Message301) {
	e.t.Helper()
	content, err := writeijw.JW301(m)
	if err != nil {
		e.t.Fatal(err)
	}
	e.send("referrals", content)
}

// declare sends a JW323 and returns its path.
func (e *exchange) declare(m *ijw.Message323) string {
	e.t.Helper()
	content, err := writeijw.JW323(m)
	if err != nil {
		e.t.Fatal(err)
	}
	return e.send("submissions", content)
}

func (e *exchange) send(folder string, content []byte) string {
	e.sent++
	path := filepath.Join(e.folder, folder, fmt.Sprintf("%02d.xml", e.sent))
	write(e.t, path, string(content))
	return path
}

// run runs a period, as of the day after it unless another date is given.
func (e *exchange) run(period string, more ...string) int {
	e.t.Helper()
	month, err := billing.ParsePeriod(period)
	if err != nil {
		e.t.Fatal(err)
	}
	asOf := month.Last().AddDays(5).String()
	for _, argument := range more {
		if argument == "--as-of" {
			asOf = ""
		}
	}
	args := e.args(append([]string{"run", "--period", period}, more...)...)
	if asOf != "" {
		args = append(args, "--as-of", asOf)
	}
	status, out, errOut := call(e.t, args...)
	if status != done && status != refused {
		e.t.Fatalf("status %d\n%s%s", status, out, errOut)
	}
	e.validate(period)
	return status
}

// validate checks the answers of a period against their schema.
func (e *exchange) validate(period string) {
	paths, _ := filepath.Glob(filepath.Join(e.folder, "reports", period, "jw325-*.xml"))
	e.validateAs("JW325", paths)
}

// validateAs checks messages against the schema of their kind, if xmllint and the schemas are available.
func (e *exchange) validateAs(kind string, paths []string) {
	e.t.Helper()
	xmllint, err := exec.LookPath("xmllint")
	schema := filepath.Join(schemasOfTheStandard, kind+".xsd")
	if _, missing := os.Stat(schema); err != nil || missing != nil {
		return
	}
	for _, path := range paths {
		if e.validated[path] {
			continue
		}
		e.validated[path] = true
		if output, err := exec.Command(xmllint, "--noout", "--nonet", "--schema", schema, path).CombinedOutput(); err != nil {
			e.t.Errorf("%s: %v\n%.500s", filepath.Base(path), err, output)
		}
	}
}

const schemasOfTheStandard = "../../../shared/ijw/xsd"

// answer returns the answer in a period's folder, in short; "none" when there is none.
func (e *exchange) answer(period, name string) string {
	e.t.Helper()
	content, err := os.ReadFile(filepath.Join(e.folder, "reports", period, name))
	if os.IsNotExist(err) {
		return "none"
	}
	if err != nil {
		e.t.Fatal(err)
	}
	return inShort(e.t, content)
}

// answer325 is the part of an answer that the tests read.
type answer325 struct {
	Header struct {
		Codes []string `xml:"RetourCodes>RetourCode"`
	}
	Answer *struct {
		Granted struct {
			Amount string `xml:"TotaalBedrag"`
			Side   string `xml:"DebetCredit"`
		} `xml:"TotaalToegekendBedrag"`
		Clients []struct {
			BSN        string `xml:"Bsn"`
			Prestaties []struct {
				Reference string   `xml:"ProductReferentie>ReferentieNummer"`
				Codes     []string `xml:"RetourCodes>RetourCode"`
			} `xml:"Prestaties>Prestatie"`
			Codes []string `xml:"RetourCodes>RetourCode"`
		} `xml:"Clienten>Client"`
		Codes []string `xml:"RetourCodes>RetourCode"`
	} `xml:"DeclaratieAntwoord"`
}

// inShort returns an answer as a line: the codes of the header, those of the declaration with the amount granted, and those of
// each client and its prestaties.
func inShort(t testing.TB, content []byte) string {
	t.Helper()
	var read answer325
	if err := xml.Unmarshal(content, &read); err != nil {
		t.Fatal(err)
	}
	said := []string{strings.Join(read.Header.Codes, " ")}
	if a := read.Answer; a != nil {
		said = append(said, strings.Join(a.Codes, " ")+" "+a.Granted.Amount+a.Granted.Side)
		for _, client := range a.Clients {
			said = append(said, strings.Join(client.Codes, " "))
			for _, prestatie := range client.Prestaties {
				said[len(said)-1] += ", " + prestatie.Reference + " " + strings.Join(prestatie.Codes, " ")
			}
		}
	}
	return strings.Join(said, " | ")
}

func dayOf(text string) ijw.Day {
	date, err := billing.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return ijw.DayOf(date)
}

func spanOf(first, last string) ijw.Span { return ijw.Span{First: dayOf(first), Last: dayOf(last)} }

const (
	exchangeProvider = "99040001"
	exchangeTown     = "0855"
	exchangeClient   = "999900006"
	anotherClient    = "999900018"
)

// assigned returns a referral for 600 minutes of 45X01 a month in 2026 with number 100, as changed by the arguments.
func assigned(change ...func(*ijw.Message301, *ijw.Assignment)) *ijw.Message301 {
	m := &ijw.Message301{
		Header: ijw.Header{Sender: exchangeTown, Receiver: exchangeProvider, Identification: ijw.Identification{ID: "T1", Dated: dayOf("2026-01-02")}, Schema: ijw.OurSchemas},
		Assigned: ijw.Assigned{BSN: exchangeClient, Born: dayOf("2015-02-14"), Products: []ijw.Assignment{{
			Number: ijw.NumberOf(100), Category: "45", Product: "45X01", Decided: ijw.Moment{Day: dayOf("2026-01-02"), Time: "10:00:00"},
			Start: dayOf("2026-01-01"), End: dayOf("2026-12-31"), Volume: ijw.NumberOf(600), Unit: ijw.Minute, Frequency: billing.PerMonth,
		}}},
	}
	for _, c := range change {
		c(m, &m.Assigned.Products[0])
	}
	return m
}

// declared returns a declaration of an hour of 45X01 on referral 100 in a month: number D and reference R, each followed by the
// number of the month.
func declared(month string, change ...func(*ijw.Message323, *ijw.Prestatie)) *ijw.Message323 {
	period, err := billing.ParsePeriod(month)
	if err != nil {
		panic(err)
	}
	number := month[5:]
	whole := ijw.SpanOf(period.First(), period.Last())
	dated := ijw.DayOf(period.Last().AddDays(1))
	m := &ijw.Message323{
		Header:      ijw.Header{Sender: exchangeProvider, Receiver: exchangeTown, Identification: ijw.Identification{ID: "I" + number, Dated: dated}, Schema: ijw.OurSchemas},
		Declaration: ijw.Declaration{Number: "D" + number, Period: whole, Dated: dated},
		Clients: []ijw.Client{{BSN: exchangeClient, Prestaties: []ijw.Prestatie{{
			Reference: "R" + number, Referral: ijw.NumberOf(100), Category: "45", Product: "45X01", Period: whole, Volume: ijw.NumberOf(60), Unit: ijw.Minute,
			Tariff: ijw.NumberOf(139), Amount: ijw.AmountOf(8355),
		}}}},
	}
	for _, c := range change {
		c(m, &m.Clients[0].Prestaties[0])
	}
	if !m.Declaration.Total.Cents.Given() {
		m.Declaration.Total = ijw.AmountOf(totalOf(m))
	}
	return m
}

func totalOf(m *ijw.Message323) (total billing.Money) {
	for _, client := range m.Clients {
		for i := range client.Prestaties {
			total += client.Prestaties[i].Amount.Signed()
		}
	}
	return total
}

// minutes sets the volume of a prestatie in minutes, at a price per hour in cents.
func minutes(p *ijw.Prestatie, volume, hour int64) {
	p.Volume, p.Unit, p.Tariff = ijw.NumberOf(volume), ijw.Minute, ijw.NumberOf((hour+30)/60)
	p.Amount = ijw.AmountOf(billing.Money((hour*volume + 30) / 60))
}

// creditOf adds the credit of a prestatie to a message.
func creditOf(m *ijw.Message323, p ijw.Prestatie, reference string) {
	credit := p
	credit.Previous, credit.Reference = p.Reference, reference
	credit.Amount.Side = ijw.Credit
	m.Clients[0].Prestaties = append(m.Clients[0].Prestaties, credit)
}

// numbered gives a message an identification and declaration number, and appends the number to its references.
func numbered(m *ijw.Message323, number int) {
	text := strconv.Itoa(number)
	m.Header.Identification.ID, m.Declaration.Number = "I"+text, "D"+text
	for c := range m.Clients {
		for i := range m.Clients[c].Prestaties {
			p := &m.Clients[c].Prestaties[i]
			p.Reference += "-" + text
			if p.Previous != "" {
				p.Previous += "-" + text
			}
		}
	}
}

// clientBSN returns the BSN of the client with an index, from 0, after the two that tests use by name.
func clientBSN(place int) string {
	for number := 999900020; ; number++ {
		bsn := strconv.Itoa(number)
		if !billing.ValidBSN(bsn) {
			continue
		}
		if place == 0 {
			return bsn
		}
		place--
	}
}

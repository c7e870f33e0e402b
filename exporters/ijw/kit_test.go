package ijw_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// The schemas of the standard, if they are installed.
const schemas = "../../../shared/ijw/xsd"

// valid fails the test unless the messages are valid by the schema of their kind. Without xmllint and the schemas it checks
// nothing.
func valid(t *testing.T, kind string, messages map[string][]byte) {
	t.Helper()
	xmllint, err := exec.LookPath("xmllint")
	if _, missing := os.Stat(schemas); err != nil || missing != nil {
		t.Skip("needs xmllint and the schemas")
	}
	folder := t.TempDir()
	arguments := []string{"--noout", "--nonet", "--schema", filepath.Join(schemas, kind+".xsd")}
	for name, message := range messages {
		path := filepath.Join(folder, name+".xml")
		if err := os.WriteFile(path, message, 0o600); err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, path)
	}
	if output, err := exec.Command(xmllint, arguments...).CombinedOutput(); err != nil || bytes.Count(output, []byte(" validates\n")) != len(messages) {
		t.Errorf("%s: %v\n%.2000s", kind, err, output)
	}
}

func day(text string) ijw.Day {
	date, err := billing.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return ijw.DayOf(date)
}

func identification(id, dated string) ijw.Identification {
	return ijw.Identification{ID: id, Dated: day(dated)}
}

// declaration returns a message of the given number of clients with two debits and a credit each, 15121 + 9550 − 9550 cents.
func declaration(clients int) *ijw.Message323 {
	m := &ijw.Message323{
		Header: ijw.Header{
			Sender: "42420001", Receiver: "0855", Identification: ijw.Identification{ID: " =B&1> ", Dated: ijw.Day{Text: " 2026-11-05 "}},
			Schema: ijw.SchemaVersion{Shared: "1.0.0", Message: "1.0.1"},
		},
		Declaration: ijw.Declaration{
			Number: "D202610", Period: ijw.Span{First: day("2026-10-01"), Last: day("2026-10-31")}, Dated: day("2026-11-04"),
			Total: ijw.AmountOf(billing.Money(15121 * clients)),
		},
	}
	for c := range clients {
		first := ijw.Prestatie{
			Reference: fmt.Sprintf("=R%d\t<é> &\r", c), Referral: ijw.Number{Value: 300201, Text: " +00300201 "}, Category: "45", Product: "45A48",
			Period: ijw.Span{First: day("2026-10-01"), Last: day("2026-10-31")}, Volume: ijw.Number{Value: 95, Text: "\n095"}, Unit: ijw.Minute,
			Tariff: ijw.NumberOf(159), Amount: ijw.AmountOf(15121),
		}
		second, credit := first, first
		second.Reference, second.Product, second.Volume, second.Amount = fmt.Sprintf("S%d", c), "45A49", ijw.NumberOf(60), ijw.AmountOf(9550)
		credit = second
		credit.Reference, credit.Previous, credit.Amount = fmt.Sprintf("C%d", c), "    ", ijw.AmountOf(-9550)
		m.Clients = append(m.Clients, ijw.Client{BSN: fmt.Sprintf("%09d", 999900006+c), Prestaties: []ijw.Prestatie{first, second, credit}})
	}
	return m
}

// results approves all prestaties of the message.
func results(m *ijw.Message323) *ijw.Results {
	made := &ijw.Results{Clients: make([]ijw.ClientResult, len(m.Clients))}
	for c := range m.Clients {
		for range m.Clients[c].Prestaties {
			made.Clients[c].Prestaties = append(made.Clients[c].Prestaties, ijw.Result{Verdict: ijw.Approved})
		}
	}
	return made
}

func rejected(codes ...ijw.ReturnCode) ijw.Result {
	return ijw.Result{Verdict: ijw.Rejected, Codes: codes}
}

package ijw_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// approved returns results in which every prestatie of the message is approved.
func approved(m *ijw.Message323) *ijw.Results {
	results := &ijw.Results{}
	for _, client := range m.Clients {
		result := ijw.ClientResult{}
		for range client.Prestaties {
			result.Prestaties = append(result.Prestaties, ijw.Result{Verdict: ijw.Approved})
		}
		results.Clients = append(results.Clients, result)
	}
	return results
}

func rejected(codes ...ijw.ReturnCode) ijw.Result {
	return ijw.Result{Verdict: ijw.Rejected, Codes: codes}
}

// shown formats an answer in short: the codes of the header, those of the declaration with what is granted, and each client
// with its prestaties.
func shown(answer *ijw.Answer325) string {
	text := fmt.Sprint(answer.Header.Codes)
	if d := answer.Declaration; d != nil {
		text += fmt.Sprintf(" %v %s%s", d.Codes, d.Granted.Cents.Text, d.Granted.Side)
		for _, client := range d.Clients {
			text += fmt.Sprintf(" | %s %v", client.BSN[7:], client.Codes)
			for _, p := range client.Prestaties {
				text += fmt.Sprintf(" %s%v", p.Reference, p.Codes)
			}
		}
	}
	return text
}

// The table of outcomes: what was claimed is 25121 D.
func TestAnswer(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*ijw.Results)
		want   string
	}{
		{"level 2", func(r *ijw.Results) { r.Header = []ijw.ReturnCode{"0001"} }, "[0001]"},
		{"level 2 stops level 3", func(r *ijw.Results) { r.Header = []ijw.ReturnCode{"9056", "0001"} }, "[0001]"},
		{"an error on the header", func(r *ijw.Results) { r.Header = []ijw.ReturnCode{"S300", "9056", "8848", "9056"} }, "[8848 9056 S300]"},
		{"the header stops the declaration", func(r *ijw.Results) {
			r.Header, r.Declaration = []ijw.ReturnCode{"9056"}, []ijw.ReturnCode{"9333"}
		}, "[9056]"},
		{"an error on the declaration", func(r *ijw.Results) { r.Declaration = []ijw.ReturnCode{"9333", "8214"} }, "[0200] [8214 9333] 0D"},
		{"the declaration stops its clients", func(r *ijw.Results) {
			r.Declaration, r.Clients[0].Codes = []ijw.ReturnCode{"8214"}, []ijw.ReturnCode{"8187"}
		}, "[0200] [8214] 0D"},
		{"fully approved", func(r *ijw.Results) {}, "[0200] [8001] 25121D"},
		{"one prestatie rejected", func(r *ijw.Results) {
			r.Clients[0].Prestaties[1] = rejected("9321", "0611", "9321")
		}, "[0200] [0200] 15571D | 06 [0200] R2[0611 9321]"},
		{"a rejected credit raises what is granted", func(r *ijw.Results) {
			r.Clients[1].Prestaties[1] = rejected("8017")
		}, "[0200] [0200] 34671D | 18 [0200] C1[8017]"},
		{"what is granted falls below zero", func(r *ijw.Results) {
			r.Clients[0].Prestaties[0], r.Clients[0].Prestaties[1] = rejected("9338"), rejected("9338")
			r.Clients[1].Prestaties[0] = rejected("9338")
		}, "[0200] [0200] 9550C | 06 [0200] R1[9338] R2[9338] | 18 [0200] R3[9338]"},
		{"wholly rejected", func(r *ijw.Results) {
			for c := range r.Clients {
				r.Clients[c].Prestaties[0], r.Clients[c].Prestaties[1] = rejected("9338"), rejected("9338")
			}
		}, "[0200] [0200] 0D | 06 [0200] R1[9338] R2[9338] | 18 [0200] R3[9338] C1[9338]"},
		{"an error on a client", func(r *ijw.Results) { r.Clients[0].Codes = []ijw.ReturnCode{"8187"} },
			"[0200] [0200] 450D | 06 [8187] R1[0233] R2[0233]"},
		{"a client stops its prestaties", func(r *ijw.Results) {
			r.Clients[0].Codes, r.Clients[0].Prestaties[0] = []ijw.ReturnCode{"8187"}, rejected("9321")
			r.Clients[0].Prestaties[1].Verdict = ijw.Waiting
		}, "[0200] [0200] 450D | 06 [8187] R1[0233] R2[0233]"},
		{"an error on the header does not wait", func(r *ijw.Results) {
			r.Header, r.Clients[0].Prestaties[1].Verdict = []ijw.ReturnCode{"9056"}, ijw.Waiting
		}, "[9056]"},
	} {
		m := declaration()
		results := approved(m)
		test.change(results)
		answer, err := m.Answer(results, identification("A1", "2026-11-20"))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if got := shown(answer); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

func TestAnswerRepeats(t *testing.T) {
	m := declaration()
	m.Header.Identification = ijw.Identification{ID: " ID 1 ", Dated: ijw.Day{Date: day("2026-11-05"), Text: " 2026-11-05\t"}}
	m.Declaration.Total.Cents.Text = "+00025121 "
	first(m).Volume.Text = " 0095"
	results := approved(m)
	results.Clients[0].Prestaties[0] = rejected("9321")
	answer, err := m.Answer(results, identification("A7", "2026-11-20"))
	if err != nil {
		t.Fatal(err)
	}
	header := answer.Header
	if header.Sender != "0855" || header.Receiver != "42420001" || header.Identification.ID != "A7" || header.Schema != ijw.OurSchemas ||
		header.Answered != m.Header.Identification || header.AnsweredSchema != m.Header.Schema {
		t.Errorf("header: %+v", header)
	}
	if d := answer.Declaration; d.Number != "DN001" || d.Claimed != m.Declaration.Total || *d.Clients[0].Prestaties[0].Prestatie != *first(m) {
		t.Errorf("declaration: %+v", d)
	}
}

func TestNoAnswerYet(t *testing.T) {
	m := declaration()
	results := approved(m)
	results.Clients[0].Prestaties[0] = rejected("9321")
	results.Clients[1].Prestaties[0].Verdict = ijw.Waiting
	if answer, err := m.Answer(results, identification("A1", "2026-11-20")); !errors.Is(err, ijw.ErrWaiting) || answer != nil || results.Waits() != 1 {
		t.Errorf("got %v, %v", answer, err)
	}
}

func TestResultsOfAnotherMessage(t *testing.T) {
	for name, change := range map[string]func(*ijw.Results){
		"a client too few":           func(r *ijw.Results) { r.Clients = r.Clients[:1] },
		"a prestatie too few":        func(r *ijw.Results) { r.Clients[0].Prestaties = r.Clients[0].Prestaties[:1] },
		"a reject without a code":    func(r *ijw.Results) { r.Clients[0].Prestaties[0] = rejected() },
		"a code without a reject":    func(r *ijw.Results) { r.Clients[0].Prestaties[0].Codes = []ijw.ReturnCode{"9321"} },
		"no verdict":                 func(r *ijw.Results) { r.Clients[0].Prestaties[0].Verdict = ijw.NoVerdict },
		"a code that does not exist": func(r *ijw.Results) { r.Clients[0].Prestaties[0] = rejected("9999") },
		"a reject with 0200":         func(r *ijw.Results) { r.Clients[0].Prestaties[0] = rejected("0200") },
		"a header with 0200":         func(r *ijw.Results) { r.Header = []ijw.ReturnCode{"0200"} },
		"a wrong code on a client":   func(r *ijw.Results) { r.Clients[0].Codes = []ijw.ReturnCode{"R02"} },
	} {
		m := declaration()
		results := approved(m)
		change(results)
		if answer, err := m.Answer(results, identification("A1", "2026-11-20")); err == nil {
			t.Errorf("%s: %s", name, shown(answer))
		}
	}
}

// TR342 and CS325 hold whatever the verdicts, and no approved prestatie is in the answer.
func TestAnswerAddsUp(t *testing.T) {
	codes := []ijw.ReturnCode{"0611", "8187", "9307", "9321", "S329"}
	rapid.Check(t, func(t *rapid.T) {
		m := declaration()
		m.Clients = nil
		sum := billing.Money(0)
		for c := range rapid.IntRange(1, 5).Draw(t, "clients") {
			client := ijw.Client{BSN: fmt.Sprintf("99990%04d", c)}
			for p := range rapid.IntRange(1, 4).Draw(t, "prestaties") {
				prestatie := debit(fmt.Sprintf("%d-%d", c, p), int64(p), 60, rapid.Int64Range(0, 99_999_999).Draw(t, "cents"))
				if rapid.Bool().Draw(t, "credit") {
					prestatie.Amount.Side = ijw.Credit
				}
				sum += prestatie.Amount.Signed()
				client.Prestaties = append(client.Prestaties, prestatie)
			}
			m.Clients = append(m.Clients, client)
		}
		m.Declaration.Total = ijw.AmountOf(sum)
		results, rejects := approved(m), billing.Money(0)
		for c := range results.Clients {
			whole := rapid.IntRange(0, 3).Draw(t, "wrong client") == 0
			if whole {
				results.Clients[c].Codes = []ijw.ReturnCode{"8187"}
			}
			for p := range results.Clients[c].Prestaties {
				if reject := rapid.Bool().Draw(t, "reject"); reject {
					results.Clients[c].Prestaties[p] = rejected(rapid.SliceOfN(rapid.SampledFrom(codes), 1, 6).Draw(t, "codes")...)
				}
				if whole || results.Clients[c].Prestaties[p].Verdict == ijw.Rejected {
					rejects += m.Clients[c].Prestaties[p].Amount.Signed()
				}
			}
		}
		answer, err := m.Answer(results, identification("A1", "2026-11-20"))
		if err != nil {
			t.Fatal(err)
		}
		answered := billing.Money(0)
		for _, client := range answer.Declaration.Clients {
			for _, p := range client.Prestaties {
				answered += p.Amount.Signed()
				if !slices.IsSorted(p.Codes) || len(slices.Compact(slices.Clone(p.Codes))) != len(p.Codes) || len(p.Codes) == 0 {
					t.Fatalf("codes %v", p.Codes)
				}
			}
		}
		granted := answer.Declaration.Granted
		if answered != rejects || answered != sum-granted.Signed() {
			t.Fatalf("claimed %d, granted %d, in the answer %d", sum, granted.Signed(), answered)
		}
		if granted.Cents.Value < 0 || granted.Cents.Value == 0 && granted.Side != ijw.Debit {
			t.Fatalf("granted %+v", granted)
		}
	})
}

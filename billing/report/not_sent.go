package report

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// NotSent is a declaration (JW323) that counts as never sent, with the reasons: it breaks a rule within the message, or its
// header or declaration is wrong. None of its prestaties is a record.
type NotSent struct {
	File           string // base name
	Provider       string // AGB code
	Municipality   string // CBS code, as written
	Number         string // DeclaratieNummer
	Identification string
	Prestaties     int
	Claimed        billing.Money
	Findings       []NotSentFinding
}

// NotSentFinding is one reason why a declaration counts as never sent.
type NotSentFinding struct {
	Code    billing.Code
	Return  string // the return code
	Values  []string
	Place   string // path of the element
	Line    int    // in the file; 0 if unknown
	Message *NotSent
}

// notSent returns the declarations that count as never sent, according to the answers given in a run's period or to the run
// itself, in the order of taking in.
func notSent(ctx context.Context, tx *ledger.Tx, run ledger.Run, catalogue *billing.Catalogue) ([]NotSent, error) {
	messages, err := tx.MessagesNotSent(ctx, run)
	return notSentOf(messages, catalogue), err
}

// NotSentIn returns the declarations that count as never sent in a run, in the order of taking in.
func (r *Reporter) NotSentIn(ctx context.Context, tx *ledger.Tx, run ledger.Run) ([]NotSent, error) {
	return notSent(ctx, tx, run, r.Catalogue)
}

// NotSent returns the declaration in the file with this SHA-256 if it counts as never sent, else nil.
func (r *Reporter) NotSent(ctx context.Context, tx *ledger.Tx, sha256 string) (*NotSent, error) {
	messages, err := tx.MessagesHashed(ctx, sha256)
	if err != nil || len(messages) == 0 {
		return nil, err
	}
	last := messages[len(messages)-1] // a message is judged again when its date has come
	if !last.Refused {
		return nil, nil
	}
	return &notSentOf([]ledger.Message{last}, r.Catalogue)[0], nil
}

func notSentOf(messages []ledger.Message, catalogue *billing.Catalogue) []NotSent {
	list := make([]NotSent, len(messages))
	for i := range messages {
		m := &messages[i]
		list[i] = NotSent{
			File: bsn.MaskLine(m.File), Provider: m.Provider, Municipality: m.Receiver, Number: bsn.MaskLine(m.Declaration),
			Identification: bsn.MaskLine(m.Identification), Prestaties: m.Prestaties, Claimed: m.Claimed,
		}
		for _, f := range m.Findings {
			found := NotSentFinding{
				Code: f.Code, Values: f.Values, Place: ijw.Place{Client: f.Client, Part: f.Part, Element: f.Element}.Path(), Line: f.Line, Message: &list[i],
			}
			if found.Return = string(ijw.TechnicallyWrong); !m.Inside {
				found.Return = string(ijw.ReturnOf(catalogue.Rule(f.Code)))
			}
			list[i].Findings = append(list[i].Findings, found)
		}
	}
	return list
}

// notSent fills in the declarations that count as never sent.
func (g *gathering) notSent(ctx context.Context) (err error) {
	g.head.NotSent, err = notSent(ctx, g.tx, g.run, g.head.Catalogue)
	return err
}

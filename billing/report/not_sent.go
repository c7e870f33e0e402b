package report

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// NotSent is a declaration (JW323) that counts as never sent, with what is wrong with it: a rule that it breaks in itself, or
// its header or declaration. None of its prestaties is a record.
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

// NotSentFinding is one thing that is wrong with a declaration, and where in it.
type NotSentFinding struct {
	Code    billing.Code
	Return  string // the code that answers it
	Values  []string
	Place   string // the path of the element
	Line    int    // in the file; 0 when it is about no line
	Message *NotSent
}

// notSent returns the declarations that count as never sent, by the answers of a run's period and by the run itself, in the
// order of taking in.
func notSent(ctx context.Context, tx *ledger.Tx, run ledger.Run, catalogue *billing.Catalogue) ([]NotSent, error) {
	messages, err := tx.MessagesNotSent(ctx, run)
	return notSentOf(messages, catalogue), err
}

// NotSentIn returns the declarations that count as never sent, as a run left them, in the order of taking in.
func (r *Reporter) NotSentIn(ctx context.Context, tx *ledger.Tx, run ledger.Run) ([]NotSent, error) {
	return notSent(ctx, tx, run, r.Catalogue)
}

// NotSent returns what is wrong with the declaration in a file, by its SHA-256, that counts as never sent; nil when it does not.
func (r *Reporter) NotSent(ctx context.Context, tx *ledger.Tx, sha256 string) (*NotSent, error) {
	messages, err := tx.MessagesHashed(ctx, sha256)
	if err != nil || len(messages) == 0 {
		return nil, err
	}
	last := messages[len(messages)-1] // it is judged again once its date has come
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

// notSent fills in which declarations count as never sent.
func (g *gathering) notSent(ctx context.Context) (err error) {
	g.head.NotSent, err = notSent(ctx, g.tx, g.run, g.head.Catalogue)
	return err
}

package batch

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// processed is what earlier messages that count as sent have used: identifications, declaration numbers and months.
type processed struct {
	identifications, declarations map[used]bool
	latest                        map[used]billing.Period // the last DeclaratiePeriode to a municipality
	book                          *billing.Book
}

// used is a text of a message with its provider: an identification, a declaration number, or a municipality.
type used struct{ provider, text string }

func (p *processed) add(m *ledger.Message) {
	p.addNumbers(m)
	to := p.receiver(m)
	p.latest[to] = max(p.latest[to], m.Month)
}

func (p *processed) addNumbers(m *ledger.Message) {
	p.identifications[used{m.Provider, m.Identification}] = true
	p.declarations[used{m.Provider, m.Declaration}] = true
}

// receiver returns the municipality that a message is for, by its present code if the book knows the one in the message.
func (p *processed) receiver(m *ledger.Message) used {
	if municipality := p.book.Municipality(m.Receiver); municipality != nil {
		return used{m.Provider, municipality.Code}
	}
	return used{m.Provider, m.Receiver}
}

// judgeMessages judges the messages without an answer, each as a whole and in the order of taking in: their headers against
// earlier messages, the day they came in and the book, and then their declarations. A message with a finding counts as never
// sent, so its references are free for rows that came in after it. A message of which a closed period declared anything counts
// as sent, even if earlier messages come in or are removed: what was paid comes first, with its identification and its number.
// Its month counts only in its turn: an earlier message that still waits for a decision is not too early because of it (TR318).
// It reports whether it judged any.
func (b *Batch) judgeMessages(ctx context.Context, tx *ledger.Tx, input RunInput, run int64) (judged bool, err error) {
	messages, err := tx.Messages(ctx)
	if err != nil {
		return false, err
	}
	declared, err := tx.DeclaredMessages(ctx)
	if err != nil {
		return false, err
	}
	before := &processed{identifications: make(map[used]bool), declarations: make(map[used]bool), latest: make(map[used]billing.Period), book: input.Book}
	for i := range messages {
		if declared[messages[i].FileID] {
			before.addNumbers(&messages[i])
		}
	}
	var others []int64 // the files of messages that are refused now and were not before, or the other way round
	for i := range messages {
		m := &messages[i]
		if !m.Answered() {
			judged = true
			if !m.Inside && !declared[m.FileID] {
				m.Findings = before.judge(m)
				m.Refused = len(m.Findings) > 0
			}
			changed, err := tx.JudgeMessage(ctx, m, run)
			if err != nil {
				return false, err
			}
			if changed {
				others = append(others, m.FileID)
			}
			if !m.Refused {
				if err := tx.MarkUsedReferences(ctx, m.FileID); err != nil {
					return false, err
				}
			}
		}
		if !m.Refused {
			before.add(m)
		}
	}
	return judged, intake.ReplayFreed(ctx, tx, others, run)
}

// judge returns what is wrong with a message as a whole. If the header is wrong, the declaration is not judged.
func (p *processed) judge(m *ledger.Message) []ledger.MessageFinding {
	var found []ledger.MessageFinding
	find := func(code billing.Code, rule string, values ...string) {
		found = append(found, ledger.MessageFinding{Code: code, Values: values, Element: ijw.RuleOf(rule).Element})
	}
	if p.identifications[used{m.Provider, m.Identification}] {
		find(billing.J16, "TR056", billing.Mask(m.Identification))
	}
	if m.Dated > m.Received {
		find(billing.J17, "TR135", m.Dated.String(), m.Received.String())
	}
	if p.book.Municipality(m.Receiver) == nil {
		find(billing.F08, "TR378", m.Receiver)
	}
	if len(found) > 0 {
		return found
	}
	if p.declarations[used{m.Provider, m.Declaration}] {
		find(billing.J18, "TR333", m.Declaration)
	}
	latest := p.latest[p.receiver(m)]
	span := ijw.SpanOf(m.Month.First(), m.Month.Last())
	if span.TooEarly(latest) {
		find(billing.J19, "TR318", m.Month.String(), latest.String())
	}
	return found
}

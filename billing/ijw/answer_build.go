package ijw

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// ErrWaiting means that a message has no answer yet, because a prestatie of it is held or pending.
var ErrWaiting = errors.New("ijw: a prestatie of the message is held or pending")

// totalMax is the largest total that a message can hold, in cents.
const totalMax = 999_999_999_999

// Answer makes the answer to the message from its results. The identification is that of the answer itself, which the
// caller chooses. It returns ErrWaiting while a prestatie waits, and another error when the results cannot belong to the
// message: a different number of clients or prestaties, a reject without a code, a code that the standard does not have.
func (m *Message323) Answer(results *Results, identification Identification) (*Answer325, error) {
	if results.Waits() > 0 {
		return nil, ErrWaiting
	}
	if err := results.check(m); err != nil {
		return nil, fmt.Errorf("ijw: answer to declaration %s: %w", m.Declaration.Number, err)
	}
	answer := &Answer325{Header: AnswerHeader{
		Header:   Header{m.Header.Receiver, m.Header.Sender, identification, OurSchemas},
		Answered: m.Header.Identification, AnsweredSchema: m.Header.Schema,
		Codes: []ReturnCode{NoRemark},
	}}
	if codes := headerCodes(results.Header); len(codes) > 0 {
		answer.Header.Codes = codes
		return answer, nil
	}
	granted, err := m.grant(results)
	if err != nil {
		return nil, err
	}
	answer.Declaration = granted
	return answer, nil
}

// headerCodes returns the codes of a header. 0001 excludes all others, since levels 3 and 4 are not judged after it.
func headerCodes(codes []ReturnCode) []ReturnCode {
	if slices.Contains(codes, TechnicallyWrong) {
		return []ReturnCode{TechnicallyWrong}
	}
	return sorted(codes)
}

// grant answers the declaration. If it has codes itself, nothing is granted; else what was claimed less the rejected
// prestaties (TR342).
func (m *Message323) grant(results *Results) (*DeclarationAnswer, error) {
	answer := &DeclarationAnswer{Number: m.Declaration.Number, Claimed: m.Declaration.Total}
	if len(results.Declaration) > 0 {
		answer.Granted, answer.Codes = AmountOf(0), sorted(results.Declaration)
		return answer, nil
	}
	granted := m.Declaration.Total.Signed()
	for i := range m.Clients {
		client, rejected := m.Clients[i].answer(&results.Clients[i])
		if len(client.Prestaties) > 0 {
			answer.Clients = append(answer.Clients, client)
			granted -= rejected
		}
	}
	if granted > totalMax || granted < -totalMax {
		return nil, fmt.Errorf("ijw: declaration %s: the total granted, %s, is larger than a message can hold", m.Declaration.Number, granted)
	}
	answer.Granted, answer.Codes = AmountOf(granted), []ReturnCode{NoRemark}
	if len(answer.Clients) == 0 {
		answer.Codes = []ReturnCode{FullyGranted}
	}
	return answer, nil
}

// answer returns the client's rejected prestaties, in the order of the message, and the sum of their signed amounts. If
// the client itself is wrong, these are all its prestaties, as not judged.
func (c *Client) answer(result *ClientResult) (answer ClientAnswer, rejected billing.Money) {
	answer = ClientAnswer{BSN: c.BSN, Codes: []ReturnCode{NoRemark}}
	wrong := len(result.Codes) > 0
	if wrong {
		answer.Codes = sorted(result.Codes)
	}
	for i := range c.Prestaties {
		prestatie := &c.Prestaties[i]
		var codes []ReturnCode
		switch {
		case wrong:
			codes = []ReturnCode{NotJudged}
		case result.Prestaties[i].Verdict == Rejected:
			codes = sorted(result.Prestaties[i].Codes)
		default:
			continue
		}
		answer.Prestaties = append(answer.Prestaties, PrestatieAnswer{prestatie, codes})
		rejected += prestatie.Amount.Signed()
	}
	return answer, rejected
}

// check returns an error when the results cannot be those of the message. It does not look below a class that has codes.
func (r *Results) check(m *Message323) error {
	if err := checkCodes(append(slices.Clone(r.Header), r.Declaration...)); err != nil || !r.Processed() {
		return err
	}
	if len(r.Clients) != len(m.Clients) {
		return fmt.Errorf("results of %d clients, the message has %d", len(r.Clients), len(m.Clients))
	}
	for i := range r.Clients {
		if err := r.Clients[i].check(&m.Clients[i]); err != nil {
			return fmt.Errorf("client %d: %w", i+1, err)
		}
	}
	return nil
}

func (r *ClientResult) check(c *Client) error {
	if err := checkCodes(r.Codes); err != nil || len(r.Codes) > 0 {
		return err
	}
	if len(r.Prestaties) != len(c.Prestaties) {
		return fmt.Errorf("results of %d prestaties, the message has %d", len(r.Prestaties), len(c.Prestaties))
	}
	for i, result := range r.Prestaties {
		if err := checkCodes(result.Codes); err != nil {
			return fmt.Errorf("prestatie %d: %w", i+1, err)
		}
		if result.Verdict != Approved && result.Verdict != Rejected || (len(result.Codes) > 0) != (result.Verdict == Rejected) {
			return fmt.Errorf("prestatie %d: verdict %d does not go with %d codes", i+1, result.Verdict, len(result.Codes))
		}
	}
	return nil
}

// checkCodes returns an error for a code that the standard does not have, or that means that nothing is wrong.
func checkCodes(codes []ReturnCode) error {
	for _, code := range codes {
		if !code.Known() || code == NoRemark || code == FullyGranted {
			return fmt.Errorf("%q is no return code of an error", code)
		}
	}
	return nil
}

package ijw

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// Judged is what the rules found on one prestatie, and its outcome.
type Judged struct {
	Client, Part int // its place in the message, from 1
	Outcome      billing.Outcome
	Codes        []billing.Code
	Refused      []billing.Code // the holds on which a controller rejected it
}

// ResultsOf returns the results of a message whose header and declaration are right. A prestatie that is not in judged
// waits. unknown is the rule that is broken by a client whom the municipality does not know.
func (m *Message323) ResultsOf(judged []Judged, catalogue *billing.Catalogue, unknown billing.Code) *Results {
	results := &Results{Clients: make([]ClientResult, len(m.Clients))}
	for i := range m.Clients {
		results.Clients[i].Prestaties = make([]Result, len(m.Clients[i].Prestaties))
		for p := range results.Clients[i].Prestaties {
			results.Clients[i].Prestaties[p].Verdict = Waiting
		}
	}
	for _, one := range judged {
		if one.Client > len(results.Clients) || one.Part > len(results.Clients[one.Client-1].Prestaties) {
			continue // not in this message
		}
		client := &results.Clients[one.Client-1]
		result := &client.Prestaties[one.Part-1]
		switch one.Outcome {
		case billing.Accepted, billing.Withdrawn, billing.Replaced:
			result.Verdict = Approved
		case billing.Rejected:
			result.Verdict, result.Codes = Rejected, returnCodesOf(&one, catalogue)
		}
		for _, code := range one.Codes {
			if code == unknown {
				client.Codes = []ReturnCode{ReturnOf(catalogue.Rule(code))}
			}
		}
	}
	return results
}

// returnCodesOf returns the return codes of a rejected prestatie: those of its rejects and of the holds on which a
// controller rejected it. A hold that was lifted, or on which nobody decided, rejects nothing.
func returnCodesOf(judged *Judged, catalogue *billing.Catalogue) []ReturnCode {
	var codes []ReturnCode
	for _, code := range judged.Codes {
		switch severity := catalogue.SeverityFor(code, billing.FromMessage); {
		case severity == billing.Reject, severity == billing.Hold && slices.Contains(judged.Refused, code):
			codes = append(codes, ReturnOf(catalogue.Rule(code)))
		}
	}
	return codes
}

package ijw

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// Judge judges a JW323 by the rules of level 2 while the message is read: first its header and declaration, then each
// client. It keeps references and numbers, not whole clients.
type Judge struct {
	Header      Header
	Declaration Declaration

	clients    int
	bsns       map[string]int // the first client with each BSN, from 1
	references map[string]bool
	credits    []credit
	sum        billing.Money // of the signed amounts so far
	breaches   []Breach
	broken     map[*Rule]int // how often each rule is broken
}

// credit is a prestatie that names an earlier one.
type credit struct {
	previous string
	place    Place
}

// NewJudge returns a Judge of a message, and judges its header and declaration.
func NewJudge(header Header, declaration Declaration) *Judge {
	j := &Judge{Header: header, Declaration: declaration, bsns: make(map[string]int), references: make(map[string]bool)}
	for i := range insideRules {
		if rule := &insideRules[i]; rule.declaration != nil {
			rule.declaration(&check{j, rule, Place{Line: declaration.Line}})
		}
	}
	return j
}

// Client judges the next client of the message.
func (j *Judge) Client(client *Client) {
	j.clients++
	place := Place{Client: j.clients, Line: client.Line}
	for i := range insideRules {
		if rule := &insideRules[i]; rule.client != nil {
			rule.client(&check{j, rule, place}, client)
		}
	}
	if j.bsns[client.BSN] == 0 {
		j.bsns[client.BSN] = j.clients
	}
	for i := range client.Prestaties {
		prestatie := &client.Prestaties[i]
		place.Part, place.Line = i+1, prestatie.Line
		for r := range insideRules {
			if rule := &insideRules[r]; rule.prestatie != nil {
				rule.prestatie(&check{j, rule, place}, prestatie)
			}
		}
		j.references[prestatie.Reference] = true
		if prestatie.Previous != "" {
			j.credits = append(j.credits, credit{prestatie.Previous, place})
		}
		j.sum += prestatie.Amount.Signed()
	}
}

// Breaches returns the breaches in the order of the message, at most breachesKept of each rule. It must be called once,
// after all clients were judged. A message with a breach is answered with 0001 only.
func (j *Judge) Breaches() []Breach {
	for i := range insideRules {
		if rule := &insideRules[i]; rule.whole != nil {
			rule.whole(&check{j, rule, Place{Line: j.Declaration.Line}})
		}
	}
	return j.sorted()
}

// count counts one more breach of a rule, and returns how many there are.
func (j *Judge) count(rule *Rule) int {
	if j.broken == nil {
		j.broken = make(map[*Rule]int)
	}
	j.broken[rule]++
	return j.broken[rule]
}

// sorted returns the breaches in the order of the message, those at one place by code.
func (j *Judge) sorted() []Breach {
	slices.SortStableFunc(j.breaches, func(a, b Breach) int {
		return cmp.Or(cmp.Compare(a.Place.Client, b.Place.Client), cmp.Compare(a.Place.Part, b.Place.Part), cmp.Compare(a.Rule.Code, b.Rule.Code))
	})
	return j.breaches
}

// Breaches returns the breaches of the rules of level 2, as Judge.Breaches does.
func (m *Message323) Breaches() []Breach {
	judge := NewJudge(m.Header, m.Declaration)
	for i := range m.Clients {
		judge.Client(&m.Clients[i])
	}
	return judge.Breaches()
}

package ijw

import (
	"slices"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
)

// Rule is one rule of the standard, with its documentation. Its texts have placeholders for values, {1} {2:date} {3:eur},
// like those of billing.Rule. A rule without functions needs data that are not in the message; it is here for its texts and
// its return code.
type Rule struct {
	Code     string       // of the standard: TR101, CD060
	Level    int          // 2 inside the message, 3 against earlier messages, 4 against the outside
	Element  string       // what it is about, as a path below Bericht
	Return   ReturnCode   // the code in the answer for the class that breaks it; "" for a JW301, which has no answer
	Reported bool         // only reported: an assignment that breaks it is taken in nevertheless
	Same     billing.Code // the rule of pxq that says the same and is judged instead; NoCode if there is none
	Title    billing.Text // the rule as a statement that should hold
	Message  billing.Text // what was found and expected
	Remedy   billing.Text // how to put it right

	declaration func(*check)               // looks at header and declaration
	client      func(*check, *Client)      // looks at one client with its prestaties
	prestatie   func(*check, *Prestatie)   // looks at one prestatie
	whole       func(*check)               // looks at what is known once the whole message was read
	assigned    func(*check, *Assigned)    // looks at the client of a JW301
	assignment  func(*check, *Assignment)  // looks at one assigned product
	assignments func(*check, []Assignment) // looks at all assigned products together
}

// Place is where in a message something was found. Clients and parts count from 1; 0 is the message as a whole, or the
// client as a whole.
type Place struct {
	Client  int
	Part    int    // the prestatie of the client, or the assigned product
	Line    int    // line in the file, 0 when the message was not read from one
	Element string // as a path below the client or the part, or below Bericht
}

// Path returns the path of the element, with the numbers of client and prestatie.
func (p Place) Path() string {
	if p.Client == 0 {
		return p.Element
	}
	path := "Client[" + strconv.Itoa(p.Client) + "]"
	if p.Part > 0 {
		path += "/Prestatie[" + strconv.Itoa(p.Part) + "]"
	}
	if p.Element != "" {
		path += "/" + p.Element
	}
	return path
}

// Breach is a place where a message breaks a rule. Values fill the placeholders in the rule's texts: ISO dates, cents, plain
// texts; they never hold a BSN.
type Breach struct {
	Rule   *Rule
	Place  Place
	Values []string
}

// Rules returns all rules of levels 2 to 4 for a JW323, in order of level and code.
func Rules() []Rule { return slices.Concat(insideRules, acrossRules, outsideRules) }

// AssignmentRules returns the rules for a JW301, in order of code.
func AssignmentRules() []Rule { return slices.Clone(assignmentRules) }

// RuleOf returns the rule for a JW323 with that code in the standard, or nil.
func RuleOf(code string) *Rule {
	for _, rules := range [][]Rule{insideRules, acrossRules, outsideRules} {
		for i := range rules {
			if rules[i].Code == code {
				return &rules[i]
			}
		}
	}
	return nil
}

// check is one rule that is being judged at one place of a message.
type check struct {
	*Judge
	rule  *Rule
	place Place
}

// breach records that the rule is broken at the place of the check, in that element.
func (c *check) breach(element string, values ...string) {
	c.breachAt(c.place, element, values...)
}

// breachesKept is the largest number of breaches of one rule that are kept: a message of fifty thousand prestaties may break
// a rule in each, and nobody reads that many one by one.
const breachesKept = 1000

// breachAt records that the rule is broken at another place.
func (c *check) breachAt(place Place, element string, values ...string) {
	if c.count(c.rule) > breachesKept {
		return
	}
	place.Element = element
	c.breaches = append(c.breaches, Breach{c.rule, place, values})
}

func text(dutch, english string) billing.Text { return billing.Text{Dutch: dutch, English: english} }

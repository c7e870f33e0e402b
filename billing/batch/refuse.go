package batch

import "github.com/pxq-nl/pxq/billing/ledger"

// refuse returns why something is not done, in the words of the person who has to put it right.
func refuse(dutch, english string, values ...any) *ledger.Problem {
	return ledger.Refuse(dutch, english, values...)
}

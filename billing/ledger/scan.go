package ledger

import (
	"fmt"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// wordIn reads a column that holds a word into a value of the program.
type wordIn[T any] struct {
	into *T
	read func(word string) (T, error)
}

// Scan makes a word a place that rows are read into.
func (w wordIn[T]) Scan(column any) (err error) {
	switch text := column.(type) {
	case string:
		*w.into, err = w.read(text)
	case []byte:
		*w.into, err = w.read(string(text))
	default:
		err = fmt.Errorf("the database holds %v in the place of a word", column)
	}
	return err
}

func unitIn(unit *billing.Unit) wordIn[billing.Unit] { return wordIn[billing.Unit]{unit, words.Unit} }

func outcomeIn(outcome *billing.Outcome) wordIn[billing.Outcome] {
	return wordIn[billing.Outcome]{outcome, words.Outcome}
}

func kindIn(kind *billing.LineKind) wordIn[billing.LineKind] {
	return wordIn[billing.LineKind]{kind, words.LineKind}
}

func codeIn(code *billing.Code) wordIn[billing.Code] { return wordIn[billing.Code]{code, words.Code} }

func codesIn(codes *[]billing.Code) wordIn[[]billing.Code] {
	return wordIn[[]billing.Code]{codes, words.Codes}
}

func textsIn(texts *[]string) wordIn[[]string] { return wordIn[[]string]{texts, words.Texts} }

func stateIn(state *State) wordIn[State] { return wordIn[State]{state, parseState} }

// stateWords are the words by which states of rows are kept.
var stateWords = [...]string{Current: "current", Replaced: "replaced", Withdrawn: "withdrawn", TakenBack: "taken_back"}

func stateWord(state State) string { return stateWords[state] }

func parseState(word string) (State, error) {
	state := slices.Index(stateWords[:], word)
	if state < 0 {
		return 0, &words.Unknown{What: billing.Text{Dutch: "toestand", English: "state"}, Word: billing.Mask(word)}
	}
	return State(state), nil
}

// flag writes a truth as the number that is kept of it.
func flag(is bool) int {
	if is {
		return 1
	}
	return 0
}

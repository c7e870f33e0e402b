package words

import (
	"fmt"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/versions"
)

// Column reads a column that holds a word into a value of the program.
type Column[T any] struct {
	into *T
	read func(word string) (T, error)
}

// Scan makes a word a place that rows are read into.
func (w Column[T]) Scan(column any) (err error) {
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

// UnitIn is a place for a unit.
func UnitIn(unit *billing.Unit) Column[billing.Unit] { return Column[billing.Unit]{unit, Unit} }

// OutcomeIn is a place for an outcome.
func OutcomeIn(outcome *billing.Outcome) Column[billing.Outcome] {
	return Column[billing.Outcome]{outcome, Outcome}
}

// CodeIn is a place for a code.
func CodeIn(code *billing.Code) Column[billing.Code] { return Column[billing.Code]{code, Code} }

// CodesIn is a place for codes.
func CodesIn(codes *[]billing.Code) Column[[]billing.Code] {
	return Column[[]billing.Code]{codes, Codes}
}

// TextsIn is a place for texts.
func TextsIn(texts *[]string) Column[[]string] { return Column[[]string]{texts, Texts} }

// stateWords are the words by which states of rows are kept.
var stateWords = [...]string{versions.Current: "current", versions.Replaced: "replaced", versions.Withdrawn: "withdrawn", versions.TakenBack: "taken_back", versions.Superseded: "superseded"}

// WriteState writes the state of a row.
func WriteState(state versions.State) string { return stateWords[state] }

// State reads the state of a row.
func State(word string) (versions.State, error) {
	state := slices.Index(stateWords[:], word)
	if state < 0 {
		return 0, unknown("toestand", "state", word)
	}
	return versions.State(state), nil
}

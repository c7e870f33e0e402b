package words

import (
	"fmt"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/versions"
)

// Column scans a column that holds a stored word into a value.
type Column[T any] struct {
	into *T
	read func(word string) (T, error)
}

// Scan implements sql.Scanner.
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

// UnitIn returns a scan target for a unit.
func UnitIn(unit *billing.Unit) Column[billing.Unit] { return Column[billing.Unit]{unit, Unit} }

// OutcomeIn returns a scan target for an outcome.
func OutcomeIn(outcome *billing.Outcome) Column[billing.Outcome] {
	return Column[billing.Outcome]{outcome, Outcome}
}

// CodeIn returns a scan target for a code.
func CodeIn(code *billing.Code) Column[billing.Code] { return Column[billing.Code]{code, Code} }

// CodesIn returns a scan target for codes.
func CodesIn(codes *[]billing.Code) Column[[]billing.Code] {
	return Column[[]billing.Code]{codes, Codes}
}

// TextsIn returns a scan target for texts.
func TextsIn(texts *[]string) Column[[]string] { return Column[[]string]{texts, Texts} }

// stateWords are the stored words for the states of rows.
var stateWords = [...]string{versions.Current: "current", versions.Replaced: "replaced", versions.Withdrawn: "withdrawn", versions.TakenBack: "taken_back", versions.Superseded: "superseded"}

// WriteState returns the stored word for the state of a row.
func WriteState(state versions.State) string { return stateWords[state] }

// State reads the state of a row.
func State(word string) (versions.State, error) {
	state := slices.Index(stateWords[:], word)
	if state < 0 {
		return 0, unknown("toestand", "state", word)
	}
	return versions.State(state), nil
}

// Package schema1 reads what the first schema of the ledger stored as numbers and struct layouts of the program that wrote
// it. It is frozen: its numbers follow the order of the types in that program, whatever happened to those since.
package schema1

import (
	"encoding/json"
	"fmt"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// The meaning of the numbers of schema 1, by index.
var (
	units          = []string{"", "hour", "daypart"}
	states         = []string{"current", "replaced", "withdrawn", "taken_back"}
	outcomes       = []string{"", "accepted", "held", "rejected", "pending", "replaced", "withdrawn"}
	sheetKinds     = []billing.SheetKind{billing.NoSheet, billing.SubmissionSheet, billing.ReferralSheet, billing.DecisionSheet}
	kindsOfHelp    = []billing.Kind{billing.OtherKind, billing.Begeleiding, billing.Behandeling, billing.Verblijf}
	referralFields = []billing.ReferralField{
		billing.ReferralNumber, billing.ReferralBSN, billing.ReferralBirthDate, billing.ReferralMunicipality, billing.ReferralProvider,
		billing.ReferralProduct, billing.ReferralCategory, billing.ReferralStart, billing.ReferralEnd, billing.ReferralVolume, billing.ReferralUnit,
		billing.ReferralFrequency, billing.ReferralBudget, billing.ReferralReferrer, billing.ReferralAssigned, billing.ReferralStatus,
		billing.ReferralCoordinationPoint, billing.ReferralOwnPlacement, billing.ReferralExtendedTo, billing.ReferralExtendedYouthCare,
		billing.ReferralContinuesTo, billing.ReferralDeclaredBefore, billing.ReferralAmountBefore,
	}
	fields = []billing.Field{
		billing.NoField, billing.FieldReference, billing.FieldProvider, billing.FieldBSN, billing.FieldBirthDate, billing.FieldReferral,
		billing.FieldMunicipality, billing.FieldProduct, billing.FieldDate, billing.FieldStart, billing.FieldEnd, billing.FieldDaypart,
		billing.FieldUnit, billing.FieldQuantity, billing.FieldClaimedPrice, billing.FieldClaimedAmount, billing.FieldRemark,
	}
)

// at returns the meaning of a number.
func at[T any](what string, of []T, number int64) (T, error) {
	if number < 0 || number >= int64(len(of)) {
		var none T
		return none, fmt.Errorf("the database holds number %d in the place of the %s", number, what)
	}
	return of[number], nil
}

// Unit returns the word for a unit.
func Unit(number int64) (string, error) { return at("unit", units, number) }

// State returns the word for the state of a row.
func State(number int64) (string, error) { return at("state", states, number) }

// Outcome returns the word for an outcome.
func Outcome(number int64) (string, error) { return at("outcome", outcomes, number) }

// Given returns the words for the columns that a referral file had, from a bit for each.
func Given(bits int64) (string, error) {
	if bits < 0 || bits >= 1<<len(referralFields) {
		return "", fmt.Errorf("the database holds %d in the place of the columns of a file of referrals", bits)
	}
	var given uint32
	for bit, field := range referralFields {
		if bits&(1<<bit) != 0 {
			given |= 1 << field
		}
	}
	return words.WriteReferralFields(given), nil
}

// Findings converts findings of schema 1, [code, number of the field, values …], which held the field by its number, and
// the period of the run among the values.
func Findings(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	var rows [][]any
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		return "", fmt.Errorf("stored findings: %w", err)
	}
	findings := make([]billing.Finding, len(rows))
	for i, row := range rows {
		if len(row) < 2 {
			return "", fmt.Errorf("stored findings: %q", text)
		}
		word, _ := row[0].(string)
		code, err := words.Code(word)
		if err != nil {
			return "", err
		}
		number, isNumber := row[1].(float64)
		field, err := at("column", fields, int64(number))
		if err != nil || !isNumber {
			return "", fmt.Errorf("stored findings: %q", text)
		}
		findings[i] = billing.Finding{Code: code, Field: field}
		for _, value := range row[2:] {
			text, isText := value.(string)
			if !isText {
				return "", fmt.Errorf("stored findings: %q", text)
			}
			findings[i].Values = append(findings[i].Values, text)
		}
	}
	return words.WriteFindings(findings), nil
}

// Sheets converts the sheet summaries of a file, which had the layout of the program's struct.
func Sheets(text string) (string, error) {
	var kept []struct {
		Name, Skipped                               string
		Kind                                        int64
		HeadingRow, Rows, Totals, Empty, HiddenRows int
		Columns                                     []int
		UnknownColumns                              []string
	}
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return "", fmt.Errorf("stored sheets: %w", err)
	}
	sheets := make([]billing.SheetSummary, len(kept))
	for i, k := range kept {
		sheets[i] = billing.SheetSummary{Name: k.Name, Skipped: k.Skipped, HeadingRow: k.HeadingRow, UnknownColumns: k.UnknownColumns,
			Rows: k.Rows, Totals: k.Totals, Empty: k.Empty, HiddenRows: k.HiddenRows}
		var err error
		if sheets[i].Kind, err = at("kind of sheet", sheetKinds, k.Kind); err != nil {
			return "", err
		}
		for number, column := range k.Columns {
			field, err := at("column", fields, int64(number))
			if err != nil {
				return "", err
			}
			sheets[i].Columns[field] = column
		}
	}
	return words.WriteSheets(sheets)
}

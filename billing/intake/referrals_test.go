package intake_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// referrals returns referral rows from number, client (a or b) and municipality; a dash stands for a column that the file
// lacks. Each row has a different end, so that no two have the same content.
func referrals(rows ...string) []billing.ReferralRow {
	clients := map[string]string{"a": client, "b": other, "c": "999900031", "-": ""}
	var list []billing.ReferralRow
	for n, text := range rows {
		part := strings.Fields(text)
		row := billing.ReferralRow{Referral: billing.Referral{
			Number: part[0], BSN: clients[part[1]], Municipality: strings.Trim(part[2], "-"), Provider: provider, Product: "45A01", Start: 20_000,
			End: billing.Date(20_100 + 10*len(text) + n), Row: n + 2,
		}}
		for field := range row.Present {
			row.Present[field] = true
		}
		row.Present[billing.ReferralBSN], row.Present[billing.ReferralMunicipality] = part[1] != "-", part[2] != "-"
		list = append(list, row)
	}
	return list
}

// Rows of one number are one referral unless BSN and municipality both differ, municipalities by the book in use then.
func TestNumbersOfReferrals(t *testing.T) {
	book := (&billing.Book{Municipalities: []billing.Municipality{
		{Code: "0855", Name: "Tilburg", Aliases: []string{"Berkel-Enschot"}}, {Code: "0785", Name: "Goirle"},
	}}).Index()
	for _, test := range []struct {
		name  string
		files [][]string
		want  []string // the latest versions: number, client, municipality as written, version
		left  int      // number of rows that were reported
	}{
		{"both differ", [][]string{{"1 a Tilburg"}, {"1 b Goirle"}}, []string{"1 a Tilburg 1", "1 b Goirle 1"}, 0},
		{"both differ in one file", [][]string{{"1 a Tilburg", "1 b Goirle"}}, []string{"1 a Tilburg 1", "1 b Goirle 1"}, 0},
		{"the same municipality", [][]string{{"1 a Tilburg"}, {"1 b Tilburg"}}, []string{"1 a Tilburg 1"}, 1},
		{"the same municipality by another name", [][]string{{"1 a Tilburg"}, {"1 b Berkel-Enschot"}}, []string{"1 a Tilburg 1"}, 1},
		{"the same municipality by its code", [][]string{{"1 a Tilburg"}, {"1 b 855"}}, []string{"1 a Tilburg 1"}, 1},
		{"the same client moves", [][]string{{"1 a Tilburg"}, {"1 a Goirle"}}, []string{"1 a Goirle 2"}, 0},
		{"a newer version of each", [][]string{{"1 a Tilburg", "1 b Goirle"}, {"1 b Goirle", "1 a Tilburg"}}, []string{"1 a Tilburg 2", "1 b Goirle 2"}, 0},
		{"of one referral the last row alone", [][]string{{"1 a Tilburg", "1 a Goirle"}}, []string{"1 a Goirle 1"}, 1},
		{"of one municipality the last row alone", [][]string{{"1 a Tilburg", "1 b Tilburg"}}, []string{"1 b Tilburg 1"}, 1},
		{"tied together by a third row", [][]string{{"1 a Tilburg", "1 b Goirle", "1 a Goirle"}}, []string{"1 a Goirle 1"}, 2},
		{"the last cannot be taken: the version of an earlier file stays", [][]string{{"1 a Tilburg"}, {"1 a Tilburg", "1 b Tilburg"}}, []string{"1 a Tilburg 1"}, 2},
		{"a third client in a municipality where the number is known", [][]string{{"1 a Tilburg", "1 b Goirle"}, {"1 c Goirle"}}, []string{"1 a Tilburg 1", "1 b Goirle 1"}, 1},
		{"a file without the column BSN", [][]string{{"1 a Tilburg"}, {"1 - Tilburg"}}, []string{"1 a Tilburg 2"}, 0},
		{"a file without the column Gemeente", [][]string{{"1 a Tilburg"}, {"1 a -"}}, []string{"1 a Tilburg 2"}, 0},
		{"another client without the column Gemeente", [][]string{{"1 a Tilburg"}, {"1 b -"}}, []string{"1 a Tilburg 1"}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			files, groups := shelf{}, []string(nil)
			for n, rows := range test.files {
				name := fmt.Sprint("f", n)
				files[name], groups = referrals(rows...), append(groups, name)
				for i := range files[name].([]billing.ReferralRow) {
					files[name].([]billing.ReferralRow)[i].End += billing.Date(1000 * n) // another version
				}
			}
			ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
				store := open()
				in := newIntake(t, store, files)
				in.Book = book
				imported := take(t, in, groups...)
				var got []string
				err := store.EachLatestReferral(t.Context(), func(r *billing.Referral) error {
					got = append(got, fmt.Sprintf("%s %s %s %d", r.Number, map[string]string{client: "a", other: "b"}[r.BSN], r.Municipality, r.Version))
					return nil
				})
				if err != nil || !slices.Equal(got, test.want) || len(imported.Referrals) != test.left {
					t.Errorf("got %q, want %q; reported %+v: %v", got, test.want, imported.Referrals, err)
				}
				err = store.Read(t.Context(), func(tx *ledger.Tx) error {
					tally, err := tx.NewTally(t.Context())
					if err != nil {
						return err
					}
					rows, err := tx.ClientProof(t.Context(), tally, func() func(*ledger.ProvenClient) error { return func(*ledger.ProvenClient) error { return nil } })
					if err != nil {
						return err
					}
					for part := range rows.Parts() {
						if err := rows.Prove(t.Context(), tx, part); err != nil {
							return err
						}
					}
					if err := rows.End(t.Context(), tx); err != nil || len(rows.Counts)+rows.Changed["referrals"].Rows > 0 {
						t.Errorf("%+v, %v", rows, err)
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
				for n := len(groups) - 1; n >= 0; n-- {
					if _, err := in.Withdraw(t.Context(), groups[n], nil); err != nil {
						t.Fatal(err)
					}
				}
				if err := store.EachLatestReferral(t.Context(), func(r *billing.Referral) error { return fmt.Errorf("referral %s is left", r.Number) }); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// A message about a referral or a decision that is not taken shows no BSN: neither that of the row, nor that of any client, nor
// what may be one if the row has no readable BSN. Other numbers that look like a BSN stay readable.
func TestMessagesShowNoBSN(t *testing.T) {
	const nobody = "999900031"
	for _, test := range []struct{ name, number, bsn, want string }{
		{"its own", client, client, "•••"},
		{"its own with dots", "9999.00.006", client, "•••"},
		{"another client's", "T-" + other, client, "T-•••"},
		{"nobody's", nobody, client, nobody},
		{"no readable BSN", nobody, "", "•••"},
		{"no column BSN", nobody, "-", nobody},
	} {
		t.Run(test.name, func(t *testing.T) {
			row := referrals("1 a Tilburg")[0]
			row.Number, row.BSN, row.Start = test.number, strings.Trim(test.bsn, "-"), 0
			row.Present[billing.ReferralBSN] = test.bsn != "-"
			decision := decisionRow(func(r *billing.DecisionRow) { r.Reference = test.number })
			in := newIntake(t, inMemory(t), shelf{"a": append(care(1, client), care(1, other)...), "r": []billing.ReferralRow{row}, "d": decision})
			imported := take(t, in, "a", "r", "d")
			if len(imported.Referrals) != 1 || imported.Referrals[0].Number != test.want {
				t.Errorf("%+v, want %s", imported.Referrals, test.want)
			}
			if test.number == nobody {
				return
			}
			if len(imported.Decisions) != 1 || imported.Decisions[0].Reference != test.want {
				t.Errorf("%+v, want %s", imported.Decisions, test.want)
			}
		})
	}
}

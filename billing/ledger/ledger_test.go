package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// write runs work in one transaction.
func write(t rapid.TB, store *ledger.Store, work func(tx *ledger.Tx) error) {
	t.Helper()
	if err := store.Write(context.Background(), work); err != nil {
		t.Fatal(err)
	}
}

// fileOne is a file that rows may belong to.
var fileOne = ledger.File{ID: 1, SHA256: "aa", Name: "uren.csv", Received: 20_500, Kind: "submission", Provider: "30000001"}

const (
	clientOne = "999900006"
	clientTwo = "999900018"
)

// TestWriteIsAllOrNothing checks that a failed transaction leaves nothing.
func TestWriteIsAllOrNothing(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		store, ctx := open(), context.Background()
		broken := errors.New("broken")
		err := store.Write(ctx, func(tx *ledger.Tx) error {
			return errors.Join(tx.SetMeta(ctx, "a", "1"), broken)
		})
		if !errors.Is(err, broken) {
			t.Fatalf("got %v", err)
		}
		if a, err := store.Meta(ctx, "a"); a != "" || err != nil {
			t.Errorf("a is %q, %v", a, err)
		}
	})
}

// TestClientsOfEverySize reads clients with many records and with few, in whichever order: each once, with all its records, and
// never more at a time than fit.
func TestClientsOfEverySize(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		store, ctx := open(), context.Background()
		size := func(client int) int { return map[bool]int{true: 900, false: 1}[client < 4 || client/4%150 == 7] }
		const clients = 1300
		write(t, store, func(tx *ledger.Tx) error {
			writer, all, id := tx.RecordWriter(), make(map[string]bool), int64(0)
			for client := range clients {
				number := fmt.Sprintf("%09d", client)
				all[number] = true
				for range size(client) {
					id++
					if err := writer.Add(ctx, &billing.Record{ID: id, BSN: number, Reference: fmt.Sprint(id)}, ledger.Current); err != nil {
						return err
					}
				}
			}
			return errors.Join(writer.Flush(ctx), tx.MarkClients(ctx, all))
		})
		next := 0
		err := store.Read(ctx, func(tx *ledger.Tx) error {
			reader, err := tx.ClientReader(ctx, ledger.Everyone)
			if err != nil {
				return err
			}
			for {
				found, err := reader.Next(ctx)
				if err != nil || len(found) == 0 {
					return err
				}
				records := 0
				for _, client := range found {
					if number := fmt.Sprintf("%09d", next); client.Client.BSN != number || len(client.Client.Records) != size(next) {
						return fmt.Errorf("client %s has %d records, want %s with %d", client.Client.BSN, len(client.Client.Records), number, size(next))
					}
					next++
					records += len(client.Client.Records)
				}
				if records > 3000 || len(found) > 400 {
					return fmt.Errorf("%d records of %d clients at once", records, len(found))
				}
			}
		})
		if err != nil || next != clients {
			t.Errorf("%d clients were read, want %d: %v", next, clients, err)
		}
	})
}

// TestRecordParts keeps some parts of the records given to one writer and drops others, long and short ones, together with
// the parts of the transaction.
func TestRecordParts(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		store, ctx := open(), context.Background()
		const long, short = 60_001, 7 // more than recordsGathered, and fewer
		parts := []struct {
			count int
			kept  bool
		}{{short, true}, {long, false}, {long, true}, {short, false}, {short, true}, {long, false}, {short, true}}
		var keys []billing.RecordKey
		var want, kept []int
		write(t, store, func(tx *ledger.Tx) error {
			writer := tx.RecordWriter()
			for part, of := range parts {
				if err := writer.Begin(ctx); err != nil {
					return err
				}
				tx.Savepoint()
				for n := range of.count {
					if err := writer.Add(ctx, &billing.Record{ID: int64(part*100_000 + n), Reference: fmt.Sprint(part), BSN: clientOne}, ledger.Current); err != nil {
						return err
					}
				}
				keys, want = append(keys, billing.RecordKey{KnownAs: fmt.Sprint(part)}), append(want, 0)
				end := tx.RollbackToSavepoint
				if of.kept {
					end, want[part] = tx.ReleaseSavepoint, of.count
					writer.Keep()
				} else {
					writer.Drop()
				}
				if err := end(ctx); err != nil {
					return err
				}
			}
			return writer.Flush(ctx)
		})
		write(t, store, func(tx *ledger.Tx) error {
			found, err := tx.History(ctx, keys)
			for _, key := range keys {
				kept = append(kept, len(found[key]))
			}
			if !slices.Equal(kept, want) {
				t.Errorf("%d rows of the parts and not %d", kept, want)
			}
			return err
		})
	})
}

// words are texts that could cause problems in a database.
var words = rapid.OneOf(rapid.SampledFrom([]string{
	"", " ", "a", `\`, `\N`, `\.`, "\t", "a\nb", "a\r\nb", `"`, "'", "''; DROP TABLE records; --", "%", "_", "é", "ij", "Ĳ", "€", "𝄞", "\u00a0", "$1", "?", "{{int}}",
}), rapid.Map(rapid.String(), func(text string) string { return strings.ReplaceAll(text, "\x00", "") }))

func drawDecimal(t *rapid.T, label string) *decimal.Decimal {
	if rapid.Bool().Draw(t, label+"?") {
		return nil
	}
	number := decimal.New(rapid.Int64().Draw(t, label), rapid.Int32Range(-4, 2).Draw(t, label+" scale"))
	return &number
}

func drawFindings(t *rapid.T) []billing.Finding {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) billing.Finding {
		return billing.Finding{
			Code:   rapid.SampledFrom([]billing.Code{billing.F01, billing.F03, billing.F11, billing.F09}).Draw(t, "code"),
			Field:  billing.Field(rapid.IntRange(0, 16).Draw(t, "field")),
			Values: rapid.SliceOfN(words, 0, 3).Draw(t, "values"),
		}
	}), 0, 3).Draw(t, "findings")
}

func drawRecord(t *rapid.T, id int64) *billing.Record {
	text := func(label string) string { return words.Draw(t, label) }
	number := func(label string, most int) int { return rapid.IntRange(0, most).Draw(t, label) }
	date := func(label string) billing.Date { return billing.Date(number(label, 40_000)) }
	record := &billing.Record{
		ID: id, Provider: rapid.StringMatching("(99[0-9]{6})?").Draw(t, "provider"), Reference: text("reference"), BSN: rapid.SampledFrom([]string{"", clientOne, clientTwo}).Draw(t, "bsn"),
		BirthDate: date("birth"), ReferralNumber: text("referral"), Municipality: text("municipality"), Product: text("product"), First: date("date"),
		Start: billing.Clock(number("start", 86_401)), End: billing.Clock(number("end", 86_401)), Break: billing.Quantity(number("break", 20_000)), Daypart: text("daypart"),
		Unit: billing.Unit(number("unit", 2)), Quantity: billing.Quantity(number("quantity", 599_994_000)),
		HasQuantity: rapid.Bool().Draw(t, "has quantity"), ClaimedPrice: drawDecimal(t, "price"), ClaimedAmount: drawDecimal(t, "amount"),
		Remark: text("remark"), File: fileOne.Name, FileID: 1, Sheet: text("sheet"), Row: number("row", 2_000_000), Version: number("version", 9),
		Findings: drawFindings(t), Received: date("received"), FirstReceived: date("first received"),
		Ambiguous: rapid.Bool().Draw(t, "ambiguous"), HasPrior: rapid.Bool().Draw(t, "has prior"),
		PriorQuantity: billing.Quantity(number("prior", 1_000)), PriorOtherClient: rapid.Bool().Draw(t, "prior other client"),
		SeenBefore: rapid.Bool().Draw(t, "seen before"), Declared: billing.Period(number("declared", 30_000)),
		DeclaredPrice: billing.Price(number("declared price", 9_999_999)),
	}
	if record.HasPrior {
		record.PriorUnit = billing.Unit(number("prior unit", 2))
	}
	return record
}

// same compares records: decimals by value, and empty lists as equal to nil.
func same(a, b *billing.Record) bool {
	x, y := *a, *b
	for _, pair := range [][2]*decimal.Decimal{{x.ClaimedPrice, y.ClaimedPrice}, {x.ClaimedAmount, y.ClaimedAmount}} {
		if (pair[0] == nil) != (pair[1] == nil) || pair[0] != nil && !pair[0].Equal(*pair[1]) {
			return false
		}
	}
	for _, r := range []*billing.Record{&x, &y} {
		r.ClaimedPrice, r.ClaimedAmount = nil, nil
		r.Findings = append([]billing.Finding{}, r.Findings...)
		for i := range r.Findings {
			r.Findings[i].Values = append([]string{}, r.Findings[i].Values...)
		}
	}
	return reflect.DeepEqual(x, y)
}

// TestRecordsComeBack writes records of every kind and reads them back.
func TestRecordsComeBack(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		store, ctx, next := open(), context.Background(), int64(1)
		write(t, store, func(tx *ledger.Tx) error { return tx.AddFile(ctx, fileOne, nil) })
		rapid.Check(t, func(t *rapid.T) {
			records := make([]*billing.Record, rapid.IntRange(0, 12).Draw(t, "records"))
			states := make(map[int64]ledger.State)
			var keys []billing.RecordKey
			write(t, store, func(tx *ledger.Tx) error {
				writer := tx.RecordWriter()
				for i := range records {
					records[i] = drawRecord(t, next)
					next++
					states[records[i].ID] = ledger.State(rapid.IntRange(0, 2).Draw(t, "state"))
					keys = append(keys, billing.RecordKeyOf(records[i].Provider, records[i].Reference))
					if err := writer.Add(ctx, records[i], states[records[i].ID]); err != nil {
						return err
					}
				}
				return writer.Flush(ctx)
			})
			write(t, store, func(tx *ledger.Tx) error {
				found, err := tx.History(ctx, keys)
				for i, want := range records {
					seen := false
					for _, got := range found[keys[i]] {
						if got.ID == want.ID {
							seen = same(got.Record, want) && got.State == states[want.ID]
						}
					}
					if !seen {
						t.Errorf("record %d did not come back: %+v", want.ID, want)
					}
				}
				return err
			})
		})
	})
}

// TestNobodyIsHandedSQL checks that a store and its transactions export methods of the database underneath only if these
// take no statement.
func TestNobodyIsHandedSQL(t *testing.T) {
	passedOn := strings.Fields("Address Backup Close Lock Note Read Write Meta SetMeta Savepoint ReleaseSavepoint RollbackToSavepoint Guard Unguard AuditHead EachEntry " +
		"NewTally Count Differences Concurrently ReadsConcurrently")
	for handed, underneath := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[*ledger.Store](): reflect.TypeFor[*database.DB](), reflect.TypeFor[*ledger.Tx](): reflect.TypeFor[*database.Tx](),
	} {
		if _, there := underneath.MethodByName("List"); !there {
			t.Errorf("%s is not what statements are given to", underneath)
		}
		for method := range underneath.Methods() {
			if _, is := handed.MethodByName(method.Name); is && !slices.Contains(passedOn, method.Name) {
				t.Errorf("%s has %s", handed, method.Name)
			}
		}
		for _, field := range reflect.VisibleFields(handed.Elem()) {
			if field.IsExported() {
				t.Errorf("%s shows %s", handed, field.Name)
			}
		}
	}
}

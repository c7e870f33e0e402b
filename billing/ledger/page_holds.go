package ledger

import (
	"context"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// HoldKey identifies an open hold: one that needs a decision.
type HoldKey struct {
	Record int64
	Code   billing.Code
}

// OpenHold is a hold that needs a decision, as the last run left it.
type OpenHold struct {
	HoldKey
	BSN          string
	Version      int
	Provider     string
	Municipality string
	Product      string
	Date         billing.Date
	Amount       billing.Money
	Since        int64 // number of the run since which it has been open
}

// HoldFilter narrows open holds; the zero value selects all.
type HoldFilter struct {
	Record         int64
	Code           billing.Code
	Provider       string
	Municipality   string
	Municipalities []string      // of a municipality's account; nil for all
	From           billing.Money // the minimum amount
	Until          int64         // open since this run or an earlier one; 0 for all
	DecidedAfter   int64         // excludes those decided by a file after this one; 0 for all
	OnlyDecided    bool          // only those decided by a file after DecidedAfter
	Without        []HoldKey     // excludes these
	Only           []HoldKey     // only these; nil for all
}

// HoldOrder is an order of open holds.
type HoldOrder string

// The orders.
const (
	HoldsByAmount   HoldOrder = "amount"   // largest amount first
	HoldsByWaiting  HoldOrder = "waiting"  // longest first
	HoldsByProvider HoldOrder = "provider" // by provider, then largest amount first
)

var holdOrders = map[HoldOrder]string{
	HoldsByAmount: "h.cents DESC, h.record_id DESC, h.code DESC", HoldsByWaiting: "h.since, h.record_id, h.code", HoldsByProvider: "h.provider, h.cents DESC, h.record_id, h.code",
}

// decidedOn selects the holds that were decided by files after one; its parameter is the number of that file.
const decidedOn = "(SELECT r.id, d.code" + ofDecisions + "d.file_id > ?)"

func (f *HoldFilter) where() (string, []any) {
	conditions, values := []string{"1 = 1"}, []any(nil)
	add := func(condition string, value ...any) {
		conditions, values = append(conditions, condition), append(values, value...)
	}
	if f.Record != 0 {
		add("h.record_id = ?", f.Record)
	}
	if f.Code != billing.NoCode {
		add("h.code = ?", f.Code.String())
	}
	if f.Provider != "" {
		add("h.provider = ?", f.Provider)
	}
	if f.Municipality != "" {
		add("h.municipality = ?", f.Municipality)
	}
	if f.Municipalities != nil {
		list, in := database.ListOf(f.Municipalities)
		add("h.municipality IN ("+list+")", in...)
	}
	if f.From != 0 {
		add("h.cents >= ?", int64(f.From))
	}
	if f.Until != 0 {
		add("h.since <= ?", f.Until)
	}
	if f.DecidedAfter != 0 || f.OnlyDecided {
		not := " NOT"
		if f.OnlyDecided {
			not = ""
		}
		add("(h.record_id, h.code)"+not+" IN "+decidedOn, f.DecidedAfter)
	}
	if len(f.Without) > 0 {
		list, keys := holdKeys(f.Without)
		add("(h.record_id, h.code) NOT IN ("+list+")", keys...)
	}
	if f.Only != nil {
		if len(f.Only) == 0 {
			add("1 = 0")
		} else {
			list, keys := holdKeys(f.Only)
			add("(h.record_id, h.code) IN ("+list+")", keys...)
		}
	}
	return strings.Join(conditions, " AND "), values
}

func holdKeys(keys []HoldKey) (list string, values []any) {
	for _, key := range keys {
		values = append(values, key.Record, key.Code.String())
	}
	return "VALUES " + database.Typed(len(keys), "BIGINT", "TEXT"), values
}

// OpenHolds returns at most limit open holds, from offset on.
func (v *view) OpenHolds(ctx context.Context, filter *HoldFilter, order HoldOrder, offset, limit int) ([]OpenHold, error) {
	where, values := filter.where()
	var holds []OpenHold
	err := v.db.Each(ctx, "SELECT h.record_id, h.code, h.bsn, h.version, h.provider, h.municipality, h.product, h.care_date, h.cents, h.since FROM open_holds h WHERE "+
		where+" ORDER BY "+holdOrders[order]+" LIMIT ? OFFSET ?", append(values, limit, offset), func(scan database.Scan) error {
		var h OpenHold
		err := scan(&h.Record, words.CodeIn(&h.Code), &h.BSN, &h.Version, &h.Provider, &h.Municipality, &h.Product, &h.Date, &h.Amount, &h.Since)
		holds = append(holds, h)
		return err
	})
	return holds, err
}

// HoldTotal is a total of open holds.
type HoldTotal struct {
	Name   string // of the group; "" for all
	Count  int
	Amount billing.Money
	Since  int64 // number of the run since which the oldest has been open
}

// HoldsTotal returns the total of the open holds.
func (v *view) HoldsTotal(ctx context.Context, filter *HoldFilter) (total HoldTotal, err error) {
	where, values := filter.where()
	err = v.db.Each(ctx, "SELECT count(*), coalesce(sum(h.cents), 0), coalesce(min(h.since), 0) FROM open_holds h WHERE "+where, values, func(scan database.Scan) error {
		return scan(&total.Count, &total.Amount, &total.Since)
	})
	return total, err
}

// HoldsBy returns the totals of the open holds per code, provider or municipality, largest count first; nil for another
// column.
func (v *view) HoldsBy(ctx context.Context, column string, filter *HoldFilter) ([]HoldTotal, error) {
	switch column {
	case "code", "provider", "municipality":
	default:
		return nil, nil
	}
	where, values := filter.where()
	var totals []HoldTotal
	err := v.db.Each(ctx, "SELECT h."+column+", count(*), coalesce(sum(h.cents), 0), coalesce(min(h.since), 0) FROM open_holds h WHERE "+where+
		" GROUP BY h."+column+" ORDER BY count(*) DESC, h."+column, values, func(scan database.Scan) error {
		var t HoldTotal
		err := scan(&t.Name, &t.Count, &t.Amount, &t.Since)
		totals = append(totals, t)
		return err
	})
	return totals, err
}

// AtStake returns the amount at stake in an open hold; known is false if there is no such hold.
func (v *view) AtStake(ctx context.Context, record int64, code billing.Code) (amount billing.Money, known bool, err error) {
	known, err = database.Found(v.db.Get(ctx, &amount, "SELECT cents FROM open_holds WHERE record_id = ? AND code = ?", record, code.String()))
	return amount, known, err
}

// LastEntry returns the number of the last entry in the audit trail: while it stays the same, so does the data.
func (v *view) LastEntry(ctx context.Context) (int64, error) {
	return v.db.Number(ctx, "SELECT coalesce(max(id), 0) FROM audit")
}

// ofDecisions joins decisions to the rows that they are about, as billing.Decision.IsOn does.
const ofDecisions = " FROM decisions d JOIN records r ON r.provider = d.provider AND r.known_as = d.known_as AND r.reference = d.reference AND r.version = d.version AND r.ambiguous = 0 WHERE "

const onDecided = ofDecisions + "r.state = 'current' AND "

// DecidedOf returns those of the keys on which somebody decided, whether that was needed or not.
func (v *view) DecidedOf(ctx context.Context, keys []HoldKey) ([]OpenHold, error) {
	list, values := holdKeys(keys)
	return v.decided(ctx, "(r.id, d.code) IN ("+list+")", values)
}

// DecidedOn returns the codes of a row on which somebody decided.
func (v *view) DecidedOn(ctx context.Context, record int64) ([]OpenHold, error) {
	return v.decided(ctx, "r.id = ?", []any{record})
}

func (v *view) decided(ctx context.Context, where string, values []any) ([]OpenHold, error) {
	var holds []OpenHold
	err := v.db.Each(ctx, "SELECT DISTINCT r.id, d.code, r.bsn"+onDecided+where+" ORDER BY r.id, d.code", values, func(scan database.Scan) error {
		var h OpenHold
		err := scan(&h.Record, words.CodeIn(&h.Code), &h.BSN)
		holds = append(holds, h)
		return err
	})
	return holds, err
}

// RowsDecided returns, by decision, the row it is about; decisions on rows that are no longer current are omitted.
func (v *view) RowsDecided(ctx context.Context, decisions []int64) (map[int64]int64, error) {
	rows := make(map[int64]int64)
	if len(decisions) == 0 {
		return rows, nil
	}
	list, values := database.ListOf(decisions)
	err := v.db.Each(ctx, "SELECT d.id, r.id"+onDecided+"d.id IN ("+list+")", values, func(scan database.Scan) error {
		var decision, row int64
		err := scan(&decision, &row)
		rows[decision] = row
		return err
	})
	return rows, err
}

// ReasonsGiven returns the reasons last given in decisions on a code, without duplicates, at most most.
func (v *view) ReasonsGiven(ctx context.Context, code billing.Code, most int) ([]string, error) {
	var reasons []string
	err := v.db.List(ctx, &reasons, "SELECT reason FROM decisions WHERE code = ? AND reason <> '' GROUP BY reason ORDER BY max(id) DESC LIMIT ?", code.String(), most)
	return reasons, err
}

// FindHolds returns the open holds of records with that reference, or of the client with that number, in any notation.
func (v *view) FindHolds(ctx context.Context, sought string, most int) ([]HoldKey, error) {
	client, isClient := billing.BSNOf(sought)
	if !isClient {
		client = sought
	}
	var keys []HoldKey
	err := v.db.Each(ctx, "SELECT h.record_id, h.code FROM open_holds h JOIN records r ON r.bsn = h.bsn AND r.id = h.record_id WHERE r.known_as = ? OR h.bsn = ? "+
		"ORDER BY h.cents DESC, h.record_id, h.code LIMIT ?",
		[]any{billing.KnownAs(sought), client, most}, func(scan database.Scan) error {
			var key HoldKey
			err := scan(&key.Record, words.CodeIn(&key.Code))
			keys = append(keys, key)
			return err
		})
	return keys, err
}

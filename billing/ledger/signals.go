package ledger

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
)

// Signal is a signal that belongs to no record.
type Signal struct {
	Code         billing.Code
	BSN          string // of the client it is about; "" for a contract
	Provider     string
	Subject      string // referral number or contract
	Municipality string
	Values       []string
}

// ForgetSignals removes the signals of a client in a period, or those about contracts when bsn is "".
func (t *Tx) ForgetSignals(ctx context.Context, period billing.Period, bsn string) error {
	statement, err := t.prepared(ctx, "DELETE FROM signals WHERE period = ? AND bsn = ?")
	if err != nil {
		return err
	}
	_, err = statement.ExecContext(ctx, int32(period), bsn)
	return err
}

// AddSignal keeps a signal of a period.
func (t *Tx) AddSignal(ctx context.Context, period billing.Period, s Signal) error {
	return t.exec(ctx, "INSERT INTO signals (period, bsn, code, provider, subject, municipality, found) VALUES (?,?,?,?,?,?,?)",
		int32(period), s.BSN, s.Code.String(), s.Provider, s.Subject, s.Municipality, encodeStrings(s.Values))
}

// Signals gives the signals of a period that belong to no record, by code, provider and subject.
func (s *Store) Signals(ctx context.Context, period billing.Period) ([]Signal, error) {
	rows, err := s.db.QueryxContext(ctx, s.dialect.bind(
		"SELECT bsn, code, provider, subject, municipality, found FROM signals WHERE period = ? ORDER BY code, provider, subject, found"), int32(period))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var signals []Signal
	for rows.Next() {
		var signal Signal
		var code, found string
		if err := rows.Scan(&signal.BSN, &code, &signal.Provider, &signal.Subject, &signal.Municipality, &found); err != nil {
			return nil, err
		}
		signal.Code = billing.ParseCode(code)
		if signal.Values, err = decodeStrings(found); err != nil {
			return nil, err
		}
		signals = append(signals, signal)
	}
	return signals, rows.Err()
}

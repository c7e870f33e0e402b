package report

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// clientNumbers keeps the citizen service numbers of clients out of findings. Some administrations make references of
// them, or write that of another child where a referral belongs; other numbers that merely look like one stay.
type clientNumbers struct {
	tx    *ledger.Tx
	known map[string]bool // by number, once it was looked up
}

func newClientNumbers(tx *ledger.Tx) *clientNumbers {
	return &clientNumbers{tx: tx, known: make(map[string]bool)}
}

// mask returns a text without the numbers of clients.
func (c *clientNumbers) mask(ctx context.Context, text string) (string, error) {
	var failed error
	masked := bsn.MaskKnown(text, func(number string) bool {
		is, looked := c.known[number]
		if !looked {
			var err error
			if is, err = c.tx.IsClient(ctx, number); err != nil {
				failed = err
				return true
			}
			c.known[number] = is
		}
		return is
	})
	return masked, failed
}

// maskAll masks the values of a finding or a signal.
func (c *clientNumbers) maskAll(ctx context.Context, values []string) ([]string, error) {
	masked := values
	for i, value := range values {
		clean, err := c.mask(ctx, value)
		if err != nil {
			return nil, err
		}
		if clean == value {
			continue
		}
		if &masked[0] == &values[0] {
			masked = slices.Clone(values)
		}
		masked[i] = clean
	}
	return masked, nil
}

// maskFindings masks the values of findings.
func (c *clientNumbers) maskFindings(ctx context.Context, findings []billing.Finding) (err error) {
	for i := range findings {
		if findings[i].Values, err = c.maskAll(ctx, findings[i].Values); err != nil {
			return err
		}
	}
	return nil
}

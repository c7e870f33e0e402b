package synthetic

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// The names of referral files; the month stands in between.
const (
	referralsName = "toewijzingen-"
	changesSuffix = "-wijzigingen"
)

// referralFiles writes the referral files: all referrals as they were assigned, and unless the workspace is plain a CSV
// of those that changed afterwards.
func (p *plan) referralFiles(ctx context.Context, write func(name string, content []byte) error) error {
	ordered := slices.DeleteFunc(slices.Clone(p.referrals), func(r *referral) bool { return r.goesOn && !r.changed })
	slices.SortFunc(ordered, func(a, b *referral) int { return cmp.Compare(a.Number, b.Number) })
	content, err := p.referralWorkbook(ctx, ordered)
	if err != nil {
		return err
	}
	if err := write("referrals/"+referralsName+p.period.String()+".xlsx", content); err != nil {
		return err
	}
	if content := p.referralChanges(ordered); content != nil && !p.options.Plain {
		return write("referrals/"+referralsName+p.period.Add(1).String()+changesSuffix+".csv", content)
	}
	return nil
}

// referralWorkbook returns the workbook of referrals. A withdrawal comes later, unless the workspace is plain.
func (p *plan) referralWorkbook(ctx context.Context, referrals []*referral) ([]byte, error) {
	book, err := newXLSX("Toewijzingen " + p.period.String())
	if err != nil {
		return nil, err
	}
	err = book.sheet("Toewijzingen", func(sheet *sheet) error {
		headings := make([]cell, billing.ReferralFieldsEnd)
		for field, heading := range billing.ReferralHeadings {
			headings[field] = textOf(heading)
		}
		if err := sheet.write(headings); err != nil {
			return err
		}
		for i, r := range referrals {
			if i%1000 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			if err := sheet.write(p.referralCells(r)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return book.bytes()
}

// referralCells returns the row of a referral, in the order of the headings.
func (p *plan) referralCells(r *referral) []cell {
	cells := make([]cell, billing.ReferralFieldsEnd)
	text := func(field billing.ReferralField, value string) { cells[field] = textOf(value) }
	day := func(field billing.ReferralField, value billing.Date) {
		if value != 0 {
			cells[field] = (&style{}).day(value)
		}
	}
	text(billing.ReferralNumber, r.Number)
	text(billing.ReferralBSN, r.BSN)
	day(billing.ReferralBirthDate, r.BirthDate)
	text(billing.ReferralMunicipality, r.Municipality)
	text(billing.ReferralProvider, r.Provider)
	text(billing.ReferralProduct, r.Product)
	text(billing.ReferralCategory, r.Category)
	day(billing.ReferralStart, r.Start)
	day(billing.ReferralEnd, r.End)
	text(billing.ReferralReferrer, r.Referrer)
	day(billing.ReferralAssigned, r.Assigned)
	text(billing.ReferralStatus, r.Status)
	if r.Withdrawn() && !p.options.Plain {
		text(billing.ReferralStatus, "actief")
	}
	text(billing.ReferralCoordinationPoint, r.CoordinationPoint)
	text(billing.ReferralOwnPlacement, yesOrNothing(r.OwnPlacement))
	day(billing.ReferralExtendedTo, r.ExtendedTo)
	text(billing.ReferralExtendedYouthCare, yesOrNothing(r.ExtendedYouthCare))
	day(billing.ReferralContinuesTo, r.ContinuesTo)
	r.writeRoom(cells)
	return cells
}

// writeRoom writes volume and budget.
func (r *referral) writeRoom(cells []cell) {
	if r.HasVolume {
		each := 100.0
		if r.VolumeWritten == billing.WrittenHour {
			each = 6000
		}
		cells[billing.ReferralVolume] = cell{form: numberCell, number: float64(r.Volume) / each}
		cells[billing.ReferralUnit] = textOf(r.VolumeWritten)
		cells[billing.ReferralFrequency] = cell{form: numberCell, number: float64(r.Frequency)}
		if r.DeclaredBefore > 0 {
			cells[billing.ReferralDeclaredBefore] = cell{form: numberCell, number: float64(r.DeclaredBefore) / each}
		}
	}
	if r.HasBudget {
		cells[billing.ReferralBudget] = cell{form: moneyCell, number: float64(r.Budget) / 100}
	}
}

func yesOrNothing(yes bool) string {
	if yes {
		return "ja"
	}
	return ""
}

// referralChanges returns a CSV of the referrals that were withdrawn afterwards; nil if there are none. The columns
// that it lacks keep their earlier values.
func (p *plan) referralChanges(referrals []*referral) []byte {
	rows := [][]string{{"Toewijzingsnummer", "BSN", "Gemeente", "AGB-code", "Productcode", "Ingangsdatum", "Status"}}
	for _, r := range referrals {
		if r.Withdrawn() {
			rows = append(rows, []string{r.Number, r.BSN, r.client.home.Code, r.Provider, r.Product, r.Start.String(), r.Status})
		}
	}
	if len(rows) == 1 {
		return nil
	}
	var content bytes.Buffer
	writer := csv.NewWriter(&content)
	writer.Comma = ';'
	if err := writer.WriteAll(rows); err != nil {
		return nil // writing to a buffer never fails
	}
	return content.Bytes()
}

package synthetic

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// cell is the content of one cell.
type cell struct {
	form    cellForm
	text    string
	number  float64
	formula string // that gives number
}

type cellForm uint8

const (
	emptyCell cellForm = iota
	textCell
	numberCell
	moneyCell
	dayCell   // an Excel date
	clockCell // an Excel time of day
	spanCell  // an Excel time that may be more than a day
)

// excelEpoch is the day that Excel counts from.
const excelEpoch = -25568 // 30 December 1899 as a billing.Date

func textOf(text string) cell {
	if text == "" {
		return cell{}
	}
	return cell{form: textCell, text: text}
}

// cellFor returns the cell of a field of a row in the provider's style.
func (w *style) cellFor(field billing.Field, r *row, at place) cell {
	if field == r.spoiled {
		return textOf(r.instead)
	}
	switch field {
	case billing.FieldReference:
		return textOf(r.reference)
	case billing.FieldProvider:
		return textOf(r.agb)
	case billing.FieldBSN:
		if number, err := strconv.Atoi(r.bsn); err == nil && w.bsnNumber {
			return cell{form: numberCell, number: float64(number)}
		}
		return textOf(r.bsn)
	case billing.FieldBirthDate:
		return w.day(r.birth)
	case billing.FieldReferral:
		return textOf(r.number)
	case billing.FieldMunicipality:
		return textOf(w.homeOf(r))
	case billing.FieldProduct:
		return textOf(r.product)
	case billing.FieldDate:
		return w.day(r.date)
	case billing.FieldStart:
		return w.clock(r.start)
	case billing.FieldEnd:
		return w.clock(r.end)
	case billing.FieldDaypart:
		return textOf(r.part)
	case billing.FieldUnit:
		return textOf(w.unitWord(r.unit))
	case billing.FieldQuantity:
		return w.quantityOf(r, at)
	}
	return w.claimOf(field, r, at)
}

// claimOf returns the cell of a claimed price, a claimed amount or a remark.
func (w *style) claimOf(field billing.Field, r *row, at place) cell {
	switch field {
	case billing.FieldRemark:
		return textOf(r.remark)
	case billing.FieldClaimedPrice:
		if r.price > 0 {
			return w.money(int64(r.price))
		}
	case billing.FieldClaimedAmount:
		if r.price > 0 {
			amount := w.money(int64(r.amount))
			if w.quantity == hoursFormula {
				amount.formula = fmt.Sprintf("ROUND(%s*%s,2)", at.of(billing.FieldQuantity), at.of(billing.FieldClaimedPrice))
			}
			return amount
		}
	}
	return cell{}
}

// day returns the cell of a date.
func (w *style) day(day billing.Date) cell {
	year, month, date := day.Calendar()
	switch w.dates {
	case dutchText:
		return textOf(fmt.Sprintf("%02d-%02d-%d", date, month, year))
	case shortText:
		return textOf(fmt.Sprintf("%d-%d-%d", date, month, year))
	case slashText:
		return textOf(fmt.Sprintf("%02d/%02d/%d", date, month, year))
	case isoText:
		return textOf(day.String())
	case compact:
		return textOf(fmt.Sprintf("%d%02d%02d", year, month, date))
	}
	return cell{form: dayCell, number: float64(day - excelEpoch)}
}

// clock returns the cell of a time of day in minutes since midnight; one below 0 is empty.
func (w *style) clock(at int) cell {
	switch {
	case at < 0:
		return cell{}
	case w.times == timeCell:
		return cell{form: clockCell, number: float64(at) / (24 * 60)}
	}
	return textOf(fmt.Sprintf("%02d:%02d", at/60, at%60))
}

// homeOf returns the municipality; a provider that writes codes drops their leading zero, as Excel does.
func (w *style) homeOf(r *row) string {
	switch w.homes {
	case homeCode:
		return strings.TrimPrefix(r.municipality.Code, "0")
	case homeAlias:
		if len(r.municipality.Aliases) > 0 {
			return r.municipality.Aliases[r.extra%len(r.municipality.Aliases)]
		}
	}
	return r.municipality.Name
}

func (w *style) unitWord(unit billing.Unit) string {
	switch {
	case unit == billing.Daypart:
		return w.units[2]
	case w.quantity == minutes:
		return w.units[1]
	}
	return w.units[0]
}

// quantityOf returns the cell of the quantity. A quantity of 0, which withdraws a record, is always written.
func (w *style) quantityOf(r *row, at place) cell {
	hundredths := int64(r.quantity)
	if r.unit == billing.Daypart {
		return w.decimal(hundredths*100, w.quantity == hoursText || w.quantity == minutes && w.csv)
	}
	whole := float64(hundredths) / 6000
	switch {
	case w.quantity == minutes:
		return w.decimal(hundredths*100, w.csv)
	case hundredths == 0:
		return w.decimal(0, w.csv)
	case w.quantity == onlyTimes && r.start >= 0:
		return cell{}
	case w.quantity == hoursText:
		return w.decimal((hundredths*10+3)/6, true)
	case w.quantity == hoursClock:
		return textOf(fmt.Sprintf("%d:%02d", hundredths/6000, hundredths/100%60))
	case w.quantity == hoursTime:
		return cell{form: spanCell, number: whole / 24}
	case w.quantity == hoursFormula && r.start >= 0:
		return cell{form: numberCell, number: whole, formula: fmt.Sprintf("(%s-%s)*24", at.of(billing.FieldEnd), at.of(billing.FieldStart))}
	}
	return cell{form: numberCell, number: whole}
}

// decimal returns the cell of a number of ten-thousandths, as a number or as text with the provider's decimal mark.
func (w *style) decimal(tenThousandths int64, asText bool) cell {
	if !asText {
		return cell{form: numberCell, number: float64(tenThousandths) / 10_000}
	}
	return textOf(w.mark(trimZeros(fmt.Sprintf("%d.%04d", tenThousandths/10_000, tenThousandths%10_000))))
}

// money returns the cell of an amount in cents.
func (w *style) money(cents int64) cell {
	if !w.csv {
		return cell{form: moneyCell, number: float64(cents) / 100}
	}
	return textOf(w.mark(fmt.Sprintf("%d.%02d", cents/100, cents%100)))
}

// mark replaces the point by the provider's decimal mark.
func (w *style) mark(number string) string {
	if w.point {
		return number
	}
	return strings.Replace(number, ".", ",", 1)
}

func trimZeros(number string) string { return strings.TrimSuffix(strings.TrimRight(number, "0"), ".") }

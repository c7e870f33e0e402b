package value

import (
	"bytes"
	"strconv"
)

// ShownAs infers from its text how a program showed a number of days in a cell
// without a format: the result of a formula can be a date or time although the
// file does not say so. It returns [Plain] unless the numbers in the text are
// those of the date, in any usual order, or of the time.
func ShownAs(text []byte, days float64) Format {
	if len(text) > 40 || bytes.IndexByte(text, ':') < 0 && bytes.Count(text, []byte{'-'})+bytes.Count(text, []byte{'/'})+bytes.Count(text, []byte{'.'}) < 2 {
		return Plain
	}
	date, isDate := AppendMoment(nil, days, Date, false)
	clock, isClock := AppendMoment(nil, days, Time, false)
	if !isDate || !isClock {
		return Plain
	}
	shown, parts, times := numbersIn(text), numbersIn(date), numbersIn(clock)
	if len(shown) >= 3 && len(parts) >= 3 {
		year, month, day := parts[0], parts[1], parts[2]
		for _, order := range [][3]int{{day, month, year}, {month, day, year}, {year, month, day}} {
			if shown[0] == order[0] && shown[1] == order[1] && shown[2] == order[2] ||
				shown[0] == order[0]%100 && shown[1] == order[1]%100 && shown[2] == order[2]%100 {
				return Date
			}
		}
	}
	if len(shown) >= 2 && (shown[0] == times[0] || shown[0]%12 == times[0]%12) && shown[1] == times[1] && bytes.IndexByte(text, ':') > 0 {
		return Time
	}
	return Plain
}

// numbersIn returns the whole numbers in a text.
func numbersIn(text []byte) (numbers []int) {
	for _, group := range bytes.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		number, err := strconv.Atoi(string(group))
		if err != nil {
			return nil
		}
		numbers = append(numbers, number)
	}
	return numbers
}

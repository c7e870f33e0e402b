package value

import "strconv"

// significantMax is the precision of spreadsheet programs in digits. Files store
// up to 17 digits, the last two of which are noise.
const significantMax = 15

// IsNumber reports whether b is a decimal number as workbooks write it. Other
// forms that package strconv accepts, such as 0x1F, 1_000 and Inf, are not.
func IsNumber(b []byte) bool {
	i, digits := 0, 0
	if i < len(b) && (b[i] == '-' || b[i] == '+') {
		i++
	}
	for ; i < len(b) && isDigit(b[i]); i++ {
		digits++
	}
	if i < len(b) && b[i] == '.' {
		for i++; i < len(b) && isDigit(b[i]); i++ {
			digits++
		}
	}
	if digits == 0 {
		return false
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		i++
		if i < len(b) && (b[i] == '-' || b[i] == '+') {
			i++
		}
		if i == len(b) {
			return false
		}
		for i < len(b) && isDigit(b[i]) {
			i++
		}
	}
	return i == len(b)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// IsCanonical reports whether b is exactly what [AppendNumber] would write.
func IsCanonical(b []byte) bool {
	if len(b) > 0 && b[0] == '-' {
		b = b[1:]
		if len(b) == 1 && b[0] == '0' {
			return false
		}
	}
	if len(b) == 0 || len(b) > significantMax {
		return false
	}
	point := -1
	for i, c := range b {
		switch {
		case c == '.' && point < 0:
			point = i
		case !isDigit(c):
			return false
		}
	}
	whole := len(b)
	if point >= 0 {
		whole = point
		if last := b[len(b)-1]; last == '0' || last == '.' {
			return false
		}
	}
	return whole == 1 || whole > 1 && b[0] != '0'
}

// AppendNumber appends a finite number at 15 significant digits, in plain
// decimal notation.
func AppendNumber(out []byte, value float64) []byte {
	if value == 0 {
		return append(out, '0')
	}
	var buffer [32]byte
	scientific := strconv.AppendFloat(buffer[:0], value, 'e', significantMax-1, 64)
	if scientific[0] == '-' {
		out = append(out, '-')
		scientific = scientific[1:]
	}
	// d.dddddddddddddde±dd
	digits := append(scientific[:1:1], scientific[2:significantMax+1]...)
	exponent, _ := strconv.Atoi(string(scientific[significantMax+2:]))
	for len(digits) > 1 && digits[len(digits)-1] == '0' {
		digits = digits[:len(digits)-1]
	}
	if exponent < 0 {
		out = append(out, '0', '.')
		for range -exponent - 1 {
			out = append(out, '0')
		}
		return append(out, digits...)
	}
	for i := 0; i <= exponent || i < len(digits); i++ {
		if i == exponent+1 {
			out = append(out, '.')
		}
		if i < len(digits) {
			out = append(out, digits[i])
		} else {
			out = append(out, '0')
		}
	}
	return out
}

const (
	roundedBytesMax = 40 // longer numbers can be subnormal, with less precision
	halfway         = 50 // in hundredths of the last digit kept
	halfwayDoubt    = 12 // the nearest float64 is at most 11.2 of these hundredths away
	mantissaMax     = significantMax + 2
)

// AppendRounded appends the same as [AppendNumber] for a number in plain decimal
// notation with 16 or 17 significant digits, as programs write calculated values,
// but without converting it to a float64. It returns false, and appends nothing,
// for any other number, and if the float64 might round differently from the
// digits.
func AppendRounded(out, number []byte) ([]byte, bool) {
	if len(number) > roundedBytesMax {
		return out, false
	}
	begin := len(out)
	if len(number) > 0 && number[0] == '-' {
		out = append(out, '-')
		number = number[1:]
	}
	mantissa, digits, decimals, point := uint64(0), 0, 0, false
	for _, c := range number {
		switch {
		case c == '.' && !point:
			point = true
			continue
		case !isDigit(c) || digits == mantissaMax:
			return out[:begin], false
		}
		if mantissa = mantissa*10 + uint64(c-'0'); mantissa > 0 {
			digits++
		}
		if point {
			decimals++
		}
	}
	dropped, hundredths := digits-significantMax, mantissa%100
	switch dropped {
	case 1:
		hundredths, mantissa = mantissa%10*10, mantissa/10
	case 2:
		mantissa /= 100
	default:
		return out[:begin], false
	}
	if hundredths > halfway-halfwayDoubt && hundredths < halfway+halfwayDoubt {
		return out[:begin], false
	}
	if hundredths > halfway {
		mantissa++
	}
	for decimals -= dropped; decimals > 0 && mantissa%10 == 0; decimals-- {
		mantissa /= 10
	}
	return appendDecimal(out, mantissa, decimals), true
}

// appendDecimal appends mantissa × 10^-decimals; decimals may be negative.
func appendDecimal(out []byte, mantissa uint64, decimals int) []byte {
	begin := len(out)
	out = strconv.AppendUint(out, mantissa, 10)
	for ; decimals < 0; decimals++ {
		out = append(out, '0')
	}
	if decimals == 0 {
		return out
	}
	whole := len(out) - begin - decimals
	for ; whole < 1; whole++ { // 0.00…
		out = append(out, 0)
		copy(out[begin+1:], out[begin:])
		out[begin] = '0'
	}
	out = append(out, 0)
	copy(out[begin+whole+1:], out[begin+whole:])
	out[begin+whole] = '.'
	return out
}

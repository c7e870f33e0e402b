package value

import "strconv"

// significantMax is the number of digits to which spreadsheet programs
// calculate. Files hold up to 17, the last two of which are noise.
const significantMax = 15

// IsNumber reports whether b is a number as workbooks write them. (What the
// standard library also takes for one, such as 0x1F, 1_000 and Inf, is not.)
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

// IsCanonical reports whether b is already written as AppendNumber would.
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

package value

import "strings"

// Format is the kind of value that a number format shows.
type Format uint8

// The kinds of number formats.
const (
	Plain    Format = iota // a number
	Date                   // a date, or a date and time
	Time                   // a time of day
	Duration               // [h]: hours continue beyond 24
)

// FormatOf returns the kind of a number format code. The first section of the code applies to positive
// numbers, unless it has a condition.
func FormatOf(code string) Format {
	for rest, more := code, true; more; {
		var section formatSection
		rest, more = section.read(rest)
		if format := section.format(); format != Plain || !section.conditional {
			return format
		}
	}
	return Plain
}

// formatSection holds the elements of one section of a format code.
type formatSection struct {
	date, time, duration, digits, conditional bool
	month                                     bool // m, which means minutes next to h or s
	afterSeconds                              bool
}

func (s *formatSection) format() Format {
	switch {
	case s.digits: // 0.0h is a number with a letter, if it is anything
		return Plain
	case s.date:
		return Date
	case s.duration:
		return Duration
	case s.time:
		return Time
	case s.month:
		return Date
	}
	return Plain
}

// read reads the first section of a code and returns the rest. It ignores literal
// text: in quotes, after a backslash, a space as wide as a character (_x) and a
// repeated character (*x).
func (s *formatSection) read(code string) (rest string, more bool) {
	for i := 0; i < len(code); {
		switch code[i] {
		case ';':
			return code[i+1:], true
		case '"':
			i = after(code, i+1, '"')
		case '\\', '_', '*':
			i += 2
		case '[':
			end := after(code, i+1, ']')
			s.bracket(strings.ToLower(strings.TrimSuffix(code[i+1:end], "]")))
			i = end
		default:
			i += s.placeholder(strings.ToLower(code[i:min(len(code), i+32)]))
		}
	}
	return "", false
}

// after returns the offset after the next mark, or the length of the code.
func after(code string, from int, mark byte) int {
	if n := strings.IndexByte(code[from:], mark); n >= 0 {
		return from + n + 1
	}
	return len(code)
}

// bracket reads the content of [ ]: elapsed time, a condition, or a colour or
// locale, which it ignores.
func (s *formatSection) bracket(content string) {
	switch {
	case content == "":
	case strings.Trim(content, content[:1]) == "" && strings.Contains("hms", content[:1]):
		s.duration, s.afterSeconds = true, true
	case strings.Contains("<>=", content[:1]):
		s.conditional = true
	}
}

// placeholder reads the placeholder at the beginning of the lower-case code and
// returns its length.
func (s *formatSection) placeholder(code string) int {
	for _, word := range []string{"am/pm", "a/p", "general"} {
		if strings.HasPrefix(code, word) {
			s.time = s.time || word != "general"
			return len(word)
		}
	}
	n := 1
	for n < len(code) && code[n] == code[0] {
		n++
	}
	fraction := s.afterSeconds
	s.afterSeconds = code[0] == 's' || fraction && code[0] == '.'
	switch code[0] {
	case 'y', 'd', 'g', 'b':
		s.date = true
	case 'e': // the year of an era, unless it is the E of 1E+3
		s.date = s.date || !strings.HasPrefix(code[n:], "+") && !strings.HasPrefix(code[n:], "-")
	case 'm':
		s.month = true
		s.date = s.date || n >= 3 // the name of a month
	case 'h', 's':
		s.time = true
	case '0', '#', '?': // except in a fraction of seconds, which is part of a time
		s.digits = s.digits || !fraction
	}
	return n
}

// BuiltIn returns the kind of a built-in number format, which has only an id.
// Some ids from 27 on are dates in the East Asian editions.
func BuiltIn(id int) Format {
	switch {
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id >= 34 && id <= 36, id >= 50 && id <= 58:
		return Date
	case id >= 18 && id <= 21, id == 32, id == 33, id == 45, id == 47:
		return Time
	case id == 46:
		return Duration
	}
	return Plain
}

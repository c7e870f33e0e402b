package value

import "strings"

// Format is what a number format makes of a number.
type Format uint8

// The formats that matter to what a number means.
const (
	Plain Format = iota
	Date
	Time     // time of day
	Duration // [h]: hours go on after 24
)

// FormatOf returns what a number format code makes of a number. Its first section is for positive
// numbers, unless that section has a condition.
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

// formatSection is what one section of a format code asks for.
type formatSection struct {
	date, time, duration, digits, conditional bool
	month                                     bool // m, which means minutes beside h or s
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

// read takes the first section from a code and returns the rest. Literal text
// does not count: in quotes, after a backslash, a space as wide as a letter
// (_x) and a repeated letter (*x).
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

// after returns the offset after the next mark, or the end.
func after(code string, from int, mark byte) int {
	if n := strings.IndexByte(code[from:], mark); n >= 0 {
		return from + n + 1
	}
	return len(code)
}

// bracket reads what stands between [ and ]: elapsed time, a condition, or a
// colour or language, which do not matter.
func (s *formatSection) bracket(content string) {
	switch {
	case content == "":
	case strings.Trim(content, content[:1]) == "" && strings.Contains("hms", content[:1]):
		s.duration, s.afterSeconds = true, true
	case strings.Contains("<>=", content[:1]):
		s.conditional = true
	}
}

// placeholder reads what code begins with, in small letters, and returns its
// length.
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
	case '0', '#', '?': // but a fraction of seconds is part of a time
		s.digits = s.digits || !fraction
	}
	return n
}

// BuiltIn returns what the formats do that every spreadsheet program has
// by number. Those from 27 on are dates in the east Asian editions.
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

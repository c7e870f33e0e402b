package billing

// Code is the stable code of a rule. A code never changes meaning.
type Code uint8

// The codes, in the order of the families of the rules.
const (
	NoCode Code = iota
	F01
	F02
	F03
	F04
	F05
	F06
	F07
	F08
	F09
	F10
	F11
	U01
	U02
	R01
	R02
	R03
	R04
	R05
	R06
	R07
	R08
	R09
	R10
	R11
	R12
	R13
	R14
	R15
	C01
	C02
	C03
	C04
	C05
	P01
	P02
	P03
	P04
	P05
	D01
	D02
	D03
	S01
	S02
	S03
	S04
	A01
	A02
	T01
	T02
	T03
	T04
	L01
	L02
	L03
	V01
	V02
	V03
	F12
	F13
	codesEnd
)

var codeNames = [codesEnd]string{
	"", "F01", "F02", "F03", "F04", "F05", "F06", "F07", "F08", "F09", "F10", "F11", "U01", "U02",
	"R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R11", "R12", "R13", "R14", "R15",
	"C01", "C02", "C03", "C04", "C05", "P01", "P02", "P03", "P04", "P05", "D01", "D02", "D03",
	"S01", "S02", "S03", "S04", "A01", "A02", "T01", "T02", "T03", "T04", "L01", "L02", "L03", "V01", "V02", "V03",
	"F12", "F13",
}

// String gives the code as people write it, R08.
func (c Code) String() string { return codeNames[c] }

// ParseCode reads a code as people write it; NoCode when it is none.
func ParseCode(text string) Code {
	for code, name := range codeNames {
		if name == text {
			return Code(code)
		}
	}
	return NoCode
}

// CodeSet is a set of codes.
type CodeSet uint64

// Codes makes a set.
func Codes(codes ...Code) CodeSet {
	var set CodeSet
	for _, code := range codes {
		set |= 1 << code
	}
	return set
}

// Has says whether the code is in the set.
func (s CodeSet) Has(code Code) bool { return s&(1<<code) != 0 }

// Meets says whether the sets share a code.
func (s CodeSet) Meets(other CodeSet) bool { return s&other != 0 }

// Severity says what a finding does to a record.
type Severity uint8

// The severities. The zero value is none, so that a forgotten one is noticed.
const (
	NoSeverity Severity = iota
	Signal              // shown, changes nothing
	Hold                // a controller decides
	Reject              // only other data can cure it
)

// String gives the name used in the exports.
func (s Severity) String() string { return [...]string{"", "signal", "hold", "reject"}[s] }

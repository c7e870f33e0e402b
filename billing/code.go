package billing

// Code is the stable code of a rule. A code never changes meaning.
type Code uint8

// The codes, in the order of the families of the rules. Those of family J are rules of iJw that rules.md does not have; the
// comments give their codes in the standard.
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
	F12
	F13
	U01
	U02
	U03
	U04
	U05
	U06
	U07
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
	L04
	V01
	V02
	V03
	J01 // CD060
	J02 // CD087
	J03 // CS100
	J04 // CS325
	J05 // CS337
	J06 // CS339
	J07 // CS340
	J08 // TR101
	J09 // TR134
	J10 // TR137
	J11 // TR315
	J12 // TR316
	J13 // TR335
	J14 // TR358
	J15 // TR416
	J16 // TR056
	J17 // TR135
	J18 // TR333
	J19 // TR318
	J20 // TR304
	J21 // TR339
	J22 // TR381
	J23 // TR387
	J24 // TR388
	J25 // TR319
	J26 // TR323
	J27 // TR389
	J28 // TR390
	codesEnd
)

var codeNames = [codesEnd]string{
	"", "F01", "F02", "F03", "F04", "F05", "F06", "F07", "F08", "F09", "F10", "F11", "F12", "F13",
	"U01", "U02", "U03", "U04", "U05", "U06", "U07",
	"R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R11", "R12", "R13", "R14", "R15",
	"C01", "C02", "C03", "C04", "C05", "P01", "P02", "P03", "P04", "P05", "D01", "D02", "D03",
	"S01", "S02", "S03", "S04", "A01", "A02", "T01", "T02", "T03", "T04", "L01", "L02", "L03", "L04", "V01", "V02", "V03",
	"J01", "J02", "J03", "J04", "J05", "J06", "J07", "J08", "J09", "J10", "J11", "J12", "J13", "J14", "J15",
	"J16", "J17", "J18", "J19", "J20", "J21", "J22", "J23", "J24", "J25", "J26", "J27", "J28",
}

// String returns the code as people write it, R08.
func (c Code) String() string { return codeNames[c] }

// ParseCode returns the code that people write as text; NoCode when there is none.
func ParseCode(text string) Code {
	for code, name := range codeNames {
		if name == text {
			return Code(code)
		}
	}
	return NoCode
}

// Family is a family of rules, by the letter with which its codes begin.
type Family string

// The families, in the order of the rules.
const (
	RowFamily          Family = "F" // the row itself
	IdentityFamily     Family = "U" // which record a row is
	ReferralFamily     Family = "R"
	ContractFamily     Family = "C"
	PriceFamily        Family = "P"
	DurationFamily     Family = "D" // maximum duration
	SegmentFamily      Family = "S"
	AgeFamily          Family = "A"
	TimeFamily         Family = "T" // time of declaring
	PlausibilityFamily Family = "L"
	VolumeFamily       Family = "V"
	MessageFamily      Family = "J" // only in iJw: a message, or a prestatie in one
)

// Family returns the family of the code; "" of NoCode.
func (c Code) Family() Family {
	if c == NoCode {
		return ""
	}
	return Family(codeNames[c][:1])
}

// CodeSet is a set of codes, with room for every Code. Sets are compared with ==; the zero value is empty.
type CodeSet [4]uint64

// Codes returns the set of these codes.
func Codes(codes ...Code) CodeSet {
	var set CodeSet
	for _, code := range codes {
		set.Add(code)
	}
	return set
}

// Add puts the code into the set.
func (s *CodeSet) Add(code Code) { s[code/64] |= 1 << (code % 64) }

// Has reports whether the code is in the set.
func (s CodeSet) Has(code Code) bool { return s[code/64]&(1<<(code%64)) != 0 }

// IsEmpty reports whether the set holds no code.
func (s CodeSet) IsEmpty() bool { return s == CodeSet{} }

// Meets reports whether the sets share a code.
func (s CodeSet) Meets(other CodeSet) bool {
	return s[0]&other[0]|s[1]&other[1]|s[2]&other[2]|s[3]&other[3] != 0
}

// Union returns the codes that are in either set.
func (s CodeSet) Union(other CodeSet) CodeSet {
	for i := range s {
		s[i] |= other[i]
	}
	return s
}

// Without returns the codes that are in the set and not in the other.
func (s CodeSet) Without(other CodeSet) CodeSet {
	for i := range s {
		s[i] &^= other[i]
	}
	return s
}

// Severity is what a finding does to a record.
type Severity uint8

// The severities. The zero value is none, so that a forgotten one is noticed.
const (
	NoSeverity Severity = iota
	Signal              // shown, changes nothing
	Hold                // a controller decides
	Reject              // only other data can cure it
)

// String returns the name used in the exports.
func (s Severity) String() string { return [...]string{"", "signal", "hold", "reject"}[s] }

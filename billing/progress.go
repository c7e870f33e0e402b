package billing

// Step says how far a piece of work is: Done of Total of what Name names.
type Step struct {
	Name        string // a file, a period, a workbook
	Done, Total int
	Rows        int // care records read, judged or written so far; 0 where there are none to count
}

// Progress is told each step of a piece of work. It may be nil.
type Progress func(Step)

// Report tells a step to whoever wants to know.
func (p Progress) Report(step Step) {
	if p != nil {
		p(step)
	}
}

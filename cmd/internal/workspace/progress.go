package workspace

import "github.com/pxq-nl/pxq/billing"

// Progress receives the progress of an operation; it may be nil. It is called from the goroutine that does the work.
type Progress func(Event)

// Event is the progress of a step.
type Event struct {
	Step    Step
	Done    int    // how many of Total are done
	Total   int    // 0 when unknown
	File    string // the file that is being read
	Records int    // how many were read or judged in this step
}

// Step is a part of a long operation.
type Step string

// The steps.
const (
	TakingIn    Step = "taking in"         // files are counted
	Judging     Step = "judging"           // records are counted
	Recomputing Step = "recomputing"       // of the ledger; records are counted
	Writing     Step = "writing workbooks" // workbooks are counted
)

func (p Progress) report(event Event) {
	if p != nil {
		p(event)
	}
}

// of returns a billing.Progress that reports to p as the given step.
func (p Progress) of(step Step) billing.Progress {
	return func(at billing.Step) {
		p.report(Event{Step: step, File: at.Name, Done: at.Done, Total: at.Total, Records: at.Rows})
	}
}

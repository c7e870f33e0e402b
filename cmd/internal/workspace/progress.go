package workspace

import "github.com/pxq-nl/pxq/billing"

// Progress is told how far a piece of work is; nil for nobody. It is called from the goroutine that does the work.
type Progress func(Event)

// Event tells how far a step is.
type Event struct {
	Step    Step
	Done    int    // of Total
	Total   int    // 0 when it is not known
	File    string // that is being read
	Records int    // read or judged in this step
}

// Step is one part of a long piece of work.
type Step string

// The steps.
const (
	TakingIn    Step = "taking in"         // files are counted
	Judging     Step = "judging"           // records are counted
	Recomputing Step = "recomputing"       // of the ledger; records are counted
	Writing     Step = "writing workbooks" // workbooks are counted
)

func (p Progress) tell(event Event) {
	if p != nil {
		p(event)
	}
}

// of returns what tells the progress of one step of the rooms below.
func (p Progress) of(step Step) billing.Progress {
	return func(at billing.Step) {
		p.tell(Event{Step: step, File: at.Name, Done: at.Done, Total: at.Total, Records: at.Rows})
	}
}

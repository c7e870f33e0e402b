package ijw

// Verdict is what became of a prestatie. It is approved or rejected whole.
type Verdict uint8

// The verdicts. The zero value is none, so that a forgotten one is noticed.
const (
	NoVerdict Verdict = iota
	Approved          // its amount is granted
	Rejected          // for one return code or more
	Waiting           // held or pending: the message has no answer yet
)

// Results say what became of a JW323, class by class. Codes on a class stop what is below it: with codes on the header
// the declaration is not looked at, with codes on the declaration the clients are not, with codes on a client its
// prestaties are not.
type Results struct {
	Header      []ReturnCode   // 0001, or those of level 3 and 4; none when the header is right
	Declaration []ReturnCode   // none when it is right
	Clients     []ClientResult // one for each client of the message, in its order
}

// ClientResult says what became of a client.
type ClientResult struct {
	Codes      []ReturnCode // none when the client is right
	Prestaties []Result     // one for each of its prestaties, in the order of the message
}

// Result says what became of a prestatie.
type Result struct {
	Verdict Verdict
	Codes   []ReturnCode // of a rejected one, one or more
}

// Waits counts the prestaties that keep the message from having an answer: those that wait, unless a code on a class
// above them settles what is answered.
func (r *Results) Waits() int {
	if len(r.Header) > 0 || len(r.Declaration) > 0 {
		return 0
	}
	count := 0
	for i := range r.Clients {
		client := &r.Clients[i]
		if len(client.Codes) > 0 {
			continue
		}
		for _, result := range client.Prestaties {
			if result.Verdict == Waiting {
				count++
			}
		}
	}
	return count
}

// Processed reports whether the message counts as sent, so that its identification, numbers and references are used up: an
// error on the header or on the declaration leaves them free.
func (r *Results) Processed() bool { return len(r.Header) == 0 && len(r.Declaration) == 0 }

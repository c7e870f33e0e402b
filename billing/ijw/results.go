package ijw

// Verdict is the result of judging a prestatie, which is approved or rejected as a whole.
type Verdict uint8

// The verdicts. The zero value is none, so that a forgotten one is noticed.
const (
	NoVerdict Verdict = iota
	Approved          // its amount is granted
	Rejected          // for one return code or more
	Waiting           // held or pending: the message has no answer yet
)

// Results are the results of judging a JW323, class by class. Nothing below a class with codes is looked at: with codes on
// the header not the declaration, with codes on the declaration not the clients, with codes on a client not its prestaties.
type Results struct {
	Header      []ReturnCode   // 0001, or those of levels 3 and 4; none when the header is right
	Declaration []ReturnCode   // none when it is right
	Clients     []ClientResult // one for each client of the message, in its order
}

// ClientResult is the result of judging a client.
type ClientResult struct {
	Codes      []ReturnCode // none when the client is right
	Prestaties []Result     // one for each of its prestaties, in the order of the message
}

// Result is the result of judging a prestatie.
type Result struct {
	Verdict Verdict
	Codes   []ReturnCode // of a rejected one, one or more
}

// Waits returns how many prestaties the answer still waits for. A prestatie below a class with codes does not count, since
// that class decides on the answer.
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

// Processed reports whether the message counts as sent, so that its identification, numbers and references are used. An
// error on the header or on the declaration leaves them free.
func (r *Results) Processed() bool { return len(r.Header) == 0 && len(r.Declaration) == 0 }

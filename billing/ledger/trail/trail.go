// Package trail is the audit trail: who did what with the ledger, and when. An entry is only ever added, and carries
// the hash of itself behind the hash of the entry before it, so that one that was changed, removed or put in between is
// found. The trail is kept in the store beside what was done; this package knows what an entry says.
package trail

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/pxq-nl/pxq/billing"
)

// Start is what comes before the first entry of a trail.
const Start = "pxq audit"

// Result says what an entry tells of a command.
type Result string

// The results, in the order in which a command may have them.
const (
	Begun       Result = "begun"
	Step        Result = "step"        // something changed, in the transaction of this entry
	Done        Result = "done"        // the command ended well
	Failed      Result = "failed"      // it ended with an error, which the remark tells
	Interrupted Result = "interrupted" // it was killed, as the next command found
)

// Entry is one entry of the trail.
type Entry struct {
	ID      int64  // from 1, without gaps
	Act     int64  // the command: the number of its first entry
	Moment  string // UTC, as momentLayout
	Who     string // user of the operating system, and the computer
	Command string // as it was given, without numbers of clients and passwords
	Result  Result
	Facts
	Hash string // of this entry, behind the one before it

	files, counts string // as they are kept
}

// Facts are what a command did.
type Facts struct {
	Files  []File
	Counts map[string]int64 // such as rows, lines, cents
	Remark string
}

// File is a file that was taken in or taken back.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// momentLayout is how a moment is written.
const momentLayout = "2006-01-02T15:04:05Z"

// Moment writes a moment.
func Moment(at time.Time) string { return at.UTC().Format(momentLayout) }

// Time returns the moment of the entry; the zero time when it cannot be read.
func (e *Entry) Time() time.Time {
	at, _ := time.Parse(momentLayout, e.Moment)
	return at
}

// IsEmpty reports whether there is nothing to tell.
func (f *Facts) IsEmpty() bool { return len(f.Files) == 0 && len(f.Counts) == 0 && f.Remark == "" }

// AddFile adds a file.
func (f *Facts) AddFile(name, sha256 string) { f.Files = append(f.Files, File{name, sha256}) }

// Count adds to a count.
func (f *Facts) Count(name string, number int64) {
	if f.Counts == nil {
		f.Counts = make(map[string]int64)
	}
	f.Counts[name] += number
}

// Say adds to the remark.
func (f *Facts) Say(format string, values ...any) {
	if f.Remark != "" {
		f.Remark += "; "
	}
	f.Remark += fmt.Sprintf(format, values...)
}

// Merge adds the facts of another entry.
func (f *Facts) Merge(other Facts) {
	f.Files = append(f.Files, other.Files...)
	for name, number := range maps.All(other.Counts) {
		f.Count(name, number)
	}
	if other.Remark != "" {
		f.Say("%s", other.Remark)
	}
}

// Clone returns a copy that shares nothing.
func (f *Facts) Clone() Facts {
	return Facts{Files: slices.Clone(f.Files), Counts: maps.Clone(f.Counts), Remark: f.Remark}
}

// Write returns the files and the counts as they are kept: JSON, with the counts sorted by name.
func (e *Entry) Write() (files, counts string) {
	e.files, e.counts = "[]", "{}"
	if len(e.Files) > 0 {
		e.files = asJSON(e.Files)
	}
	if len(e.Counts) > 0 {
		e.counts = asJSON(e.Counts)
	}
	return e.files, e.counts
}

// Read reads files and counts as they are kept. What cannot be read was changed by somebody, which the hash shows.
func (e *Entry) Read(files, counts string) {
	e.files, e.counts = files, counts
	if json.Unmarshal([]byte(files), &e.Files) != nil {
		e.Files = nil
	}
	if json.Unmarshal([]byte(counts), &e.Counts) != nil {
		e.Counts = nil
	}
}

// Link returns the hash of an entry that was written or read behind the hash before it: SHA-256 over that hash, a line
// feed, and the JSON list of number, act, moment, who, command, result, files, counts and remark, files and counts as the
// texts that are kept; in hexadecimal.
func (e *Entry) Link(before string) string {
	sum := sha256.Sum256([]byte(before + "\n" + asJSON([]any{
		e.ID, e.Act, e.Moment, e.Who, e.Command, e.Result, e.files, e.counts, e.Remark,
	})))
	return hex.EncodeToString(sum[:])
}

// asJSON writes what can always be written.
func asJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// Check recomputes the chain, entry by entry.
type Check struct {
	Entries int
	Head    string // hash of the last entry; Start when there is none
	Faults  []billing.Text
	open    map[int64]bool // commands that have begun
}

// NewCheck begins a check.
func NewCheck() *Check {
	return &Check{Head: Start, open: make(map[int64]bool)}
}

// Add looks at the next entry, in the order of their numbers.
func (c *Check) Add(e *Entry) {
	c.Entries++
	switch {
	case e.ID != int64(c.Entries):
		c.fault("Tussen %d en %d ontbreken regels in het logboek, of een regel is hernummerd.", "Between %d and %d entries of the trail are missing, or one was renumbered.", c.Entries-1, e.ID)
		c.Entries = int(e.ID)
	case e.Link(c.Head) != e.Hash:
		c.fault("Regel %d van het logboek past niet in de keten: deze regel of de regel ervoor is gewijzigd, of ertussen is er een verwijderd.", "Entry %d of the trail does not fit in the chain: it or the one before it was changed, or one between them was removed.", e.ID)
	}
	if e.Result == Begun {
		c.open[e.Act] = true
	} else if !c.open[e.Act] {
		c.fault("Regel %d van het logboek hoort bij een opdracht die niet begon.", "Entry %d of the trail belongs to a command that did not begin.", e.ID)
	}
	c.Head = e.Hash
}

// EndsAt adds a fault when the trail does not end with the head with which it was left; "" when that was not noted.
func (c *Check) EndsAt(head string) {
	if head != "" && head != c.Head {
		c.fault("Aan het eind van het logboek ontbreken regels, of er zijn regels bijgezet.", "Entries are missing at the end of the trail, or some were added.")
	}
}

func (c *Check) fault(dutch, english string, values ...any) {
	c.Faults = append(c.Faults, billing.Text{Dutch: fmt.Sprintf(dutch, values...), English: fmt.Sprintf(english, values...)})
}

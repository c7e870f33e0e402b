// Package trail is the audit trail: who did what with the ledger, and when. Entries are only ever added, and each carries a
// hash over itself and the hash of the entry before it, so that a changed, removed or inserted entry is detected. The trail
// is stored in the same database as the data; this package defines its entries (Entry, Facts) and checks the chain (Check).
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

// Start takes the place of the hash before the first entry of a trail.
const Start = "pxq audit"

// Result is the kind of an entry.
type Result string

// The results, in the order in which a command can have them.
const (
	Begun       Result = "begun"
	Step        Result = "step"        // a change, made in the transaction of this entry
	Done        Result = "done"        // the command succeeded
	Failed      Result = "failed"      // the command failed; the remark says why
	Interrupted Result = "interrupted" // the command was killed; the next command found this
)

// Entry is one entry of the trail.
type Entry struct {
	ID      int64  // from 1, without gaps
	Act     int64  // of the command: the ID of its first entry
	Moment  string // UTC, in momentLayout
	Who     string // operating system user and host name
	Command string // as given, without BSNs and passwords
	Result  Result
	Facts
	Hash string // of this entry and the hash before it

	files, counts string // in their stored form
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

// momentLayout is the layout of a stored moment.
const momentLayout = "2006-01-02T15:04:05Z"

// Moment returns the stored form of a time.
func Moment(at time.Time) string { return at.UTC().Format(momentLayout) }

// Time returns the moment of the entry; the zero time if it is not valid.
func (e *Entry) Time() time.Time {
	at, _ := time.Parse(momentLayout, e.Moment)
	return at
}

// IsEmpty reports whether there are no facts.
func (f *Facts) IsEmpty() bool { return len(f.Files) == 0 && len(f.Counts) == 0 && f.Remark == "" }

// AddFile adds a file.
func (f *Facts) AddFile(name, sha256 string) { f.Files = append(f.Files, File{name, sha256}) }

// Count adds number to the named count.
func (f *Facts) Count(name string, number int64) {
	if f.Counts == nil {
		f.Counts = make(map[string]int64)
	}
	f.Counts[name] += number
}

// Say appends to the remark.
func (f *Facts) Say(format string, values ...any) {
	if f.Remark != "" {
		f.Remark += "; "
	}
	f.Remark += fmt.Sprintf(format, values...)
}

// Merge adds other facts.
func (f *Facts) Merge(other Facts) {
	f.Files = append(f.Files, other.Files...)
	for name, number := range maps.All(other.Counts) {
		f.Count(name, number)
	}
	if other.Remark != "" {
		f.Say("%s", other.Remark)
	}
}

// Clone returns a deep copy.
func (f *Facts) Clone() Facts {
	return Facts{Files: slices.Clone(f.Files), Counts: maps.Clone(f.Counts), Remark: f.Remark}
}

// Write returns the stored form of the files and the counts: JSON, with the counts sorted by name.
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

// Read reads the stored form of files and counts. If it is not valid somebody changed it, which the hash shows.
func (e *Entry) Read(files, counts string) {
	e.files, e.counts = files, counts
	if json.Unmarshal([]byte(files), &e.Files) != nil {
		e.Files = nil
	}
	if json.Unmarshal([]byte(counts), &e.Counts) != nil {
		e.Counts = nil
	}
}

// Link returns the hash of an entry that was written or read, given the hash before it: SHA-256 over that hash, a line
// feed, and the JSON array of ID, act, moment, who, command, result, files, counts and remark, with files and counts in
// their stored form as strings; in hexadecimal.
func (e *Entry) Link(before string) string {
	sum := sha256.Sum256([]byte(before + "\n" + asJSON([]any{
		e.ID, e.Act, e.Moment, e.Who, e.Command, e.Result, e.files, e.counts, e.Remark,
	})))
	return hex.EncodeToString(sum[:])
}

// asJSON returns the JSON of a value that can always be marshalled.
func asJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// Check recomputes the hash chain, entry by entry.
type Check struct {
	Entries int
	Head    string // hash of the last entry; Start if there is none
	Faults  []billing.Text
	open    map[int64]bool // commands that were begun
}

// NewCheck returns a check at the start of the trail.
func NewCheck() *Check {
	return &Check{Head: Start, open: make(map[int64]bool)}
}

// Add checks the next entry; entries must come in the order of their IDs.
func (c *Check) Add(e *Entry) {
	c.Entries++
	switch {
	case e.ID != int64(c.Entries):
		c.fault("Tussen %d en %d ontbreken regels in het logboek, of een regel is hernummerd.", "Between %d and %d entries of the trail are missing, or one was renumbered.", c.Entries-1, e.ID)
		c.Entries = int(e.ID)
	case e.Link(c.Head) != e.Hash:
		c.fault("Regel %d van het logboek past niet in de keten: deze regel of de regel ervoor is gewijzigd, of ertussen is er een verwijderd.", "Entry %d of the trail does not fit the chain: it or the one before it was changed, or one between them was removed.", e.ID)
	}
	if e.Result == Begun {
		c.open[e.Act] = true
	} else if !c.open[e.Act] {
		c.fault("Regel %d van het logboek hoort bij een opdracht die niet begon.", "Entry %d of the trail belongs to a command that was never started.", e.ID)
	}
	c.Head = e.Hash
}

// EndsAt adds a fault if the trail does not end with the stored head; "" means that none was stored.
func (c *Check) EndsAt(head string) {
	if head != "" && head != c.Head {
		c.fault("Aan het eind van het logboek ontbreken regels, of er zijn regels bijgezet.", "Entries are missing at the end of the trail, or some were added.")
	}
}

func (c *Check) fault(dutch, english string, values ...any) {
	c.Faults = append(c.Faults, billing.Texts(dutch, english, values...))
}

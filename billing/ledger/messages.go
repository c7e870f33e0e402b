package ledger

import (
	"context"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// Message is a declaration message (JW323) that was taken in.
type Message struct {
	FileID         int64
	File           string // base name
	SHA256         string
	Provider       string // AGB code
	Receiver       string // CBS code of the municipality, as written
	Identification string // as written
	Dated          billing.Date
	Declaration    string         // DeclaratieNummer, as written
	Month          billing.Period // of the DeclaratiePeriode
	Claimed        billing.Money  // total amount, signed
	Prestaties     int
	Received       billing.Date // as-of date of the import
	Serial         int64        // of its answer, per receiver
	Inside         bool         // it breaks a level 2 rule, so its header is answered with 0001
	Refused        bool         // it counts as never sent: its prestaties are no records
	Findings       []MessageFinding
	JudgedBy       int64          // number of the last run that judged it; 0 for none
	AnsweredBy     int64          // number of the run that gave the answer; 0 for none
	AnsweredIn     billing.Period // the period of that run
	AnswerName     string         // base name of the answer file
}

// Answered reports whether the message has its final answer.
func (m *Message) Answered() bool { return m.AnsweredBy != 0 }

// MessageFinding is a finding about a message, with its place in the message.
type MessageFinding struct {
	Code         billing.Code
	Values       []string
	Client, Part int // counted from 1; 0 if it is about the whole message
	Line         int
	Element      string
}

const messageColumns = "m.file_id, f.name, f.sha256, m.provider, m.receiver, m.identification, m.dated, m.declaration, m.month, m.claimed, m.prestaties, " +
	"m.received, m.serial, m.inside, m.refused, m.findings, m.judged_by, m.answered_by, m.answered_in, m.answer_name"

const fromMessages = " FROM messages m JOIN files f ON f.id = m.file_id WHERE f.withdrawn = 0 AND "

// messageTable are the columns of the table messages, without its bytes: those of the message are covered by the hash of
// its file, and those of the answer have their own sum.
var messageTable = strings.Fields("file_id provider receiver identification dated declaration month claimed prestaties received serial inside refused findings " +
	"judged_by answered_by answered_in answer_name")

// AddMessage stores a message with its bytes, and reserves a serial number for its answer.
func (t *Tx) AddMessage(ctx context.Context, m *Message, content []byte) error {
	var err error
	if m.Serial, err = t.db.Number(ctx, "SELECT coalesce(max(serial), 0) + 1 FROM messages WHERE receiver = ?", m.Receiver); err != nil {
		return err
	}
	findings, err := words.WriteMessageFindings(asWords(m.Findings))
	if err != nil {
		return err
	}
	t.db.Sum("messages", m.FileID, m.FileID, m.Provider, m.Receiver, m.Identification, int32(m.Dated), m.Declaration, int32(m.Month), int64(m.Claimed), m.Prestaties,
		int32(m.Received), m.Serial, database.Flag(m.Inside), database.Flag(m.Refused), findings, 0, 0, 0, "")
	return t.db.Exec(ctx, "INSERT INTO messages (file_id, provider, receiver, identification, dated, declaration, month, claimed, prestaties, received, serial, "+
		"inside, refused, findings, judged_by, content, answered_by, answered_in, answer_name, answer) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,0,?,0,0,'',?)",
		m.FileID, m.Provider, m.Receiver, m.Identification, int32(m.Dated), m.Declaration, int32(m.Month), int64(m.Claimed), m.Prestaties, int32(m.Received),
		m.Serial, database.Flag(m.Inside), database.Flag(m.Refused), findings, content, []byte{})
}

func asWords(findings []MessageFinding) []words.MessageFinding {
	written := make([]words.MessageFinding, len(findings))
	for i, f := range findings {
		written[i] = words.MessageFinding{Code: f.Code.String(), Values: f.Values, Client: f.Client, Part: f.Part, Line: f.Line, Element: f.Element}
	}
	return written
}

// Messages returns the messages that were taken in and not taken back, in order of taking in.
func (v *view) Messages(ctx context.Context) ([]Message, error) { return v.messages(ctx, "1 = 1") }

// MessagesOf returns the Messages of a provider.
func (v *view) MessagesOf(ctx context.Context, provider string) ([]Message, error) {
	return v.messages(ctx, "m.provider = ?", provider)
}

// AddStoredMessage stores a message from another store, without its bytes and those of its answer.
func (t *Tx) AddStoredMessage(ctx context.Context, m *Message) error {
	stored := *m // its serial number is that of this store
	if err := t.AddMessage(ctx, &stored, []byte{}); err != nil {
		return err
	}
	return t.db.Update(ctx, "messages", "answered_by = ?, answered_in = ?, answer_name = ?", []any{m.AnsweredBy, int32(m.AnsweredIn), m.AnswerName}, "file_id = ?", m.FileID)
}

// OpenMessages returns the Messages without an answer.
func (v *view) OpenMessages(ctx context.Context) ([]Message, error) {
	return v.messages(ctx, "m.answered_by = 0")
}

// MessagesHashed returns the Messages with these bytes: one for each time they were read.
func (v *view) MessagesHashed(ctx context.Context, sha256 string) ([]Message, error) {
	return v.messages(ctx, "f.sha256 = ?", sha256)
}

// AnsweredIn returns the Messages that a run of the period answered.
func (v *view) AnsweredIn(ctx context.Context, period billing.Period) ([]Message, error) {
	return v.messages(ctx, "m.answered_by > 0 AND m.answered_in = ?", int32(period))
}

// MessagesNotSent returns the Messages that count as never sent, either by an answer given in the run's period, or by this
// run's judgement if they are not answered yet.
func (v *view) MessagesNotSent(ctx context.Context, run Run) ([]Message, error) {
	return v.messages(ctx, "m.refused = 1 AND m.file_id <= ? AND (m.answered_by > 0 AND m.answered_in = ? OR m.answered_by = 0 AND m.judged_by = ?)",
		run.LastFile, int32(run.Month()), run.ID)
}

func (v *view) messages(ctx context.Context, where string, values ...any) ([]Message, error) {
	var found []Message
	err := v.db.Each(ctx, "SELECT "+messageColumns+fromMessages+where+" ORDER BY m.file_id", values, func(scan database.Scan) error {
		var m Message
		var findings string
		err := scan(&m.FileID, &m.File, &m.SHA256, &m.Provider, &m.Receiver, &m.Identification, &m.Dated, &m.Declaration, &m.Month, &m.Claimed, &m.Prestaties,
			&m.Received, &m.Serial, &m.Inside, &m.Refused, &findings, &m.JudgedBy, &m.AnsweredBy, &m.AnsweredIn, &m.AnswerName)
		if err != nil {
			return err
		}
		if m.Findings, err = messageFindings(findings); err != nil {
			return err
		}
		found = append(found, m)
		return nil
	})
	return found, err
}

func messageFindings(text string) ([]MessageFinding, error) {
	written, err := words.MessageFindings(text)
	if err != nil {
		return nil, err
	}
	var findings []MessageFinding
	for _, f := range written {
		code, err := words.Code(f.Code)
		if err != nil {
			return nil, err
		}
		findings = append(findings, MessageFinding{Code: code, Values: f.Values, Client: f.Client, Part: f.Part, Line: f.Line, Element: f.Element})
	}
	return findings, nil
}

// MessageContent returns the bytes of a message.
func (v *view) MessageContent(ctx context.Context, file int64) (content []byte, err error) {
	err = v.db.Get(ctx, &content, "SELECT content FROM messages WHERE file_id = ?", file)
	return content, err
}

// AnswerContent returns the bytes of the answer to a message.
func (v *view) AnswerContent(ctx context.Context, file int64) (content []byte, err error) {
	err = v.db.Get(ctx, &content, "SELECT answer FROM messages WHERE file_id = ?", file)
	return content, err
}

// JudgeMessage stores what a run found about a message as a whole. A refused message counts as never sent: its prestaties
// are no longer records, until a later run before the answer does not refuse it. If that changes the records it marks their
// clients and returns true.
func (t *Tx) JudgeMessage(ctx context.Context, m *Message, run int64) (changed bool, err error) {
	findings, err := words.WriteMessageFindings(asWords(m.Findings))
	if err != nil {
		return false, err
	}
	was, err := t.db.Number(ctx, "SELECT refused FROM messages WHERE file_id = ?", m.FileID)
	if err != nil {
		return false, err
	}
	if err := t.db.Update(ctx, "messages", "refused = ?, findings = ?, judged_by = ?", []any{database.Flag(m.Refused), findings, run}, "file_id = ?", m.FileID); err != nil {
		return false, err
	}
	if (was != 0) == m.Refused || m.Inside {
		return false, nil
	}
	state := Current
	if m.Refused {
		state = TakenBack
		if err := t.db.Exec(ctx, "UPDATE outcomes SET last_run = ? WHERE last_run = 0 AND EXISTS (SELECT 1 FROM records r WHERE r.bsn = outcomes.bsn AND "+
			"r.id = outcomes.record_id AND r.file_id = ?)", run-1, m.FileID); err != nil {
			return false, err
		}
		if err := t.forgetFileInPageTables(ctx, m.FileID); err != nil {
			return false, err
		}
	}
	if err := t.db.Exec(ctx, "UPDATE records SET state = ? WHERE file_id = ?", words.WriteState(state), m.FileID); err != nil {
		return false, err
	}
	return true, t.markClientsOf(ctx, m.FileID)
}

// markClientsOf marks the clients of a file's records as changed.
func (t *Tx) markClientsOf(ctx context.Context, file int64) error {
	return t.db.Exec(ctx, "UPDATE clients SET "+judgedWhole+" WHERE bsn IN (SELECT bsn FROM records WHERE file_id = ?)", file)
}

// referenceUsed is the condition on records whose reference their provider used in an earlier record, twice in this file,
// or in a spreadsheet row that was declared in a closed period. It compares known_as too, which is indexed.
const referenceUsed = "EXISTS (SELECT 1 FROM records o WHERE o.provider = records.provider AND o.known_as = records.known_as AND o.reference = records.reference " +
	"AND o.state <> 'taken_back' AND (o.bsn <> records.bsn OR o.id <> records.id) AND (o.file_id = records.file_id OR o.id < records.id OR o.declared <> 0 AND " + fromSpreadsheet + "))"

// fromSpreadsheet is the condition that a record o is a row of a spreadsheet.
const fromSpreadsheet = "NOT EXISTS (SELECT 1 FROM messages x WHERE x.file_id = o.file_id)"

// MarkUsedReferences marks the prestaties of a message whose reference their provider used before, in a message or a
// spreadsheet, or that occurs twice in the message (TR314). References are compared as written.
func (t *Tx) MarkUsedReferences(ctx context.Context, file int64) error {
	if err := t.db.Exec(ctx, "UPDATE clients SET "+judgedWhole+" WHERE bsn IN (SELECT bsn FROM records WHERE file_id = ? AND ambiguous <> CASE WHEN "+referenceUsed+" THEN 1 ELSE 0 END)",
		file); err != nil {
		return err
	}
	return t.db.Exec(ctx, "UPDATE records SET ambiguous = CASE WHEN "+referenceUsed+" THEN 1 ELSE 0 END WHERE file_id = ?", file)
}

// KeepAnswer stores the final answer to a message, and the final verdicts on its prestaties. An answer without bytes cannot
// be sent.
func (t *Tx) KeepAnswer(ctx context.Context, m *Message, run Run, name string, answer []byte) error {
	if err := t.db.TakeOff(ctx, "answers", "file_id = ?", m.FileID); err != nil {
		return err
	}
	t.db.Sum("answers", m.FileID, m.FileID, answer)
	if err := t.db.Update(ctx, "messages", "answered_by = ?, answered_in = ?, answer_name = ?, answer = ?", []any{run.ID, run.Period, name, answer}, "file_id = ?",
		m.FileID); err != nil {
		return err
	}
	if m.Refused {
		return nil
	}
	const outcome = "(SELECT %s FROM outcomes o WHERE o.bsn = prestaties.bsn AND o.record_id = prestaties.record_id AND o.last_run = 0)"
	of := func(column string) string { return strings.Replace(outcome, "%s", column, 1) }
	return t.db.Update(ctx, "prestaties", "verdict = "+of("CASE WHEN o.outcome = 'rejected' THEN 'rejected' ELSE 'approved' END")+", answer_findings = "+
		of("o.findings")+", answer_price = "+of("o.price")+", answer_referral = "+of("o.referral")+", answer_municipality = "+of("o.municipality")+
		", answer_product = "+of("o.product"), nil, "file_id = ?", m.FileID)
}

// PrestatieOutcome is the outcome of a prestatie in the last run.
type PrestatieOutcome struct {
	Client, Part int
	Outcome      billing.Outcome
	Codes        []billing.Code
}

// OutcomesOfMessage returns the current outcomes of a message's prestaties, in the order of the message.
func (v *view) OutcomesOfMessage(ctx context.Context, file int64) ([]PrestatieOutcome, error) {
	var found []PrestatieOutcome
	err := v.db.Each(ctx, "SELECT p.client_place, p.part, o.outcome, o.codes FROM prestaties p JOIN outcomes o ON o.bsn = p.bsn AND o.record_id = p.record_id AND "+
		"o.last_run = 0 WHERE p.file_id = ? ORDER BY p.client_place, p.part", []any{file}, func(scan database.Scan) error {
		var p PrestatieOutcome
		err := scan(&p.Client, &p.Part, words.OutcomeIn(&p.Outcome), words.CodesIn(&p.Codes))
		found = append(found, p)
		return err
	})
	return found, err
}

// WaitingMessage is a message without an answer, with the number of its prestaties that are held or pending.
type WaitingMessage struct {
	Message
	Open int
}

// MessagesWaiting returns the messages that were taken in before a run and had no answer after it.
func (v *view) MessagesWaiting(ctx context.Context, run Run) ([]WaitingMessage, error) {
	messages, err := v.messages(ctx, "m.refused = 0 AND m.judged_by > 0 AND m.file_id <= ? AND (m.answered_by = 0 OR m.answered_by > ?)", run.LastFile, run.ID)
	if err != nil {
		return nil, err
	}
	waiting := make([]WaitingMessage, len(messages))
	for i, m := range messages {
		open, err := v.db.Number(ctx, "SELECT count(*) FROM prestaties p JOIN outcomes o ON o.bsn = p.bsn AND o.record_id = p.record_id WHERE p.file_id = ? AND "+
			"o.first_run <= ? AND (o.last_run = 0 OR o.last_run >= ?) AND o.outcome IN ('held', 'pending')", m.FileID, run.ID, run.ID)
		if err != nil {
			return nil, err
		}
		waiting[i] = WaitingMessage{m, int(open)}
	}
	return waiting, nil
}

package ledger

import (
	"context"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// Message is a declaration (JW323) that was taken in.
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
	Claimed        billing.Money  // in all, signed
	Prestaties     int
	Received       billing.Date // as-of date of the import
	Serial         int64        // of its answer, for the receiver
	Inside         bool         // it breaks a rule of level 2, so that its header is answered with 0001
	Refused        bool         // it counts as never sent: its prestaties are no records
	Findings       []MessageFinding
	JudgedBy       int64          // the run that judged it last; 0 before
	AnsweredBy     int64          // the run that gave the answer; 0 before
	AnsweredIn     billing.Period // the period of that run
	AnswerName     string         // base name of the answer's file
}

// Answered reports whether the message has its final answer.
func (m *Message) Answered() bool { return m.AnsweredBy != 0 }

// MessageFinding is a finding about a message, and where in it.
type MessageFinding struct {
	Code         billing.Code
	Values       []string
	Client, Part int // from 1; 0 when it is about the message
	Line         int
	Element      string
}

const messageColumns = "m.file_id, f.name, f.sha256, m.provider, m.receiver, m.identification, m.dated, m.declaration, m.month, m.claimed, m.prestaties, " +
	"m.received, m.serial, m.inside, m.refused, m.findings, m.judged_by, m.answered_by, m.answered_in, m.answer_name"

const fromMessages = " FROM messages m JOIN files f ON f.id = m.file_id WHERE f.withdrawn = 0 AND "

// messageTable are the columns of the table messages, its bytes left out: the hash of its file stands for those of the
// message, and those of the answer are summed by themselves.
var messageTable = strings.Fields("file_id provider receiver identification dated declaration month claimed prestaties received serial inside refused findings " +
	"judged_by answered_by answered_in answer_name")

// AddMessage keeps a declaration with its bytes, and gives the answer that it will get a serial number.
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

// Messages returns the declarations that were taken in and not taken back, in that order.
func (v *view) Messages(ctx context.Context) ([]Message, error) { return v.messages(ctx, "1 = 1") }

// MessagesOf returns those of a provider.
func (v *view) MessagesOf(ctx context.Context, provider string) ([]Message, error) {
	return v.messages(ctx, "m.provider = ?", provider)
}

// AddStoredMessage keeps a message as another store does, without its bytes and those of its answer.
func (t *Tx) AddStoredMessage(ctx context.Context, m *Message) error {
	stored := *m // its serial number is that of this store
	if err := t.AddMessage(ctx, &stored, []byte{}); err != nil {
		return err
	}
	return t.db.Update(ctx, "messages", "answered_by = ?, answered_in = ?, answer_name = ?", []any{m.AnsweredBy, int32(m.AnsweredIn), m.AnswerName}, "file_id = ?", m.FileID)
}

// OpenMessages returns those without an answer.
func (v *view) OpenMessages(ctx context.Context) ([]Message, error) {
	return v.messages(ctx, "m.answered_by = 0")
}

// MessagesHashed returns the readings of a message with these bytes.
func (v *view) MessagesHashed(ctx context.Context, sha256 string) ([]Message, error) {
	return v.messages(ctx, "f.sha256 = ?", sha256)
}

// AnsweredIn returns the messages to which a run of that period gave the answer.
func (v *view) AnsweredIn(ctx context.Context, period billing.Period) ([]Message, error) {
	return v.messages(ctx, "m.answered_by > 0 AND m.answered_in = ?", int32(period))
}

// MessagesNotSent returns the messages that count as never sent: those that a run of its period answered so, and those that
// the run judged so and nobody answered yet.
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

// JudgeMessage notes what a run found about a message as a whole. A message that is refused counts as never sent: its
// prestaties are no records any more; they are again when a later run, before the answer, does not refuse it. It marks the
// clients of whom that changes something, and reports whether the prestaties came or went.
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

// markClientsOf marks the clients of a file's records.
func (t *Tx) markClientsOf(ctx context.Context, file int64) error {
	return t.db.Exec(ctx, "UPDATE clients SET "+judgedWhole+" WHERE bsn IN (SELECT bsn FROM records WHERE file_id = ?)", file)
}

// referenceUsed holds of a record whose reference its provider used before it, or twice in its file, or in a row that was
// declared in a closed period. Equal references are known as the same, of which there is an index.
const referenceUsed = "EXISTS (SELECT 1 FROM records o WHERE o.provider = records.provider AND o.known_as = records.known_as AND o.reference = records.reference " +
	"AND o.state <> 'taken_back' AND (o.bsn <> records.bsn OR o.id <> records.id) AND (o.file_id = records.file_id OR o.id < records.id OR o.declared <> 0 AND " + ofNoMessage + "))"

// ofNoMessage holds of a record o that is a row of a spreadsheet.
const ofNoMessage = "NOT EXISTS (SELECT 1 FROM messages x WHERE x.file_id = o.file_id)"

// MarkUsedReferences notes which prestaties of a message have a reference that their provider used before, in a message or
// in a spreadsheet, or that stands in the message twice (TR314). References are compared as they are written.
func (t *Tx) MarkUsedReferences(ctx context.Context, file int64) error {
	if err := t.db.Exec(ctx, "UPDATE clients SET "+judgedWhole+" WHERE bsn IN (SELECT bsn FROM records WHERE file_id = ? AND ambiguous <> CASE WHEN "+referenceUsed+" THEN 1 ELSE 0 END)",
		file); err != nil {
		return err
	}
	return t.db.Exec(ctx, "UPDATE records SET ambiguous = CASE WHEN "+referenceUsed+" THEN 1 ELSE 0 END WHERE file_id = ?", file)
}

// KeepAnswer keeps the final answer to a message, and makes what it says of each prestatie final. An answer without bytes
// is one that cannot be sent.
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

// PrestatieOutcome is what became of a prestatie by the last run.
type PrestatieOutcome struct {
	Client, Part int
	Outcome      billing.Outcome
	Codes        []billing.Code
}

// OutcomesOfMessage returns what became of the prestaties of a message, in the order of the message.
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

// WaitingMessage is a declaration without an answer, with how many of its prestaties are held or pending.
type WaitingMessage struct {
	Message
	Open int
}

// MessagesWaiting returns the declarations that were taken in before a run and that had no answer after it.
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

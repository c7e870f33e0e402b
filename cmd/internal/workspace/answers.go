package workspace

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/rules"
	writeijw "github.com/pxq-nl/pxq/exporters/ijw"
	"github.com/pxq-nl/pxq/exporters/reports"
	"github.com/pxq-nl/pxq/importers"
	readijw "github.com/pxq-nl/pxq/importers/ijw"
)

// answerMessages stores the answers that can be given after the last run, and returns the names of the messages whose answer
// would be too large to send.
func (w *Workspace) answerMessages(ctx context.Context, run ledger.Run) (tooLarge []string, err error) {
	catalogue := rules.Catalogue()
	err = w.store.Write(ctx, func(tx *ledger.Tx) error {
		open, err := tx.OpenMessages(ctx)
		if err != nil {
			return err
		}
		names, err := answerNames(ctx, tx, run.Month())
		if err != nil {
			return err
		}
		for i := range open {
			m := &open[i]
			if m.JudgedBy == 0 {
				continue // it was taken in after the run
			}
			content, err := answerTo(ctx, tx, m, run, catalogue)
			switch {
			case errors.Is(err, ijw.ErrWaiting):
				continue
			case errors.Is(err, writeijw.ErrTooLarge):
				tooLarge = append(tooLarge, bsn.MaskLine(m.File))
				continue
			case err != nil:
				return fmt.Errorf("%s: %w", bsn.MaskLine(m.File), err)
			}
			if err := tx.KeepAnswer(ctx, m, run, names.free(m), content); err != nil {
				return err
			}
		}
		return nil
	})
	return tooLarge, err
}

// taken is the set of file names of the answers of a period, in lower case, since many file systems ignore case.
type taken map[string]bool

func answerNames(ctx context.Context, tx *ledger.Tx, period billing.Period) (taken, error) {
	answered, err := tx.AnsweredIn(ctx, period)
	names := make(taken, len(answered))
	for i := range answered {
		names[strings.ToLower(answered[i].AnswerName)] = true
	}
	return names, err
}

// free returns an unused name for the answer to a message and adds it to the set. Further answers with the same declaration
// number get a suffix, from 2.
func (t taken) free(m *ledger.Message) string {
	base := "jw325-" + m.Provider + "-" + m.Declaration
	name := base + ".xml"
	for further := 2; t[strings.ToLower(name)]; further++ {
		name = base + "-" + strconv.Itoa(further) + ".xml"
	}
	t[strings.ToLower(name)] = true
	return name
}

// answerTo returns the answer to a message, or ijw.ErrWaiting while a prestatie of it is held or pending.
func answerTo(ctx context.Context, tx *ledger.Tx, m *ledger.Message, run ledger.Run, catalogue *billing.Catalogue) ([]byte, error) {
	outcomes, err := tx.OutcomesOfMessage(ctx, m.FileID)
	if err != nil {
		return nil, err
	}
	judged := make([]ijw.Judged, len(outcomes))
	for i, o := range outcomes {
		waits := o.Outcome == billing.Held || o.Outcome == billing.Pending
		if waits && !m.Refused && !hasUnknownClient(outcomes, o.Client) {
			return nil, ijw.ErrWaiting
		}
		judged[i] = ijw.Judged{Client: o.Client, Part: o.Part, Outcome: o.Outcome, Codes: o.Codes}
	}
	content, err := tx.MessageContent(ctx, m.FileID)
	if err != nil {
		return nil, err
	}
	message, err := readijw.Read323(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	results := &ijw.Results{}
	if m.Refused {
		refusalCodes(m, results, catalogue)
	} else {
		if err := addRefusals(ctx, tx, message, judged, catalogue); err != nil {
			return nil, err
		}
		results = message.ResultsOf(judged, catalogue, billing.J20)
	}
	answer, err := message.Answer(results, ijw.Identification{ID: "A" + strconv.FormatInt(m.Serial, 10), Dated: ijw.DayOf(run.AsOf)})
	if err != nil {
		return nil, err
	}
	return writeijw.JW325(answer)
}

// addRefusals adds to each rejected prestatie the codes of the holds on which a controller rejected it.
func addRefusals(ctx context.Context, tx *ledger.Tx, m *ijw.Message323, judged []ijw.Judged, catalogue *billing.Catalogue) error {
	isHold := func(code billing.Code) bool { return catalogue.SeverityFor(code, billing.FromMessage) == billing.Hold }
	for i := range judged {
		j := &judged[i]
		if j.Outcome != billing.Rejected || !slices.ContainsFunc(j.Codes, isHold) || slices.Contains(j.Codes, billing.U01) {
			continue // decisions are about the record that used the reference before (U01, 8021)
		}
		reference := m.Clients[j.Client-1].Prestaties[j.Part-1].Reference
		decisions, err := tx.DecisionsOf(ctx, billing.RecordKeyOf(m.Header.Sender, reference))
		if err != nil {
			return err
		}
		latest := make(map[billing.Code]string)
		for _, d := range decisions {
			if d.Reference == reference { // prestaties 7 and 007 share a record key but are two
				latest[d.Code] = d.Word
			}
		}
		for _, code := range j.Codes {
			if isHold(code) && latest[code] == billing.Refuse {
				j.Refused = append(j.Refused, code)
			}
		}
	}
	return nil
}

// hasUnknownClient reports whether the municipality does not know the client with that number in the message (J20).
func hasUnknownClient(outcomes []ledger.PrestatieOutcome, client int) bool {
	return slices.ContainsFunc(outcomes, func(o ledger.PrestatieOutcome) bool {
		return o.Client == client && slices.Contains(o.Codes, billing.J20)
	})
}

// refusalCodes adds to results the return codes of a message that counts as never sent: those of J18 and J19 on the
// declaration, the others on the header.
func refusalCodes(m *ledger.Message, results *ijw.Results, catalogue *billing.Catalogue) {
	for _, finding := range m.Findings {
		code := ijw.ReturnCode(catalogue.Rule(finding.Code).IJW)
		switch {
		case m.Inside:
			results.Header = []ijw.ReturnCode{ijw.TechnicallyWrong}
		case finding.Code == billing.J18 || finding.Code == billing.J19:
			results.Declaration = append(results.Declaration, code)
		default:
			results.Header = append(results.Header, code)
		}
	}
}

// writeAnswers writes the answers of a period into the folder dir, byte for byte as they were first given.
func (w *Workspace) writeAnswers(ctx context.Context, period billing.Period, dir string) ([]reports.File, error) {
	answered, err := w.store.AnsweredIn(ctx, period)
	if err != nil {
		return nil, err
	}
	var files []reports.File
	for i := range answered {
		content, err := w.store.AnswerContent(ctx, answered[i].FileID)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, answered[i].AnswerName), content, 0o600); err != nil {
			return nil, err
		}
		sum := sha256.Sum256(content)
		files = append(files, reports.File{Name: answered[i].AnswerName, SHA256: hex.EncodeToString(sum[:])})
	}
	return files, nil
}

// Answer returns the answer to the message in the file at path, which is identified by its content, or a problem that says
// why there is none.
func (w *Workspace) Answer(ctx context.Context, path string) ([]byte, error) {
	hash, err := importers.Hash(path)
	if err != nil {
		return nil, err
	}
	readings, err := w.store.MessagesHashed(ctx, hash)
	if err != nil {
		return nil, err
	}
	if len(readings) == 0 {
		return nil, problem(MessageUnknown, path)
	}
	for i := range slices.Backward(readings) {
		if readings[i].Answered() {
			return w.store.AnswerContent(ctx, readings[i].FileID)
		}
	}
	return nil, w.whyUnanswered(ctx, path, readings[len(readings)-1].FileID)
}

// whyUnanswered returns a problem that says why a message has no answer. To find out, it makes the answer that the last run
// would give, and discards it.
func (w *Workspace) whyUnanswered(ctx context.Context, path string, file int64) error {
	return w.store.Read(ctx, func(tx *ledger.Tx) error {
		open, err := tx.OpenMessages(ctx)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(open, func(m ledger.Message) bool { return m.FileID == file })
		if at < 0 || open[at].JudgedBy == 0 {
			return problem(MessageNotRun, path)
		}
		run, _, err := tx.LastRun(ctx)
		if err != nil {
			return err
		}
		_, err = answerTo(ctx, tx, &open[at], run, rules.Catalogue())
		return unanswered(path, run.Month(), err)
	})
}

// unanswered returns the problem of a message that a run judged but did not answer; err is the result of making the answer.
func unanswered(path string, period billing.Period, err error) error {
	switch {
	case err == nil: // an answer is possible, so the run wrote no reports
		return problem(MessageNotWritten, path, period)
	case errors.Is(err, ijw.ErrWaiting):
		return problem(MessageWaits, path)
	case errors.Is(err, writeijw.ErrTooLarge):
		return problem(MessageTooLarge, path)
	}
	return err
}

// AnswerFile writes the answer to a message to the file out, readable for its owner only. See Answer.
func (w *Workspace) AnswerFile(ctx context.Context, path, out string) error {
	answer, err := w.Answer(ctx, path)
	if err != nil {
		return err
	}
	return writeFile(out, func(to io.Writer) error {
		_, err := to.Write(answer)
		return err
	})
}

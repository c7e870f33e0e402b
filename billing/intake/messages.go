package intake

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/billing/versions"
)

// MessageReader reads iJw messages.
type MessageReader interface {
	// IsMessage reports whether the file must be read as a message.
	IsMessage(path string) (bool, error)
	// ReadMessage reads a message into the sink. A Refusal means that the file cannot be taken in at all; the sink may have
	// received a part of it.
	ReadMessage(path string, sink ijw.Sink) (*ijw.File, error)
}

// isMessage reports whether a file is a message.
func (in *Intake) isMessage(path string) (bool, error) {
	if in.Messages == nil {
		return false, nil
	}
	return in.Messages.IsMessage(path)
}

// message is a message while it is read. It is the sink of the reader.
type message struct {
	header      ijw.Header
	declaration ijw.Declaration
	judge       *ijw.Judge
	clients     int
	records     []*billing.Record
	assigned    *ijw.Message301
}

// Declaration receives the header and declaration of a JW323.
func (m *message) Declaration(header ijw.Header, declaration ijw.Declaration) error {
	m.header, m.declaration, m.judge = header, declaration, ijw.NewJudge(header, declaration)
	return nil
}

// Client receives the next client of a JW323.
func (m *message) Client(client *ijw.Client) error {
	m.judge.Client(client)
	m.clients++
	for i := range client.Prestaties {
		record := m.record(client.BSN, &client.Prestaties[i])
		record.Prestatie.Client, record.Prestatie.Part = m.clients, i+1
		m.records = append(m.records, record)
		record.Row = len(m.records)
	}
	return nil
}

// Assigned receives a JW301.
func (m *message) Assigned(assigned *ijw.Message301) error {
	m.assigned = assigned
	return nil
}

// record returns a prestatie as a record. The caller sets its row number: its place among all prestaties of the message.
func (m *message) record(bsn string, p *ijw.Prestatie) *billing.Record {
	r := &billing.Record{
		Origin: billing.FromMessage, Provider: m.header.Sender, Reference: p.Reference, BSN: bsn,
		ReferralNumber: strconv.FormatInt(p.Referral.Value, 10), Municipality: m.header.Receiver, Product: p.Product,
		First: p.Period.First.Date, Last: p.Period.Last.Date, Unit: p.Unit.Kind(), Quantity: p.Unit.Quantity(p.Volume.Value), HasQuantity: true,
		Version: 1, Sheet: m.declaration.Number,
		Prestatie: &billing.Prestatie{
			Line: p.Line, Receiver: m.header.Receiver, Category: p.Category, Unit: string(p.Unit), Volume: p.Volume.Value, HasTariff: p.Tariff.Given(),
			Tariff: p.Tariff.Value, Claimed: billing.Money(p.Amount.Cents.Value), Credit: p.IsCredit(), Previous: p.Previous,
			DeclaredTo: m.declaration.Period.Last.Date,
		},
	}
	if r.Unit == billing.NoUnit {
		r.Findings = append(r.Findings, billing.Finding{Code: billing.F06, Field: billing.FieldUnit, Values: []string{string(p.Unit), ""}})
	}
	if p.Volume.Value <= 0 || p.Volume.Value > billing.QuantityMax {
		r.Findings = append(r.Findings, billing.Finding{Code: billing.F03, Field: billing.FieldQuantity, Values: []string{strconv.FormatInt(p.Volume.Value, 10)}})
	}
	return r
}

// takeMessage takes in a message.
func (g *group) takeMessage(path string) error {
	var read message
	file, err := g.in.Messages.ReadMessage(path, &read)
	if err != nil {
		return err
	}
	if err := g.accept(); err != nil {
		return err
	}
	stored := ledger.File{ID: g.file.id, SHA256: file.SHA256, Name: nameOf(path), Received: g.asOf, Group: g.firstFile}
	if read.assigned != nil {
		stored.Kind = ledger.ReferralFile
		err = g.takeAssigned(read.assigned)
	} else {
		stored.Kind, stored.Provider = ledger.MessageFile, read.header.Sender
		err = g.takeDeclaration(&read, &stored, file.Content)
	}
	if err != nil {
		return err
	}
	return g.keepFile(stored, nil)
}

// takeDeclaration stores a JW323. One that breaks a rule of level 2 is answered and has no records.
func (g *group) takeDeclaration(read *message, stored *ledger.File, content []byte) error {
	dated := read.header.Identification.Dated.Date
	kept := &ledger.Message{
		FileID: g.file.id, Provider: read.header.Sender, Receiver: read.header.Receiver, Identification: read.header.Identification.ID, Dated: dated,
		Declaration: read.declaration.Number, Month: read.declaration.Period.First.Date.Period(), Claimed: read.declaration.Total.Signed(),
		Prestaties: len(read.records), Received: g.asOf,
	}
	for _, breach := range read.judge.Breaches() {
		kept.Findings = append(kept.Findings, ledger.MessageFinding{
			Code: rules.CodeOf(breach.Rule), Values: breach.Values, Client: breach.Place.Client, Part: breach.Place.Part, Line: breach.Place.Line,
			Element: breach.Place.Element,
		})
	}
	kept.Inside = len(kept.Findings) > 0
	kept.Refused = kept.Inside
	if dated > g.asOf && !kept.Inside {
		stored.Future = dated // TR135: from that day on the same bytes are judged again
	}
	g.file.result.Message = kept
	if err := g.tx.AddMessage(g.ctx, kept, content); err != nil || kept.Inside {
		return err
	}
	prestaties := g.tx.PrestatieWriter()
	for _, record := range read.records {
		record.FileID, record.Received, record.FirstReceived = g.file.id, g.asOf, g.asOf
		if err := g.keep(record); err != nil {
			return err
		}
		if err := prestaties.Add(g.ctx, record); err != nil {
			return err
		}
	}
	g.file.result.Records = len(read.records)
	stored.Rows, stored.Kept = len(read.records), len(read.records)
	g.progress.addRows(len(read.records))
	if err := g.records.Flush(g.ctx); err != nil {
		return err
	}
	if err := prestaties.Flush(g.ctx); err != nil {
		return err
	}
	return g.claimAll(read.records)
}

// claimAll claims the references of a message's prestaties for later spreadsheets of the group, which look up only what was
// there before the group. A reference that an earlier spreadsheet of the group used keeps belonging to that spreadsheet.
func (g *group) claimAll(records []*billing.Record) error {
	for _, record := range records {
		has, err := g.references.has(billing.RecordKeyOf(record.Provider, record.Reference))
		if err != nil {
			return err
		}
		if !has {
			g.claim(record)
		}
	}
	return nil
}

// withoutPrestaties returns the rows kept under a reference without the records of messages, which are not versions of
// rows. It claims the references of those.
func (g *group) withoutPrestaties(rows []ledger.StoredRecord) []ledger.StoredRecord {
	var others []ledger.StoredRecord
	for _, row := range rows {
		if row.Origin == billing.FromMessage {
			g.claim(row.Record)
			continue
		}
		others = append(others, row)
	}
	return others
}

// claim notes that a prestatie uses the reference, as written.
func (g *group) claim(r *billing.Record) {
	g.claimed[billing.RecordKey{Provider: r.Provider, KnownAs: r.Reference}] = true
}

// isClaimed reports whether a prestatie of the provider has the row's reference.
func (g *group) isClaimed(r *billing.Record) bool {
	return len(g.claimed) > 0 && g.claimed[billing.RecordKey{Provider: r.Provider, KnownAs: r.Reference}]
}

// claim notes that a remaining prestatie uses the reference, as written. Of several the first counts, as the history is in
// the order of arrival.
func (r *replayed) claim(prestatie *billing.Record) {
	if _, has := r.claims[prestatie.Reference]; !has && !r.isGone(prestatie.FileID) {
		r.claims[prestatie.Reference] = prestatie.FileID
	}
}

// isClaimed reports whether a prestatie that came before the row has its reference. A row that was declared in a closed
// period keeps its reference: the message counted as never sent then.
func (r *replayed) isClaimed(row *billing.Record) bool {
	first, has := r.claims[row.Reference]
	return has && first < r.first[row.FileID] && row.Declared == 0
}

// isFreed reports whether a row is no longer U01 and came after other rows of its reference.
func (r *replayed) isFreed(row *replayedRow, fate *versions.Fate) bool {
	group := r.rules.Groups[row.FileID]
	return row.before.Kind == versions.Ambiguous && fate.Kind != versions.Ambiguous &&
		slices.ContainsFunc(r.rows, func(other replayedRow) bool { return r.rules.Groups[other.FileID] < group })
}

// ReplayFreed decides again on the spreadsheet rows that have a reference of these messages: a run found that the messages
// count as never sent, which frees their references, or that they count after all. Rows it takes back counted up to the run
// before.
func ReplayFreed(ctx context.Context, tx *ledger.Tx, messages []int64, run int64) error {
	shared := make(map[billing.RecordKey]bool)
	for _, message := range messages {
		keys, err := tx.SharedWith(ctx, message)
		if err != nil {
			return err
		}
		for _, key := range keys {
			shared[key] = true
		}
	}
	if len(shared) == 0 {
		return nil
	}
	anew, err := newReplaying(ctx, tx)
	if err != nil {
		return err
	}
	anew.lastRun = run - 1
	for keys := range slices.Chunk(slices.SortedFunc(maps.Keys(shared), billing.CompareRecordKeys), rowsPerChunk) {
		if err := anew.replay(keys, nil); err != nil {
			return err
		}
	}
	if err := anew.rereadFreed(shared); err != nil {
		return err
	}
	return tx.MarkClients(ctx, anew.clients)
}

// rereadFreed marks files to be read again that may hold a row which was not kept because it only repeated the current
// content, while another row in its group has other content and is no longer U01: then nobody can say which of the two is
// right.
func (p *replaying) rereadFreed(shared map[billing.RecordKey]bool) error {
	if len(p.freed) == 0 {
		return nil
	}
	providers := make(map[string]bool)
	for key := range shared {
		providers[key.Provider] = true
	}
	repeaters, err := p.tx.RepeatersAfter(p.ctx, 0, slices.Sorted(maps.Keys(providers)))
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(repeaters)) {
		if p.freed[p.rules.Groups[id]] && p.all[id].Withdrawn == 0 {
			if err := p.tx.ReadAgain(p.ctx, id); err != nil {
				return err
			}
		}
	}
	return nil
}

package reports

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// gathering is everything that one pass over a report brings together: totals in memory, rows as cells in the
// spool.
type gathering struct {
	*view
	spool          *workbook.Spool
	region         party
	cube           cube
	municipalities map[string]*municipality // by CBS code; "" for rows of an unknown one
	providers      map[string]*provider     // by AGB code of the return file; "" for rows that go into none
	exceptions     exceptions
	corrects       corrected
}

// party is the region, a municipality or a provider: its rows and its part of the declaration.
type party struct {
	tally    tally
	declared measures
}

// municipality is what goes into the workbook of one municipality.
type municipality struct {
	party
	code                    string
	clients                 map[string]billing.Money // what the declaration has of each
	lines, corrections      *workbook.Rows
	held, rejected, signals *workbook.Rows
}

// provider is what goes into the return file of one provider.
type provider struct {
	party
	agb                             string
	hours, dayparts, gone           *workbook.Rows
	lines, signals                  *workbook.Rows
	quality                         quality
	strangers                       map[string]int // rows in its files that bear a code the book does not have, by that code
	byReason                        map[reason]*count
	unexplainedHeld, refusedByHuman count // without a reason that the provider may read, or with none but a decision
}

// gather streams the report once.
func gather(ctx context.Context, source *report.Report, spool *workbook.Spool) (*gathering, error) {
	g := &gathering{
		view: &view{&source.ReportHead, texts{source.Language}}, spool: spool, cube: make(cube),
		municipalities: make(map[string]*municipality), providers: make(map[string]*provider),
	}
	g.exceptions = newExceptions(spool)
	for i := range source.Book.Municipalities {
		g.municipality(source.Book.Municipalities[i].Code)
	}
	for i := range source.Files {
		g.addFile(&source.Files[i])
	}
	if err := source.Lines(ctx, func(line *billing.DeclaredLine) error {
		g.addLine(line)
		return ctx.Err()
	}); err != nil {
		return nil, err
	}
	if err := source.Rows(ctx, func(row *report.Row) error {
		g.addRow(row)
		return ctx.Err()
	}); err != nil {
		return nil, err
	}
	return g, source.Signals(ctx, func(signal *report.Signal) error {
		g.addSignal(signal)
		return ctx.Err()
	})
}

func (g *gathering) municipality(code string) *municipality {
	m := g.municipalities[code]
	if m == nil {
		m = &municipality{
			code: code, clients: make(map[string]billing.Money), lines: g.spool.Rows(), corrections: g.spool.Rows(), held: g.spool.Rows(), rejected: g.spool.Rows(),
			signals: g.spool.Rows(),
		}
		g.municipalities[code] = m
	}
	return m
}

func (g *gathering) provider(agb string) *provider {
	p := g.providers[agb]
	if p == nil {
		p = &provider{
			agb: agb, hours: g.spool.Rows(), dayparts: g.spool.Rows(), gone: g.spool.Rows(), lines: g.spool.Rows(),
			signals: g.spool.Rows(), byReason: make(map[reason]*count), strangers: make(map[string]int),
		}
		g.providers[agb] = p
	}
	return p
}

// addFile counts what was skipped or already received. Skipped rows are nobody's but the sender's.
func (g *gathering) addFile(file *report.FileIn) {
	g.region.tally.addSkipped(file)
	g.provider(file.Provider).tally.addSkipped(file)
	for i := range file.Again {
		again := &file.Again[i]
		g.region.tally.addAgain(again)
		g.municipality(again.Municipality).tally.addAgain(again)
		g.provider(again.Provider).tally.addAgain(again)
	}
}

func (g *gathering) addLine(line *billing.DeclaredLine) {
	m, p := g.municipality(line.Municipality), g.provider(line.Provider)
	for _, declared := range []*measures{&g.region.declared, &m.declared, &p.declared} {
		declared.add(line)
	}
	g.cube.add(line)
	m.clients[line.BSN] += line.Amount
	line = g.corrects.original(line)
	cells := cellsOf(g.view, linesForMunicipality, line)
	m.lines.Add(cells...)
	if line.Kind == billing.Credit || line.Kind == billing.Correction {
		m.corrections.Add(cells...)
	}
	p.lines.Add(cellsOf(g.view, linesForProvider, line)...)
}

func (g *gathering) addRow(row *report.Row) {
	m, p := g.municipality(row.Municipality), g.provider(row.ReturnTo)
	for _, tally := range []*tally{&g.region.tally, &m.tally, &p.tally} {
		tally.addRow(row)
	}
	switch row.Outcome {
	case billing.Held:
		m.held.Add(cellsOf(g.view, recordsForMunicipality, row)...)
	case billing.Rejected:
		m.rejected.Add(cellsOf(g.view, recordsForMunicipality, row)...)
	}
	g.exceptions.addRow(g.view, row)
	g.addStranger(row)
	p.addRow(g.view, row)
}

func (g *gathering) addSignal(signal *report.Signal) {
	g.exceptions.signals.of(signal.Code).Add(cellsOf(g.view, signalColumns, shownSignal{signal: signal})...)
	g.exceptions.noted.add(signal.Code, signal.Provider, nil, 0)
	if signal.Municipality != "" {
		g.municipality(signal.Municipality).signals.Add(cellsOf(g.view, signalsForMunicipality, shownSignal{signal: signal})...)
	}
	if signal.Provider != "" && mayTell(g.Catalogue, signal.Code) {
		g.provider(signal.Provider).signals.Add(cellsOf(g.view, signalsForProvider, shownSignal{signal: signal})...)
	}
}

// mayTell says whether a provider may read a finding about its record: not when it speaks of another party.
func mayTell(catalogue *billing.Catalogue, code billing.Code) bool {
	return !shown.Rule(catalogue, code).NamesOthers
}

// hasWorkbook says whether the municipality gets a workbook: one of the book always, an unknown one when
// there is something in it.
func (g *gathering) hasWorkbook(m *municipality) bool {
	return m.declared.lines > 0 || m.tally.fresh.rows+m.tally.before.rows > 0 ||
		slices.ContainsFunc(g.Book.Municipalities, func(known billing.Municipality) bool { return known.Code == m.code })
}

// hasWorkbook says whether the provider gets a return file.
func (p *provider) hasWorkbook() bool {
	return p.agb != "" && (p.declared.lines > 0 || p.tally.received() > 0)
}

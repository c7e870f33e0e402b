package reports

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/gemeente"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/reports/regio"
	"github.com/pxq-nl/pxq/exporters/reports/retour"
	"github.com/pxq-nl/pxq/exporters/reports/uitval"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// gathering holds everything that one pass over a report collects: totals in memory, and rows as cells in the spool.
type gathering struct {
	*month.Month
	region         *regio.Workbook
	municipalities map[string]*gemeente.Workbook // by CBS code; "" for an unknown one
	providers      map[string]*retour.Workbook   // by AGB code of the return file; "" for rows without one
	exceptions     *uitval.Workbook
	credited       month.Credited
	residence      residence
	kept           map[string]*MadeProvider // providers whose return files are copied, by AGB code
	quiet          bool                     // the quiet rows of those are not read either
	made           Made
}

// gather streams the report once, and passes every line, row and signal to the workbooks in which it appears. standing
// describes the workbooks of an earlier run; it is nil if all are rebuilt.
func gather(ctx context.Context, of *report.Report, spool *workbook.Spool, standing *LastWorkbooks) (*gathering, error) {
	m := month.New(&of.ReportHead, spool)
	g := &gathering{
		Month: m, region: regio.New(m), exceptions: uitval.New(m), residence: newResidence(),
		municipalities: make(map[string]*gemeente.Workbook), providers: make(map[string]*retour.Workbook),
		kept: make(map[string]*MadeProvider), made: Made{Providers: make(map[string]*MadeProvider)},
	}
	var signals []*report.Signal
	if err := of.Signals(ctx, func(signal *report.Signal) error {
		signals = append(signals, signal)
		return ctx.Err()
	}); err != nil {
		return nil, err
	}
	facts := factsOf(of, signals)
	if err := g.findKept(ctx, of, standing, facts); err != nil {
		return nil, err
	}
	for i := range of.Book.Municipalities {
		g.municipality(of.Book.Municipalities[i].Code)
	}
	for i := range of.Files {
		g.addFile(&of.Files[i])
	}
	for i := range of.NotSent {
		g.addNotSent(&of.NotSent[i])
	}
	if err := of.Lines(ctx, func(line *billing.DeclaredLine) error {
		g.addLine(line)
		return ctx.Err()
	}); err != nil {
		return nil, err
	}
	if err := g.rows(ctx, of, standing, func(row *report.Row) error {
		g.addRow(row)
		return ctx.Err()
	}); err != nil {
		return nil, err
	}
	if err := g.sameStrangers(); err != nil {
		return nil, err
	}
	for _, row := range g.residence.waiting {
		code, err := g.townOf(row)
		if err != nil {
			return nil, err
		}
		g.municipality(code).AddRow(row)
	}
	for _, signal := range signals {
		g.addSignal(signal)
	}
	g.noteFiles(facts)
	return g, nil
}

func (g *gathering) municipality(code string) *gemeente.Workbook {
	if g.municipalities[code] == nil {
		g.municipalities[code] = gemeente.New(g.Month, code)
	}
	return g.municipalities[code]
}

func (g *gathering) provider(agb string) *retour.Workbook {
	if g.providers[agb] == nil {
		g.providers[agb] = retour.New(g.Month, agb)
	}
	return g.providers[agb]
}

// addFile counts the rows that were skipped or already received. A skipped row counts for its sender and the region only.
func (g *gathering) addFile(file *report.FileIn) {
	g.region.Party.Tally.AddSkipped(file)
	g.provider(file.Provider).Party.Tally.AddSkipped(file)
	for i := range file.Again {
		again := &file.Again[i]
		for _, party := range []*month.Party{&g.region.Party, &g.municipality(again.Municipality).Party, &g.provider(again.Provider).Party} {
			party.Tally.AddAgain(again)
		}
	}
}

// addLine passes a line to its workbooks. Until the declaration is final a return file shows no line numbers: the number of
// a line changes with every line of another provider before it, so files in which nothing else changed would change too.
func (g *gathering) addLine(line *billing.DeclaredLine) {
	g.AddLine(line)
	g.region.Party.AddLine(line)
	shown := g.credited.WithOriginals(line)
	g.municipality(line.Municipality).AddLine(line, shown)
	provider := g.provider(line.Provider)
	if g.kept[line.Provider] != nil {
		provider.Party.AddLine(line)
		return
	}
	own := *shown
	if !g.Closed {
		own.Number = ""
	}
	provider.AddLine(line, &own)
}

func (g *gathering) addRow(row *report.Row) {
	g.region.AddRow(row)
	code, ok := g.residence.of(g.Book, row)
	if ok {
		g.municipality(code).AddRow(row)
	}
	if row.IsQuiet() && g.kept[row.ReturnTo] == nil {
		g.noteQuiet(row, code)
	}
	if len(row.Numbers) > 0 && g.kept[row.ReturnTo] == nil {
		made := g.making(row.ReturnTo)
		made.Left = append(made.Left, row.Numbers...)
	}
	if provider := g.provider(row.ReturnTo); g.kept[row.ReturnTo] != nil {
		provider.Party.AddRow(row, g.WayOf(row))
	} else {
		provider.AddRow(row)
	}
	g.exceptions.AddRow(row)
	if g.isStranger(row) {
		g.provider(row.SentBy).AddStranger(row)
	}
}

// isStranger reports whether a row is new, came in a file of a known provider, and has an AGB code that is not in the
// book.
func (g *gathering) isStranger(row *report.Row) bool {
	provider := row.Record.Provider
	return row.Before == billing.NoOutcome && row.Outcome == billing.Rejected && provider != "" &&
		g.Book.Provider(provider) == nil && g.Book.Provider(row.SentBy) != nil
}

// addNotSent passes on the findings on a message as a whole.
func (g *gathering) addNotSent(message *report.NotSent) {
	for i := range message.Findings {
		g.exceptions.AddNotSent(&message.Findings[i])
	}
	g.provider(message.Provider).AddNotSent(message)
}

func (g *gathering) addSignal(signal *report.Signal) {
	g.exceptions.AddSignal(signal)
	if signal.Municipality != "" {
		g.municipality(signal.Municipality).AddSignal(signal)
	}
	if signal.Provider != "" {
		g.provider(signal.Provider).AddSignal(signal)
	}
}

// towns returns the municipalities as parties by CBS code, and suppliers the providers by AGB code.
func (g *gathering) towns() map[string]*month.Party {
	parties := make(map[string]*month.Party)
	for code, town := range g.municipalities {
		parties[code] = &town.Party
	}
	return parties
}

func (g *gathering) suppliers() map[string]*month.Party {
	parties := make(map[string]*month.Party)
	for agb, provider := range g.providers {
		parties[agb] = &provider.Party
	}
	return parties
}

// workbooks returns the plans of all workbooks of the report.
func (g *gathering) workbooks() []layout.Plan {
	towns, suppliers := g.towns(), g.suppliers()
	plans := []layout.Plan{
		g.region.Plan(towns, suppliers), g.exceptions.Plan(&g.region.Party, month.SumOfParties(towns), month.SumOfParties(suppliers)),
	}
	for _, town := range g.municipalities {
		if town.Exists() {
			plans = append(plans, town.Plan())
		}
	}
	for agb, provider := range g.providers {
		if g.kept[agb] == nil && provider.Exists() {
			plans = append(plans, provider.Plan())
		}
	}
	return plans
}

package reports_test

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
)

// The period and other words of the made-up month.
var (
	period    = billing.PeriodOf(2026, 10)
	catalogue = rules.Catalogue()
)

// demoBook is the book of a small region: three municipalities, three providers, everything fictitious.
func demoBook() *billing.Book {
	return (&billing.Book{
		Segments: []billing.Segment{
			{Code: "2", Name: "Wonen", SettledPQ: true}, {Code: "4", Name: "Ambulante hulp", SettledPQ: true, PerArea: true},
		},
		Products: []billing.Product{
			{Code: "45VB1", Name: "Voorbeeld begeleiding individueel", Segment: "4", Category: "45", Kind: billing.Begeleiding, TaskField: "6.762", AllowsTime: true},
			{Code: "54VB1", Name: "Voorbeeld behandeling", Segment: "4", Category: "54", Kind: billing.Behandeling, TaskField: "6.762", AllowsTime: true},
			{Code: "44VB1", Name: "Voorbeeld wonen in een gezinshuis", Segment: "2", Category: "44", Kind: billing.Verblijf, TaskField: "6.753", AllowsDaypart: true, Residential: true},
		},
		Municipalities: []billing.Municipality{
			{Code: "0855", Name: "Tilburg", Area: "A"}, {Code: "0785", Name: "Goirle", Area: "A"}, {Code: "0867", Name: "Waalwijk", Area: "B"},
		},
		Areas: []billing.Area{{Code: "A", Name: "Midden"}, {Code: "B", Name: "Noord"}},
		Providers: []billing.Provider{
			{AGB: "01000001", Name: "Voorbeeld Wonen & Thuis"}, {AGB: "20000002", Name: "Stichting Voorbeeld Zórg"}, {AGB: "30000003", Name: "De Fictie/Groep"},
		},
	}).Index()
}

var (
	demoBSNs      = []string{"999910012", "999910024", "999910036", "999910048", "999910073", "999910097"}
	demoProviders = []string{"01000001", "20000002", "30000003"}
	demoTowns     = []string{"0855", "0785", "0867"}
)

// demo returns a report with the given number of rows. Everything follows from the number of the row; no two providers
// share a client.
type demo struct {
	report report.Report
	rows   []report.Row
	lines  []billing.DeclaredLine
}

func newDemo(count int) *demo {
	d := &demo{}
	d.report = report.Report{
		ReportHead: report.ReportHead{
			Region: "Voorbeeldregio", Language: "nl", Period: period, AsOf: billing.NewDate(2026, 11, 9), Program: "pxq 1.0", Fingerprint: "3f9a2c",
			Book: demoBook(), Policy: billing.DefaultPolicy(), Catalogue: catalogue,
			Notes:   []billing.Text{{Dutch: "De tarieven in dit contractenboek zijn voorbeelden; zij zijn niet openbaar.", English: "The prices in this book are examples; they are not public."}},
			Missing: []string{"20000002"},
			Ceilings: []billing.Ceiling{
				{Provider: "01000001", Segment: "4", Area: "A", Year: 2026, Declared: 98_000_00, Limit: 100_000_00, Forecast: 99_000_00},
				{Provider: "20000002", Segment: "4", Area: "A", Year: 2026, Declared: 10_000_00, Limit: 100_000_00, Forecast: 12_000_00},
				{Provider: "20000002", Segment: "4", Area: "B", Year: 2026, Declared: 85_000_00, Limit: 100_000_00, Forecast: 102_000_00},
				{Provider: "30000003", Segment: "2", Year: 2026, Declared: 120_000_00, Limit: 100_000_00, Forecast: 144_000_00},
			},
			Causes: []report.CauseSum{
				{Cause: billing.CauseRecord, Municipality: "0855", Provider: "01000001", Keys: 2, Less: -500_00, More: 450_00},
				{Cause: billing.CauseReferral, Municipality: "0785", Provider: "20000002", Keys: 1, Less: -77_00},
				{Cause: billing.CauseReferral, Municipality: "0855", Provider: "01000001", Keys: 1, Less: -12_00, More: 10_00},
			},
		},
		Lines:   func(_ context.Context, visit func(*billing.DeclaredLine) error) error { return each(d.lines, visit) },
		Rows:    func(_ context.Context, visit func(*report.Row) error) error { return each(d.rows, visit) },
		Signals: func(_ context.Context, visit func(*report.Signal) error) error { return each(demoSignals(), visit) },
	}
	for i := range count {
		d.rows = append(d.rows, demoRow(i))
	}
	d.redo()
	for months := 3; months > 0; months-- {
		for i, town := range demoTowns {
			d.report.Earlier = append(d.report.Earlier, report.EarlierTotal{
				Period: period.Add(-months), Municipality: town, Provider: demoProviders[i], Product: "45VB1", Unit: billing.Time,
				CareMonth: period.Add(-months), Quantity: 6000, Amount: billing.Money(100_000*months + i*1234),
			})
		}
	}
	return d
}

// redo rebuilds lines, payments and files after rows were changed.
func (d *demo) redo() {
	d.lines, d.report.Payments, d.report.Files = nil, nil, nil
	for i := range d.rows {
		row := &d.rows[i]
		row.Amount = 0
		if row.Record.Unit != billing.NoUnit {
			row.Amount = row.Price.Times(row.Record.Quantity, row.Record.Unit)
		}
	}
	d.declare()
	d.receive()
}

func each[T any](list []T, visit func(*T) error) error {
	for i := range list {
		if err := visit(&list[i]); err != nil {
			return err
		}
	}
	return nil
}

func demoSignals() []report.Signal {
	return []report.Signal{
		{Code: billing.C05, Provider: "01000001", Subject: "01000001/4/A", Values: []string{"01000001/4/A", "9800000", "2026", "98", "10000000"}},
		{Code: billing.D02, Provider: "01000001", Subject: "900101", Municipality: "0855", Values: []string{"900101", "2027-12-31", "2027-10-01"}},
		{Code: billing.D03, Provider: "20000002", Subject: "900103", Municipality: "0785", Values: []string{"900103", "2026-12-31"}},
	}
}

// demoRow returns row i; most are accepted.
func demoRow(i int) report.Row {
	who := i % 3
	at := demoProviders[who]
	record := &billing.Record{
		ID: int64(i + 1), Provider: at, Reference: fmt.Sprintf("%c-%06d", 'A'+who, i/3), BSN: demoBSNs[who*2+i/3%2], BirthDate: billing.NewDate(2012, 2, 29),
		ReferralNumber: fmt.Sprintf("9001%02d", who*2+i/3%2), Municipality: demoTowns[who], Product: "45VB1", First: period.First().AddDays(i / 3 % 31),
		Start: billing.NewClock(9, 5, 0), End: billing.NewClock(10, 20, 0), Unit: billing.Time, Quantity: 7500, HasQuantity: true,
		Remark: "=1+1 is geen formule", File: "2026-11-05-" + at + ".xlsx", FileID: int64(who + 1), Sheet: "Uren", Row: i/3 + 6, Version: 1,
		Received: billing.NewDate(2026, 11, 5), FirstReceived: billing.NewDate(2026, 11, 5),
	}
	row := report.Row{
		Record: record, Outcome: billing.Accepted, Referral: record.ReferralNumber, Municipality: demoTowns[who], Product: "45VB1", Price: 9345, ReturnTo: at, SentBy: at,
		Columns: demoColumns(), Used: &billing.Referral{
			Number: record.ReferralNumber, Start: billing.NewDate(2026, 1, 1), End: billing.NewDate(2027, 12, 31), HasVolume: true, Volume: 24000,
			VolumeUnit: billing.Time, VolumeText: decimal.New(45, -1), VolumeWritten: billing.WrittenHour, Frequency: billing.PerWeek,
		},
	}
	if i%5 == 1 {
		record.Product, record.Unit, record.Quantity, record.Start, record.End, record.Sheet = "44VB1", billing.Daypart, 150, 0, 0, "Dagdelen"
		row.Product, row.Price = "44VB1", 6667
	}
	vary(&row, i)
	return row
}

// vary gives some rows a finding or another outcome.
func vary(row *report.Row, i int) {
	record := row.Record
	switch i % 20 {
	case 3:
		find(row, billing.Rejected, billing.R08, billing.FieldDate, record.ReferralNumber, "2026-09-30", record.First.String())
	case 4:
		find(row, billing.Held, billing.L01, billing.FieldQuantity, "t78000", record.First.String(), "12")
		find(row, billing.Held, billing.U02, billing.FieldReference, record.Reference[:1]+"-000001")
		row.OpenHolds = []billing.Code{billing.U02, billing.L01}
		row.HeldSince = []billing.Date{billing.NewDate(2026, 11, 9), billing.NewDate(2026, 10, 1).AddDays(i % 7)}
		row.Use = &billing.RoomUse{Month: 6000, MonthRoom: 108000, MonthLimited: true, Whole: 90000, WholeRoom: 2400000, WholeLimited: true}
		price := decimal.New(9000, -2)
		record.ClaimedPrice, record.ClaimedAmount = &price, &price
		find(row, billing.Held, billing.P03, billing.FieldClaimedPrice, "90.00", "93.45")
	case 7:
		find(row, billing.Rejected, billing.F02, billing.FieldDate, "31-02-2026")
		record.Findings = row.Findings
		record.First, row.Referral, row.Price, row.Used = 0, "", 0, nil
	case 8:
		record.Quantity, record.Unit, record.HasQuantity, row.Price = 0, billing.NoUnit, false, 0
		find(row, billing.Rejected, billing.F06, billing.FieldUnit, "weken")
		record.Findings = row.Findings
	case 9:
		find(row, billing.Held, billing.S01, billing.FieldProduct, record.First.String(), "ANDER-1", "1")
		row.OpenHolds = []billing.Code{billing.S01}
		row.Before = billing.Held
	case 11:
		row.Outcome, row.Referral, row.Price, row.Used = billing.Replaced, "", 0, nil
	case 12:
		row.Outcome, row.Referral, row.Price, row.Used, record.Quantity = billing.Withdrawn, "", 0, nil, 0
	case 13:
		row.Outcome = billing.Pending
	case 14:
		find(row, billing.Rejected, billing.A01, billing.FieldDate, record.First.String(), "18", "18")
		row.Decisions = []billing.Decision{{Code: billing.A01, Word: billing.Refuse, Reason: "Geen verlengde jeugdhulp toegekend", By: "J. de Vries", On: billing.NewDate(2026, 11, 8)}}
	case 16:
		find(row, billing.Accepted, billing.R13, billing.FieldReferral, row.Referral)
		record.ReferralNumber = ""
		record.Quantity = 3512
	case 17:
		find(row, billing.Accepted, billing.S03, billing.FieldReferral, "88888888", "ANDER-2", "2026-01-01", "3")
	case 18:
		record.Municipality, row.Municipality = "Elders", ""
		find(row, billing.Rejected, billing.F08, billing.FieldMunicipality, "Elders")
	}
}

func find(row *report.Row, outcome billing.Outcome, code billing.Code, field billing.Field, values ...string) {
	row.Outcome = outcome
	row.Findings = append(row.Findings, billing.Finding{Code: code, Field: field, Values: values})
}

func demoColumns() *billing.SheetSummary {
	summary := &billing.SheetSummary{Kind: billing.SubmissionSheet}
	for field := range billing.FieldsEnd {
		summary.Columns[field] = int(field)
	}
	return summary
}

// declare makes a line of every third accepted record, a credit, a correction, and the payments.
func (d *demo) declare() {
	number := 0
	add := func(row *report.Row, kind billing.LineKind, original string, sign billing.Money) {
		number++
		line := billing.DeclaredLine{Kind: kind, Period: period, Number: fmt.Sprintf("2026-10-%06d", number), Original: original}
		line.LineKey = billing.LineKey{
			Provider: row.Record.Provider, Municipality: row.Municipality, BSN: row.Record.BSN, Referral: row.Referral, Product: row.Product,
			Unit: row.Record.Unit, CareMonth: period,
		}
		line.Quantity, line.Price, line.Records = row.Record.Quantity, row.Price, 1
		line.Amount = sign * line.Price.Times(line.Quantity, line.Unit)
		d.lines = append(d.lines, line)
	}
	for i := range d.rows {
		row := &d.rows[i]
		if row.Outcome != billing.Accepted {
			continue
		}
		kind := billing.Regular
		if i%20 == 1 {
			add(row, billing.Credit, fmt.Sprintf("2026-09-%06d", i), -1)
			kind = billing.Correction
		}
		add(row, kind, "", 1)
	}
	for _, agb := range demoProviders {
		for _, town := range demoTowns {
			payment := report.Payment{Provider: agb, Municipality: town}
			for i := range d.lines {
				if line := &d.lines[i]; line.Provider == agb && line.Municipality == town {
					payment.Debit += max(line.Amount, 0)
					payment.Credit += min(line.Amount, 0)
				}
			}
			if payment.Debit == 0 {
				continue
			}
			payment.Net = payment.Debit + payment.Credit
			payment.CarriedOver = -1234
			payment.ToPay = payment.Net + payment.CarriedOver
			d.report.Payments = append(d.report.Payments, payment)
		}
	}
}

// receive makes the files that brought the rows.
func (d *demo) receive() {
	for i, agb := range demoProviders {
		file := report.FileIn{Name: "2026-11-05-" + agb + ".xlsx", Received: billing.NewDate(2026, 11, 5), Kind: "submission", Totals: 1, Empty: 2, Provider: agb}
		for j := range d.rows {
			if d.rows[j].Record.FileID == int64(i+1) && d.rows[j].Before == billing.NoOutcome {
				file.Kept++
			}
		}
		file.Again = []report.AlreadyReceived{{Provider: agb, Municipality: demoTowns[i], Rows: 2, Time: 12000, Dayparts: 150}}
		file.Rows = file.Kept + 2
		d.report.Files = append(d.report.Files, file)
	}
}

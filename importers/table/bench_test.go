package table

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/importers/table/internal/source"
)

// The benchmarks measure processor time, since other programs distort elapsed time. Every reader is compared with a lower
// bound, only unpacking, and with a reader from another package.
const benchRows = 100_000

// providerWorkbook returns a workbook as a large provider would send it, with inline texts or with shared ones.
func providerWorkbook(tb testing.TB, rows int) []byte {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	dated, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		tb.Fatal(err)
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	for i := 1; i <= rows; i++ {
		err := w.SetRow(fmt.Sprintf("A%d", i), []any{
			fmt.Sprintf("R%07d", i), "12345678", 900000000 + i, excelize.Cell{StyleID: dated, Value: 40000 + i%9000}, 300000 + i, "Tilburg",
			"45A48", excelize.Cell{StyleID: dated, Value: 46023 + i%31}, "uur", float64(i%100) / 7, 97.2, "geen opmerking",
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// sharedWorkbook is like providerWorkbook with shared texts, as Excel writes them.
func sharedWorkbook(tb testing.TB, rows int) []byte {
	tb.Helper()
	var sheet, texts strings.Builder
	texts.WriteString(`<sst xmlns="` + mainNamespace + `"><si><t>12345678</t></si><si><t>Tilburg</t></si><si><t>45A48</t></si><si><t>uur</t></si><si><t>geen opmerking</t></si>`)
	for i := 1; i <= rows; i++ {
		fmt.Fprintf(&texts, "<si><t>R%07d</t></si>", i)
		fmt.Fprintf(&sheet, `<row r="%[1]d" spans="1:12"><c r="A%[1]d" t="s"><v>%[2]d</v></c><c r="B%[1]d" t="s"><v>0</v></c><c r="C%[1]d"><v>%[3]d</v></c><c r="D%[1]d" s="1"><v>%[4]d</v></c><c r="E%[1]d"><v>%[5]d</v></c>`+
			`<c r="F%[1]d" t="s"><v>1</v></c><c r="G%[1]d" t="s"><v>2</v></c><c r="H%[1]d" s="1"><v>%[6]d</v></c><c r="I%[1]d" t="s"><v>3</v></c><c r="J%[1]d"><v>%[7]v</v></c><c r="K%[1]d"><v>97.2</v></c><c r="L%[1]d" t="s"><v>4</v></c></row>`,
			i, i+4, 900000000+i, 40000+i%9000, 300000+i, 46023+i%31, float64(i%100)/7)
	}
	return packed(tb, minimal(sheet.String()).with("xl/sharedStrings.xml", texts.String()+"</sst>"))
}

// documentWorkbook is like providerWorkbook in OpenDocument format.
func documentWorkbook(tb testing.TB, rows int) []byte {
	tb.Helper()
	var b strings.Builder
	text := func(text string) string {
		return `<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>` + text + `</text:p></table:table-cell>`
	}
	number := func(number any) string {
		return fmt.Sprintf(`<table:table-cell office:value-type="float" office:value="%v" calcext:value-type="float"><text:p>%v</text:p></table:table-cell>`, number, number)
	}
	date := func(day int) string {
		return fmt.Sprintf(`<table:table-cell table:style-name="ce1" office:value-type="date" office:date-value="2026-01-%02d" calcext:value-type="date"><text:p>%02d-01-26</text:p></table:table-cell>`, day, day)
	}
	for i := 1; i <= rows; i++ {
		b.WriteString(`<table:table-row table:style-name="ro1">` + text(fmt.Sprintf("R%07d", i)) + text("12345678") + number(900000000+i) + date(1+i%28) + number(300000+i) + text("Tilburg") +
			text("45A48") + date(1+i%31) + text("uur") + number(float64(i%100)/7) + number(97.2) + text("geen opmerking") + `<table:table-cell table:number-columns-repeated="16372"/></table:table-row>`)
	}
	return packed(tb, odsParts(b.String()))
}

// packed returns a zip of parts with compression, as programs write it.
func packed(tb testing.TB, p parts) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range p {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write([]byte(content))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// processorTime returns the processor time of this process.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// bench runs f and reports the processor time per row.
func bench(b *testing.B, f func() error) {
	b.ReportAllocs()
	begin := processorTime()
	for b.Loop() {
		if err := f(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(processorTime()-begin)/float64(b.N)/benchRows, "cpu-ns/row")
}

// readBench reads a whole file.
func readBench(name string, content []byte) error {
	f, err := openBytes(name, content)
	if err != nil {
		return err
	}
	rows := 0
	for _, sheet := range f.Sheets() {
		for row, err := range f.Rows(sheet) {
			if err != nil {
				return err
			}
			if len(row.Cells) == 12 {
				rows++
			}
		}
	}
	if rows != benchRows {
		return fmt.Errorf("read %d rows", rows)
	}
	return nil
}

// unpackBench only unpacks the parts that hold rows and texts.
func unpackBench(content []byte) error {
	c, err := openContainer(source.NewContent(bytes.NewReader(content), int64(len(content))), int64(len(content)), newMeter(DefaultLimits()))
	if err != nil {
		return err
	}
	buffer := make([]byte, 64<<10)
	for name := range c.parts {
		part, _, err := c.open(name)
		if err != nil {
			return err
		}
		if _, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{part}, buffer); err != nil {
			return err
		}
		part.Close()
	}
	return nil
}

// unpackStandard unpacks with the package of the standard library.
func unpackStandard(content []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return err
	}
	for _, entry := range archive.File {
		part, err := entry.Open()
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, part); err != nil {
			return err
		}
		part.Close()
	}
	return nil
}

func benchWorkbook(b *testing.B, name string, content []byte) {
	b.Run("read", func(b *testing.B) { bench(b, func() error { return readBench(name, content) }) })
	b.Run("floor", func(b *testing.B) { bench(b, func() error { return unpackBench(content) }) })
	b.Run("floor-standard", func(b *testing.B) { bench(b, func() error { return unpackStandard(content) }) })
}

func BenchmarkInlineTexts(b *testing.B) { benchWorkbook(b, "a.xlsx", providerWorkbook(b, benchRows)) }
func BenchmarkSharedTexts(b *testing.B) { benchWorkbook(b, "a.xlsx", sharedWorkbook(b, benchRows)) }
func BenchmarkDocument(b *testing.B)    { benchWorkbook(b, "a.ods", documentWorkbook(b, benchRows)) }

// BenchmarkExcelize reads the same two workbooks, raw, with excelize.
func BenchmarkExcelize(b *testing.B) {
	for name, content := range map[string][]byte{"inline": providerWorkbook(b, benchRows), "shared": sharedWorkbook(b, benchRows)} {
		b.Run(name, func(b *testing.B) {
			bench(b, func() error {
				f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true})
				if err != nil {
					return err
				}
				defer f.Close()
				rows, err := f.Rows(f.GetSheetName(0))
				if err != nil {
					return err
				}
				for rows.Next() {
					if _, err := rows.Columns(); err != nil {
						return err
					}
				}
				return rows.Close()
			})
		})
	}
}

func BenchmarkCSV(b *testing.B) {
	var text bytes.Buffer
	for i := range benchRows {
		fmt.Fprintf(&text, "R%07d;12345678;%d;01-02-2010;%d;Tilburg;45A48;%02d-01-2026;uur;%d,25;97,20;\"geen opmerking\"\r\n", i, 900000000+i, 300000+i, 1+i%31, i%100)
	}
	b.Run("read", func(b *testing.B) { bench(b, func() error { return readBench("a.csv", text.Bytes()) }) })
	b.Run("hash", func(b *testing.B) {
		bench(b, func() error {
			_, err := source.NewContent(bytes.NewReader(text.Bytes()), int64(text.Len())).SHA256()
			return err
		})
	})
	b.Run("encoding-csv", func(b *testing.B) {
		bench(b, func() error {
			r := csv.NewReader(bufio.NewReader(bytes.NewReader(text.Bytes())))
			r.Comma, r.ReuseRecord = ';', true
			for {
				if _, err := r.Read(); errors.Is(err, io.EOF) {
					return nil
				} else if err != nil {
					return err
				}
			}
		})
	})
}

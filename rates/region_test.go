package rates_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/rates"
)

func TestHartVanBrabantLoads(t *testing.T) {
	if _, problems := rates.Parse(rates.HartVanBrabantTables()); len(problems) > 0 {
		t.Fatal(problems.In("nl"))
	}
	book := rates.HartVanBrabant()
	for _, test := range []struct {
		what      string
		got, want int
	}{
		{"segments", len(book.Segments), 5},
		{"municipalities", len(book.Municipalities), 11},
		{"areas", len(book.Areas), 4},
		{"months of pleegzorg", book.MaxMonths(book.Product("44X01")), 60},
		{"months of gezinshuis", book.MaxMonths(book.Product("44X02")), 60},
		{"months of woonleefgroep", book.MaxMonths(book.Product("44X03")), 24},
		{"months of kamertraining", book.MaxMonths(book.Product("44X04")), 24},
		{"months of fasehuis", book.MaxMonths(book.Product("44X05")), 24},
		{"months of dagbegeleiding", book.MaxMonths(book.Product("41X01")), 0},
		{"months of GGZ", book.MaxMonths(book.Product("54X01")), 24},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %d, want %d", test.what, test.got, test.want)
		}
	}
}

// TestAreas follows the page of Segment 4.
func TestAreas(t *testing.T) {
	book := rates.HartVanBrabant()
	for name, area := range map[string]string{
		"Tilburg": "1", "Alphen-Chaam": "2", "alphen – chaam": "2", "Baarle Nassau": "2", "Gilze-Rijen": "2", "784": "2",
		"Gilze & Rijen": "2", "Dongen": "2", "Goirle": "3", "Oisterwijk": "3", "gemeente Hilvarenbeek": "3", "Heusden (NB)": "4",
		"Loon-op-Zand": "4", "LoZ": "4", "WAALWIJK": "4",
	} {
		if m := book.Municipality(name); m == nil || m.Area != area {
			t.Errorf("%s: got %+v, want area %s", name, m, area)
		}
	}
}

// TestEveryPricedProductIsPricedSince2023: a product settled per P*Q has one general price on every day in each of its units.
func TestEveryPricedProductIsPricedSince2023(t *testing.T) {
	book := rates.HartVanBrabant()
	for _, product := range book.Products {
		for _, unit := range []billing.Unit{billing.Time, billing.Daypart} {
			want := product.Allows(unit) && book.Segment(product.Segment).SettledPQ
			for day := billing.NewDate(2023, 1, 1); day < billing.NewDate(2028, 1, 1); day = day.AddDays(1) {
				if got := book.PriceOn(&product, unit, "", day) != nil; got != want {
					t.Fatalf("%s per %s on %s: priced is %v", product.Code, unit, day, got)
				}
			}
		}
	}
}

// TestEverySegment4ProductCanBeHadInEveryArea today, so that a demonstration can use them all.
func TestEverySegment4ProductCanBeHadInEveryArea(t *testing.T) {
	book := rates.HartVanBrabant()
	day := billing.NewDate(2026, 10, 1)
	had := map[string]bool{}
	for _, provider := range book.Providers {
		for _, contract := range book.ContractsOf(provider.AGB, "4", day) {
			for _, product := range book.Products {
				for _, area := range book.Areas {
					if contract.Includes(product.Code) && (contract.Area == "" || contract.Area == area.Code) {
						had[product.Code+" "+area.Code] = true
					}
				}
			}
		}
	}
	for _, product := range book.Products {
		for _, area := range book.Areas {
			if product.Segment == "4" && !had[product.Code+" "+area.Code] {
				t.Errorf("nobody delivers %s in area %s", product.Code, area.Code)
			}
		}
	}
}

// TestEveryFactHasItsSource, and what is not public is marked as an example in the same words everywhere.
func TestEveryFactHasItsSource(t *testing.T) {
	for _, table := range rates.HartVanBrabantTables() {
		last := len(table.Rows[0].Cells) - 1
		for _, row := range table.Rows[1:] {
			source := row.Cells[last]
			if source == "" {
				t.Errorf("%s row %d has no source", table.File, row.Number)
			}
			isExample := strings.HasPrefix(source, "voorbeeld: ")
			switch table.Name {
			case "tarieven", "aanbieders", "producten", "contracten":
				if !isExample {
					t.Errorf("%s row %d holds figures or codes that are not public: %q", table.File, row.Number, source)
				}
			default:
				if isExample {
					t.Errorf("%s row %d is public: %q", table.File, row.Number, source)
				}
			}
		}
	}
	book := rates.HartVanBrabant()
	for _, provider := range book.Providers {
		if !strings.HasPrefix(provider.AGB, "99") {
			t.Errorf("%s has an AGB code that does not look like an example", provider.Name)
		}
	}
	for _, product := range book.Products {
		if len(product.Code) != 5 || product.Code[2] != 'X' || product.Code[:2] != product.Category {
			t.Errorf("%s does not look like an example", product.Code)
		}
	}
}

func TestNotes(t *testing.T) {
	var all strings.Builder
	for _, note := range rates.Notes() {
		if note.Dutch == "" || note.English == "" || note.Source == "" {
			t.Errorf("a note without text or source: %+v", note)
		}
		all.WriteString(note.In("nl") + "\n" + note.In("en") + "\n")
	}
	for _, words := range []string{"spreekt van vijf gecontracteerde aanbieders, maar noemt er vier", "All prices are examples",
		"All product codes are examples", "All AGB codes are examples", "The providers of Segment 4 are fictitious"} {
		if !strings.Contains(all.String(), words) {
			t.Errorf("no note says %q", words)
		}
	}
}

// TestRegionIsData: no municipality, provider or product of the region is named in the code.
func TestRegionIsData(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	book := rates.HartVanBrabant()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		code, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, municipality := range book.Municipalities {
			if strings.Contains(string(code), municipality.Name) || strings.Contains(string(code), municipality.Code) {
				t.Errorf("%s names %s", name, municipality.Name)
			}
		}
		for _, product := range book.Products {
			if strings.Contains(string(code), product.Code) {
				t.Errorf("%s names %s", name, product.Code)
			}
		}
	}
}

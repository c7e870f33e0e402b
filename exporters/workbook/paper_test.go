package workbook

import (
	"strings"
	"testing"
)

// TestPaper checks the heights that are used on sheets of paper, and before which parts a new sheet starts.
func TestPaper(t *testing.T) {
	room := newPaper([]float64{20, 20}).room
	for _, test := range []struct {
		name  string
		parts []float64
		want  []bool
	}{
		{"all fit", []float64{room / 4, room / 4, room / 4}, []bool{false, false, false}},
		{"the third does not", []float64{room / 3, room / 2, room / 3, room / 3}, []bool{false, false, true, false}},
		{"too much for any sheet goes on where there is room", []float64{room / 3, 2 * room}, []bool{false, false}},
		{"too much for any sheet begins anew near the end", []float64{room * 2 / 3, 2 * room}, []bool{false, true}},
		{"an empty sheet is not left", []float64{2 * room}, []bool{false}},
	} {
		p := newPaper([]float64{20, 20})
		for i, height := range test.parts {
			if got := p.breakBefore(height); got != test.want[i] {
				t.Errorf("%s: part %d begins a sheet: %v", test.name, i, got)
			}
			for ; height > 0; height -= lineHeight {
				p.add(min(height, lineHeight))
			}
		}
	}
}

// TestPaperScale expects a page never to be wider than the paper, in the widest font too, nor larger than life.
func TestPaperScale(t *testing.T) {
	for _, widths := range [][]float64{{10}, {60, 60}, {34, 17, 17, 17, 17, 17, 17, 17}, {56, 18, 18, 18, 18, 18, 18, 18, 18, 18, 18}} {
		p := newPaper(widths)
		if printed := points(widths) * float64(p.scale) / 100; p.scale > 100 || printed > paperWidth*widthSlack || printed < paperWidth*(widthSlack-0.04) && p.scale < 100 {
			t.Errorf("%v at %d %% is %.0f wide of %.0f", widths, p.scale, printed, paperWidth)
		}
	}
}

// TestCutLines checks that a text too high for one row continues in others, cut between words, and that one that fits is not cut.
func TestCutLines(t *testing.T) {
	codes := strings.TrimSuffix(strings.Repeat("99040020, ", 1500), ", ")
	for text, most := range map[string]int{"": 3, "a few words": 3, codes: linesMost, strings.Repeat("x", 9000): 3, "one\ntwo\nthree four": 2} {
		var pieces []string
		for rest := text; len(pieces) == 0 || rest != ""; {
			var piece string
			piece, rest = cutLines(rest, 100, most)
			if linesOf(piece, 100) > most && strings.Contains(piece, " ") {
				t.Errorf("%.20s…: %d lines", piece, linesOf(piece, 100))
			}
			pieces = append(pieces, piece)
		}
		if got := strings.Join(pieces, " "); got != text {
			t.Errorf("%.20s… became %.20s…", text, got)
		}
		if linesOf(text, 100) <= most && len(pieces) > 1 {
			t.Errorf("%.20s… is in %d pieces", text, len(pieces))
		}
	}
}

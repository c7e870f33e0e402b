package value

import "testing"

func TestFormatOf(t *testing.T) {
	tests := map[string]Format{
		"General": Plain, "0": Plain, "0.00": Plain, "#,##0.00": Plain, "0%": Plain, "@": Plain, "": Plain, ";;;": Plain,
		"0.00E+00": Plain, "##0.0E-0": Plain, "# ?/?": Plain, "[Red]0": Plain, `0.00\ "uur"`: Plain, `0\ \d\a\g\e\n`: Plain,
		`"€"\ #,##0.00`: Plain, `_-€* #,##0.00_-;_-€* #,##0.00-`: Plain, "[$€-413] #,##0.00": Plain, `0_d`: Plain, `0*h`: Plain, "[Yellow]0": Plain,
		"0.0h": Plain, "GENERAL": Plain, `General" uur"`: Plain, `000000000`: Plain,
		"dd-mm-yyyy": Date, "[$-413]d mmmm yyyy;@": Date, "[$-F800]dddd, mmmm dd, yyyy": Date, "YYYY/MM/DD": Date, "mmm-yy": Date, "mmm": Date,
		"m": Date, "d": Date, "yyyy-mm-dd hh:mm": Date, `yyyy\-mm\-dd"T"hh:mm:ss`: Date, "m/d/yy h:mm": Date, "[Red]dd-mm-yyyy": Date, "ge.m.d": Date,
		`"om "d`: Date, "dd-mm-yyyy;;": Date, `[=0]"";dd-mm-yyyy`: Date,
		"h:mm": Time, "hh:mm:ss": Time, "h:mm AM/PM": Time, "mm:ss": Time, "mm:ss.0": Time, "hh:mm:ss.000": Time, "[$-F400]h:mm:ss AM/PM": Time,
		`h" uur "mm`: Time, "hh": Time,
		"[h]:mm": Duration, "[hh]:mm:ss": Duration, "[mm]:ss": Duration, "[s]": Duration, "[ss].00": Duration, "[H]:MM": Duration,
		`[h]" uur"`: Duration, "[Blue][h]:mm;[Red]-[h]:mm": Duration, `[<1]h:mm;[h]:mm`: Time,
		`"open`: Plain, `[open`: Plain, `\`: Plain,
	}
	for code, want := range tests {
		if got := FormatOf(code); got != want {
			t.Errorf("%s: format %d, want %d", code, got, want)
		}
	}
}

func TestBuiltIn(t *testing.T) {
	for id, want := range map[int]Format{0: Plain, 1: Plain, 2: Plain, 4: Plain, 9: Plain, 13: Plain, 14: Date, 15: Date, 17: Date, 18: Time,
		20: Time, 21: Time, 22: Date, 23: Plain, 37: Plain, 44: Plain, 45: Time, 46: Duration, 47: Time, 48: Plain, 49: Plain, 57: Date, 59: Plain} {
		if got := BuiltIn(id); got != want {
			t.Errorf("%d: format %d, want %d", id, got, want)
		}
	}
}

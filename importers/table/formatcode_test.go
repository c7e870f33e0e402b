package table

import "testing"

func TestFormatOf(t *testing.T) {
	tests := map[string]valueFormat{
		"General": plainFormat, "0": plainFormat, "0.00": plainFormat, "#,##0.00": plainFormat, "0%": plainFormat, "@": plainFormat, "": plainFormat, ";;;": plainFormat,
		"0.00E+00": plainFormat, "##0.0E-0": plainFormat, "# ?/?": plainFormat, "[Red]0": plainFormat, `0.00\ "uur"`: plainFormat, `0\ \d\a\g\e\n`: plainFormat,
		`"€"\ #,##0.00`: plainFormat, `_-€* #,##0.00_-;_-€* #,##0.00-`: plainFormat, "[$€-413] #,##0.00": plainFormat, `0_d`: plainFormat, `0*h`: plainFormat, "[Yellow]0": plainFormat,
		"0.0h": plainFormat, "GENERAL": plainFormat, `General" uur"`: plainFormat, `000000000`: plainFormat,
		"dd-mm-yyyy": dateFormat, "[$-413]d mmmm yyyy;@": dateFormat, "[$-F800]dddd, mmmm dd, yyyy": dateFormat, "YYYY/MM/DD": dateFormat, "mmm-yy": dateFormat, "mmm": dateFormat,
		"m": dateFormat, "d": dateFormat, "yyyy-mm-dd hh:mm": dateFormat, `yyyy\-mm\-dd"T"hh:mm:ss`: dateFormat, "m/d/yy h:mm": dateFormat, "[Red]dd-mm-yyyy": dateFormat, "ge.m.d": dateFormat,
		`"om "d`: dateFormat, "dd-mm-yyyy;;": dateFormat, `[=0]"";dd-mm-yyyy`: dateFormat,
		"h:mm": timeFormat, "hh:mm:ss": timeFormat, "h:mm AM/PM": timeFormat, "mm:ss": timeFormat, "mm:ss.0": timeFormat, "hh:mm:ss.000": timeFormat, "[$-F400]h:mm:ss AM/PM": timeFormat,
		`h" uur "mm`: timeFormat, "hh": timeFormat,
		"[h]:mm": durationFormat, "[hh]:mm:ss": durationFormat, "[mm]:ss": durationFormat, "[s]": durationFormat, "[ss].00": durationFormat, "[H]:MM": durationFormat,
		`[h]" uur"`: durationFormat, "[Blue][h]:mm;[Red]-[h]:mm": durationFormat, `[<1]h:mm;[h]:mm`: timeFormat,
		`"open`: plainFormat, `[open`: plainFormat, `\`: plainFormat,
	}
	for code, want := range tests {
		if got := formatOf(code); got != want {
			t.Errorf("%s: format %d, want %d", code, got, want)
		}
	}
}

func TestBuiltInFormat(t *testing.T) {
	for id, want := range map[int]valueFormat{0: plainFormat, 1: plainFormat, 2: plainFormat, 4: plainFormat, 9: plainFormat, 13: plainFormat, 14: dateFormat, 15: dateFormat, 17: dateFormat, 18: timeFormat,
		20: timeFormat, 21: timeFormat, 22: dateFormat, 23: plainFormat, 37: plainFormat, 44: plainFormat, 45: timeFormat, 46: durationFormat, 47: timeFormat, 48: plainFormat, 49: plainFormat, 57: dateFormat, 59: plainFormat} {
		if got := builtInFormat(id); got != want {
			t.Errorf("%d: format %d, want %d", id, got, want)
		}
	}
}

package batch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// referralFile is a file of referrals.
type referralFile struct {
	name  string
	lines []string
}

type referralCase struct {
	name  string
	files []referralFile
}

// withdrawnReferrals are files of referrals, of which x is taken back, and then y.
func withdrawnReferrals() []referralCase {
	const heading = "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum;Einddatum;Volume;Eenheid;Frequentie;Status"
	row := func(number, municipality, end, volume, status string) string {
		return strings.Join([]string{number, clientNumber(0), municipality, providerA, "45A01", "2026-01-01", end, volume, "uur", "6", status}, ";")
	}
	short := func(number, end string) []string {
		return []string{"Toewijzingsnummer;BSN;Gemeente;AGB-code;Ingangsdatum;Einddatum",
			strings.Join([]string{number, clientNumber(0), "Tilburg", providerA, "2026-01-01", end}, ";")}
	}
	volume := func(number, volume string) []string {
		return []string{"Toewijzingsnummer;BSN;Gemeente;AGB-code;Ingangsdatum;Volume;Eenheid;Frequentie", strings.Join([]string{number, clientNumber(0), "Tilburg", providerA, "2026-01-01", volume, "uur", "6"}, ";")}
	}
	return []referralCase{
		{"new", []referralFile{{"x", []string{heading, row("T0", "Tilburg", "", "10", "")}}}},
		{"a version", []referralFile{{"a", []string{heading, row("T0", "Tilburg", "", "10", "")}}, {"x", []string{heading, row("T0", "0784", "2026-10-02", "20", "")}}}},
		{"a withdrawal", []referralFile{{"a", []string{heading, row("T0", "Tilburg", "", "10", "")}}, {"x", []string{heading, row("T0", "Tilburg", "", "10", "verwijderd")}}}},
		{"in the middle", []referralFile{{"a", []string{heading, row("T0", "Tilburg", "", "10", "")}}, {"x", []string{heading, row("T0", "0784", "", "2", "")}}, {"b", short("T0", "2026-10-02")}}},
		{"under a part", []referralFile{{"x", []string{heading, row("T0", "0784", "", "2", "")}}, {"b", short("T0", "2026-10-02")}}},
		{"before the same", []referralFile{{"a", []string{heading, row("T0", "Tilburg", "", "10", "")}}, {"x", []string{heading, row("T0", "0784", "", "2", "")}},
			{"b", []string{heading, row("T0", "Tilburg", "", "10", ""), row("T9", "Tilburg", "", "10", "")}}}},
		{"before a repetition", []referralFile{{"a", []string{heading, row("T0", "Tilburg", "", "10", "")}}, {"x", []string{heading, row("T0", "0784", "", "2", "")}},
			{"b", []string{heading, row("T0", "0784", "", "2", ""), row("T9", "Tilburg", "", "10", "")}}}},
		{"before a repetition and a part", []referralFile{{"a", []string{heading, row("T0", "Tilburg", "", "10", "")}}, {"x", []string{heading, row("T0", "0784", "", "2", "")}},
			{"b", []string{heading, row("T0", "0784", "", "2", ""), row("T9", "Tilburg", "", "10", "")}}, {"c", short("T0", "2026-10-03")}}},
		{"before a repetition and a part that rests on it", []referralFile{{"x", []string{heading, row("T0", "0784", "", "2", "")}},
			{"b", []string{heading, row("T0", "0784", "", "2", ""), row("T9", "Tilburg", "", "10", "")}}, {"a", short("T0", "2026-10-03")}}},
		{"before a repetition and something newer", []referralFile{{"x", []string{heading, row("T0", "0784", "", "2", "")}},
			{"b", []string{heading, row("T0", "0784", "", "2", ""), row("T9", "Tilburg", "", "10", "")}}, {"c", []string{heading, row("T0", "Tilburg", "", "3", "")}}}},
		{"before a part that repeats it, and a part that rests on that", []referralFile{{"a", []string{heading, row("T0", "Tilburg", "", "10", "")}},
			{"x", []string{heading, row("T0", "Tilburg", "2026-10-02", "10", "")}}, {"b", short("T0", "2026-10-02")}, {"c", volume("T0", "4")}}},
		{"before a part that repeats it, and something newer", []referralFile{{"x", []string{heading, row("T0", "Tilburg", "2026-10-02", "10", "")}},
			{"b", short("T0", "2026-10-02")}, {"c", []string{heading, row("T0", "Tilburg", "", "3", "")}}}},
		{"before a repetition and a part, and the repetition too", []referralFile{{"a", []string{heading, row("T0", "Tilburg", "", "10", "")}},
			{"x", []string{heading, row("T0", "0784", "", "2", "")}}, {"y", []string{heading, row("T0", "0784", "", "2", ""), row("T9", "Tilburg", "", "10", "")}}, {"b", short("T0", "2026-10-03")}}},
	}
}

func TestWithdrawReferrals(t *testing.T) {
	eachKit(t, func(t *testing.T, made func() *kit) {
		for _, c := range withdrawnReferrals() {
			t.Run(c.name, func(t *testing.T) {
				tell := func(with bool) []string {
					k, notTaken := made(), []string(nil)
					take := func(asOf string, paths ...string) {
						imported := k.take(asOf, paths...)
						if imported.Refused() > 0 {
							t.Fatal(imported.Files[0].Refused)
						}
						for _, problem := range imported.Referrals {
							notTaken = append(notTaken, fmt.Sprint("not taken ", problem.File, problem.Row, problem.Cells))
						}
					}
					var others []string
					for _, file := range c.files {
						path, stays := k.write(file.name+".csv", file.lines...), file.name != "x" && file.name != "y"
						if stays {
							others = append(others, path)
						}
						if with || stays {
							take("2026-10-01", path)
						}
					}
					k.tell("r: R1=1 R2=2 R3=3 R4=5")
					if with {
						k.run("2026-10", "2026-11-05")
						k.withdraw("x.csv")
						slices.Sort(others) // as a folder is read
						if slices.ContainsFunc(c.files, func(file referralFile) bool { return file.name == "y" }) {
							take("2026-11-05", k.folder+"/y.csv")
							k.withdraw("y.csv")
						}
						take("2026-11-05", others...)
					}
					run := k.run("2026-10", "2026-11-05").Run
					k.sound()
					slices.Sort(notTaken)
					return append(k.picture(run), slices.Compact(notTaken)...)
				}
				if got, want := tell(true), tell(false); !slices.Equal(got, want) {
					t.Error(differ(got, want))
				}
			})
		}
	})
}

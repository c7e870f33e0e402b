package batch_test

import (
	"strings"
	"testing"
)

// TestDecisionOnWhatIsNotThere is the table of decisions on findings that the last run did not make: they have no effect, so
// they are not taken in, except afwijzen of a declared version on what an earlier run found and no run looks for any more.
func TestDecisionOnWhatIsNotThere(t *testing.T) {
	// L01 is found on R1 until S1 is withdrawn.
	withdrawn := func(k *kit) {
		k.tell("b: S1=0")
		k.run("2026-10", "2026-11-05")
	}
	// L01 was allowed and R1 declared; no run looks for L01 on it any more.
	declared := func(k *kit) {
		k.decide("x", "R1 1 L01 akkoord", "S1 1 L01 akkoord")
		k.close("2026-10", "2026-11-05")
		k.tell("b: S1=0")
		k.run("2026-11", "2026-12-05")
	}
	for _, test := range []struct {
		name     string
		then     func(k *kit)
		decision string
		taken    bool
	}{
		{"found", func(*kit) {}, "R1 1 L01 akkoord", true},
		{"never found", func(*kit) {}, "R1 1 U02 afwijzen", false},
		{"found no more", withdrawn, "R1 1 L01 afwijzen", false},
		{"declared, and found before", declared, "R1 1 L01 afwijzen", true},
		{"declared, and found before, to be allowed", declared, "R1 1 L01 akkoord", false},
		{"declared, and never found", declared, "R1 1 L03 afwijzen", false},
		{"declared, and looked for at every run", func(k *kit) {
			k.tell("b: R2=1~0784")
			k.run("2026-10", "2026-11-05")
			k.decide("x", "R2 1 R10 akkoord")
			k.close("2026-10", "2026-11-05")
			k.refer("r", 0, "0784", "", "actief") // so R10 is gone
			k.run("2026-11", "2026-12-05")
		}, "R2 1 R10 afwijzen", false},
	} {
		eachKit(t, func(t *testing.T, made func() *kit) {
			k := made()
			k.permit(1)
			k.tell(heldStory)
			k.run("2026-10", "2026-11-05")
			test.then(k)
			imported := k.decide("d", test.decision)
			if taken := imported.Files[0].Decisions == 1; taken != test.taken || !taken && !strings.Contains(imported.Decisions[0].Reason.Dutch, "deze bevinding staat niet (meer) op de regel") {
				t.Errorf("%s: %s: %+v", test.name, test.decision, imported)
			}
		})
	}
}

package words

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// A text stored in both languages can be read in each, line by line, whatever it contains.
func TestBoth(t *testing.T) {
	kept := Both("Berekend: %s in %d declaratieregels.", Amount(123450), 3) + "\n" + Kept(billing.Text{Dutch: "een\ntwee", English: "one\x1ftwo"}) + "\noud"
	for language, want := range map[string]string{
		"nl": "Berekend: " + Euro(123450, "nl") + " in 3 declaratieregels.\neen twee\noud", "en": "Calculated: " + Euro(123450, "en") + " in 3 lines.\none two\noud",
	} {
		if got := Told(kept, language); got != want {
			t.Errorf("%s: %q, not %q", language, got, want)
		}
	}
}

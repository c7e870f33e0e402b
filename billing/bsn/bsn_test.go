package bsn

import "testing"

func TestValid(t *testing.T) {
	for text, want := range map[string]bool{
		"999910012": true, "012345672": true, "010000008": true, "123456782": true,
		"999910001": false, "000000000": false, "12345672": false, "": false, "9999100129": false, "99991001a": false, "٣٣٣٣": false,
	} {
		if got := Valid(text); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

// For any eight digits at most one ninth digit gives a valid number; changing one digit of a valid number never does.
func TestElfproefFindsWrongDigits(t *testing.T) {
	const sound = "999910012"
	for i := range sound {
		for digit := byte('0'); digit <= '9'; digit++ {
			if digit == sound[i] {
				continue
			}
			if wrong := sound[:i] + string(digit) + sound[i+1:]; Valid(wrong) {
				t.Errorf("%s passes", wrong)
			}
		}
	}
}

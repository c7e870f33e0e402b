package bsn

// MaskedMax is the largest number of characters of a text from a file that a message shows.
const MaskedMax = 40

// maskedBSN replaces a citizen service number.
const maskedBSN = "•••"

// Mask makes free text from a file – a cell, a heading, a reason – safe for a message. It masks every number of eight or
// nine digits, whether or not it passes the elfproef: a mistyped citizen service number reveals as much as a correct
// one. Digits of any script count, also with spaces, dashes, slashes, dots, underscores or zero-width characters
// between them; a calendar day stays readable. At most MaskedMax characters are kept, and control characters are shown
// as in [Visible]. The result is one line of valid UTF-8, and masking it again changes nothing.
func Mask(text string) string {
	for {
		masked := cutTo(hide(Visible(onOneLine(text)), number.inFreeText), MaskedMax)
		if masked == text {
			return masked
		}
		text = masked // the cut may have left eight digits of a longer number
	}
}

// Shown makes a reference or the number of a referral safe for a message: one line of at most MaskedMax characters,
// without control characters. It masks nothing: see [MaskKnown].
func Shown(number string) string { return cutTo(Visible(onOneLine(number)), MaskedMax) }

// MaskLine makes a line that a program writes – an error, the name of a file or a sheet, a command – safe for a log:
// it masks nine digits that pass the elfproef, however they are written. Eight digits stay, since they are the AGB
// code of a provider or a day. The line is not cut.
func MaskLine(line string) string { return hide(Visible(line), number.inLine) }

// MaskKnown masks the citizen service numbers in a text for which known returns true, however they are written, and
// nothing else: a reference or the number of a referral may look like one and must stay readable. known is called with
// nine digits that pass the elfproef.
func MaskKnown(text string, known func(bsn string) bool) string {
	return hide(text, func(n number) bool {
		bsn := n.bsn()
		return Valid(bsn) && known(bsn)
	})
}

// MaskOf masks bsn in a text of that client – a reference, the number of a referral – however it is written. If bsn is "",
// because the row has no readable one, it masks every number that passes the elfproef, also after losing a leading zero.
func MaskOf(text, bsn string) string {
	if bsn == "" {
		return MaskKnown(text, func(string) bool { return true })
	}
	return hide(text, func(n number) bool { return n.bsn() == bsn })
}

// bsn returns the nine digits of the number, with the leading zero that it may have lost.
func (n number) bsn() string {
	if len(n.digits) == digitsShort {
		return "0" + n.digits
	}
	return n.digits
}

// MaskText is like [Mask] for free text that is shown in full, like the reason of a decision: it is not cut and keeps its
// lines.
func MaskText(text string) string {
	return hide(Visible(text), number.inFreeText)
}

// Holds reports whether free text contains a number that [MaskText] masks.
func Holds(text string) bool { return hide(text, number.inFreeText) != text }

// inFreeText reports whether the number is masked in free text.
func (n number) inFreeText() bool {
	if n.groups == 1 && isCompactDay(n.digits) && !Valid(n.bsn()) {
		return false
	}
	return n.groups == 1 || n.isWhole && !n.isLoose || Valid(n.bsn())
}

// inLine reports whether the number is masked in a line that a program writes. A code of eight digits followed by a
// separate digit is not.
func (n number) inLine() bool {
	return len(n.digits) == digitsOf && (n.groups == 1 || n.longest < digitsShort) && Valid(n.digits)
}

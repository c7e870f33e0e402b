package bsn

// MaskedMax is how many characters of a text from a file are shown in a message.
const MaskedMax = 40

// maskedBSN stands where a citizen service number stood.
const maskedBSN = "•••"

// Mask makes free text from a file – a cell, a heading, a reason – fit for a message. Every number of eight or nine
// digits is masked, whether or not it passes the elfproef: a mistyped citizen service number tells as much as a right
// one. Digits of any script count, and so do digits with spaces, dashes, slashes, dots, underscores or characters
// without width between them; a day of the calendar stays readable. No more than MaskedMax characters are kept, and
// what would steer a terminal is shown as in [Visible]. The result is valid UTF-8, and masking it once more changes
// nothing.
func Mask(text string) string {
	for {
		masked := cutTo(hide(Visible(onOneLine(text)), number.inFreeText), MaskedMax)
		if masked == text {
			return masked
		}
		text = masked // a cut may have left eight digits of a longer number
	}
}

// Shown makes a reference or the number of a referral fit for a message: one line of no more than MaskedMax characters
// in which nothing steers a terminal. It masks nothing: see [MaskKnown].
func Shown(number string) string { return cutTo(Visible(onOneLine(number)), MaskedMax) }

// MaskLine makes a line that a program writes – an error, the name of a file or a sheet, a command – fit for a log:
// nine digits that pass the elfproef are masked, however they are written. Eight digits stay, since they are the AGB
// code of a provider or a day. The line is not cut.
func MaskLine(line string) string { return hide(Visible(line), number.inLine) }

// MaskKnown masks in a text the citizen service numbers that are known, however they are written, and nothing else: a
// reference or the number of a referral may look like one and must stay readable. Known is asked with nine digits that
// pass the elfproef.
func MaskKnown(text string, known func(bsn string) bool) string {
	return hide(text, func(n number) bool {
		bsn := n.bsn()
		return Valid(bsn) && known(bsn)
	})
}

// MaskOf masks the citizen service number of whom a text belongs to – a reference, the number of a referral – however
// it is written there. Of a row whose number could not be read it is not known whose it is: then what passes the
// elfproef is masked, also what lost its leading zero.
func MaskOf(text, bsn string) string {
	if bsn == "" {
		return MaskKnown(text, func(string) bool { return true })
	}
	return hide(text, func(n number) bool { return n.bsn() == bsn })
}

// bsn returns the number with the leading zero that it may have lost.
func (n number) bsn() string {
	if len(n.digits) == digitsShort {
		return "0" + n.digits
	}
	return n.digits
}

// MaskText is [Mask] for free text that people wrote and that is read whole, like the reason of a decision: it is not cut,
// and stays on its lines.
func MaskText(text string) string {
	return hide(Visible(text), number.inFreeText)
}

// Holds reports whether free text holds a number that [MaskText] masks.
func Holds(text string) bool { return hide(text, number.inFreeText) != text }

// inFreeText reports whether the number is masked in free text.
func (n number) inFreeText() bool {
	if n.groups == 1 && isCompactDay(n.digits) && !Valid(n.bsn()) {
		return false
	}
	return n.groups == 1 || n.isWhole && !n.isLoose || Valid(n.bsn())
}

// inLine reports whether the number is masked in a line that a program writes. A code of eight digits with another
// digit behind it is none.
func (n number) inLine() bool {
	return len(n.digits) == digitsOf && (n.groups == 1 || n.longest < digitsShort) && Valid(n.digits)
}

package billing

import "github.com/pxq-nl/pxq/billing/bsn"

// ValidBSN reports whether the text is a citizen service number: 9 digits that pass the elfproef.
func ValidBSN(text string) bool { return bsn.Valid(text) }

// Mask makes free text from a file fit for a message: see [bsn.Mask].
func Mask(text string) string { return bsn.Mask(text) }

// MaskedMax is how many characters of a text from a file are shown in a message.
const MaskedMax = bsn.MaskedMax

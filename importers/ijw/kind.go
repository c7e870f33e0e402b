package ijw

import (
	"regexp"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// root is the root element of a kind of message.
type root struct {
	kind ijw.Kind
	*element
}

// roots are the supported messages.
var roots = []root{{ijw.JW301, schema301}, {ijw.JW323, schema323}}

// messageSpace matches the namespace of a message of the national standards: standard, release, message.
var messageSpace = regexp.MustCompile(`^https?://www\.istandaarden\.nl/(ijw|iwmo|iwlz|ipgb)/([0-9_]+)/([a-z]+)([0-9]+)/schema/?$`)

// recognise returns the message with this root element, or a refusal that says what else it is.
func recognise(n *name) (root, error) {
	for _, known := range roots {
		if known.name == *n {
			return known, nil
		}
	}
	if found := messageSpace.FindStringSubmatch(n.space); found != nil && n.local == "Bericht" {
		kind := strings.ToUpper(found[3]) + found[4]
		if found[3] == "wmo" {
			kind = "Wmo" + found[4]
		}
		standard := "i" + strings.ToUpper(found[1][1:2]) + found[1][2:] + " " + strings.ReplaceAll(found[2], "_", ".")
		return root{}, refuse(OtherMessage, text("dit is een %s van %s%s. pxq leest toewijzingen (JW301) en declaraties (JW323) van iJw 3.2.",
			"this is a %s of %s%s. pxq reads referrals (JW301) and declarations (JW323) of iJw 3.2."), kind, standard, otherMessages[kind])
	}
	return root{}, refuse(OtherMessage, text("dit is geen bericht van iJw: het begint met het element %s. pxq leest toewijzingen (JW301) en declaraties (JW323) van iJw 3.2.",
		"this is not an iJw message: it begins with the element %s. pxq reads referrals (JW301) and declarations (JW323) of iJw 3.2."), billing.Mask(n.local))
}

// otherMessages describes messages that people may confuse with the supported ones.
var otherMessages = map[string]billing.Text{
	"JW302": text(", een toewijzing-retour", ", the answer to a referral"),
	"JW303": text(", een declaratie van voor iJw 3.0", ", a declaration from before iJw 3.0"),
	"JW305": text(", een startbericht", ", a message that care has started"),
	"JW307": text(", een stopbericht", ", a message that care has stopped"),
	"JW315": text(", een verzoek om toewijzing", ", a request for a referral"),
	"JW317": text(", een verzoek om wijziging", ", a request for a change"),
	"JW319": text(", een antwoordbericht", ", the answer to a request"),
	"JW325": text(", een declaratie-antwoord", ", the answer to a declaration"),
}

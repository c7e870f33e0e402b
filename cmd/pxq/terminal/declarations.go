package terminal

import (
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// leftOutTexts explain why a line is in no message.
var leftOutTexts = map[ijw.Reason]billing.Text{
	ijw.NotNew:         {Dutch: "credit of correctie", English: "credit or correction"},
	ijw.SeveralLines:   {Dutch: "meer dan één tarief of declaratieregel in de maand", English: "more than one price or line in the month"},
	ijw.NotWhole:       {Dutch: "geen heel aantal minuten of dagdelen", English: "not a whole number of minutes or day-parts"},
	ijw.NoNumber:       {Dutch: "het toewijzingsnummer is geen geheel getal van hoogstens 9 cijfers", English: "the referral number is not a whole number of at most 9 digits"},
	ijw.NoCategory:     {Dutch: "het product heeft geen categorie", English: "the product has no category"},
	ijw.NoReferralDate: {Dutch: "de toewijzing is niet bekend", English: "the referral is unknown"},
}

// Declarations prints which messages were written, and what is not in them.
func (p *Printer) Declarations(made *workspace.Declarations) error {
	if p.JSON {
		return p.writeJSON(declarationsJSON(made, p.Language))
	}
	for _, name := range made.Files {
		p.Line("%s", "%s", filepath.Join(made.Folder, name))
	}
	if len(made.Files) == 0 {
		p.Line("Er zijn geen reguliere of nagekomen declaratieregels voor een bericht.", "There are no regular or late lines for a message.")
	}
	for _, name := range made.TooLarge {
		p.Line("%s: het bericht zou groter zijn dan 25 MB en is niet geschreven.", "%s: the message would be larger than 25 MB and was not written.", name)
	}
	for _, left := range made.LeftOut {
		p.Line("Niet in een bericht: toewijzing %s (declaratieregel %s): %s", "Not in a message: referral %s (line %s): %s", left.Referral, left.Line,
			leftOutTexts[left.Reason].In(p.Language))
	}
	return nil
}

func declarationsJSON(made *workspace.Declarations, language string) object {
	left := []object{}
	for _, one := range made.LeftOut {
		left = append(left, object{"referral": one.Referral, "line": one.Line, "reason": leftOutTexts[one.Reason].In(language)})
	}
	return object{"folder": made.Folder, "files": listOf(made.Files), "left_out": left, "too_large": len(made.TooLarge)}
}

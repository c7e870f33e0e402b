package report

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
)

// Shown holds the identifiers of a row with the BSNs of clients masked, so that anyone may see them.
type Shown struct {
	Reference string
	Referral  string // the referral used
	Previous  string // the prestatie that a credit takes back
}

// ProviderReference returns the reference masked for the row's provider.
func (r *Row) ProviderReference() string {
	if r.toldReference != "" {
		return r.toldReference
	}
	return bsn.MaskOf(r.Record.Reference, r.Record.BSN)
}

// ProviderFindings returns the findings masked for the row's provider.
func (r *Row) ProviderFindings() []billing.Finding {
	if r.toldFindings != nil {
		return r.toldFindings
	}
	return r.Findings
}

// written returns the texts that the sender of the row wrote in it, whose numbers are no secret to the sender.
func (r *Row) written() []string {
	written := []string{r.Record.Reference, r.Record.ReferralNumber}
	if r.Record.Prestatie != nil {
		written = append(written, r.Record.Prestatie.Previous)
	}
	return written
}

// maskShown fills in the identifiers of a row with the BSNs of clients masked.
func maskShown(clients *bsn.Clients, row *Row) (err error) {
	r := row.Record
	row.Shown = Shown{Reference: r.Reference, Referral: row.Referral}
	if r.Prestatie != nil {
		row.Shown.Previous = r.Prestatie.Previous
	}
	for _, text := range []*string{&row.Shown.Reference, &row.Shown.Referral, &row.Shown.Previous} {
		if *text, err = clients.MaskOf(*text, r.BSN); err != nil {
			return err
		}
	}
	if row.Shown.Reference != r.Reference {
		row.toldReference, err = clients.MaskTo(row.ReturnTo, r.BSN, row.written(), row.ProviderReference())
	}
	return err
}

// maskFindings masks the BSNs of clients in the findings of a row.
func maskFindings(clients *bsn.Clients, row *Row) error {
	if len(row.Findings) == 0 {
		return nil
	}
	written := row.written()
	for i := range row.Findings {
		if err := maskFinding(clients, row, i, written); err != nil {
			return err
		}
	}
	return nil
}

// namesOwnRows are the rules whose values include the reference of another row of the same provider.
var namesOwnRows = []billing.Code{billing.U02, billing.U07, billing.L03, billing.J27}

// maskFinding masks the values of one of a row's findings, for everyone and for its provider.
func maskFinding(clients *bsn.Clients, row *Row, at int, written []string) (err error) {
	ownRows := slices.Contains(namesOwnRows, row.Findings[at].Code)
	for i, value := range row.Findings[at].Values {
		if ownRows { // the provider wrote this number too
			written = append(slices.Clip(written), value)
		}
		masked, err := clients.Mask(value)
		switch {
		case err != nil:
			return err
		case masked == value:
			continue
		}
		told, err := clients.MaskTo(row.ReturnTo, row.Record.BSN, written, value)
		if err != nil {
			return err
		}
		if row.toldFindings == nil {
			row.toldFindings = slices.Clone(row.Findings)
		}
		row.toldFindings[at].Values = replaced(row.toldFindings[at].Values, i, told)
		row.Findings[at].Values = replaced(row.Findings[at].Values, i, masked)
	}
	return nil
}

// replaced returns a copy of texts with text at index at.
func replaced(texts []string, at int, text string) []string {
	texts = slices.Clone(texts)
	texts[at] = text
	return texts
}

// maskDecision masks every BSN in the free texts of a decision, since a reason may name a client other than that of the
// record.
func maskDecision(d billing.Decision) billing.Decision {
	d.Reason, d.By, d.Second = bsn.MaskText(d.Reason), bsn.MaskText(d.By), bsn.MaskText(d.Second)
	return d
}

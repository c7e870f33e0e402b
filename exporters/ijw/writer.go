package ijw

import (
	"errors"

	"github.com/pxq-nl/pxq/billing/ijw"
)

// ErrTooLarge says that a message would be larger than ijw.MaxBytes, and so cannot be sent.
var ErrTooLarge = errors.New("ijw: the message would be larger than 25 MB")

// writer writes the elements of a message one after the other.
type writer struct{ message []byte }

// The prefix of the elements of the shared schema.
const shared = "ijw:"

// begin starts a message of that kind.
func begin(kind ijw.Kind) *writer {
	w := &writer{}
	w.raw(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<Bericht xmlns="` + kind.Space() + `" xmlns:ijw="` + ijw.SharedSpace + `">`)
	return w
}

// end closes the message and returns it.
func (w *writer) end() ([]byte, error) {
	w.raw("</Bericht>\n")
	if len(w.message) > ijw.MaxBytes {
		return nil, ErrTooLarge
	}
	return w.message, nil
}

func (w *writer) raw(text string) { w.message = append(w.message, text...) }

// within writes an element that holds what inside writes.
func (w *writer) within(name string, inside func()) {
	w.raw("<" + name + ">")
	inside()
	w.raw("</" + name + ">")
}

// text writes an element with a text, escaped so that a reader gets it back unchanged.
func (w *writer) text(name, text string) {
	w.message = append(append(append(w.message, '<'), name...), '>')
	from := 0
	for i := range len(text) {
		if escaped := escapes[text[i]]; escaped != "" {
			w.message = append(append(w.message, text[from:i]...), escaped...)
			from = i + 1
		}
	}
	w.message = append(w.message, text[from:]...)
	w.message = append(append(append(w.message, "</"...), name...), '>')
}

// escapes holds the escapes of characters that are markup, or that a reader would take for a line end.
var escapes = [256]string{'<': "&lt;", '>': "&gt;", '&': "&amp;", '\r': "&#13;"}

// maybe writes an element only when it has a text: no element of a message may be empty.
func (w *writer) maybe(name, text string) {
	if text != "" {
		w.text(name, text)
	}
}

// header writes the header of a message, up to its schema version.
func (w *writer) header(kind ijw.Kind, header *ijw.Header) {
	w.text("BerichtCode", kind.Code())
	w.text("BerichtVersie", ijw.Version)
	w.text("BerichtSubversie", ijw.Subversion)
	w.text("Afzender", header.Sender)
	w.text("Ontvanger", header.Receiver)
	w.identification("BerichtIdentificatie", &header.Identification)
	w.schema("XsdVersie", header.Schema)
}

func (w *writer) identification(name string, identification *ijw.Identification) {
	w.within(name, func() {
		w.text(shared+"Identificatie", identification.ID)
		w.text(shared+"Dagtekening", identification.Dated.Text)
	})
}

func (w *writer) schema(name string, schema ijw.SchemaVersion) {
	w.within(name, func() {
		w.text(shared+"BasisschemaXsdVersie", schema.Shared)
		w.text(shared+"BerichtXsdVersie", schema.Message)
	})
}

func (w *writer) span(name string, span *ijw.Span) {
	w.within(name, func() {
		w.text(shared+"Begindatum", span.First.Text)
		w.text(shared+"Einddatum", span.Last.Text)
	})
}

// amount writes an amount; inner is the name of the element with the cents.
func (w *writer) amount(name, inner string, amount *ijw.Amount) {
	w.within(name, func() {
		w.text(shared+inner, amount.Cents.Text)
		w.text(shared+"DebetCredit", string(amount.Side))
	})
}

// prestatie writes the elements of a prestatie that a declaration and its answer have in common.
func (w *writer) prestatie(p *ijw.Prestatie) {
	w.within("ProductReferentie", func() {
		w.text(shared+"ReferentieNummer", p.Reference)
		w.maybe(shared+"VorigReferentieNummer", p.Previous)
	})
	w.text("ToewijzingNummer", p.Referral.Text)
	w.text("ProductCategorie", p.Category)
	w.text("ProductCode", p.Product)
	w.span("ProductPeriode", &p.Period)
	w.text("GeleverdVolume", p.Volume.Text)
	w.text("Eenheid", string(p.Unit))
	w.maybe("ProductTarief", p.Tariff.Text)
	w.amount("IngediendBedrag", "Bedrag", &p.Amount)
}

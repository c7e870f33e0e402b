package ijw

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing/ijw"
)

// What a JW301 must say of a person and pxq does not store: a trial says that it is unknown.
const (
	unknownSex  = "0"
	unknownName = "Onbekend"
	ownName     = "1"  // NaamGebruik: one's own name
	residence   = "03" // Soort of a contact: the address of residence
)

// JW301 writes an assignment for trials. The only personal data in it are BSN and birth date.
func JW301(message *ijw.Message301) ([]byte, error) {
	w := begin(ijw.JW301)
	w.within("Header", func() { w.header(ijw.JW301, &message.Header) })
	w.within("Client", func() {
		client := &message.Assigned
		w.text("Bsn", client.BSN)
		w.within("Geboortedatum", func() {
			w.text(shared+"Datum", client.Born.Text)
			w.maybe(shared+"DatumGebruik", client.BornUse)
		})
		w.text("Geslacht", unknownSex)
		w.within("Naam", func() {
			w.within(shared+"Geslachtsnaam", func() { w.text(shared+"Achternaam", unknownName) })
			w.text(shared+"NaamGebruik", ownName)
		})
		w.within("Contactgegevens", func() {
			w.within("Contact", func() { w.text("Soort", residence) })
		})
		w.within("ToegewezenProducten", func() {
			for i := range client.Products {
				w.within("ToegewezenProduct", func() { w.assignment(&client.Products[i]) })
			}
		})
	})
	return w.end()
}

func (w *writer) assignment(a *ijw.Assignment) {
	w.text("ToewijzingNummer", a.Number.Text)
	w.maybe("ReferentieAanbieder", a.ProviderID)
	if a.HasProduct() {
		w.within("Product", func() {
			w.text(shared+"Categorie", a.Category)
			w.maybe(shared+"Code", a.Product)
		})
	}
	w.text("Toewijzingsdatum", a.Decided.Day.Text)
	w.text("Toewijzingstijd", string(a.Decided.Time))
	w.text("Ingangsdatum", a.Start.Text)
	w.maybe("Einddatum", a.End.Text)
	w.maybe("RedenWijziging", a.Reason)
	if a.Volume.Given() {
		w.within("Omvang", func() {
			w.text(shared+"Volume", a.Volume.Text)
			w.text(shared+"Eenheid", string(a.Unit))
			w.text(shared+"Frequentie", strconv.Itoa(int(a.Frequency)))
		})
	}
	w.maybe("Budget", a.Budget.Text)
}

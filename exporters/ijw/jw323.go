package ijw

import "github.com/pxq-nl/pxq/billing/ijw"

// JW323 writes a declaration.
func JW323(message *ijw.Message323) ([]byte, error) {
	w := begin(ijw.JW323)
	w.within("Header", func() { w.header(ijw.JW323, &message.Header) })
	w.within("Declaratie", func() {
		declaration := &message.Declaration
		w.text("DeclaratieNummer", declaration.Number)
		w.span("DeclaratiePeriode", &declaration.Period)
		w.text("DeclaratieDagtekening", declaration.Dated.Text)
		w.amount("TotaalIngediendBedrag", "TotaalBedrag", &declaration.Total)
		w.within("Clienten", func() {
			for i := range message.Clients {
				w.client(&message.Clients[i])
			}
		})
	})
	return w.end()
}

func (w *writer) client(client *ijw.Client) {
	w.within("Client", func() {
		w.text("Bsn", client.BSN)
		w.within("Prestaties", func() {
			for i := range client.Prestaties {
				w.within("Prestatie", func() { w.prestatie(&client.Prestaties[i]) })
			}
		})
	})
}

package ijw

import "github.com/pxq-nl/pxq/billing/ijw"

// JW325 writes the answer to a declaration. XsltVersie is omitted, since no stylesheet judged it.
func JW325(answer *ijw.Answer325) ([]byte, error) {
	w := begin(ijw.JW325)
	w.within("Header", func() {
		header := &answer.Header
		w.header(ijw.JW325, &header.Header)
		w.identification("DeclaratieIdentificatie", &header.Answered)
		w.schema("XsdVersieDeclaratie", header.AnsweredSchema)
		w.codes(header.Codes)
	})
	if declaration := answer.Declaration; declaration != nil {
		w.within("DeclaratieAntwoord", func() { w.declarationAnswer(declaration) })
	}
	return w.end()
}

func (w *writer) declarationAnswer(declaration *ijw.DeclarationAnswer) {
	w.text("DeclaratieNummer", declaration.Number)
	w.amount("TotaalIngediendBedrag", "TotaalBedrag", &declaration.Claimed)
	w.amount("TotaalToegekendBedrag", "TotaalBedrag", &declaration.Granted)
	if len(declaration.Clients) > 0 {
		w.within("Clienten", func() {
			for i := range declaration.Clients {
				w.within("Client", func() { w.clientAnswer(&declaration.Clients[i]) })
			}
		})
	}
	w.codes(declaration.Codes)
}

func (w *writer) clientAnswer(client *ijw.ClientAnswer) {
	w.text("Bsn", client.BSN)
	w.within("Prestaties", func() {
		for _, p := range client.Prestaties {
			w.within("Prestatie", func() {
				w.prestatie(p.Prestatie)
				w.codes(p.Codes)
			})
		}
	})
	w.codes(client.Codes)
}

func (w *writer) codes(codes []ijw.ReturnCode) {
	w.within("RetourCodes", func() {
		for _, code := range codes {
			w.text("RetourCode", string(code))
		}
	})
}

package ijw

// Answer325 is the answer to a JW323 (JW325).
type Answer325 struct {
	Header      AnswerHeader
	Declaration *DeclarationAnswer // nil when the header is wrong: the declaration was not judged
}

// AnswerHeader is the header of an answer. Sender and receiver are the receiver and sender of the message answered.
type AnswerHeader struct {
	Header
	Answered       Identification // DeclaratieIdentificatie: that of the JW323, as written (TR337)
	AnsweredSchema SchemaVersion  // XsdVersieDeclaratie: that of the JW323 (TR371)
	Codes          []ReturnCode   // one or more
}

// DeclarationAnswer is what an answer says about the declaration (DeclaratieAntwoord).
type DeclarationAnswer struct {
	Number  string // DeclaratieNummer, as written (TR376)
	Claimed Amount // TotaalIngediendBedrag, as written
	Granted Amount // TotaalToegekendBedrag
	Clients []ClientAnswer
	Codes   []ReturnCode // one or more
}

// ClientAnswer is what an answer says about a client, with only its rejected prestaties.
type ClientAnswer struct {
	BSN        string
	Prestaties []PrestatieAnswer // one or more
	Codes      []ReturnCode      // one or more
}

// PrestatieAnswer repeats a rejected prestatie as it was written (TR366, TR367), with the reasons.
type PrestatieAnswer struct {
	*Prestatie
	Codes []ReturnCode // one or more
}

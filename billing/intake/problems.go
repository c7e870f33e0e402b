package intake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/rules"
)

// NumbersAnew refuses a file that gives references in use to other clients: its rows would replace last month's.
type NumbersAnew struct {
	File  string // base name
	Known int    // rows under a reference that was known
	Other int    // of them, rows for another client
}

// In returns the problem's text in a language.
func (p *NumbersAnew) In(language string) string {
	return format(language, "%s: dit bestand nummert opnieuw: %s van de %s bekende regelnummers horen nu bij een andere cliënt. "+
		"Eerder aangeleverde regels zouden vervangen worden. "+
		"Geef elke regel een eigen nummer, bijvoorbeeld 2026-10-0001, en lever het bestand opnieuw aan.",
		"%s: this file uses a new numbering: %s of the %s known references now belong to another client. Records submitted before would be replaced. "+
			"Give each row its own number, for example 2026-10-0001, and submit the file again.", p.File, rules.Count(p.Other, language), rules.Count(p.Known, language))
}

// NoSuchFile means that nothing can be read at the path of the file to take back.
type NoSuchFile struct{ Path string }

// In returns the problem's text in a language.
func (p *NoSuchFile) In(language string) string {
	return format(language, "Het bestand %s is er niet of is niet te lezen. Geef het juiste pad, of alleen de naam van een ingelezen bestand.",
		"The file %s does not exist or cannot be read. Give the right path, or only the name of a file that was imported.", p.Path)
}

// OtherContent means that the file to take back was not taken in with its present content.
type OtherContent struct{ Path, Name string }

// In returns the problem's text in a language.
func (p *OtherContent) In(language string) string {
	return format(language, "Het bestand %s is zoals het nu is niet ingelezen. Geef alleen de naam (%s) als u het ingelezen bestand met die naam bedoelt.",
		"The file %s, as it is now, was not imported. Give only its name (%s) if you mean the imported file of that name.", p.Path, p.Name)
}

// NotTakenIn means that the store has no file of that name that was not taken back.
type NotTakenIn struct{ Name string }

// In returns the problem's text in a language.
func (p *NotTakenIn) In(language string) string {
	return format(language, "Er is geen bestand %s ingelezen, of het is al teruggetrokken.", "No file %s was imported, or it has already been taken back.", p.Name)
}

// SeveralOfName means that several files have the name of the file to take back.
type SeveralOfName struct {
	Name  string
	Files []ledger.File // of that name, in the order in which they came in
}

// In returns the problem's text in a language.
func (p *SeveralOfName) In(language string) string {
	var list strings.Builder
	for i, file := range p.Files {
		if slices.ContainsFunc(p.Files[:i], func(before ledger.File) bool { return before.SHA256 == file.SHA256 }) {
			continue
		}
		fmt.Fprintf(&list, "\n  %.12s  %s  %s", file.SHA256, rules.Show("date", file.Received.String(), language), file.Provider)
	}
	return format(language, "Er zijn meer bestanden met de naam %s ingelezen. Geef het pad, of het begin van de hash, van het bestand dat u bedoelt (hash, ingelezen op, aanbieder):%s",
		"Several files named %s were imported. Give the path, or the beginning of the hash, of the one you mean (hash, imported on, provider):%s", p.Name, list.String())
}

// AlreadyDeclared means that a file can no longer be taken back, because records of it are in a closed declaration.
type AlreadyDeclared struct {
	File    string // base name
	Records int
	Last    billing.Period // latest period in which one of them was first declared
}

// In returns the problem's text in a language.
func (p *AlreadyDeclared) In(language string) string {
	return format(language, "%s kan niet meer teruggetrokken worden. Aantal zorgregels eruit dat in een afgesloten periode is gedeclareerd: %s (de laatste in %s). "+
		"Laat de aanbieder die regels opnieuw aanleveren met aantal 0 of met de juiste gegevens; het verschil komt in de volgende declaratie.",
		"%s can no longer be taken back. Number of its records that were declared in a closed period: %s (the last in %s). "+
			"Have the provider submit those records again with quantity 0 or with the right data; the difference will be in the next declaration.",
		p.File, rules.Count(p.Records, language), p.Last)
}

// AlreadyAnswered means that a message can no longer be taken back, because its provider was answered.
type AlreadyAnswered struct {
	File   string // base name
	Answer string // base name of the answer
	Period billing.Period
}

// In returns the problem's text in a language.
func (p *AlreadyAnswered) In(language string) string {
	return format(language, "%s kan niet meer teruggetrokken worden: de run van %s gaf antwoord (%s), en dat is definitief. "+
		"Wat is goedgekeurd neemt de aanbieder zelf terug, met creditprestaties in een nieuw bericht.",
		"%s can no longer be taken back: the run of %s gave an answer (%s), and that is final. "+
			"The provider itself takes back what was approved, with credits in a new message.", p.File, p.Period, p.Answer)
}

func (p *NumbersAnew) Error() string     { return p.In("en") }
func (p *NoSuchFile) Error() string      { return p.In("en") }
func (p *OtherContent) Error() string    { return p.In("en") }
func (p *NotTakenIn) Error() string      { return p.In("en") }
func (p *SeveralOfName) Error() string   { return p.In("en") }
func (p *AlreadyDeclared) Error() string { return p.In("en") }
func (p *AlreadyAnswered) Error() string { return p.In("en") }

// format returns the text in a language with the facts filled in.
func format(language, dutch, english string, facts ...any) string {
	text := billing.Text{Dutch: dutch, English: english}
	return fmt.Sprintf(text.In(language), facts...)
}

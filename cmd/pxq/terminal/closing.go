package terminal

import "github.com/pxq-nl/pxq/cmd/internal/workspace"

// Closing prints what a close would make final, and what it would carry over to the next period.
func (p *Printer) Closing(c *workspace.Closing) {
	s := c.Summary
	p.gap()
	p.Line("Afsluiten van %s maakt %s definitief, samen %s.", "Closing %s makes %s final, %s in total.", s.Period, p.lines(s.Lines), p.euros(s.Declared))
	if s.Lines == 0 {
		p.Line("LET OP: er is niets te declareren. Zorg van %s die later komt, wordt dan nagekomen zorg van een latere maand, en een eerdere maand kan niet meer worden afgesloten.",
			"ATTENTION: there is nothing to declare. After closing, care of %s that comes in later becomes late care of a later month, and an earlier month can no longer be closed.", s.Period)
	}
	next := s.Period.Add(1)
	if c.Held.Count > 0 {
		p.Line("  • %s in uitval (%s) %s door naar %s.", "  • %s held (%s) %s on to %s.", p.records(c.Held.Count), p.euros(c.Held.Amount),
			p.text(plural(c.Held.Count, "gaat", "gaan"), plural(c.Held.Count, "moves", "move")), next)
	}
	if c.Pending.Count > 0 {
		p.Line("  • %s van een latere maand (%s) %s door naar %s.", "  • %s of a later month (%s) %s on to %s.", p.records(c.Pending.Count), p.euros(c.Pending.Amount),
			p.text(plural(c.Pending.Count, "wacht en gaat", "wachten en gaan"), plural(c.Pending.Count, "waits and moves", "wait and move")), next)
	}
	if s.Balances.Count > 0 {
		p.Line("  • %s (%s) %s door naar %s.", "  • %s (%s) %s on to %s.",
			p.many(s.Balances.Count, "negatief saldo", "negatieve saldi", "negative balance", "negative balances"), p.euros(s.Balances.Amount),
			p.text(plural(s.Balances.Count, "gaat", "gaan"), plural(s.Balances.Count, "moves", "move")), next)
	}
	if c.Held.Count+c.Pending.Count+s.Balances.Count == 0 {
		p.Line("  • Er gaat niets door naar %s.", "  • Nothing moves on to %s.", next)
	}
	if c.Refused > 0 {
		p.Line("  • %s in de mappen geweigerd; daarvan telt niets mee.", "  • %s refused in the folders; nothing from there counts.",
			p.many(c.Refused, "bestand is", "bestanden zijn", "file was", "files were"))
	}
}

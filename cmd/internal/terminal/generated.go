package terminal

import "github.com/pxq-nl/pxq/cmd/internal/synthetic"

// Generated writes what a synthetic month holds.
func (p *Printer) Generated(made *synthetic.Summary) {
	p.Line("%s zorgregels van %s cliënten bij %s aanbieders, %s toewijzingen, in %s bestanden.",
		"%s care records of %s clients at %s providers, %s referrals, in %s files.", p.count(made.Records), p.count(made.Clients),
		p.count(made.Providers), p.count(made.Referrals), p.count(len(made.Files)))
}

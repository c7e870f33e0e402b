package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web"
	"github.com/pxq-nl/pxq/cmd/internal/web/admin"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// listenHere is the default address of the pages.
const listenHere = site.ListenHere

func (a *app) serveCommand() *cobra.Command {
	listen := listenHere
	command := a.command(words{
		use: same("serve"), short: both("de pagina's, voor wie geen opdrachten geeft", "serves the web pages"),
		long: both("Bedient de pagina's voor aanbieders, controllers, gemeenten, de regio en beheerders, tot het onderbroken wordt. Zonder openbaar adres onder [web] in pxq.toml alleen op deze computer. Maak de eerste beheerder met ‘pxq account add’.",
			"Serves the web pages for providers, controllers, municipalities, the region and administrators, until interrupted. Without a public address under [web] in pxq.toml it serves this computer only. Create the first administrator with “pxq account add”."),
		ends: endsPlain,
	})
	command.Args = cobra.NoArgs
	command.RunE = func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), listen, nil) }
	command.Flags().StringVar(&listen, "listen", listenHere, a.text("luister op `ADRES` (standaard "+listenHere+")", "listen on `ADDRESS` (default "+listenHere+")"))
	return command
}

// serve serves the pages of the workspace until ctx ends. today returns the as-of date; nil means that of --as-of, or else the
// clock.
func (a *app) serve(ctx context.Context, listen string, today func() billing.Date) error {
	if a.asOf != "" && today == nil {
		day := a.day
		today = func() billing.Date { return day }
	}
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return cannotListen(listen, err)
	}
	defer listener.Close()
	server, err := web.New(ctx, web.Options{
		Path: a.workspace, Database: a.databaseAddress(), Language: a.lang, Listen: listener.Addr().String(), Today: today, Log: a.err,
	})
	if err != nil {
		return err
	}
	if !a.quiet {
		scheme := "http"
		if server.Web.Certificate != "" {
			scheme = "https"
		}
		local := fmt.Sprintf("%s://%s", scheme, listener.Addr())
		ready := a.text("De pagina's staan klaar. Open in uw browser:", "The pages are ready. Open in your browser:")
		if server.Web.Address == "" {
			fmt.Fprintf(a.out, "%s %s/\n", ready, local)
		} else {
			fmt.Fprintf(a.out, "%s %s/ (%s %s)\n", ready, server.Web.Address, a.text("pxq luistert op", "pxq listens on"), local)
		}
	}
	err = server.Serve(ctx, listener)
	return errors.Join(err, server.Close())
}

// cannotListen returns an error that explains why err occurred on listening on an address. A malformed address is wrong usage.
func cannotListen(listen string, err error) error {
	because := func(dutch, english string) error {
		return &declined{billing.Texts(dutch, english, listen)}
	}
	_, isWritten := errors.AsType[*net.AddrError](err)
	_, port, _ := net.SplitHostPort(listen)
	_, noPort := net.LookupPort("tcp", port)
	_, isName := errors.AsType[*net.DNSError](err)
	switch {
	case isWritten || noPort != nil:
		return usage("‘%s’ is geen adres met een poort. Schrijf bijvoorbeeld --listen 127.0.0.1:8081.", "“%s” is not an address with a port. Write, for example, --listen 127.0.0.1:8081.", listen)
	case errors.Is(err, syscall.EADDRINUSE):
		return because("Op %s luistert al een ander programma. Stop dat, of kies een andere poort, zoals --listen 127.0.0.1:8081.",
			"Another program is already listening on %s. Stop it, or choose another port, like --listen 127.0.0.1:8081.")
	case errors.Is(err, fs.ErrPermission):
		return because("Deze gebruiker mag niet op %s luisteren. Kies een poort van 1024 of hoger, zoals --listen 127.0.0.1:8081, of geef hem dat recht.",
			"This user may not listen on %s. Choose port 1024 or higher, like --listen 127.0.0.1:8081, or grant the user that right.")
	case errors.Is(err, syscall.EADDRNOTAVAIL) || isName:
		return because("Op %s kan niet geluisterd worden: dat adres is niet van deze computer. Kies er een dat dat is, zoals --listen 127.0.0.1:8081.",
			"Cannot listen on %s: that is not an address of this computer. Choose one that is, like --listen 127.0.0.1:8081.")
	}
	return because("Op %s kan niet geluisterd worden. Kies een ander adres, zoals --listen 127.0.0.1:8081.",
		"Cannot listen on %s. Choose another address, like --listen 127.0.0.1:8081.")
}

func (a *app) accountCommand() *cobra.Command {
	role, codes, shown := "beheerder", "", ""
	command := a.command(words{
		use: both("account add NAAM --role ROL", "account add NAME --role ROLE"), short: both("maakt een account voor de pagina's", "creates an account for the pages"),
		long: both("Maakt een account voor de pagina's en toont de link waarmee het begint: die werkt één keer, 24 uur lang. Bestaat het account al, dan komt er een nieuwe link, en een nieuw begin met wachtwoord en tweede factor.",
			"Creates an account for the pages and prints the link to sign up with, which works once, within 24 hours. An existing account gets a new link, with which its password and second factor are set again."),
		ends: endsPlain,
	})
	command.Args = cobra.ExactArgs(2)
	command.RunE = func(cmd *cobra.Command, args []string) error {
		if args[0] != "add" {
			return usage("schrijf ‘pxq account add NAAM’.", "write “pxq account add NAME”.")
		}
		return a.addAccount(cmd.Context(), args[1], shown, role, codes)
	}
	command.Flags().StringVar(&role, "role", role, a.text("de `ROL`: aanbieder, controller, gemeente, regio of beheerder (standaard)", "the `ROLE`: aanbieder, controller, gemeente, regio or beheerder (default)"))
	command.Flags().StringVar(&codes, "codes", "", a.text("AGB- of CBS-`CODES` van een aanbieder of gemeente, met komma's", "AGB or CBS `CODES` of a provider or municipality, separated by commas"))
	command.Flags().StringVar(&shown, "shown", "", a.text("de `NAAM` voor anderen", "the `NAME` for others"))
	return command
}

func (a *app) addAccount(ctx context.Context, name, shown, role, codes string) error {
	link, guessed := "", false
	err := a.in(ctx, creating, func(w *workspace.Workspace) error { // a folder that is no workspace is refused
		store, err := webstore.Open(ctx, w.DatabaseAddress(a.databaseAddress()))
		if err != nil {
			return err
		}
		defer store.Close()
		guessed = w.Settings.Web.Address == ""
		if link, err = admin.AddAccount(ctx, store, &w.Folder, name, shown, role, codes); err != nil {
			return err
		}
		return w.Audit(ctx, "account: "+name)
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out, link)
	if guessed && !a.quiet {
		fmt.Fprintf(a.err, a.text("Bedient ‘pxq serve’ de pagina's elders dan op %s (--listen)? Zet dat adres er dan voor in de plaats.\n",
			"If “pxq serve” serves the pages at another address than %s (--listen), use that address instead.\n"), listenHere)
	}
	return nil
}

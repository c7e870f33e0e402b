package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/pxq/terminal"
)

// The exit statuses, as every help text names them.
const (
	done    = 0 // also when records are held or rejected: those are not errors
	failed  = 1 // nothing changed except files that were taken in before the failure
	misused = 2 // wrong usage
	refused = 3 // done, but one or more files were refused whole
)

// app is one call of the command: its input and output, and the flags that all subcommands share.
type app struct {
	stdin      *os.File
	out, err   io.Writer
	workspace  string
	database   string
	asOf       string
	lang       string
	json       bool
	quiet      bool
	profile    string       // the file for a CPU profile of this call; "" for none
	profiled   func() error // ends the CPU profile; nil when there is none
	status     int
	day        billing.Date   // the as-of date: the flag, or else today
	language   string         // of this call: the flag, or else that of the settings once they are read
	page       io.WriteCloser // wraps lines to the width of the screen, and writes to out
	chosen     bool           // the workspace was given with --workspace
	args       []string
	doing      string              // the command and the names of its flags, without values
	changes    bool                // the command changes something, so that the audit trail records it even when it is refused
	printsOnly bool                // the command only prints
	written    *terminal.ErrWriter // standard output with its first error, when it is no terminal
}

// run runs the command and returns its exit status.
func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	a := newApp(args, out, errOut)
	return a.end(a.safely(func() error { return a.execute(ctx) }))
}

func newApp(args []string, out, errOut io.Writer) *app {
	a := &app{stdin: os.Stdin, out: out, err: errOut, language: languageOf(args), args: args, written: &terminal.ErrWriter{Writer: out}}
	width := terminal.ScreenOf(out).Width
	if width == 0 { // writing may fail only if this is no terminal; a terminal stays an *os.File, so that ScreenOf finds its width
		a.out = a.written
	}
	a.page = terminal.Wrap(a.out, width)
	return a
}

// end prints an error, if there is one, and returns the exit status. When not all output could be written, a command that only
// prints has failed; any other command has done its work and only warns.
func (a *app) end(err error) int {
	lost := a.written.Err
	switch {
	case err != nil:
		return a.explain(err)
	case lost != nil && a.printsOnly:
		return a.explain(lost)
	case lost != nil:
		a.complain(a.text("de opdracht is gedaan, maar wat zij liet zien kon niet geheel worden weggeschreven. Controleer waar de uitvoer heen ging en de vrije ruimte daar.",
			"the command has finished, but not all of its output could be written. Check where the output went to and the free space there."))
	}
	return a.status
}

func (a *app) execute(ctx context.Context) error {
	root := a.root()
	root.SetArgs(a.args)
	err := root.ExecuteContext(ctx)
	if a.profiled != nil {
		err = errors.Join(err, a.profiled())
	}
	if err != nil && ctx.Err() != nil && !hasText(err) {
		err = fmt.Errorf("%w: %w", ctx.Err(), err) // the interruption is the cause, whatever error it led to
	}
	if problem := a.page.Close(); err == nil {
		err = problem
	}
	return err
}

// changing names the commands that the audit trail records even when they are refused.
var changing = []string{"import", "run", "decide", "close", "withdraw", "forget", "report", "demo", "account"}

// printing names the commands that only print.
var printing = []string{"status", "check", "export", "rules", "verify", "audit", "explain", "answer", "diff", "version"}

func (a *app) root() *cobra.Command {
	root := a.command(words{
		use: same("pxq"), short: both("berekent de P*Q-declaratie van een regio", "computes a region's P*Q declaration"),
		long: both("pxq leest aanleveringen en toewijzingen, toetst elke zorgregel, berekent de declaratie tot op de cent en schrijft werkboeken per gemeente, voor de regio, voor controllers en per aanbieder.\n\n"+
			"  pxq demo                                   probeer het met een verzonnen maand\n"+
			"  pxq init MAP                               maak een werkmap\n"+
			"  pxq run --workspace MAP --period 2026-10   de hele maandelijkse batch",
			"pxq reads submissions and referrals, checks every record against the rules, computes the declaration to the cent and writes workbooks for each municipality, the region, controllers and each provider.\n\n"+
				"  pxq demo                                      try it on a synthetic month\n"+
				"  pxq init FOLDER                               create a workspace\n"+
				"  pxq run --workspace FOLDER --period 2026-10   the whole monthly batch"),
		ends: endsTaking,
	})
	root.SilenceUsage, root.SilenceErrors = true, true
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		a.doing = doing(cmd)
		a.chosen = cmd.Flags().Changed("workspace")
		a.changes, a.printsOnly = slices.Contains(changing, cmd.Name()), slices.Contains(printing, cmd.Name())
		if err := a.checkFlags(); err != nil {
			return err
		}
		return a.startProfile()
	}
	root.Args = cobra.ArbitraryArgs
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return unknownCommand(cmd, args[0])
		}
		return cmd.Help()
	}
	flags := root.PersistentFlags()
	flags.StringVar(&a.workspace, "workspace", ".", a.text("de werkmap: `MAP` (standaard de map waarin u staat)", "the workspace `FOLDER` (default: the current one)"))
	flags.StringVar(&a.database, "database", "", a.text("de database, als `ADRES`: sqlite:BESTAND of postgres://… (ook met PXQ_DATABASE)", "the `ADDRESS` of the database: sqlite:FILE or postgres://… (or set PXQ_DATABASE)"))
	flags.StringVar(&a.asOf, "as-of", "", a.text("de `DAG` waarop dit geldt, zoals 2026-11-05 (standaard vandaag)", "the reference `DAY`, like 2026-11-05 (default: today)"))
	flags.StringVar(&a.lang, "lang", "", a.text("de `TAAL` van teksten: nl of en", "the `LANGUAGE` of texts: nl or en"))
	flags.BoolVar(&a.json, "json", false, a.text("de uitkomst als JSON op standaarduitvoer", "the result as JSON on standard output"))
	flags.BoolVar(&a.quiet, "quiet", false, a.text("geen voortgang", "show no progress"))
	flags.StringVar(&a.profile, "cpuprofile", "", "") // hidden: for developers of pxq
	flags.Lookup("cpuprofile").Hidden = true
	flags.BoolP("help", "h", false, a.text("deze uitleg", "show this help"))
	root.SetHelpFunc(a.help)
	root.SetHelpCommand(a.helpCommand())
	root.SetFlagErrorFunc(wrongFlag)
	root.SuggestionsMinimumDistance = 2
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand( // in the order of a month's work
		a.initCommand(), a.templateCommand(), a.demoCommand(), a.generateCommand(), a.importCommand(), a.runCommand(), a.decideCommand(), a.closeCommand(),
		a.reportCommand(), a.statusCommand(), a.checkCommand(), a.exportCommand(), a.rulesCommand(), a.backupCommand(), a.verifyCommand(), a.auditCommand(), a.explainCommand(), a.answerCommand(),
		a.withdrawCommand(), a.forgetCommand(), a.diffCommand(), a.serveCommand(), a.accountCommand(), a.versionCommand(),
	)
	explainArguments(root)
	return root
}

// explainArguments makes every command report wrong arguments with an explanation in the language of this call.
func explainArguments(root *cobra.Command) {
	for _, command := range root.Commands() {
		args := command.Args
		command.Args = func(cmd *cobra.Command, given []string) error {
			if args == nil {
				return nil
			}
			if err := args(cmd, given); err != nil {
				return wrongArguments(cmd, given, err)
			}
			return nil
		}
	}
}

// text returns the text in the language of this call.
func (a *app) text(dutch, english string) string {
	if a.language == "en" {
		return english
	}
	return dutch
}

func (a *app) checkFlags() error {
	switch a.lang {
	case "":
		_, _ = a.folder() // sets the language; a command that needs the settings reports why they cannot be read
	case "nl", "en":
		a.language = a.lang
	default:
		return usage("--lang is nl of en, niet ‘%s’.", "--lang must be nl or en, not “%s”.", a.lang)
	}
	a.day = billing.DateOf(time.Now())
	if a.asOf == "" {
		return nil
	}
	day, err := billing.ParseDate(a.asOf)
	if err != nil || !billing.IsMeant(day.Period().Year()) {
		return usage("--as-of is een dag als 2026-11-05, niet ‘%s’.", "--as-of must be a day like 2026-11-05, not “%s”.", a.asOf)
	}
	a.day = day
	return nil
}

// parsePeriod parses the value of the flag --period.
func parsePeriod(text string) (billing.Period, error) {
	if text == "" {
		return 0, usage("geef de maand: --period 2026-10.", "give the month: --period 2026-10.")
	}
	period, err := billing.ParsePeriod(text)
	if err != nil {
		return 0, usage("--period is een maand als 2026-10, niet ‘%s’.", "--period must be a month like 2026-10, not “%s”.", text)
	}
	return period, nil
}

// folder reads the settings of the workspace, and sets the language of this call.
func (a *app) folder() (*workspace.Folder, error) {
	folder, err := workspace.Read(a.workspace, a.lang)
	if err != nil {
		return nil, err
	}
	a.language = folder.Language
	return folder, nil
}

// Values of the parameter create of in: whether the database is created when it does not exist.
const (
	existing = false
	creating = true
)

// looking is like in, without the checks that the database is the right one, for commands that find that out themselves.
func (a *app) looking(ctx context.Context, work func(*workspace.Workspace) error) error {
	return a.inside(ctx, workspace.Options{AnyHead: true}, work)
}

// in opens the workspace, calls work with it, and closes it.
func (a *app) in(ctx context.Context, create bool, work func(*workspace.Workspace) error) error {
	return a.inside(ctx, workspace.Options{Create: create}, work)
}

// inside is in with options. It also records a failure of work in the audit trail, and prints the notes of the workspace.
func (a *app) inside(ctx context.Context, options workspace.Options, work func(*workspace.Workspace) error) error {
	folder, err := a.folder()
	if err != nil {
		return err
	}
	options.Database, options.Act = a.databaseAddress(), a.act()
	w, err := folder.Open(ctx, options)
	if err != nil {
		return err
	}
	err = a.safely(func() error { return work(w) })
	if err != nil && a.changes {
		err = errors.Join(err, w.Fail(ctx, a.asText(err)))
	} else if a.status == refused {
		w.AddRemark("een of meer bestanden zijn in hun geheel geweigerd")
	}
	if who := w.Interrupted(); who != "" {
		a.complain(a.text(
			"een eerdere opdracht ("+who+") is halverwege gestopt. De gegevens staan zoals voor of na een hele stap; pxq gaat verder.",
			"an earlier command ("+who+") was stopped halfway. The data are as they were before or after a complete step; pxq continues."))
	}
	for _, note := range w.Notes() {
		a.complain(note.In(a.language))
	}
	return errors.Join(err, w.Close())
}

// databaseAddress returns the address of the database from the flag or the environment; "" means that of the settings.
func (a *app) databaseAddress() string { return cmp.Or(a.database, os.Getenv("PXQ_DATABASE")) }

// countRefused sets the exit status when files were refused whole.
func (a *app) countRefused(imported *workspace.Imported) {
	if imported.Refused() > 0 {
		a.status = refused
	}
}

// printer returns a printer of results, which takes the names of providers and municipalities from book; nil for none.
func (a *app) printer(book *billing.Book) *terminal.Printer {
	out, screen := io.Writer(a.page), terminal.ScreenOf(a.out)
	if a.json {
		out = a.out // without wrapping
	}
	return &terminal.Printer{Out: out, Language: a.language, JSON: a.json, Colour: screen.Colour, Book: book}
}

// progress returns a display of progress on standard error; nothing is shown with --quiet.
func (a *app) progress() *terminal.Progress {
	if a.quiet {
		return terminal.NewProgress(io.Discard, a.language)
	}
	return terminal.NewProgress(a.err, a.language)
}

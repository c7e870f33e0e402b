// Command pxq checks youth-care records against referrals and contracts, computes the P*Q declaration of a
// region to the cent, and writes the workbooks of a month.
//
// Each subcommand has its own file, such as run.go; what they share is in app.go. They parse flags, call package
// workspace, which does the work, and print the result with package terminal. Texts are in Dutch and English.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"os/user"
	"regexp"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/defect"
	"github.com/pxq-nl/pxq/cmd/internal/limits"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/pxq/terminal"
)

func main() {
	limits.KeepRoom()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// act returns who gives this command, for the audit trail.
func (a *app) act() workspace.Act {
	who := os.Getenv("USER")
	if current, err := user.Current(); err == nil {
		who = current.Username
	}
	host, _ := os.Hostname()
	return workspace.Act{Who: who + "@" + host, Command: commandLine(a.args), ByClock: a.asOf == ""}
}

// commandLine returns the command as it was given, quoted for a shell, without a database address that may hold a password.
func commandLine(args []string) string {
	shown := []string{"pxq"}
	for i, arg := range args {
		flag, value, joined := strings.Cut(arg, "=")
		switch {
		case joined && flag == "--database" && !strings.HasPrefix(value, "sqlite:"):
			arg = flag + "=…"
		case i > 0 && args[i-1] == "--database" && !strings.HasPrefix(arg, "sqlite:"):
			arg = "…"
		case strings.ContainsAny(arg, " \t\n'\"") || arg == "":
			arg = "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
		}
		shown = append(shown, arg)
	}
	return strings.Join(shown, " ")
}

// noted records in the audit trail a command that needs no database, if the workspace has one.
func (a *app) noted(ctx context.Context, remark string) {
	folder, err := workspace.Read(a.workspace, a.lang)
	if err != nil || !folder.IsWorkspace {
		return
	}
	w, err := folder.Open(ctx, workspace.Options{Database: a.databaseAddress(), Act: a.act(), AnyHead: true})
	if err != nil {
		return // there is no database yet, or the next command that needs it reports its fault
	}
	_ = errors.Join(w.TryAudit(ctx, remark), w.Close()) // the command has done its work all the same
}

// doing returns a command and the names of its flags, without their values, which may be personal data.
func doing(command *cobra.Command) string {
	text := command.CommandPath()
	command.Flags().Visit(func(flag *pflag.Flag) { text += " --" + flag.Name })
	return text
}

// asText returns the text of an error for the audit trail.
func (a *app) asText(err error) billing.Text {
	if told, ok := errors.AsType[refusal](err); ok {
		return both(told.In("nl"), told.In("en"))
	}
	if usage, ok := errors.AsType[usageError](err); ok {
		return usage.text
	}
	if errors.Is(err, context.Canceled) {
		return both("afgebroken", "interrupted")
	}
	return both("mislukt", "failed")
}

// safely calls work and returns its error. A panic becomes a *defect.Defect, whose file is written into the workspace if there
// is one.
func (a *app) safely(work func() error) error {
	return defect.Safely(work, func() defect.Keeper {
		keeper := defect.Keeper{Program: strings.TrimSpace(workspace.Program() + " " + workspace.Commit()), Doing: a.doing}
		if folder, err := workspace.Read(a.workspace, ""); err == nil && folder.IsWorkspace {
			keeper.Folders = []string{a.workspace}
		}
		return keeper
	})
}

// refusal is an error with a text for the user.
type refusal interface {
	error
	In(language string) string
}

// hasText reports whether an error has a text for the user.
func hasText(err error) bool {
	_, told := errors.AsType[refusal](err)
	_, misused := errors.AsType[usageError](err)
	return told || misused
}

// explain prints an error for the user and returns its exit status.
func (a *app) explain(err error) int {
	status := failed
	text := ""
	if usage, ok := errors.AsType[usageError](err); ok {
		status, text = misused, usage.text.In(a.language)+"\n"+a.text("Zie ‘pxq help’ voor het gebruik.", "See “pxq help” for usage.")
	} else if errors.Is(err, context.Canceled) {
		text = a.text("afgebroken; wat nog bezig was is niet bewaard. Start de opdracht opnieuw om verder te gaan.",
			"interrupted; work in progress was not saved. Run the command again to continue.")
	} else if refusal, ok := errors.AsType[refusal](err); ok {
		text = refusal.In(a.language)
		if cause, found := limits.Cause(err); found {
			text += "\n" + a.text("Mogelijke oorzaak: ", "Possible cause: ") + cause.In(a.language)
		}
	} else if cause, found := limits.Cause(err); found {
		text = cause.In(a.language)
	} else if workspace.IsDiskFull(err) {
		text = a.text("de schijf is vol. Er is niets gewijzigd behalve bestanden die al waren ingelezen. Maak ruimte vrij en probeer het opnieuw.",
			"the disk is full. Nothing changed except files already imported. Free some space and try again.")
	} else {
		text = a.text("er ging iets mis dat pxq niet kan duiden; er is niets gewijzigd behalve bestanden die al waren ingelezen. Meld dit met deze melding",
			"something went wrong that pxq cannot explain; nothing changed except files already imported. Report it with this message") + " (" + err.Error() + ")"
	}
	a.complain(text)
	return status
}

// withoutClients masks every BSN in a text, even one that the user typed. Digits in the hash of a close or file are left alone.
func withoutClients(text string) string {
	var shown strings.Builder
	for len(text) > 0 {
		at := aWholeHash.FindStringIndex(text)
		if at == nil {
			at = []int{len(text), len(text)}
		}
		shown.WriteString(bsn.MaskLine(text[:at[0]]) + text[at[0]:at[1]])
		text = text[at[1]:]
	}
	return shown.String()
}

var aWholeHash = regexp.MustCompile(`\b[0-9a-f]{64}\b`)

// complain prints a message for the user on standard error.
func (a *app) complain(text string) {
	page := terminal.Wrap(a.err, terminal.ScreenOf(a.err).Width)
	defer page.Close()
	fmt.Fprintf(page, "pxq: %s\n", withoutClients(text))
}

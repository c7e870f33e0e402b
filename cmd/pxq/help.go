package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/pxq/terminal"
)

// words are the texts of a command.
type words struct {
	use, short, long billing.Text
	ends             []int // exit statuses of the command
}

// both returns a text in two languages.
func both(dutch, english string) billing.Text { return billing.Text{Dutch: dutch, English: english} }

// same returns a text that is the same in both languages.
func same(text string) billing.Text { return both(text, text) }

// statusTexts explain the exit statuses.
var statusTexts = map[int]billing.Text{
	done:    both("0 gedaan; wat in uitval is of is afgewezen is geen fout", "0 done (held and rejected records are not errors)"),
	failed:  both("1 mislukt of geweigerd: niets gewijzigd behalve bestanden die al waren ingelezen", "1 failed or refused: nothing changed except files already imported"),
	misused: both("2 verkeerd gebruik", "2 wrong usage"),
	refused: both("3 gedaan, maar een of meer bestanden zijn in hun geheel geweigerd", "3 done, but one or more files were refused whole"),
}

// The exit statuses of commands: those that take in no files, and those that do.
var (
	endsPlain  = []int{done, failed, misused}
	endsTaking = []int{done, failed, misused, refused}
)

// command returns a command with its texts in the language of this call.
func (a *app) command(w words) *cobra.Command {
	return &cobra.Command{Use: w.use.In(a.language), Short: w.short.In(a.language), Long: w.long.In(a.language) + "\n\n" + a.statuses(w.ends)}
}

// statuses returns an explanation of exit statuses.
func (a *app) statuses(ends []int) string {
	var parts []string
	for _, status := range ends {
		parts = append(parts, statusTexts[status].In(a.language))
	}
	return a.text("Exitstatus: ", "Exit status: ") + strings.Join(parts, "; ") + "."
}

// helpCommand returns ‘pxq help’, in place of cobra's, which has English texts only.
func (a *app) helpCommand() *cobra.Command {
	command := a.command(words{
		use: both("help [OPDRACHT]", "help [COMMAND]"), short: both("uitleg van pxq of van een opdracht", "explains pxq or one of its commands"),
		long: both("Legt uit wat pxq kan, of hoe één opdracht werkt.", "Explains what pxq can do, or how one command works."), ends: []int{done, misused},
	})
	command.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return cmd.Root().Help()
		}
		wanted, _, err := cmd.Root().Find(args)
		if err != nil || !wanted.HasParent() {
			return unknownCommand(cmd.Root(), args[0])
		}
		return wanted.Help()
	}
	return command
}

// groups are the commands as listed in the overview.
var groups = []struct {
	title    billing.Text
	commands []string
}{
	{both("Beginnen", "Getting started"), []string{"init", "demo", "template", "generate"}},
	{both("De pagina's", "The pages"), []string{"serve", "account"}},
	{both("De maand", "The month"), []string{"run", "import", "decide", "withdraw", "forget", "close", "report"}},
	{both("Nakijken", "Looking into it"), []string{"status", "explain", "diff", "check", "export", "answer", "rules"}},
	{both("Beheer", "Maintenance"), []string{"verify", "audit", "backup", "version", "help"}},
}

// helpWidth is the width of help texts, in columns, when that of the screen is unknown or over 100.
const helpWidth = 80

// help prints the help of a command.
func (a *app) help(command *cobra.Command, _ []string) {
	width := terminal.ScreenOf(a.out).Width
	if width == 0 || width > 100 {
		width = helpWidth
	}
	page := terminal.Wrap(a.out, width)
	defer page.Close()
	fmt.Fprintf(page, "%s\n\n", command.Long)
	fmt.Fprintf(page, "%s\n  pxq %s\n", a.text("Gebruik:", "Usage:"), a.usageLine(command))
	if !command.HasParent() {
		a.listCommands(page, command)
	}
	if own := command.LocalNonPersistentFlags(); own.HasAvailableFlags() {
		fmt.Fprintf(page, "\n%s\n", a.text("Opties:", "Flags:"))
		listFlags(page, own)
	}
	fmt.Fprintf(page, "\n%s\n", a.text("Opties van elke opdracht:", "Flags of every command:"))
	listFlags(page, command.Root().PersistentFlags())
	if !command.HasParent() {
		fmt.Fprintf(page, "\n%s\n", a.text("‘pxq help OPDRACHT’ legt een opdracht uit.", "“pxq help COMMAND” explains a command."))
	}
}

func (a *app) usageLine(command *cobra.Command) string {
	if !command.HasParent() {
		return a.text("OPDRACHT [opties]", "COMMAND [flags]")
	}
	return command.Use + a.text(" [opties]", " [flags]")
}

func (a *app) listCommands(page io.Writer, root *cobra.Command) {
	for _, group := range groups {
		fmt.Fprintf(page, "\n%s\n", group.title.In(a.language))
		for _, name := range group.commands {
			if i := slices.IndexFunc(root.Commands(), func(c *cobra.Command) bool { return c.Name() == name }); i >= 0 {
				terminal.Item(page, name, 12, root.Commands()[i].Short)
			}
		}
	}
}

// listFlags prints flags with the names of their values, which are in backquotes in their usage texts.
func listFlags(page io.Writer, flags *pflag.FlagSet) {
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(flag)
		if flag.Value.Type() == "bool" {
			value = ""
		}
		terminal.Item(page, strings.TrimSpace("--"+flag.Name+" "+value), 22, usage)
	})
}

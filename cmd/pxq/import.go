package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/pxq/terminal"
)

func (a *app) importCommand() *cobra.Command {
	command := a.command(words{
		use: both("import BESTAND...", "import FILE..."), short: both("neemt bestanden in, van elke soort", "imports files of any kind"),
		long: both("Neemt aanleveringen, toewijzingen en besluiten in, in de volgorde van de opdrachtregel: een later bestand vervangt wat een eerder bestand onder hetzelfde regelnummer gaf. De soort wordt aan de inhoud herkend.",
			"Imports submissions, referrals and decisions in the order of the command line: a later file replaces what an earlier one said under the same reference. The kind of a file is recognised by its content."),
		ends: endsTaking,
	})
	command.Args = cobra.MinimumNArgs(1)
	command.RunE = func(cmd *cobra.Command, args []string) error {
		return a.takeIn(cmd.Context(), args, (*workspace.Workspace).Import, (*terminal.Printer).Imported)
	}
	return command
}

// takingIn is a way of taking in files.
type takingIn func(*workspace.Workspace, context.Context, []string, billing.Date, workspace.Progress) (*workspace.Imported, error)

// takeIn takes in files and shows the result.
func (a *app) takeIn(ctx context.Context, files []string, by takingIn, show func(*terminal.Printer, *workspace.Imported) error) error {
	return a.in(ctx, creating, func(w *workspace.Workspace) error {
		progress := a.progress()
		imported, err := by(w, ctx, matched(files), a.day, progress.Show)
		progress.End()
		if err != nil {
			return a.failedAfter(imported, err)
		}
		a.countRefused(imported)
		return show(a.printer(nil), imported)
	})
}

// failedAfter prints, for files that were taken in before a command failed with err, what no later command reports. It returns
// err, joined with an error from printing. imported may be nil.
func (a *app) failedAfter(imported *workspace.Imported, err error) error {
	if imported == nil {
		return err
	}
	if unwritten := a.printer(nil).CameIn(imported); unwritten != nil {
		return errors.Join(err, unwritten)
	}
	return err
}

// matched expands patterns such as *.xlsx, which the shells of Windows do not, into the names of files in order. A name of an
// existing file, and a pattern that matches none, stays as it is.
func matched(names []string) []string {
	var files []string
	for _, name := range names {
		if _, err := os.Lstat(name); err != nil && strings.ContainsAny(name, "*?") {
			if found, err := filepath.Glob(name); err == nil && len(found) > 0 {
				files = append(files, found...)
				continue
			}
		}
		files = append(files, name)
	}
	return files
}

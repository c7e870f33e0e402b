package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) importCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "import BESTAND...",
		Short: "Neemt bestanden in, van elke soort / takes in files of any kind",
		Long: `Neemt aanleveringen, toewijzingen en besluiten in, in de volgorde van de opdrachtregel: een later bestand
vervangt wat een eerder bestand onder hetzelfde regelnummer gaf. De soort wordt aan de inhoud herkend.

Takes in submissions, referrals and decisions, in the order of the command line.
Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but a file was refused whole.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.takeIn(cmd.Context(), args, (*workspace.Workspace).Import)
		},
	}
}

// takingIn is a way of taking in files.
type takingIn func(*workspace.Workspace, context.Context, []string, billing.Date, workspace.Progress) (*workspace.Imported, error)

// takeIn takes in files, and shows what came in.
func (a *app) takeIn(ctx context.Context, files []string, by takingIn) error {
	return a.in(ctx, creating, func(w *workspace.Workspace) error {
		progress := a.progress()
		imported, err := by(w, ctx, files, a.day, progress.Tell)
		progress.End()
		if err != nil {
			return err
		}
		a.countRefused(imported)
		return a.printer(nil).Imported(imported)
	})
}

package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) answerCommand() *cobra.Command {
	out := ""
	command := &cobra.Command{
		Use:   "answer BERICHT.xml",
		Short: "Het antwoord (JW325) op een declaratiebericht / the answer to a declaration",
		Long: `Schrijft het antwoord (JW325) op een declaratie (JW323) die is ingelezen, zoals de run het gaf: het eerste antwoord
is definitief. Het bericht wordt herkend aan zijn inhoud.

Writes the answer (JW325) to a declaration (JW323) that was taken in, as a run gave it. The first answer is final.
Exit status: 0 done; 1 failed, or there is no answer (yet); 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.answer(cmd.Context(), args[0], out) },
	}
	command.Flags().StringVar(&out, "out", "", "bestand (standaard: standaarduitvoer) / file")
	return command
}

func (a *app) answer(ctx context.Context, path, out string) error {
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		if out != "" {
			return w.AnswerFile(ctx, path, out)
		}
		answer, err := w.Answer(ctx, path)
		if err != nil {
			return err
		}
		_, err = a.out.Write(answer)
		return err
	})
}

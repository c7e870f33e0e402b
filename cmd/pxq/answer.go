package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) answerCommand() *cobra.Command {
	out := ""
	command := a.command(words{
		use: both("answer BERICHT.xml", "answer MESSAGE.xml"), short: both("het antwoord (JW325) op een declaratiebericht", "writes the answer (JW325) to a declaration"),
		long: both("Schrijft het antwoord (JW325) op een declaratie (JW323) die is ingelezen, zoals een run het gaf: het eerste antwoord is definitief. Het bericht wordt herkend aan zijn inhoud. Is er nog geen antwoord, dan zegt pxq waarom.",
			"Writes the answer (JW325) that a run gave to an imported declaration (JW323): the first answer is final. The message is recognised by its content. If there is no answer yet, pxq says why."),
		ends: endsPlain,
	})
	command.Args = cobra.ExactArgs(1)
	command.RunE = func(cmd *cobra.Command, args []string) error { return a.answer(cmd.Context(), args[0], out) }
	command.Flags().StringVar(&out, "out", "", a.text("het `BESTAND` (standaard: standaarduitvoer)", "the `FILE` (default: standard output)"))
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

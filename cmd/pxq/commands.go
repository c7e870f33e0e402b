package main

import "github.com/spf13/cobra"

// commands gives the subcommands, in the order of a month's work.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.initCommand(), a.templateCommand(), a.demoCommand(), a.generateCommand(), a.importCommand(), a.runCommand(), a.decideCommand(), a.closeCommand(),
		a.reportCommand(), a.statusCommand(), a.checkCommand(), a.exportCommand(), a.rulesCommand(), a.backupCommand(), a.verifyCommand(), a.explainCommand(),
		a.withdrawCommand(), a.diffCommand(), a.versionCommand(),
	}
}

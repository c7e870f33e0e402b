package main

import "github.com/spf13/cobra"

// commands gives the subcommands, in the order of a month's work.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.importCommand(), a.runCommand(), a.closeCommand(), a.exportCommand(),
	}
}

package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing"
)

// usageError is the error of wrong usage, which has exit status 2.
type usageError struct{ text billing.Text }

func (e usageError) Error() string { return e.text.English }

// usage returns a usageError; both texts are formats of values.
func usage(dutch, english string, values ...any) error {
	return usageError{billing.Texts(dutch, english, values...)}
}

// languageOf returns the language that the arguments choose, even if they are wrong in other ways.
func languageOf(args []string) string {
	for i, arg := range args {
		if arg == "--lang=en" || arg == "--lang" && i+1 < len(args) && args[i+1] == "en" {
			return "en"
		}
	}
	return "nl"
}

// unknownCommand returns the error for an unknown command, with the most similar one.
func unknownCommand(root *cobra.Command, name string) error {
	near := root.SuggestionsFor(name)
	if len(near) == 0 {
		return usage("‘%s’ is geen opdracht van pxq.", "“%s” is not a command of pxq.", name)
	}
	return usage("‘%s’ is geen opdracht van pxq. Bedoelt u ‘pxq %s’?", "“%s” is not a command of pxq. Did you mean “pxq %s”?", name, near[0])
}

// wrongArguments returns the error for wrong arguments, with the arguments that the command expects.
func wrongArguments(command *cobra.Command, given []string, err error) error {
	if _, speaks := errors.AsType[usageError](err); speaks {
		return err
	}
	if len(given) == 0 {
		return usage("er ontbreekt iets. Schrijf: pxq %s", "something is missing. Write: pxq %s", command.Use)
	}
	return usage("‘%s’ past niet bij deze opdracht. Schrijf: pxq %s", "this command does not take “%s”. Write: pxq %s", strings.Join(given, " "), command.Use)
}

// wrongFlag returns the error for a flag that does not exist, lacks its value, or has one of the wrong kind.
func wrongFlag(command *cobra.Command, err error) error {
	if !command.HasParent() && command.Flags().NArg() > 0 {
		return unknownCommand(command, command.Flags().Arg(0)) // the flags are wrong because the command is unknown
	}
	text := err.Error()
	type named interface {
		error
		GetSpecifiedName() string
		GetSpecifiedShortnames() string
	}
	if flag, ok := errors.AsType[named](err); ok {
		name := "--" + flag.GetSpecifiedName()
		if flag.GetSpecifiedShortnames() != "" {
			name = name[1:]
		}
		if strings.Contains(text, "needs an argument") {
			return usage("achter %s ontbreekt de waarde.", "the value after %s is missing.", name)
		}
		return usage("de optie %s bestaat niet. ‘%s --help’ noemt de opties.", "there is no flag %s. “%s --help” names the flags.", name, command.CommandPath())
	}
	type valued interface {
		error
		GetValue() string
	}
	if flag, ok := errors.AsType[valued](err); ok {
		_, name, _ := strings.Cut(text, ` for "`)
		name, _, _ = strings.Cut(name, `"`)
		return usage("bij %s past ‘%s’ niet. ‘%s --help’ zegt wat er hoort.", "“%[2]s” is not valid for %[1]s. “%[3]s --help” says what is.",
			name, flag.GetValue(), command.CommandPath())
	}
	return usage("de opties zijn niet te lezen (%s).", "the flags cannot be read (%s).", text)
}

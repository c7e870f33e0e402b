package main

import (
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// The overview of ‘pxq help’ lists every command, and the help of each lists its exit statuses and the defaults of flags.
func TestHelpNamesAll(t *testing.T) {
	for language, words := range map[string]struct{ statuses, usually string }{"nl": {"Exitstatus: 0", "standaard"}, "en": {"Exit status: 0", "default"}} {
		overview := succeed(t, "help", "--lang", language)
		for _, command := range (&app{language: language}).root().Commands() {
			if !strings.Contains(overview, "\n  "+command.Name()+" ") {
				t.Errorf("the overview does not name %s", command.Name())
			}
			if said := succeed(t, "help", command.Name(), "--lang", language); !strings.Contains(said, words.statuses) {
				t.Errorf("%s: %s", command.Name(), said)
			}
			command.LocalNonPersistentFlags().VisitAll(func(flag *pflag.Flag) {
				if flag.DefValue != "" && flag.DefValue != "false" && !strings.Contains(flag.Usage, words.usually) {
					t.Errorf("%s --%s is %s when it is not given, and does not say so: %s", command.Name(), flag.Name, flag.DefValue, flag.Usage)
				}
			})
		}
	}
}

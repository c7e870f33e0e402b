// Command pxq checks youth-care records against referrals and contracts, computes the P*Q declaration of a
// region to the cent, and writes the workbooks of a month.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"os/user"
	"strings"
	"syscall"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// act tells the audit trail who gives this command.
func (a *app) act() workspace.Act {
	who := os.Getenv("USER")
	if current, err := user.Current(); err == nil {
		who = current.Username
	}
	host, _ := os.Hostname()
	return workspace.Act{Who: who + "@" + host, Command: commandLine(a.args), ByClock: a.asOf == ""}
}

// commandLine writes a command as it was given, without what may hold a password.
func commandLine(args []string) string {
	shown := []string{"pxq"}
	for i, arg := range args {
		flag, value, joined := strings.Cut(arg, "=")
		switch {
		case joined && flag == "--database" && !strings.HasPrefix(value, "sqlite:"), i > 0 && args[i-1] == "--database" && !strings.HasPrefix(arg, "sqlite:"):
			arg = strings.TrimSuffix(arg, value) + "…"
			if !joined || flag != "--database" {
				arg = "…"
			}
		case strings.ContainsAny(arg, " \t\n'\"") || arg == "":
			arg = "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
		}
		shown = append(shown, arg)
	}
	return strings.Join(shown, " ")
}

// asText returns an error as the audit trail tells of it.
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

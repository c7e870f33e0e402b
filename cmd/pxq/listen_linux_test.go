package main

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// When serve cannot listen on an address it says why; only a malformed address is wrong usage.
func TestCannotListen(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	folder := monthFolder(t, "small")
	for _, c := range []struct {
		listen string
		status int
		why    string
	}{
		{taken.Addr().String(), failed, "luistert al een ander programma"},
		{"192.0.2.1:8080", failed, "niet van deze computer"},
		{"geen.invalid:8080", failed, "niet van deze computer"},
		{"8080", misused, "geen adres met een poort"},
		{"127.0.0.1:99999", misused, "geen adres met een poort"},
		{"127.0.0.1:poort", misused, "geen adres met een poort"},
	} {
		status, _, said := call(t, "serve", "--listen", c.listen, "--workspace", folder)
		if status != c.status {
			t.Errorf("%s: status %d", c.listen, status)
		}
		saysAll(t, said, c.listen, c.why, "--listen 127.0.0.1:8081")
	}
	english := filepath.Join(t.TempDir(), "pxq")
	if err := errors.Join(os.Mkdir(english, 0o700), os.WriteFile(filepath.Join(english, "pxq.toml"), []byte("trial = true\nlanguage = \"en\"\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if status, _, said := call(t, "serve", "--listen", taken.Addr().String(), "--workspace", english); status != failed || !strings.Contains(said, "Another program is already listening") {
		t.Errorf("in an English workspace: %d %s", status, said)
	}
	if _, _, said := call(t, "run", "--period", "10-2026", "--workspace", english); !strings.Contains(said, "must be a month like") {
		t.Errorf("wrong usage in an English workspace: %s", said)
	}
	if _, _, said := call(t, "run", "--period", "10-2026", "--workspace", english, "--lang", "nl"); !strings.Contains(said, "is een maand als") {
		t.Errorf("Dutch was asked for in an English workspace: %s", said)
	}
	err = cannotListen("0.0.0.0:80", &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", syscall.EACCES)})
	if told, ok := errors.AsType[refusal](err); !ok {
		t.Error(err)
	} else {
		saysAll(t, told.In("nl"), "0.0.0.0:80", "mag niet", "1024")
	}
}

// The address that serve prints can be opened: behind a proxy that is the public one.
func TestServeTellsItsAddress(t *testing.T) {
	for settings, want := range map[string]string{
		"": "Open in uw browser: http://127.0.0.1:",
		"[web]\naddress = \"https://pxq.regio.example\"\n": "Open in uw browser: https://pxq.regio.example/ (pxq luistert op http://127.0.0.1:",
	} {
		folder := filepath.Join(t.TempDir(), "pxq")
		if err := errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(filepath.Join(folder, "pxq.toml"), []byte("trial = true\n"+settings), 0o600)); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		told := &untilLine{end: cancel}
		var errOut bytes.Buffer
		run(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--workspace", folder}, told, &errOut)
		if !strings.Contains(told.String(), want) {
			t.Errorf("%q: told %q, not %q\n%s", settings, told, want, &errOut)
		}
		cancel()
	}
}

// untilLine keeps what is written, and stops the writer at the end of a line.
type untilLine struct {
	bytes.Buffer
	end func()
}

func (u *untilLine) Write(text []byte) (int, error) {
	if bytes.HasSuffix(text, []byte("\n")) {
		defer u.end()
	}
	return u.Buffer.Write(text)
}

// saysAll checks that a text contains each of some texts, and no internal error messages.
func saysAll(t *testing.T, said string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		isClear(t, said, part)
	}
}

package main

import (
	"os"
	"runtime/pprof"
)

// startProfile starts a CPU profile of this call in the file given by --cpuprofile, for ‘go tool pprof’.
func (a *app) startProfile() error {
	if a.profile == "" {
		return nil
	}
	file, err := os.OpenFile(a.profile, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return usage("--cpuprofile: het bestand ‘%s’ kan niet worden geschreven.", "--cpuprofile: the file “%s” cannot be written.", a.profile)
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		file.Close()
		return err
	}
	a.profiled = func() error {
		pprof.StopCPUProfile()
		return file.Close()
	}
	return nil
}

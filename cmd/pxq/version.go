package main

import "runtime/debug"

// version is the released version of the program; builds between releases carry their commit too.
const version = "0.1.0"

// program names the program and its version, as runs and workbooks keep it.
func program() string { return "pxq " + version }

// commit gives the commit that this program was built from; "" when it is not known.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return setting.Value
		}
	}
	return ""
}

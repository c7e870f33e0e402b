package workspace

import "runtime/debug"

// Version is the released version of the program; builds between releases carry their commit too.
const Version = "0.1.0"

// Program names the program and its version, as runs and workbooks keep it.
func Program() string { return "pxq " + Version }

// Commit returns the commit that this program was built from; "" when it is not known.
func Commit() string {
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

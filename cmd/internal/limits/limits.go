// Package limits explains failures that come from the resource limits of the process: the number of files it may have open
// and the memory it may use. It knows only the limits that the system reports for this process. When memory is too small for
// the Go runtime to start, nothing can be reported. The package also decides how much memory pxq uses by itself, by tuning the
// garbage collector (collector.go).
package limits

import (
	"errors"
	"strings"
	"syscall"

	"github.com/pxq-nl/pxq/billing"
)

const (
	filesNeeded  = 64
	memoryNeeded = 2 << 30 // bytes of address space: the runtime reserves more than is ever used
)

// Cause returns a text about the limit of this process that explains err: the one that err reports, or else one that is lower
// than pxq needs. found is false when no limit explains it.
func Cause(err error) (cause billing.Text, found bool) {
	files, memory := allowed()
	switch {
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return fewFiles(files), true
	case errors.Is(err, syscall.ENOMEM), err != nil && strings.Contains(err.Error(), "out of memory"):
		return littleMemory, true
	case files < filesNeeded:
		return fewFiles(files), true
	case memory < memoryNeeded:
		return littleMemory, true
	}
	return billing.Text{}, false
}

var littleMemory = billing.Text{
	Dutch:   "dit proces mag te weinig geheugen gebruiken (ulimit -v, of de grens van een container). Geef pxq ten minste 2 GB adresruimte (ulimit -v 2097152) en geef de opdracht opnieuw; wat nog bezig was is niet bewaard.",
	English: "this process may use too little memory (ulimit -v, or the limit of a container). Give pxq at least 2 GB of address space (ulimit -v 2097152) and run the command again; work in progress was not saved.",
}

func fewFiles(limit uint64) billing.Text {
	if limit >= filesNeeded { // this process or the whole system has too many open
		return billing.Text{
			Dutch:   "er staan te veel bestanden tegelijk open, in dit proces of op deze computer. Sluit andere programma's of verhoog de grens (ulimit -n) en geef de opdracht opnieuw; wat nog bezig was is niet bewaard.",
			English: "too many files are open at once, in this process or on this computer. Close other programs or raise the limit (ulimit -n) and run the command again; work in progress was not saved.",
		}
	}
	return billing.Text{
		Dutch:   "dit proces mag te weinig bestanden tegelijk open hebben (ulimit -n); pxq heeft er 64 nodig. Doe bijvoorbeeld ‘ulimit -n 1024’ en geef de opdracht opnieuw; wat nog bezig was is niet bewaard.",
		English: "this process may have too few files open at once (ulimit -n); pxq needs 64. Do, for example, “ulimit -n 1024” and run the command again; work in progress was not saved.",
	}
}

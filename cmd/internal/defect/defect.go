// Package defect records a defect of the program – a panic – in a file that can be sent to its maintainers. The file says
// where the panic happened and holds nothing of the data that was being processed. Safely catches the panic, a Keeper writes
// the file, and a Defect is the error that the user is shown.
package defect

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/parallel"
)

// Defect is the error for a panic that was recorded. Its text is for the user, in Dutch and English.
type Defect struct {
	Number string // identifies the defect when it is reported; "" when no file could be written
	Path   string // of the file; "" when none could be written
	text   billing.Text
	cause  error
}

// Error returns the English text.
func (d *Defect) Error() string { return d.text.English }

// Unwrap returns the panic.
func (d *Defect) Unwrap() error { return d.cause }

// In returns the text in a language, nl or en.
func (d *Defect) In(language string) string { return d.text.In(language) }

// Keeper writes the files of defects.
type Keeper struct {
	Program string           // name and version of the program
	Doing   string           // the command and the names of its flags, without values
	Folders []string         // tried in this order, then the folder for temporary files
	Clock   func() time.Time // nil means time.Now
}

// Safely calls work and returns its error. A panic in work, or in a goroutine of package parallel that it waits for, is
// recorded by the Keeper that keeper returns and becomes a *Defect.
func Safely(work func() error, keeper func() Keeper) error {
	err := parallel.Safely(work)()
	found, is := errors.AsType[*parallel.Panic](err)
	if _, told := errors.AsType[*Defect](err); !is || told {
		return err
	}
	return keeper().Keep(found)
}

// Keep writes the file of a panic and returns its defect, also when no file could be written.
func (k Keeper) Keep(found *parallel.Panic) *Defect {
	now := time.Now
	if k.Clock != nil {
		now = k.Clock
	}
	defect := &Defect{Number: "000000", cause: found}
	for _, folder := range append(k.Folders, os.TempDir()) {
		number, path, err := write(folder, func(number string) string {
			return fmt.Sprintf("%s – %s\n%s, %s/%s, %s\n%s\n\n%s\n\n%s", k.Program, number, runtime.Version(), runtime.GOOS, runtime.GOARCH,
				now().UTC().Format(time.RFC3339), k.Doing, bsn.MaskLine(found.Error()), found.Stack)
		})
		if err == nil {
			defect.Number, defect.Path = number, path
			break
		}
	}
	defect.text = billing.Texts("Er is een fout in pxq zelf, nummer %s. Wat nog bezig was is niet bewaard; wat eerder af was wel. Stuur %s naar wie pxq onderhoudt: daarin staat waar het misging, en niets van uw gegevens.",
		"There is an error in pxq itself, number %s. Work in progress was not saved; what was finished before was. Send %s to whoever maintains pxq: it says where it went wrong, and contains none of your data.", defect.Number, defect.Path)
	if defect.Path == "" {
		defect.Number = ""
		defect.text = billing.Text{
			Dutch:   "Er is een fout in pxq zelf, en er kon geen bestand over worden geschreven. Wat nog bezig was is niet bewaard; wat eerder af was wel. Maak ruimte op de schijf en doe het nog eens. Gaat het dan weer mis, meld het dan: " + found.Where(),
			English: "There is an error in pxq itself, and no file could be written about it. Work in progress was not saved; what was finished before was. Free some space on the disk and try again. If it goes wrong again, report it: " + found.Where(),
		}
	}
	return defect
}

// numbers is how many different numbers there are. They have six digits, so that none can be mistaken for a BSN.
const numbers = 1_000_000

// write creates a file with a random number in an existing folder, readable for its owner only.
func write(folder string, content func(number string) string) (number, path string, err error) {
	for range 10 {
		random, err := rand.Int(rand.Reader, big.NewInt(numbers))
		if err != nil {
			return "", "", err
		}
		number := fmt.Sprintf("%06d", random)
		path := filepath.Join(folder, "pxq-fout-"+number+".txt")
		file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", "", err
		}
		_, err = file.WriteString(content(number))
		if err = errors.Join(err, file.Close()); err != nil {
			return "", "", errors.Join(err, os.Remove(path))
		}
		return number, path, nil
	}
	return "", "", fs.ErrExist
}

package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/scratch"
)

// FolderProblem explains to users why workbooks could not be put in their folder. The folder is as it was before.
type FolderProblem struct {
	text  billing.Text
	cause error
}

// Error returns the English text.
func (p *FolderProblem) Error() string { return p.text.English }

// Unwrap returns the cause.
func (p *FolderProblem) Unwrap() error { return p.cause }

// In returns the text in that language, nl or en.
func (p *FolderProblem) In(language string) string { return p.text.In(language) }

// keptPrefix starts the name of a workbook that somebody changed and that is kept: bewaard-1-uitval.xlsx.
const keptPrefix = "bewaard-"

// Replace replaces a period's folder as a whole by what write puts in the folder that it is given. A file of the old folder
// that is not as pxq wrote it, by the hashes in known, is kept next to the new ones; kept lists those that got another name.
// After any error the old folder is still there, unless it is the old folder itself that cannot be removed.
func Replace(folder string, known map[string]string, write func(dir string) ([]File, error)) (files []File, kept []string, err error) {
	parent := filepath.Dir(folder)
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return nil, nil, folderProblem(parent, err)
	}
	if err := recoverFolder(folder); err != nil {
		return nil, nil, folderProblem(folder, err)
	}
	fresh, err := scratch.Folder(parent)
	if err != nil {
		return nil, nil, folderProblem(parent, err)
	}
	defer os.RemoveAll(fresh)
	if files, err = write(fresh); err != nil {
		if isDisk(err) {
			return nil, nil, folderProblem(parent, err)
		}
		return nil, nil, err
	}
	if kept, err = keepChanged(folder, fresh, known); err != nil {
		return nil, nil, folderProblem(folder, err)
	}
	old := oldName(folder)
	if err := os.Rename(folder, old); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, nil, folderProblem(folder, err)
	}
	if err := os.Rename(fresh, folder); err != nil {
		return nil, nil, folderProblem(folder, errors.Join(err, recoverFolder(folder)))
	}
	if err := removeOld(old); err != nil {
		return nil, nil, folderProblem(old, err)
	}
	return files, kept, nil
}

// oldName returns the path of the old folder during the exchange.
func oldName(folder string) string {
	return filepath.Join(filepath.Dir(folder), "."+filepath.Base(folder)+".oud")
}

// removeOld removes the old folder. Somebody may have put a read-only folder in it: what cannot be removed at once is made
// writable first.
func removeOld(old string) error {
	if os.RemoveAll(old) == nil {
		return nil
	}
	writable := func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			return os.Chmod(path, 0o700)
		}
		return err
	}
	return errors.Join(filepath.WalkDir(old, writable), os.RemoveAll(old))
}

// recoverFolder cleans up after a process that was killed while it replaced the folder.
func recoverFolder(folder string) error {
	old := oldName(folder)
	if _, err := os.Stat(old); err == nil {
		if _, err := os.Stat(folder); errors.Is(err, os.ErrNotExist) {
			return os.Rename(old, folder)
		}
		return removeOld(old)
	}
	scratch.Sweep(filepath.Dir(folder))
	return nil
}

// keepChanged copies to the fresh folder what people changed in the old one or added to it, and returns the new names of
// what had to be renamed.
func keepChanged(folder, fresh string, known map[string]string) (kept []string, err error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		if strings.HasPrefix(entry.Name(), "~$") {
			continue
		}
		if !entry.Type().IsRegular() {
			name, err := keepOther(entry, folder, fresh)
			if err != nil {
				return nil, err
			}
			if name != "" && name != entry.Name() {
				kept = append(kept, name)
			}
			continue
		}
		hash, err := HashOf(path)
		if err != nil {
			return nil, err
		}
		if known[entry.Name()] == hash {
			continue // as pxq wrote it
		}
		if now, err := HashOf(filepath.Join(fresh, entry.Name())); err == nil && now == hash {
			continue // as pxq writes it now
		}
		name := entry.Name()
		if _, wrote := known[name]; wrote {
			name = freeName(folder, fresh, name)
			kept = append(kept, name)
		} else if _, err := os.Stat(filepath.Join(fresh, name)); err == nil {
			name = freeName(folder, fresh, name)
			kept = append(kept, name)
		}
		if err := copyFile(path, filepath.Join(fresh, name)); err != nil {
			return nil, err
		}
	}
	return kept, nil
}

// keepOther copies a folder or a symbolic link that somebody added to the old folder, and returns its name in the fresh one;
// "" for anything else.
func keepOther(entry fs.DirEntry, folder, fresh string) (string, error) {
	name, path := entry.Name(), filepath.Join(folder, entry.Name())
	if _, err := os.Lstat(filepath.Join(fresh, name)); err == nil {
		name = freeName(folder, fresh, name)
	}
	switch {
	case entry.IsDir():
		return name, os.CopyFS(filepath.Join(fresh, name), os.DirFS(path))
	case entry.Type()&fs.ModeSymlink != 0:
		target, err := os.Readlink(path)
		if err != nil {
			return "", err
		}
		return name, os.Symlink(target, filepath.Join(fresh, name))
	}
	return "", nil
}

// freeName returns bewaard-N-NAME with the first N that is in neither folder.
func freeName(folder, fresh, name string) string {
	for n := 1; ; n++ {
		free := fmt.Sprintf("%s%d-%s", keptPrefix, n, name)
		_, inOld := os.Stat(filepath.Join(folder, free))
		_, inNew := os.Stat(filepath.Join(fresh, free))
		if inOld != nil && inNew != nil {
			return free
		}
	}
}

// HashOf returns the SHA-256 of a file, hexadecimal.
func HashOf(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := sha256.New()
	_, err = io.Copy(hash, file)
	return hex.EncodeToString(hash.Sum(nil)), err
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Close())
}

// isDisk reports whether an error is about the disk and not about the content of workbooks.
func isDisk(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, os.ErrPermission) || errors.Is(err, syscall.EROFS)
}

func folderProblem(folder string, err error) error {
	problem := &FolderProblem{cause: err, text: billing.Texts("De werkboeken kunnen niet geschreven worden in %s. Controleer of de map beschrijfbaar is en geen bestand eruit vergrendeld is (open in Excel?). De oude werkboeken staan er nog.",
		"The workbooks cannot be written in %s. Check that the folder is writable and that none of its files is locked (open in Excel?). The old workbooks are still in place.", folder)}
	if errors.Is(err, syscall.ENOSPC) {
		problem.text = billing.Texts("De schijf is vol: de werkboeken passen niet in %s. Maak ruimte vrij en draai opnieuw. De oude werkboeken staan er nog.",
			"The disk is full: the workbooks do not fit in %s. Free some space and run again. The old workbooks are still in place.", folder)
	}
	return problem
}

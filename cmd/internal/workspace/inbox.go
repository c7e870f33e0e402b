package workspace

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// inboxes are the folders from which a run takes in files, in this order.
var inboxes = [...]string{"referrals", "submissions", "decisions"}

// inbox returns the files in the inboxes and their subfolders, one group for each folder, in byte order of their paths.
func (f *Folder) inbox() ([][]string, error) {
	var groups [][]string
	for _, name := range inboxes {
		files, err := filesIn(filepath.Join(f.Path, name))
		if err != nil {
			return nil, err
		}
		groups = append(groups, byFolder(files)...)
	}
	return groups, nil
}

// filesIn returns the files below a folder, in byte order of their paths; none when the folder does not exist.
func filesIn(folder string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && path == folder:
			return fs.SkipAll
		case err != nil:
			return problem(FolderUnreadable, path)
		case path == folder && !entry.IsDir():
			return problem(FileForFolder, path)
		case path != folder && isHidden(entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case !entry.IsDir():
			files = append(files, path)
		}
		return nil
	})
	slices.Sort(files)
	return files, err
}

// isHidden reports whether a file name is hidden from users or is that of a file that programs leave behind.
func isHidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

// byFolder groups files by folder, since nobody can say which file of a folder is the later one. The groups are in the order
// of their first files.
func byFolder(files []string) [][]string {
	var groups [][]string
	at := make(map[string]int)
	for _, file := range files {
		folder := filepath.Dir(file)
		group, known := at[folder]
		if !known {
			group = len(groups)
			at[folder] = group
			groups = append(groups, nil)
		}
		groups[group] = append(groups[group], file)
	}
	return groups
}

// oneByOne returns a separate group for each file: each is later than the one before it.
func oneByOne(files []string) [][]string {
	groups := make([][]string, len(files))
	for i, file := range files {
		groups[i] = []string{file}
	}
	return groups
}

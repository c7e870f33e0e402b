package workspace

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// inboxes are the folders that a run looks through, in this order.
var inboxes = [...]string{"referrals", "submissions", "decisions"}

// inbox returns the files of the workspace's folders, in byte order of their paths, one group for each folder.
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

// filesIn returns the files below a folder, in byte order of their paths; none when it is not there.
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

// isHidden reports whether a name is one that people do not see or that programs leave behind.
func isHidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

// byFolder puts files of one folder into one group: nobody can say which of them is later. Groups come in the
// order of their first files.
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

// inTheirOrder makes every file a group of its own: each is later than the one before it.
func inTheirOrder(files []string) [][]string {
	groups := make([][]string, len(files))
	for i, file := range files {
		groups[i] = []string{file}
	}
	return groups
}

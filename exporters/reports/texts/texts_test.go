package texts

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// TestEveryTextIsUsed: a text that no workbook uses any more must be removed. Whether every text of the workbooks has an
// English is tested where they are written.
func TestEveryTextIsUsed(t *testing.T) {
	var code strings.Builder
	for _, root := range []string{"..", "../../shown"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), "english") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			code.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, dictionary := range dictionaries {
		for dutch, english := range dictionary {
			isUnit := dutch == billing.WrittenHour || dutch == billing.WrittenMinute || dutch == billing.WrittenDaypart
			if !isUnit && !strings.Contains(code.String(), strconv.Quote(dutch)) {
				t.Errorf("nothing says %q", dutch)
			}
			if strings.Count(dutch, "%") != strings.Count(english, "%") {
				t.Errorf("%q and %q have not the same values", dutch, english)
			}
		}
	}
}

package versions

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// drawPlay draws rows of one reference in any grouping into files and groups, each group in the form of its files.
func drawPlay(t *rapid.T) [][][]string {
	row := rapid.SampledFrom([]string{"1", "1", "2", "2", "3", "1@2", "2@2", "0", "0", "0b", "0@2", "?", "?", "?0"})
	return rapid.SliceOfN(rapid.SliceOfN(rapid.SliceOfN(row, 1, 3), 1, 3), 1, 5).Draw(t, "play")
}

// drawPlayWithCloses draws a play with closes between its groups.
func drawPlayWithCloses(t *rapid.T) [][][]string {
	var groups [][][]string
	for _, group := range drawPlay(t) {
		groups = append(groups, group)
		if word := rapid.SampledFrom([]string{"", "", "!", "!s"}).Draw(t, "close"); word != "" {
			groups = append(groups, [][]string{{word}})
		}
	}
	return groups
}

// isClose reports whether a group of a play is a close.
func isClose(files [][]string) bool { return files[0][0][0] == '!' }

// write formats a play as tell parses it.
func write(groups [][][]string) string {
	var texts []string
	for _, files := range groups {
		var rows []string
		for _, file := range files {
			rows = append(rows, strings.Join(file, " "))
		}
		texts = append(texts, strings.Join(rows, " / "))
	}
	return strings.Join(texts, " | ")
}

// naiveRow is a row as the sentences of rules.md describe it.
type naiveRow struct {
	content  string
	client   string
	fate     string // =, V, W, A, X, Z or U
	marks    string
	state    string
	stands   bool
	declared bool
}

func newNaiveRow(text string) *naiveRow {
	content, client, named := strings.Cut(text, "@")
	if !named {
		client = "1"
	}
	return &naiveRow{content: content + "@" + client, client: client}
}

func (r *naiveRow) isZero() bool { return strings.HasPrefix(r.content, "0") }

// naive returns the fates of the rows of a play, by applying one sentence after the other to all rows of a group at once.
func naive(groups [][][]string) string {
	var all []*naiveRow
	for _, files := range groups {
		if isClose(files) {
			naiveClose(all, files[0][0] == "!")
			continue
		}
		all = append(all, naiveGroup(slices.Concat(files...), all)...)
	}
	var words []string
	for _, row := range all {
		words = append(words, row.fate+row.marks+row.state)
	}
	return strings.Join(words, " ")
}

// naiveClose: one version of the reference is accepted, the newest or the one that stands; it stands from now on, and it
// alone.
func naiveClose(all []*naiveRow, newest bool) {
	var accepted *naiveRow
	for _, row := range all {
		if row.fate == "V" && (newest && row.state == "" || !newest && row.stands && row.state != "r") {
			accepted = row
		}
	}
	for _, row := range all {
		row.stands = row == accepted
		row.declared = row.declared || row.stands
		if row.state == "s" && !row.stands {
			row.state = "r"
		}
	}
}

func naiveGroup(texts []string, before []*naiveRow) []*naiveRow {
	find := func(fate, state string) *naiveRow {
		i := slices.IndexFunc(before, func(r *naiveRow) bool { return strings.Contains(fate, r.fate) && r.state == state })
		if i < 0 {
			return nil
		}
		return before[i]
	}
	current, standing, withdrawing := find("V", ""), find("V", "s"), find("W", "w")
	declared := slices.ContainsFunc(before, func(r *naiveRow) bool { return r.declared })
	var rows []*naiveRow
	contents := make(map[string][]*naiveRow)
	for _, text := range texts {
		row := newNaiveRow(text)
		rows = append(rows, row)
		withdrewSo := withdrawing != nil && withdrawing.content == row.content
		switch {
		case text[0] == '?':
			row.fate = "X"
		case current != nil && declared && current.client != row.client:
			row.fate = "U"
		case row.isZero() && current == nil && !withdrewSo:
			row.fate = "Z"
		default:
			row.fate = "="
			contents[row.content] = append(contents[row.content], row)
		}
	}
	for _, row := range before {
		if row.state == "" && strings.Contains("AXZU", row.fate) {
			row.state = "r"
		}
	}
	for content, rows := range contents {
		first := rows[0]
		switch {
		case len(contents) > 1:
			first.fate = "A"
		case current != nil && current.content == content, withdrawing != nil && withdrawing.content == content:
		default:
			naiveNewer(first, before, declared, current, standing, withdrawing)
		}
	}
	return rows
}

// naiveNewer: one content comes that is not the current one.
func naiveNewer(row *naiveRow, before []*naiveRow, declared bool, current, standing, withdrawing *naiveRow) {
	row.fate = "V"
	if row.isZero() {
		row.fate, row.state = "W", "w"
	} else {
		if slices.ContainsFunc(before, func(r *naiveRow) bool { return r.fate == "V" && r.content == row.content }) {
			row.marks += "*"
		}
		for _, r := range slices.Backward(before) {
			if r.fate == "V" {
				if r.client != row.client && !declared {
					row.marks += "@"
				}
				break
			}
		}
	}
	if current != nil {
		current.state = "r"
		if current.stands && !row.isZero() {
			current.state = "s"
		}
	}
	if standing != nil && row.isZero() {
		standing.state = "r"
	}
	if withdrawing != nil {
		withdrawing.state = "r"
	}
}

// withoutVersions removes the version numbers.
func withoutVersions(fates string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, fates)
}

// TestPlaysAgreeWithTheSentences checks that deciding row by row gives what the sentences say about a group as a whole, that
// each row has exactly one fate, and that the versions of the kept rows are numbered from 1.
func TestPlaysAgreeWithTheSentences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		play := drawPlayWithCloses(t)
		p := tell(t, write(play))
		if got, want := withoutVersions(p.fates()), naive(play); got != want {
			t.Fatalf("%s\n got %s\nwant %s", write(play), got, want)
		}
		kept := 0
		for _, a := range p.actors {
			if a.kept != nil {
				kept++
			}
		}
		if kept != len(p.kept) {
			t.Fatalf("%s: %d rows are kept, %d of them by a row that came in", write(play), len(p.kept), kept)
		}
		for i, row := range p.kept {
			if row.Version != i+1 {
				t.Fatalf("%s: kept row %d is version %d", write(play), i+1, row.Version)
			}
		}
	})
}

// TestOrderInAGroup checks that the order of the rows of a group matters only for which row of one content is kept.
func TestOrderInAGroup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		play := drawPlayWithCloses(t)
		summary := func(play [][][]string) string {
			p := tell(t, write(play))
			var rows []string
			for _, a := range p.actors {
				rows = append(rows, fmt.Sprintf("%d %s %s", p.groups[a.file], a.text, withoutVersions(a.fate())))
			}
			slices.Sort(rows)
			return strings.Join(rows, "\n")
		}
		mixed := make([][][]string, len(play))
		one := make([][][]string, len(play)) // each group in one file
		for i, files := range play {
			rows := slices.Concat(files...)
			if isClose(files) {
				one[i], mixed[i] = files, files
				continue
			}
			one[i] = [][]string{rows}
			mixed[i] = [][]string{rapid.Permutation(rows).Draw(t, "order")}
		}
		if got, want := summary(mixed), summary(one); got != want {
			t.Fatalf("%s\nin another order:\n%s\ngot\n%s\nwant\n%s", write(one), write(mixed), got, want)
		}
		if got, want := withoutVersions(tell(t, write(one)).fates()), withoutVersions(tell(t, write(play)).fates()); got != want {
			t.Fatalf("%s\nin one file %s, in several %s", write(play), got, want)
		}
	})
}

// TestTakingBack checks that taking back a file that came in after the last close gives the same as if it had never come in,
// unless another file of its group or after it has a row that was already received: such files are read again.
func TestTakingBack(t *testing.T) {
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		play := drawPlayWithCloses(t)
		first, files := 1, 0 // that came after the last close: a close saw the others
		for _, group := range play {
			if isClose(group) {
				first = files + 1
				continue
			}
			files += len(group)
		}
		if first > files {
			return
		}
		file := int64(rapid.IntRange(first, files).Draw(t, "file"))
		p := tell(t, write(play))
		for _, a := range p.actors {
			if a.kept == nil && a.file != file && p.groups[a.file] >= p.groups[file] {
				return
			}
		}
		compared++
		var rest [][][]string
		number := int64(0)
		for _, files := range play {
			if isClose(files) {
				rest = append(rest, files)
				continue
			}
			var group [][]string
			for _, rows := range files {
				if number++; number != file {
					group = append(group, rows)
				}
			}
			if len(group) > 0 {
				rest = append(rest, group)
			}
		}
		want := ""
		if len(rest) > 0 {
			want = tell(t, write(rest)).fates()
		}
		// Of the contents of one group the first may have been kept last, and have a later number.
		if got := p.takeBack(file); withoutVersions(got) != withoutVersions(want) {
			t.Fatalf("%s without file %d\n got %s\nwant %s", write(play), file, got, want)
		}
	})
	if compared < 20 && !testing.Short() { // with -short rapid tries less
		t.Errorf("only %d plays were compared", compared)
	}
}

// TestCopyOfAReference checks that the rows of a refused file can be undone by restoring a copy.
func TestCopyOfAReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		play := drawPlay(t)
		last := slices.Concat(play[len(play)-1]...)
		play = play[:len(play)-1]
		for i := range play {
			if rapid.Bool().Draw(t, "close") {
				play = slices.Insert(play, i+1, [][]string{{"!"}})
				break
			}
		}
		cut := rapid.IntRange(0, len(last)).Draw(t, "cut")
		refused := rapid.SliceOfN(rapid.SampledFrom(last), 0, 3).Draw(t, "refused")
		fates := func(withRefused bool) string {
			p := newPlayer()
			if len(play) > 0 {
				p = tell(t, write(play))
			}
			r := p.reference()
			var words []string
			take := func(rows []string) {
				for _, text := range rows {
					a := newActor(t, text, 100)
					a.row.ID = int64(1000 + len(words))
					v := r.Take(a.row)
					words = append(words, fmt.Sprint(v.Kind, v.Version, v.Prior, v.First, v.FirstVersion, v.NothingWithdrawn, v.OtherClient, v.SeenBefore))
				}
			}
			take(last[:cut])
			if withRefused {
				before, said := r, len(words)
				take(refused)
				r, words = before, words[:said]
			}
			take(last[cut:])
			for change := range r.Settle() {
				words = append(words, fmt.Sprint(change))
			}
			return strings.Join(words, "\n")
		}
		if got, want := fates(true), fates(false); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	})
}

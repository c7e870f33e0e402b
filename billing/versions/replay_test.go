package versions

import (
	"slices"
	"strings"
	"testing"
)

// takeBack takes back one file of a play, and formats the fates of the rows of the others; of each row that was kept
// its new fate.
func (p *player) takeBack(file int64, shown ...string) string {
	replay := Replay{Groups: p.groups, Gone: map[int64]bool{p.groups[file]: true}, Closes: p.closes}
	var rows []Kept
	var actors []*actor
	for _, row := range p.kept {
		i := slices.IndexFunc(p.actors, func(a *actor) bool { return a.kept == row })
		if a := p.actors[i]; a.file != file {
			next := *row
			next.Shown = slices.Contains(shown, a.text)
			rows, actors = append(rows, next), append(actors, a)
		}
	}
	for i, fate := range replay.Of(rows) {
		actors[i].kept, actors[i].nothing = nil, fate.NothingWithdrawn
		if fate.Kind != AlreadyReceived {
			rows[i].Kind, rows[i].State, rows[i].Version = fate.Kind, fate.State, fate.Version
			rows[i].SettledBy, rows[i].FirstReceived, rows[i].Prior = fate.SettledBy, fate.FirstReceived, fate.Prior
			rows[i].SeenBefore, rows[i].OtherClient = fate.SeenBefore, fate.OtherClient
			actors[i].kept = &rows[i]
		}
	}
	p.actors = slices.DeleteFunc(p.actors, func(a *actor) bool { return a.file == file })
	return p.fates()
}

// In these plays the file to take back is given by its number; want are the fates of the rows of the others.
var takenBack = []struct {
	name, play string
	file       int64
	want       string
}{
	{"a version", "1 | 2", 2, "V1"},
	{"a version in the middle", "1 | 2 | 3", 2, "V1r V2"},
	{"the first version", "1 | 2", 1, "V1"},
	{"a withdrawal", "1 | 0", 2, "V1"},
	{"what a withdrawal withdrew", "1 | 0", 1, "Z1"},
	{"the first of two zeros", "1 | 0a | 0b", 2, "V1r W2w"},
	{"what a zero could not withdraw", "1 | 0 | 0b", 2, "V1r W2w"},
	{"one of two contents", "1 | 2 / 3", 2, "V1r V2"},
	{"the other of two contents", "1 | 2 / 3", 3, "V1r V2"},
	{"one of two contents, the other repeats", "1 | 1 / 2", 3, "V1 ="},
	{"one of three contents", "1 / 2 / 3", 2, "A1 A2"},
	{"between two equal contents", "1 | 2 | 1", 2, "V1 ="},
	{"between a version and its content, twice", "1 | 2 | 1 / 1 3", 2, "V1 A2 = A3"},
	{"a zero between two equal contents", "1 | 0 | 1", 2, "V1 ="},
	{"a version between two equal zeros", "1 | 0 | 2 | 0", 3, "V1r W2w ="},
	{"what settled an unreadable row", "? | 1", 2, "X1"},
	{"a file after a repetition that settled", "1 | ? | 1 | 2", 4, "V1 X2r ="},
	{"unreadable", "1 | ?", 2, "V1"},
	{"unreadable with quantity 0", "? | ?0 | 1", 1, "X1r V2"},
	{"a version behind a standing one", "1 | ! | 2", 2, "V1"},
	{"the first of two behind a standing one", "1 | ! | 2 | 3", 2, "V1s V2"},
	{"the last of two behind a standing one", "1 | ! | 2 | 3", 3, "V1s V2"},
	{"a withdrawal of a standing one", "1 | ! | 0 | 2", 2, "V1s V2"},
	{"what came after a withdrawal of a standing one", "1 | ! | 0 | 2", 3, "V1r W2w"},
	{"a withdrawal behind a newer version of a standing one", "1 | ! | 2 | 0", 3, "V1s V2"},
	{"what made an old content come back", "1 | 2 | 1 3 | 1", 3, "V1r V2r V3*"},
	{"for whom a number served after a withdrawal", "1 | ! | 0 | 2@2 | 3", 3, "V1r W2r V3"},
	{"the earlier row of another client", "1 | 2@2 | 3@3", 2, "V1r V2@"},
	{"the same 0 beside another content", "1 | 0 | 0 / 2", 4, "V1r W2w ="},
}

func TestReplay(t *testing.T) {
	for _, c := range takenBack {
		t.Run(c.name, func(t *testing.T) {
			if got := tell(t, c.play).takeBack(c.file); got != c.want {
				t.Errorf("%s without file %d\n got %s\nwant %s", c.play, c.file, got, c.want)
			}
		})
	}
}

// A row that a closed period shows stays a row, even if it now only repeats another.
func TestReplayKeepsWhatACloseShowed(t *testing.T) {
	if got := tell(t, "1 | 2 | 1").takeBack(2, "1"); got != "V1r V2" {
		t.Errorf("got %s", got)
	}
	if got := tell(t, "1 | 0 | 2 | 0").takeBack(3, "0"); got != "V1r W2w Z3" {
		t.Errorf("got %s", got)
	}
	// A 0 that repeats the withdrawal is ambiguous together with other content, in either order, whatever else is taken back.
	for _, play := range []string{"1 | 0 | 0 2 | ?", "1 | 0 | 2 0 | ?"} {
		if got := tell(t, play).takeBack(4, "0", "2"); got != "V1r W2w A3 A4" {
			t.Errorf("%s: got %s", play, got)
		}
	}
}

// A row that is no longer kept gets the version of the row that it repeats, even if that one repeats another itself:
// decisions on it follow.
func TestReplaySaysWhatIsRepeated(t *testing.T) {
	p := tell(t, "5 | 1 | 2 | 1 / 0")
	rows := make([]Kept, 0, len(p.kept))
	for _, row := range p.kept {
		if row.File != 3 && row.File != 5 {
			rows = append(rows, *row)
		}
	}
	replay := Replay{Groups: p.groups, Gone: map[int64]bool{3: true, 4: true}}
	fates := replay.Of(rows)
	if last := fates[len(fates)-1]; last.Kind != AlreadyReceived || last.Version != 2 || last.Repeats != rows[1].ID {
		t.Errorf("%+v", last)
	}
}

func TestReplayOfNothing(t *testing.T) {
	if fates := (&Replay{}).Of(nil); len(fates) != 0 {
		t.Errorf("%+v", fates)
	}
	p := tell(t, "1 | 2 ? | 0")
	before := p.fates()
	rows := make([]Kept, len(p.kept))
	for i, row := range p.kept {
		rows[i] = *row
	}
	for i, fate := range (&Replay{Groups: p.groups}).Of(rows) {
		if fate.Changed(&rows[i]) {
			t.Errorf("%s: nothing is gone, but row %d is %+v", strings.TrimSpace(before), i, fate)
		}
	}
}

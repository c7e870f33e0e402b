package workspace

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/ledger"
	writeijw "github.com/pxq-nl/pxq/exporters/ijw"
)

// Declarations says which messages (JW323) were written, and what is not in them.
type Declarations struct {
	Folder   string
	Files    []string
	LeftOut  []LeftOutLine
	TooLarge []string // names of messages that were not written, since they are larger than a message may be
}

// ExportMessages writes the regular and late lines of a provider in a period as declarations (JW323), one for each
// municipality. It writes them into folder, or if that is "" into the folder of the period's reports.
func (w *Workspace) ExportMessages(ctx context.Context, provider string, period billing.Period, folder string) (*Declarations, error) {
	return readSnapshot(ctx, w, func(w *Workspace) (*Declarations, error) { return w.exportMessages(ctx, provider, period, folder) })
}

func (w *Workspace) exportMessages(ctx context.Context, provider string, period billing.Period, folder string) (*Declarations, error) {
	run, err := w.runOf(ctx, period)
	if err != nil {
		return nil, err
	}
	setting, err := w.settingOf(ctx, run)
	if err != nil {
		return nil, err
	}
	if setting.Book.Provider(provider) == nil {
		return nil, problem(UnknownProvider, provider)
	}
	lines := &ijw.Lines{Period: period, Provider: provider, AsOf: run.AsOf, Book: setting.Book}
	if err := w.store.EachLine(ctx, run, func(line *billing.DeclaredLine) error {
		if line.Provider == provider {
			lines.Declared = append(lines.Declared, *line)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	if lines.Referral, err = w.referralsOf(ctx, lines.Declared, setting.Book); err != nil {
		return nil, err
	}
	if folder == "" {
		folder = w.reports(period.String())
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, problem(FolderNotMade, folder)
	}
	made := &Declarations{Folder: folder}
	messages, leftOut := lines.Declare()
	if err := w.addLeftOut(ctx, made, leftOut); err != nil {
		return nil, err
	}
	for _, message := range messages {
		if err := made.write(message); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// LeftOutLine is a line that is in no message, and why. A BSN in the referral's number is masked.
type LeftOutLine struct {
	Referral, Line string
	Reason         ijw.Reason
}

func (w *Workspace) addLeftOut(ctx context.Context, made *Declarations, leftOut []ijw.LeftOut) error {
	return w.store.Read(ctx, func(tx *ledger.Tx) error {
		clients := tx.ClientNumbers(ctx)
		for i := range leftOut {
			line := &leftOut[i].Line
			referral, err := clients.MaskOf(line.Referral, line.BSN)
			if err != nil {
				return err
			}
			made.LeftOut = append(made.LeftOut, LeftOutLine{referral, line.Number, leftOut[i].Reason})
		}
		return nil
	})
}

func (d *Declarations) write(message *ijw.Message323) error {
	name := "jw323-" + message.Header.Sender + "-" + message.Header.Receiver + ".xml"
	content, err := writeijw.JW323(message)
	if errors.Is(err, writeijw.ErrTooLarge) {
		d.TooLarge = append(d.TooLarge, name)
		return nil
	}
	if err != nil {
		return err
	}
	d.Files = append(d.Files, name)
	return writeFile(filepath.Join(d.Folder, name), func(out io.Writer) error {
		_, err := out.Write(content)
		return err
	})
}

// referralsOf returns a function that finds the referral of a line by client, number and municipality; nil for none.
func (w *Workspace) referralsOf(ctx context.Context, lines []billing.DeclaredLine, book *billing.Book) (func(*billing.DeclaredLine) *billing.Referral, error) {
	type key struct{ bsn, number string }
	wanted := make(map[key][]*billing.Referral)
	for i := range lines {
		wanted[key{lines[i].BSN, lines[i].Referral}] = nil
	}
	err := w.store.EachLatestReferral(ctx, func(referral *billing.Referral) error {
		k := key{referral.BSN, referral.Number}
		if _, ok := wanted[k]; ok {
			kept := *referral
			wanted[k] = append(wanted[k], &kept)
		}
		return nil
	})
	return func(line *billing.DeclaredLine) *billing.Referral {
		for _, referral := range wanted[key{line.BSN, line.Referral}] {
			if municipality := book.Municipality(referral.Municipality); municipality != nil && municipality.Code == line.Municipality {
				return referral
			}
		}
		return nil
	}, err
}

package workspace

import (
	"errors"
	"io/fs"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/templates"
)

// TemplateKinds are the workbooks that can be filled in.
var TemplateKinds = []string{"submission", "referrals", "contract"}

// Template writes an empty workbook of a kind to fill in, with the products and prices of one provider when its AGB code
// is given. A file that is there already is left alone.
func (f *Folder) Template(kind, path, provider string, asOf billing.Date) error {
	book, err := f.Book()
	if err != nil {
		return err
	}
	if provider != "" && book.Provider(provider) == nil {
		return problem(UnknownProvider, provider)
	}
	makers := map[string]func(string, templates.Head) error{"submission": templates.Submission, "referrals": templates.Referrals, "contract": templates.Contract}
	err = makers[kind](path, templates.Head{
		Region: f.Settings.Region, Language: f.Language, Program: Program(), AsOf: asOf, Book: book.Book, Provider: provider,
	})
	if errors.Is(err, fs.ErrExist) {
		return problem(FileExists, path)
	}
	return unwritable(path, err)
}

package workspace

import (
	"context"
	"errors"
	"io/fs"

	"github.com/pxq-nl/pxq/cmd/internal/synthetic"
	"github.com/pxq-nl/pxq/rates"
)

// Generate writes synthetic referrals and submissions of the region into a folder, which becomes a workspace for trials
// when it is none yet. A month that is there already is left alone.
func Generate(ctx context.Context, folder string, options synthetic.Options) (*synthetic.Summary, error) {
	if err := makeTrial(folder); err != nil {
		return nil, err
	}
	options.Book, options.Tables = rates.HartVanBrabant(), rates.HartVanBrabantTables()
	made, err := synthetic.Generate(ctx, folder, options)
	if errors.Is(err, fs.ErrExist) {
		return nil, problem(GeneratedBefore, folder)
	}
	return made, unwritable(folder, err)
}

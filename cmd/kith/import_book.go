package main

import (
	"context"

	"kith/internal/flow/intake"
	"kith/internal/interop/bringing"
	"kith/internal/interop/cnxml"
)

// cnxml imports a book in CNXML: a folder, an archive, or one book's collection in its folder.
func (c *importCmd) cnxml(ctx context.Context, im *importer) (intake.Report, error) {
	files, err := cnxml.Load(c.Path)
	if err != nil {
		return intake.Report{}, err
	}
	o := wordsFor(im.far.words, c.Path, c.Lang)
	o.Title, o.Licence, o.Authors = c.Title, c.Licence, c.Authors
	bundle, err := cnxml.Read(files, c.Book, o, im.far.step("import.progress.reading"))
	if err != nil {
		return intake.Report{}, err
	}
	if bundle, _, err = bringing.Placed(ctx, im.flow, im.school, cnxml.Kind, bundle, bringing.Ask{Course: c.Course}); err != nil {
		return intake.Report{}, err
	}
	return c.bundle(ctx, im, bundle)
}

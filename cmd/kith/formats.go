package main

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"kith/internal/blob"
	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/bringing"
	"kith/internal/interop/formats"
	"kith/internal/interop/source"
	"kith/internal/phrase"
)

// wordsFor are what a format's reader or writer needs to know beside the file.
func wordsFor(words *phrase.Catalogue, file, lang string) bank.Options {
	in := lang
	if in == "" {
		in = phrase.Default
	}
	return bank.Options{File: filepath.Base(file), Lang: lang, True: words.Say(in, phrase.Of("import.true")), False: words.Say(in, phrase.Of("import.false")),
		Say: func(p phrase.Phrase) string { return words.Say(in, p) }}
}

// bank imports a file of items in one of the formats.
func (c *importCmd) bank(ctx context.Context, im *importer) (intake.Report, error) {
	f, _ := formats.Find(c.Kind) // run has seen that there is one
	b, err := source.Read(c.Path, f.Max)
	if err != nil {
		return intake.Report{}, err
	}
	o := wordsFor(im.far.words, c.Path, c.Lang)
	o.Title, o.Licence, o.Authors = c.Title, c.Licence, c.Authors
	bundle, err := f.Bundle(b, o)
	if err != nil {
		return intake.Report{}, err
	}
	if bundle, _, err = bringing.Placed(ctx, im.flow, im.school, f.Kind, bundle, bringing.Ask{Course: c.Course}); err != nil {
		return intake.Report{}, err
	}
	return c.bundle(ctx, im, bundle)
}

// template prints the empty form of a format.
func (c *importCmd) template(out io.Writer) error {
	f, _ := formats.Find(c.Kind)
	if f.Template == nil {
		return fault.New(fault.Invalid, "fault.import.template", "kind", c.Kind)
	}
	_, err := out.Write(f.Template())
	return err
}

// bundle keeps a bundle's files and writes it into the school.
func (c *importCmd) bundle(ctx context.Context, im *importer, bundle intake.Bundle) (intake.Report, error) {
	if !c.DryRun { // the bytes first, so that a row never names what is not there
		if err := keepFiles(ctx, blob.New(filepath.Join(c.Data, "files")), im, bundle.Files); err != nil {
			return intake.Report{}, err
		}
	}
	bundle.As = &intake.As{Kind: c.Kind, File: filepath.Base(c.Path)}
	report, err := intake.ImportBundle(ctx, im.flow, im.school, bundle, c.DryRun, im.far.step("import.progress.writing"))
	report.Kind = c.Kind
	return report, err
}

// inFolder refuses a data folder without a school, since opening it would make one.
func (w where) inFolder() error {
	if w.DB != "" {
		return nil
	}
	if _, err := os.Stat(filepath.Join(w.Data, "kith.db")); err != nil {
		return fault.Wrap(fault.NotFound, err, "fault.import.no_school", "folder", w.Data)
	}
	return nil
}

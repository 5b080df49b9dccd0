package main

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kith/internal/blob"
	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/gift"
	"kith/internal/interop/moodlexml"
	"kith/internal/interop/source"
	"kith/internal/phrase"
)

// format is one format of items: how it is read, and, where Kith writes it, how.
type format struct {
	max   int64 // bytes of a file
	read  func(b []byte, o bank.Options) (intake.Bundle, error)
	write func(in intake.Bundle, o bank.Options) (out []byte, left, lost []intake.Record)
}

// formats are those that kith import and kith export know besides what has a reader of its own.
var formats = map[string]format{
	gift.Kind:      {gift.MaxFile, gift.Read, gift.Write},
	moodlexml.Kind: {moodlexml.MaxFile, moodlexml.Read, nil},
}

// formatNames are the formats' names, of those that can be written only if written is set.
func formatNames(written bool) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(formats)) {
		if !written || formats[name].write != nil {
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}

// wordsFor are what a format's reader or writer needs to know beside the file.
func wordsFor(words *phrase.Catalogue, file, lang string) bank.Options {
	in := lang
	if in == "" {
		in = phrase.Default
	}
	return bank.Options{File: filepath.Base(file), Lang: lang, True: words.Say(in, phrase.Of("import.true")), False: words.Say(in, phrase.Of("import.false"))}
}

// bank imports a file of items in one of the formats.
func (c *importCmd) bank(ctx context.Context, im *importer) (intake.Report, error) {
	f := formats[c.Kind]
	b, err := source.Read(c.Path, f.max)
	if err != nil {
		return intake.Report{}, err
	}
	o := wordsFor(im.far.words, c.Path, c.Lang)
	o.Title, o.Licence, o.Authors = c.Title, c.Licence, c.Authors
	bundle, err := f.read(b, o)
	if err != nil {
		return intake.Report{}, err
	}
	return c.bundle(ctx, im, bundle)
}

// bundle keeps a bundle's files and writes it into the school.
func (c *importCmd) bundle(ctx context.Context, im *importer, bundle intake.Bundle) (intake.Report, error) {
	if !c.DryRun { // the bytes first, so that a row never names what is not there
		if err := keepFiles(ctx, blob.New(filepath.Join(c.Data, "files")), im, bundle.Files); err != nil {
			return intake.Report{}, err
		}
	}
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

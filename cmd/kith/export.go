package main

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"kith/internal/blob"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/export"
	"kith/internal/flow/intake"
	"kith/internal/interop/bringing"
	"kith/internal/interop/formats"
	"kith/internal/store"
)

type exportCmd struct {
	where
	Kind   string `arg:"" help:"The format: csv, gift, markdown, moodle (Moodle XML) or qti (3.0)."`
	Out    string `help:"The file to write." type:"path" required:"" placeholder:"FILE"`
	Course string `help:"The course, by its code; needed when there is more than one." placeholder:"CODE"`
	Unit   string `help:"Only this unit, by its code." placeholder:"CODE"`
	School string `help:"The school's code; needed when there is more than one." placeholder:"CODE"`
	JSON   bool   `name:"json" help:"Report as JSON."`
}

// Run writes a course into a file: the report goes to the standard output.
func (c *exportCmd) Run() error { return c.run(context.Background(), os.Stdout) }

func (c *exportCmd) run(ctx context.Context, out io.Writer) error {
	words, err := catalogue()
	if err != nil {
		return err
	}
	f, _ := formats.Find(c.Kind)
	if !f.Writes() {
		return fault.New(fault.Invalid, "fault.export.kind", "kind", c.Kind, "kinds", formats.Names(true))
	}
	if err := c.inFolder(); err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Config{Dir: c.Data, URL: c.DB})
	if fault.Said(err).Code == "fault.store.locked" {
		return fault.Wrap(fault.Conflict, err, "fault.export.running", "folder", c.Data)
	}
	if err != nil {
		return err
	}
	defer s.Close()
	kith := flow.New(s)
	school, err := theSchool(ctx, kith, c.School, c.Data)
	if err != nil {
		return err
	}
	bundle, err := export.Course(ctx, kith, school, c.Kind, export.Ask{Course: c.Course, Unit: c.Unit})
	if err != nil {
		return err
	}
	blobs := blob.New(filepath.Join(c.Data, "files"))
	for i, file := range bundle.Files {
		if bundle.Files[i].Body, err = bytesOf(blobs, string(school), file); err != nil {
			return err
		}
	}
	body, left, lost := f.Write(bundle, wordsFor(words, c.Out, bundle.Course.Lang))
	if err := writeWhole(c.Out, body); err != nil {
		return err
	}
	return writeReport(out, words, bringing.Exported(c.Kind, bundle, left, lost), filepath.Base(c.Out), c.JSON)
}

// bytesOf reads a picture; one that is gone from the disk is an error, since the file would be written without it.
func bytesOf(blobs *blob.Store, school string, f intake.BundleFile) ([]byte, error) {
	at, err := blobs.Open(school, f.SHA256)
	if err != nil {
		return nil, err
	}
	defer at.Close()
	return io.ReadAll(at)
}

// writeWhole writes a file so that there is the old one or the new one, never half of it.
func writeWhole(name string, body []byte) error {
	refused := func(err error) error {
		return fault.Wrap(fault.Invalid, err, "fault.export.file", "file", name, "detail", err.Error())
	}
	at, err := os.CreateTemp(filepath.Dir(name), ".kith-export-*")
	if err != nil {
		return refused(err)
	}
	defer os.Remove(at.Name())
	_, err = at.Write(body)
	if closed := at.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(at.Name(), name)
	}
	if err != nil {
		return refused(err)
	}
	return nil
}

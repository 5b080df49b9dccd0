package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/intake"
	"kith/internal/phrase"
	"kith/internal/store"
)

// takeBack lists a school's imports, or takes one of them back.
func (c *importCmd) takeBack(ctx context.Context, out, far io.Writer, words *phrase.Catalogue) error {
	if err := c.inFolder(); err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Config{Dir: c.Data, URL: c.DB})
	if fault.Said(err).Code == "fault.store.locked" {
		return fault.Wrap(fault.Conflict, err, "fault.import.running", "folder", c.Data)
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
	if c.List {
		all, err := intake.Imports(ctx, kith, school)
		if err != nil {
			return err
		}
		return writeImports(out, words, all, c.JSON)
	}
	p := &progress{to: far, words: words}
	report, err := intake.Undo(ctx, kith, school, c.Undo, c.DryRun, p.step("import.progress.writing"))
	p.end()
	if err != nil {
		return err
	}
	return writeReport(out, words, report, report.Source, c.JSON)
}

// listed is an import as --list --json writes it.
type listed struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"`
	File    string `json:"file"`
	At      string `json:"at"`
	By      string `json:"by,omitempty"` // the person's id; "" = the command
	Taken   int    `json:"taken"`
	Changed int    `json:"changed"`
	Undone  string `json:"undone,omitempty"`
}

func writeImports(to io.Writer, words *phrase.Catalogue, all []intake.Import, asJSON bool) error {
	list := make([]listed, len(all))
	at := func(ms int64) string { return time.UnixMilli(ms).Local().Format("2006-01-02 15:04") }
	for i, im := range all {
		list[i] = listed{ID: im.ID, Kind: im.Kind, File: im.File, At: at(im.AtMs), By: im.By, Taken: im.Counts.Taken, Changed: im.Counts.Changed}
		if im.Undone > 0 {
			list[i].Undone = at(im.Undone)
		}
	}
	if asJSON {
		e := json.NewEncoder(to)
		e.SetIndent("", " ")
		return e.Encode(list)
	}
	say := func(key string, pairs ...any) string { return words.Say(phrase.Default, phrase.Of(key, pairs...)) }
	if len(list) == 0 {
		_, err := fmt.Fprintln(to, say("import.list.none"))
		return err
	}
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	for _, l := range list {
		state := ""
		if l.Undone != "" {
			state = say("import.list.undone", "at", l.Undone)
		}
		by := l.By
		if by == "" {
			by = say("import.list.command")
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", l.ID, l.At, l.Kind, l.File, by, say("import.list.counts", "taken", l.Taken, "changed", l.Changed), state)
	}
	return w.Flush()
}

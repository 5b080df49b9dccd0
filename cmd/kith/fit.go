package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/mastery"
	"kith/internal/mastery/bkt"
	"kith/internal/mastery/fit"
	"kith/internal/roster"
	"kith/internal/store"
)

type fitCmd struct {
	where
	School string `help:"The school's code; needed when there is more than one." placeholder:"CODE"`
	Seed   uint64 `help:"Which fifth of the learners is held out to measure on." default:"1"`
	Switch bool   `help:"Put the new model in force, if it foretells held-out learners better. Without it nothing is changed."`
	To     string `help:"Put a model in force that the school already has, by its code." placeholder:"MODEL"`
	JSON   bool   `name:"json" help:"Report as JSON."`
}

// fitted is what kith fit reports.
type fitted struct {
	Now     string        `json:"now"`    // code of the model in force when it began
	Model   string        `json:"model"`  // code of the new one
	Better  bool          `json:"better"` // on held-out learners
	Switch  bool          `json:"switched"`
	Report  fit.Report    `json:"report"`
	Seconds float64       `json:"seconds"`
	Changes []wordChanges `json:"changes"` // how many words would change, from and to which
}

type wordChanges struct {
	From mastery.Status `json:"from"`
	To   mastery.Status `json:"to"`
	N    int            `json:"n"`
}

// Run fits a model to the school's own answers and says what it would change, or puts one in force.
func (c *fitCmd) Run() error { return c.run(context.Background(), os.Stdout, os.Stderr) }

func (c *fitCmd) run(ctx context.Context, out, far io.Writer) error {
	words, err := catalogue()
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Config{Dir: c.Data, URL: c.DB})
	if err != nil {
		return err
	}
	defer s.Close()
	f := flow.New(s)
	school, err := theSchool(ctx, f, c.School, c.Data)
	if err != nil {
		return err
	}
	models, current, err := ledger.Models(ctx, f, school)
	if err != nil {
		return err
	}
	steps := &progress{to: far, words: words}
	if c.To != "" {
		return c.switchTo(ctx, f, school, models, steps, out)
	}
	var now mastery.Model
	for _, m := range models {
		if m.ID == current {
			now = m
		}
	}
	began := time.Now()
	id, err := flow.FreshID()
	if err != nil {
		return err
	}
	var learners []fit.Learner
	say := steps.step("fit.progress.reading")
	if err := ledger.EachRecord(ctx, f, school, func(id roster.PersonID, r ledger.Record) error {
		say(r.N, r.Of)
		learners = append(learners, fit.Learner{ID: id, Facts: r.Facts})
		return nil
	}); err != nil {
		return err
	}
	m, report, err := fit.Fit(learners, now, fit.Options{ID: id, Code: fmt.Sprintf("own-%d", len(models)), Seed: c.Seed})
	if err != nil {
		return err
	}
	res := fitted{Now: now.Code, Model: m.Code, Better: report.Better(), Report: report, Changes: countChanges(report.Changes)}
	if c.Switch {
		if !res.Better {
			return fault.New(fault.Conflict, "fault.fit.not_better", "model", now.Code)
		}
		if err := ledger.SwitchModel(ctx, f, school, m, steps.step("fit.progress.switching")); err != nil {
			return err
		}
		res.Switch = true
	}
	steps.end()
	res.Seconds = time.Since(began).Seconds()
	return res.write(out, c.JSON)
}

func (c *fitCmd) switchTo(ctx context.Context, f *flow.Flow, school roster.SchoolID, models []mastery.Model, steps *progress, out io.Writer) error {
	codes := ""
	for _, m := range models {
		if m.Code == c.To {
			if err := ledger.SwitchModel(ctx, f, school, m, steps.step("fit.progress.switching")); err != nil {
				return err
			}
			steps.end()
			_, err := fmt.Fprintf(out, "%s is in force\n", m.Code)
			return err
		}
		codes += " " + m.Code
	}
	return fault.New(fault.NotFound, "fault.fit.no_model", "model", c.To, "models", codes)
}

func countChanges(all []fit.Change) []wordChanges {
	out := []wordChanges{}
	for _, from := range []mastery.Status{mastery.NotStarted, mastery.Growing, mastery.Secure, mastery.AnotherLook} {
		for _, to := range []mastery.Status{mastery.NotStarted, mastery.Growing, mastery.Secure, mastery.AnotherLook} {
			n := 0
			for _, c := range all {
				if c.From == from && c.To == to {
					n++
				}
			}
			if n > 0 {
				out = append(out, wordChanges{from, to, n})
			}
		}
	}
	return out
}

// write prints the report: as JSON, or as a person reads it.
func (r fitted) write(out io.Writer, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	p := r.Report
	fmt.Fprintf(out, "%d answers of %d learners, %d of them held out to measure on; %.1f s\n", p.Answers, p.Learners, p.HeldOut, r.Seconds)
	t := tabwriter.NewWriter(out, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "\t%s\t%s\t\n", r.Now, r.Model)
	fmt.Fprintf(t, "log loss on held-out learners\t%.4f\t%.4f\t\n", p.Before.LogLoss, p.After.LogLoss)
	fmt.Fprintf(t, "calibration error\t%.4f\t%.4f\t\n", p.Before.ECE, p.After.ECE)
	for _, line := range []struct {
		name string
		was  func(bkt.Params) float64
	}{
		{name: "known beforehand", was: func(b bkt.Params) float64 { return b.Init }},
		{name: "learned from one answer", was: func(b bkt.Params) float64 { return b.Learn }},
		{name: "slip", was: func(b bkt.Params) float64 { return b.Slip }},
		{name: "guess", was: func(b bkt.Params) float64 { return b.Guess }},
	} {
		fmt.Fprintf(t, "%s, of a skill without answers\t%.3f\t%.3f\t\n", line.name, line.was(p.Old), line.was(p.New))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d skills have parameters of their own, %d items a pace; memory: %s\n", len(p.Skills), p.Paced, r.memory())
	if len(r.Changes) == 0 {
		fmt.Fprintln(out, "no word changes for anybody")
	}
	for _, c := range r.Changes {
		fmt.Fprintf(out, "%d times %s becomes %s\n", c.N, c.From, c.To)
	}
	switch {
	case r.Switch:
		fmt.Fprintf(out, "%s is in force; kith fit --to %s goes back\n", r.Model, r.Now)
	case r.Better:
		fmt.Fprintln(out, "it foretells held-out learners better; nothing was changed: kith fit --switch puts it in force")
	default:
		fmt.Fprintln(out, "it does not foretell held-out learners better: stay with what is in force")
	}
	return nil
}

func (r fitted) memory() string {
	if r.Report.Memory == nil {
		return fmt.Sprintf("as it was (%d reviews after a day or more)", r.Report.Reviews)
	}
	return fmt.Sprintf("fitted to %d reviews", r.Report.Reviews)
}

package bringing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"kith/internal/blob"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/intake"
	"kith/internal/phrase"
	"kith/internal/roster"
)

// The states of a bringing as a page sees them.
const (
	Reading = "reading" // it is being tried
	Tried   = "tried"   // this is what would become of it
	Refused = "refused" // it cannot be taken as it is; Refusal says why
	Taking  = "taking"
	Stopped = "stopped" // it was being taken and did not come to its end; it can go on
	Done    = "taken"
	Dropped = "dropped"
)

// BringState is how a bringing stands.
type BringState struct {
	ID      string            `json:"id"`
	State   string            `json:"state" enum:"reading,tried,refused,taking,stopped,taken,dropped"`
	File    string            `json:"file"`
	Kind    string            `json:"kind"`
	Place   intake.BringPlace `json:"place"`
	Done    int               `json:"done"` // records, of All; 0 of 0 while nobody knows
	All     int               `json:"all"`
	Refusal *phrase.Phrase    `json:"refusal,omitempty"`
	Trial   *Trial            `json:"trial,omitempty"`
	Report  *intake.Folded    `json:"report,omitempty"`
}

// Runner tries files and takes them, off the request that asks for it: one at a time in this process, so that the memory that a file
// needs is bounded. What it found in a trial it remembers for a while; it can always be found again.
type Runner struct {
	Flow      *flow.Flow
	Files     *blob.Store             // of the school: pictures of items
	Brought   *blob.Store             // what was sent, until it is taken or put away
	TrueFalse func() (yes, no string) // the words of a true-or-false item

	// Say says words of ours that become part of a text (bank.Options.Say). It is set before the first file comes.
	Say func(phrase.Phrase) string

	mu     sync.Mutex
	trials map[string]*trying // by the bringing's id
	takes  map[string]*taking
	undoes map[string]bool
	turn   chan struct{}
}

type trying struct {
	key       string // what was tried: kind and place
	ready     bool
	done, all int
	trial     *Trial
	refusal   *phrase.Phrase
	at        time.Time
}

type taking struct{ done, all int }

// mostTrials is how many trials are remembered, some hundred kilobytes each.
const mostTrials = 32

// New makes a runner.
func New(f *flow.Flow, files, brought *blob.Store, trueFalse func() (yes, no string)) *Runner {
	return &Runner{Flow: f, Files: files, Brought: brought, TrueFalse: trueFalse, trials: map[string]*trying{}, takes: map[string]*taking{}, undoes: map[string]bool{}, turn: make(chan struct{}, 1)}
}

// Look says how a bringing stands, and begins its trial when nobody has. It never waits.
func (r *Runner) Look(b intake.Bringing) BringState {
	s := BringState{ID: b.ID, State: b.State, File: b.File, Kind: b.Kind, Place: b.Place, Done: b.Done, All: b.Total, Refusal: b.Refusal, Report: b.Report}
	r.mu.Lock()
	defer r.mu.Unlock()
	if t := r.takes[b.ID]; t != nil && (b.State == Taking || b.State == Stopped) {
		s.State, s.Refusal = Taking, nil
		if t.done > s.Done {
			s.Done, s.All = t.done, t.all
		}
		return s
	}
	if b.State != "open" {
		return s
	}
	if b.Kind == "" {
		say := phrase.Of("fault.bring.kind", "file", b.File)
		s.State, s.Refusal = Refused, &say
		return s
	}
	key := fmt.Sprint(b.Kind, b.Place)
	t := r.trials[b.ID]
	if t == nil || t.key != key {
		t = &trying{key: key, at: time.Now()}
		r.room()
		r.trials[b.ID] = t
		r.Flow.Aside(func(ctx context.Context) { r.try(ctx, b, t) })
	}
	switch {
	case !t.ready:
		s.State, s.Done, s.All = Reading, t.done, t.all
	case t.refusal != nil:
		s.State, s.Refusal = Refused, t.refusal
	default:
		s.State, s.Trial = Tried, t.trial
	}
	return s
}

// Again forgets a trial, so that what the school has by now counts.
func (r *Runner) Again(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.trials, id)
}

// room forgets the oldest trial when there are many. The caller holds the lock.
func (r *Runner) room() {
	if len(r.trials) < mostTrials {
		return
	}
	oldest := ""
	for id, t := range r.trials {
		if oldest == "" || t.at.Before(r.trials[oldest].at) {
			oldest = id
		}
	}
	delete(r.trials, oldest)
}

// wait waits for the one place there is; false when the program ends first.
func (r *Runner) wait(ctx context.Context) bool {
	select {
	case r.turn <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// kept turns a panic of a reader into an error: it must not take the school's server with it.
func kept(body func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Wrap(fault.Internal, fmt.Errorf("panic: %v\n%s", p, debug.Stack()), "fault.internal")
		}
	}()
	return body()
}

func (r *Runner) try(ctx context.Context, b intake.Bringing, t *trying) {
	if !r.wait(ctx) {
		return
	}
	defer func() { <-r.turn }()
	defer Frugal()()
	var trial *Trial
	err := kept(func() (err error) {
		trial, err = r.trialOf(ctx, b, func(done, all int) {
			r.mu.Lock()
			t.done, t.all = done, all
			r.mu.Unlock()
		})
		return err
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	if t.ready, t.trial = true, trial; err != nil {
		t.refusal = said("trying", b, err)
	}
}

// said is what is told of an error; what is ours is logged.
func said(what string, b intake.Bringing, err error) *phrase.Phrase {
	if kind, _ := fault.KindOf(err); kind == fault.Internal || kind == fault.Unavailable {
		slog.Error("bringing a file", "what", what, "bringing", b.ID, "error", err)
	}
	say := fault.Said(err)
	return &say
}

// Take takes a bringing that the flow has said is being taken, unless this process does already.
func (r *Runner) Take(b intake.Bringing) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.takes[b.ID] != nil {
		return
	}
	t := &taking{}
	r.takes[b.ID] = t
	delete(r.trials, b.ID)
	r.Flow.Aside(func(ctx context.Context) {
		defer func() {
			r.mu.Lock()
			delete(r.takes, b.ID)
			r.mu.Unlock()
		}()
		if !r.wait(ctx) {
			return
		}
		defer func() { <-r.turn }()
		defer Frugal()()
		r.take(ctx, b, t)
	})
}

// Undo takes an import back that the flow has said is being taken back, unless this process does already. What the program's end
// interrupts goes on when asked again.
func (r *Runner) Undo(school roster.SchoolID, id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.undoes[id] {
		return
	}
	r.undoes[id] = true
	r.Flow.Aside(func(ctx context.Context) {
		defer func() {
			r.mu.Lock()
			delete(r.undoes, id)
			r.mu.Unlock()
		}()
		err := kept(func() error {
			_, err := intake.Undo(ctx, r.Flow, school, id, false, nil)
			return err
		})
		if err != nil && ctx.Err() == nil {
			slog.Error("an import is not taken back to its end; it can be asked for again", "import", id, "error", err)
		}
	})
}

// take writes a file, and notes what became of it. What the program's end interrupts says nothing: it goes on when asked again.
func (r *Runner) take(ctx context.Context, b intake.Bringing, t *taking) {
	var report intake.Report
	err := kept(func() (err error) {
		if b.Kind == intake.KindPeople {
			in, class, err := r.people(ctx, b)
			if err != nil {
				return err
			}
			report, err = intake.ImportPeople(ctx, r.Flow, b.By, in, class, false, r.far(t))
			return err
		}
		if b.Kind == intake.KindStandards {
			in, err := r.standards(b)
			if err != nil {
				return err
			}
			report, err = intake.ImportStandards(ctx, r.Flow, b.By.School, in, false, r.far(t))
			return err
		}
		in, _, _, open, err := r.bundle(ctx, b)
		if err != nil {
			return err
		}
		defer open.Close()
		if err := r.keepFiles(ctx, b.By.School, in.Files); err != nil { // before the rows that name them
			return err
		}
		report, err = intake.TakeBundle(ctx, r.Flow, b.By.School, b.ID, in)
		report.Kind = b.Kind
		return err
	})
	if ctx.Err() != nil {
		return
	}
	var stopped *phrase.Phrase
	if err != nil {
		stopped = said("taking", b, err)
	}
	if err := intake.EndTaking(ctx, r.Flow, b.By.School, b.ID, intake.Fold(report), stopped); err != nil {
		slog.Error("the end of a bringing was not noted; it can be asked for again", "bringing", b.ID, "error", err)
		return
	}
	if stopped == nil {
		r.Forget(ctx, b.By.School, b.SHA256)
	}
}

func (r *Runner) far(t *taking) func(done, all int) {
	return func(done, all int) {
		r.mu.Lock()
		t.done, t.all = done, all
		r.mu.Unlock()
	}
}

func (r *Runner) keepFiles(ctx context.Context, school roster.SchoolID, files []intake.BundleFile) error {
	for _, f := range files {
		body, err := f.Bytes()
		if err != nil {
			return err
		}
		if _, err := r.Files.Put(ctx, string(school), bytes.NewReader(body)); err != nil {
			return err
		}
	}
	return nil
}

// Forget takes files off the disk that no bringing needs any more; one that cannot be removed only takes room.
func (r *Runner) Forget(ctx context.Context, school roster.SchoolID, hashes ...string) {
	for _, h := range hashes {
		needed, err := intake.FileNeeded(ctx, r.Flow, school, h)
		if err == nil && !needed {
			err = r.Brought.Remove(string(school), h)
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			slog.Warn("a file that was brought could not be removed", "error", err)
		}
	}
}

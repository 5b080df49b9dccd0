package main

import (
	"bytes"
	"encoding/json"
	"io"
	"testing"
	"time"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/sample"
	"kith/internal/store"
	"kith/internal/store/pgtest"
)

// A school with history fits a model of its own, sees what it would change, switches, and goes back: on both engines, and
// what is stored is the fold of the evidence at every stop.
func TestFit_SwitchesAndGoesBack(t *testing.T) {
	for engine, w := range map[string]where{"SQLite": {Data: t.TempDir()}, "PostgreSQL": {Data: t.TempDir(), DB: pgtest.Start(t)}} {
		t.Run(engine, func(t *testing.T) {
			lived(t, w)
			var r fitted
			if err := json.Unmarshal([]byte(fits(t, fitCmd{where: w, Seed: 1, JSON: true})), &r); err != nil {
				t.Fatal(err)
			}
			if r.Now != "bkt-2" || r.Model != "own-1" || r.Switch || r.Report.Answers == 0 || r.Report.HeldOut == 0 {
				t.Fatalf("the report: %+v", r)
			}
			foldsHold(t, w, "bkt-2")
			if !r.Better {
				t.Fatalf("the demo's learners are not the default's, and a model of their own foretells them no better: %+v %+v", r.Report.Before, r.Report.After)
			}
			fits(t, fitCmd{where: w, Seed: 1, Switch: true})
			foldsHold(t, w, "own-1")
			fits(t, fitCmd{where: w, To: "bkt-2"})
			foldsHold(t, w, "bkt-2")
			if err := (&fitCmd{where: w, To: "own-7"}).run(t.Context(), io.Discard, io.Discard); !fault.Is(err, fault.NotFound) {
				t.Errorf("a model that is not there: %v", err)
			}
		})
	}
}

func fits(t *testing.T, c fitCmd) string {
	t.Helper()
	var out bytes.Buffer
	if err := c.run(t.Context(), &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// lived makes the demo's class of thirty with its four weeks.
func lived(t *testing.T, w where) {
	t.Helper()
	clock := &sample.Clock{}
	s, err := store.Open(t.Context(), store.Config{Dir: w.Data, URL: w.DB, Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := sample.Make(t.Context(), flow.New(s), clock, time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC), 1, sample.Full); err != nil {
		t.Fatal(err)
	}
}

// foldsHold holds the stored estimates against the evidence under the model that should be in force.
func foldsHold(t *testing.T, w where, code string) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{Dir: w.Data, URL: w.DB})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	f := flow.New(s)
	sum, err := ledger.Recompute(t.Context(), f, true)
	if err != nil || sum.Estimates == 0 || len(sum.Different) > 0 {
		t.Errorf("%d estimates, %d differ from their fold, %v", sum.Estimates, len(sum.Different), err)
	}
	schools, err := theSchool(t.Context(), f, "", w.Data)
	if err != nil {
		t.Fatal(err)
	}
	models, current, err := ledger.Models(t.Context(), f, schools)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range models {
		if (m.Code == code) != (m.ID == current) {
			t.Errorf("%s: in force is %s", m.Code, current)
		}
	}
}

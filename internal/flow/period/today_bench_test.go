package period_test

import (
	"slices"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/period"
	"kith/internal/roster"
	"kith/internal/sample"
	"kith/internal/store"
)

// BenchmarkToday loads a teacher's first page for 30 learners with four weeks behind them, 16 skills each: once with the
// piles as they are kept, once as they would be made. p95-ms is what the page's budget (50 ms) is about.
func BenchmarkToday(b *testing.B) {
	var clock sample.Clock
	s, err := store.Open(b.Context(), store.Config{Dir: b.TempDir(), Clock: clock.Now})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	f := flow.New(s)
	school, err := sample.Make(b.Context(), f, &clock, time.Now(), 1, sample.Full)
	if err != nil {
		b.Fatal(err)
	}
	at := slices.IndexFunc(school.People, func(p roster.Person) bool { return p.Family == "Okafor" })
	who := access.Actor{School: school.ID, Person: school.People[at].ID, Role: roster.Teacher}
	load := func(b *testing.B) {
		var took []time.Duration
		for b.Loop() {
			began := time.Now()
			p, err := flow.Show(b.Context(), f, period.Today, who, library.ClassIn{Class: school.Class})
			if err != nil || p.Learners != 30 {
				b.Fatalf("%d learners, %v", p.Learners, err)
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	}
	b.Run("suggested", load)
	if _, err := flow.Run(b.Context(), f, period.PlanDay, who, period.PlanDayIn{Op: flow.Op{Op: "0193a000-0000-7000-8000-000000000001"}, Class: school.Class}); err != nil {
		b.Fatal(err)
	}
	b.Run("kept", load)
}

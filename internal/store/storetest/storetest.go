// Package storetest is the exam that both databases sit: the same cases, opened by the caller on one engine and the other.
//
// Place in the flow: imported by tests only.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"kith/internal/fault"
	"kith/internal/store"
	"kith/internal/store/db"
)

const school = "018f0000-0000-7000-8000-000000000001"

// Open opens an empty store of one engine; Again opens the same database a second time, after the first was closed.
type Open func(t *testing.T) (first *store.Store, again func() (*store.Store, error))

// Run sits the exam.
func Run(t *testing.T, open Open) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, s *store.Store)
	}{
		{"Write_IsReadAfterItReturned", readAfterWrite},
		{"Write_FailedBodyLeavesNothingAndHurtsNobody", failedBody},
		{"Write_PanickingBodyIsItsOwnFault", panickingBody},
		{"Write_CancelledCallerDoesNotStopOthers", cancelledCaller},
		{"Write_CollisionsAreConflicts", collisions},
		{"Write_MissingRowIsNotFound", missingRow},
		{"Write_ManyAtOnceKeepEveryRow", manyAtOnce},
		{"Announce_RevsRiseByOneUnderLoad", revs},
		{"Announce_TellsAfterCommitOnly", tellsAfterCommit},
		{"Read_SeesOneSnapshot", snapshot},
		{"Read_CannotWrite", readCannotWrite},
		{"JSON_ComesBackAsItWent", jsonRoundTrip},
		{"Proposal_OneOpenALearner", oneOpenProposal},
		{"Misses_AtOnceAreAllCountedAndOldOnesForgotten", missesAtOnce},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _ := open(t)
			defer s.Close()
			must(t, addSchool(s))
			c.run(t, s)
		})
	}
	t.Run("Reopen_KeepsWhatWasAcknowledged", func(t *testing.T) {
		s, again := open(t)
		must(t, addSchool(s))
		must(t, s.Close())
		s, err := again()
		must(t, err)
		defer s.Close()
		must(t, s.Read(t.Context(), func(ctx context.Context, q *db.Queries) error {
			_, err := q.School(ctx, school)
			return err
		}))
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func addSchool(s *store.Store) error {
	return s.Write(context.Background(), "", func(ctx context.Context, tx *store.Tx) error {
		return tx.AddSchool(ctx, db.AddSchoolParams{ID: school, Code: "S", Name: "School", Zone: "UTC", Locale: "en", CreatedMs: tx.Now})
	})
}

func id(n int) string { return fmt.Sprintf("018f0000-0000-7000-8000-%012d", n) }

func addPerson(ctx context.Context, tx *store.Tx, n int) error {
	return tx.AddPerson(ctx, db.AddPersonParams{SchoolID: school, ID: id(n), Role: "learner", Given: fmt.Sprintf("P%d", n), NameFold: fmt.Sprintf("p%d", n), Settings: "{}", CreatedMs: tx.Now})
}

func people(t *testing.T, s *store.Store) int {
	t.Helper()
	n := 0
	must(t, s.Read(t.Context(), func(ctx context.Context, q *db.Queries) error {
		rows, err := q.People(ctx, school)
		n = len(rows)
		return err
	}))
	return n
}

func readAfterWrite(t *testing.T, s *store.Store) {
	must(t, s.Write(t.Context(), "a", func(ctx context.Context, tx *store.Tx) error { return addPerson(ctx, tx, 1) }))
	if n := people(t, s); n != 1 {
		t.Errorf("%d people after one was added", n)
	}
}

// failedBody packs good and bad bodies into the same group: the bad must vanish alone.
func failedBody(t *testing.T, s *store.Store) {
	own := errors.New("the verb's own reason")
	var wg sync.WaitGroup
	errs := make([]error, 40)
	for i := range errs {
		wg.Go(func() {
			errs[i] = s.Write(t.Context(), "same", func(ctx context.Context, tx *store.Tx) error {
				if err := addPerson(ctx, tx, i); err != nil {
					return err
				}
				switch i % 4 {
				case 1:
					return own
				case 2: // a foreign key that leads nowhere
					return tx.AddGuardianship(ctx, db.AddGuardianshipParams{SchoolID: school, GuardianID: id(i), LearnerID: id(9999), StartedOn: "2026-09-01"})
				}
				return nil
			})
		})
	}
	wg.Wait()
	for i, err := range errs {
		switch {
		case i%4 == 1 && !errors.Is(err, own):
			t.Errorf("body %d: %v, want its own error", i, err)
		case i%4 == 2 && !fault.Is(err, fault.Conflict):
			t.Errorf("body %d: %v, want Conflict", i, err)
		case (i%4 == 0 || i%4 == 3) && err != nil:
			t.Errorf("body %d: %v, want none", i, err)
		}
	}
	if n := people(t, s); n != 20 {
		t.Errorf("%d people are kept, want the 20 of the bodies that succeeded", n)
	}
}

func panickingBody(t *testing.T, s *store.Store) {
	err := s.Write(t.Context(), "a", func(ctx context.Context, tx *store.Tx) error {
		must(t, addPerson(ctx, tx, 1))
		panic("a mistake of ours")
	})
	if !fault.Is(err, fault.Internal) || !strings.Contains(err.Error(), "a mistake of ours") {
		t.Errorf("got %v, want an internal fault that names the panic", err)
	}
	must(t, s.Write(t.Context(), "a", func(ctx context.Context, tx *store.Tx) error { return addPerson(ctx, tx, 2) }))
	if n := people(t, s); n != 1 {
		t.Errorf("%d people, want only the one added after the panic", n)
	}
}

func cancelledCaller(t *testing.T, s *store.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Write(ctx, "a", func(ctx context.Context, tx *store.Tx) error {
		if ctx.Err() != nil {
			t.Error("the caller's cancellation reached the body")
		}
		return addPerson(ctx, tx, 1)
	}); err != nil {
		t.Errorf("an accepted write must say what became of it, got %v", err)
	}
	if n := people(t, s); n != 1 {
		t.Errorf("%d people, want 1", n)
	}
}

func collisions(t *testing.T, s *store.Store) {
	must(t, s.Write(t.Context(), "a", func(ctx context.Context, tx *store.Tx) error { return addPerson(ctx, tx, 1) }))
	err := s.Write(t.Context(), "a", func(ctx context.Context, tx *store.Tx) error { return addPerson(ctx, tx, 1) })
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("the same key twice: %v, want Conflict", err)
	}
}

func missingRow(t *testing.T, s *store.Store) {
	err := s.Read(t.Context(), func(ctx context.Context, q *db.Queries) error {
		_, err := q.Person(ctx, db.PersonParams{SchoolID: school, ID: id(7)})
		return err
	})
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("got %v, want NotFound", err)
	}
	must(t, s.Read(t.Context(), func(ctx context.Context, q *db.Queries) error {
		_, ok, err := store.Optional(q.Person(ctx, db.PersonParams{SchoolID: school, ID: id(7)}))
		if ok {
			t.Error("Optional found a row that is not there")
		}
		return err
	}))
}

func manyAtOnce(t *testing.T, s *store.Store) {
	const n = 300
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			if err := s.Write(context.Background(), id(i), func(ctx context.Context, tx *store.Tx) error {
				if err := addPerson(ctx, tx, i); err != nil {
					return err
				}
				_, err := tx.NextSeq(ctx, db.NextSeqParams{SchoolID: school, LearnerID: id(i)})
				return err
			}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := people(t, s); got != n {
		t.Errorf("%d people, want %d", got, n)
	}
}

func revs(t *testing.T, s *store.Store) {
	const n = 60
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			if err := s.Write(context.Background(), id(i), func(_ context.Context, tx *store.Tx) error {
				// In both orders: two groups that met the topics in opposite orders would wait for each other in a ring.
				first, second := "class:a", "class:b"
				if i%2 == 0 {
					first, second = second, first
				}
				tx.Announce(school, first, "k", "{}")
				tx.Announce(school, second, "k", "{}")
				return nil
			}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, topic := range []string{"class:a", "class:b"} {
		must(t, s.Read(t.Context(), func(ctx context.Context, q *db.Queries) error {
			rows, err := q.LiveAfter(ctx, db.LiveAfterParams{SchoolID: school, Topic: topic, Rev: 0, Limit: 1000})
			if len(rows) != n {
				t.Errorf("%s: %d events, want %d", topic, len(rows), n)
			}
			for i, r := range rows {
				if r.Rev != int64(i+1) {
					t.Errorf("%s: event %d has rev %d", topic, i, r.Rev)
					break
				}
			}
			return err
		}))
	}
}

func tellsAfterCommit(t *testing.T, s *store.Store) {
	told := make(chan []store.Topic, 10)
	s.OnCommit(func(topics []store.Topic) { told <- topics })
	_ = s.Write(t.Context(), "a", func(_ context.Context, tx *store.Tx) error {
		tx.Announce(school, "class:never", "k", "{}")
		return errors.New("no")
	})
	must(t, s.Write(t.Context(), "a", func(_ context.Context, tx *store.Tx) error {
		tx.Announce(school, "class:a", "k", "{}")
		return nil
	}))
	select {
	case topics := <-told:
		if len(topics) != 1 || topics[0].Name != "class:a" {
			t.Errorf("told %v, want class:a", topics)
		}
	case <-time.After(5 * time.Second):
		t.Error("nobody was told")
	}
}

func snapshot(t *testing.T, s *store.Store) {
	must(t, s.Read(t.Context(), func(ctx context.Context, q *db.Queries) error {
		before, err := q.People(ctx, school)
		if err != nil {
			return err
		}
		if err := s.Write(ctx, "a", func(ctx context.Context, tx *store.Tx) error { return addPerson(ctx, tx, 1) }); err != nil {
			return err
		}
		after, err := q.People(ctx, school)
		if len(after) != len(before) {
			t.Errorf("a page saw %d people, then %d", len(before), len(after))
		}
		return err
	}))
	if n := people(t, s); n != 1 {
		t.Errorf("the next snapshot sees %d people, want 1", n)
	}
}

func readCannotWrite(t *testing.T, s *store.Store) {
	err := s.Read(t.Context(), func(ctx context.Context, q *db.Queries) error {
		return q.AddSchool(ctx, db.AddSchoolParams{ID: id(2), Code: "T", Name: "T", Zone: "UTC", Locale: "en"})
	})
	if err == nil {
		t.Error("a read wrote a row")
	}
}

func jsonRoundTrip(t *testing.T, s *store.Store) {
	want := `{"a":[1,2.5,"x"],"b":{"c":null},"n":"007","u":"é–✓"}`
	must(t, s.Write(t.Context(), "a", func(ctx context.Context, tx *store.Tx) error {
		if err := addPerson(ctx, tx, 1); err != nil {
			return err
		}
		_, err := tx.SetPersonSettings(ctx, db.SetPersonSettingsParams{SchoolID: school, ID: id(1), Settings: want})
		return err
	}))
	must(t, s.Read(t.Context(), func(ctx context.Context, q *db.Queries) error {
		p, err := q.Person(ctx, db.PersonParams{SchoolID: school, ID: id(1)})
		if p.Settings != want {
			t.Errorf("got %s\nwant %s", p.Settings, want)
		}
		return err
	}))
}

func oneOpenProposal(t *testing.T, s *store.Store) {
	must(t, s.Write(t.Context(), "a", func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(addPerson(ctx, tx, 1),
			tx.AddClass(ctx, db.AddClassParams{SchoolID: school, ID: id(2), Name: "7B", Code: "KITE", Proposals: true}),
			tx.AddContent(ctx, db.AddContentParams{SchoolID: school, ID: id(3), Kind: "unit", CourseID: id(4), Code: "u", Title: "U", CurrentVersion: 1, Status: "published"}),
			tx.GiveUnit(ctx, db.GiveUnitParams{SchoolID: school, ID: id(5), ClassID: id(2), UnitID: id(3), UnitVersion: 1, Dial: "pick", GivenBy: id(1)}))
	}))
	propose := func(n int) error {
		return s.Write(t.Context(), "a", func(ctx context.Context, tx *store.Tx) error {
			return tx.AddProposal(ctx, db.AddProposalParams{SchoolID: school, ID: id(n), LearnerID: id(1), ClassUnitID: id(5), Cause: "asked", ModelID: "m", Body: "{}", LookKey: "k"})
		})
	}
	must(t, propose(10))
	if err := propose(11); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second open proposal: %v, want Conflict", err)
	}
	must(t, s.Write(t.Context(), "a", func(ctx context.Context, tx *store.Tx) error {
		return tx.SupersedeProposals(ctx, db.SupersedeProposalsParams{SchoolID: school, LearnerID: id(1), ClassUnitID: id(5)})
	}))
	must(t, propose(12))
}

func missesAtOnce(t *testing.T, s *store.Store) {
	miss := func(now, forget int64) (n int64) {
		must(t, s.Write(context.Background(), "", func(ctx context.Context, tx *store.Tx) (err error) {
			n, err = tx.AddMiss(ctx, db.AddMissParams{Bucket: "b", NowMs: now, ForgetMs: forget})
			return err
		}))
		return n
	}
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			if err := s.Write(context.Background(), id(i), func(ctx context.Context, tx *store.Tx) error { // on every writer
				_, err := tx.AddMiss(ctx, db.AddMissParams{Bucket: "b", NowMs: 1000, ForgetMs: 0})
				return err
			}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := miss(1000, 0); n != 21 {
		t.Errorf("20 misses at once and one more are %d", n)
	}
	must(t, s.Write(context.Background(), "", func(ctx context.Context, tx *store.Tx) error { return tx.TakeBackMiss(ctx, "b") }))
	if n := miss(2000, 1000); n != 21 {
		t.Errorf("one taken back and one more are %d, want 21", n)
	}
	if n := miss(9000, 2001); n != 1 {
		t.Errorf("after the others were forgotten: %d", n)
	}
	must(t, s.Write(context.Background(), "", func(ctx context.Context, tx *store.Tx) error { return tx.ForgetOldMisses(ctx, 9001) }))
	if n := miss(9002, 0); n != 1 {
		t.Errorf("a row that was cleared away counts %d", n)
	}
}

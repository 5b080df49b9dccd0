package sample_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/sample"
	"kith/internal/store"
	"kith/internal/store/db"
	"kith/internal/store/pgtest"
)

var monday = time.Date(2026, 11, 23, 7, 30, 0, 0, time.UTC)

func open(t *testing.T, url string) (*flow.Flow, *sample.Clock) {
	t.Helper()
	clock := &sample.Clock{}
	cfg := store.Config{Dir: t.TempDir(), Clock: clock.Now}
	if url != "" {
		cfg = store.Config{URL: url, Clock: clock.Now}
	}
	s, err := store.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return flow.New(s), clock
}

func TestMake_OnceInAStore(t *testing.T) {
	ctx := context.Background()
	f, clock := open(t, "")
	if _, ok, err := sample.Found(ctx, f); ok || err != nil {
		t.Fatalf("an empty store: found %v, %v", ok, err)
	}
	s, err := sample.Make(ctx, f, clock, monday, 1, sample.Small)
	if err != nil {
		t.Fatal(err)
	}
	id, ok, err := sample.Found(ctx, f)
	if id != s.ID || !ok || err != nil {
		t.Errorf("found %v %v %v, made %v", id, ok, err, s.ID)
	}
	if _, err := sample.Make(ctx, f, clock, monday.AddDate(0, 0, 1), 2, sample.Small); !fault.Is(err, fault.Conflict) {
		t.Errorf("made twice in one store: %v", err)
	}
}

// full makes the whole school as it stands at an instant.
func full(t *testing.T, now time.Time) (*flow.Flow, sample.School) {
	t.Helper()
	f, clock := open(t, "")
	began := time.Now()
	s, err := sample.Make(t.Context(), f, clock, now, 7, sample.Full)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("made in %v", time.Since(began).Round(time.Millisecond))
	clock.Set(now)
	return f, s
}

// statuses are everybody's, by name and skill.
func statuses(t *testing.T, f *flow.Flow, s sample.School) map[string]map[string]string {
	t.Helper()
	out := map[string]map[string]string{}
	err := f.Store().Read(t.Context(), func(ctx context.Context, q *db.Queries) error {
		code := map[string]string{}
		rows, err := q.OriginsOf(ctx, db.OriginsOfParams{SchoolID: string(s.ID), Source: "kith"})
		for _, r := range rows {
			if r.Kind == "skill" {
				code[r.ID] = strings.TrimPrefix(r.SourceID, "skill:")
			}
		}
		if err != nil {
			return err
		}
		for _, p := range s.People {
			mine, err := q.EstimatesOf(ctx, db.EstimatesOfParams{SchoolID: string(s.ID), LearnerID: string(p.ID)})
			if err != nil {
				return err
			}
			out[p.Full()] = map[string]string{}
			for _, e := range mine {
				out[p.Full()][code[e.SkillID]] = e.Status
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestMake_GivesTheSameStatusesForTheSameSeed(t *testing.T) {
	var all []map[string]map[string]string
	for range 2 {
		f, clock := open(t, "")
		s, err := sample.Make(t.Context(), f, clock, monday, 3, sample.Small)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, statuses(t, f, s))
	}
	if !reflect.DeepEqual(all[0], all[1]) {
		t.Errorf("two schools of one seed:\n%v\n%v", all[0], all[1])
	}
	if len(all[0]["Amina Haddad"]) == 0 {
		t.Error("Amina has no past")
	}
}

func TestMake_FoldsToWhatIsStored(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			url := ""
			if engine == "postgres" {
				url = pgtest.Start(t)
			}
			f, clock := open(t, url)
			if _, err := sample.Make(t.Context(), f, clock, monday, 1, sample.Small); err != nil {
				t.Fatal(err)
			}
			sum, err := f.Recompute(t.Context(), true)
			if err != nil || len(sum.Different) > 0 || sum.Estimates < 20 {
				t.Errorf("recompute: %+v, %v", sum, err)
			}
		})
	}
}

func TestMake_IsTheSchoolOfTheOutline(t *testing.T) {
	for _, now := range []time.Time{monday, monday.AddDate(0, 0, 4).Add(8 * time.Hour)} { // before class; a Friday afternoon
		t.Run(now.Format("Monday 15:04"), func(t *testing.T) {
			f, s := full(t, now)
			t.Run("statuses", func(t *testing.T) { theirStatuses(t, f, s) })
			t.Run("questions", func(t *testing.T) { theirQuestions(t, f, s) })
			t.Run("piles", func(t *testing.T) { theirPiles(t, f, s) })
		})
	}
}

func theirStatuses(t *testing.T, f *flow.Flow, s sample.School) {
	sum, err := f.Recompute(t.Context(), true)
	if err != nil || len(sum.Different) > 0 {
		t.Errorf("recompute: %d differ, %v", len(sum.Different), err)
	}
	is := statuses(t, f, s)
	for name, want := range map[string]string{
		"Freya Lindqvist": "ratio-language equivalent-ratios unit-rate compare-rates",
		"Kwame Mensah":    "percent-of percent-change",
		"Viktor Petrov":   "ratio-language equivalent-ratios",
		"Leo Marchetti":   "proportional-or-not constant-of-proportionality",
	} {
		for _, code := range strings.Fields(want) {
			if is[name][code] != "secure" {
				t.Errorf("%s has %s as %q", name, code, is[name][code])
			}
		}
	}
	for code, status := range is["Kwame Mensah"] {
		if status == "secure" && !strings.HasPrefix(code, "percent-") {
			t.Errorf("Kwame is secure in %s", code)
		}
	}
}

func theirQuestions(t *testing.T, f *flow.Flow, s sample.School) {
	err := f.Store().Read(t.Context(), func(ctx context.Context, q *db.Queries) error {
		var asked []string
		for _, p := range s.People {
			rows, err := q.QuestionsOf(ctx, db.QuestionsOfParams{SchoolID: string(s.ID), LearnerID: string(p.ID)})
			if err != nil {
				return err
			}
			for _, r := range rows {
				asked = append(asked, r.Text)
			}
			answers, err := q.AttemptsOf(ctx, db.AttemptsOfParams{SchoolID: string(s.ID), LearnerID: string(p.ID)})
			if err != nil {
				return err
			}
			if p.Given == "Layla" && len(answers) != 2 {
				t.Errorf("Layla has given %d answers", len(answers))
			}
		}
		if len(asked) != 5 || !slices.Contains(asked, "Why do we divide that way round?") || !slices.Contains(asked, "Can a ratio have three numbers?") {
			t.Errorf("questions: %q", asked)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func theirPiles(t *testing.T, f *flow.Flow, s sample.School) {
	got := piles(t, f, s)
	for _, want := range []string{
		"sit equivalent-ratios/add-same: Jonas Mateo Nia",
		"sit unit-rate/upside-down: Amina Tomasz",
		"watch: Diego Kwame Layla Tala Tobi Viktor",
		"deeper: Ingrid Leo Mei",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("no pile %q among\n%s", want, strings.Join(got, "\n"))
		}
	}
}

// piles plans the day as the teacher does and words what is stored.
func piles(t *testing.T, f *flow.Flow, s sample.School) (out []string) {
	t.Helper()
	okafor := s.Actor(s.Find("Mr", "Okafor"))
	day, err := flow.Run(t.Context(), f, flow.PlanDay, okafor, flow.PlanDayIn{Op: flow.Op{Op: "01980000-0000-7000-8000-0000000000aa"}, Class: s.Class})
	if err != nil {
		t.Fatal(err)
	}
	err = f.Store().Read(t.Context(), func(ctx context.Context, q *db.Queries) error {
		rows, err := q.PilesOfDay(ctx, db.PilesOfDayParams{SchoolID: string(s.ID), ClassDayID: day.Day})
		if err != nil {
			return err
		}
		members, err := q.PileMembers(ctx, db.PileMembersParams{SchoolID: string(s.ID), ClassDayID: day.Day})
		if err != nil {
			return err
		}
		for _, p := range rows {
			line := p.Kind
			if p.SkillID != "" {
				k, err := q.Skill(ctx, db.SkillParams{SchoolID: string(s.ID), ID: p.SkillID})
				if err != nil {
					return err
				}
				line += " " + k.Code + "/" + p.Mistake
			}
			var names []string
			for _, m := range members {
				for _, who := range s.People {
					if string(who.ID) == m.LearnerID && m.PileID == p.ID {
						names = append(names, who.Given)
					}
				}
			}
			slices.Sort(names)
			out = append(out, line+": "+strings.Join(names, " "))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

package simulate

import (
	"math"
	"reflect"
	"testing"

	"kith/internal/answers"
)

func world(t *testing.T, name string, learners int) (*School, *answers.Log) {
	t.Helper()
	for _, w := range Worlds() {
		if w.Name == name {
			w.Learners = min(w.Learners, learners)
			s := w.Open(1)
			log, err := s.Answers(1)
			if err != nil {
				t.Fatal(err)
			}
			return s, log
		}
	}
	t.Fatalf("no world %s", name)
	return nil, nil
}

func TestAnswers_AreTheSameForTheSameSeed(t *testing.T) {
	_, a := world(t, "small", 40)
	_, b := world(t, "small", 40)
	if !reflect.DeepEqual(a, b) {
		t.Error("one seed, two logs")
	}
	w := Worlds()[len(Worlds())-1]
	w.Learners = 40
	c, _ := w.Open(1).Answers(2)
	if reflect.DeepEqual(a.Rows, c.Rows) {
		t.Error("two seeds, one log")
	}
}

// What the worlds are said to be, looked at in the answers of 300 learners of each.
func TestWorlds_AreWhatTheySay(t *testing.T) {
	for _, c := range []struct {
		name         string
		rows, repeat [2]float64 // answers a learner; share that repeats the item before
		items        [2]int     // of the whole world's
		oneSkill     bool
	}{
		{"builder", [2]float64{50, 110}, [2]float64{0, .02}, [2]int{3000, 18000}, false},
		{"sequences", [2]float64{20, 45}, [2]float64{.6, .95}, [2]int{90, 100}, true},
		{"steps", [2]float64{450, 800}, [2]float64{0, .15}, [2]int{800, 1300}, true},
		{"retries", [2]float64{400, 800}, [2]float64{.25, .6}, [2]int{1500, 4000}, true},
		{"small", [2]float64{120, 300}, [2]float64{0, .15}, [2]int{300, 450}, false},
	} {
		_, log := world(t, c.name, 300)
		repeat, right := 0.0, 0.0
		several := false
		for i, r := range log.Rows {
			if i > 0 && log.Rows[i-1].Learner == r.Learner && log.Rows[i-1].Item == r.Item {
				repeat++
			}
			if r.Correct {
				right++
			}
			several = several || len(log.Sets[r.Set]) > 1
		}
		n := float64(len(log.Rows))
		within := func(what string, v, low, high float64) {
			if v < low || v > high {
				t.Errorf("%s: %s is %.3f, not between %v and %v", c.name, what, v, low, high)
			}
		}
		within("answers a learner", n/float64(log.Active()), c.rows[0], c.rows[1])
		within("share of repeats", repeat/n, c.repeat[0], c.repeat[1])
		within("share of right answers", right/n, .5, .85)
		within("items", float64(len(log.Items)), float64(c.items[0]), float64(c.items[1]))
		if several == c.oneSkill || !log.Timed() {
			t.Errorf("%s: several skills %v, timed %v", c.name, several, log.Timed())
		}
	}
}

// Practice helps and a long rest hurts: over 200 learners, ten answers to one skill, then ninety days.
func TestLearner_LearnsAndForgets(t *testing.T) {
	s, _ := world(t, "small", 1)
	var before, after, later float64
	for seed := range uint64(200) {
		l := s.Learner(seed, 0)
		before += l.Knows(5) / 200
		for n := range 10 {
			l.Try(s.Pools[5][n%len(s.Pools[5])], 1)
		}
		after += l.Knows(5) / 200
		l.Rest(90)
		later += l.Knows(5) / 200
	}
	if after < before+.1 || later > after-.015 || later < before {
		t.Errorf("before %.3f, after practice %.3f, after a rest %.3f", before, after, later)
	}
}

// An item gives itself away after its number of further tries, and choices are guessed by chance: 4,000 tries of somebody
// who knows nothing.
func TestTry_GivesAwayAndGuesses(t *testing.T) {
	w := World{Learners: 1, Skills: 1, Items: 2, Rows: 1, Ease: -30, GainOver: 1, Guess: .08, KinSize: 1}
	s := w.Open(1)
	s.Items[0].GivesAway = 2
	l := s.Learner(1, 0)
	var first, third float64
	for range 4000 {
		if l.Try(0, 1) {
			first++
		}
		if l.Try(0, 3) {
			third++
		}
	}
	if math.Abs(first/4000-.08) > .015 || math.Abs(third/4000-.98) > .01 {
		t.Errorf("first tries right %.3f, third %.3f", first/4000, third/4000)
	}
}

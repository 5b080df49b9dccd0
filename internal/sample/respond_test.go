package sample

import (
	"math/rand/v2"
	"testing"

	"kith/internal/course"
	"kith/internal/item"
)

// What simulated people enter is judged as what it is meant to be, for every item of the unit.
func TestResponses_AreJudgedAsMeant(t *testing.T) {
	l, err := course.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	tagged := map[string]bool{}
	for _, it := range l.Items {
		if !it.Kind.AtOnce() { // what waits for a person is written on purpose (writings)
			continue
		}
		for n := 1; n <= 5; n++ {
			v, err := item.Draw(it, item.SeedFor("somebody", string(it.ID), n))
			if err != nil {
				t.Fatal(err)
			}
			j, err := item.Score(v, rightAnswer(it, v, r))
			if err != nil || j.Outcome != item.Right {
				t.Errorf("%s draw %d: %+v is %v, %v; want right", it.Code, n, rightAnswer(it, v, r), j.Outcome, err)
			}
			wrong := wrongAnswer(it, v, nil, r)
			if j, err = item.Score(v, wrong); err != nil || j.Outcome != item.NotYet {
				t.Errorf("%s draw %d: %+v is %v, %v; want not yet", it.Code, n, wrong, j.Outcome, err)
			}
			tagged[string(it.Skills[0])+"/"+j.Mistake] = true
			slip := slipped(it, v, r)
			if j, err = item.Score(v, slip); err != nil || j.Outcome != item.NotYet {
				t.Errorf("%s draw %d: the slip %+v is %v, %v", it.Code, n, slip, j.Outcome, err)
			}
		}
	}
	for _, want := range []string{"unit-rate/upside-down", "equivalent-ratios/add-same"} {
		if !tagged[want] {
			t.Errorf("nobody made %s", want)
		}
	}
}

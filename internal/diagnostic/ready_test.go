package diagnostic

import (
	"math"
	"slices"
	"testing"

	"kith/internal/item"
	"kith/internal/skill"
)

// By hand. Three loose skills at chances of being ready of .9, .6 and .3: two are called, (.9 + .6) / 2. Then .4, .3 and
// .05: none is, though three in four learners of this kind have something ready. Then .02, .01 and .01: hardly anybody has.
func TestReadySureness_IsHonestWhenNothingIsCalledReady(t *testing.T) {
	for _, c := range []struct {
		ready []float64
		want  float64
	}{
		{[]float64{0.9, 0.6, 0.3}, 0.75},
		{[]float64{0.4, 0.3, 0.05}, 0.25},
		{[]float64{0.02, 0.01, 0.01}, 0.96},
		{[]float64{0.49, 0.49, 0.49}, 0},
	} {
		if got := (State{b: belief{ready: c.ready}}).ReadySureness(); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v: %v, want %v", c.ready, got, c.want)
		}
	}
}

// One skill, known by half beforehand, slip and guess .1, nothing against the graph to speak of. Ready means not known.
// Before any answer it is called ready at .5 and the check is half sure of that. After one right answer it is known at .9,
// called ready no more, and the check is .9 sure that nothing is; after two, .81/(.81+.01) = .988.
func TestReadySureness_OfOneSkillByHand(t *testing.T) {
	p := DefaultParams()
	p.Eps, p.Steep, p.Prior = 1e-9, 0, 0.5
	g, ids := graph(t, 1, nil)
	s, err := New(g, ids, nil, p)
	if err != nil {
		t.Fatal(err)
	}
	right := Answer{Skill: ids[0], Kind: item.Number, Right: true}
	for n, want := range []float64{0.5, 0.9, 0.81 / 0.82} {
		st := replay(t, s, []Answer{right, right}[:n], "")
		if got := st.ReadySureness(); math.Abs(got-want) > 1e-6 {
			t.Errorf("after %d right answers %v, want %v", n, got, want)
		}
	}
}

// A check that calls nothing ready does not stop on its certainty about what is known: two loose skills at .96 and .95 are
// certain enough (.955), yet with 9 in 100 one of them is ready, and the check asks on where it could be .9 sure and is not.
func TestStop_NotOnCertaintyAlone(t *testing.T) {
	sure := func(ready ...float64) State {
		st := replay(t, space(t, 2, nil, nil), nil, "")
		st.b.known, st.b.ready = []float64{0.96, 0.95}, ready
		return st
	}
	if why := sure(0.04, 0.05).Stop(); why != Certain {
		t.Errorf("%.2f sure that nothing is ready: %q", sure(0.04, 0.05).ReadySureness(), why)
	}
	if why := sure(0.3, 0.3).Stop(); why != GoOn {
		t.Errorf("%.2f sure that nothing is ready: %q", sure(0.3, 0.3).ReadySureness(), why)
	}
}

// Five loose skills of which a check says different things. Known by 97 in 100: likely, but nothing was shown. Asked and right:
// shown. Asked twice and not yet: not known. Never met: said so. Known by half, unasked: cannot be said.
func TestOpen_IsWhatCannotBeSaidYet(t *testing.T) {
	p := DefaultParams()
	p.Steep = 0
	g, ids := graph(t, 5, nil)
	s, err := New(g, ids, map[skill.ID]float64{name(0): 0.97, name(1): 0.6, name(2): 0.5, name(3): 0.5, name(4): 0.5}, p)
	if err != nil {
		t.Fatal(err)
	}
	st := replay(t, s, []Answer{{Skill: name(1), Right: true}, {Skill: name(2)}, {Skill: name(2)}, {Skill: name(3), Unlearned: true}}, "")
	if got := st.Open(); !slices.Equal(got, []skill.ID{name(0), name(4)}) {
		t.Errorf("open: %v at %v", got, st.Marginals())
	}
	if got := st.Known(); !slices.Equal(got, []skill.ID{name(1)}) {
		t.Errorf("known: %v", got)
	}
}

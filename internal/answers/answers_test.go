package answers

import (
	"reflect"
	"testing"

	"kith/internal/fault"
)

type given struct {
	learner, item string
	skills        []string
	correct       bool
	at            int64
}

func logOf(t *testing.T, all ...given) *Log {
	t.Helper()
	b := NewBuilder()
	for _, g := range all {
		if err := b.Add(g.learner, g.item, g.skills, g.correct, g.at); err != nil {
			t.Fatal(err)
		}
	}
	l, err := b.Log()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// ana and ben interleaved; one answer of two skills, the same two in another order, one without a skill.
func sample(t *testing.T) *Log {
	return logOf(t,
		given{"ana", "i1", []string{"add"}, true, 10},
		given{"ben", "i2", []string{"add", "sub"}, false, 20},
		given{"ana", "i2", []string{"sub", "add", "add"}, true, 30},
		given{"ana", "i3", nil, false, 40},
	)
}

func TestLog_GroupsByLearnerInOrder(t *testing.T) {
	l := sample(t)
	if want := []string{"add", "sub", "item:i3"}; !reflect.DeepEqual(l.Skills, want) {
		t.Errorf("skills %v", l.Skills)
	}
	if want := [][]int32{{0}, {0, 1}, {2}}; !reflect.DeepEqual(l.Sets, want) {
		t.Errorf("sets %v", l.Sets)
	}
	if want := []Row{{0, 0, 0, true, 10}, {0, 1, 1, true, 30}, {0, 2, 2, false, 40}}; !reflect.DeepEqual(l.Of(0), want) {
		t.Errorf("ana: %v", l.Of(0))
	}
	if want := []Row{{1, 1, 1, false, 20}}; !reflect.DeepEqual(l.Of(1), want) || l.Pseudo != 1 || !l.Timed() || l.Active() != 2 {
		t.Errorf("ben: %v, pseudo %d", l.Of(1), l.Pseudo)
	}
}

func TestPart_KeepsNamesAndLeavesOutRows(t *testing.T) {
	p := sample(t).Part(func(l int) bool { return l == 1 })
	if len(p.Rows) != 1 || len(p.Of(0)) != 0 || len(p.Of(1)) != 1 || p.Active() != 1 || len(p.Learners) != 2 {
		t.Errorf("got %+v", p)
	}
}

func TestJoin_TakesOneNameInTwoLogsForTwoPeople(t *testing.T) {
	a := logOf(t, given{"ana", "i1", []string{"add"}, true, 0})
	b := logOf(t, given{"zoe", "i9", nil, true, 0}, given{"ana", "i1", []string{"add"}, false, 5})
	l, from, twice := Join(a, b)
	if from != 1 || twice != 1 || !reflect.DeepEqual(l.Learners, []string{"ana", "zoe", "ana"}) || l.Timed() || l.Pseudo != 1 {
		t.Fatalf("from %d, twice %d, %+v", from, twice, l)
	}
	if got := l.Of(2); len(got) != 1 || got[0].Item != 0 || got[0].Correct {
		t.Errorf("the second ana: %v", got)
	}
	if got := l.Of(1)[0]; l.Skills[l.Sets[got.Set][0]] != "item:i9" {
		t.Errorf("zoe's skill: %v", got)
	}
}

func TestAdd_RefusesWhatHasNoName(t *testing.T) {
	b := NewBuilder()
	for _, g := range []given{{"", "i", nil, true, 0}, {"l", "", nil, true, 0}, {"l", "i", []string{"a", ""}, true, 0}, {"l", "i", nil, true, -1}} {
		if err := b.Add(g.learner, g.item, g.skills, g.correct, g.at); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: got %v, want Invalid", g, err)
		}
	}
	if _, err := b.Log(); !fault.Is(err, fault.Invalid) {
		t.Errorf("an empty log: got %v, want Invalid", err)
	}
}

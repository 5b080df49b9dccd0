package measure

import "testing"

// The interval of 15 of 20 as Newcombe (1998), Statistics in Medicine 17, gives Wilson's: .5313 to .8881 by hand.
func TestShare_IsWilsons(t *testing.T) {
	w := Share(15, 20, TwoSided95)
	near(t, "at", w.At, .75, 1e-4)
	near(t, "low", w.Low, .5313, 1e-4)
	near(t, "high", w.High, .8881, 1e-4)
	if w := Share(0, 0, TwoSided95); w.Low != 0 || w.High != 1 {
		t.Errorf("nobody: %+v", w)
	}
}

// 56 of 70 less 48 of 80: Newcombe (1998), table II, method 10 gives .0524 to .3339.
func TestLess_IsNewcombes(t *testing.T) {
	c := Less(Share(56, 70, TwoSided95), Share(48, 80, TwoSided95))
	near(t, "at", c.At, .2, 1e-4)
	near(t, "low", c.Low, .0524, 1e-4)
	near(t, "high", c.High, .3339, 1e-4)
}

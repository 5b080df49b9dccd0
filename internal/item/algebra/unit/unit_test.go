package unit

import (
	"math/big"
	"testing"
)

// find reads a unit or stops the test.
func find(t *testing.T, word string) Unit {
	t.Helper()
	u, ok := Find(word)
	if !ok {
		t.Fatalf("%q is no unit", word)
	}
	return u
}

func TestFind_KnowsNamesCasesAndPlurals(t *testing.T) {
	for word, name := range map[string]string{
		"km": "km", "kilometres": "km", "Kilometers": "km", "KM": "", "m": "m", "M": "", "meters": "m", "feet": "ft", "inches": "in", "mL": "mL", "ml": "mL", "L": "L",
		"dollars": "$", "$": "$", "cents": "¢", "Degrees": "degree", "°": "degree", "hours": "h", "hrs": "h", "miles": "mi", "x": "", "apples": "", "gallons": "gal", "sq ft": "sqft",
	} {
		u, ok := Find(word)
		if ok != (name != "") {
			t.Errorf("%q known: %v", word, ok)
		}
		if ok && u.Same(find(t, word)) == false {
			t.Errorf("%q is not like itself", word)
		}
		if ok && u.Name() != name {
			t.Errorf("%q is shown as %q, want %q", word, u.Name(), name)
		}
	}
}

// per is how many v one u holds; both must be of one dimension.
func per(t *testing.T, u, v Unit) string {
	t.Helper()
	if !u.Same(v) {
		t.Fatalf("%s and %s cannot be converted", u.Name(), v.Name())
	}
	a, pa := u.Factor()
	b, pb := v.Factor()
	if pa != pb {
		t.Fatalf("%s and %s differ by π", u.Name(), v.Name())
	}
	return new(big.Rat).Quo(a, b).RatString()
}

func TestUnit_ConvertsExactly(t *testing.T) {
	kmh, _ := find(t, "km").Over(find(t, "h"))
	ms, _ := find(t, "m").Over(find(t, "s"))
	m2, _ := find(t, "m").Power(2)
	cm2, _ := find(t, "cm").Power(2)
	cm3, _ := find(t, "cm").Power(3)
	ft2, _ := find(t, "ft").Power(2)
	newton, _ := find(t, "kg").Times(ms)
	newton, _ = newton.Over(find(t, "s"))
	for _, c := range []struct {
		u, v Unit
		want string
	}{
		{find(t, "km"), find(t, "m"), "1000"}, {find(t, "ft"), find(t, "in"), "12"}, {find(t, "mi"), find(t, "ft"), "5280"}, {find(t, "yd"), find(t, "ft"), "3"},
		{find(t, "lb"), find(t, "oz"), "16"}, {find(t, "ton"), find(t, "lb"), "2000"}, {find(t, "gal"), find(t, "qt"), "4"}, {find(t, "gal"), find(t, "cup"), "16"}, {find(t, "tbsp"), find(t, "tsp"), "3"},
		{find(t, "L"), find(t, "mL"), "1000"}, {find(t, "mL"), cm3, "1"}, {m2, cm2, "10000"}, {find(t, "sq ft"), ft2, "1"}, {ms, kmh, "18/5"}, {find(t, "mph"), kmh, "1.609344"},
		{find(t, "h"), find(t, "s"), "3600"}, {find(t, "$"), find(t, "cents"), "100"}, {newton, find(t, "N"), "1"}, {find(t, "rev"), find(t, "degrees"), "360"},
	} {
		want, _ := new(big.Rat).SetString(c.want)
		if got := per(t, c.u, c.v); got != want.RatString() {
			t.Errorf("one %s is %s %s, want %s", c.u.Name(), got, c.v.Name(), want.RatString())
		}
	}
}

func TestUnit_RefusesWhatHasNoMeaning(t *testing.T) {
	if _, ok := find(t, "°C").Times(find(t, "m")); ok {
		t.Error("degrees Celsius were multiplied")
	}
	if _, ok := Label("apples").Power(2); ok {
		t.Error("apples were squared")
	}
	if _, ok := find(t, "m").Power(7); ok {
		t.Error("m^7 passed")
	}
	deep := find(t, "m")
	ok := true
	for i := 0; ok && i < 100; i++ {
		deep, ok = deep.Times(find(t, "m"))
	}
	if ok {
		t.Error("m^100 passed")
	}
	if find(t, "$").Same(find(t, "€")) || find(t, "m").Same(find(t, "s")) || Label("apples").Same(Label("pears")) {
		t.Error("units of different dimensions pass for the same")
	}
	if !Label("Apples").Same(Label("apple")) || Label("apples").Same(Unit{}) {
		t.Error("a label is compared in the singular, and is not nothing")
	}
}

package algebra

import (
	"testing"

	"kith/internal/item/algebra/exact"
	"kith/internal/item/algebra/form"
	"kith/internal/item/algebra/near"
	"kith/internal/item/algebra/read"
)

// forms parses the names of forms.
func forms(t testing.TB, names ...string) []form.Form {
	t.Helper()
	var out []form.Form
	for _, n := range names {
		f, ok := form.Parse(n)
		if !ok {
			t.Fatalf("no form %q", n)
		}
		out = append(out, f)
	}
	return out
}

func check(t testing.TB, a Ask, answer string) Verdict {
	t.Helper()
	k, err := NewKey(a)
	if err != nil {
		t.Fatalf("key %q: %v", a.Key, err)
	}
	return k.Check(answer)
}

// TestCheck_AcceptsEveryWayOfWritingTheValue: key, then answers that are all right.
func TestCheck_AcceptsEveryWayOfWritingTheValue(t *testing.T) {
	for _, c := range [][]string{
		{"3/4", "0.75", "6/8", ".75", "75%", `\frac{3}{4}`, `\dfrac34`, "¾", "−-3/4", "x = 3/4", "0,75", "3÷4", "75/100"},
		{"1000", "1,000", "1 000", "10^3", "1e3", "1000.0"}, {"3.5", "3,5", "3 1/2", `3\frac{1}{2}`, "7/2", "3½"}, {"1/3", "0.333...", `0.\overline{3}`},
		{"2x+3", "3+2x", "2(x+1.5)", "y = 2x+3", "f(x)=2x+3", "2X+3", "x+x+3", "2*x + 3"}, {"x^2-9", "(x+3)(x-3)", "x²−9", "x**2-9", `\left(x+3\right)\left(x-3\right)`}, {"(x+1)/(x-1)", `\frac{x+1}{x-1}`, "(x^2+2x+1)/(x^2-1)", "1+2/(x-1)"},
		{"2sqrt(2)", "sqrt(8)", "√8", `2\sqrt{2}`, "4/sqrt(2)", "2*2^(1/2)", "8^0.5"}, {"x+1", "(x^2-1)/(x-1)"}, {"|x|", "sqrt(x^2)"}, {"5+12i", "12i+5", "(3+2i)^2"},
		{"y=2x+3", "2x-y+3=0", "y-3=2x", "2x+3=y", "2y=4x+6", "2x+3", "f(x)=2x+3", "x=(y-3)/2", "-y=-2x-3"}, {"x=4", "4", "4=x", "x=8/2", "2x=8", "x=4.0", "X=4"}, {"d=5t", "5t", "d/t=5", "t=d/5"},
		{"x<3", "3>x", "(-inf,3)", "(-∞, 3)", "2x+1<7", "x-3<0", "{x | x<3}", `\{x \mid x<3\}`, "-x > -3", `\left(-\infty,3\right)`}, {"[2,5)", "2<=x<5", "5>x≥2", "x>=2 and x<5", "[2;5[", "x in [2,5)"}, {"(-inf,-2]U[4,inf)", "x<=-2 or x>=4", "(-∞,-2]∪[4,∞)", "[4,inf) U (-inf,-2]"}, {"x!=3", "(-inf,3)U(3,inf)", "x<3 or x>3", "x≠3"}, {"2<x<5", "(2,5)"}, {"(2,5)", "2<x<5", "(2, 5)", "2,5", "x=2, y=5"},
		{"{1,2}", "{2,1}", "1,2", "2 or 1", "x=1 or x=2", "x=2, x=1", "{1,2,2}", "2 and 1", "x=1,2"}, {"x=2 or x=-3", "x=-3 or x=2", "2,-3", "{-3,2}", "x=2,-3", "x = 2; x = -3"}, {"x=±3", "3,-3", "x=3 or x=-3", "±3", "{-3,3}", "+-3"}, {"1±sqrt(2)", "1+sqrt(2), 1-sqrt(2)", "(2±sqrt(8))/2"},
		{"(3,-2)", "(3,-2.0)", "(6/2, -2)", "x=3,y=-2", "y=-2 and x=3", "(x,y)=(3,-2)"}, {"(0,1),(2,4)", "(2,4),(0,1)", "(0,1) and (2,4)"}, {"no solution", "none", "∅", "{}", "No Solution", `\emptyset`, "DNE"}, {"all real numbers", "(-inf,inf)", "ℝ", "infinitely many solutions"}, {"undefined", "DNE", "und"},
		{"5 m", "500 cm", "0.005 km", "5 metres", "5m", `5\text{ m}`, "5 meters"}, {"60 km/h", "60 kilometers per hour", "60 kph", "50/3 m/s"}, {"$3.50", "3.50", "3.5 dollars", "350 cents", "$3.5", `\$3.50`}, {"90°", "90", "pi/2 rad", "90 degrees"}, {"12 apples", "12", "12 Apples", "a=12"}, {"25%", "0.25", "1/4", "25 percent"}, {"5 ft 3 in", "63 in", "5.25 ft"}, {"1 h 30 min", "90 min", "1.5 hours"},
		{"3.2*10^5", "320000", "3.2e5", "3.2 x 10^5", "3.2×10⁵", "32*10^4", "320,000"}, {"log_2(8)", "3"}, {"ln(x^2)", "2ln|x|"}, {"sin(2x)", "2sin(x)cos(x)"}, {"2^(x+1)", "2*2^x"}, {"pi", "π", `\pi`}, {"4x^3y", "4yx^3", "4x^3*y", "4*x*x*x*y"}, {"2:3", "4:6", "2/3", "1:1.5"}, {"[[1,2],[3,4]]", `\begin{bmatrix}1&2\\3&4\end{bmatrix}`, `\begin{pmatrix}1&2\\3&8/2\end{pmatrix}`},
		{"2x-y=4, x-3=2", "x=5, y=2x-4"}, {"x^2=9", "9=x^2", "x^2-9=0"}, {"y=sqrt(x)", "sqrt(x)=y", "y=x^(1/2)"}, {"h=3V/(pi r^2)", "3V/(πr²)", `h=\frac{3V}{\pi r^2}`, "V = pi r^2 h/3"}, {"x^2+y^2=25", "y^2=25-x^2", "2x^2+2y^2=50"}, {"7/4", "1 and 3/4", "1 3/4", "= 7/4", "7 over 4"}, {"7 R 2", "7r2", "7 remainder 2", "7 rem 2", "7, 2"}, {"12", "12!", "12!!", "it is 12", "the answer is 12"}, {"120", "5!", "120!"}, {"x=4", "x is 4", "I got x = 4"}, {"7", "7 R 0", "7 R 00"}, {"3:4", "3 to 4", "6 to 8"}, {"3/4", "3 out of 4"}, {"all real numbers", "R"}, {"(1,2)", "x=1 y=2"},
		{"5 m/s", "5 ms^-1", "5 ms⁻¹", "5 m s^-1"}, {"72 min^-1", "72 mins^-1"}, {"3 h^-1", "3 hrs^-1", "3 hours^-1"}, {"2 m^-1", "2 metres^-1"}, {"3 kg/s", "3 kgs^-1"}, {"12 cm^2", "12 cm2", "12cm2", "12 sq cm"}, {"5 km", "5 kms"}, {"5 ft 3 in", "5'3\"", "5′ 3″", "63\"", "63''", "5 ft, 3 in", "5 feet and 3 inches"}, {"x=-7/4", "x = -1 and 3/4", "-1 and 3/4"}, {"30 mpg", "30 mi/gal", "30 miles per gallon"}, {"20 C", "20 °C"}, {"1/6", "0.1666...", "0.16̅"}, {"b_1=2A/h-b_2", "b_{1}=(2A-b_2h)/h"},
	} {
		for _, answer := range c[1:] {
			if v := check(t, Ask{Key: c[0]}, answer); v.Outcome != Right || !v.ValueEqual || !v.FormOK {
				t.Errorf("%q for %q: %+v", answer, c[0], v)
			}
		}
	}
}

// TestCheck_NamesTheSlip: key, answer, and the slip between them.
func TestCheck_NamesTheSlip(t *testing.T) {
	for _, c := range []struct {
		key, answer string
		miss        near.Miss
	}{
		{"5", "-5", near.Sign}, {"2x-3", "3-2x", near.Sign}, {"2x-3", "2x+3", near.Sign}, {"x^2-x-12", "x^2+x-12", near.Sign}, {"-(x+y-2)", "-x+y-2", near.DroppedNegative}, {"3/4", "4/3", near.Reciprocal}, {"2/3", "-3/2", near.NegativeReciprocal},
		{"3.2", "32", near.PowerOfTen}, {"320", "3.2", near.PowerOfTen}, {"10", "20", near.OffByFactor}, {"2x+4", "x+2", near.OffByFactor}, {"25%", "25", near.PercentDecimal}, {"0.25%", "0.25", near.PercentDecimal}, {"1/3", "0.33", near.Rounding}, {"sqrt(2)", "1.41", near.Rounding}, {"pi", "3.14", near.Rounding}, {"2/3", "0.66", near.Rounding}, {"12", "13", near.OffByOne}, {"54", "45", near.DigitsSwapped},
		{"4x+12", "4x+3", near.DistributedOnce}, {"4(x+3)", "x+12", near.DistributedOnce}, {"x^2+3x", "x^2+3", near.DistributedOnce}, {"-2x-6", "-2x+3", near.DistributedOnce}, {"2x+3", "5x", near.CombinedUnlike}, {"3x+4y", "7xy", near.CombinedUnlike}, {"2x+3y+4", "5xy+4", near.CombinedUnlike}, {"x^7", "x^12", near.MultipliedExponent}, {"x^12", "x^7", near.AddedExponents}, {"x^5", "x^9", near.Exponent}, {"x^2+6x+9", "x^2+9", near.SquaredTermwise}, {"(a-b)^2", "a^2-b^2", near.SquaredTermwise}, {"2x+3", "2x", near.MissingConstant}, {"x^2+2x+3", "x^2+3", near.MissingTerm}, {"2x", "2x+1", near.ExtraTerm}, {"2x+3", "3x+2", near.SwappedTerms}, {"x^2+5x+6", "x^2+4x+6", near.OneTerm},
		{"1/(2x)", "1/2x", near.Brackets}, {"x^(1/2)", "x^1/2", near.Brackets}, {"(x+1)/(x-2)", "x+1/x-2", near.Brackets}, {"sin(x)", "-sin(x)", near.Sign}, {"sqrt(3)/3", "sqrt(3)", near.Reciprocal}, {"sqrt(3)/4", "sqrt(3)", near.OffByFactor},
		{"5 m", "5", near.MissingUnit}, {"5 m", "5 km", near.WrongUnit}, {"5 m", "5 s", near.WrongUnit}, {"5", "5 cm", near.ExtraUnit}, {"12 apples", "12 pears", near.WrongUnit}, {"$5", "€5", near.WrongUnit},
		{"x=2 or x=3", "x=2", near.MissingSolution}, {"{2,3}", "{2,3,4}", near.ExtraSolution}, {"x=±3", "3", near.OneSign}, {"x=±3", "x=-3", near.OneSign}, {"1±sqrt(2)", "1+sqrt(2)", near.OneSign}, {"x=2 or x=-3", "x=-2 or x=3", near.Sign}, {"(3,-2)", "(-2,3)", near.Swapped}, {"(3,-2)", "(3,2)", near.Sign}, {"(3,-2)", "(3,7)", near.OneCoordinate}, {"2:3", "3:2", near.Swapped}, {"7 R 2", "2 R 7", near.Swapped}, {"7 R 2", "7", near.Kind}, {"7/4", "1 or 3/4", near.None}, {"7/4", "1, 3/4", near.None}, {"5 ft 3 in", "5 ft or 3 in", near.None}, {"63 in", "3 in, 5 ft", near.None},
		{"x<3", "x<=3", near.Endpoint}, {"[2,5)", "(2,5)", near.Endpoint}, {"[2,5)", "[2,5]", near.Endpoint}, {"x<3", "x>3", near.Reversed}, {"x>=-2", "x<=-2", near.Reversed}, {"x<3", "x<-3", near.Sign}, {"2<x<5", "2<x<6", near.OneEnd}, {"y>2x+1", "y<2x+1", near.Reversed}, {"y>2x+1", "y>=2x+1", near.Endpoint}, {"x<=-2 or x>=4", "x<=-2", near.MissingSolution},
		{"x=4", "y=4", near.WrongLetter}, {"x=2 or x=-2", "x^2=4", near.Unsolved}, {"{2,3}", "(x-2)(x-3)=0", near.Unsolved}, {"4", "x^2=16", near.Unsolved}, {"x=2 or x=-2", "x^2=5", near.None}, {"x=2 or x=3", "x=x", near.None}, {"x=4", "x=-4", near.Sign}, {"y=2x+3", "y=2x-3", near.Sign}, {"y=2x+3", "y=3x+2", near.SwappedTerms}, {"x^2=9", "x^2=8", near.OffByOne}, {"(2,3)", "5", near.Kind}, {"[[1,2],[3,4]]", "[[1,2],[3,5]]", near.OneEntry},
		{"ln(x)-2", "ln(x)+2", near.Sign}, {"320,000", "32,000", near.PowerOfTen},
	} {
		v := check(t, Ask{Key: c.key}, c.answer)
		if v.Outcome != NotYet || v.Near != c.miss || v.ValueEqual {
			t.Errorf("%q for %q: %s %q equal %v, want %q", c.answer, c.key, v.Outcome, v.Near, v.ValueEqual, c.miss)
		}
	}
}

// TestCheck_RefusesWhatIsNotEqual: pairs without a name of their own.
func TestCheck_RefusesWhatIsNotEqual(t *testing.T) {
	for _, c := range [][2]string{
		{"x^2+1", "x^2+2x"}, {"sqrt(x^2)", "x"}, {"ln(x^2)", "2ln(x)"}, {"(x+1)^2", "x^2+2"}, {"{2,3}", "(2,3)"}, {"(2,3)", "{2,3}"}, {"{1,2}", "{1,3,4}"}, {"(2,3)", "[2,3]"}, {"y=2x-5", "yz=2xz-5z"}, {"x^2=x", "x=1"}, {"x=2", "x^2=4"},
		{"no solution", "0"}, {"0", "no solution"}, {"undefined", "no solution"}, {"all real numbers", "x>0"}, {"3", "x=3 or x=4"}, {"x=3", "no solution"}, {"sin(x)", "sin(2x)"}, {"5 m", "5 kg"}, {"1/2", "0.49"}, {"1.000001", "1"}, {"1234", "1.234"}, {"7/4", "4 and 3/1"}, {"7", "4 and 3/1"}, {"12 cm^2", "12 cm"}, {"0.333", "1/3"}, {"3.14", "pi"}, {"2<x<5", "x>2 or x<5"}, {"x<2 or x>5", "2<x<5"}, {"5=7", "3=4"}, {"x=x", "5=5"}, {"1=4/(-y)", "1=4"}, {"-2y/y=7y", "y=7y"}, {"(1,2),(3,4)", "(1,3),(2,4)"}, {"-8*5=x*5/5", "-8*5=x=1"}, {"x=2, 3", "x=2, 4"}, {"x=1", "x=3=1"}, {"2x", "2^x"}, {"x+1", "x+i"},
	} {
		if v := check(t, Ask{Key: c[0]}, c[1]); v.Outcome != NotYet {
			t.Errorf("%q for %q: %s, read as %q", c[1], c[0], v.Outcome, v.ReadAs)
		}
	}
}

func TestCheck_DoesNotCountWhatItCannotRead(t *testing.T) {
	for _, c := range []struct {
		key, answer string
		at          int
		what        string
	}{
		{"2x+3", "", 1, ""}, {"2x+3", "2x+", 4, ""}, {"2x+3", "2x + three", 6, "three"}, {"5", "twelve", 1, "twelve"}, {"x^2", "x2", 1, "x2"}, {"1/2", "1/0", 1, "1/0"}, {"1/2", "2 + 3/(2-2)", 5, "3/(2 - 2)"}, {"x+1", "(x+1", 1, "("}, {"5", "5 6", 3, "6"}, {"3/4", `\frac{3}{\placeholder{}}`, 10, ""},
	} {
		v := check(t, Ask{Key: c.key}, c.answer)
		if v.Outcome != Unreadable || v.Where != c.at || v.What != c.what || v.ValueEqual || v.FormOK || v.Near != "" {
			t.Errorf("%q for %q: %+v", c.answer, c.key, v)
		}
	}
	// Too small at some points and too large at the others: nobody can say, and nobody says that it is not the key.
	if v := check(t, Ask{Key: "(x-a)^5999"}, "(x-a)^6000"); v.Outcome != Unreadable || v.Why != read.Open || v.ReadAs != "(x - a)^6000" {
		t.Errorf("what cannot be worked out: %+v", v)
	}
	if v := check(t, Ask{Key: "5!"}, "120!"); v.Outcome == Right { // where factorials are asked, the sign is one
		t.Errorf("120! for 5!: %+v", v)
	}
	if v := check(t, Ask{Key: "2x"}, "x2"); v.Outcome != Right {
		t.Errorf("x2 for 2x: %s", v.Outcome)
	}
}

func TestCheck_JudgesFormApartFromValue(t *testing.T) {
	for _, c := range []struct {
		key, form, answer string
		want              Outcome
	}{
		{"1/2", "lowest", "1/2", Right}, {"1/2", "lowest", "2/4", NotYet}, {"-1/2", "lowest", "1/(-2)", NotYet}, {"-1/2", "lowest", "-1/2", Right}, {"-1/2", "lowest", `\frac{-1}{2}`, Right}, {"3", "lowest", "6/2", NotYet}, {"3", "lowest", "3/1", NotYet}, {"3", "lowest", "3", Right}, {"(x+1)/(x-1)", "lowest", "(x^2+2x+1)/(x^2-1)", NotYet}, {"(x+1)/(x-1)", "lowest", "(x+1)/(x-1)", Right}, {"2x/3", "lowest", "4x/6", NotYet}, {"x/y", "lowest", "x^2/(xy)", NotYet}, {"1/2", "lowest", "0.5/1", NotYet},
		{"x^2+5x+6", "factored", "(x+2)(x+3)", Right}, {"x^2+5x+6", "factored", "x^2+5x+6", NotYet}, {"2x^2+10x+12", "factored", "2(x+2)(x+3)", Right}, {"2x^2+10x+12", "factored", "(2x+4)(x+3)", NotYet}, {"x^2+1", "factored", "x^2+1", Right}, {"x^4-1", "factored", "(x^2-1)(x^2+1)", NotYet}, {"x^4-1", "factored", "(x-1)(x+1)(x^2+1)", Right}, {"x^2-4y^2", "factored", "(x-2y)(x+2y)", Right}, {"x^2-4y^2", "factored", "x^2-4y^2", NotYet}, {"xy+x", "factored", "x(y+1)", Right}, {"xy+x", "factored", "xy+x", NotYet}, {"xy+x+y+1", "factored", "(x+1)(y+1)", Right}, {"xy+x+y+1", "factored", "x(y+1)+(y+1)", NotYet}, {"x^3-8", "factored", "(x-2)(x^2+2x+4)", Right}, {"(x+3)^2", "factored", "(x+3)(x+3)", Right}, {"x^4+4", "factored", "(x^2+2x+2)(x^2-2x+2)", Right}, {"x^4+4", "factored", "x^4+4", NotYet}, {"-4x+8", "factored", "-4(x-2)", Right}, {"x^2+x+1/4", "factored", "(x+1/2)^2", Right},
		{"(x+1)(x+2)", "expanded", "x^2+3x+2", Right}, {"x^2+3x+2", "expanded", "(x+1)(x+2)", NotYet}, {"x^2+3x+2", "expanded", "x^2+x+2x+2", NotYet}, {"x^2+2x+1", "expanded", "(x+1)^2", NotYet}, {"2x+6", "expanded", "2(x+3)", NotYet},
		{"320000", "scientific", "3.2*10^5", Right}, {"320000", "scientific", "3.2e5", Right}, {"320000", "scientific", "320000", NotYet}, {"320000", "scientific", "32*10^4", NotYet}, {"0.0032", "scientific", `3.2\times10^{-3}`, Right},
		{"3/4", "exact", "0.75", NotYet}, {"3/4", "no decimals", "3/4", Right}, {"0.75", "decimal", "3/4", NotYet}, {"0.75", "decimal", ".75", Right}, {"7/2", "mixed", "3 1/2", Right}, {"7/2", "mixed", "7/2", NotYet}, {"7/2", "improper", "3 1/2", NotYet}, {"7/2", "improper", "7/2", Right}, {"7/2", "mixed", "2 3/2", NotYet}, {"6", "integer", "12/2", NotYet}, {"0.25", "percent", "25%", Right}, {"0.25", "percent", "0.25", NotYet}, {"0.25", "fraction", "1/4", Right},
		{"2sqrt(2)", "radical", "sqrt(8)", NotYet}, {"2sqrt(2)", "radical", "2sqrt(2)", Right}, {"sqrt(2)/2", "rationalised", "1/sqrt(2)", NotYet}, {"sqrt(2)/2", "rationalized", "sqrt(2)/2", Right}, {"sqrt(3)/3", "radical", "sqrt(1/3)", NotYet}, {"2x*sqrt(3x)", "radical", "sqrt(12x^3)", NotYet}, {"sqrt(2)", "radical", "root(4,4)", NotYet}, {"1/x^2", "positive-exponents", "x^-2", NotYet},
		{"2x+3", "simplified", "2x+3", Right}, {"2x+3", "simplified", "x+x+3", NotYet}, {"2x+3", "simplified", "2x+1+2", NotYet}, {"6x", "simplified", "2*3x", NotYet}, {"x^2", "simplified", "x*x", NotYet}, {"8", "simplified", "2^3", NotYet}, {"8", "simplified", "8", Right}, {"1/2", "simplified", "2/4", NotYet}, {"2(x+3)", "simplified", "2(x+3)", Right}, {"2x+10", "simplified", "2(x+3)+4", NotYet}, {"2sqrt(3)", "simplified", "sqrt(12)", NotYet}, {"x+2", "simplified", "(x^2-4)/(x-2)", NotYet}, {"5", "simplified", "2+3", NotYet}, {"2+sqrt(3)", "simplified", "2+sqrt(3)", Right}, {"3sqrt(2)", "simplified", "sqrt(2)+2sqrt(2)", NotYet}, {"x/2", "simplified", "x/2", Right}, {"x/2", "simplified", "(1/2)x", Right}, {"2/x", "simplified", "(1/x)/(1/2)", NotYet}, {"y^38", "simplified", "y^38", Right}, {"x=2", "simplified", "x=4/2", NotYet}, {"-x-2", "simplified", "-(x+2)", Right}, {"5x^3(2x+7)", "simplified", "5x^3(2x+7)", Right},
		{"y=2x+3", "slope-intercept", "y=2x+3", Right}, {"y=2x+3", "slope-intercept", "2x-y+3=0", NotYet}, {"y=2x+3", "slope intercept", "y=3+2x", Right}, {"y=2x+3", "slope-intercept", "y=2(x+1.5)", NotYet}, {"y=2x+3", "point-slope", "y-5=2(x-1)", Right}, {"y=2x+3", "point-slope", "y=2x+3", NotYet}, {"y=2x+3", "standard", "2x-y=-3", Right}, {"y=2x+3", "standard", "y=2x+3", Right}, {"x^2+3x+2", "standard", "3x+x^2+2", NotYet}, {"x^2+3x+2", "standard", "x^2+3x+2", Right}, {"y=(x-1)^2+3", "vertex", "y=(x-1)^2+3", Right}, {"y=(x-1)^2+3", "vertex", "y=x^2-2x+4", NotYet}, {"y=2(x-1)^2+3", "vertex", "2(x-1)^2+3", Right},
		{"x=4", "solved", "2x=8", NotYet}, {"x=4", "solved", "x=4", Right}, {"x=4", "solved", "4", Right}, {"x<3", "solved", "2x<6", NotYet}, {"x<3", "interval", "x<3", NotYet}, {"x<3", "interval", "(-inf,3)", Right}, {"x<3", "inequality", "(-inf,3)", NotYet}, {"x=1 or x=2", "set", "{1,2}", Right}, {"x=1 or x=2", "set", "1,2", NotYet}, {"1,2,3", "ordered", "3,2,1", NotYet}, {"1,2,3", "ordered", "1,2,3", Right},
		{"3.14159", "3sf", "3.14", Right}, {"3.14159", "3sf", "3.142", NotYet}, {"3.14159", "3sf", "3.15", NotYet}, {"pi", "2 dp", "3.14", Right}, {"0.0314159", "3sf", "0.0314", Right}, {"2/3", "2dp", "0.67", Right}, {"2/3", "2dp", "0.66", NotYet}, {"1/2", "2dp", "0.50", Right}, {"31415.9", "3sf", "3.14*10^4", Right},
	} {
		v := check(t, Ask{Key: c.key, Forms: forms(t, c.form)}, c.answer)
		if v.Outcome != c.want || v.Outcome == NotYet && v.ValueEqual && (v.FormOK || v.Near != near.Unsimplified) {
			t.Errorf("%q for %q as %s: %s value %v form %v %q", c.answer, c.key, c.form, v.Outcome, v.ValueEqual, v.FormOK, v.Near)
		}
	}
}

func TestCheck_ToleranceAndUnits(t *testing.T) {
	tenth, percent := Tolerance{By: exact.Frac(1, 10)}, Tolerance{By: exact.Frac(1, 100), Relative: true}
	for _, c := range []struct {
		ask    Ask
		answer string
		want   Outcome
		miss   near.Miss
	}{
		{Ask{Key: "pi", Tolerance: tenth}, "3.1", Right, ""}, {Ask{Key: "3", Tolerance: tenth}, "3.1", Right, ""}, {Ask{Key: "3", Tolerance: tenth}, "2.9", Right, ""}, {Ask{Key: "3", Tolerance: tenth}, "3.11", NotYet, ""}, {Ask{Key: "200", Tolerance: percent}, "202", Right, ""}, {Ask{Key: "200", Tolerance: percent}, "203", NotYet, ""}, {Ask{Key: "-200", Tolerance: percent}, "-199", Right, ""}, {Ask{Key: "(1.5, 2)", Tolerance: tenth}, "(1.45, 2.1)", Right, ""}, {Ask{Key: "x=2 or x=3", Tolerance: tenth}, "2.05, 2.95", Right, ""},
		{Ask{Key: "5 m", Tolerance: tenth}, "5.1 m", Right, ""}, {Ask{Key: "5 m", Tolerance: tenth}, "510 cm", Right, ""}, {Ask{Key: "5 m", Tolerance: tenth}, "520 cm", NotYet, ""}, {Ask{Key: "5 cm", Tolerance: tenth}, "5.2 cm", NotYet, ""},
		{Ask{Key: "5", Unit: "cm"}, "5 cm", Right, ""}, {Ask{Key: "5", Unit: "cm"}, "50 mm", Right, ""}, {Ask{Key: "5", Unit: "cm"}, "5", NotYet, near.MissingUnit}, {Ask{Key: "5", Unit: "m/s"}, "18 km/h", Right, ""}, {Ask{Key: "5", Unit: "square feet"}, "5 ft^2", Right, ""},
		{Ask{Key: "5 m", Units: UnitsIgnored}, "5", Right, ""}, {Ask{Key: "5", Units: UnitsIgnored}, "5 cm", Right, ""}, {Ask{Key: "5 m", Units: UnitsIgnored}, "500 cm", Right, ""}, {Ask{Key: "$5", Units: UnitsRequired}, "5", NotYet, near.MissingUnit}, {Ask{Key: "5 m", Units: UnitsRequired}, "5m", Right, ""}, {Ask{Key: "5m", Units: UnitsRequired}, "5 m", Right, ""},
		{Ask{Key: "rate*time", Variables: []string{"rate", "time"}}, "time*rate", Right, ""}, {Ask{Key: "e^2", Variables: []string{"e"}}, "e*e", Right, ""}, {Ask{Key: "5", Variables: []string{"x"}}, "2x3", Unreadable, ""},
	} {
		v := check(t, c.ask, c.answer)
		if v.Outcome != c.want || c.miss != "" && v.Near != c.miss {
			t.Errorf("%q for %+v: %s %q", c.answer, c.ask, v.Outcome, v.Near)
		}
	}
	if _, err := NewKey(Ask{Key: "5", Unit: "blorps and more"}); err == nil {
		t.Error("a unit that is none was taken")
	}
	if _, err := NewKey(Ask{Key: "1/0"}); err == nil {
		t.Error("a key without a value was taken")
	}
}

func BenchmarkCheck(b *testing.B) {
	for _, c := range []struct{ name, key, right, wrong string }{
		{"number", "3/4", "0.75", "4/3"}, {"polynomial", "x^2+5x+6", "(x+2)(x+3)", "x^2+5x-6"}, {"equation", "y=2x+3", "2x-y+3=0", "y=2x-3"}, {"tex", `\frac{3\sqrt{2}}{4}`, `\frac{3}{2\sqrt{2}}`, `\frac{3\sqrt{2}}{2}`}, {"trig", "sin(2x)", "2sin(x)cos(x)", "2sin(x)"},
	} {
		for _, answer := range []string{c.right, c.wrong} {
			b.Run(c.name+"/"+answer, func(b *testing.B) {
				for b.Loop() {
					k, err := NewKey(Ask{Key: c.key})
					if err != nil {
						b.Fatal(err)
					}
					k.Check(answer)
				}
			})
		}
	}
}

package exact

import (
	"errors"
	"testing"

	"kith/internal/item/algebra/read"
)

func value(t testing.TB, f *Field, text string) (Value, error) {
	t.Helper()
	r, err := read.Read(text, read.Options{})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return f.Of(r.Tree)
}

func TestField_DecidesEquality(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"2(x+1)", "2x+2", true}, {"(x+1)^2", "x^2+2x+1", true}, {"(x+y)(x-y)", "x^2-y^2", true}, {"(x+1)^2", "x^2+1", false}, {"3/4x^2", "0.75x^2", true}, {"1/3", "0.333...", true}, {"1/3", "0.333", false}, {"0.1(6)*2", "1.2", true},
		{`0.1\overline{6}`, "1/6", true}, {"3 1/2", "3.5", true}, {"25%", "1/4", true}, {"5!", "120", true}, {"ab+ac", "a(b+c)", true}, {"x-y", "y-x", false}, {"x^-1", "1/x", true}, {"x^3/x", "x^2", true},
		{"(x^2-1)/(x-1)", "x+1", true}, {"1/x+1/y", "(x+y)/(xy)", true}, {"1/(x+1)-1/(x+2)", "1/((x+1)(x+2))", true}, {"x/(x+1)", "1-1/(x+1)", true}, {"(x^2+8x+7)/(x^2-4)", "(x+7)(x+1)/((x-2)(x+2))", true}, {"x/(x+1)", "1/(x+1)", false},
		{"sqrt(8)", "2sqrt(2)", true}, {"1/sqrt(2)", "sqrt(2)/2", true}, {"sqrt(6)", "sqrt(2)*sqrt(3)", true}, {"1/(1+sqrt(2))", "sqrt(2)-1", true}, {"sqrt(2)+sqrt(3)", "sqrt(5)", false}, {"root(3,16)", "2*root(3,2)", true}, {"root(4,4)", "sqrt(2)", true}, {"root(3,-8)", "-2", true}, {"8^(2/3)", "4", true}, {"(-8)^(2/3)", "4", true}, {"sqrt(1/3)", "sqrt(3)/3", true}, {"2^0.5", "sqrt(2)", true}, {"sqrt(0.25)", "0.5", true},
		{"sqrt(-9)", "3i", true}, {"i^2", "-1", true}, {"(2+3i)(2-3i)", "13", true}, {"1/i", "-i", true}, {"(1+i)^4", "-4", true}, {"1/(1+i)", "(1-i)/2", true},
		{"sqrt(x^2)", "x", false}, {"sqrt(x^2)", "|x|", true}, {"sqrt(x^4)", "x^2", true}, {"sqrt(x^6)", "|x^3|", true}, {"|x|^2", "x^2", true}, {"sqrt(x)^2", "x", true}, {"sqrt(12x^3)", "2x*sqrt(3x)", true}, {"sqrt(xy)", "sqrt(x)*sqrt(y)", true}, {"root(3,x^3)", "x", true}, {"x^(1/2)*x^(1/3)", "x^(5/6)", true}, {"(x^(1/4))^4", "x", true}, {"sqrt(4x+4)", "2sqrt(x+1)", true}, {"sqrt(x+1)^2", "x+1", true}, {"1/sqrt(x+1)", "sqrt(x+1)/(x+1)", true}, {"sqrt(x^2+x^2y)", "|x|sqrt(1+y)", true}, {"root(3,-x-1)", "-root(3,x+1)", true}, {"sqrt(-x)^2", "-x", true}, {"sqrt(-x^2)", "i|x|", true}, {"|2x-4|", "2|2-x|", true}, {"|sqrt(2)-2|", "2-sqrt(2)", true}, {"4sqrt(27)", "12sqrt(3)", true}, {"|x||y|", "|xy|", true},
		{"2^(x+1)", "2*2^x", true}, {"4^x", "2^(2x)", true}, {"8^(9x+3)", "2^(27x+9)", true}, {"x^(a+b)", "x^a*x^b", true}, {"(x^a)^b", "x^(ab)", true}, {"e^(2x)", "(e^x)^2", true}, {"e^(ln x)", "x", true}, {"e^(2ln x)", "x^2", true}, {"3^-x", "(1/3)^x", true}, {"(-1)^(n+1)", "-(-1)^n", true}, {"1.2^(2y)", "1.44^y", true}, {"2^x", "x^2", false}, {"(2x)^n", "2^n*x^n", true}, {"(x+1)^n*(x+1)", "(x+1)^(n+1)", true},
		{"log_2(8)", "3", true}, {"log(1000)", "3", true}, {"ln(e^5)", "5", true}, {"ln(xy)", "ln(x)+ln(y)", true}, {"ln(x/y)", "ln(x)-ln(y)", true}, {"ln(x^3)", "3ln(x)", true}, {"ln(x^2)", "2ln(x)", false}, {"ln(x^2)", "2ln|x|", true}, {"ln((x+1)(x+2))", "ln(x+1)+ln(x+2)", true}, {"ln(x^2+3x+2)", "ln(x+1)+ln(x+2)", true}, {"log_3(4)+3", "3+2log_3(2)", true}, {"log_9(27)", "3/2", true}, {"log_4(x)", "log_2(x)/2", true}, {"ln(8)", "3ln(2)", true}, {"log(xy/z)", "log(x)+log(y)-log(z)", true}, {"ln(2x+2)", "ln(2)+ln(x+1)", true}, {"ln(sqrt(x))", "ln(x)/2", true},
		{"sin(pi/6)", "1/2", true}, {"cos(60°)", "1/2", true}, {"tan(pi/4)", "1", true}, {"sin(-x)", "-sin(x)", true}, {"cos(-x)", "cos(x)", true}, {"tan x", "sin(x)/cos(x)", true}, {"sec x", "1/cos(x)", true}, {"sin(2x)", "sin(x+x)", true}, {"sin(7pi)", "0", true}, {"cos(5pi/6)", "-sqrt(3)/2", true}, {"arccsc x", "arcsin(1/x)", true}, {"sinh(x)", "(e^x-e^-x)/2", true},
		{"90°", "pi/2 rad", true}, {"5 km", "5000 m", true}, {"72 km/h", "20 m/s", true}, {"32 °F", "0 °C", true}, {"2pi", "2*3.14", false}, {"pi*r^2", "r^2*pi", true}, {"10^-3", "0.001", true}, {"3.2e5", "320000", true},
		{"0", "x-x", true}, {"floor(7/2)", "3", true}, {"ceil(-7/2)", "-3", true}, {`\binom{5}{2}`, "10", true},
	} {
		f := New()
		a, err := value(t, f, c.a)
		b, err2 := value(t, f, c.b)
		if err != nil || err2 != nil {
			t.Errorf("%s, %s: %v, %v", c.a, c.b, err, err2)
			continue
		}
		if got := f.Equal(a, b); got != c.want {
			t.Errorf("%s = %s: %v", c.a, c.b, got)
		}
		if got := f.Equal(b, a); got != c.want {
			t.Errorf("%s = %s: %v", c.b, c.a, got)
		}
	}
}

func TestField_SaysWhatHasNoValueAndWhatIsTooLarge(t *testing.T) {
	for text, want := range map[string]error{
		"1/0": ErrUndefined, "x/(x-x)": ErrUndefined, "0^-1": ErrUndefined, "0^0": ErrUndefined, "ln 0": ErrUndefined, "tan(pi/2)": ErrUndefined, "1/(sqrt(8)-2sqrt(2))": ErrUndefined, "(-3)!": ErrUndefined, "2.5!": ErrUndefined,
		"(x+y+z)^40": ErrTooBig, "(x+1)^41": ErrTooBig, "9^9^9": ErrTooBig, "171!": ErrTooBig, "(1+sqrt(2)+sqrt(3)+sqrt(5)+sqrt(7)+sqrt(11)+sqrt(13)+sqrt(17)+sqrt(19))^40": ErrTooBig, "2^99999": ErrTooBig,
		"root(4,-2)": ErrNotExact, "x±1": ErrNotExact, "root(n,x)": ErrNotExact,
	} {
		f := New()
		if v, err := value(t, f, text); !errors.Is(err, want) {
			t.Errorf("%s: %v, %v; want %v", text, v, err, want)
		}
	}
}

func TestField_DecidesInequalityOnlyWhereItCan(t *testing.T) {
	for text, want := range map[string]bool{
		"x+1": true, "sqrt(2)+sqrt(3)-sqrt(5)": true, "pi-3": true, "pi-e": false, "x^(1/2)-y": true, "|x|-x": true, "sin(x)": false, "sqrt(x+1)-x": false, "2^x-x": false, "i+1": true, "root(3,2)-1.26": true,
		"sqrt(1000003*1000033)-1": false,
	} {
		f := New()
		v, err := value(t, f, text)
		if err != nil || v.Zero() || f.Decided(v) != want {
			t.Errorf("%s decided: %v, %v", text, f.Decided(v), err)
		}
	}
}

func BenchmarkOf(b *testing.B) {
	r, _ := read.Read("(x+3)(x-4)(2x+1)", read.Options{})
	s, _ := read.Read("2x^3-x^2-25x-12", read.Options{})
	for b.Loop() {
		f := New()
		v, _ := f.Of(r.Tree)
		w, _ := f.Of(s.Tree)
		if !f.Equal(v, w) {
			b.Fatal("unequal")
		}
	}
}

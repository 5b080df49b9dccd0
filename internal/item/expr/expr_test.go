package expr

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

func scope(t testing.TB, pairs ...string) *Scope {
	t.Helper()
	s := &Scope{}
	for i := 0; i < len(pairs); i += 2 {
		if r, ok := ReadNumber(pairs[i+1]); ok {
			s.Set(pairs[i], Number(r))
		} else {
			s.Set(pairs[i], Text(pairs[i+1]))
		}
	}
	return s
}

func TestEval_IsExactAndBindsAsWritten(t *testing.T) {
	s := scope(t, "a", "3", "b", "-4", "h", "1/2", "n", "Ana", "m", "Ben")
	for src, want := range map[string]string{
		"1+2*3":                          "7",
		"(1+2)*3":                        "9",
		"10-4-3":                         "3",
		"12/4/3":                         "1",
		"1/3+1/6":                        "0.5",
		"2/3":                            "2/3",
		"1/16":                           "1/16",
		"1/8":                            "0.125",
		"0.1+0.2":                        "0.3",
		".5*4":                           "2",
		"-2^2":                           "-4",
		"(-2)^2":                         "4",
		"2^3^2":                          "512",
		"2^-2":                           "0.25",
		"h^3":                            "0.125",
		"a*b":                            "-12",
		"a--b":                           "-1",
		"- -a":                           "3",
		"abs(b)+abs(a)":                  "7",
		"min(a,b,h)":                     "-4",
		"max(a,b)":                       "3",
		"gcd(12,-18)":                    "6",
		"gcd(0,5)":                       "5",
		"lcm(4,6)":                       "12",
		"lcm(0,6)":                       "0",
		"floor(7/2)":                     "3",
		"floor(-7/2)":                    "-4",
		"mod(7,3)":                       "1",
		"mod(-1,3)":                      "2",
		"mod(7/2,1)":                     "0.5",
		"glue(3,5)":                      "35",
		"glue(-3,50)":                    "-350",
		"if(a > b, a, b)":                "3",
		"if(b == 0, 0, a/b)":             "-0.75",
		"if(a == 3, 0, a/0)":             "0",
		"if(a > 0, n, m)":                "Ana",
		"a == 3 || a/0 == 1":             "true",
		"a != 3 && a/0 == 1":             "false",
		"isint(h) || isint(h*2)":         "true",
		"!isint(h) && !(a < b)":          "true",
		"a <= 3 && a >= 3 && !(a!=3)":    "true",
		"n != m":                         "true",
		"n == n":                         "true",
		"(a == 3) == (b == -4)":          "true",
		" a\t+ 1 ":                       "4",
		"123456789012345678901234567890": "123456789012345678901234567890",
	} {
		e, err := Parse(src)
		if err != nil {
			t.Errorf("%s: %v", src, err)
			continue
		}
		v, err := e.Eval(s)
		if err != nil || v.String() != want {
			t.Errorf("%s = %q, %v; want %q", src, v, err, want)
		}
	}
}

func TestParse_RefusesAndNamesThePlace(t *testing.T) {
	for _, c := range []struct {
		src  string
		why  Problem
		at   int
		what string
	}{
		{"", Syntax, 1, ""},
		{"1+", Syntax, 3, ""},
		{"a b", Syntax, 3, "b"},
		{"2a", Syntax, 1, "2a"},
		{"1 = 2", Syntax, 3, "="},
		{"1 < 2 < 3", Syntax, 7, "<"},
		{"(1", Syntax, 3, ""},
		{"1)", Syntax, 2, ")"},
		{"a − b", Syntax, 3, "−"},
		{"'x'", Syntax, 1, "'"},
		{"1.2.3", Syntax, 1, "1.2.3"},
		{"5.", Syntax, 1, "5."},
		{"min(1)", Syntax, 1, "min"},
		{"abs()", Syntax, 5, ")"},
		{"min", Syntax, 1, "min"},
		{"a + sin(1)", Unknown, 5, "sin"},
		{strings.Repeat("9", 41), TooBig, 1, ""},
		{strings.Repeat("(", 60) + "1" + strings.Repeat(")", 60), TooDeep, 51, ""},
		{strings.Repeat("-", 60) + "1", TooDeep, 51, ""},
		{strings.Repeat("2^", 60) + "1", TooDeep, 0, ""},
		{strings.Repeat("abs(", 60) + "1" + strings.Repeat(")", 60), TooDeep, 0, ""},
		{strings.Repeat("1+", 251) + "1", TooLong, 501, ""},
	} {
		_, err := Parse(c.src)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%.40q was accepted", c.src)
			continue
		}
		if e.Problem != c.why || c.at != 0 && e.At != c.at || c.what != "" && e.Detail != c.what {
			t.Errorf("%.40q: %s at %d (%s), want %s at %d (%s)", c.src, e.Problem, e.At, e.Detail, c.why, c.at, c.what)
		}
	}
	if _, err := Parse(strings.Repeat("1+", 249) + "1"); err != nil {
		t.Errorf("a long sum within %d bytes: %v", MaxLength, err)
	}
}

func TestEval_RefusesAndNamesThePlace(t *testing.T) {
	s := scope(t, "a", "3", "z", "0", "h", "1/2", "n", "Ana")
	for _, c := range []struct {
		src  string
		why  Problem
		at   int
		what string
	}{
		{"a/z", Zero, 2, ""},
		{"mod(a,z)", Zero, 1, ""},
		{"z^-1", Zero, 2, ""},
		{"a + q", Unknown, 5, "q"},
		{"a + n", Mismatch, 3, "+"},
		{"n < n", Mismatch, 3, "<"},
		{"n == a", Mismatch, 3, "=="},
		{"a && a == 3", Mismatch, 1, "&&"},
		{"!a", Mismatch, 1, "!"},
		{"if(a, 1, 2)", Mismatch, 4, "if"},
		{"abs(n)", Mismatch, 1, "abs"},
		{"gcd(h, 2)", NotWhole, 1, "gcd"},
		{"glue(1, -2)", NotWhole, 1, "glue"},
		{"2^h", NotWhole, 2, "^"},
		{"2^65", TooBig, 2, "65"},
		{"(2^64)^9", TooBig, 7, ""},
		{"(2^64)^8*2^64", TooBig, 0, ""},
		{"999999999999999999999999999999^64", TooBig, 31, ""},
	} {
		e, err := Parse(c.src)
		if err != nil {
			t.Errorf("%s: %v", c.src, err)
			continue
		}
		_, err = e.Eval(s)
		var bad *Error
		if !errors.As(err, &bad) {
			t.Errorf("%s was worked out", c.src)
			continue
		}
		if bad.Problem != c.why || c.at != 0 && bad.At != c.at || bad.Detail != c.what && c.what != "" || bad.Src != c.src {
			t.Errorf("%s: %v, want %s at %d (%s)", c.src, bad, c.why, c.at, c.what)
		}
	}
	e, _ := Parse("a > 1")
	if _, err := e.Number(s); err == nil {
		t.Error("a condition passed for a number")
	}
	e, _ = Parse("a")
	if _, err := e.True(s); err == nil {
		t.Error("a number passed for a condition")
	}
}

func TestExpr_TellsItsNames(t *testing.T) {
	e, err := Parse("if(b > a, b*a, c) + a")
	if err != nil || strings.Join(e.Names(), " ") != "b a c" {
		t.Errorf("names %v, %v", e.Names(), err)
	}
}

func TestShow_ReadsBack(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 5000 {
		want := big.NewRat(r.Int64N(4001)-2000, 1+r.Int64N(60))
		got, ok := ReadNumber(Show(want))
		if !ok || got.Cmp(want) != 0 {
			t.Fatalf("%s shows as %s, which reads as %v", want, Show(want), got)
		}
	}
	for _, bad := range []string{"", "-", "--1", "1/0", "1/-2", "a", "1e3", "0x10", "1 2", "1_000", "+1", "Inf"} {
		if got, ok := ReadNumber(bad); ok {
			t.Errorf("%q was read as %s", bad, got)
		}
	}
}

func TestCompile_RemembersAndStaysBounded(t *testing.T) {
	one, err := Compile("a+1")
	if err != nil {
		t.Fatal(err)
	}
	if two, _ := Compile("a+1"); two != one {
		t.Error("the same source was parsed again")
	}
	if _, err := Compile("a+"); err == nil {
		t.Error("an unreadable expression was remembered as good")
	}
	for i := range memoSize + 10 {
		if _, err := Compile("a+" + big.NewInt(int64(i)).String()); err != nil {
			t.Fatal(err)
		}
	}
	memo.RLock()
	defer memo.RUnlock()
	if len(memo.m) > memoSize {
		t.Errorf("%d expressions are kept, the bound is %d", len(memo.m), memoSize)
	}
}

// FuzzParse: whatever is typed, parsing and working out end, without panic and within bounds.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"1+2*a", "if(a>b,a,b)", "((((", "2^2^2^2", "mod(1/3,2)", "a&&b||!c", "-", "1/0", "glue(1,2)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		e, err := Parse(src)
		if err != nil {
			return
		}
		s := scope(t, "a", "3", "b", "-4", "c", "1/2", "n", "Ana")
		v, err := e.Eval(s)
		if err == nil && v.kind == none {
			t.Errorf("%q came to nothing", src)
		}
		if again, err2 := e.Eval(s); (err == nil) != (err2 == nil) || err == nil && !v.Equal(again) {
			t.Errorf("%q came to %v and then to %v", src, v, again)
		}
	})
}

func BenchmarkEval(b *testing.B) {
	s := scope(b, "a", "3", "b", "7", "k", "4")
	for b.Loop() {
		e, err := Compile("b + (k-1)*a")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := e.Number(s); err != nil {
			b.Fatal(err)
		}
	}
}

package read

import (
	"errors"
	"strings"
	"testing"

	"kith/internal/item/algebra/tree"
)

// TestRead_AsPeopleWrite: the left text reads as the right one, written out by tree.Plain, which leaves nothing to guess.
func TestRead_AsPeopleWrite(t *testing.T) {
	for _, c := range [][2]string{
		// numbers
		{"12", "12"}, {".5", "0.5"}, {"5.", "5"}, {"1,000", "1000"}, {"12,345,678.90", "12345678.90"}, {"1 000 000", "1000000"}, {"1'000", "1000"}, {"0,500", "0, 500"}, {"3,5", "3, 5"}, {"1{,}000", "1000"},
		{"-3", "-3"}, {"−3", "-3"}, {"– 3", "-3"}, {"+3", "3"}, {"--3", "--3"}, {"3 1/2", "3 1/2"}, {"-3 1/2", "-3 1/2"}, {"2½", "2 1/2"}, {"½", "1/2"}, {`3\frac{1}{2}`, "3 1/2"}, {`3\frac12`, "3 1/2"}, {"3(1/2)", "3(1/2)"},
		{"3.2e5", "3.2*10^5"}, {"3.2E-5", "3.2*10^-5"}, {"3.2 x 10^5", "3.2*10^5"}, {"3.2×10⁵", "3.2*10^5"}, {`3.2\times 10^{-5}`, "3.2*10^-5"}, {"2e+3", "2e + 3"}, {"3e5x", "3e*5x"},
		{"0.333...", "0.33..."}, {`0.1\overline{6}`, "0.166..."}, {"0.1212…", "0.1212..."}, {"٣٫٥", "3.5"}, {"0.(3)", "0.33..."}, {"0.3̅", "0.33..."}, {"0.16̅", "0.166..."}, {"0.1̅2̅", "0.1212..."}, {"0.5(3)", "0.5*3"}, {"1.234.567", "1234567"}, {"1.234", "1.234"}, {"12.000", "12.000"}, {"= 12", "12"}, {"≈5", "5"}, {"３．５", "3.5"}, {"𝟑", "3"},
		{"25%", "25%"}, {`25\%`, "25%"}, {"3.2 million", "3.2*1000000"}, {"2 dozen", "2*12"},
		// sums, products, powers
		{"2x+3", "2x + 3"}, {"2x - -3", "2x - -3"}, {"3/4x^2", "(3/4)x^2"}, {"1/2x", "(1/2)x"}, {"ab/cd", "(a*b/c)d"}, {"2(x+1)", "2(x + 1)"}, {"(x+1)(x-1)", "(x + 1)(x - 1)"}, {"x(x+1)", "x*(x + 1)"}, {"x**2", "x^2"}, {"x²y⁻¹", "x^2y^-1"},
		{"-x^2", "-x^2"}, {"(-x)^2", "(-x)^2"}, {"2^3^2", "2^(3^2)"}, {"x^1/2", "x^1/2"}, {"x^-2y", "x^-2y"}, {"x^{12}", "x^12"}, {"x^2y", "x^2y"}, {"2*-3", "2(-3)"}, {"6/-2", "6/(-2)"}, {"a·b⋅c×d", "a*b*c*d"}, {"6÷2", "6/2"}, {"2⁄3", "2/3"},
		{"xy", "x*y"}, {"x y", "x*y"}, {"3pir^2", "3pi*r^2"}, {"2πr", "2pi*r"}, {"θ+α", "theta + alpha"}, {"alpha+1", "alpha + 1"}, {"b_1+b_{2}", "b_1 + b_2"}, {"x₁", "x_1"}, {"5!", "5!"}, {"𝑥²", "x^2"},
		// signs in words, before what is reckoned with
		{"6 plus 3", "6 + 3"}, {"Minus 5", "-5"}, {"10 minus −2", "10 - -2"}, {"3 times 4", "3*4"}, {"6 divided by 2", "6/2"}, {"6 multiplied by (x+1)", "6(x + 1)"}, {"4 equals 4", "4 = 4"}, {"the answer is 12", "12"}, {" It is -3", "-3"}, {"I got 1/2", "1/2"}, {"ans: 7", "7"}, {"I think it's 5.", "5"}, {"12 times a week", "12 times a week"}, {"12 times as much", "12 times as much"},
		// roots, bars, functions
		{"sqrt(2)", "sqrt(2)"}, {"sqrt2", "sqrt(2)"}, {"√2x", "sqrt(2)*x"}, {"√(2x)", "sqrt(2x)"}, {"∛8", "root(3, 8)"}, {"cbrt(x)", "root(3, x)"}, {`\sqrt[3]{x}`, "root(3, x)"}, {`\sqrt2`, "sqrt(2)"}, {`\sqrt{\frac{1}{2}}`, "sqrt(1/2)"}, {"2√3", "2sqrt(3)"}, {"sqrt(x,3)", "root(3, x)"}, {"sqrt[4]{16}", "root(4, 16)"},
		{"|x|", "|x|"}, {"|x||y|", "|x|*|y|"}, {"2|x-1|+3", "2|x - 1| + 3"}, {"||x|-2|", "||x| - 2|"}, {`\left|x\right|`, "|x|"}, {`\lvert x\rvert y`, "|x|*y"}, {"abs(x)", "|x|"},
		{"sin x", "sin(x)"}, {"sinx", "sin(x)"}, {"sin 2x+1", "sin(2x) + 1"}, {"sin^2 x", "sin(x)^2"}, {"sin^-1(x)", "arcsin(x)"}, {`\sin^{2}\left(x\right)`, "sin(x)^2"}, {"ln x/2", "ln(x)/2"}, {"ln(x)y", "ln(x)*y"}, {"sin x cos x", "sin(x)*cos(x)"}, {"sin 30°", "sin(30 degree)"},
		{"log_2(8)", "log_2(8)"}, {`\log_{2}\left(8\right)`, "log_2(8)"}, {`\log_28`, "log_28()"}, {"log2(8)", "log_2(8)"}, {"log10(x)", "log(x)"}, {"log x", "log(x)"}, {"log(8,2)", "log_2(8)"}, {"ln|x|", "ln(|x|)"}, {"exp(2x)", "e^(2x)"}, {"e^x", "e^x"}, {"Sqrt(2)", "sqrt(2)"}, {"LN(x)", "ln(x)"},
		// TeX
		{`\frac{3}{4}`, "3/4"}, {`\dfrac{x+1}{2}`, "(x + 1)/2"}, {`\frac34x`, "(3/4)x"}, {`\frac{1}{2}x`, "(1/2)x"}, {`$$\frac{-1}{2}$$`, "-1/2"}, {`$x^{2}$`, "x^2"}, {`x\cdot y`, "x*y"}, {`a\times b`, "a*b"}, {`16{cd}^2`, "16c*d^2"}, {`{12}^{15}`, "12^15"}, {`{\left(-1\right)}^{n+1}`, "(-1)^(n + 1)"},
		{`$$8x^2$$ + $$26x$$`, "8x^2 + 26x"}, {`\exponentialE^{x}`, "e^x"}, {`2\imaginaryI`, "2i"}, {`\left(x+1\right)^{2}`, "(x + 1)^2"}, {`\mathrm{sin}(x)`, "sin(x)"}, {`y\ \text{=}\ 2`, ""}, {`\begin{bmatrix} 1 & -2 \\ 3 & \frac{1}{2} \end{bmatrix}`, "[[1, -2], [3, 1/2]]"}, {"[[1,2],[3,4]]", "[[1, 2], [3, 4]]"}, {"[[1,2,3],[3,4,5]]", "[[1, 2, 3], [3, 4, 5]]"},
		// statements
		{"y=2x+3", "y = 2x + 3"}, {"f(x) = 2x", "f(x) = 2x"}, {"f(x)", "f*x"}, {"2<x<=5", "2 < x <= 5"}, {`x\le 5`, "x <= 5"}, {"x≥−2", "x >= -2"}, {"x =< 3", "x <= 3"}, {"x!=3", "x != 3"}, {"x≠3", "x != 3"},
		{"(3, -2)", "(3, -2)"}, {"(3;-2)", "(3, -2)"}, {"[2,5)", "[2, 5)"}, {"(-inf,3]", "(-inf, 3]"}, {"(-∞, -4] ∪ [3, ∞)", "(-inf, -4] or [3, inf)"}, {"(-inf,-2)U(6,inf)", "(-inf, -2) or (6, inf)"}, {"(-inf,-3]&[4,inf)", "(-inf, -3] or [4, inf)"}, {"]2,5]", "(2, 5]"}, {"]2,5[", "(2, 5)"}, {`\left(-\infty,3\right]`, "(-inf, 3]"},
		{"{1,2}", "{1, 2}"}, {`\left\{1,2\right\}`, "{1, 2}"}, {"{3}", "{3}"}, {"{}", "{}"}, {"{x | x > 2}", "x > 2"}, {`\{x \mid x \ge 2\}`, "x >= 2"}, {"{x: x>2}", "x > 2"}, {"x in [2,5)", "x in [2, 5)"},
		{"x=2 or x=3", "x = 2 or x = 3"}, {`x=2\text{ or }x=3`, "x = 2 or x = 3"}, {"x = 2, -3", "x = 2, -3"}, {"x=±3", "x = +-3"}, {`\frac{-1}{3}\pm\frac{\sqrt{13}}{3}`, "-1/3 +- sqrt(13)/3"}, {"2+-3", "2 - 3"}, {"x<-2 or x>6", "x < -2 or x > 6"}, {"2, 3, and 4", "2, 3, 4"}, {"x>2 and x<5", "x > 2 and x < 5"},
		{"no solution", "no solution"}, {"No Solution.", "no solution"}, {`\text{no solution}`, "no solution"}, {"∅", "no solution"}, {"DNE", "DNE"}, {"all real numbers", "all real numbers"}, {"ℝ", "all real numbers"}, {"UND", "undefined"}, {"2:3", "2:3"}, {"2 : 3 : 4", "2:3:4"}, {"3 to 4", "3:4"}, {"1 to 2 to 3", "1:2:3"}, {"3 out of 4", "3/4"}, {"1 over 4", "1/4"}, {"7 R 2", "7 R 2"}, {"7r2", "7 R 2"}, {"7 remainder 2", "7 R 2"}, {"x = 1 y = 2", "x = 1, y = 2"}, {"x = 1y = 2", "x = 1y = 2"},
		// measures
		{"5 cm", "5 cm"}, {"5cm", "5 cm"}, {"5 m", "5 m"}, {"5m", "5m"}, {"60 km/h", "60 km/h"}, {"60 miles per hour", "60 mi/h"}, {"9.8 m/s^2", "9.8 m/s^2"}, {`12\ \text{cm}^2`, "12 cm^2"}, {`5\text{ m/s}`, "5 m/s"}, {"$3.50", "$3.50"}, {"-$5", "-$5"}, {`\$5`, "$5"}, {"5 dollars", "$5"}, {"90°", "90 degree"}, {`90^{\circ}`, "90 degree"}, {`90^\circ`, "90 degree"}, {"25 °C", "25 °C"},
		{"5 ft 3 in", "5 ft + 3 in"}, {"3/4 cup", "3/4 cup"}, {"5 square feet", "5 ft^2"}, {"12 apples", "12 apples"}, {"13m n^3", "13m*n^3"}, {"6m10t", "6m*10t"}, {"5 x", "5x"}, {"1.5 sq ft", "1.5 ft^2"}, {"20 cubic cm", "20 cm^3"}, {"12 ft2", "12 ft^2"}, {"4 kg/m3", "4 kg/m^3"}, {"5 ms^-1", "5 m/s"}, {"30 mpg", "30 mpg"}, {"20 C", "20 °C"},
	} {
		got, err := Read(c[0], Options{})
		if c[1] == "" || strings.HasSuffix(c[1], "()") {
			if err == nil {
				t.Errorf("%q reads as %s", c[0], got.Tree.Plain())
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", c[0], err)
			continue
		}
		if plain := got.Tree.Plain(); plain != c[1] {
			t.Errorf("%q reads as %q, want %q", c[0], plain, c[1])
		}
		again, err := Read(got.Tree.Plain(), Options{})
		if err != nil || again.Tree.Plain() != got.Tree.Plain() {
			t.Errorf("%q is written %q, which reads as %v, %v", c[0], got.Tree.Plain(), again.Tree, err)
		}
		tex, err := Read(got.Tree.TeX(), Options{Letters: got.Tree.Letters()})
		if err != nil || tex.Tree.Plain() != got.Tree.Plain() {
			plain := ""
			if err == nil {
				plain = tex.Tree.Plain()
			}
			t.Errorf("%q is TeX %q, which reads as %q, %v", c[0], got.Tree.TeX(), plain, err)
		}
	}
}

func TestRead_SaysWhereItCannotRead(t *testing.T) {
	for _, c := range []struct {
		text string
		why  Problem
		at   int
		what string
	}{
		{"", Empty, 1, ""}, {"  ", Empty, 1, ""}, {"2+", Missing, 3, ""}, {"2*/3", Sign, 3, "/"}, {"(2+3", Unclosed, 1, "("}, {"2+3)", Sign, 4, ")"}, {"|x", Unclosed, 1, "|"}, {"{1,2", Unclosed, 1, "{"}, {"(1,2]3", Sign, 0, ""},
		{"1.2.3", NoNumber, 1, "1.2.3"}, {"2 3", Sign, 3, "3"}, {"x + hello", NoWord, 5, "hello"}, {`\frac{1}{\placeholder{}}`, Hole, 10, ""}, {"2 # 3", Sign, 3, "#"}, {"3 ? 4", Sign, 3, "?"}, {`\foo`, NoWord, 1, `\foo`}, {"x = = 3", Sign, 5, "="},
		{"sin", Missing, 4, ""}, {"^2", Sign, 1, "^"}, {"x^", Missing, 3, ""}, {"1/", Missing, 3, ""}, {`\frac{1}`, Missing, 9, ""}, {"0.2...", NoNumber, 4, "…"}, {"\xff", Sign, 1, "\uFFFD"}, {"2,,3", Sign, 3, ","}, {"= =3", Sign, 3, "="}, {"=", Missing, 2, ""}, {"0.()", Sign, 4, ")"}, {"5'3", Sign, 2, "'"}, {"root(3)", Sign, 1, "root"},
		{strings.Repeat("9", 61), TooBig, 1, ""}, {strings.Repeat("(", 60) + "1" + strings.Repeat(")", 60), TooDeep, 0, ""}, {strings.Repeat("-", 60) + "1", TooDeep, 0, ""}, {strings.Repeat("2^", 60) + "1", TooDeep, 0, ""}, {strings.Repeat("sin ", 60) + "1", TooDeep, 0, ""}, {strings.Repeat("√", 60) + "1", TooDeep, 0, ""},
		{strings.Repeat("1+", 400) + "1", TooLong, 0, ""}, {strings.Repeat("1+", 800) + "1", TooLong, 1501, ""}, {strings.Repeat("|", 60) + "x", TooDeep, 0, ""}, {strings.Repeat(`\frac{1}{`, 60), TooDeep, 0, ""}, {strings.Repeat("{", 60), TooDeep, 0, ""}, {"x" + strings.Repeat("^-x", 60), TooDeep, 0, ""},
	} {
		r, err := Read(c.text, Options{})
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%.40q was read as %.60s", c.text, r.Tree.Plain())
			continue
		}
		if e.Problem != c.why || c.at != 0 && e.At != c.at || c.what != "" && e.What != c.what {
			t.Errorf("%.40q: %v, want %s at %d (%s)", c.text, e, c.why, c.at, c.what)
		}
	}
}

func TestRead_KnowsTheQuestion(t *testing.T) {
	for _, c := range []struct {
		text string
		o    Options
		want string // "" = refused
	}{
		{"y equals 3 times x plus 2", Options{Letters: []string{"x", "y"}, Closed: true}, "y = 3x + 2"}, {"x is 4", Options{Letters: []string{"x"}, Closed: true}, "x = 4"}, {"the answer is x = 4", Options{Letters: []string{"x"}, Closed: true}, "x = 4"}, {"it is what it is", Options{Letters: []string{"x"}, Closed: true}, ""}, {"3 times", Options{Letters: []string{"times"}, Closed: true}, "3times"}, {"3 divided 2", Options{Closed: true}, ""},
		{"3,5", Options{DecimalComma: true}, "3.5"}, {"1.000,5", Options{DecimalComma: true}, "1000.5"}, {"1,000", Options{NoGroups: true}, "1, 000"}, {"(3,5; 2)", Options{DecimalComma: true}, "(3.5, 2)"},
		{"2x3", Options{Closed: true}, "2*3"}, {"2x3", Options{Letters: []string{"x"}, Closed: true}, "2x*3"}, {"2 x 3", Options{Closed: true}, "2*3"},
		{"5m", Options{Closed: true}, "5 m"}, {"5m", Options{Letters: []string{"m"}, Closed: true}, "5m"}, {"5m", Options{Letters: []string{"x"}, Closed: true}, "5m"}, {"5m", Options{Units: true}, "5 m"}, {"5 m/s", Options{Units: true}, "5 m/s"}, {"5'3\"", Options{Units: true}, "5 ft + 3 in"}, {"5′ 3″", Options{Units: true}, "5 ft + 3 in"}, {"5ft3in", Options{Units: true}, "5 ft + 3 in"}, {"7R2", Options{Letters: []string{"R"}}, "7R*2"},
		{"e^2", Options{Letters: []string{"e"}}, "e^2"}, {"2e3", Options{Letters: []string{"e"}}, "2*e*3"}, {"rate*time", Options{Letters: []string{"rate", "time"}}, "rate*time"}, {"pi", Options{Letters: []string{"p", "i"}}, "p*i"},
		{"12 apples", Options{Closed: true}, "12 apples"}, {"12 dogs", Options{Closed: true}, "12 dogs"}, {"12 dogs", Options{Letters: []string{"d", "o", "g", "s"}, Closed: true}, "12d*o*g*s"}, {"twelve", Options{Closed: true}, ""}, {"abc", Options{Letters: []string{"x"}, Closed: true}, ""}, {"abc", Options{Letters: []string{"a", "b", "c"}, Closed: true}, "a*b*c"},
	} {
		got, err := Read(c.text, c.o)
		if (err != nil) != (c.want == "") {
			t.Errorf("%q %+v: %v", c.text, c.o, err)
		} else if err == nil && got.Tree.Plain() != c.want {
			t.Errorf("%q %+v reads as %q, want %q", c.text, c.o, got.Tree.Plain(), c.want)
		}
	}
}

func TestRead_DoubtsWhatCouldBeMeantInTwoWays(t *testing.T) {
	for text, want := range map[string]string{"x2": "x2", "2x3+1": "x3", "2x": "", "x^2": "", "xyz": "", "xab": "xab", "x+1": ""} {
		r, err := Read(text, Options{Letters: []string{"x", "y"}, Closed: true})
		got := ""
		if err == nil && len(r.Doubts) > 0 {
			got = r.Doubts[0].What
		}
		if err != nil || got != want {
			t.Errorf("%q doubts %q, %v; want %q", text, got, err, want)
		}
	}
}

// FuzzRead: whatever is typed, reading ends without a panic; what was read is written down so that it reads back the same,
// as plain text and as TeX.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"3/4x^2", "2(x+1)", `\frac{3}{4}`, "|x||y|", "3 1/2", "x=2 or x=-3", "(-inf,3]U[4,inf)", "{1,2}", "5 km/h", "sin^2 x", "√2x", "±3", "x₁²", "2:3", "1,000", `\begin{matrix}1&2\\3&4\end{matrix}`, "((((", "]2,5[", "log_2 8", "5 ft 3 in", "{x|x>2}", "0.333...", "3e5", "f(x)=2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Read(text, Options{})
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.At < 1 || e.At > len([]rune(text))+1 && e.Problem != TooLong {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		plain := r.Tree.Plain()
		o := Options{NoGroups: true}
		if !r.Tree.Has(tree.Call) { // letters that spell a function's name are letters
			o.Letters = r.Tree.Letters()
		}
		for _, written := range []string{plain, r.Tree.TeX()} {
			if len(written) > MaxLength || r.Tree.Has(tree.Measure) || r.Tree.Has(tree.Matrix) {
				continue // words beside numbers depend on what stands around them; so do the brackets of a column
			}
			again, err := Read(written, o)
			var e *Error
			if errors.As(err, &e) && (e.Problem == TooDeep || e.Problem == TooLong) {
				continue // brackets that were not there before
			}
			if err != nil {
				t.Errorf("%q was read and written %q: %v", text, written, err)
			} else if again.Tree.Plain() != plain {
				t.Errorf("%q was read as %q and written %q, which reads as %q", text, plain, written, again.Tree.Plain())
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		if _, err := Read(`\frac{3\left(x-1\right)^{2}}{4}+\sqrt{x}`, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

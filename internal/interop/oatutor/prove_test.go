package oatutor

import (
	"math/big"
	"strings"
	"testing"
)

func TestReckon_WorksOutWhatIsCertain(t *testing.T) {
	letters := map[byte]*big.Rat{'x': big.NewRat(-1, 1), 'y': big.NewRat(1, 2)}
	for formula, want := range map[string]string{
		`2+3\times4`: "14", `\left(2+3\right) 4`: "?", `4\left(2+3\right)`: "20", `-2^2`: "-4", `\left(-2\right)^2`: "4", `{10}^2`: "100", `2^{-2}`: "1/4",
		`\frac{x^2+8x+7}{x^2-4}`: "0", `\frac{1}{2}+\frac{1}{4}`: "3/4", `|x|`: "1", `-|-5|`: "-5", `\sqrt{36}+1`: "7", `\sqrt{2}`: "?", `\sqrt[3]{8}`: "?",
		`6\div2`: "3", `6/2x`: "?", `1{,}000`: "?", `1,000+1`: "1001", `2\frac{1}{3}`: "?", `3.5-0.5`: "3", `\frac{1}{x+1}`: "?", `z+1`: "?", `2xy`: "-1",
		``: "?", `2^{99}`: "?", `x^2^3`: "?", `((((`: "?", `2+`: "?", `\sin{x}`: "?", `(3)4`: "?", `5!`: "?", `{xy}^2`: "?", `{\left(-3\right)}^3`: "-27", `4(x`: "?",
	} {
		v, _, err := reckon(formula, letters)
		got := "?"
		if err == nil {
			got = exact(v)
		}
		if got != want {
			t.Errorf("%s = %s, want %s (%v)", formula, got, want, err)
		}
	}
	if _, _, err := reckon(strings.Repeat("(", 300)+"1", nil); err == nil {
		t.Error("300 brackets were worked out")
	}
}

func TestProve_DiffersOnlyWhenCertain(t *testing.T) {
	for _, c := range []struct {
		question, key string
		want          verdict
	}{
		{"Solve: $$2x=6$$", "3", agrees},
		{"Solve: $$2x=6$$", "4", differs},
		{"Solve for $$x$$: $$x^2=9$$", "-3", agrees},
		{"Solve $$x+y=3$$", "1", unknown},
		{"Solve $$2x<6$$", "3", unknown},
		{"Solve the system $$x=3$$", "4", unknown},
		{"Solve: $$\\frac{1}{x}=0$$", "0", unknown},
		{"Simplify: $$\\frac{-42}{54}$$", "7/9", differs},
		{"Evaluate $$x^2-1$$ for each value of $$x$$. $$x=3$$", "8", agrees},
		{"Evaluate $$x^2-1$$ for each value of $$x$$. $$x=3$$", "9", differs},
		{"Multiply $$5.63$$ by $$10$$", "56.3", unknown},
		{"Simplify: $$-4$$ * $$8$$", "-32", unknown},
		{"Simplify: $$-4$$ times 8", "-32", unknown},
		{"Add, then round: $$1.26+1$$", "2.3", unknown},
		{"How many sheep? $$2+3$$", "6", unknown},
		{"Simplify: $$x+x$$", "2", unknown},
	} {
		key, _ := new(big.Rat).SetString(c.key)
		if got, found := prove(c.question, key); got != c.want {
			t.Errorf("%s key %s: %d (%s), want %d", c.question, c.key, got, found, c.want)
		}
	}
}

func TestReadAnswer_TakesNumbersAndNothingElse(t *testing.T) {
	for text, want := range map[string]string{
		"$$5$$": "number 5", "-13": "number -13", "$$1,250$$": "number 1250", "$$23.4$$": "number 23.4", "$$-.5$$": "number -0.5", "$1.79": "number 1.79",
		"$$\\frac{-5}{2}$$": "fraction -5/2", "$$-\\frac{6}{4}$$": "fraction -3/2", "$$\\frac{7}{\\left(-4\\right)}$$": "fraction -7/4", "3/4": "fraction 3/4",
		"$$\\frac{8}{4}$$": "number 2", "$$2\\frac{1}{2}$$": "fraction 5/2", "$$\\frac{1}{0}$$": "", "$$4x$$": "", "8,13": "", "$$3^8$$": "", "$$\\sqrt{2}$$": "",
		"UND": "", "": "", "$$$$": "", "1,00": "", "9999999999999999999": "", "2.3.4": "", "(0,5)": "", "5%": "",
		"1 1/2": "fraction 3/2", "-2 3 / 4": "fraction -11/4", "$$1 \\frac{1}{2}$$": "fraction 3/2", "1 000": "", "3 4": "", "1 1 / 0": "",
	} {
		got := ""
		if a, ok := readAnswer(text); ok {
			got = string(a.kind) + " " + a.key
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestCopied_SeesTheAnswerInAnotherForm(t *testing.T) {
	for _, c := range []struct {
		question, key string
		want          bool
	}{
		{"Simplify $$\\frac{6}{8}$$", "$$\\frac{3}{4}$$", true},
		{"Write $$0.75$$ as a fraction.", "$$\\frac{3}{4}$$", true},
		{"Write 75% as a fraction.", "$$\\frac{3}{4}$$", true},
		{"Write 62% as a decimal.", "$$0.62$$", true},
		{"Divide $$\\frac{-52}{-4}$$", "$$13$$", true},
		{"Of 13 sheep 13 are left.", "$$13$$", false},
		{"What is the fraction? $$\\frac{3}{4}$$", "$$\\frac{3}{4}$$", false},
		{"Add $$\\frac{1}{2}+\\frac{1}{4}$$", "$$\\frac{3}{4}$$", false},
		{"It costs $2.50.", "$$2.5$$", false},
	} {
		a, ok := readAnswer(c.key)
		if !ok || copied(c.question, a) != c.want {
			t.Errorf("%s, key %s: %v", c.question, c.key, !c.want)
		}
	}
}

func FuzzReckon(f *testing.F) {
	f.Add(`\frac{x^2+8x+7}{x^2-4}`)
	f.Add(`2^{-2}\sqrt{36}|x|`)
	f.Fuzz(func(t *testing.T, formula string) {
		v, _, err := reckon(formula, map[byte]*big.Rat{'x': big.NewRat(3, 2)})
		if err == nil && v.Num().BitLen() > 4*maxBits {
			t.Errorf("%q grew to %d bits", formula, v.Num().BitLen())
		}
	})
}

package mathml

import (
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/fault"
)

func TestTeX_WritesSchoolMathematics(t *testing.T) {
	for in, want := range map[string]string{
		`<mfrac><mn>1</mn><mn>2</mn></mfrac>`: `\frac{1}{2}`,
		`<mrow><mn>3</mn><mo>&#x2062;</mo><msup><mi>x</mi><mn>2</mn></msup><mo>−</mo><mi>y</mi></mrow>`:           `3{x}^{2}-y`,
		`<msqrt><mi>a</mi><mo>+</mo><mn>1</mn></msqrt>`:                                                           `\sqrt{a+1}`,
		`<mroot><mi>x</mi><mn>3</mn></mroot>`:                                                                     `\sqrt[3]{x}`,
		`<mn>2</mn><mo>&times;</mo><mi>sin</mi><mi>π</mi>`:                                                        `2\times \sin \pi`,
		`<mover><mrow><mi>A</mi><mi>B</mi></mrow><mo>¯</mo></mover>`:                                              `\overline{AB}`,
		`<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>`:                                                 `\sum_{i}^{n}`,
		`<mfenced open="{" close=""><mi>a</mi><mi>b</mi></mfenced>`:                                               `\left\{a,b\right.`,
		`<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr></mtable>`:                                  `\begin{matrix}a & b\end{matrix}`,
		`<menclose notation="updiagonalstrike"><mn>6</mn></menclose>`:                                             `\cancel{6}`,
		`<menclose notation="longdiv"><mn>75</mn></menclose>`:                                                     `\longdiv{75}`,
		`<mtext>50 % of</mtext>`:                                                                                  `\text{50 \% of}`,
		`<semantics><msup><mi>e</mi><mn>2</mn></msup><annotation encoding="LaTeX">[e^2]</annotation></semantics>`: `{e}^{2}`,
		`<semantics><mglyph/><annotation encoding="SnuggleTeX">\[ \cos x \]</annotation></semantics>`:             `\cos x`,
		`<semantics><mi>y</mi><annotation encoding="application/x-tex">\dfrac{a}{b}</annotation></semantics>`:     `\dfrac{a}{b}`,
	} {
		got, err := TeX(in)
		if err != nil || got != want {
			t.Errorf("%s\n is %q, want %q; %v", in, got, want, err)
		}
		if _, err := doc.TeX(got, false); err != nil {
			t.Errorf("%q cannot be read: %v", got, err)
		}
	}
}

func TestTeX_NamesWhatItCannotWrite(t *testing.T) {
	for in, want := range map[string]string{
		`<mmultiscripts><mi>C</mi></mmultiscripts>`: "<mmultiscripts> cannot be written as TeX",
		`<mfrac><mn>1</mn></mfrac>`:                 "<mfrac> has 1 parts",
		`<mi><script>x</script></mi>`:               "<script> inside <mi>",
		strings.Repeat("<mrow>", 100):               "too deep",
		strings.Repeat("x", maxBytes+1):             "too long",
	} {
		if got, err := TeX(in); err == nil || err.Error() != want {
			t.Errorf("%.60s: %q, %v, want %q", in, got, err, want)
		}
	}
}

// FuzzTeX: reading ends, and what comes out is TeX that can be drawn or is refused.
func FuzzTeX(f *testing.F) {
	f.Add(`<mfrac><mn>1</mn><mn>2</mn></mfrac>`)
	f.Add(`<mi>&amp;</mi><mo>{`)
	f.Fuzz(func(t *testing.T, in string) {
		tex, err := TeX(in)
		if err != nil || tex == "" {
			return
		}
		if _, err := doc.TeX(tex, false); err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", tex, err)
		}
	})
}

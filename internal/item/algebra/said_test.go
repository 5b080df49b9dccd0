package algebra

import (
	"strings"
	"testing"
)

// What is drawn while somebody types holds only elements that a page may draw, and shows what was read.
func TestRead_DrawsWhatWasRead(t *testing.T) {
	for _, c := range []struct{ key, typed, want string }{
		{"x", "x(x+2)", "<mi>x</mi><mo>\u2062</mo><mrow><mo stretchy=\"true\">(</mo><mi>x</mi><mo>+</mo><mn>2</mn><mo stretchy=\"true\">)</mo></mrow>"},
		{"x", "3/4+x^2", "<mfrac><mn>3</mn><mn>4</mn></mfrac><mo>+</mo><msup><mi>x</mi><mn>2</mn></msup>"},
		{"x", "-x", "<mo form=\"prefix\">−</mo><mi>x</mi>"},
		{"x", "1 1/2", "<mn>1</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>"},
		{"x", "2*3", "<mn>2</mn><mo>·</mo><mn>3</mn>"},
		{"x", "sqrt(x+1)", "<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>"},
		{"x", "(x/2)^3", "<msup><mrow><mo stretchy=\"true\">(</mo><mfrac><mi>x</mi><mn>2</mn></mfrac><mo stretchy=\"true\">)</mo></mrow><mn>3</mn></msup>"},
		{"y = 2x", "y=2.5x", "<mi>y</mi><mo>=</mo><mn>2.5</mn><mo>\u2062</mo><mi>x</mi>"},
		{"x < 3", "x<=3", "<mi>x</mi><mo>≤</mo><mn>3</mn>"},
		{"$4", "$4.50", "<mtext>$</mtext><mn>4.50</mn>"},
		{"(2, 5]", "(2,5]", "<mrow><mo stretchy=\"true\">(</mo><mn>2</mn><mo>,</mo><mn>5</mn><mo stretchy=\"true\">]</mo></mrow>"},
		{"no solution", "no solution", "<mtext>no solution</mtext>"},
		{"2 cm", "25 mm", "<mn>25</mn><mtext>\u00a0mm</mtext>"},
		{"[[1, 2], [3, 4]]", "[[1, 2], [3, 4]]", "<mrow><mo stretchy=\"true\">[</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr></mtable><mo stretchy=\"true\">]</mo></mrow>"},
		{"x", "log_2(x)", "<msub><mi>log</mi><mn>2</mn></msub><mo>\u2061</mo><mrow><mo stretchy=\"true\">(</mo><mi>x</mi><mo stretchy=\"true\">)</mo></mrow>"},
	} {
		key, err := NewKey(Ask{Key: c.key})
		if err != nil {
			t.Fatal(err)
		}
		said := key.Read(c.typed, false)
		var b strings.Builder
		for _, e := range said.Drawn {
			if err := e.HTML(&b); err != nil {
				t.Errorf("%s: %v", c.typed, err)
			}
		}
		if got := strings.TrimSuffix(strings.TrimPrefix(b.String(), "<math>"), "</math>"); got != c.want {
			t.Errorf("%q (%+v) is drawn as\n%s, want\n%s", c.typed, said, got, c.want)
		}
	}
}

func TestRead_HoldsWhatIsHostile(t *testing.T) {
	for _, pair := range hostile(t) {
		key, err := NewKey(Ask{Key: pair[0]})
		if err != nil {
			continue
		}
		if said := key.Read(pair[1], true); (said.Why == "") != (len(said.Drawn) == 1) && said.Why != "doubtful" {
			t.Errorf("%.40q: why %q with %d drawn", pair[1], said.Why, len(said.Drawn))
		}
	}
}

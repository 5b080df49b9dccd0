package doc

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"kith/internal/fault"
)

func drawn(t *testing.T, tex string, v Values) string {
	t.Helper()
	tree, err := TeX(tex, false)
	if err != nil {
		t.Fatalf("TeX(%q): %v", tex, err)
	}
	e, err := drawMath(tree, v)
	if err != nil {
		t.Fatalf("draw %q: %v", tex, err)
	}
	s, err := HTML([]El{e})
	if err != nil {
		t.Fatalf("HTML %q: %v", tex, err)
	}
	return strings.TrimSuffix(strings.TrimPrefix(string(s), "<math>"), "</math>")
}

func TestTeX_PutsValuesInAsMathML(t *testing.T) {
	if !built() {
		t.Fatal("temml is not built in: run make web first")
	}
	v := given{"p": "2/3", "n": "4", "k": "-1", "b": "-5", "m": "1 1/2", "d": "0.25", "w": "apples"}
	for _, c := range []struct{ tex, want, plain string }{
		{`\frac{[[p]]}{[[n]]}`, `<mfrac><mfrac><mn>2</mn><mn>3</mn></mfrac><mn>4</mn></mfrac>`, "(2/3)/4"},
		{`\frac[[m]][[d]]`, `<mfrac><mrow><mn>1</mn><mfrac><mn>1</mn><mn>2</mn></mfrac></mrow><mn>0.25</mn></mfrac>`, "(1 1/2)/0.25"},
		{`x^[[k]]`, `<msup><mi>x</mi><mrow><mo form="prefix">−</mo><mn>1</mn></mrow></msup>`, "x^(−1)"},
		{`[[k]]x [[signed(b)]]`, `<mrow><mo form="prefix">−</mo><mn>1</mn><mi>x</mi><mo form="infix">−</mo><mn>5</mn></mrow>`, "−1x − 5"},
		{`[[coef(k)]]x [[signed(n)]]`, `<mrow><mo form="prefix">−</mo><mi>x</mi><mo form="infix">+</mo><mn>4</mn></mrow>`, "−x + 4"},
		{`3\frac12 [[w]]`, `<mrow><mn>3</mn><mfrac><mn>1</mn><mn>2</mn></mfrac><mtext>apples</mtext></mrow>`, "3 1/2apples"},
		{`\text{You have [[n]] of [[n]]}`, `<mrow><mtext>You have </mtext><mn>4</mn><mtext> of </mtext><mn>4</mn></mrow>`, "You have 4 of 4"},
		{`0.\overline{3}`, `<mrow><mn>0.</mn><mover><mrow><mn>3</mn></mrow><mo stretchy="true">‾</mo></mover></mrow>`, "0.3\u0305"},
		{`\cancel{5}`, `<mrow class="strike"><mn>5</mn></mrow>`, "5"},
		{`\begin{array}{c|r}a&b\\ \hline c&d\end{array}`, `<mtable><mtr><mtd class="rule-bottom rule-right"><mi>a</mi></mtd><mtd class="toright rule-bottom"><mi>b</mi></mtd></mtr><mtr><mtd class="rule-right"><mi>c</mi></mtd><mtd class="toright"><mi>d</mi></mtd></mtr></mtable>`, "a b; c d; "},
		{`\begin{aligned}x&=1\end{aligned}`, `<mtable displaystyle="true"><mtr><mtd class="toright tight"><mi>x</mi></mtd><mtd class="toleft tight"><mrow><mo>=</mo><mn>1</mn></mrow></mtd></mtr></mtable>`, "x  = 1; "},
		{`\color{red}{x}`, `<mrow><mi>x</mi></mrow>`, "x"},
	} {
		if got := strings.ReplaceAll(drawn(t, c.tex, v), "\u00a0", " "); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.tex, got, c.want)
		}
		tree, _ := TeX(c.tex, false)
		if got := strings.ReplaceAll(plainMath(tree, v), "\u00a0", " "); got != c.plain {
			t.Errorf("%s: plain %q, want %q", c.tex, got, c.plain)
		}
	}
}

func TestTeX_RefusesWhatItCannotShow(t *testing.T) {
	if !built() {
		t.Fatal("temml is not built in: run make web first")
	}
	for tex, code := range map[string]string{
		`\bad`:                          "math",
		`\frac{1}`:                      "math",
		`\href{javascript:alert(1)}{x}`: "math",
		`\class{a}{x}`:                  "math",
		`\style{color:red}{x}`:          "math",
		`\id{main}{x}`:                  "math",
		`\includegraphics{x}`:           "math",
		`\def\x{\x\x}\x`:                "math",
		`a & b`:                         "math",
		`\textbf{[[n]]}`:                "math_value",
		`⟦0⟧`:                           "math_mark",
		`[[n`:                           "value_open",
		`[[]]`:                          "expr",
		strings.Repeat("{", 200) + "x" + strings.Repeat("}", 200):            "",
		strings.Repeat(`\frac{1}{`, 90) + "x" + strings.Repeat("}", 90):      "math_deep",
		strings.Repeat(`\sqrt{`, 400-80) + "x" + strings.Repeat("}", 400-80): "math_long",
	} {
		_, err := TeX(tex, false)
		if code == "" {
			if err != nil {
				t.Errorf("%.30s: %v, but brackets alone say nothing", tex, err)
			}
			continue
		}
		if !fault.Is(err, fault.Invalid) || fault.Said(err).Code != "fault.doc."+code {
			t.Errorf("%.30s: got %v, want %s", tex, err, code)
		}
	}
	if tree, err := TeX(`x+1`, false); err != nil || tree.N != "math" {
		t.Errorf("after refusals a formula still works: %v", err)
	}
}

func TestTeX_StopsAFormulaThatTakesTooLong(t *testing.T) {
	slow := `module.exports={renderToString:function(s){if(s==="slow")for(;;){};return "<math><mi>x</mi></math>"}}`
	x := newTexer(fstest.MapFS{"temml/temml.cjs": {Data: []byte(slow)}}, 50*time.Millisecond, 1)
	if _, err := x.tree("slow", false); fault.Said(err).Code != "fault.doc.math_time" {
		t.Errorf("got %v, want a refusal for time", err)
	}
	if _, err := x.tree("quick", false); err != nil {
		t.Errorf("the next formula works: %v", err)
	}
}

func TestTeX_GivesEachCallerAtATimeAMachineOfItsOwn(t *testing.T) {
	// The machine says how often it was asked: two callers that shared one at the same time would see each other's formula.
	echo := `var busy="";module.exports={renderToString:function(s){busy=s;for(var i=0;i<2000;i++){if(busy!==s)throw new Error("shared")}` +
		`return "<math><mi>"+busy+"</mi></math>"}}`
	x := newTexer(fstest.MapFS{"temml/temml.cjs": {Data: []byte(echo)}}, 10*time.Second, 3)
	var all sync.WaitGroup
	for i := range 60 {
		all.Go(func() {
			tex := fmt.Sprint("x", i)
			tree, err := x.tree(tex, false)
			if err != nil || tree.C[0].C[0].T != tex {
				t.Errorf("%s: got %v, %v", tex, tree, err)
			}
		})
	}
	all.Wait()
	if n := len(x.idle); n < 1 || n > 3 {
		t.Errorf("%d machines, want 1 to 3", n)
	}
}

func TestTeX_SaysThatTheFrontEndIsNotBuilt(t *testing.T) {
	x := newTexer(fstest.MapFS{}, time.Second, 1)
	if _, err := x.tree("x", false); !fault.Is(err, fault.Unavailable) || fault.Said(err).Code != "fault.doc.math_not_built" {
		t.Errorf("got %v", err)
	}
}

func TestReadMathML_LetsOnlyTheAllowListThrough(t *testing.T) {
	for in, ok := range map[string]bool{
		`<math><mi class="evil tml-right" style="color:red" id="main">x</mi></math>`:    true,
		`<math><mtext><span>1</span></mtext></math>`:                                    true,
		`<math><script>alert(1)</script></math>`:                                        false,
		`<math><mi onclick="alert(1)">x</mi></math>`:                                    false,
		`<math href="javascript:alert(1)"><mi>x</mi></math>`:                            false,
		`<math><maction actiontype="statusline"><mi>x</mi></maction></math>`:            false,
		`<math><semantics><annotation-xml><b>x</b></annotation-xml></semantics></math>`: false,
		`<math><!-- x --><mi>x</mi></math>`:                                             false,
		`<!DOCTYPE math [<!ENTITY a "b">]><math><mi>&a;</mi></math>`:                    false,
		`<math><mi>x</mi></math><math></math>`:                                          false,
		`<mi>x</mi>`:                                                                    false,
		`<math><mi>x`:                                                                   false,
		`<math><value>x</value></math>`:                                                 false,
	} {
		tree, err := readMathML(in, nil)
		if (err == nil) != ok {
			t.Errorf("%s: got %v", in, err)
		}
		if err != nil {
			continue
		}
		if s, err := HTML([]El{tree}); err != nil || strings.Contains(string(s), "style") || strings.Contains(string(s), "evil") || strings.Contains(string(s), "id=") {
			t.Errorf("%s became %s (%v)", in, s, err)
		}
	}
}

func TestValidate_RefusesAStoredTreeThatWasTamperedWith(t *testing.T) {
	x := El{N: "mi", C: []El{{T: "x"}}}
	good := El{N: "math", C: []El{x}}
	wrap := func(n Node) Doc { return Doc{Nodes: []Node{{Kind: Paragraph, Nodes: []Node{n}}}} }
	formula := func(e El) Doc { return wrap(Node{Kind: Math, Text: "x", MathML: &e}) }
	deep := x
	for range maxMathDepth + 1 {
		deep = El{N: "mrow", C: []El{deep}}
	}
	if err := formula(good).Validate(); err != nil {
		t.Fatal(err)
	}
	for name, d := range map[string]Doc{
		"script element":      formula(El{N: "math", C: []El{{N: "script", C: []El{{T: "alert(1)"}}}}}),
		"event attribute":     formula(El{N: "math", A: map[string]string{"onclick": "x"}, C: []El{x}}),
		"style attribute":     formula(El{N: "math", C: []El{{N: "mi", A: map[string]string{"style": "x"}, C: []El{{T: "x"}}}}}),
		"foreign class":       formula(El{N: "math", A: map[string]string{"class": "button"}, C: []El{x}}),
		"html in mathematics": formula(El{N: "math", C: []El{{N: "p"}}}),
		"not mathematics":     formula(x),
		"text beside a name":  formula(El{N: "math", T: "x"}),
		"broken value":        formula(El{N: "math", C: []El{{N: valueMark}}}),
		"too deep":            formula(El{N: "math", C: []El{deep}}),
		"no tree":             wrap(Node{Kind: Math, Text: "x"}),
		"no source":           wrap(Node{Kind: Math, MathML: &good}),
		"dollar in source":    wrap(Node{Kind: Math, Text: "x$y", MathML: &good}),
		"unknown kind":        {Nodes: []Node{{Kind: "script", Text: "x"}}},
		"inline at the top":   {Nodes: []Node{{Kind: Text, Text: "x"}}},
		"block in a line":     wrap(Node{Kind: Paragraph, Nodes: []Node{{Kind: Text, Text: "x"}}}),
		"pause in a quote":    {Nodes: []Node{{Kind: Quote, Nodes: []Node{{Kind: Pause, Nodes: []Node{{Kind: Paragraph, Nodes: []Node{{Kind: Text, Text: "x"}}}}}}}}},
		"empty paragraph":     {Nodes: []Node{{Kind: Paragraph}}},
		"blank paragraph":     wrap(Node{Kind: Text, Text: "  "}),
		"field of another":    wrap(Node{Kind: Text, Text: "x", Name: "y"}),
		"heading one":         {Nodes: []Node{{Kind: Heading, Level: 1, Nodes: []Node{{Kind: Text, Text: "x"}}}}},
		"ragged table":        {Nodes: []Node{{Kind: Table, Nodes: []Node{{Kind: Row, Nodes: []Node{{Kind: Cell}}}, {Kind: Row, Nodes: []Node{{Kind: Cell}, {Kind: Cell}}}}}}},
		"image elsewhere":     {Nodes: []Node{{Kind: Image, Name: "//evil.example/x", Alt: "x"}}},
		"image above":         {Nodes: []Node{{Kind: Image, Name: "course/../x", Alt: "x"}}},
		"figure without alt":  {Nodes: []Node{{Kind: Figure, Name: "tables", Args: map[string]string{"n": "3"}}}},
		"hidden sign":         wrap(Node{Kind: Text, Text: "a\u202Eb"}),
		"hidden sign in args": {Nodes: []Node{{Kind: Figure, Name: "tables", Args: map[string]string{"n": "3\u0000"}, Alt: "x"}}},
		"language":            {Lang: `en" onload="x`},
	} {
		if err := d.Validate(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: got %v, want a refusal", name, err)
		}
	}
}

func TestHTML_RefusesWhatIsNotOfTheAllowList(t *testing.T) {
	for _, e := range []El{
		{N: "script"}, {N: "a"}, {N: "value"}, {N: "span"}, {N: "iframe"},
		{N: "p", A: map[string]string{"style": "x"}}, {N: "p", A: map[string]string{"id": "x"}},
		{N: "svg", A: map[string]string{"onload": "x"}}, {N: "img", A: map[string]string{"srcset": "x"}},
		{N: "p", A: map[string]string{`x><script`: "x"}}, {N: "p", C: []El{{N: "script"}}},
	} {
		if s, err := HTML([]El{e}); err == nil || s != "" {
			t.Errorf("%v was written as %q", e, s)
		}
	}
	got, err := HTML([]El{{N: "p", A: map[string]string{"class": `"><script>`}, C: []El{{T: "</p><script>&\x00"}}}})
	if want := "<p class=\"&#34;&gt;&lt;script&gt;\">&lt;/p&gt;&lt;script&gt;&amp;\uFFFD</p>"; err != nil || string(got) != want {
		t.Errorf("got %s (%v), want %s", got, err, want)
	}
}

func TestDraw_IsUnmovedByWhatValuesSay(t *testing.T) {
	d, err := Parse("[[w]] and **[[w]]**", Options{})
	if err != nil {
		t.Fatal(err)
	}
	els, err := d.Draw(given{"w": `<img src=x onerror="alert(1)">`})
	if err != nil {
		t.Fatal(err)
	}
	s, err := HTML(els)
	if want := "<p>&lt;img src=x onerror=&#34;alert(1)&#34;&gt; and <strong>&lt;img src=x onerror=&#34;alert(1)&#34;&gt;</strong></p>"; err != nil || string(s) != want {
		t.Errorf("got %s (%v)", s, err)
	}
	if _, err := d.Draw(given{"w": "a\u202Eb"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a hidden sign in a value: got %v", err)
	}
	for _, odd := range []string{"1/0", "1e9", "--3", "1 2", "0x10", "1/00"} {
		if n, ok := readNumber(odd); ok {
			t.Errorf("%q was read as the number %v", odd, n)
		}
	}
}

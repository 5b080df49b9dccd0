package doc

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"kith/internal/fault"
)

// given is a Values of a fixed table.
type given map[string]string

func (g given) Value(expr string) (string, error) {
	if s, ok := g[expr]; ok {
		return s, nil
	}
	return "", fault.New(fault.Invalid, "fault.test", "expr", expr)
}

// built reports whether temml is there; tests of mathematics are skipped without it, and the build makes it first.
func built() bool {
	_, err := os.Stat("temml/temml.cjs")
	return err == nil
}

func html(t *testing.T, markup string, v Values) string {
	t.Helper()
	d, err := Parse(markup, Options{})
	if err != nil {
		t.Fatalf("Parse(%q): %v", markup, err)
	}
	els, err := d.Draw(v)
	if err != nil {
		t.Fatalf("Draw(%q): %v", markup, err)
	}
	s, err := HTML(els)
	if err != nil {
		t.Fatalf("HTML(%q): %v", markup, err)
	}
	return string(s)
}

func TestParse_DrawsEachBlock(t *testing.T) {
	for _, c := range []struct{ markup, want string }{
		{"One.\ntwo", "<p>One. two</p>"},
		{"One.\n\n\nTwo.", "<p>One.</p><p>Two.</p>"},
		{"## A\n\n### B\n\n#### C", "<h2>A</h2><h3>B</h3><h4>C</h4>"},
		{"- a\n- b", "<ul><li>a</li><li>b</li></ul>"},
		{"1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"},
		{"- a\n\n  - b\n\n  c\n- d", "<ul><li><p>a</p><ul><li>b</li></ul><p>c</p></li><li>d</li></ul>"},
		{"> Ana says so.\n>\n> Twice.", `<blockquote class="said"><p>Ana says so.</p><p>Twice.</p></blockquote>`},
		{"Now\n\n!pause Guess.\n\nThen\n\nEnd", `<p>Now</p><section class="pause"><p>Guess.</p></section><div class="after-pause"><p>Then</p><p>End</p></div>`},
		{"!pause Guess.\n  Look.\n\n  - a", `<section class="pause"><p>Guess. Look.</p><ul><li>a</li></ul></section>`},
		{"| a | b |\n|---|---|\n| 1 | |", `<table class="values"><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><td>1</td><td></td></tr></tbody></table>`},
		{"| 1 | 2 |", `<table class="values"><tbody><tr><td>1</td><td>2</td></tr></tbody></table>`},
		{`| a \| b | [[x]] |`, `<table class="values"><tbody><tr><td>a | b</td><td>7</td></tr></tbody></table>`},
		{"!image course/ratios/jug.webp | A jug of [[x]] cups", `<figure class="image"><img alt="A jug of 7 cups" src="/course/ratios/jug.webp"></figure>`},
		{"In 1999. we", "<p>In 1999. we</p>"},
		{"Windows\r\nlines\r\n\r\nand", "<p>Windows lines</p><p>and</p>"},
	} {
		if got := html(t, c.markup, given{"x": "7"}); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.markup, got, c.want)
		}
	}
}

func TestParse_DrawsInline(t *testing.T) {
	v := given{"k": "-3", "one": "1", "less": "-1", "f": "-2/3", "m": "1 1/2", "d": "0.5", "w": "apples", "p": "7/2", "big": "12"}
	for _, c := range []struct{ markup, want string }{
		{"**a** *b* ***c*** **d *e***", "<strong>a</strong> <em>b</em> <strong><em>c</em></strong> <strong>d <em>e</em></strong>"},
		{"3 * 4 ** 5", "3 * 4 ** 5"},
		{`\*a\* \$5 \[x] \\ [ ]`, `*a* $5 [x] \ [ ]`},
		{"<b>&\"'", "&lt;b&gt;&amp;&#34;&#39;"},
		{"-3 and (-3) and 5 - 3, y = -x, well-known, 5-3, x-axis", "−3 and (−3) and 5 − 3, y = −x, well-known, 5-3, x-axis"},
		{"-[[big]]", "−12"},
		{"[[k]] [[w]] [[d]]", "−3 apples 0.5"},
		{"x [[signed(k)]] [[signed(one)]]", "x − 3 + 1"},
		{"[[coef(one)]]x [[coef(less)]]x [[coef(k)]]x", "x −x −3x"},
		{"[[dec(p,2)]] [[dec(f, 1)]] [[frac(d)]] [[mixed(p)]] [[frac(big)]]",
			`3.50 −0.7 <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> <math><mn>3</mn><mfrac><mn>1</mn><mn>2</mn></mfrac></math> 12`},
		{"[[f]]", `<math><mo form="prefix">−</mo><mfrac><mn>2</mn><mn>3</mn></mfrac></math>`},
		{"[[signed(frac(d))]]", `<math><mo form="infix">+</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>`},
		{"[[m]]", `<math><mn>1</mn><mfrac><mn>1</mn><mn>2</mn></mfrac></math>`},
	} {
		if got := html(t, c.markup, v); got != "<p>"+c.want+"</p>" {
			t.Errorf("%q\n got %s\nwant %s", c.markup, got, c.want)
		}
	}
}

func TestParse_RefusesWithTheLine(t *testing.T) {
	for _, c := range []struct {
		markup, code string
		line         int
	}{
		{"a\n\n**b", "stars_open", 3},
		{"a\nb *c", "stars_open", 2},
		{"**a*", "stars", 1},
		{"a\n$x", "math_open", 2},
		{"costs $5 and $6", "math_space", 1},
		{"[[x", "value_open", 1},
		{"[[]]", "expr", 1},
		{"[[coef(signed(x))]]", "shape", 1},
		{"[[dec(x)]]", "shape", 1},
		{`C:\x`, "backslash", 1},
		{"Look:\n- a", "empty_line", 2},
		{"## A\nb", "empty_line", 2},
		{"# A", "heading_one", 1},
		{"2. a", "list_first", 1},
		{"- a\nb", "list_line", 2},
		{"> a\nb", "quote_line", 2},
		{"  - a", "indent", 1},
		{"!dance", "directive", 1},
		{"!pause", "empty_block", 1},
		{"> !pause a", "pause_inside", 1},
		{"| a | b |\n| c |", "table_width", 2},
		{"| a", "table_line", 1},
		{"!figure beads red=1 blue=2", "alt", 1},
		{"!figure beads red=1 | x", "arg_missing", 1},
		{"!figure beads red=1 blue=1 green=2 | x", "arg_unknown", 1},
		{"!figure beads red=1 red=2 blue=1 | x", "arg_twice", 1},
		{"a\n\n!figure beads red=1 blue=101 | x", "arg_whole", 3},
		{"!figure cloud red=1 | x", "figure_kind", 1},
		{"!image ../secret | x", "image_name", 1},
		{"!image javascript:alert(1) | x", "image_name", 1},
		{"a\nb\x00c", "sign", 2},
		{"a\u202Eb", "sign", 1},
		{"a\u2066b", "sign", 1},
		{"a\xffb", "not_utf8", 1},
		{strings.Repeat("> ", 40) + "a", "too_deep", 1},
		{strings.Repeat("- ", 40) + "a", "too_deep", 1},
		{strings.Repeat("a\n\n", 2001), "too_many_nodes", 2001},
		{strings.Repeat("a", MaxRunes+1), "too_long", 0},
		{strings.Repeat("a", MaxMarkup+1), "too_long", 0},
		{strings.Repeat("!pause a\n\n", MaxPauses+1), "pauses", 0},
	} {
		_, err := Parse(c.markup, Options{})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%.40q: got %v, want a refusal", c.markup, err)
			continue
		}
		said := fault.Said(err)
		line, _ := said.Args["line"].(int)
		if said.Code != "fault.doc."+c.code || line != c.line {
			t.Errorf("%.40q: got %s at line %d, want %s at line %d", c.markup, said.Code, line, c.code, c.line)
		}
	}
}

func TestDraw_RefusesAValueItCannotGet(t *testing.T) {
	for _, markup := range []string{"[[x]]", "[[signed(word)]]", "!figure beads red=[[x]] blue=1 | b", "!figure beads red=1 blue=1 | [[x]]"} {
		d, err := Parse(markup, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range []Values{nil, given{"word": "apples"}} {
			if _, err := d.Draw(v); !fault.Is(err, fault.Invalid) {
				t.Errorf("%q with %v: got %v, want a refusal", markup, v, err)
			}
		}
	}
}

func TestExprs_ListsTheInnerOnesOnce(t *testing.T) {
	d, err := Parse("[[a+b]] [[signed(c)]] [[dec(a+b,2)]]\n\n!figure beads red=[[r]] blue=\"[[b * 2]]\" | [[r]] and [[mixed(q)]]", Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"a+b", "c", "b * 2", "r", "q"}
	if got := d.Exprs(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPlain_ReadsInOneLineABlock(t *testing.T) {
	d, err := Parse("**Mix** [[a]] - 1\n\n- x\n- y\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n!figure beads red=1 blue=2 | [[a]] beads", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := d.Plain(given{"a": "-2"}), "Mix −2 − 1\nx\ny\na; b\n1; 2\n−2 beads"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := d.Plain(nil), "Mix □ − 1\nx\ny\na; b\n1; 2\n□ beads"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func ExampleFormat() {
	d, _ := Parse("- a  b\n-  \\-c\n\n!figure beads blue=2 red=[[n + 1]] | Beads", Options{})
	fmt.Println(Format(d))
	// Output:
	// - a b
	// - \-c
	//
	// !figure beads blue="2" red="[[n + 1]]" | Beads
}

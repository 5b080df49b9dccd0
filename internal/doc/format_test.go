package doc

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"kith/internal/fault"
)

// everything is a Values that gives each expression a value.
type everything struct{}

func (everything) Value(expr string) (string, error) {
	return []string{"3", "-2", "2/3", "1 1/2", "0.5", "-7/4", "apples"}[len(expr)%7], nil
}

// samples are markups that use every kind and every awkward neighbour.
var samples = []string{
	"One *two* **three** ***four*** **five *six*** **a****b** **a *b*****c** *a***b** *a **b***",
	`Signs \* \$ \[ \\ \| \# - > ! [ ] 3 * 4 and 1\. and 12. x`,
	`\- not a list`, `\> not a quote`, `1\. not a list`, `\!pause`, `\# no`, `\| no`,
	"## Head [[x]]\n\n### Less\n\n#### Least\n\nText\n\n1. a\n2. b\n\n1. again\n\n- x\n\n- y",
	"- a\n\n  - b\n\n    - c\n\n  > d\n  >\n  > e\n- f\n-   !figure beads red=1 blue=2 | g",
	"> - a\n>\n>   b\n>\n> > deep",
	"!pause Guess [[n]].\n\n  Then\n\n  - look\n\nAfter\n\n!pause Again\n\nEnd",
	"| a \\| b | [[a || b]] |\n|---|---|\n| \\--- | |\n| **x** | *y* |",
	"| \\- |\n| --- x |",
	`!figure tape parts="2,[[n]]" labels="a \"b\",c \\ d" | Bar | with "bar" \\`,
	"!image course/ratios/a.webp | A jug",
	"!image 01234567-89ab-cdef-0123-456789abcdef | A file of [[n]]",
	"Grüße, 日本, ‏عربي‎, e\u0301, 👩‍🏫",
}

var formulas = []string{
	"$x$ and $$\\frac{[[a]]}{2}$$ and $a$$b$", `$|x|$`, "| $|x|$ | $$a$$ |", `$\text{\$5}$`, "$[[k]]x [[signed(b)]]$", `$a\\b$`,
}

func TestFormat_ComesBackTheSame(t *testing.T) {
	markups := samples
	if built() {
		markups = append(markups, formulas...)
	}
	for _, markup := range markups {
		d, err := Parse(markup, Options{Lang: "en"})
		if err != nil {
			t.Errorf("%q: %v", markup, err)
			continue
		}
		again, err := Parse(Format(d), Options{Lang: "en"})
		if err != nil || !reflect.DeepEqual(d, again) {
			t.Errorf("%q\nformatted %q\nerr %v\n got %s\nwant %s", markup, Format(d), err, dump(again), dump(d))
		}
		var stored Doc
		if err := json.Unmarshal([]byte(dump(d)), &stored); err != nil || !reflect.DeepEqual(d, stored) {
			t.Errorf("%q does not survive JSON: %v", markup, err)
		}
	}
}

func dump(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

// TestFormat_KeepsTheWordsOfAnyTree makes trees that Parse would not make, as an import may.
func TestFormat_KeepsTheWordsOfAnyTree(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	tried := 0
	for range 5_000 {
		d := Doc{Nodes: grow(r, 1, blockKinds)}
		if d.Validate() != nil {
			continue
		}
		tried++
		again, err := Parse(Format(d), Options{})
		if err != nil {
			t.Fatalf("%s\nformatted %q\n%v", dump(d), Format(d), err)
		}
		squeeze := func(s string) string { // a hyphen's neighbours may move, and with them whether it is a minus
			return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), minus, "-")
		}
		if got, want := squeeze(again.Plain(everything{})), squeeze(d.Plain(everything{})); got != want {
			t.Fatalf("%s\nformatted %q\n got %q\nwant %q", dump(d), Format(d), got, want)
		}
		if Format(again) != Format(d) {
			t.Fatalf("%s\nformatted %q\nthen      %q", dump(d), Format(d), Format(again))
		}
	}
	if tried < 500 {
		t.Errorf("only %d of the grown trees were valid", tried)
	}
}

func grow(r *rand.Rand, depth int, allowed kinds) []Node {
	all := []Kind{Paragraph, Heading, Bullets, Numbers, Quote, Pause, Table, Figure, Text, Text, Strong, Emphasis, Value, ListItem, Row, Cell}
	var out []Node
	for range 1 + r.IntN(3) {
		k := all[r.IntN(len(all))]
		for !allowed[k] {
			k = all[r.IntN(len(all))]
		}
		n := Node{Kind: k}
		switch k {
		case Text:
			bits := []string{"a", " ", "b c", "*", "**", "-", "1. ", "> ", "# x", "$", "[[", "\\", "|", "!pause", "é", "."}
			for range 1 + r.IntN(3) {
				n.Text += bits[r.IntN(len(bits))]
			}
		case Value:
			n.Text = "n"
		case Figure:
			n.Name, n.Alt, n.Args = "beads", "A | [[n]] \\ bead", map[string]string{"red": "1", "blue": "[[n]]"}
		case Heading:
			n.Level = 2 + r.IntN(3)
			n.Nodes = grow(r, depth+1, inlineKinds)
		case Bullets, Numbers:
			n.Nodes = grow(r, depth+1, itemOnly)
		case Table:
			n.Head = r.IntN(2) == 0
			n.Nodes = []Node{{Kind: Row, Nodes: grow(r, depth+2, cellOnly)[:1]}, {Kind: Row, Nodes: grow(r, depth+2, cellOnly)[:1]}}
		case Quote, Pause:
			n.Nodes = grow(r, depth+1, blockKinds)
		case ListItem:
			n.Nodes = grow(r, depth+1, []kinds{inlineKinds, blockKinds}[r.IntN(2)])
		default:
			n.Nodes = grow(r, depth+1, inlineKinds)
		}
		out = append(out, n)
		if depth > 7 {
			break
		}
	}
	return out
}

func FuzzParse(f *testing.F) {
	for _, s := range append(samples, formulas...) {
		f.Add(s)
	}
	for _, s := range shown {
		f.Add("!figure " + s)
	}
	f.Add("**[[signed(coef(x))]]")
	f.Fuzz(func(t *testing.T, markup string) {
		d, err := Parse(markup, Options{})
		if err != nil {
			if k, _ := fault.KindOf(err); k != fault.Invalid && k != fault.Unavailable {
				t.Fatalf("%q: %v", markup, err)
			}
			return
		}
		if err := d.Validate(); err != nil {
			t.Fatalf("%q: Validate: %v", markup, err)
		}
		again, err := Parse(Format(d), Options{})
		if err != nil || !reflect.DeepEqual(d, again) {
			t.Fatalf("%q\nformatted %q\nerr %v\n got %s\nwant %s", markup, Format(d), err, dump(again), dump(d))
		}
		els, err := d.Draw(everything{})
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("%q: Draw: %v", markup, err)
			}
			return
		}
		if _, err := HTML(els); err != nil {
			t.Fatalf("%q: HTML: %v", markup, err)
		}
		d.Plain(nil)
		d.Exprs()
	})
}

// TestParse_IsQuickOnHostileInput holds Parse to the time of a page, whatever it is given.
func TestParse_IsQuickOnHostileInput(t *testing.T) {
	for _, bit := range []string{"*", "**a", "*a ", "[[", "[[a]]", "$", "$ ", "$a$ ", `\`, `\$`, "|", "| ", "| [[ ", "| $ ", "|$$", "> ", "- ", "1. ", "\n", "- a\n", "> a\n>\n", "!pause ", "!figure ", `!figure a="`, "!figure a=[[", "#", "a\n\n  ", "- a\n\n  ", "é", "\u202e"} {
		for _, head := range []string{"", "|", "!figure beads ", "!image ", "- ", "a **"} {
			s := head + strings.Repeat(bit, MaxMarkup/len(bit))
			if len(s) > MaxMarkup {
				s = s[:MaxMarkup]
			}
			from := time.Now()
			d, err := Parse(s, Options{})
			if err == nil {
				Format(d)
				d.Plain(nil)
			}
			if took := time.Since(from); took > time.Second {
				t.Errorf("%q and then %q: %v", head, bit, took)
			}
		}
	}
}

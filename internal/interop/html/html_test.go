package html

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"kith/internal/doc"
	"kith/internal/fault"
)

const sheep = "00000000-1111-2222-3333-444444444444"

func pictures(src string) (string, bool) { return sheep, src == "sheep.png" }

// said is a text as our own markup, which shows its whole tree.
func said(t testing.TB, text string) string {
	t.Helper()
	d, err := Read(text, Options{Picture: pictures})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return doc.Format(d)
}

func TestRead_KeepsWhatAuthorsTextHas(t *testing.T) {
	for in, want := range map[string]string{
		`What is 2 + 2?`:                                               `What is 2 + 2?`,
		`<p>One<br>two</p>three`:                                       "One\n\ntwo\n\nthree",
		`<h1>Head</h1><h5>Low</h5>`:                                    "## Head\n\n#### Low",
		`a <b>bold <i>both</i></b><i> thin</i> end`:                    `a **bold *both*** *thin* end`,
		`<ul><li>a<li>b<ol><li>c</ol></ul>`:                            "- a\n- b\n\n  1. c",
		`<blockquote>Ana says</blockquote>`:                            `> Ana says`,
		`<table><tr><th>x<th>y<tr><td>1</table>`:                       "| x | y |\n|---|---|\n| 1 | |",
		`<img src="sheep.png" alt="Two &quot;sheep&quot;">`:            `!image ` + sheep + ` | Two "sheep"`,
		`<p><img src=sheep.png></p>`:                                   `!image ` + sheep + ` | sheep.png`,
		`x<sup>2</sup> + x<sub>1</sub>, x<sup>k</sup>, 1<sup>st</sup>`: `x² + x₁, x^k, 1st`,
		`Half of \(\frac{1}{2}\) and $$\sqrt{x}$$`:                     `Half of $\frac{1}{2}$ and $\sqrt{x}$`,
		`<p>$$x &lt; 3$$</p><p>\[y\]</p>`:                              "$$x < 3$$\n\n$$y$$",
		`if x < 3 and 5>2, 1<2`:                                        `if x < 3 and 5>2, 1<2`,
		`a&nbsp;b&#8203;c &lt;b&gt;`:                                   `a bc <b>`,
		`<o:p>word</o:p> <font color=red>red</font>`:                   `word red`,
		`<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>`:             `$\frac{1}{2}$`,
		`costs $5 and $6`:                                              `costs \$5 and \$6`,
		`<div class="kith-pause"><p>Stop.</p></div>`:                   `!pause Stop.`,
		`see <a href="https://example.org/x">this page</a>`:            `see this page`,
	} {
		if got := said(t, in); got != want {
			t.Errorf("%s\n is %q\nwant %q", in, got, want)
		}
	}
}

// Nothing of a source but words, mathematics and pictures that came along gets through.
func TestRead_LetsNothingElseThrough(t *testing.T) {
	for in, want := range map[string]string{
		`a<script>alert(1)</script>b<style>p{}</style>`:       `ab`,
		`<p onclick="x()" style="color:red">a</p>`:            `a`,
		`<a href="javascript:alert(1)">a</a>`:                 `a`,
		`<!-- <script> -->a<!DOCTYPE x [<!ENTITY y "z">]>&y;`: `a]>&y;`,
		`<scr<script>ipt>alert(1)</scr</script>ipt>`:          `<script>`,
		"a\u202Eb\uFEFFc\x00\x07d":                            `abcd`,
		`[[secret]] and <b>[[x]]</b>`:                         `\[\[secret]] and **\[\[x]]**`,
		`\([[x]]\)`:                                           `$[ [x] ]$`,
		`<select><option>a</option></select>b`:                `b`,
	} {
		if got := said(t, in); got != want {
			t.Errorf("%s\n is %q\nwant %q", in, got, want)
		}
	}
}

func TestRead_RefusesByNameWhatItCannotTakeOver(t *testing.T) {
	for in, want := range map[string]string{
		`<img src="https://example.org/a.png">`:           "import.text.figure",
		`<img src="data:image/png;base64,AAAA">`:          "import.text.figure",
		`<iframe src="https://example.org"></iframe>`:     "import.text.media",
		`<svg onload="alert(1)"></svg>`:                   "import.text.media",
		`<table><tr><td><table><tr><td>x</table></table>`: "import.text.table",
		`<table><tr><td><img src="sheep.png"></table>`:    "import.text.table",
		`\(\frac{1}{\)`: "import.text.tex",
		`<math><mmultiscripts></mmultiscripts></math>`: "import.text.mathml",
		strings.Repeat("a", MaxText+1):                 "import.text.long",
		strings.Repeat("ab ", 10_000):                  "import.text.long",
		strings.Repeat("<ul><li>", 30) + "x":           "import.text.long",
		"bad \xff byte":                                "import.text.long",
	} {
		if _, err := Read(in, Options{Picture: pictures}); fault.Said(err).Code != want || !fault.Is(err, fault.Invalid) {
			t.Errorf("%.60s: %v, want %s", in, err, want)
		}
	}
}

func TestRead_WithBreaksALineIsALine(t *testing.T) {
	d, err := Read("Look:\n<b>a</b>\n\nb \\(x +\ny\\)", Options{Breaks: true})
	if got := doc.Format(d); err != nil || got != "Look:\n\n**a**\n\nb $x + y$" {
		t.Errorf("%q, %v", got, err)
	}
	d, err = Plain("3 < 4 & <b>\n\\(x\\)")
	if got := doc.Format(d); err != nil || got != "3 < 4 & <b>\n\n$x$" {
		t.Errorf("plain: %q, %v", got, err)
	}
}

// again is what Read makes of what Write made.
func again(t *testing.T, d doc.Doc) doc.Doc {
	t.Helper()
	text, err := Write(d, func(string) string { return "sheep.png" })
	if err != nil {
		t.Fatal(err)
	}
	back, err := Read(text, Options{Picture: pictures})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if !reflect.DeepEqual(back, d) {
		was, _ := json.Marshal(d)
		is, _ := json.Marshal(back)
		t.Errorf("%s\nwas %s\n is %s", text, was, is)
	}
	return back
}

func TestWrite_ReadsBackToTheSame(t *testing.T) {
	for _, in := range []string{
		`<p>One</p><p>two <b>b</b> <i>i</i> <b><i>bi</i></b> \(x\)</p>`, `just words`, `<ol><li>a<li><p>b<p>c<ul><li>d</ul></ol>`,
		`<table><tr><th>a<tr><td>b &amp; \(c\)</table>`, `<img src="sheep.png" alt="&lt;two&gt; &quot;sheep&quot;">`, `<h3>T</h3><blockquote><p>q</p></blockquote>`,
		`\[\frac{1}{2}\]`, `$$$$$5 \( and \\[ x`, `$$x$$ words $<b>$</b>`, `<div class="kith-pause">stop</div><p>go`, `a &amp;lt; b`,
	} {
		d, err := Read(in, Options{Picture: pictures})
		if err != nil {
			t.Fatalf("%s: %v", in, err)
		}
		again(t, d)
	}
}

func TestWrite_RefusesWhatIsOurs(t *testing.T) {
	for _, markup := range []string{"[[a]] cups", "!figure beads red=1 blue=2 | beads", "$[[a]] + 1$"} {
		d, err := doc.Parse(markup, doc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if text, err := Write(d, nil); fault.Said(err).Code != "export.text" {
			t.Errorf("%s: %q, %v", markup, text, err)
		}
	}
}

// What looks for its end in vain, again and again, must not take the square of the length.
func TestRead_IsLinearInHostileText(t *testing.T) {
	for _, piece := range []string{"<a \">\" ", "<a '", "<!--", "<b \"<b >\" ", "\\(", "$$", "<img src=\"", "&#x", "<x:y", "<script>", "</", "<a<a", "<ul>", "<b>x"} {
		text := strings.Repeat(piece, (1<<20)/len(piece))
		start := time.Now()
		_, err := Read(text, Options{})
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%q took %v (%v)", piece, took, err)
		}
	}
}

// FuzzRead: reading ends; what it gives is valid, and writing and reading it again changes nothing.
func FuzzRead(f *testing.F) {
	for _, s := range []string{`<p>One<br>two</p>`, `<ul><li>a<ul><li>b</ul></ul>`, `<table><tr><th>x<td>y</table>`, `\(x\) $$y$$ \[z\]`,
		`<b>a <i>b</b> c</i>`, `<img src="sheep.png">`, `a<sup>2</sup>`, `$<b>$</b>$`, `\<b>(</b>x\)`, `<h2>a<p>b</h2>c`, `<li>x<td>y`} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, breaks bool) {
		d, err := Read(text, Options{Breaks: breaks, Picture: pictures})
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		if err := d.Validate(); err != nil {
			t.Fatal(err)
		}
		out, err := Write(d, func(string) string { return "sheep.png" })
		if err != nil || len(out) > MaxText {
			return
		}
		again(t, d)
	})
}

package markdown

import (
	"strings"
	"testing"
	"time"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/interop/html"
)

func TestText_ReadsWhatPeopleWrite(t *testing.T) {
	for in, want := range map[string]string{
		"One\nline\n\nTwo":                "One line\n\nTwo",
		"# Head\n\ntext":                  "## Head\n\ntext",
		"- a\n- b\n  - c":                 "- a\n- b\n\n  - c",
		"1. a\n2. b":                      "1. a\n2. b",
		"> said\n> so":                    "> said so",
		"| x | y |\n|---|---|\n| 1 | 2 |": "| x | y |\n|---|---|\n| 1 | 2 |",
		"**bold** *thin* and _thin_ snake_case_name 2 * 3": `**bold** *thin* and *thin* snake_case_name 2 \* 3`,
		"half is $\\frac{1}{2}$ of $x$":                    `half is $\frac{1}{2}$ of $x$`,
		"$5 and $6":                                        `\$5 and \$6`,
		"see [this](https://example.org)":                  "see this",
		"a \\* star, `code < 3`":                           `a \* star, code < 3`,
		"**open":                                           `\*\*open`,
		"<script>alert(1)</script>x":                       "x",
		"[[a]]":                                            `\[\[a]]`,
	} {
		d, err := Text(in, html.Options{})
		if got := doc.Format(d); err != nil || got != want {
			t.Errorf("%q\n is %q\nwant %q; %v", in, got, want, err)
		}
	}
	if _, err := Text("![a sheep](https://example.org/a.png)", html.Options{}); fault.Said(err).Code != "import.text.figure" {
		t.Errorf("a picture from elsewhere: %v", err)
	}
}

func TestText_IsLinearInHostileText(t *testing.T) {
	for _, piece := range []string{"[", "![", "[a](", "*", "_a", "`", "$a ", "\\(", "> ", "- ", "|-", "**a*"} {
		start := time.Now()
		_, err := Text(strings.Repeat(piece, 100_000/len(piece)), html.Options{})
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%q took %v (%v)", piece, took, err)
		}
	}
}

// FuzzText: reading ends, and what it gives is valid.
func FuzzText(f *testing.F) {
	f.Add("- a\n  - **b**\n\n| x |\n|--|\n| $y$ |")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Text(s, html.Options{})
		if err != nil {
			return
		}
		if err := d.Validate(); err != nil {
			t.Fatal(err)
		}
	})
}

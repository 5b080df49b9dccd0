package phrase

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/language"
)

// The same file is run by internal/web/lib/message.test.ts.
func TestMessage_GoldenVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Message, Locale, Said string
		Args                  Args
		Malformed             bool
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 40 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	for _, v := range vectors {
		parts, err := parse(v.Message)
		if v.Malformed {
			if err == nil {
				t.Errorf("%q is malformed and was read", v.Message)
			}
			continue
		}
		if err != nil {
			t.Error(err)
			continue
		}
		f := formatter{tag: language.MustParse(v.Locale), isolate: RTL(v.Locale), args: v.Args}
		if said := f.format(parts, "#"); said != v.Said {
			t.Errorf("%s %q %v: said %q, want %q", v.Locale, v.Message, v.Args, said, v.Said)
		}
		again, err := parse(write(parts))
		if err != nil || !reflect.DeepEqual(again, parts) {
			t.Errorf("%q written as %q reads differently: %v", v.Message, write(parts), err)
		}
	}
}

func load(t *testing.T, files map[string]string) *Catalogue {
	t.Helper()
	tree := fstest.MapFS{}
	for name, text := range files {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	c, err := Load(tree)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSay_FallsBackFromRegionToLanguageToEnglish(t *testing.T) {
	c := load(t, map[string]string{
		"x.en.json":    `{"x.a": "one", "x.b": "two", "x.c": "three"}`,
		"x.es.json":    `{"x.a": "uno", "x.b": "dos"}`,
		"x.es-MX.json": `{"x.a": "uno (MX)"}`,
	})
	for _, w := range []struct{ locale, key, said string }{
		{"es-MX", "x.a", "uno (MX)"}, {"es-MX", "x.b", "dos"}, {"es-MX", "x.c", "three"},
		{"es-AR", "x.a", "uno"}, {"fr", "x.a", "one"}, {"en-GB", "x.a", "one"},
	} {
		if said := c.Say(w.locale, Of(w.key)); said != w.said {
			t.Errorf("%s %s: %q, want %q", w.locale, w.key, said, w.said)
		}
	}
}

func TestWord_AMissingKeyAndAMissingArgumentAreErrorsAndShowInBrackets(t *testing.T) {
	c := load(t, map[string]string{"x.en.json": `{"x.hello": "Hello {name}"}`})
	if said, err := c.Word("en", Of("x.bye")); said != "[x.bye]" || !errors.Is(err, ErrUnworded) {
		t.Errorf("missing key: %q, %v", said, err)
	}
	if said, err := c.Word("en", Of("x.hello")); said != "Hello [name]" || !errors.Is(err, ErrUnworded) {
		t.Errorf("missing argument: %q, %v", said, err)
	}
	if said, err := c.Word("en", Phrase{}); said != "" || err != nil {
		t.Errorf("the zero phrase says %q, %v", said, err)
	}
	if said, err := c.Word("en", Of("x.hello", "name", "Ben")); said != "Hello Ben" || err != nil {
		t.Errorf("%q, %v", said, err)
	}
}

func TestWords_TakeWholePrefixesOnly(t *testing.T) {
	c := load(t, map[string]string{"x.en.json": `{"home.a": "A", "home.b.c": "BC", "homework.a": "no"}`})
	want := map[string]string{"home.a": "A", "home.b.c": "BC"}
	for _, prefix := range []string{"home", "home."} {
		if got := c.Words("en", prefix); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", prefix, got, want)
		}
	}
}

func TestPseudo_LongBracketsAndAccentsButLeavesArguments(t *testing.T) {
	c := load(t, map[string]string{"x.en.json": `{"x.n": "{n, plural, one {# try by {who}} other {# tries by {who}}}"}`})
	if said := c.Say(PseudoLong, Of("x.n", "n", 2, "who", "Ben")); said != "⟦2 ţŕîéš ƀý Ben ~~~ ~~~⟧" {
		t.Errorf("said %q", said)
	}
	// A page words the message by itself from the source that it is given.
	parts, err := parse(c.Words(PseudoLong, "x")["x.n"])
	if err != nil {
		t.Fatal(err)
	}
	f := formatter{tag: language.English, args: Args{"n": 1, "who": "Ben"}}
	if said := f.format(parts, "#"); said != "⟦1 ţŕý ƀý Ben ~~~ ~~~⟧" {
		t.Errorf("said %q", said)
	}
}

func TestPseudo_RightToLeftIsolatesArguments(t *testing.T) {
	c := load(t, map[string]string{"x.en.json": `{"x.hi": "Hello {who}"}`})
	if said := c.Say(PseudoRTL, Of("x.hi", "who", "Ben")); said != "\u202eHello \u202c\u2068Ben\u2069" {
		t.Errorf("said %q", said)
	}
	if Dir(PseudoRTL) != "rtl" || Dir(PseudoLong) != "ltr" || Dir("he-IL") != "rtl" {
		t.Error("directions are mixed up")
	}
}

func TestLoad_RefusesWhatWouldBeFoundOutTooLate(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"malformed message":      {"a.en.json": `{"a.b": "{n"}`},
		"not an object":          {"a.en.json": `["a.b"]`},
		"not a text":             {"a.en.json": `{"a.b": 3}`},
		"truncated":              {"a.en.json": `{"a.b": "x"`},
		"key of another shape":   {"a.en.json": `{"A b": "x"}`},
		"key twice in a file":    {"a.en.json": `{"a.b": "x", "a.b": "y"}`},
		"key twice in two files": {"a.en.json": `{"a.b": "x"}`, "c.en.json": `{"a.b": "y"}`},
		"no English":             {"a.en.json": `{"a.b": "x"}`, "a.es.json": `{"a.c": "y"}`},
	} {
		tree := fstest.MapFS{}
		for file, text := range files {
			tree[file] = &fstest.MapFile{Data: []byte(text)}
		}
		if _, err := Load(tree); err == nil {
			t.Errorf("%s: was taken", name)
		} else if !strings.Contains(err.Error(), "a.") {
			t.Errorf("%s: the error does not name the file or key: %v", name, err)
		}
	}
}

// Every catalogue of the product, those beside the pages too, makes one catalogue in which every message can be read.
func TestLoad_TakesTheWholeProduct(t *testing.T) {
	var trees []fs.FS
	for _, dir := range []string{"../web/learner", "../web/staff", "../web/ui"} {
		if _, err := os.Stat(filepath.FromSlash(dir)); err == nil {
			trees = append(trees, os.DirFS(dir))
		}
	}
	c, err := Load(trees...)
	if err != nil {
		t.Fatal(err)
	}
	for _, locale := range []string{"en", PseudoLong, PseudoRTL} {
		for key, source := range c.Words(locale, "ui", "nav", "fault") {
			if _, err := parse(source); err != nil {
				t.Errorf("%s %s: %v", locale, key, err)
			}
		}
	}
	if !c.Has("ui.saved") || !c.Knows("en-US") || c.Knows("fr") || !c.Knows(PseudoLong) {
		t.Error("the catalogue does not know its own words or locales")
	}
}

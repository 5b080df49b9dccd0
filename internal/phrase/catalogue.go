package phrase

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Default is the language in which every key has words; the others may have gaps.
const Default = "en"

//go:embed en
var own embed.FS

// ErrUnworded is in the error of a phrase that could not be worded in full.
var ErrUnworded = errors.New("no words")

// Catalogue has the words of every key by locale. It is read once and then only looked at.
type Catalogue struct {
	locales map[string]map[string]message
}

type message struct {
	source string
	parts  []part
}

var (
	fileName = regexp.MustCompile(`^[a-z0-9_-]+\.([a-z]{2,3}(?:-[A-Z]{2})?)\.json$`)
	keyShape = regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_-]+)+$`)
)

// Load reads the files NAME.LOCALE.json of this package and of further trees (each page keeps its words beside it) into
// one catalogue. A file is one JSON object, key to message. A malformed message, a key of another shape, a key that
// stands twice in one locale, and a key in another language that English lacks are refused with the file's name.
func Load(further ...fs.FS) (*Catalogue, error) {
	c := &Catalogue{locales: map[string]map[string]message{Default: {}}}
	var all []error
	for _, tree := range append([]fs.FS{own}, further...) {
		err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if m := fileName.FindStringSubmatch(path.Base(name)); m != nil {
				if err := c.read(tree, name, m[1]); err != nil {
					all = append(all, err)
				}
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("catalogue: %w", err)
		}
	}
	for locale, words := range c.locales {
		for key := range words {
			if _, ok := c.locales[Default][key]; !ok {
				all = append(all, fmt.Errorf("%s: %s has no English words", key, locale))
			}
		}
	}
	if len(all) > 0 {
		return nil, fmt.Errorf("catalogue: %w", errors.Join(all...))
	}
	return c, nil
}

func (c *Catalogue) read(tree fs.FS, name, locale string) error {
	data, err := fs.ReadFile(tree, name)
	if err != nil {
		return err
	}
	// Token by token, because a plain Unmarshal takes a key that stands twice without a word.
	dec := json.NewDecoder(bytes.NewReader(data))
	if tok, err := dec.Token(); err != nil || tok != json.Delim('{') {
		return fmt.Errorf("%s: not a JSON object: %v", name, err)
	}
	words := c.locales[locale]
	if words == nil {
		words = map[string]message{}
		c.locales[locale] = words
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		var source string
		if err := dec.Decode(&source); err != nil {
			return fmt.Errorf("%s: %v: %w", name, key, err)
		}
		k := key.(string)
		if !keyShape.MatchString(k) {
			return fmt.Errorf("%s: %q is no key: want words of a-z, 0-9 and _ with dots between", name, k)
		}
		if _, twice := words[k]; twice {
			return fmt.Errorf("%s: %s stands twice in %s", name, k, locale)
		}
		parts, err := parse(source)
		if err != nil {
			return fmt.Errorf("%s: %s: %w", name, k, err)
		}
		words[k] = message{source, parts}
	}
	if _, err := dec.Token(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// chain lists where to look for a locale's words, nearest first: es-MX, es, en.
func chain(locale string) []string {
	list := []string{locale}
	for i := strings.LastIndexByte(locale, '-'); i > 0; i = strings.LastIndexByte(locale, '-') {
		locale = locale[:i]
		list = append(list, locale)
	}
	if list[len(list)-1] != Default {
		list = append(list, Default)
	}
	return list
}

func (c *Catalogue) find(locale, key string) (m message, in string, ok bool) {
	if locale == PseudoLong || locale == PseudoRTL {
		m, ok = c.locales[Default][key]
		if !ok {
			return m, Default, false
		}
		parts := turned(m.parts)
		if locale == PseudoLong {
			parts = longer(m.parts)
		}
		return message{write(parts), parts}, Default, true
	}
	for _, in = range chain(locale) {
		if m, ok = c.locales[in][key]; ok {
			return m, in, true
		}
	}
	return message{}, Default, false
}

// Word words a phrase in a locale (BCP 47). The error wraps ErrUnworded when the key has no words ("[key]" is returned)
// or an argument is not given ("[name]" stands in its place). The zero Phrase is worded as nothing.
func (c *Catalogue) Word(locale string, p Phrase) (string, error) {
	if p.Code == "" {
		return "", nil
	}
	m, in, ok := c.find(locale, p.Code)
	if !ok {
		return "[" + p.Code + "]", fmt.Errorf("%w for %s in %s", ErrUnworded, p.Code, locale)
	}
	tag, err := language.Parse(in)
	if err != nil {
		tag = language.English
	}
	f := formatter{tag: tag, isolate: RTL(locale), args: p.Args}
	said := f.format(m.parts, "#")
	if len(f.lacks) > 0 {
		return said, fmt.Errorf("%w: %s lacks %s", ErrUnworded, p.Code, strings.Join(f.lacks, ", "))
	}
	return said, nil
}

// Say is Word for pages: what could not be worded shows in brackets.
func (c *Catalogue) Say(locale string, p Phrase) string {
	said, _ := c.Word(locale, p)
	return said
}

// Words are the messages, key to source, of every key that is one of the prefixes or lies under one ("ui" takes ui.saved
// and not uikit.x; "ui." says the same), as a page needs them: with English where the locale has a gap.
func (c *Catalogue) Words(locale string, prefixes ...string) map[string]string {
	words := map[string]string{}
	for key := range c.locales[Default] {
		if slices.ContainsFunc(prefixes, func(p string) bool {
			p = strings.TrimSuffix(p, ".")
			return key == p || strings.HasPrefix(key, p+".")
		}) {
			m, _, _ := c.find(locale, key)
			words[key] = m.source
		}
	}
	return words
}

// Has reports whether a key has words.
func (c *Catalogue) Has(key string) bool {
	_, ok := c.locales[Default][key]
	return ok
}

// Keys lists every key, sorted.
func (c *Catalogue) Keys() []string { return slices.Sorted(maps.Keys(c.locales[Default])) }

// Locales lists the languages that have a file, sorted; pseudo-locales are not among them.
func (c *Catalogue) Locales() []string { return slices.Sorted(maps.Keys(c.locales)) }

// Knows reports whether a locale can be served: it or its language has a file, or it is a pseudo-locale.
func (c *Catalogue) Knows(locale string) bool {
	if locale == PseudoLong || locale == PseudoRTL {
		return true
	}
	list := chain(locale)
	return slices.ContainsFunc(list, func(l string) bool {
		return c.locales[l] != nil && (l != Default || strings.HasPrefix(locale, Default))
	})
}

// RTL reports whether a locale is written from right to left (Unicode CLDR 45, the scripts of our reach).
func RTL(locale string) bool {
	lang, _, _ := strings.Cut(locale, "-")
	return slices.Contains([]string{"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv"}, lang)
}

// Dir is RTL as the value of the dir attribute.
func Dir(locale string) string {
	if RTL(locale) {
		return "rtl"
	}
	return "ltr"
}

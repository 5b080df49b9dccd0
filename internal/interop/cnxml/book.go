package cnxml

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"kith/internal/fault"
)

// book is a collection: chapters of modules, and what it says of itself.
type book struct {
	file     string
	title    string
	lang     string
	slug     string
	licence  string
	address  string
	authors  string
	before   []string // modules that stand in no chapter
	chapters []chapter
}

type chapter struct {
	title   string
	modules []string
}

var deed = regexp.MustCompile(`^https?://creativecommons\.org/(?:licenses/(by(?:-nc)?(?:-sa|-nd)?)|publicdomain/(zero))/(\d\.\d)`)

// licenceOf is what a metadata element says of the licence: by its address where that is one that is known, else in its words.
func licenceOf(meta *node) string {
	l := meta.child("license")
	if l == nil {
		return ""
	}
	if m := deed.FindStringSubmatch(l.attr["url"]); m != nil {
		if m[2] != "" {
			return "CC0 " + m[3]
		}
		return "CC " + strings.ToUpper(m[1]) + " " + m[3]
	}
	return cmp.Or(l.words(), strings.TrimSpace(l.attr["url"]))
}

// actors are the people whom a metadata element names as its authors.
func actors(meta *node) string {
	called := map[string]string{}
	for _, k := range meta.child("actors").elementsOf() {
		called[k.attr["userid"]] = k.child("fullname").words()
	}
	var out []string
	for _, role := range meta.child("roles").children("role") {
		if role.attr["type"] != "author" {
			continue
		}
		for _, id := range strings.Fields(role.words()) {
			if name := called[id]; name != "" && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return strings.Join(out, ", ")
}

func (n *node) elementsOf() []*node {
	if n == nil {
		return nil
	}
	return n.elements()
}

// readBook reads a collection. Errors: Invalid for what is none, or names no module.
func readBook(file string, b []byte) (book, error) {
	root, err := parse(file, b)
	if err != nil {
		return book{}, err
	}
	if root.name != "collection" {
		return book{}, fault.New(fault.Invalid, "fault.import.xml_root", "file", shown(file), "line", root.line, "name", clip(root.name), "want", "collection")
	}
	meta := root.child("metadata")
	out := book{file: file, title: meta.child("title").words(), lang: cmp.Or(meta.child("language").words(), root.attr["lang"]),
		slug: meta.child("slug").words(), licence: licenceOf(meta), authors: actors(meta)}
	out.slug = cmp.Or(slug(out.slug), slug(strings.TrimSuffix(shown(file), ".collection.xml")))
	out.title = cmp.Or(out.title, out.slug)
	var gather func(content *node, into *[]string)
	gather = func(content *node, into *[]string) {
		for _, k := range content.elementsOf() {
			switch {
			case k.is("module"):
				*into = append(*into, k.attr["document"])
			case k.is("subcollection"):
				c := chapter{title: k.child("title").words()}
				gather(k.child("content"), &c.modules)
				if len(c.modules) > 0 {
					out.chapters = append(out.chapters, c)
				}
			}
		}
	}
	gather(root.child("content"), &out.before)
	if len(out.chapters) == 0 && len(out.before) > 0 { // a book without parts is one part
		out.chapters, out.before = []chapter{{title: out.title, modules: out.before}}, nil
	}
	if len(out.chapters) == 0 {
		return book{}, fault.New(fault.Invalid, "fault.import.empty", "file", shown(file))
	}
	return out, nil
}

// signed reads who wrote the book, and that it is OpenStax's, from its preface: the one place where OpenStax says so.
func (b *book) signed(preface *node) {
	var names []string
	preface.walk(func(n *node) bool {
		if !n.is("section") || !n.has("sr-contrib-auth") {
			return true
		}
		for _, p := range n.children("para") {
			if bold := wholly(p); bold != "" {
				name, _, _ := strings.Cut(bold, ",")
				names = append(names, name)
			}
		}
		return false
	})
	if b.authors == "" {
		b.authors = strings.Join(names, ", ")
	}
	if b.address == "" && strings.Contains(preface.words(), "OpenStax") {
		b.address = "https://openstax.org/details/books/" + b.slug
	}
}

// called is the book's name as its licence asks for it to be named.
func (b *book) called() string {
	if b.address != "" {
		return "OpenStax " + b.title
	}
	return b.title
}

// wholly is the text of a paragraph that is bold from end to end, as headings among exercises are; "" for any other.
func wholly(p *node) string {
	out := ""
	for _, k := range p.kids {
		switch {
		case k.name == "" && strings.TrimSpace(k.text) == "":
		case k.is("emphasis") && (k.attr["effect"] == "bold" || k.attr["effect"] == ""):
			out += " " + k.words()
		default:
			return ""
		}
	}
	return strings.TrimSpace(out)
}

var wordsIn = regexp.MustCompile(`[a-z0-9]+`)

// slug is a text as a code: small letters and digits with hyphens between.
func slug(s string) string {
	return strings.Join(wordsIn.FindAllString(strings.ToLower(plainDigits.Replace(s)), -1), "-")
}

var plainDigits = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9", "ⁿ", "n", "₀", "0", "₁", "1", "₂", "2")

// same is a text without everything that is spelled now so and now so: signs, case and spaces.
func same(s string) string { return strings.ReplaceAll(slug(s), "-", "") }

// near is same without articles, joining words and plurals.
func near(s string) string {
	var b strings.Builder
	for _, w := range wordsIn.FindAllString(strings.ToLower(plainDigits.Replace(s)), -1) {
		switch {
		case w == "a" || w == "an" || w == "the" || w == "and" || w == "of":
		case len(w) > 3 && strings.HasSuffix(w, "s"):
			b.WriteString(w[:len(w)-1])
		default:
			b.WriteString(w)
		}
	}
	return b.String()
}

func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

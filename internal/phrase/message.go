package phrase

import (
	"fmt"
	"strings"
)

// A message is the small part of ICU MessageFormat that the product uses (lib/message.ts reads the same):
//
//	{name}                                            the argument as it is
//	{n, plural, =0 {none} one {# try} other {# tries}}  exact numbers first, then the locale's category; # is n
//	{who, select, teacher {…} other {…}}              by the argument's text
//
// Messages nest. A quote ' before { } or # makes it plain; two quotes are one.

type partKind int

const (
	partText partKind = iota
	partArg
	partHash
	partPlural
	partSelect
)

// part is one piece of a read message: text, or an argument by name with its cases in the order they stand.
type part struct {
	kind  partKind
	text  string
	name  string
	cases []branch
}

type branch struct {
	key   string
	parts []part
}

func (p part) branch(key string) ([]part, bool) {
	for _, b := range p.cases {
		if b.key == key {
			return b.parts, true
		}
	}
	return nil, false
}

// reader walks a message's runes.
type reader struct {
	source []rune
	at     int
}

func (r *reader) peek(ahead int) rune {
	if r.at+ahead < len(r.source) {
		return r.source[r.at+ahead]
	}
	return 0
}

func (r *reader) take(want rune) bool {
	if r.peek(0) == want {
		r.at++
		return true
	}
	return false
}

func (r *reader) fail(format string, args ...any) error {
	return fmt.Errorf("%q: %s at %d", string(r.source), fmt.Sprintf(format, args...), r.at)
}

// parse reads a message; the error says where it is malformed.
func parse(source string) ([]part, error) {
	r := &reader{source: []rune(source)}
	parts, err := r.sequence(false)
	if err != nil {
		return nil, err
	}
	if r.at < len(r.source) {
		return nil, r.fail("} without {")
	}
	return parts, nil
}

func (r *reader) sequence(inPlural bool) ([]part, error) {
	var parts []part
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			parts = append(parts, part{kind: partText, text: text.String()})
			text.Reset()
		}
	}
	for r.at < len(r.source) && r.peek(0) != '}' {
		c := r.peek(0)
		switch {
		case c == '\'' && r.peek(1) == '\'':
			text.WriteRune('\'')
			r.at += 2
		case c == '\'' && strings.ContainsRune("{}#", r.peek(1)):
			text.WriteRune(r.peek(1))
			r.at += 2
			r.take('\'')
		case c == '{':
			flush()
			p, err := r.argument(inPlural)
			if err != nil {
				return nil, err
			}
			parts = append(parts, p)
		case c == '#' && inPlural:
			flush()
			parts = append(parts, part{kind: partHash})
			r.at++
		default:
			text.WriteRune(c)
			r.at++
		}
	}
	flush()
	return parts, nil
}

func (r *reader) argument(inPlural bool) (part, error) {
	r.at++
	p := part{kind: partArg, name: r.word()}
	if p.name == "" {
		return p, r.fail("an argument without a name")
	}
	if r.take('}') {
		return p, nil
	}
	if !r.take(',') {
		return p, r.fail("expected , or } after {%s", p.name)
	}
	switch kind := r.word(); kind {
	case "plural":
		p.kind = partPlural
	case "select":
		p.kind = partSelect
	default:
		return p, r.fail("{%s, %s} is neither plural nor select", p.name, kind)
	}
	if !r.take(',') {
		return p, r.fail("expected , and cases of {%s", p.name)
	}
	for key := r.word(); key != ""; key = r.word() {
		if !r.take('{') {
			return p, r.fail("expected { after %s", key)
		}
		if _, twice := p.branch(key); twice {
			return p, r.fail("%s stands twice", key)
		}
		parts, err := r.sequence(inPlural || p.kind == partPlural)
		if err != nil {
			return p, err
		}
		if !r.take('}') {
			return p, r.fail("%s {… is not closed", key)
		}
		p.cases = append(p.cases, branch{key, parts})
	}
	if !r.take('}') {
		return p, r.fail("{%s… is not closed", p.name)
	}
	if _, ok := p.branch("other"); !ok {
		return p, r.fail("{%s… has no other", p.name)
	}
	return p, nil
}

func (r *reader) word() string {
	space := func() {
		for strings.ContainsRune(" \t\r\n", r.peek(0)) && r.peek(0) != 0 {
			r.at++
		}
	}
	space()
	from := r.at
	for c := r.peek(0); c == '_' || c == '=' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'; c = r.peek(0) {
		r.at++
	}
	found := string(r.source[from:r.at])
	space()
	return found
}

// write is parse's inverse: a source that reads as these parts.
func write(parts []part) string {
	var b strings.Builder
	quote := strings.NewReplacer("'", "''", "{", "'{'", "}", "'}'", "#", "'#'")
	for _, p := range parts {
		switch p.kind {
		case partText:
			b.WriteString(quote.Replace(p.text))
		case partHash:
			b.WriteByte('#')
		case partArg:
			b.WriteString("{" + p.name + "}")
		default:
			kind := "plural"
			if p.kind == partSelect {
				kind = "select"
			}
			b.WriteString("{" + p.name + ", " + kind + ",")
			for _, c := range p.cases {
				b.WriteString(" " + c.key + " {" + write(c.parts) + "}")
			}
			b.WriteByte('}')
		}
	}
	return b.String()
}

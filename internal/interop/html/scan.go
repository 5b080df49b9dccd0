package html

import "strings"

// tag is one mark of the text. Only the attributes that reading asks for are kept.
type tag struct {
	name  string // small letters; "" = none
	close bool
	attrs map[string]string
	inner string // of math: everything up to its end
}

// scanner parts a text into words and marks. What looks like a mark and is none ("3 < x") is words.
type scanner struct {
	s, low string // low is s in ASCII small letters
	pos    int
	budget int             // steps that looking for the ends of marks may still take: keeps reading linear
	lost   map[string]bool // what was looked for in vain, and so is nowhere ahead
}

func newScanner(s string) *scanner {
	low := []byte(s)
	for i, c := range low {
		if c >= 'A' && c <= 'Z' {
			low[i] = c + 'a' - 'A'
		}
	}
	return &scanner{s: s, low: string(low), budget: 4*len(s) + 1000, lost: map[string]bool{}}
}

// next gives words and then the mark that follows them, either may be empty; ok=false at the end.
func (sc *scanner) next() (words string, t tag, ok bool) {
	from := sc.pos
	for sc.pos < len(sc.s) {
		at := strings.IndexByte(sc.s[sc.pos:], '<')
		if at < 0 {
			sc.pos = len(sc.s)
			break
		}
		sc.pos += at
		start := sc.pos
		if t, ok = sc.mark(); ok {
			return sc.s[from:start], t, true
		}
		sc.pos = start + 1
	}
	return sc.s[from:sc.pos], tag{}, from < sc.pos
}

// find is the place of what from the position on, -1 when it is not there. It is asked in vain only once.
func (sc *scanner) find(what string) int {
	if sc.lost[what] {
		return -1
	}
	at := strings.Index(sc.low[sc.pos:], what)
	if at < 0 {
		sc.lost[what] = true
		return -1
	}
	return sc.pos + at
}

// mark reads what begins with "<" at the position; ok=false leaves it to be words.
func (sc *scanner) mark() (t tag, ok bool) {
	rest := sc.low[sc.pos+1:]
	switch {
	case strings.HasPrefix(rest, "!--"):
		sc.past("-->")
		return tag{name: "!"}, true
	case strings.HasPrefix(rest, "!") || strings.HasPrefix(rest, "?"):
		sc.past(">")
		return tag{name: "!"}, true
	case strings.HasPrefix(rest, "/"):
		t.close, rest = true, rest[1:]
	}
	n := 0
	for n < len(rest) && (rest[n] >= 'a' && rest[n] <= 'z' || rest[n] >= '0' && rest[n] <= '9') {
		n++
	}
	if at := local(rest, n); at > 0 {
		if rest[:n] != "m" && rest[:n] != "mml" { // <o:p> is a word processor's own
			sc.past(">")
			return tag{name: "!"}, true
		}
		rest, n = rest[n+1:], at // <m:math>
	}
	t.name = rest[:n]
	if !known[t.name] || n == len(rest) || !strings.ContainsRune(" \t\r\n/>", rune(rest[n])) {
		return tag{}, false
	}
	sc.pos = len(sc.s) - len(rest) + n
	if !sc.attributes(&t) {
		return tag{}, false
	}
	if !t.close && (dropped[t.name] || t.name == "math") {
		from := sc.pos
		if sc.past("</" + t.name); sc.pos < len(sc.s) {
			t.inner = sc.s[from : sc.pos-len("</"+t.name)]
			sc.past(">")
		}
	}
	return t, true
}

// local is the length of the name after a prefix of n letters and a colon, 0 when there is none.
func local(s string, n int) int {
	if n == 0 || n == len(s) || s[n] != ':' {
		return 0
	}
	end := n + 1
	for end < len(s) && (s[end] >= 'a' && s[end] <= 'z' || s[end] >= '0' && s[end] <= '9') {
		end++
	}
	return end - n - 1
}

// past goes behind what; to the end when it is not there, as browsers do.
func (sc *scanner) past(what string) {
	if at := sc.find(what); at >= 0 {
		sc.pos = at + len(what)
		return
	}
	sc.pos = len(sc.s)
}

// attributes reads up to ">". A quote that does not close ends with the mark.
func (sc *scanner) attributes(t *tag) bool {
	start := sc.pos
	for sc.pos < len(sc.s) {
		if sc.budget--; sc.budget < 0 {
			return false
		}
		switch c := sc.s[sc.pos]; {
		case c == '>':
			sc.pos++
			return true
		case c == '<':
			return true // the next mark begins: this one was not closed
		case c == '/' || c == ' ' || c == '\t' || c == '\r' || c == '\n':
			sc.pos++
		default:
			if !sc.attribute(t) {
				sc.pos = start
				at := sc.find(">")
				if at < 0 {
					return false
				}
				sc.pos = at + 1
				return true
			}
		}
	}
	return false
}

// attribute reads name, name=value, name="value"; ok=false for a quote without an end.
func (sc *scanner) attribute(t *tag) bool {
	from := sc.pos
	for sc.pos < len(sc.s) && !strings.ContainsRune("=> \t\r\n<", rune(sc.s[sc.pos])) {
		sc.pos++
	}
	name := sc.low[from:sc.pos]
	if sc.pos == from {
		sc.pos++ // a lone =
	}
	sc.budget -= sc.pos - from
	if sc.pos == len(sc.s) || sc.s[sc.pos] != '=' {
		return true
	}
	sc.pos++
	from = sc.pos
	if from < len(sc.s) && (sc.s[from] == '"' || sc.s[from] == '\'') {
		sc.pos++
		end := sc.find(sc.s[from : from+1])
		if end < 0 {
			return false
		}
		sc.budget -= end - from
		sc.pos = end + 1
		t.keep(name, sc.s[from+1:end])
		return true
	}
	for sc.pos < len(sc.s) && !strings.ContainsRune("> \t\r\n<", rune(sc.s[sc.pos])) {
		sc.pos++
	}
	sc.budget -= sc.pos - from
	t.keep(name, sc.s[from:sc.pos])
	return true
}

func (t *tag) keep(name, value string) {
	if t.name == "img" && (name == "src" || name == "alt") || t.name == "div" && name == "class" || t.name == "math" && name == "display" {
		if t.attrs == nil {
			t.attrs = map[string]string{}
		}
		if _, twice := t.attrs[name]; !twice {
			t.attrs[name] = value
		}
	}
}

func set(names string) map[string]bool {
	out := map[string]bool{}
	for _, n := range strings.Fields(names) {
		out[n] = true
	}
	return out
}

// Known reports whether HTML has an element of a name; anything else between < and > is words to Read.
func Known(name string) bool { return known[name] }

var (
	// known are the elements of HTML; anything else between < and > is words.
	known = set(`a abbr acronym address applet area article aside audio b base basefont bdi bdo big blockquote body br button canvas
		caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure
		font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link
		main map mark math menu meta meter nav nobr noframes noscript object ol optgroup option output p param picture pre progress q
		rp rt ruby s samp script search section select small source span strike strong style sub summary sup svg table tbody td
		template textarea tfoot th thead time title tr track tt u ul var video wbr`)
	// dropped go with all that is in them.
	dropped = set("script style head title noscript noframes template select datalist textarea rp rt")
	// media hold something that the text may be about and that cannot be taken over.
	media = set("applet audio canvas embed frame iframe object svg video")
	// blocks stand on lines of their own; what is not named otherwise is a paragraph.
	blocks = set(`address article aside body br center dd details dialog div dl dt fieldset figcaption figure footer form header hgroup hr html
		legend main nav p pre section summary`)
)

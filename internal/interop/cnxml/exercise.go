package cnxml

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/interop/bank"
	"kith/internal/phrase"
)

// asked is an exercise of the book with what is said before it.
type asked struct {
	topic *topic
	lead  []*node // "In the following exercises, simplify."
	node  *node
	why   phrase.Phrase // it cannot be taken
	ahead bool          // a readiness question: its last line says where to look
}

// mark is a letter in a circle, with which the book tells the parts of an exercise.
var mark = regexp.MustCompile(`[ⓐ-ⓩ]`)

// take adds an exercise to the bank: one item, or one for each of its parts. It gives the ids of the items that may be.
func (r *reader) take(m *module, a asked) (ids []string, err error) {
	id := a.node.attr["id"]
	at := bank.At{File: shown(m.file), Line: a.node.line, Name: m.name + "#" + id}
	skip := func(why phrase.Phrase) ([]string, error) { r.bank.Skip(at, why); return nil, nil }
	solution := a.node.child("solution")
	switch {
	case a.why.Code != "":
		return skip(a.why)
	case id == "" || a.topic == nil:
		return skip(phrase.Of("import.cnxml.no_id"))
	case solution == nil:
		return skip(phrase.Of("import.cnxml.no_solution"))
	}
	problem := a.node.child("problem").elementsOf()
	if a.ahead {
		problem = withoutReview(problem)
	}
	lead, why := r.itemText(m, a.lead)
	asks, also := r.itemText(m, problem)
	for _, w := range []phrase.Phrase{why, also} {
		if w.Code != "" {
			return skip(w)
		}
	}
	_, way := untitled(solution)
	answer, why := r.itemText(m, way)
	if why.Code != "" {
		if why.Code == "import.cnxml.figure" {
			why = phrase.Of("import.cnxml.drawn")
		}
		return skip(why)
	}
	for _, p := range split(leadWords(lead), asks, answer) {
		name := at
		entry := bank.Entry{ID: m.name + "#" + id + p.mark, Folder: []string{a.topic.id}, Text: doc.Doc{Nodes: p.asks}}
		name.Name = entry.ID
		entry.At = name
		if p.why.Code != "" {
			r.bank.Skip(name, p.why)
			continue
		}
		if why := answered(&entry, p.answer); why.Code != "" {
			r.bank.Skip(name, why)
			continue
		}
		if err := r.bank.Add(entry); err != nil {
			return ids, err
		}
		ids = append(ids, entry.ID)
	}
	return ids, nil
}

// itemText makes the blocks of a part of an item, of which nothing may be lost.
func (r *reader) itemText(m *module, kids []*node) ([]doc.Node, phrase.Phrase) {
	s := r.shaper(m)
	s.whole = true
	blocks := s.blocks(kids)
	if s.err == nil {
		if err := (doc.Doc{Nodes: blocks}).Validate(); err != nil {
			var f *fault.Error
			if errors.As(err, &f) && f.Say.Code != "" {
				return nil, phrase.Of("import.text.long")
			}
			s.err = err
		}
	}
	var e refusedElement
	switch {
	case s.err == nil:
		return blocks, phrase.Phrase{}
	case errors.Is(s.err, errPicture):
		return nil, phrase.Of("import.cnxml.figure")
	case errors.As(s.err, &e):
		return nil, phrase.Of("import.text.media", "name", e.name)
	}
	return nil, phrase.Of("import.text.long")
}

// withoutReview takes "If you missed this problem, review …" off a readiness question: the line break before it and what follows.
func withoutReview(kids []*node) (out []*node) {
	for _, p := range kids {
		at := slices.IndexFunc(p.kids, func(k *node) bool { return k.is("link") })
		if !p.is("para") || at < 0 {
			out = append(out, p)
			continue
		}
		cut := at
		for i := at - 1; i >= 0; i-- {
			if p.kids[i].is("newline") {
				cut = i
				break
			}
			if p.kids[i].name == "" && missed.MatchString(p.kids[i].text) {
				cut = i
			}
		}
		q := *p
		q.kids = slices.Clone(p.kids[:cut])
		if cut < at && p.kids[cut].name == "" {
			q.kids = append(q.kids, &node{text: missed.ReplaceAllString(p.kids[cut].text, "")})
		}
		if len(q.kids) > 0 {
			out = append(out, &q)
		}
	}
	return out
}

var (
	missed    = regexp.MustCompile(`(?is)\bif you (?:missed|had trouble).*$`)
	following = regexp.MustCompile(`^In (?:the following|each of the following|these) (?:exercises?|problems?)(?:,| )\s*`)
)

// leadWords takes "In the following exercises," off a line that stands before one of them alone.
func leadWords(lead []doc.Node) []doc.Node {
	if len(lead) == 0 || lead[0].Kind != doc.Paragraph || lead[0].Nodes[0].Kind != doc.Text {
		return lead
	}
	text := lead[0].Nodes[0].Text
	short := following.ReplaceAllString(text, "")
	if short == text || short == "" {
		return lead
	}
	out := slices.Clone(lead)
	first := slices.Clone(lead[0].Nodes)
	first[0].Text = bank.UpperFirst(short)
	out[0].Nodes = first
	return out
}

// part is one question of an exercise.
type part struct {
	mark   string // "", or "a" behind a point
	asks   []doc.Node
	answer []doc.Node
	why    phrase.Phrase
}

// split takes an exercise apart where it and its answer have the same marks; the marks may stand in the line before it.
func split(lead, asks, answer []doc.Node) []part {
	stem, parts, order := marked(asks)
	_, answers, answerOrder := marked(answer)
	if len(answerOrder) == 0 && len(order) == 0 {
		return []part{{asks: slices.Concat(lead, asks), answer: answer}}
	}
	join := func(letter string) []doc.Node { return slices.Concat(lead, joined(stem, parts[letter])) }
	if len(order) == 0 {
		leadStem, leadParts, leadOrder := marked(lead)
		order = leadOrder
		join = func(letter string) []doc.Node { return slices.Concat(joined(leadStem, leadParts[letter]), asks) }
	}
	if len(order) == 0 || !slices.Equal(order, answerOrder) {
		return []part{{why: phrase.Of("import.cnxml.parts")}}
	}
	var out []part
	for _, letter := range order {
		p := part{mark: "." + string(rune('a'+[]rune(letter)[0]-'ⓐ')), asks: join(letter), answer: answers[letter]}
		if len(answers[letter]) == 0 {
			p.why = phrase.Of("import.cnxml.parts")
			if slices.ContainsFunc(answer, func(b doc.Node) bool { return b.Kind == doc.Image }) {
				p.why = phrase.Of("import.cnxml.drawn")
			}
		}
		out = append(out, p)
	}
	return out
}

// marked parts blocks at the letters in circles: what stands before the first, and the line of each. Pictures and tables belong to all.
func marked(blocks []doc.Node) (stem []doc.Node, parts map[string][]doc.Node, order []string) {
	parts = map[string][]doc.Node{}
	now := ""
	take := func(n doc.Node) {
		if now == "" {
			last := len(stem) - 1
			stem[last].Nodes = append(stem[last].Nodes, n)
			return
		}
		parts[now] = append(parts[now], n)
	}
	for _, b := range blocks {
		if b.Kind != doc.Paragraph {
			stem = append(stem, b)
			continue
		}
		if now == "" {
			stem = append(stem, doc.Node{Kind: doc.Paragraph})
		} else {
			take(doc.Node{Kind: doc.Text, Text: " "})
		}
		for _, n := range b.Nodes {
			if n.Kind != doc.Text || !mark.MatchString(n.Text) {
				take(n)
				continue
			}
			rest := n.Text
			for {
				at := mark.FindStringIndex(rest)
				if at == nil {
					break
				}
				if rest[:at[0]] != "" {
					take(doc.Node{Kind: doc.Text, Text: rest[:at[0]]})
				}
				if now = rest[at[0]:at[1]]; !slices.Contains(order, now) {
					order = append(order, now)
				}
				rest = rest[at[1]:]
			}
			if rest != "" {
				take(doc.Node{Kind: doc.Text, Text: rest})
			}
		}
	}
	kept := stem[:0]
	for _, b := range stem {
		if b.Kind == doc.Paragraph {
			if b.Nodes = settled(b.Nodes); len(b.Nodes) == 0 {
				continue
			}
		}
		kept = append(kept, b)
	}
	for k, line := range parts {
		parts[k] = settled(line)
	}
	return kept, parts, order
}

// joined puts a part behind its stem: in its line where that goes on, else in a line of its own.
func joined(stem, line []doc.Node) []doc.Node {
	if len(line) == 0 {
		return stem
	}
	line = ended(line)
	out := slices.Clone(stem)
	last := len(out) - 1
	if last < 0 || out[last].Kind != doc.Paragraph || len(out[last].Nodes) == 0 {
		return append(out, doc.Node{Kind: doc.Paragraph, Nodes: line})
	}
	end := out[last].Nodes[len(out[last].Nodes)-1]
	if end.Kind == doc.Text && strings.ContainsAny(end.Text[len(end.Text)-1:], ".:?!") {
		return append(out, doc.Node{Kind: doc.Paragraph, Nodes: line})
	}
	nodes := slices.Clone(out[last].Nodes)
	for i, n := range nodes {
		if n.Kind == doc.Math && n.Display { // it stood alone and goes on now
			nodes[i] = inline(n)
		}
	}
	nodes = append(nodes, doc.Node{Kind: doc.Text, Text: " "})
	out[last].Nodes = append(nodes, line...)
	return out
}

func inline(n doc.Node) doc.Node {
	tree := *n.MathML
	tree.A = nil
	n.Display, n.MathML = false, &tree
	return n
}

// ended takes a word or comma off a part's end that leads to the next one: "2, and".
func ended(line []doc.Node) []doc.Node {
	out := slices.Clone(line)
	if last := len(out) - 1; last >= 0 && out[last].Kind == doc.Text {
		if cut := leading.ReplaceAllString(out[last].Text, ""); cut != out[last].Text && (cut != "" || last > 0) {
			out[last].Text = cut
		}
	}
	return settled(out)
}

var leading = regexp.MustCompile(`(?:[,;]?\s+(?:and|or)|[,;])\s*$`)

// pairs are answers of which there are two: the other is the other choice. English, as the books are.
var pairs = [][2]string{{"yes", "no"}, {"true", "false"}}

var signs = []string{"<", ">", "="}

// answered reads the answer into the entry. The reason is zero where it can be read; package bank says whether it can be a key.
func answered(e *bank.Entry, answer []doc.Node) phrase.Phrase {
	var line []doc.Node
	for _, b := range answer {
		switch {
		case b.Kind == doc.Paragraph && line == nil:
			line = b.Nodes
		case b.Kind == doc.Text || b.Kind == doc.Math || b.Kind == doc.Strong || b.Kind == doc.Emphasis:
			line = append(line, b) // a part of a line already
		case b.Kind == doc.Image || b.Kind == doc.Figure:
			return phrase.Of("import.cnxml.drawn")
		default:
			return phrase.Of("import.cnxml.long_answer")
		}
	}
	said := strings.Trim(saidOf(line), " .,;")
	switch {
	case said == "":
		return phrase.Of("import.cnxml.no_solution")
	case strings.Contains(said, ";"): // an equation and what comes of it: two answers in one
		return phrase.Of("import.cnxml.long_answer")
	}
	e.Solution = doc.Doc{Nodes: []doc.Node{{Kind: doc.Paragraph, Nodes: settled(line)}}}
	word := strings.ToLower(said)
	for _, p := range pairs {
		if at := slices.Index(p[:], word); at >= 0 {
			e.Kind, e.Ordered = bank.One, true
			for i, w := range p {
				e.Answers = append(e.Answers, choice(bank.UpperFirst(w), i == at))
			}
			return phrase.Phrase{}
		}
	}
	if at := slices.Index(signs, said); at >= 0 {
		e.Kind, e.Ordered = bank.One, true
		for i, w := range signs {
			e.Answers = append(e.Answers, choice(w, i == at))
		}
		return phrase.Phrase{}
	}
	if strings.IndexFunc(said, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return phrase.Of("import.item.typed", "answer", clip(said))
	}
	e.Kind, e.Answers = bank.Typed, []bank.Answer{{Said: said, Weight: 100}}
	e.Asks, e.Own, e.Lenient = e.Text.Plain(nil), own(e.Text.Nodes), worded(said)
	return phrase.Phrase{}
}

// The longest answer in words that becomes an item: what is longer is a sentence, which nobody writes as the book has it.
const (
	mostWords = 5
	mostSigns = 40
)

var (
	// oneWord is a word, a number, or a number with its sign; letters and digits in one are mathematics.
	oneWord = regexp.MustCompile(`^(?:[A-Za-z]+(?:[-’'][A-Za-z]+)*[.,]?|[$]?[0-9][0-9,]*(?:\.[0-9]+)?%?,?)$`)
	realOne = regexp.MustCompile(`[A-Za-z]{3}`)
	varies  = regexp.MustCompile(`(?i)\bvar(?:y|ies)\b`)
	// countWord is a word of a number's name.
	countWord = regexp.MustCompile(`(?i)^(?:(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|` +
		`(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?|hundred|thousand|(?:[mbt]r?|quadr)illion)(?:th)?s?|(?:ten|hundred)-(?:thousand|million)ths?|and|negative),?$`)
)

// worded reports whether an answer is a few words, or a number's name: learners type it, and a person looks at what is none that is
// known (0027).
func worded(said string) bool {
	list := strings.Fields(said)
	if !realOne.MatchString(said) || varies.MatchString(said) {
		return false
	}
	named, numbers := true, 0
	for _, w := range list {
		if !oneWord.MatchString(w) {
			return false
		}
		if strings.ContainsAny(w, "0123456789") {
			numbers++
		}
		named = named && countWord.MatchString(w)
	}
	if numbers == 1 { // "Jane needs 320 tiles": 320 alone is right, too, and must not wait for a person
		return false
	}
	return named || len(list) <= mostWords && utf8.RuneCountInString(said) <= mostSigns
}

func choice(said string, right bool) bank.Answer {
	a := bank.Answer{Text: doc.Doc{Nodes: []doc.Node{{Kind: doc.Paragraph, Nodes: []doc.Node{{Kind: doc.Text, Text: said}}}}}}
	if right {
		a.Weight = 100
	}
	return a
}

var (
	wordsInTeX = regexp.MustCompile(`\\(?:text|mathrm)\{([^{}]*)\}`)
	gapInTeX   = regexp.MustCompile(`\\ |~`)
)

// plainTeX is TeX as somebody would type it for an answer.
func plainTeX(tex string) string {
	return gapInTeX.ReplaceAllString(wordsInTeX.ReplaceAllString(tex, "$1"), " ")
}

// saidOf is a line as it would be typed.
func saidOf(line []doc.Node) string {
	var b strings.Builder
	for _, n := range line {
		switch n.Kind {
		case doc.Text:
			b.WriteString(n.Text)
		case doc.Math:
			b.WriteString(plainTeX(n.Text))
		default:
			b.WriteString(saidOf(n.Nodes))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// own are the formulas that a question itself holds, without the signs that end its sentences, and the numbers among its words.
func own(nodes []doc.Node) (out []string) {
	for _, n := range nodes {
		switch n.Kind {
		case doc.Math:
			if s := strings.Trim(plainTeX(n.Text), " .,;?"); s != "" {
				out = append(out, s)
			}
		case doc.Text:
			out = append(out, spoken.FindAllString(n.Text, -1)...)
		default:
			out = append(out, own(n.Nodes)...)
		}
	}
	return out
}

var spoken = regexp.MustCompile(`[-+−]?\d[\d,]*(?:\.\d+)?%?(?:/\d+)?`)

package read

import (
	"strings"
	"unicode"
)

type tokKind uint8

const (
	tokEnd       tokKind = iota
	tokNumber            // text: digits as they stand in a tree.Number
	tokWord              // text: a run of letters
	tokLetter            // text: a name, resolved
	tokConst             // text: pi, e, i, inf
	tokFunc              // text: a function's name
	tokOp                // text: + - * / ^ _ ! : +- , ; and of &
	tokRel               // text: a relation
	tokOpen              // text: ( [ { or \{ ; "{" may be TeX's grouping
	tokClose             // text: ) ] } or \}
	tokBar               // text: | (either side), "open" or "shut"
	tokFrac              // \frac
	tokRoot              // text: the index, "" for one that may follow
	tokText              // text: what stands in \text{}
	tokUnit              // text: a currency sign, "%" or "°"
	tokMatrix            // \begin{matrix}
	tokRow               // \\
	tokCell              // & inside a matrix
	tokEndMatrix         // \end{matrix}
	tokEmptySet          // ∅
	tokReals             // ℝ
)

type token struct {
	kind   tokKind
	text   string
	at     int  // characters from 1
	spaced bool // white space stands before it
}

type lexer struct {
	src    []rune
	pos    int
	opts   Options
	toks   []token
	spaced bool
	depth  int // of brackets, where a comma never groups digits
	matrix int
	err    *Error
}

func (l *lexer) fail(why Problem, at int, what string) {
	if l.err == nil {
		l.err = &Error{Problem: why, At: at, What: what}
	}
}

func (l *lexer) add(k tokKind, text string, at int) {
	if len(l.toks) >= maxTokens {
		l.fail(TooLong, at, "")
		return
	}
	l.toks = append(l.toks, token{kind: k, text: text, at: at, spaced: l.spaced})
	l.spaced = false
}

// at is the rune at an offset from here, 0 beyond the end.
func (l *lexer) at(offset int) rune {
	if i := l.pos + offset; i >= 0 && i < len(l.src) {
		return l.src[i]
	}
	return 0
}

// follows reports whether s stands at the offset.
func (l *lexer) follows(offset int, s string) bool {
	for _, r := range s {
		if l.at(offset) != r {
			return false
		}
		offset++
	}
	return true
}

func (l *lexer) run() {
	l.dollars()
	l.leadIn()
	for l.err == nil && l.pos < len(l.src) {
		l.next()
	}
	if l.err == nil && len(l.toks) == 0 {
		l.fail(Empty, 1, "")
	}
	if n := len(l.toks); n > 1 && l.toks[n-1].kind == tokOp && (l.toks[n-1].text == "," || l.toks[n-1].text == ";") {
		l.toks = l.toks[:n-1] // "2, 3," was still being written
	}
	l.toks = append(l.toks, token{kind: tokEnd, at: len(l.src) + 1, spaced: true})
}

// leadIns are what people write before an answer, longest first.
var leadIns = []string{"i think the answer is", "i think that it is", "i think it is", "i think it's", "the answer is", "my answer is", "answer is", "i think", "i got", "it is", "it's", "answer:", "ans:"}

// leadIn passes over the words before an answer: the answer is 12. What follows has to be one.
func (l *lexer) leadIn() {
	before := 0
	for l.at(before) == ' ' {
		before++
	}
	text := strings.ToLower(string(l.src[before:min(len(l.src), before+40)]))
	for _, words := range leadIns {
		if !strings.HasPrefix(text, words) {
			continue
		}
		from := before + len(words)
		if (l.at(from) == ' ' || strings.HasSuffix(words, ":")) && l.meets(from) {
			l.pos, l.spaced = from, true
		}
		return
	}
}

// dollars takes out the signs that set TeX apart from text: $$…$$ anywhere, and one $ at both ends.
func (l *lexer) dollars() {
	first, last, n := -1, -1, 0
	for i, r := range l.src {
		if r != '$' || i > 0 && l.src[i-1] == '\\' {
			continue
		}
		if i+1 < len(l.src) && l.src[i+1] == '$' || i > 0 && l.src[i-1] == '$' {
			continue
		}
		if n++; first < 0 {
			first = i
		}
		last = i
	}
	s := make([]rune, len(l.src))
	copy(s, l.src)
	for i := 0; i+1 < len(s); i++ {
		if s[i] == '$' && s[i+1] == '$' {
			s[i], s[i+1] = ' ', ' '
		}
	}
	if n == 2 && strings.TrimSpace(string(s[:first])) == "" && strings.TrimSpace(string(s[last+1:])) == "" {
		s[first], s[last] = ' ', ' '
	}
	l.src = s
}

func (l *lexer) next() {
	r, at := l.src[l.pos], l.pos+1
	switch {
	case unicode.IsSpace(r) || r == '~':
		l.pos++
		l.spaced = true
	case unicode.Is(unicode.Cf, r) || r == '\u2062' || r == '\u2061': // marks of direction and joining, invisible
		l.pos++
	case r == '\\':
		l.command()
	case r >= '0' && r <= '9' || r == '.' && isDigit(l.at(1)):
		l.number()
	case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
		l.word()
	case r < 0x80:
		l.ascii(r, at)
	default:
		l.unicode(r, at)
	}
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// word takes a run of letters; accents and other scripts' letters belong to it.
func (l *lexer) word() {
	from := l.pos
	for l.pos < len(l.src) {
		r := l.src[l.pos]
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xC0 && r < 0x250 && r != 'Ø' && r != 'ø' && unicode.IsLetter(r)) {
			break
		}
		l.pos++
	}
	word := string(l.src[from:l.pos])
	if sign, rest := l.spelledSign(word); sign != "" && l.meets(rest) {
		l.pos += rest
		l.operator(sign, from+1)
		l.spaced = true
		return
	}
	l.add(tokWord, word, from+1)
}

// spelledSigns are signs that people write as words: 3 times x plus 2. The second word of "divided by" is read with the first.
var spelledSigns = map[string]string{"plus": "+", "minus": "-", "times": "*", "equals": "=", "is": "=", "divided": "/", "multiplied": "*"}

// spelledSign is the sign that a word at the lexer's place says, and how many characters more belong to it.
func (l *lexer) spelledSign(word string) (sign string, more int) {
	sign = spelledSigns[strings.ToLower(word)]
	if sign == "" || l.opts.known(word) || word == "is" && l.opts.known("i") && l.opts.known("s") {
		return "", 0
	}
	if sign != "/" && word != "multiplied" {
		return sign, 0
	}
	const by = " by"
	if !l.follows(0, by) {
		return "", 0
	}
	return sign, len(by)
}

// meets reports whether something that is reckoned with stands an offset from here: a number, a letter of the question, a
// bracket. 3 times a day says what was counted.
func (l *lexer) meets(offset int) bool {
	for unicode.IsSpace(l.at(offset)) {
		offset++
	}
	r := l.at(offset)
	if isDigit(r) || strings.ContainsRune("([.-−√½⅓⅔¼¾", r) && r != 0 {
		return true
	}
	return unicode.IsLetter(r) && !unicode.IsLetter(l.at(offset+1)) && l.opts.known(string(r))
}

var asciiPairs = []struct{ from, to string }{
	{"**", "^"}, {"<=>", ""}, {"=/=", "!="}, {"<=", "<="}, {">=", ">="}, {"=<", "<="}, {"=>", ">="}, {"!=", "!="}, {"<>", "!="}, {"==", "="}, {":=", "="}, {"+/-", "+-"}, {"+-", "+-"},
}

func (l *lexer) ascii(r rune, at int) {
	for _, pair := range asciiPairs {
		if !l.follows(0, pair.from) {
			continue
		}
		if pair.from == "+-" && !l.plusMinus() {
			break // 4 + -3, written close together
		}
		if pair.to == "" {
			break
		}
		l.pos += len(pair.from)
		l.operator(pair.to, at)
		return
	}
	l.pos++
	switch r {
	case '(', '[', '{':
		l.open(string(r), at)
	case ')', ']', '}':
		l.shut(string(r), at)
	case '|':
		l.add(tokBar, "|", at)
	case '$', '%':
		l.add(tokUnit, string(r), at)
	case '&':
		if l.matrix > 0 {
			l.add(tokCell, "&", at)
		} else {
			l.add(tokOp, "or", at)
		}
	case '+', '-', '*', '/', '^', '_', '!', ':', ',', ';', '=', '<', '>':
		l.operator(string(r), at)
	case '\'', '"': // 5'3" where a length is asked: feet and inches
		if !l.opts.Units {
			l.fail(Sign, at, string(r))
			return
		}
		l.mark(r, at)
	case '.':
		if strings.TrimSpace(string(l.src[l.pos:])) != "" { // a full stop at the end says nothing
			l.fail(Sign, at, ".")
		}
	default:
		l.fail(Sign, at, string(r))
	}
}

// mark takes the sign of feet or of inches behind a number.
func (l *lexer) mark(r rune, at int) {
	if n := len(l.toks); n == 0 || l.toks[n-1].kind != tokNumber {
		l.fail(Sign, at, string(r))
		return
	}
	unit := "ft"
	switch {
	case r == '"':
		unit = "in"
	case r == '\'' && l.at(0) == '\'': // 63''
		l.pos++
		unit = "in"
	}
	l.add(tokWord, unit, at)
	l.spaced = true
}

// plusMinus reports whether "+-" is meant as ±: read's own Plain writes it so, at the start of a value or between spaces.
func (l *lexer) plusMinus() bool {
	before, after := l.at(-1), l.at(2)
	start := l.pos == 0 || strings.ContainsRune("=(,{[", l.lastSign())
	return start || before == ' ' && after == ' '
}

// lastSign is the last character before here that is no space.
func (l *lexer) lastSign() rune {
	for i := l.pos - 1; i >= 0; i-- {
		if l.src[i] != ' ' {
			return l.src[i]
		}
	}
	return '='
}

func (l *lexer) open(text string, at int) {
	l.depth++
	l.add(tokOpen, text, at)
}

func (l *lexer) shut(text string, at int) {
	l.depth--
	l.add(tokClose, text, at)
}

func (l *lexer) operator(text string, at int) {
	switch text {
	case "=", "!=", "<", "<=", ">", ">=", "in":
		l.add(tokRel, text, at)
	default:
		l.add(tokOp, text, at)
	}
}

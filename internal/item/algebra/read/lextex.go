package read

import "strings"

// spaces, and commands that change how something looks and not what it is.
var texIgnored = map[string]bool{"displaystyle": true, "textstyle": true, "limits": true, "nolimits": true, "mathopen": true, "mathclose": true, "mathbin": true, "mathrel": true, "mathord": true,
	"big": true, "Big": true, "bigg": true, "Bigg": true, "bigl": true, "bigr": true, "Bigl": true, "Bigr": true, "biggl": true, "biggr": true, "Biggl": true, "Biggr": true, "middle": true, "mathstrut": true, "strut": true, "phantom": true}

var texSpace = map[string]bool{"quad": true, "qquad": true, "space": true, "enspace": true, "thinspace": true, "nobreakspace": true, "hspace": true}

// texRelations and texOps are commands that are one sign.
var texRelations = map[string]string{"le": "<=", "leq": "<=", "leqslant": "<=", "leqq": "<=", "ge": ">=", "geq": ">=", "geqslant": ">=", "geqq": ">=", "lt": "<", "gt": ">", "ne": "!=", "neq": "!=", "approx": "=", "equiv": "=", "in": "in", "coloneq": "="}

var texOps = map[string]string{"cdot": "*", "times": "*", "ast": "*", "star": "*", "bullet": "*", "div": "/", "pm": "+-", "mp": "+-", "cup": "or", "vee": "or", "lor": "or", "wedge": "and", "land": "and", "colon": ":"}

// texWords are commands whose name is a word that read knows.
var texWords = map[string]bool{"sin": true, "cos": true, "tan": true, "sec": true, "csc": true, "cot": true, "arcsin": true, "arccos": true, "arctan": true, "sinh": true, "cosh": true, "tanh": true, "coth": true,
	"ln": true, "log": true, "lg": true, "exp": true, "abs": true, "arcsec": true, "arccsc": true, "arccot": true}

// command takes a TeX command.
func (l *lexer) command() {
	at := l.pos + 1
	l.pos++
	from := l.pos
	for r := l.at(0); r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'; r = l.at(0) {
		l.pos++
	}
	name := string(l.src[from:l.pos])
	if name == "" {
		l.escape(at)
		return
	}
	if l.delimiter(name, at) || l.simple(name, at) || l.structure(name, at) {
		return
	}
	// KAS and people write \cdotb and \timesb; the longest command that the name begins with is meant.
	for n := len(name) - 1; n > 1; n-- {
		head := name[:n]
		if _, op := texOps[head]; op || texRelations[head] != "" || texWords[head] || greek[head] || head == "pi" {
			l.pos = from + n
			if l.simple(head, at) || l.structure(head, at) {
				return
			}
		}
	}
	l.fail(NoWord, at, `\`+name)
}

// escape takes a command of one sign: \{ \, \% \$ and a row's end.
func (l *lexer) escape(at int) {
	r := l.at(0)
	l.pos++
	switch r {
	case '{':
		l.open(`\{`, at)
	case '}':
		l.shut(`\}`, at)
	case ',', ';', ':', '!', ' ', '>', '/':
		l.spaced = l.spaced || r != '!'
	case '%', '$':
		l.add(tokUnit, string(r), at)
	case '|':
		l.add(tokBar, "|", at)
	case '\\':
		if l.matrix > 0 {
			l.add(tokRow, "", at)
		} else {
			l.operator(",", at)
		}
	case '(', ')', '[', ']': // \( … \) sets mathematics apart
		l.spaced = true
	case '&', '#', '_':
		l.fail(Sign, at, string(r))
	default:
		l.fail(Sign, at, `\`)
	}
}

// delimiter takes \left, \right and the bars that have names.
func (l *lexer) delimiter(name string, at int) bool {
	switch name {
	case "left", "right", "mleft", "mright":
		side := "open"
		if strings.HasSuffix(name, "right") {
			side = "shut"
		}
		for l.at(0) == ' ' {
			l.pos++
		}
		switch {
		case l.at(0) == '.':
			l.pos++
		case l.at(0) == '|':
			l.pos++
			l.add(tokBar, side, at)
		case l.follows(0, `\vert`) || l.follows(0, `\lvert`) || l.follows(0, `\rvert`):
			l.pos += strings.Index(string(l.src[l.pos:]), "vert") + 4
			l.add(tokBar, side, at)
		}
	case "lvert":
		l.add(tokBar, "open", at)
	case "rvert":
		l.add(tokBar, "shut", at)
	case "vert", "mid":
		l.add(tokBar, "|", at)
	case "lbrace":
		l.open(`\{`, at)
	case "rbrace":
		l.shut(`\}`, at)
	case "lparen":
		l.open("(", at)
	case "rparen":
		l.shut(")", at)
	case "lbrack":
		l.open("[", at)
	case "rbrack":
		l.shut("]", at)
	default:
		return false
	}
	return true
}

// simple takes a command that is one sign, letter or word.
func (l *lexer) simple(name string, at int) bool {
	switch {
	case texIgnored[name]:
	case texSpace[name]:
		l.spaced = true
	case texRelations[name] != "":
		l.add(tokRel, texRelations[name], at)
	case texOps[name] != "":
		l.add(tokOp, texOps[name], at)
	case texWords[name]:
		l.add(tokWord, name, at)
	case name == "pi":
		l.add(tokConst, "pi", at)
	case name == "infty":
		l.add(tokConst, "inf", at)
	case name == "exponentialE":
		l.add(tokConst, "e", at)
	case name == "imaginaryI" || name == "imaginaryJ":
		l.add(tokConst, "i", at)
	case greek[name]:
		l.add(tokLetter, name, at)
	case strings.HasPrefix(name, "var") && greek[name[3:]]:
		l.add(tokLetter, name[3:], at)
	case name == "emptyset" || name == "varnothing":
		l.add(tokEmptySet, "", at)
	case name == "degree":
		l.add(tokUnit, "°", at)
	case name == "circ":
		l.add(tokUnit, "°", at)
	case name == "%":
		l.add(tokUnit, "%", at)
	case name == "pounds" || name == "textsterling":
		l.add(tokUnit, "£", at)
	case name == "euro" || name == "texteuro":
		l.add(tokUnit, "€", at)
	default:
		return false
	}
	return true
}

// structure takes a command with arguments.
func (l *lexer) structure(name string, at int) bool {
	switch name {
	case "frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac":
		l.add(tokFrac, "", at)
	case "binom", "dbinom", "tbinom":
		l.add(tokFunc, "binom", at)
	case "sqrt":
		l.add(tokRoot, "", at)
	case "cbrt":
		l.add(tokRoot, "3", at)
	case "text", "textrm", "textnormal", "mathrm", "operatorname", "textit", "textbf", "mbox", "mathtext", "unit", "mathit", "mathbf", "boldsymbol", "bm", "mathsf", "mathbb":
		l.text(name, at)
	case "placeholder", "square", "Box":
		l.fail(Hole, at, "")
	case "begin", "end":
		l.environment(name, at)
	case "overline", "bar":
		l.fail(NoNumber, at, `\`+name)
	default:
		return false
	}
	return true
}

// group takes a {…} that is not mathematics and gives what stands in it.
func (l *lexer) group() (string, bool) {
	for l.at(0) == ' ' {
		l.pos++
	}
	if l.at(0) != '{' {
		return "", false
	}
	depth := 0
	for n := 0; l.at(n) != 0; n++ {
		switch l.at(n) {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				s := string(l.src[l.pos+1 : l.pos+n])
				l.pos += n + 1
				return s, true
			}
		}
	}
	return "", false
}

func (l *lexer) text(name string, at int) {
	content, ok := l.group()
	if !ok {
		l.fail(Unclosed, at, `\`+name)
		return
	}
	bare := strings.TrimSpace(content)
	switch {
	case name == "mathbb" && bare == "R":
		l.add(tokReals, "", at)
	case bare == "":
		l.spaced = true
	case name == "operatorname" || functions[bare] != "":
		l.add(tokWord, bare, at)
	case bare == "or" || bare == "and" || bare == ",":
		l.add(tokOp, bare, at)
	case name != "text" && name != "mathrm" && len([]rune(bare)) == 1:
		l.add(tokWord, bare, at)
	default:
		l.add(tokText, bare, at)
	}
}

func (l *lexer) environment(name string, at int) {
	kind, ok := l.group()
	if !ok || !strings.HasSuffix(strings.TrimSuffix(kind, "*"), "matrix") {
		l.fail(NoWord, at, `\`+name)
		return
	}
	if name == "begin" {
		l.matrix++
		l.add(tokMatrix, "", at)
	} else {
		l.matrix--
		l.add(tokEndMatrix, "", at)
	}
}

package read

import (
	"strings"
	"unicode"
)

// greek are the Greek letters that stand for unknowns; pi is a constant unless it is named.
var greek = map[string]bool{"alpha": true, "beta": true, "gamma": true, "delta": true, "epsilon": true, "zeta": true, "eta": true, "theta": true, "iota": true, "kappa": true, "lambda": true, "mu": true, "nu": true, "xi": true,
	"rho": true, "sigma": true, "tau": true, "phi": true, "chi": true, "psi": true, "omega": true, "Gamma": true, "Delta": true, "Theta": true, "Lambda": true, "Xi": true, "Sigma": true, "Phi": true, "Psi": true, "Omega": true}

const greekRunes = "αβγδεζηθικλμνξρστφχψωΓΔΘΛΞΣΦΨΩ"

var greekNames = strings.Fields("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau phi chi psi omega Gamma Delta Theta Lambda Xi Sigma Phi Psi Omega")

// unicodeOps are signs with one meaning; a relation is one of "= != < <= > >= in".
var unicodeOps = map[rune]string{'−': "-", '‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '﹣': "-", '－': "-", '＋': "+", '×': "*", '✕': "*", '⋅': "*", '·': "*", '∙': "*", '•': "*", '∗': "*", '＊': "*",
	'÷': "/", '∕': "/", '⁄': "/", '／': "/", '±': "+-", '∓': "+-", '≤': "<=", '≦': "<=", '⩽': "<=", '≥': ">=", '≧': ">=", '⩾': ">=", '≠': "!=", '＝': "=", '≈': "=", '≡': "=", '＜': "<", '＞': ">", '∈': "in",
	'∪': "or", '∨': "or", '∧': "and", '，': ",", '；': ";", '：': ":", '∶': ":", '＾': "^", '、': ","}

var unicodeOpen = map[rune]string{'（': "(", '［': "[", '｛': "{", '⟨': "(", '❴': "{"}
var unicodeShut = map[rune]string{'）': ")", '］': "]", '｝': "}", '⟩': ")", '❵': "}"}

const (
	superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	subscripts   = "₀₁₂₃₄₅₆₇₈₉"
)

// Vulgar are the fractions that Unicode has as one sign, written out.
var Vulgar = map[rune]string{'½': "1/2", '⅓': "1/3", '⅔': "2/3", '¼': "1/4", '¾': "3/4", '⅕': "1/5", '⅖': "2/5", '⅗': "3/5", '⅘': "4/5",
	'⅙': "1/6", '⅚': "5/6", '⅐': "1/7", '⅛': "1/8", '⅜': "3/8", '⅝': "5/8", '⅞': "7/8", '⅑': "1/9", '⅒': "1/10"}

// Digit is the ASCII digit of any script's decimal digit: Unicode lays each script's ten out in order from zero. ok is
// false for a character that is no decimal digit.
func Digit(r rune) (digit byte, ok bool) {
	for _, t := range unicode.Nd.R16 {
		if r <= rune(t.Hi) {
			return byte('0' + (r-rune(t.Lo))%10), r >= rune(t.Lo)
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r <= rune(t.Hi) {
			return byte('0' + (r-rune(t.Lo))%10), r >= rune(t.Lo)
		}
	}
	return '0', false
}

func index(s string, r rune) int {
	for i, c := range []rune(s) {
		if c == r {
			return i
		}
	}
	return -1
}

func (l *lexer) unicode(r rune, at int) {
	switch {
	case unicodeOps[r] != "":
		l.pos++
		l.operator(unicodeOps[r], at)
	case unicodeOpen[r] != "":
		l.pos++
		l.open(unicodeOpen[r], at)
	case unicodeShut[r] != "":
		l.pos++
		l.shut(unicodeShut[r], at)
	case Vulgar[r] != "":
		l.pos++
		l.vulgar(Vulgar[r], at)
	case strings.ContainsRune(superscripts+"⁻⁺ⁿˣ", r):
		l.superscript(at)
	case strings.ContainsRune(subscripts, r):
		from := l.pos
		digits := ""
		for i := index(subscripts, l.at(0)); i >= 0; i = index(subscripts, l.at(0)) {
			digits += string(rune('0' + i))
			l.pos++
		}
		l.add(tokOp, "_", from+1)
		l.add(tokNumber, digits, from+1)
	case index(greekRunes, r) >= 0:
		l.pos++
		l.add(tokLetter, greekNames[index(greekRunes, r)], at)
	default:
		l.rare(r, at)
	}
}

// rare takes what is seldom typed and easily pasted.
func (l *lexer) rare(r rune, at int) {
	_, isDigit := Digit(r)
	switch {
	case r == 'π' || r == '𝜋' || r == 'ϖ':
		l.pos++
		l.add(tokConst, "pi", at)
	case r == 'ϕ' || r == 'ϑ' || r == 'ϵ' || r == 'ϱ' || r == 'ς':
		l.pos++
		l.add(tokLetter, map[rune]string{'ϕ': "phi", 'ϑ': "theta", 'ϵ': "epsilon", 'ϱ': "rho", 'ς': "sigma"}[r], at)
	case r == '∞':
		l.pos++
		l.add(tokConst, "inf", at)
	case r == 'ℯ' || r == 'ⅇ':
		l.pos++
		l.add(tokConst, "e", at)
	case r == 'ⅈ' || r == 'ℹ':
		l.pos++
		l.add(tokConst, "i", at)
	case r == '√' || r == '∛' || r == '∜':
		l.pos++
		l.add(tokRoot, map[rune]string{'√': "2", '∛': "3", '∜': "4"}[r], at)
	case r == '∅' || r == 'Ø' || r == 'ø' || r == '⌀':
		l.pos++
		l.add(tokEmptySet, "", at)
	case r == 'ℝ':
		l.pos++
		l.add(tokReals, "", at)
	case r == '∣' || r == '｜' || r == '❘':
		l.pos++
		l.add(tokBar, "|", at)
	case strings.ContainsRune("£€¥₹¢°º%％٪＄", r):
		l.pos++
		text := string(r)
		switch r {
		case 'º':
			text = "°"
		case '％', '٪':
			text = "%"
		case '＄':
			text = "$"
		}
		l.add(tokUnit, text, at)
	case strings.ContainsRune("′’″”", r) && l.opts.Units:
		l.pos++
		if r == '″' || r == '”' {
			l.mark('"', at)
		} else {
			l.mark('\'', at)
		}
	case r == '□' || r == '⬚' || r == '▢' || r == '☐':
		l.fail(Hole, at, "")
	case isDigit:
		l.foldDigits()
	case r == '٫' || r == '．':
		l.src[l.pos] = '.'
	case r == 'ℎ':
		l.src[l.pos] = 'h'
	case r >= 0x1D400 && r <= 0x1D6A3: // letters of mathematics: 𝑥, 𝐱; blocks of fifty-two
		i := (r - 0x1D400) % 52
		if i < 26 {
			l.src[l.pos] = 'A' + i
		} else {
			l.src[l.pos] = 'a' + i - 26
		}
	case r >= 0xFF21 && r <= 0xFF5A && unicode.IsLetter(r): // full width
		l.src[l.pos] = r - 0xFF21 + 'A'
	case unicode.IsLetter(r):
		l.word()
		if l.pos+1 == at { // no letter that words are made of here
			l.fail(Sign, at, string(r))
		}
	default:
		l.fail(Sign, at, string(r))
	}
}

// foldDigits brings the digits of another script into ASCII, where number reads them.
func (l *lexer) foldDigits() {
	for i := l.pos; i < len(l.src); i++ {
		d, ok := Digit(l.src[i])
		switch {
		case ok:
			l.src[i] = rune(d)
		case l.src[i] == '٫' || l.src[i] == '．':
			l.src[i] = '.'
		case l.src[i] == '٬':
			l.src[i] = '\''
		default:
			return
		}
	}
}

// vulgar takes ½: the tail of a mixed number after digits, one value elsewhere.
func (l *lexer) vulgar(fraction string, at int) {
	num, den, _ := strings.Cut(fraction, "/")
	mixed := len(l.toks) > 0 && l.toks[len(l.toks)-1].kind == tokNumber
	if !mixed {
		l.add(tokOpen, "(", at)
	} else {
		l.spaced = true
	}
	l.add(tokNumber, num, at)
	l.add(tokOp, "/", at)
	l.add(tokNumber, den, at)
	if !mixed {
		l.add(tokClose, ")", at)
	}
}

// superscript takes ², ⁻¹ and ⁿ: a power.
func (l *lexer) superscript(at int) {
	l.add(tokOp, "^", at)
	digits := ""
	if l.at(0) == '⁻' {
		l.pos++
		l.add(tokOp, "-", at)
	} else if l.at(0) == '⁺' {
		l.pos++
	}
	for i := index(superscripts, l.at(0)); i >= 0; i = index(superscripts, l.at(0)) {
		digits += string(rune('0' + i))
		l.pos++
	}
	switch {
	case digits != "":
		l.add(tokNumber, digits, at)
	case l.at(0) == 'ⁿ':
		l.pos++
		l.add(tokWord, "n", at)
	case l.at(0) == 'ˣ':
		l.pos++
		l.add(tokWord, "x", at)
	default:
		l.fail(Missing, at, "")
	}
}

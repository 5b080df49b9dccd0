package item

import (
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a learner may type is bounded, so that reading it is.
const (
	maxTyped  = 40 // runes in one box
	maxDigits = 18 // in one number
)

// readNumber reads what a learner typed into one box. The answer is every value that the text may mean, best first, or
// nothing when it cannot be read. It is right if one of them is, so that a way of writing never makes a right answer
// wrong:
//
//   - whole numbers, decimals with point or comma, 3/4, 1 1/2, 1½, with a sign (any dash) and spaces; any script's digits
//   - a comma before exactly three digits is open: "1,000" may be a thousand or one, and both are values. "0,500",
//     "1,50" and "1,0000" can only be decimals; "1,000,000", "1,234.5", "1.234,5" and "12 000" only groups of three
//   - a unit after (or a currency sign before) is passed over when it is one of units, in singular or plural
//   - a percent sign is passed over when it is the unit; with another unit it cannot be read; without one it is open
//     ("25%" is 25 or 1/4)
//   - "x = 4", "= 4", "≈ 4" and "4," are 4; "1 and 3/4" is 1 3/4
func readNumber(typed string, units ...string) []*big.Rat {
	s, ok := plainTyped(typed)
	if !ok || s == "" {
		return nil
	}
	s = withoutLetterEquals(s)
	s, percent, ok := withoutUnit(s, units)
	if !ok {
		return nil
	}
	values := readSigned(s)
	if percent {
		for _, v := range values[:len(values):len(values)] {
			values = append(values, new(big.Rat).Quo(v, hundred))
		}
	}
	return values
}

var hundred = big.NewRat(100, 1)

// plainTyped brings what can be typed in many ways into one: ASCII digits, "-", "/", ":", ".", one space, small letters.
func plainTyped(typed string) (string, bool) {
	if !utf8.ValidString(typed) || len(typed) > 8*maxTyped {
		return "", false
	}
	var b strings.Builder
	n := 0
	for _, r := range typed {
		if n++; n > maxTyped {
			return "", false
		}
		switch {
		case r < 0x80 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z'):
			b.WriteRune(r)
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.Is(unicode.Cf, r): // marks of direction and joining, invisible
		case r == '\u2212' || unicode.Is(unicode.Pd, r) || r == '\u207b':
			b.WriteByte('-')
		case r == '\u2044' || r == '\u2215' || r == '\uff0f' || r == '÷':
			b.WriteByte('/')
		case r == '\u2236' || r == '\uff1a':
			b.WriteByte(':')
		case r == '\u066b' || r == '\uff0e' || r == '·':
			b.WriteByte('.')
		case r == '\uff0c':
			b.WriteByte(',')
		case r == '\u066c' || r == '\u2019':
			b.WriteByte('\'')
		case r == '\uff0b':
			b.WriteByte('+')
		case r == '\uff05' || r == '\u066a':
			b.WriteByte('%')
		case r == '\uff04':
			b.WriteByte('$')
		case vulgar[r] != "":
			b.WriteString(" " + vulgar[r])
		case unicode.Is(unicode.Nd, r):
			b.WriteByte(digitOf(r))
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	s := strings.Join(strings.Fields(b.String()), " ")
	s = strings.TrimSpace(strings.TrimLeft(strings.TrimRight(s, ",; "), "~≈ ")) // still being written, or "about"
	return mixedInWords.ReplaceAllString(s, "$1 $2"), true
}

// mixedInWords is one and three quarters; 12 and 500 is no number.
var mixedInWords = regexp.MustCompile(`(\d) and (\d+ ?/)`)

// vulgar are the fractions that Unicode has as one sign.
var vulgar = map[rune]string{'½': "1/2", '⅓': "1/3", '⅔': "2/3", '¼': "1/4", '¾': "3/4", '⅕': "1/5", '⅖': "2/5", '⅗': "3/5", '⅘': "4/5",
	'⅙': "1/6", '⅚': "5/6", '⅐': "1/7", '⅛': "1/8", '⅜': "3/8", '⅝': "5/8", '⅞': "7/8", '⅑': "1/9", '⅒': "1/10"}

// digitOf is the ASCII digit of any script's decimal digit: Unicode lays each script's ten out in order from zero.
func digitOf(r rune) byte {
	for _, t := range unicode.Nd.R16 {
		if r <= rune(t.Hi) {
			return byte('0' + (r-rune(t.Lo))%10)
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r <= rune(t.Hi) {
			return byte('0' + (r-rune(t.Lo))%10)
		}
	}
	return '0'
}

// withoutLetterEquals passes over "x =" before a number, and over "=" alone: what stands behind the question's own sign.
func withoutLetterEquals(s string) string {
	left, right, found := strings.Cut(s, "=")
	if l := []rune(strings.TrimSpace(left)); found && (len(l) == 0 || len(l) == 1 && unicode.IsLetter(l[0])) {
		return strings.TrimSpace(right)
	}
	return s
}

const numeric = "0123456789.,'/+- "

// withoutUnit takes a unit off. ok is false when something stands there that is not one of units. open is true when a
// percent sign was taken off that no unit explains.
func withoutUnit(s string, units []string) (rest string, open, ok bool) {
	if strings.Trim(s, numeric) == "" {
		return s, false, true
	}
	named := false
	for _, unit := range units {
		for _, form := range unitForms(unit) {
			named = true
			if form == "$" || form == "€" || form == "£" {
				if before, after, found := strings.Cut(s, form); found && strings.Trim(before, "+- ") == "" && strings.Trim(after, numeric) == "" {
					return before + after, false, true
				}
			}
			if left, found := strings.CutSuffix(strings.TrimSuffix(s, "."), form); found && strings.Trim(left, numeric) == "" {
				return strings.TrimSpace(left), false, true
			}
		}
	}
	if left, found := strings.CutSuffix(s, "%"); found && !named && strings.Trim(left, numeric) == "" {
		return strings.TrimSpace(left), true, true
	}
	return s, false, false
}

// sameUnit are units that are written in several ways.
var sameUnit = [][]string{
	{"$", "dollars", "dollar"}, {"%", "percent", "per cent"}, {"¢", "cents", "cent"},
	{"km", "kilometres", "kilometers", "kilometre", "kilometer"}, {"m", "metres", "meters", "metre", "meter"},
	{"cm", "centimetres", "centimeters", "centimetre", "centimeter"}, {"mm", "millimetres", "millimeters", "millimetre", "millimeter"},
	{"kg", "kilograms", "kilogram", "kilos", "kilo"}, {"g", "grams", "gram"},
	{"l", "litres", "liters", "litre", "liter"}, {"ml", "millilitres", "milliliters", "millilitre", "milliliter"},
	{"min", "mins", "minutes", "minute"}, {"h", "hrs", "hr", "hours", "hour"}, {"s", "secs", "sec", "seconds", "second"},
}

// unitForms are the ways in which a unit may be typed: as it is, its first word ("cups of water" is "cups"), singular
// and plural, and what sameUnit says. Text that could be taken for a part of the number is no unit.
func unitForms(unit string) []string {
	u := strings.ToLower(strings.TrimSpace(strings.ReplaceAll(unit, `\$`, "$")))
	words := strings.Fields(u)
	if len(words) == 0 || strings.ContainsAny(u[:1], numeric) {
		return nil
	}
	forms := []string{u}
	for _, w := range []string{u, strings.TrimRight(words[0], ".,;:")} {
		if w == "" {
			continue
		}
		forms = append(forms, w)
		if !unicode.IsLetter([]rune(w)[0]) {
			continue
		}
		switch {
		case strings.HasSuffix(w, "ies"):
			forms = append(forms, strings.TrimSuffix(w, "ies")+"y")
		case strings.HasSuffix(w, "s"):
			forms = append(forms, strings.TrimSuffix(w, "s"), strings.TrimSuffix(w, "es"))
		default:
			forms = append(forms, w+"s", w+"es")
		}
	}
	for _, same := range sameUnit {
		if slices.ContainsFunc(forms[:len(forms):len(forms)], func(f string) bool { return slices.Contains(same, f) }) {
			forms = append(forms, same...)
		}
	}
	forms = slices.DeleteFunc(forms, func(f string) bool { return f == "" }) // "s" without its s
	// The longest first: "cups" is not "cup" with an s left over.
	slices.SortFunc(forms, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(forms)
}

// readSigned reads a number, a fraction or a mixed number with an optional sign.
func readSigned(s string) []*big.Rat {
	body, negative := cutSign(s)
	if body == "" {
		return nil
	}
	body = strings.ReplaceAll(strings.ReplaceAll(body, " /", "/"), "/ ", "/")
	left, right, isFraction := strings.Cut(body, "/")
	if !isFraction {
		return signed(readPlain(body), negative)
	}
	den, denNegative := cutSign(right)
	var whole []*big.Rat
	if cut := strings.LastIndexByte(left, ' '); cut >= 0 {
		if whole = readPlain(left[:cut]); whole == nil || denNegative {
			return nil
		}
		left = left[cut+1:]
	}
	var out []*big.Rat
	for _, d := range readPlain(den) {
		for _, n := range readPlain(left) {
			if d.Sign() == 0 {
				return nil
			}
			part := new(big.Rat).Quo(n, d)
			if whole == nil {
				out = append(out, part)
			}
			for _, w := range whole {
				out = append(out, new(big.Rat).Add(w, part))
			}
		}
	}
	return signed(out, negative != denNegative)
}

func cutSign(s string) (body string, negative bool) {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		return strings.TrimSpace(s[1:]), s[0] == '-'
	}
	return s, false
}

func signed(values []*big.Rat, negative bool) []*big.Rat {
	if negative {
		for _, v := range values {
			v.Neg(v)
		}
	}
	return values
}

// readPlain reads digits with points, commas, apostrophes and spaces. Every value is its own.
func readPlain(s string) []*big.Rat {
	if strings.Trim(s, "0123456789") == "" && s != "" && len(s) <= maxDigits { // nearly always
		return []*big.Rat{decimal(s, "")}
	}
	s = strings.TrimSuffix(s, ".")
	digits := 0
	for i := range len(s) {
		switch {
		case s[i] >= '0' && s[i] <= '9':
			digits++
		case strings.IndexByte(".,' ", s[i]) < 0:
			return nil
		}
	}
	if digits == 0 || digits > maxDigits {
		return nil
	}
	mark := strings.LastIndexAny(s, ".,")
	if mark < 0 {
		return groups(s, " '")
	}
	left, right := s[:mark], s[mark+1:]
	if strings.Trim(right, "0123456789") != "" || right == "" {
		return nil
	}
	same, other := s[mark:mark+1], "."
	if same == "." {
		other = ","
	}
	switch {
	case strings.Contains(left, same): // 1,000,000: twice the same sign can only part groups
		if strings.Contains(left, other) {
			return nil
		}
		return groups(s, same)
	case strings.ContainsAny(left, other+"' "): // 1,234.5: the last sign is the decimal one
		sep := string(left[strings.IndexAny(left, other+"' ")])
		if g := groups(left, sep); g != nil {
			return []*big.Rat{decimal(strings.ReplaceAll(left, sep, ""), right)}
		}
		return nil
	}
	values := []*big.Rat{decimal(left, right)}
	if same == "," && len(right) == 3 && left != "" && left[0] != '0' && len(left) <= 3 {
		values = append([]*big.Rat{decimal(left+right, "")}, values...)
	}
	return values
}

// groups reads digits in groups of three, parted by one of seps (the same one throughout).
func groups(s, seps string) []*big.Rat {
	sep := ""
	if i := strings.IndexAny(s, seps); i >= 0 {
		sep = s[i : i+1]
	} else {
		if strings.Trim(s, "0123456789") != "" {
			return nil
		}
		return []*big.Rat{decimal(s, "")}
	}
	parts := strings.Split(s, sep)
	for i, p := range parts {
		if strings.Trim(p, "0123456789") != "" || i > 0 && len(p) != 3 || i == 0 && (p == "" || len(p) > 3) {
			return nil
		}
	}
	return []*big.Rat{decimal(strings.Join(parts, ""), "")}
}

// decimal is the value of at most maxDigits digits before and after the point.
func decimal(whole, places string) *big.Rat {
	n, d := int64(0), int64(1)
	for i := range len(whole) {
		n = n*10 + int64(whole[i]-'0')
	}
	for i := range len(places) {
		n, d = n*10+int64(places[i]-'0'), d*10
	}
	return big.NewRat(n, d)
}

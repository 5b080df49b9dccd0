package bank

import (
	"math/big"
	"regexp"
	"strings"

	"kith/internal/item"
)

// maxTyped is how many digits a learner can type into a box (package item): a key with more can never be given.
const maxTyped = 18

// Numeral is a number as somebody wrote it.
type Numeral struct {
	Value    *big.Rat
	Fraction bool   // written as a fraction or a mixed number
	Unit     string // what stood beside it: "%" or "dollars"
}

var (
	plainNumber = regexp.MustCompile(`^[-+]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][-+]?\d{1,2})?$`)
	grouped     = regexp.MustCompile(`^[-+]?\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,12})?$`)
	commaNumber = regexp.MustCompile(`^[-+]?\d{1,18},\d{1,18}$`)
	fraction    = regexp.MustCompile(`^([-+]?)(?:(\d{1,12}) +)?(\d{1,12}) ?/ ?(\d{1,12})$`)
	texFraction = regexp.MustCompile(`^([-+]?)(\d{1,12})? ?\\[dt]?frac ?\{ ?(\d{1,12}) ?\} ?\{ ?(\d{1,12}) ?\}$`)
)

// commaLangs write decimals with a comma (CLDR 46, decimal separator).
var commaLangs = map[string]bool{"bg": true, "ca": true, "cs": true, "da": true, "de": true, "el": true, "es": true, "et": true, "eu": true, "fi": true,
	"fr": true, "gl": true, "hr": true, "hu": true, "id": true, "is": true, "it": true, "lt": true, "lv": true, "nb": true, "nl": true, "nn": true, "no": true,
	"pl": true, "pt": true, "ro": true, "ru": true, "sk": true, "sl": true, "sr": true, "sv": true, "tr": true, "uk": true, "vi": true}

// ReadNumeral reads a whole number, a decimal, a fraction, a mixed number, plain or in TeX; ok=false for anything else. lang
// decides what "1,250" is where both are possible.
func ReadNumeral(text, lang string) (n Numeral, ok bool) {
	s := strings.TrimSpace(text)
	for _, f := range [][2]string{{`\(`, `\)`}, {`\[`, `\]`}, {"$$", "$$"}} {
		if len(s) > 4 && strings.HasPrefix(s, f[0]) && strings.HasSuffix(s, f[1]) {
			s = strings.TrimSpace(s[2 : len(s)-2])
		}
	}
	s = strings.NewReplacer("−", "-", "–", "-", "\u00a0", " ", `\,`, "", `\ `, " ", `\%`, "%", `\$`, "$").Replace(s)
	if len(s) > 80 {
		return n, false
	}
	sign, bare := "", s
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "+") {
		sign, bare = s[:1], strings.TrimSpace(s[1:])
	}
	switch {
	case strings.HasSuffix(bare, "%"):
		n.Unit, bare = "%", strings.TrimSpace(strings.TrimSuffix(bare, "%"))
	case strings.HasPrefix(bare, "$"):
		n.Unit, bare = "dollars", strings.TrimSpace(strings.TrimPrefix(bare, "$"))
	}
	if strings.HasPrefix(bare, "-") || strings.HasPrefix(bare, "+") {
		if sign != "" {
			return n, false
		}
		sign, bare = bare[:1], bare[1:]
	}
	s = sign + bare
	for _, form := range []*regexp.Regexp{fraction, texFraction} {
		if m := form.FindStringSubmatch(s); m != nil {
			n.Value, n.Fraction = mixed(m), true
			return n, n.Value != nil
		}
	}
	base, _, _ := strings.Cut(lang, "-")
	switch {
	case commaNumber.MatchString(s) && (commaLangs[base] || !grouped.MatchString(s)):
		s = strings.Replace(s, ",", ".", 1)
	case grouped.MatchString(s):
		s = strings.ReplaceAll(s, ",", "")
	}
	n.Value, ok = plainValue(s)
	return n, ok
}

// ReadPlain reads a number as programs write it: 12, -0.5, .5, 1e-3.
func ReadPlain(s string) (*big.Rat, bool) { return plainValue(strings.TrimSpace(s)) }

func plainValue(s string) (*big.Rat, bool) {
	if !plainNumber.MatchString(s) {
		return nil, false
	}
	return new(big.Rat).SetString(strings.TrimSuffix(strings.TrimPrefix(s, "+"), "."))
}

// mixed is the value of sign, whole, numerator, denominator; nil when it is over zero.
func mixed(m []string) *big.Rat {
	v, ok := new(big.Rat).SetString(m[3] + "/" + m[4])
	if !ok {
		return nil
	}
	if m[2] != "" {
		whole, _ := new(big.Rat).SetString(m[2])
		v.Add(v, whole)
	}
	if m[1] == "-" {
		v.Neg(v)
	}
	return v
}

// Write writes a number as short as it is exact: 5, -0.25, 2/3.
func Write(v *big.Rat) string {
	if v.IsInt() {
		return v.Num().String()
	}
	if places, exact := v.FloatPrec(); exact {
		return v.FloatString(places)
	}
	return v.RatString()
}

// typeable reports whether a learner can give the number in a box of the kind.
func typeable(v *big.Rat, kind item.Kind) bool {
	if kind == item.Fraction || strings.Contains(Write(v), "/") {
		return len(v.Num().String()) <= maxTyped && len(v.Denom().String()) <= maxTyped
	}
	return len(strings.Trim(strings.ReplaceAll(Write(v), ".", ""), "-")) <= maxTyped
}

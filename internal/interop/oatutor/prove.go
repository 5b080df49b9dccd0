package oatutor

import (
	"math/big"
	"regexp"
	"strings"
)

var (
	solveWord = regexp.MustCompile(`(?i)\bsolve\b`)
	workWord  = regexp.MustCompile(`(?i)^\W*(?:simplify|evaluate|add|subtract|multiply|divide|calculate|perform|find (?:the )?(?:sum|product|difference|quotient|value))\b`)
	// otherWord are words that ask for something else than a formula's value.
	otherWord = regexp.MustCompile(`(?i)\b(?:round|nearest|approximate|estimate|opposite|reciprocal|inverse|factor|lcd|lcm|gcf|least|greatest|degree|exponent|discriminant|slope|intercept|remainder|not|both|largest|smallest|how many|system|inequality)\b`)
)

// verdict says whether a key agrees with its own question.
type verdict int

const (
	unknown verdict = iota // it cannot be worked out for certain
	agrees
	differs
)

// prove reads a question on its own: an equation that the key must solve, or a formula that must have the key's value.
// found says what came out instead.
func prove(question string, key *big.Rat) (v verdict, found string) {
	words, formulas := parts(question)
	if otherWord.MatchString(words) || strings.ContainsAny(words, "0123456789*/+^=<>%") || len(formulas) == 0 {
		return unknown, ""
	}
	if solveWord.MatchString(words) {
		if len(formulas) > 1 {
			return unknown, ""
		}
		return solved(formulas[0], key)
	}
	if !workWord.MatchString(words) {
		return unknown, ""
	}
	letters := map[byte]*big.Rat{}
	formula := ""
	for _, f := range formulas {
		if c, v, ok := given(f); ok && letters[c] == nil {
			letters[c] = v
			continue
		}
		if formula != "" || strings.ContainsAny(f, "=<>") {
			return unknown, ""
		}
		formula = f
	}
	value, met, err := reckon(formula, letters)
	switch {
	case err != nil || len(met) != len(letters):
		return unknown, ""
	case value.Cmp(key) == 0:
		return agrees, ""
	}
	return differs, exact(value)
}

// solved puts the key into an equation in one letter.
func solved(equation string, key *big.Rat) (v verdict, found string) {
	left, right, ok := strings.Cut(equation, "=")
	if !ok || strings.ContainsAny(right, "=<>") || strings.ContainsAny(left, "<>") {
		return unknown, ""
	}
	letter := byte(0)
	for _, c := range []byte(commands.ReplaceAllString(equation, " ")) {
		switch {
		case !isLetter(c):
		case letter == 0:
			letter = c
		case letter != c:
			return unknown, ""
		}
	}
	if letter == 0 {
		return unknown, ""
	}
	at := map[byte]*big.Rat{letter: key}
	l, _, err := reckon(left, at)
	if err != nil {
		return unknown, ""
	}
	r, _, err := reckon(right, at)
	switch {
	case err != nil:
		return unknown, ""
	case l.Cmp(r) == 0:
		return agrees, ""
	}
	return differs, exact(l) + " = " + exact(r)
}

var (
	commands   = regexp.MustCompile(`\\[a-zA-Z]+`)
	loneLetter = regexp.MustCompile(`^\s*[a-zA-Z]\s*$`)
	setting    = regexp.MustCompile(`^\s*([a-zA-Z])\s*=(.+)$`)
)

// given reads "x=-3" as a value for a letter.
func given(formula string) (letter byte, value *big.Rat, ok bool) {
	m := setting.FindStringSubmatch(formula)
	if m == nil {
		return 0, nil, false
	}
	v, _, err := reckon(m[2], nil)
	return m[1][0], v, err == nil
}

// parts are a question's words and its formulas; a letter alone is a word.
func parts(question string) (words string, formulas []string) {
	var b strings.Builder
	for i, part := range strings.Split(question, "$$") {
		switch {
		case i%2 == 0:
			b.WriteString(part + " ")
		case loneLetter.MatchString(part):
		case strings.TrimSpace(part) != "":
			formulas = append(formulas, strings.TrimSpace(part))
		}
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(b.String(), `\n`, " ")), " "), formulas
}

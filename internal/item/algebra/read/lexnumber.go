package read

import "strings"

// number takes a numeral: digits with a point, groups of three, a power of ten, a repeating tail.
func (l *lexer) number() {
	from := l.pos
	whole := l.digits()
	var places string
	group, point := ',', '.'
	if l.opts.DecimalComma {
		group, point = '.', ','
	}
	whole += l.groups(whole, group)
	switch {
	case l.at(0) == point && isDigit(l.at(1)):
		l.pos++
		places = l.digits()
		if l.at(0) == point && isDigit(l.at(1)) || l.at(0) == '.' && isDigit(l.at(1)) {
			l.fail(NoNumber, from+1, string(l.src[from:min(l.pos+2, len(l.src))]))
			return
		}
	case l.at(0) == '.' && !isDigit(l.at(1)) && !l.follows(0, ".."): // 5. at the end, or before a space
		l.pos++
	}
	if whole == "" {
		whole = "0"
	}
	digits := len(whole) + len(places)
	text := whole
	if places != "" {
		text += "." + places
	}
	if tail, ok := l.repeats(places); ok {
		text = whole + "." + tail
		digits += len(tail)
	}
	if l.err != nil {
		return
	}
	text += l.powerOfTen()
	if digits > MaxDigits {
		l.fail(TooBig, from+1, string(l.src[from:from+20])+"…")
		return
	}
	l.add(tokNumber, text, from+1)
}

func (l *lexer) digits() string {
	from := l.pos
	for isDigit(l.at(0)) {
		l.pos++
	}
	return string(l.src[from:l.pos])
}

// groups takes what follows in groups of three, all parted by the same sign: the mark outside brackets, a space, an
// apostrophe, or TeX's {,}. "0,500" and "1,00" are no groups.
func (l *lexer) groups(whole string, mark rune) string {
	if whole == "" || len(whole) > 3 || whole[0] == '0' {
		return ""
	}
	for _, sep := range []string{string(mark), ".", " ", "'", "\u2019", "\u00a0", "\u202f", "\u2009", "{,}", `\,`, `{\,}`} {
		if sep == string(mark) && (l.opts.NoGroups || l.depth > 0 && !l.opts.DecimalComma) {
			continue
		}
		width := len([]rune(sep))
		n := 0
		for l.follows(n, sep) && l.three(n+width) {
			n += width + 3
		}
		if sep == "." && mark != '.' && n < 8 {
			continue // 1.000 has places; 1.000.000 can only be groups
		}
		// 3 100/200 is a mixed number, and 2, 300 a list.
		if n == 0 || l.at(n) == '/' && sep != string(mark) || l.follows(n, sep) && isDigit(l.at(n+width)) {
			continue
		}
		text := string(l.src[l.pos : l.pos+n])
		l.pos += n
		return strings.Map(func(r rune) rune {
			if isDigit(r) {
				return r
			}
			return -1
		}, text)
	}
	return ""
}

// three reports whether exactly three digits stand at the offset.
func (l *lexer) three(offset int) bool {
	return isDigit(l.at(offset)) && isDigit(l.at(offset+1)) && isDigit(l.at(offset+2)) && !isDigit(l.at(offset+3))
}

// powerOfTen takes the e5 of 3.2e5 and the E-3 of 4E-3. A small e stays Euler's number where it is a letter of the
// question, and before a sign unless there were decimals or a minus: 2e+3 is a sum.
func (l *lexer) powerOfTen() string {
	r := l.at(0)
	if r != 'e' && r != 'E' || r == 'e' && l.opts.known("e") || r == 'E' && l.opts.known("E") {
		return ""
	}
	n, sign := 1, ""
	switch l.at(1) {
	case '+':
		if r == 'e' {
			return ""
		}
		n = 2
	case '-', '\u2212':
		n, sign = 2, "-"
	}
	width := 0
	for isDigit(l.at(n + width)) {
		width++
	}
	next := l.at(n + width)
	if width == 0 || width > 4 || next == '.' && isDigit(l.at(n+width+1)) || next >= 'a' && next <= 'z' {
		return ""
	}
	power := strings.TrimLeft(string(l.src[l.pos+n:l.pos+n+width]), "0")
	l.pos += n + width
	if power == "" {
		return ""
	}
	return "e" + sign + power
}

// barred takes places with a line above each that repeats: 0.3̅, 0.16̅, 0.1̅2̅.
func (l *lexer) barred(places string) (tail string, ok bool) {
	bar := func(r rune) bool { return r == '\u0305' || r == '\u0304' }
	if places == "" || !bar(l.at(0)) {
		return "", false
	}
	l.pos++
	block := places[len(places)-1:]
	for isDigit(l.at(0)) && bar(l.at(1)) {
		block += string(l.at(0))
		l.pos += 2
	}
	return places[:len(places)-1] + "(" + block + ")", true
}

// repeats takes what says that the last places repeat: \overline{3} after a point, or three dots after places that were
// written at least twice. tail is the places with the repeating ones in brackets.
func (l *lexer) repeats(places string) (tail string, ok bool) {
	if l.follows(0, `\overline{`) {
		end := len(`\overline{`)
		for isDigit(l.at(end)) {
			end++
		}
		text := string(l.src[l.pos+len(`\overline{`) : l.pos+end])
		if l.at(end) == '}' && text != "" && (places != "" || l.at(-1) == '.') {
			l.pos += end + 1
			return places + "(" + text + ")", true
		}
	}
	if tail, ok := l.barred(places); ok {
		return tail, true
	}
	if places == "" && l.at(-1) == '.' && l.at(0) == '(' { // 0.(3): elsewhere a bracket multiplies
		end := 1
		for isDigit(l.at(end)) {
			end++
		}
		if l.at(end) == ')' && end > 1 {
			text := string(l.src[l.pos+1 : l.pos+end])
			l.pos += end + 1
			return "(" + text + ")", true
		}
	}
	dots := 0
	switch {
	case l.follows(0, "..."):
		dots = 3
	case l.at(0) == '…':
		dots = 1
	case l.follows(0, `\ldots`) || l.follows(0, `\dots`):
		dots = strings.Index(string(l.src[l.pos:]), "ots") + 3
	}
	if dots == 0 {
		return "", false
	}
	for n := 1; 2*n <= len(places); n++ {
		end := len(places)
		if block := places[end-n:]; block == places[end-2*n:end-n] {
			start := end - 2*n
			for start >= n && places[start-n:start] == block {
				start -= n
			}
			l.pos += dots
			return places[:start] + "(" + block + ")", true
		}
	}
	l.fail(NoNumber, l.pos+1, "…")
	return "", false
}

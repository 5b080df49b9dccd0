package markdown

import (
	entity "html"
	"strings"
)

// span writes the inside of a block as HTML. HTML in it stays, for package html to judge.
func span(s string) string {
	w := spanner{s: s}
	for w.at < len(s) {
		w.step()
	}
	out := w.b.String()
	for i := len(w.open) - 1; i >= 0; i-- { // stars that do not close are stars
		o := w.open[i]
		out = out[:o.place] + o.mark + out[o.place+len("<"+o.tag+">"):]
	}
	return out
}

// star is a mark that waits for its like.
type star struct {
	mark, tag string
	place     int // in what is written
}

type spanner struct {
	s    string
	at   int
	b    strings.Builder
	open []star
	lost [5]bool // marks whose end was looked for in vain
}

func (w *spanner) step() {
	rest := w.s[w.at:]
	switch {
	case w.formula(rest):
	case rest[0] == '\\' && len(rest) > 1 && strings.IndexByte("\\`*_{}[]()#+-.!|$<>&\"'~", rest[1]) >= 0:
		w.b.WriteString(entity.EscapeString(rest[1:2]))
		w.at += 2
	case rest[0] == '`':
		w.code(rest)
	case strings.HasPrefix(rest, "!["):
		w.link(rest, true)
	case rest[0] == '[':
		w.link(rest, false)
	case rest[0] == '*' || rest[0] == '_':
		w.star(rest)
	default:
		w.b.WriteByte(rest[0])
		w.at++
	}
}

// formula takes mathematics as it is; between single dollars, only where no space stands inside and no digit behind, since
// "$5 and $6" is money.
func (w *spanner) formula(rest string) bool {
	for i, f := range [][2]string{{`\(`, `\)`}, {`\[`, `\]`}, {"$$", "$$"}} {
		if w.lost[i] || !strings.HasPrefix(rest, f[0]) {
			continue
		}
		end := strings.Index(rest[2:], f[1])
		if end < 0 {
			w.lost[i] = true
			continue
		}
		w.b.WriteString(f[0] + entity.EscapeString(rest[2:2+end]) + f[1])
		w.at += end + 4
		return true
	}
	if w.lost[3] || rest[0] != '$' || len(rest) < 3 || rest[1] == ' ' || rest[1] == '$' {
		return false
	}
	for end := 1; ; end++ {
		at := strings.IndexByte(rest[end:], '$')
		if at < 0 {
			w.lost[3] = true
			return false
		}
		if end += at; rest[end-1] == '\\' {
			continue
		}
		if rest[end-1] == ' ' || end+1 < len(rest) && rest[end+1] >= '0' && rest[end+1] <= '9' {
			return false
		}
		w.b.WriteString(`\(` + entity.EscapeString(rest[1:end]) + `\)`)
		w.at += end + 1
		return true
	}
}

func (w *spanner) code(rest string) {
	end := strings.IndexByte(rest[1:], '`')
	if end < 0 {
		w.b.WriteByte('`')
		w.at++
		return
	}
	w.b.WriteString("<code>" + entity.EscapeString(rest[1:1+end]) + "</code>")
	w.at += end + 2
}

// most bounds how far a link's end is looked for.
const most = 2000

// link keeps a link's words and a picture's address.
func (w *spanner) link(rest string, picture bool) {
	from := strings.IndexByte(rest, '[')
	near := rest[:min(len(rest), most)]
	if strings.HasPrefix(rest[from+1:], "[") { // [[a]] is no link
		near = ""
	}
	mid := strings.Index(near, "](")
	end := -1
	if mid > 0 && !w.lost[4] {
		end = strings.IndexByte(rest[mid:], ')')
		w.lost[4] = end < 0
	}
	if end < 0 {
		w.b.WriteString(rest[:from+1])
		w.at += from + 1
		return
	}
	words, src := rest[from+1:mid], strings.TrimSpace(rest[mid+2:mid+end])
	src, _, _ = strings.Cut(src, " ") // a title may follow
	w.at += mid + end + 1
	if picture {
		w.b.WriteString(`<img src="` + entity.EscapeString(strings.Trim(src, "<>")) + `" alt="` + entity.EscapeString(words) + `">`)
		return
	}
	w.b.WriteString(span(words))
}

// star opens or closes strong and emphasis. An underscore inside a word is an underscore.
func (w *spanner) star(rest string) {
	n := 1
	if len(rest) > 1 && rest[1] == rest[0] {
		n = 2
	}
	mark := rest[:n]
	before, after := byte(' '), byte(' ')
	if w.at > 0 {
		before = w.s[w.at-1]
	}
	if n < len(rest) {
		after = rest[n]
	}
	w.at += n
	tag := "em"
	if n == 2 {
		tag = "strong"
	}
	if last := len(w.open) - 1; last >= 0 && w.open[last].mark == mark && !blank(before) && (mark[0] == '*' || !letter(after)) {
		w.open = w.open[:last]
		w.b.WriteString("</" + tag + ">")
		return
	}
	if blank(after) || mark[0] == '_' && letter(before) || len(w.open) > 8 {
		w.b.WriteString(mark)
		return
	}
	w.open = append(w.open, star{mark, tag, w.b.Len()})
	w.b.WriteString("<" + tag + ">")
}

func blank(c byte) bool { return c == ' ' || c == '\n' || c == '\x01' }

func letter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

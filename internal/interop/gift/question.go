package gift

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/interop/bank"
	"kith/internal/interop/html"
	"kith/internal/interop/markdown"
	"kith/internal/phrase"
)

// question is one question on its way to an entry.
type question struct {
	*reader
	d      bank.Entry
	format string
}

func (q *question) skip(why phrase.Phrase) { q.b.Skip(q.d.At, why) }

// Signs that mean something stand as themselves after a backslash. While a question is taken apart, they are signs that no
// text holds.
var (
	hide = strings.NewReplacer("\uFDD0", "", "\uFDD1", "", "\uFDD2", "", "\uFDD3", "", "\uFDD4", "", "\uFDD5", "", "\uFDD6", "", "\uFDD7", "",
		`\\`, "\uFDD0", `\:`, "\uFDD1", `\#`, "\uFDD2", `\=`, "\uFDD3", `\{`, "\uFDD4", `\}`, "\uFDD5", `\~`, "\uFDD6", `\n`, "\uFDD7")
	reveal = strings.NewReplacer("\uFDD0", `\`, "\uFDD1", ":", "\uFDD2", "#", "\uFDD3", "=", "\uFDD4", "{", "\uFDD5", "}", "\uFDD6", "~", "\uFDD7", "\n")
	marked = regexp.MustCompile(`^\[(html|moodle|plain|markdown)\]`)
	weight = regexp.MustCompile(`^%(-?\d{1,3}(?:\.\d{0,8})?)%`)
)

// gap stands where an answer was taken out of the middle of a sentence.
const gap = "_____"

func (q *question) read(text string) error {
	text = hide.Replace(strings.TrimSpace(text))
	if strings.HasPrefix(text, "::") {
		if name, rest, ok := strings.Cut(text[2:], "::"); ok {
			q.d.Name, text = strings.TrimSpace(reveal.Replace(name)), strings.TrimSpace(rest)
		}
	}
	if m := marked.FindString(text); m != "" {
		q.format, text = strings.Trim(m, "[]"), strings.TrimSpace(text[len(m):])
	}
	from := strings.IndexByte(text, '{')
	if from < 0 {
		if strings.Contains(text, "}") {
			q.skip(phrase.Of("import.gift.braces"))
			return nil
		}
		q.d.Kind = bank.Reading
		return q.add(text)
	}
	to := strings.IndexByte(text[from:], '}')
	if to < 0 {
		q.skip(phrase.Of("import.gift.open"))
		return nil
	}
	before, inside, after := text[:from], text[from+1:from+to], text[from+to+1:]
	if strings.ContainsAny(after, "{}") || strings.Contains(inside, "{") {
		q.skip(phrase.Of("import.gift.braces"))
		return nil
	}
	if strings.TrimSpace(after) != "" {
		before += gap + after
	}
	return q.answers(strings.TrimSpace(inside), before)
}

// answers takes apart what stands between the braces; text is the question around them.
func (q *question) answers(inside, text string) error {
	if at := strings.Index(inside, "####"); at >= 0 {
		var err error
		if q.d.Solution, err = q.text(inside[at+4:]); err != nil {
			return q.b.Refused(q.d.At, err)
		}
		inside = strings.TrimSpace(inside[:at])
	}
	var err error
	switch {
	case inside == "":
		q.d.Kind = bank.Written
		return q.add(text)
	case inside[0] == '#':
		err = q.numeric(inside[1:])
	case strings.Contains(inside, "~"):
		err = q.choice(inside)
	case strings.Contains(inside, "=") && strings.Contains(inside, "->"):
		err = q.pairs(inside)
	default:
		err = q.short(inside)
	}
	if err != nil {
		return q.b.Refused(q.d.At, err)
	}
	if q.d.Answers == nil {
		q.skip(phrase.Of("import.gift.answer"))
		return nil
	}
	return q.add(text)
}

func (q *question) add(text string) error {
	d, err := q.text(text)
	if err != nil {
		return q.b.Refused(q.d.At, err)
	}
	q.d.Text = d
	return q.b.Add(q.d)
}

// text reads a piece in the format that it names, else in the question's.
func (q *question) text(s string) (doc.Doc, error) {
	s = strings.TrimSpace(s)
	format := q.format
	if m := marked.FindString(s); m != "" {
		format, s = strings.Trim(m, "[]"), strings.TrimSpace(s[len(m):])
	}
	s = reveal.Replace(s)
	o := q.b.HTML(nil)
	switch format {
	case "html":
		return html.Read(s, o)
	case "markdown":
		return markdown.Text(s, o)
	case "plain":
		return html.Plain(s)
	}
	o.Breaks = true
	return html.Read(s, o)
}

// pieces parts answers at a mark; what stands before the first is nothing.
func pieces(s, mark string) []string {
	var out []string
	for i, p := range strings.Split(s, mark) {
		if p = strings.TrimSpace(p); i > 0 || p != "" {
			out = append(out, p)
		}
	}
	return out
}

// answer takes weight and feedback off one answer. The weight is preset where none stands.
func (q *question) answer(s string, preset float64) (rest string, a bank.Answer, err error) {
	a.Weight = preset
	if m := weight.FindStringSubmatch(s); m != nil {
		a.Weight, _ = strconv.ParseFloat(m[1], 64)
		a.Weight = max(min(a.Weight, 100), -100)
		s = strings.TrimSpace(s[len(m[0]):])
	}
	rest, said, ok := strings.Cut(s, "#")
	if ok {
		a.Nudge, err = q.text(said)
	}
	return strings.TrimSpace(rest), a, err
}

// maxAnswers bounds the answers of one question, far above what an item may have.
const maxAnswers = 200

func (q *question) choice(inside string) error {
	if !strings.Contains(inside, "=") {
		q.d.Kind = bank.Several
	}
	list := pieces(strings.ReplaceAll(inside, "=", "~="), "~")
	for _, p := range list[:min(len(list), maxAnswers)] {
		preset := 0.0
		if rest, ok := strings.CutPrefix(p, "="); ok {
			p, preset = strings.TrimSpace(rest), 100
		} else if p == "" {
			continue // "~ =right": the mark before a right answer
		}
		said, a, err := q.answer(p, preset)
		if err == nil {
			a.Text, err = q.text(said)
		}
		if err != nil {
			return err
		}
		q.d.Answers = append(q.d.Answers, a)
	}
	return nil
}

// pairs reads prompts with their answers. A prompt that is empty leaves an answer that fits none.
func (q *question) pairs(inside string) error {
	var all []bank.Match
	list := pieces(inside, "=")
	for _, p := range list[:min(len(list), maxAnswers)] {
		prompt, answer, ok := strings.Cut(p, "->")
		if !ok || strings.TrimSpace(answer) == "" {
			q.d.Answers = nil
			return nil
		}
		var m bank.Match
		var err error
		if m.Prompt, err = q.text(prompt); err != nil {
			return err
		}
		if m.Answer, err = q.text(answer); err != nil {
			return err
		}
		all = append(all, m)
	}
	q.d.Match(all)
	return nil
}

func (q *question) short(inside string) error {
	said, comment, commented := strings.Cut(inside, "#")
	switch strings.ToUpper(strings.TrimSpace(said)) {
	case "T", "TRUE":
		return q.trueFalse(true, comment, commented)
	case "F", "FALSE":
		return q.trueFalse(false, comment, commented)
	}
	if !strings.HasPrefix(inside, "=") {
		return nil
	}
	q.d.Kind, q.d.Lenient, q.d.Stars = bank.Typed, true, true
	list := pieces(inside, "=")
	for _, p := range list[:min(len(list), maxAnswers)] {
		said, a, err := q.answer(p, 100)
		if err != nil {
			return err
		}
		if a.Said = strings.TrimSpace(reveal.Replace(said)); a.Said != "" {
			q.d.Answers = append(q.d.Answers, a)
		}
	}
	return nil
}

// trueFalse makes a choice of two. Of two comments the first is for the wrong answer, the second for the right one.
func (q *question) trueFalse(right bool, comment string, commented bool) error {
	words := q.b.Options()
	for i, word := range []string{words.True, words.False} {
		a := bank.Answer{Text: doc.Doc{Nodes: []doc.Node{{Kind: doc.Paragraph, Nodes: []doc.Node{{Kind: doc.Text, Text: word}}}}}}
		if (i == 0) == right {
			a.Weight = 100
		}
		q.d.Answers = append(q.d.Answers, a)
	}
	q.d.Ordered = true
	if !commented {
		return nil
	}
	said := [2]string{}
	said[0], said[1], _ = strings.Cut(comment, "#")
	for i := range q.d.Answers {
		at := 0
		if q.d.Answers[i].Weight > 0 {
			at = 1
		}
		var err error
		if q.d.Answers[i].Nudge, err = q.text(said[at]); err != nil {
			return err
		}
	}
	return nil
}

func (q *question) numeric(inside string) error {
	q.d.Kind = bank.Numeric
	inside, wrong, hasWrong := strings.Cut(inside, "~")
	list := pieces(inside, "=")
	for _, p := range list[:min(len(list), maxAnswers)] {
		said, a, err := q.answer(p, 100)
		if err != nil {
			return err
		}
		if said == "*" {
			a.Any = true
		} else if a.Low, a.High = bounds(reveal.Replace(said)); a.Low == nil {
			q.d.Answers = nil
			return nil
		}
		q.d.Answers = append(q.d.Answers, a)
	}
	if hasWrong && len(q.d.Answers) > 0 {
		_, a, err := q.answer(wrong, 0)
		if err != nil {
			return err
		}
		a.Any = true
		q.d.Answers = append(q.d.Answers, a)
	}
	return nil
}

// bounds reads "5", "5:0.1" and "4.9..5.1"; nil for anything else.
func bounds(s string) (low, high *big.Rat) {
	if from, to, ok := strings.Cut(s, ".."); ok {
		low, ok = bank.ReadPlain(from)
		high, also := bank.ReadPlain(to)
		if !ok || !also || low.Cmp(high) > 0 {
			return nil, nil
		}
		return low, high
	}
	mid, around, ok := strings.Cut(s, ":")
	value, read := bank.ReadPlain(mid)
	if !read {
		return nil, nil
	}
	if !ok || strings.TrimSpace(around) == "" {
		return value, value
	}
	t, read := bank.ReadPlain(around)
	if !read || t.Sign() < 0 {
		return nil, nil
	}
	return new(big.Rat).Sub(value, t), new(big.Rat).Add(value, t)
}

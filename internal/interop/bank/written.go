package bank

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kith/internal/item"
	"kith/internal/phrase"
)

// maxAccepts is how many right texts a short item may have (item.Check).
const maxAccepts = 30

// words makes a short text of answers that are words. A star stands for any letters, as foreign banks have it.
func (m *maker) words() phrase.Phrase {
	m.item.Kind, m.item.Pattern, m.item.Exact = item.Short, m.Pattern, m.Exact
	m.item.Unit = ""
	var stars []string
	for _, a := range m.Answers {
		said := strings.ReplaceAll(tidy(a.Said), "[[", "[ [")
		switch {
		case a.Any || said == "*":
			if a.Weight >= full {
				return phrase.Of("import.item.any_right")
			}
			if !a.Nudge.Empty() {
				m.doubt(phrase.Of("import.doubt.any"))
			}
		case said == "":
		case utf8.RuneCountInString(said) > item.MaxShort:
			return phrase.Of("import.item.long_answer", "answer", short(said, 60), "most", item.MaxShort)
		case a.Weight >= full:
			if m.Stars {
				pattern, plain := starred(said)
				if said = plain; pattern != "" && m.Pattern == "" {
					stars = append(stars, pattern)
				}
			}
			if said != "" && !slices.Contains(m.item.Accepts, said) {
				m.item.Accepts = append(m.item.Accepts, said)
			}
			nudge := a.Nudge
			m.explain(&nudge)
		default:
			m.knownWords(a, said)
		}
	}
	if len(stars) > 0 {
		m.item.Pattern = strings.Join(stars, "|")
	}
	switch {
	case len(m.item.Accepts) == 0:
		return phrase.Of("import.item.no_key")
	case len(m.item.Accepts) > maxAccepts:
		return phrase.Of("import.item.accepts", "n", len(m.item.Accepts), "most", maxAccepts)
	}
	return phrase.Phrase{}
}

// knownWords keeps what is said to a wrong text.
func (m *maker) knownWords(a Answer, said string) {
	if a.Weight > 0 {
		m.doubt(phrase.Of("import.doubt.partial"))
	}
	switch {
	case a.Nudge.Empty():
		return
	case m.Stars:
		pattern, plain := starred(said)
		if pattern != "" {
			m.doubt(phrase.Of("import.doubt.any"))
			return
		}
		said = plain
	}
	was := m.item.Mistakes
	m.item.Mistakes = append(was, item.Mistake{Tag: a.Mistake, Yields: []string{said}, Nudge: a.Nudge})
	if sound(m.probe()) != nil { // it reads as a right text, or as another that is answered
		m.item.Mistakes = was
		m.doubt(phrase.Of("import.doubt.unreachable", "answer", short(said, 60)))
	}
}

// probe is the item as far as it is made, with what every item needs, so that a part of it can be tried.
func (m *maker) probe() item.Item {
	it := m.item
	it.Hints, it.Scaffolds = nil, nil
	it.ID, it.Code, it.Skills, it.Attribution = "?", "?", skillsUnknown, &item.Attribution{}
	it.Mistakes = slices.Clone(it.Mistakes)
	for i := range it.Mistakes {
		it.Mistakes[i].Tag = "?"
	}
	if len(it.Accepts) == 0 {
		it.Accepts = []string{"\uFFFD"}
	}
	return it
}

// starHide keeps a star that stands for itself apart from one that stands for any letters, as Moodle writes them.
var starHide = strings.NewReplacer("\uFDD0", "", `\*`, "\uFDD0")

// starred is a text with stars as a pattern, "" where none of them stands for any letters, and as the text without these.
func starred(said string) (pattern, plain string) {
	parts := strings.Split(starHide.Replace(said), "*")
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(p, "\uFDD0", "*")
	}
	plain = tidy(strings.Join(parts, ""))
	if len(parts) == 1 {
		return "", plain
	}
	for i, p := range parts {
		parts[i] = regexp.QuoteMeta(p)
	}
	return strings.Join(parts, ".*"), plain
}

// Starred are the answers of words as foreign banks write them: with a star where a pattern of ours says no more than that. ok=false
// where the pattern says more, and is left out.
func (d Entry) Starred() (answers []Answer, ok bool) {
	for _, a := range d.Answers {
		a.Said = strings.ReplaceAll(a.Said, "*", `\*`)
		answers = append(answers, a)
	}
	if d.Pattern == "" {
		return answers, true
	}
	at := 0
	for _, alternative := range strings.Split(d.Pattern, "|") {
		parts := strings.Split(alternative, ".*")
		for i, p := range parts {
			parts[i] = strings.ReplaceAll(unquote(p), "*", `\*`)
		}
		said := strings.Join(parts, "*")
		pattern, plain := starred(said)
		for at < len(d.Answers) && d.Answers[at].Weight >= full && d.Answers[at].Said != plain {
			at++
		}
		if pattern != alternative || at >= len(d.Answers) || d.Answers[at].Weight < full {
			plainly := d
			plainly.Pattern = ""
			answers, _ = plainly.Starred()
			return answers, false
		}
		answers[at].Said = said
		at++
	}
	return answers, true
}

var quoted = regexp.MustCompile(`\\([^a-zA-Z0-9])`)

// unquote undoes regexp.QuoteMeta.
func unquote(s string) string { return quoted.ReplaceAllString(s, "$1") }

// asWords reports whether answers that are typed would be read as words, where a source says of them only that they are typed.
func (d Entry) asWords(lang string) bool {
	m := maker{Entry: d, own: map[string]bool{}, lang: lang}
	m.Lenient, m.Stars, m.Own = true, true, nil
	m.typed()
	return m.item.Kind == item.Short
}

// written makes a text of sentences, or a photo, for a person to judge.
func (m *maker) written() phrase.Phrase {
	m.item.Kind, m.item.Rubric = item.Long, m.Rubric
	if m.Photo {
		m.item.Kind, m.item.Sends = item.Upload, m.Sends
	}
	m.item.Unit = ""
	return phrase.Phrase{}
}

// worded reports whether what is to be typed is words alone.
func (m *maker) worded() bool {
	return !slices.ContainsFunc(m.Answers, func(a Answer) bool { return a.Weight >= full && !worded(a.Said) })
}

// worded reports whether an answer is language and nothing that could be a slip of typing mathematics: letters, and the signs that
// stand between words.
func worded(said string) bool {
	letters := 0
	for _, r := range said {
		switch {
		case unicode.IsLetter(r) || unicode.Is(unicode.Mn, r):
			letters++
		case !strings.ContainsRune(" '’-.,!?", r):
			return false
		}
	}
	return letters > 1
}

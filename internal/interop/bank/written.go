package bank

import (
	"regexp"
	"slices"
	"strings"
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
			if strings.Contains(said, "*") && m.Pattern == "" && m.Stars {
				stars = append(stars, starred(said))
				said = tidy(strings.ReplaceAll(said, "*", ""))
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
	case strings.Contains(said, "*") && m.Stars:
		m.doubt(phrase.Of("import.doubt.any"))
		return
	}
	m.item.Mistakes = append(m.item.Mistakes, item.Mistake{Tag: a.Mistake, Yields: []string{said}, Nudge: a.Nudge})
	if sound(m.probe()) != nil { // it reads as a right text, or as another that is answered
		m.item.Mistakes = m.item.Mistakes[:len(m.item.Mistakes)-1]
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

// starred is a text with stars as a pattern.
func starred(said string) string {
	parts := strings.Split(said, "*")
	for i, p := range parts {
		parts[i] = regexp.QuoteMeta(p)
	}
	return strings.Join(parts, ".*")
}

// written makes a text of sentences, or a photo, for a person to judge.
func (m *maker) written() phrase.Phrase {
	m.item.Kind, m.item.Rubric = item.Long, m.Rubric
	if m.Photo {
		m.item.Kind = item.Upload
	}
	m.item.Unit = ""
	return phrase.Phrase{}
}

package roster

import (
	"fmt"
	"strings"
	"unicode"

	"kith/internal/fault"

	"golang.org/x/text/unicode/norm"
)

// Name is how a person is called and written.
type Name struct {
	Given  string `json:"given"`
	Family string `json:"family"`
}

// Full is the whole name.
func (n Name) Full() string { return strings.TrimSpace(n.Given + " " + n.Family) }

// ShortNames are given names with an initial, as a class sees them; where two would read the same, as many letters of the
// family name as tell them apart, at most four. One for each person, in their order.
func ShortNames(people []Person) []string {
	out := make([]string, len(people))
	for letters := 1; letters <= 4; letters++ {
		count := map[string]int{}
		for i, p := range people {
			if out[i] == "" {
				out[i] = p.short(letters)
			}
			count[out[i]]++
		}
		again := false
		for i := range out {
			if count[out[i]] > 1 && letters < 4 {
				out[i], again = "", true
			}
		}
		if !again {
			break
		}
	}
	return out
}

func (p Person) short(letters int) string {
	family := []rune(p.Family)
	if len(family) == 0 {
		return p.Given
	}
	if len(family) <= letters {
		return p.Given + " " + p.Family
	}
	return p.Given + " " + string(family[:letters]) + "."
}

// MakeTitle is a school's or a class's name as it is kept. Errors: Invalid unless 1 to 60 signs on one line.
func MakeTitle(text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	if n := len([]rune(text)); n < 1 || n > 60 {
		return "", fault.New(fault.Invalid, "fault.title")
	}
	return text, nil
}

// Bounds of what is read: a name is no essay, and a class no town.
const (
	MostNames = 200
	mostRunes = 60
	mostShown = 5 // lines that are named when they are no names
)

// ReadNames reads pasted names, one a line: "Amina Haddad" (the first word is the given name) or "Haddad, Amina". Empty
// lines are passed over. Errors: Invalid naming the lines that are no names, the first few in words; nothing is guessed.
func ReadNames(text string) ([]Name, error) {
	var out []Name
	var bad []string
	lines := 0
	for i, line := range strings.Split(norm.NFC.String(text), "\n") {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		n, err := ReadName(line)
		if err != nil {
			if lines++; lines <= mostShown {
				bad = append(bad, fmt.Sprintf("%d “%s”", i+1, clip(line)))
			}
			continue
		}
		out = append(out, n)
	}
	if lines > 0 {
		return nil, fault.New(fault.Invalid, "fault.roster.lines", "n", lines, "texts", strings.Join(bad, ", "), "more", max(lines-mostShown, 0))
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Invalid, "fault.roster.empty")
	}
	if len(out) > MostNames {
		return nil, fault.New(fault.Invalid, "fault.roster.many", "n", len(out), "most", MostNames)
	}
	return out, nil
}

// ReadName reads one name as ReadNames does. Errors: Invalid.
func ReadName(line string) (Name, error) {
	line = norm.NFC.String(strings.Join(strings.Fields(line), " "))
	given, family, _ := strings.Cut(line, " ")
	if before, after, comma := strings.Cut(line, ","); comma {
		given, family = after, before
	}
	return MakeName(given, family)
}

// MakeName makes a name of its parts: letters of any script, with marks, spaces, hyphens, apostrophes and dots between.
// The family name may be empty. Errors: Invalid.
func MakeName(given, family string) (Name, error) {
	n := Name{tidy(given), tidy(family)}
	if !written(n.Given) || (n.Family != "" && !written(n.Family)) {
		return Name{}, fault.New(fault.Invalid, "fault.roster.name", "text", clip(strings.TrimSpace(given+" "+family)))
	}
	return n, nil
}

func tidy(s string) string { return norm.NFC.String(strings.Join(strings.Fields(s), " ")) }

func written(s string) bool {
	letters, runes := 0, 0
	for _, r := range s {
		runes++
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsMark(r), strings.ContainsRune(" -'’ʼ.·‐", r):
		default:
			return false
		}
	}
	return letters > 0 && runes <= mostRunes
}

func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// Fold is the form of a name by which people are sorted and found: small letters without marks, given name first.
func (n Name) Fold() string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(n.Full())) {
		if !unicode.IsMark(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

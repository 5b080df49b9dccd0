package auth

import (
	"embed"
	"slices"
	"strconv"
	"strings"

	"kith/internal/fault"
)

// Pictures are the twelve pictures of a picture PIN, in the order in which they are shown. Each is told from the others by
// its shape alone; its words are the catalogue key picture.NAME.
var Pictures = []string{"sun", "fish", "boat", "tree", "key", "house", "star", "cup", "moon", "kite", "bell", "leaf"}

// PINLength is how many pictures make a PIN. In order and none twice, 3 of 12 are 1,320: enough only with the lock on
// misses.
const PINLength = 3

//go:embed pictures/*.svg
var drawings embed.FS

// Drawing is a picture as SVG, to be put into a document.
func Drawing(name string) string {
	body, err := drawings.ReadFile("pictures/" + name + ".svg")
	if err != nil {
		panic("auth: no picture " + name)
	}
	return strings.TrimSpace(string(body))
}

// PIN is pictures by their place in Pictures, in the order in which they were tapped: none, some, or PINLength of them.
type PIN []int

// ReadPIN reads "3.0.11". Errors: Invalid for anything that is not at most PINLength different pictures.
func ReadPIN(text string) (PIN, error) {
	var p PIN
	if text == "" {
		return p, nil
	}
	for _, part := range strings.Split(text, ".") {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || n >= len(Pictures) || slices.Contains(p, n) || len(p) == PINLength {
			return nil, fault.New(fault.Invalid, "fault.pin")
		}
		p = append(p, n)
	}
	return p, nil
}

// String writes a PIN as ReadPIN reads it.
func (p PIN) String() string {
	parts := make([]string, len(p))
	for i, n := range p {
		parts[i] = strconv.Itoa(n)
	}
	return strings.Join(parts, ".")
}

// Whole reports whether every picture has been tapped.
func (p PIN) Whole() bool { return len(p) == PINLength }

// Secret is what is hashed: the pictures' names, so that another order of Pictures changes nobody's PIN.
func (p PIN) Secret() string {
	names := make([]string, len(p))
	for i, n := range p {
		names[i] = Pictures[n]
	}
	return "pictures:" + strings.Join(names, ",")
}

package roster

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
)

// A class code is four consonants and four digits, KTRM-4709: said in two breaths, read off a board, and without vowels no
// word by accident. 19^4 · 10^4 are 30 bits. A letter never stands where a digit may, so 0 and O cannot be confused.
const consonants = "BCDGHJKMNPQRSTVWXYZ"

// MakeClassCode makes the class code of a seed. The same seed gives the same code, so an act that runs twice makes one code;
// the seed must be something that nobody guesses, such as a fresh op.
func MakeClassCode(seed string) string {
	sum := sha256.Sum256([]byte("class code\x00" + seed))
	n := binary.BigEndian.Uint64(sum[:8])
	var letters [4]byte
	for i := range letters {
		letters[i] = consonants[n%uint64(len(consonants))]
		n /= uint64(len(consonants))
	}
	return fmt.Sprintf("%s-%04d", letters[:], n%10_000)
}

// ReadClassCode reads a code as people type it: any case, with or without the hyphen or spaces, O for 0 and the like.
// ok=false when it cannot be a code.
func ReadClassCode(typed string) (code string, ok bool) {
	var b strings.Builder
	for _, r := range strings.ToUpper(typed) {
		if r == ' ' || r == '-' || r == '‐' || r == '‑' || r == '–' || r == '.' {
			continue
		}
		if b.Len() < 4 {
			if i := strings.IndexRune("852", r); i >= 0 {
				r = rune("BSZ"[i])
			}
			if !strings.ContainsRune(consonants, r) {
				return "", false
			}
		} else {
			if i := strings.IndexRune("OILSZB", r); i >= 0 {
				r = rune("011528"[i])
			}
			if r < '0' || r > '9' {
				return "", false
			}
		}
		b.WriteRune(r)
	}
	if b.Len() != 8 {
		return "", false
	}
	return b.String()[:4] + "-" + b.String()[4:], true
}

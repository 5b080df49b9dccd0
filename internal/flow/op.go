package flow

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"

	"github.com/google/uuid"
)

// Op is embedded in every verb's input: the client-made id of the act (UUID text).
type Op struct {
	Op string `json:"op" minLength:"36" maxLength:"36" doc:"made by the client, once for each act (UUIDv7)"`
}

// OpID gives the id to Run.
func (o Op) OpID() string { return o.Op }

// Mine begins the input of what learners do for themselves: the act's id, and whose act it is, so that work kept on a
// shared device is never taken for somebody else's.
type Mine struct {
	Op
	Learner roster.PersonID `json:"learner" minLength:"36" maxLength:"36"`
}

// Subject is the subject of such an act.
func (m Mine) Subject() (access.Subject, error) { return access.OfPerson(m.Learner), nil }

// Kept says that something was taken. Verbs that have nothing else to tell answer with it.
type Kept struct {
	AtMs int64 `json:"at_ms"`
}

// Done is what a verb gives that has nothing more to say.
type Done struct{}

// DoneOut says that an act was done; pages show its effect from their views.
type DoneOut struct {
	Done bool `json:"done"`
}

// Written trims what somebody wrote. Errors: Invalid when nothing is left, or when it is longer than most letters.
func Written(field, text string, most int) (string, error) {
	text = strings.TrimSpace(text)
	switch n := len([]rune(text)); {
	case n == 0:
		return "", fault.New(fault.Invalid, "fault.nothing_written")
	case n > most:
		return "", fault.Invalidf(field, "%d letters, at most %d", n, most)
	}
	return text, nil
}

// FreshID is a new id (UUIDv7 text) for what no op names. Inside an act NewID makes them.
func FreshID() (string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", fault.Wrap(fault.Internal, err, "fault.internal")
	}
	return id.String(), nil
}

func deriveID(op string, n int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d", op, n))
	h := hex.EncodeToString(sum[:])
	// time (48 bits) from the op, version 7, variant 10
	return op[:13] + "-7" + h[0:3] + "-" + string("89ab"[h[3]&3]) + h[4:7] + "-" + h[7:19]
}

func validID(s string) bool {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return false
	}
	return strings.Trim(s, "0123456789abcdef-") == ""
}

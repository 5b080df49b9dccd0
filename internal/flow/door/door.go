// Package door is how people prove who they are, and how a school begins: class codes and picture PINs, cards, passwords, links,
// sessions, the pause after misses; a school set up, its first administrator.
//
// It keeps hashes alone; package auth makes them and compares (Checker). Signing in is no verb, since nobody is there yet whom
// a rule could name: each function says whom it lets through.
//
// Place in the flow: layer 4, above the kernel and, for a school's first model, the ledger.
package door

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// NewToken makes a secret to hand out once: 32 random bytes as URL-safe text. Only its HashToken is kept.
func NewToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// HashToken is what is kept of a token.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// TakeLogin is a login as it is kept. Errors: Invalid unless 3 to 80 signs without spaces.
func TakeLogin(typed string) (string, error) {
	login := foldLogin(typed)
	if n := len([]rune(login)); n < 3 || n > 80 || strings.ContainsAny(login, " \t\r\n<>\"") {
		return "", fault.New(fault.Invalid, "fault.login.shape")
	}
	return login, nil
}

// ClaimLogin gives a person a login that nobody else of the installation has. Errors: Conflict.
func ClaimLogin(ctx context.Context, q *db.Queries, school, person, login string) error {
	p, taken, err := store.Optional(q.PersonByLogin(ctx, store.Text(login)))
	if err != nil {
		return err
	}
	if taken && p.ID != person {
		return fault.New(fault.Conflict, "fault.login.taken")
	}
	n, err := q.SetPersonLogin(ctx, db.SetPersonLoginParams{SchoolID: school, ID: person, Login: store.Text(login)})
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

// AddLink keeps the hash of a link that signs a person in: once, or each time when reusable; for lifeMs, or until it is
// revoked when 0.
func AddLink(ctx context.Context, q *db.Queries, now int64, school, person, id, tokenHash string, reusable bool, lifeMs int64) error {
	expires := int64(0)
	if lifeMs > 0 {
		expires = now + lifeMs
	}
	return q.AddSigninToken(ctx, db.AddSigninTokenParams{SchoolID: school, ID: id, PersonID: person, Kind: "link", TokenHash: tokenHash,
		CreatedMs: now, ExpiresMs: expires, Reusable: reusable})
}

// admit is where every way in ends: it looks at the person's state now, and gives whose session may be opened. A sign-in
// takes one miss at codes off its client. Errors: Unauthenticated when suspended.
func admit(ctx context.Context, f *flow.Flow, school roster.SchoolID, id roster.PersonID, from string) (SessionPerson, error) {
	var out SessionPerson
	err := f.Store().Write(ctx, string(id), func(ctx context.Context, tx *store.Tx) error {
		p, err := tx.Person(ctx, db.PersonParams{SchoolID: string(school), ID: string(id)})
		if err != nil {
			return err
		}
		if p.Suspended {
			return fault.New(fault.Unauthenticated, "fault.suspended")
		}
		s, err := tx.School(ctx, p.SchoolID)
		if err != nil {
			return err
		}
		out = SessionPerson{Actor: access.Actor{School: school, Person: id, Role: roster.Role(p.Role)}, Given: p.Given, Family: p.Family,
			Locale: p.Locale, Zone: s.Zone, School: s.Name}
		if out.Locale == "" {
			out.Locale = s.Locale
		}
		if err := json.Unmarshal([]byte(p.Settings), &out.Settings); err != nil {
			return err
		}
		return tx.TakeBackMiss(ctx, "code:"+from)
	})
	return out, err
}

// foldLogin is the form of a login in which it is kept and compared.
func foldLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

package door

import (
	"context"
	"encoding/json"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// Settings are a person's own choices of how pages look. Zero values mean "as the device says".
type Settings struct {
	Theme string `json:"theme,omitempty"` // light, dark
	Text  string `json:"text,omitempty"`  // young: larger text
}

// SettingsOf are a person's own choices. Errors: a row that is no JSON.
func SettingsOf(p db.Person) (s Settings, err error) {
	return s, json.Unmarshal([]byte(p.Settings), &s)
}

// SessionPerson is who a session belongs to, as it stands now.
type SessionPerson struct {
	Actor    access.Actor
	Given    string
	Family   string
	Locale   string // the person's, else the school's
	Zone     string
	School   string
	Settings Settings
	ExpireMs int64
	SeenMs   int64

	NeedsPassword bool // came by a link and has no password yet
}

// SessionByToken finds who a session belongs to. Errors: Unauthenticated when there is none, it ran out, or the person is
// suspended.
func SessionByToken(ctx context.Context, f *flow.Flow, token string) (SessionPerson, error) {
	var out SessionPerson
	err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		row, ok, err := store.Optional(q.Session(ctx, HashToken(token)))
		if err != nil {
			return err
		}
		if !ok || row.ExpiresMs <= f.Store().Now() {
			return fault.New(fault.Unauthenticated, "fault.unauthenticated")
		}
		if row.Suspended {
			return fault.New(fault.Unauthenticated, "fault.suspended")
		}
		out = SessionPerson{
			Actor: access.Actor{School: roster.SchoolID(row.SchoolID), Person: roster.PersonID(row.PersonID), Role: roster.Role(row.Role)},
			Given: row.Given, Family: row.Family, Locale: row.Locale, Zone: row.Zone, School: row.SchoolName,
			ExpireMs: row.ExpiresMs, SeenMs: row.SeenMs,
		}
		if out.Locale == "" {
			out.Locale = row.SchoolLocale
		}
		return json.Unmarshal([]byte(row.Settings), &out.Settings)
	})
	return out, err
}

// OpenSession signs a person in on one device and gives the token for its cookie. It authorizes nobody: the caller has
// just proved who they are.
func OpenSession(ctx context.Context, f *flow.Flow, school roster.SchoolID, person roster.PersonID, lifeMs int64) (string, error) {
	token := NewToken()
	err := f.Store().Write(ctx, string(person), func(ctx context.Context, tx *store.Tx) error {
		return tx.AddSession(ctx, db.AddSessionParams{TokenHash: HashToken(token), SchoolID: string(school), PersonID: string(person),
			CreatedMs: tx.Now, SeenMs: tx.Now, ExpiresMs: tx.Now + lifeMs})
	})
	return token, err
}

// KeepSession notes that a session is in use and lets it live on.
func KeepSession(ctx context.Context, f *flow.Flow, token string, lifeMs int64) error {
	return f.Store().Write(ctx, token, func(ctx context.Context, tx *store.Tx) error {
		return tx.SeeSession(ctx, db.SeeSessionParams{TokenHash: HashToken(token), SeenMs: tx.Now, ExpiresMs: tx.Now + lifeMs})
	})
}

// EndSession signs a device out.
func EndSession(ctx context.Context, f *flow.Flow, token string) error {
	return f.Store().Write(ctx, token, func(ctx context.Context, tx *store.Tx) error {
		return tx.EndSession(ctx, HashToken(token))
	})
}

// Alive reports whether the store answers.
func Alive(ctx context.Context, f *flow.Flow) error {
	return f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		_, err := q.Schools(ctx)
		return err
	})
}

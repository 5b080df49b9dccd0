package door

import (
	"context"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// Checker compares a secret with a kept hash, slowly; an empty hash takes as long and is never right. Package auth has one.
type Checker interface {
	Check(ctx context.Context, hash, secret string) (bool, error)
}

// Seat is a learner before they have proved who they are: found by class code or by card within this very request.
type Seat struct {
	School roster.SchoolID
	Person roster.PersonID
	Given  string
	HasPIN bool // false: the first time; they choose one
	class  string
}

// ClassDoor is what a class code opens: first names and initials, nothing else. from names the client (an address or a
// device, disguised by the caller). Errors: NotFound for a code that opens nothing; Forbidden while locked.
func ClassDoor(ctx context.Context, f *flow.Flow, from, typed string) ([]flow.Named, error) {
	_, people, err := classByCode(ctx, f, from, typed)
	if err != nil {
		return nil, err
	}
	return flow.ShortNames(people), nil
}

func classByCode(ctx context.Context, f *flow.Flow, from, typed string) (db.Class, []db.Person, error) {
	guesses := bucket{"code:" + from, ownMisses}
	var class db.Class
	var people []db.Person
	found := false
	err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		if err := open(ctx, f, q, f.Store().Now(), guesses); err != nil {
			return err
		}
		code, ok := roster.ReadClassCode(typed)
		if !ok {
			return nil
		}
		var err error
		if class, ok, err = store.Optional(q.ClassByCode(ctx, code)); err != nil || !ok || class.EndedOn != "" {
			return err
		}
		found = true
		people, err = q.LearnersOfClass(ctx, db.LearnersOfClassParams{SchoolID: class.SchoolID, ClassID: class.ID})
		return err
	})
	if err == nil && !found {
		if err = missed(ctx, f, guesses); err == nil {
			err = fault.New(fault.NotFound, "fault.signin.code")
		}
	}
	return class, people, err
}

// SeatByCode is a learner of the class that a code opens. Errors: as ClassDoor; NotFound when they are not in it.
func SeatByCode(ctx context.Context, f *flow.Flow, from, typed string, person roster.PersonID) (Seat, error) {
	class, people, err := classByCode(ctx, f, from, typed)
	if err != nil {
		return Seat{}, err
	}
	for _, p := range people {
		if p.ID == string(person) {
			return seat(ctx, f, p, class.ID)
		}
	}
	return Seat{}, fault.New(fault.NotFound, "fault.signin.code")
}

func seat(ctx context.Context, f *flow.Flow, p db.Person, class string) (Seat, error) {
	s := Seat{School: roster.SchoolID(p.SchoolID), Person: roster.PersonID(p.ID), Given: p.Given, class: class}
	err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		var err error
		_, s.HasPIN, err = store.Optional(q.PicturePIN(ctx, db.PicturePINParams{SchoolID: p.SchoolID, PersonID: p.ID}))
		return err
	})
	return s, err
}

// SeatByCard is the learner of a printed card. Errors: NotFound for a card that was replaced or never made; Forbidden while
// locked; Unauthenticated when the person is suspended.
func SeatByCard(ctx context.Context, f *flow.Flow, from, token string) (Seat, error) {
	row, p, err := findToken(ctx, f, from, token, "card")
	if err != nil {
		return Seat{}, err
	}
	return seat(ctx, f, p, "card "+row.ID)
}

// findToken finds an unrevoked, unexpired token of a kind with its person. What does not exist counts as a miss of the client.
func findToken(ctx context.Context, f *flow.Flow, from, token, kind string) (row db.SigninToken, p db.Person, err error) {
	guesses := bucket{"token:" + from, ownMisses}
	found := false
	err = f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		if err := open(ctx, f, q, f.Store().Now(), guesses); err != nil {
			return err
		}
		var ok bool
		var err error
		if row, ok, err = store.Optional(q.SigninToken(ctx, HashToken(token))); err != nil || !ok || row.Kind != kind {
			return err
		}
		found = true
		if row.RevokedMs > 0 || (row.ExpiresMs > 0 && row.ExpiresMs <= f.Store().Now()) || (row.UsedMs > 0 && !row.Reusable && kind != "card") {
			return fault.New(fault.NotFound, "fault.signin."+kind)
		}
		if p, err = q.Person(ctx, db.PersonParams{SchoolID: row.SchoolID, ID: row.PersonID}); err != nil {
			return err
		}
		if p.Suspended {
			return fault.New(fault.Unauthenticated, "fault.suspended")
		}
		return nil
	})
	if err == nil && !found {
		if err = missed(ctx, f, guesses); err == nil {
			err = fault.New(fault.NotFound, "fault.signin."+kind)
		}
	}
	return row, p, err
}

// SignInByPIN compares a picture PIN. Errors: Unauthenticated when it is not the one, or the person is suspended; Forbidden
// while locked; Unavailable when too many wait.
func SignInByPIN(ctx context.Context, f *flow.Flow, c Checker, from string, s Seat, secret string) (SessionPerson, error) {
	own := bucket{"pin:" + string(s.School) + "/" + string(s.Person), ownMisses}
	shared := []bucket{{"class:" + s.class + "/" + from, sharedMisses}}
	err := guess(ctx, f, own, shared, "fault.signin.pin", func(ctx context.Context) (bool, error) {
		var hash string
		err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) (err error) {
			hash, _, err = store.Optional(q.PicturePIN(ctx, db.PicturePINParams{SchoolID: string(s.School), PersonID: string(s.Person)}))
			return err
		})
		if err != nil {
			return false, err
		}
		return c.Check(ctx, hash, secret)
	})
	if err != nil {
		return SessionPerson{}, err
	}
	return admit(ctx, f, s.School, s.Person, from)
}

// ChoosePIN keeps the hash of a learner's first picture PIN and lets them in. Errors: Conflict when they have one by now.
func ChoosePIN(ctx context.Context, f *flow.Flow, from string, s Seat, hash string) (SessionPerson, error) {
	err := f.Store().Write(ctx, string(s.Person), func(ctx context.Context, tx *store.Tx) error {
		at := db.PicturePINParams{SchoolID: string(s.School), PersonID: string(s.Person)}
		if _, has, err := store.Optional(tx.PicturePIN(ctx, at)); err != nil || has {
			if has {
				err = fault.New(fault.Conflict, "fault.signin.pin_set")
			}
			return err
		}
		return tx.SetPicturePIN(ctx, db.SetPicturePINParams{SchoolID: at.SchoolID, PersonID: at.PersonID, Hash: hash, SetMs: tx.Now})
	})
	if err != nil {
		return SessionPerson{}, err
	}
	return admit(ctx, f, s.School, s.Person, from)
}

// SignInByPassword compares a password. A login that nobody has takes as long, counts misses alike and says the same.
// Errors: as SignInByPIN.
func SignInByPassword(ctx context.Context, f *flow.Flow, c Checker, from, login, password string) (SessionPerson, error) {
	login = foldLogin(login)
	var p db.Person
	var hash string
	err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		var ok bool
		var err error
		if p, ok, err = store.Optional(q.PersonByLogin(ctx, store.Text(login))); err != nil || !ok {
			return err
		}
		hash, _, err = store.Optional(q.Password(ctx, db.PasswordParams{SchoolID: p.SchoolID, PersonID: p.ID}))
		return err
	})
	if err != nil {
		return SessionPerson{}, err
	}
	own := bucket{"login:" + disguised(login), ownMisses}
	if p.ID != "" {
		own.name = "password:" + p.SchoolID + "/" + p.ID
	}
	err = guess(ctx, f, own, []bucket{{"password-from:" + from, sharedMisses}}, "fault.signin.password", func(ctx context.Context) (bool, error) {
		return c.Check(ctx, hash, password)
	})
	if err != nil {
		return SessionPerson{}, err
	}
	return admit(ctx, f, roster.SchoolID(p.SchoolID), roster.PersonID(p.ID), from)
}

// LinkFor says whose link this is, before it is used: a learner by their given name, others as they are written, since theirs
// may begin with a title. Errors: NotFound when it was used, has run out or never was;
// Forbidden while locked; Unauthenticated when the person is suspended.
func LinkFor(ctx context.Context, f *flow.Flow, from, token string) (called string, reusable bool, err error) {
	row, p, err := findToken(ctx, f, from, token, "link")
	if called = p.Given; roster.Role(p.Role) != roster.Learner {
		called = roster.Name{Given: p.Given, Family: p.Family}.Full()
	}
	return called, row.Reusable, err
}

// SignInByLink uses a link; one that is not reusable works once. Errors: as LinkFor.
func SignInByLink(ctx context.Context, f *flow.Flow, from, token string) (SessionPerson, error) {
	row, p, err := findToken(ctx, f, from, token, "link")
	if err != nil {
		return SessionPerson{}, err
	}
	err = f.Store().Write(ctx, p.ID, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.UseSigninToken(ctx, db.UseSigninTokenParams{TokenHash: row.TokenHash, UsedMs: tx.Now})
		if err == nil && n == 0 { // another tab was first
			err = fault.New(fault.NotFound, "fault.signin.link")
		}
		return err
	})
	if err != nil {
		return SessionPerson{}, err
	}
	who, err := admit(ctx, f, roster.SchoolID(p.SchoolID), roster.PersonID(p.ID), from)
	if err != nil || row.Reusable || who.Actor.Role == roster.Learner {
		return who, err
	}
	err = f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		_, has, err := store.Optional(q.Password(ctx, db.PasswordParams{SchoolID: p.SchoolID, PersonID: p.ID}))
		who.NeedsPassword = !has
		return err
	})
	return who, err
}

package door

import (
	"context"
	"errors"
	"time"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// CheckZone takes an IANA time zone. Errors: Invalid for any other text, and for "Local", which means another place on each
// machine.
func CheckZone(zone string) error {
	if zone == "" || zone == "Local" {
		return fault.New(fault.Invalid, "fault.school.zone", "zone", zone)
	}
	if _, err := time.LoadLocation(zone); err != nil {
		return fault.Wrap(fault.Invalid, err, "fault.school.zone", "zone", zone)
	}
	return nil
}

// FirstStart gives the token of the one-time link that makes the first administrator, ok=false when there is one already.
// An installation without a school gets one, to be named there. A token given at an earlier start stops working.
func FirstStart(ctx context.Context, f *flow.Flow) (setupToken string, ok bool, err error) {
	var ids [3]string
	for i := range ids {
		if ids[i], err = flow.FreshID(); err != nil {
			return "", false, err
		}
	}
	token := NewToken()
	err = f.Store().Write(ctx, "first start", func(ctx context.Context, tx *store.Tx) error {
		ok = false
		n, err := tx.NamedAdmins(ctx)
		if err != nil || n > 0 {
			return err
		}
		ok = true
		schools, err := tx.Schools(ctx)
		if err != nil {
			return err
		}
		school := ids[0]
		if len(schools) > 0 {
			school = schools[0].ID
		} else if err := tx.AddSchool(ctx, db.AddSchoolParams{ID: school, Code: "school", Zone: "UTC", Locale: "en", CreatedMs: tx.Now}); err != nil {
			return err
		}
		if err := ledger.FirstModel(ctx, tx.Queries, school, tx.Now); err != nil {
			return err
		}
		admins, err := tx.PeopleByRole(ctx, db.PeopleByRoleParams{SchoolID: school, Role: string(roster.Admin)})
		if err != nil {
			return err
		}
		person := ids[1]
		if len(admins) > 0 { // an earlier start made the place; nobody took it yet
			person = admins[0].ID
		} else if err := tx.AddPerson(ctx, db.AddPersonParams{SchoolID: school, ID: person, Role: string(roster.Admin), Settings: "{}", CreatedMs: tx.Now}); err != nil {
			return err
		}
		if err := tx.RevokeSigninTokens(ctx, db.RevokeSigninTokensParams{SchoolID: school, PersonID: person, RevokedMs: tx.Now}); err != nil {
			return err
		}
		return tx.AddSigninToken(ctx, db.AddSigninTokenParams{SchoolID: school, ID: ids[2], PersonID: person, Kind: "setup", TokenHash: HashToken(token), CreatedMs: tx.Now})
	})
	if err != nil || !ok {
		return "", false, err
	}
	return token, true, nil
}

// SetupFor says whether a setup link still works. Errors: as LinkFor.
func SetupFor(ctx context.Context, f *flow.Flow, from, token string) error {
	_, _, err := findToken(ctx, f, from, token, "setup")
	return err
}

// FirstAdminIn is the first administrator and their school. Hash is of their password.
type FirstAdminIn struct {
	School, Zone, Locale string
	Given, Family        string
	Login, Hash          string
}

// Check says everything of a form that cannot be taken, joined in the form's order, so that it can be mended at once.
// Errors: Invalid, each naming its field.
func (in FirstAdminIn) Check() error {
	_, _, _, err := in.taken()
	return err
}

func (in FirstAdminIn) taken() (name roster.Name, title, login string, err error) {
	var bad [4]error
	title, bad[0] = roster.MakeTitle(in.School)
	bad[1] = CheckZone(in.Zone)
	name, bad[2] = roster.MakeName(in.Given, in.Family)
	login, bad[3] = TakeLogin(in.Login)
	return name, title, login, errors.Join(bad[:]...)
}

// MakeFirstAdmin uses a setup link: it names the school and gives it its first administrator, once. Errors: Invalid naming the field;
// Conflict when the login is taken; otherwise as LinkFor.
func MakeFirstAdmin(ctx context.Context, f *flow.Flow, from, token string, in FirstAdminIn) (SessionPerson, error) {
	name, title, login, err := in.taken()
	if err != nil {
		return SessionPerson{}, err
	}
	row, p, err := findToken(ctx, f, from, token, "setup")
	if err != nil {
		return SessionPerson{}, err
	}
	err = f.Store().Write(ctx, p.ID, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.UseSigninToken(ctx, db.UseSigninTokenParams{TokenHash: row.TokenHash, UsedMs: tx.Now})
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "fault.signin.setup")
		}
		if _, err := tx.SetSchool(ctx, db.SetSchoolParams{ID: p.SchoolID, Name: title, Zone: in.Zone, Locale: in.Locale}); err != nil {
			return err
		}
		if _, err := tx.RenamePerson(ctx, db.RenamePersonParams{SchoolID: p.SchoolID, ID: p.ID, Given: name.Given, Family: name.Family, NameFold: name.Fold()}); err != nil {
			return err
		}
		if err := ClaimLogin(ctx, tx.Queries, p.SchoolID, p.ID, login); err != nil {
			return err
		}
		return tx.SetPassword(ctx, db.SetPasswordParams{SchoolID: p.SchoolID, PersonID: p.ID, Hash: in.Hash, SetMs: tx.Now})
	})
	if err != nil {
		return SessionPerson{}, err
	}
	return admit(ctx, f, roster.SchoolID(p.SchoolID), roster.PersonID(p.ID), from)
}

// MakeLink makes a link that signs a person in: once, or each time when reusable; for lifeMs, or until revoked when 0.
// It authorizes nobody; commands and the demo call it. The token is shown once, and only its hash is kept.
func MakeLink(ctx context.Context, f *flow.Flow, school roster.SchoolID, person roster.PersonID, reusable bool, lifeMs int64) (string, error) {
	id, err := flow.FreshID()
	if err != nil {
		return "", err
	}
	token := NewToken()
	err = f.Store().Write(ctx, string(person), func(ctx context.Context, tx *store.Tx) error {
		return AddLink(ctx, tx.Queries, tx.Now, string(school), string(person), id, HashToken(token), reusable, lifeMs)
	})
	return token, err
}

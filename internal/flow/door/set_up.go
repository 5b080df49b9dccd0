package door

import (
	"context"
	"time"

	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// SetUpIn is a school to be made, with the people and classes that it begins with. Ids are the caller's.
type SetUpIn struct {
	flow.Op
	Code   string `json:"code"`
	Name   string `json:"name"`
	Zone   string `json:"zone"`   // IANA
	Locale string `json:"locale"` // BCP 47
	Demo   bool   `json:"demo"`
	// BeganOn is the first day of enrollments and guardianships, BeganMs its instant.
	BeganOn string        `json:"began_on"`
	BeganMs int64         `json:"began_ms"`
	People  []SetUpPerson `json:"people"`
	Classes []SetUpClass  `json:"classes"`
}

// SetUpPerson is one person of a new school.
type SetUpPerson struct {
	roster.Person
	Children []roster.PersonID `json:"children,omitempty"` // guardians only; each stands in People too
}

// SetUpClass is one class of a new school.
type SetUpClass struct {
	roster.Class
	Teachers []roster.PersonID         `json:"teachers"`
	Learners []roster.PersonID         `json:"learners"`
	Since    map[roster.PersonID]int64 `json:"since,omitempty"` // who joined later than BeganMs, and when
}

// SetUp makes a school whole or not at all: its row, its model, people, guardianships, classes, enrollments. The program
// itself does it; the rule is undeclared on purpose, so that no request ever can.
// Errors: Conflict when the school's or a class's code is taken; Invalid for an unknown zone.
var SetUp = flow.Verb[SetUpIn, SetUpOut]{
	Name: "set_up",
	Do: func(a *flow.Act, in SetUpIn) (SetUpOut, error) {
		if err := CheckZone(in.Zone); err != nil {
			return SetUpOut{}, err
		}
		zone, err := time.LoadLocation(in.Zone)
		if err != nil {
			return SetUpOut{}, err
		}
		if err := a.Q().AddSchool(a.Ctx(), db.AddSchoolParams{ID: a.School(), Code: in.Code, Name: in.Name, Zone: in.Zone, Locale: in.Locale, Demo: in.Demo, CreatedMs: a.Now()}); err != nil {
			return SetUpOut{}, err
		}
		if err := ledger.FirstModel(a.Ctx(), a.Q(), a.School(), a.Now()); err != nil {
			return SetUpOut{}, err
		}
		for _, p := range in.People {
			if err := a.Q().AddPerson(a.Ctx(), db.AddPersonParams{SchoolID: a.School(), ID: string(p.ID), Role: string(p.Role), Given: p.Given, Family: p.Family,
				NameFold: roster.Name{Given: p.Given, Family: p.Family}.Fold(), Locale: p.Locale, Settings: "{}", CreatedMs: in.BeganMs}); err != nil {
				return SetUpOut{}, err
			}
		}
		for _, p := range in.People {
			for _, child := range p.Children {
				if err := a.Q().AddGuardianship(a.Ctx(), db.AddGuardianshipParams{SchoolID: a.School(), GuardianID: string(p.ID), LearnerID: string(child), StartedOn: in.BeganOn}); err != nil {
					return SetUpOut{}, err
				}
			}
		}
		for _, c := range in.Classes {
			if err := setUpClass(a, in, c, zone); err != nil {
				return SetUpOut{}, err
			}
		}
		return SetUpOut{Made: true}, nil
	},
}

// SetUpOut says that the school is there.
type SetUpOut struct {
	Made bool `json:"made"`
}

func setUpClass(a *flow.Act, in SetUpIn, c SetUpClass, zone *time.Location) error {
	if err := a.Q().AddClass(a.Ctx(), db.AddClassParams{SchoolID: a.School(), ID: string(c.ID), Name: c.Name, Code: c.Code, CodeMs: in.BeganMs, Proposals: true, CreatedMs: in.BeganMs}); err != nil {
		return err
	}
	enroll := func(people []roster.PersonID, role roster.Role) error {
		for _, p := range people {
			ms := in.BeganMs
			if since, ok := c.Since[p]; ok {
				ms = since
			}
			if err := a.Q().Enroll(a.Ctx(), db.EnrollParams{SchoolID: a.School(), ClassID: string(c.ID), PersonID: string(p), Role: string(role),
				StartedOn: time.UnixMilli(ms).In(zone).Format(time.DateOnly), StartedMs: ms}); err != nil {
				return err
			}
		}
		return nil
	}
	if err := enroll(c.Teachers, roster.Teacher); err != nil {
		return err
	}
	return enroll(c.Learners, roster.Learner)
}

// EndSetUp notes that a school has everything it was to begin with: whoever finds its op (Happened) finds a whole school.
var EndSetUp = flow.Verb[flow.Op, SetUpOut]{
	Name: "end_set_up",
	Do:   func(*flow.Act, flow.Op) (SetUpOut, error) { return SetUpOut{Made: true}, nil },
}

// SchoolAt is a school as its row says.
type SchoolAt struct {
	ID               roster.SchoolID
	Code, Name, Zone string
	Locale           string
	Demo             bool
	CreatedMs        int64
}

// Schools are the installation's schools, oldest first. It authorizes nobody: commands ask it, never requests.
func Schools(ctx context.Context, f *flow.Flow) ([]SchoolAt, error) {
	var out []SchoolAt
	err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		rows, err := q.Schools(ctx)
		for _, r := range rows {
			out = append(out, SchoolAt{roster.SchoolID(r.ID), r.Code, r.Name, r.Zone, r.Locale, r.Demo, r.CreatedMs})
		}
		return err
	})
	return out, err
}

// People are all of a school's people by name. It authorizes nobody: commands ask it, never requests.
func People(ctx context.Context, f *flow.Flow, school roster.SchoolID) ([]roster.Person, error) {
	var out []roster.Person
	err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		rows, err := q.People(ctx, string(school))
		for _, r := range rows {
			out = append(out, flow.Person(r))
		}
		return err
	})
	return out, err
}

// Happened reports whether the program itself has carried out an op in a school.
func Happened(ctx context.Context, f *flow.Flow, school roster.SchoolID, op string) (bool, error) {
	var done bool
	err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) (err error) {
		_, done, err = store.Optional(q.Op(ctx, db.OpParams{SchoolID: string(school), ActorID: flow.ActorKey(access.Actor{System: true}), Op: op}))
		return err
	})
	return done, err
}

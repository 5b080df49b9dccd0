package flow

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// GiveUnitIn gives the current version of a unit to a class. Dial is how much its learners choose.
type GiveUnitIn struct {
	Op
	Class roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Unit  content.UnitID `json:"unit" minLength:"36" maxLength:"36"`
	Dial  string         `json:"dial" enum:"required,pick,propose"`
}

// ClassUnitOut names a unit as a class has it.
type ClassUnitOut struct {
	ClassUnit string `json:"class_unit"`
}

// GiveUnit gives a unit to a class; one that was taken back comes again with its plans and decisions, in the version that
// is current now. Errors: NotFound (no such class of this teacher, no such unit), Conflict (the class has it already).
var GiveUnit = Verb[GiveUnitIn, ClassUnitOut]{
	Name: "give_unit",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *Look, in GiveUnitIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Shard: func(in GiveUnitIn, who access.Actor) string { return string(in.Class) },
	Do: func(a *Act, in GiveUnitIn) (ClassUnitOut, error) {
		if err := checkDial(in.Dial); err != nil {
			return ClassUnitOut{}, err
		}
		row, err := a.q.Content(a.ctx, db.ContentParams{SchoolID: a.school(), ID: string(in.Unit)})
		if err != nil {
			return ClassUnitOut{}, err
		}
		if row.Kind != "unit" || row.Status != string(content.Published) {
			return ClassUnitOut{}, fault.New(fault.NotFound, "fault.not_found")
		}
		was, had, err := store.Optional(a.q.ClassUnitOf(a.ctx, db.ClassUnitOfParams{SchoolID: a.school(), ClassID: string(in.Class), UnitID: row.ID}))
		if err != nil {
			return ClassUnitOut{}, err
		}
		out := ClassUnitOut{ClassUnit: was.ID}
		switch {
		case had && was.EndedMs == 0:
			return out, fault.New(fault.Conflict, "fault.unit.given", "unit", row.Title)
		case had:
			_, err = a.q.GiveUnitAgain(a.ctx, db.GiveUnitAgainParams{SchoolID: a.school(), ID: was.ID, UnitVersion: row.CurrentVersion, Dial: in.Dial,
				GivenBy: actorKey(a.who), GivenMs: a.now})
		default:
			out.ClassUnit = a.NewID()
			err = a.q.GiveUnit(a.ctx, db.GiveUnitParams{SchoolID: a.school(), ID: out.ClassUnit, ClassID: string(in.Class), UnitID: row.ID,
				UnitVersion: row.CurrentVersion, Dial: in.Dial, GivenBy: actorKey(a.who), GivenMs: a.now})
		}
		if err != nil {
			return out, err
		}
		return out, a.tellClass(in.Class, "units", out)
	},
}

// EndUnitIn names the unit as the class has it.
type EndUnitIn struct {
	Op
	ClassUnit string `json:"class_unit" minLength:"36" maxLength:"36"`
}

// EndUnit takes a unit from a class. What its learners did and were credited stays. Errors: NotFound, Conflict (it was
// taken already).
var EndUnit = Verb[EndUnitIn, DoneOut]{
	Name: "end_unit",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *Look, in EndUnitIn) (access.Subject, error) {
		return l.aboutClassUnit(in.ClassUnit)
	},
	Shard: func(in EndUnitIn, who access.Actor) string { return in.ClassUnit },
	Do: func(a *Act, in EndUnitIn) (DoneOut, error) {
		row, err := a.q.ClassUnit(a.ctx, db.ClassUnitParams{SchoolID: a.school(), ID: in.ClassUnit})
		if err != nil {
			return DoneOut{}, err
		}
		n, err := a.q.EndClassUnit(a.ctx, db.EndClassUnitParams{SchoolID: a.school(), ID: in.ClassUnit, EndedMs: a.now})
		if err != nil {
			return DoneOut{}, err
		}
		if n == 0 {
			return DoneOut{}, fault.New(fault.Conflict, "fault.unit.ended")
		}
		return DoneOut{true}, a.tellClass(roster.ClassID(row.ClassID), "units", ClassUnitOut{in.ClassUnit})
	},
}

// SetDialIn turns the dial of a unit for the class, or for one learner in it. "class" (with a learner only) takes the
// learner's own setting away.
type SetDialIn struct {
	Op
	ClassUnit string          `json:"class_unit" minLength:"36" maxLength:"36"`
	Learner   roster.PersonID `json:"learner,omitempty" maxLength:"36"`
	Dial      string          `json:"dial" enum:"class,required,pick,propose"`
}

// SetDial says how much is chosen: required, pick from a board, propose your own. Errors: NotFound (also for a learner who
// is not in the class), Invalid.
var SetDial = Verb[SetDialIn, DoneOut]{
	Name: "set_dial",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *Look, in SetDialIn) (access.Subject, error) {
		return l.aboutClassUnit(in.ClassUnit)
	},
	Shard: func(in SetDialIn, who access.Actor) string { return in.ClassUnit },
	Do: func(a *Act, in SetDialIn) (DoneOut, error) {
		row, err := a.q.ClassUnit(a.ctx, db.ClassUnitParams{SchoolID: a.school(), ID: in.ClassUnit})
		if err != nil {
			return DoneOut{}, err
		}
		class := roster.ClassID(row.ClassID)
		if in.Learner == "" {
			if err := checkDial(in.Dial); err != nil {
				return DoneOut{}, err
			}
			if _, err := a.q.SetClassUnitDial(a.ctx, db.SetClassUnitDialParams{SchoolID: a.school(), ID: row.ID, Dial: in.Dial}); err != nil {
				return DoneOut{}, err
			}
			return DoneOut{true}, a.tellClass(class, "units", ClassUnitOut{row.ID})
		}
		role, err := a.q.EnrolledAs(a.ctx, db.EnrolledAsParams{SchoolID: a.school(), ClassID: row.ClassID, PersonID: string(in.Learner)})
		if err != nil {
			return DoneOut{}, err
		}
		if role != string(roster.Learner) {
			return DoneOut{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if in.Dial == "class" {
			err = a.q.ForgetLearnerDial(a.ctx, db.ForgetLearnerDialParams{SchoolID: a.school(), ClassUnitID: row.ID, LearnerID: string(in.Learner)})
		} else if err = checkDial(in.Dial); err == nil {
			err = a.q.SetLearnerDial(a.ctx, db.SetLearnerDialParams{SchoolID: a.school(), ClassUnitID: row.ID, LearnerID: string(in.Learner), Dial: in.Dial})
		}
		if err != nil {
			return DoneOut{}, err
		}
		a.Announce(ClassTopic(row.ClassID), "units", ClassUnitOut{row.ID})
		a.Announce(LearnerTopic(string(in.Learner)), "units", ClassUnitOut{row.ID})
		return DoneOut{true}, nil
	},
}

func checkDial(dial string) error {
	switch dial {
	case "required", "pick", "propose":
		return nil
	}
	return fault.Invalidf("dial", "%q is none of required, pick, propose", dial)
}

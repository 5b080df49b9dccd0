package library

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// GiveUnitIn gives the current version of a unit to a class. Dial is how much its learners choose.
type GiveUnitIn struct {
	flow.Op
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
var GiveUnit = flow.Verb[GiveUnitIn, ClassUnitOut]{
	Name: "give_unit",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in GiveUnitIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Shard: func(in GiveUnitIn, who access.Actor) string { return string(in.Class) },
	Do: func(a *flow.Act, in GiveUnitIn) (ClassUnitOut, error) {
		if err := checkDial(in.Dial); err != nil {
			return ClassUnitOut{}, err
		}
		row, err := a.Q().Content(a.Ctx(), db.ContentParams{SchoolID: a.School(), ID: string(in.Unit)})
		if err != nil {
			return ClassUnitOut{}, err
		}
		if row.Kind != "unit" || row.Status != string(content.Published) {
			return ClassUnitOut{}, fault.New(fault.NotFound, "fault.not_found")
		}
		was, had, err := store.Optional(a.Q().ClassUnitOf(a.Ctx(), db.ClassUnitOfParams{SchoolID: a.School(), ClassID: string(in.Class), UnitID: row.ID}))
		if err != nil {
			return ClassUnitOut{}, err
		}
		out := ClassUnitOut{ClassUnit: was.ID}
		switch {
		case had && was.EndedMs == 0:
			return out, fault.New(fault.Conflict, "fault.unit.given", "unit", row.Title)
		case had:
			_, err = a.Q().GiveUnitAgain(a.Ctx(), db.GiveUnitAgainParams{SchoolID: a.School(), ID: was.ID, UnitVersion: row.CurrentVersion, Dial: in.Dial,
				GivenBy: flow.ActorKey(a.Who()), GivenMs: a.Now()})
		default:
			out.ClassUnit = a.NewID()
			err = a.Q().GiveUnit(a.Ctx(), db.GiveUnitParams{SchoolID: a.School(), ID: out.ClassUnit, ClassID: string(in.Class), UnitID: row.ID,
				UnitVersion: row.CurrentVersion, Dial: in.Dial, GivenBy: flow.ActorKey(a.Who()), GivenMs: a.Now()})
		}
		if err != nil {
			return out, err
		}
		return out, a.TellClass(in.Class, "units", out)
	},
}

// EndUnitIn names the unit as the class has it.
type EndUnitIn struct {
	flow.Op
	ClassUnit string `json:"class_unit" minLength:"36" maxLength:"36"`
}

// EndUnit takes a unit from a class. What its learners did and were credited stays. Errors: NotFound, Conflict (it was
// taken already).
var EndUnit = flow.Verb[EndUnitIn, flow.DoneOut]{
	Name: "end_unit",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in EndUnitIn) (access.Subject, error) {
		return AboutClassUnit(l, in.ClassUnit)
	},
	Shard: func(in EndUnitIn, who access.Actor) string { return in.ClassUnit },
	Do: func(a *flow.Act, in EndUnitIn) (flow.DoneOut, error) {
		row, err := a.Q().ClassUnit(a.Ctx(), db.ClassUnitParams{SchoolID: a.School(), ID: in.ClassUnit})
		if err != nil {
			return flow.DoneOut{}, err
		}
		n, err := a.Q().EndClassUnit(a.Ctx(), db.EndClassUnitParams{SchoolID: a.School(), ID: in.ClassUnit, EndedMs: a.Now()})
		if err != nil {
			return flow.DoneOut{}, err
		}
		if n == 0 {
			return flow.DoneOut{}, fault.New(fault.Conflict, "fault.unit.ended")
		}
		return flow.DoneOut{Done: true}, a.TellClass(roster.ClassID(row.ClassID), "units", ClassUnitOut{in.ClassUnit})
	},
}

// SetDialIn turns the dial of a unit for the class, or for one learner in it. "class" (with a learner only) takes the
// learner's own setting away.
type SetDialIn struct {
	flow.Op
	ClassUnit string          `json:"class_unit" minLength:"36" maxLength:"36"`
	Learner   roster.PersonID `json:"learner,omitempty" maxLength:"36"`
	Dial      string          `json:"dial" enum:"class,required,pick,propose"`
}

// SetDial says how much is chosen: required, pick from a board, propose your own. Errors: NotFound (also for a learner who
// is not in the class), Invalid.
var SetDial = flow.Verb[SetDialIn, flow.DoneOut]{
	Name: "set_dial",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in SetDialIn) (access.Subject, error) {
		return AboutClassUnit(l, in.ClassUnit)
	},
	Shard: func(in SetDialIn, who access.Actor) string { return in.ClassUnit },
	Do: func(a *flow.Act, in SetDialIn) (flow.DoneOut, error) {
		row, err := a.Q().ClassUnit(a.Ctx(), db.ClassUnitParams{SchoolID: a.School(), ID: in.ClassUnit})
		if err != nil {
			return flow.DoneOut{}, err
		}
		class := roster.ClassID(row.ClassID)
		if in.Learner == "" {
			if err := checkDial(in.Dial); err != nil {
				return flow.DoneOut{}, err
			}
			if _, err := a.Q().SetClassUnitDial(a.Ctx(), db.SetClassUnitDialParams{SchoolID: a.School(), ID: row.ID, Dial: in.Dial}); err != nil {
				return flow.DoneOut{}, err
			}
			return flow.DoneOut{Done: true}, a.TellClass(class, "units", ClassUnitOut{row.ID})
		}
		role, err := a.Q().EnrolledAs(a.Ctx(), db.EnrolledAsParams{SchoolID: a.School(), ClassID: row.ClassID, PersonID: string(in.Learner)})
		if err != nil {
			return flow.DoneOut{}, err
		}
		if role != string(roster.Learner) {
			return flow.DoneOut{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if in.Dial == "class" {
			err = a.Q().ForgetLearnerDial(a.Ctx(), db.ForgetLearnerDialParams{SchoolID: a.School(), ClassUnitID: row.ID, LearnerID: string(in.Learner)})
		} else if err = checkDial(in.Dial); err == nil {
			err = a.Q().SetLearnerDial(a.Ctx(), db.SetLearnerDialParams{SchoolID: a.School(), ClassUnitID: row.ID, LearnerID: string(in.Learner), Dial: in.Dial})
		}
		if err != nil {
			return flow.DoneOut{}, err
		}
		a.Announce(flow.ClassTopic(row.ClassID), "units", ClassUnitOut{row.ID})
		a.Announce(flow.LearnerTopic(string(in.Learner)), "units", ClassUnitOut{row.ID})
		return flow.DoneOut{Done: true}, nil
	},
}

func checkDial(dial string) error {
	switch dial {
	case "required", "pick", "propose":
		return nil
	}
	return fault.Invalidf("dial", "%q is none of required, pick, propose", dial)
}

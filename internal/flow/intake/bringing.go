package intake

import (
	"encoding/json"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// The states of a bringing: a file that somebody sent is open until it is taken or put away; one that is being taken and does not
// get on any more has stopped, and goes on from there.
const (
	stateOpen    = "open"
	stateTaking  = "taking"
	stateStopped = "stopped"
	stateDropped = "dropped"
)

// KindPeople is the kind of a list of people, which administrators bring.
const KindPeople = "people"

// KindStandards is the kind of a framework of standards, which belongs to the whole school: administrators bring it.
const KindStandards = "standards"

// stillMs is how long a bringing that is being taken may say nothing before it counts as stopped.
const stillMs = 20_000

// BringPlace is where a file goes, and what is said of it that it does not say itself.
type BringPlace struct {
	Course  string         `json:"course" maxLength:"36" doc:"empty: the one that the file names, else the one it was brought to before, else a new one"`
	Skill   skill.ID       `json:"skill" maxLength:"36" doc:"of that course, for what the file puts nowhere"`
	Class   roster.ClassID `json:"class" maxLength:"36" doc:"that the people of a list join"`
	Title   string         `json:"title" maxLength:"100"`
	Licence string         `json:"licence" maxLength:"100"`
	Authors string         `json:"authors" maxLength:"200"`
}

// Bringing is a file that somebody brings.
type Bringing struct {
	ID      string
	By      access.Actor
	AtMs    int64
	File    string
	SHA256  string
	Size    int64
	Kind    string
	Place   BringPlace
	State   string
	Done    int
	Total   int
	Report  *Folded        // once it is taken
	Refusal *phrase.Phrase // why it stopped
}

// bringingOf reads a row at an instant. role is that of who brought it.
func bringingOf(r db.Bringing, role roster.Role, nowMs int64) (Bringing, error) {
	b := Bringing{ID: r.ID, By: access.Actor{School: roster.SchoolID(r.SchoolID), Person: roster.PersonID(r.ByID), Role: role}, AtMs: r.AtMs, File: r.File, SHA256: r.Sha256, Size: r.Size,
		Kind: r.Kind, State: r.State, Done: int(r.Done), Total: int(r.Total)}
	if r.State == stateTaking && nowMs-r.BeatMs > stillMs {
		b.State = stateStopped
	}
	if err := json.Unmarshal([]byte(r.Place), &b.Place); err != nil {
		return b, err
	}
	if r.Report != "" {
		b.Report = &Folded{}
		if err := json.Unmarshal([]byte(r.Report), b.Report); err != nil {
			return b, err
		}
	}
	if r.Refusal != "" {
		b.Refusal = &phrase.Phrase{}
		return b, json.Unmarshal([]byte(r.Refusal), b.Refusal)
	}
	return b, nil
}

// bringing is one by its id, as it is now.
func bringing(l *flow.Look, id string) (Bringing, error) {
	r, err := l.Q().Bringing(l.Ctx(), db.BringingParams{SchoolID: l.School(), ID: id})
	if err != nil {
		return Bringing{}, err
	}
	who, _, err := store.Optional(l.Q().Person(l.Ctx(), db.PersonParams{SchoolID: l.School(), ID: r.ByID}))
	if err != nil {
		return Bringing{}, err
	}
	return bringingOf(r, roster.Role(who.Role), l.Now())
}

// BringingIn names a bringing.
type BringingIn struct {
	ID string `json:"id" minLength:"36" maxLength:"36"`
}

// about is whose it is: whoever brought it, and administrators, look at it and go on with it.
func (in BringingIn) about(l *flow.Look) (access.Subject, error) {
	b, err := bringing(l, in.ID)
	return access.OfPerson(b.By.Person), err
}

// WatchBringing shows how a bringing stands.
var WatchBringing = flow.View[BringingIn, Bringing]{
	Name:  "watch_bringing",
	Rule:  access.Allow(access.Self, access.Admin),
	About: func(l *flow.Look, in BringingIn) (access.Subject, error) { return in.about(l) },
	Load:  func(l *flow.Look, in BringingIn) (Bringing, error) { return bringing(l, in.ID) },
}

// BringFileIn is a file that lies on disk already, durable, under its hash, with the kind that its bytes look like. Only the
// sending of one makes it.
type BringFileIn struct {
	flow.Op
	SHA256 string     `json:"sha256"`
	Size   int64      `json:"size"`
	Name   string     `json:"name"`
	Kind   string     `json:"kind"`
	Place  BringPlace `json:"place"`
}

// BringFileOut is the bringing; Dropped are the hashes of files that nobody needs any more.
type BringFileOut struct {
	ID      string   `json:"id"`
	Dropped []string `json:"dropped"`
}

// BringFile begins a bringing. One of the same person that is open is put away for it. Errors: Conflict while one of theirs is
// being taken.
var BringFile = flow.Verb[BringFileIn, BringFileOut]{
	Name: "bring_file",
	Rule: access.Allow(access.Staff),
	Do: func(a *flow.Act, in BringFileIn) (BringFileOut, error) {
		out := BringFileOut{ID: a.NewID()}
		rows, err := a.Q().OpenBringings(a.Ctx(), db.OpenBringingsParams{SchoolID: a.School(), ByID: flow.ActorKey(a.Who())})
		if err != nil {
			return out, err
		}
		for _, r := range rows {
			if r.State == stateTaking && a.Now()-r.BeatMs <= stillMs {
				return out, fault.New(fault.Conflict, "fault.bring.busy", "file", r.File)
			}
			hash, err := drop(a, r)
			if err != nil {
				return out, err
			}
			if hash != "" && hash != in.SHA256 {
				out.Dropped = append(out.Dropped, hash)
			}
		}
		if err := mayPlace(a.Look, in.Kind, in.Place); err != nil {
			return out, err
		}
		place, err := json.Marshal(in.Place)
		if err != nil {
			return out, err
		}
		return out, a.Q().AddBringing(a.Ctx(), db.AddBringingParams{SchoolID: a.School(), ID: out.ID, ByID: flow.ActorKey(a.Who()), AtMs: a.Now(), File: in.Name,
			Sha256: in.SHA256, Size: in.Size, Kind: in.Kind, Place: string(place)})
	},
}

// drop puts a bringing away, and gives the hash of its file when nobody else needs it.
func drop(a *flow.Act, r db.Bringing) (string, error) {
	if _, err := a.Q().EndBringing(a.Ctx(), db.EndBringingParams{SchoolID: a.School(), ID: r.ID, State: stateDropped}); err != nil {
		return "", err
	}
	n, err := a.Q().BringingsOfFile(a.Ctx(), db.BringingsOfFileParams{SchoolID: a.School(), Sha256: r.Sha256})
	if err != nil || n > 0 {
		return "", err
	}
	return r.Sha256, nil
}

// mayPlace refuses a place that is not the actor's to fill: a course that no class of theirs has, people for whoever is no
// administrator. Errors: NotFound, Forbidden.
func mayPlace(l *flow.Look, kind string, p BringPlace) error {
	if kind == KindPeople && l.Who().Role != roster.Admin {
		return fault.New(fault.Forbidden, "fault.bring.people")
	}
	if kind == KindStandards && l.Who().Role != roster.Admin {
		return fault.New(fault.Forbidden, "fault.bring.standards")
	}
	if p.Class != "" {
		if _, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(p.Class)}); err != nil {
			return err
		}
	}
	if p.Course == "" {
		return nil
	}
	mine, err := myCourses(l)
	if err != nil {
		return err
	}
	for _, c := range mine {
		if c.ID == p.Course {
			return nil
		}
	}
	return fault.New(fault.NotFound, "fault.bring.course")
}

// PlaceBringingIn says what a file is, and where it goes.
type PlaceBringingIn struct {
	flow.Op
	BringingIn
	Kind  string     `json:"kind" maxLength:"20"`
	Place BringPlace `json:"place"`
}

// PlaceBringing changes what a file is taken for and where it goes; nothing is written of it yet. Errors: Conflict when it is
// being taken or has been.
var PlaceBringing = flow.Verb[PlaceBringingIn, flow.DoneOut]{
	Name:  "place_bringing",
	Rule:  access.Allow(access.Self, access.Admin),
	About: func(l *flow.Look, in PlaceBringingIn) (access.Subject, error) { return in.about(l) },
	Do: func(a *flow.Act, in PlaceBringingIn) (flow.DoneOut, error) {
		if err := mayPlace(a.Look, in.Kind, in.Place); err != nil {
			return flow.DoneOut{}, err
		}
		place, err := json.Marshal(in.Place)
		if err != nil {
			return flow.DoneOut{}, err
		}
		n, err := a.Q().PlaceBringing(a.Ctx(), db.PlaceBringingParams{SchoolID: a.School(), ID: in.ID, Kind: in.Kind, Place: string(place)})
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "fault.bring.ended")
		}
		return flow.DoneOut{Done: true}, err
	},
}

// TakeBringingIn takes a bringing, or goes on with one that stopped.
type TakeBringingIn struct {
	flow.Op
	BringingIn
}

// TakeBringing says that a bringing is being taken from now on; whoever registers it does so (package bringing). Errors: Conflict
// when another of the school is being taken, or this one has been.
var TakeBringing = flow.Verb[TakeBringingIn, flow.DoneOut]{
	Name:  "take_bringing",
	Rule:  access.Allow(access.Self, access.Admin),
	About: func(l *flow.Look, in TakeBringingIn) (access.Subject, error) { return in.about(l) },
	Shard: func(TakeBringingIn, access.Actor) string { return "import" },
	Do: func(a *flow.Act, in TakeBringingIn) (flow.DoneOut, error) {
		done := flow.DoneOut{Done: true}
		b, err := bringing(a.Look, in.ID)
		if err != nil {
			return done, err
		}
		if err := mayPlace(a.Look, b.Kind, b.Place); err != nil {
			return done, err
		}
		rows, err := a.Q().TakingNow(a.Ctx(), a.School())
		if err != nil {
			return done, err
		}
		for _, r := range rows {
			if a.Now()-r.BeatMs <= stillMs {
				if r.ID == in.ID {
					return done, nil // it is on its way
				}
				return done, fault.New(fault.Conflict, "fault.bring.busy", "file", r.File)
			}
			if _, err := a.Q().EndBringing(a.Ctx(), db.EndBringingParams{SchoolID: a.School(), ID: r.ID, State: stateStopped}); err != nil {
				return done, err
			}
		}
		n, err := a.Q().StartTaking(a.Ctx(), db.StartTakingParams{SchoolID: a.School(), ID: in.ID, BeatMs: a.Now()})
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "fault.bring.ended")
		}
		return done, err
	},
}

// DropBringingIn puts a bringing away.
type DropBringingIn struct {
	flow.Op
	BringingIn
}

// DropBringing puts a bringing away. What of it was written stays, and can be taken back as an import.
var DropBringing = flow.Verb[DropBringingIn, BringFileOut]{
	Name:  "drop_bringing",
	Rule:  access.Allow(access.Self, access.Admin),
	About: func(l *flow.Look, in DropBringingIn) (access.Subject, error) { return in.about(l) },
	Shard: func(DropBringingIn, access.Actor) string { return "import" },
	Do: func(a *flow.Act, in DropBringingIn) (BringFileOut, error) {
		out := BringFileOut{ID: in.ID}
		r, err := a.Q().Bringing(a.Ctx(), db.BringingParams{SchoolID: a.School(), ID: in.ID})
		if err != nil {
			return out, err
		}
		hash, err := drop(a, r)
		if hash != "" {
			out.Dropped = []string{hash}
		}
		return out, err
	},
}

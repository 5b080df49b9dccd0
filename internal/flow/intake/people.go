package intake

import (
	"context"
	"errors"
	"slices"
	"strings"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/office"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// PeopleList is a list of people as a source has it.
type PeopleList struct {
	File    string
	People  []ListedPerson
	Skipped []Record // lines that are nobody, with the reason
}

// ListedPerson is one person of a list.
type ListedPerson struct {
	Line       int // of the file, from 1
	Name       roster.Name
	Role       roster.Role   // learner, teacher or guardian
	Login      string        // "" = none
	GuardianOf []roster.Name // learners of the list or the school
}

// ImportPeople makes a list's people people of the school and, when class is not empty, puts its learners and teachers into
// the class of that name. Who is there already stays: a learner of the same name in the class (in the school, without a
// class), a teacher or guardian with the same sign-in name or, without one, the same name. Nobody is taken out.
// All or nothing but for the lines that are skipped. who is noted as the one who did it. progress (may be nil) hears how many people are done.
// Errors: Invalid when the class is not there.
func ImportPeople(ctx context.Context, f *flow.Flow, who access.Actor, in PeopleList, class string, dry bool, progress func(done, all int)) (Report, error) {
	var report Report
	err := f.Transaction(ctx, who, "import", func(a *flow.Act) error {
		report = Report{Kind: "people", Source: in.File, DryRun: dry}
		w := &peopleWriter{Act: a, in: in, report: &report, progress: progress}
		if err := w.run(class); err != nil {
			return err
		}
		if dry {
			return errDryRun
		}
		return nil
	})
	if err != nil && !errors.Is(err, errDryRun) {
		return report, err
	}
	for _, r := range in.Skipped {
		report.Add(r)
	}
	return report, nil
}

type peopleWriter struct {
	*flow.Act
	in       PeopleList
	report   *Report
	progress func(done, all int)

	class   roster.ClassID
	people  []knownPerson      // of the school, with those that this import has added
	inClass map[string]bool    // person ids of the class
	parents map[[2]string]bool // guardian and learner
	listed  map[string]bool    // roles with folded names that stood above
}

// knownPerson is a person of the school with their folded name.
type knownPerson struct {
	id, fold, login string
	role            roster.Role
}

func (w *peopleWriter) run(class string) error {
	if err := w.load(class); err != nil {
		return err
	}
	order := slices.Clone(w.in.People) // guardians last: their children may stand below them
	slices.SortStableFunc(order, func(a, b ListedPerson) int {
		is := func(p ListedPerson) int {
			if p.Role == roster.Guardian {
				return 1
			}
			return 0
		}
		return is(a) - is(b)
	})
	changed := false
	for i, p := range order {
		outcome, why, err := w.one(p)
		if err != nil {
			return err
		}
		changed = changed || outcome == Taken || outcome == Changed
		w.report.Add(Record{File: w.in.File, ID: p.Name.Full(), Outcome: outcome, Reason: why})
		if w.progress != nil {
			w.progress(i+1, len(order))
		}
	}
	if changed && w.class != "" {
		w.Announce(flow.ClassTopic(string(w.class)), "people", struct{}{})
	}
	return nil
}

// load reads who is there.
func (w *peopleWriter) load(class string) error {
	w.inClass, w.parents, w.listed = map[string]bool{}, map[[2]string]bool{}, map[string]bool{}
	all, err := w.Q().People(w.Ctx(), w.School())
	if err != nil {
		return err
	}
	for _, p := range all {
		w.people = append(w.people, knownPerson{p.ID, roster.Name{Given: p.Given, Family: p.Family}.Fold(), p.Login.String, roster.Role(p.Role)})
	}
	pairs, err := w.Q().Guardianships(w.Ctx(), w.School())
	if err != nil {
		return err
	}
	for _, p := range pairs {
		w.parents[[2]string{p.GuardianID, p.LearnerID}] = true
	}
	if class == "" {
		return nil
	}
	classes, err := w.Q().Classes(w.Ctx(), w.School())
	if err != nil {
		return err
	}
	var found, names []string
	for _, c := range classes {
		if c.EndedOn != "" {
			continue
		}
		names = append(names, c.Name)
		if c.Name == class {
			found = append(found, c.ID)
		}
	}
	if len(found) != 1 {
		return fault.New(fault.Invalid, "fault.import.class", "name", class, "classes", strings.Join(names, ", "))
	}
	w.class = roster.ClassID(found[0])
	rows, err := w.Q().PeopleOfClass(w.Ctx(), db.PeopleOfClassParams{SchoolID: w.School(), ClassID: found[0]})
	for _, r := range rows {
		w.inClass[r.ID] = true
	}
	return err
}

// one takes one person: a new one, one who is there, or nobody, with the reason.
func (w *peopleWriter) one(p ListedPerson) (outcome string, why phrase.Phrase, err error) {
	fold := p.Name.Fold()
	if w.listed[string(p.Role)+fold] && p.Login == "" {
		return Skipped, phrase.Of("import.people.again", "line", p.Line), nil
	}
	w.listed[string(p.Role)+fold] = true
	if free, err := w.freeLogin(&p); err != nil || !free {
		return Skipped, phrase.Of("import.people.login", "line", p.Line, "login", p.Login), err
	}
	var children []string
	for _, name := range p.GuardianOf {
		id, ok := w.child(name)
		if !ok {
			return Skipped, phrase.Of("import.people.child", "line", p.Line, "child", name.Full()), nil
		}
		children = append(children, id)
	}
	id, there := w.met(p)
	outcome = Unchanged
	switch {
	case !there:
		outcome = Taken
		if slices.ContainsFunc(w.people, func(o knownPerson) bool { return o.role == p.Role && o.fold == fold }) {
			why = phrase.Of("import.people.namesake")
		}
		made, err := office.MakePerson(w.Act, p.Role, p.Name, p.Login, "")
		if err != nil {
			return "", why, err
		}
		id = string(made.ID)
		w.people = append(w.people, knownPerson{id, fold, p.Login, p.Role})
	case p.Login != "" && w.login(id) == "":
		outcome = Changed
		if err := door.ClaimLogin(w.Ctx(), w.Q(), w.School(), id, p.Login); err != nil {
			return "", why, err
		}
	}
	joined, err := w.join(id, p.Role, children)
	if joined && outcome == Unchanged {
		outcome = Changed
	}
	return outcome, why, err
}

// join puts a person into the class and beside their children; joined says whether anything was missing.
func (w *peopleWriter) join(id string, role roster.Role, children []string) (joined bool, err error) {
	if w.class != "" && role != roster.Guardian && !w.inClass[id] {
		joined, w.inClass[id] = true, true
		if err := office.EnrollToday(w.Act, w.class, roster.PersonID(id), role); err != nil {
			return false, err
		}
	}
	for _, child := range children {
		pair := [2]string{id, child}
		if w.parents[pair] {
			continue
		}
		joined, w.parents[pair] = true, true
		day, err := w.Today()
		if err != nil {
			return false, err
		}
		if err := w.Q().StartGuardianship(w.Ctx(), db.StartGuardianshipParams{SchoolID: w.School(), GuardianID: id, LearnerID: child, StartedOn: day}); err != nil {
			return false, err
		}
	}
	return joined, nil
}

// met finds the person who is there already.
func (w *peopleWriter) met(p ListedPerson) (id string, ok bool) {
	fold := p.Name.Fold()
	for _, o := range w.people {
		switch {
		case o.role != p.Role:
		case p.Login != "" && o.login == p.Login:
			return o.id, true
		case o.fold != fold || p.Login != "" && o.login != "":
		case p.Role != roster.Learner || w.class == "" || w.inClass[o.id]:
			return o.id, true
		}
	}
	return "", false
}

// freeLogin tidies a sign-in name; free says that it is one, and nobody's but perhaps this person's own.
func (w *peopleWriter) freeLogin(p *ListedPerson) (free bool, err error) {
	if p.Login == "" {
		return true, nil
	}
	login, err := door.TakeLogin(p.Login)
	if err != nil {
		return false, nil
	}
	p.Login = login
	row, taken, err := store.Optional(w.Q().PersonByLogin(w.Ctx(), store.Text(login)))
	return !taken || row.SchoolID == w.School() && row.Role == string(p.Role), err
}

// child finds the one learner of a name, those of the class first.
func (w *peopleWriter) child(name roster.Name) (id string, ok bool) {
	var near, all []string
	fold := name.Fold()
	for _, o := range w.people {
		if o.role == roster.Learner && o.fold == fold {
			all = append(all, o.id)
			if w.inClass[o.id] {
				near = append(near, o.id)
			}
		}
	}
	switch {
	case len(near) == 1:
		return near[0], true
	case len(near) == 0 && len(all) == 1:
		return all[0], true
	}
	return "", false
}

func (w *peopleWriter) login(id string) string {
	for _, o := range w.people {
		if o.id == id {
			return o.login
		}
	}
	return ""
}

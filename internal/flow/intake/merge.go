package intake

import (
	"encoding/json"
	"slices"
	"time"

	"kith/internal/content"
	"kith/internal/phrase"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"

	"github.com/google/uuid"
)

// An import takes nothing out: a file may be a part of what it came from, and what it does not name stays as it is.

// current decodes the current version of a thing into what it is; ok=false when the school has none.
func (im *importer) current(id string, into any) (ok bool, err error) {
	now, ok, err := store.Optional(im.tx.Content(im.ctx, db.ContentParams{SchoolID: im.school, ID: id}))
	if err != nil || !ok {
		return false, err
	}
	row, err := im.tx.ContentVersion(im.ctx, db.ContentVersionParams{SchoolID: im.school, ID: id, Version: now.CurrentVersion})
	if err != nil {
		return false, err
	}
	return true, json.Unmarshal([]byte(row.Body), into)
}

// merged is now where it names everything that was; else what was, in its order, with what now says and adds.
func merged[T any, K comparable](was, now []T, key func(T) K) []T {
	has := func(list []T, k K) int { return slices.IndexFunc(list, func(t T) bool { return key(t) == k }) }
	if !slices.ContainsFunc(was, func(t T) bool { return has(now, key(t)) < 0 }) {
		return now
	}
	out := slices.Clone(was)
	for _, t := range now {
		if at := has(out, key(t)); at >= 0 {
			out[at] = t
		} else {
			out = append(out, t)
		}
	}
	return out
}

// withOldSkills adds the skills, objectives and edges that the course has and the source does not name. Between skills that the
// source names, its edges are all that there are, but for what teachers put in and took out. Errors: Invalid naming a cycle that
// comes of both together.
func (im *importer) withOldSkills(c skill.Course) (skill.Course, error) {
	var was skill.Course
	if ok, err := im.current(string(c.ID), &was); err != nil || !ok {
		return c, err
	}
	c.TakenOut = was.TakenOut
	c.Edges = im.withOldEdges(was, c)
	c.Skills = merged(was.Skills, c.Skills, func(s skill.Skill) skill.ID { return s.ID })
	c.Objectives = merged(was.Objectives, c.Objectives, func(o skill.Objective) skill.ObjectiveID { return o.ID })
	_, err := skill.NewGraph(c)
	return c, err
}

func pairOf(e skill.Edge) [2]skill.ID { return [2]skill.ID{e.From, e.To} }

// withOldEdges are the source's edges with those of the course that stay. What a teacher took out stays out, and what would lead
// in a ring with what a teacher put in is left out; both are reported.
func (im *importer) withOldEdges(was, c skill.Course) []skill.Edge {
	out, named := map[[2]skill.ID]int64{}, map[skill.ID]bool{}
	for _, t := range was.TakenOut {
		out[[2]skill.ID{t.From, t.To}] = t.AtMs
	}
	for _, s := range c.Skills {
		named[s.ID] = true
	}
	var now, stay []skill.Edge
	there := map[[2]skill.ID]bool{}
	for _, e := range c.Edges {
		if ms, ok := out[pairOf(e)]; ok {
			im.leftOut(c, e, phrase.Of("import.prerequisite.taken_out", "on", time.UnixMilli(ms).UTC().Format(time.DateOnly)))
			continue
		}
		there[pairOf(e)], now = true, append(now, e)
	}
	teachers := false
	for _, e := range was.Edges {
		theirs := e.Source == skill.SourceTeacher
		if there[pairOf(e)] || theirs || !(named[e.From] && named[e.To]) {
			stay = append(stay, e)
			teachers = teachers || theirs
		}
	}
	all := merged(stay, now, pairOf)
	if !teachers || skill.Cycle(all) == nil {
		return all
	}
	all = slices.DeleteFunc(stay, func(e skill.Edge) bool { return there[pairOf(e)] })
	for _, e := range now {
		if skill.Cycle(append(all, e)) != nil {
			im.leftOut(c, e, phrase.Of("import.prerequisite.ring"))
			continue
		}
		all = append(all, e)
	}
	return all
}

// leftOut reports an edge of the source that is not taken.
func (im *importer) leftOut(c skill.Course, e skill.Edge, why phrase.Phrase) {
	title := map[skill.ID]string{}
	for _, s := range c.Skills {
		title[s.ID] = s.Title
	}
	im.report.Add(Record{File: "skill", ID: title[e.From] + " → " + title[e.To], Outcome: Skipped, Reason: why})
}

// withOldParts adds the parts that the unit has and the source does not name. What was left out of the unit stays out, as the
// source has it.
func (im *importer) withOldParts(u content.Unit) (content.Unit, error) {
	var was content.Unit
	if ok, err := im.current(string(u.ID), &was); err != nil || !ok {
		return u, err
	}
	of := func(p content.Part) skill.ObjectiveID { return p.Objective }
	all := merged(append(was.Parts[:len(was.Parts):len(was.Parts)], was.Aside...), append(u.Parts[:len(u.Parts):len(u.Parts)], u.Aside...), of)
	u.Parts, u.Aside = []content.Part{}, nil
	for _, p := range all {
		if slices.ContainsFunc(was.Aside, func(x content.Part) bool { return of(x) == of(p) }) {
			u.Aside = append(u.Aside, p)
		} else {
			u.Parts = append(u.Parts, p)
		}
	}
	return u, nil
}

// own reports whether a code is the school's own id of this course or of a thing in it, made here and handed out by an export.
func (im *importer) own(kind, code string) (bool, error) {
	if uuid.Validate(code) != nil {
		return false, nil
	}
	ok, err := im.here(kind, code)
	if err == nil && ok {
		im.known[kind+":"+code] = db.Origin{SchoolID: im.school, Source: im.b.Source, SourceID: kind + ":" + code, Kind: kind, ID: code}
	}
	return ok, err
}

// here looks an id up: a course among the school's, anything else in the course that is brought.
func (im *importer) here(kind, id string) (bool, error) {
	course := im.known["course:"+string(im.b.Course.ID)].ID
	switch kind {
	case "skill", "objective":
		if im.mine == nil {
			var was skill.Course
			if _, err := im.current(course, &was); err != nil {
				return false, err
			}
			im.mine = map[string]bool{}
			for _, s := range was.Skills {
				im.mine["skill:"+string(s.ID)] = true
			}
			for _, o := range was.Objectives {
				im.mine["objective:"+string(o.ID)] = true
			}
		}
		return im.mine[kind+":"+id], nil
	case "course", "item", "lesson", "unit":
		now, ok, err := store.Optional(im.tx.Content(im.ctx, db.ContentParams{SchoolID: im.school, ID: id}))
		return ok && now.Kind == kind && (kind == "course" || now.CourseID == course), err
	}
	return false, nil
}

// sameAsNow reports whether a thing says what its current version says already, whoever made that version.
func (im *importer) sameAsNow(now db.Content, body func(version int) (any, error)) (bool, error) {
	row, err := im.tx.ContentVersion(im.ctx, db.ContentVersionParams{SchoolID: im.school, ID: now.ID, Version: now.CurrentVersion})
	if err != nil {
		return false, err
	}
	full, err := body(int(now.CurrentVersion))
	if err != nil {
		return false, err
	}
	text, err := json.Marshal(full)
	return string(text) == row.Body, err
}

package course

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"kith/internal/content"
	"kith/internal/item"
	"kith/internal/skill"
)

//go:embed ratios
var embedded embed.FS

// Loaded is a course as facts, version 1 of each, checked. As it is read, every id is the thing's code: ForSchool gives
// it ids.
type Loaded struct {
	Course  skill.Course
	Unit    content.Unit
	Lessons []content.Lesson // in the order of the unit's parts
	Items   []item.Item      // by skill in teaching order, then as the author ordered them

	// Missing names videos that a lesson wants and that have not been rendered (make videos). Such a lesson comes as
	// its reading, without the checks that stand at an instant of the video.
	Missing []string
}

// The kinds of thing that ForSchool asks an id for.
const (
	KindCourse    = "course"
	KindSkill     = "skill"
	KindObjective = "objective"
	KindUnit      = "unit"
	KindLesson    = "lesson"
	KindItem      = "item"
)

// Load gives the unit that is built in. It is read once; what comes back is shared and must not be changed.
// Errors: Invalid, joined, each naming the file and the place; Unavailable when the build holds no mathematics.
func Load() (Loaded, error) { return load() }

var load = sync.OnceValues(func() (Loaded, error) {
	dir, err := fs.Sub(embedded, "ratios")
	if err != nil {
		return Loaded{}, err
	}
	return Read(dir, "course/ratios")
})

// Hash is of everything that the built-in unit is made from: equal hashes give equal facts.
func Hash() (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(embedded, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(embedded, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(body))
		_, err = sum.Write(body)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)), err
}

// Assets are the files that the course's lessons name, beneath "course/": a lesson's "course/ratios/videos/x.mp4" is
// "ratios/videos/x.mp4" here.
func Assets() fs.FS { return onlyVideos{embedded} }

// onlyVideos keeps the sources, which hold the keys, out of reach of whoever serves the assets.
type onlyVideos struct{ fs.FS }

func (o onlyVideos) Open(name string) (fs.File, error) {
	if !isAsset(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return o.FS.Open(name)
}

// ForSchool gives everything the ids of one school: id is asked once for each thing, by kind and code, and must answer
// the same for the same two. Nothing of l is changed.
func (l Loaded) ForSchool(id func(kind, code string) string) Loaded {
	known := map[[2]string]string{}
	get := func(kind, code string) string {
		if code == "" {
			return ""
		}
		k := [2]string{kind, code}
		if _, ok := known[k]; !ok {
			known[k] = id(kind, code)
		}
		return known[k]
	}
	skills := func(codes []skill.ID) []skill.ID {
		out := make([]skill.ID, len(codes))
		for i, c := range codes {
			out[i] = skill.ID(get(KindSkill, string(c)))
		}
		return out
	}
	out := l
	out.Course.ID = skill.CourseID(get(KindCourse, string(l.Course.ID)))
	out.Course.Skills = slices.Clone(l.Course.Skills)
	for i, s := range out.Course.Skills {
		out.Course.Skills[i].ID = skill.ID(get(KindSkill, string(s.ID)))
	}
	out.Course.Edges = slices.Clone(l.Course.Edges)
	for i, e := range out.Course.Edges {
		ends := skills([]skill.ID{e.From, e.To})
		out.Course.Edges[i].From, out.Course.Edges[i].To = ends[0], ends[1]
	}
	out.Course.Objectives = slices.Clone(l.Course.Objectives)
	for i, o := range out.Course.Objectives {
		out.Course.Objectives[i].ID = skill.ObjectiveID(get(KindObjective, string(o.ID)))
		out.Course.Objectives[i].Skills = skills(o.Skills)
	}
	out.Unit.ID = content.UnitID(get(KindUnit, string(l.Unit.ID)))
	out.Unit.Course = out.Course.ID
	out.Unit.Parts = slices.Clone(l.Unit.Parts)
	for i, p := range out.Unit.Parts {
		out.Unit.Parts[i].Objective = skill.ObjectiveID(get(KindObjective, string(p.Objective)))
		out.Unit.Parts[i].Lesson = content.LessonID(get(KindLesson, string(p.Lesson)))
	}
	out.Lessons = slices.Clone(l.Lessons)
	for i, ls := range out.Lessons {
		out.Lessons[i].ID = content.LessonID(get(KindLesson, string(ls.ID)))
		out.Lessons[i].Objective = skill.ObjectiveID(get(KindObjective, string(ls.Objective)))
		out.Lessons[i].Skills = skills(ls.Skills)
		out.Lessons[i].Checks = slices.Clone(ls.Checks)
		for j, c := range ls.Checks {
			out.Lessons[i].Checks[j].Item = item.ID(get(KindItem, string(c.Item)))
		}
	}
	out.Items = slices.Clone(l.Items)
	for i, it := range out.Items {
		out.Items[i].ID = item.ID(get(KindItem, string(it.ID)))
		out.Items[i].Skills = skills(it.Skills)
	}
	return out
}

// check proves the whole: the graph, every item, every name that one file says of another.
func (l Loaded) check() error {
	var all []error
	if _, err := skill.NewGraph(l.Course); err != nil {
		all = append(all, err)
	}
	for _, it := range l.Items {
		if err := item.Check(it); err != nil {
			all = append(all, err)
		}
	}
	return errors.Join(all...)
}

package library

import (
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// AddFileIn is a file that already lies on disk, durable, under its hash. Only the upload makes one: there is no other way
// to send it.
type AddFileIn struct {
	flow.Op
	SHA256 string `json:"sha256"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
	Name   string `json:"name"`
}

// FileOut is a kept file.
type FileOut struct {
	File string `json:"file"`
	Type string `json:"type"`
	Size int64  `json:"size"`
	Name string `json:"name"`
}

// AddFile gives a stored file its row, so that it may be named and opened. It is its uploader's alone until a lesson shows it.
var AddFile = flow.Verb[AddFileIn, FileOut]{
	Name: "upload",
	Rule: access.Allow(access.Staff),
	Do: func(a *flow.Act, in AddFileIn) (FileOut, error) {
		out := FileOut{File: a.NewID(), Type: in.Type, Size: in.Size, Name: in.Name}
		return out, a.Q().AddFile(a.Ctx(), db.AddFileParams{SchoolID: a.School(), ID: out.File, Sha256: in.SHA256, Type: in.Type, Size: in.Size, Name: in.Name,
			OwnerID: flow.ActorKey(a.Who()), CreatedMs: a.Now()})
	},
}

// FileIn names a file.
type FileIn struct {
	ID string `path:"id"`
}

// FileView is where a file's bytes are.
type FileView struct {
	School string
	SHA256 string
	Type   string
	Name   string
	Size   int64
	MadeMs int64
}

// File opens a file: for who uploaded it, for the learners and teachers of a class that meets a lesson that shows it,
// and, when it came with a course, for those of a class that has been given a unit of the course and for every teacher, who
// may look at it before giving it. Errors: NotFound for everybody else.
var File = flow.View[FileIn, FileView]{
	Name: "file",
	Rule: access.Allow(access.Self, access.TeacherOf, access.MemberOf),
	About: func(l *flow.Look, in FileIn) (access.Subject, error) {
		row, err := l.Q().File(l.Ctx(), db.FileParams{SchoolID: l.School(), ID: in.ID})
		if err != nil || row.OwnerID == string(l.Who().Person) {
			return access.OfPerson(roster.PersonID(row.OwnerID)), err
		}
		if came, err := cameWithCourse(l, row.OwnerID); err != nil || came && l.Who().Role == roster.Teacher {
			return access.OfPerson(l.Who().Person), err
		}
		class, err := classOfCourse(l, row.OwnerID)
		if err == nil && class == "" {
			class, err = classShown(l, in.ID)
		}
		if err == nil && class == "" {
			err = fault.New(fault.NotFound, "fault.not_found")
		}
		return access.OfClass(class), err
	},
	Load: func(l *flow.Look, in FileIn) (FileView, error) {
		row, err := l.Q().File(l.Ctx(), db.FileParams{SchoolID: l.School(), ID: in.ID})
		return FileView{School: l.School(), SHA256: row.Sha256, Type: row.Type, Name: row.Name, Size: row.Size, MadeMs: row.CreatedMs}, err
	},
}

// cameWithCourse reports whether a file's owner is a course.
func cameWithCourse(l *flow.Look, owner string) (bool, error) {
	row, ok, err := store.Optional(l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: owner}))
	return ok && row.Kind == "course", err
}

// classOfCourse is a class of the actor's that has a unit of the course, "" when there is none.
func classOfCourse(l *flow.Look, id string) (roster.ClassID, error) {
	classes, err := l.Q().ClassWithCourse(l.Ctx(), db.ClassWithCourseParams{SchoolID: l.School(), CourseID: id, PersonID: string(l.Who().Person)})
	if err != nil || len(classes) == 0 {
		return "", err
	}
	return roster.ClassID(classes[0]), nil
}

// classShown is a class of the actor's that meets a lesson with this file, "" when there is none.
func classShown(l *flow.Look, file string) (roster.ClassID, error) {
	classes, err := l.Q().ClassesOfPerson(l.Ctx(), db.ClassesOfPersonParams{SchoolID: l.School(), PersonID: string(l.Who().Person)})
	if err != nil {
		return "", err
	}
	for _, c := range classes {
		shown, err := ShownIn(l, roster.ClassID(c.ID))
		if err != nil {
			return "", err
		}
		for _, id := range shown {
			v, err := Lesson(l, id)
			if err != nil {
				return "", err
			}
			if slices.Contains(lessonFiles(v), file) {
				return roster.ClassID(c.ID), nil
			}
		}
	}
	return "", nil
}

// lessonFiles are the names of what a lesson shows: its film's, and its text's pictures.
func lessonFiles(v *content.Lesson) []string {
	out := v.Body.Images()
	if v.Video != nil {
		out = append(out, v.Video.File, v.Video.Captions, v.Video.Poster)
	}
	return out
}

package evening

import (
	"slices"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// AddAnswerFileIn is a photo or a document that already lies on disk under its hash. A photo was made anew from what was sent, so that
// it says nothing of where and with what it was taken; a document is as it was sent. Only the upload of answers makes one.
type AddAnswerFileIn struct {
	flow.Op
	SHA256 string `json:"sha256"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
}

// photoTypes and documentTypes are what an answer may be.
var (
	photoTypes    = []string{"image/jpeg", "image/png"}
	documentTypes = []string{"application/pdf"}
)

// AddAnswerFile gives a learner's photo or document its row. It is theirs alone until an answer is sent with it. Its name on the device is
// not kept: it may be a person's. Errors: Invalid (neither).
var AddAnswerFile = flow.Verb[AddAnswerFileIn, library.FileOut]{
	Name: "upload_answer",
	Rule: access.Allow(access.Learner),
	Do: func(a *flow.Act, in AddAnswerFileIn) (library.FileOut, error) {
		if !slices.Contains(photoTypes, in.Type) && !slices.Contains(documentTypes, in.Type) {
			return library.FileOut{}, fault.New(fault.Invalid, "fault.file.photo")
		}
		out := library.FileOut{File: a.NewID(), Type: in.Type, Size: in.Size}
		return out, a.Q().AddFile(a.Ctx(), db.AddFileParams{SchoolID: a.School(), ID: out.File, Sha256: in.SHA256, Type: in.Type, Size: in.Size,
			OwnerID: string(a.Who().Person), CreatedMs: a.Now()})
	},
}

// AnswerFile opens a photo or a document of an answer: for the learner who made it, and once it was sent for their teachers and guardians. That
// somebody else looked is noted like every look at a person's record. Errors: NotFound for everybody else.
var AnswerFile = flow.View[library.FileIn, library.FileView]{
	Name: "answer_file",
	Rule: access.Allow(access.Self, access.TeacherOf, access.GuardianOf),
	About: func(l *flow.Look, in library.FileIn) (access.Subject, error) {
		row, err := l.Q().File(l.Ctx(), db.FileParams{SchoolID: l.School(), ID: in.ID})
		if err != nil || row.OwnerID == string(l.Who().Person) {
			return access.OfPerson(roster.PersonID(row.OwnerID)), err
		}
		_, err = l.Q().AttemptOfFile(l.Ctx(), db.AttemptOfFileParams{SchoolID: l.School(), FileID: in.ID})
		return access.OfPerson(roster.PersonID(row.OwnerID)), err
	},
	Load: func(l *flow.Look, in library.FileIn) (library.FileView, error) {
		row, err := l.Q().File(l.Ctx(), db.FileParams{SchoolID: l.School(), ID: in.ID})
		return library.FileView{School: l.School(), SHA256: row.Sha256, Type: row.Type, Name: row.Name, Size: row.Size, MadeMs: row.CreatedMs}, err
	},
}

// ownFiles refuses files of an answer that are not the learner's own, of the types, or that were sent with another answer.
// Errors: Invalid.
func ownFiles(a *flow.Act, learner roster.PersonID, files, types []string) error {
	for _, id := range files {
		row, ok, err := store.Optional(a.Q().File(a.Ctx(), db.FileParams{SchoolID: a.School(), ID: id}))
		if err != nil {
			return err
		}
		_, sent, err := store.Optional(a.Q().AttemptOfFile(a.Ctx(), db.AttemptOfFileParams{SchoolID: a.School(), FileID: id}))
		if err != nil {
			return err
		}
		if !ok || sent || row.OwnerID != string(learner) || !slices.Contains(types, row.Type) {
			return fault.New(fault.Invalid, "fault.file.not_yours")
		}
	}
	return nil
}

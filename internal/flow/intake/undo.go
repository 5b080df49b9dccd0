package intake

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// undoneHash stands in the origin of what was withdrawn with its import: brought again, it is published again. What a teacher
// withdrew bears its own hash and stays withdrawn.
const undoneHash = "undone"

// Import is one import that was noted.
type Import struct {
	ID     string
	Kind   string
	Source string
	File   string
	By     string // the person's id, "" = the command
	AtMs   int64
	Counts Counts // taken and changed
	Undone int64  // Unix milliseconds, 0 = it stands
	Begun  int64  // when somebody began to take it back, 0 = nobody has
}

// Imports are a school's imports, the latest first, two hundred at most. It authorizes nobody, like Schools.
func Imports(ctx context.Context, f *flow.Flow, school roster.SchoolID) ([]Import, error) {
	var out []Import
	err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		rows, err := q.Imports(ctx, string(school))
		for _, r := range rows {
			out = append(out, importOf(r))
		}
		return err
	})
	return out, err
}

func importOf(r db.Intake) Import {
	return Import{ID: r.ID, Kind: r.Kind, Source: r.Source, File: r.File, By: r.ByID, AtMs: r.AtMs, Counts: Counts{Taken: int(r.Taken), Changed: int(r.Changed)}, Undone: r.UndoneMs, Begun: r.UndoingMs}
}

// made notes what the import made or changed.
func (im *importer) made(kind, id string, was, version int64) {
	im.parts = append(im.parts, db.AddImportPartParams{SchoolID: im.school, Nth: int64(len(im.parts)), Kind: kind, ID: id, WasVersion: was, MadeVersion: version})
}

// again publishes what an undone import had withdrawn.
func (im *importer) again(id string) error {
	_, err := im.tx.SetContentStatus(im.ctx, db.SetContentStatusParams{SchoolID: im.school, ID: id, Status: string(content.Published)})
	return err
}

// noted keeps the note of the import. One that made nothing leaves none.
func (im *importer) noted(id string) error {
	if im.b.As == nil || len(im.parts) == 0 || im.dry {
		return nil
	}
	if err := im.tx.AddImport(im.ctx, db.AddImportParams{SchoolID: im.school, ID: id, Kind: im.b.As.Kind, Source: im.b.Source, File: im.b.As.File, ByID: im.b.As.By, AtMs: im.tx.Now,
		Taken: int64(im.report.Counts.Taken), Changed: int64(im.report.Counts.Changed)}); err != nil {
		return err
	}
	for _, p := range im.parts {
		p.IntakeID = id
		if err := im.tx.AddImportPart(im.ctx, p); err != nil {
			return err
		}
	}
	im.report.ID = id
	return nil
}

// undoChunk is how many parts one transaction takes back: a class that answers meanwhile waits for no more.
const undoChunk = 100

// What became of a part of an import that is taken back.
const (
	partOut  = 1
	partKept = 2 // it was left where it is, or withdrawn, and needs its skills and pictures
)

// Undo takes an import back: what it made is deleted, or withdrawn where a learner has answered, watched or asked, what it changed
// says again what it said before, as a new version. What was changed again since is left as it is, and so are the course and its
// units where a class was given one of them. id "last" or "" is the latest import that stands. An import that was taken back already
// is left alone. Bytes of pictures stay in the store of files, where nothing names them any more.
//
// It goes piece by piece, units first, so that nobody is offered half of one; each thing is in or out at every instant. Interrupted
// and asked again it goes on where it stood, and reports what is left. A dry run does all of it in one transaction and takes that
// back. Errors: NotFound when there is no such import; Unavailable when it was interrupted.
func Undo(ctx context.Context, f *flow.Flow, school roster.SchoolID, id string, dry bool, progress func(done, all int)) (Report, error) {
	report := Report{Undo: true, DryRun: dry}
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return report, fault.Wrap(fault.Unavailable, err, "fault.bring.undo_stopped")
		}
		var u undoing
		var piece Report
		err := f.Store().Write(ctx, "import", func(ctx context.Context, tx *store.Tx) (err error) {
			piece = Report{Undo: true}
			u = undoing{ctx: ctx, tx: tx, school: string(school), report: &piece, most: undoChunk}
			if dry {
				u.most = 1 << 30
			}
			if more, err = u.piece(id); err == nil && dry {
				err = errDryRun
			}
			return err
		})
		if errors.Is(err, errDryRun) {
			more, err = false, nil
		}
		if err != nil {
			return report, err
		}
		report.Kind, report.Source, report.ID = piece.Kind, piece.Source, piece.ID
		for _, r := range piece.Records {
			report.Add(r)
		}
		if progress != nil && u.all > 0 {
			progress(u.done, u.all)
		}
		id = piece.ID
	}
	return report, nil
}

// UndoIn names an import.
type UndoIn struct {
	flow.Op
	ID string `json:"id" minLength:"36" maxLength:"36"`
}

// about is who made the import: they and administrators take it back, and what the command made administrators alone.
func (in UndoIn) about(l *flow.Look) (access.Subject, error) {
	row, err := l.Q().OneImport(l.Ctx(), db.OneImportParams{SchoolID: l.School(), ID: in.ID})
	if err != nil || row.ByID == "" {
		return access.OfSchool(), err
	}
	return access.OfPerson(roster.PersonID(row.ByID)), nil
}

// PreviewUndo lets somebody ask what taking an import back would do; whoever registers it answers with a dry Undo.
var PreviewUndo = flow.View[ImportIn, ImportIn]{
	Name:  "preview_undo",
	Rule:  access.Allow(access.Self, access.Admin),
	About: func(l *flow.Look, in ImportIn) (access.Subject, error) { return UndoIn{ID: in.ID}.about(l) },
	Load:  func(_ *flow.Look, in ImportIn) (ImportIn, error) { return in, nil },
}

// ImportIn names an import.
type ImportIn struct {
	ID string `json:"id" minLength:"36" maxLength:"36"`
}

// UndoImport says that an import is being taken back from now on, for whoever made it and for administrators; whoever registers it
// does so (Undo). Asked again, it goes on. Errors: Conflict while it is still being taken.
var UndoImport = flow.Verb[UndoIn, flow.DoneOut]{
	Name:  "undo_import",
	Rule:  access.Allow(access.Self, access.Admin),
	About: func(l *flow.Look, in UndoIn) (access.Subject, error) { return in.about(l) },
	Shard: func(UndoIn, access.Actor) string { return "import" },
	Do: func(a *flow.Act, in UndoIn) (flow.DoneOut, error) {
		out := flow.DoneOut{Done: true}
		row, ok, err := store.Optional(a.Q().Bringing(a.Ctx(), db.BringingParams{SchoolID: a.School(), ID: in.ID}))
		if err != nil {
			return out, err
		}
		if ok && row.State == stateTaking && a.Now()-row.BeatMs <= stillMs {
			return out, fault.New(fault.Conflict, "fault.bring.busy", "file", row.File)
		}
		if ok && row.State != Taken { // what is not in yet does not come after all
			if _, err := drop(a, row); err != nil {
				return out, err
			}
		}
		u := undoing{ctx: a.Ctx(), tx: &store.Tx{Queries: a.Q(), Now: a.Now()}, school: a.School(), report: &Report{}}
		_, err = u.begin(in.ID)
		return out, err
	},
}

type undoing struct {
	ctx    context.Context
	tx     *store.Tx
	school string
	row    db.Intake
	report *Report
	most   int  // parts of a piece
	kept   bool // something with evidence stays, and needs its skills and pictures
	given  bool // a class was given a unit of the course
	done   int  // parts, of all
	all    int
}

// begin finds the import and notes that it is being taken back; stands=false when it was taken back already.
func (u *undoing) begin(id string) (stands bool, err error) {
	var ok bool
	if id == "" || id == "last" {
		u.row, ok, err = store.Optional(u.tx.LatestImport(u.ctx, u.school))
	} else {
		u.row, ok, err = store.Optional(u.tx.OneImport(u.ctx, db.OneImportParams{SchoolID: u.school, ID: id}))
	}
	if err != nil {
		return false, err
	}
	if !ok {
		return false, fault.New(fault.NotFound, "fault.import.no_import", "id", cmp.Or(id, "last"))
	}
	u.report.Kind, u.report.Source, u.report.ID = u.row.Kind, u.row.Source, u.row.ID
	if u.row.UndoneMs > 0 {
		return false, nil
	}
	parts, err := u.tx.PartsOfImport(u.ctx, db.PartsOfImportParams{SchoolID: u.school, IntakeID: u.row.ID})
	if err != nil {
		return false, err
	}
	if err := u.isGiven(parts); err != nil {
		return false, err
	}
	if u.given = u.given || u.row.UndoGiven > 0; u.row.UndoingMs > 0 {
		_, err = u.tx.BeatUndo(u.ctx, db.BeatUndoParams{SchoolID: u.school, ID: u.row.ID, UndoBeatMs: u.tx.Now})
		return true, err
	}
	given := int64(0)
	if u.given {
		given = 1
	}
	_, err = u.tx.StartUndo(u.ctx, db.StartUndoParams{SchoolID: u.school, ID: u.row.ID, UndoingMs: u.tx.Now, UndoGiven: given})
	return true, err
}

// piece takes the next parts back; more=false when nothing is left.
func (u *undoing) piece(id string) (more bool, err error) {
	if stands, err := u.begin(id); err != nil || !stands {
		return false, err
	}
	n, err := u.tx.PartsUndone(u.ctx, db.PartsUndoneParams{SchoolID: u.school, IntakeID: u.row.ID})
	if err != nil {
		return false, err
	}
	u.done, u.all, u.kept = int(n.Done), int(n.Total), n.Kept > 0
	parts, err := u.tx.PartsToUndo(u.ctx, db.PartsToUndoParams{SchoolID: u.school, IntakeID: u.row.ID, Limit: int32(u.most)})
	if err != nil {
		return false, err
	}
	for _, p := range parts {
		was := u.kept
		u.kept = false
		if err := u.part(p, was); err != nil {
			return false, err
		}
		state := int64(partOut)
		if u.kept {
			state = partKept
		}
		u.kept = u.kept || was
		if err := u.tx.PartUndone(u.ctx, db.PartUndoneParams{SchoolID: u.school, IntakeID: u.row.ID, Nth: p.Nth, Undone: state}); err != nil {
			return false, err
		}
		u.done++
	}
	if u.done < u.all {
		return true, nil
	}
	_, err = u.tx.EndImport(u.ctx, db.EndImportParams{SchoolID: u.school, ID: u.row.ID, UndoneMs: u.tx.Now})
	return false, err
}

// isGiven learns whether a class was given a unit of the course that the import is about.
func (u *undoing) isGiven(parts []db.IntakePart) error {
	for _, p := range parts {
		if p.Kind == "skill" || p.Kind == "file" {
			continue
		}
		now, ok, err := store.Optional(u.tx.Content(u.ctx, db.ContentParams{SchoolID: u.school, ID: p.ID}))
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		n, err := u.tx.ClassesOfCourse(u.ctx, db.ClassesOfCourseParams{SchoolID: u.school, CourseID: now.CourseID})
		u.given = n > 0
		return err
	}
	return nil
}

func (u *undoing) note(p db.IntakePart, name, outcome string, why phrase.Phrase) {
	u.report.Add(Record{File: p.Kind, ID: name, Outcome: outcome, Reason: why})
}

// part takes one thing back. kept says that something of the import stays; the part sets u.kept when it is one of that.
func (u *undoing) part(p db.IntakePart, kept bool) error {
	switch p.Kind {
	case "skill":
		return u.skill(p, kept)
	case "file":
		if kept {
			return nil
		}
		u.note(p, p.ID, Changed, phrase.Of("import.undo.deleted"))
		return errors.Join(u.tx.DeleteFile(u.ctx, db.DeleteFileParams{SchoolID: u.school, ID: p.ID}), u.forget(p.ID))
	}
	now, ok, err := store.Optional(u.tx.Content(u.ctx, db.ContentParams{SchoolID: u.school, ID: p.ID}))
	if err != nil || !ok {
		return err
	}
	name := cmp.Or(now.Title, now.Code)
	switch {
	case now.CurrentVersion != p.MadeVersion:
		u.kept = true
		u.note(p, name, Skipped, phrase.Of("import.undo.since"))
		return nil
	case p.Kind == "unit" && u.given, p.Kind == "course" && (u.given || kept && p.WasVersion > 0):
		u.note(p, name, Skipped, phrase.Of("import.undo.given"))
		return nil
	case p.WasVersion > 0:
		u.note(p, name, Changed, phrase.Of("import.undo.restored"))
		return u.restore(p, now)
	}
	n, err := u.used(p)
	if err != nil {
		return err
	}
	if n > 0 || u.given { // where a class works with the course, somebody may be looking at it now
		u.kept = true
		u.note(p, name, Changed, phrase.Of("import.undo.withdrawn", "n", n))
		return u.withdraw(p)
	}
	u.note(p, name, Changed, phrase.Of("import.undo.deleted"))
	return u.remove(p)
}

// used is how many facts and invitations name a thing; for a course, how much of it stays.
func (u *undoing) used(p db.IntakePart) (n int64, err error) {
	switch p.Kind {
	case "item":
		return u.tx.AnswersToItem(u.ctx, db.AnswersToItemParams{SchoolID: u.school, ItemID: p.ID})
	case "lesson":
		seen, errA := u.tx.LessonsSeen(u.ctx, db.LessonsSeenParams{SchoolID: u.school, LessonID: p.ID})
		asked, errB := u.tx.QuestionsToLesson(u.ctx, db.QuestionsToLessonParams{SchoolID: u.school, LessonID: p.ID})
		invited, errC := u.tx.InvitationsToLesson(u.ctx, db.InvitationsToLessonParams{SchoolID: u.school, LessonID: p.ID})
		return seen + asked + invited, errors.Join(errA, errB, errC)
	case "course":
		return u.tx.ContentBesideCourse(u.ctx, db.ContentBesideCourseParams{SchoolID: u.school, CourseID: p.ID})
	}
	return 0, nil
}

func (u *undoing) withdraw(p db.IntakePart) error {
	_, err := u.tx.SetContentStatus(u.ctx, db.SetContentStatusParams{SchoolID: u.school, ID: p.ID, Status: string(content.Withdrawn)})
	return errors.Join(err, u.tx.MarkOrigin(u.ctx, db.MarkOriginParams{SchoolID: u.school, Source: u.row.Source, ID: p.ID, Hash: undoneHash}))
}

func (u *undoing) forget(id string) error {
	return u.tx.ForgetOrigin(u.ctx, db.ForgetOriginParams{SchoolID: u.school, Source: u.row.Source, ID: id})
}

func (u *undoing) remove(p db.IntakePart) error {
	return errors.Join(
		u.tx.UnlinkSkills(u.ctx, db.UnlinkSkillsParams{SchoolID: u.school, ContentID: p.ID}),
		u.tx.DeleteContentVersions(u.ctx, db.DeleteContentVersionsParams{SchoolID: u.school, ID: p.ID}),
		u.tx.DeleteContent(u.ctx, db.DeleteContentParams{SchoolID: u.school, ID: p.ID}),
		u.forget(p.ID))
}

// skill deletes a skill that nothing asks any more.
func (u *undoing) skill(p db.IntakePart, kept bool) error {
	row, ok, err := store.Optional(u.tx.Skill(u.ctx, db.SkillParams{SchoolID: u.school, ID: p.ID}))
	if err != nil || !ok {
		return err
	}
	n, err := u.tx.UsesOfSkill(u.ctx, db.UsesOfSkillParams{SchoolID: u.school, SkillID: p.ID})
	if err != nil {
		return err
	}
	if n > 0 || kept || u.given {
		u.kept = true
		u.note(p, row.Title, Skipped, phrase.Of("import.undo.skill"))
		return nil
	}
	u.note(p, row.Title, Changed, phrase.Of("import.undo.deleted"))
	return errors.Join(u.tx.DeleteSkill(u.ctx, db.DeleteSkillParams{SchoolID: u.school, ID: p.ID}), u.forget(p.ID))
}

// restore makes a new version that says what the one before the import said.
func (u *undoing) restore(p db.IntakePart, now db.Content) error {
	row, err := u.tx.ContentVersion(u.ctx, db.ContentVersionParams{SchoolID: u.school, ID: p.ID, Version: p.WasVersion})
	if err != nil {
		return err
	}
	version := now.CurrentVersion + 1
	body, title, skills, err := reversioned(p.Kind, []byte(row.Body), int(version))
	if err != nil {
		return err
	}
	if err := u.tx.AddContentVersion(u.ctx, db.AddContentVersionParams{SchoolID: u.school, ID: p.ID, Version: version, Body: string(body), BodyHash: row.BodyHash, MadeMs: u.tx.Now}); err != nil {
		return err
	}
	if _, err := u.tx.RaiseContent(u.ctx, db.RaiseContentParams{SchoolID: u.school, ID: p.ID, CurrentVersion: version, Title: title}); err != nil {
		return err
	}
	if p.Kind == "item" || p.Kind == "lesson" {
		im := importer{ctx: u.ctx, tx: u.tx, school: u.school}
		if err := im.link(p.Kind, p.ID, skills); err != nil {
			return err
		}
	}
	return u.tx.MarkOrigin(u.ctx, db.MarkOriginParams{SchoolID: u.school, Source: u.row.Source, ID: p.ID, Hash: row.BodyHash})
}

// reversioned is a thing's body as another version, with its title and skills.
func reversioned(kind string, body []byte, version int) (out []byte, title string, skills []skill.ID, err error) {
	again := func(into any, set func()) {
		if err = json.Unmarshal(body, into); err == nil {
			set()
			out, err = json.Marshal(into)
		}
	}
	switch kind {
	case "course":
		var c skill.Course
		again(&c, func() { c.Version, title = version, c.Title })
	case "unit":
		var c content.Unit
		again(&c, func() { c.Version, title = version, c.Title })
	case "lesson":
		var c content.Lesson
		again(&c, func() { c.Version, title, skills = version, c.Title, c.Skills })
	default:
		var c item.Item
		again(&c, func() { c.Version, title, skills = version, c.Code, c.Skills })
	}
	return out, title, skills, err
}

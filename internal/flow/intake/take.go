package intake

import (
	"context"
	"encoding/json"
	"slices"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// chunk is how many things one transaction of a browser's import writes: a class that answers meanwhile waits for no more.
const chunk = 100

// TakeBundle is ImportBundle for a school that is being taught while it runs, piece by piece: what is written stays written when
// the program ends in between, and asked again with the same id it goes on where it stood and reports as one import. The course
// comes first and its units last, so that nobody is offered half of a unit. Each piece says in the row of the bringing of that id
// how far it is; when that no longer says "taking", nothing more is written.
// Errors: as ImportBundle's, with what came before still written; Conflict when it was ended meanwhile.
func TakeBundle(ctx context.Context, f *flow.Flow, school roster.SchoolID, id string, b Bundle) (Report, error) {
	if err := checkBundle(b); err != nil {
		return Report{}, err
	}
	t := taking{f: f, school: string(school), id: id, b: b, report: Report{Kind: "course", Source: b.Source, ID: id}, before: map[string]int64{}}
	err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		parts, err := q.PartsOfImport(ctx, db.PartsOfImportParams{SchoolID: t.school, IntakeID: id})
		t.nth = int64(len(parts))
		for _, p := range slices.Backward(parts) { // the first to name a thing knows what it was
			if _, twice := t.before[p.ID]; !twice {
				t.before[p.ID] = p.WasVersion
			}
		}
		return err
	})
	if err != nil {
		return t.report, err
	}
	if err := t.piece(ctx, b.skillsAndCourse(), func(im *importer) (err error) { t.version, err = im.course(); return err }); err != nil {
		return t.report, err
	}
	things := b.things() - b.skillsAndCourse()
	for from := 0; from < things; from += chunk {
		to := min(from+chunk, things)
		err := t.piece(ctx, to-from+1, func(im *importer) error {
			if _, err := im.id("course", string(b.Course.ID)); err != nil {
				return err
			}
			for n := from; n < to; n++ {
				if err := im.thing(n, t.version); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return t.report, err
		}
	}
	if t.nth == 0 {
		t.report.ID = ""
	}
	t.report.close(b)
	return t.report, nil
}

// taking is an import on its way.
type taking struct {
	f       *flow.Flow
	school  string
	id      string
	b       Bundle
	report  Report
	version int64            // of the course
	nth     int64            // parts that are noted
	before  map[string]int64 // see importer
	done    int
}

// piece writes one piece in one transaction, whose body may run twice. ids is how many it may need.
func (t *taking) piece(ctx context.Context, ids int, body func(im *importer) error) error {
	if err := ctx.Err(); err != nil {
		return fault.Wrap(fault.Unavailable, err, "fault.bring.stopped")
	}
	fresh, err := importIDs(ids)
	if err != nil {
		return err
	}
	var im *importer
	var piece Report
	err = t.f.Store().Write(ctx, "import", func(ctx context.Context, tx *store.Tx) error {
		piece = Report{}
		im = &importer{ctx: ctx, tx: tx, school: t.school, b: t.b, report: &piece, fresh: fresh, before: t.before, done: t.done}
		n, err := tx.BeatBringing(ctx, db.BeatBringingParams{SchoolID: t.school, ID: t.id, BeatMs: tx.Now, Done: int64(t.done), Total: int64(t.b.Records())})
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "fault.bring.ended")
		}
		if err != nil {
			return err
		}
		if err := im.met(); err != nil {
			return err
		}
		if err := body(im); err != nil {
			return err
		}
		return im.notedFrom(t.id, t.nth)
	})
	if err != nil {
		return err
	}
	t.done, t.nth = im.done, t.nth+int64(len(im.parts))
	for _, r := range piece.Records {
		t.report.Add(r)
	}
	return nil
}

// notedFrom adds to the note of an import that comes in pieces.
func (im *importer) notedFrom(id string, nth int64) error {
	if len(im.parts) == 0 {
		return nil
	}
	as := As{}
	if im.b.As != nil {
		as = *im.b.As
	}
	row := db.RaiseImportParams{SchoolID: im.school, ID: id, Kind: as.Kind, Source: im.b.Source, File: as.File, ByID: as.By, AtMs: im.tx.Now}
	for _, p := range im.parts { // not the records: after an interruption they name again what was noted before
		if p.WasVersion == 0 {
			row.Taken++
		} else {
			row.Changed++
		}
	}
	if err := im.tx.RaiseImport(im.ctx, row); err != nil {
		return err
	}
	for _, p := range im.parts {
		p.IntakeID, p.Nth = id, p.Nth+nth
		if err := im.tx.AddImportPart(im.ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// EndTaking notes what became of a bringing: taken with its report, or stopped with the reason, from where it can go on.
func EndTaking(ctx context.Context, f *flow.Flow, school roster.SchoolID, id string, r Folded, stopped *phrase.Phrase) error {
	p := db.EndBringingParams{SchoolID: string(school), ID: id, State: Taken}
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	p.Report = string(text)
	if stopped != nil {
		if text, err = json.Marshal(stopped); err != nil {
			return err
		}
		p.State, p.Report, p.Refusal = "stopped", "", string(text)
	}
	return f.Store().Write(ctx, "import", func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.EndBringing(ctx, p)
		return err
	})
}

// FileNeeded reports whether a file that was sent is still to be read. It authorizes nobody.
func FileNeeded(ctx context.Context, f *flow.Flow, school roster.SchoolID, hash string) (bool, error) {
	var n int64
	err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) (err error) {
		n, err = q.BringingsOfFile(ctx, db.BringingsOfFileParams{SchoolID: string(school), Sha256: hash})
		return err
	})
	return n > 0, err
}

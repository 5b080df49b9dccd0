package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"kith/internal/content"
	"kith/internal/phrase"
	"kith/internal/store"
	"kith/internal/store/db"
)

// put writes one thing: body is its facts with the school's ids but without a version. It gives the version that is now
// current.
func (im *importer) put(kind, code, title, courseID string, body func(version int) (any, error)) (version int64, changed bool, err error) {
	id, err := im.id(kind, code)
	if err != nil {
		return 0, false, err
	}
	plain, err := body(0)
	if err != nil {
		return 0, false, err
	}
	text, err := json.Marshal(plain)
	if err != nil {
		return 0, false, err
	}
	sum := sha256.Sum256(text)
	hash := hex.EncodeToString(sum[:])
	now, exists, err := store.Optional(im.tx.Content(im.ctx, db.ContentParams{SchoolID: im.school, ID: id}))
	if err != nil {
		return 0, false, err
	}
	outcome, was := Taken, now.CurrentVersion
	same := exists && im.known[kind+":"+code].Hash == hash
	switch {
	case exists && im.known[kind+":"+code].Hash == undoneHash:
		version, was = now.CurrentVersion+1, 0
	case exists:
		if !same {
			if same, err = im.sameAsNow(now, body); err != nil {
				return 0, false, err
			}
		}
		outcome, version = Changed, now.CurrentVersion+1
	default:
		version = 1
	}
	if same {
		im.note(kind, forPeople(code, title), im.interrupted(id, Unchanged), phrase.Phrase{})
		return now.CurrentVersion, false, nil
	}
	if may, err := im.mayChange(now, exists); err != nil || !may {
		im.note(kind, forPeople(code, title), Skipped, phrase.Of("import.item.not_yours"))
		return now.CurrentVersion, false, err
	}
	im.made(kind, id, was, version)
	im.note(kind, forPeople(code, title), im.interrupted(id, outcome), phrase.Phrase{})
	if im.dry {
		return version, true, nil
	}
	if err := im.save(kind, code, title, courseID, hash, now, exists, version, body); err != nil {
		return 0, false, err
	}
	return version, true, im.origin(kind, code, hash)
}

// save writes a version of a thing, and its row when it has none.
func (im *importer) save(kind, code, title, courseID, hash string, now db.Content, exists bool, version int64, body func(version int) (any, error)) error {
	id := im.known[kind+":"+code].ID
	if !exists {
		if err := im.tx.AddContent(im.ctx, db.AddContentParams{SchoolID: im.school, ID: id, Kind: kind, CourseID: courseID, Code: code, Title: title,
			CurrentVersion: 1, Status: string(content.Published), OwnerID: im.ownerOf(kind), CreatedMs: im.tx.Now}); err != nil {
			return err
		}
	} else if im.known[kind+":"+code].Hash == undoneHash {
		if err := im.again(now.ID); err != nil {
			return err
		}
	}
	full, err := body(int(version))
	if err != nil {
		return err
	}
	text, err := json.Marshal(full)
	if err != nil {
		return err
	}
	if err := im.tx.AddContentVersion(im.ctx, db.AddContentVersionParams{SchoolID: im.school, ID: id, Version: version, Body: string(text), BodyHash: hash, MadeMs: im.tx.Now}); err != nil || !exists {
		return err
	}
	_, err = im.tx.RaiseContent(im.ctx, db.RaiseContentParams{SchoolID: im.school, ID: id, CurrentVersion: version, Title: title})
	return err
}

// mayChange reports whether the import may give a thing another version. Adding to a course and to its units takes nothing from
// anybody.
func (im *importer) mayChange(now db.Content, exists bool) (bool, error) {
	if as := im.b.As; !exists || as == nil || !as.Own || now.Kind == "course" || now.Kind == "unit" || now.OwnerID == as.By {
		return true, nil
	}
	n, err := im.tx.MadeByImportOf(im.ctx, db.MadeByImportOfParams{SchoolID: im.school, ID: now.ID, ByID: im.b.As.By})
	return n > 0, err
}

// ownerOf is whose a new thing is: a teacher's own items, which they may change on the author's page.
func (im *importer) ownerOf(kind string) string {
	if as := im.b.As; as != nil && as.Own && kind == "item" {
		return as.By
	}
	return ""
}

// interrupted is the outcome of the whole import for a thing that it had made before it was interrupted.
func (im *importer) interrupted(id, outcome string) string {
	if was, ok := im.before[id]; ok && outcome != Skipped {
		if was == 0 {
			return Taken
		}
		return Changed
	}
	return outcome
}

package authoring

import (
	"slices"
	"strings"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/store"
	"kith/internal/store/db"
)

// givePictures lets everybody who gets an item see its pictures: a file that its author uploaded is the course's from now on, as
// those are that came with it (library.File). Pictures that was, an earlier version or what it is a copy of, shows already stay as
// they are. Errors: Invalid (no picture, or somebody else's).
func givePictures(a *flow.Act, it, was *item.Item, course string) error {
	var known []string
	if was != nil {
		known = was.Images()
	}
	for _, id := range it.Images() {
		if strings.HasPrefix(id, "course/") || slices.Contains(known, id) {
			continue
		}
		row, ok, err := store.Optional(a.Q().File(a.Ctx(), db.FileParams{SchoolID: a.School(), ID: id}))
		switch {
		case err != nil:
			return err
		case !ok || !strings.HasPrefix(row.Type, "image/"), row.OwnerID != course && row.OwnerID != flow.ActorKey(a.Who()):
			return fault.New(fault.Invalid, "fault.author.picture.file")
		case row.OwnerID == course:
			continue
		}
		if err := a.Q().GiveFile(a.Ctx(), db.GiveFileParams{SchoolID: a.School(), ID: id, OwnerID: course}); err != nil {
			return err
		}
	}
	return nil
}

package intake

import (
	"slices"

	"kith/internal/doc"
	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/store/db"
)

// file makes a bundle's file one of the school's, owned by the course. Its bytes stand in the store of files already.
func (im *importer) file(f BundleFile) error {
	key := "file:" + f.Code
	id, err := im.id("file", f.Code)
	if err != nil {
		return err
	}
	if im.known[key].Hash == f.SHA256 {
		im.note("file", f.Code, im.interrupted(id, Unchanged), phrase.Phrase{})
		return nil
	}
	if im.dry {
		im.note("file", f.Code, Taken, phrase.Phrase{})
		return nil
	}
	if err := im.tx.AddFile(im.ctx, db.AddFileParams{SchoolID: im.school, ID: id, Sha256: f.SHA256, Type: f.Type, Size: max(f.Size, int64(len(f.Body))), Name: f.Name,
		OwnerID: im.known["course:"+string(im.b.Course.ID)].ID, CreatedMs: im.tx.Now}); err != nil {
		return err
	}
	im.made("file", id, 0, 0)
	im.note("file", f.Code, Taken, phrase.Phrase{})
	return im.origin("file", f.Code, f.SHA256)
}

// shown gives the images in an item's texts the school's ids of their files.
func (im *importer) shown(it *item.Item) {
	if len(im.b.Files) == 0 {
		return
	}
	*it = it.Retold(im.withFiles)
}

// withFiles is a text whose images name the school's files. The text itself stays as it is: a bundle may be written twice.
func (im *importer) withFiles(d doc.Doc) doc.Doc {
	if len(im.b.Files) == 0 {
		return d
	}
	var name func(nodes []doc.Node) []doc.Node
	name = func(nodes []doc.Node) []doc.Node {
		if len(nodes) == 0 {
			return nodes
		}
		out := slices.Clone(nodes)
		for i, n := range out {
			if o, ok := im.known["file:"+n.Name]; ok && n.Kind == doc.Image {
				out[i].Name = o.ID
			}
			out[i].Nodes = name(n.Nodes)
		}
		return out
	}
	d.Nodes = name(d.Nodes)
	return d
}

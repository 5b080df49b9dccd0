package oatutor

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	_ "image/jpeg" // the two kinds of picture that Kith keeps; the real figures are called .gif and are these
	_ "image/png"
	"maps"
	"path"
	"slices"
	"strings"

	"kith/internal/doc"
	"kith/internal/flow/intake"
	"kith/internal/interop/source"
	"kith/internal/item"
)

// maxSide bounds a figure's width and height in pixels.
const maxSide = 8000

// readFigures reads the archive. What is no PNG or JPEG by its own bytes, whatever its name says, is left out, so that a
// step that needs it is named. Errors: Invalid for an archive that cannot be read.
func readFigures(b []byte) (map[string]figure, error) {
	out := map[string]figure{}
	if len(b) == 0 {
		return out, nil
	}
	files, err := source.Tar("figures.tar", b, maxFigure, maxFigures)
	if err != nil {
		return nil, err
	}
	for name, body := range files {
		cfg, kind, err := image.DecodeConfig(bytes.NewReader(body))
		if err != nil || cfg.Width < 1 || cfg.Height < 1 || cfg.Width > maxSide || cfg.Height > maxSide {
			continue
		}
		sum := sha256.Sum256(body)
		hash := hex.EncodeToString(sum[:])
		// A bundle knows a file by a name in the form of an id, so that the text is whole before the school gives it one.
		id := hash[:8] + "-" + hash[8:12] + "-" + hash[12:16] + "-" + hash[16:20] + "-" + hash[20:32]
		called := strings.TrimSuffix(path.Base(name), path.Ext(name)) + "." + kind
		out[name] = figure{id: id, file: intake.BundleFile{Code: id, Name: called, Type: "image/" + kind, SHA256: hash, Body: body}}
	}
	return out, nil
}

// used are the files that items show, each once, in the order of their names.
func used(figures map[string]figure, items []item.Item) []intake.BundleFile {
	wanted := map[string]bool{}
	for _, it := range items {
		texts := append([]doc.Doc{it.Text, it.Solution}, it.Hints...)
		for _, c := range it.Choices {
			texts = append(texts, c.Text, c.Nudge)
		}
		for _, d := range texts {
			for _, n := range d.Nodes {
				if n.Kind == doc.Image {
					wanted[n.Name] = true
				}
			}
		}
	}
	byID := map[string]intake.BundleFile{}
	for _, name := range slices.Sorted(maps.Keys(figures)) {
		if f := figures[name]; wanted[f.id] && byID[f.id].Code == "" {
			byID[f.id] = f.file
		}
	}
	var out []intake.BundleFile
	for _, f := range byID {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b intake.BundleFile) int { return strings.Compare(a.Code, b.Code) })
	return out
}

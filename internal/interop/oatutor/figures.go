package oatutor

import (
	"maps"
	"slices"
	"strings"

	"kith/internal/doc"
	"kith/internal/flow/intake"
	"kith/internal/interop/picture"
	"kith/internal/interop/source"
	"kith/internal/item"
)

// readFigures reads the archive. What is no picture by its own bytes, whatever its name says, is left out, so that a
// step that needs it is named. Errors: Invalid for an archive that cannot be read.
func readFigures(b []byte, loose map[string][]byte) (map[string]figure, error) {
	out := map[string]figure{}
	files := map[string][]byte{}
	var err error
	if len(b) > 0 {
		if files, err = source.Tar("figures.tar", b, maxFigure, maxFigures); err != nil {
			return nil, err
		}
	}
	maps.Copy(files, loose)
	for name, body := range files {
		if f, ok := picture.Keep(name, body); ok {
			out[name] = figure{id: f.Code, file: f}
		}
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

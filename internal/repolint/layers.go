package repolint

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

const (
	layersPath = "internal/repolint/layers.txt"
	testLayer  = -1 // packages that only tests import
	pureLayers = 2  // layers 0 to 2 know no clock, no chance and no outside world
	docLayers  = 4  // layers 0 to 4 document every exported name
)

// pkg is one package of layers.txt.
type pkg struct {
	name  string // "mastery/bkt"
	layer int
	edges []string // what it may import inside its layer
}

// only is a restriction: an import path (and what lies beneath it) that only some packages or layers may name.
type only struct {
	path    string
	allowed []string // package names, or layers as "5"
	why     string
	line    int
}

type layers struct {
	packages map[string]*pkg
	only     []only
}

// parseLayers reads layers.txt:
//
//	LAYER PACKAGE  what it knows
//	      -> PACKAGE  why it needs a neighbour of its own layer
//	only IMPORT : PACKAGE-OR-LAYER … : why
func parseLayers(text string) (layers, []Finding) {
	l := layers{packages: map[string]*pkg{}}
	var found []Finding
	bad := func(line int, say string) { found = append(found, Finding{Path: layersPath, Line: line, Say: say}) }
	said := lines(text)
	var last *pkg
	for i := 1; i <= strings.Count(text, "\n")+1; i++ {
		words := strings.Fields(said[i])
		switch {
		case len(words) == 0:
		case words[0] == "->":
			if last == nil || len(words) < 3 {
				bad(i, `want "-> PACKAGE reason" below a package`)
				continue
			}
			last.edges = append(last.edges, words[1])
		case words[0] == "only":
			parts := strings.SplitN(strings.TrimPrefix(strings.TrimSpace(said[i]), "only"), " : ", 3)
			if len(parts) != 3 || strings.TrimSpace(parts[2]) == "" {
				bad(i, `want "only IMPORT : PACKAGE … : reason"`)
				continue
			}
			l.only = append(l.only, only{strings.TrimSpace(parts[0]), strings.Fields(parts[1]), parts[2], i})
		default:
			layer, err := strconv.Atoi(words[0])
			if words[0] == "test" {
				layer, err = testLayer, nil
			}
			if err != nil || len(words) < 3 {
				bad(i, `want "LAYER PACKAGE what it knows"`)
				continue
			}
			last = &pkg{name: words[1], layer: layer}
			l.packages[last.name] = last
		}
	}
	return l, found
}

// packageOf turns a folder or import path of ours into the name in layers.txt.
func packageOf(dir string) (name string, ours bool) {
	dir = strings.TrimPrefix(dir, "kith/")
	switch {
	case strings.HasPrefix(dir, "internal/"):
		return strings.TrimPrefix(dir, "internal/"), true
	case strings.HasPrefix(dir, "cmd/"):
		return dir, true
	}
	return "", false
}

// imports calls visit for every import of every file.
func (r *Repo) imports(visit func(g *GoFile, line int, imported string)) {
	for _, g := range r.Go {
		for _, spec := range g.AST.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err == nil {
				visit(g, g.Line(spec.Pos()), imported)
			}
		}
	}
}

// checkLayers: a package imports lower layers, and inside its layer only along the edges of layers.txt. Tests of layers
// 0 to 2 keep to the same rule; tests above them may import anything.
func checkLayers(r *Repo) []Finding {
	l, found := parseLayers(r.Files[layersPath])
	unknown := map[string]bool{}
	for _, g := range r.Go {
		name, ours := packageOf(g.Dir)
		if l.packages[name] == nil && ours && !unknown[g.Dir] {
			unknown[g.Dir] = true
			found = append(found, Finding{Path: g.Path, Say: "package " + name + " has no line in " + layersPath})
		}
	}
	r.imports(func(g *GoFile, line int, imported string) {
		fromName, _ := packageOf(g.Dir)
		toName, ours := packageOf(imported)
		from, to := l.packages[fromName], l.packages[toName]
		if !ours || !strings.HasPrefix(imported, "kith/") || from == nil || from == to {
			return
		}
		switch {
		case to == nil:
			found = append(found, Finding{Path: g.Path, Line: line, Say: imported + " has no line in " + layersPath})
		case from.layer == testLayer || g.Test && from.layer > pureLayers:
		case to.layer == testLayer:
			if !g.Test {
				found = append(found, Finding{Path: g.Path, Line: line, Say: toName + " is for tests only"})
			}
		case to.layer > from.layer:
			found = append(found, Finding{Path: g.Path, Line: line,
				Say: fmt.Sprintf("%s (layer %d) must not import %s (layer %d): imports point down", fromName, from.layer, toName, to.layer)})
		case to.layer == from.layer && !slices.Contains(from.edges, toName):
			found = append(found, Finding{Path: g.Path, Line: line,
				Say: fmt.Sprintf("%s and %s are neighbours in layer %d: lower what both need, or give the edge a line with its reason in %s", fromName, toName, to.layer, layersPath)})
		}
	})
	return found
}

// maxPackage is how many lines a package has before somebody should ask whether it is two.
const maxPackage = 3000

// Warnings are invitations to look, not breaches: edges of layers.txt that no import uses, packages that grow large.
func Warnings(r *Repo) []string {
	l, _ := parseLayers(r.Files[layersPath])
	used, size := map[string]bool{}, map[string]int{}
	r.imports(func(g *GoFile, _ int, imported string) {
		from, _ := packageOf(g.Dir)
		to, _ := packageOf(imported)
		used[from+" -> "+to] = true
	})
	for _, g := range r.Go {
		if !g.Test && !g.Generated {
			size[g.Dir] += strings.Count(r.Files[g.Path], "\n")
		}
	}
	var warnings []string
	for _, p := range l.packages {
		for _, e := range p.edges {
			if edge := p.name + " -> " + e; !used[edge] {
				warnings = append(warnings, "layers.txt allows "+edge+" and nothing uses it")
			}
		}
	}
	for dir, n := range size {
		if n > maxPackage {
			warnings = append(warnings, fmt.Sprintf("%s has %d lines: is it two packages?", dir, n))
		}
	}
	slices.Sort(warnings)
	return warnings
}

// checkOnly: some imports belong to one place. Tests are free.
func checkOnly(r *Repo) []Finding {
	l, _ := parseLayers(r.Files[layersPath])
	var found []Finding
	r.imports(func(g *GoFile, line int, imported string) {
		name, ours := packageOf(g.Dir)
		p := l.packages[name]
		if !ours || p == nil || g.Test || p.layer == testLayer {
			return
		}
		for _, o := range l.only {
			if imported != o.path && !strings.HasPrefix(imported, o.path+"/") {
				continue
			}
			if !slices.ContainsFunc(o.allowed, func(a string) bool {
				ok, err := path.Match(a, name)
				return err == nil && ok || a == strconv.Itoa(p.layer)
			}) {
				found = append(found, Finding{Path: g.Path, Line: line,
					Say: fmt.Sprintf("%s belongs to %s: %s", imported, strings.Join(o.allowed, ", "), strings.TrimSpace(o.why))})
			}
		}
	})
	return found
}

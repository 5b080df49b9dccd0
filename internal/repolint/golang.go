package repolint

import (
	"fmt"
	"go/ast"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// layerOf is the layer of a file's package, ok=false when layers.txt does not list it.
func layerOf(l layers, g *GoFile) (layer int, ok bool) {
	name, _ := packageOf(g.Dir)
	p := l.packages[name]
	if p == nil {
		return 0, false
	}
	return p.layer, true
}

// impure are imports that bring in the outside world, and calls that bring in a clock or chance. A seeded source made
// from an argument (rand.New, rand.NewPCG) is an argument and allowed.
var (
	impureImports = []string{"os", "os/exec", "os/user", "os/signal", "net", "log", "log/slog", "syscall", "crypto/rand", "io/ioutil"}
	impureCalls   = map[string][]string{
		"time":         {"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer", "Sleep"},
		"math/rand":    nil, // anything but the seeded constructors
		"math/rand/v2": nil,
	}
	seeded = []string{"New", "NewPCG", "NewChaCha8", "NewSource", "NewZipf", "Rand", "Source", "PCG", "ChaCha8", "Zipf"}
)

// checkPure: layers 0 to 2 have no clock, no chance but a seed, no environment and no input or output.
func checkPure(r *Repo) []Finding {
	l, _ := parseLayers(r.Files[layersPath])
	var found []Finding
	for _, g := range r.Go {
		layer, ok := layerOf(l, g)
		if !ok || g.Test || layer == testLayer || layer > pureLayers {
			continue
		}
		say := func(line int, what string) {
			found = append(found, Finding{Path: g.Path, Line: line,
				Say: what + " in layer " + strconv.Itoa(layer) + ": the clock, chance and the outside world come as arguments"})
		}
		names := map[string]string{} // local name -> import path
		for _, spec := range g.AST.Imports {
			p, _ := strconv.Unquote(spec.Path.Value)
			if slices.Contains(impureImports, p) || strings.HasPrefix(p, "net/") && p != "net/url" && p != "net/netip" {
				say(g.Line(spec.Pos()), "import of "+p)
			}
			if _, watched := impureCalls[p]; watched {
				name := strings.TrimSuffix(p, "/v2")
				name = name[strings.LastIndex(name, "/")+1:]
				if spec.Name != nil {
					name = spec.Name.Name
				}
				names[name] = p
			}
		}
		ast.Inspect(g.AST, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := sel.X.(*ast.Ident)
			if !ok {
				return true
			}
			forbidden, watched := impureCalls[names[x.Name]]
			chance := strings.HasPrefix(names[x.Name], "math/rand") && !slices.Contains(seeded, sel.Sel.Name)
			if watched && (chance || slices.Contains(forbidden, sel.Sel.Name)) {
				say(g.Line(sel.Pos()), x.Name+"."+sel.Sel.Name)
			}
			return true
		})
	}
	return found
}

var drawers = regexp.MustCompile(`^(util|utils|common|helper|helpers|misc|base|model|models|service|services|types|shared|core|lib)$`)

// checkPackageNames: no package is a drawer.
func checkPackageNames(r *Repo) []Finding {
	var found []Finding
	for _, g := range r.Go {
		if name := g.AST.Name.Name; drawers.MatchString(strings.TrimSuffix(name, "_test")) {
			found = append(found, Finding{Path: g.Path, Line: g.Line(g.AST.Name.Pos()),
				Say: "package " + name + " says nothing: name what it knows"})
		}
	}
	return found
}

var placed = regexp.MustCompile(`Place in the flow: layer (\d)`)

// checkPackageComments: each package is introduced once, by "Package name …" or "Command name …"; the layer that it
// claims is the one of layers.txt.
func checkPackageComments(r *Repo) []Finding {
	l, _ := parseLayers(r.Files[layersPath])
	count, first := map[string]int{}, map[string]*GoFile{}
	var found []Finding
	for _, g := range r.Go {
		if g.Test || g.Generated {
			continue
		}
		if first[g.Dir] == nil {
			first[g.Dir] = g
		}
		if g.AST.Doc == nil {
			continue
		}
		count[g.Dir]++
		if m := placed.FindStringSubmatch(g.AST.Doc.Text()); m != nil {
			if layer, ok := layerOf(l, g); ok && m[1] != strconv.Itoa(layer) {
				found = append(found, Finding{Path: g.Path, Line: g.Line(g.AST.Doc.Pos()), Say: fmt.Sprintf("the comment says layer %s, layers.txt says %d", m[1], layer)})
			}
		}
		text, want := g.AST.Doc.Text(), "Package "+g.AST.Name.Name+" "
		if g.AST.Name.Name == "main" {
			want = "Command " + g.Dir[strings.LastIndex(g.Dir, "/")+1:] + " "
		}
		if !strings.HasPrefix(text, want) {
			found = append(found, Finding{Path: g.Path, Line: g.Line(g.AST.Doc.Pos()), Say: fmt.Sprintf("the package comment begins %q", want)})
		}
	}
	for dir, g := range first {
		if count[dir] != 1 {
			found = append(found, Finding{Path: g.Path, Say: fmt.Sprintf("package %s has %d package comments, want 1", dir, count[dir])})
		}
	}
	return found
}

// checkDocs: in layers 0 to 4 every exported name says its contract.
func checkDocs(r *Repo) []Finding {
	l, _ := parseLayers(r.Files[layersPath])
	var found []Finding
	for _, g := range r.Go {
		layer, ok := layerOf(l, g)
		if !ok || g.Test || g.Generated || layer > docLayers {
			continue
		}
		missing := func(n ast.Node, name string) {
			found = append(found, Finding{Path: g.Path, Line: g.Line(n.Pos()), Say: name + " is exported and has no doc comment"})
		}
		for _, d := range g.AST.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && exportedReceiver(d) && d.Doc == nil {
					missing(d, d.Name.Name)
				}
			case *ast.GenDecl:
				undocumented(d, missing)
			}
		}
	}
	return found
}

// undocumented calls missing for the exported names of a declaration without a comment. Constants of a type are
// explained by the type's comment; a group by the group's.
func undocumented(d *ast.GenDecl, missing func(ast.Node, string)) {
	typed := false
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && s.Doc == nil && d.Doc == nil {
				missing(s, s.Name.Name)
			}
		case *ast.ValueSpec:
			typed = typed || s.Type != nil
			for _, name := range s.Names {
				if name.IsExported() && s.Doc == nil && s.Comment == nil && d.Doc == nil && !typed {
					missing(s, name.Name)
				}
			}
		}
	}
}

// exportedReceiver reports whether a function is no method, or one of an exported type.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	t := d.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.IsExported()
		default:
			return true
		}
	}
}

// checkOperations: only package web registers operations with huma, because its wrapper refuses one without a policy.
func checkOperations(r *Repo) []Finding {
	var found []Finding
	for _, g := range r.Go {
		if g.Dir == "internal/web" || g.Test {
			continue
		}
		ast.Inspect(g.AST, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == "huma" && slices.Contains([]string{"Register", "Get", "Post", "Put", "Patch", "Delete", "AutoRegister"}, sel.Sel.Name) {
					found = append(found, Finding{Path: g.Path, Line: g.Line(sel.Pos()), Say: "huma." + sel.Sel.Name + ": register with package web, which demands a policy"})
				}
			}
			return true
		})
	}
	return found
}

// topLevel are the exported names that a file declares: "Fold", and methods as "Type.Method".
func topLevel(g *GoFile) map[string]bool {
	names := map[string]bool{}
	for _, d := range g.AST.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			names[receiver(d)+d.Name.Name] = true
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					names[s.Name.Name] = true
				case *ast.ValueSpec:
					for _, n := range s.Names {
						names[n.Name] = true
					}
				}
			}
		}
	}
	return names
}

// receiver is "Type." for a method, "" for a function.
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	t := d.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if id, ok := t.(*ast.Ident); ok {
		return id.Name + "."
	}
	return ""
}

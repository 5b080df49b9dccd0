// Package repolint is the repository's rules as code: what may import what, what is named how, how long a file may be.
//
// In: the repository as a Repo, a map of path to text. Out: Findings, one a breach, with the rule's name. Its own test
// runs every rule on this repository; a second test plants a fault for each rule and sees it found. Rules with a list
// keep it beside the code: layers.txt, modules.txt, exceptions.txt; the forbidden words stand in GLOSSARY.md.
//
// Place in the flow: none; nothing imports it. It leaves out what ordinary tools check (gofmt, go vet, tsc, oxlint).
package repolint

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Finding is one breach of one rule. Line is 0 when the whole file is meant.
type Finding struct {
	Rule, Path string
	Line       int
	Say        string
}

// String is the finding as a compiler would print it.
func (f Finding) String() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s [%s]", f.Path, f.Say, f.Rule)
	}
	return fmt.Sprintf("%s:%d: %s [%s]", f.Path, f.Line, f.Say, f.Rule)
}

// Repo is what the rules read. Files holds every text file by slash-separated path from the root.
type Repo struct {
	Files map[string]string
	Go    []*GoFile // parsed, sorted by path
}

// GoFile is one Go source file.
type GoFile struct {
	Path      string
	Dir       string // "internal/plan"
	Test      bool
	Generated bool
	Set       *token.FileSet
	AST       *ast.File
}

// Line is the line of a position.
func (g *GoFile) Line(p token.Pos) int { return g.Set.Position(p).Line }

// Rule is a named check. The name stands in findings and in exceptions.txt.
type Rule struct {
	Name  string
	Check func(*Repo) []Finding
}

// Rules are all rules, in the order in which a person would want to hear of a breach.
func Rules() []Rule {
	return []Rule{
		{"layers", checkLayers},
		{"only", checkOnly},
		{"pure", checkPure},
		{"package-name", checkPackageNames},
		{"package-comment", checkPackageComments},
		{"doc", checkDocs},
		{"length", checkLength},
		{"word", checkWords},
		{"catalogue", checkCatalogue},
		{"operation", checkOperations},
		{"markup", checkMarkup},
		{"unfinished", checkUnfinished},
		{"foreign-host", checkHosts},
		{"module", checkModules},
		{"generated", checkGenerated},
		{"path", checkPaths},
		{"make", checkMake},
	}
}

// Check runs every rule and takes out what exceptions.txt excuses. An excuse that excuses nothing is a finding too.
func Check(r *Repo) []Finding {
	excuses, found := parseExceptions(r.Files[exceptionsPath])
	for _, rule := range Rules() {
		for _, f := range rule.Check(r) {
			f.Rule = rule.Name
			if i := slices.IndexFunc(excuses, func(e *excuse) bool { return e.covers(f) }); i >= 0 {
				excuses[i].used = true
				continue
			}
			found = append(found, f)
		}
	}
	for _, e := range excuses {
		if !e.used {
			found = append(found, Finding{"exception", exceptionsPath, e.line, "excuses nothing any more: take the line out"})
		}
	}
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	return found
}

const exceptionsPath = "internal/repolint/exceptions.txt"

// excuse is one line of exceptions.txt: "rule path reason", path in path.Match form.
type excuse struct {
	rule, pattern string
	line          int
	used          bool
}

func (e *excuse) covers(f Finding) bool {
	ok, err := path.Match(e.pattern, f.Path)
	return err == nil && ok && e.rule == f.Rule
}

func parseExceptions(text string) (excuses []*excuse, found []Finding) {
	for i, line := range lines(text) {
		words := strings.Fields(line)
		if len(words) < 4 {
			found = append(found, Finding{"exception", exceptionsPath, i, "want: rule path reason in words"})
			continue
		}
		excuses = append(excuses, &excuse{rule: words[0], pattern: words[1], line: i})
	}
	return excuses, found
}

// lines gives the lines of a list file that say something, by line number; "#" begins a comment.
func lines(text string) map[int]string {
	said := map[int]string{}
	for i, line := range strings.Split(text, "\n") {
		if t := strings.TrimSpace(line); t != "" && !strings.HasPrefix(t, "#") {
			said[i+1] = line
		}
	}
	return said
}

var (
	generated = regexp.MustCompile(`(?m)^(//|/\*) ?Code generated .* DO NOT EDIT\.`)
	// skipped are folders that are built, fetched or private to one clone.
	skipped = []string{".git", "node_modules", "bin", "internal/web/dist", ".cache", "shots"}
	// textual are the endings that the rules read; everything else is counted as a picture, a font or a film.
	textual = []string{
		".go", ".mod", ".sum", ".sql", ".ts", ".tsx", ".mjs", ".js", ".css", ".html", ".json", ".jsonl", ".yaml", ".yml",
		".md", ".txt", ".sh", ".sha256", ".vtt", ".svg", ".csv", ".npmrc", ".gitignore",
	}
)

// Load reads the repository at root.
func Load(root string) (*Repo, error) {
	files := map[string]string{}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if slices.Contains(skipped, rel) {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() {
			return nil
		}
		if ext := path.Ext(rel); ext != "" && !slices.Contains(textual, ext) {
			files[rel] = "" // its existence may be asked for
			return nil
		}
		text, err := os.ReadFile(p)
		files[rel] = string(text)
		return err
	})
	if err != nil {
		return nil, err
	}
	return New(files)
}

// New makes a Repo of files by path; a Go file that does not parse is an error.
func New(files map[string]string) (*Repo, error) {
	r := &Repo{Files: files}
	for _, p := range r.Paths() {
		if !strings.HasSuffix(p, ".go") {
			continue
		}
		g := &GoFile{Path: p, Dir: path.Dir(p), Test: strings.HasSuffix(p, "_test.go"), Set: token.NewFileSet()}
		var err error
		if g.AST, err = parser.ParseFile(g.Set, p, files[p], parser.ParseComments|parser.SkipObjectResolution); err != nil {
			return nil, err
		}
		g.Generated = generated.MatchString(files[p])
		r.Go = append(r.Go, g)
	}
	return r, nil
}

// Paths are all paths in order.
func (r *Repo) Paths() []string {
	paths := make([]string, 0, len(r.Files))
	for p := range r.Files {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	return paths
}

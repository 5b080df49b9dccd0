package repolint

import (
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Lengths that fail. Tests may be longer, because their data stands in them; so may the text a person reads.
const (
	maxFile     = 600
	maxTestFile = 900
	maxFunction = 80
)

// checkLength: a file is one thought, a function fits on a screen. Test functions hold tables and may be long.
func checkLength(r *Repo) []Finding {
	var found []Finding
	for _, p := range r.Paths() {
		if !slices.Contains([]string{".go", ".ts", ".tsx", ".mjs", ".css", ".sql", ".sh", ".html"}, path.Ext(p)) || generated.MatchString(r.Files[p]) {
			continue
		}
		limit := maxFile
		if strings.HasSuffix(p, "_test.go") || strings.Contains(path.Base(p), ".test.") || strings.HasPrefix(p, "tests/") {
			limit = maxTestFile
		}
		if n := strings.Count(r.Files[p], "\n"); n > limit {
			found = append(found, Finding{Path: p, Say: fmt.Sprintf("%d lines; at most %d: part it by what it knows", n, limit)})
		}
	}
	for _, g := range r.Go {
		if g.Test || g.Generated {
			continue
		}
		for _, d := range g.AST.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := g.Line(f.End()) - g.Line(f.Pos()) + 1; n > maxFunction {
				found = append(found, Finding{Path: g.Path, Line: g.Line(f.Pos()), Say: fmt.Sprintf("%s has %d lines; at most %d", f.Name.Name, n, maxFunction)})
			}
		}
	}
	return found
}

// avoided are the words of GLOSSARY.md's last column that stand in backticks, with the line's first cell: what to say
// instead.
func avoided(glossary string) map[string]string {
	words := map[string]string{}
	for _, line := range strings.Split(glossary, "\n") {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) < 3 || !strings.HasPrefix(strings.TrimSpace(line), "|") {
			continue
		}
		for _, w := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[len(cells)-1], -1) {
			words[strings.ToLower(w[1])] = strings.TrimSpace(cells[0])
		}
	}
	return words
}

// wordsOf parts an identifier: "gradeBook_id" is grade, book, id.
func wordsOf(identifier string) []string {
	var words []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, strings.ToLower(string(word)))
		}
		word = nil
	}
	runes := []rune(identifier)
	for i, c := range runes {
		switch {
		case !unicode.IsLetter(c):
			flush()
			continue
		case unicode.IsUpper(c) && (i > 0 && unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])):
			flush()
		}
		word = append(word, c)
	}
	flush()
	return words
}

var (
	identifier = regexp.MustCompile(`[\p{L}_$][\p{L}\p{N}_$]*`)
	// silent are comments and strings of TypeScript, SQL and CSS, where people may speak as they like.
	silent = map[string]*regexp.Regexp{
		".ts":  regexp.MustCompile("(?s)/\\*.*?\\*/|//[^\n]*|\"(?:[^\"\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\n]|\\\\.)*'|`(?:[^`\\\\]|\\\\.)*`"),
		".sql": regexp.MustCompile(`--[^\n]*|'[^']*'`),
		".css": regexp.MustCompile(`(?s)/\*.*?\*/|"[^"]*"`),
	}
)

// checkWords: the glossary governs names in code: types, functions, fields, tables, columns, classes, files. What
// outside formats call things (interop), what a reader sees (catalogues) and what was drawn (generated) is free.
func checkWords(r *Repo) []Finding {
	avoid := avoided(r.Files["GLOSSARY.md"])
	var found []Finding
	check := func(p string, line int, name string) {
		for _, w := range wordsOf(name) {
			say, ok := avoid[w]
			if !ok {
				say, ok = avoid[strings.TrimSuffix(w, "s")]
			}
			if ok {
				found = append(found, Finding{Path: p, Line: line, Say: fmt.Sprintf("%s: the glossary says %s", name, say)})
			}
		}
	}
	free := func(p string) bool {
		return strings.HasPrefix(p, "internal/interop/") || strings.HasPrefix(p, "internal/repolint/")
	}
	for _, g := range r.Go {
		if !g.Generated && !free(g.Path) {
			declared(g, func(id *ast.Ident) { check(g.Path, g.Line(id.Pos()), id.Name) })
		}
	}
	for _, p := range r.Paths() {
		ext := path.Ext(p)
		if ext == ".tsx" || ext == ".mjs" {
			ext = ".ts"
		}
		quiet := silent[ext]
		if free(p) || generated.MatchString(r.Files[p]) {
			continue
		}
		if quiet != nil || ext == ".go" || ext == ".html" {
			check(p, 0, path.Base(p))
		}
		if quiet == nil {
			continue
		}
		for i, line := range strings.Split(blank(quiet, r.Files[p]), "\n") {
			for _, name := range identifier.FindAllString(line, -1) {
				check(p, i+1, name)
			}
		}
	}
	return found
}

// blank replaces what quiet matches by as many line ends, so that lines keep their numbers.
func blank(quiet *regexp.Regexp, text string) string {
	return quiet.ReplaceAllStringFunc(text, func(s string) string { return " " + strings.Repeat("\n", strings.Count(s, "\n")) })
}

// declared calls visit for every name that a file declares.
func declared(g *GoFile, visit func(*ast.Ident)) {
	visitAll := func(ids []*ast.Ident) {
		for _, id := range ids {
			visit(id)
		}
	}
	ast.Inspect(g.AST, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			visit(n.Name)
		case *ast.TypeSpec:
			visit(n.Name)
		case *ast.ValueSpec:
			visitAll(n.Names)
		case *ast.Field:
			visitAll(n.Names)
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				if id, ok := e.(*ast.Ident); ok && n.Tok.String() == ":=" {
					visit(id)
				}
			}
		case *ast.RangeStmt:
			for _, e := range []ast.Expr{n.Key, n.Value} {
				if id, ok := e.(*ast.Ident); ok {
					visit(id)
				}
			}
		}
		return true
	})
}

var (
	inlineStyle  = regexp.MustCompile(`(?i)<[a-z][^<>]*\sstyle\s*=`)
	inlineEvent  = regexp.MustCompile(`(?i)<[a-z][^<>]*\son[a-z]+\s*=\s*["']`)
	scriptTag    = regexp.MustCompile(`(?i)<script([^>]*)>`)
	styleTag     = regexp.MustCompile(`(?i)<style[\s>]`)
	jsxStyle     = regexp.MustCompile(`\sstyle=[{"']`)
	jsxDangerous = regexp.MustCompile(`dangerouslySetInner` + `HTML|\.innerHTML\s*=|\.outerHTML\s*=`)
)

// checkMarkup: the content security policy allows no inline style, script or handler, so the sources have none; pages
// are built of elements, never of strings.
func checkMarkup(r *Repo) []Finding {
	var found []Finding
	for _, p := range r.Paths() {
		var rules map[*regexp.Regexp]string
		switch path.Ext(p) {
		case ".html":
			rules = map[*regexp.Regexp]string{inlineStyle: "inline style", inlineEvent: "inline handler", styleTag: "inline style sheet"}
		case ".tsx", ".ts":
			rules = map[*regexp.Regexp]string{jsxStyle: "inline style", jsxDangerous: "markup from a string"}
		default:
			continue
		}
		for i, line := range strings.Split(r.Files[p], "\n") {
			for rule, what := range rules {
				if rule.MatchString(line) {
					found = append(found, Finding{Path: p, Line: i + 1, Say: what + ": use a class, a file or an element"})
				}
			}
			for _, m := range scriptTag.FindAllStringSubmatch(line, -1) {
				if path.Ext(p) == ".html" && !strings.Contains(m[1], "src=") && !strings.Contains(m[1], "application/json") {
					found = append(found, Finding{Path: p, Line: i + 1, Say: "inline script: use a file"})
				}
			}
		}
	}
	return found
}

// Words that must not stand in a source; the brackets keep this file from finding itself.
var (
	unfinished = regexp.MustCompile(`\b(T[O]DO|F[I]XME|X[X]X|H[A]CK)\b`)
	workshop   = regexp.MustCompile(`(^|[^\w.])/w[o]rk/`)
	packageHub = regexp.MustCompile(`(?i)\b(registry|proxy|mirror|artifactory|nexus|sum)\.[a-z0-9-]+(\.[a-z0-9-]+)*\.?(org|com|net|io|dev|local|internal)\b`)
)

// checkUnfinished: a source is finished or not there.
func checkUnfinished(r *Repo) []Finding {
	var found []Finding
	for _, p := range r.Paths() {
		if !slices.Contains([]string{".go", ".ts", ".tsx", ".mjs", ".css", ".sql", ".sh", ".html"}, path.Ext(p)) && path.Base(p) != "Makefile" {
			continue
		}
		for i, line := range strings.Split(r.Files[p], "\n") {
			if w := unfinished.FindString(line); w != "" {
				found = append(found, Finding{Path: p, Line: i + 1, Say: w + ": do it, or open an issue"})
			}
		}
	}
	return found
}

// checkHosts: no committed file names where packages come from, nor a folder of the machine that it was written on.
// Whoever builds chooses their own source.
func checkHosts(r *Repo) []Finding {
	var found []Finding
	for _, p := range r.Paths() {
		for i, line := range strings.Split(r.Files[p], "\n") {
			if workshop.MatchString(line) {
				found = append(found, Finding{Path: p, Line: i + 1, Say: "names a folder of one machine"})
			}
			if packageHub.MatchString(line) || path.Base(p) == "package-lock.json" && strings.Contains(line, `"resolved": "http`) {
				found = append(found, Finding{Path: p, Line: i + 1, Say: "names a package host"})
			}
		}
	}
	return found
}

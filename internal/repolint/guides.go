package repolint

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// guides are the documents whose claims about the repository are proved.
var guides = []string{"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "GLOSSARY.md"}

var (
	quoted    = regexp.MustCompile("`([^`\n]+)`")
	link      = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	braces    = regexp.MustCompile(`^(.*)\{([^{}]+)\}(.*)$`)
	pathLike  = regexp.MustCompile(`^\.?[\w*][\w.*{},-]*(/[\w.*{},-]+)+/?$`)
	endsLike  = regexp.MustCompile(`\.(go|ts|tsx|css|sql|json|html|mjs|sh|txt|md|mod|yaml)$`)
	goPackage = regexp.MustCompile(`\./[\w/]+`)
	goName    = regexp.MustCompile(`^([a-z]+)\.([A-Z]\w+)(\.([A-Z]\w+))?$`)
)

// checkPaths: what README, ARCHITECTURE, CONTRIBUTING and GLOSSARY name in backticks exists: paths (with * and {a,b}),
// packages of go commands, and Go names such as mastery.Fold. Links in any document lead somewhere.
func checkPaths(r *Repo) []Finding {
	var found []Finding
	declaredNames := exportedNames(r)
	for _, p := range r.Paths() {
		if path.Ext(p) != ".md" {
			continue
		}
		for i, line := range strings.Split(r.Files[p], "\n") {
			say := func(what string) {
				found = append(found, Finding{Path: p, Line: i + 1, Say: what + " does not exist"})
			}
			for _, m := range link.FindAllStringSubmatch(line, -1) {
				target, _, _ := strings.Cut(m[1], "#")
				if target != "" && !strings.Contains(target, "://") && !strings.HasPrefix(target, "data:") && !r.exists(path.Join(path.Dir(p), target)) {
					say(m[1])
				}
			}
			if !slices.Contains(guides, p) {
				continue
			}
			for _, m := range quoted.FindAllStringSubmatch(line, -1) {
				for _, missing := range r.claims(m[1], declaredNames) {
					say(missing)
				}
			}
		}
	}
	return found
}

// claims gives what a quoted word claims to exist and does not.
func (r *Repo) claims(said string, names map[string]bool) (missing []string) {
	if strings.HasPrefix(said, "go test") || strings.HasPrefix(said, "go run") {
		for _, p := range goPackage.FindAllString(said, -1) {
			if !r.exists(strings.TrimSuffix(strings.TrimPrefix(p, "./"), "/")) {
				missing = append(missing, p)
			}
		}
		return missing
	}
	if m := goName.FindStringSubmatch(said); m != nil {
		if name := strings.Trim(m[1]+"."+m[2]+"."+m[4], "."); !names[name] {
			missing = append(missing, said)
		}
		return missing
	}
	first, _, _ := strings.Cut(said, "/")
	top := slices.Contains([]string{"internal", "cmd", "docs", "scripts", "tests", "tools", ".ci"}, first)
	if !(pathLike.MatchString(said) && (top || endsLike.MatchString(said))) && !regexp.MustCompile(`^[\w-]+\.(md|mod|txt|json|yaml)$`).MatchString(said) {
		return nil
	}
	for _, p := range expand(said) {
		if !r.exists(strings.TrimSuffix(p, "/")) {
			missing = append(missing, p)
		}
	}
	return missing
}

// expand writes out {a,b}.
func expand(p string) []string {
	m := braces.FindStringSubmatch(p)
	if m == nil {
		return []string{p}
	}
	var all []string
	for _, alternative := range strings.Split(m[2], ",") {
		all = append(all, expand(m[1]+alternative+m[3])...)
	}
	return all
}

// exists reports whether a path or pattern names a file, or a folder with a file in it.
func (r *Repo) exists(pattern string) bool {
	for p := range r.Files {
		for q := p; q != "."; q = path.Dir(q) {
			if ok, err := path.Match(pattern, q); err == nil && ok {
				return true
			}
		}
	}
	return pattern == "." || slices.Contains(skipped, pattern)
}

// exportedNames are "package.Name" and "package.Type.Method" of all packages.
func exportedNames(r *Repo) map[string]bool {
	names := map[string]bool{}
	for _, g := range r.Go {
		if g.Test {
			continue
		}
		for name := range topLevel(g) {
			names[g.AST.Name.Name+"."+name] = true
		}
	}
	return names
}

var (
	called = regexp.MustCompile(`\b(scripts|tests|internal)/[\w./-]+\.(sh|mjs)\b`)
	target = regexp.MustCompile(`(?m)^([a-z][a-z-]*):.*$`)
)

// checkMake: every command of the Makefile explains itself and calls scripts that are there, and every "make x" that a guide mentions is one.
func checkMake(r *Repo) []Finding {
	text := r.Files["Makefile"]
	targets := map[string]bool{}
	var found []Finding
	for _, m := range target.FindAllStringSubmatch(text, -1) {
		targets[m[1]] = true
		if !strings.Contains(m[0], "## ") {
			found = append(found, Finding{Path: "Makefile", Say: m[1] + " has no ## line of help"})
		}
	}
	for _, script := range called.FindAllString(text, -1) {
		if !r.exists(script) {
			found = append(found, Finding{Path: "Makefile", Say: script + " does not exist"})
		}
	}
	for _, p := range guides {
		for i, line := range strings.Split(r.Files[p], "\n") {
			for _, m := range regexp.MustCompile("`make ([a-z-]+)").FindAllStringSubmatch(line, -1) {
				if !targets[m[1]] {
					found = append(found, Finding{Path: p, Line: i + 1, Say: "make " + m[1] + " is no command"})
				}
			}
		}
	}
	return found
}

package repolint

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

const modulesPath = "internal/repolint/modules.txt"

// permissive are the licences that may ship; test tools that are never shipped may have others and say "tool".
var permissive = []string{"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "OFL-1.1", "0BSD", "MPL-2.0", "Unlicense", "BSD-3-Clause-and-MIT", "SQLite"}

// checkModules: every third-party module, direct or not, and every npm package we ask for has a line "name licence
// reason" in modules.txt; every line is still true.
func checkModules(r *Repo) []Finding {
	var found []Finding
	listed := map[string]int{}
	for i, line := range lines(r.Files[modulesPath]) {
		words := strings.Fields(line)
		if len(words) < 4 {
			found = append(found, Finding{Path: modulesPath, Line: i, Say: "want: module licence reason in words"})
			continue
		}
		if !slices.Contains(permissive, words[1]) {
			found = append(found, Finding{Path: modulesPath, Line: i, Say: words[1] + " is not on the list of permissive licences"})
		}
		listed[words[0]] = i
	}
	used := map[string]string{} // module -> file that asks for it
	for _, m := range requirements(r.Files["go.mod"]) {
		used[m] = "go.mod"
	}
	var npm struct{ Dependencies, DevDependencies map[string]string }
	if text := r.Files["package.json"]; text != "" {
		if err := json.Unmarshal([]byte(text), &npm); err != nil {
			found = append(found, Finding{Path: "package.json", Say: err.Error()})
		}
	}
	for _, asked := range []map[string]string{npm.Dependencies, npm.DevDependencies} {
		for name, version := range asked {
			used["npm:"+name] = "package.json"
			if !regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(version) {
				found = append(found, Finding{Path: "package.json", Say: name + " " + version + ": pin one version"})
			}
		}
	}
	for m, file := range used {
		if listed[m] == 0 {
			found = append(found, Finding{Path: file, Say: m + " has no line (module licence reason) in " + modulesPath})
		}
	}
	for m, i := range listed {
		if used[m] == "" {
			found = append(found, Finding{Path: modulesPath, Line: i, Say: m + " is not asked for any more"})
		}
	}
	return found
}

// requirements are the module paths that a go.mod requires.
func requirements(gomod string) []string {
	var modules []string
	inside := false
	for s := bufio.NewScanner(strings.NewReader(gomod)); s.Scan(); {
		words := strings.Fields(s.Text())
		switch {
		case len(words) == 2 && words[0] == "require" && words[1] == "(":
			inside = true
		case len(words) == 1 && words[0] == ")":
			inside = false
		case inside && len(words) >= 2 && !strings.HasPrefix(words[0], "//"):
			modules = append(modules, words[0])
		case len(words) >= 3 && words[0] == "require":
			modules = append(modules, words[1])
		}
	}
	return modules
}

const hashesPath = "internal/store/db/SOURCES.sha256"

// checkGenerated: internal/store/db was made from the SQL as it stands and not changed by hand; scripts/sql-hashes.sh
// wrote the same lines.
func checkGenerated(r *Repo) []Finding {
	want := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(r.Files[hashesPath]), "\n") {
		if sum, p, ok := strings.Cut(line, "  "); ok {
			want[p] = sum
		}
	}
	var found []Finding
	for _, p := range r.Paths() {
		sql := strings.HasSuffix(p, ".sql") && (strings.HasPrefix(p, "internal/store/sql/") || strings.HasPrefix(p, "internal/store/migrations/"))
		if !sql && p != "sqlc.yaml" && !(strings.HasPrefix(p, "internal/store/db/") && strings.HasSuffix(p, ".go")) {
			continue
		}
		if got := fmt.Sprintf("%x", sha256.Sum256([]byte(r.Files[p]))); want[p] != got {
			found = append(found, Finding{Path: p, Say: "internal/store/db does not match it: run make generate and commit"})
		}
		delete(want, p)
	}
	for p := range want {
		found = append(found, Finding{Path: hashesPath, Say: p + " is gone: run make generate and commit"})
	}
	return found
}

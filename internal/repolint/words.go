package repolint

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	english   = regexp.MustCompile(`^[a-z0-9_-]+\.en\.json$`)
	scriptKey = regexp.MustCompile(`\b(?:t|rich|has)\(\s*['"]([a-z0-9_]+(?:\.[a-z0-9_-]+)+)['"]`)
	// sayers are the functions whose argument at this place is a catalogue key, followed by name, value pairs.
	sayers = map[string]int{"phrase.Of": 0, "fault.New": 1, "fault.Wrap": 2}
)

// checkCatalogue: a key that code says has English words, and what the words ask for is given.
func checkCatalogue(r *Repo) []Finding {
	words := map[string]string{}
	var found []Finding
	for _, p := range r.Paths() {
		if !english.MatchString(path.Base(p)) || strings.Contains(p, "/testdata/") {
			continue
		}
		var file map[string]string
		if err := json.Unmarshal([]byte(r.Files[p]), &file); err != nil {
			found = append(found, Finding{Path: p, Say: err.Error()})
		}
		for key, message := range file {
			words[key] = message
		}
	}
	for _, g := range r.Go {
		if g.Test {
			continue
		}
		ast.Inspect(g.AST, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			key, pairs, ok := said(call)
			if !ok {
				return true
			}
			message, ok := words[key]
			if !ok {
				found = append(found, Finding{Path: g.Path, Line: g.Line(call.Pos()), Say: key + " has no words in any *.en.json"})
				return true
			}
			if given, all := names(call, pairs); all {
				for _, name := range wanted(message) {
					if !slices.Contains(given, name) {
						found = append(found, Finding{Path: g.Path, Line: g.Line(call.Pos()), Say: fmt.Sprintf("%s asks for {%s}, which is not given", key, name)})
					}
				}
			}
			return true
		})
	}
	for _, p := range r.Paths() {
		if ext := path.Ext(p); ext != ".ts" && ext != ".tsx" || strings.Contains(p, ".test.") {
			continue
		}
		for i, line := range strings.Split(r.Files[p], "\n") {
			for _, m := range scriptKey.FindAllStringSubmatch(line, -1) {
				if _, ok := words[m[1]]; !ok {
					found = append(found, Finding{Path: p, Line: i + 1, Say: m[1] + " has no words in any *.en.json"})
				}
			}
		}
	}
	return found
}

// said is the literal key of a call that says a phrase, and where its name, value pairs begin.
func said(call *ast.CallExpr) (key string, pairs int, ok bool) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return "", 0, false
	}
	x, ok := sel.X.(*ast.Ident)
	if !ok {
		return "", 0, false
	}
	at, ok := sayers[x.Name+"."+sel.Sel.Name]
	if !ok || len(call.Args) <= at {
		return "", 0, false
	}
	key, ok = literal(call.Args[at])
	return key, at + 1, ok && key != ""
}

// wanted are the values that a message names: in "{n, plural, one {a line} other {# of {all}}}" n and all.
func wanted(message string) []string {
	var names []string
	inMessage := []bool{true} // what each open brace holds: words, or a value's name and choices
	for i, c := range message {
		words := inMessage[len(inMessage)-1]
		switch {
		case c == '{' && words:
			names = append(names, strings.TrimSpace(message[i+1:i+1+strings.IndexAny(message[i+1:]+"}", ",}")]))
			inMessage = append(inMessage, false)
		case c == '{':
			inMessage = append(inMessage, true)
		case c == '}' && len(inMessage) > 1:
			inMessage = inMessage[:len(inMessage)-1]
		}
	}
	return names
}

// names are the names of a call's name, value pairs; all=false when they are not written out.
func names(call *ast.CallExpr, from int) (given []string, all bool) {
	if call.Ellipsis.IsValid() {
		return nil, false
	}
	for i := from; i < len(call.Args); i += 2 {
		name, ok := literal(call.Args[i])
		if !ok {
			return nil, false
		}
		given = append(given, name)
	}
	return given, true
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

package main

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"kith/internal/access"
	"kith/internal/web"
)

// accessTable is written by hand: who may do what about Lena of 7B. An operation without a row fails, so does a row
// without an operation.
//
//go:embed access.txt
var accessTable string

// cell is what an actor is told.
var cells = map[string]string{"+": "yes", "?": "sign in first", "-": "no", "0": "there is nothing here"}

// public is the row of an operation that is open to everybody on purpose.
var public = []string{"public"}

func isPublic(row []string) bool { return len(row) == 1 }

func cellOf(status int) string {
	switch status {
	case http.StatusUnauthorized:
		return "?"
	case http.StatusForbidden:
		return "-"
	case http.StatusNotFound:
		return "0"
	}
	return "+"
}

// readTable reads the rows: operation, then a cell for each actor.
func readTable(t *testing.T) map[string][]string {
	t.Helper()
	rows := map[string][]string{}
	lines := bufio.NewScanner(strings.NewReader(accessTable))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if fields[0] == "operation" {
			for i, a := range actors {
				if fields[i+1] != string(a) {
					t.Fatalf("access.txt: column %d is %s, want %s", i+1, fields[i+1], a)
				}
			}
			continue
		}
		if len(fields) == 2 && fields[1] == "public" {
			rows[fields[0]] = public
			continue
		}
		if len(fields) != len(actors)+1 {
			t.Fatalf("access.txt: %s has %d cells, want %d", fields[0], len(fields)-1, len(actors))
		}
		for _, c := range fields[1:] {
			if cells[c] == "" {
				t.Fatalf("access.txt: %s has a cell %q", fields[0], c)
			}
		}
		if rows[fields[0]] != nil {
			t.Fatalf("access.txt: %s stands twice", fields[0])
		}
		rows[fields[0]] = fields[1:]
	}
	return rows
}

func allOperations(t *testing.T) []web.Operation {
	t.Helper()
	s, err := buildServer(nil, serverOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return s.Registry.All()
}

func TestAccess_TableAndOperationsAreTheSame(t *testing.T) {
	rows := readTable(t)
	seen := map[string]bool{}
	for _, o := range allOperations(t) {
		if seen[o.Name] {
			t.Errorf("two operations are called %s", o.Name)
		}
		seen[o.Name] = true
		if rows[o.Name] == nil {
			t.Errorf("%s (%s %s, %s) has no row in access.txt", o.Name, o.Method, o.Path, o.Rule)
		}
		if isPublic(rows[o.Name]) != (o.Rule == access.Allow(access.Anyone)) {
			t.Errorf("%s: its policy is %s, access.txt says otherwise", o.Name, o.Rule)
		}
		if requests[o.Name] == nil && !isPublic(rows[o.Name]) {
			t.Errorf("%s has no request in access_requests_test.go", o.Name)
		}
	}
	for name := range rows {
		if !seen[name] {
			t.Errorf("access.txt has a row for %s, which is no operation", name)
		}
	}
}

// TestAccess_EveryOperationForEveryActor asks for every operation as every kind of person: those who may not first, so that
// nothing that is allowed changes what they are told.
func TestAccess_EveryOperationForEveryActor(t *testing.T) {
	rows := readTable(t)
	tp := makeTemplate(t)
	for _, o := range allOperations(t) {
		row, request := rows[o.Name], requests[o.Name]
		if row == nil || request == nil || isPublic(row) {
			continue // told above, or nothing to tell
		}
		t.Run(o.Name, func(t *testing.T) {
			w := tp.open(t, nil)
			for _, may := range []bool{false, true} {
				for i, a := range actors {
					if (row[i] == "+") != may {
						continue
					}
					if got := cellOf(w.ask(a, request(w, a))); got != row[i] {
						t.Errorf("%s: %s, want %s", a, cells[got], cells[row[i]])
					}
				}
			}
		})
	}
}

// TestAccess_EveryPolicyIsHeldByTheTable takes each policy away in turn: at least one person must then be told something
// else than the table says.
func TestAccess_EveryPolicyIsHeldByTheTable(t *testing.T) {
	rows := readTable(t)
	tp := makeTemplate(t)
	for _, o := range allOperations(t) {
		row, request := rows[o.Name], requests[o.Name]
		if row == nil || request == nil || isPublic(row) {
			continue
		}
		t.Run(o.Name, func(t *testing.T) {
			w := tp.open(t, func(name string, declared access.Rule) access.Rule {
				if name == o.Name {
					return access.Allow(access.Anyone)
				}
				return declared
			})
			held := slices.ContainsFunc(actors, func(a actor) bool {
				i := slices.Index(actors, a)
				return row[i] != "+" && cellOf(w.ask(a, request(w, a))) != row[i]
			})
			if !held {
				t.Errorf("without its policy (%s) the table sees no difference", o.Rule)
			}
		})
	}
}

// request makes what an actor sends for an operation; about Lena or 7B wherever it is about somebody.
type request func(w *world, a actor) *http.Request

func get(path func(w *world) string) request {
	return func(w *world, _ actor) *http.Request {
		r := httptest.NewRequest(http.MethodGet, path(w), nil)
		r.Header.Set("Accept", "application/json")
		return r
	}
}

func at(format string, args ...func(w *world) string) request {
	return get(func(w *world) string {
		texts := make([]any, len(args))
		for i, a := range args {
			texts[i] = a(w)
		}
		return fmt.Sprintf(format, texts...)
	})
}

// act posts a verb's input; the op is new each time.
func act(path string, body func(w *world) map[string]any) request {
	return func(w *world, _ actor) *http.Request {
		in := body(w)
		in["op"] = newUUID()
		text, err := json.Marshal(in)
		if err != nil {
			panic(err)
		}
		r := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(text))
		r.Header.Set("Content-Type", "application/json")
		return r
	}
}

// form posts a form as a document does.
func form(path, body string) request {
	return func(*world, actor) *http.Request {
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return r
	}
}

func lenaID(w *world) string  { return string(w.person[lena]) }
func class7B(w *world) string { return string(w.class) }
func unit7B(w *world) string  { return w.unit }

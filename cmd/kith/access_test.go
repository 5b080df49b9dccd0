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
	"strconv"
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

func meaning(cell string) string {
	if says := cells[cell]; says != "" {
		return says
	}
	return cell
}

// isDoor reports whether a row lets everybody in, also those who are not signed in.
func isDoor(row []string) bool { return len(row) > 0 && row[0] == "+" }

// cellOf is what a status tells: "+" only where the work was really reached and done.
func cellOf(status int) string {
	switch {
	case status == http.StatusUnauthorized:
		return "?"
	case status == http.StatusForbidden:
		return "-"
	case status == http.StatusNotFound:
		return "0"
	case status < http.StatusBadRequest:
		return "+"
	}
	return strconv.Itoa(status)
}

// refusedTo are those who may, but are told a conflict: they are asked after somebody else whose act has taken the place of
// theirs, or the thing is not theirs to act on. Everybody else with a "+" must get what they asked for.
var refusedTo = map[string]map[actor]int{}

// page is how a browser asks for a page whose data the request asks for.
func pageOf(r *http.Request) *http.Request {
	d := httptest.NewRequest(http.MethodGet, strings.TrimPrefix(r.URL.RequestURI(), "/api/v1/page"), nil)
	d.Header.Set("Accept", "text/html")
	return d
}

// pageCellOf is what a browser is told: the way to the sign-in page stands for "sign in first", and a clone without built
// scripts says so to those who may.
func pageCellOf(status int) string {
	switch status {
	case http.StatusSeeOther:
		return "?"
	case http.StatusServiceUnavailable:
		return "+"
	}
	return cellOf(status)
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
		if isDoor(rows[o.Name]) != (o.Rule == access.Allow(access.Anyone)) {
			t.Errorf("%s: its policy is %s, access.txt says otherwise", o.Name, o.Rule)
		}
		if requests[o.Name] == nil {
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
		if row == nil || request == nil || unbuilt(o.Name) {
			continue // told above, or nothing to tell
		}
		t.Run(o.Name, func(t *testing.T) {
			w := tp.open(t, nil)
			for _, may := range []bool{false, true} {
				for i, a := range actors {
					if (row[i] == "+") != may {
						continue
					}
					want := row[i]
					if told := refusedTo[o.Name][a]; told > 0 {
						want = strconv.Itoa(told)
					}
					r := request(w, a)
					if got := cellOf(w.ask(a, r)); got != want {
						t.Errorf("%s: %s, want %s", a, meaning(got), meaning(want))
					}
					if !strings.HasPrefix(r.URL.Path, "/api/v1/page/") {
						continue
					}
					if got := pageCellOf(w.ask(a, pageOf(r))); got != want {
						t.Errorf("%s, as a page: %s, want %s", a, meaning(got), meaning(want))
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
		if row == nil || request == nil || isDoor(row) {
			continue // a door has no policy to take away
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

// ask posts JSON for something that changes nothing, and so has no op.
func ask(path string, body func(w *world) map[string]any) request {
	return func(w *world, _ actor) *http.Request {
		text, err := json.Marshal(body(w))
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

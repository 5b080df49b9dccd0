package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/store/pgtest"
	"kith/internal/web"
)

// served is the world of the access table behind a real HTTP server, as kith serve sets it up.
type served struct {
	*world
	base  string
	words *phrase.Catalogue
}

func serveWorld(t *testing.T) *served { return serveWorldOn(t, "") }

// onBothEngines runs a test on SQLite and on PostgreSQL: what is refused, and what is left unchanged, may not depend on it.
func onBothEngines(t *testing.T, test func(t *testing.T, s *served)) {
	t.Run("sqlite", func(t *testing.T) { test(t, serveWorld(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, serveWorldOn(t, pgtest.Start(t))) })
}

func serveWorldOn(t *testing.T, url string) *served {
	t.Helper()
	w := makeTemplateOn(t, url).open(t, nil)
	ts := httptest.NewUnstartedServer(w.handler)
	ts.Config = httpServer(w.handler)
	ts.Start()
	t.Cleanup(ts.CloseClientConnections)
	words, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return &served{w, ts.URL, words}
}

// reply is what came back.
type reply struct {
	status int
	header http.Header
	body   string
	says   string // the problem's sentence, as a person reads it
	code   string
}

// send makes a request as an actor; headers are name, value pairs and win over the JSON ones.
func (s *served) send(a actor, method, path string, body io.Reader, headers ...string) reply {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.base+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	if token := s.token[a]; token != "" {
		r.AddCookie(&http.Cookie{Name: "kith", Value: token})
	}
	res, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	out := reply{status: res.StatusCode, header: res.Header, body: string(text)}
	s.problem(&out)
	return out
}

// problem puts a refusal into the words that its reader sees.
func (s *served) problem(r *reply) {
	s.t.Helper()
	if !strings.HasPrefix(r.header.Get("Content-Type"), "application/problem+json") {
		return
	}
	var p web.Problem
	if err := json.Unmarshal([]byte(r.body), &p); err != nil {
		s.t.Fatalf("the problem is not JSON: %v: %s", err, r.body)
	}
	r.says, r.code = s.words.Say(phrase.Default, p.Say), p.Say.Code
}

func (s *served) post(a actor, path string, body map[string]any) reply {
	s.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.send(a, http.MethodPost, path, strings.NewReader(string(text)))
}

// refuses fails unless the reply has the status and a sentence that says whether work is safe, and no table has changed.
func (s *served) refuses(t *testing.T, got reply, status int, before map[string]int) {
	t.Helper()
	if got.status != status {
		t.Errorf("got %d, want %d: %s", got.status, status, got.body)
	}
	if !strings.HasSuffix(got.says, ".") || strings.Contains(got.says, "{") || strings.Contains(got.says, got.code) {
		t.Errorf("nobody can read %q (%s)", got.says, got.code)
	}
	for _, word := range []string{"panic", "goroutine", "sql", "SQLITE", "json:", "runtime", ".go:"} {
		if strings.Contains(got.body, word) {
			t.Errorf("the answer speaks of our insides (%s): %s", word, got.body)
		}
	}
	s.unchanged(t, before)
}

func (s *served) unchanged(t *testing.T, before map[string]int) {
	t.Helper()
	for table, n := range s.counts(t) {
		if before[table] != n {
			t.Errorf("%s has %d rows, had %d: something was half-written", table, n, before[table])
		}
	}
}

// raw opens the database past the program, to read; tables is the statement that names its tables.
func (s *served) raw(t *testing.T) (raw *sql.DB, tables string) {
	t.Helper()
	driver, address := "sqlite", "file:"+filepath.ToSlash(filepath.Join(s.dir, "kith.db"))+"?_pragma=busy_timeout(5000)&_pragma=query_only(1)"
	tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
	if s.db != "" {
		driver, address, tables = "pgx", s.db, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
	}
	raw, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	return raw, tables
}

// counts are the rows of every table, read past the program.
func (s *served) counts(t *testing.T) map[string]int {
	t.Helper()
	raw, tables := s.raw(t)
	defer raw.Close()
	names, err := raw.QueryContext(t.Context(), tables)
	if err != nil {
		t.Fatal(err)
	}
	defer names.Close()
	out := map[string]int{}
	for names.Next() {
		var name string
		if err := names.Scan(&name); err != nil {
			t.Fatal(err)
		}
		out[name] = 0
	}
	if err := names.Err(); err != nil {
		t.Fatal(err)
	}
	for name := range out {
		var n int
		if err := raw.QueryRowContext(t.Context(), `SELECT count(*) FROM "`+name+`"`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		out[name] = n
	}
	return out
}

// answer is Lena's right answer to the first item's first variant.
func (s *served) answer(drawN int) map[string]any {
	s.t.Helper()
	it := s.items[0]
	return map[string]any{"op": newUUID(), "learner": lenaID(s.world), "item": it.ID, "version": 1, "draw_n": drawN, "try": 1, "hints": 0,
		"response": rightAnswer(s.t, it, s.person[lena], drawN), "purpose": "practice", "took_ms": 900, "happened_ms": 0}
}

// rightAnswer is what a learner should answer to a variant of a number item.
func rightAnswer(t *testing.T, it item.Item, who roster.PersonID, drawN int) item.Response {
	t.Helper()
	v, err := item.Draw(it, item.SeedFor(string(who), string(it.ID), drawN))
	if err != nil {
		t.Fatal(err)
	}
	return item.Response{Boxes: []string{v.Key()[0].RatString()}}
}

// with is a body with some fields changed; nil takes one out.
func with(body map[string]any, pairs ...any) map[string]any {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] == nil {
			delete(body, pairs[i].(string))
		} else {
			body[pairs[i].(string)] = pairs[i+1]
		}
	}
	return body
}

// text reads one text column of the newest row of a table, for Lena.
func (s *served) text(t *testing.T, query string, args ...any) (out string) {
	t.Helper()
	raw, _ := s.raw(t)
	defer raw.Close()
	if err := raw.QueryRowContext(context.WithoutCancel(t.Context()), query, args...).Scan(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

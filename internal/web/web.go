// Package web is the browser's side of the flow: operations with their policy, sessions, documents and problems.
//
// Everything that can be asked for is an Operation in one Registry: a page (document and JSON of the same view), an action
// (a verb), a stream, a file, a form. Each carries the Rule of its verb or view; one without a declared rule cannot be
// registered, and the matrix test walks the registry. Judgement, transactions and object-level authorization are flow's.
//
// Place in the flow: layer 5, an adapter. web/learner and web/staff register pages into it.
package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"kith/internal/access"
	"kith/internal/auth"
	"kith/internal/blob"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/live"
	"kith/internal/phrase"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// Speaker puts phrases into words: the catalogue of package phrase.
type Speaker interface {
	Say(locale string, p phrase.Phrase) string
	Words(locale string, prefixes ...string) map[string]string // messages by key, for a page to word by itself
}

// Config is what a Server stands on.
type Config struct {
	Flow      *flow.Flow
	Hub       *live.Hub
	Catalogue Speaker
	Log       *slog.Logger
	Secure    bool   // cookies only over https
	Zone      string // this machine's time zone (IANA), "" when unknown: what a new school's form begins with
	Blobs     *blob.Store
	Brought   *blob.Store // files that somebody brings, until they are taken

	// Rule, when set, is asked for the rule of each operation instead of the declared one: for the access test alone.
	Rule func(name string, declared access.Rule) access.Rule
}

// Server holds the registry and answers requests.
type Server struct {
	Config
	Registry *Registry
	mux      *http.ServeMux
	api      huma.API
	assets   *assets
	stopping chan struct{}
	stopOnce sync.Once
	uploads  chan struct{}   // a place for each upload that may run at once
	photos   chan struct{}   // a place for each photo that may be made anew at once
	large    map[string]bool // paths that take more than maxBody
	kept     sessionsKept
	forgets  atomic.Int64 // how often Forget was called
	secrets  *auth.Pool
	key      [32]byte // of this process: client counts, links that are handed out
}

// New makes a server with the operations that every installation has; pages are registered by the packages beside it.
// It panics when the catalogue or an operation is malformed: a programmer's error, seen at start-up.
func New(cfg Config) *Server {
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Rule != nil && cfg.Flow != nil {
		cfg.Flow = cfg.Flow.WithRule(cfg.Rule)
	}
	s := &Server{Config: cfg, Registry: &Registry{}, mux: http.NewServeMux(), assets: loadAssets(), stopping: make(chan struct{}),
		secrets: auth.NewPool(0, 0), key: newKey(), uploads: make(chan struct{}, uploadsAtOnce), photos: make(chan struct{}, photosAtOnce),
		large: map[string]bool{uploadPath: true, uploadAnswerPath: true}}
	huma.DefaultArrayNullable = false
	huma.NewError = newProblem
	hc := huma.DefaultConfig("Kith", "1")
	hc.DocsPath, hc.SchemasPath, hc.OpenAPIPath, hc.CreateHooks = "", "", "", nil
	hc.Formats = map[string]huma.Format{"application/json": jsonFormat, "json": jsonFormat}
	s.api = humago.New(s.mux, hc)
	s.registerAssets()
	s.registerAway()
	s.registerLive()
	s.registerDoor()
	s.registerFiles()
	return s
}

func (s *Server) ruleOf(o Operation) access.Rule {
	if s.Rule == nil {
		return o.Rule
	}
	return s.Rule(o.Name, o.Rule)
}

// API is the typed interface's description (OpenAPI 3.1), for generated types and documents.
func (s *Server) API() *huma.OpenAPI { return s.api.OpenAPI() }

// Handler is the whole server: recovery, request ids, headers, cross-origin protection, session, then the operation.
func (s *Server) Handler() http.Handler {
	var h http.Handler = http.HandlerFunc(s.routed)
	h = s.withActor(h)
	h = s.withSameSite(h)
	h = s.withLimit(h)
	h = withHeaders(h)
	return s.withRecovery(h)
}

// Stop ends open streams, so that a shutdown need not wait for them.
func (s *Server) Stop() { s.stopOnce.Do(func() { close(s.stopping) }) }

// Flow verbs and views are run with the actor of the request.

type ctxKey int

const (
	actorKey ctxKey = iota
	refKey
	localeKey
	originKey
)

// ActorOf is the request's actor; the zero Actor when nobody is signed in.
func ActorOf(ctx context.Context) access.Actor {
	who, _ := ctx.Value(actorKey).(Session)
	return who.Actor
}

// SessionOf is the request's session; the zero Session when nobody is signed in.
func SessionOf(ctx context.Context) Session {
	who, _ := ctx.Value(actorKey).(Session)
	return who
}

func refOf(ctx context.Context) string {
	ref, _ := ctx.Value(refKey).(string)
	return ref
}

func newRef() string {
	var b [6]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// withRecovery gives each request a reference and turns a panic into a problem instead of a cut connection.
func (s *Server) withRecovery(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), refKey, newRef())
		r = r.WithContext(context.WithValue(ctx, originKey, s.origin(r)))
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler { //nolint:errorlint // a sentinel that net/http compares so
					panic(p)
				}
				s.fail(w, r, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// policy is the page's contract with the browser: nothing inline, nothing from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self' blob:; " +
	"connect-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

func withHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// Problem is what a refused request is told (RFC 9457): the fault's kind, the phrase in the reader's words, and a
// reference that finds it in the log.
type Problem struct {
	Type   string        `json:"type"`
	Status int           `json:"status"`
	Kind   string        `json:"kind"`
	Title  string        `json:"title"`
	Say    phrase.Phrase `json:"say"`
	Ref    string        `json:"ref,omitempty"`
}

// Error, GetStatus and ContentType make a Problem what huma writes.
func (p *Problem) Error() string { return p.Kind + ": " + p.Title }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of RFC 9457.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders says when to try again, where trying again is all that is needed.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.Status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "2")
	}
	return h
}

// statuses is the one table from kinds to HTTP.
var statuses = map[fault.Kind]int{
	fault.Internal: 500, fault.Invalid: 422, fault.Unauthenticated: 401, fault.Forbidden: 403,
	fault.NotFound: 404, fault.Conflict: 409, fault.Unavailable: 503,
}

// kinds is the table's other direction, for problems that huma makes (malformed bodies, unknown fields).
var kinds = map[int]fault.Kind{
	400: fault.Invalid, 401: fault.Unauthenticated, 403: fault.Forbidden, 404: fault.NotFound, 405: fault.Invalid, 406: fault.Invalid,
	408: fault.Unavailable, 409: fault.Conflict, 413: fault.Invalid, 415: fault.Invalid, 422: fault.Invalid, 503: fault.Unavailable,
}

func newProblem(status int, msg string, errs ...error) huma.StatusError {
	kind := kinds[status]
	say := phrase.Of("fault.input", "detail", msg)
	switch {
	case kind == fault.Internal:
		say = phrase.Of("fault.internal")
	case status == http.StatusRequestEntityTooLarge:
		say = phrase.Of("fault.too_large")
	case status == http.StatusBadRequest || status == http.StatusRequestTimeout || status == http.StatusUnsupportedMediaType:
		say = phrase.Of("fault.form")
	case len(errs) > 0:
		say = phrase.Of("fault.input", "detail", details(errs))
	}
	return &Problem{Type: "about:blank", Status: status, Kind: kind.String(), Title: say.Code, Say: say}
}

// details names the fields that cannot be taken and why, without what was sent in them: that may be long, and private.
func details(errs []error) string {
	const most = 3
	var out []string
	for i, err := range errs {
		if i == most {
			break
		}
		text := err.Error()
		if d := new(huma.ErrorDetail); errors.As(err, &d) {
			text = strings.TrimPrefix(d.Location, "body.") + " " + d.Message
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

// problemOf turns any error into its problem and logs what is ours.
func (s *Server) problemOf(ctx context.Context, what string, err error) *Problem {
	var already *Problem
	if errors.As(err, &already) {
		return already
	}
	kind, _ := fault.KindOf(err)
	ref := refOf(ctx)
	// Who has gone away in the middle is told nothing, and nobody has to look into it.
	if gone := ctx.Err() != nil; !gone && (kind == fault.Internal || kind == fault.Unavailable) {
		s.Log.Error("request failed", "ref", ref, "operation", what, "error", err)
	}
	say := fault.Said(err)
	return &Problem{Type: "about:blank", Status: statuses[kind], Kind: kind.String(), Title: say.Code, Say: say, Ref: ref}
}

// fail answers with a problem: a page for a browser that asked for one, JSON otherwise.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := s.problemOf(r.Context(), r.Method+" "+r.URL.Path, err)
	maps.Copy(w.Header(), p.GetHeaders())
	if wantsHTML(r) {
		s.errorPage(w, r, p)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

// sessionLife is how long a device stays signed in without being used: a class should not type passwords every week.
const sessionLife = 60 * 24 * time.Hour

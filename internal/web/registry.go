package web

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"time"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"

	"github.com/danielgtaylor/huma/v2"
)

// Sort says what an operation is.
type Sort string

const (
	SortPage   Sort = "page"   // a document and its view as JSON
	SortAction Sort = "action" // a verb
	SortForm   Sort = "form"   // a verb behind a document's form
	SortStream Sort = "stream" // server-sent events
	SortFile   Sort = "file"   // bytes
)

// Operation is one thing that can be asked for.
type Operation struct {
	Name   string
	Sort   Sort
	Method string
	Path   string // ServeMux pattern without the method
	Rule   access.Rule
}

// Registry lists every operation of a server, in the order of registration.
type Registry struct{ all []Operation }

// All lists the operations.
func (r *Registry) All() []Operation { return r.all }

func (r *Registry) add(o Operation) {
	if !o.Rule.Declared() {
		panic("web: " + o.Method + " " + o.Path + " (" + o.Name + ") has no policy")
	}
	r.all = append(r.all, o)
}

// Act registers a verb as POST path with a JSON body; path begins with /api/v1/.
func Act[I flow.Input, O any](s *Server, path string, v flow.Verb[I, O]) {
	s.Registry.add(Operation{Name: v.Name, Sort: SortAction, Method: http.MethodPost, Path: path, Rule: v.Rule})
	type in struct{ Body I }
	type out struct{ Body O }
	huma.Register(s.api, huma.Operation{OperationID: v.Name, Method: http.MethodPost, Path: path, MaxBodyBytes: maxBody,
		Extensions: map[string]any{"x-policy": v.Rule.String()}}, func(ctx context.Context, req *in) (*out, error) {
		o, err := flow.Run(ctx, s.Flow, v, ActorOf(ctx), req.Body)
		if err != nil {
			return nil, s.problemOf(ctx, v.Name, err)
		}
		return &out{Body: o}, nil
	})
}

// ActBy is Act for a verb that needs something of ours besides what the client sends, or whose answer is not its outcome
// alone: prepare fills the input's fields that are no JSON, answer makes what the client is told.
func ActBy[I flow.Input, O, R any](s *Server, path string, v flow.Verb[I, O], prepare func(in *I), answer func(ctx context.Context, in I, done O) (R, error)) {
	s.Registry.add(Operation{Name: v.Name, Sort: SortAction, Method: http.MethodPost, Path: path, Rule: v.Rule})
	type in struct{ Body I }
	type out struct{ Body R }
	huma.Register(s.api, huma.Operation{OperationID: v.Name, Method: http.MethodPost, Path: path, MaxBodyBytes: maxBody,
		Extensions: map[string]any{"x-policy": v.Rule.String()}}, func(ctx context.Context, req *in) (*out, error) {
		if prepare != nil {
			prepare(&req.Body)
		}
		done, err := flow.Run(ctx, s.Flow, v, ActorOf(ctx), req.Body)
		if err != nil {
			return nil, s.problemOf(ctx, v.Name, err)
		}
		r, err := answer(ctx, req.Body, done)
		if err != nil {
			return nil, s.problemOf(ctx, v.Name, err)
		}
		return &out{Body: r}, nil
	})
}

// Ask registers a view that a page asks for while somebody types: POST path with a JSON body, so that nothing of it stands in an
// address. It changes nothing. Each person may ask pace.most times in a moment and pace.each a second after that; more is
// Unavailable, and the page does without.
func Ask[I, O any](s *Server, path string, v flow.View[I, O]) {
	AskBy(s, path, v, func(_ context.Context, _ I, o O) (O, error) { return o, nil })
}

// AskBy is Ask for a view whose answer is not all that the page is told: answer makes it, once the view has let somebody in.
func AskBy[I, O, R any](s *Server, path string, v flow.View[I, O], answer func(ctx context.Context, in I, o O) (R, error)) {
	s.Registry.add(Operation{Name: v.Name, Sort: SortAction, Method: http.MethodPost, Path: path, Rule: v.Rule})
	type in struct{ Body I }
	type out struct{ Body R }
	p := newPace(6, 24)
	huma.Register(s.api, huma.Operation{OperationID: v.Name, Method: http.MethodPost, Path: path, MaxBodyBytes: maxBody,
		Extensions: map[string]any{"x-policy": v.Rule.String()}}, func(ctx context.Context, req *in) (*out, error) {
		who := ActorOf(ctx)
		if !p.allows(string(who.Person), time.Now()) {
			return nil, s.problemOf(ctx, v.Name, fault.New(fault.Unavailable, "fault.pace"))
		}
		o, err := flow.Show(ctx, s.Flow, v, who, req.Body)
		if err != nil {
			return nil, s.problemOf(ctx, v.Name, err)
		}
		told, err := answer(ctx, req.Body, o)
		if err != nil {
			return nil, s.problemOf(ctx, v.Name, err)
		}
		return &out{Body: told}, nil
	})
}

// Form registers a verb behind a document's form: read makes its input of the request, write draws what became of it.
func Form[I flow.Input, O any](s *Server, path string, v flow.Verb[I, O], read func(r *http.Request) (I, error), write func(w http.ResponseWriter, r *http.Request, in I, done O) error) {
	s.Registry.add(Operation{Name: v.Name, Sort: SortForm, Method: http.MethodPost, Path: path, Rule: v.Rule})
	s.mux.HandleFunc("POST "+exact(path), func(w http.ResponseWriter, r *http.Request) {
		in, err := read(r)
		if err == nil {
			var done O
			if done, err = flow.Run(r.Context(), s.Flow, v, ActorOf(r.Context()), in); err == nil {
				err = write(w, r, in, done)
			}
		}
		if err != nil {
			s.fail(w, r, err)
		}
	})
}

// Spec describes a page: its URL, its script ("learner/home": internal/web/learner/home.tsx), the catalogue key of its
// title, and the tab that it lights.
type Spec struct {
	Path   string
	Script string
	Title  string
	Tab    string
	Topics func(view any) []string // topics that the page follows, from its view; nil = none
	Bare   bool                    // without the frame of tabs (the projector)
	Words  []string                // prefixes of words that the page says besides its own and those that every page shares
}

// PageOf registers a view as a page: GET path gives the document, GET /api/v1/page+path the same data as JSON.
func PageOf[I, O any](s *Server, spec Spec, v flow.View[I, O]) {
	s.Registry.add(Operation{Name: v.Name, Sort: SortPage, Method: http.MethodGet, Path: spec.Path, Rule: v.Rule})
	type out struct{ Body Page[O] }
	load := func(ctx context.Context, in I, self string) (Page[O], error) {
		o, revs, err := flow.ShowAt(ctx, s.Flow, v, ActorOf(ctx), in, func(o O) []string { return topicsOf(ActorOf(ctx), spec, o) })
		if err != nil {
			return Page[O]{}, err
		}
		return framed(ctx, s, spec, o, revs, self)
	}
	huma.Register(s.api, huma.Operation{OperationID: "page_" + v.Name, Method: http.MethodGet, Path: pagePrefix + spec.Path,
		Extensions: map[string]any{"x-policy": v.Rule.String()}}, func(ctx context.Context, in *I) (*out, error) {
		page, err := load(ctx, *in, pagePrefix+fill(spec.Path, in))
		if err != nil {
			return nil, s.problemOf(ctx, v.Name, err)
		}
		return &out{Body: page}, nil
	})
	s.mux.HandleFunc("GET "+exact(spec.Path), func(w http.ResponseWriter, r *http.Request) {
		var in I
		if err := decodePath(r, &in); err != nil {
			s.fail(w, r, err)
			return
		}
		page, err := load(r.Context(), in, pagePrefix+r.URL.RequestURI())
		if err != nil {
			s.fail(w, r, err)
			return
		}
		s.document(w, r, spec, page)
	})
}

// Document registers a view as a document without script: write draws it.
func Document[I, O any](s *Server, path string, v flow.View[I, O], write func(w http.ResponseWriter, r *http.Request, view O) error) {
	s.Registry.add(Operation{Name: v.Name, Sort: SortPage, Method: http.MethodGet, Path: path, Rule: v.Rule})
	s.viewHandler(path, func(w http.ResponseWriter, r *http.Request) error {
		var in I
		if err := decodePath(r, &in); err != nil {
			return err
		}
		o, err := flow.Show(r.Context(), s.Flow, v, ActorOf(r.Context()), in)
		if err != nil {
			return err
		}
		return write(w, r, o)
	})
}

// Bytes registers a view as a file: write sends the bytes.
func Bytes[I, O any](s *Server, path string, v flow.View[I, O], write func(w http.ResponseWriter, r *http.Request, view O) error) {
	s.Registry.add(Operation{Name: v.Name, Sort: SortFile, Method: http.MethodGet, Path: path, Rule: v.Rule})
	s.viewHandler(path, func(w http.ResponseWriter, r *http.Request) error {
		var in I
		if err := decodePath(r, &in); err != nil {
			return err
		}
		o, err := flow.Show(r.Context(), s.Flow, v, ActorOf(r.Context()), in)
		if err != nil {
			return err
		}
		return write(w, r, o)
	})
}

func (s *Server) viewHandler(path string, h func(w http.ResponseWriter, r *http.Request) error) {
	s.mux.HandleFunc("GET "+exact(path), func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// Raw registers a handler of its own under a rule about the school (Anyone, SignedIn, Staff …): sign-in and its forms,
// streams that authorize each topic, assets. The rule is enforced here, before the handler.
func (s *Server) Raw(o Operation, h func(w http.ResponseWriter, r *http.Request) error) {
	s.Registry.add(o)
	s.mux.HandleFunc(o.Method+" "+exact(o.Path), func(w http.ResponseWriter, r *http.Request) {
		who := ActorOf(r.Context())
		if err := access.Decide(s.ruleOf(o), who, access.OfSchool(), access.ByRole(who)); err != nil {
			s.fail(w, r, err)
			return
		}
		if err := s.readForm(r); err != nil {
			s.fail(w, r, err)
			return
		}
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// exact keeps "/" from matching everything.
func exact(path string) string {
	if path == "/" {
		return "/{$}"
	}
	return path
}

// decodePath fills the fields of in that carry a path or query tag, as huma does for the JSON form of the page.
func decodePath(r *http.Request, in any) error {
	v := reflect.ValueOf(in).Elem()
	if v.Kind() != reflect.Struct {
		return nil
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		text := ""
		if name := f.Tag.Get("path"); name != "" {
			text = r.PathValue(name)
		} else if name := f.Tag.Get("query"); name != "" {
			text = r.URL.Query().Get(name)
		}
		if text == "" {
			continue
		}
		switch f.Type.Kind() {
		case reflect.String:
			v.Field(i).SetString(text)
		case reflect.Bool:
			v.Field(i).SetBool(text == "1" || text == "true")
		case reflect.Int, reflect.Int64:
			var n int64
			if _, err := fmt.Sscanf(text, "%d", &n); err != nil {
				return invalidParam(f.Name, text)
			}
			v.Field(i).SetInt(n)
		default:
			panic("web: input field " + f.Name + " has a kind that a URL cannot carry")
		}
	}
	return nil
}

// fill puts the values of in's path and query fields back into a path, for the page's own address.
func fill(path string, in any) string {
	v := reflect.ValueOf(in).Elem()
	if v.Kind() != reflect.Struct {
		return path
	}
	var query []string
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if name := f.Tag.Get("path"); name != "" {
			path = strings.ReplaceAll(path, "{"+name+"}", fmt.Sprint(v.Field(i).Interface()))
		} else if name := f.Tag.Get("query"); name != "" && !v.Field(i).IsZero() {
			query = append(query, name+"="+urlEscape(fmt.Sprint(v.Field(i).Interface())))
		}
	}
	if len(query) > 0 {
		path += "?" + strings.Join(query, "&")
	}
	return path
}

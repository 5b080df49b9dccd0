package web

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/period"
	"kith/internal/phrase"
	"kith/internal/roster"
)

// pagePrefix is where a page's data stands as JSON.
const pagePrefix = "/api/v1/page"

// Page is the data of a page: its own view, and what stands around it. lib/page.ts reads it.
type Page[V any] struct {
	View   V                `json:"view"`
	Revs   map[string]int64 `json:"revs"`
	Self   string           `json:"self"`
	Me     *Me              `json:"me"`
	Frame  Frame            `json:"frame"`
	At     int64            `json:"at"`
	Zone   string           `json:"zone"`
	Locale string           `json:"locale"`
	Dir    string           `json:"dir"`
}

// Me is the signed-in person.
type Me struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Role string `json:"role"`
}

// Frame is the tabs, which of them is here, the raised hand, and the class that is running.
type Frame struct {
	Tabs []Tab  `json:"tabs"`
	Here string `json:"here"`
	Hand *Hand  `json:"hand"`
	Out  string `json:"out,omitempty"`
	// Now is the class that is running, for its learners: where to go and with whom.
	Now *period.WhereNow `json:"now,omitempty"`
}

// Tab is one place of the navigation; its words are the key nav.NAME.
type Tab struct {
	Name  string `json:"name"`
	Href  string `json:"href"`
	Icon  string `json:"icon"`
	Count int    `json:"count,omitempty"`
}

// Hand is the raise-a-hand state of a learner.
type Hand struct {
	Path   string `json:"path"`
	State  string `json:"state" enum:",waiting,coming"`
	Text   string `json:"text,omitempty"`
	Reader string `json:"reader,omitempty"`
}

// framed puts a view, with the revs at which it was read, into its page. The frame comes from a snapshot of its own.
func framed[V any](ctx context.Context, s *Server, spec Spec, view V, revs map[string]int64, self string) (Page[V], error) {
	ses := SessionOf(ctx)
	p := Page[V]{View: view, Revs: revs, Self: self, At: s.Flow.Store().Now(), Zone: ses.Zone, Locale: localeOf(ctx), Frame: Frame{Here: spec.Tab}}
	p.Dir = direction(p.Locale)
	if p.Zone == "" {
		p.Zone = "UTC"
	}
	if ses.Actor.Anonymous() {
		return p, nil
	}
	p.Me = &Me{ID: string(ses.Actor.Person), Name: ses.Given, Role: string(ses.Actor.Role)}
	if ses.Actor.Role != roster.Learner { // "Mr" is no name
		p.Me.Name = roster.Person{Given: ses.Given, Family: ses.Family}.Full()
	}
	p.Frame.Out = "/signout"
	around, err := flow.Show(ctx, s.Flow, period.Around, ses.Actor, period.AroundIn{})
	if err != nil {
		return p, err
	}
	if !spec.Bare {
		p.Frame.Tabs, p.Frame.Now = tabs(ses.Actor, around, self), around.Now
		if around.Hand != nil {
			p.Frame.Hand = &Hand{Path: "/api/v1/raise-hand", State: around.Hand.State, Text: around.Hand.Line, Reader: around.Hand.Reader}
		}
	}
	return p, nil
}

// topicsOf are the topics of a page; a learner's own is always among them, for the frame: a class that starts, a teacher
// who is coming.
func topicsOf(who access.Actor, spec Spec, view any) []string {
	var topics []string
	if spec.Topics != nil {
		topics = spec.Topics(view)
	}
	if own := flow.LearnerTopic(string(who.Person)); who.Role == roster.Learner && !slices.Contains(topics, own) {
		topics = append(topics, own)
	}
	return topics
}

// tabs are the places of a role. A teacher's are about one class: the one in the address, else their first.
func tabs(who access.Actor, a period.AroundOut, self string) []Tab {
	switch who.Role {
	case roster.Learner:
		return []Tab{{Name: "home", Href: "/home", Icon: "home"}, {Name: "skills", Href: "/skills", Icon: "skills"},
			{Name: "plan", Href: "/plan", Icon: "plan"}, {Name: "me", Href: "/me", Icon: "me"}}
	case roster.Guardian:
		return nil
	}
	var out []Tab
	class := ""
	for _, c := range a.Classes {
		if class == "" || strings.Contains(self, string(c.ID)) {
			class = string(c.ID)
		}
	}
	if class != "" {
		out = append(out, Tab{Name: "today", Href: "/class/" + class + "/today", Icon: "today"},
			Tab{Name: "now", Href: "/class/" + class + "/now", Icon: "now"},
			Tab{Name: "inbox", Href: "/class/" + class + "/inbox", Icon: "inbox", Count: a.Waiting[class]},
			Tab{Name: "units", Href: "/class/" + class + "/units", Icon: "units"},
			Tab{Name: "people", Href: "/class/" + class + "/people", Icon: "people"})
	}
	out = append(out, Tab{Name: "classes", Href: "/classes", Icon: "classes"})
	if who.Role == roster.Admin {
		out = append(out, Tab{Name: "admin", Href: "/admin", Icon: "admin"})
	}
	return out
}

//go:embed *.html
var templates embed.FS

var shell = template.Must(template.New("").ParseFS(templates, "*.html"))

type shellData struct {
	Locale, Dir, Title, Theme, Text string
	Body                            string
	Page, Words                     json.RawMessage
	JS                              string
	CSS, Imports                    []string
	Favicon                         string
	Problem                         *Problem
	Say, NoScript, Home, RefSays    string
	Wait                            string // stands until the script draws the page
}

// document writes the page: shell, data, words and script.
func (s *Server) document(w http.ResponseWriter, r *http.Request, spec Spec, page any) {
	var buf bytes.Buffer
	if err := Encode(&buf, page); err != nil {
		s.fail(w, r, err)
		return
	}
	script, ok := s.assets.page(spec.Script)
	if !ok {
		s.fail(w, r, errNoFrontEnd)
		return
	}
	locale := localeOf(r.Context())
	d := s.shellData(r, spec.Title)
	d.Page = bytes.TrimSpace(buf.Bytes())
	d.Words = s.words(locale, spec)
	d.JS, d.CSS, d.Imports = script.JS, script.CSS, script.Imports
	d.NoScript = s.Catalogue.Say(locale, phrase.Of("ui.noscript"))
	d.Wait = s.Catalogue.Say(locale, phrase.Of("ui.loading"))
	s.write(w, r, http.StatusOK, "page.html", d)
}

func (s *Server) shellData(r *http.Request, title string) shellData {
	ses := SessionOf(r.Context())
	locale := localeOf(r.Context())
	return shellData{Locale: locale, Dir: direction(locale), Title: s.Catalogue.Say(locale, phrase.Of(title)),
		Theme: ses.Settings.Theme, Text: ses.Settings.Text, CSS: []string{s.assets.file("app.css")}, Favicon: s.assets.favicon()}
}

func (s *Server) write(w http.ResponseWriter, r *http.Request, status int, name string, data any) {
	var buf bytes.Buffer
	if err := shell.ExecuteTemplate(&buf, name, data); err != nil {
		s.Log.Error("template", "ref", refOf(r.Context()), "name", name, "error", err)
		http.Error(w, "Kith could not draw this page. Your work is safe. Please tell the person who runs Kith.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(buf.Bytes())
}

func (s *Server) errorPage(w http.ResponseWriter, r *http.Request, p *Problem) {
	if p.Status == http.StatusUnauthorized && r.Method == http.MethodGet {
		http.Redirect(w, r, "/signin?next="+urlEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	d := s.shellData(r, "error.title."+p.Kind)
	d.Problem = p
	d.Say = s.Catalogue.Say(d.Locale, p.Say)
	d.Home = s.Catalogue.Say(d.Locale, phrase.Of("error.home"))
	d.RefSays = s.Catalogue.Say(d.Locale, phrase.Of("error.ref"))
	s.write(w, r, p.Status, "error.html", d)
}

// words are the messages that a page may say: its own, and those that every page shares.
func (s *Server) words(locale string, spec Spec) json.RawMessage {
	name := spec.Script[strings.LastIndex(spec.Script, "/")+1:]
	prefixes := append([]string{name + ".", "ui.", "nav.", "status.", "why.", "reason.", "evidence.", "step.", "answers.", "practice.", "pile.", "fault."}, spec.Words...)
	body, err := json.Marshal(s.Catalogue.Words(locale, prefixes...))
	if err != nil {
		panic(err)
	}
	return body
}

package web

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kith/internal/access"
	"kith/internal/auth"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/office"
	"kith/internal/phrase"
	"kith/internal/roster"

	"github.com/google/uuid"
	"golang.org/x/text/language"
)

// Files are the words of the documents in this folder.
//
//go:embed *.json
var Files embed.FS

// Leaf is a document without script: what its template is given. The template draws .View between {{template "leaf-top" .}}
// and {{template "leaf-end" .}}, and says words by {{.T "key" "name" value …}} (inside a range: {{$.T …}}).
type Leaf struct {
	Title string // catalogue key
	View  any
	Kind  string // style of its main: "" a card in the middle, "page" a page, "sheet" for paper
	Fault error  // what was refused just before, worded above the form
	Sheet string // a style sheet of its own beside the documents' common one, e.g. "paper.css"

	shellData
	Here      string // its own address, for the switch of languages
	Me        *Me
	Op        string // fresh, for the document's form
	Next      string
	Languages []string
	server    *Server
	zone      *time.Location
}

// T words a catalogue key with name, value pairs.
func (l Leaf) T(key string, pairs ...any) string { return l.Word(phrase.Of(key, pairs...)) }

// Word words a phrase.
func (l Leaf) Word(p phrase.Phrase) string { return l.server.Catalogue.Say(l.Locale, p) }

// Refused is the words of Fault, "" when nothing was refused.
func (l Leaf) Refused() string {
	if l.Fault == nil {
		return ""
	}
	return l.Word(fault.Said(l.Fault))
}

// Refusal is one thing of a form that could not be taken. At is the field that it is about, "" for none.
type Refusal struct {
	At  string
	Say string
}

// Refusals are what Fault holds: joined faults one by one, in the form's order, each in a few words of its own, since the
// sentence above them says what happened. A single fault says its whole sentence.
func (l Leaf) Refusals() []Refusal {
	joined, ok := l.Fault.(interface{ Unwrap() []error })
	if !ok || len(joined.Unwrap()) < 2 {
		if l.Fault == nil {
			return nil
		}
		return []Refusal{{fieldOf(fault.Said(l.Fault).Code), l.Refused()}}
	}
	var out []Refusal
	for _, err := range joined.Unwrap() {
		said := fault.Said(err)
		out = append(out, Refusal{fieldOf(said.Code), l.Word(phrase.Phrase{Code: "door.again." + said.Code, Args: said.Args})})
	}
	return out
}

// Marks says how a field stands: "" nothing against it, "bad", or "first", which has the cursor as well.
func (l Leaf) Marks(field string) string {
	for i, r := range l.Refusals() {
		switch {
		case r.At != field:
		case i == 0:
			return "first"
		default:
			return "bad"
		}
	}
	return ""
}

// fieldOf is the field of a form that a fault is about, "" for none.
func fieldOf(code string) string {
	switch {
	case code == "fault.title":
		return "school"
	case code == "fault.school.zone":
		return "zone"
	case code == "fault.roster.name":
		return "given"
	case strings.HasPrefix(code, "fault.login."):
		return "login"
	case code == "fault.password.twice":
		return "again"
	case strings.HasPrefix(code, "fault.password."):
		return "password"
	}
	return ""
}

// Day, Clock and LongDay word time as the reader's locale does, in the order that scripts (lib/time.ts) have from the browser.

// Day words an instant's day at the school: "March 3".
func (l Leaf) Day(ms int64) string {
	t := time.UnixMilli(ms).In(l.zone)
	return l.T("door.day", "day", t.Day(), "month", l.T("door.month."+strconv.Itoa(int(t.Month()))))
}

// Clock is the time of day of an instant at the school: "2:05 PM".
func (l Leaf) Clock(ms int64) string {
	t := time.UnixMilli(ms).In(l.zone)
	half := "am"
	if t.Hour() >= 12 {
		half = "pm"
	}
	return l.T("door.clock", "h12", (t.Hour()+11)%12+1, "h24", t.Hour(), "mm", t.Format("04"), "half", half)
}

// LongDay words a day (YYYY-MM-DD) with its weekday: "Tuesday, November 24". What is no day stays as it is.
func (l Leaf) LongDay(on string) string {
	d, err := time.Parse(time.DateOnly, on)
	if err != nil {
		return on
	}
	return l.T("door.longday", "weekday", l.T("door.weekday."+strconv.Itoa(int(d.Weekday()))), "day", d.Day(), "month", l.T("door.month."+strconv.Itoa(int(d.Month()))))
}

// Icon draws an icon of the sprite; it stands beside a word.
func (l Leaf) Icon(name string) template.HTML {
	return template.HTML(`<svg class="icon" aria-hidden="true" focusable="false"><use href="` + template.HTMLEscapeString(l.server.Asset("sprite.svg")+"#"+name) + `"/></svg>`)
}

// Picture draws a picture of a picture PIN.
func (l Leaf) Picture(name string) template.HTML { return template.HTML(auth.Drawing(name)) }

// LeafTemplates parses documents of a folder beside the frame that they stand in.
func LeafTemplates(files embed.FS, patterns ...string) *template.Template {
	return template.Must(template.Must(shell.Clone()).ParseFS(files, patterns...))
}

// Draw writes a document. A fault that it shows gives the answer its status.
func (s *Server) Draw(w http.ResponseWriter, r *http.Request, t *template.Template, name string, l Leaf) error {
	ses := SessionOf(r.Context())
	l.server = s
	l.shellData = s.shellData(r, l.Title)
	l.CSS = append(l.CSS, s.assets.file("door.css"))
	if l.Sheet != "" {
		l.CSS = append(l.CSS, s.assets.file(l.Sheet))
	}
	if l.Here == "" {
		l.Here = r.URL.RequestURI()
	}
	l.Op, l.Languages = newOp(), spoken
	var err error
	if l.zone, err = time.LoadLocation(ses.Zone); err != nil {
		return fault.Wrap(fault.Internal, err, "fault.internal")
	}
	if !ses.Actor.Anonymous() {
		l.Me = &Me{ID: string(ses.Actor.Person), Name: roster.Person{Given: ses.Given, Family: ses.Family}.Full(), Role: string(ses.Actor.Role)}
	}
	var buf strings.Builder
	if err := t.ExecuteTemplate(&buf, name, l); err != nil {
		return err
	}
	status := http.StatusOK
	if l.Fault != nil {
		p := s.problemOf(r.Context(), r.Method+" "+r.URL.Path, l.Fault)
		if status = p.Status; p.Say.Code == "fault.signin.pause" {
			status = http.StatusTooManyRequests
			w.Header().Set("Retry-After", "30")
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err = w.Write([]byte(buf.String()))
	return err
}

func newOp() string {
	id, err := uuid.NewV7()
	if err != nil {
		panic(err) // crypto/rand never fails
	}
	return id.String()
}

// registerDoor registers every way in and out, and what stands before a role's first page.
func (s *Server) registerDoor() {
	anyone := access.Allow(access.Anyone)
	get, post := http.MethodGet, http.MethodPost
	for _, o := range []struct {
		Operation
		handler func(http.ResponseWriter, *http.Request) error
	}{
		{Operation{"root", SortForm, get, "/", anyone}, s.root},
		{Operation{"signin", SortForm, get, "/signin", anyone}, s.signinPage},
		{Operation{"signin_class", SortForm, get, "/signin/class", anyone}, s.classPage},
		{Operation{"signin_class_post", SortForm, post, "/signin/class", anyone}, s.classPost},
		{Operation{"signin_password", SortForm, get, "/signin/password", anyone}, s.passwordPage},
		{Operation{"signin_password_post", SortForm, post, "/signin/password", anyone}, s.passwordPost},
		{Operation{"card", SortForm, get, "/q/{token}", anyone}, s.cardPage},
		{Operation{"card_post", SortForm, post, "/q/{token}", anyone}, s.cardPost},
		{Operation{"link", SortForm, get, "/link/{token}", anyone}, s.linkPage},
		{Operation{"link_post", SortForm, post, "/link/{token}", anyone}, s.linkPost},
		{Operation{"setup", SortForm, get, "/setup/{token}", anyone}, s.setupPage},
		{Operation{"setup_post", SortForm, post, "/setup/{token}", anyone}, s.setupPost},
		{Operation{"signout", SortForm, post, "/signout", anyone}, s.signoutPost},
		{Operation{"language", SortForm, post, "/language", anyone}, s.languagePost},
		{Operation{"own_password", SortForm, get, "/password", office.SetPassword.Rule}, s.ownPasswordPage},
		{Operation{office.SetPassword.Name, SortForm, post, "/password", office.SetPassword.Rule}, s.ownPasswordPost},
	} {
		s.Raw(o.Operation, o.handler)
	}
}

// root sends everybody to the first page of their role.
func (s *Server) root(w http.ResponseWriter, r *http.Request) error {
	who := ActorOf(r.Context())
	to := "/signin"
	if !who.Anonymous() {
		first, err := flow.Show(r.Context(), s.Flow, office.FirstPlace, who, struct{}{})
		if err != nil {
			return err
		}
		switch {
		case who.Role == roster.Learner:
			to = "/home"
		case who.Role == roster.Guardian && first.Child != "":
			to = "/child/" + string(first.Child)
		case who.Role == roster.Guardian:
			to = "/children"
		case first.Class != "":
			to = "/class/" + string(first.Class) + "/today"
		case who.Role == roster.Admin:
			to = "/admin"
		default:
			to = "/classes"
		}
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// safeNext is where to go after signing in: a path of ours, else "/".
func safeNext(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || u.Opaque != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		strings.ContainsAny(next, "\\\r\n\t") || strings.HasPrefix(u.Path, "//") || strings.HasPrefix(u.Path, "/api/") || strings.HasPrefix(u.Path, "/signin") {
		return "/"
	}
	return next
}

func (s *Server) signoutPost(w http.ResponseWriter, r *http.Request) error {
	if err := s.SignOut(w, r); err != nil {
		return err
	}
	http.Redirect(w, r, "/signin", http.StatusSeeOther)
	return nil
}

// welcome opens the session of somebody who has just proved who they are, and sends them on.
func (s *Server) welcome(w http.ResponseWriter, r *http.Request, who door.SessionPerson, next string) error {
	if err := s.SignIn(w, r, who); err != nil {
		return err
	}
	s.knowDevice(w, r)
	http.Redirect(w, r, safeNext(next), http.StatusSeeOther)
	return nil
}

// spoken are the languages in which the documents of this folder are written; pseudo-locales are served when asked for by
// the cookie, for the gates.
var spoken = []string{"en", "es"}

var spokenMatcher = language.NewMatcher([]language.Tag{language.English, language.Spanish})

const languageCookie = "kith-language"

// anonymousLocale is the language of somebody who is not signed in: what they chose here, else what their browser asks for.
func anonymousLocale(r *http.Request) string {
	if c, err := r.Cookie(languageCookie); err == nil && knownLocale(c.Value) {
		return c.Value
	}
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(tags) == 0 {
		return ""
	}
	_, i, confidence := spokenMatcher.Match(tags...)
	if confidence == language.No {
		return ""
	}
	return spoken[i]
}

func knownLocale(locale string) bool {
	for _, l := range append([]string{phrase.PseudoLong, phrase.PseudoRTL}, spoken...) {
		if l == locale {
			return true
		}
	}
	return false
}

// languagePost changes the language of this device, and of the person who is signed in.
func (s *Server) languagePost(w http.ResponseWriter, r *http.Request) error {
	locale := r.FormValue("language")
	if !knownLocale(locale) {
		return fault.Invalidf("language", "%q is not a language of Kith", locale)
	}
	http.SetCookie(w, &http.Cookie{Name: languageCookie, Value: locale, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode})
	if ses := SessionOf(r.Context()); !ses.Actor.Anonymous() {
		in := office.SetSettingsIn{Op: flow.Op{Op: newOp()}, Theme: ses.Settings.Theme, Text: ses.Settings.Text, Locale: locale}
		if _, err := flow.Run(r.Context(), s.Flow, office.SetSettings, ses.Actor, in); err != nil {
			return err
		}
		s.Forget()
	}
	to := r.FormValue("next")
	if !strings.HasPrefix(to, "/signin") || safeNext("/x"+to) != "/x"+to {
		to = safeNext(to)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// Secret makes the token of a link from the op of the act that hands it out, so that an act sent twice shows one link. It
// changes with the process; what makes it is kept nowhere.
func (s *Server) Secret(op, purpose string) string {
	mac := hmac.New(sha256.New, s.key[:])
	mac.Write([]byte(purpose + "\x00" + op))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func newKey() (k [32]byte) {
	_, _ = rand.Read(k[:]) // never fails (crypto/rand)
	return k
}

func (s *Server) origin(r *http.Request) string {
	scheme := "http"
	if s.Secure || r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// Origin is how this request reached us, for links that are handed on: "http://localhost:8080".
func Origin(ctx context.Context) string {
	o, _ := ctx.Value(originKey).(string)
	return o
}

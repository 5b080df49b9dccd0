package web_test

import (
	"context"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/office"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/web"

	"github.com/google/uuid"
)

// entrance is a school with one class, behind a real server: Amina and Ben of 7B, their teacher, a guardian and the head.
type entrance struct {
	t       *testing.T
	now     time.Time
	flow    *flow.Flow
	server  *httptest.Server
	school  roster.SchoolID
	class   roster.ClassID
	code    string
	people  map[string]roster.PersonID
	catalog *phrase.Catalogue
}

func op() flow.Op { return flow.Op{Op: uuid.Must(uuid.NewV7()).String()} }

func newEntrance(t *testing.T) *entrance {
	t.Helper()
	e := &entrance{t: t, now: time.Date(2026, 11, 24, 8, 40, 0, 0, time.UTC), school: roster.SchoolID(op().Op), class: roster.ClassID(op().Op), code: "KTRM-4709", people: map[string]roster.PersonID{}}
	s, err := store.Open(t.Context(), store.Config{Dir: t.TempDir(), Clock: func() time.Time { return e.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	e.flow = flow.New(s)
	in := door.SetUpIn{Op: op(), Code: "s", Name: "School", Zone: "Europe/London", Locale: "en", BeganOn: "2026-09-01", BeganMs: 1}
	for name, role := range map[string]roster.Role{"Amina": roster.Learner, "Ben": roster.Learner, "Okafor": roster.Teacher, "Haddad": roster.Guardian, "Lindgren": roster.Admin} {
		e.people[name] = roster.PersonID(op().Op)
		in.People = append(in.People, door.SetUpPerson{Person: roster.Person{ID: e.people[name], Role: role, Given: name, Family: "Stone"}})
	}
	in.Classes = []door.SetUpClass{{Class: roster.Class{ID: e.class, Name: "7B", Code: e.code}, Teachers: []roster.PersonID{e.people["Okafor"]}, Learners: []roster.PersonID{e.people["Amina"], e.people["Ben"]}}}
	if _, err := flow.Run(t.Context(), e.flow, door.SetUp, access.Actor{School: e.school, System: true}, in); err != nil {
		t.Fatal(err)
	}
	if e.catalog, err = phrase.Load(web.Files); err != nil {
		t.Fatal(err)
	}
	e.server = httptest.NewServer(web.New(web.Config{Flow: e.flow, Catalogue: e.catalog}).Handler())
	t.Cleanup(e.server.Close)
	return e
}

func (e *entrance) actor(name string, role roster.Role) access.Actor {
	return access.Actor{School: e.school, Person: e.people[name], Role: role}
}

// browser is a client that keeps cookies and follows nothing by itself.
type browser struct {
	e *entrance
	c *http.Client
}

func (e *entrance) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		e.t.Fatal(err)
	}
	return &browser{e, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// answer is a status, where it sends on, and the words of the page.
type answer struct {
	status int
	to     string
	body   string
}

func (b *browser) do(r *http.Request) answer {
	b.e.t.Helper()
	r.Header.Set("Accept", "text/html")
	res, err := b.c.Do(r)
	if err != nil {
		b.e.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.e.t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header.Get("Location"), html.UnescapeString(string(body))}
}

func (b *browser) get(path string) answer {
	r, err := http.NewRequestWithContext(b.e.t.Context(), http.MethodGet, b.e.server.URL+path, nil)
	if err != nil {
		b.e.t.Fatal(err)
	}
	return b.do(r)
}

func (b *browser) post(path string, form url.Values) answer {
	r, err := http.NewRequestWithContext(b.e.t.Context(), http.MethodPost, b.e.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.e.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

var hidden = regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)">`)

// tap presses a picture of the page that a showed, with everything that its form carries along.
func (b *browser) tap(path string, a answer, picture int) answer {
	form := url.Values{"tap": {fmt.Sprint(picture)}}
	main := a.body[strings.Index(a.body, "<main"):strings.Index(a.body, "</main>")]
	for _, m := range hidden.FindAllStringSubmatch(main, -1) {
		form.Set(m[1], m[2])
	}
	return b.post(path, form)
}

func (b *browser) pictures(path string, a answer, taps ...int) answer {
	for _, n := range taps {
		a = b.tap(path, a, n)
	}
	return a
}

func (e *entrance) door(name, next string) string {
	q := url.Values{"code": {e.code}, "who": {string(e.people[name])}}
	if next != "" {
		q.Set("next", next)
	}
	return "/signin/class?" + q.Encode()
}

func (e *entrance) want(a answer, status int, to string, says ...string) {
	e.t.Helper()
	if a.status != status || a.to != to {
		e.t.Fatalf("got %d to %q, want %d to %q\n%s", a.status, a.to, status, to, a.body)
	}
	for _, s := range says {
		if !strings.Contains(a.body, s) {
			e.t.Fatalf("the page does not say %q:\n%s", s, a.body)
		}
	}
}

func TestClassDoor_FirstSignInChoosesPicturesTwiceAndTheNextTapsThem(t *testing.T) {
	e := newEntrance(t)
	b := e.browser()
	e.want(b.get("/"), 303, "/signin")
	e.want(b.get("/signin"), 200, "", "Class code")
	names := b.get("/signin/class?code=ktrm4709")
	e.want(names, 200, "", "Amina S.", "Ben S.")
	if strings.Contains(names.body, "Stone") {
		t.Error("the door shows a family name")
	}
	a := b.get(e.door("Amina", "/plan"))
	e.want(a, 200, "", "Hello, Amina", "Choose three pictures")
	a = b.pictures("/signin/class", a, 3, 0, 7)
	e.want(a, 200, "", "tap the same three again")
	a = b.pictures("/signin/class", a, 3, 7, 0)
	e.want(a, 422, "", "The second time was different", "Choose three pictures")
	a = b.pictures("/signin/class", a, 3, 0, 7, 3, 0, 7)
	e.want(a, 303, "/plan")
	e.want(b.get("/"), 303, "/home")
	e.want(b.get("/signin?next=/plan"), 303, "/plan")

	other := e.browser()
	a = other.get(e.door("Amina", ""))
	e.want(a, 200, "", "Tap your three pictures")
	e.want(other.pictures("/signin/class", a, 0, 3, 7), 401, "", "Not these pictures in this order")
	e.want(other.pictures("/signin/class", a, 3, 3), 422, "", "Tap three different pictures")
	e.want(other.pictures("/signin/class", a, 3, 0, 7), 303, "/")
	e.want(other.get("/"), 303, "/home")
	e.want(other.post("/signout", nil), 303, "/signin")
	e.want(other.get("/"), 303, "/signin")
	e.want(b.get("/"), 303, "/home") // another device stays in
}

func TestSignIn_SessionChangesAndTheOldOneEnds(t *testing.T) {
	e := newEntrance(t)
	b := e.browser()
	at, _ := url.Parse(e.server.URL)
	token := func() string {
		for _, c := range b.c.Jar.Cookies(at) {
			if c.Name == "kith" {
				return c.Value
			}
		}
		return ""
	}
	link, err := door.MakeLink(t.Context(), e.flow, e.school, e.people["Amina"], true, 0)
	if err != nil {
		t.Fatal(err)
	}
	e.want(b.get("/link/"+link), 303, "/")
	first := token()
	e.want(b.get("/link/"+link), 303, "/")
	if second := token(); first == "" || first == second {
		t.Errorf("the session stayed %q after signing in anew", first)
	}
	if _, err := door.SessionByToken(t.Context(), e.flow, first); err == nil {
		t.Error("the old session lives on")
	}
}

func TestPasswordDoor_SaysTheSameWhicheverHalfIsWrongAndLocks(t *testing.T) {
	e := newEntrance(t)
	b := e.browser()
	token, err := door.MakeLink(t.Context(), e.flow, e.school, e.people["Haddad"], false, 0)
	if err != nil {
		t.Fatal(err)
	}
	e.want(b.get("/link/"+token), 200, "", "Hello, Haddad Stone") // looking does not use it up
	e.want(b.get("/link/"+token), 200, "", "This link works once")
	e.want(b.post("/link/"+token, nil), 303, "/password")
	e.want(e.browser().get("/link/"+token), 404, "", "used already")
	page := b.get("/password")
	e.want(page, 200, "", "Sign-in name")
	set := func(change map[string]string) answer {
		form := url.Values{"op": {op().Op}, "login": {"haddad"}, "password": {"four words in a row"}, "again": {"four words in a row"}}
		for k, v := range change {
			form.Set(k, v)
		}
		return b.post("/password", form)
	}
	e.want(set(map[string]string{"password": "short", "again": "short"}), 422, "", "at", "10 to 200 characters")
	e.want(set(map[string]string{"again": "four words in a column"}), 422, "", "not the same")
	e.want(set(map[string]string{"login": "x y"}), 422, "", "no spaces")
	e.want(set(nil), 303, "/")
	e.want(set(nil), 401, "", "do not fit together") // now the old one is asked for
	e.want(set(map[string]string{"current": "four words in a row", "password": "five words in one row", "again": "five words in one row"}), 303, "/")

	in := func(b *browser, login, password, next string) answer {
		return b.post("/signin/password", url.Values{"login": {login}, "password": {password}, "next": {next}})
	}
	fresh := e.browser()
	e.want(in(fresh, "HADDAD ", "five words in one row", ""), 303, "/")
	e.want(fresh.get("/"), 303, "/children")
	bad := e.browser()
	known, unknown := in(bad, "haddad", "wrong wrong wrong", ""), in(bad, "nobody", "wrong wrong wrong", "")
	if known.status != 401 || strings.ReplaceAll(known.body, "haddad", "nobody") != unknown.body {
		t.Errorf("a known login reads otherwise than an unknown one:\n%s\n%s", known.body, unknown.body)
	}
	for range 4 {
		in(bad, "haddad", "wrong wrong wrong", "")
	}
	e.want(in(bad, "haddad", "five words in one row", ""), 429, "", "too many tries", "in a minute")
	e.now = e.now.Add(31 * time.Second)
	e.want(in(bad, "haddad", "five words in one row", ""), 303, "/")
}

func TestNext_GoesToOurOwnPathsOnly(t *testing.T) {
	e := newEntrance(t)
	link, err := door.MakeLink(t.Context(), e.flow, e.school, e.people["Okafor"], true, 0)
	if err != nil {
		t.Fatal(err)
	}
	for next, want := range map[string]string{
		"/class/x/today?a=1": "/class/x/today?a=1", "": "/", "https://evil.example": "/", "//evil.example": "/", `/\evil.example`: "/", "/\t/evil.example": "/",
		"javascript:alert(1)": "/", "/%2f/evil.example": "/", "evil.example": "/", "/api/v1/page/home": "/", "/signin": "/",
	} {
		b := e.browser()
		e.want(b.get("/link/"+link), 303, "/")
		e.want(b.get("/signin?next="+url.QueryEscape(next)), 303, want)
	}
}

func TestDoor_SuspendedPeopleAreLetInNowhereAndOutAtOnce(t *testing.T) {
	e := newEntrance(t)
	b := e.browser()
	link, err := door.MakeLink(t.Context(), e.flow, e.school, e.people["Ben"], true, 0)
	if err != nil {
		t.Fatal(err)
	}
	a := b.get(e.door("Ben", ""))
	e.want(b.pictures("/signin/class", a, 1, 2, 3, 1, 2, 3), 303, "/")
	if _, err := flow.Run(t.Context(), e.flow, office.SuspendPerson, e.actor("Lindgren", roster.Admin), office.PersonIn{Op: op(), Person: e.people["Ben"]}); err != nil {
		t.Fatal(err)
	}
	e.now = e.now.Add(3 * time.Second) // longer than a session is remembered
	e.want(b.get("/"), 303, "/signin")
	e.want(b.get("/link/"+link), 401, "", "This account is paused")
	e.want(b.get(e.door("Ben", "")), 404, "", "Class code")
	if strings.Contains(b.get("/signin/class?code="+e.code).body, "Ben") {
		t.Error("the class's door shows somebody suspended")
	}
}

func TestCard_AsksThePicturesAndANewCardReplacesIt(t *testing.T) {
	e := newEntrance(t)
	card := func(word string) string {
		in := office.MakeCardsIn{Op: op(), Class: e.class, Token: func(p roster.PersonID) string { return word + string(p) }}
		if _, err := flow.Run(t.Context(), e.flow, office.MakeCards, e.actor("Okafor", roster.Teacher), in); err != nil {
			t.Fatal(err)
		}
		return "/q/" + word + string(e.people["Amina"])
	}
	b := e.browser()
	first := card("one")
	a := b.get(first)
	e.want(a, 200, "", "Hello, Amina", "Choose three pictures")
	e.want(b.pictures(first, a, 5, 6, 7, 5, 6, 7), 303, "/")
	second := card("two")
	other := e.browser()
	e.want(other.get(first), 404, "", "does not open anything any more")
	a = other.get(second)
	e.want(other.pictures(second, a, 5, 6, 8), 401, "", "Not these pictures")
	e.want(other.pictures(second, a, 5, 6, 7), 303, "/")
}

func TestClassCode_LocksForAStrangerAndNotForADeviceThatHasSignedIn(t *testing.T) {
	e := newEntrance(t)
	known := e.browser()
	a := known.get(e.door("Amina", ""))
	e.want(known.pictures("/signin/class", a, 1, 2, 3, 1, 2, 3), 303, "/")
	e.want(known.post("/signout", nil), 303, "/signin")
	stranger := e.browser()
	for range 5 {
		e.want(stranger.get("/signin/class?code=BBBB-0000"), 404, "", "No class has this code")
	}
	e.want(stranger.get("/signin/class?code="+e.code), 429, "", "too many tries")
	e.want(known.get("/signin/class?code="+e.code), 200, "", "Amina S.") // same address, a count of its own
}

func TestSetup_MakesTheFirstAdministratorOnce(t *testing.T) {
	s, err := store.Open(t.Context(), store.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	e := &entrance{t: t, flow: flow.New(s)}
	token, ok, err := door.FirstStart(context.Background(), e.flow)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	words, err := phrase.Load(web.Files)
	if err != nil {
		t.Fatal(err)
	}
	e.server = httptest.NewServer(web.New(web.Config{Flow: e.flow, Catalogue: words}).Handler())
	t.Cleanup(e.server.Close)
	b := e.browser()
	e.want(b.get("/setup/"+token), 200, "", "Open your school")
	form := url.Values{"school": {"Harbour School"}, "zone": {"Nowhere"}, "locale": {"en"}, "given": {"Ada"}, "family": {"Lindgren"}, "login": {"ada"},
		"password": {"four words in a row"}, "again": {"four words in a row"}}
	e.want(b.post("/setup/"+token, form), 422, "", "is not a time zone", `value="Harbour School"`)
	bad := url.Values{"school": {" "}, "zone": {"London"}, "locale": {"en"}, "given": {"7"}, "login": {"a b"}, "password": {"short"}, "again": {"other"}}
	e.want(b.post("/setup/"+token, bad), 422, "", "6 things need another look", `href="#school"`, `href="#zone"`, `href="#given"`, `href="#login"`, `href="#password"`, `href="#again"`)
	form.Set("zone", "Europe/London")
	e.want(b.post("/setup/"+token, form), 303, "/admin")
	e.want(b.get("/"), 303, "/admin")
	e.want(e.browser().post("/setup/"+token, form), 404, "", "used already")
	e.want(e.browser().get("/setup/"+token), 404, "", "used already")
}

func TestLanguage_IsChosenByBrowserOrByHand(t *testing.T) {
	e := newEntrance(t)
	b := e.browser()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, e.server.URL+"/signin", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Language", "es-MX,es;q=0.9,en;q=0.5")
	e.want(b.do(r), 200, "", `lang="es"`, "Código de la clase")
	e.want(b.post("/language", url.Values{"language": {"es"}, "next": {"/signin/password"}}), 303, "/signin/password")
	e.want(b.get("/signin/password"), 200, "", "Contraseña")
	e.want(b.post("/language", url.Values{"language": {"xx"}, "next": {"/signin"}}), 422, "")
	e.want(b.post("/language", url.Values{"language": {"en"}, "next": {"//evil.example"}}), 303, "/")
	e.want(b.get("/signin"), 200, "", "Class code")
}

func TestDocuments_SayNoKeyWithoutWords(t *testing.T) {
	e := newEntrance(t)
	unworded := regexp.MustCompile(`\[[a-z]+\.[a-z._]+\]|\[[a-z]+\]`)
	for _, locale := range []string{"en", "es"} {
		b := e.browser()
		b.post("/language", url.Values{"language": {locale}, "next": {"/signin"}})
		for _, path := range []string{"/signin", "/signin/password", "/signin/class?code=" + e.code, e.door("Amina", ""), "/signin/class?code=x"} {
			if a := b.get(path); unworded.MatchString(a.body) {
				t.Errorf("%s in %s: %s", path, locale, unworded.FindString(a.body))
			}
		}
	}
}

func TestSpanish_HasEveryWordOfTheDoor(t *testing.T) {
	words, err := phrase.Load(web.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range words.Keys() {
		if !strings.HasPrefix(key, "door.") && !strings.HasPrefix(key, "picture.") {
			continue
		}
		if en, es := words.Words("en", key)[key], words.Words("es", key)[key]; es == en && key != "door.language.en" && key != "door.language.es" {
			t.Errorf("%s reads %q in Spanish too", key, es)
		}
	}
}

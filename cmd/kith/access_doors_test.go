package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"kith/internal/auth"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// doors are what opens the ways in.
type doors struct {
	card  string           // Lena's
	link  string           // of the teacher of 8C, good more than once
	setup map[actor]string // one for each who asks: a setup link is good once
}

// What somebody signs in with who is none of the actors: these have no password.
const (
	doorLogin = "door.keeper"
	doorWords = "four words in a row"
)

// Class codes: of the world's two classes, and of none.
var code7B, code8C, codeOfNone = roster.MakeClassCode("HOME7B"), roster.MakeClassCode("HOME8C"), roster.MakeClassCode("none")

func (tp *template) makeDoors(t *testing.T, f *flow.Flow) {
	t.Helper()
	tp.card, tp.link, tp.setup = door.NewToken(), door.NewToken(), map[actor]string{}
	pool := auth.NewPool(1, 1)
	hash, err := pool.Hash(t.Context(), newUUID(), doorWords)
	if err != nil {
		t.Fatal(err)
	}
	err = f.Store().Write(t.Context(), "", func(ctx context.Context, tx *store.Tx) error {
		school, keeper := string(tp.school), newUUID()
		token := func(kind, token, of string, reusable bool) error {
			return tx.AddSigninToken(ctx, db.AddSigninTokenParams{SchoolID: school, ID: newUUID(), PersonID: of, Kind: kind,
				TokenHash: door.HashToken(token), CreatedMs: tx.Now, Reusable: reusable})
		}
		all := []error{
			tx.AddPerson(ctx, db.AddPersonParams{SchoolID: school, ID: keeper, Role: string(roster.Admin), Given: "Keeper", NameFold: "keeper", Settings: "{}", CreatedMs: tx.Now}),
			door.ClaimLogin(ctx, tx.Queries, school, keeper, doorLogin),
			tx.SetPassword(ctx, db.SetPasswordParams{SchoolID: school, PersonID: keeper, Hash: hash, SetMs: tx.Now}),
			token("card", tp.card, string(tp.person[lena]), true), token("link", tp.link, string(tp.person[otherTeacher]), true),
		}
		for _, a := range actors {
			tp.setup[a] = door.NewToken()
			all = append(all, token("setup", tp.setup[a], keeper, false))
		}
		return errors.Join(all...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func init() { maps.Copy(requests, doorRequests) }

// doorRequests ask for each door with what opens it.
var doorRequests = map[string]request{
	"root":         at("/"),
	"signin":       at("/signin"),
	"signin_class": at("/signin/class?code=" + code7B),
	"signin_class_post": func(w *world, a actor) *http.Request {
		return form("/signin/class", url.Values{"code": {code7B}, "who": {lenaID(w)}, "tap": {"3"}}.Encode())(w, a)
	},
	"signin_password":      at("/signin/password"),
	"signin_password_post": form("/signin/password", url.Values{"login": {doorLogin}, "password": {doorWords}}.Encode()),
	"card":                 at("/q/%s", func(w *world) string { return w.card }),
	"card_post":            func(w *world, a actor) *http.Request { return form("/q/"+w.card, "tap=3")(w, a) },
	"link":                 at("/link/%s", func(w *world) string { return w.link }),
	"link_post":            func(w *world, a actor) *http.Request { return form("/link/"+w.link, "")(w, a) },
	"setup":                func(w *world, a actor) *http.Request { return at("/setup/"+w.setup[a])(w, a) },
	"setup_post":           func(w *world, a actor) *http.Request { return setUpBy(w.setup[a])(w, a) },
	"signout":              form("/signout", ""),
	"language":             form("/language", "language=en&next=/signin"),
	"asset":                func(w *world, a actor) *http.Request { return at("/assets/"+asset)(w, a) },
	"favicon.svg":          at("/favicon.svg"),
	"favicon.ico":          at("/favicon.ico"),
	"healthz":              at("/healthz"),
	"away":                 at("/away"),
	"worker.js":            at("/worker.js"),
}

func setUpBy(token string) request {
	return form("/setup/"+token, url.Values{"school": {"Hill School"}, "zone": {"Europe/London"}, "locale": {"en"}, "given": {"Ada"}, "login": {doorLogin},
		"password": {doorWords}, "again": {doorWords}}.Encode())
}

// asset is a built file, "" in a clone where the front end is not built.
var asset = func() string {
	files, _ := os.ReadDir("../../internal/web/dist/assets")
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".js") {
			return f.Name()
		}
	}
	return ""
}()

// unbuilt reports whether an operation has nothing to give because the front end is not built.
func unbuilt(operation string) bool {
	return asset == "" && (operation == "asset" || strings.HasPrefix(operation, "favicon"))
}

// Whoever asks, and whoever they are signed in as, a secret that is not one opens no door, and what is said does not depend
// on who asked.
func TestAccess_AWrongSecretOpensNoDoorToAnybody(t *testing.T) {
	tp := makeTemplate(t)
	for name, c := range map[string]struct {
		ask  func(w *world) request
		want int
	}{
		"class code":      {func(*world) request { return at("/signin/class?code=" + codeOfNone) }, 404},
		"class code tap":  {func(w *world) request { return form("/signin/class", "code="+codeOfNone+"&who="+lenaID(w)+"&tap=3") }, 404},
		"another's class": {func(w *world) request { return form("/signin/class", "code="+code8C+"&who="+lenaID(w)+"&tap=3") }, 404},
		"password": {func(*world) request { // misses are counted by name too: each tries one of their own
			return func(w *world, a actor) *http.Request {
				return form("/signin/password", url.Values{"login": {"nobody." + string(a)}, "password": {doorWords}}.Encode())(w, a)
			}
		}, 401},
		"card":              {func(w *world) request { return at("/q/" + w.link) }, 404},
		"card tap":          {func(w *world) request { return form("/q/"+w.link, "tap=3") }, 404},
		"link":              {func(w *world) request { return at("/link/" + w.card) }, 404},
		"link pressed":      {func(w *world) request { return form("/link/"+w.card, "") }, 404},
		"setup":             {func(w *world) request { return at("/setup/" + w.link) }, 404},
		"setup filled in":   {func(w *world) request { return setUpBy(w.link) }, 404},
		"setup of a person": {func(w *world) request { return setUpBy(lenaID(w)) }, 404},
	} {
		t.Run(name, func(t *testing.T) {
			w := tp.open(t, nil)
			said := ""
			for i, a := range actors {
				r := c.ask(w)(w, a)
				r.RemoteAddr = fmt.Sprintf("10.0.%d.1:1", i) // misses are counted by address: nobody is locked out for another's
				if token := w.token[a]; token != "" {
					r.AddCookie(&http.Cookie{Name: "kith", Value: token})
				}
				rec := httptest.NewRecorder()
				w.handler.ServeHTTP(rec, r)
				if rec.Code != c.want {
					t.Errorf("%s: %d, want %d", a, rec.Code, c.want)
				}
				for _, cookie := range rec.Result().Cookies() {
					if cookie.Name == "kith" && cookie.Value != "" {
						t.Errorf("%s was signed in", a)
					}
				}
				_, fault, _ := strings.Cut(rec.Body.String(), `role="alert">`)
				fault, _, _ = strings.Cut(fault, "</div>")
				if fault == "" || said != "" && fault != said {
					t.Errorf("%s is told %q, somebody else %q", a, fault, said)
				}
				said = fault
			}
		})
	}
}

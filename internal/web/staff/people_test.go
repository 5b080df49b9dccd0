package staff

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/web"

	"github.com/google/uuid"
	"rsc.io/qr"
)

var run = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

// TestSquare_DrawsEveryModuleOfTheCodeAndAQuietZone reads the drawing back, module by module.
func TestSquare_DrawsEveryModuleOfTheCodeAndAQuietZone(t *testing.T) {
	link := "http://school.example:8080/q/" + door.NewToken()
	drawing, err := square(link)
	if err != nil {
		t.Fatal(err)
	}
	dark := map[[2]int]bool{}
	for _, m := range run.FindAllStringSubmatch(string(drawing), -1) {
		var n [4]int
		for i := range n {
			n[i], _ = strconv.Atoi(m[i+1])
		}
		if n[2] != n[3] {
			t.Fatalf("a run that does not close: %s", m[0])
		}
		for x := range n[2] {
			dark[[2]int{n[0] + x, n[1]}] = true
		}
	}
	code, err := qr.Encode(link, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(drawing), `viewBox="0 0 `+strconv.Itoa(code.Size+8)) {
		t.Errorf("the drawing has no quiet zone of four modules: %.120s", drawing)
	}
	for y := -4; y < code.Size+4; y++ {
		for x := -4; x < code.Size+4; x++ {
			if want := x >= 0 && y >= 0 && x < code.Size && y < code.Size && code.Black(x, y); dark[[2]int{x + 4, y + 4}] != want {
				t.Fatalf("module %d, %d: dark %v, want %v", x, y, !want, want)
			}
		}
	}
}

// served is a school with an administrator, a teacher of 7B and one learner, behind a server.
type served struct {
	t       *testing.T
	handler http.Handler
	flow    *flow.Flow
	school  roster.SchoolID
	class   roster.ClassID
	people  map[roster.Role]roster.PersonID
}

func newOp() string { return uuid.Must(uuid.NewV7()).String() }

func newOffice(t *testing.T) *served {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	o := &served{t: t, flow: flow.New(s), school: roster.SchoolID(newOp()), class: roster.ClassID(newOp()), people: map[roster.Role]roster.PersonID{}}
	in := door.SetUpIn{Op: flow.Op{Op: newOp()}, Code: "s", Name: "School", Zone: "UTC", Locale: "en", BeganOn: "2026-09-01", BeganMs: 1}
	for _, role := range []roster.Role{roster.Admin, roster.Teacher, roster.Learner} {
		o.people[role] = roster.PersonID(newOp())
		in.People = append(in.People, door.SetUpPerson{Person: roster.Person{ID: o.people[role], Role: role, Given: "The", Family: string(role)}})
	}
	in.Classes = []door.SetUpClass{{Class: roster.Class{ID: o.class, Name: "7B", Code: "KTRM-4709"}, Teachers: []roster.PersonID{o.people[roster.Teacher]}, Learners: []roster.PersonID{o.people[roster.Learner]}}}
	if _, err := flow.Run(t.Context(), o.flow, door.SetUp, access.Actor{School: o.school, System: true}, in); err != nil {
		t.Fatal(err)
	}
	words, err := phrase.Load(web.Files, Files)
	if err != nil {
		t.Fatal(err)
	}
	server := web.New(web.Config{Flow: o.flow, Catalogue: words})
	Register(server)
	o.handler = server.Handler()
	return o
}

// post sends a body as a person of a role and gives status and answer.
func (o *served) post(role roster.Role, path, kind, body string) (int, string) {
	o.t.Helper()
	token, err := door.OpenSession(o.t.Context(), o.flow, o.school, o.people[role], 60_000)
	if err != nil {
		o.t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(o.t.Context(), http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	r.AddCookie(&http.Cookie{Name: "kith", Value: token})
	rec := httptest.NewRecorder()
	o.handler.ServeHTTP(rec, r)
	answer, err := io.ReadAll(rec.Result().Body)
	if err != nil {
		o.t.Fatal(err)
	}
	return rec.Code, string(answer)
}

func TestAddPerson_ShowsOneLinkForOneActAndItSignsInOnce(t *testing.T) {
	o := newOffice(t)
	body := `{"op":"` + newOp() + `","role":"guardian","given":"Ms","family":"Haddad"}`
	var made Link
	status, answer := o.post(roster.Admin, "/api/v1/add-person", "application/json", body)
	if err := json.Unmarshal([]byte(answer), &made); status != 200 || err != nil {
		t.Fatal(status, answer)
	}
	if _, again := o.post(roster.Admin, "/api/v1/add-person", "application/json", body); again != answer {
		t.Errorf("the same act answered\n%s\nthen\n%s", answer, again)
	}
	token, ok := strings.CutPrefix(made.Link, "http://example.com/link/")
	if !ok {
		t.Fatalf("the link is %s", made.Link)
	}
	who, err := door.SignInByLink(t.Context(), o.flow, "here", token)
	if err != nil || who.Actor.Person != made.Person.ID || !who.NeedsPassword {
		t.Errorf("got %+v, %v", who, err)
	}
	if _, err := door.SignInByLink(t.Context(), o.flow, "here", token); err == nil {
		t.Error("the link worked twice")
	}
}

func TestResetPassword_GivesALinkAndAClientCannotChooseIt(t *testing.T) {
	o := newOffice(t)
	teacher := string(o.people[roster.Teacher])
	chosen := door.HashToken("chosen")
	status, answer := o.post(roster.Admin, "/api/v1/reset-password", "application/json", `{"op":"`+newOp()+`","person":"`+teacher+`","link":"`+chosen+`","Link":"`+chosen+`"}`)
	if status == 200 && strings.Contains(answer, "chosen") {
		t.Fatal(answer)
	}
	if _, err := door.SignInByLink(t.Context(), o.flow, "here", "chosen"); err == nil {
		t.Error("a client chose the token")
	}
	if status, answer = o.post(roster.Admin, "/api/v1/reset-password", "application/json", `{"op":"`+newOp()+`","person":"`+teacher+`"}`); status != 200 || !strings.Contains(answer, "/link/") {
		t.Errorf("%d %s", status, answer)
	}
}

func TestPrintCards_SamePressSameCardsAndEachOpensItsLearner(t *testing.T) {
	o := newOffice(t)
	form := "op=" + newOp()
	path := "/print/cards/" + string(o.class)
	status, sheet := o.post(roster.Teacher, path, "application/x-www-form-urlencoded", form)
	if status != 200 || !strings.Contains(sheet, "The L.") && !strings.Contains(sheet, "The l.") || strings.Contains(sheet, "learner</bdi>") {
		t.Fatal(status, sheet)
	}
	// Without a camera a card still leads to the door: its address and the class code stand on it.
	if told := sheet[strings.Index(sheet, `class="told"`):]; !strings.Contains(told, "/signin") || !strings.Contains(told, "KTRM-4709") {
		t.Error("a card without a camera leads nowhere", told)
	}
	drawing := func(page string) string {
		return page[strings.Index(page, `class="qr"`):strings.Index(page, `class="told"`)]
	}
	if _, again := o.post(roster.Teacher, path, "application/x-www-form-urlencoded", form); drawing(again) != drawing(sheet) {
		t.Error("the page loaded again shows another card")
	}
	if _, fresh := o.post(roster.Teacher, path, "application/x-www-form-urlencoded", "op="+newOp()); drawing(fresh) == drawing(sheet) {
		t.Error("a second printing made the same card")
	}
}

package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kith/internal/access"
	"kith/internal/blob"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/library"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"

	"github.com/google/uuid"
)

// shelf is a server with one school, a teacher and a learner of nobody's class, and their requests.
type shelf struct {
	t        *testing.T
	s        *Server
	who      access.Actor
	learner  access.Actor
	requests http.Handler
}

func newShelf(t *testing.T) *shelf {
	t.Helper()
	st, err := store.Open(t.Context(), store.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	words, err := phrase.Load()
	if err != nil {
		t.Fatal(err)
	}
	sh := &shelf{t: t, s: New(Config{Flow: flow.New(st), Catalogue: words, Blobs: blob.New(t.TempDir())})}
	school := roster.SchoolID(newID())
	sh.who = access.Actor{School: school, Person: roster.PersonID(newID()), Role: roster.Teacher}
	sh.learner = access.Actor{School: school, Person: roster.PersonID(newID()), Role: roster.Learner}
	if err := st.Write(t.Context(), "", func(ctx context.Context, tx *store.Tx) error {
		err := tx.AddSchool(ctx, db.AddSchoolParams{ID: string(school), Code: "S", Name: "S", Zone: "UTC", Locale: "en", CreatedMs: 1})
		for _, p := range []access.Actor{sh.who, sh.learner} {
			err = errors.Join(err, tx.AddPerson(ctx, db.AddPersonParams{SchoolID: string(school), ID: string(p.Person), Role: string(p.Role), Given: "A", NameFold: "a", Settings: "{}"}))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return sh
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// ask sends a request as a person, past sign-in.
func (sh *shelf) ask(who access.Actor, method, target string, body io.Reader, headers ...string) *httptest.ResponseRecorder {
	sh.t.Helper()
	r := httptest.NewRequest(method, target, body)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	r = r.WithContext(context.WithValue(r.Context(), actorKey, Session{SessionPerson: door.SessionPerson{Actor: who}}))
	w := httptest.NewRecorder()
	sh.s.withLimit(sh.s.mux).ServeHTTP(w, r)
	return w
}

func film(size int) []byte {
	b := bytes.Repeat([]byte{7}, size)
	copy(b, "\x00\x00\x00\x18ftypisom")
	return b
}

func (sh *shelf) upload(op string, body []byte) (int, library.FileOut, Problem) {
	w := sh.ask(sh.who, http.MethodPost, uploadPath+"?op="+op+"&name=C%3A%5Cfilms%5Cday%20one.mp4", bytes.NewReader(body))
	var out library.FileOut
	var p Problem
	_ = json.Unmarshal(w.Body.Bytes(), &out)
	_ = json.Unmarshal(w.Body.Bytes(), &p)
	return w.Code, out, p
}

func TestUpload_HappensOnceAndIsSentInRanges(t *testing.T) {
	sh := newShelf(t)
	op, body := newID(), film(3<<20) // above the limit of every other body
	code, out, _ := sh.upload(op, body)
	if code != 200 || out.Type != "video/mp4" || out.Size != 3<<20 || out.Name != "day one.mp4" {
		t.Fatalf("%d %+v", code, out)
	}
	if code, again, _ := sh.upload(op, body); code != 200 || again.File != out.File {
		t.Errorf("sent again: %d %+v", code, again)
	}
	if code, _, p := sh.upload(op, film(100)); code != 409 {
		t.Errorf("other bytes under the same op: %d %+v", code, p)
	}
	w := sh.ask(sh.who, http.MethodGet, "/file/"+out.File, nil, "Range", "bytes=1000-1999")
	if w.Code != 206 || w.Body.Len() != 1000 || w.Header().Get("Content-Range") != "bytes 1000-1999/3145728" || w.Header().Get("Content-Type") != "video/mp4" {
		t.Errorf("a range: %d, %d bytes, %v", w.Code, w.Body.Len(), w.Header())
	}
	if w := sh.ask(sh.who, http.MethodGet, "/file/"+out.File, nil, "If-None-Match", w.Header().Get("ETag")); w.Code != 304 {
		t.Errorf("the same file again: %d", w.Code)
	}
	if w := sh.ask(sh.learner, http.MethodGet, "/file/"+out.File, nil); w.Code != 404 {
		t.Errorf("a learner who was not invited: %d", w.Code)
	}
}

func TestUpload_Refuses(t *testing.T) {
	sh := newShelf(t)
	if code, _, p := sh.upload(newID(), []byte("<script>alert(1)</script>")); code != 422 || p.Say.Code != "fault.file.type" {
		t.Errorf("a page: %d %+v", code, p)
	}
	if code, _, p := sh.upload("no-op", film(100)); code != 422 || p.Kind != fault.Invalid.String() {
		t.Errorf("no op: %d %+v", code, p)
	}
	if w := sh.ask(sh.learner, http.MethodPost, uploadPath+"?op="+newID(), bytes.NewReader(film(100))); w.Code != 403 {
		t.Errorf("a learner: %d", w.Code)
	}
	big := httptest.NewRequest(http.MethodPost, uploadPath+"?op="+newID(), strings.NewReader("x"))
	big.ContentLength = blob.MaxVideo + 1
	big = big.WithContext(context.WithValue(big.Context(), actorKey, Session{SessionPerson: door.SessionPerson{Actor: sh.who}}))
	w := httptest.NewRecorder()
	sh.s.mux.ServeHTTP(w, big)
	if w.Code != 422 || !strings.Contains(w.Body.String(), "fault.file.large") {
		t.Errorf("a file too large: %d %s", w.Code, w.Body)
	}
}

// A learner's document is taken by what it holds, handed out as a file and never inside a page, and what is none is refused.
func TestUploadAnswer_ADocumentIsAFileAndNoPage(t *testing.T) {
	sh := newShelf(t)
	send := func(body string) (int, library.FileOut, Problem) {
		w := sh.ask(sh.learner, http.MethodPost, uploadAnswerPath+"?op="+newID(), strings.NewReader(body), "Content-Type", "text/html")
		var out library.FileOut
		var p Problem
		_ = json.Unmarshal(w.Body.Bytes(), &out)
		_ = json.Unmarshal(w.Body.Bytes(), &p)
		return w.Code, out, p
	}
	const whole = "%PDF-1.7\n<script>alert(1)</script>\n%%EOF\n"
	code, out, p := send(whole)
	if code != 200 || out.Type != "application/pdf" || out.Name != "" {
		t.Fatalf("%d %+v %+v", code, out, p)
	}
	w := sh.ask(sh.learner, http.MethodGet, "/answer-file/"+out.File, nil)
	h := w.Header()
	if w.Code != 200 || w.Body.String() != whole || h.Get("Content-Type") != "application/pdf" || h.Get("Content-Disposition") != "attachment; filename=answer.pdf" ||
		h.Get("Content-Security-Policy") != "default-src 'none'; sandbox" {
		t.Errorf("%d %v", w.Code, h)
	}
	if w := sh.ask(sh.who, http.MethodGet, "/answer-file/"+out.File, nil); w.Code != 404 {
		t.Errorf("a teacher before it is sent: %d", w.Code)
	}
	for body, want := range map[string]string{"%PDF-1.7 cut": "fault.file.document_cut", "<html>%PDF- %%EOF</html>": "fault.file.photo", "PK\x03\x04": "fault.file.photo"} {
		if code, _, p := send(body); code != 422 || p.Say.Code != want {
			t.Errorf("%q: %d %+v", body, code, p)
		}
	}
}

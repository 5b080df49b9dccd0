package staff

import (
	"net/http/httptest"
	"strings"
	"testing"

	"kith/internal/classroom"
	"kith/internal/doc"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/period"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/web"
)

func drawnPaper(t *testing.T, draw func(s *web.Server, w *httptest.ResponseRecorder) error) string {
	t.Helper()
	words, err := phrase.Load(Files, web.Files)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	if err := draw(web.New(web.Config{Catalogue: words}), w); err != nil {
		t.Fatal(err)
	}
	return w.Body.String()
}

func words(s string) []doc.El { return []doc.El{{N: "p", C: []doc.El{{T: s}}}} }

func TestPrintToday_HoldsTheLessonOnOneSheet(t *testing.T) {
	member := func(name string) period.PileMember {
		return period.PileMember{Named: flow.Named{ID: roster.PersonID(name), Name: name}}
	}
	sit := period.TodayPile{DayPile: period.DayPile{Kind: classroom.Sit, Where: phrase.Of("pile.table", "n", "1"), Members: []period.PileMember{member("Amina H."), member("Leo <M>")}},
		Title: "Find how much for one", Discuss: []period.WrongAnswer{{Text: words("What is twice 3?"), Answer: words("5"), Nudge: words("You added two.")}},
		Example: &period.WorkedItem{Text: words("What is twice 4?"), Options: words("an option"), Solution: words("4 and 4 make 8.")}, Exit: []period.AskedText{{Text: words("What is twice 9?")}}}
	deep := period.TodayPile{DayPile: period.DayPile{Kind: classroom.Deeper, Where: phrase.Of("pile.place", "place", "by the window"), Members: []period.PileMember{member("Mei C.")}}}
	v := period.TodayPage{Class: library.ClassHead{Name: "7B"}, On: "2026-11-24", Piles: []period.TodayPile{sit, deep},
		Lesson: &period.TodayLesson{Title: "Doubling", Kind: "film", Watched: []flow.Named{{Name: "Amina H."}}}}
	html := drawnPaper(t, func(s *web.Server, w *httptest.ResponseRecorder) error {
		return printToday(s)(w, httptest.NewRequest("GET", "/print/today/x", nil), v)
	})
	for _, want := range []string{"Tuesday, November 24", "Table 1", "by the window", "Sit with me", "Go deeper", "Amina H.", "Leo &lt;M&gt;", "Mei C.", "What is twice 3?", "4 and 4 make 8.", "What is twice 9?", "1 watched it"} {
		if !strings.Contains(html, want) {
			t.Errorf("the sheet does not say %q", want)
		}
	}
	for _, not := range []string{"<script", "style=", "an option", "You added two."} {
		if strings.Contains(html, not) {
			t.Errorf("the sheet holds %q", not)
		}
	}
}

func TestPrintToday_LettersAreAsLargeAsTheSheetAllows(t *testing.T) {
	sheet := func(tables, letters int) string {
		v := period.TodayPage{On: "2026-11-24"}
		for range tables {
			v.Piles = append(v.Piles, period.TodayPile{DayPile: period.DayPile{Kind: classroom.Sit}, Exit: []period.AskedText{{Text: words(strings.Repeat("x", letters))}}})
		}
		return onPaper(v).Room
	}
	for _, c := range []struct {
		tables, letters int
		want            string
	}{
		{0, 0, "airy"},
		{2, 900, "airy"},   // side by side: the fuller one counts
		{2, 1500, "roomy"}, // 1500 and its line
		{2, 2500, ""},
		{4, 900, ""},      // two rows of 900
		{1, 2500, "airy"}, // alone in two columns
	} {
		if got := sheet(c.tables, c.letters); got != c.want {
			t.Errorf("%d tables of %d letters: %q, want %q", c.tables, c.letters, got, c.want)
		}
	}
}

func TestPrintActivity_SaysWhatToBring(t *testing.T) {
	html := drawnPaper(t, func(s *web.Server, w *httptest.ResponseRecorder) error {
		return printActivity(s)(w, httptest.NewRequest("GET", "/print/activity/x/y", nil), period.ActivityPaper{Unit: "Fair", Objective: "Doubles", Title: "Fold paper",
			Materials: []string{"Paper"}, Minutes: 10, With: "pair", Steps: words("Fold."), Bring: "The fold."})
	})
	for _, want := range []string{"Fold paper", "<li><bdi>Paper</bdi></li>", "About 10 minutes", "with a partner", "Fold.", "The fold."} {
		if !strings.Contains(html, want) {
			t.Errorf("the sheet does not say %q", want)
		}
	}
}

func TestPreviewText_DrawsOrSaysTheLine(t *testing.T) {
	ask := func(markup string) (*httptest.ResponseRecorder, error) {
		w := httptest.NewRecorder()
		return w, previewText(w, httptest.NewRequest("POST", "/api/v1/preview-text", strings.NewReader(markup)))
	}
	if w, err := ask(`{"markup":"Take **two**."}`); err != nil || !strings.Contains(w.Body.String(), `"n":"strong"`) {
		t.Errorf("%v %s", err, w.Body)
	}
	for _, bad := range []string{`{"markup":"An **open end"}`, `{"markup":"[[n]]"}`, `{`} {
		if _, err := ask(bad); err == nil {
			t.Errorf("%s was taken", bad)
		}
	}
}

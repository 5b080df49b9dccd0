package staff

import (
	"embed"
	"html/template"
	"net/http"
	"unicode/utf8"

	"kith/internal/classroom"
	"kith/internal/doc"
	"kith/internal/flow/period"
	"kith/internal/web"
)

//go:embed today_print.html activity_print.html
var paperFiles embed.FS

var papers = web.LeafTemplates(paperFiles, "*_print.html")

// drawn is author's text on paper: made of the allow-list alone.
type drawn []doc.El

// HTML is the text for a template; a tree that is not of the allow-list is refused.
func (d drawn) HTML() (template.HTML, error) { return doc.HTML(d) }

// todayPaper is the lesson of the day on one sheet: the tables with the teacher in full, the others by name and place.
type todayPaper struct {
	period.TodayPage
	Sit  []sitPaper
	Rest []period.TodayPile
	Wide bool   // one table alone has the whole width
	Room string // how large the letters may be: "", "roomy" or "airy" (paper.css)
}

// What the fullest table may hold, in letters, for the larger sizes of print to leave the rest of a lesson room on the same
// A4 sheet. Chosen by printing; a line of its own counts as the letters it takes from its neighbours.
const (
	airyLetters  = 1300
	roomyLetters = 1750
	lineLetters  = 22
)

type sitPaper struct {
	period.TodayPile
	Answers  []answerPaper
	Example  *examplePaper
	ExitText []drawn
}

type answerPaper struct{ Text, Answer, Nudge drawn }

type examplePaper struct{ Text, Solution drawn }

func printToday(s *web.Server) func(http.ResponseWriter, *http.Request, period.TodayPage) error {
	return func(w http.ResponseWriter, r *http.Request, v period.TodayPage) error {
		return s.Draw(w, r, papers, "today_print.html", web.Leaf{Title: "today.print.title", Kind: "sheet", Sheet: "paper.css", View: onPaper(v)})
	}
}

func onPaper(v period.TodayPage) todayPaper {
	out := todayPaper{TodayPage: v}
	for _, p := range v.Piles {
		if p.Kind != classroom.Sit {
			out.Rest = append(out.Rest, p)
			continue
		}
		sit := sitPaper{TodayPile: p}
		for _, a := range p.Discuss {
			sit.Answers = append(sit.Answers, answerPaper{a.Text, a.Answer, a.Nudge})
		}
		if p.Example != nil {
			sit.Example = &examplePaper{p.Example.Text, p.Example.Solution}
		}
		for _, e := range p.Exit {
			sit.ExitText = append(sit.ExitText, e.Text)
		}
		out.Sit = append(out.Sit, sit)
	}
	out.Wide = len(out.Sit) == 1
	out.Room = room(out.Sit)
	return out
}

// room is how large the letters may be. Two tables stand side by side, a third and a fourth below them; one alone has two columns.
func room(sit []sitPaper) string {
	rows := map[int]int{} // the fullest table of each row of two
	for i, s := range sit {
		n := letters(s.ExitText...)
		for _, a := range s.Answers {
			n += letters(a.Text, a.Answer)
		}
		if s.Example != nil {
			n += letters(s.Example.Text, s.Example.Solution)
		}
		rows[i/2] = max(rows[i/2], n)
	}
	total := 0
	for _, n := range rows {
		total += n
	}
	if len(sit) == 1 {
		total /= 2
	}
	switch {
	case total <= airyLetters:
		return "airy"
	case total <= roomyLetters:
		return "roomy"
	}
	return ""
}

// letters counts what texts take on paper.
func letters(texts ...drawn) int {
	n := 0
	for _, text := range texts {
		for _, el := range text {
			switch el.N {
			case "p", "li", "tr", "figure", "blockquote":
				n += lineLetters
			}
			n += utf8.RuneCountInString(el.T) + letters(el.C)
		}
	}
	return n
}

func printActivity(s *web.Server) func(http.ResponseWriter, *http.Request, period.ActivityPaper) error {
	return func(w http.ResponseWriter, r *http.Request, v period.ActivityPaper) error {
		return s.Draw(w, r, papers, "activity_print.html", web.Leaf{Title: "units.print.title", Kind: "sheet", Sheet: "paper.css", View: struct {
			period.ActivityPaper
			Text drawn
		}{v, v.Steps}})
	}
}

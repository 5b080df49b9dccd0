package learner

import (
	"net/http"

	"kith/internal/flow/evening"
	"kith/internal/flow/standing"
	"kith/internal/web"
)

// registerChild adds what guardians read: documents without script, in their language.
func registerChild(s *web.Server) {
	web.Document(s, "/children", evening.Children, func(w http.ResponseWriter, r *http.Request, v evening.ChildrenPage) error {
		return s.Draw(w, r, documents, "children.html", web.Leaf{Title: "children.title", Kind: "page", View: v})
	})
	web.Document(s, "/child/{learner}", evening.Child, func(w http.ResponseWriter, r *http.Request, v evening.ChildPage) error {
		return s.Draw(w, r, documents, "child.html", web.Leaf{Title: "child.title", Kind: "page", View: childView{v}})
	})
}

// childView is the page with what its template asks of it.
type childView struct{ evening.ChildPage }

// Shown are the objectives that something is known about, and how many wait untouched.
func (v childView) Shown() (shown []standing.ObjectiveStanding) {
	for _, o := range v.Where.Objectives {
		for _, s := range o.Skills {
			if s.Status != "not_started" {
				shown = append(shown, o)
				break
			}
		}
	}
	return shown
}

// Untouched counts the objectives of the unit that have not begun.
func (v childView) Untouched() int { return len(v.Where.Objectives) - len(v.Shown()) }

// lessonSigns are the icons of lessons by what they mainly are: nobody watches a text.
var lessonSigns = map[string]string{"film": "watch", "link": "link", "text": "read"}

// signs are the icons of steps.
var signs = map[standing.StepKind]string{"lesson": "watch", "practice": "try", "activity": "make", "task": "goal", "talk": "talk", "meeting": "sit", "revisit": "rewind", "deeper": "talk", "make": "make",
	standing.StepUnitTask: "goal", standing.StepSelf: "me", standing.StepCheck: "look", standing.StepSend: "plan"}

// Sign is a step's icon.
func (v childView) Sign(line standing.StepLine) string {
	if sign, ok := lessonSigns[line.Form]; ok && line.Kind == standing.StepKind("lesson") {
		return sign
	}
	return signs[line.Kind]
}

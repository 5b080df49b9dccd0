package learner

import (
	"net/http"

	"kith/internal/flow"
	"kith/internal/web"
)

// registerChild adds what guardians read: documents without script, in their language.
func registerChild(s *web.Server) {
	web.Document(s, "/children", flow.Children, func(w http.ResponseWriter, r *http.Request, v flow.ChildrenPage) error {
		return s.Draw(w, r, documents, "children.html", web.Leaf{Title: "children.title", Kind: "page", View: v})
	})
	web.Document(s, "/child/{learner}", flow.Child, func(w http.ResponseWriter, r *http.Request, v flow.ChildPage) error {
		return s.Draw(w, r, documents, "child.html", web.Leaf{Title: "child.title", Kind: "page", View: childView{v}})
	})
}

// childView is the page with what its template asks of it.
type childView struct{ flow.ChildPage }

// Shown are the objectives that something is known about, and how many wait untouched.
func (v childView) Shown() (shown []flow.ObjectiveStanding) {
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

// signs are the icons of steps.
var signs = map[flow.StepKind]string{"lesson": "watch", "practice": "try", "activity": "make", "task": "goal", "talk": "talk", "meeting": "sit", "revisit": "rewind",
	flow.StepUnitTask: "goal", flow.StepSelf: "me", flow.StepCheck: "look", flow.StepSend: "plan"}

// Sign is a step's icon.
func (v childView) Sign(kind flow.StepKind) string { return signs[kind] }

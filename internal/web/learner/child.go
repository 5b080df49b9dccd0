package learner

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kith/internal/flow/evening"
	"kith/internal/flow/standing"
	"kith/internal/skill/layout"
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
	web.Document(s, "/child/{learner}/map", evening.ChildMap, func(w http.ResponseWriter, r *http.Request, v evening.ChildMapPage) error {
		return s.Draw(w, r, documents, "child_map.html", web.Leaf{Title: "child.title", Kind: "page", Sheet: "child_map.css", View: childMapView{v}})
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

// childMapView is the map with what its template asks of it. It is drawn for a phone: guardians read on one.
type childMapView struct{ evening.ChildMapPage }

// Frame is the drawing's viewBox with a little air around it, and its width and height.
func (v childMapView) Frame() (f struct{ Box, W, H string }) {
	const air = 8
	w, h := strconv.Itoa(v.Map.Narrow.W+2*air), strconv.Itoa(v.Map.Narrow.H+2*air)
	f.Box, f.W, f.H = fmt.Sprintf("%d %d %s %s", -air, -air, w, h), w, h
	return f
}

// Heads are the points of the lines, one for each skill that any leads to.
func (v childMapView) Heads() (heads []string) {
	d := v.Map.Narrow
	for i, spot := range d.Spots {
		if slices.ContainsFunc(d.Lines, func(l layout.Line) bool { return l.To == i }) {
			heads = append(heads, fmt.Sprintf("M%d %dh10l-5 8z", spot.X+d.SpotW/2-5, spot.Y-8))
		}
	}
	return heads
}

// BuildsOn are the titles of what a skill needs first, in the unit and before it.
func (v childMapView) BuildsOn(s standing.MapSkill) string {
	var titles []string
	for _, i := range s.Needs {
		titles = append(titles, v.Map.Skills[i].Title)
	}
	return strings.Join(append(titles, s.Before...), ", ")
}

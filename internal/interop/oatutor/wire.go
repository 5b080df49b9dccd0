package oatutor

import (
	"cmp"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"kith/internal/fault"
	"kith/internal/interop/source"
)

// Limits of the files. The real elementary algebra has 0.3 MB packed, 9 MB unpacked, 12 MB of figures.
const (
	maxPacked   = 32 * source.MB
	maxUnpacked = 256 * source.MB
	maxLine     = source.MB
	maxPlans    = 32 * source.MB
	maxFigures  = 256 * source.MB
	maxFigure   = 4 * source.MB
	maxSections = 32 * source.MB
	maxProblems = 20_000
	maxSteps    = 200 // of one problem
	maxHelp     = 200 // hints of one step, before those that cannot be shown are left out
)

// problem is one line of the course's file.
type problem struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Body       string `json:"body"`
	OER        string `json:"oer"`     // "https://… <Name>": where it comes from
	Licence    string `json:"license"` // "https://… <CC BY 4.0>"
	LessonID   string `json:"lessonId"`
	CourseName string `json:"courseName"`
	Steps      []step `json:"steps"`

	line int
}

// step is one question of a problem.
type step struct {
	ID          string   `json:"id"`
	StepAnswer  []string `json:"stepAnswer"`
	ProblemType string   `json:"problemType"` // TextBox, MultipleChoice
	StepTitle   string   `json:"stepTitle"`
	StepBody    string   `json:"stepBody"`
	AnswerType  string   `json:"answerType"` // arithmetic, string
	Choices     []string `json:"choices"`
	Skills      []string `json:"skills"`
	Hints       []hint   `json:"hints"`
}

// hint is one rung of a step's help: a hint, or a scaffold, which asks a smaller question.
type hint struct {
	ID           string   `json:"id"`
	Type         string   `json:"type"` // hint, scaffold
	Dependencies []string `json:"dependencies"`
	Title        string   `json:"title"`
	Text         string   `json:"text"`
	HintAnswer   []string `json:"hintAnswer"`
	ProblemType  string   `json:"problemType"` // of a scaffold, as a step's
	AnswerType   string   `json:"answerType"`
	Choices      []string `json:"choices"`
}

// coursePlan is one course of coursePlans.json.
type coursePlan struct {
	CourseName string   `json:"courseName"`
	Language   string   `json:"language"`
	Lessons    []lesson `json:"lessons"`
}

// lesson is one lesson of a plan; its objectives are skill names with the threshold that OATutor aims at.
type lesson struct {
	ID                 string             `json:"id"`
	Name               string             `json:"name"` // "Lesson 6.3", "Lesson A1.2.1"
	Topics             string             `json:"topics"`
	LearningObjectives map[string]float64 `json:"learningObjectives"`
}

// section is one section of OpenStax's sections.json.
type section struct {
	Book       string   `json:"book"`
	Section    string   `json:"section"` // "6.3"; "" for a preface or an introduction
	Title      string   `json:"title"`
	Objectives []string `json:"objectives"`
}

// readProblems reads the course's file. Errors: Invalid, naming the line.
func readProblems(name string, b []byte) ([]problem, error) {
	file := filepath.Base(name)
	if strings.HasSuffix(name, ".gz") {
		var err error
		if b, err = source.Gunzip(name, b, maxUnpacked); err != nil {
			return nil, err
		}
	}
	var out []problem
	seen := map[string]int{}
	err := source.JSONLines(file, b, maxLine, func(line int, p problem) error {
		p.line = line
		bad := func(what string) error {
			return fault.New(fault.Invalid, "fault.import.line_lacks", "file", file, "line", line, "what", what)
		}
		switch {
		case !plainID(p.ID):
			return bad("id")
		case len(p.Steps) == 0 || len(p.Steps) > maxSteps:
			return bad("steps")
		case p.CourseName == "":
			return bad("courseName")
		case len(out) == maxProblems:
			return fault.New(fault.Invalid, "fault.import.many", "file", file, "most", maxProblems)
		}
		for _, s := range p.Steps {
			if !plainID(s.ID) || len(s.Hints) > maxHelp {
				return bad("steps")
			}
			if seen[s.ID] > 0 {
				return fault.New(fault.Invalid, "fault.import.twice", "id", s.ID, "file", file)
			}
			seen[s.ID] = line
		}
		out = append(out, p)
		return nil
	})
	if err == nil && len(out) == 0 {
		err = fault.New(fault.Invalid, "fault.import.empty", "file", file)
	}
	return out, err
}

// plainID holds to what ids look like, since they become codes and names of files in the archive.
func plainID(s string) bool {
	return s != "" && len(s) <= 80 && s[0] != '.' && !strings.Contains(s, "..") && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.") == ""
}

// planOf finds the course's plan. Errors: Invalid, naming the line.
func planOf(file string, b []byte, course string) (coursePlan, error) {
	var all []coursePlan
	if err := source.JSON(file, b, &all); err != nil {
		return coursePlan{}, err
	}
	for _, p := range all {
		if p.CourseName == course {
			return p, nil
		}
	}
	return coursePlan{}, fault.New(fault.Invalid, "fault.import.oatutor.plan", "file", filepath.Base(file), "course", course)
}

// skillNames are a lesson's skills in the order of their names, since the file keeps them in none.
func (l lesson) skillNames() []string { return slices.Sorted(maps.Keys(l.LearningObjectives)) }

// bySection orders section numbers: 1.9 before 1.10.
func bySection(a, b string) int {
	aChapter, aNumber := numbers(a)
	bChapter, bNumber := numbers(b)
	return cmp.Or(cmp.Compare(aChapter, bChapter), cmp.Compare(aNumber, bNumber), strings.Compare(a, b))
}

func numbers(section string) (chapter, number int) {
	left, right, _ := strings.Cut(section, ".")
	return whole(left), whole(right)
}

// whole reads a small whole number; what is none counts as 0.
func whole(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > 9999 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

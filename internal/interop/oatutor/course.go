package oatutor

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/source"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// EdgeSource says of an edge that the book's readiness questions claim it.
const EdgeSource = "openstax readiness"

var lessonName = regexp.MustCompile(`^Lesson (\d{1,3}\.\d{1,3})$`)

// chapters are the titles of the books' chapters, which the files leave out (OpenStax, CC BY 4.0).
var chapters = map[string][]string{
	"elementary-algebra-2e": {"Foundations", "Solving Linear Equations and Inequalities", "Math Models", "Graphs", "Systems of Linear Equations",
		"Polynomials", "Factoring", "Rational Expressions and Equations", "Roots and Radicals", "Quadratic Equations"},
	"intermediate-algebra-2e": {"Foundations", "Solving Linear Equations", "Graphs and Functions", "Systems of Linear Equations",
		"Polynomials and Polynomial Functions", "Factoring", "Rational Expressions and Functions", "Roots and Radicals",
		"Quadratic Equations and Functions", "Exponential and Logarithmic Functions", "Conics", "Sequences, Series and Binomial Theorem"},
	"introductory-statistics": {"Sampling and Data", "Descriptive Statistics", "Probability Topics", "Discrete Random Variables",
		"Continuous Random Variables", "The Normal Distribution", "The Central Limit Theorem", "Confidence Intervals",
		"Hypothesis Testing with One Sample", "Hypothesis Testing with Two Samples", "The Chi-Square Distribution",
		"Linear Regression and Correlation", "F Distribution and One-Way ANOVA"},
	"prealgebra-2e": {"Whole Numbers", "The Language of Algebra", "Integers", "Fractions", "Decimals", "Percents",
		"The Properties of Real Numbers", "Solving Linear Equations", "Math Models and Geometry", "Polynomials", "Graphs"},
}

// topic is one objective with the skill that makes it true. OATutor's skills and OpenStax's objectives are joined where
// they say the same; what OATutor names otherwise becomes an objective of its own, after its section's others.
type topic struct {
	section string
	id      string // "6.3/multiply_a_polynomial_by_a_monomial": the source's name, in its section
	title   string
	texts   []string // what it is called: for the headings of readiness edges
}

// outline is the course without its items.
type outline struct {
	course   skill.Course
	units    []content.Unit
	topics   []topic
	bySkill  map[string]string // "section/skill name" to topic id
	sections map[string]string // lesson id to section
	chapters map[int]string    // their titles, by number
	skipped  []intake.Record
}

// sameText is a text without everything that is spelled now so and now so: signs, case and spaces.
func sameText(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}

var wordsIn = regexp.MustCompile(`[a-z0-9]+`)

// nearText is sameText without articles and plurals: "Solve an equation" and "Solve equations" are the same promise.
func nearText(s string) string {
	var b strings.Builder
	for _, w := range wordsIn.FindAllString(strings.ToLower(s), -1) {
		switch {
		case w == "a" || w == "an" || w == "the":
		case len(w) > 3 && strings.HasSuffix(w, "s"):
			b.WriteString(w[:len(w)-1])
		default:
			b.WriteString(w)
		}
	}
	return b.String()
}

// skillName is the name of what a step asks. OATutor parts a skill's name at its commas, so that several names in a row are
// one skill: "use_the_distance", "rate", "and_time_formula".
func skillName(parts []string) string { return strings.Join(parts, ",_") }

// makeOutline joins the plan's lessons, the skills that steps name, and the book's objectives.
func makeOutline(p coursePlan, problems []problem, sections []section, book string) (outline, error) {
	o := outline{bySkill: map[string]string{}, sections: map[string]string{}}
	there := map[string]bool{}
	planned := map[string]bool{} // "section/name", each fragment
	numbers := o.number(p, book)
	for i, l := range p.Lessons {
		at := numbers[i]
		o.sections[l.ID], there[at] = at, true
		for _, name := range l.skillNames() {
			planned[at+"/"+name] = true
		}
	}
	names := map[string][]string{} // section to the names of its skills
	for _, q := range problems {
		at := o.sections[q.LessonID]
		for _, s := range q.Steps {
			known := at != "" && len(s.Skills) > 0
			for _, part := range s.Skills {
				known = known && planned[at+"/"+part]
			}
			if name := skillName(s.Skills); known && !slices.Contains(names[at], name) {
				names[at] = append(names[at], name)
			}
		}
	}
	objectives := map[string][]string{}
	for _, s := range sections {
		if s.Book == book && s.Section != "" {
			objectives[s.Section] = append(objectives[s.Section], s.Objectives...)
		}
	}
	for _, at := range slices.SortedFunc(maps.Keys(there), bySection) {
		slices.Sort(names[at])
		o.join(at, names[at], objectives[at])
	}
	o.course = skill.Course{ID: skill.CourseID(slug(p.CourseName)), Title: strings.TrimPrefix(p.CourseName, "OpenStax: "), Lang: p.Language}
	o.lay()
	return o, nil
}

// number gives each lesson of a plan its section: the book's number where every lesson has one, else its place in the plan, where
// lessons whose names begin alike ("A1.2.1", "A1.2.2") are a chapter. The chapters' titles are learned with it.
func (o *outline) number(p coursePlan, book string) []string {
	out := make([]string, len(p.Lessons))
	o.chapters = map[int]string{}
	for i, title := range chapters[book] {
		o.chapters[i+1] = fmt.Sprint(i+1, ". ", title)
	}
	plain := true
	for i, l := range p.Lessons {
		m := lessonName.FindStringSubmatch(l.Name)
		if plain = plain && m != nil; plain {
			out[i] = m[1]
		}
	}
	if plain {
		return out
	}
	o.chapters = map[int]string{}
	of, count := map[string]int{}, map[int]int{}
	for i, l := range p.Lessons {
		name := strings.TrimRight(strings.TrimSpace(strings.TrimPrefix(l.Name, "Lesson ")), ".:, ")
		group := name
		if at := strings.LastIndexByte(name, '.'); at > 0 {
			group = name[:at]
		}
		if of[group] == 0 {
			of[group] = len(of) + 1
			o.chapters[of[group]] = strings.TrimSpace(group + " " + l.Topics)
		}
		chapter := of[group]
		count[chapter]++
		out[i] = fmt.Sprint(chapter, ".", count[chapter])
	}
	return out
}

// join makes a section's topics: the book's objectives that a skill matches, in the book's order, then the other skills.
func (o *outline) join(at string, names, objectives []string) {
	left := slices.Clone(names)
	take := func(same func(string) string, objective string) (mine []string) {
		for _, n := range left {
			if same(n) == same(objective) {
				mine = append(mine, n)
			}
		}
		left = slices.DeleteFunc(left, func(n string) bool { return slices.Contains(mine, n) })
		return mine
	}
	for _, objective := range objectives {
		mine := take(sameText, objective)
		if mine == nil {
			mine = take(nearText, objective)
		}
		if mine == nil {
			o.skipped = append(o.skipped, intake.Record{File: "sections.json", ID: at + " " + objective, Outcome: intake.Skipped, Reason: phrase.Of("import.oatutor.no_skill")})
			continue
		}
		o.add(at, mine, titleOf(objective, mine[0]), objective)
	}
	for len(left) > 0 {
		mine := take(sameText, left[0])
		o.add(at, mine, titleOf("", mine[0]))
	}
}

// add makes one topic of names that mean the same.
func (o *outline) add(at string, names []string, title string, texts ...string) {
	t := topic{section: at, id: at + "/" + names[0], title: title, texts: append(texts, names...)}
	for _, n := range names {
		o.bySkill[at+"/"+n] = t.id
	}
	o.topics = append(o.topics, t)
}

var (
	loneSign = regexp.MustCompile(`\b([a-z]) - `)
	raised   = strings.NewReplacer("**2", "²", "**3", "³", "**(", "^(", "___", " − ", "_", " ")
)

// titleOf is what a learner reads: the book's words, or the skill's name where the book's lost their raised signs or where
// there are none.
func titleOf(objective, name string) string {
	s := objective
	if s == "" || strings.ContainsAny(name, "*=/") {
		s = strings.Trim(strings.Join(strings.Fields(raised.Replace(name)), " "), ". ")
		s = strings.NewReplacer("m=rise/run", "m = rise/run", "x²+bx+c", "x² + bx + c").Replace(s)
	}
	s = strings.ReplaceAll(s, " - and ", "- and ")
	s = loneSign.ReplaceAllString(s, "$1-")
	if s == "" {
		return name
	}
	return bank.UpperFirst(s)
}

// lay makes skills, objectives and units of the topics, in the book's order.
func (o *outline) lay() {
	count := map[string]int{}
	for _, t := range o.topics {
		count[t.section]++
		code := t.section + "." + fmt.Sprint(count[t.section])
		o.course.Skills = append(o.course.Skills, skill.Skill{ID: skill.ID(t.id), Code: code + " " + slug(t.title), Title: t.title})
		o.course.Objectives = append(o.course.Objectives, skill.Objective{ID: skill.ObjectiveID(t.id), Code: code, Title: t.title,
			ICan: "I can " + bank.LowerFirst(t.title) + ".", Skills: []skill.ID{skill.ID(t.id)}})
		chapter, _ := numbers(t.section)
		if len(o.units) == 0 || o.units[len(o.units)-1].Code != fmt.Sprint("chapter-", chapter) {
			title := cmp.Or(o.chapters[chapter], fmt.Sprint("Chapter ", chapter))
			id := fmt.Sprint("chapter-", chapter)
			o.units = append(o.units, content.Unit{ID: content.UnitID(id), Code: id, Title: title})
		}
	}
}

// practised gives each unit the objectives that can be practised, and names those that cannot yet.
func (o *outline) practised(items map[string]int) {
	for _, t := range o.topics {
		if items[t.id] == 0 {
			o.skipped = append(o.skipped, intake.Record{File: "sections.json", ID: t.section + " " + t.title, Outcome: intake.Skipped, Reason: phrase.Of("import.oatutor.no_items")})
			continue
		}
		chapter, _ := numbers(t.section)
		for i := range o.units {
			if o.units[i].Code == fmt.Sprint("chapter-", chapter) {
				o.units[i].Parts = append(o.units[i].Parts, content.Part{Objective: skill.ObjectiveID(t.id)})
			}
		}
	}
	o.units = slices.DeleteFunc(o.units, func(u content.Unit) bool { return len(u.Parts) == 0 })
}

// lonely names the topics that one item asks: nobody can become secure in them by answering.
func (o *outline) lonely(items map[string]int) []intake.Record {
	var out []intake.Record
	for _, t := range o.topics {
		if items[t.id] == 1 {
			out = append(out, intake.Record{File: "sections.json", ID: t.section + " " + t.title, Reason: phrase.Of("import.oatutor.one_item")})
		}
	}
	return out
}

// readiness adds the edges of prerequisites.csv: each skill of a heading is needed for each skill of the first objective of
// the section whose readiness question sends back to it. Errors: Invalid, naming the line.
func (o *outline) readiness(name string, b []byte, book string) error {
	file := filepath.Base(name)
	if len(b) == 0 { // a course of no book of OpenStax's, or an archive without it
		return nil
	}
	text, err := source.Text(file, b)
	if err != nil {
		return err
	}
	r := csv.NewReader(strings.NewReader(text))
	rows, err := r.ReadAll()
	if err != nil {
		line := 1
		var at *csv.ParseError
		if errors.As(err, &at) {
			line = at.Line
		}
		return fault.Wrap(fault.Invalid, err, "fault.import.csv", "file", file, "line", line, "detail", err.Error())
	}
	column := map[string]int{}
	if len(rows) > 0 {
		for i, head := range rows[0] {
			column[head] = i + 1
		}
	}
	for _, head := range []string{"book", "from_section", "from_heading", "to_section"} {
		if column[head] == 0 {
			return fault.New(fault.Invalid, "fault.import.header", "file", file, "want", "book, from_section, from_heading, to_section")
		}
	}
	first := map[string]string{} // section to its first topic
	for _, t := range o.topics {
		if first[t.section] == "" {
			first[t.section] = t.id
		}
	}
	seen := map[skill.Edge]bool{}
	for _, row := range rows[1:] {
		cell := func(head string) string { return row[column[head]-1] }
		if cell("book") != book {
			continue
		}
		from, to := o.heading(cell("from_section"), cell("from_heading")), first[cell("to_section")]
		e := skill.Edge{From: skill.ID(from), To: skill.ID(to), Source: EdgeSource}
		var why phrase.Phrase
		if to == "" {
			why = phrase.Of("import.oatutor.no_section", "section", cell("to_section"))
		}
		if from == "" {
			why = phrase.Of("import.oatutor.no_heading", "section", cell("from_section"), "heading", cell("from_heading"))
		}
		switch {
		case why.Code != "":
			o.skipped = append(o.skipped, intake.Record{File: file, ID: cell("from_section") + " " + cell("from_heading") + " → " + cell("to_section"), Outcome: intake.Skipped, Reason: why})
		case !seen[e]: // several questions send back to the same heading
			seen[e] = true
			o.course.Edges = append(o.course.Edges, e)
		}
	}
	return nil
}

// heading finds the topic of a section that a heading names, "" when there is none.
func (o *outline) heading(section, text string) string {
	for _, same := range []func(string) string{sameText, nearText} {
		for _, t := range o.topics {
			if t.section == section && slices.ContainsFunc(t.texts, func(s string) bool { return same(s) == same(text) }) {
				return t.id
			}
		}
	}
	return ""
}

// slug is a text as a code: small letters and digits with hyphens between.
func slug(s string) string { return strings.Join(wordsIn.FindAllString(strings.ToLower(s), -1), "-") }

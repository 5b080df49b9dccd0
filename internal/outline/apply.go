package outline

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/skill"
)

// Apply makes the course and the unit that an outline asks for; versions are left as they are. newID is asked once for each new
// objective and skill. changed is false where the outline says what stands, and then both come back as they were.
// Errors (Invalid, naming the line): a title that is missing or too long, an objective without skills, more than the bounds allow, a
// skill or an objective twice, or one that this unit and its leftovers do not have.
func Apply(c skill.Course, u content.Unit, want Outline, newID func() string) (course skill.Course, unit content.Unit, changed bool, err error) {
	was := Of(c, u)
	want = tidied(want, was)
	if reflect.DeepEqual(plain(was), plain(want)) {
		return c, u, false, nil
	}
	if err := check(c, u, was, want); err != nil {
		return c, u, false, err
	}
	b := &builder{course: copied(c), unit: u, newID: newID}
	if c.Title == u.Title { // a course of one unit goes by its name
		b.course.Title = want.Title
	}
	b.name(want)
	b.place()
	b.order()
	return b.course, b.unit, true, nil
}

// tidied takes the space around and within titles together; a title that stands is left as it is.
func tidied(o, was Outline) Outline {
	old := was.texts()
	tidy := func(s string) string {
		if old[s] {
			return s
		}
		return strings.Join(strings.Fields(s), " ")
	}
	out := Outline{Title: tidy(o.Title)}
	for _, part := range o.Objectives {
		part.Title, part.ICan, part.Skills = tidy(part.Title), tidy(part.ICan), slices.Clone(part.Skills)
		for i := range part.Skills {
			part.Skills[i].Title = tidy(part.Skills[i].Title)
		}
		out.Objectives = append(out.Objectives, part)
	}
	return out
}

// texts are all titles and sentences of an outline.
func (o Outline) texts() map[string]bool {
	out := map[string]bool{o.Title: true}
	for _, part := range o.Objectives {
		out[part.Title], out[part.ICan] = true, true
		for _, s := range part.Skills {
			out[s.Title] = true
		}
	}
	return out
}

// plain is an outline with one way to say "none".
func plain(o Outline) Outline {
	out := Outline{Title: o.Title, Objectives: []Objective{}}
	for _, part := range o.Objectives {
		part.Skills = append([]Skill{}, part.Skills...)
		out.Objectives = append(out.Objectives, part)
	}
	return out
}

// standing is what is there already, and may stay.
type standing struct {
	objectives map[skill.ObjectiveID]Objective // of the unit, and aside
	skills     map[skill.ID]string             // of the unit, and aside, by title
	pairs      map[pair]bool                   // of the unit
}

type pair struct {
	objective skill.ObjectiveID
	skill     skill.ID
}

func standingOf(c skill.Course, u content.Unit, was Outline) standing {
	aside, skills := Aside(c, u)
	st := standing{objectives: map[skill.ObjectiveID]Objective{}, skills: map[skill.ID]string{}, pairs: map[pair]bool{}}
	for _, o := range aside {
		st.objectives[o.ID] = o
		skills = append(skills, o.Skills...)
	}
	for _, o := range was.Objectives {
		st.objectives[o.ID] = o
		skills = append(skills, o.Skills...)
		for _, s := range o.Skills {
			st.pairs[pair{o.ID, s.ID}] = true
		}
	}
	for _, s := range skills {
		st.skills[s.ID] = s.Title
	}
	return st
}

// fits reports whether a text may stand: it did before, or has one to so many letters.
func fits(s string, stood bool, before string, most int) bool {
	return stood && s == before || s != "" && utf8.RuneCountInString(s) <= most
}

// check refuses what cannot be taken. What stands already may stay as it is.
func check(c skill.Course, u content.Unit, was, want Outline) error {
	st := standingOf(c, u, was)
	if !fits(want.Title, was.Title != "", was.Title, MaxTitle) {
		return fault.New(fault.Invalid, "fault.outline.unit", "most", MaxTitle)
	}
	if n, most := len(want.Objectives), max(MaxObjectives, len(was.Objectives)); n == 0 || n > most {
		return fault.New(fault.Invalid, "fault.outline.objectives", "n", n, "most", most)
	}
	seen, met := map[skill.ObjectiveID]bool{}, map[skill.ID]string{}
	for i, o := range want.Objectives {
		now, there := st.objectives[o.ID]
		switch n, most := len(o.Skills), max(MaxSkills, len(now.Skills)); {
		case !fits(o.Title, there, now.Title, MaxTitle):
			return fault.New(fault.Invalid, "fault.outline.objective", "n", i+1, "most", MaxTitle)
		case !fits(o.ICan, there, now.ICan, MaxICan):
			return fault.New(fault.Invalid, "fault.outline.i_can", "title", o.Title, "most", MaxICan)
		case o.ID != "" && (!there || seen[o.ID]):
			return fault.New(fault.Invalid, "fault.outline.unknown", "title", o.Title)
		case n == 0 && (!there || len(now.Skills) > 0):
			return fault.New(fault.Invalid, "fault.outline.empty", "title", o.Title)
		case n > most:
			return fault.New(fault.Invalid, "fault.outline.skills", "title", o.Title, "n", n, "most", most)
		}
		seen[o.ID] = true
		if err := st.checkSkills(o, met); err != nil {
			return err
		}
	}
	return nil
}

// checkSkills checks one objective's; met are those of the objectives before it, with where.
func (st standing) checkSkills(o Objective, met map[skill.ID]string) error {
	here := map[skill.ID]bool{}
	for k, s := range o.Skills {
		other, twice := met[s.ID]
		before, there := st.skills[s.ID]
		switch {
		case !fits(s.Title, there, before, MaxTitle):
			return fault.New(fault.Invalid, "fault.outline.skill", "title", o.Title, "n", k+1, "most", MaxTitle)
		case s.ID == "":
			continue
		case !there:
			return fault.New(fault.Invalid, "fault.outline.unknown", "title", s.Title)
		case here[s.ID]:
			return fault.New(fault.Invalid, "fault.outline.twice", "title", s.Title, "one", o.Title, "other", o.Title)
		case twice && !st.pairs[pair{o.ID, s.ID}]:
			return fault.New(fault.Invalid, "fault.outline.twice", "title", s.Title, "one", other, "other", o.Title)
		}
		here[s.ID], met[s.ID] = true, o.Title
	}
	return nil
}

// builder changes a copy of a course and of a unit.
type builder struct {
	course skill.Course
	unit   content.Unit
	newID  func() string
	parts  []skill.ObjectiveID // as wanted, with ids
	skills []skill.ID          // as wanted, each once
}

func copied(c skill.Course) skill.Course {
	c.Skills, c.Objectives = slices.Clone(c.Skills), slices.Clone(c.Objectives)
	for i := range c.Objectives {
		c.Objectives[i].Skills = slices.Clone(c.Objectives[i].Skills)
	}
	return c
}

// name writes titles, and gives what is new an id, a code and its place in the course.
func (b *builder) name(want Outline) {
	b.unit.Title = want.Title
	codes, goals := map[string]bool{}, map[string]bool{}
	for _, s := range b.course.Skills {
		codes[s.Code] = true
	}
	for _, o := range b.course.Objectives {
		goals[o.Code] = true
	}
	for _, o := range want.Objectives {
		ids := []skill.ID{}
		for _, s := range o.Skills {
			at := slices.IndexFunc(b.course.Skills, func(x skill.Skill) bool { return x.ID == s.ID })
			if at < 0 {
				at, s.ID = len(b.course.Skills), skill.ID(b.newID())
				b.course.Skills = append(b.course.Skills, skill.Skill{ID: s.ID, Code: code(s.Title, "skill", codes)})
			}
			b.course.Skills[at].Title = s.Title
			ids = append(ids, s.ID)
			if !slices.Contains(b.skills, s.ID) {
				b.skills = append(b.skills, s.ID)
			}
		}
		at := slices.IndexFunc(b.course.Objectives, func(x skill.Objective) bool { return x.ID == o.ID })
		if at < 0 {
			at, o.ID = len(b.course.Objectives), skill.ObjectiveID(b.newID())
			b.course.Objectives = append(b.course.Objectives, skill.Objective{ID: o.ID, Code: code(o.Title, "objective", goals)})
		}
		it := &b.course.Objectives[at]
		it.Title, it.ICan, it.Skills = o.Title, o.ICan, ids
		b.parts = append(b.parts, o.ID)
	}
}

// place gives each objective its part with all that belongs to it, and keeps the parts that are left out aside. A skill that is in the
// unit is in no objective aside: put back, it would be there twice.
func (b *builder) place() {
	had := slices.Concat(b.unit.Parts, b.unit.Aside)
	b.unit.Parts, b.unit.Aside = nil, nil
	for _, id := range b.parts {
		at := slices.IndexFunc(had, func(p content.Part) bool { return p.Objective == id })
		if at < 0 {
			b.unit.Parts = append(b.unit.Parts, content.Part{Objective: id})
			continue
		}
		b.unit.Parts = append(b.unit.Parts, had[at])
	}
	for _, p := range had {
		if slices.Contains(b.parts, p.Objective) {
			continue
		}
		b.unit.Aside = append(b.unit.Aside, p)
		if at := slices.IndexFunc(b.course.Objectives, func(o skill.Objective) bool { return o.ID == p.Objective }); at >= 0 {
			o := &b.course.Objectives[at]
			o.Skills = slices.DeleteFunc(o.Skills, func(id skill.ID) bool { return slices.Contains(b.skills, id) })
		}
	}
}

// order lets the course teach in the unit's order, as far as the unit goes: where the graph leaves it open, the course's
// order decides.
func (b *builder) order() {
	b.course.Skills = reordered(b.course.Skills, b.skills, func(s skill.Skill) skill.ID { return s.ID })
	b.course.Objectives = reordered(b.course.Objectives, b.parts, func(o skill.Objective) skill.ObjectiveID { return o.ID })
}

// reordered puts those of all that are wanted into their order, in the places that they hold together; the others stay.
func reordered[T any, K comparable](all []T, want []K, key func(T) K) []T {
	by := make(map[K]T, len(all))
	for _, t := range all {
		by[key(t)] = t
	}
	left, out := slices.Clone(want), make([]T, 0, len(all))
	for _, t := range all {
		if slices.Contains(want, key(t)) {
			t, left = by[left[0]], left[1:]
		}
		out = append(out, t)
	}
	return out
}

// code is a title as a code that is not taken yet.
func code(title, kind string, taken map[string]bool) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 40 {
			break
		}
	}
	base := strings.Trim(b.String(), "-")
	if base == "" {
		base = kind
	}
	out := base
	for n := 2; taken[out]; n++ {
		out = base + "-" + strconv.Itoa(n)
	}
	taken[out] = true
	return out
}

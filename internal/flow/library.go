package flow

import (
	"encoding/json"
	"sync"

	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// library remembers decoded content versions and models. Versions are immutable, so nothing here can go stale; what may
// change (which version is current, whether a thing is withdrawn) is always read from the store.
type library struct {
	mu       sync.RWMutex
	versions map[versionKey]any
	models   map[string]mastery.Model
	looks    map[lookKey]bool
	lookHour int64
}

type versionKey struct {
	school, id string
	version    int64
}

type lookKey struct{ actor, page, subject string }

// mostVersions bounds what is remembered: about a dozen courses.
const mostVersions = 20_000

func newLibrary() *library {
	return &library{versions: map[versionKey]any{}, models: map[string]mastery.Model{}, looks: map[lookKey]bool{}}
}

// firstLook reports whether this look was not yet noted in this hour by this process.
func (b *library) firstLook(actor, page, subject string, hour int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if hour != b.lookHour || len(b.looks) > 100_000 {
		b.looks, b.lookHour = map[lookKey]bool{}, hour
	}
	k := lookKey{actor, page, subject}
	if b.looks[k] {
		return false
	}
	b.looks[k] = true
	return true
}

// course is a decoded course with its graph.
type course struct {
	skill.Course
	Graph *skill.Graph
	skill map[skill.ID]skill.Skill
}

// version loads and decodes one content version, from memory when it was loaded before.
func version[T any](l *Look, id string, n int64, decode func(body string) (T, error)) (T, error) {
	key := versionKey{l.school(), id, n}
	b := l.f.library
	b.mu.RLock()
	v, ok := b.versions[key]
	b.mu.RUnlock()
	if ok {
		if t, ok := v.(T); ok {
			return t, nil
		}
	}
	var zero T
	row, err := l.q.ContentVersion(l.ctx, db.ContentVersionParams{SchoolID: l.school(), ID: id, Version: n})
	if err != nil {
		return zero, err
	}
	t, err := decode(row.Body)
	if err != nil {
		return zero, fault.Wrap(fault.Internal, err, "fault.internal")
	}
	b.mu.Lock()
	if len(b.versions) >= mostVersions {
		b.versions = map[versionKey]any{}
	}
	b.versions[key] = t
	b.mu.Unlock()
	return t, nil
}

func (l *Look) course(id skill.CourseID, n int) (*course, error) {
	return version(l, string(id), int64(n), func(body string) (*course, error) {
		c := &course{skill: map[skill.ID]skill.Skill{}}
		if err := json.Unmarshal([]byte(body), &c.Course); err != nil {
			return nil, err
		}
		for _, s := range c.Skills {
			c.skill[s.ID] = s
		}
		var err error
		c.Graph, err = skill.NewGraph(c.Course)
		return c, err
	})
}

func (l *Look) unit(id content.UnitID, n int64) (*content.Unit, error) {
	return version(l, string(id), n, func(body string) (*content.Unit, error) {
		u := &content.Unit{}
		return u, json.Unmarshal([]byte(body), u)
	})
}

func (l *Look) lessonVersion(id content.LessonID, n int64) (*content.Lesson, error) {
	return version(l, string(id), n, func(body string) (*content.Lesson, error) {
		v := &content.Lesson{}
		return v, json.Unmarshal([]byte(body), v)
	})
}

// lesson is the current version of a lesson, withdrawn or not.
func (l *Look) lesson(id content.LessonID) (*content.Lesson, error) {
	row, err := l.q.Content(l.ctx, db.ContentParams{SchoolID: l.school(), ID: string(id)})
	if err != nil {
		return nil, err
	}
	if row.Kind != "lesson" {
		return nil, fault.New(fault.NotFound, "fault.not_found")
	}
	return l.lessonVersion(id, row.CurrentVersion)
}

func (l *Look) itemVersion(id item.ID, n int64) (*item.Item, error) {
	return version(l, string(id), n, func(body string) (*item.Item, error) {
		v := &item.Item{}
		if err := json.Unmarshal([]byte(body), v); err != nil {
			return nil, err
		}
		return v, nil
	})
}

// items are the published items that mainly ask a skill, in code order.
func (l *Look) items(id skill.ID) ([]item.Item, error) {
	rows, err := l.q.ItemsOfSkill(l.ctx, db.ItemsOfSkillParams{SchoolID: l.school(), SkillID: string(id)})
	if err != nil {
		return nil, err
	}
	out := make([]item.Item, 0, len(rows))
	for _, r := range rows {
		it, err := l.itemVersion(item.ID(r.ID), r.CurrentVersion)
		if err != nil {
			return nil, err
		}
		out = append(out, *it)
	}
	return out, nil
}

// model is the school's current model, with its row's id.
func (l *Look) model() (mastery.Model, error) {
	row, ok, err := store.Optional(l.q.CurrentModel(l.ctx, l.school()))
	if err != nil {
		return mastery.Model{}, err
	}
	if !ok {
		return mastery.Model{}, fault.New(fault.NotFound, "fault.no_model")
	}
	return l.decodeModel(row)
}

// modelByID is a model of the school; models are frozen, so one that is remembered needs no look.
func (l *Look) modelByID(id string) (mastery.Model, error) {
	b := l.f.library
	b.mu.RLock()
	m, ok := b.models[l.school()+"/"+id]
	b.mu.RUnlock()
	if ok {
		return m, nil
	}
	row, err := l.q.Model(l.ctx, db.ModelParams{SchoolID: l.school(), ID: id})
	if err != nil {
		return m, err
	}
	return l.decodeModel(row)
}

func (l *Look) decodeModel(row db.Model) (mastery.Model, error) {
	key := row.SchoolID + "/" + row.ID
	b := l.f.library
	b.mu.RLock()
	m, ok := b.models[key]
	b.mu.RUnlock()
	if ok {
		return m, nil
	}
	m, err := mastery.Load(row.ID, row.Code, []byte(row.Params), row.Hash)
	if err != nil {
		return m, err
	}
	b.mu.Lock()
	b.models[key] = m
	b.mu.Unlock()
	return m, nil
}

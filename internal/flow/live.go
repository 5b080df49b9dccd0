package flow

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// Announce tells everyone who follows a topic that it changed.
func (a *Act) Announce(topic, kind string, data any) {
	body, err := json.Marshal(data)
	if err != nil {
		panic(fmt.Errorf("announce %s: %w", kind, err))
	}
	a.tx.Announce(a.School(), topic, kind, string(body))
}

// ClassTopic is the topic of a class: its teachers follow it.
func ClassTopic(id string) string { return "class:" + id }

// LearnerTopic is the topic of one learner's own pages.
func LearnerTopic(id string) string { return "learner:" + id }

// TellLearner announces to a learner's own topic and to those of their classes.
func (a *Act) TellLearner(learner roster.PersonID, kind string, data any) error {
	classes, err := a.q.ClassIDsOfLearner(a.ctx, db.ClassIDsOfLearnerParams{SchoolID: a.School(), PersonID: string(learner)})
	if err != nil {
		return err
	}
	a.Announce(LearnerTopic(string(learner)), kind, data)
	for _, c := range classes {
		a.Announce(ClassTopic(c), kind, data)
	}
	return nil
}

// TellClass announces to a class's topic and to each of its learners.
func (a *Act) TellClass(class roster.ClassID, kind string, data any) error {
	a.Announce(ClassTopic(string(class)), kind, data)
	people, err := a.Learners(class)
	for _, p := range people {
		a.Announce(LearnerTopic(string(p.ID)), kind, data)
	}
	return err
}

// FollowIn names one topic: class:ID or learner:ID.
type FollowIn struct {
	Topic string `query:"topic" json:"topic"`
}

// Followed is a topic with the rev it stands at.
type Followed struct {
	Topic string `json:"topic"`
	Rev   int64  `json:"rev"`
}

// Follow lets a person follow a topic. A class's events name learners, so only its teachers follow it; a learner's own are
// for the learner, their teachers and their guardians.
var Follow = View[FollowIn, Followed]{
	Name: "follow",
	Rule: access.Allow(access.Self, access.TeacherOf, access.GuardianOf),
	About: func(l *Look, in FollowIn) (access.Subject, error) {
		kind, id, _ := strings.Cut(in.Topic, ":")
		switch kind {
		case "class":
			return access.OfClass(roster.ClassID(id)), nil
		case "learner":
			return access.OfPerson(roster.PersonID(id)), nil
		}
		return access.Subject{}, fault.Invalidf("topic", "%q is neither class:ID nor learner:ID", in.Topic)
	},
	Load: func(l *Look, in FollowIn) (Followed, error) {
		rev, err := l.rev(in.Topic)
		return Followed{Topic: in.Topic, Rev: rev}, err
	},
}

func (l *Look) rev(topic string) (int64, error) {
	rev, _, err := store.Optional(l.q.TopicRev(l.ctx, db.TopicRevParams{SchoolID: l.School(), Topic: topic}))
	return rev, err
}

// Revs reads the revs that topics stand at in this snapshot, for a page to carry.
func (l *Look) Revs(topics ...string) (map[string]int64, error) {
	out := make(map[string]int64, len(topics))
	for _, t := range topics {
		rev, err := l.rev(t)
		if err != nil {
			return nil, err
		}
		out[t] = rev
	}
	return out, nil
}

// LiveEvent is one row of the live table.
type LiveEvent struct {
	Topic string
	Rev   int64
	Kind  string
	Data  string
}

// LiveAfter reads a topic's events after a rev, oldest first. It authorizes nobody: callers hand events only to those whom
// Follow has let in.
func (f *Flow) LiveAfter(ctx context.Context, school, topic string, after int64, limit int) ([]LiveEvent, error) {
	var out []LiveEvent
	err := f.store.Read(ctx, func(ctx context.Context, q *db.Queries) error {
		rows, err := q.LiveAfter(ctx, db.LiveAfterParams{SchoolID: school, Topic: topic, Rev: after, Limit: int32(limit)})
		for _, r := range rows {
			out = append(out, LiveEvent{r.Topic, r.Rev, r.Kind, r.Data})
		}
		return err
	})
	return out, err
}

// liveKeptMs is how long events can be replayed; a page that was away for longer loads itself anew.
const liveKeptMs = 24 * 60 * 60 * 1000

// Tidy deletes what has no use any more: live events of yesterday, sessions that ran out. Evidence and ops are never touched.
func (f *Flow) Tidy(ctx context.Context) error {
	return f.store.Write(ctx, "tidy", func(ctx context.Context, tx *store.Tx) error {
		if err := tx.ForgetLive(ctx, tx.Now-liveKeptMs); err != nil {
			return err
		}
		return tx.ForgetSessions(ctx, tx.Now)
	})
}

package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/live"
)

const (
	mostTopics = 8
	heartbeat  = 20 * time.Second
	askAgain   = time.Second // how long a stream that was let in goes on without asking whether it still is
)

// registerLive registers the stream of changes: GET /api/v1/live?topics=a,b&after=a@12,b@3. Each topic is authorized by
// flow.Follow before the first byte, and again while the stream is open (askAgain); Last-Event-ID, when a browser sends one,
// wins over after.
func (s *Server) registerLive() {
	s.Registry.add(Operation{Name: flow.Follow.Name, Sort: SortStream, Method: http.MethodGet, Path: "/api/v1/live", Rule: flow.Follow.Rule})
	s.mux.HandleFunc("GET /api/v1/live", func(w http.ResponseWriter, r *http.Request) {
		if err := s.stream(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

func (s *Server) stream(w http.ResponseWriter, r *http.Request) error {
	who := ActorOf(r.Context())
	topics := strings.Split(r.URL.Query().Get("topics"), ",")
	if len(topics) > mostTopics {
		return fault.Invalidf("topics", "at most %d topics, got %d", mostTopics, len(topics))
	}
	after := parseAfter(r.URL.Query().Get("after"))
	if last := r.Header.Get("Last-Event-ID"); last != "" {
		for t, rev := range parseAfter(last) {
			after[t] = rev
		}
	}
	revs, seen := map[live.Topic]int64{}, map[string]int64{} // seen: of the topics asked for, and of nothing else that was sent
	gap := false
	for _, t := range topics {
		at, err := flow.Show(r.Context(), s.Flow, flow.Follow, who, flow.FollowIn{Topic: t})
		if err != nil {
			return err
		}
		from, given := after[t]
		if !given || from > at.Rev {
			from = at.Rev
		}
		if from < at.Rev {
			next, err := s.Flow.LiveAfter(r.Context(), string(who.School), t, from, 1)
			if err != nil {
				return err
			}
			if len(next) == 0 || next[0].Rev != from+1 { // the rows in between are gone: nothing can be replayed
				gap, from = true, at.Rev
			}
		}
		seen[t] = from
		revs[live.Topic{School: string(who.School), Name: t}] = from
	}
	rc := http.NewResponseController(w)
	_ = rc.SetWriteDeadline(time.Now().Add(sendStall))
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	fmt.Fprint(w, "retry: 1000\n\n")
	if gap {
		fmt.Fprintf(w, "id: %s\nevent: resync\ndata: {}\n\n", formatAfter(seen))
	}
	if err := rc.Flush(); err != nil {
		return nil //nolint:nilerr // the reader has gone; there is nobody to tell
	}
	f := s.Hub.Follow(revs)
	defer f.Close()
	s.pump(w, r, rc, f, seen)
	return nil
}

func (s *Server) pump(w http.ResponseWriter, r *http.Request, rc *http.ResponseController, f *live.Follower, seen map[string]int64) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	asked, forgets := time.Now(), s.forgets.Load()
	goesOn := func() bool {
		if n := s.forgets.Load(); n != forgets || time.Since(asked) > askAgain {
			asked, forgets = time.Now(), n
			return s.mayFollow(r.Context(), seen)
		}
		return true
	}
	for {
		select {
		case <-r.Context().Done():
			return
		case <-s.stopping:
			return
		case <-beat.C:
			if !goesOn() {
				return
			}
			_ = rc.SetWriteDeadline(time.Now().Add(sendStall)) // a reader that has gone is not waited for
			fmt.Fprint(w, ": here\n\n")
		case e := <-f.C:
			if !goesOn() {
				return
			}
			_ = rc.SetWriteDeadline(time.Now().Add(sendStall))
			seen[e.Topic] = e.Rev
			body, _ := json.Marshal(e)
			name := "change"
			if e.Kind == live.Resync {
				name = "resync"
			}
			fmt.Fprintf(w, "id: %s\nevent: %s\ndata: %s\n\n", formatAfter(seen), name, body)
		}
		if rc.Flush() != nil {
			return
		}
	}
}

// mayFollow reports whether a stream that was let in may still have its topics: a session ends, a teacher leaves a class. Where
// the store cannot say, the stream goes on.
func (s *Server) mayFollow(ctx context.Context, topics map[string]int64) bool {
	refused := func(err error) bool {
		return fault.Is(err, fault.Unauthenticated) || fault.Is(err, fault.Forbidden) || fault.Is(err, fault.NotFound)
	}
	who := SessionOf(ctx)
	now, err := s.session(ctx, who.token)
	if err != nil {
		return !refused(err)
	}
	for t := range topics {
		if _, err := flow.Show(ctx, s.Flow, flow.Follow, now.Actor, flow.FollowIn{Topic: t}); refused(err) {
			return false
		}
	}
	return true
}

func parseAfter(s string) map[string]int64 {
	out := map[string]int64{}
	for _, part := range strings.Split(s, ",") {
		topic, rev, ok := strings.Cut(part, "@")
		if n, err := strconv.ParseInt(rev, 10, 64); ok && err == nil && n >= 0 {
			out[topic] = n
		}
	}
	return out
}

func formatAfter(revs map[string]int64) string {
	parts := make([]string, 0, len(revs))
	for t, rev := range revs {
		parts = append(parts, t+"@"+strconv.FormatInt(rev, 10))
	}
	return strings.Join(parts, ",")
}

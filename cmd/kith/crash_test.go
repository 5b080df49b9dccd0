package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/evening"
	"kith/internal/flow/intake"
	"kith/internal/flow/ledger"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/sample"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
	"kith/internal/store/pgtest"
)

// The crash test: learners answer and watch without pause, kith is killed (SIGKILL) again and again, and at the end every
// acknowledged act stands exactly once, with its effects. It has to fail on the two faults that would break the promise,
// or it would prove nothing. An answer has a second guard against being doubled, its turn; a watched span has only its op.

const (
	childVar   = "KITH_CRASH_CHILD" // the data folder: this process is the school
	childURL   = "KITH_CRASH_DB"
	childPlant = "KITH_CRASH_PLANT"
)

func TestMain(m *testing.M) {
	if os.Getenv(childMain) != "" { // see process_test.go
		main()
		return
	}
	if dir := os.Getenv(childVar); dir != "" {
		if err := crashChild(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// crashChild is kith serve with a fault planted, if any, that says its address and answers until it is killed.
func crashChild(dir string) error {
	plant := os.Getenv(childPlant)
	s, err := store.Open(context.Background(), store.Config{Dir: dir, URL: os.Getenv(childURL),
		PlantAckEarly: plant == "ack-early", PlantNoDedupe: plant == "no-dedupe"})
	if err != nil {
		return err
	}
	server, err := buildServer(flow.New(s), serverOptions{})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println("ready http://" + l.Addr().String())
	return http.Serve(l, server.Handler()) //nolint:gosec // a test's server on loopback
}

type crash struct {
	t       *testing.T
	dir     string
	url     string
	plant   string
	school  sample.TinySchool
	film    content.LessonID
	tokens  []string
	mu      sync.Mutex
	base    string         // where the school is right now
	acked   map[string]int // op -> times acknowledged
	answers int            // acknowledgements that the school sent, lost ones among them
	refused []string
}

func (c *crash) open() *store.Store {
	s, err := store.Open(context.Background(), store.Config{Dir: c.dir, URL: c.url})
	if err != nil {
		c.t.Fatal(err)
	}
	return s
}

// start runs the school as a process of its own and waits until it is ready.
func (c *crash) start() *exec.Cmd {
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childVar+"="+c.dir, childURL+"="+c.url, childPlant+"="+c.plant)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		c.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	line := make([]byte, 64)
	n, err := out.Read(line)
	if err != nil {
		c.t.Fatalf("the school did not start: %v", err)
	}
	c.mu.Lock()
	c.base = strings.TrimSpace(strings.TrimPrefix(string(line[:n]), "ready "))
	c.mu.Unlock()
	return cmd
}

// work is one learner at work: each act is sent until it is acknowledged, under one op, as a page does.
func (c *crash) work(ctx context.Context, learner int, client *http.Client) {
	it := c.school.Items[learner%len(c.school.Items)]
	for drawN := 1; ctx.Err() == nil; drawN++ {
		v, err := item.Draw(it, item.SeedFor(string(c.school.Learners[learner]), string(it.ID), drawN))
		if err != nil {
			c.t.Error(err)
			return
		}
		me := c.school.Learners[learner]
		answer, watch := op(), op()
		if !c.until(ctx, client, learner, "/api/v1/record-attempt", answer.Op, evening.RecordAttemptIn{Op: answer, Learner: me, Item: it.ID, Version: 1,
			DrawN: drawN, Try: 1, Purpose: "practice", Response: item.Response{Boxes: []string{v.Key()[0].RatString()}}}) {
			return
		}
		if !c.until(ctx, client, learner, "/api/v1/note-viewing", watch.Op, evening.NoteViewingIn{Mine: flow.Mine{Op: watch, Learner: me}, Lesson: c.film,
			Version: 1, ToMs: 1000, Rate: 1}) {
			return
		}
	}
}

// until sends one act until it is acknowledged; false when it was refused or the test is over.
func (c *crash) until(ctx context.Context, client *http.Client, learner int, path, op string, in any) bool {
	body, err := json.Marshal(in)
	if err != nil {
		c.t.Error(err)
		return false
	}
	for ctx.Err() == nil {
		status, text := c.post(ctx, client, learner, path, body)
		if status == http.StatusOK && c.goesMissing() {
			continue
		}
		if status == http.StatusOK {
			c.mu.Lock()
			c.acked[op]++
			c.mu.Unlock()
			return true
		}
		if status >= 400 && status < 500 {
			c.mu.Lock()
			c.refused = append(c.refused, fmt.Sprintf("op %s: %d %s", op, status, text))
			c.mu.Unlock()
			return false
		}
		time.Sleep(5 * time.Millisecond)
	}
	return false
}

// missing is how many acknowledgements reach their page: of so many, one is lost on the way.
const missing = 25

// goesMissing reports whether this acknowledgement is lost between school and page, as on bad wifi: the page sends the act
// again. A kill seldom falls between a commit and its answer; this makes what only the op guards against happen for sure.
func (c *crash) goesMissing() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answers++
	return c.answers%missing == 0
}

func (c *crash) post(ctx context.Context, client *http.Client, learner int, path string, body []byte) (int, string) {
	c.mu.Lock()
	base := c.base
	c.mu.Unlock()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+path, bytes.NewReader(body))
	if err != nil {
		return 0, err.Error()
	}
	req.Header.Set("Content-Type", "application/json")
	req.AddCookie(&http.Cookie{Name: "kith", Value: c.tokens[learner]})
	res, err := client.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, err.Error() // cut while answering: not acknowledged
	}
	return res.StatusCode, string(text)
}

// run kills the school kills times under load and gives what was found afterwards.
func (c *crash) run(kills int) (lost, doubled, drifted int) {
	s := c.open()
	f := flow.New(s)
	var err error
	if c.school, err = sample.Tiny(c.t.Context(), f, 32); err != nil {
		c.t.Fatal(err)
	}
	c.film = addFilm(c.t, f, c.school.School)
	for _, p := range c.school.Learners {
		token, err := door.OpenSession(c.t.Context(), f, c.school.School, roster.PersonID(p), time.Hour.Milliseconds())
		if err != nil {
			c.t.Fatal(err)
		}
		c.tokens = append(c.tokens, token)
	}
	s.Close()
	c.acked = map[string]int{}

	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: 10 * time.Second}
	ctx, stop := context.WithCancel(c.t.Context())
	school := c.start()
	var learners sync.WaitGroup
	for i := range c.school.Learners {
		learners.Go(func() { c.work(ctx, i, client) })
	}
	chance := rand.New(rand.NewPCG(1, uint64(kills)))
	for range kills {
		c.underLoad(time.Duration(100+chance.IntN(300)) * time.Millisecond)
		_ = school.Process.Kill()
		_ = school.Wait()
		school = c.start()
	}
	time.Sleep(200 * time.Millisecond)
	stop()
	learners.Wait()
	_ = school.Process.Kill()
	_ = school.Wait()
	return c.count()
}

// underLoad waits for a while, and on a slow machine longer, until the school has answered enough to be worth a kill.
func (c *crash) underLoad(while time.Duration) {
	const enough = 8
	answers := func() int {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.answers
	}
	from, patience := answers(), time.Now().Add(30*time.Second)
	time.Sleep(while)
	for answers() < from+enough && time.Now().Before(patience) {
		time.Sleep(10 * time.Millisecond)
	}
}

// count opens what is left and compares it with what was acknowledged.
func (c *crash) count() (lost, doubled, drifted int) {
	s := c.open()
	defer s.Close()
	if err := s.Check(c.t.Context()); err != nil {
		c.t.Errorf("the database is not whole: %v", err)
	}
	stored := map[string]int{}
	err := s.Read(c.t.Context(), func(ctx context.Context, q *db.Queries) error {
		for _, p := range c.school.Learners {
			rows, err := q.EvidenceOf(ctx, db.EvidenceOfParams{SchoolID: string(c.school.School), LearnerID: string(p)})
			if err != nil {
				return err
			}
			for i, r := range rows {
				stored[r.Op]++
				if r.Seq != int64(i+1) {
					c.t.Errorf("learner %s: fact %d has seq %d", p, i, r.Seq)
				}
			}
		}
		return nil
	})
	if err != nil {
		c.t.Fatal(err)
	}
	for op := range c.acked {
		if stored[op] == 0 {
			lost++
		}
	}
	for _, n := range stored {
		if n > 1 {
			doubled++
		}
	}
	sum, err := ledger.Recompute(c.t.Context(), flow.New(s), true)
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Logf("%d acknowledged, %d stored, %d lost, %d doubled, %d refused, %d estimates differ from their fold", len(c.acked), len(stored), lost, doubled, len(c.refused), len(sum.Different))
	return lost, doubled, len(sum.Different)
}

const crashKills = 20

func TestCrash_LosesNoAcknowledgedAnswer_SQLite(t *testing.T) {
	crashMustHold(t, &crash{t: t, dir: t.TempDir()})
}

func TestCrash_LosesNoAcknowledgedAnswer_PostgreSQL(t *testing.T) {
	crashMustHold(t, &crash{t: t, dir: t.TempDir(), url: pgtest.Start(t)})
}

func crashMustHold(t *testing.T, c *crash) {
	lost, doubled, drifted := c.run(crashKills)
	if lost+doubled+drifted+len(c.refused) > 0 {
		t.Errorf("%d lost, %d doubled, %d drifted, refused: %v", lost, doubled, drifted, c.refused)
	}
	if len(c.acked) < 100 {
		t.Errorf("only %d answers were acknowledged: the school was not under load", len(c.acked))
	}
}

func TestCrash_SeesAcknowledgementBeforeCommit(t *testing.T) {
	c := &crash{t: t, dir: t.TempDir(), plant: "ack-early"}
	if lost, _, _ := c.run(6); lost == 0 {
		t.Error("the fault was planted and nothing was found lost: the crash test proves nothing")
	}
}

// Without de-duplication an answer that was stored but not acknowledged is refused when it is sent again, as the second
// answer to its variant; a watched span stands twice.
func TestCrash_SeesMissingDeduplication(t *testing.T) {
	c := &crash{t: t, dir: t.TempDir(), plant: "no-dedupe"}
	if _, doubled, _ := c.run(6); doubled == 0 {
		t.Error("the fault was planted and nothing was found doubled: the crash test proves nothing")
	}
}

// addFilm gives a school a lesson that can be watched.
func addFilm(t *testing.T, f *flow.Flow, school roster.SchoolID) content.LessonID {
	t.Helper()
	b := intake.Bundle{Source: "crash", Licence: "Apache-2.0", Attribution: "Kith",
		Course: skill.Course{ID: "film", Title: "Film", Lang: "en", Skills: []skill.Skill{{ID: "look", Code: "look", Title: "Looking", Minutes: 5}},
			Objectives: []skill.Objective{{ID: "look", Code: "look", Title: "Looking", ICan: "I can look.", Skills: []skill.ID{"look"}}}},
		Lessons: []content.Lesson{{ID: "film", Code: "film", Title: "Film", Objective: "look", Skills: []skill.ID{"look"}, Minutes: 1,
			Video: &content.Video{File: "course/none.mp4", Type: "video/mp4", Ms: 60_000}}}}
	if _, err := intake.ImportBundle(t.Context(), f, school, b, false, nil); err != nil {
		t.Fatal(err)
	}
	var id string
	if err := f.Store().Read(t.Context(), func(ctx context.Context, q *db.Queries) error {
		o, err := q.Origin(ctx, db.OriginParams{SchoolID: string(school), Source: b.Source, SourceID: "lesson:film"})
		id = o.ID
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return content.LessonID(id)
}

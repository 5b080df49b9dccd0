package main

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/store"
	"kith/internal/store/pgtest"
)

// These tests run kith as a process of its own: this test binary, as the program itself.

const childMain = "KITH_RUN_MAIN" // set: this process is kith with the arguments after it

// process is a kith that runs.
type process struct {
	cmd     *exec.Cmd
	base    string
	printed bytes.Buffer // up to the line that it is ready
	rest    chan string
	stderr  bytes.Buffer
}

func kith(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), childMain+"=1", "KITH_DB=")
	return cmd
}

// startKith runs a command that serves and waits until it says that it is ready.
func startKith(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{cmd: kith(t, args...), rest: make(chan string, 1)}
	p.cmd.Stderr = &p.stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if base, ok := strings.CutPrefix(lines.Text(), "ready "); ok {
			p.base = base
			break
		}
		fmt.Fprintln(&p.printed, lines.Text())
	}
	if p.base == "" {
		_ = p.cmd.Wait()
		t.Fatalf("kith %v did not start: %s%s", args, p.printed.String(), p.stderr.String())
	}
	go func() {
		var rest []string
		for lines.Scan() {
			rest = append(rest, lines.Text())
		}
		p.rest <- strings.Join(rest, "\n")
	}()
	t.Cleanup(func() { _ = p.cmd.Process.Kill(); _ = p.cmd.Wait() })
	return p
}

// end asks the process to stop and gives its exit code.
func (p *process) end(t *testing.T) int {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	return p.wait()
}

func (p *process) wait() int {
	<-p.rest
	_ = p.cmd.Wait()
	return p.cmd.ProcessState.ExitCode()
}

// preparedFolder is a data folder with the world of the access table in it.
func preparedFolder(t *testing.T) (*template, string) {
	t.Helper()
	tp := makeTemplate(t)
	dir := t.TempDir()
	tp.copyInto(t, dir)
	tp.t = t
	return tp, dir
}

func TestProcess_AnswersEverythingThatItAcceptedBeforeSIGTERM(t *testing.T) {
	tp, dir := preparedFolder(t)
	p := startKith(t, "serve", "--addr", "127.0.0.1:0", "--data", dir)
	s := &served{world: &tp.world, base: p.base}
	s.dir = dir

	// Bodies that arrive slowly: headers and half of a body before the signal, the rest after it.
	const slow = 12
	learners := []actor{lena, classmate, otherLearner}
	var ended, streams sync.WaitGroup
	halves := make(chan struct{})
	for i := range slow {
		c, err := net.Dial("tcp", strings.TrimPrefix(p.base, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		body := fmt.Sprintf(`{"op":%q,"theme":"dark"}`, newUUID())
		if _, err := fmt.Fprintf(c, "POST /api/v1/set-settings HTTP/1.1\r\nHost: kith\r\nContent-Type: application/json\r\nCookie: kith=%s\r\nContent-Length: %d\r\n\r\n%s",
			s.token[learners[i%3]], len(body), body[:9]); err != nil {
			t.Fatal(err)
		}
		ended.Go(func() {
			defer c.Close()
			<-halves
			if _, err := io.WriteString(c, body[9:]); err != nil {
				t.Errorf("slow body %d: %v", i, err)
				return
			}
			_ = c.SetReadDeadline(time.Now().Add(20 * time.Second))
			res, err := http.ReadResponse(bufio.NewReader(c), nil)
			if err != nil {
				t.Errorf("slow body %d was accepted and never answered: %v", i, err)
				return
			}
			if res.StatusCode != http.StatusOK {
				t.Errorf("slow body %d: %s", i, res.Status)
			}
		})
	}
	open := make(chan struct{}, 4)
	for range 4 {
		streams.Go(func() { s.streamToItsEnd(t, open) })
	}
	for range 4 {
		<-open
	}
	// Answers without pause, each under one op; whatever is acknowledged must be there afterwards.
	ctx, stop := context.WithCancel(t.Context())
	var acked sync.Map
	busy := make(chan struct{}, 1000)
	for _, a := range learners {
		ended.Go(func() { s.settle(ctx, a, &acked, busy) })
	}
	for range 30 {
		<-busy
	}
	if got := s.send(anonymous, http.MethodGet, "/healthz", nil); got.status != http.StatusOK {
		t.Errorf("healthz under load: %d %s", got.status, got.body)
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	streams.Wait() // streams end by themselves, before the last body has arrived
	close(halves)
	if code := p.wait(); code != 0 {
		t.Errorf("exit code %d: %s", code, p.stderr.String())
	}
	stop()
	ended.Wait()

	again, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := again.Check(t.Context()); err != nil {
		t.Error(err)
	}
	n := 0
	acked.Range(func(op, _ any) bool {
		n++
		if s.text(t, "SELECT count(*) FROM op WHERE op = ? AND outcome <> ''", op) != "1" {
			t.Errorf("%s was acknowledged and is gone", op)
		}
		return true
	})
	if n < 20 {
		t.Errorf("only %d acts were acknowledged", n)
	}
}

// streamToItsEnd follows Lena until the stream ends.
func (s *served) streamToItsEnd(t *testing.T, open chan<- struct{}) {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.base+"/api/v1/live?topics=learner:"+lenaID(s.world), nil)
	if err != nil {
		t.Error(err)
		return
	}
	r.AddCookie(&http.Cookie{Name: "kith", Value: s.token[lena]})
	res, err := http.DefaultClient.Do(r)
	open <- struct{}{}
	if err != nil {
		t.Error(err)
		return
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		t.Errorf("a stream was cut instead of ended: %v", err)
	}
}

// settle changes a person's settings without pause until the school is gone.
func (s *served) settle(ctx context.Context, a actor, acked *sync.Map, busy chan<- struct{}) {
	client := &http.Client{Timeout: 10 * time.Second}
	for ctx.Err() == nil {
		id := newUUID()
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.base+"/api/v1/set-settings", strings.NewReader(`{"op":"`+id+`","theme":"light"}`))
		if err != nil {
			return
		}
		r.Header.Set("Content-Type", "application/json")
		r.AddCookie(&http.Cookie{Name: "kith", Value: s.token[a]})
		res, err := client.Do(r)
		if err != nil {
			return // the school has gone
		}
		_, err = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if err == nil && res.StatusCode == http.StatusOK {
			acked.Store(id, true)
			select {
			case busy <- struct{}{}:
			default:
			}
		}
	}
}

func TestProcess_ASecondKithIsRefusedInWords(t *testing.T) {
	dir := t.TempDir()
	p := startKith(t, "serve", "--addr", "127.0.0.1:0", "--data", dir)
	if out, err := kith(t, "serve", "--addr", "127.0.0.1:0", "--data", dir).CombinedOutput(); err == nil || !strings.Contains(string(out), fmt.Sprintf("Another Kith is using the folder %s (process %d, since ", dir, p.cmd.Process.Pid)) {
		t.Errorf("the same folder: %v %s", err, out)
	}
	addr := strings.TrimPrefix(p.base, "http://")
	if out, err := kith(t, "serve", "--addr", addr, "--data", t.TempDir()).CombinedOutput(); err == nil || !strings.Contains(string(out), "cannot listen on "+addr) {
		t.Errorf("the same port: %v %s", err, out)
	}
	if code := p.end(t); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if second := startKith(t, "serve", "--addr", addr, "--data", dir); second.end(t) != 0 { // at once, on the same port
		t.Error("the second start ended badly")
	}
}

func TestProcess_OneServesAPostgreSQLDatabase(t *testing.T) {
	url := pgtest.Start(t)
	p := startKith(t, "serve", "--addr", "127.0.0.1:0", "--db", url, "--data", t.TempDir())
	second := func() (string, error) {
		out, err := kith(t, "serve", "--addr", "127.0.0.1:0", "--db", url, "--data", t.TempDir()).CombinedOutput()
		return string(out), err
	}
	host, _ := os.Hostname()
	if out, err := second(); err == nil || !strings.Contains(out, fmt.Sprintf("Another Kith serves this database already (process %d on %.40s, since ", p.cmd.Process.Pid, host)) {
		t.Errorf("the same database from another folder: %v %s", err, out)
	}
	// A command works beside it.
	if out, err := kith(t, "recompute", "--db", url, "--data", t.TempDir()).CombinedOutput(); err != nil {
		t.Errorf("recompute beside a school that runs: %v %s", err, out)
	}
	// Killed, it holds nothing any more.
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	p.wait()
	p = startKith(t, "serve", "--addr", "127.0.0.1:0", "--db", url, "--data", t.TempDir())

	// Its session is cut, as when the database is started anew, and another takes the lock meanwhile: it ends by itself.
	admin, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	other, err := admin.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := admin.ExecContext(t.Context(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'kith serve %'"); err != nil {
		t.Fatal(err)
	}
	if _, err := other.ExecContext(t.Context(), "SELECT pg_advisory_lock(l.classid::int, l.objid::int) FROM (SELECT 1802073192 AS classid, 1 AS objid) l"); err != nil {
		t.Fatal(err)
	}
	if code := p.wait(); code == 0 || !strings.Contains(p.stderr.String(), "Another Kith serves this database already") {
		t.Errorf("it went on, or ended without a word: %d %s", code, p.stderr.String())
	}
}

func TestProcess_TheFirstStartPrintsALinkForTheFirstAdministrator(t *testing.T) {
	dir := t.TempDir()
	link := func(p *process) string {
		_, token, _ := strings.Cut(p.printed.String(), "/setup/")
		return "/setup/" + strings.TrimSpace(token)
	}
	status := func(p *process, path string) int {
		res, err := http.Get(p.base + path)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res.StatusCode
	}
	p := startKith(t, "serve", "--addr", "127.0.0.1:0", "--data", dir)
	old := link(p)
	if len(old) < len("/setup/")+30 || status(p, old) != http.StatusOK {
		t.Fatalf("printed %q; it answers %d", p.printed.String(), status(p, old))
	}
	p.end(t)
	p = startKith(t, "serve", "--addr", "127.0.0.1:0", "--data", dir)
	if link(p) == old || status(p, link(p)) != http.StatusOK || status(p, old) == http.StatusOK {
		t.Errorf("nobody used the link: a new one is made and the old one ends; it answers %d", status(p, old))
	}
	body := strings.NewReader("school=Hill&zone=Europe%2FLondon&locale=en&given=Ana&family=Ruiz&login=ana.ruiz&password=four+words+in+a+row&again=four+words+in+a+row")
	res, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Post(p.base+link(p), "application/x-www-form-urlencoded", body)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(res.Body)
	res.Body.Close()
	if res.StatusCode != http.StatusSeeOther || len(res.Cookies()) == 0 {
		t.Fatalf("%d %s", res.StatusCode, text)
	}
	if status(p, link(p)) == http.StatusOK {
		t.Error("the link works twice")
	}
	if p.end(t) != 0 {
		t.Error("it ended badly")
	}
	p = startKith(t, "serve", "--addr", "127.0.0.1:0", "--data", dir)
	if strings.Contains(p.printed.String(), "/setup/") {
		t.Errorf("there is an administrator, and yet: %s", p.printed.String())
	}
}

func TestProcess_TheDemoKeepsItsSchool(t *testing.T) {
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "people.json")
	p := startKith(t, "demo", "--addr", "127.0.0.1:0", "--data", dir, "--signin-json", file)
	if !strings.Contains(p.printed.String(), "making the demo school") {
		t.Errorf("printed %q", p.printed.String())
	}
	if p.end(t) != 0 {
		t.Errorf("it ended badly: %s", p.stderr.String())
	}
	schoolIs := func() (id string) {
		s, err := store.Open(t.Context(), store.Config{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		all, err := door.Schools(t.Context(), flow.New(s))
		if err != nil || len(all) != 1 {
			t.Fatalf("%v %v", all, err)
		}
		return string(all[0].ID)
	}
	first := schoolIs()
	p = startKith(t, "demo", "--addr", "127.0.0.1:0", "--data", dir, "--signin-json", file)
	if strings.Contains(p.printed.String(), "making the demo school") {
		t.Error("the school was made again")
	}
	p.end(t)
	if schoolIs() != first {
		t.Error("another school is there")
	}
}

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/evening"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/sample"
	"kith/internal/store"
	"kith/internal/web"

	"github.com/google/uuid"
)

// schoolBench measures the school as people meet it: a process of its own, over HTTP on loopback, with the whole answer verb.
// The load comes from this process on the same machine, so rates are a floor; quote ratios and percentiles of one run.
type schoolBench struct {
	Open   time.Duration `help:"How long the open loop runs." default:"60s"`
	Closed time.Duration `help:"How long each closed loop runs." default:"15s"`
	Idle   time.Duration `help:"How long the school stands idle before its memory is read." default:"60s"`
	DB     string        `name:"db" help:"A PostgreSQL address instead of SQLite." env:"KITH_DB" placeholder:"URL"`
	JSON   bool          `name:"json" help:"Print the figures as JSON."`
}

// figure is one line of the table: what was measured, what came out, what is aimed at.
type figure struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Aim   string  `json:"aim"`
	Met   *bool   `json:"met,omitempty"`
}

type bench struct {
	cmd     *schoolBench
	dir     string
	base    string
	school  *exec.Cmd
	tiny    sample.TinySchool
	tokens  []string
	demo    sample.School
	learner roster.PersonID // of the demo school, whose Home is timed
	teacher roster.PersonID // of the demo school, whose Today and Now are timed
	links   map[roster.PersonID]string
	drawn   []int
	client  *http.Client
	figures []figure
}

// Run measures and prints one table.
func (c *schoolBench) Run() error {
	dir, err := os.MkdirTemp("", "kith-bench")
	if err != nil {
		return fault.Wrap(fault.Unavailable, err, "fault.store.folder", "folder", os.TempDir())
	}
	defer os.RemoveAll(dir)
	b := &bench{cmd: c, dir: dir, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1024}, Timeout: 30 * time.Second}, links: map[roster.PersonID]string{}}
	defer b.stop()
	for _, step := range []func() error{b.people, b.start, b.pages, b.answers, b.live, b.memory, b.scripts} {
		if err := step(); err != nil {
			return err
		}
	}
	return b.print()
}

func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "bench: "+format+"\n", args...)
}

// add notes a figure. limit 0 means that there is nothing to hold it against; up means that more is better.
func (b *bench) add(name string, value float64, unit, aim string, met ...bool) {
	f := figure{Name: name, Value: value, Unit: unit, Aim: aim}
	if len(met) > 0 {
		f.Met = &met[0]
	}
	b.figures = append(b.figures, f)
	b.say("%-48s %10.1f %s", name, value, unit)
}

// people makes the demo school and a school of 512 learners who only answer.
func (b *bench) people() error {
	ctx := context.Background()
	b.say("making the schools")
	clock := &sample.Clock{}
	s, err := store.Open(ctx, store.Config{Dir: b.dir, URL: b.cmd.DB, Clock: clock.Now})
	if err != nil {
		return err
	}
	defer s.Close()
	f := flow.New(s)
	began := time.Now()
	if b.demo, err = sample.Make(ctx, f, clock, time.Now(), 1, sample.Full); err != nil {
		return err
	}
	b.add("demo school with four weeks of history, made in", time.Since(began).Seconds(), "s", "")
	if b.tiny, err = sample.Tiny(ctx, f, 512); err != nil {
		return err
	}
	b.drawn = make([]int, len(b.tiny.Learners))
	for _, p := range b.tiny.Learners {
		token, err := door.OpenSession(ctx, f, b.tiny.School, p, time.Hour.Milliseconds())
		if err != nil {
			return err
		}
		b.tokens = append(b.tokens, token)
	}
	for _, p := range b.demo.People {
		if p.Role == roster.Learner && b.learner == "" {
			b.learner = p.ID
		}
		if p.Role == roster.Teacher && b.teacher == "" {
			b.teacher = p.ID
		}
	}
	for p, school := range map[roster.PersonID]roster.SchoolID{b.learner: b.demo.ID, b.teacher: b.demo.ID, b.tiny.Teacher: b.tiny.School} {
		if b.links[p], err = door.OpenSession(ctx, f, school, p, time.Hour.Milliseconds()); err != nil {
			return err
		}
	}
	return nil
}

// start runs the school and times it to its first page.
func (b *bench) start() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	args := []string{"serve", "--addr", "127.0.0.1:0", "--data", b.dir}
	if b.cmd.DB != "" {
		args = append(args, "--db", b.cmd.DB)
	}
	b.school = exec.Command(self, args...)
	b.school.Stderr = os.Stderr
	out, err := b.school.StdoutPipe()
	if err != nil {
		return err
	}
	began := time.Now()
	if err := b.school.Start(); err != nil {
		return err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if base, ok := strings.CutPrefix(lines.Text(), "ready "); ok {
			b.base = base
			break
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	if b.base == "" {
		return errors.New("the school did not start")
	}
	if _, err := b.get("/home", b.links[b.learner]); err != nil {
		return err
	}
	took := time.Since(began).Seconds()
	b.add("start to first page, school already there", took, "s", "<= 1", took <= 1)
	return nil
}

func (b *bench) stop() {
	if b.school != nil && b.school.Process != nil {
		_ = b.school.Process.Signal(syscall.SIGTERM)
		_ = b.school.Wait()
		b.school = nil
	}
}

func (b *bench) get(path, token string) (time.Duration, error) {
	req, err := http.NewRequest(http.MethodGet, b.base+path, nil)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Accept", "text/html")
	req.AddCookie(&http.Cookie{Name: "kith", Value: token})
	began := time.Now()
	res, err := b.client.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("GET %s: %s", path, res.Status)
	}
	return time.Since(began), err
}

// pages times the three pages that are opened most, from a class of 30 learners and 16 skills.
func (b *bench) pages() error {
	class := string(b.demo.Class)
	for _, p := range []struct {
		name, path string
		who        roster.PersonID
	}{
		{"learner Home", "/home", b.learner},
		{"teacher Today", "/class/" + class + "/today", b.teacher},
		{"teacher Now", "/class/" + class + "/now", b.teacher},
	} {
		var times []time.Duration
		for range 200 {
			took, err := b.get(p.path, b.links[p.who])
			if err != nil {
				return err
			}
			times = append(times, took)
		}
		p95 := ms(percentile(times[20:], .95))
		b.add(p.name+", p50", ms(percentile(times[20:], .5)), "ms", "")
		b.add(p.name+", p95", p95, "ms", "<= 50", p95 <= 50)
	}
	return nil
}

// answer sends learner i's next answer and times it to its acknowledgement.
func (b *bench) answer(i int) (time.Duration, error) {
	it := b.tiny.Items[i%len(b.tiny.Items)]
	b.drawn[i]++
	v, err := item.Draw(it, item.SeedFor(string(b.tiny.Learners[i]), string(it.ID), b.drawn[i]))
	if err != nil {
		return 0, err
	}
	body, err := json.Marshal(evening.RecordAttemptIn{Op: flow.Op{Op: uuid.Must(uuid.NewV7()).String()}, Learner: b.tiny.Learners[i], Item: it.ID, Version: 1,
		DrawN: b.drawn[i], Try: 1, Purpose: "practice", Response: item.Response{Boxes: []string{v.Key()[0].RatString()}}})
	if err != nil {
		return 0, err
	}
	req, err := http.NewRequest(http.MethodPost, b.base+"/api/v1/record-attempt", bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.AddCookie(&http.Cookie{Name: "kith", Value: b.tokens[i]})
	began := time.Now()
	res, err := b.client.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	took := time.Since(began)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("answer: %s %s", res.Status, text)
	}
	return took, err
}

// answers runs the closed loops, then the open one between two looks at the disk.
func (b *bench) answers() error {
	for _, n := range []int{64, 512} {
		schoolBefore, ownBefore := processorTime(b.school.Process.Pid), processorTime(os.Getpid())
		times, errs := b.closed(n)
		schoolTook, ownTook := processorTime(b.school.Process.Pid)-schoolBefore, processorTime(os.Getpid())-ownBefore
		rate := float64(len(times)) / b.cmd.Closed.Seconds()
		p99 := ms(percentile(times, .99))
		name := fmt.Sprintf("closed loop, %d clients", n)
		if n == 64 {
			b.add(name+", answers", rate, "a second", ">= 3000", rate >= 3000)
			b.add(name+", p99", p99, "ms", "<= 100", p99 <= 100)
		} else {
			b.add(name+", answers", rate, "a second", "")
			b.add(name+", p99", p99, "ms", "")
		}
		b.add(name+", p50", ms(percentile(times, .5)), "ms", "")
		b.add(name+", failed", float64(errs), "answers", "0", errs == 0)
		if schoolTook > 0 && len(times) > 0 { // says what the rate could be on a machine that does nothing else
			b.add(name+", processor time an answer, the school", float64(schoolTook.Microseconds())/float64(len(times)), "µs", "")
			b.add(name+", processor time an answer, this load", float64(ownTook.Microseconds())/float64(len(times)), "µs", "")
		}
	}
	const rate = 1000
	if err := b.disk("before", rate); err != nil {
		return err
	}
	if err := b.open(rate); err != nil {
		return err
	}
	return b.disk("after", rate)
}

func (b *bench) closed(n int) (times []time.Duration, errs int) {
	end := time.Now().Add(b.cmd.Closed)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			var mine []time.Duration
			failed := 0
			for time.Now().Before(end) {
				took, err := b.answer(i)
				if err != nil {
					failed++
					continue
				}
				mine = append(mine, took)
			}
			mu.Lock()
			times, errs = append(times, mine...), errs+failed
			mu.Unlock()
		})
	}
	wg.Wait()
	return times, errs
}

// open sends rate answers a second whatever the school does, and counts each from the instant at which it was due.
func (b *bench) open(rate int) error {
	total := int(b.cmd.Open.Seconds()) * rate
	times := make([]time.Duration, total)
	failed := 0
	var mu sync.Mutex
	var wg sync.WaitGroup
	busy := make([]sync.Mutex, len(b.tokens)) // one learner answers one thing at a time
	began := time.Now()
	for k := range total {
		due := began.Add(time.Duration(k) * time.Second / time.Duration(rate))
		time.Sleep(time.Until(due))
		wg.Go(func() {
			i := k % len(b.tokens)
			busy[i].Lock()
			defer busy[i].Unlock()
			_, err := b.answer(i)
			times[k] = time.Since(due)
			if err != nil {
				mu.Lock()
				failed++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	p99 := ms(percentile(times, .99))
	name := fmt.Sprintf("open loop, %d a second for %s", rate, b.cmd.Open)
	b.add(name+", p50", ms(percentile(times, .5)), "ms", "")
	b.add(name+", p99", p99, "ms", "<= 50", p99 <= 50)
	b.add(name+", failed", float64(failed), "answers", "0", failed == 0)
	return nil
}

// memory reads the resident set of a school that has just been started and left alone.
func (b *bench) memory() error {
	b.stop()
	figures := b.figures
	if err := b.start(); err != nil {
		return err
	}
	b.figures = figures // the second start is not measured
	time.Sleep(b.cmd.Idle)
	if runtime.GOOS != "linux" {
		return nil
	}
	status, err := os.ReadFile("/proc/" + strconv.Itoa(b.school.Process.Pid) + "/status")
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			if err != nil {
				return err
			}
			b.add(fmt.Sprintf("memory %s after start and one page", b.cmd.Idle), kb/1024, "MiB", "<= 60", kb/1024 <= 60)
		}
	}
	return nil
}

// scripts sums what each page's script weighs as it is sent (brotli), from what was built in.
func (b *bench) scripts() error {
	sizes, err := web.ScriptSizes()
	if err != nil {
		return err
	}
	for folder, limit := range map[string]float64{"learner": 45, "staff": 60} {
		worst, page := 0.0, ""
		for name, kb := range sizes {
			if filepath.Dir(name) == folder && kb > worst {
				worst, page = kb, name
			}
		}
		b.add("script of the heaviest "+folder+" page ("+page+")", worst, "KB", fmt.Sprintf("<= %.0f", limit), worst <= limit)
	}
	return nil
}

func (b *bench) print() error {
	if b.cmd.JSON {
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", " ")
		return e.Encode(b.figures)
	}
	fmt.Printf("| figure | measured | aim | met |\n| --- | ---: | --- | --- |\n")
	missed := 0
	for _, f := range b.figures {
		met := ""
		if f.Met != nil {
			met = "yes"
			if !*f.Met {
				met = "no"
				missed++
			}
		}
		fmt.Printf("| %s | %.1f %s | %s | %s |\n", f.Name, f.Value, f.Unit, f.Aim, met)
	}
	fmt.Printf("\n%d figures missed their aim. %d processors, load from the same machine; quote ratios.\n", missed, runtime.NumCPU())
	return nil
}

// processorTime is what a process has used so far, 0 where that cannot be read.
func processorTime(pid int) time.Duration {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(text), ") ") // the name before it may hold anything
	fields := strings.Fields(after)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond // clock ticks are 1/100 s on Linux
}

func percentile(times []time.Duration, p float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[min(len(sorted)-1, int(p*float64(len(sorted))))]
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

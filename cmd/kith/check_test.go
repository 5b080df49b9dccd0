package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
)

// runCheck gives the answers to lines of input.
func runCheck(t *testing.T, lines ...string) []checked {
	t.Helper()
	words, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := checkLines(words, strings.NewReader(strings.Join(lines, "\n")), &out); err != nil {
		t.Fatal(err)
	}
	var all []checked
	for _, line := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		var c checked
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		all = append(all, c)
	}
	return all
}

func TestCheckBatch_JudgesEachLine(t *testing.T) {
	lines := []string{
		`{"key":"2x+3","answer":"3+2x"}`,
		`{"key":"1/2","answer":"2/4","form":"lowest_terms"}`,
		`{"key":"1/2","answer":"2/4","form":["exact","fraction"]}`,
		`{"key":"3.14","answer":"3.1","tolerance":0.05}`,
		`{"key":"200","answer":"203","tolerance":"1%"}`,
		`{"key":"5","answer":"50 mm","units":"cm"}`,
		`{"key":"5 m","answer":"5","units":false}`,
		`{"key":"5 m","answer":"5","units":true}`,
		`{"key":"rate*time","answer":"time*rate","variables":["rate","time"],"form":null,"tolerance":null,"units":null,"note":"passed over"}`,
		`{"key":"2x","answer":"2 +"}`,
		`{"key":"x<3","answer":"x > 3"}`,
	}
	want := []string{"right", "not-yet unsimplified", "right", "right", "not-yet", "right", "right", "not-yet missing-unit", "right", "unreadable", "not-yet reversed-inequality"}
	got := runCheck(t, lines...)
	if len(got) != len(lines) {
		t.Fatalf("%d lines came of %d", len(got), len(lines))
	}
	for i, c := range got {
		if s := strings.TrimSpace(string(c.Outcome) + " " + string(c.NearMiss)); s != want[i] {
			t.Errorf("%s: %s, want %s", lines[i], s, want[i])
		}
		if c.Error != "" || c.Micros <= 0 || (c.Outcome == "right") != (c.ValueEqual && c.FormOK) || (c.ReadAs == "") != (c.Outcome == "unreadable") {
			t.Errorf("%s: %+v", lines[i], c)
		}
	}
	if c := got[9]; c.Where != 4 || c.Why != "missing" {
		t.Errorf("2 + is refused at %d for %s", c.Where, c.Why)
	}
}

func TestCheckBatch_SaysWhatIsWrongWithALineAndGoesOn(t *testing.T) {
	for _, line := range []string{
		`nonsense`, `{"key":"5"}`, `{"answer":"5"}`, `{"key":"5","answer":5}`, `[1]`, `{"key":"5","answer":"5","form":"blah"}`, `{"key":"5","answer":"5","form":{"a":1}}`, `{"key":"5","answer":"5","tolerance":"near"}`, `{"key":"5","answer":"5","tolerance":-1}`, `{"key":"5","answer":"5","tolerance":[1]}`,
		`{"key":"5","answer":"5","tolerance":1e999}`, `{"key":"5","answer":"5","units":"blorp of things"}`, `{"key":"1/0","answer":"5"}`, `{"key":"","answer":"5"}`, `{"key":"5","answer":"5`, `{"key":"` + strings.Repeat("1", maxLine) + `","answer":"5"}`, "\xff\xfe", `null`, `"x"`,
	} {
		got := runCheck(t, `{"key":"1","answer":"1"}`, "", line, `{"key":"2","answer":"2"}`)
		if len(got) != 3 || got[0].Outcome != "right" || got[2].Outcome != "right" {
			t.Errorf("%.60s: %+v", line, got)
			continue
		}
		if bad := got[1]; bad.Outcome != "unreadable" || bad.Line != 3 || bad.Error == "" || strings.Contains(bad.Error, "{") && !strings.Contains(line, "{") {
			t.Errorf("%.60s: %+v", line, bad)
		}
	}
}

// Input of any length is judged in the same memory.
func TestCheckBatch_Streams(t *testing.T) {
	words, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	in, feed := io.Pipe()
	out, answers := io.Pipe()
	const n = 20000
	go func() {
		for i := range n {
			fmt.Fprintf(feed, `{"key":"%d x + 1","answer":"1 + x*%d"}`+"\n", i+2, i+2)
		}
		feed.Close()
	}()
	go func() { answers.CloseWithError(checkLines(words, in, answers)) }()
	var before, after runtime.MemStats
	d := json.NewDecoder(out)
	for i := range n {
		var c checked
		if err := d.Decode(&c); err != nil || c.Outcome != "right" {
			t.Fatalf("line %d: %+v, %v", i, c, err)
		}
		if i == n/10 {
			runtime.GC()
			runtime.ReadMemStats(&before)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 4<<20 {
		t.Errorf("%d lines left %d bytes behind", n, grown)
	}
}

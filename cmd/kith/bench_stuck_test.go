package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kith/internal/fault"
	"kith/internal/interop/answercsv"
)

// ana: right right right (got there at the third); ben: ten without three in a row (stuck); cy: two answers (open), and a
// second skill in which the last of ten brings the third in a row.
func TestBenchStuck_CountsPairs(t *testing.T) {
	text := "user,item,skill,correct\n"
	add := func(user, skill, answers string) {
		for _, a := range strings.Split(answers, "") {
			text += user + ",i," + skill + "," + a + "\n"
		}
	}
	add("ana", "s", "111")
	add("ben", "s", "1101101100")
	add("cy", "s", "11")
	add("cy", "z", "0000000111")
	log, err := answercsv.Read("x.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	n := pairsOf(log)
	if n.Determinate != 3 || n.Stuck != 1 || n.Indeterminate != 1 {
		t.Errorf("got %+v", n)
	}
}

func TestBenchStuck_TellsEarlyOnASimulatedSchool(t *testing.T) {
	file := csvOf(t, smallSchool(t), "small.csv", func(int) bool { return true })
	var b bytes.Buffer
	if err := (&stuckBench{File: file, Folds: 3, Seed: 1, JSON: true}).run(&b); err != nil {
		t.Fatal(err)
	}
	var out stuckReport
	var raw map[string]any
	if err := json.Unmarshal(b.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b.Bytes(), &raw); err != nil {
		t.Fatal(err)
	}
	for _, f := range []stuckFigures{out.After3, out.After5, out.After7} {
		if f.AUC < .7 || f.AUC > .97 || f.Cases < 50 || f.Stuck == 0 || f.Stuck >= f.Cases || f.Interval.Low > f.AUC || f.Interval.High < f.AUC {
			t.Errorf("after %d: %+v", f.Answers, f)
		}
	}
	if out.After3.Cases <= out.After5.Cases || out.After5.Cases <= out.After7.Cases {
		t.Errorf("undecided pairs grow: %d, %d, %d", out.After3.Cases, out.After5.Cases, out.After7.Cases)
	}
	if _, ok := raw["after_5"].(map[string]any)["precision"].(float64); !ok {
		t.Errorf("no precision in %s", b.String())
	}
}

func TestBenchStuck_RefusesInASentence(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(path, []byte("user,item,skill,correct\na,i,s,1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for code, c := range map[string]stuckBench{"fault.answers.learners": {File: path, Folds: 5}, "fault.answers.folds": {File: path, Folds: 1}} {
		var f *fault.Error
		if err := c.run(&bytes.Buffer{}); !errors.As(err, &f) || f.Say.Code != code {
			t.Errorf("got %v, want %s", err, code)
		}
	}
	var f *fault.Error
	if _, err := (&worldBench{World: "moon"}).answers(); !errors.As(err, &f) || f.Say.Code != "fault.answers.world" {
		t.Errorf("got %v", err)
	}
}

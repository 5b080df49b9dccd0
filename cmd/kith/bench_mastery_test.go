package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kith/internal/answers"
	"kith/internal/fault"
	"kith/internal/simulate"
)

// csvOf writes the rows of those learners whom keep says yes to.
func csvOf(t *testing.T, log *answers.Log, name string, keep func(l int) bool) string {
	t.Helper()
	var b bytes.Buffer
	if err := writeAnswers(&b, log.Part(keep)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func smallSchool(t *testing.T) *answers.Log {
	t.Helper()
	for _, w := range simulate.Worlds() {
		if w.Name == "small" {
			w.Learners = 120
			log, err := w.Open(3).Answers(3)
			if err != nil {
				t.Fatal(err)
			}
			return log
		}
	}
	t.Fatal("no small world")
	return nil
}

type benchOut struct {
	Mastery, Prediction, Readable map[string]any
	Data                          map[string]any
	FromZero                      map[string]any `json:"from_zero"`
	Disagree                      map[string]any
}

func benchMastery(t *testing.T, c masteryBench) benchOut {
	t.Helper()
	c.JSON = true
	var b bytes.Buffer
	if err := c.run(&b); err != nil {
		t.Fatal(err)
	}
	var out benchOut
	if err := json.Unmarshal(b.Bytes(), &out); err != nil {
		t.Fatalf("%v in %s", err, b.String())
	}
	return out
}

func TestBenchMastery_PrintsWhatWasAskedFor(t *testing.T) {
	log := smallSchool(t)
	file := csvOf(t, log, "small.csv", func(int) bool { return true })
	rows := filepath.Join(t.TempDir(), "rows.csv")
	out := benchMastery(t, masteryBench{File: file, Folds: 3, Seed: 7, Rows: rows})
	written, err := os.ReadFile(rows)
	if err != nil || bytes.Count(written, []byte("\n")) != len(log.Rows)+1 || !bytes.HasPrefix(written, []byte("user,item,fold,correct,mastery,prediction,readable\nl")) {
		t.Errorf("rows: %v, %.80s", err, written)
	}
	for name, h := range map[string]map[string]any{"mastery": out.Mastery, "prediction": out.Prediction, "readable": out.Readable} {
		for _, key := range []string{"rows", "learners", "auc", "auc_new_item", "auc_first", "rmse", "logloss", "ece", "ece_skill_excess_p95", "ns_per_answer", "fit_seconds"} {
			if _, ok := h[key].(float64); !ok {
				t.Errorf("%s has no number %s: %v", name, key, h[key])
			}
		}
		if h["rows"] != float64(len(log.Rows)) || h["learners"] != 120.0 {
			t.Errorf("%s: %v rows, %v learners", name, h["rows"], h["learners"])
		}
	}
	mastery, prediction := out.Mastery["auc"].(float64), out.Prediction["auc"].(float64)
	if prediction < mastery+.02 || mastery < .55 || prediction > .9 {
		t.Errorf("mastery %.4f, prediction %.4f", mastery, prediction)
	}
	if share := out.Disagree["share"].(float64); share <= 0 || share >= 1 {
		t.Errorf("the heads disagree before %v of the answers", share)
	}
	again := benchMastery(t, masteryBench{File: file, Folds: 3, Seed: 7})
	for _, key := range []string{"auc", "ece", "ece_skill_excess_p95", "logloss", "auc_interval"} {
		if fmt.Sprint(again.Prediction[key]) != fmt.Sprint(out.Prediction[key]) || fmt.Sprint(again.Mastery[key]) != fmt.Sprint(out.Mastery[key]) {
			t.Errorf("%s: the same seed gave %v and %v", key, out.Prediction[key], again.Prediction[key])
		}
	}
}

// A file of its own is scored by models that saw none of it; a name in both files is another person, and that is said.
func TestBenchMastery_ScoresAFileOfItsOwn(t *testing.T) {
	log := smallSchool(t)
	train := csvOf(t, log, "train.csv", func(l int) bool { return l < 81 })
	test := csvOf(t, log, "test.csv", func(l int) bool { return l >= 80 })
	rows := 0
	for l := 80; l < 120; l++ {
		rows += len(log.Of(l))
	}
	out := benchMastery(t, masteryBench{File: train, Test: test, Seed: 1})
	if out.Prediction["rows"] != float64(rows) || out.Prediction["learners"] != 40.0 || out.Data["learners_in_both_files"] != 1.0 {
		t.Errorf("%v rows, %v learners, %v in both; want %d, 40, 1", out.Prediction["rows"], out.Prediction["learners"], out.Data["learners_in_both_files"], rows)
	}
	var b bytes.Buffer
	if err := (&masteryBench{File: train, Test: test, Seed: 1}).run(&b); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "1 learner’s name stands in both files") || !strings.Contains(b.String(), "| auc ") {
		t.Errorf("the table says: %s", b.String())
	}
}

func TestBenchMastery_RefusesInASentence(t *testing.T) {
	file := func(text string) string {
		path := filepath.Join(t.TempDir(), "x.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const head = "user,item,skill,correct\n"
	for _, c := range []struct {
		name, code string
		cmd        masteryBench
	}{
		{"no file", "fault.import.file", masteryBench{File: filepath.Join(t.TempDir(), "none.csv")}},
		{"one learner", "fault.answers.learners", masteryBench{File: file(head + "a,i,s,1\na,i,s,0\n")}},
		{"a half right answer", "fault.answers.correct", masteryBench{File: file(head + "a,i,s,0.5\n")}},
		{"too many folds", "fault.answers.folds", masteryBench{File: file(head + "a,i,s,1\n"), Folds: 51}},
		{"both ways", "fault.answers.both", masteryBench{File: file(head + "a,i,s,1\n"), Folds: 5, Test: "y.csv"}},
		{"an empty test file", "fault.answers.empty", masteryBench{File: file(head + "a,i,s,1\n"), Test: file("")}},
	} {
		var b bytes.Buffer
		err := c.cmd.run(&b)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Say.Code != c.code || b.Len() > 0 {
			t.Errorf("%s: got %v, printed %q", c.name, err, b.String())
		}
		if said := inWords(err); strings.Contains(said, "[") && c.name != "no file" {
			t.Errorf("%s: %s", c.name, said)
		}
	}
}

// Six learners who are always right, without a skill: figures that do not exist are null, and nothing breaks.
func TestBenchMastery_SaysWhatCannotBeSaid(t *testing.T) {
	var b strings.Builder
	b.WriteString("user,item,skill,correct\n")
	for l := range 6 {
		for i := range 4 {
			fmt.Fprintf(&b, "l%d,i%d,,1\n", l, i)
		}
	}
	path := filepath.Join(t.TempDir(), "right.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	out := benchMastery(t, masteryBench{File: path, Seed: 1})
	if out.Prediction["auc"] != nil || out.Prediction["ece_skill_excess_p95"] != nil || out.Data["rows_without_skill"] != 24.0 || out.FromZero["auc_after_20k"] != nil {
		t.Errorf("got %v, %v", out.Prediction, out.Data)
	}
	if e := out.Prediction["ece"].(float64); e > .25 {
		t.Errorf("everybody is always right, and the model is off by %v", e)
	}
}

package main

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kith/internal/fault"
)

func checkBench() *diagnosticBench {
	return &diagnosticBench{Width: 4, Skills: 60, Slip: 0.1, Guess: 0.1, Questions: 12, Learners: 30, Fit: 300, Seed: 1, JSON: true}
}

func graphFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graph.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func runBench(t *testing.T, c *diagnosticBench) map[string]any {
	t.Helper()
	var out bytes.Buffer
	if err := c.run(&out); err != nil {
		t.Fatal(err)
	}
	got := map[string]any{}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestBenchDiagnostic_PrintsWhatTheCheckFindsOut(t *testing.T) {
	got := runBench(t, checkBench())
	num := func(name string) float64 {
		v, ok := got[name].(float64)
		if !ok {
			t.Fatalf("%s is %v", name, got[name])
		}
		return v
	}
	if a := num("item_accuracy"); a < 0.9 || a > 1 {
		t.Errorf("item_accuracy %v", a)
	}
	if d := math.Abs(num("item_accuracy") - num("believed_accuracy")); d > 0.03 {
		t.Errorf("believes %v of %v", got["believed_accuracy"], got["item_accuracy"])
	}
	for _, name := range []string{"entropy_bits", "item_accuracy", "readiness_precision"} {
		in, ok := got[name+"_interval"].(map[string]any)
		if !ok || !(in["low"].(float64) <= num(name) && num(name) <= in["high"].(float64)) {
			t.Errorf("%s is %v, its interval %v", name, got[name], got[name+"_interval"])
		}
	}
	peers := got["baselines"].(map[string]any)
	of := func(name string) float64 { return peers[name].(map[string]any)["item_accuracy"].(float64) }
	if !(of("check") > of("random") && of("random") > of("prior") && of("check") > of("irt")) {
		t.Errorf("the check does not beat the others: %v", peers)
	}
	again := runBench(t, checkBench())
	delete(got, "ms_per_question")
	delete(again, "ms_per_question")
	delete(got["fit"].(map[string]any), "seconds")
	delete(again["fit"].(map[string]any), "seconds")
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(again)
	if !bytes.Equal(a, b) {
		t.Errorf("one seed, two results:\n%s\n%s", a, b)
	}
}

// a and b need each other, one edge stands twice, one follows from others, e needs itself.
func TestBenchDiagnostic_GetsAlongWithAnUntidyGraph(t *testing.T) {
	c := checkBench()
	c.Graph, c.Skills, c.Learners = graphFile(t, "from,to\na,b\nb,a\nb,c\nb,c\nc,d\na,d\ne,e\n"), 0, 5
	g := runBench(t, c)["graph"].(map[string]any)
	if g["skills"] != 5.0 || g["classes"] != 4.0 || g["edges_twice"] != 1.0 || g["edges_redundant"] != 1.0 {
		t.Errorf("%v", g)
	}
	if b, _ := json.Marshal(g["cycles"]); string(b) != `[["a","b"],["e"]]` {
		t.Errorf("cycles %s", b)
	}
	c.Graph, c.JSON = graphFile(t, "from,to\na,b\nb,a\n"), false
	var out bytes.Buffer
	if err := c.run(&out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "These skills need each other and count as one: a → b → a.") {
		t.Errorf("%s", out.String())
	}
}

func TestBenchDiagnostic_TakesTheFirstSkillsOfAFile(t *testing.T) {
	c := checkBench()
	c.Graph, c.Skills, c.Learners, c.Questions = graphFile(t, "from,to\nb,c\na,b\nc,d\n"), 3, 1, 1
	if g := runBench(t, c)["graph"].(map[string]any); g["skills"] != 3.0 || g["edges"] != 2.0 {
		t.Errorf("%v", g)
	}
}

func TestBenchDiagnostic_RefusesByNameAndRange(t *testing.T) {
	for what, spoil := range map[string]func(*diagnosticBench){
		"--slip is NaN. It must be from 0 to 0.5.":                     func(c *diagnosticBench) { c.Slip = math.NaN() },
		"--slip is -0.1. It must be from 0 to 0.5.":                    func(c *diagnosticBench) { c.Slip = -0.1 },
		"--guess is 0.6. It must be from 0 to 0.5.":                    func(c *diagnosticBench) { c.Guess = 0.6 },
		"--misfit is +Inf. It must be from 0 to 0.25.":                 func(c *diagnosticBench) { c.Misfit = math.Inf(1) },
		"--skills is 2001. It must be from 0 to 2000.":                 func(c *diagnosticBench) { c.Skills = 2001 },
		"--skills is -1. It must be from 0 to 2000.":                   func(c *diagnosticBench) { c.Skills = -1 },
		"--learners is 0. It must be from 1 to 100000.":                func(c *diagnosticBench) { c.Learners = 0 },
		"--questions is 0. It must be from 1 to 500.":                  func(c *diagnosticBench) { c.Questions = 0 },
		"--width is 61. It must be from 1 to the number of skills, 60": func(c *diagnosticBench) { c.Width = 61 },
		"together leave nothing to tell":                               func(c *diagnosticBench) { c.Slip, c.Guess = 0.5, 0.5 },
		"names no prerequisite":                                        func(c *diagnosticBench) { c.Graph = graphFile(t, "from,to\n") },
		"begins with the columns from,to,kind":                         func(c *diagnosticBench) { c.Graph = graphFile(t, "from,to,kind\na,b,c\n") },
	} {
		c := checkBench()
		spoil(c)
		err := c.run(&bytes.Buffer{})
		if !fault.Is(err, fault.Invalid) || !strings.Contains(inWords(err), what) {
			t.Errorf("want %q: %v", what, err)
		}
	}
}

// Noise-free learners, one learner, no fit: answered, not refused.
func TestBenchDiagnostic_AnswersAtTheEdges(t *testing.T) {
	c := checkBench()
	c.Slip, c.Guess, c.Learners, c.Fit, c.Questions = 0, 0, 1, 0, 100
	got := runBench(t, c)
	if got["item_accuracy"] != 1.0 { // every skill of 60 can be asked
		t.Errorf("without noise, %v of the skills are found out", got["item_accuracy"])
	}
}

// Sixty people who know a chain a, b, c, d up to somewhere, one in ten answers turned round: each answer is foretold from the
// person's others, better with the chain than by how many had the item right.
func TestBenchDiagnostic_ForetellsRealAnswers(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("d,c,b,a\n")
	for n := range 60 {
		for k := 3; k >= 0; k-- {
			knows := k < n%5
			if (n*7+k*3)%10 == 0 {
				knows = !knows
			}
			rows.WriteString(map[bool]string{true: "1", false: "0"}[knows] + map[bool]string{true: "\n", false: ","}[k == 0])
		}
	}
	c := checkBench()
	c.Graph, c.Skills, c.Answers = graphFile(t, "from,to\na,b\nb,c\nc,d\n"), 0, graphFile(t, rows.String())
	got := runBench(t, c)
	of := func(name string) float64 { return got[name].(map[string]any)["auc"].(float64) }
	if got["answers"] != 240.0 || got["learners"] != 60.0 || !(of("check") > of("rate")) || of("check") < 0.75 {
		t.Errorf("%v", got)
	}
	for what, text := range map[string]string{
		"has the column e, which is no skill": "a,b,c,e\n",
		"has answers to 3 of the graph’s 4":   "a,b,c\n",
		"the column b is “2”":                 "a,b,c,d\n1,2,0,0\n",
		"has 1 people. At least 10":           "a,b,c,d\n1,0,0,0\n",
		"Line 3 of":                           "a,b,c,d\n1,0,0,0\n1,1\n",
	} {
		c.Answers = graphFile(t, text)
		if err := c.run(&bytes.Buffer{}); !fault.Is(err, fault.Invalid) || !strings.Contains(inWords(err), what) {
			t.Errorf("want %q: %v", what, err)
		}
	}
	c.Graph = ""
	if err := c.run(&bytes.Buffer{}); !fault.Is(err, fault.Invalid) || !strings.Contains(inWords(err), "--answers needs --graph") {
		t.Errorf("without a graph: %v", err)
	}
}

func TestBenchDiagnostic_HandsTheCrowdToAnotherProgram(t *testing.T) {
	c := checkBench()
	c.Crowd = filepath.Join(t.TempDir(), "crowd.json")
	if err := c.run(&bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(c.Crowd)
	if err != nil {
		t.Fatal(err)
	}
	var got crowdFile
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	same, all := 0.0, 0.0
	for _, l := range got.Learners {
		for i, knows := range l.Knows {
			all++
			if knows == l.Right[i] {
				same++
			}
		}
	}
	if len(got.Learners) != 30 || len(got.Hard) != 60 || got.Asked != 12 || math.Abs(same/all-0.9) > 0.03 { // 1,800 answers, standard error .007
		t.Errorf("%d learners, %d items, answers as known %.3f", len(got.Learners), len(got.Hard), same/all)
	}
}

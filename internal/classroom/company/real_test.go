package company

import (
	"compress/gzip"
	"encoding/csv"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"kith/internal/mastery/ability"
)

// cloze reads answers with real times, which are never part of the repository: make check-data names the folder in
// KITH_REAL. Study without an answer is left out. split in 0-4 is the learner's fifth.
func cloze(t testing.TB) (answers []Answer, split []int, skills int) {
	t.Helper()
	real := os.Getenv("KITH_REAL")
	if real == "" {
		t.Skip("KITH_REAL names no folder with the log (make check-data does)")
	}
	f, err := os.Open(filepath.Join(real, "logs", "cloze_statistics_lkt.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := func(m map[string]int, s string) int {
		if n, ok := m[s]; ok {
			return n
		}
		m[s] = len(m)
		return len(m) - 1
	}
	who, what, skillAt := map[string]int{}, map[string]int{}, map[string]int{}
	times := map[int][]int{}
	took := []int{}
	for _, r := range rows[1:] {
		if r[3] == "STUDY" {
			continue
		}
		a := Answer{Learner: number(who, r[0]), Item: number(what, r[1]), Skills: []int{number(skillAt, r[2])}, Right: r[3] == "CORRECT"}
		s, _ := strconv.Atoi(r[5])
		times[a.Item] = append(times[a.Item], s)
		took = append(took, s)
		h := fnv.New32a()
		_, _ = h.Write([]byte(r[0]))
		answers, split = append(answers, a), append(split, int(h.Sum32()%5))
	}
	for i := range times {
		slices.Sort(times[i])
	}
	for n := range answers {
		v := times[answers[n].Item]
		answers[n].Slow = took[n] > 2*v[len(v)/2]
	}
	return answers, split, len(skillAt)
}

// Undecided cases after five answers by learners that mastery's parameters were not fitted to, in five parts. The weights
// are those from the simulation; what a school's own would give is beside it.
func TestReal_CompanyAfterFiveAnswers(t *testing.T) {
	answers, split, skills := cloze(t)
	var all []Case
	var shipped, own []float64
	for part := range 5 {
		var train, test []Answer
		for i, a := range answers {
			if split[i] == part {
				test = append(test, a)
			} else {
				train = append(train, a)
			}
		}
		params := fitted(t, train, skills)
		cases := follow(t, test, params, ability.Usual(), func(n int) bool { return n == 5 })
		w, err := Fit(follow(t, train, params, ability.Usual(), func(n int) bool { return n >= 2 }), Shipped(), 10)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, cases...)
		shipped = append(shipped, chances(t, Shipped(), cases)...)
		own = append(own, chances(t, w, cases)...)
	}
	a, b := auc(all, shipped), auc(all, own)
	t.Logf("%d cases: AUC %.3f with the weights that ship, %.3f with the log's own", len(all), a, b)
	if a < 0.81 {
		t.Errorf("AUC %.3f", a)
	}
}

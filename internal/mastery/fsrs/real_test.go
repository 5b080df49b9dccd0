package fsrs

import (
	"compress/gzip"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// On answers with real times (statistics sentences with a gap, 478 adults; not part of the repository) the fitted weights must beat
// the published ones on learners that were held out, for each of three seeds.
func TestReal_FittedBeatsPublished(t *testing.T) {
	logs := cloze(t)
	for seed := range uint64(3) {
		start := time.Now()
		got, err := Try(logs, Options{Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("seed %d: %d learners, %d reviews held out: published %.4f, fitted %.4f (%v)", seed, got.Learners, got.Reviews, got.Before, got.After, time.Since(start).Round(time.Millisecond))
		if got.After >= got.Before {
			t.Errorf("seed %d: %+v", seed, got)
		}
	}
}

// cloze reads the log, which is never part of the repository: make check-data names the folder in KITH_REAL. One Log a
// learner and sentence; study without an answer is left out.
func cloze(t testing.TB) []Log {
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
	type row struct {
		who, what string
		right     bool
		at        time.Time
		took      int64
	}
	var all []row
	times := map[string][]int64{}
	for _, r := range rows[1:] {
		if r[3] == "STUDY" {
			continue
		}
		at, err := time.Parse(time.DateTime, r[4])
		if err != nil {
			t.Fatal(err)
		}
		s, _ := strconv.ParseInt(r[5], 10, 64)
		x := row{r[0], r[2], r[3] == "CORRECT", at, s * 1000}
		all = append(all, x)
		if x.right {
			times[x.what] = append(times[x.what], x.took)
		}
	}
	pace := map[string]Pace{}
	for k, v := range times {
		slices.Sort(v)
		pace[k] = Pace{v[len(v)/4], v[len(v)*9/10]}
	}
	at, logs := map[string]int{}, []Log{}
	last := map[string]time.Time{}
	for _, x := range all {
		key := x.who + " " + x.what
		i, ok := at[key]
		if !ok {
			i = len(logs)
			at[key] = i
			logs = append(logs, Log{Learner: x.who})
		}
		days := 0.0
		if ok {
			days = x.at.Sub(last[key]).Hours() / 24
		}
		last[key] = x.at
		logs[i].Reviews = append(logs[i].Reviews, Review{Days: days, Ease: EaseOf(x.right, false, x.took, pace[x.what], days)})
	}
	return logs
}

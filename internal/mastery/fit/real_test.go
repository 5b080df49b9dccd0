package fit

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"kith/internal/evidence"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
)

// On answers with real times (statistics sentences with a gap; never part of the repository, make check-data names the
// folder in KITH_REAL) the fitted model must beat the default on learners held out, and be calibrated.
func TestReal_FittedModelBeatsTheDefault(t *testing.T) {
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
	at, learners := map[string]int{}, []Learner{}
	for _, r := range rows[1:] {
		if r[3] == "STUDY" {
			continue
		}
		when, err := time.Parse(time.DateTime, r[4])
		if err != nil {
			t.Fatal(err)
		}
		took, _ := strconv.ParseInt(r[5], 10, 64)
		n, ok := at[r[0]]
		if !ok {
			n = len(learners)
			at[r[0]] = n
			learners = append(learners, Learner{ID: roster.PersonID(r[0])})
		}
		l := &learners[n]
		a := evidence.Attempt{Item: item.ID(r[1]), Skill: skill.ID(r[2]), Kind: item.Number, Try: 1, DrawN: 1, Purpose: evidence.ForPractice, Outcome: item.NotYet, TookMs: took * 1000}
		if r[3] == "CORRECT" {
			a.Outcome = item.Right
		}
		seq := int64(len(l.Facts) + 1)
		l.Facts = append(l.Facts, evidence.Fact{ID: fmt.Sprintf("%s.%d", r[0], seq), Seq: seq, Kind: evidence.KindAttempt, HappenedMs: when.UnixMilli(), ReceivedMs: when.UnixMilli(), Attempt: &a})
	}
	began := time.Now()
	_, r, err := Fit(learners, mastery.Default(), names)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d learners, %d answers, %v; held out %d learners, %d answers: log loss %.4f -> %.4f, ECE %.4f -> %.4f; %d reviews, memory %.4f -> %.4f; course %+v, strength %.0f",
		r.Learners, r.Answers, time.Since(began).Round(time.Millisecond), r.HeldOut, r.After.Answers, r.Before.LogLoss, r.After.LogLoss, r.Before.ECE, r.After.ECE, r.Reviews, r.Memory.Before, r.Memory.After, r.New, r.Strength)
	if !r.Better() || r.After.ECE > 0.04 {
		t.Errorf("got %+v and %+v", r.Before, r.After)
	}
}

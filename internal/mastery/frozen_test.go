package mastery

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"kith/internal/evidence"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/skill"
)

// various are facts of every kind that a fold knows, over weeks, on four skills (seed fixed).
func various(seed uint64, n int) []evidence.Fact {
	r := rand.New(rand.NewPCG(seed, 99))
	ids := []skill.ID{"a", "b", "c", "d"}
	var out []evidence.Fact
	ms := int64(1_790_000_000_000)
	for k := range n {
		ms += int64(r.IntN(90_000))
		if r.IntN(12) == 0 {
			ms += int64(r.IntN(9 * 86_400_000))
		}
		f := evidence.Fact{ID: fmt.Sprintf("f%d", k+1), Learner: roster.PersonID("amina"), Seq: int64(k + 1), HappenedMs: ms - int64(r.IntN(3_000)), ReceivedMs: ms}
		switch x := r.IntN(40); {
		case x == 0 && k > 0:
			f.Kind, f.Withdrawal = evidence.KindWithdrawal, &evidence.Withdrawal{Fact: fmt.Sprintf("f%d", 1+r.IntN(k))}
		case x <= 2:
			f.Kind, f.Credit = evidence.KindCredit, &evidence.Credit{Skill: ids[r.IntN(4)], Act: []string{"credit", "reopen"}[r.IntN(2)], By: "teacher"}
		case x == 3:
			f.Kind, f.SelfRating = evidence.KindSelfRating, &evidence.SelfRating{Objective: "o", Says: "yes"}
		default:
			order := r.Perm(4)
			a := evidence.Attempt{Item: item.ID(fmt.Sprintf("i%d", r.IntN(9))), Skill: ids[order[0]], Try: 1 + max(0, r.IntN(6)-3), Hints: max(0, r.IntN(6)-4),
				Outcome: []item.Outcome{item.Right, item.Right, item.Right, item.NotYet, item.NotYet, item.Unread}[r.IntN(6)],
				Kind:    []item.Kind{item.Number, item.Choice, item.Choices}[r.IntN(3)], Purpose: []evidence.Purpose{evidence.ForPractice, evidence.ForCheck, evidence.ForExit}[r.IntN(3)],
				TookMs: int64(r.IntN(40_000))}
			if a.Kind != item.Number {
				a.Options = 2 + r.IntN(4)
			}
			for _, i := range order[1 : 1+max(0, r.IntN(5)-2)] {
				a.Others = append(a.Others, ids[i])
			}
			if a.Outcome == item.NotYet && r.IntN(5) == 0 {
				a.Unlearned = true
			} else if a.Outcome == item.NotYet && r.IntN(2) == 0 {
				a.Mistake = "upside-down"
			}
			f.Kind, f.Attempt = evidence.KindAttempt, &a
		}
		out = append(out, f)
	}
	return out
}

func foldHash(t *testing.T, m Model, facts []evidence.Fact) string {
	t.Helper()
	all, err := Fold(m, facts)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(all) // maps are written in the order of their keys
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// What stands in schools that began with the first model: its row must load, and its estimates fold to the same bits, for
// as long as there are such schools (kith recompute --check). The hashes were made when it was the only model.
func TestFold_TheFirstModelFoldsToTheSameBits(t *testing.T) {
	const row = `{"bkt":{"init":0.25,"learn":0.12,"slip":0.1,"guess":0.2},"secure":0.95,"items":2,"doubt":0.7,"run":2,"fraction":0.3}`
	m, err := Load("01980000-0000-7000-8000-000000000001", "bkt-1", []byte(row), "b4990023d059a9fcaf2b43d979a924e13bf6b1a2ce49338654166c46f2ff1330")
	if err != nil {
		t.Fatal(err)
	}
	if m.Hash != First().Hash {
		t.Errorf("First hashes to %s", First().Hash)
	}
	all, err := Fold(m, various(9, 25))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"Skill":"a","PKnown":0.8731536827470427,"Attempts":1,"Unaided":0,"LastUnaided":false,"LastMs":1791514666698,"SecureSinceMs":1790770867070,"Credited":true,"Status":"secure","State":{"tries":[{"went":"not_yet"}],"facts":["f1","f5","f8","f16","f21"],"since":1}}`
	if got, _ := json.Marshal(all["a"]); string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if runtime.GOARCH != "amd64" {
		t.Skip("on other processors a compiler may join a product and a sum, and round once instead of twice")
	}
	for seed, want := range []string{"ca09a17f59b11a75", "8de62ba65cde6d93", "dea427659d47ca55", "760dfd85d5e11e16"} {
		if got := foldHash(t, m, various(uint64(seed), 500)); got != want {
			t.Errorf("seed %d: got %s, want %s", seed, got, want)
		}
	}
}

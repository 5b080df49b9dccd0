package mastery

import (
	"math/rand/v2"
	"testing"

	"kith/internal/item"
	"kith/internal/skill"
)

// Answers of a tablet without a network arrive days after others were given elsewhere. Whenever it arrives, a right answer
// never takes away on any day to come what would have been shown without it.
func TestSecond_ARightAnswerThatArrivesLateLowersNothing(t *testing.T) {
	rank := map[Status]int{NotStarted: 0, Growing: 0, AnotherLook: 1, Secure: 2}
	for name, m := range map[string]Model{"default": Default(), "own": own(t)} {
		checked := 0
		for seed := range uint64(60) {
			r := rand.New(rand.NewPCG(seed, 8))
			now := map[skill.ID]Estimate{}
			for _, f := range various(seed, 200) {
				if f.Attempt != nil && r.IntN(3) == 0 {
					f.HappenedMs -= int64(r.IntN(12 * dayMs)) // from the box of a tablet
				}
				after, err := Step(m, now, f)
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range after {
					old, ok := now[e.Skill]
					if !ok {
						old = Start(m, e.Skill)
					}
					now[e.Skill] = e
					if f.Attempt == nil || f.Attempt.Outcome != item.Right || m.Params.Second.rapid(f.Attempt) {
						continue
					}
					for day := range int64(60) {
						page := f.ReceivedMs + day*dayMs
						if x, y := StatusAt(old, page), StatusAt(e, page); rank[y] < rank[x] && old.State.FadesMs > 0 {
							t.Fatalf("%s, seed %d, %s, %d days after it was received: %s without it, %s with it", name, seed, f.ID, day, x, y)
						}
					}
					checked++
				}
			}
		}
		if checked < 3_000 {
			t.Fatalf("only %d checked", checked)
		}
	}
}

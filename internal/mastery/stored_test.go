package mastery

import (
	"encoding/json"
	"reflect"
	"testing"

	"kith/internal/skill"
)

// Whoever has just written an estimate goes on with it and does not read the row again.
func TestEstimate_GoesOnTheSameWhetherReadBackOrNot(t *testing.T) {
	for _, m := range []Model{Default(), own(t)} {
		kept, read := map[skill.ID]Estimate{}, map[skill.ID]Estimate{}
		for _, f := range various(5, 3_000) {
			if f.Withdrawal != nil {
				continue
			}
			a, errA := Step(m, kept, f)
			b, errB := Step(m, read, f)
			if errA != nil || errB != nil {
				t.Fatal(errA, errB)
			}
			if !reflect.DeepEqual(a, b) {
				t.Fatalf("after %s:\nkept %+v\nread %+v", f.ID, a, b)
			}
			for i, id := range Skills(f) {
				body, err := json.Marshal(a[i])
				if err != nil {
					t.Fatal(err)
				}
				var back Estimate
				if err := json.Unmarshal(body, &back); err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(a[i], back) {
					t.Fatalf("after %s:\nwritten %+v\nread    %+v", f.ID, a[i], back)
				}
				kept[id], read[id] = a[i], back
			}
		}
	}
}

package repolint_test

import (
	"testing"

	"kith/internal/repolint"
)

// TestRepository runs every rule on this repository. `make test` runs it with -count=1.
func TestRepository(t *testing.T) {
	r, err := repolint.Load("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range repolint.Check(r) {
		t.Error(f)
	}
	for _, w := range repolint.Warnings(r) {
		t.Log("look: " + w)
	}
}

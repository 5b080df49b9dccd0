package learner_test

import (
	"strings"
	"testing"

	"kith/internal/phrase"
	"kith/internal/web"
	"kith/internal/web/learner"
)

// TestSpanish_HasEveryWordOfAGuardiansPage: a guardian who chose Spanish meets no English sentence of ours.
func TestSpanish_HasEveryWordOfAGuardiansPage(t *testing.T) {
	words, err := phrase.Load(web.Files, learner.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range words.Keys() {
		of, _, _ := strings.Cut(key, ".")
		switch of {
		case "child", "children", "record", "why", "role":
		default:
			if !strings.HasPrefix(key, "ui.status.") && key != "ui.out" && key != "ui.skip" && key != "ui.minutes" {
				continue
			}
		}
		if es := words.Words("es", key)[key]; es == words.Words("en", key)[key] {
			t.Errorf("%s reads %q in Spanish too", key, es)
		}
	}
}

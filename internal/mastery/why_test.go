package mastery

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"kith/internal/phrase"
)

func TestWhy_SaysWhatSpeaksLoudest(t *testing.T) {
	for _, c := range []struct {
		words []string
		want  phrase.Phrase
	}{
		{nil, phrase.Of("why.none")},
		{[]string{"a"}, phrase.Of("why.few", "n", 1)},
		{[]string{"a!"}, phrase.Of("why.unlearned")},
		{[]string{"a-", "b", "c", "d?"}, phrase.Of("why.run_mixed", "n", 3, "alone", 2)},
		{[]string{"a-", "b", "c", "d"}, phrase.Of("why.run_alone", "n", 3)},
		{[]string{"a?", "b2"}, phrase.Of("why.run_helped", "n", 2)},
		{[]string{"a", "b-", "c-"}, phrase.Of("why.not_yet_run")},
		{[]string{"a", "b", "c", "a-", "b-"}, phrase.Of("why.look")},
		{[]string{"a", "b-", "c", "d-"}, phrase.Of("why.mixed", "right", 2, "n", 4)},
		{[]string{"a", "b", "c", "d", "e", "f"}, phrase.Of("why.run_alone", "n", 5)}, // five are remembered
		{[]string{"a-", "+"}, phrase.Of("why.credited")},
		{[]string{"+", "a", "b"}, phrase.Of("why.run_alone", "n", 2)},
		{[]string{"a", "b", "c", "<"}, phrase.Of("why.reopened")},
	} {
		if got := Why(after(t, c.words...)); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v: got %+v, want %+v", c.words, got, c.want)
		}
	}
}

// Every sentence that Why can choose has its words, and none of them compares, counts chances or blames.
func TestWhy_HasWordsAndDignity(t *testing.T) {
	b, err := os.ReadFile("../phrase/en/why.en.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]string
	if err := json.Unmarshal(b, &words); err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"none", "few", "unlearned", "run_mixed", "run_alone", "run_helped", "not_yet_run", "look", "mixed", "credited", "reopened"} {
		if words["why."+code] == "" {
			t.Errorf("why.%s has no words", code)
		}
	}
	for key, s := range words {
		for _, bad := range []string{"wrong", "behind", "late", "fail", "%", "probab", "class"} {
			if strings.Contains(strings.ToLower(s), bad) {
				t.Errorf("%s says %q", key, bad)
			}
		}
	}
}

func TestLastMistake_StandsUntilARightAlone(t *testing.T) {
	for _, c := range []struct {
		words []string
		want  string
	}{
		{[]string{"a-"}, "upside-down"},
		{[]string{"a-", "a2"}, "upside-down"}, // right with help does not clear it
		{[]string{"a-", "b"}, ""},
		{[]string{"a!"}, ""},
		{nil, ""},
	} {
		if got := after(t, c.words...).LastMistake(); got != c.want {
			t.Errorf("%v: got %q, want %q", c.words, got, c.want)
		}
	}
}

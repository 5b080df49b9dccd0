package flow

import (
	"fmt"
	"testing"

	"kith/internal/access"
)

func TestReread_ReadsAgainOnlyWhatChanged(t *testing.T) {
	f := &Flow{memory: newMemory()}
	here, there := &Look{f: f, who: access.Actor{School: "here"}}, &Look{f: f, who: access.Actor{School: "there"}}
	n := 0
	ask := func(l *Look, key, text string) string {
		got, err := Reread(l, key, text, func(text string) (string, error) { n++; return "read " + text, nil })
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, c := range []struct {
		l         *Look
		key, text string
		readings  int
	}{
		{here, "a", "one", 1}, {here, "a", "one", 1}, {here, "a", "two", 2}, {here, "a", "one", 3},
		{there, "a", "one", 4}, {here, "b", "one", 5}, {here, "a", "one", 5},
	} {
		if got := ask(c.l, c.key, c.text); got != "read "+c.text || n != c.readings {
			t.Errorf("%s %s: %q after %d readings, want %d", c.key, c.text, got, n, c.readings)
		}
	}
	Reads(here, "c", "written", "known beforehand")
	if got := ask(here, "c", "written"); got != "known beforehand" {
		t.Errorf("a text that was just written was read: %q", got)
	}
	for i := range 2 * mostRead {
		ask(here, fmt.Sprint(i), "x")
	}
	if len(f.memory.read) > mostRead {
		t.Errorf("%d readings are remembered, at most %d", len(f.memory.read), mostRead)
	}
}

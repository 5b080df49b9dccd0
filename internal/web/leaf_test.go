package web

import (
	"testing"
	"time"

	"kith/internal/phrase"
)

// Documents word time by themselves, script pages by the browser (lib/time.ts and its test). These are what
// Intl.DateTimeFormat gives for en and es.
func TestLeaf_WordsDaysAndTimesAsScriptPagesDo(t *testing.T) {
	words, err := phrase.Load(Files)
	if err != nil {
		t.Fatal(err)
	}
	at := func(hour, minute int) int64 { return time.Date(2026, 11, 24, hour, minute, 0, 0, time.UTC).UnixMilli() }
	for locale, want := range map[string][5]string{
		"en": {"November 24", "Tuesday, November 24", "12:05 AM", "12:00 PM", "2:30 PM"},
		"es": {"24 de noviembre", "martes, 24 de noviembre", "0:05", "12:00", "14:30"},
	} {
		l := Leaf{server: &Server{Config: Config{Catalogue: words}}, zone: time.UTC}
		l.Locale = locale
		got := [5]string{l.Day(at(9, 0)), l.LongDay("2026-11-24"), l.Clock(at(0, 5)), l.Clock(at(12, 0)), l.Clock(at(14, 30))}
		if got != want {
			t.Errorf("%s: got %q, want %q", locale, got, want)
		}
	}
}

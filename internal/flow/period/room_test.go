package period_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kith/internal/classroom"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/period"
	"kith/internal/flow/schooltest"
	"kith/internal/mastery"
	"kith/internal/roster"
)

func seated(r period.RoomPage) (n int) {
	for _, p := range r.Places {
		n += len(p.Names)
	}
	return n
}

func TestRoom_PlacesEveryoneByFirstNameAndHoldsNothingElse(t *testing.T) {
	s := newLesson(t)
	r := schooltest.Show(s, period.Room, s.Okafor, library.ClassIn{Class: s.Class})
	if r.State != period.DayRunning || seated(r) != 5 || r.Places[0].Where.Code != "pile.table" {
		t.Errorf("%+v", r)
	}
	var names []string
	for _, p := range r.Places {
		names = append(names, p.Names...)
	}
	if slices.Sort(names); !slices.Equal(names, []string{"L01", "L02", "L03", "L04", "L05"}) {
		t.Errorf("first names: %v", names)
	}
	var walk func(at reflect.Type, path string)
	walk = func(at reflect.Type, path string) {
		switch at.Kind() {
		case reflect.Slice, reflect.Pointer:
			walk(at.Elem(), path)
		case reflect.Struct:
			for _, f := range reflect.VisibleFields(at) {
				low := strings.ToLower(f.Name + " " + f.Type.String())
				for _, never := range []string{"skill", "status", "signal", "reason", "kind", "shade", "company", "mistake", "exit", "mastery"} {
					if strings.Contains(low, never) {
						t.Errorf("%s.%s %s: the projector has no field for %s", path, f.Name, f.Type, never)
					}
				}
				walk(f.Type, path+"."+f.Name)
			}
		}
	}
	walk(reflect.TypeOf(r), "room")
	body, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Skill A", "sit", "carry", "watch", "deeper", string(mastery.Growing)} {
		if strings.Contains(string(body), word) {
			t.Errorf("the projector's data holds %q", word)
		}
	}
	unseen(s, period.Room, s.Lin, library.ClassIn{Class: s.Class}, fault.NotFound)
	unseen(s, period.Room, s.Learners[0], library.ClassIn{Class: s.Class}, fault.Forbidden)
}

func TestRoom_OnePlaceForTwoPilesAndAlikeNamesKeepTheirInitial(t *testing.T) {
	day := period.Day{Piles: []period.DayPile{
		{Place: "Window", Members: []period.PileMember{{Named: flow.Named{ID: "e"}}}},
		{Place: "10", Members: []period.PileMember{{Named: flow.Named{ID: "d"}}}},
		{Place: "2", Members: []period.PileMember{{Named: flow.Named{ID: "c"}}, {Named: flow.Named{ID: "a"}}}},
		{Place: "2", Members: []period.PileMember{{Named: flow.Named{ID: "b"}}}},
	}, Unplaced: []flow.Named{{ID: "f"}}}
	got := period.RoomPlaces(day, map[roster.PersonID]string{"a": "Amina G", "b": "Amina K", "c": "Ben", "d": "Dan", "e": "Eve", "f": "Fay"})
	var flat []string
	for _, p := range got {
		flat = append(flat, p.Where.Code+":"+strings.Join(p.Names, "+"))
	}
	want := []string{"pile.table:Amina G+Amina K+Ben", "pile.table:Dan", "pile.place:Eve", "room.free:Fay"}
	if !slices.Equal(flat, want) {
		t.Errorf("got %v, want %v", flat, want)
	}
}

func TestPlacesFor_NoTableNumberStandsForOneKind(t *testing.T) {
	piles := []classroom.Pile{{Key: "sit:a::1"}, {Key: "watch:::1"}, {Key: "carry:::1"}, {Key: "deeper:::1"}}
	sitsAt := map[string]bool{}
	for _, on := range []string{"2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02"} {
		day := period.Day{Class: "7b", On: on}
		got := period.PlacesFor(day, piles)
		if again := period.PlacesFor(day, piles); !slices.Equal(got, again) {
			t.Errorf("%s: %v, then %v", on, got, again)
		}
		sitsAt[got[0]] = true
		slices.Sort(got)
		if !slices.Equal(got, []string{"1", "2", "3", "4"}) {
			t.Errorf("%s: tables %v", on, got)
		}
	}
	if len(sitsAt) < 3 {
		t.Errorf("over eight days the pile that sits with the teacher had only the tables %v", sitsAt)
	}
}

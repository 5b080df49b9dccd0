package graphcsv

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"kith/internal/fault"
	"kith/internal/skill"
)

func TestRead_KeepsEdgesAsTheyStand(t *testing.T) {
	got, err := Read("g.csv", []byte("\ufeffTo, From\r\nb,a\r\n\"c, too\",b\r\na,\"c, too\"\r\nb,a\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []skill.Edge{{From: "a", To: "b"}, {From: "b", To: "c, too"}, {From: "c, too", To: "a"}, {From: "a", To: "b"}}
	if !reflect.DeepEqual(got.Edges, want) {
		t.Errorf("edges %v", got.Edges)
	}
	if len(got.Skills) != 3 || got.Skills[0].ID != "a" || got.Skills[2].Code != "c, too" {
		t.Errorf("skills %v", got.Skills)
	}
}

func TestRead_RefusesByNameAndLine(t *testing.T) {
	for _, c := range []struct {
		text, code string
		line       any
	}{
		{"", "fault.graph.empty", nil},
		{" \n", "fault.graph.empty", nil},
		{"from,to\n", "fault.graph.empty", nil},
		{"a,b\nc,d\n", "fault.graph.columns", nil},
		{"from,to,kind\na,b,related\n", "fault.graph.columns", nil},
		{"from\na\n", "fault.graph.columns", nil},
		{"from,from\na,b\n", "fault.graph.columns", nil},
		{"from,to\na,b\nc\n", "fault.graph.broken", 3},
		{"from,to\na,\"b\n", "fault.graph.broken", 2},
		{"from,to\na,b\n,c\n", "fault.graph.name", 3},
		{"from,to\na," + strings.Repeat("x", 201) + "\n", "fault.graph.name", 2},
	} {
		_, err := Read("dir/g.csv", []byte(c.text))
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Say.Code != c.code || c.line != nil && f.Say.Args["line"] != c.line {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if f.Say.Args["file"] != "g.csv" {
			t.Errorf("%q: names the file %v", c.text, f.Say.Args["file"])
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("from,to\na,b\nb,a\n"))
	f.Add([]byte("to,from\n\"a\nb\",c\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := Read("g.csv", b)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("%v", err)
			}
			return
		}
		if g, of, _ := skill.Untangle(c); g.Len() == 0 || len(of) != len(c.Skills) {
			t.Fatalf("%d skills, %d in the graph", len(c.Skills), g.Len())
		}
	})
}

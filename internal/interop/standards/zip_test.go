package standards

import (
	"archive/zip"
	"bytes"
	"os"
	"reflect"
	"testing"

	"kith/internal/fault"
)

func TestZipped_ReadsAFrameworkAsInItsFolder(t *testing.T) {
	pack := func(names ...string) []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for _, n := range names {
			b, err := os.ReadFile("testdata/" + n)
			if err != nil {
				t.Fatal(err)
			}
			w, err := z.Create("ccss/" + n)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(b); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	want, err := Read("testdata")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Zipped("ccss.zip", pack("standards.json", "edges.csv"))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n%+v\n%+v", err, got, want)
	}
	// Without its edges it would take out those that the school has.
	if _, err := Zipped("ccss.zip", pack("standards.json")); fault.Said(err).Code != "fault.import.standards.lacks" {
		t.Error(err)
	}
}

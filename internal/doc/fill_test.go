package doc_test

import (
	"reflect"
	"testing"

	"kith/internal/doc"
)

type three struct{}

func (three) Value(expr string) (string, error) {
	return map[string]string{"a": "-3", "p": "1.5"}[expr], nil
}

func TestFill_PutsValuesIntoALine(t *testing.T) {
	for s, want := range map[string]string{
		"y = ":                           "y = ",
		"x [[signed(a)]], $[[dec(p,2)]]": "x − 3, $1.50",
		"[[a]] cups":                     "−3 cups",
	} {
		if got, err := doc.Fill(s, three{}); err != nil || got != want {
			t.Errorf("%q fills to %q, %v; want %q", s, got, err, want)
		}
	}
	got, err := doc.FillExprs("[[signed(a)]] of [[dec(p,2)]]")
	if want := []string{"a", "p"}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("expressions %v, %v; want %v", got, err, want)
	}
	if _, err := doc.FillExprs("[[a"); err == nil {
		t.Error("an open value was accepted")
	}
}

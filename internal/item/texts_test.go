package item

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"kith/internal/doc"
)

// Every doc.Doc that an item has anywhere is gone over, found by looking through the type itself: a further one cannot be forgotten.
func TestRetold_GoesOverEveryText(t *testing.T) {
	var it Item
	n := 0
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		switch {
		case v.Type() == reflect.TypeFor[doc.Doc]():
			n++
			v.Set(reflect.ValueOf(doc.Doc{Lang: fmt.Sprintf("was%d.", n)}))
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				fill(v.Field(i))
			}
		case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			fill(v.Index(0))
			fill(v.Index(1))
		}
	}
	fill(reflect.ValueOf(&it).Elem())
	was := fmt.Sprintf("%+v", it)
	seen := 0
	changed := it.Retold(func(d doc.Doc) doc.Doc {
		seen++
		d.Lang = "new"
		return d
	})
	if got := fmt.Sprintf("%+v", changed); seen != n || strings.Contains(got, "Lang:was") {
		t.Errorf("%d of %d texts: %s", seen, n, got)
	}
	if got := fmt.Sprintf("%+v", it); got != was {
		t.Errorf("it was changed itself: %s", got)
	}
}

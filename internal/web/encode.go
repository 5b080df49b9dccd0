package web

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"reflect"

	"kith/internal/fault"

	"github.com/danielgtaylor/huma/v2"
)

func urlEscape(s string) string { return url.QueryEscape(s) }

func invalidParam(name, text string) error {
	return fault.Invalidf(name, "%q is not a number", text)
}

// Encode writes v as JSON with empty lists as [] instead of null: what the pages' types promise. It is used for API
// answers, for the data inside a document and for live events alike.
func Encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	return e.Encode(fillSlices(reflect.ValueOf(v)).Interface())
}

var jsonFormat = huma.Format{
	// The answer is made whole before its first byte goes out. A reader who has gone away in between is no error: huma would
	// try to say so to them, after the answer had begun.
	Marshal: func(w io.Writer, v any) error {
		var answer bytes.Buffer
		encode := Encode
		if _, ok := v.(*Problem); ok {
			encode = func(w io.Writer, v any) error { return json.NewEncoder(w).Encode(v) }
		}
		if err := encode(&answer, v); err != nil {
			return err
		}
		_, _ = w.Write(answer.Bytes())
		return nil
	},
	Unmarshal: json.Unmarshal,
}

// fillSlices copies v with nil slices made empty, where a field is not marked omitempty or omitzero.
func fillSlices(v reflect.Value) reflect.Value {
	if !v.IsValid() {
		return reflect.ValueOf((*struct{})(nil))
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		n := reflect.New(v.Type().Elem())
		n.Elem().Set(fillSlices(v.Elem()))
		return n
	case reflect.Struct:
		n := reflect.New(v.Type()).Elem()
		n.Set(v)
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && holdsSlices(f.Type, 0) {
				n.Field(i).Set(fillSlices(v.Field(i)))
			}
		}
		return n
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return v
		}
		n := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		deep := holdsSlices(v.Type().Elem(), 0)
		for i := range v.Len() {
			if deep {
				n.Index(i).Set(fillSlices(v.Index(i)))
			} else {
				n.Index(i).Set(v.Index(i))
			}
		}
		return n
	case reflect.Map:
		if v.IsNil() || !holdsSlices(v.Type().Elem(), 0) {
			return v
		}
		n := reflect.MakeMapWithSize(v.Type(), v.Len())
		for it := v.MapRange(); it.Next(); {
			n.SetMapIndex(it.Key(), fillSlices(it.Value()))
		}
		return n
	}
	return v
}

// holdsSlices reports whether values of t may hold a slice; recursive types (doc.El) count as holding one.
func holdsSlices(t reflect.Type, depth int) bool {
	if depth > 8 {
		return true
	}
	switch t.Kind() {
	case reflect.Slice:
		return t.Elem().Kind() != reflect.Uint8
	case reflect.Pointer, reflect.Map:
		return holdsSlices(t.Elem(), depth+1)
	case reflect.Struct:
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() && holdsSlices(f.Type, depth+1) {
				return true
			}
		}
	}
	return false
}

package bank

import (
	"encoding/json"

	"kith/internal/flow/intake"
	"kith/internal/item"
)

// Differ names, by code, the items of a course that are not the same in what its file gives when it is read: missing, or saying
// something else. Skills and credits are left out of the comparison, since a file has them once for a whole folder and course.
func Differ(in, back intake.Bundle) []string {
	there := map[item.ID]string{}
	for _, it := range back.Items {
		there[it.ID] = said(it)
	}
	var out []string
	for _, it := range in.Items {
		if there[it.ID] != said(it) {
			out = append(out, it.Code)
		}
	}
	return out
}

// said is everything of an item that a file could say.
func said(it item.Item) string {
	it.Skills, it.Attribution, it.Version = nil, nil, 0
	b, err := json.Marshal(it)
	if err != nil {
		return ""
	}
	return string(b)
}

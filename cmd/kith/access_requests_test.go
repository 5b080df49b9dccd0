package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
)

// requests are what is sent for each operation.
var requests = map[string]request{
	"own_password": at("/password"),
	"set_password": form("/password", "password=a-long-enough-one"),
	"upload": func(w *world, _ actor) *http.Request {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/upload?op="+newUUID()+"&name=a.png", strings.NewReader("\x89PNG\r\n\x1a\n"))
		r.Header.Set("Content-Type", "image/png")
		return r
	},

	"follow":   at("/api/v1/live?topics=learner:%s", lenaID),
	"practice": at("/api/v1/page/practice/%s", func(w *world) string { return w.skill }),
	"record_attempt": act("/api/v1/record-attempt", func(w *world) map[string]any {
		return map[string]any{"learner": lenaID(w), "item": w.items[0].ID, "version": 1, "draw_n": 1, "try": 1, "hints": 0, "response": map[string]any{"boxes": []string{"1"}},
			"purpose": "practice", "took_ms": 1000, "happened_ms": 0}
	}),
}

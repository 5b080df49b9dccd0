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

	"now":  at("/api/v1/page/class/%s/now", class7B),
	"room": at("/api/v1/page/class/%s/room", class7B),
	"exit": at("/api/v1/page/exit/%s", func(w *world) string { return w.pile }),

	"start_day":    act("/api/v1/start-day", func(w *world) map[string]any { return map[string]any{"class": class7B(w)} }),
	"end_day":      act("/api/v1/end-day", func(w *world) map[string]any { return map[string]any{"class": class7B(w)} }),
	"raise_hand":   act("/api/v1/raise-hand", func(*world) map[string]any { return map[string]any{"line": "Why?"} }),
	"claim_help":   act("/api/v1/claim-help", func(w *world) map[string]any { return map[string]any{"hand": w.hand} }),
	"resolve_help": act("/api/v1/resolve-help", func(w *world) map[string]any { return map[string]any{"hand": w.hand} }),
	"open_exit":    act("/api/v1/open-exit", func(w *world) map[string]any { return map[string]any{"pile": w.pile} }),
	"sat_together": act("/api/v1/sat-together", func(w *world) map[string]any { return map[string]any{"pile": w.pile} }),
	"set_presence": act("/api/v1/set-presence", func(*world) map[string]any { return map[string]any{"page": "home"} }),

	"follow":   at("/api/v1/live?topics=learner:%s", lenaID),
	"practice": at("/api/v1/page/practice/%s", func(w *world) string { return w.skill }),
	"record_attempt": act("/api/v1/record-attempt", func(w *world) map[string]any {
		return map[string]any{"learner": lenaID(w), "item": w.items[0].ID, "version": 1, "draw_n": 1, "try": 1, "hints": 0, "response": map[string]any{"boxes": []string{"1"}},
			"purpose": "practice", "took_ms": 1000, "happened_ms": 0}
	}),
}

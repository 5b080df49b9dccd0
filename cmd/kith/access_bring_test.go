package main

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"

	"kith/internal/store"
	"kith/internal/store/db"
)

func init() { maps.Copy(requests, bringRequests) }

// bringRequests are the operations of what the teacher of 7B brings.
var bringRequests = map[string]request{
	"bring":   at("/api/v1/page/bring"),
	"example": at("/bring/example/csv"),
	"bring_file": func(*world, actor) *http.Request {
		return httptest.NewRequest(http.MethodPost, "/api/v1/bring-file?op="+newUUID()+"&name=a.gift", strings.NewReader("::a:: 1 + 1 = ? {#2}"))
	},
	"watch_bringing": ask("/api/v1/watch-bringing", func(w *world) map[string]any { return map[string]any{"id": w.bringing()} }),
	"place_bringing": act("/api/v1/place-bringing", func(w *world) map[string]any {
		return map[string]any{"id": w.bringing(), "kind": "gift", "place": map[string]any{"course": "", "skill": "", "class": "", "title": "", "licence": "", "authors": ""}}
	}),
	"take_bringing": act("/api/v1/take-bringing", func(w *world) map[string]any {
		w.flow.Settled() // one at a time
		return map[string]any{"id": w.bringing()}
	}),
	"drop_bringing": act("/api/v1/drop-bringing", func(w *world) map[string]any { return map[string]any{"id": w.bringing()} }),
	"preview_undo":  ask("/api/v1/preview-undo", func(w *world) map[string]any { return map[string]any{"id": w.imported()} }),
	"undo_import":   act("/api/v1/undo-import", func(w *world) map[string]any { return map[string]any{"id": w.imported()} }),
	"look_out": ask("/api/v1/look-out", func(w *world) map[string]any {
		return map[string]any{"class": class7B(w), "unit": w.unit, "kind": "gift"}
	}),
	"hand_out": at("/class/%s/out/%s/gift", class7B, unit7B),
}

func (w *world) writes(body func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	if err := w.flow.Store().Write(w.t.Context(), "import", body); err != nil {
		w.t.Fatal(err)
	}
}

// bringing is a file that the teacher of 7B has sent; its bytes are gone, so that taking it comes to nothing.
func (w *world) bringing() string {
	id := newUUID()
	w.writes(func(ctx context.Context, tx *store.Tx) error {
		return tx.AddBringing(ctx, db.AddBringingParams{SchoolID: string(w.school), ID: id, ByID: string(w.person[teacher]), AtMs: tx.Now, File: "a.gift", Sha256: "ab", Size: 1, Kind: "gift", Place: "{}"})
	})
	return id
}

// imported is an import that the teacher of 7B made, with nothing in it.
func (w *world) imported() string {
	id := newUUID()
	w.writes(func(ctx context.Context, tx *store.Tx) error {
		return tx.AddImport(ctx, db.AddImportParams{SchoolID: string(w.school), ID: id, Kind: "gift", Source: "gift/a", File: "a.gift", ByID: string(w.person[teacher]), AtMs: tx.Now})
	})
	return id
}

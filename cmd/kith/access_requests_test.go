package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/office"
	"kith/internal/roster"
)

// requests are what is sent for each operation.
var requests = map[string]request{
	"own_password": at("/password"),
	"set_password": func(w *world, a actor) *http.Request {
		const words = "four words in a row"
		return form("/password", url.Values{"login": {"access." + string(a)}, "password": {words}, "again": {words}, "op": {newUUID()}}.Encode())(w, a)
	},
	"upload": func(w *world, _ actor) *http.Request {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/upload?op="+newUUID()+"&name=a.png", strings.NewReader("\x89PNG\r\n\x1a\n"))
		r.Header.Set("Content-Type", "image/png")
		return r
	},

	"now":  at("/api/v1/page/class/%s/now", class7B),
	"room": at("/api/v1/page/class/%s/room", class7B),
	"exit": at("/api/v1/page/exit/%s", func(w *world) string { return w.pile }),

	"start_day": act("/api/v1/start-day", func(w *world) map[string]any { return map[string]any{"class": class7B(w)} }),
	"end_day":   act("/api/v1/end-day", func(w *world) map[string]any { return map[string]any{"class": class7B(w)} }),
	"raise_hand": func(w *world, a actor) *http.Request { // Lena's hand is up: hers comes down
		return act("/api/v1/raise-hand", func(*world) map[string]any { return map[string]any{"line": "Why?", "down": a == lena} })(w, a)
	},
	"claim_help":        act("/api/v1/claim-help", func(w *world) map[string]any { return map[string]any{"hand": w.hand} }),
	"resolve_help":      act("/api/v1/resolve-help", func(w *world) map[string]any { return map[string]any{"hand": w.hand} }),
	"open_exit":         act("/api/v1/open-exit", func(w *world) map[string]any { return map[string]any{"pile": w.pile} }),
	"sat_together":      act("/api/v1/sat-together", func(w *world) map[string]any { return map[string]any{"pile": w.pile} }),
	"set_presence":      act("/api/v1/set-presence", func(*world) map[string]any { return map[string]any{"page": "home"} }),
	"classes":           at("/api/v1/page/classes"),
	"create_class":      act("/api/v1/create-class", func(w *world) map[string]any { return map[string]any{"name": "9Z"} }),
	"class_people":      at("/api/v1/page/class/%s/people", class7B),
	"rename_class":      act("/api/v1/rename-class", func(w *world) map[string]any { return map[string]any{"class": class7B(w), "name": "7B"} }),
	"rotate_class_code": act("/api/v1/rotate-class-code", func(w *world) map[string]any { return map[string]any{"class": class7B(w)} }),
	"end_class": func(w *world, a actor) *http.Request {
		class := class7B(w)
		if a == admin { // the teacher's turn has ended 7B
			class = string(w.anotherClass())
		}
		return act("/api/v1/end-class", func(*world) map[string]any { return map[string]any{"class": class} })(w, a)
	},
	"add_learners": act("/api/v1/add-learners", func(w *world) map[string]any {
		return map[string]any{"class": class7B(w), "names": "Zoe Zed", "anyway": true}
	}),
	"unenroll": func(w *world, a actor) *http.Request {
		who := lenaID(w)
		if a == admin { // the teacher's turn has taken Lena out
			who = string(w.person[classmate])
		}
		return act("/api/v1/unenroll", func(*world) map[string]any { return map[string]any{"class": class7B(w), "person": who} })(w, a)
	},
	"cards":            at("/print/cards/%s", class7B),
	"make_cards":       func(w *world, a actor) *http.Request { return form("/print/cards/"+class7B(w), "op="+newUUID())(w, a) },
	"reset_pin":        aboutLena("/api/v1/reset-pin"),
	"suspend_person":   aboutLena("/api/v1/suspend-person"),
	"unsuspend_person": aboutLena("/api/v1/unsuspend-person"),
	"reset_password": act("/api/v1/reset-password", func(w *world) map[string]any { // Lena has none: learners sign in with pictures
		return map[string]any{"person": string(w.person[guardian])}
	}),
	"file":       at("/file/%s", func(w *world) string { return w.film }),
	"admin":      at("/api/v1/page/admin"),
	"set_school": act("/api/v1/set-school", func(*world) map[string]any { return map[string]any{"name": "Harbour School", "zone": "Europe/Lisbon"} }),
	"add_person": act("/api/v1/add-person", func(*world) map[string]any {
		return map[string]any{"role": "teacher", "given": "New", "family": "Teacher"}
	}),
	"link_guardian": act("/api/v1/link-guardian", func(w *world) map[string]any {
		return map[string]any{"learner": lenaID(w), "guardian": w.person[otherGuardian]}
	}),
	"unlink_guardian": act("/api/v1/unlink-guardian", func(w *world) map[string]any {
		return map[string]any{"learner": lenaID(w), "guardian": w.person[guardian]}
	}),
	"enroll": act("/api/v1/enroll", func(w *world) map[string]any {
		return map[string]any{"class": class7B(w), "person": lenaID(w), "role": "learner"}
	}),
	"set_settings": act("/api/v1/set-settings", func(*world) map[string]any { return map[string]any{"theme": "dark"} }),
	"me":           at("/api/v1/page/me"),
	"children":     at("/children"),
	"child":        at("/child/%s", lenaID),
	"child_map":    at("/child/%s/map", lenaID),
	"who_looked":   at("/record/%s", lenaID),

	"home":        at("/api/v1/page/home"),
	"plan":        at("/api/v1/page/plan"),
	"skills":      at("/api/v1/page/skills"),
	"map":         at("/api/v1/page/map"),
	"learner_map": at("/api/v1/page/learner/%s/map", lenaID),
	"class_map":   at("/api/v1/page/class/%s/map", class7B),
	"lesson":      at("/api/v1/page/lesson/%s", func(w *world) string { return w.own }),
	"task":        at("/api/v1/page/unit/%s/task", unit7B),
	"self":        at("/api/v1/page/unit/%s/self", unit7B),
	"check":       at("/api/v1/page/unit/%s/check", unit7B),
	"known":       at("/api/v1/page/unit/%s/known", unit7B),
	"activity":    at("/api/v1/page/activity/%s/%s", unit7B, func(w *world) string { return w.goal }),
	"course_file": at("/course/ratios/videos/same-taste.jpg"),

	"pick_role":    byLena("/api/v1/pick-role", func(w *world, in map[string]any) { in["role"] = "adder" }),
	"rate_self":    byLena("/api/v1/rate-self", func(w *world, in map[string]any) { in["objective"], in["says"] = w.goal, "bit" }),
	"start_check":  byLena("/api/v1/start-check", nil),
	"stop_check":   byLena("/api/v1/stop-check", nil),
	"ask_for_plan": byLena("/api/v1/ask-for-plan", nil),
	"wish_goal":    byLena("/api/v1/wish-goal", func(w *world, in map[string]any) { in["skill"] = w.skill }),
	"leave_goal":   byLena("/api/v1/leave-goal", func(w *world, in map[string]any) { in["goal"] = w.longing }),
	"answer_check": byLena("/api/v1/answer-check", func(w *world, in map[string]any) {
		in["sitting"], in["item"], in["version"], in["draw_n"], in["unlearned"] = w.sitting, w.asked.Item, w.asked.Version, w.asked.DrawN, true
		in["response"], in["took_ms"], in["happened_ms"] = map[string]any{}, 0, 0
	}),
	"send_plan": byLena("/api/v1/send-plan", func(w *world, in map[string]any) {
		in["proposal"], in["edits"], in["contested"], in["word"] = w.proposal, []any{}, []any{}, "Yes"
	}),
	"note_viewing": byLena("/api/v1/note-viewing", func(w *world, in map[string]any) {
		delete(in, "class_unit")
		in["lesson"], in["version"], in["from_ms"], in["to_ms"], in["rate"], in["happened_ms"] = w.own, 1, 0, 1000, 1, 0
	}),
	"save_resume": byLena("/api/v1/save-resume", func(w *world, in map[string]any) {
		delete(in, "class_unit")
		in["lesson"], in["position_ms"] = w.own, 1000
	}),
	"bring_question": byLena("/api/v1/bring-question", func(w *world, in map[string]any) { in["text"] = "Why?" }),
	"appeal":         byLena("/api/v1/appeal", func(w *world, in map[string]any) { delete(in, "class_unit"); in["attempt"] = w.believed }),
	"do_activity":    byLena("/api/v1/do-activity", func(w *world, in map[string]any) { in["objective"], in["note"] = w.goal, "" }),

	"read_answer": ask("/api/v1/read-answer", func(w *world) map[string]any {
		return map[string]any{"item": w.typed, "version": 1, "draw_n": 1, "text": "3x", "comma": false}
	}),
	"try_scaffold": ask("/api/v1/try-scaffold", func(w *world) map[string]any {
		return map[string]any{"item": w.typed, "version": 1, "draw_n": 1, "rung": 1, "response": map[string]any{"boxes": []string{"3"}}}
	}),
	"follow":   at("/api/v1/live?topics=learner:%s", lenaID),
	"practice": at("/api/v1/page/practice/%s", func(w *world) string { return w.skill }),
	"record_attempt": act("/api/v1/record-attempt", func(w *world) map[string]any {
		return map[string]any{"learner": lenaID(w), "item": w.items[0].ID, "version": 1, "draw_n": 1, "try": 1, "hints": 0, "response": map[string]any{"boxes": []string{"1"}},
			"purpose": "practice", "took_ms": 1000, "happened_ms": 0}
	}),
}

// byLena posts a verb that learners do for themselves in 7B's unit; more adds its own fields.
func byLena(path string, more func(w *world, in map[string]any)) request {
	return act(path, func(w *world) map[string]any {
		in := map[string]any{"learner": lenaID(w), "class_unit": w.unit}
		if more != nil {
			more(w, in)
		}
		return in
	})
}

// aboutLena posts a verb about her.
func aboutLena(path string) request {
	return act(path, func(w *world) map[string]any { return map[string]any{"person": lenaID(w)} })
}

// anotherClass is a class of the administrator's own school that nobody has ended.
func (w *world) anotherClass() roster.ClassID {
	who := access.Actor{School: w.school, Person: w.person[admin], Role: roster.Admin}
	out, err := flow.Run(w.t.Context(), w.flow, office.CreateClass, who, office.CreateClassIn{Op: flow.Op{Op: newUUID()}, Name: "9Y"})
	if err != nil {
		w.t.Fatal(err)
	}
	return out.Class.ID
}

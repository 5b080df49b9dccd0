package staff

import (
	"context"
	"mime"
	"net/http"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/export"
	"kith/internal/flow/intake"
	"kith/internal/interop/bringing"
	"kith/internal/interop/formats"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/web"
)

// registerBring adds the page on which a file is brought, tried and taken, and on which a unit's items are handed out.
func registerBring(s *web.Server) {
	run := bringing.New(s.Flow, s.Blobs, s.Brought, func() (yes, no string) {
		return s.Catalogue.Say(phrase.Default, phrase.Of("import.true")), s.Catalogue.Say(phrase.Default, phrase.Of("import.false"))
	})
	run.Say = func(p phrase.Phrase) string { return s.Catalogue.Say(phrase.Default, p) }
	web.PageOf(s, web.Spec{Path: "/bring", Script: "staff/bring", Title: "bring.title", Tab: "units", Words: []string{"import.", "export."}}, bringView(run))
	web.Upload(s, "/api/v1/bring-file", bringing.MaxFile, bringing.HeadBytes, intake.BringFile, received(run), func(ctx context.Context, _ intake.BringFileIn, done intake.BringFileOut) (intake.BringingIn, error) {
		run.Forget(ctx, web.ActorOf(ctx).School, done.Dropped...)
		return intake.BringingIn{ID: done.ID}, nil
	})
	web.AskBy(s, "/api/v1/watch-bringing", intake.WatchBringing, func(_ context.Context, _ intake.BringingIn, b intake.Bringing) (bringing.BringState, error) {
		return run.Look(b), nil
	})
	web.ActBy(s, "/api/v1/place-bringing", intake.PlaceBringing, nil, func(_ context.Context, in intake.PlaceBringingIn, done flow.DoneOut) (flow.DoneOut, error) {
		run.Again(in.ID)
		return done, nil
	})
	web.ActBy(s, "/api/v1/take-bringing", intake.TakeBringing, nil, func(ctx context.Context, in intake.TakeBringingIn, done flow.DoneOut) (flow.DoneOut, error) {
		b, err := flow.Show(ctx, s.Flow, intake.WatchBringing, web.ActorOf(ctx), in.BringingIn)
		if err == nil && b.State == bringing.Taking {
			run.Take(b)
		}
		return done, err
	})
	web.ActBy(s, "/api/v1/drop-bringing", intake.DropBringing, nil, func(ctx context.Context, in intake.DropBringingIn, done intake.BringFileOut) (intake.BringingIn, error) {
		run.Again(in.ID)
		run.Forget(ctx, web.ActorOf(ctx).School, done.Dropped...)
		return in.BringingIn, nil
	})
	web.AskBy(s, "/api/v1/preview-undo", intake.PreviewUndo, func(ctx context.Context, in intake.ImportIn, _ intake.ImportIn) (intake.Folded, error) {
		r, err := intake.Undo(ctx, s.Flow, web.ActorOf(ctx).School, in.ID, true, nil)
		return intake.Fold(r), err
	})
	web.ActBy(s, "/api/v1/undo-import", intake.UndoImport, nil, func(ctx context.Context, in intake.UndoIn, done flow.DoneOut) (flow.DoneOut, error) {
		run.Undo(web.ActorOf(ctx).School, in.ID)
		return done, nil
	})
	web.Bytes(s, "/bring/example/{kind}", intake.Example, sendExample)
	registerOut(s, run)
}

// registerOut adds what hands items out.
func registerOut(s *web.Server, run *bringing.Runner) {
	web.AskBy(s, "/api/v1/look-out", export.LookOut, func(_ context.Context, _ export.OutIn, out export.Out) (intake.Folded, error) {
		w, err := run.Write(out)
		return intake.Fold(w.Report), err
	})
	web.Bytes(s, "/class/{class}/out/{unit}/{kind}", export.HandOut, func(w http.ResponseWriter, _ *http.Request, out export.Out) error {
		f, err := run.Write(out)
		if err != nil {
			return err
		}
		send(w, f.Name, f.Type, f.Body)
		return nil
	})
}

// BringView is the page with the formats that there are and with the bringing that is on the table.
type BringView struct {
	intake.BringPage
	State *bringing.BringState `json:"state,omitempty"`
}

func bringView(run *bringing.Runner) flow.View[intake.BringIn, BringView] {
	v := intake.Bring
	return flow.View[intake.BringIn, BringView]{Name: v.Name, Rule: v.Rule, About: v.About, Load: func(l *flow.Look, in intake.BringIn) (BringView, error) {
		p, err := v.Load(l, in)
		if err != nil {
			return BringView{}, err
		}
		for _, f := range formats.All {
			p.Kinds = append(p.Kinds, intake.BringKind{Kind: f.Kind, Template: f.Template != nil, Writes: f.Writes()})
		}
		if p.Admin {
			p.Kinds = append(p.Kinds, intake.BringKind{Kind: intake.KindPeople}, intake.BringKind{Kind: intake.KindStandards})
		}
		out := BringView{BringPage: p}
		b, err := intake.OnTable(l, in, p)
		if err != nil || b == nil {
			return out, err
		}
		state := run.Look(*b)
		out.State = &state
		return out, nil
	}}
}

// received makes a bringing's input of a file that has arrived.
func received(run *bringing.Runner) func(r *http.Request, f web.Received) (intake.BringFileIn, error) {
	return func(r *http.Request, f web.Received) (intake.BringFileIn, error) {
		return inputOf(r, f, run.Guess(web.ActorOf(r.Context()).School, f.SHA256, f.Size, f.Head)), nil
	}
}

func inputOf(r *http.Request, f web.Received, kind string) intake.BringFileIn {
	q := r.URL.Query()
	in := intake.BringFileIn{Op: flow.Op{Op: q.Get("op")}, SHA256: f.SHA256, Size: f.Size, Name: f.Name, Kind: kind,
		Place: intake.BringPlace{Course: q.Get("course"), Skill: skill.ID(q.Get("skill")), Class: roster.ClassID(q.Get("class"))}}
	if in.Kind == intake.KindPeople || in.Kind == intake.KindStandards {
		in.Place.Course, in.Place.Skill = "", ""
	} else {
		in.Place.Class = ""
	}
	return in
}

func sendExample(w http.ResponseWriter, _ *http.Request, in intake.ExampleIn) error {
	f, ok := formats.Find(in.Kind)
	if !ok || f.Template == nil {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	send(w, "example."+f.Ext, f.Type, f.Template())
	return nil
}

// send hands out a file to keep.
func send(w http.ResponseWriter, name, kind string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	_, _ = w.Write(body)
}

package bringing

import (
	"context"
	"encoding/base64"
	"slices"

	"kith/internal/access"
	"kith/internal/doc"
	"kith/internal/flow"
	"kith/internal/flow/intake"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/skill"
)

// Trial is what would become of a file; nothing is written yet.
type Trial struct {
	Report    intake.Folded         `json:"report"`
	Course    string                `json:"course"`    // its title, "" for people
	New       bool                  `json:"new"`       // the course is not there yet
	Skills    []library.PartSkill   `json:"skills"`    // to which items go, with how many
	Placeless int                   `json:"placeless"` // items and lessons that the file puts nowhere
	Choose    []library.PartSkill   `json:"choose"`    // skills of the course, for those
	Credits   []Credit              `json:"credits"`
	Samples   []library.PreviewItem `json:"samples"`
}

// Credit is what the file says of where it comes from. Bound: the licence allows no changed copies.
type Credit struct {
	item.Attribution
	Bound bool `json:"bound"`
}

// The most that a trial shows of each; the rest is counted.
const (
	mostSamples = 4
	mostSkills  = 60
	mostCredits = 5
	mostPicture = 256 << 10 // bytes of a picture in a sample
)

func (r *Runner) trialOf(ctx context.Context, b intake.Bringing, far func(done, all int)) (*Trial, error) {
	if b.Kind == intake.KindPeople {
		in, class, err := r.people(ctx, b)
		if err != nil {
			return nil, err
		}
		report, err := intake.ImportPeople(ctx, r.Flow, b.By, in, class, true, far)
		return &Trial{Report: intake.Fold(report)}, err
	}
	if b.Kind == intake.KindStandards {
		in, err := r.standards(b)
		if err != nil {
			return nil, err
		}
		report, err := intake.ImportStandards(ctx, r.Flow, b.By.School, in, true, far)
		return &Trial{Report: intake.Fold(report)}, err
	}
	in, have, placeless, open, err := r.bundle(ctx, b)
	if err != nil {
		return nil, err
	}
	defer open.Close()
	report, err := intake.ImportBundle(ctx, r.Flow, b.By.School, in, true, far)
	if err != nil {
		return nil, err
	}
	report.Kind = b.Kind
	t := &Trial{Report: intake.Fold(report), Course: in.Course.Title, New: have.Course.ID == "", Placeless: placeless, Credits: creditsOf(in)}
	t.places(in, have)
	return t, r.Flow.Snapshot(ctx, access.Actor{School: b.By.School, System: true}, func(l *flow.Look) error {
		t.Samples = samplesOf(l, in)
		return nil
	})
}

// places says to which skills items go, and which there are for what the file puts nowhere.
func (t *Trial) places(in, have intake.Bundle) {
	n, titles := map[skill.ID]int{}, map[skill.ID]string{}
	for _, s := range in.Course.Skills {
		titles[s.ID] = s.Title
	}
	for _, it := range in.Items {
		n[it.Skills[0]]++
	}
	for _, s := range in.Course.Skills {
		if n[s.ID] > 0 && len(t.Skills) < mostSkills {
			t.Skills = append(t.Skills, library.PartSkill{ID: s.ID, Title: titles[s.ID], Items: n[s.ID]})
		}
	}
	if t.Placeless == 0 {
		return
	}
	for _, s := range have.Course.Skills {
		t.Choose = append(t.Choose, library.PartSkill{ID: s.ID, Title: s.Title, Items: n[s.ID]})
	}
}

// creditsOf are the sources that the items and lessons name, each once.
func creditsOf(in intake.Bundle) []Credit {
	var out []Credit
	note := func(a *item.Attribution) {
		if a == nil || len(out) >= mostCredits {
			return
		}
		if c := (Credit{*a, a.NoDerivatives()}); !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	for _, it := range in.Items {
		note(it.Attribution)
	}
	for _, l := range in.Lessons {
		note(l.Attribution)
	}
	return out
}

// samplesOf draws a few items as learners will see them: one of each kind first.
func samplesOf(l *flow.Look, in intake.Bundle) []library.PreviewItem {
	var out []library.PreviewItem
	pictures := map[string]string{}
	for _, f := range in.Files {
		if f.Size > mostPicture {
			continue
		}
		if body, err := f.Bytes(); err == nil {
			pictures["/file/"+f.Code] = "data:" + f.Type + ";base64," + base64.StdEncoding.EncodeToString(body)
		}
	}
	shown := map[item.ID]bool{}
	kinds := map[item.Kind]bool{}
	for _, again := range []bool{false, true} {
		for _, it := range in.Items {
			if len(out) >= mostSamples {
				return out
			}
			if shown[it.ID] || !again && kinds[it.Kind] {
				continue
			}
			p, err := library.PreviewOf(l, it, 1)
			if err != nil {
				continue // it is only not shown
			}
			shown[it.ID], kinds[it.Kind] = true, true
			picture(&p, pictures)
			out = append(out, p)
		}
	}
	return out
}

// picture puts pictures that the school does not have yet into a sample itself.
func picture(p *library.PreviewItem, pictures map[string]string) {
	for _, els := range append([][]doc.El{p.Asked.Text, p.Right, p.Solution}, p.Asked.Ladder...) {
		inline(els, pictures)
	}
	for i := range p.Asked.Options {
		inline(p.Asked.Options[i].Text, pictures)
	}
	for _, m := range p.Mistakes {
		inline(m.Answer, pictures)
		inline(m.Nudge, pictures)
	}
}

func inline(els []doc.El, pictures map[string]string) {
	for i := range els {
		if els[i].N == "img" {
			if src, ok := pictures[els[i].A["src"]]; ok {
				els[i].A["src"] = src
			}
		}
		inline(els[i].C, pictures)
	}
}

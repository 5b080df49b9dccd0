package authoring_test

import (
	"testing"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/authoring"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
)

// spots asks for a place on a picture.
func spots(s *schooltest.School, picture string) authoring.Draft {
	return authoring.Draft{Skill: s.Skill("a"), Kind: item.Hotspot, Text: "Where is the valve?", Picture: picture, Options: []authoring.DraftOption{
		{Text: "the valve", Right: true, Area: &item.Area{X: 100, Y: 100, Width: 200, Height: 300, Round: true}},
		{Text: "the wheel", Area: &item.Area{Points: []int{500, 500, 900, 500, 700, 900}}, Mistake: "rim", Nudge: "What turns there?"}}}
}

func uploads(s *schooltest.School, who access.Actor, kind string) string {
	s.T.Helper()
	return schooltest.Do(s, library.AddFile, who, library.AddFileIn{Op: op(), SHA256: schooltest.NewOp(), Type: kind, Size: 10, Name: "bike.png"}).File
}

// A picture is its uploader's alone until an item shows it; then whoever may get the item sees it.
func TestAddItem_GivesItsPictureToWhoGetsIt(t *testing.T) {
	s := schooltest.New(t, 1)
	file := uploads(s, s.Okafor, "image/png")
	out := schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: spots(s, "!image "+file+" | A bike.")})
	if len(out.Faults) > 0 || len(out.Variants) != 1 || len(out.Picture) == 0 {
		t.Fatalf("%s", schooltest.MustJSON(out))
	}
	sees := func(who access.Actor) bool {
		_, err := flow.Show(t.Context(), s.F, library.File, who, library.FileIn{ID: file})
		return err == nil
	}
	if !sees(s.Okafor) || sees(s.Learners[0]) || sees(s.Lin) {
		t.Error("before it is published: it is its uploader's alone")
	}
	made := adds(s, spots(s, "!image "+file+" | A bike."))
	if !sees(s.Okafor) || !sees(s.Learners[0]) || !sees(s.Lin) {
		t.Error("published: its learners and all teachers see it")
	}
	d := spots(s, "!image "+file+" | A bike, from the side.")
	d.Options[0].Text = "valve"
	in := authoring.EditItemIn{Op: op(), Class: s.Class, Item: made.Item, Version: 1, Draft: d, Evidence: authoring.Keep}
	schooltest.Do(s, authoring.EditItem, s.Okafor, in)
	back := schooltest.Show(s, authoring.Author, s.Okafor, authoring.AuthorIn{Class: s.Class, Skill: s.Skill("a"), Item: made.Item})
	if back.Draft.Picture != d.Picture || back.Draft.Options[1].Area == nil || len(back.Draft.Options[1].Area.Points) != 6 {
		t.Errorf("it comes back as %s", schooltest.MustJSON(back.Draft))
	}
}

// Nobody publishes what is not theirs to show.
func TestAddItem_RefusesAPictureOfSomebodyElse(t *testing.T) {
	s := schooltest.New(t, 1)
	for name, file := range map[string]string{
		"another teacher's": uploads(s, s.Lin, "image/png"), "no picture": uploads(s, s.Okafor, "video/mp4"), "nobody's": schooltest.NewOp(),
	} {
		in := authoring.AddItemIn{Op: op(), Class: s.Class, Draft: spots(s, "!image "+file+" | A bike.")}
		if code := schooltest.Refused(s, authoring.AddItem, s.Okafor, in, fault.Invalid); code != "fault.author.picture.file" {
			t.Errorf("%s: %s", name, code)
		}
		in = authoring.AddItemIn{Op: op(), Class: s.Class, Draft: bags(s.Skill("a"))}
		in.Draft.Text += "\n\n!image " + file + " | A bike."
		schooltest.Refused(s, authoring.AddItem, s.Okafor, in, fault.Invalid)
	}
}

func TestCheckItem_SaysWhatPlacesLack(t *testing.T) {
	s := schooltest.New(t, 1)
	const picture = "!figure grid100 shade=3 | A square of a hundred."
	for name, c := range map[string]struct {
		spoil func(d *authoring.Draft)
		field string
		code  string
	}{
		"no picture":    {func(d *authoring.Draft) { d.Picture = "" }, "picture", "fault.author.picture"},
		"no words":      {func(d *authoring.Draft) { d.Picture = "!figure grid100 shade=3 |" }, "picture", "fault.doc.alt"},
		"one place":     {func(d *authoring.Draft) { d.Options = d.Options[:1] }, "options", "fault.author.places"},
		"not drawn":     {func(d *authoring.Draft) { d.Options[1].Area = nil }, "options", "fault.author.area"},
		"without name":  {func(d *authoring.Draft) { d.Options[1].Text = "" }, "options", "fault.author.place.name"},
		"nothing right": {func(d *authoring.Draft) { d.Options[0].Right = false }, "options", "fault.author.none_right"},
	} {
		d := spots(s, picture)
		c.spoil(&d)
		out := schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: d})
		if len(out.Faults) == 0 || out.Faults[0].Field != c.field || out.Faults[0].Say.Code != c.code {
			t.Errorf("%s: %s", name, schooltest.MustJSON(out.Faults))
		}
	}
}

package formats

import (
	"slices"
	"testing"

	"kith/internal/course"
	"kith/internal/flow/intake"
	"kith/internal/item"
)

// What the course that comes along loses in each format, written by hand from what the format is: everything that an item here has and
// that a reason below is not about must come back. "left" is not written at all, "lost" is written without a part.
var (
	boxed = []string{"equivalent-ratios/green-card", "unit-rate/robot-laps", "compare-rates/stickers", "percent-change/two-stalls", "write-expressions/less-than",
		"write-expressions/crates", "write-expressions/rule-table", "expand-collect/prize-boxes", "expand-collect/fouls", "expand-collect/fence", "expand-collect/joined-tables",
		"constant-of-proportionality/cloth-table", "one-two-step/drum-beats", "both-sides/make-it-never", "both-sides/make-it-always", "both-sides/balloons",
		"graph-proportional/rice-points", "graph-proportional/jam-jars", "slope/any-step", "line-from-story/fish-pass", "line-from-story/row-table", "line-from-story/two-weeks",
		"line-from-story/water-tank"}
	figured = []string{"ratio-language/beads-all", "ratio-language/orchestra-others", "equivalent-ratios/big-jug", "equivalent-ratios/pedal-turns", "equivalent-ratios/popcorn-bags",
		"unit-rate/trough", "percent-of/hall-seats", "percent-of/target-line", "percent-change/drum-sale", "expand-collect/toothpick-rows", "proportional-or-not/swing-who",
		"constant-of-proportionality/popcorn", "constant-of-proportionality/trail-map", "constant-of-proportionality/tap-rule", "one-two-step/cups", "both-sides/balance",
		"graph-proportional/hose", "graph-proportional/drum-point", "graph-proportional/two-riders", "graph-proportional/two-pumps", "graph-proportional/same-price",
		"slope/kite-string", "slope/ramp-room", "slope/stage-ramp", "line-from-story/read-the-line", "line-from-story/ticket-cards", "line-from-story/card-alone",
		"where-lines-meet/crossing", "where-lines-meet/head-start"}
	placed  = []string{"equivalent-ratios/row-marks", "unit-rate/snail-line", "graph-proportional/granola-pairs", "graph-proportional/candle-line"}
	ratios  = []string{"ratio-language/farm-table", "ratio-language/granola", "write-expressions/pearl-rings"}
	forms   = []string{"expand-collect/tea-trays", "expand-collect/bead-bags"}
	orders  = []string{"compare-rates/snail-race", "one-two-step/mixed-up-lines"}
	grouped = []string{"equivalent-ratios/lemonade-shelf"} // its groups stand in another order than what goes into them
	pattern = []string{"ratio-language/name-it"}
)

// In Moodle's XML an item goes out as other programs can show it, with the whole of it in a comment; a figure that frozen could not make,
// or that stands in a choice, is no picture.
var (
	noPicture   = []string{"equivalent-ratios/big-jug", "equivalent-ratios/popcorn-bags", "percent-of/hall-seats", "constant-of-proportionality/popcorn", "constant-of-proportionality/tap-rule", "line-from-story/ticket-cards", "where-lines-meet/head-start"}
	boxedRatio  = append(slices.Clone(ratios), "ratio-language/beads-all", "ratio-language/orchestra-others")
	boxedFigure = []string{"equivalent-ratios/pedal-turns", "percent-of/target-line", "expand-collect/toothpick-rows", "constant-of-proportionality/trail-map", "line-from-story/read-the-line", "where-lines-meet/crossing"}
)

var losses = map[string]map[string][]string{
	"moodle": {"left export.drawn": noPicture, "left export.text": {"line-from-story/card-alone"}, "left export.kind": placed, "lost export.ratio": boxedRatio, "lost export.forms": forms,
		"lost export.gaps": slices.Concat(boxed, boxedRatio, boxedFigure), "lost export.groups": grouped,
		"lost export.orders": orders, "lost export.pattern": pattern},
	"gift": {"left export.drawn": figured, "left export.kind": append(slices.Concat(placed, orders), "equivalent-ratios/draw-double-line"), "left export.ratio": ratios, "left export.blanks": boxed,
		"lost export.forms": forms, "lost export.groups": grouped, "lost export.order": {"compare-rates/three-packs"}, "lost export.pattern": pattern,
		"lost export.rubric": {"equivalent-ratios/explain-taste"}},
	"csv":      {"left export.drawn": figured, "left export.ratio": ratios, "lost export.near": {"unit-rate/snail-line"}},
	"markdown": {"left export.drawn": figured, "left export.ratio": ratios, "lost export.near": {"unit-rate/snail-line"}},
}

// everyHint: GIFT has no place for hints, and every item of ours that it can say at all has some.
const everyHint = "lost export.hints"

func TestWrite_LosesNothingOfTheCourseButWhatIsListed(t *testing.T) {
	l, err := course.Load()
	if err != nil {
		t.Fatal(err)
	}
	b := intake.Bundle{Course: l.Course}
	for _, it := range l.Items {
		it = frozen(t, it, 7)
		it.ID = item.ID(it.Code)
		b.Items = append(b.Items, it)
	}
	for kind, want := range losses {
		f, _ := Find(kind)
		out, left, lost := f.Write(b, options)
		got := map[string][]string{}
		for _, r := range left {
			got["left "+r.Reason.Code] = append(got["left "+r.Reason.Code], r.ID)
		}
		for _, r := range lost {
			got["lost "+r.Reason.Code] = append(got["lost "+r.Reason.Code], r.ID)
		}
		if n := len(got[everyHint]); kind == "gift" && n != len(b.Items)-len(left) {
			t.Errorf("gift says of %d of %d items that their hints are lost", n, len(b.Items)-len(left))
		} else if kind == "gift" {
			delete(got, everyHint)
		}
		for why, codes := range got {
			for _, code := range codes {
				if !slices.Contains(want[why], code) {
					t.Errorf("%s: %s is %s, which nobody listed", kind, code, why)
				}
			}
		}
		for why, codes := range want {
			for _, code := range codes {
				if !slices.Contains(got[why], code) {
					t.Errorf("%s: %s is listed as %s and is not", kind, code, why)
				}
			}
		}
		if len(out) == 0 {
			t.Errorf("%s writes nothing", kind)
		}
	}
}

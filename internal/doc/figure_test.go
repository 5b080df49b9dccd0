package doc

import (
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"kith/internal/fault"
)

// shown are the figures that a person should look at: set KITH_FIGURES to a folder and they are written there as SVG.
var shown = []string{
	`beads red=3 blue=5 | a`,
	`beads red=14 blue=21 | a`,
	`doubleline top="0,2,4,6" bottom="0,5,10,15" toplabel="syrup" bottomlabel="water" | a`,
	`doubleline top="0,1,2,3,4" bottom="0,2.5,5,?,10" toplabel="syrup, cups" bottomlabel="water, cups" | a`,
	`doubleline top="0,1,12,24" bottom="-4,1 1/2,1200,?" | a`,
	`tape parts="2,5" labels="syrup,water" | a`,
	`tape parts="1,1,1,2" labels="red paint,blue paint,white paint,water" | a`,
	`tape parts="17,19" labels="violins,others" | a`,
	`bar of=100 shade=20 label="20%" | a`,
	`bar of=60 shade=57 label="fifty-seven of them" | a`,
	`bar of=60 shade=0 | a`,
	`grid100 shade=37 | a`,
	`plane xmax=10 ymax=12 lines="2:1" points="1:3,5:11" xlabel="hours" ylabel="dollars" triangles="1:3:2:5;2:5:5:11" | a`,
	`plane xmax=8 ymax=40 lines="3:12;5:4;0:30;-4:40" names="A,B,C,D" points="4:24" xlabel="hours" ylabel="dollars" | a`,
	`plane xmin=-5 xmax=5 ymin=-6 ymax=6 lines="-1/2:1" points="-4:3,2:0" triangles="-4:3:2:0" xlabel="x" ylabel="y" | a`,
	`plane xmin=0 xmax=10 ymin=-20000 ymax=100000 lines="12000:-15000" xlabel="months" ylabel="profit in dollars" | a`,
	`plane xmax=2.5 ymax=1000 points="1:250,2:500" xlabel="kilometers" ylabel="liters" | a`,
	`plane xmax=4 ymax=240 lines="33:0" points="2:66,4:132" xlabel="hours" ylabel="kilometers" | a`,
	`plane xmax=2.5 ymax=25 lines="3:12;5:4" names="A,B" xlabel="hours" ylabel="dollars" | a`,
	`plane xmax=6 ymax=10 lines="-1.5:9" points="2:6,4:3" triangles="2:6:4:3" xlabel="across" ylabel="up" | a`,
	`numberline from=0 to=2 step=1/4 points="3/4" label="miles" | a`, `numberline from=-10 to=10 spans="(:-3];[2:5)" | a`, `numberline from=0 to=1 points="0.35" | a`, `numberline from=0 to=2 step=1 points="8/5" label="meters" | a`,
	`balance left="x,x,1,1,1" right="1*11" | a`,
	`balance left="x*5,1*2" right="x*3,1*10" | a`,
	`balance left="x*9,1*5" right="1*77" | a`,
	`tables n=3 | a`, `tables n=12 | a`, `squares n=4 | a`,
	`steps rise=1 run=12 | a`, `steps rise=3 run=4 riselabel="3 m" runlabel="4 m" | a`, `steps rise=2 run=1 | a`,
	`stack n=4 lip=1 | a`, `stack n=1 lip=1.5 | a`,
}

func TestFigures_DrawWellFormedAndInsideTheirFrame(t *testing.T) {
	for i, f := range shown {
		s := html(t, "!figure "+f, nil)
		d := xml.NewDecoder(strings.NewReader(s))
		var w, h float64
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", f, err)
			}
			e, ok := tok.(xml.StartElement)
			if !ok {
				continue
			}
			at := map[string]string{}
			for _, a := range e.Attr {
				at[a.Name.Local] = a.Value
			}
			if e.Name.Local == "svg" {
				w, h = float(at["width"]), float(at["height"])
				if at["role"] != "img" || w < 60 || w > 640 || h < 30 || h > 640 {
					t.Errorf("%s: frame %v", f, at)
				}
				continue
			}
			for _, k := range []string{"x", "x1", "x2", "cx"} {
				if v := float(at[k]); at[k] != "" && (v < 0 || v > w) {
					t.Errorf("%s: %s %s=%v outside 0..%v", f, e.Name.Local, k, v, w)
				}
			}
			for _, k := range []string{"y", "y1", "y2", "cy"} {
				if v := float(at[k]); at[k] != "" && (v < 0 || v > h) {
					t.Errorf("%s: %s %s=%v outside 0..%v", f, e.Name.Local, k, v, h)
				}
			}
		}
		if dir := os.Getenv("KITH_FIGURES"); dir != "" {
			s = strings.TrimSuffix(strings.TrimPrefix(s, `<figure class="figure">`), "</figure>")
			s = strings.Replace(s, "<svg ", `<svg xmlns="http://www.w3.org/2000/svg" `, 1)
			if err := os.WriteFile(filepath.Join(dir, strconv.Itoa(i)+".svg"), []byte(s), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func float(s string) float64 {
	f, _ := strconv.ParseFloat(s, 64)
	return f
}

func TestFigures_RefuseTheArgumentByName(t *testing.T) {
	for _, c := range []struct{ figure, code, arg string }{
		{`beads red=-1 blue=2`, "whole", "red"},
		{`beads red=60 blue=60`, "whole", "blue"},
		{`beads red=two blue=2`, "whole", "red"},
		{`beads red=0 blue=0`, "whole", "blue"},
		{`doubleline top="1" bottom="1"`, "count", "top"},
		{`doubleline top="1,2" bottom="1,2,3"`, "count", "bottom"},
		{`doubleline top="1,2" bottom="1,1234567890"`, "long", "top"},
		{`tape parts="20,21"`, "whole", "parts"},
		{`tape parts="0,2"`, "whole", "parts"},
		{`tape parts="1,2,3,4,5"`, "count", "parts"},
		{`tape parts="1,2" labels="a"`, "count", "labels"},
		{`bar of=50 shade=51`, "range", "shade"},
		{`bar of=0 shade=0`, "range", "of"},
		{`grid100 shade=101`, "whole", "shade"},
		{`plane xmax=0 ymax=1`, "range", "xmax"},
		{`plane xmax=5 ymax=5 lines="1"`, "part", "lines"},
		{`plane xmax=5 ymax=5 lines="1:9"`, "outside", "lines"},
		{`plane xmax=5 ymax=5 points="6:1"`, "outside", "points"},
		{`plane xmax=5 ymax=5 lines="1:2" names="A,B"`, "count", "names"},
		{`numberline from=2 to=2`, "range", "to"},
		{`numberline from=0 to=100 step=1`, "range", "step"},
		{`numberline from=0 to=2 points="3"`, "range", "points"},
		{`numberline from=0 to=2 spans="1:2"`, "part", "spans"},
		{`numberline from=0 to=2 spans="[1:3]"`, "range", "spans"},
		{`balance left="y" right="1"`, "part", "left"},
		{`balance left="x*21" right="1"`, "whole", "left"},
		{`balance left="x" right="1*101"`, "whole", "right"},
		{`tables n=13`, "whole", "n"},
		{`squares n=0`, "whole", "n"},
		{`steps rise=0 run=1`, "range", "rise"},
		{`steps rise=1 run=41`, "range", "rise"},
		{`stack n=13 lip=1`, "whole", "n"},
		{`stack n=3 lip=tall`, "number", "lip"},
	} {
		_, err := Parse("!figure "+c.figure+" | a", Options{})
		said := fault.Said(err)
		if said.Code != "fault.doc.arg_"+c.code || said.Args["arg"] != c.arg {
			t.Errorf("%s: got %v, want arg_%s of %s", c.figure, said, c.code, c.arg)
		}
	}
}

func TestFigures_TakeDrawnValuesEverywhere(t *testing.T) {
	v := given{"b": "-2", "m": "1/2", "n": "4", "name": "Ana's \"<b>\""}
	s := html(t, `!figure plane xmin=-[[n]] xmax=[[n]] ymin=-3 ymax=3 lines="[[m]]:[[b]]" points="[[n]]:0" xlabel="[[name]]" | A line from [[b]] that rises [[m]] each`, v)
	for _, want := range []string{"<title>A line from −2 that rises 1/2 each</title>", "Ana&#39;s &#34;&lt;b&gt;&#34;", ">−4</text>"} {
		if !strings.Contains(s, want) {
			t.Errorf("%s is missing in %s", want, s)
		}
	}
	if s := html(t, `!figure balance left="x*[[n]],1*[[n]]" right="1*[[n]]" | b`, v); strings.Count(s, "<circle") != 8 || strings.Count(s, ">x</text>") != 4 {
		t.Errorf("4 cups, 4 counters and 4 counters were asked for: %s", s)
	}
}

package doc

// parts of a tape: how each is told from the others, by shade and by pattern.
var shades = []string{"fig-fill1", "fig-fill2", "fig-fill3", "fig-fill4"}

// patterned draws a box in the shade of part i: plain and dark, striped, dotted, crossed.
func patterned(i int, x, y, w, h float64) []El {
	els := []El{rect(shades[i]+" fig-edge", x, y, w, h)}
	switch i {
	case 1:
		els = append(els, stroke("fig-mark", x+w*0.15, y+h*0.85, x+w*0.85, y+h*0.15))
	case 2:
		els = append(els, circle("fig-dot", x+w/2, y+h/2, min(w, h)*0.14))
	case 3:
		els = append(els, stroke("fig-mark", x+w*0.2, y+h*0.5, x+w*0.8, y+h*0.5), stroke("fig-mark", x+w*0.5, y+h*0.2, x+w*0.5, y+h*0.8))
	}
	return els
}

// tape draws a bar of equal boxes in up to four parts: parts="2,5" labels="syrup,water". A label stands under its part
// where all of them have room, else in a list below.
func tape(a *args) picture {
	var counts []int
	total := 0
	for _, s := range a.list("parts", 1, len(shades), false) {
		n := a.wholeOf("parts", s, 1, 40)
		counts = append(counts, n)
		total += n
	}
	var labels []string
	if a.has("labels") {
		labels = a.list("labels", len(counts), len(counts), true)
		for _, l := range labels {
			if len([]rune(l)) > 30 {
				a.fail("labels", "long", "max", 30)
			}
		}
	}
	if total > 40 {
		a.fail("parts", "whole", "min", 1, "max", 40, "value", itoa(total))
	}
	if a.err != nil {
		return picture{}
	}
	const width, high, edge = 300.0, 34.0, 10.0
	box := min(40, width/float64(total))
	p := picture{w: 2*edge + box*float64(total), h: 2*edge + high}
	x := edge
	under := true
	for i, n := range counts {
		for range n {
			p.c = append(p.c, patterned(i, x, edge, box, high)...)
			x += box
		}
		under = under && (labels == nil || wide(labels[i]) <= box*float64(n)-4)
	}
	if labels == nil {
		return p
	}
	if under {
		p.h += 30
		x = edge
		for i, n := range counts {
			w := box * float64(n)
			p.c = append(p.c, below(x+3, x+w-3, edge+high+6), word("", "middle", x+w/2, edge+high+30, labels[i]))
			x += w
		}
		return p
	}
	p.h += 4
	for i, l := range labels {
		p.c = append(p.c, patterned(i, edge, p.h, 16, 16)...)
		p.c = append(p.c, word("", "start", edge+24, p.h+13, l))
		p.h += 24
		p.w = max(p.w, 2*edge+24+wide(l))
	}
	return p
}

// below is a flat bracket under what it gathers, from x1 to x2.
func below(x1, x2, y float64) El {
	return polyline("fig-thin", x1, y, x1, y+6, x2, y+6, x2, y)
}

// bar draws a bar that stands for the number of, cut into ten, with the amount shade shaded from the left and named by
// label. 0 and the whole stand at its ends.
func bar(a *args) picture {
	whole := a.numberOf("of", a.text("of", false), 0.001, 1e6)
	shade := a.numberOf("shade", a.text("shade", false), 0, whole)
	label := a.label("label", 24)
	of := a.text("of", true)
	if a.err != nil {
		return picture{}
	}
	const width, high, edge = 280.0, 36.0, 20.0
	top := 8.0
	p := picture{w: width + 2*edge}
	if label != "" {
		top = 32
		end := edge + max(width*shade/whole, 4)
		at := min(max((edge+end)/2, 4+wide(label)/2), p.w-4-wide(label)/2)
		p.c = append(p.c, word("", "middle", at, 16, label), polyline("fig-thin", edge, top-3, edge, top-9, end, top-9, end, top-3))
	}
	p.c = append(p.c, rect("fig-box", edge, top, width, high), rect("fig-fill1", edge, top, width*shade/whole, high))
	for i := 1; i < 10; i++ {
		x := edge + width*float64(i)/10
		class := "fig-thin"
		if float64(i)/10 < shade/whole-1e-9 {
			class = "fig-cut" // a cut inside the shaded part shows as a light line
		}
		p.c = append(p.c, stroke(class, x, top, x, top+high))
	}
	p.c = append(p.c, rect("fig-frame", edge, top, width, high),
		word("", "middle", edge, top+high+20, "0"), word("", "middle", edge+width, top+high+20, of))
	p.w = max(p.w, edge+width+wide(of)/2+4)
	p.h = top + high + 28
	return p
}

// grid100 draws a 10 × 10 grid with the first shade squares shaded, row by row.
func grid100(a *args) picture {
	n := a.whole("shade", 0, 100)
	const side, edge = 22.0, 6.0
	p := picture{w: 2*edge + 10*side, h: 2*edge + 10*side}
	for i := range 100 {
		class := "fig-box"
		if i < n {
			class = "fig-fill1 fig-edge"
		}
		p.c = append(p.c, rect(class, edge+side*float64(i%10), edge+side*float64(i/10), side, side))
	}
	return p
}

// doubleline draws a double number line: top and bottom are as many values, "?" an open place. The places keep the
// values' distances where the values of one line are all known, rise, and leave the labels room; else they are even.
func doubleline(a *args) picture {
	top := a.list("top", 2, 9, true)
	bottom := a.list("bottom", len(top), max(len(top), 2), true)
	up, down := a.label("toplabel", 30), a.label("bottomlabel", 30)
	for _, s := range append(append([]string{}, top...), bottom...) {
		if s == "" || len([]rune(s)) > 9 {
			a.fail("top", "long", "max", 9)
		}
	}
	if a.err != nil {
		return picture{}
	}
	const width, edge, y1, y2 = 272.0, 28.0, 56.0, 92.0
	at := places(top, bottom, width)
	p := picture{w: width + 2*edge + 8, h: 150}
	for _, y := range []float64{y1, y2} {
		p.c = append(p.c, stroke("fig-line", edge-12, y, edge+width+16, y),
			polyline("fig-line", edge+width+10, y-5, edge+width+17, y, edge+width+10, y+5))
	}
	for i := range top {
		x := edge + at[i]
		p.c = append(p.c, stroke("fig-dash", x, y1, x, y2), stroke("fig-line", x, y1-6, x, y1+6), stroke("fig-line", x, y2-6, x, y2+6))
		p.c = append(p.c, lineValue(x, y1-14, top[i])...)
		p.c = append(p.c, lineValue(x, y2+25, bottom[i])...)
	}
	p.c = append(p.c, word("fig-name", "start", edge-12, 16, up), word("fig-name", "start", edge-12, p.h-8, down))
	p.w = max(p.w, edge+wide(up), edge+wide(down))
	return p
}

func lineValue(x, y float64, s string) []El {
	if s != "?" {
		return []El{word("", "middle", x, y, s)}
	}
	return []El{rect("fig-open", x-11, y-15, 22, 20).with("rx", "4"), word("", "middle", x, y, s)}
}

// places are the distances from the left end at which the values stand.
func places(top, bottom []string, width float64) []float64 {
	even := make([]float64, len(top))
	for i := range even {
		even[i] = width * float64(i) / float64(len(top)-1)
	}
	for _, line := range [][]string{top, bottom} {
		if at, ok := scaled(line, width); ok && roomy(at, top) && roomy(at, bottom) {
			return at
		}
	}
	return even
}

func scaled(line []string, width float64) ([]float64, bool) {
	at := make([]float64, len(line))
	for i, s := range line {
		n, ok := readNumber(asTyped(s))
		if !ok {
			return nil, false
		}
		at[i], _ = n.rat().Float64()
		if i > 0 && at[i] <= at[i-1] {
			return nil, false
		}
	}
	first, last := at[0], at[len(at)-1]
	for i := range at {
		at[i] = (at[i] - first) / (last - first) * width
	}
	return at, true
}

func roomy(at []float64, labels []string) bool {
	for i := 1; i < len(at); i++ {
		if at[i]-at[i-1] < max(24, (wide(labels[i])+wide(labels[i-1]))/2+4) {
			return false
		}
	}
	return true
}

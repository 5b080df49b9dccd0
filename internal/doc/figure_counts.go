package doc

// beads draws red=A filled beads, then blue=B ringed ones, in rows of at most ten. Filled and ringed tell them apart
// without colour.
func beads(a *args) picture {
	red, blue := a.whole("red", 0, 100), a.whole("blue", 0, 100)
	if red+blue < 1 || red+blue > 100 {
		a.fail("blue", "whole", "min", max(0, 1-red), "max", 100-red, "value", itoa(blue))
		return picture{}
	}
	const pitch, r = 30.0, 11.0
	p := picture{w: 20 + pitch*float64(min(red+blue, 10)), h: 8 + pitch*float64((red+blue+9)/10)}
	for i := range red + blue {
		x, y := 10+pitch/2+pitch*float64(i%10), 4+pitch/2+pitch*float64(i/10)
		from := x - pitch + r
		if i%10 == 0 {
			from = x - pitch/2 - 6
		}
		p.c = append(p.c, stroke("fig-thin", from, y, x-r, y))
		if i%10 == 9 || i == red+blue-1 {
			p.c = append(p.c, stroke("fig-thin", x+r, y, x+pitch/2+6, y))
		}
		if i < red {
			p.c = append(p.c, circle("fig-red", x, y, r))
			continue
		}
		p.c = append(p.c, circle("fig-blue", x, y, r-2))
	}
	return p
}

// tables draws n square tables joined in a row, with a seat at every free side: 2n + 2.
func tables(a *args) picture {
	n := a.whole("n", 1, 12)
	const side, gap, r = 44.0, 6.0, 9.0
	edge := 2*r + gap + 4
	p := picture{w: 2*edge + side*float64(n), h: 2*edge + side}
	middle := edge + side/2
	p.c = append(p.c, circle("fig-fill1", edge-gap-r, middle, r), circle("fig-fill1", p.w-edge+gap+r, middle, r))
	for i := range n {
		x := edge + side*float64(i)
		p.c = append(p.c, rect("fig-box", x, edge, side, side),
			circle("fig-fill1", x+side/2, edge-gap-r, r), circle("fig-fill1", x+side/2, edge+side+gap+r, r))
	}
	return p
}

// squares draws n squares in a row from toothpicks: 3n + 1 of them, parted at the corners so that they can be counted.
func squares(a *args) picture {
	n := a.whole("n", 1, 20)
	const side, gap, edge = 46.0, 5.0, 10.0
	p := picture{w: 2*edge + side*float64(n), h: 2*edge + side}
	for i := range n + 1 {
		x := edge + side*float64(i)
		p.c = append(p.c, stroke("fig-stick", x, edge+gap, x, edge+side-gap))
		if i < n {
			p.c = append(p.c, stroke("fig-stick", x+gap, edge, x+side-gap, edge),
				stroke("fig-stick", x+gap, edge+side, x+side-gap, edge+side))
		}
	}
	return p
}

// stack draws n cups nested in each other, each standing out by its lip; lip says how high one lip is.
func stack(a *args) picture {
	n := a.whole("n", 1, 12)
	lip := a.text("lip", true)
	a.numberOf("lip", a.text("lip", false), 0, 1000)
	const top, base, body, rise, edge = 96.0, 64.0, 84.0, 16.0, 12.0
	p := picture{w: edge*2 + top + 20 + max(30, wide(lip)), h: edge*2 + body + rise*float64(n)}
	mid := edge + top/2
	for i := range n { // from the lowest cup, of which the whole body is seen
		y := p.h - edge - body - rise*float64(i)
		if i == 0 {
			p.c = append(p.c, polygon("fig-box", mid-top/2+6, y, mid+top/2-6, y, mid+base/2, y+body, mid-base/2, y+body))
		}
		p.c = append(p.c, rect("fig-fill2", mid-top/2, y-rise+2, top, rise-2).with("rx", "4"))
	}
	y := edge + 2
	x := mid + top/2 + 8
	p.c = append(p.c, polyline("fig-thin", x, y, x+6, y, x+6, y+rise-2, x, y+rise-2), word("", "start", x+11, y+rise/2+4, lip))
	return p
}

package doc

// beads draws red=A filled beads, then blue=B ringed ones, in rows of at most ten. Filled and ringed tell them apart
// without colour; a small gap parts them where they meet in a row.
func beads(a *args) picture {
	red, blue := a.whole("red", 0, 100), a.whole("blue", 0, 100)
	if red+blue < 1 || red+blue > 100 {
		a.fail("blue", "whole", "min", max(0, 1-red), "max", 100-red, "value", itoa(blue))
		return picture{}
	}
	const pitch, r = 30.0, 11.0
	p := picture{w: 20 + pitch*float64(min(red+blue, 10)), h: 20 + pitch*float64((red+blue+9)/10)}
	for i := range red + blue {
		x, y := 10+pitch/2+pitch*float64(i%10), 10+pitch/2+pitch*float64(i/10)
		if i%10 > 0 {
			p.c = append(p.c, stroke("fig-thin", x-pitch+r, y, x-r, y))
		}
		if i < red {
			p.c = append(p.c, circle("fig-fill1", x, y, r))
			continue
		}
		p.c = append(p.c, circle("fig-ring2", x, y, r-1.5), circle("fig-dot2", x, y, 3))
	}
	return p
}

package doc

import "strings"

// load is what lies on one side of a balance.
type load struct{ cups, counters int }

const (
	maxCups     = 20
	maxCounters = 100
)

// load reads "x,x,1,1,1" or "x*2,1*3".
func (a *args) load(arg string) load {
	var l load
	for _, s := range strings.Split(a.text(arg, false), ",") {
		kind, times, many := strings.Cut(strings.ReplaceAll(s, " ", ""), "*")
		n := 1
		if many {
			n = a.wholeOf(arg, times, 0, maxCounters)
		}
		switch kind {
		case "x":
			l.cups += n
		case "1":
			l.counters += n
		default:
			a.fail(arg, "part", "value", clip(s), "form", "x, 1, x*2, 1*3")
		}
	}
	if l.cups > maxCups {
		a.fail(arg, "whole", "min", 0, "max", maxCups, "value", itoa(l.cups))
	}
	if l.counters > maxCounters {
		a.fail(arg, "whole", "min", 0, "max", maxCounters, "value", itoa(l.counters))
	}
	return l
}

// balance draws a level balance with cups (x) and counters (1) on its two pans.
func balance(a *args) picture {
	left, right := a.load("left"), a.load("right")
	if a.err != nil {
		return picture{}
	}
	const pan, edge, gap = 148.0, 8.0, 16.0
	p := picture{w: 2*edge + 2*pan + gap}
	l, high1 := left.draw(edge, pan)
	r, high2 := right.draw(edge+pan+gap, pan)
	y := edge + max(high1, high2, 30)
	p.h = y + 62
	for _, side := range []struct {
		els []piece
		x   float64
	}{{l, edge}, {r, edge + pan + gap}} {
		for _, e := range side.els {
			p.c = append(p.c, e.at(y))
		}
		mid := side.x + pan/2
		p.c = append(p.c, polyline("fig-line", side.x, y, side.x+8, y+7, side.x+pan-8, y+7, side.x+pan, y), stroke("fig-line", mid, y+7, mid, y+22))
	}
	mid := p.w / 2
	p.c = append(p.c, stroke("fig-beam", edge+pan/2-6, y+24, p.w-edge-pan/2+6, y+24),
		polygon("fig-fill1", mid, y+25, mid+18, y+54, mid-18, y+54), stroke("fig-line", mid-40, y+55, mid+40, y+55))
	return p
}

// piece is drawn once the height of the pans is known: up is how far its foot stands above the pan.
type piece struct {
	up float64
	at func(pan float64) El
}

// draw sets cups in rows of five and counters in rows of ten, from the pan upwards, and says how high they stand.
func (l load) draw(x, pan float64) (els []piece, high float64) {
	const cupW, cupH, dot = 24.0, 28.0, 13.0
	counterRows := (l.counters + 9) / 10
	cupRows := (l.cups + 4) / 5
	for i := range l.cups {
		row, inRow := i/5, min(5, l.cups-i/5*5)
		cx := x + pan/2 + (float64(i%5)-float64(inRow-1)/2)*(cupW+4)
		up := float64(row) * (cupH + 4)
		els = append(els,
			piece{up, func(y float64) El {
				b := y + 6 - up
				return polygon("fig-box", cx-cupW/2, b-cupH, cx+cupW/2, b-cupH, cx+cupW/2-4, b, cx-cupW/2+4, b)
			}},
			piece{up, func(y float64) El { return word("fig-letter", "middle", cx, y+6-up-9, "x") }})
	}
	base := float64(cupRows) * (cupH + 4)
	for i := range l.counters {
		inRow := min(10, l.counters-i/10*10)
		cx := x + pan/2 + (float64(i%10)-float64(inRow-1)/2)*dot
		up := base + float64(i/10)*dot
		els = append(els, piece{up, func(y float64) El { return circle("fig-fill1", cx, y+6-up-dot/2, dot/2-1) }})
	}
	return els, base + float64(counterRows)*dot
}

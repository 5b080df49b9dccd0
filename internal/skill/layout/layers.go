package layout

import "slices"

// layers puts each node into a layer beneath all that it rests on, at most wide nodes a layer, by the algorithm of Coffman and
// Graham (1972): a schedule for so many machines. It is as low as can be for two columns, and at most 2 − 2/wide times that
// for more. Edges must be reduced. Of equals, the earlier comes first.
func layers(up, down [][]int, wide int) []int {
	n := len(up)
	label := labels(up, down)
	layer, waits := make([]int, n), make([]int, n)
	var ready []int
	for v := range n {
		if waits[v] = len(up[v]); waits[v] == 0 {
			ready = append(ready, v)
		}
	}
	for t := 0; len(ready) > 0; t++ {
		slices.SortFunc(ready, func(a, b int) int { return label[b] - label[a] })
		now := slices.Clone(ready[:min(wide, len(ready))])
		ready = slices.Delete(ready, 0, len(now))
		for _, v := range now {
			layer[v] = t
			for _, w := range down[v] {
				if waits[w]--; waits[w] == 0 {
					ready = append(ready, w)
				}
			}
		}
	}
	shorten(layer, up, down, wide)
	return layer
}

// labels numbers the nodes from the last: next is the one whose dependents, all numbered, have the lexicographically least
// numbers, highest first.
func labels(up, down [][]int) []int {
	n := len(up)
	label, waits := make([]int, n), make([]int, n)
	after := make([][]int, n) // labels of dependents, descending: they come ascending, so read from behind
	var ready []int
	for v := range n {
		if waits[v] = len(down[v]); waits[v] == 0 {
			ready = append(ready, v)
		}
	}
	less := func(a, b int) bool {
		x, y := after[a], after[b]
		for i, j := len(x)-1, len(y)-1; i >= 0 || j >= 0; i, j = i-1, j-1 {
			switch {
			case i < 0:
				return true
			case j < 0:
				return false
			case x[i] != y[j]:
				return x[i] < y[j]
			}
		}
		return a > b
	}
	for next := 1; len(ready) > 0; next++ {
		at := 0
		for i := range ready {
			if less(ready[i], ready[at]) {
				at = i
			}
		}
		v := ready[at]
		ready = slices.Delete(ready, at, at+1)
		label[v] = next
		for _, w := range up[v] {
			after[w] = append(after[w], next)
			if waits[w]--; waits[w] == 0 {
				ready = append(ready, w)
			}
		}
	}
	return label
}

// shorten moves nodes towards the side on which they have more edges, as far as edges and room allow: every move makes the
// sum of all lengths smaller (as network simplex would: Gansner, Koutsofios, North and Vo, 1993), so it ends.
func shorten(layer []int, up, down [][]int, wide int) {
	if len(layer) == 0 {
		return
	}
	last := slices.Max(layer)
	filled := make([]int, last+1)
	for _, l := range layer {
		filled[l]++
	}
	for moved := true; moved; {
		moved = false
		for v := range layer {
			high, low := 0, last
			for _, w := range up[v] {
				high = max(high, layer[w]+1)
			}
			for _, w := range down[v] {
				low = min(low, layer[w]-1)
			}
			to, step := high, 1
			if len(down[v]) == len(up[v]) {
				continue
			} else if len(down[v]) > len(up[v]) {
				to, step = low, -1
			}
			for to != layer[v] && filled[to] >= wide {
				to += step
			}
			if to != layer[v] {
				filled[layer[v]]--
				filled[to]++
				layer[v] = to
				moved = true
			}
		}
	}
	// A layer that lost its last node goes.
	lost := 0
	for l, n := range filled {
		if filled[l] = l - lost; n == 0 {
			lost++
		}
	}
	for v := range layer {
		layer[v] = filled[layer[v]]
	}
}

package layout

import (
	"math/bits"

	"kith/internal/skill"
)

// nearest gives each of the ids, by place, the places of those that it rests on with none of the ids between: the transitive
// reduction (Aho, Garey and Ullman, 1972) of the graph's order among them. Ascending.
func nearest(g *skill.Graph, ids []skill.ID) [][]int {
	shown := make(map[skill.ID]int, len(ids))
	for i, id := range ids {
		shown[id] = i
	}
	words := (len(ids) + 63) / 64
	order := g.Order()
	// above holds, for every skill of the graph, which of the ids it rests on.
	above := make(map[skill.ID][]uint64, len(order))
	rests := make([][]uint64, len(ids))
	rank := make([]int, len(ids)) // place in topological order
	up := make([][]int, len(ids))
	all := make([]uint64, words*len(order))
	for at, id := range order {
		set := all[at*words : (at+1)*words]
		for _, p := range g.Prerequisites(id) {
			for w, word := range above[p] {
				set[w] |= word
			}
			if i, ok := shown[p]; ok {
				set[i/64] |= 1 << (i % 64)
			}
		}
		above[id] = set
		if i, ok := shown[id]; ok {
			rests[i], rank[i] = set, at
			up[i] = reduced(set, rests, rank)
		}
	}
	return up
}

// reduced are the members of a set on which no other member rests.
func reduced(set []uint64, rests [][]uint64, rank []int) []int {
	left := append([]uint64(nil), set...)
	for i := range members(set) {
		// What i rests on is implied by i.
		for w, word := range rests[i] {
			left[w] &^= word
		}
	}
	var out []int
	for i := range members(left) {
		out = append(out, i)
	}
	return out
}

// members goes through the set bits, ascending.
func members(set []uint64) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for w, word := range set {
			for ; word != 0; word &= word - 1 {
				if !yield(w*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

// components are the parts that edges connect, each ascending, ordered by their first.
func components(up [][]int) [][]int {
	of := make([]int, len(up))
	for i := range of {
		of[i] = i
	}
	var find func(i int) int
	find = func(i int) int {
		for of[i] != i {
			of[i] = of[of[i]]
			i = of[i]
		}
		return i
	}
	for i, list := range up {
		for _, j := range list {
			a, b := find(i), find(j)
			of[max(a, b)] = min(a, b)
		}
	}
	var out [][]int
	at := make(map[int]int)
	for i := range up {
		root := find(i)
		k, met := at[root]
		if !met {
			k = len(out)
			at[root] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], i)
	}
	return out
}

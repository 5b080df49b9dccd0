package main

import (
	"slices"
	"strings"

	"kith/internal/item/algebra/exact"
	"kith/internal/item/algebra/read"
	"kith/internal/item/algebra/tree"
)

// gapAt is left − right of an equation with every letter set to a number, exactly; a capital is its small letter. ok is
// false where something has no value.
func gapAt(r read.Reading, n int64) (exact.Q, bool) {
	set := func(m *tree.Node) *tree.Node {
		if m.Kind != tree.Letter {
			return m
		}
		return &tree.Node{Kind: tree.Number, Name: exact.Int(valueAt(m.Name, n)).String(), Alone: m.Alone}
	}
	f := exact.New()
	d, err := f.Of(tree.New(tree.Sum, r.Tree.Kids[0].Map(set), tree.New(tree.Minus, r.Tree.Kids[1].Map(set))))
	if err != nil {
		return exact.Q{}, false
	}
	return d.Rational()
}

// valueAt is what a letter is set to in round n, never 0.
func valueAt(letter string, n int64) int64 {
	v := n
	for _, c := range strings.ToLower(letter) {
		v = 7*v + int64(c-'a')
	}
	return v%1009 + 2
}

// quantile is the value below which a share of the figures lies.
func quantile(all []float64, share float64) float64 {
	if len(all) == 0 {
		return 0
	}
	s := slices.Clone(all)
	slices.Sort(s)
	return s[min(int(share*float64(len(s))), len(s)-1)]
}

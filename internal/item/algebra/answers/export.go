package main

import (
	"bufio"
	"encoding/json"
	"math/rand/v2"
	"os"
	"strings"

	"kith/internal/item/algebra"
	"kith/internal/item/algebra/read"
	"kith/internal/item/algebra/tree"
)

// asked is a pair in the syntax of each checker, with what we say of it.
type asked struct {
	Kind   string    `json:"kind"`
	Equal  bool      `json:"equal"`
	Ours   bool      `json:"ours"`
	Plain  [2]string `json:"plain"`
	TeX    [2]string `json:"tex"`
	Maxima [2]string `json:"maxima"`
}

// exportPairs writes the pairs that other checkers read too, a JSON object a line.
func exportPairs(name string, n int, seed uint64) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	m := maker{rand.New(rand.NewPCG(seed, 7))}
	for i := range n {
		p := m.made(i)
		if !p.Plain {
			continue
		}
		a := asked{Kind: p.Kind, Equal: p.Equal}
		for side, text := range []string{p.Key, p.Answer} {
			r, err := read.Read(text, read.Options{})
			if err != nil {
				return err
			}
			a.Plain[side], a.TeX[side], a.Maxima[side] = r.Tree.Plain(), r.Tree.TeX(), maxima(r.Tree)
		}
		k, err := algebra.NewKey(algebra.Ask{Key: p.Key})
		if err != nil {
			return err
		}
		a.Ours = k.Check(p.Answer).Outcome == algebra.Right
		if err := e.Encode(a); err != nil {
			return err
		}
	}
	return w.Flush()
}

// maxima writes a value as Maxima reads it, every bracket there.
func maxima(n *tree.Node) string {
	join := func(sep string) string {
		var parts []string
		for _, k := range n.Kids {
			parts = append(parts, maxima(k))
		}
		return "(" + strings.Join(parts, sep) + ")"
	}
	switch n.Kind {
	case tree.Constant:
		return "%" + n.Name
	case tree.Sum:
		return join("+")
	case tree.Product:
		return join("*")
	case tree.Quotient:
		return join("/")
	case tree.Power:
		return join("^")
	case tree.Minus:
		return "(-" + maxima(n.Kids[0]) + ")"
	case tree.Root:
		if len(n.Kids) == 2 {
			return "(" + maxima(n.Kids[0]) + "^(1/" + maxima(n.Kids[1]) + "))"
		}
		return "sqrt" + join("")
	case tree.Call:
		if n.Name == "ln" {
			return "log" + join("")
		}
		return n.Name + join(",")
	}
	return n.Name
}

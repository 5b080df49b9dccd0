package main

import (
	"bufio"
	"encoding/json"
	"math/rand/v2"
	"os"
)

// exportPairs writes the pairs that other checkers read too, a JSON object a line: kind, key, answer, equal.
func exportPairs(name string, n int, seed uint64, _ string) error {
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
		if err := e.Encode(map[string]any{"kind": p.Kind, "key": p.Key, "answer": p.Answer, "equal": p.Equal}); err != nil {
			return err
		}
	}
	return w.Flush()
}

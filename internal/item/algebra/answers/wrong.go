package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kith/internal/item/algebra"
	"kith/internal/item/algebra/exact"
	"kith/internal/item/algebra/near"
	"kith/internal/item/algebra/read"
)

// wrongStep is one line of the data: an equation, what was made of it, and the tutor's label.
type wrongStep struct {
	Eq1, Eq2 string
	Label    string `json:"Label Name"`
}

// tally counts what came of steps.
type tally struct{ equal, named, weak, unnamed, unread int }

func (t *tally) add(v algebra.Verdict) {
	switch {
	case v.Outcome == algebra.Right:
		t.equal++
	case v.Outcome == algebra.Unreadable:
		t.unread++
	case v.Near == near.None:
		t.unnamed++
	case v.Near == near.OneSide:
		t.weak++
	default:
		t.named++
	}
}

func (t *tally) row(out io.Writer, name string) {
	fmt.Fprintf(out, "| %s | %d | %d | %d | %d | %d | %d |\n", name, t.equal+t.named+t.weak+t.unnamed+t.unread, t.equal, t.named, t.weak, t.unnamed, t.unread)
}

// readWrong reads the file of wrong steps.
func readWrong(name string) ([]wrongStep, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var all []wrongStep
	if err := json.NewDecoder(z).Decode(&all); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return all, nil
}

// reportWrong judges every second equation as an answer whose key is the first.
func reportWrong(out io.Writer, name, lists string) error {
	all, err := readWrong(name)
	if err != nil {
		return err
	}
	labels, names := map[string]*tally{}, map[near.Miss]int{}
	var sum tally
	var proofs []string
	unproved := 0
	var micros []float64
	for i, w := range all {
		if labels[w.Label] == nil {
			labels[w.Label] = &tally{}
		}
		began := time.Now()
		k, err := algebra.NewKey(algebra.Ask{Key: w.Eq1})
		if err != nil {
			return fmt.Errorf("row %d: %w", i, err)
		}
		v := k.Check(w.Eq2)
		micros = append(micros, float64(time.Since(began).Nanoseconds())/1000)
		labels[w.Label].add(v)
		sum.add(v)
		switch v.Outcome {
		case algebra.NotYet:
			names[v.Near]++
		case algebra.Right:
			why, ok := proof(w.Eq1, w.Eq2)
			if !ok {
				unproved++
			}
			proofs = append(proofs, fmt.Sprintf("%d\t%s\t%s", i, w.Label, why))
		}
	}
	fmt.Fprintf(out, "## Real wrong steps\n\nEvery one of the %d steps: the equation before it is the key, the equation after it the answer.\n\n", len(all))
	fmt.Fprintf(out, "| the tutor's label | steps | equivalent after all | slip named | only \"one side is right\" | no name | unreadable |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, l := range slices.Sorted(maps.Keys(labels)) {
		labels[l].row(out, l)
	}
	sum.row(out, "all")
	wrong := sum.named + sum.weak + sum.unnamed
	fmt.Fprintf(out, "\nOf the %d steps that were accepted, %d are proved equivalent by a calculation that shares nothing with the comparison: at a dozen points, worked out exactly, left − right of the second equation is one number times that of the first, or that number over the letter that both sides were divided by. Unproved: %d. Of the %d that are wrong, %.1f %% have their slip named, %.1f %% with \"one side is right\" counted too. Median %.0f µs a step, 99th percentile %.0f µs.\n\n",
		sum.equal, sum.equal-unproved, unproved, wrong, percent(sum.named, wrong), percent(sum.named+sum.weak, wrong), quantile(micros, 0.5), quantile(micros, 0.99))
	fmt.Fprintf(out, "The names: %s.\n\n", byCount(names))
	if lists != "" {
		return os.WriteFile(filepath.Join(lists, "equivalent.tsv"), []byte("row\tlabel\tproof\n"+strings.Join(proofs, "\n")+"\n"), 0o644)
	}
	return nil
}

// byCount lists names with their counts, the most frequent first.
func byCount(names map[near.Miss]int) string {
	delete(names, near.None)
	misses := slices.Sorted(maps.Keys(names))
	slices.SortStableFunc(misses, func(a, b near.Miss) int { return names[b] - names[a] })
	var out []string
	for _, m := range misses {
		out = append(out, fmt.Sprintf("%s %d", m, names[m]))
	}
	return strings.Join(out, ", ")
}

// proof shows that two equations are equivalent in the plainest way: at twelve points that were not chosen by the checker,
// left − right of the second is one and the same rational number times left − right of the first, worked out exactly. With
// the degrees of these equations, which are linear once cleared, two points would do.
func proof(eq1, eq2 string) (string, bool) {
	a, err := read.Read(eq1, read.Options{})
	b, err2 := read.Read(eq2, read.Options{})
	if err != nil || err2 != nil || len(a.Tree.Kids) != 2 || len(b.Tree.Kids) != 2 {
		return "unreadable", false
	}
	// Dividing by the letter gives a factor such as 3/y: it is no 0 in a solution, so nothing is lost.
	letters := append([]string{""}, b.Tree.Letters()...)
	for _, letter := range letters {
		for _, up := range []bool{true, false} {
			if ratio, ok := oneFactor(a, b, letter, up); ok {
				switch {
				case letter == "":
					return "factor " + ratio.String(), true
				case up:
					return "factor " + ratio.String() + "/" + letter, true
				}
				return "factor " + ratio.String() + "*" + letter, true
			}
		}
	}
	return "not one factor", false
}

// oneFactor gives the number that the second equation's left − right is times the first's, once it is multiplied with (up)
// or divided by a letter; "" is no letter.
func oneFactor(a, b read.Reading, letter string, up bool) (ratio exact.Q, ok bool) {
	for n := int64(2); n < 14; n++ {
		x, okX := gapAt(a, n)
		y, okY := gapAt(b, n)
		if !okX || !okY {
			continue
		}
		if v := exact.Int(valueAt(letter, n)); letter != "" && up {
			y = y.Mul(v)
		} else if letter != "" {
			y = y.Quo(v)
		}
		if x.Sign() == 0 || y.Sign() == 0 {
			if x.Sign() != y.Sign() {
				return exact.Q{}, false
			}
			continue
		}
		q := y.Quo(x)
		if ok && q.Cmp(ratio) != 0 {
			return exact.Q{}, false
		}
		ratio, ok = q, true
	}
	return ratio, ok
}

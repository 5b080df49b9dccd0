package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
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

// reportWrong judges every second equation as an answer whose key is the first.
func reportWrong(out io.Writer, name, lists string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	var all []wrongStep
	if err := json.NewDecoder(z).Decode(&all); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	type tally struct{ equal, named, weak, unnamed, unread int }
	labels := map[string]*tally{}
	names := map[near.Miss]int{}
	var sum tally
	var proofs []string
	unproved := 0
	var micros []float64
	for i, w := range all {
		t := labels[w.Label]
		if t == nil {
			t = &tally{}
			labels[w.Label] = t
		}
		began := time.Now()
		k, err := algebra.NewKey(algebra.Ask{Key: w.Eq1})
		if err != nil {
			return fmt.Errorf("row %d: %w", i, err)
		}
		v := k.Check(w.Eq2)
		micros = append(micros, float64(time.Since(began).Nanoseconds())/1000)
		switch {
		case v.Outcome == algebra.Right:
			t.equal++
			why, ok := proof(w.Eq1, w.Eq2)
			if !ok {
				unproved++
			}
			proofs = append(proofs, fmt.Sprintf("%d\t%s\t%s", i, w.Label, why))
		case v.Outcome == algebra.Unreadable:
			t.unread++
		case v.Near == near.None:
			t.unnamed++
		case v.Near == near.OneSide:
			t.weak++
		default:
			t.named++
		}
		if v.Outcome == algebra.NotYet {
			names[v.Near]++
		}
	}
	fmt.Fprintf(out, "## Real wrong steps\n\nEvery one of the %d steps: the equation before it is the key, the equation after it the answer.\n\n", len(all))
	fmt.Fprintf(out, "| the tutor's label | steps | equivalent after all | slip named | only \"one side is right\" | no name | unreadable |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	keys := make([]string, 0, len(labels))
	for l := range labels {
		keys = append(keys, l)
	}
	slices.Sort(keys)
	for _, l := range keys {
		t := labels[l]
		fmt.Fprintf(out, "| %s | %d | %d | %d | %d | %d | %d |\n", l, t.equal+t.named+t.weak+t.unnamed+t.unread, t.equal, t.named, t.weak, t.unnamed, t.unread)
		sum.equal, sum.named, sum.weak, sum.unnamed, sum.unread = sum.equal+t.equal, sum.named+t.named, sum.weak+t.weak, sum.unnamed+t.unnamed, sum.unread+t.unread
	}
	wrong := sum.named + sum.weak + sum.unnamed
	fmt.Fprintf(out, "| all | %d | %d | %d | %d | %d | %d |\n\n", len(all), sum.equal, sum.named, sum.weak, sum.unnamed, sum.unread)
	fmt.Fprintf(out, "Of the %d steps that were accepted, %d are proved equivalent by a calculation that shares nothing with the comparison (each side of the second equation is the first's times one number plus one expression); unproved: %d. Of the %d that are wrong, %.1f %% have their slip named, %.1f %% with \"one side is right\" counted too. Median %.0f µs a step, 99th percentile %.0f µs.\n\n",
		sum.equal, sum.equal-unproved, unproved, wrong, percent(sum.named, wrong), percent(sum.named+sum.weak, wrong), quantile(micros, 0.5), quantile(micros, 0.99))
	var misses []string
	for m := range names {
		if m != near.None {
			misses = append(misses, string(m))
		}
	}
	slices.SortFunc(misses, func(a, b string) int { return names[near.Miss(b)] - names[near.Miss(a)] })
	for i, m := range misses {
		misses[i] = fmt.Sprintf("%s %d", m, names[near.Miss(m)])
	}
	fmt.Fprintf(out, "The names: %s.\n\n", strings.Join(misses, ", "))
	if lists != "" {
		return os.WriteFile(filepath.Join(lists, "equivalent.tsv"), []byte("row\tlabel\tproof\n"+strings.Join(proofs, "\n")+"\n"), 0o644)
	}
	return nil
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
	var ratio exact.Q
	first := true
	for n := int64(2); n < 14; n++ {
		x, ok := gapAt(a, n)
		y, also := gapAt(b, n)
		if !ok || !also {
			continue
		}
		if x.Sign() == 0 || y.Sign() == 0 {
			if x.Sign() != y.Sign() {
				return "differs", false
			}
			continue
		}
		q := y.Quo(x)
		if !first && q.Cmp(ratio) != 0 {
			return "not one factor", false
		}
		ratio, first = q, false
	}
	return "factor " + ratio.String(), !first
}

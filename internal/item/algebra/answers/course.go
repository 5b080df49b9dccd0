package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kith/internal/item/algebra"
	"kith/internal/item/algebra/ball"
	"kith/internal/item/algebra/read"
	"kith/internal/item/algebra/tree"
)

// step is one step of OATutor's, as far as its key goes.
type step struct {
	ID          string
	StepAnswer  []string
	ProblemType string
	AnswerType  string
	Choices     []string
}

// readSteps reads every step of every course in a folder.
func readSteps(dir string) ([]step, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl.gz"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no course in %s (%v)", dir, err)
	}
	slices.Sort(files)
	var all []step
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, err
		}
		lines := bufio.NewScanner(z)
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			var p struct{ Steps []step }
			if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			all = append(all, p.Steps...)
		}
		if err := lines.Err(); err != nil {
			return nil, err
		}
		f.Close()
	}
	return all, nil
}

// exception is a step that did not do what it should, and why.
type exception struct{ id, what, why string }

// reportCourse parses every key, rewrites it three ways and spoils it three ways.
func reportCourse(out io.Writer, dir string) error {
	steps, err := readSteps(dir)
	if err != nil {
		return err
	}
	var arithmetic, parsed, sound, choice, among int
	var odd []exception
	for _, s := range steps {
		if len(s.StepAnswer) == 0 {
			continue
		}
		key := s.StepAnswer[0]
		switch {
		case s.ProblemType == "MultipleChoice":
			choice++
			if slices.Contains(s.Choices, key) {
				among++
			} else {
				odd = append(odd, exception{s.ID, key, "the key is not among the options"})
			}
		case s.AnswerType == "arithmetic":
			arithmetic++
			why := judgeStep(key)
			if !strings.HasPrefix(why, "key:") {
				parsed++
			}
			if why == "" {
				sound++
			} else {
				odd = append(odd, exception{s.ID, key, why})
			}
		}
	}
	fmt.Fprintf(out, "## The keys of a course\n\n| what | steps | share |\n| --- | ---: | ---: |\n")
	fmt.Fprintf(out, "| arithmetic keys that are typed | %d | |\n", arithmetic)
	fmt.Fprintf(out, "| of them read as mathematics, with no fallback to text | %d | %.2f %% |\n", parsed, percent(parsed, arithmetic))
	fmt.Fprintf(out, "| of them accept three rewritten forms and refuse three mutations | %d | %.2f %% |\n", sound, percent(sound, arithmetic))
	fmt.Fprintf(out, "| multiple-choice steps | %d | |\n| of them with the key among the options | %d | %.2f %% |\n\n", choice, among, percent(among, choice))
	fmt.Fprintf(out, "Every exception:\n\n| step | why |\n| --- | --- |\n")
	for _, e := range odd {
		fmt.Fprintf(out, "| %s | %s |\n", e.id, strings.ReplaceAll(e.why, "|", `\|`))
	}
	fmt.Fprintln(out)
	return nil
}

func percent(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return 100 * float64(n) / float64(of)
}

// judgeStep says what is wrong with how a key is judged, "" for nothing.
func judgeStep(key string) string {
	if strings.Contains(key, "@{") {
		return "key: holds a placeholder that the course never fills in"
	}
	k, err := algebra.NewKey(algebra.Ask{Key: key})
	if err != nil {
		return "key: cannot be read: " + err.Error()
	}
	r, err := read.Read(key, read.Options{})
	if err != nil {
		return "key: " + err.Error()
	}
	for how, text := range rewritten(r.Tree) {
		if v := k.Check(text); v.Outcome != algebra.Right {
			return fmt.Sprintf("%s, %s, is %s (%s)", howRewritten[how], text, v.Outcome, v.Near)
		}
	}
	for _, text := range spoiled(r.Tree) {
		if v := k.Check(text); v.Outcome == algebra.Right {
			return "accepts the mutation " + text
		}
	}
	return ""
}

var howRewritten = []string{"the reordered form", "the other syntax", "the unsimplified form"}

// rewritten are three other ways to write a key: its sums, products and sides turned round; TeX; and not simplified.
func rewritten(n *tree.Node) []string {
	turned := n.Map(func(m *tree.Node) *tree.Node {
		if m.Kind != tree.Sum && m.Kind != tree.Product && !(m.Kind == tree.Relation && len(m.Kids) == 2) {
			return m
		}
		t := *m
		t.Kids = slices.Clone(m.Kids)
		slices.Reverse(t.Kids)
		t.Signs = nil
		for _, s := range m.Signs {
			t.Signs = append(t.Signs, s.Flip())
		}
		return &t
	})
	return []string{turned.Plain(), n.TeX(), padded(n).Plain()}
}

// padded makes every value unsimplified: doubled and halved, its products multiplied out once.
func padded(n *tree.Node) *tree.Node {
	if n.Statement() {
		m := *n
		m.Kids = make([]*tree.Node, len(n.Kids))
		for i, k := range n.Kids {
			if m.Kids[i] = padded(k); n.Kind == tree.Relation && k.Kind == tree.Letter {
				m.Kids[i] = k
			}
		}
		return &m
	}
	if n.Has(tree.PlusMinus) || n.Has(tree.Measure) {
		return n
	}
	two := tree.Named(tree.Number, "2")
	return tree.New(tree.Quotient, tree.New(tree.Product, two, spread(n)), two)
}

// spread multiplies out the first product of a sum that it meets.
func spread(n *tree.Node) *tree.Node {
	done := false
	return n.Map(func(m *tree.Node) *tree.Node {
		if done || m.Kind != tree.Product || len(m.Kids) != 2 || m.Kids[1].Kind != tree.Sum {
			return m
		}
		done = true
		var terms []*tree.Node
		for _, t := range m.Kids[1].Kids {
			if t.Kind == tree.Minus {
				terms = append(terms, tree.New(tree.Minus, tree.New(tree.Product, m.Kids[0], t.Kids[0])))
			} else {
				terms = append(terms, tree.New(tree.Product, m.Kids[0], t))
			}
		}
		return tree.New(tree.Sum, terms...)
	})
}

// spoiled are three keys that differ: one more, the opposite, and a number or letter of it changed.
func spoiled(n *tree.Node) []string {
	var out []string
	for _, change := range []func(*tree.Node) *tree.Node{
		func(v *tree.Node) *tree.Node { return tree.New(tree.Sum, v, tree.Named(tree.Number, "1")) },
		func(v *tree.Node) *tree.Node { return tree.New(tree.Minus, v) },
		leaf,
	} {
		m := changeValue(n, change)
		if differs(n, m) {
			out = append(out, m.Plain())
		}
	}
	for i := 2; len(out) < 3 && i < 9; i++ { // the opposite of 0 is 0
		m := changeValue(n, func(v *tree.Node) *tree.Node {
			return tree.New(tree.Sum, v, tree.Named(tree.Number, fmt.Sprint(i)))
		})
		if differs(n, m) {
			out = append(out, m.Plain())
		}
	}
	return out
}

// changeValue changes the last value of a statement, or the value itself.
func changeValue(n *tree.Node, change func(*tree.Node) *tree.Node) *tree.Node {
	if !n.Statement() {
		if n.Kind == tree.PlusMinus && len(n.Kids) == 2 {
			return tree.New(tree.PlusMinus, change(n.Kids[0]), n.Kids[1])
		}
		return change(n)
	}
	m := *n
	m.Kids = slices.Clone(n.Kids)
	last := len(m.Kids) - 1
	m.Kids[last] = changeValue(m.Kids[last], change)
	return &m
}

// leaf changes the first number of a value, or makes its first letter another one.
func leaf(n *tree.Node) *tree.Node {
	done := false
	return n.Map(func(m *tree.Node) *tree.Node {
		if done {
			return m
		}
		if k, ok := m.Whole(); ok && m.Kind == tree.Number {
			done = true
			return tree.Named(tree.Number, fmt.Sprint(k+1))
		}
		if m.Kind == tree.Letter {
			done = true
			return tree.New(tree.Power, m, tree.Named(tree.Number, "3"))
		}
		return m
	})
}

// differs makes sure that a mutation is one: the two have other values at some point. Statements are compared by their last
// side.
func differs(n, m *tree.Node) bool {
	for n.Statement() {
		n, m = n.Kids[len(n.Kids)-1], m.Kids[len(m.Kids)-1]
	}
	names := n.Letters()
	for _, extra := range m.Letters() {
		if !slices.Contains(names, extra) {
			names = append(names, extra)
		}
	}
	for _, start := range []float64{0.7, 1.9, 3.3} {
		at := make([]float64, len(names))
		for i := range at {
			at[i] = start + 0.31*float64(i)
		}
		x, ok := ball.ValueAt(n, names, at)
		y, also := ball.ValueAt(m, names, at)
		if ok && also {
			d := x.Mid - y.Mid
			if real(d)*real(d)+imag(d)*imag(d) > 1e-12 {
				return true
			}
		}
	}
	return n.Has(tree.PlusMinus)
}

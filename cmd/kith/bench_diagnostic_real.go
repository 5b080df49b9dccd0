package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"kith/internal/diagnostic"
	"kith/internal/fault"
	"kith/internal/interop/graphcsv"
	"kith/internal/interop/source"
	"kith/internal/item"
	"kith/internal/measure"
	"kith/internal/skill"
)

const (
	realFolds = 5
	leastReal = 10 // people
)

// realFigures say how well answers of real people are foretold: each from the person's others, by models fitted on other people.
type realFigures struct {
	Learners int            `json:"learners"`
	Skills   int            `json:"skills"`
	Answers  int            `json:"answers"`
	Right    measure.Figure `json:"right"` // share
	Slip     float64        `json:"slip"`
	Guess    float64        `json:"guess"`
	Seed     uint64         `json:"seed"`
	Check    heldOut        `json:"check"` // prerequisites and ability
	IRT      heldOut        `json:"irt"`   // ability alone
	Rate     heldOut        `json:"rate"`  // how many others had the item right
	Eps      measure.Figure `json:"eps"`   // found against the graph, mean of the folds
}

type heldOut struct {
	AUC     measure.Figure   `json:"auc"`
	AUCIn   measure.Interval `json:"auc_interval"`
	Lead    measure.Interval `json:"check_leads"` // 95 % over people: by how much the check's AUC is higher
	LogLoss measure.Figure   `json:"logloss"`
	RMSE    measure.Figure   `json:"rmse"`
}

// foretell foretells real answers on the graph of --graph.
func (c *diagnosticBench) foretell(w *checkWorld, out io.Writer) error {
	rows, err := readAnswers(c.Answers, w)
	if err != nil {
		return err
	}
	f := realFigures{Learners: len(rows), Skills: len(w.ids), Slip: c.Slip, Guess: c.Guess, Seed: c.Seed}
	var p [3][]float64
	var correct []bool
	var who []int32
	folds := measure.Folds(len(rows), realFolds, c.Seed)
	for fold := range realFolds {
		w.earlier.Marks = nil
		for k, row := range rows {
			if folds[k] != fold {
				w.earlier.Marks = append(w.earlier.Marks, row)
			}
		}
		prior, params, err := diagnostic.Fit(w.graph, w.ids, w.earlier, c.params())
		if err != nil {
			return err
		}
		f.Eps += measure.Figure(params.Eps / realFolds)
		space, err := diagnostic.New(w.graph, w.ids, prior, params)
		if err != nil {
			return err
		}
		bank, err := w.bank()
		if err != nil {
			return err
		}
		for k, row := range rows {
			if folds[k] != fold {
				continue
			}
			for i := range row {
				st, err := space.Replay(others(w.ids, row, i), "")
				if err != nil {
					return err
				}
				person, right := bank.Begin(), 0.0
				for j, m := range row {
					if j != i {
						person.Answer(j, m == diagnostic.Right)
					}
				}
				for _, other := range w.earlier.Marks {
					if other[i] == diagnostic.Right {
						right++
					}
				}
				m := st.Marginals()[w.ids[i]]
				p[0] = append(p[0], params.Guess+(1-params.Slip-params.Guess)*m)
				p[1] = append(p[1], person.Right(i))
				p[2] = append(p[2], (right+0.5)/float64(len(w.earlier.Marks)+1))
				correct, who = append(correct, row[i] == diagnostic.Right), append(who, int32(k))
			}
		}
	}
	f.fill(p, correct, who)
	e := json.NewEncoder(out)
	e.SetIndent("", " ")
	return e.Encode(f)
}

func (f *realFigures) fill(p [3][]float64, correct []bool, who []int32) {
	f.Answers = len(correct)
	for _, c := range correct {
		if c {
			f.Right += 1 / measure.Figure(len(correct))
		}
	}
	auc, lead := measure.Bootstrap(p[:], correct, f.Learners, func(row int) int32 { return who[row] }, measure.Resamples, f.Seed)
	for k, to := range []*heldOut{&f.Check, &f.IRT, &f.Rate} {
		*to = heldOut{AUC: measure.Figure(measure.AUC(p[k], correct)), AUCIn: auc[k], LogLoss: measure.Figure(measure.LogLoss(p[k], correct)), RMSE: measure.Figure(measure.RMSE(p[k], correct))}
		if k > 0 { // Bootstrap gives by how much each leads the first
			to.Lead = measure.Interval{Low: -lead[k].High, High: -lead[k].Low}
		}
	}
}

// others are a person's answers but one.
func others(ids []skill.ID, row []diagnostic.Mark, but int) (out []diagnostic.Answer) {
	for j, m := range row {
		if j != but {
			out = append(out, diagnostic.Answer{Skill: ids[j], Kind: item.Number, Right: m == diagnostic.Right})
		}
	}
	return out
}

// readAnswers reads a table of answers: the first line names the skills of the graph, each once; each further one is a person,
// with 1 where they were right and 0 where not. Errors: Invalid, naming what is wrong and where.
func readAnswers(name string, w *checkWorld) ([][]diagnostic.Mark, error) {
	file := filepath.Base(name)
	b, err := source.Read(name, graphcsv.MaxFile)
	if err != nil {
		return nil, err
	}
	text, err := source.Text(name, b)
	if err != nil {
		return nil, err
	}
	in := csv.NewReader(strings.NewReader(text))
	head, err := in.Read()
	at, met := make([]int, len(head)), map[int]bool{}
	for k, column := range head {
		i, ok := w.at[skill.ID(strings.TrimSpace(column))]
		if !ok || met[i] {
			return nil, fault.New(fault.Invalid, "fault.bench.answers.column", "file", file, "column", column)
		}
		at[k], met[i] = i, true
	}
	if err == nil && len(met) < len(w.ids) {
		return nil, fault.New(fault.Invalid, "fault.bench.answers.columns", "file", file, "n", len(met), "skills", len(w.ids))
	}
	var rows [][]diagnostic.Mark
	for err == nil {
		var record []string
		if record, err = in.Read(); err != nil {
			break
		}
		row := make([]diagnostic.Mark, len(w.ids))
		for k, v := range record {
			switch strings.TrimSpace(v) {
			case "1":
				row[at[k]] = diagnostic.Right
			case "0":
				row[at[k]] = diagnostic.NotYet
			default:
				line, _ := in.FieldPos(k)
				return nil, fault.New(fault.Invalid, "fault.bench.answers.value", "file", file, "line", line, "column", head[k], "value", v)
			}
		}
		rows = append(rows, row)
	}
	if !errors.Is(err, io.EOF) {
		return nil, fault.Wrap(fault.Invalid, err, "fault.graph.broken", "file", file, "line", len(rows)+2, "detail", err.Error())
	}
	if len(rows) < leastReal {
		return nil, fault.New(fault.Invalid, "fault.bench.answers.few", "file", file, "n", len(rows), "least", leastReal)
	}
	return rows, nil
}

// crowdFile is the made-up learners for another program to test: what they know, how they would answer each skill, and the
// items' parameters as the plain adaptive test has them, on the scale of a standard normal ability.
type crowdFile struct {
	Slope    float64        `json:"slope"`
	Hard     []float64      `json:"hard"`
	Slip     float64        `json:"slip"`
	Guess    float64        `json:"guess"`
	Asked    int            `json:"questions"`
	Learners []crowdLearner `json:"learners"`
}

type crowdLearner struct {
	Knows []bool `json:"knows"`
	Right []bool `json:"right"`
}

// hand writes the learners for another program.
func (w *checkWorld) hand(path string) error {
	bank, err := w.bank()
	if err != nil {
		return err
	}
	hard, slope := bank.Items()
	out := crowdFile{Slope: slope, Hard: hard, Slip: w.cmd.Slip, Guess: w.cmd.Guess, Asked: w.cmd.Questions}
	for k := range w.cmd.Learners {
		l, r := w.learner(k)
		right := make([]bool, len(l.Knows))
		for i := range right {
			right[i] = l.Answer(r, i, w.cmd.Slip, w.cmd.Guess)
		}
		out.Learners = append(out.Learners, crowdLearner{l.Knows, right})
	}
	b, err := json.Marshal(out)
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o600)
}

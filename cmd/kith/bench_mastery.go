package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"

	"kith/internal/answers"
	"kith/internal/fault"
	"kith/internal/interop/answercsv"
	"kith/internal/measure"
	"kith/internal/phrase"
	"kith/internal/predict"
)

// masteryBench scores the engine's two heads, and the prediction without the order of items, on answers that somebody holds:
// every probability is given before its answer, by models fitted on other learners.
type masteryBench struct {
	File  string `name:"data" help:"A CSV of answers, plain or gzipped: user,item,skill,correct and perhaps ts; several skills parted by ;." required:"" type:"path" placeholder:"FILE"`
	Test  string `help:"Fit on --data and score this file, every learner from the beginning." type:"path" placeholder:"FILE"`
	Folds int    `help:"Without --test: score each of so many parts of the learners, fitted on the others (5)." placeholder:"N"`
	Seed  uint64 `help:"Of the folds, the intervals and the order of a school from zero." default:"1"`
	Rows  string `help:"Write every scored answer with its fold and the three chances to this file, to compare with others." type:"path" placeholder:"FILE"`
	JSON  bool   `name:"json" help:"Print JSON."`
}

// headFigures are the figures of one head. All AUCs pool the rows of all folds, but for the folds' own mean.
type headFigures struct {
	Rows       int              `json:"rows"`
	Learners   int              `json:"learners"`
	AUC        measure.Figure   `json:"auc"`
	AUCNewItem measure.Figure   `json:"auc_new_item"` // the item is not the one asked just before
	AUCFirst   measure.Figure   `json:"auc_first"`    // the learner's first attempt at the item
	RMSE       measure.Figure   `json:"rmse"`
	LogLoss    measure.Figure   `json:"logloss"`
	ECE        measure.Figure   `json:"ece"`
	Excess     measure.Figure   `json:"ece_skill_excess_p95"`
	Ns         measure.Figure   `json:"ns_per_answer"`
	Fit        measure.Figure   `json:"fit_seconds"` // of one fit
	Interval   measure.Interval `json:"auc_interval"`
	Lead       measure.Interval `json:"auc_lead_over_mastery"`
	Within     measure.Figure   `json:"auc_within_item"`
	FoldMean   measure.Figure   `json:"auc_fold_mean"`
	FoldSpread measure.Figure   `json:"auc_fold_sd"`
	Skills     int              `json:"skills_with_300"`
	SkillECE   measure.Figure   `json:"ece_skill_p95"`
}

// zeroFigures are those of a school that begins with nothing.
type zeroFigures struct {
	Windows []window       `json:"windows"`
	After   measure.Figure `json:"auc_after_20k"`
	Mastery measure.Figure `json:"mastery_auc_same_rows"` // fitted offline on other learners
	ECE     measure.Figure `json:"ece_5k_to_25k"`
	Ns      measure.Figure `json:"ns_per_answer"` // with learning
}

type window struct {
	From int            `json:"from"`
	To   int            `json:"to"`
	AUC  measure.Figure `json:"auc"`
	ECE  measure.Figure `json:"ece"`
}

// apartFigures say where the two heads disagree.
type apartFigures struct {
	Rows  int            `json:"rows"` // answers before which they were more than measure.Apart apart
	Share measure.Figure `json:"share"`
	Items []apartItem    `json:"items"` // the twenty where that happened most, of Of
	Of    int            `json:"of_items"`
}

type apartItem struct {
	Item       string         `json:"item"`
	Rows       int            `json:"rows"`
	Share      measure.Figure `json:"share"`
	Mastery    measure.Figure `json:"mastery"`
	Prediction measure.Figure `json:"prediction"`
	Correct    measure.Figure `json:"correct"`
}

type masteryReport struct {
	Mastery    headFigures  `json:"mastery"`
	Prediction headFigures  `json:"prediction"`
	Readable   headFigures  `json:"readable"`
	Data       dataFigures  `json:"data"`
	FromZero   zeroFigures  `json:"from_zero"`
	Disagree   apartFigures `json:"disagree"`
}

// Run scores and prints.
func (c *masteryBench) Run() error { return c.run(os.Stdout) }

func (c *masteryBench) run(out io.Writer) error {
	r, err := c.figures()
	if err != nil {
		return err
	}
	if c.JSON {
		e := json.NewEncoder(out)
		e.SetIndent("", " ")
		return e.Encode(r)
	}
	return r.table(out)
}

func (c *masteryBench) figures() (*masteryReport, error) {
	if c.Test != "" && c.Folds != 0 {
		return nil, fault.New(fault.Invalid, "fault.answers.both")
	}
	folds := c.Folds
	if folds == 0 {
		folds = 5
	}
	log, data, err := heldAnswers(c.File, folds, c.Seed, c.Test == "")
	if err != nil {
		return nil, err
	}
	r := &masteryReport{Data: data}
	s := &scored{}
	if c.Test != "" {
		log, err = c.scoreFile(log, s, r)
	} else {
		err = c.scoreFolds(log, folds, s)
	}
	if err != nil {
		return nil, err
	}
	if err := c.measure(log, s, r); err != nil {
		return nil, err
	}
	if c.Rows != "" {
		if err := s.write(c.Rows, log); err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "fault.answers.out", "file", c.Rows, "detail", err.Error())
		}
	}
	return r, c.zero(log, s, r)
}

// scoreFile fits on the first file and scores the second.
func (c *masteryBench) scoreFile(log *answers.Log, s *scored, r *masteryReport) (*answers.Log, error) {
	test, err := answercsv.Load(c.Test)
	if err != nil {
		return nil, err
	}
	both, from, twice := answers.Join(log, test)
	r.Data.of(both)
	r.Data.Test, r.Data.Twice = filepath.Base(c.Test), twice
	return both, s.score(both.Part(func(l int) bool { return l < from }), both.Part(func(l int) bool { return l >= from }), 0)
}

func (c *masteryBench) scoreFolds(log *answers.Log, folds int, s *scored) error {
	fold := measure.Folds(len(log.Learners), folds, c.Seed)
	for f := range folds {
		err := s.score(log.Part(func(l int) bool { return fold[l] != f }), log.Part(func(l int) bool { return fold[l] == f }), f)
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *masteryBench) measure(log *answers.Log, s *scored, r *masteryReport) error {
	for _, p := range s.p {
		if err := measure.Check(p, s.correct); err != nil {
			return err
		}
	}
	fresh, first := firsts(log, s.rows)
	intervals, leads := measure.Bootstrap(s.p[:], s.correct, len(log.Learners), func(i int) int32 { return s.rows[i].Learner }, measure.Resamples, c.Seed)
	for h, into := range []*headFigures{&r.Mastery, &r.Prediction, &r.Readable} {
		p := s.p[h]
		f := headFigures{Rows: len(p), Learners: distinct(s.rows), Interval: intervals[h], Lead: leads[h]}
		f.AUC, f.AUCNewItem, f.AUCFirst = figureOf(measure.AUC, p, s.correct, nil), figureOf(measure.AUC, p, s.correct, fresh), figureOf(measure.AUC, p, s.correct, first)
		f.RMSE, f.LogLoss, f.ECE = measure.Figure(measure.RMSE(p, s.correct)), measure.Figure(measure.LogLoss(p, s.correct)), measure.Figure(measure.ECE(p, s.correct))
		f.Within = measure.Figure(measure.WithinItemAUC(p, s.correct, len(log.Items), func(i int) int32 { return s.rows[i].Item }))
		skills := measure.SkillErrors(p, s.correct, len(log.Skills), func(i int) []int32 { return log.Sets[s.rows[i].Set] }, c.Seed)
		var excess, plain []float64
		for _, k := range skills {
			excess, plain = append(excess, k.Excess), append(plain, k.ECE)
		}
		f.Skills, f.Excess, f.SkillECE = len(skills), measure.Figure(measure.Percentile(excess, .95)), measure.Figure(measure.Percentile(plain, .95))
		f.Ns, f.Fit = measure.Figure(s.ns[h]), measure.Figure(s.fit[h]/float64(s.fits))
		f.FoldMean, f.FoldSpread = s.byFold(p)
		*into = f
	}
	share, items := measure.Disagree(s.p[headMastery], s.p[headPrediction], s.correct, len(log.Items), func(i int) int32 { return s.rows[i].Item })
	r.Disagree = apartFigures{Rows: int(math.Round(share * float64(len(s.rows)))), Share: measure.Figure(share), Items: []apartItem{}, Of: len(items)}
	for _, d := range items[:min(len(items), 20)] {
		r.Disagree.Items = append(r.Disagree.Items, apartItem{log.Items[d.Item], d.Rows, measure.Figure(d.Share), measure.Figure(d.First), measure.Figure(d.Second), measure.Figure(d.Correct)})
	}
	return nil
}

// figureOf is a measure over those rows that pick says yes to; over all when pick is nil.
func figureOf(of func([]float64, []bool) float64, p []float64, correct, pick []bool) measure.Figure {
	if pick == nil {
		return measure.Figure(of(p, correct))
	}
	var q []float64
	var c []bool
	for i, yes := range pick {
		if yes {
			q, c = append(q, p[i]), append(c, correct[i])
		}
	}
	return measure.Figure(of(q, c))
}

// firsts marks the rows whose item is not the one before, and those whose item the learner never had before. Rows of a
// learner stand together.
func firsts(log *answers.Log, rows []answers.Row) (fresh, first []bool) {
	fresh, first = make([]bool, len(rows)), make([]bool, len(rows))
	met := make([]int32, len(log.Items)) // the learner who met the item last, +1
	for i, r := range rows {
		fresh[i] = i == 0 || rows[i-1].Learner != r.Learner || rows[i-1].Item != r.Item
		first[i] = met[r.Item] != r.Learner+1
		met[r.Item] = r.Learner + 1
	}
	return fresh, first
}

func distinct(rows []answers.Row) (n int) {
	for i, r := range rows {
		if i == 0 || rows[i-1].Learner != r.Learner {
			n++
		}
	}
	return n
}

// byFold is the mean AUC of the folds and its standard deviation between them.
func (s *scored) byFold(p []float64) (mean, spread measure.Figure) {
	var all []float64
	for from := 0; from < len(p); {
		to := from
		for to < len(p) && s.fold[to] == s.fold[from] {
			to++
		}
		all = append(all, measure.AUC(p[from:to], s.correct[from:to]))
		from = to
	}
	var sum, square float64
	for _, a := range all {
		sum += a / float64(len(all))
	}
	for _, a := range all {
		square += (a - sum) * (a - sum) / float64(len(all)-1)
	}
	return measure.Figure(sum), measure.Figure(math.Sqrt(square))
}

// zero runs the prediction head from nothing over all answers.
func (c *masteryBench) zero(log *answers.Log, s *scored, r *masteryReport) error {
	places := mixed(log, c.Seed)
	p, ns, err := fromZero(log, places, predict.Prediction)
	if err != nil {
		return err
	}
	correct := make([]bool, len(places))
	for i, at := range places {
		correct[i] = log.Rows[at].Correct
	}
	z := zeroFigures{Ns: measure.Figure(ns), After: measure.Figure(math.NaN()), Mastery: measure.Figure(math.NaN()), ECE: measure.Figure(math.NaN()), Windows: []window{}}
	for _, w := range [][2]int{{0, 1000}, {1000, 5000}, {5000, 20_000}, {20_000, 80_000}, {80_000, len(p)}} {
		if to := min(w[1], len(p)); to > w[0] {
			z.Windows = append(z.Windows, window{w[0], to, measure.Figure(measure.AUC(p[w[0]:to], correct[w[0]:to])), measure.Figure(measure.ECE(p[w[0]:to], correct[w[0]:to]))})
		}
	}
	if len(p) > 20_000 {
		z.After = measure.Figure(measure.AUC(p[20_000:], correct[20_000:]))
		if r.Data.Folds > 0 { // every answer has an offline chance
			offline := make([]float64, len(p))
			at := place(log, s.rows)
			for i, v := range s.p[headMastery] {
				offline[at[i]] = v
			}
			q := make([]float64, 0, len(p))
			for _, at := range places[20_000:] {
				q = append(q, offline[at])
			}
			z.Mastery = measure.Figure(measure.AUC(q, correct[20_000:]))
		}
	}
	if len(p) > 5000 {
		to := min(25_000, len(p))
		z.ECE = measure.Figure(measure.ECE(p[5000:to], correct[5000:to]))
	}
	r.FromZero = z
	return nil
}

// place is where each scored row stands in the log.
func place(log *answers.Log, rows []answers.Row) []int {
	next := slices.Clone(log.Start)
	at := make([]int, len(rows))
	for i, r := range rows {
		at[i] = next[r.Learner]
		next[r.Learner]++
	}
	return at
}

// table prints the report for people.
func (r *masteryReport) table(out io.Writer) error {
	words, err := catalogue()
	if err != nil {
		return err
	}
	say := func(p phrase.Phrase) { fmt.Fprintln(out, words.Say(phrase.Default, p)) }
	r.Data.say(say)
	fmt.Fprintf(out, "\n| %-22s | %10s | %10s | %10s |\n| --- | ---: | ---: | ---: |\n", "", headNames[0], headNames[1], headNames[2])
	line := func(name, format string, of func(*headFigures) measure.Figure) {
		fmt.Fprintf(out, "| %-22s |", name)
		for _, h := range []*headFigures{&r.Mastery, &r.Prediction, &r.Readable} {
			fmt.Fprintf(out, " %10s |", fmt.Sprintf(format, of(h)))
		}
		fmt.Fprintln(out)
	}
	line("auc", "%.4f", func(h *headFigures) measure.Figure { return h.AUC })
	line("auc 95 % from", "%.4f", func(h *headFigures) measure.Figure { return h.Interval.Low })
	line("auc 95 % to", "%.4f", func(h *headFigures) measure.Figure { return h.Interval.High })
	line("auc_new_item", "%.4f", func(h *headFigures) measure.Figure { return h.AUCNewItem })
	line("auc_first", "%.4f", func(h *headFigures) measure.Figure { return h.AUCFirst })
	line("auc_within_item", "%.4f", func(h *headFigures) measure.Figure { return h.Within })
	line("rmse", "%.4f", func(h *headFigures) measure.Figure { return h.RMSE })
	line("logloss", "%.4f", func(h *headFigures) measure.Figure { return h.LogLoss })
	line("ece", "%.4f", func(h *headFigures) measure.Figure { return h.ECE })
	line("ece_skill_excess_p95", "%.4f", func(h *headFigures) measure.Figure { return h.Excess })
	line("ns_per_answer", "%.0f", func(h *headFigures) measure.Figure { return h.Ns })
	line("fit_seconds", "%.2f", func(h *headFigures) measure.Figure { return h.Fit })
	z := r.FromZero
	fmt.Fprintln(out)
	say(phrase.Of("bench.mastery.zero", "after", fmt.Sprintf("%.4f", z.After), "mastery", fmt.Sprintf("%.4f", z.Mastery), "ece", fmt.Sprintf("%.4f", z.ECE), "ns", fmt.Sprintf("%.0f", z.Ns)))
	say(phrase.Of("bench.mastery.disagree", "n", r.Disagree.Rows, "share", fmt.Sprintf("%.1f", 100*r.Disagree.Share), "items", r.Disagree.Of))
	for _, i := range r.Disagree.Items {
		say(phrase.Of("bench.mastery.disagree_item", "item", i.Item, "rows", i.Rows, "mastery", fmt.Sprintf("%.2f", i.Mastery), "prediction", fmt.Sprintf("%.2f", i.Prediction), "correct", fmt.Sprintf("%.2f", i.Correct)))
	}
	return nil
}

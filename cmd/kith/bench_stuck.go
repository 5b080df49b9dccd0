package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"kith/internal/answers"
	"kith/internal/classroom/company"
	"kith/internal/mastery/ability"
	"kith/internal/measure"
	"kith/internal/phrase"
)

// stuckBench scores, on answers that somebody holds, how well the engine says early who practises on without getting
// there: no three right in a row within the first ten answers to a skill.
type stuckBench struct {
	File  string `name:"data" help:"A CSV of answers, plain or gzipped: user,item,skill,correct and perhaps ts; several skills parted by ;." required:"" type:"path" placeholder:"FILE"`
	Folds int    `help:"Score each of so many parts of the learners, with what was fitted on the others." default:"5" placeholder:"N"`
	Seed  uint64 `help:"Of the folds and the intervals." default:"1"`
	JSON  bool   `name:"json" help:"Print JSON."`
}

// askedAfter is after how many answers to a skill it is asked.
var askedAfter = [...]int{3, 5, 7}

// pull is how many cases the shipped weights count for when a school's own are fitted. As in package company's own tests.
const pull = 10

// stuckFigures are those after one number of answers, over the pairs that are still undecided then.
type stuckFigures struct {
	Answers   int              `json:"answers"`
	Cases     int              `json:"cases"`
	Stuck     int              `json:"stuck"`
	AUC       measure.Figure   `json:"auc"`
	Interval  measure.Interval `json:"auc_interval"`
	Precision measure.Figure   `json:"precision"` // among as many highest chances as there are stuck pairs
	Shipped   measure.Figure   `json:"auc_shipped"`
	ECE       measure.Figure   `json:"ece"`
	// What a teacher would be told, by the rule and the weights that ship: a chance of company.WantsAt and the last answer not right.
	Told       int            `json:"told"`
	ToldStuck  measure.Figure `json:"told_stuck"`       // share of these who were stuck
	StuckTold  measure.Figure `json:"stuck_told"`       // share of the stuck who were told of
	ToldChance measure.Figure `json:"told_mean_chance"` // what the told were believed to be, on average
}

type pairFigures struct {
	Determinate   int            `json:"determinate"`   // learner and skill with three in a row, or ten answers
	Stuck         int            `json:"stuck"`         // of these, without three in a row
	Indeterminate int            `json:"indeterminate"` // fewer answers and no three in a row
	Share         measure.Figure `json:"stuck_share"`   // of the determinate
}

type stuckReport struct {
	Data   dataFigures  `json:"data"`
	Pairs  pairFigures  `json:"pairs"`
	After3 stuckFigures `json:"after_3"`
	After5 stuckFigures `json:"after_5"`
	After7 stuckFigures `json:"after_7"`
}

// Run scores and prints.
func (c *stuckBench) Run() error { return c.run(os.Stdout) }

func (c *stuckBench) run(out io.Writer) error {
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

// stuckCase is one learner and skill after some answers, with what became of it and the chances given.
type stuckCase struct {
	company.Case
	learner      int32
	own, shipped float64
	told         bool
}

func (c *stuckBench) figures() (*stuckReport, error) {
	log, data, err := heldAnswers(c.File, c.Folds, c.Seed, true)
	if err != nil {
		return nil, err
	}
	r := &stuckReport{Data: data}
	r.Pairs = pairsOf(log)
	var cases []stuckCase
	fold := measure.Folds(len(log.Learners), c.Folds, c.Seed)
	for f := range c.Folds {
		scored, err := stuckFold(log, func(l int) bool { return fold[l] == f })
		if err != nil {
			return nil, err
		}
		cases = append(cases, scored...)
	}
	for i, into := range []*stuckFigures{&r.After3, &r.After5, &r.After7} {
		if *into, err = c.after(log, cases, askedAfter[i]); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (c *stuckBench) after(log *answers.Log, all []stuckCase, answered int) (stuckFigures, error) {
	f := stuckFigures{Answers: answered}
	var own, shipped []float64
	var stuck []bool
	var who []int32
	var right, chance float64
	for _, k := range all {
		if k.Seen.Answers == answered {
			if k.told {
				f.Told++
				chance += k.shipped
				if k.Stuck {
					right++
				}
			}
			own, shipped, stuck, who = append(own, k.own), append(shipped, k.shipped), append(stuck, k.Stuck), append(who, k.learner)
			if k.Stuck {
				f.Stuck++
			}
		}
	}
	f.Cases = len(own)
	f.ToldStuck, f.StuckTold, f.ToldChance = measure.Figure(right/float64(f.Told)), measure.Figure(right/float64(f.Stuck)), measure.Figure(chance/float64(f.Told))
	if err := measure.Check(own, stuck); err != nil {
		return f, err
	}
	f.AUC, f.Shipped, f.ECE = measure.Figure(measure.AUC(own, stuck)), measure.Figure(measure.AUC(shipped, stuck)), measure.Figure(measure.ECE(own, stuck))
	f.Precision = measure.Figure(measure.PrecisionAtBaseRate(own, stuck))
	intervals, _ := measure.Bootstrap([][]float64{own}, stuck, len(log.Learners), func(i int) int32 { return who[i] }, measure.Resamples, c.Seed)
	f.Interval = intervals[0]
	return f, nil
}

// pairsOf counts learners and skills by what became of them.
func pairsOf(log *answers.Log) (n pairFigures) {
	for l := range log.Learners {
		for _, right := range rightsBySkill(log, l) {
			_, stuck, known := company.Outcome(right)
			switch {
			case !known:
				n.Indeterminate++
			default:
				n.Determinate++
				if stuck {
					n.Stuck++
				}
			}
		}
	}
	n.Share = measure.Figure(float64(n.Stuck) / float64(n.Determinate))
	return n
}

// rightsBySkill is a learner's answers to each skill, right or not.
func rightsBySkill(log *answers.Log, learner int) map[int32][]bool {
	rights := map[int32][]bool{}
	for _, r := range log.Of(learner) {
		for _, k := range log.Sets[r.Set] {
			rights[k] = append(rights[k], r.Correct)
		}
	}
	return rights
}

// stuckFold fits on the learners whom test says no to, then follows the others, who meet items that the first have been followed on.
func stuckFold(log *answers.Log, test func(l int) bool) ([]stuckCase, error) {
	tracing, err := fitTracing(log.Part(func(l int) bool { return !test(l) }))
	if err != nil {
		return nil, err
	}
	follow, err := company.NewFollow(tracing.params, ability.Usual())
	if err != nil {
		return nil, err
	}
	known, err := stuckCases(log, follow, func(l int) bool { return !test(l) })
	if err != nil {
		return nil, err
	}
	train := make([]company.Case, len(known))
	for i, k := range known {
		train[i] = k.Case
	}
	own, err := company.Fit(train, company.Shipped(), pull)
	if err != nil {
		return nil, err
	}
	cases, err := stuckCases(log, follow, test)
	if err != nil {
		return nil, err
	}
	shipped := company.Shipped()
	for i := range cases {
		k := &cases[i]
		if k.own, err = own.Chance(k.Seen, k.Next); err != nil {
			return nil, err
		}
		if k.shipped, err = shipped.Chance(k.Seen, k.Next); err != nil {
			return nil, err
		}
		signal, err := shipped.Judge(k.Seen, nil)
		if err != nil {
			return nil, err
		}
		k.told = signal.Wants
	}
	return cases, nil
}

// stuckCases follows the learners whom keep says yes to, and gives every learner and skill after each number of answers from two
// on at which it was still open, and whose end is known. A log does not tell help or mistakes, so every right answer counts as unaided.
func stuckCases(log *answers.Log, follow *company.Follow, keep func(l int) bool) (cases []stuckCase, err error) {
	var skills []int
	for l := range log.Learners {
		if !keep(l) {
			continue
		}
		rights, count := rightsBySkill(log, l), map[int32]int{}
		for _, r := range log.Of(l) {
			skills = skills[:0]
			for _, k := range log.Sets[r.Set] {
				skills = append(skills, int(k))
			}
			if err := follow.Add(company.Answer{Learner: l, Item: int(r.Item), Skills: skills, Right: r.Correct}); err != nil {
				return nil, err
			}
			for _, k := range log.Sets[r.Set] {
				count[k]++
				if count[k] < 2 || count[k] >= company.Within {
					continue
				}
				got, stuck, known := company.Outcome(rights[k])
				if !known || !stuck && got <= count[k] {
					continue
				}
				seen, _, err := follow.Seen(l, int(k))
				if err != nil {
					return nil, err
				}
				cases = append(cases, stuckCase{Case: company.Case{Seen: seen, Next: company.Within - seen.Answers, Stuck: stuck}, learner: int32(l)})
			}
		}
	}
	return cases, nil
}

// table prints the report for people.
func (r *stuckReport) table(out io.Writer) error {
	words, err := catalogue()
	if err != nil {
		return err
	}
	say := func(p phrase.Phrase) { fmt.Fprintln(out, words.Say(phrase.Default, p)) }
	r.Data.say(say)
	say(phrase.Of("bench.stuck.pairs", "known", r.Pairs.Determinate, "stuck", r.Pairs.Stuck, "open", r.Pairs.Indeterminate))
	fmt.Fprintf(out, "\n| answers | cases | stuck | auc | 95 %% | precision | auc, shipped weights | ece | told | of these stuck | of the stuck |\n| ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, f := range []stuckFigures{r.After3, r.After5, r.After7} {
		fmt.Fprintf(out, "| %d | %d | %d | %.4f | %.4f to %.4f | %.3f | %.4f | %.4f | %d | %.2f | %.2f |\n", f.Answers, f.Cases, f.Stuck, f.AUC, f.Interval.Low, f.Interval.High, f.Precision, f.Shipped, f.ECE, f.Told, f.ToldStuck, f.StuckTold)
	}
	return nil
}

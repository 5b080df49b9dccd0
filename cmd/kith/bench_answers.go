package main

import (
	"path/filepath"

	"kith/internal/answers"
	"kith/internal/fault"
	"kith/internal/interop/answercsv"
	"kith/internal/phrase"
)

// dataFigures say what a bench read.
type dataFigures struct {
	File     string `json:"file"`
	Test     string `json:"test,omitempty"`
	Rows     int    `json:"rows"`
	Learners int    `json:"learners"`
	Items    int    `json:"items"`
	Skills   int    `json:"skills"`
	Several  int    `json:"rows_with_several_skills"`
	Pseudo   int    `json:"rows_without_skill"`
	Twice    int    `json:"learners_in_both_files"`
	Folds    int    `json:"folds,omitempty"`
	Seed     uint64 `json:"seed"`
}

// heldAnswers reads a file of answers for a bench, and refuses one that cannot be scored in so many folds by learner; folded
// is false where another file is scored, so that nothing is.
func heldAnswers(file string, folds int, seed uint64, folded bool) (*answers.Log, dataFigures, error) {
	d := dataFigures{File: filepath.Base(file), Seed: seed}
	if folds < 2 || folds > 50 {
		return nil, d, fault.New(fault.Invalid, "fault.answers.folds", "folds", folds)
	}
	log, err := answercsv.Load(file)
	if err != nil {
		return nil, d, err
	}
	if folded {
		if d.Folds = folds; log.Active() < folds {
			return nil, d, fault.New(fault.Invalid, "fault.answers.learners", "file", d.File, "n", log.Active(), "want", folds)
		}
	}
	d.of(log)
	return log, d, nil
}

// of counts a log.
func (d *dataFigures) of(log *answers.Log) {
	d.Rows, d.Learners, d.Items, d.Skills, d.Pseudo, d.Several = len(log.Rows), log.Active(), len(log.Items), len(log.Skills), log.Pseudo, 0
	for _, row := range log.Rows {
		if len(log.Sets[row.Set]) > 1 {
			d.Several++
		}
	}
}

// say tells people what was read.
func (d *dataFigures) say(say func(phrase.Phrase)) {
	say(phrase.Of("bench.mastery.data", "file", d.File, "rows", d.Rows, "learners", d.Learners, "items", d.Items, "skills", d.Skills, "seed", int(d.Seed)))
	if d.Pseudo > 0 {
		say(phrase.Of("bench.mastery.pseudo", "n", d.Pseudo))
	}
	if d.Twice > 0 {
		say(phrase.Of("bench.mastery.twice", "n", d.Twice))
	}
}

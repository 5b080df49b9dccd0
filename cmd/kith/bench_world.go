package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strings"

	"kith/internal/answers"
	"kith/internal/fault"
	"kith/internal/simulate"
)

// worldBench writes the answers of simulated learners as CSV, so that benches run where nobody holds any.
type worldBench struct {
	World string `arg:"" help:"Which: builder, sequences, steps, retries or small."`
	Out   string `help:"The file; gzipped when its name ends in .gz. Without it the standard output." type:"path" placeholder:"FILE"`
	Seed  uint64 `help:"Of the school and its learners." default:"1"`
}

// Run writes.
func (c *worldBench) Run() (err error) {
	log, err := c.answers()
	if err != nil {
		return err
	}
	if c.Out == "" {
		return writeAnswers(os.Stdout, log)
	}
	f, err := os.Create(c.Out)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "fault.answers.out", "file", c.Out, "detail", err.Error())
	}
	defer func() {
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
	}()
	if !strings.HasSuffix(c.Out, ".gz") {
		return writeAnswers(f, log)
	}
	z := gzip.NewWriter(f)
	if err := writeAnswers(z, log); err != nil {
		return err
	}
	return z.Close()
}

func (c *worldBench) answers() (*answers.Log, error) {
	var names []string
	for _, w := range simulate.Worlds() {
		if w.Name == c.World {
			return w.Open(c.Seed).Answers(c.Seed)
		}
		names = append(names, w.Name)
	}
	return nil, fault.New(fault.Invalid, "fault.answers.world", "world", c.World, "worlds", strings.Join(names, ", "))
}

// writeAnswers writes a log as package answercsv reads it.
func writeAnswers(out io.Writer, log *answers.Log) error {
	w := bufio.NewWriter(out)
	fmt.Fprintln(w, "user,item,skill,correct,ts")
	var skills []string
	for l, name := range log.Learners {
		for _, r := range log.Of(l) {
			skills = skills[:0]
			for _, k := range log.Sets[r.Set] {
				skills = append(skills, log.Skills[k])
			}
			correct := 0
			if r.Correct {
				correct = 1
			}
			fmt.Fprintf(w, "%s,%s,%s,%d,%d\n", name, log.Items[r.Item], strings.Join(skills, ";"), correct, r.At/1000)
		}
	}
	return w.Flush()
}

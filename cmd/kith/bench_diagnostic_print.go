package main

import (
	"fmt"
	"io"
	"strings"

	"kith/internal/measure"
	"kith/internal/phrase"
)

// fill works the figures out from everybody's check.
func (f *checkFigures) fill(all []sitting, c *diagnosticBench) {
	n := len(all)
	ones, bits, hit := make([]float64, n), make([]float64, n), make([]float64, n)
	called, right := make([]float64, n), make([]float64, n)
	var ready, said, believed, misfit, stops, at95 float64
	for k, s := range all {
		t := s.end()
		ones[k], bits[k], hit[k], called[k], right[k] = 1, s.bits, t.hit, t.called, t.right
		ready, said, believed, misfit, stops = ready+t.ready, said+t.said, believed+t.believed, misfit+t.misfit, stops+float64(s.stops)
		if t.hit >= 0.95 {
			at95++
		}
		f.StateKiB = max(f.StateKiB, measure.Figure(float64(s.bytes)/1024))
	}
	people := float64(n)
	f.Entropy, f.EntropyInterval = ratio(bits, ones), measure.Ratio(bits, ones, measure.Resamples, c.Seed)
	f.Accuracy, f.AccuracyIn = ratio(hit, ones), measure.Ratio(hit, ones, measure.Resamples, c.Seed)
	f.Precision, f.PrecisionIn = ratio(right, called), measure.Ratio(right, called, measure.Resamples, c.Seed)
	f.Believed, f.At95 = measure.Figure(believed/people), measure.Figure(at95/people)
	f.Recall, f.Called = measure.Figure(total(right)/ready), measure.Figure(total(called)/people)
	f.BelievedReady = measure.Figure(said / total(called))
	f.BelievedMisfit, f.StopsAfter = measure.Figure(misfit/people), measure.Figure(stops/people)
	for step := range all[0].course {
		row := courseFigures{After: min(5*step, c.Questions)}
		p := peer(all, func(s sitting) told { return s.course[min(step, len(s.course)-1)] })
		row.Accuracy, row.Believed, row.Precision = p.Accuracy, p.Believed, p.Precision
		f.Course = append(f.Course, row)
	}
}

func peer(all []sitting, of func(sitting) told) peerFigures {
	var hit, believed, called, right float64
	for _, s := range all {
		t := of(s)
		hit, believed, called, right = hit+t.hit, believed+t.believed, called+t.called, right+t.right
	}
	n := float64(len(all))
	return peerFigures{Accuracy: measure.Figure(hit / n), Believed: measure.Figure(believed / n), Precision: measure.Figure(right / called)}
}

func ratio(over, under []float64) measure.Figure { return measure.Figure(total(over) / total(under)) }

func total(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum
}

// table prints the figures for people.
func (f *checkFigures) table(out io.Writer) error {
	c, err := catalogue()
	if err != nil {
		return err
	}
	say := func(code string, pairs ...any) {
		fmt.Fprintln(out, c.Say(phrase.Default, phrase.Of(code, pairs...)))
	}
	say("bench.check.graph", "skills", f.Graph.Skills, "edges", f.Graph.Edges, "layers", f.Graph.Layers, "learners", f.Learners, "questions", f.Questions,
		"slip", plain(f.Slip), "guess", plain(f.Guess), "misfit", plain(f.Misfit), "seed", int(f.Seed))
	for _, loop := range f.Graph.Cycles {
		names := make([]string, 0, len(loop)+1)
		for _, id := range append(loop, loop[0]) {
			names = append(names, string(id))
		}
		say("bench.check.cycle", "cycle", strings.Join(names, " → "))
	}
	if f.Graph.Twice+f.Graph.Redundant+f.Graph.Orphans > 0 {
		say("bench.check.untidy", "twice", f.Graph.Twice, "redundant", f.Graph.Redundant, "orphans", f.Graph.Orphans)
	}
	interval := func(i measure.Interval) string { return short(i.Low) + " to " + short(i.High) }
	fmt.Fprintf(out, "| figure | measured | 95 %% |\n| --- | ---: | --- |\n")
	for _, row := range [][3]string{
		{"entropy_bits", short(f.Entropy), interval(f.EntropyInterval)},
		{"item_accuracy", short(f.Accuracy), interval(f.AccuracyIn)},
		{"believed_accuracy", short(f.Believed), ""},
		{"learners_at_95", short(f.At95), ""},
		{"readiness_precision", short(f.Precision), interval(f.PrecisionIn)},
		{"believed_readiness_precision", short(f.BelievedReady), ""},
		{"readiness_recall", short(f.Recall), ""},
		{"ready_called", short(f.Called), ""},
		{"believed_misfit", short(f.BelievedMisfit), ""},
		{"stops_after", short(f.StopsAfter), ""},
		{"ms_per_question", short(f.Milliseconds), ""},
		{"state_kib", short(f.StateKiB), ""},
	} {
		fmt.Fprintf(out, "| %s | %s | %s |\n", row[0], row[1], row[2])
	}
	fmt.Fprintf(out, "\n| baselines, %d learners | item_accuracy | believed | readiness_precision |\n| --- | ---: | ---: | ---: |\n", f.Baselines.Learners)
	for _, row := range []struct {
		name string
		p    peerFigures
	}{{"check", f.Baselines.Check}, {"prior", f.Baselines.Prior}, {"random", f.Baselines.Random}, {"unfitted", f.Baselines.Unfitted}, {"irt", f.Baselines.IRT}} {
		fmt.Fprintf(out, "| %s | %s | %s | %s |\n", row.name, short(row.p.Accuracy), short(row.p.Believed), short(row.p.Precision))
	}
	return nil
}

func short(f measure.Figure) string {
	b, err := f.MarshalJSON()
	if err != nil || string(b) == "null" {
		return "-"
	}
	return fmt.Sprintf("%.4g", float64(f))
}

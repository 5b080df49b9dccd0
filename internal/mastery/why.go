package mastery

import "kith/internal/phrase"

// Why is the estimate's one sentence: what speaks loudest in what the learner did last. It carries no probability and
// compares with nobody; the words are in why.en.json and read alike for the learner, the teacher and the guardian.
func Why(e Estimate) phrase.Phrase {
	s := e.State
	switch {
	case s.Reopened && s.Since == 0:
		return phrase.Of("why.reopened")
	case e.Credited && s.Since == 0:
		return phrase.Of("why.credited")
	case e.Attempts == 0:
		return phrase.Of("why.none")
	case s.Tries[len(s.Tries)-1].Unlearned:
		return phrase.Of("why.unlearned")
	case e.Attempts < 2:
		return phrase.Of("why.few", "n", e.Attempts)
	}
	run, alone, right := tail(s.Tries)
	n := len(s.Tries)
	switch {
	case run >= 2 && alone == run:
		return phrase.Of("why.run_alone", "n", run)
	case run >= 2 && alone > 0:
		return phrase.Of("why.run_mixed", "n", run, "alone", alone)
	case run >= 2:
		return phrase.Of("why.run_helped", "n", run)
	case run == 0 && n >= 2 && s.Tries[n-2].Went == WentNotYet:
		if e.Status == AnotherLook {
			return phrase.Of("why.look")
		}
		return phrase.Of("why.not_yet_run")
	case right == 0:
		return phrase.Of("why.not_yet_run")
	}
	return phrase.Of("why.mixed", "right", right, "n", n)
}

// tail counts, in the remembered tries, the unbroken run of rights at the end, those of it without help, and all rights.
func tail(tries []Try) (run, alone, right int) {
	open := true
	for i := len(tries) - 1; i >= 0; i-- {
		if tries[i].Went == WentNotYet {
			open = false
			continue
		}
		right++
		if open {
			run++
			if tries[i].Went == WentRight {
				alone++
			}
		}
	}
	return run, alone, right
}

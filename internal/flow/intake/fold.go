package intake

import (
	"slices"

	"kith/internal/phrase"
)

// Folded is a report for a page: each reason once, with how many records it is about and the first of them.
type Folded struct {
	Kind    string         `json:"kind"`
	Counts  Counts         `json:"counts"`
	Things  []FoldedThing  `json:"things"`
	Reasons []FoldedReason `json:"reasons"` // what was skipped first, then the commonest
	Doubts  []FoldedReason `json:"doubts"`  // taken, and worth a look
}

// FoldedThing is what became of one sort of thing: item, lesson, skill, unit, course, file.
type FoldedThing struct {
	Thing  string `json:"thing"`
	Counts Counts `json:"counts"`
}

// FoldedReason is one reason with the records that it is about; N counts all of them.
type FoldedReason struct {
	Outcome string         `json:"outcome"`
	N       int            `json:"n"`
	Records []FoldedRecord `json:"records"`
}

// FoldedRecord is one record, where it stands and what is said of it.
type FoldedRecord struct {
	File string        `json:"file"`
	Line int           `json:"line"` // from 1; 0 where lines say nothing
	ID   string        `json:"id"`
	Say  phrase.Phrase `json:"say"`
}

// mostShown is how many records a folded report names for one reason.
const mostShown = 50

// things are the sorts of things that a record may be about, in the order in which people look for them.
var things = []string{"item", "lesson", "skill", "unit", "course", "file", "person", "standard"}

// Fold folds a report.
func Fold(r Report) Folded {
	out := Folded{Kind: r.Kind, Counts: r.Counts}
	by := map[string]*Report{}
	for _, rec := range r.Records {
		thing := rec.File
		if r.Kind == KindPeople {
			thing = "person"
		} else if r.Kind == KindStandards {
			thing = "standard"
		} else if !slices.Contains(things, thing) { // what a reader could not take would have been an item
			thing = "item"
		}
		if by[thing] == nil {
			by[thing] = &Report{}
		}
		by[thing].Add(rec)
	}
	for _, t := range things {
		if by[t] != nil {
			out.Things = append(out.Things, FoldedThing{t, by[t].Counts})
		}
	}
	out.Reasons, out.Doubts = foldReasons(r.Records), foldReasons(r.Doubts)
	return out
}

func foldReasons(records []Record) []FoldedReason {
	at := map[[2]string]int{}
	var out []FoldedReason
	for _, rec := range records {
		if rec.Reason.Code == "" || rec.Reason.Code == "import.skill_items" { // what is said of every skill is no reason
			continue
		}
		key := [2]string{rec.Outcome, rec.Reason.Code}
		n, ok := at[key]
		if !ok {
			n = len(out)
			at[key] = n
			out = append(out, FoldedReason{Outcome: rec.Outcome})
		}
		if out[n].N++; out[n].N <= mostShown {
			out[n].Records = append(out[n].Records, FoldedRecord{rec.File, rec.Line, rec.ID, rec.Reason})
		}
	}
	slices.SortStableFunc(out, func(a, b FoldedReason) int {
		if skipped := (b.Outcome == Skipped); skipped != (a.Outcome == Skipped) {
			if skipped {
				return 1
			}
			return -1
		}
		return b.N - a.N
	})
	return out
}

package intake

import (
	"kith/internal/flow"
	"kith/internal/phrase"

	"github.com/google/uuid"
)

// What can become of one record of an import.
const (
	Taken     = "taken"     // it was not there; now it is
	Changed   = "changed"   // it was there and said something else
	Unchanged = "unchanged" // it was there and says the same
	Skipped   = "skipped"   // it could not be taken; the reason says why
)

// Record is what became of one record of an import. Reason is the zero phrase where there is nothing to say.
type Record struct {
	File    string
	Line    int // of the file, from 1; 0 where lines say nothing
	ID      string
	Outcome string
	Reason  phrase.Phrase
}

// Counts sums the records up by outcome.
type Counts struct {
	Taken     int `json:"taken"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Skipped   int `json:"skipped"`
}

// Report is what an import did, or would do.
type Report struct {
	Kind    string
	Source  string
	ID      string // of the import, by which it can be taken back; "" when nothing was noted
	DryRun  bool
	Undo    bool // it was taken back: changed is what is as it was before, or withdrawn
	Export  bool // it was written elsewhere: taken is what was written
	Counts  Counts
	Records []Record
	Doubts  []Record // what was taken and may be a mistake of the source; no outcome
}

// Add notes a record and counts it.
func (r *Report) Add(rec Record) {
	switch rec.Outcome {
	case Taken:
		r.Counts.Taken++
	case Changed:
		r.Counts.Changed++
	case Unchanged:
		r.Counts.Unchanged++
	default:
		r.Counts.Skipped++
	}
	r.Records = append(r.Records, rec)
}

// forPeople is what a report calls a thing: the source's id, or its title where that is one of the school's.
func forPeople(code, title string) string {
	if uuid.Validate(code) == nil && title != "" {
		return title
	}
	return code
}

// importIDs makes the ids that an import may need, before its transaction, whose body may run twice.
func importIDs(n int) ([]string, error) {
	ids := make([]string, n)
	for i := range ids {
		var err error
		if ids[i], err = flow.FreshID(); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

package plan

import (
	"slices"
	"strconv"
	"strings"

	"kith/internal/fault"
	"kith/internal/phrase"
)

// Mark sets how each line stands to a base, and says nothing of what the base had besides. A line moved when, among the
// lines that stay, it is not on the longest run that kept its order. lines is not altered.
func Mark(base, lines []Line) []Line {
	was := map[string]int{}
	for i, l := range base {
		was[l.Key] = i
	}
	var stayed []int
	for _, l := range lines {
		if i, ok := was[l.Key]; ok {
			stayed = append(stayed, i)
		}
	}
	calm := longestRising(stayed)
	out := slices.Clone(lines)
	for i := range out {
		at, ok := was[out[i].Key]
		switch {
		case !ok:
			out[i].Change = Added
		case calm[at]:
			out[i].Change = Kept
		default:
			out[i].Change = Moved
		}
	}
	return out
}

// dropped are the base's lines that are not needed any more, each with why.
func dropped(in Input, b *builder, lines []Line) []Line {
	var out []Line
	for _, l := range in.Base {
		if b.in.Done[l.Key] || slices.ContainsFunc(lines, func(n Line) bool { return n.Key == l.Key }) {
			continue
		}
		l.Change = Dropped
		switch {
		case b.vetoed(l.Key):
			l.Reason = phrase.Of("reason.dropped_veto")
		case b.known[l.Skill]:
			l.Reason = phrase.Of("reason.dropped_known")
		default:
			l.Reason = phrase.Of("reason.dropped_later")
		}
		out = append(out, l)
	}
	return out
}

// longestRising is a longest increasing subsequence, as a set (patience sorting, Fredman, 1975; here O(n²), n ≤ 12).
func longestRising(xs []int) map[int]bool {
	n := len(xs)
	long, from := make([]int, n), make([]int, n)
	best := -1
	for i := range xs {
		long[i], from[i] = 1, -1
		for j := range i {
			if xs[j] < xs[i] && long[j]+1 > long[i] {
				long[i], from[i] = long[j]+1, j
			}
		}
		if best < 0 || long[i] > long[best] {
			best = i
		}
	}
	out := map[int]bool{}
	for ; best >= 0; best = from[best] {
		out[xs[best]] = true
	}
	return out
}

// Key is the same for proposals that ask for the same: the same lines in the same order with the same must, the same
// credits, the same lines dropped. Reasons, minutes and evidence may differ. It folds look-alikes in the inbox.
func Key(p Proposal) string {
	var sb strings.Builder
	for _, l := range p.Lines {
		sb.WriteString(l.Key + "!" + strconv.FormatBool(l.Must) + "\n")
	}
	for _, more := range [][]Line{p.Credited, p.Dropped} {
		sb.WriteString("--\n")
		for _, l := range more {
			sb.WriteString(l.Key + "\n")
		}
	}
	return sb.String()
}

// Same reports whether two proposals ask for the same (equal Keys).
func Same(a, b Proposal) bool { return Key(a) == Key(b) }

// Edit is one change that a person makes to the lines of a proposal or plan before it is sent or accepted.
type Edit struct {
	Act  string `json:"act"`            // move | drop | add | must | may
	Key  string `json:"key,omitempty"`  // all but add
	To   int    `json:"to,omitempty"`   // move, add: place after the edit, from 0
	Line *Line  `json:"line,omitempty"` // add
}

// Apply makes the edits in order and returns new lines; lines is not altered. A teacher may change anything; what a
// teacher adds is pinned. A learner may move and drop lines that carry may, and add one that then carries may; must and
// may are a teacher's to say.
// Errors: Invalid (unknown act or line, place outside, line twice), Forbidden (a learner changing a must, or saying must).
func Apply(lines []Line, edits []Edit, teacher bool) ([]Line, error) {
	out := slices.Clone(lines)
	for _, e := range edits {
		at := slices.IndexFunc(out, func(l Line) bool { return l.Key == e.Key })
		if e.Act != "add" {
			if at < 0 {
				return nil, fault.New(fault.Invalid, "fault.plan.no_line", "line", e.Key)
			}
			if out[at].Must && !teacher {
				return nil, fault.New(fault.Forbidden, "fault.plan.must", "line", e.Key)
			}
		}
		switch e.Act {
		case "must", "may":
			if !teacher {
				return nil, fault.New(fault.Forbidden, "fault.plan.must", "line", e.Key)
			}
			out[at].Must = e.Act == "must"
		case "drop":
			out = slices.Delete(out, at, at+1)
		case "move":
			if e.To < 0 || e.To >= len(out) {
				return nil, fault.Invalidf("to", "place %d of %d lines", e.To, len(out))
			}
			l := out[at]
			out = slices.Insert(slices.Delete(out, at, at+1), e.To, l)
		case "add":
			if e.Line == nil || e.Line.Key == "" {
				return nil, fault.Invalidf("line", "an added line needs its key")
			}
			if slices.ContainsFunc(out, func(l Line) bool { return l.Key == e.Line.Key }) {
				return nil, fault.New(fault.Invalid, "fault.plan.twice", "line", e.Line.Key)
			}
			if e.To < 0 || e.To > len(out) {
				return nil, fault.Invalidf("to", "place %d of %d lines", e.To, len(out))
			}
			l := *e.Line
			l.Change = Added
			l.Pinned = teacher
			if !teacher {
				l.Must = false
			}
			if l.Reason.Code == "" {
				l.Reason = phrase.Of(map[bool]string{true: "reason.pinned", false: "reason.wished"}[teacher])
			}
			out = slices.Insert(out, e.To, l)
		default:
			return nil, fault.Invalidf("act", "%q is not move, drop, add, must or may", e.Act)
		}
	}
	return out, nil
}

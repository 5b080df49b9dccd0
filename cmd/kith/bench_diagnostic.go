package main

import (
	"encoding/json"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"kith/internal/diagnostic"
	"kith/internal/fault"
	"kith/internal/interop/graphcsv"
	"kith/internal/measure"
	"kith/internal/skill"
)

// diagnosticBench lets made-up learners, whose knowledge is known, sit the check.
type diagnosticBench struct {
	Graph     string  `help:"A CSV of prerequisites with the header from,to; without it a layered graph is made." type:"path" placeholder:"FILE"`
	Skills    int     `help:"How many skills (400); with --graph at most so many, prerequisites first (all)." placeholder:"N"`
	Width     int     `help:"Skills in a layer of the made graph." default:"8" placeholder:"W"`
	Slip      float64 `help:"Chance that somebody who knows answers wrongly." default:"0.1" placeholder:"S"`
	Guess     float64 `help:"Chance that somebody who does not know answers right." default:"0.1" placeholder:"G"`
	Misfit    float64 `help:"Share of skills known, or not, against the graph. The check is not told." default:"0" placeholder:"M"`
	Questions int     `help:"Questions each learner is asked." default:"25" placeholder:"Q"`
	Learners  int     `help:"How many learners sit the check." default:"100" placeholder:"L"`
	Fit       int     `help:"Earlier learners, from whose answers the check's numbers are fitted; 0 for its unfitted ones." default:"1000" placeholder:"N"`
	Answers   string  `help:"A CSV of real answers to the skills of --graph (a column a skill, a row a person, 1 or 0): foretell each from the person's others, as JSON." type:"path" placeholder:"FILE"`
	Crowd     string  `help:"Write the learners, their answers and the items as JSON for another program, and stop." type:"path" placeholder:"FILE"`
	Seed      uint64  `help:"Of the graph, the learners and their answers." default:"1"`
	JSON      bool    `name:"json" help:"Print JSON."`
}

// Bounds of the command's numbers. Chosen by us.
const (
	benchSkills    = 2_000
	benchQuestions = 500
	benchLearners  = 100_000
	benchPeers     = 100   // learners who also sit the checks that ours is compared with
	noiseless      = 0.001 // the least slip and guess that the check itself is told
)

// checkFigures is what the command prints.
type checkFigures struct {
	Entropy         measure.Figure   `json:"entropy_bits"` // of the ordered state, once ability is known
	EntropyInterval measure.Interval `json:"entropy_bits_interval"`
	Accuracy        measure.Figure   `json:"item_accuracy"`
	AccuracyIn      measure.Interval `json:"item_accuracy_interval"`
	Precision       measure.Figure   `json:"readiness_precision"` // of the skills called ready, the share that is
	PrecisionIn     measure.Interval `json:"readiness_precision_interval"`
	Believed        measure.Figure   `json:"believed_accuracy"`
	Milliseconds    measure.Figure   `json:"ms_per_question"` // of processor: taking in an answer and choosing the next question
	At95            measure.Figure   `json:"learners_at_95"`
	Recall          measure.Figure   `json:"readiness_recall"`
	Called          measure.Figure   `json:"ready_called"` // skills a learner
	BelievedReady   measure.Figure   `json:"believed_readiness_precision"`
	BelievedMisfit  measure.Figure   `json:"believed_misfit"`
	StopsAfter      measure.Figure   `json:"stops_after"` // questions, on average, at which the check would have been sure; at most all
	StateKiB        measure.Figure   `json:"state_kib"`
	Exact           bool             `json:"exact"` // every state enumerated
	Learners        int              `json:"learners"`
	Questions       int              `json:"questions"`
	Slip            float64          `json:"slip"`
	Guess           float64          `json:"guess"`
	Misfit          float64          `json:"misfit"`
	Seed            uint64           `json:"seed"`
	Graph           graphFigures     `json:"graph"`
	Fit             fitFigures       `json:"fit"`
	Course          []courseFigures  `json:"by_question"`
	Baselines       baselineFigures  `json:"baselines"`
}

// graphFigures describe the graph and what is not in order in it.
type graphFigures struct {
	File      string       `json:"file,omitempty"`
	Width     int          `json:"width,omitempty"`
	Skills    int          `json:"skills"`
	Classes   int          `json:"classes"` // skills that need each other are one
	Edges     int          `json:"edges"`
	Layers    int          `json:"layers"`
	Cycles    [][]skill.ID `json:"cycles"`
	Twice     int          `json:"edges_twice"`
	Redundant int          `json:"edges_redundant"`
	Orphans   int          `json:"orphans"`
}

// fitFigures say what the check was told beforehand.
type fitFigures struct {
	Learners int            `json:"learners"`
	Steep    measure.Figure `json:"steep"`
	Eps      measure.Figure `json:"eps"`
	Seconds  measure.Figure `json:"seconds"`
}

// courseFigures are the check after so many questions.
type courseFigures struct {
	After     int            `json:"after"`
	Accuracy  measure.Figure `json:"item_accuracy"`
	Believed  measure.Figure `json:"believed_accuracy"`
	Precision measure.Figure `json:"readiness_precision"`
}

// baselineFigures are what other ways make of the same learners, the first of them.
type baselineFigures struct {
	Learners int         `json:"learners"`
	Check    peerFigures `json:"check"`    // ours, on the same learners
	Prior    peerFigures `json:"prior"`    // no question asked
	Random   peerFigures `json:"random"`   // our belief, questions by chance
	Unfitted peerFigures `json:"unfitted"` // ours, without earlier learners
	IRT      peerFigures `json:"irt"`      // an adaptive test that knows no prerequisites
}

type peerFigures struct {
	Accuracy  measure.Figure `json:"item_accuracy"`
	Believed  measure.Figure `json:"believed_accuracy"`
	Precision measure.Figure `json:"readiness_precision"`
}

// Run measures and prints.
func (c *diagnosticBench) Run() error { return c.run(os.Stdout) }

func (c *diagnosticBench) run(out io.Writer) error {
	w, f, err := c.open()
	if err != nil {
		return err
	}
	switch {
	case c.Answers != "":
		return c.foretell(w, out)
	case c.Crowd != "":
		return w.hand(c.Crowd)
	}
	if err := w.figures(f); err != nil {
		return err
	}
	if c.JSON {
		e := json.NewEncoder(out)
		e.SetIndent("", " ")
		return e.Encode(f)
	}
	return f.table(out)
}

// open checks the numbers and makes the world.
func (c *diagnosticBench) open() (*checkWorld, *checkFigures, error) {
	if err := c.validate(); err != nil {
		return nil, nil, err
	}
	f := &checkFigures{Learners: c.Learners, Questions: c.Questions, Slip: c.Slip, Guess: c.Guess, Misfit: c.Misfit, Seed: c.Seed}
	var course skill.Course
	if c.Graph != "" {
		var err error
		if course, err = graphcsv.Load(c.Graph); err != nil {
			return nil, nil, err
		}
		f.Graph.File = filepath.Base(c.Graph)
		if c.Skills > 0 {
			course = firstSkills(course, c.Skills)
		}
		if n := len(course.Skills); n > benchSkills {
			return nil, nil, fault.New(fault.Invalid, "fault.graph.large", "n", n, "most", benchSkills)
		}
	} else {
		n := c.Skills
		if n == 0 {
			n = 400
		}
		if c.Width < 1 || c.Width > n {
			return nil, nil, fault.New(fault.Invalid, "fault.bench.width", "value", c.Width, "high", n)
		}
		course = layered(n, c.Width, c.Seed)
		f.Graph.Width = c.Width
	}
	w := newCheckWorld(c, course)
	f.Graph.Skills, f.Graph.Edges = len(course.Skills), len(course.Edges)
	f.Graph.Classes, f.Graph.Layers = w.graph.Len(), w.crowd.Shape()
	f.Graph.Cycles, f.Graph.Twice, f.Graph.Redundant, f.Graph.Orphans = w.tangle.Cycles, len(w.tangle.Twice), len(w.tangle.Redundant), len(w.tangle.Orphans)
	if f.Graph.Cycles == nil {
		f.Graph.Cycles = [][]skill.ID{}
	}
	return w, f, nil
}

func (c *diagnosticBench) validate() error {
	for _, n := range []struct {
		flag      string
		v         float64
		low, high float64
	}{
		{"--skills", float64(c.Skills), 0, benchSkills}, {"--slip", c.Slip, 0, 0.5}, {"--guess", c.Guess, 0, 0.5},
		{"--misfit", c.Misfit, 0, 0.25}, {"--questions", float64(c.Questions), 1, benchQuestions},
		{"--learners", float64(c.Learners), 1, benchLearners}, {"--fit", float64(c.Fit), 0, benchLearners},
	} {
		if !(n.v >= n.low && n.v <= n.high) { // NaN is neither
			return fault.New(fault.Invalid, "fault.bench.range", "flag", n.flag, "value", plain(n.v), "low", plain(n.low), "high", plain(n.high))
		}
	}
	if c.Answers != "" && c.Graph == "" {
		return fault.New(fault.Invalid, "fault.bench.answers.graph")
	}
	if c.Slip+c.Guess >= 0.999 {
		return fault.New(fault.Invalid, "fault.bench.noise", "slip", plain(c.Slip), "guess", plain(c.Guess))
	}
	return nil
}

func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// params are what the check is told besides earlier learners: the noise of its questions, and nothing of the misfit.
func (c *diagnosticBench) params() diagnostic.Params {
	p := diagnostic.DefaultParams()
	p.Slip, p.Guess = math.Max(noiseless, c.Slip), math.Max(noiseless, c.Guess)
	return p
}

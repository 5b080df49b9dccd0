// Package mastery folds a learner's evidence into one Estimate for each skill: what we believe, how sure a person may be
// of it (four words), and why (one sentence).
//
// In: a Model and facts in Seq order. Out: estimates. An estimate is only a cache: Fold of the same facts under the same
// model gives it again, bit for bit, and Step moves it by one fact. Nothing that is stored depends on today; StatusAt and
// KnownAt say what time has done by the instant of a page.
//
// Two models stand. The first, bkt-1, has one set of parameters and forgets nothing; schools that began with it keep it
// until they switch. The second, bkt-2, has parameters for each skill, forgets as FSRS-6 says, shares an answer out among
// the skills that its item asks, and gives rapid guesses no weight. In both a right answer never lowers what is shown; in
// the second another one never raises it.
//
// Secure means that an estimate met the criterion: PKnown at least .95 (Corbett and Anderson, 1995), two distinct items
// right without help, the last answer among them; or that a person said so. Once reached it keeps its date.
//
// Place in the flow: layer 2, after evidence, before plan. The belief's arithmetic is in bkt, memory's in fsrs.
package mastery

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"

	"kith/internal/fault"
	"kith/internal/mastery/bkt"
	"kith/internal/mastery/fsrs"
	"kith/internal/skill"
)

// Model is one frozen way of folding. Estimates name it, and are checked with it, for as long as they stand.
type Model struct {
	ID     string `json:"id"`
	Code   string `json:"code"`
	Params Params `json:"params"`
	Hash   string `json:"hash"` // of code and params, hex

	curve fsrs.Curve // of the second model, made by New
}

// Params are a model's numbers.
type Params struct {
	BKT      bkt.Params `json:"bkt"`      // of every skill in the first model, of skills without their own in the second
	Secure   float64    `json:"secure"`   // PKnown at or above which a skill may be secure
	Items    int        `json:"items"`    // distinct items that must have been right without help
	Doubt    float64    `json:"doubt"`    // PKnown below which a secure skill is worth another look
	Run      int        `json:"run"`      // variants not yet right in a row after which it is, too
	Fraction float64    `json:"fraction"` // share of an answer for skills that its item asks besides the first: of evidence in the first model, of a review in the second
	Second   *Second    `json:"second,omitempty"`
}

// Validate refuses numbers out of range: probabilities outside (0, 1), Doubt at or above Secure, counts below 1, or
// more Items than an estimate remembers.
func (p Params) Validate() error {
	if err := p.BKT.Validate(); err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		v    float64
	}{{"secure", p.Secure}, {"doubt", p.Doubt}, {"fraction", p.Fraction}} {
		if math.IsNaN(f.v) || f.v <= 0 || f.v >= 1 {
			return fault.Invalidf(f.name, "%v is not between 0 and 1", f.v)
		}
	}
	if p.Doubt >= p.Secure {
		return fault.Invalidf("doubt", "%v is not below secure %v", p.Doubt, p.Secure)
	}
	if p.Items < 1 || p.Items > keepItems {
		return fault.Invalidf("items", "%d is not between 1 and %d", p.Items, keepItems)
	}
	if p.Run < 1 {
		return fault.Invalidf("run", "%d is below 1", p.Run)
	}
	if p.Second != nil {
		return p.Second.validate()
	}
	return nil
}

// New makes a model of valid params and hashes it. Errors: Invalid.
func New(id, code string, p Params) (Model, error) {
	if err := p.Validate(); err != nil {
		return Model{}, err
	}
	m := Model{ID: id, Code: code, Params: p}
	if p.Second != nil {
		c, err := fsrs.New(p.Second.Memory)
		if err != nil {
			return Model{}, err
		}
		m.curve = c
	}
	b, err := json.Marshal(struct {
		Code   string `json:"code"`
		Params Params `json:"params"`
	}{code, p})
	if err != nil {
		return Model{}, err
	}
	sum := sha256.Sum256(b)
	m.Hash = hex.EncodeToString(sum[:])
	return m, nil
}

// Load makes a model of a stored row and refuses one whose params no longer give its hash. Errors: Invalid.
func Load(id, code string, params []byte, hash string) (Model, error) {
	var p Params
	if err := json.Unmarshal(params, &p); err != nil {
		return Model{}, fault.Invalidf("params", "model %s: %v", code, err)
	}
	m, err := New(id, code, p)
	if err != nil {
		return Model{}, err
	}
	if m.Hash != hash {
		return Model{}, fault.Invalidf("hash", "model %s is stored as %s and hashes to %s", code, hash, m.Hash)
	}
	return m, nil
}

// Of is the parameters of a skill: its own, or those of the course.
func (m *Model) Of(id skill.ID) bkt.Params {
	if s := m.Params.Second; s != nil {
		if p, ok := s.Skills[id]; ok {
			return p
		}
	}
	return m.Params.BKT
}

// First is the model that schools began with before there was a second. Its four probabilities are our own priors,
// unfitted: see bkt.Usual.
func First() Model {
	return must("01980000-0000-7000-8000-000000000001", "bkt-1", Params{
		BKT:    bkt.Params{Init: 0.25, Learn: 0.12, Slip: 0.1, Guess: 0.2},
		Secure: 0.95, Items: 2, Doubt: 0.7, Run: 2, Fraction: 0.3,
	})
}

// Default is the model of a school that has fitted none of its own. Its probabilities are bkt.Usual, its memory the
// published weights. Doubt is lower than in the first model, because here time lowers belief too: a single not-yet leaves
// a skill secure when it was right a day or two ago, and not when a week has passed. Fades is ours: with the published
// weights a skill that was secured in one sitting is worth another look after 13 days, and after four months once it was
// right again a week later. At the .9 that FSRS aims at for flashcards it would be two days.
func Default() Model {
	return must("01980000-0000-7000-8000-000000000002", "bkt-2", Params{
		BKT: bkt.Usual(), Secure: 0.95, Items: 2, Doubt: 0.5, Run: 2, Fraction: 0.3,
		Second: &Second{Memory: fsrs.Published(), Fades: 0.75, RapidMs: 1_000},
	})
}

func must(id, code string, p Params) Model {
	m, err := New(id, code, p)
	if err != nil {
		panic("mastery: " + code + ": " + err.Error())
	}
	return m
}

// Package mastery folds a learner's evidence into one Estimate for each skill: what we believe, how sure a person may be
// of it (four words), and why (one sentence).
//
// In: a Model and facts in Seq order. Out: estimates. An estimate is only a cache: Fold of the same facts under the same
// model gives it again, bit for bit, and Step moves it by one fact. Nothing here depends on today; StatusAt is the hook
// for what does.
//
// Secure means that an estimate met the criterion: PKnown at least .95 (Corbett and Anderson, 1995), two distinct items
// right without help, the last answer among them; or that a person said so. Once reached it keeps its date.
//
// Place in the flow: layer 2, after evidence, before plan. The belief's arithmetic is in bkt.
package mastery

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"

	"kith/internal/fault"
	"kith/internal/mastery/bkt"
)

// Model is one frozen way of folding. Estimates name it, and are checked with it, for as long as they stand.
type Model struct {
	ID     string `json:"id"`
	Code   string `json:"code"`
	Params Params `json:"params"`
	Hash   string `json:"hash"` // of code and params, hex
}

// Params are a model's numbers.
type Params struct {
	BKT      bkt.Params `json:"bkt"`      // the same for every skill in this first model
	Secure   float64    `json:"secure"`   // PKnown at or above which a skill may be secure
	Items    int        `json:"items"`    // distinct items that must have been right without help
	Doubt    float64    `json:"doubt"`    // PKnown below which a secure skill is worth another look
	Run      int        `json:"run"`      // variants not yet right in a row after which it is, too
	Fraction float64    `json:"fraction"` // weight of an answer for the skills that its item asks besides the first
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
	return nil
}

// New makes a model of valid params and hashes it. Errors: Invalid.
func New(id, code string, p Params) (Model, error) {
	if err := p.Validate(); err != nil {
		return Model{}, err
	}
	m := Model{ID: id, Code: code, Params: p}
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

// Default is the first model. Its four probabilities are our own priors, unfitted: the usual guess of .2 and slip of .1
// (Corbett and Anderson, 1995, bound them at .3 and .1), a quarter known beforehand, and a slow Learn, so that three
// unaided rights on typed items (and not two) make a skill secure.
func Default() Model {
	m, err := New("01980000-0000-7000-8000-000000000001", "bkt-1", Params{
		BKT:    bkt.Params{Init: 0.25, Learn: 0.12, Slip: 0.1, Guess: 0.2},
		Secure: 0.95, Items: 2, Doubt: 0.7, Run: 2, Fraction: 0.3,
	})
	if err != nil {
		panic("mastery.Default: " + err.Error())
	}
	return m
}

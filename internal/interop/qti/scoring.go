package qti

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"kith/internal/interop/bank"
)

// declared is what an item says of a response's right values: by its declaration, else by rules of its own that say the same.
type declared struct {
	right       []string
	mapped      map[string]float64 // the weights of a mapping, by value
	keys        []string           // of mapped, as they stand
	cased       bool               // capitals count by the item's own word
	areas       []*node            // of an area mapping
	base        string
	cardinality string
}

func (d declared) best() (best float64) {
	for _, w := range d.mapped {
		best = max(best, w)
	}
	return best
}

// declared reads what is right of an interaction's response.
func (i *reading) declared(ask *node) (out declared) {
	for _, d := range i.root.find("responsedeclaration") {
		if d.attr["identifier"] != ask.attr["responseidentifier"] {
			continue
		}
		out.base, out.cardinality = d.attr["basetype"], d.attr["cardinality"]
		for _, v := range d.one("correctresponse").find("value") {
			out.right = append(out.right, v.words())
		}
		entries := d.one("mapping").find("mapentry")
		if len(entries) > 0 {
			out.mapped = map[string]float64{}
		}
		for _, e := range entries {
			if w, ok := weight(e.attr["mappedvalue"]); ok {
				out.mapped[e.attr["mapkey"]] = w
				out.keys = append(out.keys, e.attr["mapkey"])
				out.cased = out.cased || e.attr["casesensitive"] == "true"
			}
		}
		out.areas = d.one("areamapping").find("areamapentry")
	}
	if len(out.right) == 0 && len(out.mapped) == 0 {
		out.right = i.ruled(ask.attr["responseidentifier"])
	}
	return out
}

func weight(s string) (float64, bool) {
	w, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return w, err == nil && w == w && w > -1e9 && w < 1e9
}

// rule is one branch of response processing: what must hold (nil for "otherwise"), and the outcomes that it sets.
type rule struct {
	when *node
	sets []*node
	main bool // the first of its condition
}

func (i *reading) rules() (out []rule) {
	for _, c := range i.root.one("responseprocessing").find("responseif", "responseelseif", "responseelse") {
		r := rule{main: c.name == "responseif"}
		for _, k := range c.kids {
			switch {
			case k.name == "setoutcomevalue":
				r.sets = append(r.sets, k)
			case k.name != "" && r.when == nil && c.name != "responseelse" && k.name != "responsecondition":
				r.when = k
			}
		}
		out = append(out, r)
	}
	return out
}

// earns is the mark that a rule gives; 0 where it gives none.
func (r rule) earns() (most float64) {
	for _, s := range r.sets {
		if !strings.Contains(strings.ToUpper(s.attr["identifier"]), "SCORE") {
			continue
		}
		for _, v := range s.find("basevalue") {
			if w, ok := weight(v.words()); ok {
				most = max(most, w)
			}
		}
		for _, v := range s.find("variable") {
			if strings.Contains(strings.ToUpper(v.attr["identifier"]), "MAX") {
				most = max(most, 1)
			}
		}
	}
	return most
}

// says is the feedback that a rule shows, by its identifier.
func (i *reading) says(r rule) string {
	for _, s := range r.sets {
		for _, v := range s.find("basevalue") {
			if _, ok := i.said[v.words()]; ok {
				return v.words()
			}
		}
	}
	return ""
}

// ruled are the values that rules give the best mark for: match, equal, member and their likes between the response and values that
// stand in the rule.
func (i *reading) ruled(response string) (right []string) {
	best := 0.0
	for _, r := range i.rules() {
		values, ok := compared(r.when, response)
		if earns := r.earns(); ok && earns > best {
			best, right = earns, values
		} else if ok && earns == best && earns > 0 {
			right = append(right, values...)
		}
	}
	return right
}

// compared are the values that a condition compares a response with; ok=false where it asks anything else.
func compared(when *node, response string) (values []string, ok bool) {
	if when == nil {
		return nil, false
	}
	switch when.name {
	case "match", "equal", "stringmatch", "member", "contains":
		seen := false
		for _, k := range when.kids {
			switch k.name {
			case "variable":
				seen = k.attr["identifier"] == response
			case "basevalue":
				values = append(values, k.words())
			case "multiple", "ordered":
				for _, v := range k.find("basevalue") {
					values = append(values, v.words())
				}
			case "":
			default:
				return nil, false
			}
		}
		return values, seen && len(values) > 0
	case "and", "or":
		for _, k := range when.kids {
			if k.name == "" {
				continue
			}
			more, ok := compared(k, response)
			if !ok {
				return nil, false
			}
			values = append(values, more...)
		}
		return values, len(values) > 0
	}
	return nil, false
}

// answered is the feedback that response processing gives to a value: where one condition compares with the value and sets an
// outcome to an identifier.
func (i *reading) answered(said string) string {
	for _, r := range i.rules() {
		if r.when == nil {
			continue
		}
		id := i.says(r)
		if id == "" {
			continue
		}
		compares := false
		r.when.all(func(n *node) bool {
			compares = compares || n.name == "basevalue" && n.words() == said
			return !compares && n.name != "and" && n.name != "not" && n.name != "ordered"
		})
		if compares {
			return id
		}
	}
	return ""
}

// container is a list of values that a condition compares a response with as a whole, and the feedback of that condition.
type container struct {
	values []string
	says   string
}

func (i *reading) containers(kind string) (out []container) {
	for _, r := range i.rules() {
		if r.when == nil || r.when.name != "match" {
			continue
		}
		for _, o := range r.when.find(kind) {
			c := container{says: i.says(r)}
			for _, v := range o.find("basevalue") {
				c.values = append(c.values, v.words())
			}
			out = append(out, c)
		}
	}
	return out
}

// saidToAll is the feedback for every right answer, and for every other that has none of its own.
func (i *reading) saidToAll() (praise, rest string) {
	if p := i.root.one("responseprocessing"); strings.Contains(p.attr["template"], "CC2_") {
		return "correct", "incorrect" // the names that these templates give
	}
	right := false // whether the condition that is read began with the right answer
	for _, r := range i.rules() {
		if r.main {
			right = r.when != nil && r.when.name == "match" && len(r.when.find("correct")) == 1 && len(r.when.find("basevalue")) == 0
			if right && praise == "" {
				praise = i.says(r)
			}
		}
		if r.when == nil && rest == "" {
			rest = i.says(r)
		}
	}
	return praise, rest
}

// off is how far a right number may be off, by response processing; "" where it may not. ok=false where that is said in a way that
// comes to no one number.
func (i *reading) off(response string, right []string) (off string, ok bool) {
	var key *big.Rat
	if len(right) > 0 {
		key, _ = bank.ReadPlain(right[0])
	}
	for _, e := range i.root.one("responseprocessing").find("equal", "equalrounded") {
		if !slices.ContainsFunc(e.kids, func(k *node) bool { return k.name == "variable" && k.attr["identifier"] == response }) {
			continue
		}
		if e.name == "equalrounded" {
			return rounded(e.attr["roundingmode"], e.attr["figures"], key)
		}
		by := strings.Fields(e.attr["tolerance"])
		if len(by) == 0 || e.attr["tolerancemode"] == "exact" || e.attr["tolerancemode"] == "" {
			continue
		}
		v, read := bank.ReadPlain(by[0])
		if !read || len(by) > 2 || len(by) == 2 && by[1] != by[0] || key == nil {
			return "", false
		}
		if e.attr["tolerancemode"] == "relative" { // in percent of the key
			v = new(big.Rat).Mul(new(big.Rat).Abs(key), new(big.Rat).Quo(v, big.NewRat(100, 1)))
		}
		if v.Sign() == 0 {
			continue
		}
		return bank.Write(v), true
	}
	return "", true
}

// rounded is how far off a number may be that is compared after rounding: half of the last place.
func rounded(mode, figures string, key *big.Rat) (off string, ok bool) {
	n, err := strconv.Atoi(figures)
	if err != nil || n < 0 || n > 15 || key == nil {
		return "", false
	}
	if mode != "decimalPlaces" { // significant figures, whose last place hangs on the key
		size, _ := new(big.Rat).Abs(key).Float64()
		if size == 0 {
			return "", false
		}
		n -= int(math.Floor(math.Log10(size))) + 1
	}
	half := big.NewRat(1, 2)
	for range max(n, -n) {
		if n > 0 {
			half.Quo(half, big.NewRat(10, 1))
		} else {
			half.Mul(half, big.NewRat(10, 1))
		}
	}
	return bank.Write(half), true
}

// patterns are the patterns that rules give the best mark for.
func (i *reading) patterns(response string) (out []string) {
	for _, r := range i.rules() {
		if r.when == nil || r.earns() <= 0 {
			continue
		}
		for _, p := range r.when.find("patternmatch") {
			if p.one("variable").attr["identifier"] == response && !slices.Contains(out, p.attr["pattern"]) {
				out = append(out, p.attr["pattern"])
			}
		}
	}
	return out
}

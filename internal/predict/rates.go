package predict

import "math"

// itemStrength and skillStrength are how many answers the coarser rate counts for when an item's or a skill's share of
// right answers is taken: a skill shrinks towards everybody's rate, an item towards its skills'. startRate and
// startStrength stand for what is expected before there is any answer at all. Chosen by us.
const (
	itemStrength  = 8
	skillStrength = 20
	startRate     = .65
	startStrength = 5
)

// tally counts answers and right ones.
type tally struct{ n, right float32 }

func (t *tally) add(correct bool, times float32) {
	t.n += times
	if correct {
		t.right += times
	}
}

// share is the rate of right answers, drawn towards rate as if strength more answers had had it.
func (t tally) share(rate, strength float32) float32 {
	return (t.right + strength*rate) / (t.n + strength)
}

// rates are how often everybody is right: on all, on each skill, on each item.
type rates struct {
	all    tally
	items  []tally
	skills []tally
}

// add counts an answer times times; -1 takes it away again.
func (r *rates) add(a Ask, correct bool, times float32) {
	r.all.add(correct, times)
	r.items = grown(r.items, a.Item)
	r.items[a.Item].add(correct, times)
	for _, k := range a.Skills {
		r.skills = grown(r.skills, k)
		r.skills[k].add(correct, times)
	}
}

// grown is s with at least i+1 elements.
func grown[T any](s []T, i int32) []T {
	for int(i) >= len(s) {
		s = append(s, make([]T, max(16, len(s)))...)
	}
	return s
}

// of gives the log-odds of a right answer to the item.
func (r *rates) of(a Ask) float32 {
	rate := r.all.share(startRate, startStrength)
	var skills float32
	for _, k := range a.Skills {
		var t tally
		if int(k) < len(r.skills) {
			t = r.skills[k]
		}
		skills += t.share(rate, skillStrength)
	}
	skills /= float32(len(a.Skills))
	var t tally
	if int(a.Item) < len(r.items) {
		t = r.items[a.Item]
	}
	return logit(t.share(skills, itemStrength))
}

// overall is everybody's rate of right answers.
func (r *rates) overall() float32 { return r.all.share(startRate, startStrength) }

func logit(p float32) float32 { return ln(p / (1 - p)) }

func sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }

// sigmoids are σ at steps of 1/64 from -16 to 16, between which near interpolates.
var sigmoids = func() (t [2050]float32) {
	for i := range t {
		t[i] = sigmoid(float32(i)/64 - 16)
	}
	return t
}()

// near is the sigmoid to 3e-6, in a fraction of the time: a fit takes it some hundred times a row.
func near(x float32) float32 {
	at := (min(max(x, -16), 16) + 16) * 64
	i := int(at)
	return sigmoids[i] + (at-float32(i))*(sigmoids[i+1]-sigmoids[i])
}

func ln(x float32) float32 { return float32(math.Log(float64(x))) }

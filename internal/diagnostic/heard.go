package diagnostic

import "math"

// levels of misfit: how far a learner's knowledge runs against the graph. As multiples of Params.Eps, with their prior
// weights; the mean is Eps. Our own: from hardly ever to four times as often.
const levels = 4

var (
	levelTimes  = [levels]float64{0.1, 0.4, 1.5, 4}
	levelWeight = [levels]float64{0.3, 0.3, 0.3, 0.1}
)

const mostMisfit = 0.45 // a level above would say that the graph is upside down

// misfits are the levels as probabilities.
func misfits(eps float64) (out [levels]float64) {
	for e, t := range levelTimes {
		out[e] = math.Min(mostMisfit, t*eps)
	}
	return out
}

// heard is what the answers about one skill say: the log likelihood of all of them if the skill is known, and if not.
type heard struct {
	known, not float64
	asked      int16
	right      int16
	unmet      bool // said "I haven't learned this yet", last
}

// hear adds an answer.
func (s *Space) hear(h heard, a Answer) heard {
	h.asked++
	h.unmet = a.Unlearned
	if a.Unlearned {
		h.known += math.Log(saysKnown)
		h.not += math.Log(saysNot)
		return h
	}
	slip, guess := s.noise(Way{a.Kind, a.Options})
	if guess >= 1-slip {
		return h // chance alone does as well: it tells nothing
	}
	if a.Right {
		h.right++
		h.known += math.Log(1 - slip)
		h.not += math.Log(guess)
	} else {
		h.known += math.Log(slip)
		h.not += math.Log(1 - guess)
	}
	return h
}

// under is the log likelihood of the answers for somebody whose ordered state holds the skill, and lacks it, when
// knowledge is turned round with probability eps. Turned round once means turned round in all answers about the skill.
func (h heard) under(eps float64) (in, out float64) {
	if h.asked == 0 {
		return 0, 0
	}
	return logMix(h.known, h.not, eps), logMix(h.not, h.known, eps)
}

// turned is P(known | answers) for somebody whose ordered state holds the skill, and lacks it.
func (h heard) turned(eps float64) (in, out float64) {
	if h.asked == 0 {
		return 1 - eps, eps
	}
	l := math.Exp(h.not - h.known)
	return (1 - eps) / (1 - eps + eps*l), eps / (eps + (1-eps)*l)
}

// logMix is log((1-eps) e^a + eps e^b).
func logMix(a, b, eps float64) float64 {
	top := math.Max(a, b)
	return top + math.Log((1-eps)*math.Exp(a-top)+eps*math.Exp(b-top))
}

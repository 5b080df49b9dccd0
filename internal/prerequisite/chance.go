package prerequisite

import "math"

// atMost is the chance of k or fewer out of n where each has the chance rate; 1 for n = 0.
func atMost(k, n int, rate float64) float64 {
	sum := 0.0
	for i := 0; i <= k; i++ {
		sum += math.Exp(choose(n, i) + float64(i)*math.Log(rate) + float64(n-i)*math.Log1p(-rate))
	}
	return min(1, sum)
}

// atLeast is the chance of k or more out of n where each has the chance rate.
func atLeast(k, n int, rate float64) float64 {
	sum := 0.0
	for i := k; i <= n; i++ {
		sum += math.Exp(choose(n, i) + float64(i)*math.Log(rate) + float64(n-i)*math.Log1p(-rate))
	}
	return min(1, sum)
}

// choose is the logarithm of n over k.
func choose(n, k int) float64 { return factorial(n) - factorial(k) - factorial(n-k) }

// factorials are logarithms of the small ones: as many as a school has learners, mostly.
var factorials = func() (t [4096]float64) {
	for i := 2; i < len(t); i++ {
		t[i] = t[i-1] + math.Log(float64(i))
	}
	return t
}()

// factorial is the logarithm of n!.
func factorial(n int) float64 {
	if n < len(factorials) {
		return factorials[n]
	}
	v, _ := math.Lgamma(float64(n + 1))
	return v
}

// fisher is the one-sided exact test (Fisher, 1935) of To going with From: the chance of so many with both, or more, where
// the two have nothing to do with each other.
func fisher(c Counts) float64 {
	n := c.Both + c.OnlyFrom + c.OnlyTo + c.Neither
	from, to := c.Both+c.OnlyFrom, c.Both+c.OnlyTo
	sum := 0.0
	for both := c.Both; both <= min(from, to); both++ {
		if to-both > n-from {
			continue
		}
		sum += math.Exp(choose(from, both) + choose(n-from, to-both) - choose(n, to))
	}
	return min(1, sum)
}

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

// normal95 is the 95 % point of the normal distribution, one-sided.
const normal95 = 1.6448536269514722

// difference is the upper end of a one-sided 95 % interval of one share less another (Newcombe, 1998, Statistics in Medicine
// 17, method 10). The denominators are positive.
func difference(k, n, kOther, nOther int) float64 {
	at, _, high := wilson(k, n)
	other, low, _ := wilson(kOther, nOther)
	return at - other + math.Hypot(high-at, other-low)
}

// wilson is a share with the ends of its interval (Wilson, 1927).
func wilson(k, n int) (at, low, high float64) {
	p, m, z2 := float64(k)/float64(n), float64(n), normal95*normal95
	mid := (p + z2/(2*m)) / (1 + z2/m)
	half := normal95 / (1 + z2/m) * math.Sqrt(p*(1-p)/m+z2/(4*m*m))
	return p, max(0, mid-half), min(1, mid+half)
}

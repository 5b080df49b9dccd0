package measure

import "math"

// TwoSided95 and OneSided95 are the points of the normal distribution for 95 % intervals.
const (
	TwoSided95 = 1.959963984540054
	OneSided95 = 1.6448536269514722
)

// Estimated is a figure with its interval.
type Estimated struct{ At, Low, High float64 }

// Share is k of n with its interval (Wilson, 1927, without continuity correction); z is the normal distribution's point. Of nothing
// nothing is known: 0 from 0 to 1.
func Share(k, n int, z float64) Estimated {
	if n == 0 {
		return Estimated{0, 0, 1}
	}
	p, m, z2 := float64(k)/float64(n), float64(n), z*z
	mid := (p + z2/(2*m)) / (1 + z2/m)
	half := z / (1 + z2/m) * math.Sqrt(p*(1-p)/m+z2/(4*m*m))
	return Estimated{p, max(0, mid-half), min(1, mid+half)}
}

// Less is one share less another, with its interval (Newcombe, 1998, Statistics in Medicine 17, method 10).
func Less(a, b Estimated) Estimated {
	d := a.At - b.At
	return Estimated{d, d - math.Hypot(a.At-a.Low, b.High-b.At), d + math.Hypot(a.High-a.At, b.At-b.Low)}
}

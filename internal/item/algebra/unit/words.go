package unit

import (
	"math/big"
	"strings"
)

var one = big.NewRat(1, 1)

// words are all units by what they may be called. Made once, never changed.
var words = known()

// known lists the units: the names (the first is shown), what one is worth in base units, and the dimension as "L1 T-1".
func known() map[string]Unit {
	all := map[string]Unit{}
	for _, line := range strings.Split(strings.TrimSpace(list), "\n") {
		part := strings.Split(line, "|")
		names := strings.Split(strings.TrimSpace(part[0]), ",")
		u := measure{name: strings.TrimSpace(names[0])}
		u.factor, _ = new(big.Rat).SetString(strings.TrimSpace(part[1]))
		for _, d := range strings.Fields(part[2]) {
			power := int8(1)
			if len(d) > 1 {
				power = int8(d[len(d)-1] - '0')
				if d[1] == '-' {
					power = -power
				}
			}
			switch d[0] {
			case 'p':
				u.pi = 1
			case 'c':
				u.offset, _ = new(big.Rat).SetString("273.15")
			case 'f':
				u.offset, _ = new(big.Rat).SetString("459.67")
			default:
				u.dim[strings.IndexByte(letters, d[0])] = power
			}
		}
		for _, n := range names {
			all[strings.TrimSpace(n)] = Unit{&u}
		}
	}
	return all
}

// letters stand for the bases in list, in the order of their constants; p is a factor π, c and f are the scales of
// Celsius and Fahrenheit.
const letters = "LMTKADPEYR"

// list: names | factor | dimension.
const list = `
m, metre, meter | 1 | L
km, kms, kilometre, kilometer | 1000 | L
dm, decimetre, decimeter | 1/10 | L
cm, cms, centimetre, centimeter | 1/100 | L
mm, mms, millimetre, millimeter | 1/1000 | L
µm, μm, um, micrometre, micrometer, micron | 1/1000000 | L
nm, nanometre, nanometer | 1/1000000000 | L
in, ins, inch | 0.0254 | L
ft, foot, feet | 0.3048 | L
yd, yds, yard | 0.9144 | L
mi, mile | 1609.344 | L
kg, kilogram, kilogramme, kilo, kgs | 1 | M
g, gram, gramme, gm, gms | 1/1000 | M
mg, milligram | 1/1000000 | M
µg, μg, mcg, microgram | 1/1000000000 | M
t, tonne | 1000 | M
lb, lbs | 0.45359237 | M
oz, ounce | 0.028349523125 | M
ton | 907.18474 | M
s, sec, secs, second | 1 | T
ms, millisecond | 1/1000 | T
min, mins, minute | 60 | T
h, hr, hrs, hour | 3600 | T
d, day | 86400 | T
wk, wks, week | 604800 | T
yr, yrs, year | 31557600 | T
month | 2629800 | T
L, l, litre, liter | 1/1000 | L3
dL, dl, decilitre, deciliter | 1/10000 | L3
cL, cl, centilitre, centiliter | 1/100000 | L3
mL, ml, millilitre, milliliter | 1/1000000 | L3
kL, kl, kilolitre, kiloliter | 1 | L3
cc | 1/1000000 | L3
gal, gals, gallon | 0.003785411784 | L3
qt, qts, quart | 0.000946352946 | L3
pt, pts, pint | 0.000473176473 | L3
cup | 0.0002365882365 | L3
floz, fl oz | 0.0000295735295625 | L3
tbsp, tablespoon | 0.00001478676478125 | L3
tsp, teaspoon | 0.00000492892159375 | L3
ha, hectare | 10000 | L2
acre, acres | 4046.8564224 | L2
sqft, sq ft | 0.09290304 | L2
sqm | 1 | L2
mph | 0.44704 | L T-1
kph, kmh, kmph | 5/18 | L T-1
mpg | 48000000000/112903 | L-2
K, kelvin | 1 | K
°C, degC, celsius, C | 1 | K c
°F, degF, fahrenheit, F | 5/9 | K f
degree, degrees, deg, degs, ° | 1/180 | A p
rad, rads, radian | 1 | A
rev, revolution | 2 | A p
N, newton | 1 | M L T-2
J, joule | 1 | M L2 T-2
kJ, kilojoule | 1000 | M L2 T-2
W, watt | 1 | M L2 T-3
kW, kilowatt | 1000 | M L2 T-3
Pa, pascal | 1 | M L-1 T-2
kPa, kilopascal | 1000 | M L-1 T-2
Hz, hertz | 1 | T-1
$, dollar, USD, buck | 1 | D
¢, cent | 1/100 | D
£, GBP | 1 | P
€, euro, EUR | 1 | E
¥, yen | 1 | Y
₹, rupee | 1 | R
`

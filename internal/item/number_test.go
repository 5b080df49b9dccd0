package item

import (
	"math/big"
	"strings"
	"testing"

	"kith/internal/item/expr"
)

func TestReadNumber_TakesWhatChildrenType(t *testing.T) {
	for _, c := range []struct{ typed, unit, want string }{
		{"7", "", "7"}, {" 7 ", "", "7"}, {"+7", "", "7"}, {"007", "", "7"}, {"0", "", "0"}, {"-0", "", "0"},
		{"-3", "", "-3"}, {"−3", "", "-3"}, {"–3", "", "-3"}, {"- 3", "", "-3"}, {"\u200f-3", "", "-3"},
		{"0.5", "", "0.5"}, {".5", "", "0.5"}, {"0,5", "", "0.5"}, {",5", "", "0.5"}, {"3·5", "", "3.5"}, {"5.", "", "5"}, {"-.25", "", "-0.25"},
		{"3/4", "", "0.75"}, {"3 / 4", "", "0.75"}, {"3⁄4", "", "0.75"}, {"6/8", "", "0.75"}, {"-3/4", "", "-0.75"}, {"3/-4", "", "-0.75"},
		{"-3/-4", "", "0.75"}, {"3÷4", "", "0.75"}, {"0.5/2", "", "0.25"}, {"0/5", "", "0"},
		{"1 1/2", "", "1.5"}, {"1½", "", "1.5"}, {"1 ½", "", "1.5"}, {"½", "", "0.5"}, {"-1 1/2", "", "-1.5"}, {"−2⅓", "", "-7/3"}, {"1 1 / 2", "", "1.5"},
		{"1000", "", "1000"}, {"1,000,000", "", "1000000"}, {"1.000.000", "", "1000000"}, {"1 000", "", "1000"}, {"12\u202f000", "", "12000"}, {"1’000", "", "1000"},
		{"1,234.5", "", "1234.5"}, {"1.234,5", "", "1234.5"}, {"1 234,5", "", "1234.5"}, {"1,0000", "", "1"}, {"1,50", "", "1.5"}, {"0,500", "", "0.5"}, {"1.000", "", "1"},
		{"1,000", "", "1000|1"}, {"12,500", "", "12500|12.5"}, {"-1,000", "", "-1000|-1"}, {"1234,500", "", "1234.5"}, {"1,000/2", "", "500|0.5"},
		{"٣", "", "3"}, {"۱۲٫۵", "", "12.5"}, {"１２", "", "12"}, {"२", "", "2"},
		{"12 cups", "cups", "12"}, {"12cups", "cups", "12"}, {"1 cup", "cups", "1"}, {"12 Cups.", "cups", "12"}, {"12 cups", "cups of water", "12"}, {"3 berries", "berries", "3"}, {"1 berry", "berries", "1"},
		{"3c", "c. The path is ", "3"}, {"5 s", "s", "5"}, {"5", " : ", "5"}, {"5$", " : ", "error"}, {"5%", "%; ", "5"}, {"1 box", "boxes", "1"}, {"2 boxes", "box", "2"}, {"4 metres", "m", "4"}, {"4 meters", "metres", "4"}, {"4m", "meters", "4"}, {"60 km/h", "km/h", "60"},
		{"$5", "$", "5"}, {"$5.50", "dollars", "5.5"}, {"5$", `\$`, "5"}, {"-$5", "dollars", "-5"}, {"$-5", "$", "-5"}, {"5 dollars", "$", "5"}, {"5 dollars", "dollars for each kilogram", "5"}, {"$1,000", "dollars", "1000|1"},
		{"20%", "%", "20"}, {"20 %", "percent", "20"}, {"20 percent", "%", "20"}, {"25%", "", "25|0.25"}, {"1/2%", "%", "0.5"},
		{"x = 4", "", "4"}, {"y=-4", "", "-4"}, {"x=4 cups", "cups", "4"},
		{"", "", "error"}, {"   ", "", "error"}, {"abc", "", "error"}, {"-", "", "error"}, {"+", "", "error"}, {".", "", "error"}, {"/", "", "error"}, {"5,", "", "error"},
		{"1/0", "", "error"}, {"0/0", "", "error"}, {"1/", "", "error"}, {"/2", "", "error"}, {"1//2", "", "error"}, {"1/2/3", "", "error"}, {"--3", "", "error"}, {"3-", "", "error"}, {"1 1", "", "error"},
		{"1-1/2", "", "error"}, {"1+1/2", "", "error"}, {"1 -1/2", "", "error"}, {"1e3", "", "error"}, {"0x10", "", "error"}, {"1.2.3", "", "error"}, {"1,2,3", "", "error"}, {"1,00,000", "", "error"}, {"1..2", "", "error"},
		{"12 dogs", "cups", "error"}, {"cups", "cups", "error"}, {"20%", "cups", "error"}, {"$5", "", "error"}, {"5%%", "%", "error"}, {"2:5", "", "error"}, {"NaN", "", "error"}, {"Inf", "", "error"}, {"x = y = 4", "", "error"}, {"=4", "", "error"},
		{strings.Repeat("1", 19), "", "error"}, {strings.Repeat("0", 41), "", "error"}, {"0." + strings.Repeat("3", 17), "", "0." + strings.Repeat("3", 17)}, {"\xff", "", "error"}, {"١/٠", "", "error"},
	} {
		var got []string
		for _, v := range readNumber(c.typed, c.unit) {
			got = append(got, v.RatString())
		}
		var want []string
		for _, w := range strings.Split(c.want, "|") {
			if r, ok := expr.ReadNumber(w); ok {
				want = append(want, r.RatString())
			}
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q (unit %q) was read as %v, want %v", c.typed, c.unit, got, want)
		}
	}
}

func TestReadNumber_AUnitThatLooksLikeDigitsEatsNone(t *testing.T) {
	if got := readNumber("21", "1"); len(got) != 1 || got[0].Cmp(big.NewRat(21, 1)) != 0 {
		t.Errorf("21 with the unit 1 was read as %v", got)
	}
}

// FuzzReadNumber: whatever is typed, reading ends without panic and gives at most a few values.
func FuzzReadNumber(f *testing.F) {
	for _, s := range []string{"1 1/2", "1,000", "−½", "$5", "٣٫٥", "1/0", "x=", "5 cups", "%", "1,000/1,000 1"} {
		f.Add(s, "cups")
	}
	f.Fuzz(func(t *testing.T, typed, unit string) {
		if got := readNumber(typed, unit); len(got) > 16 {
			t.Errorf("%q has %d readings", typed, len(got))
		}
	})
}

func BenchmarkReadNumber(b *testing.B) {
	for b.Loop() {
		readNumber("1 1/2", "cups")
	}
}

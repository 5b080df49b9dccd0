package ball

import (
	"math"
	"math/big"
	"testing"

	"kith/internal/item/algebra/read"
	"kith/internal/item/algebra/tree"
)

func parse(t testing.TB, text string) *tree.Node {
	t.Helper()
	r, err := read.Read(text, read.Options{})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return r.Tree
}

func TestCompare_TellsIdentitiesAndDomains(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want Verdict
	}{
		{"sin(x)^2+cos(x)^2", "1", Same}, {"sin(2x)", "2sin x cos x", Same}, {"cos(2x)", "1-2sin^2 x", Same}, {"tan x", "sin x/cos x", Same}, {"sin(x+2pi)", "sin x", Same}, {"sin(x+pi)", "sin x", Different}, {"sin(pi x)", "0", Different}, {"cos(pi x)", "cos(2pi x)", Different},
		{"sqrt(x^2)", "x", Different}, {"sqrt(x^2)", "|x|", Same}, {"sqrt(x)^2", "x", Same}, {"ln(x^2)", "2ln x", Different}, {"ln(x^2)", "2ln|x|", Same}, {"ln(xy)", "ln x+ln y", Same}, {"ln(x/y)", "ln x-ln y", Same}, {"sqrt(xy)", "sqrt(x)*sqrt(y)", Same}, {"sqrt(x/y)", "sqrt(x)/sqrt(y)", Same}, {"sqrt(x^2y^2)", "x*y", Different}, {"e^(ln x)", "x", Same}, {"sqrt(x^2+2x+1)", "|x+1|", Same}, {"sqrt(x^2+2x+1)", "x+1", Different},
		{"sqrt(3+2sqrt(2))", "1+sqrt(2)", Same}, {"sqrt(2)+sqrt(3)", "3.1462643699419723", Same}, {"sqrt(2)+sqrt(3)", "3.14626", Different}, {"arctan(1)", "pi/4", Same}, {"arcsin(1/2)", "pi/6", Same}, {"2^x", "x^2", Different}, {"x^(1/3)", "root(3,x)", Same}, {"(x^2)^(1/6)", "x^(1/3)", Different},
		{"1/(x-x)", "x", Unknown}, {"(x^2-1)/(x-1)", "x+1", Same}, {"2i*sin(x)", "-2i*sin(x)", Different}, {"2i*sin(x)", "i*sin(x)*2", Same}, {"e^(i*x)", "cos x+i*sin x", Same}, {"x+0.00001", "x", Different}, {"sin(x)+10^-7", "sin(x)", Different}, {"arccot x", "arctan(1/x)", Same}, {"arcsin x+arccos x", "pi/2", Same},
		{"5.5 + sin(x)*0", "11/2", Same}, {"x!", "x*(x-1)!", Same}, {"floor(x)", "x", Different}, {"|x|/x", "1", Different}, {"cosh(x)^2-sinh(x)^2", "1", Same}, {"log_2 x", "ln x/ln 2", Same}, {"(x-a)^6000", "(x-a)^5999", Unknown}, {"x^300*y", "x^301*y", Different},
	} {
		if got := Compare(parse(t, c.a), parse(t, c.b)); got != c.want {
			t.Errorf("%s and %s: %d, want %d", c.a, c.b, got, c.want)
		}
		if got := Compare(parse(t, c.b), parse(t, c.a)); got != c.want {
			t.Errorf("%s and %s: %d, want %d", c.b, c.a, got, c.want)
		}
	}
}

// The radius must hold the true value: √2 to 60 digits, and sums that cancel.
func TestValue_HoldsTheTruth(t *testing.T) {
	for text, true_ := range map[string]string{
		"sqrt(2)": "1.41421356237309504880168872420969807856967187537694807317667974", "pi": "3.14159265358979323846264338327950288419716939937510582097494459", "e^2": "7.38905609893065022723042746057500781318031557055184732408712782",
		"sqrt(10001)-100": "0.00499987500624960940234169937985834420839", "ln 2": "0.693147180559945309417232121458176568075500134360255254120680009", "sin 1": "0.841470984807896506652502321630298999622563060798371065672751709",
		"(1+10^-8)-1": "0.00000001", "arctan 2": "1.10714871779409050301706546017853704007004764540143264667653920", "2^0.5*3": "4.24264068711928514640506617262909423570901562613084421953003922",
	} {
		b, ok := Value(parse(t, text))
		want, _, _ := big.ParseFloat(true_, 10, 250, big.ToNearestEven)
		gap, _ := new(big.Float).Sub(want, big.NewFloat(real(b.Mid))).Float64()
		if !ok || math.Abs(gap) > b.Radius {
			t.Errorf("%s: %v ± %g is %g from %s", text, b.Mid, b.Radius, gap, true_)
		}
		if b.Radius > 1e-11 {
			t.Errorf("%s: the radius %g is needlessly large", text, b.Radius)
		}
	}
}

func BenchmarkCompare(b *testing.B) {
	x, y := parse(b, "sin(2x)+sqrt(y)"), parse(b, "2sin(x)cos(x)+y^(1/2)")
	for b.Loop() {
		if Compare(x, y) != Same {
			b.Fatal("not the same")
		}
	}
}

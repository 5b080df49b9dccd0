package itemmd

import (
	"os"
	"testing"

	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/bank/banktest"
)

var options = bank.Options{File: "kitchen.md", True: "True", False: "False", Licence: "CC0"}

func read(t testing.TB, text string) intake.Bundle {
	t.Helper()
	b, err := Read([]byte(text), options)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func fixture(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("testdata/kitchen.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestWrite_ReadsBackToTheSame(t *testing.T) {
	banktest.ReadsBack(t, []byte(fixture(t)), options, Read, Write)
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(fixture(f)))
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	banktest.Fuzz(f, options, Read, Write)
}

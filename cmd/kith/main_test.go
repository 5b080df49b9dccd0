package main

import "testing"

func TestCatalogue_AllWordsLoadTogether(t *testing.T) {
	if _, err := catalogue(); err != nil {
		t.Fatal(err)
	}
}

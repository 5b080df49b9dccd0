package item

import "testing"

func TestNoDerivatives_ReadsLicencesAsPeopleWriteThem(t *testing.T) {
	for licence, bound := range map[string]bool{"CC BY-ND 4.0": true, "cc-by-nc-nd": true, "CC BY NC ND": true, "Attribution, No Derivatives": true, "NoDerivs 3.0": true,
		"https://creativecommons.org/licenses/by-nd/4.0/": true, "CC BY 4.0": false, "CC BY-SA 4.0": false, "Public domain": false, "Land and sand": false, "": false} {
		if got := (&Attribution{Licence: licence}).NoDerivatives(); got != bound {
			t.Errorf("%q: %v", licence, got)
		}
	}
	if (*Attribution)(nil).NoDerivatives() {
		t.Error("an item that comes from nowhere is bound")
	}
}

package item

import "regexp"

// noDerivatives are the ways in which licences say that no changed copies may be handed on: CC BY-ND, "no derivatives".
var noDerivatives = regexp.MustCompile(`(?i)(^|[^a-z])(nd|no[ -]?deriv[a-z]*)([^a-z]|$)`)

// NoDerivatives reports whether the licence allows no changed copies. Nothing said means nothing is known against it.
func (a *Attribution) NoDerivatives() bool { return a != nil && noDerivatives.MatchString(a.Licence) }

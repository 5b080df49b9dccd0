// Package intake takes what comes from elsewhere into a school: courses as bundles, lists of people, frameworks of standards.
//
// An import writes all or nothing, gives a source's things the same ids every time, leaves alone what says the same, and reports
// each record with what became of it. Readers of files (interop) hand it plain values.
//
// Place in the flow: layer 4, above door and office, which name and enroll the people of a list. Commands call it; no request does.
package intake

import "errors"

// errDryRun ends the transaction of an import that was only to be tried.
var errDryRun = errors.New("dry run")

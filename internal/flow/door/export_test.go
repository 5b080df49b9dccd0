package door

// Disguised is how a login that nobody has stands in the table of misses.
var Disguised = disguised

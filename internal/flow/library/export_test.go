package library

// TypedNumber is typedNumber, for tests.
var TypedNumber = typedNumber

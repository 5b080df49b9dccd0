package bringing

import "runtime/debug"

// frugalPercent is how much garbage may stand beside what is used while a course is in memory: a school's machine has 512 MB, and a
// course that takes a few seconds longer hurts nobody.
const frugalPercent = 40

// Frugal has the memory tidied early until end is called, and given back then. One at a time.
func Frugal() (end func()) {
	was := debug.SetGCPercent(frugalPercent)
	return func() {
		debug.SetGCPercent(was)
		debug.FreeOSMemory()
	}
}

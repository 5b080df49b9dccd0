package period

import (
	"kith/internal/classroom"
	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/roster"
)

// What tests look at from inside.
var (
	DayNow      = day
	LessonOfDay = lessonOfDay
	PlacesFor   = placesFor
	RoomPlaces  = roomPlaces
)

// RunsMost is for how long a day runs that nobody ends, ms.
const RunsMost = runsMost

// PilesInput is what a day's piles are made from.
func PilesInput(l *flow.Look, class roster.ClassID, on string) (classroom.Input, error) {
	f, err := loadFacts(l, class, on)
	return f.in, err
}

// HowFar says how far each learner of a class is with a lesson, as its teacher sees it.
func HowFar(l *flow.Look, class roster.ClassID, v *content.Lesson) (func(roster.PersonID) classroom.Seen, error) {
	s, err := seenByClass(l, class, v)
	return s.of, err
}

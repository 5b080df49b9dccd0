package library

import (
	"kith/internal/roster"
)

// ClassIn names a class in an address.
type ClassIn struct {
	Class roster.ClassID `path:"class"`
}

// ClassHead is a class as the head of a page.
type ClassHead struct {
	ID   roster.ClassID `json:"id"`
	Name string         `json:"name"`
}

// Package roster knows people, classes and who belongs where, in OneRoster's words.
//
// Place in the flow: layer 1, facts.
package roster

// SchoolID, PersonID and ClassID are UUIDv7 text. An id never authorizes.
type SchoolID string

// PersonID is a person's stable id.
type PersonID string

// ClassID is a class's stable id.
type ClassID string

// Role is what a person is to a school. What they may do in a class comes from an enrollment.
type Role string

const (
	Learner  Role = "learner"
	Teacher  Role = "teacher"
	Guardian Role = "guardian"
	Admin    Role = "admin" // runs the installation's people and classes; may also be enrolled as a teacher
)

// Person is one person of one school.
type Person struct {
	ID        PersonID `json:"id"`
	Role      Role     `json:"role"`
	Given     string   `json:"given"`  // what they are called, e.g. "Amina"
	Family    string   `json:"family"` // may be empty
	Locale    string   `json:"locale"` // BCP 47; "" = the school's
	Suspended bool     `json:"suspended,omitempty"`
}

// Short is the name a class sees: the given name and the family name's first letter.
func (p Person) Short() string {
	for _, r := range p.Family {
		return p.Given + " " + string(r) + "."
	}
	return p.Given
}

// Full is the whole name.
func (p Person) Full() string {
	if p.Family == "" {
		return p.Given
	}
	return p.Given + " " + p.Family
}

// Class is a group of learners with one or more teachers for a term.
type Class struct {
	ID    ClassID `json:"id"`
	Name  string  `json:"name"`
	Code  string  `json:"code"` // what a learner types to sign in; rotates
	Ended bool    `json:"ended,omitempty"`
}

// Enrollment says that a person is in a class in a role, from one day and perhaps until another (YYYY-MM-DD, school time).
type Enrollment struct {
	Class   ClassID  `json:"class"`
	Person  PersonID `json:"person"`
	Role    Role     `json:"role"` // Learner or Teacher
	Started string   `json:"started"`
	Ended   string   `json:"ended,omitempty"`
}

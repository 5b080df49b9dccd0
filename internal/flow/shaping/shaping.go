// Package shaping is how a teacher shapes a unit that their class has: its outline (objectives, skills, their order and names, what is
// left out), what its skills need of each other, a unit of their own, and the step to a newer version that somebody else made.
//
// Each change is a further version of the course and of the unit (ADR 0008, 0025, 0028); the class goes on with it at once, other
// classes when their teachers say so, and nothing about a learner is touched.
//
// Place in the flow: layer 4, above library.
package shaping

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"kith/internal/flow"
	"kith/internal/store/db"
)

// raise makes the next version of content the current one.
func raise(a *flow.Act, id, title string, version int, body any) error {
	if err := saveBody(a, id, version, body); err != nil {
		return err
	}
	_, err := a.Q().RaiseContent(a.Ctx(), db.RaiseContentParams{SchoolID: a.School(), ID: id, CurrentVersion: int64(version), Title: title})
	return err
}

// saveBody stores one version of content.
func saveBody(a *flow.Act, id string, version int, of any) error {
	body, err := json.Marshal(of)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	return a.Q().AddContentVersion(a.Ctx(), db.AddContentVersionParams{SchoolID: a.School(), ID: id, Version: int64(version), Body: string(body),
		BodyHash: hex.EncodeToString(sum[:]), MadeMs: a.Now()})
}

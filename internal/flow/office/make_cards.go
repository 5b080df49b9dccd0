package office

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// MakeCardsIn names the class, and one learner when only their card is wanted.
type MakeCardsIn struct {
	flow.Op
	Class   roster.ClassID  `json:"class" minLength:"36" maxLength:"36"`
	Learner roster.PersonID `json:"learner,omitempty" maxLength:"36"`

	// Token makes the card's token of a learner; only its hash is kept. Package web gives it, never a client.
	Token func(learner roster.PersonID) string `json:"-"`
}

// CardMade is a learner, the name that tells them apart in their class, and the hash of their card's token.
type CardMade struct {
	Learner roster.Person `json:"learner"`
	Name    string        `json:"name"` // "Tom Ba." where another Tom B. is in the class
	Hash    string        `json:"hash"`
}

// MakeCardsOut is the cards, in the order of names.
type MakeCardsOut struct {
	Class roster.Class `json:"class"`
	Cards []CardMade   `json:"cards"`
}

// MakeCards makes new sign-in cards. Those printed before stop working: a lost card is worth nothing.
var MakeCards = flow.Verb[MakeCardsIn, MakeCardsOut]{
	Name:  "make_cards",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(l *flow.Look, in MakeCardsIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Do: func(a *flow.Act, in MakeCardsIn) (MakeCardsOut, error) {
		c, err := classRow(a.Look, in.Class)
		if err != nil {
			return MakeCardsOut{}, err
		}
		out := MakeCardsOut{Class: roster.Class{ID: in.Class, Name: c.Name, Code: c.Code}}
		people, err := a.Q().LearnersOfClass(a.Ctx(), db.LearnersOfClassParams{SchoolID: a.School(), ClassID: c.ID})
		if err != nil {
			return out, err
		}
		names := flow.ShortNames(people)
		for i, p := range people {
			if in.Learner != "" && p.ID != string(in.Learner) {
				continue
			}
			if err := a.Q().RevokeTokensOfKind(a.Ctx(), db.RevokeTokensOfKindParams{SchoolID: a.School(), PersonID: p.ID, Kind: "card", RevokedMs: a.Now()}); err != nil {
				return out, err
			}
			hash := door.HashToken(in.Token(roster.PersonID(p.ID)))
			if err := a.Q().AddSigninToken(a.Ctx(), db.AddSigninTokenParams{SchoolID: a.School(), ID: a.NewID(), PersonID: p.ID, Kind: "card", TokenHash: hash,
				CreatedMs: a.Now(), Reusable: true}); err != nil {
				return out, err
			}
			if err := note(a, "make_cards", roster.PersonID(p.ID)); err != nil {
				return out, err
			}
			out.Cards = append(out.Cards, CardMade{flow.Person(p), names[i].Name, hash})
		}
		if in.Learner != "" && len(out.Cards) == 0 {
			return out, fault.New(fault.NotFound, "fault.not_found")
		}
		return out, nil
	},
}

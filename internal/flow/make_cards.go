package flow

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// MakeCardsIn names the class, and one learner when only their card is wanted.
type MakeCardsIn struct {
	Op
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
var MakeCards = Verb[MakeCardsIn, MakeCardsOut]{
	Name:  "make_cards",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(l *Look, in MakeCardsIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Do: func(a *Act, in MakeCardsIn) (MakeCardsOut, error) {
		c, err := a.classRow(in.Class)
		if err != nil {
			return MakeCardsOut{}, err
		}
		out := MakeCardsOut{Class: roster.Class{ID: in.Class, Name: c.Name, Code: c.Code}}
		people, err := a.q.LearnersOfClass(a.ctx, db.LearnersOfClassParams{SchoolID: a.school(), ClassID: c.ID})
		if err != nil {
			return out, err
		}
		names := ShortNames(people)
		for i, p := range people {
			if in.Learner != "" && p.ID != string(in.Learner) {
				continue
			}
			if err := a.q.RevokeTokensOfKind(a.ctx, db.RevokeTokensOfKindParams{SchoolID: a.school(), PersonID: p.ID, Kind: "card", RevokedMs: a.now}); err != nil {
				return out, err
			}
			hash := HashToken(in.Token(roster.PersonID(p.ID)))
			if err := a.q.AddSigninToken(a.ctx, db.AddSigninTokenParams{SchoolID: a.school(), ID: a.NewID(), PersonID: p.ID, Kind: "card", TokenHash: hash,
				CreatedMs: a.now, Reusable: true}); err != nil {
				return out, err
			}
			out.Cards = append(out.Cards, CardMade{person(p), names[i].Name, hash})
		}
		if in.Learner != "" && len(out.Cards) == 0 {
			return out, fault.New(fault.NotFound, "fault.not_found")
		}
		return out, nil
	},
}

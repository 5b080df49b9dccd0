package staff

import (
	"context"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"net/url"
	"strings"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/office"
	"kith/internal/roster"
	"kith/internal/web"

	"rsc.io/qr"
)

// registerPeople adds classes, people and the school, and what is done to them.
func registerPeople(s *web.Server) {
	web.PageOf(s, web.Spec{Path: "/classes", Script: "staff/classes", Title: "classes.title", Tab: "classes"}, office.Classes)
	web.PageOf(s, web.Spec{Path: "/class/{class}/people", Script: "staff/people", Title: "people.title", Tab: "people",
		Topics: func(v any) []string { return []string{flow.ClassTopic(string(v.(office.ClassPeople).Class.ID))} }}, office.PeopleOfClass)
	web.PageOf(s, web.Spec{Path: "/admin", Script: "staff/admin", Title: "admin.title", Tab: "admin"}, office.Admin)

	web.ActBy(s, "/api/v1/set-school", office.SetSchool, nil, forgetting[office.SetSchoolIn](s)) // sessions remember the zone
	web.Act(s, "/api/v1/create-class", office.CreateClass)
	web.Act(s, "/api/v1/rename-class", office.RenameClass)
	web.Act(s, "/api/v1/end-class", office.EndClass)
	web.Act(s, "/api/v1/rotate-class-code", office.RotateClassCode)
	web.Act(s, "/api/v1/add-learners", office.AddLearners)
	web.Act(s, "/api/v1/link-guardian", office.LinkGuardian)
	web.Act(s, "/api/v1/unlink-guardian", office.UnlinkGuardian)
	web.Act(s, "/api/v1/enroll", office.Enroll)
	web.Act(s, "/api/v1/unenroll", office.Unenroll)

	// A session that has just ended must not live on in what the server remembers of sessions.
	web.ActBy(s, "/api/v1/reset-pin", office.ResetPIN, nil, forgetting[office.PersonIn](s))
	web.ActBy(s, "/api/v1/suspend-person", office.SuspendPerson, nil, forgetting[office.PersonIn](s))
	web.ActBy(s, "/api/v1/unsuspend-person", office.UnsuspendPerson, nil, forgetting[office.PersonIn](s))
	web.ActBy(s, "/api/v1/reset-password", office.ResetPassword,
		func(in *office.ResetPasswordIn) { in.Link = door.HashToken(s.Secret(in.OpID(), linkPurpose)) },
		func(ctx context.Context, in office.ResetPasswordIn, done office.LinkOut) (Link, error) {
			s.Forget()
			return linkOf(ctx, s, in.OpID(), done)
		})
	web.ActBy(s, "/api/v1/add-person", office.AddPerson,
		func(in *office.AddPersonIn) { in.Link = door.HashToken(s.Secret(in.OpID(), linkPurpose)) },
		func(ctx context.Context, in office.AddPersonIn, done office.LinkOut) (Link, error) {
			return linkOf(ctx, s, in.OpID(), done)
		})

	web.Document(s, "/print/cards/{class}", cardsSheet, func(w http.ResponseWriter, r *http.Request, v office.ClassPeople) error {
		return s.Draw(w, r, sheets, "cards_ask.html", web.Leaf{Title: "cards.title", View: cardsAsk{v, roster.PersonID(r.FormValue("learner")), web.Origin(r.Context())}})
	})
	web.Form(s, "/print/cards/{class}", office.MakeCards, func(r *http.Request) (office.MakeCardsIn, error) {
		op := flow.Op{Op: r.PostFormValue("op")}
		return office.MakeCardsIn{Op: op, Class: roster.ClassID(r.PathValue("class")), Learner: roster.PersonID(r.PostFormValue("learner")),
			Token: func(p roster.PersonID) string { return s.Secret(op.Op, "card "+string(p)) }}, nil
	}, func(w http.ResponseWriter, r *http.Request, in office.MakeCardsIn, done office.MakeCardsOut) error {
		return drawCards(s, w, r, in, done)
	})
}

// cardsSheet is the class's people under a name of its own, for the page that asks before cards are made.
var cardsSheet = func() flow.View[office.ClassPeopleIn, office.ClassPeople] {
	v := office.PeopleOfClass
	v.Name = "cards"
	return v
}()

const linkPurpose = "link"

// Link is a person and the one-time link that lets them set their password. It is shown once.
type Link struct {
	Person roster.Person `json:"person"`
	Link   string        `json:"link"`
}

// linkOf words the link of an act. An act that was done before this process began cannot show its link again.
func linkOf(ctx context.Context, s *web.Server, op string, done office.LinkOut) (Link, error) {
	token := s.Secret(op, linkPurpose)
	if door.HashToken(token) != done.Link {
		return Link{}, fault.New(fault.Conflict, "fault.signin.once")
	}
	return Link{done.Person, web.Origin(ctx) + "/link/" + token}, nil
}

func forgetting[I any](s *web.Server) func(context.Context, I, flow.Done) (flow.Done, error) {
	return func(_ context.Context, _ I, done flow.Done) (flow.Done, error) {
		s.Forget()
		return done, nil
	}
}

var sheets = web.LeafTemplates(templates, "*.html")

type cardsAsk struct {
	office.ClassPeople
	Only roster.PersonID
	From string // the address that the cards would carry
}

// Local is the address that the cards would carry when no other device can open it, "" otherwise.
func (c cardsAsk) Local() string {
	at, err := url.Parse(c.From)
	if err != nil {
		return ""
	}
	if ip := net.ParseIP(at.Hostname()); at.Hostname() == "localhost" || ip != nil && ip.IsLoopback() {
		return at.Host
	}
	return ""
}

// One is the learner whose card alone is wanted, "" for all.
func (c cardsAsk) One() string {
	for _, l := range c.Learners {
		if l.Person.ID == c.Only && c.Only != "" {
			return l.Person.Full()
		}
	}
	return ""
}

// Working counts the cards that would stop working.
func (c cardsAsk) Working() int {
	n := 0
	for _, l := range c.Learners {
		if l.CardMs > 0 && (c.Only == "" || c.Only == l.Person.ID) {
			n++
		}
	}
	return n
}

type cardView struct {
	Name, Class string
	Link        string
	QR          template.HTML
}

type cardsView struct {
	Class roster.Class
	Where string
	Cards []cardView
}

func drawCards(s *web.Server, w http.ResponseWriter, r *http.Request, in office.MakeCardsIn, done office.MakeCardsOut) error {
	origin := web.Origin(r.Context())
	v := cardsView{Class: done.Class, Where: strings.TrimPrefix(strings.TrimPrefix(origin, "https://"), "http://") + "/signin"}
	for _, c := range done.Cards {
		token := in.Token(c.Learner.ID)
		if door.HashToken(token) != c.Hash {
			return fault.New(fault.Conflict, "fault.signin.once")
		}
		link := origin + "/q/" + token
		drawing, err := square(link)
		if err != nil {
			return err
		}
		v.Cards = append(v.Cards, cardView{Name: c.Name, Class: done.Class.Name, Link: link, QR: drawing})
	}
	return s.Draw(w, r, sheets, "cards.html", web.Leaf{Title: "cards.title", Kind: "sheet", Here: "/class/" + string(done.Class.ID) + "/people", View: v})
}

// square draws a link as a QR code (ISO/IEC 18004), its dark runs as one path, with the quiet zone of four modules.
func square(link string) (template.HTML, error) {
	code, err := qr.Encode(link, qr.M)
	if err != nil {
		return "", fault.Wrap(fault.Internal, err, "fault.internal")
	}
	var b strings.Builder
	side := code.Size + 8
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[1]d" shape-rendering="crispEdges" aria-hidden="true"><rect width="%[1]d" height="%[1]d" fill="#fff"/><path fill="#000" d="`, side)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+4, y+4, x-from, x-from)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return template.HTML(b.String()), nil
}

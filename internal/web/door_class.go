package web

import (
	"net/http"
	"net/url"
	"strconv"

	"kith/internal/auth"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/roster"
)

// The door of a class: code, name, pictures. Every step is a document with a plain form; what was tapped so far goes along
// in the form, so nothing is remembered here between two taps.

type signinView struct{ Code string }

func (s *Server) signinPage(w http.ResponseWriter, r *http.Request) error {
	if !ActorOf(r.Context()).Anonymous() {
		http.Redirect(w, r, safeNext(r.FormValue("next")), http.StatusSeeOther)
		return nil
	}
	return s.Draw(w, r, shell, "door_signin.html", Leaf{Title: "door.title", Next: r.FormValue("next"), View: signinView{}})
}

// classView is the names of a class, or the pictures of one of them.
type classView struct {
	Code  string
	Names []flow.Named
}

// PINView is the twelve pictures and what was tapped so far.
type PINView struct {
	Action, Back string
	Code, Who    string
	Given        string
	Choosing     bool   // no PIN yet: choose one, twice
	First        string // the first choice, when it is being repeated
	Taps         auth.PIN
	Pictures     []pinPicture
	Slots        []pinSlot
	AgainFrom    string // where "start again" goes
}

type pinPicture struct {
	N    int
	Name string
}

type pinSlot struct {
	N       int
	Picture string // shown while choosing only
	Full    bool
}

func (s *Server) classPage(w http.ResponseWriter, r *http.Request) error {
	code, who, next := r.FormValue("code"), r.FormValue("who"), r.FormValue("next")
	if who != "" {
		seat, err := door.SeatByCode(r.Context(), s.Flow, s.client(r), code, roster.PersonID(who))
		if err != nil {
			return s.signinAgain(w, r, code, next, err)
		}
		return s.pinPage(w, r, seat, pinStep{code: code, next: next, action: "/signin/class"}, nil)
	}
	names, err := door.ClassDoor(r.Context(), s.Flow, s.client(r), code)
	if err != nil {
		return s.signinAgain(w, r, code, next, err)
	}
	return s.Draw(w, r, shell, "door_class.html", Leaf{Title: "door.who", Next: next, Kind: "wide", View: classView{Code: code, Names: names}})
}

func (s *Server) signinAgain(w http.ResponseWriter, r *http.Request, code, next string, err error) error {
	if fault.Is(err, fault.Internal) {
		return err
	}
	return s.Draw(w, r, shell, "door_signin.html", Leaf{Title: "door.title", Next: next, Fault: err, Here: "/signin", View: signinView{Code: code}})
}

// pinStep is where in the taps a request is, as its form says.
type pinStep struct {
	action      string // the form's address: the class's door or a card
	code        string
	next        string
	taps, first auth.PIN
}

func readPINStep(r *http.Request, action string) (pinStep, error) {
	st := pinStep{action: action, code: r.PostFormValue("code"), next: r.PostFormValue("next")}
	var err error
	if st.first, err = auth.ReadPIN(r.PostFormValue("first")); err != nil {
		return st, err
	}
	taps := r.PostFormValue("taps")
	if tap := r.PostFormValue("tap"); tap != "" {
		if taps != "" {
			taps += "."
		}
		taps += tap
	}
	st.taps, err = auth.ReadPIN(taps)
	return st, err
}

func (s *Server) classPost(w http.ResponseWriter, r *http.Request) error {
	code := r.PostFormValue("code")
	seat, err := door.SeatByCode(r.Context(), s.Flow, s.client(r), code, roster.PersonID(r.PostFormValue("who")))
	if err != nil {
		return s.signinAgain(w, r, code, r.PostFormValue("next"), err)
	}
	return s.tapped(w, r, seat, "/signin/class")
}

// tapped takes one tap of a picture, and the whole PIN with the last.
func (s *Server) tapped(w http.ResponseWriter, r *http.Request, seat door.Seat, action string) error {
	st, err := readPINStep(r, action)
	if err != nil { // a picture twice, or a form that was tampered with: begin anew
		return s.pinPage(w, r, seat, pinStep{action: action, code: st.code, next: st.next}, err)
	}
	if !st.taps.Whole() {
		return s.pinPage(w, r, seat, st, nil)
	}
	again := pinStep{action: action, code: st.code, next: st.next}
	if seat.HasPIN {
		who, err := door.SignInByPIN(r.Context(), s.Flow, s.secrets, s.client(r), seat, st.taps.Secret())
		if err != nil {
			return s.pinPage(w, r, seat, again, err)
		}
		return s.welcome(w, r, who, st.next)
	}
	if len(st.first) == 0 { // chosen once: now the same again
		again.first = st.taps
		return s.pinPage(w, r, seat, again, nil)
	}
	if st.first.String() != st.taps.String() {
		return s.pinPage(w, r, seat, again, fault.New(fault.Invalid, "fault.signin.pin_twice"))
	}
	hash, err := s.secrets.Hash(r.Context(), newOp(), st.taps.Secret())
	if err != nil {
		return s.pinPage(w, r, seat, again, err)
	}
	who, err := door.ChoosePIN(r.Context(), s.Flow, s.client(r), seat, hash)
	if err != nil {
		return s.pinPage(w, r, seat, again, err)
	}
	return s.welcome(w, r, who, st.next)
}

func (s *Server) pinPage(w http.ResponseWriter, r *http.Request, seat door.Seat, st pinStep, refused error) error {
	if fault.Is(refused, fault.Internal) {
		return refused
	}
	v := PINView{Action: st.action, Code: st.code, Who: string(seat.Person), Given: seat.Given, Choosing: !seat.HasPIN, First: st.first.String(), Taps: st.taps}
	here := st.action
	if st.code != "" {
		q := url.Values{"code": {st.code}}
		if st.next != "" {
			q.Set("next", st.next)
		}
		v.Back = "/signin/class?" + q.Encode()
		q.Set("who", v.Who)
		here = "/signin/class?" + q.Encode()
	}
	v.AgainFrom = here
	for n, name := range auth.Pictures {
		v.Pictures = append(v.Pictures, pinPicture{n, name})
	}
	for i := range auth.PINLength {
		slot := pinSlot{N: i + 1, Full: i < len(st.taps)}
		if slot.Full && v.Choosing {
			slot.Picture = auth.Pictures[st.taps[i]]
		}
		v.Slots = append(v.Slots, slot)
	}
	return s.Draw(w, r, shell, "door_pictures.html", Leaf{Title: "door.pictures.title", Next: st.next, Fault: refused, Here: here, View: v})
}

// Step names what the document asks for now.
func (v PINView) Step() string {
	switch {
	case !v.Choosing:
		return "door.pictures.tap"
	case v.First != "":
		return "door.pictures.again"
	}
	return "door.pictures.choose"
}

// Done is how many were tapped, as text.
func (v PINView) Done() string { return strconv.Itoa(len(v.Taps)) }

func (s *Server) cardPage(w http.ResponseWriter, r *http.Request) error {
	seat, err := door.SeatByCard(r.Context(), s.Flow, s.client(r), r.PathValue("token"))
	if err != nil {
		return s.signinAgain(w, r, "", "", err)
	}
	return s.pinPage(w, r, seat, pinStep{action: r.URL.Path}, nil)
}

func (s *Server) cardPost(w http.ResponseWriter, r *http.Request) error {
	seat, err := door.SeatByCard(r.Context(), s.Flow, s.client(r), r.PathValue("token"))
	if err != nil {
		return s.signinAgain(w, r, "", "", err)
	}
	return s.tapped(w, r, seat, r.URL.Path)
}

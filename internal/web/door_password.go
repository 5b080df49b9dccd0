package web

import (
	"net/http"

	"kith/internal/auth"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/office"
)

type passwordView struct{ Login string }

func (s *Server) passwordPage(w http.ResponseWriter, r *http.Request) error {
	return s.Draw(w, r, shell, "door_password.html", Leaf{Title: "door.password.title", Next: r.FormValue("next"), View: passwordView{}})
}

func (s *Server) passwordPost(w http.ResponseWriter, r *http.Request) error {
	login, next := r.PostFormValue("login"), r.PostFormValue("next")
	who, err := door.SignInByPassword(r.Context(), s.Flow, s.secrets, s.client(r), login, r.PostFormValue("password"))
	if fault.Is(err, fault.Internal) {
		return err
	}
	if err != nil {
		return s.Draw(w, r, shell, "door_password.html", Leaf{Title: "door.password.title", Next: next, Fault: err, Here: "/signin/password", View: passwordView{login}})
	}
	return s.welcome(w, r, who, next)
}

// ownPasswordView asks for a new password, and for a login by somebody who has none.
type ownPasswordView struct {
	Login       string
	NeedsLogin  bool
	HasPassword bool
	Least       int
}

func (s *Server) ownPasswordView(r *http.Request) (ownPasswordView, error) {
	own, err := flow.Show(r.Context(), s.Flow, office.OwnWays, ActorOf(r.Context()), struct{}{})
	return ownPasswordView{Login: own.Login, NeedsLogin: own.Login == "", HasPassword: own.HasPassword, Least: auth.LeastPassword}, err
}

func (s *Server) ownPasswordPage(w http.ResponseWriter, r *http.Request) error {
	v, err := s.ownPasswordView(r)
	if err != nil {
		return err
	}
	return s.Draw(w, r, shell, "door_own_password.html", Leaf{Title: "door.own.title", Next: r.FormValue("next"), View: v})
}

// ownPasswordPost keeps a person's own new password. Whoever has one already proves it first. The secret is hashed here,
// before the transaction of the verb.
func (s *Server) ownPasswordPost(w http.ResponseWriter, r *http.Request) error {
	v, err := s.ownPasswordView(r)
	if err != nil {
		return err
	}
	err = s.setOwnPassword(w, r, v)
	if fault.Is(err, fault.Internal) {
		return err
	}
	if err != nil {
		if v.NeedsLogin {
			v.Login = r.PostFormValue("login")
		}
		return s.Draw(w, r, shell, "door_own_password.html", Leaf{Title: "door.own.title", Next: r.PostFormValue("next"), Fault: err, Here: "/password", View: v})
	}
	return nil
}

func (s *Server) setOwnPassword(w http.ResponseWriter, r *http.Request, v ownPasswordView) error {
	ctx, who := r.Context(), SessionOf(r.Context())
	login := v.Login
	if v.NeedsLogin {
		login = r.PostFormValue("login")
	}
	fresh := r.PostFormValue("password")
	if err := auth.TakePassword(fresh, login); err != nil {
		return err
	}
	if fresh != r.PostFormValue("again") {
		return fault.New(fault.Invalid, "fault.password.twice")
	}
	if v.HasPassword {
		if _, err := door.SignInByPassword(ctx, s.Flow, s.secrets, s.client(r), v.Login, r.PostFormValue("current")); err != nil {
			return err
		}
	}
	op := r.PostFormValue("op")
	hash, err := s.secrets.Hash(ctx, op, fresh)
	if err != nil {
		return err
	}
	in := office.SetPasswordIn{Op: flow.Op{Op: op}, Hash: hash}
	if v.NeedsLogin {
		in.Login = login
	}
	if _, err := flow.Run(ctx, s.Flow, office.SetPassword, who.Actor, in); err != nil {
		return err
	}
	s.Forget()
	return s.welcome(w, r, who.SessionPerson, r.PostFormValue("next"))
}

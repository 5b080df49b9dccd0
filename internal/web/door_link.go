package web

import (
	"errors"
	"net/http"

	"kith/internal/auth"
	"kith/internal/fault"
	"kith/internal/flow/door"
)

type linkView struct {
	Action string
	Given  string
}

// linkPage uses a reusable link at once. One that works once waits for the button: programs that look at links before
// people do must not use it up.
func (s *Server) linkPage(w http.ResponseWriter, r *http.Request) error {
	given, reusable, err := door.LinkFor(r.Context(), s.Flow, s.client(r), r.PathValue("token"))
	if err != nil {
		return s.signinAgain(w, r, "", "", err)
	}
	if reusable {
		return s.linkPost(w, r)
	}
	return s.Draw(w, r, shell, "door_link.html", Leaf{Title: "door.link.title", View: linkView{r.URL.Path, given}})
}

func (s *Server) linkPost(w http.ResponseWriter, r *http.Request) error {
	who, err := door.SignInByLink(r.Context(), s.Flow, s.client(r), r.PathValue("token"))
	if err != nil {
		return s.signinAgain(w, r, "", "", err)
	}
	next := "/"
	if who.NeedsPassword {
		next = "/password"
	}
	return s.welcome(w, r, who, next)
}

// setupView is the first administrator's form, with what was entered before.
type setupView struct {
	Action               string
	School, Zone, Locale string
	Given, Family, Login string
	Zones                []string
	Least                int
}

// zones are offered; any other IANA name can be typed.
var zones = []string{"Africa/Accra", "Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi", "America/Anchorage", "America/Argentina/Buenos_Aires",
	"America/Bogota", "America/Chicago", "America/Denver", "America/Halifax", "America/Lima", "America/Los_Angeles", "America/Mexico_City", "America/New_York",
	"America/Phoenix", "America/Santiago", "America/Sao_Paulo", "America/Toronto", "Asia/Bangkok", "Asia/Dhaka", "Asia/Dubai", "Asia/Ho_Chi_Minh", "Asia/Hong_Kong",
	"Asia/Jakarta", "Asia/Jerusalem", "Asia/Karachi", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Manila", "Asia/Riyadh", "Asia/Seoul", "Asia/Shanghai", "Asia/Singapore",
	"Asia/Tehran", "Asia/Tokyo", "Australia/Adelaide", "Australia/Brisbane", "Australia/Perth", "Australia/Sydney", "Europe/Amsterdam", "Europe/Athens", "Europe/Berlin",
	"Europe/Dublin", "Europe/Helsinki", "Europe/Istanbul", "Europe/Kyiv", "Europe/Lisbon", "Europe/London", "Europe/Madrid", "Europe/Moscow", "Europe/Paris", "Europe/Rome",
	"Europe/Stockholm", "Europe/Warsaw", "Pacific/Auckland", "Pacific/Honolulu", "UTC"}

func (s *Server) setupPage(w http.ResponseWriter, r *http.Request) error {
	if err := door.SetupFor(r.Context(), s.Flow, s.client(r), r.PathValue("token")); err != nil {
		return s.signinAgain(w, r, "", "", err)
	}
	return s.drawSetup(w, r, setupView{Locale: localeOf(r.Context()), Zone: s.Zone}, nil)
}

func (s *Server) drawSetup(w http.ResponseWriter, r *http.Request, v setupView, refused error) error {
	v.Action, v.Zones, v.Least = r.URL.Path, zones, auth.LeastPassword
	return s.Draw(w, r, shell, "door_setup.html", Leaf{Title: "door.setup.title", Fault: refused, View: v})
}

func (s *Server) setupPost(w http.ResponseWriter, r *http.Request) error {
	f := r.PostFormValue
	v := setupView{School: f("school"), Zone: f("zone"), Locale: f("locale"), Given: f("given"), Family: f("family"), Login: f("login")}
	who, err := s.firstAdmin(r, v)
	if fault.Is(err, fault.Internal) {
		return err
	}
	if err != nil {
		return s.drawSetup(w, r, v, err)
	}
	return s.welcome(w, r, who, "/admin")
}

func (s *Server) firstAdmin(r *http.Request, v setupView) (door.SessionPerson, error) {
	ctx, from, token := r.Context(), s.client(r), r.PathValue("token")
	password := r.PostFormValue("password")
	in := door.FirstAdminIn{School: v.School, Zone: v.Zone, Locale: v.Locale, Given: v.Given, Family: v.Family, Login: v.Login}
	if err := door.SetupFor(ctx, s.Flow, from, token); err != nil { // before any hashing
		return door.SessionPerson{}, err
	}
	if err := together(in.Check(), auth.TakePassword(password, v.Login), sameTwice(password, r.PostFormValue("again"))); err != nil {
		return door.SessionPerson{}, err
	}
	if !knownLocale(v.Locale) {
		return door.SessionPerson{}, fault.Invalidf("language", "%q is not a language of Kith", v.Locale)
	}
	hash, err := s.secrets.Hash(ctx, newOp(), password)
	if err != nil {
		return door.SessionPerson{}, err
	}
	in.Hash = hash
	return door.MakeFirstAdmin(ctx, s.Flow, from, token, in)
}

func sameTwice(password, again string) error {
	if password != again {
		return fault.New(fault.Invalid, "fault.password.twice")
	}
	return nil
}

// together joins faults flat, those that are joined already too: a form names all that it refuses at once.
func together(errs ...error) error {
	var flat []error
	for _, err := range errs {
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			flat = append(flat, joined.Unwrap()...)
		} else {
			flat = append(flat, err)
		}
	}
	return errors.Join(flat...)
}

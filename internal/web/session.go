package web

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"kith/internal/fault"
	"kith/internal/flow/door"
)

// Session is the request's person and the token of their device.
type Session struct {
	door.SessionPerson
	token string
}

// sessionsKept remembers sessions for a moment, so that a class answering at once does not ask the store each time. A
// suspension is felt at once on this process (Forget) and within keptFor on others.
type sessionsKept struct {
	mu  sync.Mutex
	all map[string]keptSession
}

type keptSession struct {
	person door.SessionPerson
	until  time.Time
}

const (
	keptFor  = 2 * time.Second
	keptMost = 20_000
)

func (k *sessionsKept) get(token string, now time.Time) (door.SessionPerson, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	s, ok := k.all[token]
	return s.person, ok && now.Before(s.until)
}

func (k *sessionsKept) put(token string, p door.SessionPerson, now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all == nil || len(k.all) >= keptMost {
		k.all = map[string]keptSession{}
	}
	k.all[token] = keptSession{p, now.Add(keptFor)}
}

// Forget drops what is remembered of sessions, and has open streams ask again who they are for; call it after a suspension, a
// reset or a sign-out.
func (s *Server) Forget() {
	s.kept.mu.Lock()
	s.kept.all = nil
	s.kept.mu.Unlock()
	s.forgets.Add(1)
}

func (s *Server) cookieName() string {
	if s.Secure {
		return "__Host-kith"
	}
	return "kith"
}

// SignIn opens a session on this device and sets its cookie. A new token each time: an old one cannot be fixed on somebody.
func (s *Server) SignIn(w http.ResponseWriter, r *http.Request, who door.SessionPerson) error {
	if old := SessionOf(r.Context()); old.token != "" {
		if err := door.EndSession(r.Context(), s.Flow, old.token); err != nil {
			return err
		}
	}
	token, err := door.OpenSession(r.Context(), s.Flow, who.Actor.School, who.Actor.Person, sessionLife.Milliseconds())
	if err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{Name: s.cookieName(), Value: token, Path: "/", MaxAge: int(sessionLife.Seconds()),
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode})
	return nil
}

// SignOut ends this device's session.
func (s *Server) SignOut(w http.ResponseWriter, r *http.Request) error {
	http.SetCookie(w, &http.Cookie{Name: s.cookieName(), Path: "/", MaxAge: -1, HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode})
	if ses := SessionOf(r.Context()); ses.token != "" {
		s.Forget()
		return door.EndSession(r.Context(), s.Flow, ses.token)
	}
	return nil
}

// withActor finds who asks. A session that has run out is nobody's; a store that cannot be reached is a problem, not a
// sign-out.
func (s *Server) withActor(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := r.Cookie(s.cookieName())
		if strings.HasPrefix(r.URL.Path, "/assets/") {
			next.ServeHTTP(w, r)
			return
		}
		if err != nil || c.Value == "" {
			next.ServeHTTP(w, r.WithContext(WithLocale(r.Context(), anonymousLocale(r))))
			return
		}
		p, err := s.session(r.Context(), c.Value)
		switch {
		case fault.Is(err, fault.Unauthenticated):
			next.ServeHTTP(w, r.WithContext(WithLocale(r.Context(), anonymousLocale(r))))
			return
		case err != nil:
			s.fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), actorKey, Session{SessionPerson: p, token: c.Value})))
	})
}

// session is who a token belongs to: as remembered for a moment, else as the store says, which then also notes once a day
// that the session is in use. Errors: those of door.SessionByToken.
func (s *Server) session(ctx context.Context, token string) (door.SessionPerson, error) {
	now := time.UnixMilli(s.Flow.Store().Now())
	if p, ok := s.kept.get(token, now); ok {
		return p, nil
	}
	p, err := door.SessionByToken(ctx, s.Flow, token)
	if err != nil {
		return p, err
	}
	s.kept.put(token, p, now)
	if now.UnixMilli()-p.SeenMs > (24 * time.Hour).Milliseconds() {
		if err := door.KeepSession(ctx, s.Flow, token, sessionLife.Milliseconds()); err != nil {
			s.Log.Warn("session not prolonged", "ref", refOf(ctx), "error", err)
		}
	}
	return p, nil
}

// localeOf is the reader's locale: the person's, else the school's, else English.
func localeOf(ctx context.Context) string {
	if l, ok := ctx.Value(localeKey).(string); ok && l != "" {
		return l
	}
	if ses := SessionOf(ctx); ses.Locale != "" {
		return ses.Locale
	}
	return "en"
}

// WithLocale makes a request's words those of a locale, whoever asks: for documents in a chosen language and the stories.
func WithLocale(ctx context.Context, locale string) context.Context {
	return context.WithValue(ctx, localeKey, locale)
}

func direction(locale string) string {
	lang, _, _ := strings.Cut(locale, "-")
	switch lang {
	case "ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv":
		return "rtl"
	}
	return "ltr"
}

func wantsHTML(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "text/html") && !strings.HasPrefix(r.URL.Path, "/api/")
}

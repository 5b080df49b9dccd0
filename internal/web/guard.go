package web

import (
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"kith/internal/fault"
)

// What stands before every operation: bounds on what is sent and how slowly, requests from other sites, and addresses that
// are nobody's. Each refusal is a problem in words, like every other.

// maxBody bounds every request body that is not an upload; uploads have a rule of their own in files.go.
const maxBody = 1 << 20

// bodyTime is how long a body may take; an upload has so long for each read instead.
const bodyTime = 20 * time.Second

// withLimit refuses a body that says it is too large before a byte of it is read, and cuts one that says nothing.
func (s *Server) withLimit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.large[r.URL.Path] && r.Body != nil && r.Body != http.NoBody {
			if r.ContentLength > maxBody {
				w.Header().Set("Connection", "close")
				s.fail(w, r, errTooLarge)
				return
			}
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyTime))
		}
		next.ServeHTTP(w, r)
	})
}

var errTooLarge = &Problem{Type: "about:blank", Status: http.StatusRequestEntityTooLarge, Kind: fault.Invalid.String(), Title: "fault.too_large",
	Say: fault.New(fault.Invalid, "fault.too_large").Say}

// readForm reads a form whole before its handler, so that one that is cut or malformed is refused instead of read in part.
func (s *Server) readForm(r *http.Request) error {
	if r.Method != http.MethodPost || s.large[r.URL.Path] {
		return nil
	}
	err := r.ParseForm()
	if errors.As(err, new(*http.MaxBytesError)) {
		return errTooLarge
	}
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "fault.form")
	}
	return nil
}

// withSameSite refuses what another site's page makes a browser send.
func (s *Server) withSameSite(next http.Handler) http.Handler {
	p := http.NewCrossOriginProtection()
	p.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, fault.New(fault.Forbidden, "fault.cross_site"))
	}))
	return p.Handler(next)
}

// routed says in words what the mux says in plain text: nothing stands at this address, or not for this method.
func (s *Server) routed(w http.ResponseWriter, r *http.Request) {
	h, pattern := s.mux.Handler(r)
	// An address that holds NUL, or bytes that are no text, names nothing. SQLite would look and find nothing, PostgreSQL
	// would refuse the question.
	if strings.ContainsRune(r.URL.Path, 0) || !utf8.ValidString(r.URL.Path) {
		s.fail(w, r, fault.New(fault.NotFound, "fault.not_found"))
		return
	}
	if pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	var said refusal
	h.ServeHTTP(&said, r)
	if said.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", said.Header().Get("Allow"))
		p := s.problemOf(r.Context(), r.Method+" "+r.URL.Path, fault.New(fault.Invalid, "fault.method"))
		p.Status = http.StatusMethodNotAllowed
		s.fail(w, r, p)
		return
	}
	s.fail(w, r, fault.New(fault.NotFound, "fault.not_found"))
}

// refusal takes down what the mux answers to an address that it does not know.
type refusal struct {
	header http.Header
	status int
}

func (r *refusal) Header() http.Header {
	if r.header == nil {
		r.header = http.Header{}
	}
	return r.header
}

func (r *refusal) Write(b []byte) (int, error) { return len(b), nil }

func (r *refusal) WriteHeader(status int) { r.status = status }

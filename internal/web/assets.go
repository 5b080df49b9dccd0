package web

import (
	"embed"
	"encoding/json"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow/door"
)

// dist is what `make web` built; a clone without it compiles and says so when a page is asked for.
//
//go:embed all:dist
var dist embed.FS

var errNoFrontEnd = fault.New(fault.Unavailable, "fault.no_front_end")

type script struct {
	JS      string   `json:"js"`
	CSS     []string `json:"css"`
	Imports []string `json:"imports"`
}

type assets struct {
	manifest struct {
		Pages map[string]script `json:"pages"`
		Files map[string]string `json:"files"`
	}
}

func loadAssets() *assets {
	a := &assets{}
	body, err := fs.ReadFile(dist, "dist/manifest.json")
	if err != nil {
		return a // not built: every page says so
	}
	if err := json.Unmarshal(body, &a.manifest); err != nil {
		panic("web: dist/manifest.json: " + err.Error())
	}
	return a
}

func (a *assets) page(name string) (script, bool) {
	s, ok := a.manifest.Pages[name]
	return s, ok
}

func (a *assets) file(name string) string { return a.manifest.Files[name] }

func (a *assets) favicon() string { return "/favicon.svg" }

// Asset is the address of a built file by its source name ("app.css"), "" when the front end is not built.
func (s *Server) Asset(name string) string { return s.assets.file(name) }

func (s *Server) registerAssets() {
	s.Raw(Operation{Name: "asset", Sort: SortFile, Method: http.MethodGet, Path: "/assets/{name}", Rule: access.Allow(access.Anyone)}, func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		return serveAsset(w, r, "dist/assets/"+path.Base(r.PathValue("name")))
	})
	for _, name := range []string{"favicon.svg", "favicon.ico"} {
		s.Raw(Operation{Name: name, Sort: SortFile, Method: http.MethodGet, Path: "/" + name, Rule: access.Allow(access.Anyone)}, func(w http.ResponseWriter, r *http.Request) error {
			w.Header().Set("Cache-Control", "public, max-age=86400")
			return serveAsset(w, r, "dist/"+name)
		})
	}
	s.Raw(Operation{Name: "healthz", Sort: SortFile, Method: http.MethodGet, Path: "/healthz", Rule: access.Allow(access.Anyone)}, func(w http.ResponseWriter, r *http.Request) error {
		if err := door.Alive(r.Context(), s.Flow); err != nil {
			return err
		}
		_, err := w.Write([]byte("ok\n"))
		return err
	})
}

// serveAsset sends a built file, compressed where the browser takes it and a compressed copy was built.
func serveAsset(w http.ResponseWriter, r *http.Request, name string) error {
	body, err := fs.ReadFile(dist, name)
	if err != nil {
		return fault.Wrap(fault.NotFound, err, "fault.not_found")
	}
	h := w.Header()
	h.Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	h.Set("Vary", "Accept-Encoding")
	for _, c := range []struct{ ending, encoding string }{{".br", "br"}, {".gz", "gzip"}} {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), c.encoding) {
			continue
		}
		if small, err := fs.ReadFile(dist, name+c.ending); err == nil {
			h.Set("Content-Encoding", c.encoding)
			body = small
			break
		}
	}
	_, err = w.Write(body)
	return err
}

// ScriptSizes is what each page's script weighs as it is sent, in KB (1,000 bytes) of brotli: its own and the shared parts
// that it imports. Errors: Unavailable when the front end is not built.
func ScriptSizes() (map[string]float64, error) {
	a := loadAssets()
	if len(a.manifest.Pages) == 0 {
		return nil, errNoFrontEnd
	}
	out := map[string]float64{}
	for name, s := range a.manifest.Pages {
		total := 0
		for _, url := range append([]string{s.JS}, s.Imports...) {
			body, err := fs.ReadFile(dist, "dist"+url+".br")
			if err != nil {
				return nil, err
			}
			total += len(body)
		}
		out[name] = float64(total) / 1000
	}
	return out, nil
}

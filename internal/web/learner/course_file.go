package learner

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"sync"
	"time"

	"kith/internal/access"
	"kith/internal/course"
	"kith/internal/fault"
	"kith/internal/web"
)

// courseTypes are the kinds of file that a course's lessons have.
var courseTypes = map[string]string{".mp4": "video/mp4", ".webm": "video/webm", ".vtt": "text/vtt; charset=utf-8", ".jpg": "image/jpeg", ".png": "image/png"}

// registerCourseFiles serves the videos, captions and posters of the course that is built in, to whoever is signed in.
// Byte ranges let a video be wound; the tag is the content's hash, so that a browser keeps what has not changed.
func registerCourseFiles(s *web.Server) {
	files := course.Assets()
	var tags sync.Map // name -> hash
	s.Raw(web.Operation{Name: "course_file", Sort: web.SortFile, Method: http.MethodGet, Path: "/course/{path...}", Rule: access.Allow(access.SignedIn)},
		func(w http.ResponseWriter, r *http.Request) error {
			name := r.PathValue("path")
			kind, ok := courseTypes[path.Ext(name)]
			if !ok || !fs.ValidPath(name) {
				return fault.New(fault.NotFound, "fault.not_found")
			}
			f, err := files.Open(name)
			if errors.Is(err, fs.ErrNotExist) {
				return fault.New(fault.NotFound, "fault.not_found")
			} else if err != nil {
				return err
			}
			defer f.Close()
			body, ok := f.(io.ReadSeeker)
			if !ok {
				return fault.New(fault.NotFound, "fault.not_found")
			}
			tag, ok := tags.Load(name)
			if !ok {
				sum := sha256.New()
				if _, err := io.Copy(sum, body); err != nil {
					return err
				}
				if _, err := body.Seek(0, io.SeekStart); err != nil {
					return err
				}
				tag = `"` + hex.EncodeToString(sum.Sum(nil)[:12]) + `"`
				tags.Store(name, tag)
			}
			h := w.Header()
			h.Set("Content-Type", kind)
			h.Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": path.Base(name)}))
			h.Set("ETag", tag.(string))
			h.Set("Cache-Control", "private, max-age=3600")
			http.ServeContent(w, r, "", time.Time{}, body)
			return nil
		})
}

package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"kith/internal/blob"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/evening"
	"kith/internal/flow/library"
)

// uploadPath takes more than maxBody, as uploadAnswerPath does: a teacher's file, streamed to disk under its own limit.
const uploadPath = "/api/v1/upload"

const (
	uploadsAtOnce = 4                // more would only share the disk
	photosAtOnce  = 2                // photos that are made anew at a time: each takes the memory of its pixels
	uploadStall   = 60 * time.Second // a sender that says nothing for so long has gone
	sendStall     = 60 * time.Second
	maxFileName   = 200
)

// registerFiles registers the upload, POST /api/v1/upload?op=…&name=… with the bytes as body, and the files' own addresses.
func (s *Server) registerFiles() {
	s.Raw(Operation{Name: library.AddFile.Name, Sort: SortAction, Method: http.MethodPost, Path: uploadPath, Rule: library.AddFile.Rule}, s.upload)
	Bytes(s, "/file/{id}", library.File, s.sendFile)
	s.Raw(Operation{Name: evening.AddAnswerFile.Name, Sort: SortAction, Method: http.MethodPost, Path: uploadAnswerPath, Rule: evening.AddAnswerFile.Rule}, s.uploadAnswer)
	Bytes(s, "/answer-file/{id}", evening.AnswerFile, s.sendFile)
}

// upload keeps the bytes first and writes their row second. Sent again with the same op and bytes it answers the same file;
// with other bytes it is refused.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) error {
	name := fileName(r.URL.Query().Get("name"))
	if utf8.RuneCountInString(name) > maxFileName {
		return fault.New(fault.Invalid, "fault.file.name")
	}
	if r.ContentLength > blob.MaxVideo {
		return fault.New(fault.Invalid, "fault.file.large", "mb", blob.MaxVideo>>20)
	}
	select {
	case s.uploads <- struct{}{}:
		defer func() { <-s.uploads }()
	default:
		return fault.New(fault.Unavailable, "fault.file.uploads")
	}
	rc := http.NewResponseController(w)
	kept, err := s.Blobs.Put(r.Context(), string(ActorOf(r.Context()).School), &patient{r: r.Body, wait: rc.SetReadDeadline})
	if err != nil {
		if !errors.As(err, new(*fault.Error)) {
			err = fault.Wrap(fault.Unavailable, err, "fault.file.cut")
		}
		return err
	}
	_ = rc.SetReadDeadline(time.Time{})
	_ = rc.SetWriteDeadline(time.Now().Add(sendStall)) // it may have taken longer to arrive than an answer has time
	out, err := flow.Run(context.WithoutCancel(r.Context()), s.Flow, library.AddFile, ActorOf(r.Context()),
		library.AddFileIn{Op: flow.Op{Op: r.URL.Query().Get("op")}, SHA256: kept.SHA256, Type: kept.Type, Size: kept.Size, Name: name})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(out)
}

// Received is a file that Upload has kept, with its first bytes.
type Received struct {
	Name   string
	SHA256 string
	Size   int64
	Head   []byte
}

// Upload registers a verb whose input is a file of any sort: POST path?op=…&name=… with the bytes as body, at most `most` of them.
// They are kept in the store first, durable; read makes the verb's input of them, answer makes what the client is told. The rule is
// asked before a byte is read, and again by the verb.
func Upload[I flow.Input, O, R any](s *Server, path string, most int64, head int, v flow.Verb[I, O], read func(r *http.Request, f Received) (I, error), answer func(ctx context.Context, in I, done O) (R, error)) {
	s.large[path] = true
	s.Raw(Operation{Name: v.Name, Sort: SortAction, Method: http.MethodPost, Path: path, Rule: v.Rule}, func(w http.ResponseWriter, r *http.Request) error {
		f, err := s.receive(w, r, most, head)
		if err != nil {
			return err
		}
		in, err := read(r, f)
		if err != nil {
			return err
		}
		ctx := context.WithoutCancel(r.Context())
		done, err := flow.Run(ctx, s.Flow, v, ActorOf(ctx), in)
		if err != nil {
			return err
		}
		out, err := answer(ctx, in, done)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		return Encode(w, out)
	})
}

// receive keeps a body in the store of what was brought.
func (s *Server) receive(w http.ResponseWriter, r *http.Request, most int64, head int) (Received, error) {
	f := Received{Name: fileName(r.URL.Query().Get("name"))}
	if utf8.RuneCountInString(f.Name) > maxFileName {
		return f, fault.New(fault.Invalid, "fault.file.name")
	}
	if r.ContentLength > most {
		return f, fault.New(fault.Invalid, "fault.file.large", "mb", most>>20)
	}
	select {
	case s.uploads <- struct{}{}:
		defer func() { <-s.uploads }()
	default:
		return f, fault.New(fault.Unavailable, "fault.file.uploads")
	}
	rc := http.NewResponseController(w)
	first := &beginning{r: &patient{r: r.Body, wait: rc.SetReadDeadline}, most: head}
	kept, err := s.Brought.PutAny(r.Context(), string(ActorOf(r.Context()).School), first, most)
	if err != nil {
		if !errors.As(err, new(*fault.Error)) {
			err = fault.Wrap(fault.Unavailable, err, "fault.file.cut")
		}
		return f, err
	}
	_ = rc.SetReadDeadline(time.Time{})
	_ = rc.SetWriteDeadline(time.Now().Add(sendStall))
	f.SHA256, f.Size, f.Head = kept.SHA256, kept.Size, first.head
	return f, nil
}

// beginning remembers the first bytes of what is read through it.
type beginning struct {
	r    io.Reader
	most int
	head []byte
}

func (b *beginning) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.head = append(b.head, p[:min(n, b.most-len(b.head))]...)
	return n, err
}

// fileName is what a device calls the file, without folders and control signs.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, name)
}

// patient gives each read the same time, so that a large file may take as long as it needs and a dead sender may not.
type patient struct {
	r    io.Reader
	wait func(time.Time) error
}

func (p *patient) Read(b []byte) (int, error) {
	_ = p.wait(time.Now().Add(uploadStall))
	return p.r.Read(b)
}

// sendFile sends a file or the range of it that was asked for.
func (s *Server) sendFile(w http.ResponseWriter, r *http.Request, v library.FileView) error {
	f, err := s.Blobs.Open(v.School, v.SHA256)
	if err != nil {
		return err
	}
	defer f.Close()
	h := w.Header()
	h.Set("Content-Type", v.Type)
	h.Set("ETag", `"`+v.SHA256+`"`)
	h.Set("Cache-Control", "private, no-cache") // who may see it can change; its bytes cannot
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Disposition", disposition(v))
	http.ServeContent(&sending{w, http.NewResponseController(w)}, r, "", time.UnixMilli(v.MadeMs), f)
	return nil
}

// disposition is how a browser takes a file. What may hold a program of its own (a PDF) is never opened inside a page: it is saved.
func disposition(v library.FileView) string {
	if v.Type != "application/pdf" {
		return mime.FormatMediaType("inline", map[string]string{"filename": v.Name})
	}
	name := v.Name
	if name == "" { // an answer's, whose name on the device is not kept
		name = "answer.pdf"
	}
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}

// sending gives each write the same time: a film is paused for hours, a reader that has gone is not waited for.
type sending struct {
	http.ResponseWriter
	rc *http.ResponseController
}

func (s *sending) Write(b []byte) (int, error) {
	_ = s.rc.SetWriteDeadline(time.Now().Add(sendStall))
	return s.ResponseWriter.Write(b)
}

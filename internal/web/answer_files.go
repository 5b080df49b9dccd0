package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"kith/internal/blob"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/evening"
)

// uploadAnswerPath takes a learner's photo or document, which are small.
const uploadAnswerPath = "/api/v1/upload-answer"

// uploadAnswer keeps what a learner made and writes its row: POST /api/v1/upload-answer?op=… with the bytes as body. A photo is made
// anew from its pixels, a document stays as it is; which of them it is its first bytes say. Sent again with the same op it answers
// the same file.
func (s *Server) uploadAnswer(w http.ResponseWriter, r *http.Request) error {
	who := ActorOf(r.Context())
	rc := http.NewResponseController(w)
	sent, err := io.ReadAll(io.LimitReader(&patient{r: r.Body, wait: rc.SetReadDeadline}, max(blob.MaxPhoto, blob.MaxSent)+1))
	if err != nil {
		return cut(err)
	}
	select { // a class that sends at once waits its turn, a second for each
	case s.photos <- struct{}{}:
		defer func() { <-s.photos }()
	case <-r.Context().Done():
		return cut(r.Context().Err())
	}
	made, err := made(sent)
	if err != nil {
		return err
	}
	kept, err := s.Blobs.Put(r.Context(), string(who.School), made)
	if err != nil {
		return cut(err)
	}
	_ = rc.SetReadDeadline(time.Time{})
	_ = rc.SetWriteDeadline(time.Now().Add(sendStall))
	out, err := flow.Run(context.WithoutCancel(r.Context()), s.Flow, evening.AddAnswerFile, who,
		evening.AddAnswerFileIn{Op: flow.Op{Op: r.URL.Query().Get("op")}, SHA256: kept.SHA256, Type: kept.Type, Size: kept.Size})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(out)
}

// made is what is kept of what a learner sends.
func made(sent []byte) (io.Reader, error) {
	if blob.IsDocument(sent) {
		return blob.Document(sent)
	}
	return blob.Photo(bytes.NewReader(sent))
}

// cut says of what a sender failed with that the connection broke.
func cut(err error) error {
	if errors.As(err, new(*fault.Error)) {
		return err
	}
	return fault.Wrap(fault.Unavailable, err, "fault.file.cut")
}

package main

import (
	"bytes"
	"image"
	"image/png"
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/authoring"
	"kith/internal/flow/evening"
	"kith/internal/item"
	"kith/internal/skill"
)

func init() { maps.Copy(requests, writtenRequests) }

// writtenRequests are about answers that wait for a person, and their photos.
var writtenRequests = map[string]request{
	"answer_file":   at("/answer-file/%s", func(w *world) string { return w.photo }),
	"accept_answer": act("/api/v1/accept-answer", func(w *world) map[string]any { return map[string]any{"class": class7B(w), "attempt": w.said} }),
	"upload_answer": func(_ *world, _ actor) *http.Request {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/upload-answer?op="+newUUID(), bytes.NewReader(smallPhoto()))
		r.Header.Set("Content-Type", "image/png")
		return r
	},
}

func smallPhoto() []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4)))
	return b.Bytes()
}

// sendWritten has the teacher write two questions and Lena answer them, by a text and by a photo.
func (tp *template) sendWritten(t *testing.T, f *flow.Flow, me, they access.Actor) {
	t.Helper()
	send := func(d authoring.Draft, r item.Response) string {
		d.Skill, d.Text = skill.ID(tp.skill), "What do you see?"
		made := runAs(t, f, authoring.AddItem, they, authoring.AddItemIn{Op: op(), Class: tp.class, Draft: d})
		return runAs(t, f, evening.RecordAttempt, me, evening.RecordAttemptIn{Op: op(), Learner: me.Person, Item: made.Item, Version: 1, DrawN: 1, Try: 1, Purpose: evidence.ForPractice, Response: r}).Fact
	}
	tp.said = send(authoring.Draft{Kind: item.Short, Accepts: []string{"a ratio"}}, item.Response{Boxes: []string{"two amounts"}})
	kept, err := tp.blobs().Put(t.Context(), string(tp.school), bytes.NewReader(smallPhoto()))
	if err != nil {
		t.Fatal(err)
	}
	tp.photo = runAs(t, f, evening.AddAnswerFile, me, evening.AddAnswerFileIn{Op: op(), SHA256: kept.SHA256, Type: kept.Type, Size: kept.Size}).File
	send(authoring.Draft{Kind: item.Upload}, item.Response{Boxes: []string{""}, Files: []string{tp.photo}})
}

package main

import (
	"bufio"
	"net/http"
	"strings"
	"testing"
	"time"
)

// A stream that was opened by right ends with the right: when its person is suspended, and when they leave the class.
func TestLive_AnOpenStreamEndsWithTheRightToIt(t *testing.T) {
	for name, end := range map[string]func(s *served) reply{
		"suspended": func(s *served) reply {
			return s.post(admin, "/api/v1/suspend-person", map[string]any{"op": newUUID(), "person": s.person[teacher]})
		},
		"no longer the class's teacher": func(s *served) reply {
			got := s.post(admin, "/api/v1/unenroll", map[string]any{"op": newUUID(), "class": class7B(s.world), "person": s.person[teacher]})
			time.Sleep(1100 * time.Millisecond) // longer than a stream goes on without asking
			return got
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := serveWorld(t)
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.base+"/api/v1/live?topics=class:"+class7B(s.world), nil)
			if err != nil {
				t.Fatal(err)
			}
			r.AddCookie(&http.Cookie{Name: "kith", Value: s.token[teacher]})
			res, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			lines := make(chan string)
			go func() {
				defer close(lines)
				for scan := bufio.NewScanner(res.Body); scan.Scan(); {
					lines <- scan.Text()
				}
			}()
			raise := func(line string) {
				t.Helper()
				for _, body := range []map[string]any{{"op": newUUID(), "down": true}, {"op": newUUID(), "line": line}} {
					if got := s.post(lena, "/api/v1/raise-hand", body); got.status != http.StatusOK {
						t.Fatal(got.body)
					}
				}
			}
			raise("Before")
			for line := ""; !strings.Contains(line, "waiting"); {
				select {
				case line = <-lines:
				case <-time.After(10 * time.Second):
					t.Fatal("the teacher hears nothing")
				}
			}
			if got := end(s); got.status != http.StatusOK {
				t.Fatal(got.body)
			}
			raise("After")
			for {
				select {
				case line, open := <-lines:
					if !open {
						return
					}
					if strings.Contains(line, "waiting") {
						t.Fatalf("still heard: %s", line)
					}
				case <-time.After(10 * time.Second):
					t.Fatal("the stream is still open")
				}
			}
		})
	}
}

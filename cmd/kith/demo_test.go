package main

import (
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"testing"
)

func TestReachable_KeepsTheHostThatWasAskedFor(t *testing.T) {
	found := &net.TCPAddr{IP: net.IPv4zero, Port: 41234}
	for asked, want := range map[string]string{
		"localhost:0":    "localhost:41234",
		"127.0.0.1:0":    "127.0.0.1:41234",
		":0":             "localhost:41234",
		"0.0.0.0:41234":  "localhost:41234",
		"[::]:41234":     "localhost:41234",
		"school.test:80": "school.test:41234",
	} {
		if got := reachable(asked, found); got != want {
			t.Errorf("%s: %s, want %s", asked, got, want)
		}
	}
}

func TestSigninJSON_IsWholeAndForItsOwnerOnly(t *testing.T) {
	file := filepath.Join(t.TempDir(), "new", "links.json")
	if err := writeLinks(file, []signinLink{{"Amina Haddad", "learner", "http://localhost:8080/link/x"}}); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var got []map[string]string
	if err := json.Unmarshal(body, &got); err != nil || len(got) != 1 || got[0]["name"] != "Amina Haddad" || got[0]["role"] != "learner" || got[0]["url"] == "" {
		t.Errorf("%s: %v", body, err)
	}
	if about, err := os.Stat(file); err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", about.Mode(), err)
	}
	if left, _ := filepath.Glob(file + ".*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

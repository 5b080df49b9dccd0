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

func TestNeighbors_SaysHowOtherDevicesGetIn(t *testing.T) {
	found := &net.TCPAddr{IP: net.IPv4zero, Port: 41234}
	for asked, want := range map[string]string{
		"localhost:8080": "only this computer can open that; --addr 0.0.0.0:41234 lets other devices in",
		"127.0.0.1:0":    "only this computer can open that; --addr 0.0.0.0:41234 lets other devices in",
		"school.test:80": "",
		"192.168.1.5:80": "",
	} {
		if got := neighbors(asked, found); got != want {
			t.Errorf("%s: %q, want %q", asked, got, want)
		}
	}
	net4 := func(ip string) net.Addr { return &net.IPNet{IP: net.ParseIP(ip), Mask: net.CIDRMask(24, 32)} }
	got := elsewhere([]net.Addr{net4("127.0.0.1"), net4("192.168.1.5"), net4("169.254.3.3"), net4("fe80::1"), net4("10.0.0.7")}, "8080")
	if want := "other devices on the same network open http://192.168.1.5:8080 or http://10.0.0.7:8080"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := elsewhere([]net.Addr{net4("127.0.0.1")}, "8080"); got != "" {
		t.Errorf("a machine without a network: %q", got)
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

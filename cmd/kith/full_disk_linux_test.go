package main

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/store"
)

// A small disk of its own fills up while answers arrive: they are refused in words and none is acknowledged that is not
// kept, reading goes on, and when there is room again the same process takes answers again.
func TestFullDisk_RefusesInWordsReadsOnAndRecovers(t *testing.T) {
	if os.Geteuid() != 0 {
		asRoot(t)
		return
	}
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=12m"); err != nil {
		t.Skipf("this machine lets nobody mount a small disk (%v); the full disk is not proven here", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	s := serveOn(t, disk)
	if got := s.post(lena, attemptPath, s.answer(1)); got.status != http.StatusOK {
		t.Fatalf("before the disk is full: %d %s", got.status, got.body)
	}
	before := s.counts(t)["attempt"]
	filler := fill(t, disk)

	acked, refused := 0, 0
	var last reply
	n := 2
	for ; refused < 5 && n < 4000; n++ { // what the log has room for is still taken
		last = s.post(lena, attemptPath, s.answer(n-refused))
		switch last.status {
		case http.StatusOK:
			acked++
		case http.StatusServiceUnavailable:
			refused++
			if !strings.Contains(last.says, "disk is full") || !strings.Contains(last.says, "was saved before is safe") || last.header.Get("Retry-After") == "" {
				t.Fatalf("the learner reads %q", last.says)
			}
		default:
			t.Fatalf("%d %s", last.status, last.body)
		}
	}
	if refused == 0 {
		t.Fatal("the disk never was full: nothing is proven")
	}
	if got := s.send(lena, http.MethodGet, "/api/v1/page/practice/"+s.skill, nil); got.status != http.StatusOK {
		t.Errorf("reading stopped too: %d %s", got.status, got.body)
	}
	if got := s.send(anonymous, http.MethodGet, "/healthz", nil); got.status != http.StatusOK {
		t.Errorf("healthz: %d %s", got.status, got.body)
	}
	upload := s.send(teacher, http.MethodPost, "/api/v1/upload?op="+newUUID()+"&name=a.mp4", strings.NewReader("\x00\x00\x00\x18ftypisom"+strings.Repeat("x", 1<<20)))
	if upload.status != http.StatusServiceUnavailable || !strings.Contains(upload.says, "disk is full") {
		t.Errorf("an upload: %d %s", upload.status, upload.body)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	if got := s.post(lena, attemptPath, s.answer(n-refused)); got.status != http.StatusOK {
		t.Errorf("there is room again, and still: %d %s", got.status, got.body)
	}
	if kept := s.counts(t)["attempt"] - before; kept != acked+1 {
		t.Errorf("%d answers acknowledged, %d kept", acked+1, kept)
	}
	if err := s.flow.Store().Check(t.Context()); err != nil {
		t.Error(err)
	}
	if sum, err := ledger.Recompute(context.WithoutCancel(t.Context()), s.flow, true); err != nil || len(sum.Different) > 0 {
		t.Errorf("estimates differ from their evidence: %+v %v", sum, err)
	}
}

// asRoot runs the test that calls it once more as the root of a namespace of its own, where mounting touches nobody else.
func asRoot(t *testing.T) {
	t.Helper()
	again := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1", "-test.v")
	again.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}}
	out, err := again.CombinedOutput()
	switch {
	case errors.As(err, new(*exec.ExitError)):
		t.Errorf("%s", out)
	case err != nil:
		t.Skipf("this machine lets only root mount the small disk that this test fills (%v); run it as root to have it proven", err)
	case strings.Contains(string(out), "--- SKIP"):
		t.Skipf("%s", out)
	case !strings.Contains(string(out), "--- PASS: "+t.Name()):
		t.Errorf("the test did not run again: %s", out)
	}
}

// fill takes what room a disk has left.
func fill(t *testing.T, disk string) (file string) {
	t.Helper()
	file = filepath.Join(disk, "filler")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 20; size >= 512; {
		if _, err := f.Write(make([]byte, size)); errors.Is(err, syscall.ENOSPC) {
			size /= 2
		} else if err != nil {
			t.Fatal(err)
		}
	}
	return file
}

// serveOn is serveWorld with its data on a disk of the caller's.
func serveOn(t *testing.T, dir string) *served {
	t.Helper()
	tp := makeTemplate(t)
	tp.copyInto(t, dir)
	st, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	w := tp.world
	w.t, w.dir, w.flow = t, dir, flow.New(st)
	server, err := buildServer(w.flow, serverOptions{})
	if err != nil {
		t.Fatal(err)
	}
	ts := httptest.NewUnstartedServer(server.Handler())
	ts.Config = httpServer(server.Handler())
	ts.Start()
	t.Cleanup(func() { ts.CloseClientConnections(); server.Stop(); st.Close() })
	words, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return &served{&w, ts.URL, words}
}

package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"kith/internal/fault"
)

const school = "018f0000-0000-7000-8000-000000000001"

func mp4(size int) []byte {
	b := make([]byte, size)
	copy(b, "\x00\x00\x00\x18ftypisom")
	return b
}

func TestPut_KeepsTheBytesUnderTheirHash(t *testing.T) {
	s := New(t.TempDir())
	film := mp4(100_000)
	b, err := s.Put(t.Context(), school, bytes.NewReader(film))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(film)
	if want := (Blob{SHA256: hex.EncodeToString(sum[:]), Type: "video/mp4", Size: 100_000}); b != want {
		t.Errorf("kept %+v, want %+v", b, want)
	}
	if again, err := s.Put(t.Context(), school, bytes.NewReader(film)); err != nil || again != b {
		t.Errorf("the same bytes again: %+v, %v", again, err)
	}
	f, err := s.Open(school, b.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, _ := io.ReadAll(f); !bytes.Equal(got, film) {
		t.Error("other bytes came back")
	}
	if _, err := s.Open("018f0000-0000-7000-8000-000000000002", b.SHA256); !fault.Is(err, fault.NotFound) {
		t.Errorf("another school opens it: %v", err)
	}
	if _, err := s.Open(school, "../../../../etc/passwd"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a path for a hash: %v", err)
	}
}

func TestPut_TellsTheTypeFromTheBytes(t *testing.T) {
	for _, c := range []struct{ name, head, want string }{
		{"mp4", "\x00\x00\x00\x18ftypmp42", "video/mp4"},
		{"webm", "\x1A\x45\xDF\xA3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "video/webm"},
		{"png", "\x89PNG\r\n\x1a\n", "image/png"},
		{"jpeg", "\xFF\xD8\xFF\xE0", "image/jpeg"},
		{"pdf", "%PDF-1.7", "application/pdf"},
		{"captions", "\uFEFFWEBVTT\n\n00:00.000 --> 00:01.000\nhé", "text/vtt"},
		{"quicktime", "\x00\x00\x00\x14ftypqt  ", ""},
		{"heic", "\x00\x00\x00\x18ftypheic", ""},
		{"matroska", "\x1A\x45\xDF\xA3\x42\x82\x88matroska", ""},
		{"html", "<!doctype html><script>", ""},
		{"svg", `<svg xmlns="http://www.w3.org/2000/svg">`, ""},
		{"a word like captions", "WEBVTTX", ""},
		{"zip", "PK\x03\x04", ""},
		{"one byte", "x", ""},
	} {
		b, err := New(t.TempDir()).Put(t.Context(), school, strings.NewReader(c.head))
		if c.want == "" && !fault.Is(err, fault.Invalid) || c.want != "" && (err != nil || b.Type != c.want) {
			t.Errorf("%s: %q, %v; want %q", c.name, b.Type, err, c.want)
		}
	}
}

func TestPut_RefusesAndLeavesNothing(t *testing.T) {
	cut := errors.New("the cable came out")
	for _, c := range []struct {
		name string
		r    io.Reader
		is   func(error) bool
	}{
		{"nothing", strings.NewReader(""), func(err error) bool { return fault.Said(err).Code == "fault.file.empty" }},
		{"a picture of 10 MB and a byte", io.MultiReader(strings.NewReader("\x89PNG\r\n\x1a\n"), io.LimitReader(zeros{}, MaxImage)), func(err error) bool { return fault.Said(err).Code == "fault.file.large" }},
		{"a film that breaks off", io.MultiReader(bytes.NewReader(mp4(5000)), broken{cut}), func(err error) bool { return errors.Is(err, cut) }},
	} {
		root := t.TempDir()
		if _, err := New(root).Put(t.Context(), school, c.r); !c.is(err) {
			t.Errorf("%s: %v", c.name, err)
		}
		if left := files(t, root); len(left) != 0 {
			t.Errorf("%s leaves %v", c.name, left)
		}
	}
	root := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := New(root).Put(ctx, school, bytes.NewReader(mp4(5000))); !errors.Is(err, context.Canceled) || len(files(t, root)) != 0 {
		t.Errorf("a request that ended: %v, left %v", err, files(t, root))
	}
}

func TestPut_AcknowledgesOnlyWhatIsDurable(t *testing.T) {
	d := &diary{osDisk: osDisk{}}
	s := &Store{root: t.TempDir(), disk: d}
	b, err := s.Put(t.Context(), school, bytes.NewReader(mp4(70_000)))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"create", "write", "sync", "close", "rename", "sync dir " + b.SHA256[:2], "sync dir " + school, "sync dir " + filepath.Base(s.root)}
	if !reflect.DeepEqual(d.did, want) {
		t.Errorf("did %v,\nwant %v", d.did, want)
	}
}

func TestPut_SaysThatTheDiskIsFull(t *testing.T) {
	for _, step := range []string{"create", "write", "sync", "rename", "sync dir"} {
		for code, cause := range map[string]error{"fault.file.full": syscall.ENOSPC, "fault.file.unwritable": syscall.EIO} {
			root := t.TempDir()
			s := &Store{root: root, disk: &diary{fail: step, with: cause}}
			_, err := s.Put(t.Context(), school, bytes.NewReader(mp4(70_000)))
			if !fault.Is(err, fault.Unavailable) || fault.Said(err).Code != code {
				t.Errorf("%s fails with %v: said %v", step, cause, err)
			}
			for _, f := range files(t, root) {
				if strings.HasSuffix(f, ".part") {
					t.Errorf("%s fails with %v: %s is left", step, cause, f)
				}
			}
		}
	}
}

func TestSweep_RemovesOldHalvesAlone(t *testing.T) {
	s := New(t.TempDir())
	b, err := s.Put(t.Context(), school, bytes.NewReader(mp4(100)))
	if err != nil {
		t.Fatal(err)
	}
	old, young := filepath.Join(s.root, school, "old.part"), filepath.Join(s.root, school, "young.part")
	for _, p := range []string{old, young} {
		if err := os.WriteFile(p, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-25*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Sweep(time.Now()); n != 1 || err != nil {
		t.Errorf("removed %d, %v", n, err)
	}
	if got := files(t, s.root); len(got) != 2 || !strings.HasSuffix(strings.Join(got, " "), "young.part") || !strings.Contains(got[0], b.SHA256) {
		t.Errorf("left are %v", got)
	}
}

func files(t *testing.T, root string) (out []string) {
	t.Helper()
	_ = filepath.WalkDir(root, func(p string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, p)
		}
		return err
	})
	return out
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

// diary is a disk that notes what was done, and fails at one step if it is told to.
type diary struct {
	osDisk
	did  []string
	fail string
	with error
}

func (d *diary) note(what string) error {
	if len(d.did) == 0 || d.did[len(d.did)-1] != what {
		d.did = append(d.did, what)
	}
	if d.fail != "" && strings.HasPrefix(what, d.fail) && (d.fail != "sync" || what == "sync") {
		return d.with
	}
	return nil
}

func (d *diary) Create(name string) (file, error) {
	if err := d.note("create"); err != nil {
		return nil, err
	}
	f, err := d.osDisk.Create(name)
	return &noted{f, d}, err
}

func (d *diary) Rename(from, to string) error {
	if err := d.note("rename"); err != nil {
		return err
	}
	return d.osDisk.Rename(from, to)
}

func (d *diary) SyncDir(dir string) error {
	if err := d.note("sync dir " + filepath.Base(dir)); err != nil {
		return err
	}
	return d.osDisk.SyncDir(dir)
}

type noted struct {
	file
	d *diary
}

func (n *noted) Write(p []byte) (int, error) {
	if err := n.d.note("write"); err != nil {
		return 0, err
	}
	return n.file.Write(p)
}

func (n *noted) Sync() error {
	if err := n.d.note("sync"); err != nil {
		return err
	}
	return n.file.Sync()
}

func (n *noted) Close() error { _ = n.d.note("close"); return n.file.Close() }

// Package blob keeps files on disk by what they contain: films, captions, pictures.
//
// A file lies at SCHOOL/ab/SHA256 beneath the root. It is written to a temporary name, flushed, renamed, and its folder
// flushed; only then does Put return, and only then does the caller write the row that names it. So a row never points at
// bytes that a power cut could take; what a crash leaves is at most a file that nobody names. Schools share nothing: the
// same bytes of two schools are two files.
//
// Place in the flow: layer 5, an adapter. Who may open a file is package flow's to say.
package blob

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"kith/internal/fault"
)

// The largest file of each sort, in bytes. A document (PDF) may be as large as an image ten times over.
const (
	MaxVideo    = 512 << 20
	MaxImage    = 10 << 20
	MaxDocument = 100 << 20
	MaxCaptions = 2 << 20
)

// leftover is how old a half-written file is when it belongs to nobody any more.
const leftover = 24 * time.Hour

// Blob is a kept file: the hash of its bytes (hex), its type by its own first bytes, its size.
type Blob struct {
	SHA256 string
	Type   string
	Size   int64
}

// Store is a folder of files.
type Store struct {
	root string
	disk disk
}

// New makes a store in a folder, which is made with the first file.
func New(root string) *Store { return &Store{root: root, disk: osDisk{}} }

// disk is the part of the operating system that durability hangs on; tests put their own in its place.
type disk interface {
	MkdirAll(dir string) error
	Create(name string) (file, error)
	Rename(from, to string) error
	SyncDir(dir string) error
	Remove(name string) error
}

type file interface {
	io.Writer
	Sync() error
	Close() error
}

// Put keeps what r holds for a school. The type is told from the first bytes, never from a name.
// Errors: Invalid (empty, a type that is not taken, too large for its type), Unavailable (the disk is full or cannot be
// written), and whatever r fails with; nothing is kept then.
func (s *Store) Put(ctx context.Context, school string, r io.Reader) (Blob, error) {
	if school == "" || strings.Trim(school, "0123456789abcdef-") != "" {
		return Blob{}, fault.Invalidf("school", "%q is no school's id", school)
	}
	head := make([]byte, headBytes)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return Blob{}, err
	}
	head = head[:n]
	if n == 0 {
		return Blob{}, fault.New(fault.Invalid, "fault.file.empty")
	}
	kind, most := sniff(head)
	if kind == "" {
		return Blob{}, fault.New(fault.Invalid, "fault.file.type")
	}
	return s.keep(ctx, school, io.MultiReader(bytes.NewReader(head), r), kind, most)
}

// PutAny keeps what r holds whatever it is, up to most bytes, with no type: for what is read and never shown.
// Errors: Invalid (empty, too large), Unavailable, and whatever r fails with; nothing is kept then.
func (s *Store) PutAny(ctx context.Context, school string, r io.Reader, most int64) (Blob, error) {
	if school == "" || strings.Trim(school, "0123456789abcdef-") != "" {
		return Blob{}, fault.Invalidf("school", "%q is no school's id", school)
	}
	first := make([]byte, 1)
	if _, err := io.ReadFull(r, first); errors.Is(err, io.EOF) {
		return Blob{}, fault.New(fault.Invalid, "fault.file.empty")
	} else if err != nil {
		return Blob{}, err
	}
	return s.keep(ctx, school, io.MultiReader(bytes.NewReader(first), r), "", most)
}

// Remove takes a kept file off the disk; one that is not there is removed already. It is for files that no row names any more.
func (s *Store) Remove(school, hash string) error {
	if len(hash) != sha256.Size*2 || strings.Trim(hash, "0123456789abcdef") != "" || strings.Trim(school, "0123456789abcdef-") != "" {
		return nil
	}
	if err := s.disk.Remove(filepath.Join(s.root, school, hash[:2], hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unwritable(err)
	}
	return nil
}

func (s *Store) keep(ctx context.Context, school string, r io.Reader, kind string, most int64) (b Blob, err error) {
	top := filepath.Join(s.root, school)
	if err := s.disk.MkdirAll(top); err != nil {
		return b, unwritable(err)
	}
	part := filepath.Join(top, newName()+".part")
	f, err := s.disk.Create(part)
	if err != nil {
		return b, unwritable(err)
	}
	defer func() {
		if err != nil {
			_ = s.disk.Remove(part)
		}
	}()
	sum := sha256.New()
	size, err := io.Copy(writing{io.MultiWriter(f, sum)}, io.LimitReader(reading{ctx, r}, most+1))
	if err == nil && size > most {
		err = fault.New(fault.Invalid, "fault.file.large", "mb", most>>20)
	}
	if err == nil {
		err = unwritable(f.Sync())
	}
	if e := f.Close(); err == nil {
		err = unwritable(e)
	}
	if err != nil {
		return b, err
	}
	b = Blob{SHA256: hex.EncodeToString(sum.Sum(nil)), Type: kind, Size: size}
	return b, s.settle(top, part, b.SHA256)
}

// settle gives a flushed file its name for good.
func (s *Store) settle(top, part, hash string) error {
	dir := filepath.Join(top, hash[:2])
	if err := s.disk.MkdirAll(dir); err != nil {
		return unwritable(err)
	}
	if err := s.disk.Rename(part, filepath.Join(dir, hash)); err != nil {
		return unwritable(err)
	}
	for _, d := range []string{dir, top, s.root} { // the name, and the folders that may be new
		if err := s.disk.SyncDir(d); err != nil {
			return unwritable(err)
		}
	}
	return nil
}

// Open opens a kept file for reading; the caller closes it. Errors: NotFound.
func (s *Store) Open(school, hash string) (*os.File, error) {
	if len(hash) != sha256.Size*2 || strings.Trim(hash, "0123456789abcdef") != "" || strings.Trim(school, "0123456789abcdef-") != "" {
		return nil, fault.New(fault.NotFound, "fault.not_found")
	}
	f, err := os.Open(filepath.Join(s.root, school, hash[:2], hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Wrap(fault.NotFound, err, "fault.file.gone")
	}
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "fault.file.gone")
	}
	return f, nil
}

// Sweep removes what a crash left half-written more than a day ago, and says how many. Kept files are never touched.
func (s *Store) Sweep(now time.Time) (removed int, err error) {
	parts, err := filepath.Glob(filepath.Join(s.root, "*", "*.part"))
	if err != nil {
		return 0, err
	}
	for _, p := range parts {
		info, err := os.Stat(p)
		if err != nil || now.Sub(info.ModTime()) < leftover {
			continue
		}
		if err := s.disk.Remove(p); err != nil {
			return removed, err
		}
		removed++
	}
	return removed, nil
}

// reading ends when the request does.
type reading struct {
	ctx context.Context
	r   io.Reader
}

func (r reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// writing tells the disk's errors from the sender's.
type writing struct{ w io.Writer }

func (w writing) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	return n, unwritable(err)
}

// unwritable says what a disk's error means to the person who waits; nil passes through.
func unwritable(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fault.Wrap(fault.Unavailable, err, "fault.file.full")
	}
	return fault.Wrap(fault.Unavailable, err, "fault.file.unwritable")
}

func newName() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}

type osDisk struct{}

func (osDisk) MkdirAll(dir string) error    { return os.MkdirAll(dir, 0o700) }
func (osDisk) Rename(from, to string) error { return os.Rename(from, to) }
func (osDisk) Remove(name string) error     { return os.Remove(name) }

func (osDisk) Create(name string) (file, error) {
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

func (osDisk) SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

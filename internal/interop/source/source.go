// Package source reads foreign files within bounds, so that a reader of a format deals with the format alone.
//
// In: a path and limits. Out: bytes or text that is known to be small enough, whole and UTF-8, or a refusal (package fault)
// that names the file and, where there is one, the line. Nothing is unpacked onto the disk.
//
// Place in the flow: layer 5, beneath the readers of package interop's neighbours.
package source

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"kith/internal/fault"
)

// MB is a megabyte, the unit in which limits are said.
const MB = 1 << 20

// Read reads a file of at most max bytes. Errors: Invalid when it is not there, is no file or is larger.
func Read(name string, max int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, missing(name, err)
	}
	defer f.Close()
	if at, err := f.Stat(); err != nil || at.IsDir() {
		return nil, missing(name, errors.Join(err, errors.New("not a file")))
	}
	return All(name, f, max)
}

// All reads what is open under a name to its end, at most max bytes. Errors: Invalid when there is more, or it cannot be read.
func All(name string, r io.Reader, max int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, max+1))
	if err != nil {
		return nil, missing(name, err)
	}
	if int64(len(b)) > max {
		return nil, large(name, max)
	}
	return b, nil
}

func missing(name string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fault.Wrap(fault.Invalid, err, "fault.import.file", "file", name, "detail", err.Error())
}

func large(name string, max int64) error {
	return fault.New(fault.Invalid, "fault.import.large", "file", filepath.Base(name), "mb", max/MB)
}

// Gunzip unpacks b, which name names, to at most max bytes. Errors: Invalid when it is no gzip file, ends too early (with
// the line where it ends) or unpacks to more.
func Gunzip(name string, b []byte, max int64) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "fault.import.gzip", "file", filepath.Base(name), "line", 1)
	}
	out, err := io.ReadAll(io.LimitReader(z, max+1))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "fault.import.gzip", "file", filepath.Base(name), "line", Line(out, len(out)))
	}
	if int64(len(out)) > max {
		return nil, large(name, max)
	}
	return out, nil
}

// Text is b as text: UTF-8, with a byte order mark passed over. Errors: Invalid for UTF-16, for bytes that are no UTF-8 and
// for NUL, each with the line.
func Text(name string, b []byte) (string, error) {
	file := filepath.Base(name)
	if bytes.HasPrefix(b, []byte{0xFF, 0xFE}) || bytes.HasPrefix(b, []byte{0xFE, 0xFF}) {
		return "", fault.New(fault.Invalid, "fault.import.utf16", "file", file)
	}
	b = bytes.TrimPrefix(b, []byte("\uFEFF"))
	if at := bytes.IndexByte(b, 0); at >= 0 {
		return "", fault.New(fault.Invalid, "fault.import.nul", "file", file, "line", Line(b, at))
	}
	if !utf8.Valid(b) {
		at := 0
		for r, size := utf8.DecodeRune(b); r != utf8.RuneError || size > 1; r, size = utf8.DecodeRune(b[at:]) {
			at += size
		}
		return "", fault.New(fault.Invalid, "fault.import.utf8", "file", file, "line", Line(b, at))
	}
	return string(b), nil
}

// JSON decodes one value, and nothing may follow it. Fields that into does not know are passed over.
// Errors: Invalid with the line.
func JSON(name string, b []byte, into any) error {
	if _, err := Text(name, b); err != nil {
		return err
	}
	b = bytes.TrimPrefix(b, []byte("\uFEFF"))
	return decode(name, b, 0, into)
}

// decode is JSON for a value that begins after before lines.
func decode(name string, b []byte, before int, into any) error {
	err := json.Unmarshal(b, into)
	if err == nil {
		return nil
	}
	at := len(b)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at = int(syntax.Offset)
	case errors.As(err, &kind):
		at = int(kind.Offset)
	}
	return fault.Wrap(fault.Invalid, err, "fault.import.json", "file", filepath.Base(name), "line", before+Line(b, at), "detail", err.Error())
}

// JSONLines calls each with every line that is not empty, decoded: one JSON value a line. Errors: Invalid with the line, for
// a line longer than max bytes too; those of each.
func JSONLines[T any](name string, b []byte, max int, each func(line int, v T) error) error {
	if _, err := Text(name, b); err != nil {
		return err
	}
	line := 0
	for part := range bytes.Lines(bytes.TrimPrefix(b, []byte("\uFEFF"))) {
		line++
		part = bytes.TrimSpace(part)
		if len(part) == 0 {
			continue
		}
		if len(part) > max {
			return fault.New(fault.Invalid, "fault.import.long_line", "file", filepath.Base(name), "line", line, "kb", max/1024)
		}
		var v T
		if err := decode(name, part, line-1, &v); err != nil {
			return err
		}
		if err := each(line, v); err != nil {
			return err
		}
	}
	return nil
}

// mostEntries bounds what an archive may hold.
const mostEntries = 20_000

// Tar reads the plain files of an archive into memory, by their names. each bounds one of them, all their sum, in bytes.
// Errors: Invalid for an archive that is cut off or broken, an entry that is too large, too many entries, and a name that
// leads out of the archive.
func Tar(name string, b []byte, each, all int64) (map[string][]byte, error) {
	file := filepath.Base(name)
	out := map[string][]byte{}
	r := tar.NewReader(bytes.NewReader(b))
	for {
		h, err := r.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "fault.import.archive", "file", file, "detail", err.Error())
		}
		clean := path.Clean(h.Name)
		if path.IsAbs(clean) || clean == ".." || strings.HasPrefix(clean, "../") || strings.ContainsAny(clean, "\\:\x00") {
			return nil, fault.New(fault.Invalid, "fault.import.archive", "file", file, "detail", fmt.Sprintf("%.80q leads out of it", h.Name))
		}
		if h.Typeflag != tar.TypeReg {
			continue // folders, and links, which lead elsewhere
		}
		if h.Size < 0 || h.Size > each || h.Size > all {
			return nil, large(h.Name, min(each, all))
		}
		all -= h.Size
		if len(out) >= mostEntries {
			return nil, fault.New(fault.Invalid, "fault.import.archive", "file", file, "detail", fmt.Sprintf("it holds more than %d files", mostEntries))
		}
		body, err := io.ReadAll(io.LimitReader(r, each))
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "fault.import.archive", "file", file, "detail", err.Error())
		}
		out[clean] = body
	}
}

// Line is the line, from 1, on which the byte at stands.
func Line(b []byte, at int) int { return 1 + bytes.Count(b[:min(max(at, 0), len(b))], []byte("\n")) }

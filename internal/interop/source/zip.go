package source

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"kith/internal/fault"
)

// device are names that some systems take for devices, whatever stands behind a dot.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$`)

// Archive is a zip archive whose files are unpacked when they are asked for, so that a large one is never whole in memory. It is
// read by one goroutine at a time for each name, and its source must stay open.
type Archive struct {
	file  string
	most  int64 // bytes of one file
	files map[string]*zip.File
	names []string // in order
}

// OpenZip finds the plain files of an archive. each bounds one of them, all their sum, in bytes unpacked, whatever the archive says
// of itself: what unpacks to more than it said is refused when it is read. Errors: Invalid for an archive that is cut off or
// broken, an entry that is too large, too many entries, a name that stands twice, leads out of the archive or names a device.
func OpenZip(name string, at io.ReaderAt, size, each, all int64) (*Archive, error) {
	a := &Archive{file: filepath.Base(name), most: min(each, all), files: map[string]*zip.File{}}
	r, err := zip.NewReader(at, size)
	if err != nil {
		return nil, a.refused(err, "%s", err)
	}
	if len(r.File) > mostEntries {
		return nil, a.refused(nil, "it holds more than %d files", mostEntries)
	}
	for _, f := range r.File {
		clean := path.Clean(f.Name)
		outside := path.IsAbs(clean) || clean == ".." || strings.HasPrefix(clean, "../") || strings.ContainsAny(f.Name, "\\:\x00")
		for _, part := range strings.Split(clean, "/") {
			outside = outside || device.MatchString(part)
		}
		if outside {
			return nil, a.refused(nil, "%.80q leads out of it", f.Name)
		}
		if !f.Mode().IsRegular() {
			continue // folders, and links, which lead elsewhere
		}
		if a.files[clean] != nil {
			return nil, a.refused(nil, "%.80q stands twice in it", f.Name)
		}
		if most := min(each, all); f.UncompressedSize64 > uint64(most) {
			return nil, large(f.Name, most)
		}
		all -= int64(f.UncompressedSize64)
		a.files[clean], a.names = f, append(a.names, clean)
	}
	slices.Sort(a.names)
	return a, nil
}

func (a *Archive) refused(err error, format string, args ...any) error {
	return fault.Wrap(fault.Invalid, err, "fault.import.archive", "file", a.file, "detail", fmt.Sprintf(format, args...))
}

// Names are the files' names with slashes, in order.
func (a *Archive) Names() []string { return a.names }

// Read unpacks a file. Errors: Invalid when it is not there, is broken or unpacks to more than the archive said.
func (a *Archive) Read(name string) ([]byte, error) {
	f := a.files[name]
	if f == nil {
		return nil, a.refused(nil, "%.80q is not in it", name)
	}
	at, err := f.Open()
	if err != nil {
		return nil, a.refused(err, "%s", err)
	}
	defer at.Close()
	most := min(a.most, int64(f.UncompressedSize64))
	body := bytes.NewBuffer(make([]byte, 0, min(most+bytes.MinRead, MB)))
	if _, err := body.ReadFrom(io.LimitReader(at, most+1)); err != nil {
		return nil, a.refused(err, "%s", err)
	}
	if int64(body.Len()) > most {
		return nil, large(name, most)
	}
	return body.Bytes(), nil
}

// Zip is OpenZip for an archive in memory, with all of its files read, by their names.
func Zip(name string, b []byte, each, all int64) (map[string][]byte, error) {
	a, err := OpenZip(name, bytes.NewReader(b), int64(len(b)), each, all)
	if err != nil {
		return nil, err
	}
	out := make(map[string][]byte, len(a.names))
	for _, n := range a.names {
		if out[n], err = a.Read(n); err != nil {
			return nil, err
		}
	}
	return out, nil
}

package source

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"kith/internal/fault"
)

// device are names that some systems take for devices, whatever stands behind a dot.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$`)

// Zip reads the plain files of an archive into memory, by their names. each bounds one of them, all their sum, in bytes unpacked,
// whatever the archive says of itself. Errors: Invalid for an archive that is cut off or broken, an entry that is too large, too
// many entries, a name that stands twice, leads out of the archive or names a device.
func Zip(name string, b []byte, each, all int64) (map[string][]byte, error) {
	file := filepath.Base(name)
	refused := func(err error, format string, args ...any) error {
		return fault.Wrap(fault.Invalid, err, "fault.import.archive", "file", file, "detail", fmt.Sprintf(format, args...))
	}
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, refused(err, "%s", err)
	}
	if len(r.File) > mostEntries {
		return nil, refused(nil, "it holds more than %d files", mostEntries)
	}
	out := map[string][]byte{}
	for _, f := range r.File {
		clean := path.Clean(f.Name)
		outside := path.IsAbs(clean) || clean == ".." || strings.HasPrefix(clean, "../") || strings.ContainsAny(f.Name, "\\:\x00")
		for _, part := range strings.Split(clean, "/") {
			outside = outside || device.MatchString(part)
		}
		if outside {
			return nil, refused(nil, "%.80q leads out of it", f.Name)
		}
		if !f.Mode().IsRegular() {
			continue // folders, and links, which lead elsewhere
		}
		if _, twice := out[clean]; twice {
			return nil, refused(nil, "%.80q stands twice in it", f.Name)
		}
		most := min(each, all)
		if f.UncompressedSize64 > uint64(most) {
			return nil, large(f.Name, most)
		}
		at, err := f.Open()
		if err != nil {
			return nil, refused(err, "%s", err)
		}
		body, err := io.ReadAll(io.LimitReader(at, most+1))
		at.Close()
		if err != nil {
			return nil, refused(err, "%s", err)
		}
		if int64(len(body)) > most {
			return nil, large(f.Name, most)
		}
		all -= int64(len(body))
		out[clean] = body
	}
	return out, nil
}

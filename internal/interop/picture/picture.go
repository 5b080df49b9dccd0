// Package picture keeps the pictures that come with foreign items.
//
// In: bytes, and the name under which a text shows them. Out: a PNG or JPEG of bounded size as a file of a bundle, named by
// its own hash; a GIF becomes a PNG of its first frame. What it is, its bytes say, whatever its name says.
//
// Place in the flow: layer 5, beneath the readers of formats.
package picture

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"image"
	_ "image/gif"  // read, and kept as PNG
	_ "image/jpeg" // one of the two kinds of picture that Kith keeps
	"image/png"
	"path"
	"slices"
	"strings"

	"kith/internal/flow/intake"
	"kith/internal/interop/source"
)

// The bounds of pictures.
const (
	Max      = 4 * source.MB // bytes of one
	maxAll   = 96 * source.MB
	maxSide  = 8000    // pixels
	maxPixel = 1 << 24 // of a GIF, whose pixels are unpacked
)

// Keep makes a bundle's file of a picture; ok=false for what is no picture that Kith keeps.
func Keep(name string, body []byte) (f intake.BundleFile, ok bool) {
	if len(body) > Max {
		return f, false
	}
	cfg, kind, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil || cfg.Width < 1 || cfg.Height < 1 || cfg.Width > maxSide || cfg.Height > maxSide {
		return f, false
	}
	if kind == "gif" {
		if body, ok = still(body, cfg); !ok {
			return f, false
		}
		kind = "png"
	}
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])
	// A bundle knows a file by a name in the form of an id, so that the text is whole before the school gives it one.
	id := hash[:8] + "-" + hash[8:12] + "-" + hash[12:16] + "-" + hash[16:20] + "-" + hash[20:32]
	called := strings.TrimSuffix(path.Base(name), path.Ext(name)) + "." + kind
	return intake.BundleFile{Code: id, Name: called, Type: "image/" + kind, SHA256: hash, Size: int64(len(body)), Body: body}, true
}

// still is a GIF's first frame as PNG.
func still(body []byte, cfg image.Config) ([]byte, bool) {
	if cfg.Width*cfg.Height > maxPixel {
		return nil, false
	}
	frame, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		return nil, false
	}
	var out bytes.Buffer
	if err := png.Encode(&out, frame); err != nil || out.Len() > Max {
		return nil, false
	}
	return out.Bytes(), true
}

// Set gathers the pictures of one file. The zero Set is empty and ready.
type Set struct {
	byID map[string]intake.BundleFile
	size int
}

// Add keeps a picture and gives the id under which a text shows it; ok=false as with Keep, and when the pictures of the file
// come to more than 96 MB.
func (s *Set) Add(name string, body []byte) (id string, ok bool) { return s.AddAgain(name, body, nil) }

// AddAgain is Add for a picture that again reads once more (nil = it cannot be): its bytes are not kept.
func (s *Set) AddAgain(name string, body []byte, again func() ([]byte, error)) (id string, ok bool) {
	f, ok := Keep(name, body)
	if !ok {
		return "", false
	}
	if again != nil && bytes.Equal(f.Body, body) { // one that was made anew from its pixels is kept
		f.Body, f.Again = nil, again
	}
	if _, there := s.byID[f.Code]; there {
		return f.Code, true
	}
	if s.size += int(f.Size); s.size > maxAll {
		return "", false
	}
	if s.byID == nil {
		s.byID = map[string]intake.BundleFile{}
	}
	s.byID[f.Code] = f
	return f.Code, true
}

// Shown are the pictures of which used is true, in the order of their ids.
func (s *Set) Shown(used func(id string) bool) []intake.BundleFile {
	var out []intake.BundleFile
	for id, f := range s.byID {
		if used(id) {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b intake.BundleFile) int { return cmp.Compare(a.Code, b.Code) })
	return out
}

package blob

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// headBytes is how much of a file is looked at to tell what it is.
const headBytes = 512

// brands are the MP4 brands that the browsers of our floor play; "qt  " (QuickTime) and the still images (heic, avif) are
// not among them.
var brands = []string{"isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "dash", "mmp4", "M4V ", "M4VH", "M4VP", "MSNV", "f4v "}

// sniff tells a file's type from its first bytes, and how large such a file may be; "" when it is none that is taken. A
// name or what the sender says of the type counts for nothing: the bytes will be shown to children.
func sniff(head []byte) (kind string, most int64) {
	switch {
	case len(head) >= 12 && string(head[4:8]) == "ftyp" && slices.Contains(brands, string(head[8:12])):
		return "video/mp4", MaxVideo
	case bytes.HasPrefix(head, []byte{0x1A, 0x45, 0xDF, 0xA3}) && bytes.Contains(head[:min(len(head), 64)], []byte("webm")):
		return "video/webm", MaxVideo
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png", MaxImage
	case bytes.HasPrefix(head, []byte{0xFF, 0xD8, 0xFF}):
		return "image/jpeg", MaxImage
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return "application/pdf", MaxDocument
	case isCaptions(head):
		return "text/vtt", MaxCaptions
	}
	return "", 0
}

// isCaptions: WEBVTT at the beginning, perhaps after a byte order mark, then a space, a tab, a line's end or nothing.
func isCaptions(head []byte) bool {
	rest, ok := bytes.CutPrefix(bytes.TrimPrefix(head, []byte("\uFEFF")), []byte("WEBVTT"))
	if !ok || len(rest) > 0 && !bytes.ContainsAny(rest[:1], " \t\r\n") {
		return false
	}
	for i := 0; i < utf8.UTFMax && !utf8.Valid(rest); i++ { // the head may end inside a letter
		if len(rest) == 0 {
			break
		}
		rest = rest[:len(rest)-1]
	}
	return utf8.Valid(rest)
}

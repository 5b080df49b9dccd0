package course

import (
	"encoding/binary"
	"io/fs"
	"math"
	"path"
	"strings"

	"kith/internal/content"
)

// video finds a rendered video with its captions (both required) and its poster. One that has not been rendered is
// noted in Missing.
func (r *reader) video(name string) *content.Video {
	base := "videos/" + name
	for _, form := range []struct {
		ending, mime string
		length       func([]byte) int64
	}{{".webm", "video/webm", webmLength}, {".mp4", "video/mp4", mp4Length}} {
		b, err := fs.ReadFile(r.fsys, base+form.ending)
		if err != nil {
			continue
		}
		v := &content.Video{File: path.Join(r.assets, base+form.ending), Type: form.mime, Ms: form.length(b)}
		r.need(v.Ms > 0, base+form.ending)
		_, err = fs.Stat(r.fsys, base+".vtt")
		r.need(err == nil, base+".vtt")
		v.Captions = path.Join(r.assets, base+".vtt")
		for _, ending := range []string{".webp", ".jpg", ".png", ".svg"} {
			if _, err := fs.Stat(r.fsys, base+ending); err == nil {
				v.Poster = path.Join(r.assets, base+ending)
				break
			}
		}
		return v
	}
	r.out.Missing = append(r.out.Missing, name)
	return nil
}

// isAsset reports whether an embedded file is one that a lesson may name: media in some course's videos folder.
func isAsset(name string) bool {
	ok, err := path.Match("*/videos/*", name)
	return err == nil && ok && !strings.HasSuffix(name, ".json")
}

// mp4Length is an MP4's length in ms from its movie header (ISO/IEC 14496-12, box mvhd), 0 when there is none.
func mp4Length(b []byte) int64 {
	moov := mp4Box(b, "moov")
	h := mp4Box(moov, "mvhd")
	var scale, length uint64
	switch {
	case len(h) >= 20 && h[0] == 0:
		scale, length = uint64(binary.BigEndian.Uint32(h[12:])), uint64(binary.BigEndian.Uint32(h[16:]))
	case len(h) >= 32 && h[0] == 1:
		scale, length = uint64(binary.BigEndian.Uint32(h[20:])), binary.BigEndian.Uint64(h[24:])
	}
	if scale == 0 || length > 1<<40 {
		return 0
	}
	return int64(length * 1000 / scale)
}

func mp4Box(b []byte, name string) []byte {
	for len(b) >= 8 {
		size, head := uint64(binary.BigEndian.Uint32(b)), uint64(8)
		if size == 1 && len(b) >= 16 {
			size, head = binary.BigEndian.Uint64(b[8:]), 16
		}
		if size == 0 {
			size = uint64(len(b))
		}
		if size < head || size > uint64(len(b)) {
			return nil
		}
		if string(b[4:8]) == name {
			return b[head:size]
		}
		b = b[size:]
	}
	return nil
}

// webmLength is a WebM's length in ms from its segment's information (RFC 9559), 0 when there is none.
func webmLength(b []byte) int64 {
	const segment, info, timestampScale, duration = 0x18538067, 0x1549a966, 0x2ad7b1, 0x4489
	inside := ebmlChild(ebmlChild(b, segment), info)
	scale := uint64(1_000_000)
	if s := ebmlChild(inside, timestampScale); len(s) > 0 && len(s) <= 8 {
		scale = 0
		for _, c := range s {
			scale = scale<<8 | uint64(c)
		}
	}
	var ticks float64
	switch d := ebmlChild(inside, duration); len(d) {
	case 4:
		ticks = float64(math.Float32frombits(binary.BigEndian.Uint32(d)))
	case 8:
		ticks = math.Float64frombits(binary.BigEndian.Uint64(d))
	}
	ms := ticks * float64(scale) / 1e6
	if !(ms >= 1 && ms < 1e9) {
		return 0
	}
	return int64(ms)
}

// ebmlChild finds the first child element with an id (RFC 8794).
func ebmlChild(b []byte, id uint64) []byte {
	for len(b) > 0 {
		got, n := ebmlNumber(b, false)
		if n == 0 {
			return nil
		}
		size, m := ebmlNumber(b[n:], true)
		if m == 0 {
			return nil
		}
		b = b[n+m:]
		if size > uint64(len(b)) { // also the unknown size of a live stream: all that follows
			size = uint64(len(b))
		}
		if got == id {
			return b[:size]
		}
		b = b[size:]
	}
	return nil
}

// ebmlNumber reads a number of variable length; a size has its length marker taken off. n is 0 when it cannot be read.
func ebmlNumber(b []byte, size bool) (v uint64, n int) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0
	}
	n = 1
	for mark := byte(0x80); b[0]&mark == 0; mark >>= 1 {
		n++
	}
	if n > len(b) {
		return 0, 0
	}
	v = uint64(b[0])
	if size {
		v &= 1<<(8-n) - 1
	}
	for _, c := range b[1:n] {
		v = v<<8 | uint64(c)
	}
	return v, n
}

package blob

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"kith/internal/fault"
)

// Bounds on a photo of a learner's work. A page scales it down before it is sent; these are for what comes all the same.
const (
	MaxPhoto     = 8 << 20    // bytes as sent
	maxPixels    = 24_000_000 // as sent
	photoQuality = 85
)

// Photo makes a learner's photo anew from its pixels alone, turned as it was held: where it was taken, with what, and whatever
// else the file carried stays behind. A picture that cannot be opened is refused, since nobody could say what it carries.
// Errors: Invalid (empty, no JPEG or PNG, broken, too large), and whatever r fails with.
func Photo(r io.Reader) (io.Reader, error) {
	body, err := io.ReadAll(io.LimitReader(r, MaxPhoto+1))
	switch {
	case err != nil:
		return nil, err
	case len(body) == 0:
		return nil, fault.New(fault.Invalid, "fault.file.empty")
	case len(body) > MaxPhoto:
		return nil, tooLarge()
	}
	kind, _ := sniff(body[:min(len(body), headBytes)])
	if kind != "image/jpeg" && kind != "image/png" {
		return nil, fault.New(fault.Invalid, "fault.file.photo")
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(body)) // the size first: a small file can unfold to any
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "fault.file.photo_broken")
	}
	if size.Width <= 0 || size.Height <= 0 || size.Width > maxPixels/size.Height {
		return nil, tooLarge()
	}
	picture, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "fault.file.photo_broken")
	}
	var out bytes.Buffer
	if kind == "image/png" {
		err = png.Encode(&out, picture)
	} else {
		err = jpeg.Encode(&out, turned(picture, orientation(body)), &jpeg.Options{Quality: photoQuality})
	}
	return &out, err
}

func tooLarge() error {
	return fault.New(fault.Invalid, "fault.file.photo_large", "mb", MaxPhoto>>20, "megapixels", maxPixels/1_000_000)
}

// orientation is how a JPEG was held (Exif 2.32, tag 0x0112): 1 upright … 8; 1 where it does not say or cannot be read.
func orientation(jpeg []byte) int {
	for at := 2; at+4 <= len(jpeg) && jpeg[at] == 0xFF && jpeg[at+1] != 0xDA; {
		n := int(jpeg[at+2])<<8 | int(jpeg[at+3])
		if n < 2 || at+2+n > len(jpeg) {
			break
		}
		body := jpeg[at+4 : at+2+n]
		if tiff, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok && jpeg[at+1] == 0xE1 {
			if o, err := tiffOrientation(tiff); err == nil {
				return o
			}
			return 1
		}
		at += 2 + n
	}
	return 1
}

var errTIFF = errors.New("blob: no orientation")

func tiffOrientation(b []byte) (int, error) {
	if len(b) < 8 {
		return 0, errTIFF
	}
	u16 := func(at int) int {
		if b[0] == 'I' {
			return int(b[at]) | int(b[at+1])<<8
		}
		return int(b[at])<<8 | int(b[at+1])
	}
	u32 := func(at int) int {
		if b[0] == 'I' {
			return u16(at) | u16(at+2)<<16
		}
		return u16(at)<<16 | u16(at+2)
	}
	dir := u32(4)
	if dir < 8 || dir+2 > len(b) {
		return 0, errTIFF
	}
	for i := range u16(dir) {
		entry := dir + 2 + 12*i
		if entry+12 > len(b) {
			break
		}
		if u16(entry) == 0x0112 {
			if o := u16(entry + 8); o >= 1 && o <= 8 {
				return o, nil
			}
			break
		}
	}
	return 0, errTIFF
}

// turned is a picture as it was held.
func turned(p image.Image, o int) image.Image {
	if o == 1 {
		return p
	}
	b := p.Bounds()
	w, h := b.Dx(), b.Dy()
	size := image.Rect(0, 0, w, h)
	if o >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			to := [...]image.Point{2: {w - 1 - x, y}, 3: {w - 1 - x, h - 1 - y}, 4: {x, h - 1 - y}, 5: {y, x}, 6: {h - 1 - y, x}, 7: {h - 1 - y, w - 1 - x}, 8: {y, w - 1 - x}}[o]
			out.Set(to.X, to.Y, p.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}

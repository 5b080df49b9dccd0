package blob

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"
)

// halves is red on the left and blue on the right, 40 by 20.
func halves() image.Image {
	p := image.NewRGBA(image.Rect(0, 0, 40, 20))
	for x := range 40 {
		for y := range 20 {
			c := color.RGBA{R: 255, A: 255}
			if x >= 20 || y >= 10 {
				c = color.RGBA{B: 255, A: 255}
			}
			p.Set(x, y, c)
		}
	}
	return p
}

// withExif is a JPEG whose Exif part holds an orientation and a secret, in either order of bytes.
func withExif(t *testing.T, orientation byte, little bool) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, halves(), nil); err != nil {
		t.Fatal(err)
	}
	tiff := []byte{'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0}
	if little {
		tiff = []byte{'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0}
	}
	part := append(append([]byte("Exif\x00\x00"), tiff...), "GPS 48.2082N 16.3738E"...)
	n := len(part) + 2
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1, byte(n >> 8), byte(n)}, part...)
	return append(out, b.Bytes()[2:]...)
}

func TestPhoto_KeepsPixelsAloneAndTurnsThem(t *testing.T) {
	for _, little := range []bool{false, true} {
		for o, want := range map[byte]struct {
			w, h int
			red  image.Point // in the quarter that is red when it is turned right
		}{1: {40, 20, image.Pt(5, 5)}, 2: {40, 20, image.Pt(35, 5)}, 3: {40, 20, image.Pt(35, 15)}, 4: {40, 20, image.Pt(5, 15)}, 5: {20, 40, image.Pt(5, 5)}, 6: {20, 40, image.Pt(15, 5)}, 7: {20, 40, image.Pt(15, 35)}, 8: {20, 40, image.Pt(5, 35)}, 9: {40, 20, image.Pt(5, 5)}} {
			sent := append(withExif(t, o, little), "and a letter behind the picture"...)
			r, err := Photo(bytes.NewReader(sent))
			if err != nil {
				t.Fatal(o, err)
			}
			kept, _ := io.ReadAll(r)
			for _, secret := range []string{"GPS", "Exif", "letter"} {
				if bytes.Contains(kept, []byte(secret)) {
					t.Errorf("held %d: %q is kept", o, secret)
				}
			}
			p, kind, err := image.Decode(bytes.NewReader(kept))
			if err != nil || kind != "jpeg" || p.Bounds().Dx() != want.w || p.Bounds().Dy() != want.h {
				t.Fatalf("held %d: %s of %v, %v", o, kind, p.Bounds(), err)
			}
			if r, _, b, _ := p.At(want.red.X, want.red.Y).RGBA(); r < 0xc000 || b > 0x4000 {
				t.Errorf("held %d: at %v it is not red", o, want.red)
			}
		}
	}
}

func TestPhoto_RefusesWhatItCannotMakeAnew(t *testing.T) {
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, halves()); err != nil {
		t.Fatal(err)
	}
	if _, err := Photo(bytes.NewReader(drawn.Bytes())); err != nil {
		t.Errorf("a PNG: %v", err)
	}
	bomb := bytes.Clone(drawn.Bytes())
	copy(bomb[16:24], []byte{0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF}) // says that it is 65,535 by 65,535
	for name, sent := range map[string]string{
		"nothing": "", "a text": "my answer", "a PDF": "%PDF-1.7", "a film": "\x00\x00\x00\x18ftypisom", "half a picture": string(drawn.Bytes()[:60]), "one that says it is huge": string(bomb),
		"one that is large": "\xFF\xD8\xFF" + strings.Repeat("x", MaxPhoto),
	} {
		if _, err := Photo(strings.NewReader(sent)); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func FuzzPhoto(f *testing.F) {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, halves(), nil)
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, sent []byte) {
		if len(sent) > 1<<16 {
			return
		}
		if r, err := Photo(bytes.NewReader(sent)); (err == nil) == (r == nil) {
			t.Error(r, err)
		}
	})
}

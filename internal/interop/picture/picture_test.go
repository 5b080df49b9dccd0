package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

func encoded(t testing.TB, kind string, side int) []byte {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	img.SetColorIndex(0, 0, 1)
	var b bytes.Buffer
	var err error
	switch kind {
	case "png":
		err = png.Encode(&b, img)
	case "jpeg":
		err = jpeg.Encode(&b, img, nil)
	case "gif":
		err = gif.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestKeep_GoesByTheBytesAndNotByTheName(t *testing.T) {
	for _, c := range []struct {
		name, called, kind string
		body               []byte
	}{
		{"a/sheep.gif", "sheep.png", "image/png", encoded(t, "png", 2)},
		{"sheep", "sheep.jpeg", "image/jpeg", encoded(t, "jpeg", 2)},
		{"walk.gif", "walk.png", "image/png", encoded(t, "gif", 2)},
	} {
		f, ok := Keep(c.name, c.body)
		if !ok || f.Name != c.called || f.Type != c.kind || len(f.Code) != 36 || len(f.SHA256) != 64 {
			t.Errorf("%s: %v %+v", c.name, ok, f)
		}
		again, _ := Keep("other.bin", c.body)
		if again.Code != f.Code {
			t.Errorf("%s: the same bytes are %s and %s", c.name, f.Code, again.Code)
		}
	}
}

// A picture may claim to be huge in a few bytes: its head is read before room is made for it.
func TestKeep_RefusesWhatIsNoPictureOrTooLarge(t *testing.T) {
	wide := encoded(t, "gif", 2)
	wide[6], wide[7], wide[8], wide[9] = 0x40, 0x1F, 0x40, 0x1F // 8000 by 8000, which is more pixels than are unpacked
	far := encoded(t, "gif", 2)
	far[6], far[7] = 0xFF, 0xFF
	for name, body := range map[string][]byte{
		"empty.png": nil, "drawing.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`),
		"cut.gif": encoded(t, "gif", 9)[:30], "wide.gif": wide, "far.gif": far, "heavy.png": make([]byte, Max+1),
	} {
		if f, ok := Keep(name, body); ok {
			t.Errorf("%s was kept: %+v", name, f)
		}
	}
}

func TestSet_GivesWhatIsShownOnceAndInOrder(t *testing.T) {
	var s Set
	a, _ := s.Add("a.png", encoded(t, "png", 2))
	again, _ := s.Add("b.png", encoded(t, "png", 2))
	other, _ := s.Add("c.png", encoded(t, "png", 3))
	if a == "" || a != again || a == other {
		t.Fatalf("%s %s %s", a, again, other)
	}
	if all := s.Shown(func(string) bool { return true }); len(all) != 2 || all[0].Code > all[1].Code {
		t.Errorf("%+v", all)
	}
	if one := s.Shown(func(id string) bool { return id == a }); len(one) != 1 || one[0].Name != "a.png" {
		t.Errorf("%+v", one)
	}
}

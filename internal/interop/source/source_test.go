package source

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kith/internal/fault"
)

// refusal is the code and line of a refusal.
func refusal(err error) (code string, line any) {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid {
		return "", nil
	}
	return f.Say.Code, f.Say.Args["line"]
}

func packed(t testing.TB, s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRead_RefusesWhatIsMissingAFolderOrTooLarge(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.txt")
	if err := os.WriteFile(file, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	if b, err := Read(file, 5); err != nil || string(b) != "12345" {
		t.Errorf("five bytes of five: %q, %v", b, err)
	}
	for name, want := range map[string]string{file: "fault.import.large", dir: "fault.import.file", file + "x": "fault.import.file"} {
		if _, err := Read(name, 4); err == nil {
			t.Errorf("%s was read", name)
		} else if code, _ := refusal(err); code != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	// A gigabyte that takes no room on the disk: the limit speaks before the memory does.
	huge := filepath.Join(dir, "huge")
	if err := os.WriteFile(huge, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(huge, 1<<30); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(huge, MB); err == nil {
		t.Error("a gigabyte was read")
	}
}

func TestGunzip_NamesTheLineWhereAFileIsCutOff(t *testing.T) {
	whole := packed(t, strings.Repeat("one line of text, and not always the same\n", 2000))
	if b, err := Gunzip("x.gz", whole, MB); err != nil || bytes.Count(b, []byte("\n")) != 2000 {
		t.Fatalf("whole: %v", err)
	}
	for _, c := range []struct {
		b    []byte
		max  int64
		want string
	}{
		{whole[:len(whole)-9], MB, "fault.import.gzip"},
		{whole[:4], MB, "fault.import.gzip"},
		{nil, MB, "fault.import.gzip"},
		{[]byte("{}"), MB, "fault.import.gzip"},
		{whole, 1000, "fault.import.large"},
		{packed(t, strings.Repeat("\x00", 50*MB)), MB, "fault.import.large"}, // a bomb: 50 kB that would be 50 MB
	} {
		_, err := Gunzip("x.gz", c.b, c.max)
		code, line := refusal(err)
		if code != c.want {
			t.Errorf("%d bytes: %v, want %s", len(c.b), err, c.want)
		}
		if n, _ := line.(int); code == "fault.import.gzip" && n < 1 {
			t.Errorf("%d bytes: line %v", len(c.b), line)
		}
	}
	if _, line := refusal(func() error { _, err := Gunzip("x.gz", whole[:len(whole)-9], MB); return err }()); line.(int) < 1000 {
		t.Errorf("cut off at the end, but said line %v of 2,000", line)
	}
}

func TestText_TakesAMarkAndRefusesOtherAlphabetsOfBytes(t *testing.T) {
	if s, err := Text("a.csv", []byte("\uFEFFAmina\r\n")); err != nil || s != "Amina\r\n" {
		t.Errorf("a byte order mark: %q, %v", s, err)
	}
	for in, want := range map[string]struct {
		code string
		line any
	}{
		"\xFF\xFEA\x00":        {"fault.import.utf16", nil},
		"\xFE\xFF\x00A":        {"fault.import.utf16", nil},
		"a\nb\x00":             {"fault.import.nul", 2},
		"a\n\nJos\xE9\n":       {"fault.import.utf8", 3},
		"\uFFFD is a sign\xC3": {"fault.import.utf8", 1},
	} {
		_, err := Text("a.csv", []byte(in))
		if code, line := refusal(err); code != want.code || line != want.line {
			t.Errorf("%q: %s on line %v, want %s on %v", in, code, line, want.code, want.line)
		}
	}
}

func TestJSON_SaysTheLine(t *testing.T) {
	var v []struct {
		Code string `json:"code"`
	}
	if err := JSON("s.json", []byte("\uFEFF[\n{\"code\":\"a\",\"more\":1}]\n"), &v); err != nil || len(v) != 1 || v[0].Code != "a" {
		t.Errorf("%v, %v", v, err)
	}
	for in, want := range map[string]int{"[\n{\"code\":\"a\"},\n{\"co": 3, "[\n{\"code\":1}]": 2, "[]\n[]": 2, "": 1, "[\n\n?": 3} {
		code, line := refusal(JSON("s.json", []byte(in), &v))
		if code != "fault.import.json" || line != want {
			t.Errorf("%q: %s on line %v, want line %d", in, code, line, want)
		}
	}
}

func TestJSONLines_StopsAtTheFirstLineThatIsNone(t *testing.T) {
	var got []int
	each := func(_ int, v int) error { got = append(got, v); return nil }
	if err := JSONLines("l.jsonl", []byte("1\n\n2\r\n3"), 10, each); err != nil || len(got) != 3 {
		t.Errorf("%v, %v", got, err)
	}
	if code, line := refusal(JSONLines("l.jsonl", []byte("1\n2\n{\n"), 10, each)); code != "fault.import.json" || line != 3 {
		t.Errorf("%s on line %v", code, line)
	}
	if code, line := refusal(JSONLines("l.jsonl", []byte("1\n12345678901\n"), 10, each)); code != "fault.import.long_line" || line != 2 {
		t.Errorf("%s on line %v", code, line)
	}
}

// archive makes a tar file of name, body pairs.
func archive(t testing.TB, pairs ...string) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: pairs[i], Mode: 0o600, Size: int64(len(pairs[i+1])), Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.WriteHeader(&tar.Header{Name: "link", Linkname: "/etc/passwd", Typeflag: tar.TypeSymlink}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTar_ReadsPlainFilesAndNothingThatLeadsOut(t *testing.T) {
	files, err := Tar("f.tar", archive(t, "a/b.gif", "GIF", "c.gif", "GIF2"), 10, 100)
	if err != nil || len(files) != 2 || string(files["a/b.gif"]) != "GIF" {
		t.Errorf("%v, %v", files, err)
	}
	for what, b := range map[string][]byte{
		"fault.import.archive up":       archive(t, "../x", "1"),
		"fault.import.archive deep":     archive(t, "a/../../x", "1"),
		"fault.import.archive root":     archive(t, "/etc/x", "1"),
		"fault.import.archive drive":    archive(t, `C:\x`, "1"),
		"fault.import.archive cut off":  archive(t, "a", strings.Repeat("x", 9))[:515],
		"fault.import.archive no tar":   bytes.Repeat([]byte("hello "), 200),
		"fault.import.large one":        archive(t, "a", strings.Repeat("x", 11)),
		"fault.import.large in the sum": archive(t, "a", "123456789", "b", "123456789"),
	} {
		_, err := Tar("f.tar", b, 10, 15)
		want, _, _ := strings.Cut(what, " ")
		if code, _ := refusal(err); code != want {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func FuzzTar(f *testing.F) {
	f.Add(archive(f, "a/b.gif", "GIF"))
	f.Fuzz(func(t *testing.T, b []byte) {
		files, err := Tar("f.tar", b, 1000, 2000)
		if err == nil {
			sum := 0
			for _, body := range files {
				sum += len(body)
			}
			if sum > 2000 {
				t.Errorf("%d bytes came out", sum)
			}
		}
	})
}

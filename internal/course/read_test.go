package course

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kith/internal/fault"
)

// small is a course of one skill, whole and without mathematics.
func small() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	task := `{"title":"t","goal":"g","role":"r","roles":[{"code":"c","title":"t","does":"d"}],"audience":"a","situation":"s","product":"p","standards":["s"]}`
	return fstest.MapFS{
		"course.json": file(`{"code":"tiny","title":"Tiny","lang":"en","skills":[{"code":"add","title":"Add","minutes":5}],"edges":[],
			"objectives":[{"code":"o1","title":"O","i_can":"I can add.","skills":["add"]}]}`),
		"unit.json": file(`{"code":"u","title":"U","task":` + task + `}`),
		"parts/o1.json": file(`{"objective":"o1","task":` + task + `,"activity":{"title":"a","materials":[],"minutes":5,"with":"pair","steps":"1. Do it.","bring":"b"},
			"talk":"Why?","lesson":{"code":"l","title":"L","skills":["add"],"minutes":3,"body":"One.\n\nTwo.","checks":[{"item":"add/sum","after_block":2}]}}`),
		"items/add.json": file(`[{"code":"add/sum","kind":"number","context":"fair","draw":[{"name":"a","from":1,"to":9}],"text":"[[a]] and 1?","key":"a+1","second":"1+a","hints":["Count."],"solution":"[[a+1]]"}]`),
	}
}

func change(t *testing.T, file, old, new string) fstest.MapFS {
	t.Helper()
	m := small()
	data := string(m[file].Data)
	if !strings.Contains(data, old) {
		t.Fatalf("%s holds no %s", file, old)
	}
	m[file] = &fstest.MapFile{Data: []byte(strings.Replace(data, old, new, 1))}
	return m
}

func TestRead_ASmallCourse(t *testing.T) {
	l, err := Read(small(), "course/tiny")
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Items) != 1 || l.Items[0].Skills[0] != "add" || l.Lessons[0].Checks[0].AfterBlock != 2 || l.Unit.Parts[0].Lesson != "l" {
		t.Errorf("%+v", l)
	}
}

func TestRead_RefusesAndNamesFileAndPlace(t *testing.T) {
	for name, c := range map[string]struct {
		fsys        fstest.MapFS
		code, where string
	}{
		"unknown field":     {change(t, "unit.json", `"code":"u"`, `"code":"u","colour":"red"`), "fault.course.file", ""},
		"two values":        {change(t, "items/add.json", `"[[a+1]]"}]`, `"[[a+1]]"}] []`), "fault.course.file", ""},
		"broken JSON":       {change(t, "course.json", `"edges"`, `edges`), "fault.course.file", ""},
		"unknown skill":     {change(t, "course.json", `"skills":["add"]`, `"skills":["adds"]`), "fault.course.unknown", "objectives[0]"},
		"untaught skill":    {change(t, "course.json", `{"code":"add"`, `{"code":"sub","title":"Sub","minutes":5},{"code":"add"`), "fault.course.part", "sub"},
		"cycle":             {change(t, "course.json", `"edges":[]`, `"edges":[["add","add"]]`), "fault.skill.cycle", ""},
		"unknown check":     {change(t, "parts/o1.json", `add/sum`, `add/none`), "fault.course.unknown", "checks[0]"},
		"check after end":   {change(t, "parts/o1.json", `"after_block":2`, `"after_block":3`), "fault.course.part", "checks[0]"},
		"check in no video": {change(t, "parts/o1.json", `"after_block":2`, `"at_seconds":2`), "fault.course.part", "checks[0]"},
		"bad markup":        {change(t, "items/add.json", `[[a]] and`, `[[a and`), "fault.course.text", "add/sum, text"},
		"bad expression":    {change(t, "items/add.json", `"key":"a+1"`, `"key":"a+"`), "fault.item.expr_syntax", "key"},
		"foreign item":      {change(t, "items/add.json", `add/sum`, `sub/sum`), "fault.course.part", "sub/sum"},
		"bad with":          {change(t, "parts/o1.json", `"pair"`, `"nobody"`), "fault.course.part", "activity"},
	} {
		_, err := Read(c.fsys, "course/tiny")
		var found bool
		for _, f := range faults(err) {
			found = found || f.Say.Code == c.code && (c.where == "" || f.Say.Args["where"] == c.where)
		}
		if !found {
			t.Errorf("%s: %v; want %s %s", name, err, c.code, c.where)
		}
	}
	stray := small()
	stray["items/other.json"] = &fstest.MapFile{Data: []byte("[]")}
	if _, err := Read(stray, "course/tiny"); err == nil || !strings.Contains(err.Error(), "fault.course.stray") {
		t.Errorf("a file that belongs to no skill: %v", err)
	}
	for file := range small() {
		gone := small()
		delete(gone, file)
		if _, err := Read(gone, "course/tiny"); !fault.Is(err, fault.Invalid) {
			t.Errorf("without %s: %v", file, err)
		}
	}
}

// faults lists the faults of a joined error, joined ones within too.
func faults(err error) []*fault.Error {
	if err == nil {
		return nil
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var out []*fault.Error
		for _, e := range many.Unwrap() {
			out = append(out, faults(e)...)
		}
		return out
	}
	var f *fault.Error
	if errors.As(err, &f) {
		return []*fault.Error{f}
	}
	return nil
}

func TestRead_AVideoThatIsNotRenderedIsNamed(t *testing.T) {
	m := change(t, "parts/o1.json", `"after_block":2`, `"at_seconds":2`)
	m["parts/o1.json"].Data = []byte(strings.Replace(string(m["parts/o1.json"].Data), `"minutes":3`, `"minutes":3,"video":"sum"`, 1))
	l, err := Read(m, "course/tiny")
	if err != nil || !slices.Equal(l.Missing, []string{"sum"}) || l.Lessons[0].Video != nil || len(l.Lessons[0].Checks) != 0 {
		t.Fatalf("%v, missing %v, lesson %+v", err, l.Missing, l.Lessons[0])
	}
	m["videos/sum.mp4"] = &fstest.MapFile{Data: mp4(1000, 61_500)}
	if _, err := Read(m, "course/tiny"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a video without captions: %v", err)
	}
	m["videos/sum.vtt"] = &fstest.MapFile{Data: []byte("WEBVTT")}
	m["videos/sum.jpg"] = &fstest.MapFile{}
	if l, err = Read(m, "course/tiny"); err != nil {
		t.Fatal(err)
	}
	v := l.Lessons[0].Video
	if v.File != "course/tiny/videos/sum.mp4" || v.Type != "video/mp4" || v.Captions != "course/tiny/videos/sum.vtt" || v.Poster != "course/tiny/videos/sum.jpg" || v.Ms != 61_500 {
		t.Errorf("%+v", v)
	}
	if c := l.Lessons[0].Checks; len(c) != 1 || c[0].AtMs != 2000 {
		t.Errorf("checks %+v", c)
	}
	m["videos/sum.mp4"].Data = mp4(1000, 1_500) // the check stands after its end
	if _, err := Read(m, "course/tiny"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a check after the video's end: %v", err)
	}
}

func mp4(scale, length uint32) []byte {
	box := func(name string, body []byte) []byte {
		return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8)), name...), body...)
	}
	h := binary.BigEndian.AppendUint32(make([]byte, 12), scale)
	h = append(binary.BigEndian.AppendUint32(h, length), make([]byte, 80)...)
	return append(box("ftyp", []byte("isom")), box("moov", append(box("free", nil), box("mvhd", h)...))...)
}

func TestLength_IsReadFromTheFile(t *testing.T) {
	if got := mp4Length(mp4(90_000, 90_000*75)); got != 75_000 {
		t.Errorf("mp4: %d ms", got)
	}
	duration := binary.BigEndian.AppendUint64([]byte{0x44, 0x89, 0x88}, math.Float64bits(75_250.6))
	inside := append([]byte{0x2a, 0xd7, 0xb1, 0x83, 0x0f, 0x42, 0x40}, duration...) // 1,000,000 ns a tick
	info := append([]byte{0x15, 0x49, 0xa9, 0x66, 0x80 | byte(len(inside))}, inside...)
	webm := append([]byte{0x1a, 0x45, 0xdf, 0xa3, 0x80, 0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, info...)
	if got := webmLength(webm); got != 75_250 {
		t.Errorf("webm: %d ms", got)
	}
	for n := range webm {
		webmLength(webm[:n])
	}
	whole := mp4(1000, 1000)
	for n := range whole {
		mp4Length(whole[:n])
	}
	if mp4Length([]byte("not a video at all, only text")) != 0 || webmLength([]byte("not a video at all")) != 0 {
		t.Error("a text has a length in ms")
	}
}

func TestAssets_GiveVideosAndNoSources(t *testing.T) {
	a := Assets()
	for _, name := range []string{"ratios/course.json", "ratios/items/slope.json", "ratios/videos/../course.json", "ratios", ".", "ratios/videos", "ratios/videos/x.json"} {
		if f, err := a.Open(name); err == nil {
			f.Close()
			t.Errorf("%s can be read by anyone", name)
		}
	}
	list, _ := fs.ReadDir(embedded, "ratios/videos")
	for _, e := range list {
		if _, err := fs.Stat(a, "ratios/videos/"+e.Name()); err != nil && !strings.HasSuffix(e.Name(), ".json") {
			t.Error(err)
		}
	}
}

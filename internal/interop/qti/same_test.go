package qti

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kith/internal/interop/bank/banktest"
	"kith/internal/interop/source"
)

var (
	tagName  = regexp.MustCompile(`<(/?)(?:qti-)([a-z0-9-]+)`)
	attrName = regexp.MustCompile(` ([a-z]+(?:-[a-z]+)+)=`)
	bodyTag  = regexp.MustCompile(`</?(contentBody)>`)
)

func camel(s string) string {
	parts := strings.Split(s, "-")
	for i, p := range parts[1:] {
		parts[i+1] = strings.ToUpper(p[:1]) + p[1:]
	}
	return strings.Join(parts, "")
}

// older is a file of version 3 as version 2.2 says it.
func older(s string) string {
	s = tagName.ReplaceAllStringFunc(s, func(m string) string {
		p := tagName.FindStringSubmatch(m)
		return "<" + p[1] + camel(p[2])
	})
	s = attrName.ReplaceAllStringFunc(s, func(m string) string { return " " + camel(m[1:len(m)-1]) + "=" })
	s = bodyTag.ReplaceAllString(s, "")
	return strings.NewReplacer("imsqtiasi_v3p0", "imsqti_v2p2", "xmlv3p0", "xmlv2p2").Replace(s)
}

// What version 3 says is taken just so where version 2 says it.
func TestRead_Version2SaysTheSameInItsOwnNames(t *testing.T) {
	files := map[string]string{}
	err := filepath.WalkDir("testdata/v3", func(path string, at fs.DirEntry, err error) error {
		if err != nil || at.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		text := string(body)
		if strings.HasSuffix(path, ".xml") {
			text = older(text)
		}
		files[strings.TrimPrefix(filepath.ToSlash(path), "testdata/v3/")] = text
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	new, err := Read(packed(t, "testdata/v3"), options)
	if err != nil {
		t.Fatal(err)
	}
	old, err := Read(zipped(t, files), options)
	if err != nil {
		t.Fatal(err)
	}
	banktest.Same(t, new, old, "version 2")
	if len(old.Skipped) != len(new.Skipped) || len(old.Doubts) != len(new.Doubts) {
		t.Errorf("skipped %+v\ndoubts %+v", old.Skipped, old.Doubts)
	}
}

// What we write says it in QTI's own words: without our comments every item reads as the same question with the same answer.
func TestWrite_SaysItWithoutComments(t *testing.T) {
	for _, dir := range []string{"testdata/v2", "testdata/v3"} {
		in, err := Read(packed(t, dir), options)
		if err != nil {
			t.Fatal(err)
		}
		out, _, _ := Write(in, options)
		files, err := source.Zip("out.zip", out, maxEach, maxAll)
		if err != nil {
			t.Fatal(err)
		}
		bare := map[string]string{}
		for name, body := range files {
			if strings.HasSuffix(name, ".xml") {
				body = comment.ReplaceAll(body, nil)
			}
			bare[name] = string(body)
		}
		back, err := Read(zipped(t, bare), options)
		if err != nil || len(back.Items) != len(in.Items) {
			t.Fatal(err, len(back.Items), len(in.Items), back.Skipped)
		}
		for _, it := range in.Items {
			if was, is := said(it), said(banktest.Find(t, back, it.Code)); was != is {
				t.Errorf("%s\nwas %s\n is %s", it.Code, was, is)
			}
		}
	}
}

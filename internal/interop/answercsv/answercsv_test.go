package answercsv

import (
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"

	"kith/internal/fault"
	"kith/internal/phrase"
)

const good = "\uFEFFseq, User ,item,skill,correct,ts\r\n" +
	"1,ana,i1,add;sub,1,1700000000\r\n" +
	"2,ben,\"i,2\",add,0.0,2023-11-14 22:13:20\r\n" +
	"3,ana,i3,,0,1700000000000\r\n" +
	"4,ana,i1, add ; sub ,1.0,\r\n"

func TestRead_TakesColumnsByNameAndUsersInterleaved(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(good)); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"plain": []byte(good), "gzipped": packed.Bytes()} {
		l, err := Read(name, b)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		ana, ben := l.Of(0), l.Of(1)
		if len(ana) != 3 || len(ben) != 1 || l.Items[1] != "i,2" || len(l.Sets) != 3 || l.Pseudo != 1 || l.Skills[2] != "item:i3" {
			t.Fatalf("%s: %+v", name, l)
		}
		// Seconds, a date and milliseconds are the same instant; an empty cell is not known.
		if ana[0].At != 1700000000000 || ben[0].At != 1700000000000 || ana[1].At != 1700000000000 || ana[2].At != 0 {
			t.Errorf("%s: times %v %v", name, ana, ben)
		}
		if !ana[0].Correct || ana[1].Correct || !ana[2].Correct || ben[0].Correct || ana[0].Set != ana[2].Set {
			t.Errorf("%s: %v %v", name, ana, ben)
		}
	}
}

func TestRead_RefusesByLineColumnAndValue(t *testing.T) {
	const head = "user,item,skill,correct,ts\n"
	for _, c := range []struct{ name, text, code, line, value string }{
		{"empty", "", "fault.answers.empty", "", ""},
		{"blank", " \n\n", "fault.answers.empty", "", ""},
		{"a header alone", head, "fault.answers.empty", "", ""},
		{"no skill column", "user,item,correct\na,b,1\n", "fault.answers.column", "", ""},
		{"a column twice", "user,item,skill,correct,user\na,b,c,1,d\n", "fault.answers.column_twice", "", ""},
		{"a half right answer", head + "a,b,c,1,\na,b,c,0.5,\n", "fault.answers.correct", "3", "0.5"},
		{"NaN", head + "a,b,c,NaN,\n", "fault.answers.correct", "2", "NaN"},
		{"no outcome", head + "a,b,c,,\n", "fault.answers.correct", "2", ""},
		{"a word", head + "a,b,c,true,\n", "fault.answers.correct", "2", "true"},
		{"two", head + "a,b,c,2,\n", "fault.answers.correct", "2", "2"},
		{"no user", head + ",b,c,1,\n", "fault.answers.none", "2", ""},
		{"no item", head + "a, ,c,1,\n", "fault.answers.none", "2", " "},
		{"a skill without a name", head + "a,b,c;;d,1,\n", "fault.answers.skill", "2", "c;;d"},
		{"a time that is none", head + "a,b,c,1,soon\n", "fault.answers.ts", "2", "soon"},
		{"a time before 1970", head + "a,b,c,1,-5\n", "fault.answers.ts", "2", "-5"},
		{"a time that is NaN", head + "a,b,c,1,nan\n", "fault.answers.ts", "2", "nan"},
		{"a cell too few", head + "a,b,c,1,\na,b,c\n", "fault.answers.broken", "3", ""},
		{"a quote that stays open", head + "a,b,c,1,\na,\"b,c,1,\n", "fault.answers.broken", "3", ""},
	} {
		_, err := Read("x.csv", []byte(c.text))
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Say.Code != c.code {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
			continue
		}
		said := say(t, err)
		if !strings.Contains(said, "x.csv") || !strings.Contains(said, c.value) || c.line != "" && !strings.Contains(said, "Line "+c.line+" ") {
			t.Errorf("%s: %s", c.name, said)
		}
	}
}

func say(t *testing.T, err error) string {
	t.Helper()
	words, loadErr := phrase.Load()
	if loadErr != nil {
		t.Fatal(loadErr)
	}
	return words.Say(phrase.Default, fault.Said(err))
}

// Whatever the bytes: no panic, and a log whose every index leads somewhere.
func FuzzRead(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("user,item,skill,correct\na,b,c,1\n"))
	f.Add([]byte("user,item,skill,correct\na,\"b\n\",c;d,0\n"))
	f.Add([]byte{0x1f, 0x8b, 8, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := Read("fuzz", b)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("not a refusal: %v", err)
			}
			return
		}
		n := 0
		for i := range l.Learners {
			for _, r := range l.Of(i) {
				n++
				if int(r.Learner) != i || l.Items[r.Item] == "" || len(l.Sets[r.Set]) == 0 || r.At < 0 {
					t.Fatalf("row %+v", r)
				}
				for _, k := range l.Sets[r.Set] {
					if l.Skills[k] == "" {
						t.Fatalf("row %+v", r)
					}
				}
			}
		}
		if n != len(l.Rows) || n == 0 {
			t.Fatalf("%d of %d rows", n, len(l.Rows))
		}
	})
}

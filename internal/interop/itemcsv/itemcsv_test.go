package itemcsv

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"kith/internal/interop/bank/banktest"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"kith/internal/fault"
	"kith/internal/item"
)

var seeds = []string{"sep=\"000", "text,kind,right\nq,answer,1\n", "sep=;\ntext;kind;right;answer 1;answer 2;say 2\nq;choice;1;a;'b;x\n", "text\tkind\tanswer 1\nq\tboxes\t{1|a}\n", "kith title: x\nfolder,text,kind,right,off\na/b,q,answer,3,1\n",
	"text,kind,answer 1,into 1,answer 2,into 2,answer 3,into 3\nq,sorting,a,x,b,y,c,x\nq,matching,,x,b,y,c,x\nq,ordering,a,,b,,c,3 2 1\n", "text,kind,right,pattern,exact,rubric 1,hint 1,step 1\nq,short,a | b,c*,case,,h,= 1\nq,upload,,,,a: b | c,,\n"}

func TestRead_MakesItemsOfLines(t *testing.T) {
	b := read(t, fixture(t))
	if b.Course.Title != "The kitchen" || b.Source != "csv/kitchen" || b.Course.Skills[0].ID != "Money/Change" {
		t.Errorf("%s %s %+v", b.Course.Title, b.Source, b.Course.Skills)
	}
	if it := banktest.Find(t, b, "Two rolls"); it.ID != "roll-2" || it.Key != "0.5" || it.Unit != "dollars" || it.Mistakes[1].Tag != "stops after one" || len(it.Hints) != 2 || it.Solution.Empty() || len(it.Skills) != 2 {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Half"); it.Kind != item.Fraction || it.Mistakes[0].Yields[0] != "0.5" {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Hexagon"); it.Kind != item.Choice || !it.Ordered || !it.Choices[1].Right || it.Choices[0].Nudge.Empty() {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Even"); it.Kind != item.Choices || !it.Choices[0].Right || !it.Choices[2].Right {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Circle"); it.Tolerance != "0.01" || it.Key != "3.14" {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Same"); it.Kind != item.Blanks || it.Boxes[1].Key != "4" {
		t.Errorf("%+v", it)
	}
	var skipped []string
	for _, s := range b.Skipped {
		skipped = append(skipped, s.ID+" "+s.Reason.Code)
		if s.Line == 0 {
			t.Errorf("%s has no line", s.ID)
		}
	}
	want := []string{"Day import.csv.day", "Kind import.csv.kind", "Which import.csv.right", "Words import.item.typed", "Off import.item.off", "No key import.item.no_key", "Bad area import.item.area", "Bad rubric import.item.rubric",
		"Bad exact import.csv.exact", "Bad group import.csv.into", "Bad step import.item.step"}
	if !slices.Equal(skipped, want) {
		t.Errorf("skipped %q", skipped)
	}
}

func TestRead_MakesWhatIsArrangedTappedAndWritten(t *testing.T) {
	banktest.Arranged(t, read(t, fixture(t)))
}

// The template is an example that can be brought as it is.
func TestTemplate_CanBeBroughtAsItIs(t *testing.T) {
	b := read(t, string(Template()))
	kinds := map[item.Kind]bool{}
	for _, it := range b.Items {
		kinds[it.Kind] = true
	}
	if len(b.Skipped) > 0 || len(b.Doubts) > 0 || len(kinds) != 14 || len(b.Lessons) != 1 {
		t.Errorf("%v %+v %+v", kinds, b.Skipped, b.Doubts)
	}
	rows, err := csv.NewReader(bytes.NewReader(Template())).ReadAll()
	if err != nil || len(rows) != 17 {
		t.Errorf("%d %v", len(rows), err)
	}
}

// What spreadsheets make of a table when they save it: semicolons, a line "sep=;", tabs in UTF-16, marks of byte order.
func TestRead_WhatSpreadsheetsSave(t *testing.T) {
	plain := "folder,name,kind,text,right\nA,n,answer,\"How much, please?\",\"0,5\"\n"
	semi := "Folder;Name;Kind;TEXT;right\r\nA;n;answer;How much, please?;0,5\r\n"
	tab := "folder\tname\tkind\ttext\tright\nA\tn\tanswer\tHow much, please?\t0,5\n"
	wide := []byte{0xFF, 0xFE}
	big := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(tab)) {
		wide, big = binary.LittleEndian.AppendUint16(wide, u), binary.BigEndian.AppendUint16(big, u)
	}
	for name, text := range map[string][]byte{"plain": []byte(plain), "mark": []byte("\uFEFF" + plain), "semi": []byte(semi), "sep": []byte("sep=;\r\n" + semi), "wide": wide, "big": big} {
		b, err := Read(text, options)
		if err != nil || len(b.Items) != 1 || b.Items[0].Key != "0.5" || b.Items[0].Text.Plain(nil) != "How much, please?" {
			t.Errorf("%s: %v %+v %+v", name, err, b.Items, b.Skipped)
		}
	}
}

func TestRead_RefusesWithLineOrColumn(t *testing.T) {
	for text, want := range map[string]string{"text,kind\n\"q": "fault.import.csv", "text,colour\nq,red\n": "fault.import.people.column", "text,text\n": "fault.import.people.column", "name,kind\nn,answer\n": "fault.import.header",
		"text\nGr\xfc\xdfe\n": "fault.import.utf8", "": "fault.import.empty", "text,kind\n": "fault.import.empty", "\xff\xfea": "fault.import.utf16"} {
		if _, err := Read([]byte(text), options); fault.Said(err).Code != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// A spreadsheet must not take a text for a formula, nor a fraction for a day.
func TestWrite_NoCellIsAFormulaOrADay(t *testing.T) {
	b := read(t, "name,kind,text,right,answer 1,say 1\n'=n,answer,'=2+3 is what?,5,'1/2,'@half\n-x,answer,'+q,-5,,\n''quoted',answer,q,1,,\n")
	if len(b.Items) != 3 || b.Items[0].Code != "=n" || b.Items[2].Code != "'quoted'" {
		t.Fatalf("%+v %+v", b.Items, b.Skipped)
	}
	out, _, _ := Write(b, options)
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(out, []byte("\uFEFF"))))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, c := range row {
			if c != "" && c != "-5" && strings.ContainsRune("=+-@", rune(c[0])) || c == "1/2" {
				t.Errorf("cell %q", c)
			}
		}
	}
	back, err := Read(out, options)
	if err != nil {
		t.Fatal(err)
	}
	banktest.Same(t, b, back, string(out))
}

func TestRead_StandsHostileFiles(t *testing.T) {
	banktest.Stands(t, options, Read, 5, map[string][]byte{"bars": []byte("text,kind,right\nq,short," + strings.Repeat("a|", 1<<18) + "\n"), "step": []byte("text,kind,right,hint 1,step 1\nq,answer,1,h,\"" + strings.Repeat("= 1\n", 1<<12) + "\"\n"), "commas": []byte("text\n" + strings.Repeat(",", 1<<20)), "lines": bytes.Repeat([]byte("a\n"), 1<<17), "quotes": bytes.Repeat([]byte(`"`), 1<<20),
		"columns": []byte(strings.Repeat("answer 1,", 1<<16)), "names": append([]byte("text,kind,right\n"), bytes.Repeat([]byte("q,answer,1\n"), 4_000)...)})
}

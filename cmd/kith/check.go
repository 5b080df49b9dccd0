package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"time"

	"kith/internal/fault"
	"kith/internal/item/algebra"
	forms "kith/internal/item/algebra/form"
	"kith/internal/item/algebra/near"
	"kith/internal/item/algebra/read"
	"kith/internal/phrase"
)

// checkCmd judges answers as an item would, so that anybody can try it on pairs they hold. It needs no school.
type checkCmd struct {
	Key       string   `arg:"" optional:"" help:"What is right."`
	Answer    string   `arg:"" optional:"" help:"What was typed."`
	Form      []string `help:"A form that is asked for: lowest-terms, factored, 3sf …" placeholder:"FORM"`
	Tolerance string   `help:"How far a number may be off: 0.01, or 1%." placeholder:"HOW-FAR"`
	Units     string   `help:"true, false, or the unit of the key." placeholder:"UNIT"`
	Variables []string `help:"Names that stand for unknowns." placeholder:"NAME"`
	Batch     bool     `help:"Read JSON lines {key, answer, form?, tolerance?, units?, variables?} from the standard input, and write one line for each."`
}

// Run judges the pair of the command line, or the lines of the standard input.
func (c *checkCmd) Run() error {
	words, err := catalogue()
	if err != nil {
		return err
	}
	if c.Batch {
		return checkLines(words, os.Stdin, os.Stdout)
	}
	if c.Key == "" {
		return fault.New(fault.Invalid, "fault.check.nothing")
	}
	pair := checkPair{Key: &c.Key, Answer: &c.Answer, Form: texts(c.Form), Variables: texts(c.Variables)}
	pair.Tolerance.text = c.Tolerance
	pair.Units.text = c.Units
	return writeJSON(os.Stdout, judge(words, pair, 1))
}

// maxLine bounds one line of input. The key and the answer together are far below it.
const maxLine = 64 << 10

// checkLines judges line by line in constant memory. A line that cannot be used gets a line that says why, and the rest goes
// on. Errors are those of reading and writing.
func checkLines(words *phrase.Catalogue, in io.Reader, out io.Writer) error {
	r, w := bufio.NewReaderSize(in, maxLine), bufio.NewWriter(out)
	for n := 1; ; n++ {
		line, err := r.ReadSlice('\n')
		long := errors.Is(err, bufio.ErrBufferFull)
		for errors.Is(err, bufio.ErrBufferFull) { // to the end of a line that is too long
			_, err = r.ReadSlice('\n')
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return errors.Join(w.Flush(), err)
		}
		if text := bytes.TrimSpace(line); len(text) > 0 || long {
			if werr := writeJSON(w, judgeLine(words, text, n, long)); werr != nil {
				return werr
			}
		}
		if err != nil {
			return w.Flush()
		}
		if r.Buffered() == 0 { // whoever writes to us may wait for the answer
			if werr := w.Flush(); werr != nil {
				return werr
			}
		}
	}
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// checkPair is one line of input.
type checkPair struct {
	ID        json.RawMessage `json:"id"`
	Key       *string         `json:"key"`
	Answer    *string         `json:"answer"`
	Form      texts           `json:"form"`
	Tolerance scalar          `json:"tolerance"`
	Units     scalar          `json:"units"`
	Variables texts           `json:"variables"`
}

// texts is a text or a list of texts.
type texts []string

// UnmarshalJSON takes "a", ["a", "b"] and null.
func (t *texts) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*t = nil
		if one != "" {
			*t = texts{one}
		}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(t))
}

// scalar is a number, a text or a truth value, as text; "" for none.
type scalar struct{ text string }

// UnmarshalJSON takes 0.01, "1%", true and null.
func (s *scalar) UnmarshalJSON(b []byte) error {
	switch {
	case bytes.Equal(b, []byte("null")):
		return nil
	case len(b) > 0 && b[0] == '"':
		return json.Unmarshal(b, &s.text)
	case len(b) > 0 && (b[0] == '{' || b[0] == '['):
		return errors.New("a number, a text or true or false was expected")
	}
	s.text = string(b)
	return nil
}

// checked is one line of output.
type checked struct {
	ID         json.RawMessage `json:"id,omitempty"`
	Outcome    algebra.Outcome `json:"outcome"`
	NearMiss   near.Miss       `json:"near_miss,omitempty"`
	ReadAs     string          `json:"read_as"`
	FormOK     bool            `json:"form_ok"`
	ValueEqual bool            `json:"value_equal"`
	Micros     float64         `json:"micros"`
	TeX        string          `json:"read_as_tex,omitempty"`
	FormMiss   forms.Name      `json:"form_miss,omitempty"` // the first asked form that is missing
	Where      int             `json:"where,omitempty"`     // unreadable: the character, from 1
	What       string          `json:"what,omitempty"`      // unreadable: what stands there
	Why        read.Problem    `json:"why,omitempty"`
	Line       int             `json:"line,omitempty"`  // of input, beside an error
	Error      string          `json:"error,omitempty"` // the line cannot be used
}

func judgeLine(words *phrase.Catalogue, text []byte, n int, long bool) checked {
	if long {
		return refused(words, nil, n, phrase.Of("check.long", "most", maxLine))
	}
	var p checkPair
	if err := json.Unmarshal(text, &p); err != nil {
		return refused(words, nil, n, phrase.Of("check.json", "why", err.Error()))
	}
	return judge(words, p, n)
}

func refused(words *phrase.Catalogue, id json.RawMessage, n int, why phrase.Phrase) checked {
	return checked{ID: id, Outcome: algebra.Unreadable, Line: n, Error: words.Say(phrase.Default, why)}
}

func judge(words *phrase.Catalogue, p checkPair, n int) checked {
	if p.Key == nil || p.Answer == nil {
		return refused(words, p.ID, n, phrase.Of("check.missing"))
	}
	ask := algebra.Ask{Key: *p.Key, Variables: p.Variables}
	for _, name := range p.Form {
		f, ok := forms.Parse(name)
		if !ok {
			return refused(words, p.ID, n, phrase.Of("check.form", "form", name))
		}
		ask.Forms = append(ask.Forms, f)
	}
	tolerance, ok := algebra.ParseTolerance(p.Tolerance.text)
	if !ok {
		return refused(words, p.ID, n, phrase.Of("check.tolerance", "tolerance", p.Tolerance.text))
	}
	ask.Tolerance = tolerance
	switch p.Units.text {
	case "":
	case "true":
		ask.Units = algebra.UnitsRequired
	case "false":
		ask.Units = algebra.UnitsIgnored
	default:
		ask.Unit = p.Units.text
	}
	began := time.Now()
	key, err := algebra.NewKey(ask)
	var bad *read.Error
	switch {
	case errors.As(err, &bad):
		return refused(words, p.ID, n, phrase.Of("check.key", "why", string(bad.Problem), "at", bad.At, "what", bad.What))
	case err != nil:
		return refused(words, p.ID, n, phrase.Of("check.unit", "unit", p.Units.text))
	}
	v := key.Check(*p.Answer)
	return checked{ID: p.ID, Outcome: v.Outcome, NearMiss: v.Near, ReadAs: v.ReadAs, FormOK: v.FormOK, ValueEqual: v.ValueEqual,
		Micros: math.Round(float64(time.Since(began).Nanoseconds())/100) / 10, TeX: v.TeX, FormMiss: v.Form, Where: v.Where, What: v.What, Why: v.Why}
}

package item

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kith/internal/fault"
)

// Bounds on what is written. Characters are counted as a learner counts them, not bytes.
const (
	MaxShort    = 200  // characters of a short text
	MaxLong     = 4000 // characters of a long text, and of the words beside a file
	MaxFiles    = 3    // photos of one answer
	maxAccepts  = 30
	maxPattern  = 200 // bytes
	maxCriteria = 6
	minLevels   = 2
	maxLevels   = 5
	maxLevel    = 160 // bytes of the words of a criterion or a level
	metFrom     = 1   // a criterion is met from its second level on: the first says what is not there yet
)

// What of a short text must be as it was written. Without these, capitals, accents and punctuation make no difference; spaces
// never do.
const (
	ExactCase        = "case"
	ExactMarks       = "marks"       // accents and other marks on letters
	ExactPunctuation = "punctuation" // and symbols
)

// Criterion is one line of a rubric: what is looked at, and in plain words what is there at each level, the lowest first. The
// first level says that it is not there yet; from the second on the criterion is met.
type Criterion struct {
	Name   string   `json:"name"`
	Levels []string `json:"levels"`
}

// Met reports whether levels, one for each criterion of a rubric, make an answer right: every criterion stands at its second
// level or above. Without a rubric nothing is said.
func Met(rubric []Criterion, levels []int) bool {
	return len(rubric) > 0 && len(levels) == len(rubric) && !slices.ContainsFunc(levels, func(l int) bool { return l < metFrom })
}

// AtOnce reports whether every response to a kind is judged at once. Where it may have to wait for a person the kind is asked
// in practice and in lessons alone: a check chooses its next question by the last answer, and an exit check is talked about
// while the class is still there. In practice no second one follows in an evening in which an answer waits.
func (k Kind) AtOnce() bool { return !kinds[k].waits }

// shortText is what a variant of a short text knows: normal forms, in the item's order.
type shortText struct {
	accepts []string
	pattern *regexp.Regexp
	yields  []string // one a mistake
}

func (c *checker) short() {
	it := c.it
	c.need(it.Key == "" && it.Second == "", "key")
	c.need(it.Unit == "" && len(it.Boxes) == 0 && !it.Ratio, "boxes")
	c.need(len(it.Accepts) > 0 && len(it.Accepts) <= maxAccepts, "accepts")
	for i, s := range it.Accepts {
		c.need(strings.TrimSpace(s) != "" && utf8.RuneCountInString(s) <= MaxShort, place("accepts", i))
		c.line(s, "accepts", i)
	}
	for i, e := range it.Exact {
		c.need((e == ExactCase || e == ExactMarks || e == ExactPunctuation) && !slices.Contains(it.Exact[:i], e), "exact")
	}
	if _, err := it.compilePattern(); err != nil {
		c.bad("pattern")
	}
	c.mistakes(1, c.line)
}

func (c *checker) longText() {
	c.need(c.it.Key == "" && c.it.Second == "", "key")
	c.need(c.it.Unit == "" && len(c.it.Boxes) == 0 && !c.it.Ratio, "boxes")
	c.need(len(c.it.Mistakes) == 0, "mistakes")
	c.need(len(c.it.Rubric) <= maxCriteria, "rubric")
	c.need(c.it.Sends == SendsPhotos || c.it.Sends == SendsDocuments || c.it.Sends == SendsBoth, "sends")
	for i, r := range c.it.Rubric {
		where := place("rubric", i)
		c.need(strings.TrimSpace(r.Name) != "" && len(r.Name) <= maxLevel, where)
		c.need(len(r.Levels) >= minLevels && len(r.Levels) <= maxLevels, where)
		for _, l := range r.Levels {
			c.need(strings.TrimSpace(l) != "" && len(l) <= maxLevel, where)
		}
	}
}

// compilePattern makes the pattern of a short text one for its whole normal form; nil where there is none. Patterns are RE2's, whose
// time grows with the length of the text alone (Cox 2007), so none can stop a school.
func (it *Item) compilePattern() (*regexp.Regexp, error) {
	if it.Pattern == "" {
		return nil, nil
	}
	if len(it.Pattern) > maxPattern {
		return nil, fault.New(fault.Invalid, "fault.item.part", "item", it.Code, "where", "pattern")
	}
	flags := "i"
	if slices.Contains(it.Exact, ExactCase) {
		flags = ""
	}
	return regexp.Compile(`^(?` + flags + `:` + it.Pattern + `)$`)
}

// settleShort works out the texts that are right and those that show a mistake, in a variant's numbers. A draw in which a
// mistake reads as an accepted text, or as another mistake, is no good.
func (v *Variant) settleShort() (why string, err error) {
	it := v.it
	s := shortText{}
	if s.pattern, err = it.compilePattern(); err != nil {
		return "", &misplaced{"pattern", err}
	}
	for i, a := range it.Accepts {
		text, err := v.fill(a, "accepts", i)
		if err != nil {
			return "", err
		}
		s.accepts = append(s.accepts, it.normal(text))
	}
	for i, m := range it.Mistakes {
		text, err := v.fill(m.Yields[0], "mistakes", i)
		if err != nil {
			return "", err
		}
		yield := it.normal(text)
		if s.right(yield) {
			return place("mistakes", i) + " = key", nil
		}
		if j := slices.Index(s.yields, yield); j >= 0 {
			return place("mistakes", i) + " = " + place("mistakes", j), nil
		}
		s.yields = append(s.yields, yield)
	}
	v.short = &s
	return "", nil
}

func (s *shortText) right(normal string) bool {
	return slices.Contains(s.accepts, normal) || s.pattern != nil && s.pattern.MatchString(normal)
}

// settleNothing is for kinds that hold no key: a person says what is right.
func (v *Variant) settleNothing() (why string, err error) { return "", nil }

// scoreShort takes an accepted text for right and a known mistake for not yet. Anything else waits for a person: a program
// that knows some right texts does not know all of them. Like names the accepted text that it is near to in spelling.
func (v Variant) scoreShort(r Response) (Judged, error) {
	if err := r.oneText(MaxShort); err != nil {
		return Judged{}, err
	}
	text := v.it.normal(r.Boxes[0])
	switch {
	case strings.TrimSpace(r.Boxes[0]) == "":
		return Judged{Outcome: Unread, Where: 1}, nil
	case v.short.right(text):
		return Judged{Outcome: Right}, nil
	}
	for i, m := range v.it.Mistakes {
		if text == v.short.yields[i] {
			return Judged{Outcome: NotYet, Mistake: m.Tag, Nudge: m.Nudge}, nil
		}
	}
	for i, a := range v.short.accepts {
		if nearSpelling(text, a) {
			like, err := v.fill(v.it.Accepts[i], "accepts", i)
			return Judged{Outcome: Waiting, Like: like}, err
		}
	}
	return Judged{Outcome: Waiting}, nil
}

func (v Variant) scoreLong(r Response) (Judged, error) {
	if err := r.oneText(MaxLong); err != nil {
		return Judged{}, err
	}
	if strings.TrimSpace(r.Boxes[0]) == "" {
		return Judged{Outcome: Unread, Where: 1}, nil
	}
	return Judged{Outcome: Waiting}, nil
}

// Sends is what an upload takes: photos, which are made anew from their pixels, documents (PDF), which are sent as they are, or both.
type Sends string

const (
	SendsPhotos    Sends = ""
	SendsDocuments Sends = "documents"
	SendsBoth      Sends = "both"
)

// Sent are all files of an answer.
func (r Response) Sent() []string { return slices.Concat(r.Files, r.Documents) }

// scoreUpload takes one to three files, and words beside them or none. Whose the files are, and of which sort, is for who stores them
// to prove.
func (v Variant) scoreUpload(r Response) (Judged, error) {
	files := r.Sent()
	if sends := v.it.Sends; len(r.Files) > 0 && sends == SendsDocuments || len(r.Documents) > 0 && sends == SendsPhotos {
		return Judged{}, fault.New(fault.Invalid, "fault.item.sends")
	}
	r.Files, r.Documents = nil, nil
	if len(r.Boxes) == 0 {
		r.Boxes = []string{""}
	}
	if err := r.oneText(MaxLong); err != nil {
		return Judged{}, err
	}
	if len(files) > MaxFiles {
		return Judged{}, fault.New(fault.Invalid, "fault.item.files", "files", len(files), "most", MaxFiles)
	}
	for i, f := range files {
		if f == "" || slices.Contains(files[:i], f) {
			return Judged{}, fault.New(fault.Invalid, "fault.item.files", "files", len(files), "most", MaxFiles)
		}
	}
	if len(files) == 0 {
		return Judged{Outcome: Unread, Where: 1}, nil
	}
	return Judged{Outcome: Waiting}, nil
}

// oneText refuses a response that is not one text of at most so many characters.
func (r Response) oneText(most int) error {
	if len(r.Chosen) > 0 || len(r.Boxes) != 1 || len(r.Files) > 0 || len(r.Documents) > 0 {
		return fault.New(fault.Invalid, "fault.item.boxes", "boxes", len(r.Boxes), "want", 1)
	}
	if n := utf8.RuneCountInString(r.Boxes[0]); n > most {
		return fault.New(fault.Invalid, "fault.item.long", "characters", n, "most", most)
	}
	return nil
}

func (v Variant) askedRubric(a *Asked) error {
	a.Rubric, a.Sends = v.it.Rubric, v.it.Sends
	a.Most = MaxLong
	if v.it.Kind == Short {
		a.Most = MaxShort
	}
	return nil
}

// Accepted is the texts of a short item that are right, in a variant's numbers; the first is the one to show.
func (v Variant) Accepted() ([]string, error) {
	var out []string
	for i, a := range v.it.Accepts {
		text, err := v.fill(a, "accepts", i)
		if err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, nil
}

// YieldWritten is the text that shows the i-th mistake of a short item.
func (v Variant) YieldWritten(i int) (string, error) {
	return v.fill(v.it.Mistakes[i].Yields[0], "mistakes", i)
}

// Same is what makes two written answers to a variant the same answer: the normal form of a short text. A long text and a photo
// are nobody else's; ok is false for them and for other kinds.
func (v Variant) Same(r Response) (same string, ok bool) {
	if v.it.Kind != Short || len(r.Boxes) != 1 {
		return "", false
	}
	return v.it.normal(r.Boxes[0]), true
}

// normal is the form in which short texts are compared: Unicode's compatible composition, spaces as one, and, where the item
// does not ask for them, no capitals, no accents and no punctuation (a hyphen reads as a space, an apostrophe as nothing). A
// text of signs alone keeps them, and so does a number: -3 is not 3, 2:3 is not 2/3.
func (it *Item) normal(s string) string {
	s = norm.NFKC.String(s)
	if !slices.Contains(it.Exact, ExactMarks) {
		s = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(s))
		s = norm.NFC.String(s)
	}
	if !slices.Contains(it.Exact, ExactCase) {
		s = strings.ToLower(s)
	}
	if !slices.Contains(it.Exact, ExactPunctuation) {
		bare := unpunctuated(s)
		if strings.TrimSpace(bare) != "" {
			s = bare
		}
	}
	return strings.Join(strings.Fields(s), " ")
}

func unpunctuated(s string) string {
	runes := []rune(strings.NewReplacer("−", "-", "–", "-").Replace(s))
	for i, r := range runes {
		inNumber := strings.ContainsRune("-.,:/", r) && i+1 < len(runes) && unicode.IsDigit(runes[i+1])
		switch {
		case strings.ContainsRune("'’‘`", r):
			runes[i] = -1
		case unicode.IsPunct(r) && r != '%' && !inNumber:
			runes[i] = ' '
		}
	}
	return string(slices.DeleteFunc(runes, func(r rune) bool { return r < 0 }))
}

// nearSpelling reports whether two normal forms differ by a slip of the hand: at most one for four letters or more, at most two
// for eight or more. A slip is a letter too many, too few, another one, or two neighbours swapped (Damerau 1964, Levenshtein
// 1966). Texts that differ in a digit are never near: 12 is not 13.
func nearSpelling(typed, accepted string) bool {
	a, b := []rune(typed), []rune(accepted)
	most := 0
	switch n := len(b); {
	case n >= 8:
		most = 2
	case n >= 4:
		most = 1
	}
	if most == 0 || len(a)-len(b) > most || len(b)-len(a) > most || digits(typed) != digits(accepted) {
		return false
	}
	return slips(a, b) <= most
}

// slips is the distance of optimal string alignment.
func slips(a, b []rune) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next := make([]int, len(b)+1)
		next[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// LevelWords is a rubric's levels as words, "criterion: level"; what is not there is left out.
func LevelWords(rubric []Criterion, levels []int) []RuledLevel {
	var out []RuledLevel
	for i, r := range rubric {
		if i < len(levels) && levels[i] >= 0 && levels[i] < len(r.Levels) {
			out = append(out, RuledLevel{r.Name, r.Levels[levels[i]], levels[i] >= metFrom})
		}
	}
	return out
}

// RuledLevel is what somebody found of one criterion.
type RuledLevel struct {
	Criterion string `json:"criterion"`
	Level     string `json:"level"`
	Met       bool   `json:"met"`
}

// CheckLevels proves levels to be one for each criterion of a rubric, or none at all. Errors: Invalid.
func CheckLevels(rubric []Criterion, levels []int) error {
	if len(levels) == 0 {
		return nil
	}
	if len(levels) != len(rubric) {
		return fault.New(fault.Invalid, "fault.item.levels", "levels", strconv.Itoa(len(levels)), "want", len(rubric))
	}
	for i, l := range levels {
		if l < 0 || l >= len(rubric[i].Levels) {
			return fault.New(fault.Invalid, "fault.item.levels", "levels", strconv.Itoa(len(levels)), "want", len(rubric))
		}
	}
	return nil
}

package qti

import (
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kith/internal/interop/source"
)

// The structure that the official schemas ask of what we write, read out of them element by element (docs/qti.md says which and
// when): what an element may hold, in which order, whether words may stand in it, and which attributes it must and may have.
// Attributes that every element may have (class, id, xml:lang) stand in none. What is in no line here is not written.
type shape struct {
	holds string // a regular expression over the names of its children, each followed by a comma; "words" before it = mixed
	must  string
	may   string
}

const (
	inlines = "em|strong|span|math|br|sub|sup"
	blocks  = "p|h[2-4]|ul|ol|blockquote|table|div"
	asks    = "choice|order|match|hotspot|slider|extended-text|upload"
	exprs   = "qti-(and|or|not|match|equal|string-match|pattern-match|member|contains|variable|correct|base-value|ordered|multiple|map-response|is-null|index)"
	rules   = "qti-(set-outcome-value|response-condition)"
	ownMath = "m(row|i|n|o|text|s|frac|sqrt|root|sub|sup|subsup|over|under|underover|table|tr|td|space|padded|phantom|enclose|style|error|multiscripts|prescripts)"
)

// flow is what may stand where words and blocks may mix; line, where nothing but words and inline elements may.
func flow(more ...string) string {
	return "words" + many(blocks, inlines, "img", strings.Join(more, "|"))
}
func line(more ...string) string { return "words" + many(inlines, "img", strings.Join(more, "|")) }

func many(names ...string) string {
	return "((" + strings.Join(slices.DeleteFunc(names, func(s string) bool { return s == "" }), "|") + "),)*"
}

var shapes = map[string]shape{
	// imsqti_asiv3p0p1_v1p0.xsd: AssessmentItemDType and what is in it
	"qti-assessment-item": {"(qti-response-declaration,)*(qti-outcome-declaration,)*(qti-template-declaration,)*(qti-template-processing,)?(qti-item-body,)?(qti-response-processing,)?(qti-modal-feedback,)*",
		"identifier title time-dependent", "adaptive label tool-name tool-version"},
	"qti-response-declaration": {"(qti-default-value,)?(qti-correct-response,)?(qti-mapping,)?(qti-area-mapping,)?", "identifier cardinality", "base-type"},
	"qti-outcome-declaration":  {"(qti-default-value,)?", "identifier cardinality", "base-type external-scored normal-maximum"},
	"qti-template-declaration": {"(qti-default-value,)?", "identifier cardinality", "base-type math-variable param-variable"},
	"qti-default-value":        {"(qti-value,)+", "", ""},
	"qti-correct-response":     {"(qti-value,)+", "", "interpretation"},
	"qti-value":                {"words", "", ""},
	"qti-mapping":              {"(qti-map-entry,)+", "", "default-value lower-bound upper-bound"},
	"qti-map-entry":            {"", "map-key mapped-value", "case-sensitive"},
	// ItemBodyDType: no words, no bare picture, no bare word-like element
	"qti-item-body":    {"((qti-rubric-block|qti-(" + asks + ")-interaction|math|" + blocks + "),)+", "", ""},
	"qti-rubric-block": {"qti-content-body,", "view", "use"},
	// the interactions: BasePromptInteractionDType gives response-identifier and the prompt
	"qti-choice-interaction":        {"(qti-prompt,)?(qti-simple-choice,)+", "response-identifier max-choices", "shuffle min-choices orientation"},
	"qti-order-interaction":         {"(qti-prompt,)?(qti-simple-choice,)+", "response-identifier", "shuffle min-choices max-choices orientation"},
	"qti-match-interaction":         {"(qti-prompt,)?(qti-simple-match-set,){2}", "response-identifier", "shuffle max-associations min-associations"},
	"qti-simple-match-set":          {"(qti-simple-associable-choice,)*", "", ""},
	"qti-hotspot-interaction":       {"(qti-prompt,)?img,(qti-hotspot-choice,)+", "response-identifier", "min-choices max-choices"},
	"qti-hotspot-choice":            {"", "identifier shape coords", "hotspot-label label"},
	"qti-slider-interaction":        {"(qti-prompt,)?", "response-identifier lower-bound upper-bound", "step step-label"},
	"qti-extended-text-interaction": {"(qti-prompt,)?", "response-identifier", "expected-length expected-lines format"},
	"qti-upload-interaction":        {"(qti-prompt,)?", "response-identifier", "type"},
	"qti-text-entry-interaction":    {"", "response-identifier", "expected-length pattern-mask"},
	"qti-simple-choice":             {flow(), "identifier", "fixed"},
	"qti-simple-associable-choice":  {flow(), "identifier match-max", "fixed match-min"},
	// HTML in it
	"p": {line("qti-text-entry-interaction"), "", ""}, "h2": {line(), "", ""}, "h3": {line(), "", ""}, "h4": {line(), "", ""},
	"ul": {"(li,)*", "", ""}, "ol": {"(li,)*", "", ""}, "li": {flow(), "", ""}, "blockquote": {many(blocks), "", ""},
	"table": {"(tbody,)+", "", ""}, "tbody": {"(tr,)+", "", ""}, "tr": {"((td|th),)+", "", ""}, "td": {flow(), "", ""}, "th": {flow(), "", ""},
	"div": {flow("qti-text-entry-interaction"), "", ""}, "span": {line(), "", ""}, "em": {line(), "", ""}, "strong": {line(), "", ""}, "sub": {line(), "", ""}, "sup": {line(), "", ""},
	"br": {"", "", ""}, "img": {"", "src alt", "width height"},
	// response processing
	"qti-response-processing": {many(rules), "", "template"},
	"qti-response-condition":  {"qti-response-if,(qti-response-else-if,)*(qti-response-else,)?", "", ""},
	"qti-response-if":         {exprs + "," + many(rules), "", ""}, "qti-response-else-if": {exprs + "," + many(rules), "", ""}, "qti-response-else": {many(rules), "", ""},
	"qti-set-outcome-value": {exprs + ",", "identifier", ""},
	"qti-and":               {"(" + exprs + ",)+", "", ""}, "qti-or": {"(" + exprs + ",)+", "", ""}, "qti-not": {exprs + ",", "", ""},
	"qti-match": {"(" + exprs + ",){2}", "", ""}, "qti-member": {"(" + exprs + ",){2}", "", ""}, "qti-contains": {"(" + exprs + ",){2}", "", ""},
	"qti-equal": {"(" + exprs + ",){2}", "tolerance-mode", "tolerance"}, "qti-string-match": {"(" + exprs + ",){2}", "case-sensitive", "substring"},
	"qti-pattern-match": {exprs + ",", "pattern", ""}, "qti-is-null": {exprs + ",", "", ""},
	"qti-ordered": {"(" + exprs + ",)*", "", ""}, "qti-multiple": {"(" + exprs + ",)*", "", ""},
	"qti-variable": {"", "identifier", ""}, "qti-correct": {"", "identifier", ""}, "qti-map-response": {"", "identifier", ""}, "qti-base-value": {"words", "base-type", ""},
	"qti-modal-feedback": {"qti-content-body,", "outcome-identifier show-hide identifier", "title"},
	"qti-content-body":   {flow(), "", ""},
	// the same schema: AssessmentTestDType
	"qti-assessment-test":     {"(qti-outcome-declaration,)*(qti-test-part,)+", "identifier title", ""},
	"qti-test-part":           {"(qti-assessment-section,)+", "identifier navigation-mode submission-mode", "title"},
	"qti-assessment-section":  {"((qti-assessment-section|qti-assessment-item-ref),)*", "identifier title visible", "keep-together"},
	"qti-assessment-item-ref": {"", "identifier href", "required fixed"},
	// mathml3.xsd, what stands around the tree that package doc makes, which is presentation MathML
	"math": {"semantics,", "", "display"}, "semantics": {"mrow,annotation,", "", ""}, "annotation": {"words", "encoding", ""},
	// imsqtiv3p0_imscpv1p2_v1p0.xsd
	"manifest": {"metadata,organizations,resources,", "identifier", ""}, "metadata": {"schema,schemaversion,", "", ""}, "schema": {"words", "", ""}, "schemaversion": {"words", "", ""},
	"organizations": {"", "", ""}, "resources": {"(resource,)*", "", ""}, "resource": {"(file,)+(dependency,)*", "identifier type", "href"},
	"file": {"", "href", ""}, "dependency": {"", "identifierref", ""},
}

// values are what the schemas list where a value is no free text.
var values = map[string]string{
	"cardinality": "single|multiple|ordered|record", "base-type": "boolean|directedPair|duration|file|float|identifier|integer|pair|point|string|uri",
	"show-hide": "show|hide", "shape": "circle|default|ellipse|poly|rect", "tolerance-mode": "exact|absolute|relative", "tolerance": `[0-9.e+-]+( [0-9.e+-]+)?`,
	"coords": `[0-9]+(,[0-9]+)*`, "max-choices": "[0-9]+", "match-max": "[0-9]+", "max-associations": "[0-9]+", "shuffle": "true|false", "time-dependent": "true|false", "adaptive": "true|false",
	"visible": "true|false", "navigation-mode": "linear|nonlinear", "submission-mode": "individual|simultaneous", "external-scored": "externalMachine|human",
	"lower-bound": `[0-9.]+`, "upper-bound": `[0-9.]+`, "step": `[0-9.]+`, // NonNegativeDoubleDType
	"identifier": `[A-Za-z_][A-Za-z0-9_.-]*`, "response-identifier": `[A-Za-z_][A-Za-z0-9_.-]*`, "outcome-identifier": `[A-Za-z_][A-Za-z0-9_.-]*`,
	"type": "imsqti_test_xmlv3p0|imsqti_item_xmlv3p0|webcontent|(image/[a-z+]+|application/pdf)( image/[a-z+]+| application/pdf)*", "display": "block|inline", "view": "(scorer|tutor|candidate|author|proctor|testConstructor)( (scorer|tutor))*",
	"width": "[0-9]+", "height": "[0-9]+", "mapped-value": "-?[0-9.]+", "case-sensitive": "true|false",
}

// element is one that is open.
type element struct {
	name  string
	kids  strings.Builder
	words bool
}

// conforms says what a file has that the schemas do not allow.
func conforms(name string, body []byte) (wrong []string) {
	d := xml.NewDecoder(strings.NewReader(string(body)))
	ids := map[string]bool{}
	var open []*element
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return wrong
		}
		if err != nil {
			return append(wrong, name+": "+err.Error())
		}
		line, _ := d.InputPos()
		say := func(format string, args ...any) {
			wrong = append(wrong, fmt.Sprintf("%s:%d: ", name, line)+fmt.Sprintf(format, args...))
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if len(open) > 0 {
				open[len(open)-1].kids.WriteString(tok.Name.Local + ",")
			}
			open = append(open, &element{name: tok.Name.Local})
			attributes(say, tok, ids)
		case xml.CharData:
			if len(open) > 0 && strings.TrimSpace(string(tok)) != "" {
				open[len(open)-1].words = true
			}
		case xml.EndElement:
			e := open[len(open)-1]
			open = open[:len(open)-1]
			if presentation(e.name) {
				continue
			}
			s, known := shapes[e.name]
			holds, mixed := strings.CutPrefix(s.holds, "words")
			switch {
			case !known:
				say("%s is in no line of the schema's that we know", e.name)
			case e.words && !mixed:
				say("%s holds words", e.name)
			case !fits(holds, e.kids.String()):
				say("%s holds %s, which is not %s", e.name, e.kids.String(), holds)
			}
		}
	}
}

func presentation(name string) bool { return fits(ownMath, name) }

var compiled = map[string]*regexp.Regexp{}

// fits reports whether the whole of a text is what an expression says.
func fits(expression, s string) bool {
	if compiled[expression] == nil {
		compiled[expression] = regexp.MustCompile("^(" + expression + ")$")
	}
	return compiled[expression].MatchString(s)
}

func attributes(say func(string, ...any), e xml.StartElement, ids map[string]bool) {
	if presentation(e.Name.Local) {
		return
	}
	s := shapes[e.Name.Local]
	must := strings.Fields(s.must)
	for _, a := range e.Attr {
		name := a.Name.Local
		if a.Name.Space == "xmlns" || name == "xmlns" || name == "lang" || name == "class" {
			continue
		}
		if !slices.Contains(must, name) && !slices.Contains(strings.Fields(s.may), name) {
			say("%s has an attribute %s", e.Name.Local, name)
		}
		must = slices.DeleteFunc(must, func(m string) bool { return m == name })
		if v, ok := values[name]; ok && !fits(v, a.Value) {
			say("%s: %s is %q, which is not %s", e.Name.Local, name, a.Value, v)
		}
		if name == "identifier" && e.Name.Local != "qti-modal-feedback" && !strings.HasSuffix(e.Name.Local, "-value") && e.Name.Local != "qti-variable" && e.Name.Local != "qti-correct" && e.Name.Local != "qti-map-response" {
			if ids[a.Value] {
				say("%s: %s stands twice", e.Name.Local, a.Value)
			}
			ids[a.Value] = true
		}
	}
	if len(must) > 0 {
		say("%s lacks %v", e.Name.Local, must)
	}
}

// packageConforms looks at every file of XML in a package.
func packageConforms(t *testing.T, out []byte) {
	t.Helper()
	files, err := source.Zip("out.zip", out, maxEach, maxAll)
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range files {
		if strings.HasSuffix(name, ".xml") {
			for _, wrong := range conforms(name, body) {
				t.Error(wrong)
			}
		}
	}
}

func TestWrite_ConformsToTheSchemas(t *testing.T) {
	for _, dir := range []string{"testdata/v2", "testdata/v3"} {
		in, err := Read(packed(t, dir), options)
		if err != nil {
			t.Fatal(err)
		}
		out, _, _ := Write(in, options)
		packageConforms(t, out)
	}
}

// The table catches what it is there for.
func TestConforms_SeesWhatTheSchemaForbids(t *testing.T) {
	for _, bad := range []string{
		`<qti-item-body>words<p/></qti-item-body>`, `<qti-item-body><img src="a" alt=""/></qti-item-body>`, `<qti-item-body><strong/></qti-item-body>`, `<qti-item-body/>`,
		`<qti-correct-response/>`, `<qti-choice-interaction response-identifier="R" max-choices="1"/>`, `<img src="a"/>`, `<table><tr><td/></tr></table>`,
		`<qti-slider-interaction response-identifier="R" lower-bound="-1" upper-bound="2"/>`, `<p><p/></p>`, `<qti-rubric-block view="scorer"><p/></qti-rubric-block>`,
		`<qti-assessment-item identifier="1a" title="" time-dependent="false"/>`, `<qti-modal-feedback outcome-identifier="F" show-hide="show" identifier="a"><p/></qti-modal-feedback>`,
	} {
		if len(conforms("bad", []byte(bad))) == 0 {
			t.Errorf("%s passes", bad)
		}
	}
}

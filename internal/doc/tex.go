package doc

import (
	"embed"
	"errors"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/dop251/goja"

	"kith/internal/fault"
)

// temmlFiles holds temml.cjs (npm temml, MIT) when the front end has been built; the file is not committed.
//
//go:embed all:temml
var temmlFiles embed.FS

const texCache = 20_000 // formulas kept; an import of 10,000 finds each of its own again

// texer is the one JavaScript machine. It is made at the first formula (60 ms) and used by one caller at a time.
type texer struct {
	mu     sync.Mutex
	files  fs.FS
	limit  time.Duration // for one formula
	vm     *goja.Runtime
	render goja.Callable
	cache  map[string]El
}

var shared = &texer{files: temmlFiles, limit: 2 * time.Second}

// TeX makes the MathML tree of a formula; display puts it on a line of its own. [[expr]] stays in the tree as a value
// that Draw fills in. TeX that temml cannot read, or that makes anything outside the allow-list, is fault.Invalid; a
// build without temml is fault.Unavailable. The same source is worked out once, and its tree is shared: do not change it.
func TeX(tex string, display bool) (El, error) { return shared.tree(tex, display) }

func (t *texer) tree(tex string, display bool) (El, error) {
	if utf8.RuneCountInString(tex) > maxTeX {
		return El{}, refuse("math_long", "max", maxTeX)
	}
	source, exprs, err := markValues(tex)
	if err != nil {
		return El{}, err
	}
	key := strconv.FormatBool(display) + tex
	t.mu.Lock()
	defer t.mu.Unlock()
	if tree, ok := t.cache[key]; ok {
		return tree, nil
	}
	markup, err := t.mathml(source, display)
	if err != nil {
		return El{}, err
	}
	tree, err := readMathML(markup, exprs)
	if err != nil {
		return El{}, err
	}
	if t.cache == nil || len(t.cache) >= texCache {
		t.cache = map[string]El{}
	}
	t.cache[key] = tree
	return tree, nil
}

// markValues puts a mark, ⟦0⟧, ⟦1⟧ …, in the place of each [[expr]]. The marks are text to temml and come through it.
func markValues(tex string) (source string, exprs []string, err error) {
	if strings.ContainsAny(tex, "⟦⟧") {
		return "", nil, refuse("math_mark")
	}
	parts, err := pieces(tex)
	if err != nil {
		return "", nil, err
	}
	var b strings.Builder
	for i, p := range parts {
		if i%2 == 0 {
			b.WriteString(p)
			continue
		}
		b.WriteString(`{\text{⟦` + strconv.Itoa(len(exprs)) + `⟧}}`)
		exprs = append(exprs, p)
	}
	return b.String(), exprs, nil
}

// mathml runs temml. The caller holds the lock.
func (t *texer) mathml(tex string, display bool) (string, error) {
	if err := t.load(); err != nil {
		return "", err
	}
	vm := t.vm
	timer := time.AfterFunc(t.limit, func() { vm.Interrupt("too long") })
	out, err := t.render(goja.Undefined(), t.vm.ToValue(tex), t.vm.ToValue(display))
	if !timer.Stop() {
		t.vm = nil // the interrupt may still come: the next formula gets a new machine
	}
	if err != nil {
		var long *goja.InterruptedError
		if errors.As(err, &long) {
			return "", fault.Wrap(fault.Invalid, err, "fault.doc.math_time", "line", 0)
		}
		return "", fault.Wrap(fault.Invalid, err, "fault.doc.math", "line", 0, "tex", clip(tex), "detail", reason(err))
	}
	return out.String(), nil
}

var position = regexp.MustCompile(`\s+at position \d+:?|\s+at end of input:?|[\n⟦⟧].*`)

// reason is temml's own words without the position, which the marks have moved.
func reason(err error) string {
	s := err.Error()
	var thrown *goja.Exception
	if errors.As(err, &thrown) {
		s = thrown.Value().String()
		if o, ok := thrown.Value().(*goja.Object); ok && o.Get("message") != nil {
			s = o.Get("message").String()
		}
	}
	return clip(strings.TrimSpace(position.ReplaceAllString(s, "")))
}

// load makes the machine if there is none.
func (t *texer) load() error {
	if t.vm != nil {
		return nil
	}
	source, err := fs.ReadFile(t.files, "temml/temml.cjs")
	if err != nil {
		return fault.Wrap(fault.Unavailable, err, "fault.doc.math_not_built")
	}
	vm := goja.New()
	vm.SetMaxCallStackSize(2_000)
	// maxSize and maxExpand bound what a formula may draw and how far its macros may grow; trust stays off, so that
	// no link, class, style or data attribute of an author's gets through.
	code := "(function(){var module={exports:{}},exports=module.exports;" + string(source) +
		"\n;var t=module.exports;return function(tex,display){return t.renderToString(tex,{displayMode:display," +
		"throwOnError:true,trust:false,strict:false,maxExpand:500,maxSize:[20,500]})}})()"
	made, err := vm.RunScript("temml.cjs", code)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "")
	}
	render, ok := goja.AssertFunction(made)
	if !ok {
		return fault.Wrap(fault.Internal, errors.New("doc: temml.cjs gives no function"), "")
	}
	t.vm, t.render = vm, render
	return nil
}

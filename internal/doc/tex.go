package doc

import (
	"embed"
	"errors"
	"io/fs"
	"regexp"
	"runtime"
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

// texer turns formulas into trees and remembers them. Its JavaScript machines are made when they are first needed (60 ms
// each), one for each caller at a time up to the number of processors: an import of a course uses them all, a school that
// only saves a text now and then has one.
type texer struct {
	files fs.FS
	limit time.Duration // for one formula

	places chan struct{} // as many as machines may work at once
	idle   chan *machine

	mu    sync.Mutex // guards cache
	cache map[string]El
}

// machine is a JavaScript runtime with temml loaded, used by one caller at a time.
type machine struct {
	vm     *goja.Runtime
	render goja.Callable
}

func newTexer(files fs.FS, limit time.Duration, machines int) *texer {
	return &texer{files: files, limit: limit, places: make(chan struct{}, machines), idle: make(chan *machine, machines), cache: map[string]El{}}
}

var shared = newTexer(temmlFiles, 10*time.Second, runtime.NumCPU())

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
	if tree, ok := t.known(key); ok {
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
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.cache) >= texCache {
		t.cache = map[string]El{}
	}
	t.cache[key] = tree
	return tree, nil
}

func (t *texer) known(key string) (El, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	tree, ok := t.cache[key]
	return tree, ok
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

// mathml runs temml on a machine of its own, and waits for one when all are at work.
func (t *texer) mathml(tex string, display bool) (string, error) {
	t.places <- struct{}{}
	defer func() { <-t.places }()
	m, err := t.machine()
	if err != nil {
		return "", err
	}
	timer := time.AfterFunc(t.limit, func() { m.vm.Interrupt("too long") })
	out, err := m.render(goja.Undefined(), m.vm.ToValue(tex), m.vm.ToValue(display))
	var markup string
	if err == nil {
		markup = out.String()
	}
	if timer.Stop() {
		t.idle <- m
	} // else the interrupt may still come: the machine is left behind
	if err != nil {
		var long *goja.InterruptedError
		if errors.As(err, &long) {
			return "", fault.Wrap(fault.Invalid, err, "fault.doc.math_time", "line", 0)
		}
		return "", fault.Wrap(fault.Invalid, err, "fault.doc.math", "line", 0, "tex", clip(tex), "detail", reason(err))
	}
	return markup, nil
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

// machine gives one that is idle, or a new one.
func (t *texer) machine() (*machine, error) {
	select {
	case m := <-t.idle:
		return m, nil
	default:
	}
	source, err := fs.ReadFile(t.files, "temml/temml.cjs")
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "fault.doc.math_not_built")
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
		return nil, fault.Wrap(fault.Internal, err, "")
	}
	render, ok := goja.AssertFunction(made)
	if !ok {
		return nil, fault.Wrap(fault.Internal, errors.New("doc: temml.cjs gives no function"), "")
	}
	return &machine{vm, render}, nil
}

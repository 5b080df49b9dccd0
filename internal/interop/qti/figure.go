package qti

import (
	"regexp"
	"strconv"

	"kith/internal/doc"
	"kith/internal/interop/bank"
)

// figure keeps a drawn figure as a picture of the package.
func (p *packing) figure(svg, alt string) doc.Node {
	node, file := bank.Figure(svg, alt)
	p.files[file.Code] = file
	return node
}

var (
	wideOf = regexp.MustCompile(`^<svg [^>]*\bwidth="([0-9]+)`)
	highOf = regexp.MustCompile(`^<svg [^>]*\bheight="([0-9]+)`)
)

// drawnSize is how wide and high a figure is.
func drawnSize(body []byte) (wide, high int) {
	w, h := wideOf.FindSubmatch(body), highOf.FindSubmatch(body)
	if w != nil && h != nil {
		wide, _ = strconv.Atoi(string(w[1]))
		high, _ = strconv.Atoi(string(h[1]))
	}
	return wide, high
}

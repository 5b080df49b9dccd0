package doc

import (
	_ "embed"
	"regexp"
	"strings"
)

//go:embed figure.css
var figureCSS string

var figureRule = regexp.MustCompile(`(?m)^\.fig-[^{}]*\{[^{}]*\}`)

// FigureStyle is the part of figure.css that draws a figure's lines and fills, for a figure that stands outside a page. Its colors are
// the page's tokens, var(--ink) and the like.
func FigureStyle() string { return strings.Join(figureRule.FindAllString(figureCSS, -1), "\n") }

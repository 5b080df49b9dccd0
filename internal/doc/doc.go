// Package doc is the text that authors write: a small tree, never HTML.
//
// An author types a compact markup (Parse); what is stored is the tree (Doc); what a page shows is a tree of elements
// (El) drawn here once, by Doc.Draw, for the browser (as JSON) and for paper (El.HTML). Mathematics is TeX in the
// source and MathML in the tree, made when the text is saved. Drawn numbers stand in the tree as values by name.
//
// Place in the flow: layer 0; item and content are made of it.
package doc

// Kind names a node. The list is closed: Validate refuses any other.
type Kind string

const (
	Paragraph Kind = "p"      // inline children
	Heading   Kind = "h"      // inline children; Level 2..4
	Bullets   Kind = "ul"     // ListItem children
	Numbers   Kind = "ol"     // ListItem children
	ListItem  Kind = "li"     // block or inline children
	Quote     Kind = "quote"  // block children: what an invented pupil says
	Pause     Kind = "pause"  // block children: "stop and predict"; the page hides what follows until asked
	Table     Kind = "table"  // Row children; the first row is the header when Head is set
	Row       Kind = "tr"     // Cell children
	Cell      Kind = "td"     // inline children
	Figure    Kind = "figure" // Name is the figure's kind (see figure.go), Args its arguments; Alt is required
	Image     Kind = "image"  // Name is a file id or a course asset; Alt is required
	Text      Kind = "text"   // Text is the run; no children
	Strong    Kind = "strong" // inline children
	Emphasis  Kind = "em"     // inline children
	Math      Kind = "math"   // Text is TeX, MathML its tree; Display sets it on a line of its own
	Value     Kind = "value"  // Text is an expression over the item's drawn names, shown as a number
)

// Node is one node of the tree. Fields that a kind does not name are empty.
type Node struct {
	Kind    Kind              `json:"k"`
	Text    string            `json:"t,omitempty"`
	Level   int               `json:"level,omitempty"`
	Head    bool              `json:"head,omitempty"`
	Display bool              `json:"display,omitempty"`
	Name    string            `json:"name,omitempty"`
	Args    map[string]string `json:"args,omitempty"`
	Alt     string            `json:"alt,omitempty"`
	MathML  *El               `json:"mathml,omitempty"`
	Nodes   []Node            `json:"c,omitempty"`
}

// Doc is a text: its language (BCP 47; empty means the course's) and its blocks in order. The zero Doc is empty.
type Doc struct {
	Lang  string `json:"lang,omitempty"`
	Nodes []Node `json:"nodes,omitempty"`
}

// Empty reports whether nothing would be drawn.
func (d Doc) Empty() bool { return len(d.Nodes) == 0 }

// El is a drawn element: N is its name ("" for a text run, whose text is T), A its attributes, C its children.
// Only names and attributes of the allow-list in draw.go are ever made, so that a page can build them blindly.
type El struct {
	N string            `json:"n,omitempty"`
	A map[string]string `json:"a,omitempty"`
	C []El              `json:"c,omitempty"`
	T string            `json:"t,omitempty"`
}

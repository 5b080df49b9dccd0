package item

import (
	"cmp"
	"slices"

	"kith/internal/doc"
)

// Area is a place on a picture, in thousandths of its width and height from the upper left: a box, an ellipse in a box, or a
// polygon of at least three corners (x, y, x, y …).
type Area struct {
	X      int   `json:"x,omitempty"`
	Y      int   `json:"y,omitempty"`
	Width  int   `json:"width,omitempty"`
	Height int   `json:"height,omitempty"`
	Round  bool  `json:"round,omitempty"`
	Points []int `json:"points,omitempty"`
}

const (
	wholePicture = 1000
	maxCorners   = 24
)

// box is what an area takes up.
func (a *Area) box() (left, top, right, bottom int) {
	if a == nil {
		return 0, 0, 0, 0
	}
	if len(a.Points) == 0 {
		return a.X, a.Y, a.X + a.Width, a.Y + a.Height
	}
	left, top = wholePicture, wholePicture
	for i := 0; i+1 < len(a.Points); i += 2 {
		left, right = min(left, a.Points[i]), max(right, a.Points[i])
		top, bottom = min(top, a.Points[i+1]), max(bottom, a.Points[i+1])
	}
	return left, top, right, bottom
}

// sound reports whether an area lies on the picture and is one thing.
func (a *Area) sound() bool {
	left, top, right, bottom := a.box()
	n := len(a.Points)
	if n > 0 && (n%2 != 0 || n < 6 || n > 2*maxCorners || a.Round || a.Width != 0 || a.Height != 0 || a.X != 0 || a.Y != 0) {
		return false
	}
	return left >= 0 && top >= 0 && right <= wholePicture && bottom <= wholePicture && left < right && top < bottom
}

// hotspot checks options that are places on a picture; the text of each is its name for whoever does not see it.
func (c *checker) hotspot() {
	c.options()
	c.text(c.it.Picture, "picture", -1)
	c.need(len(c.it.Picture.Nodes) == 1 && (c.it.Picture.Nodes[0].Kind == doc.Figure || c.it.Picture.Nodes[0].Kind == doc.Image), "picture")
	for i, o := range c.it.Choices {
		c.need(o.Area != nil && o.Area.sound(), place("choices", i))
	}
}

// askedHotspot adds the picture and where its places are; nothing says which of them is right.
func (v Variant) askedHotspot(a *Asked) error {
	var err error
	if a.Picture, err = v.draw(v.it.Picture, "picture", -1); err != nil {
		return err
	}
	for at, i := range v.Order {
		a.Options[at].Area = v.it.Choices[i].Area
	}
	right := 0
	for _, o := range v.it.Choices {
		if o.Right {
			right++
		}
		a.Many = a.Many || o.If != ""
	}
	a.Many = a.Many || right > 1
	return nil
}

// reading is the order in which places are read: from above, then from the left.
func reading(v *Variant) []int {
	out := make([]int, len(v.it.Choices))
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(a, b int) int {
		la, ta, _, _ := v.it.Choices[a].Area.box()
		lb, tb, _, _ := v.it.Choices[b].Area.box()
		return cmp.Or(cmp.Compare(ta, tb), cmp.Compare(la, lb))
	})
	return out
}

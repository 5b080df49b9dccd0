package library

import (
	"fmt"
	"math/big"
	"strings"

	"kith/internal/doc"
	"kith/internal/item"
)

// AsGiven draws a response as the learner gave it, like AsAnswered; what was placed is a small picture where it can be one.
func AsGiven(v item.Variant, asked item.Asked, r item.Response) []doc.El {
	if asked.Kind.Placed() && len(r.Boxes) == 1 {
		if out := pictured(v, asked, r.Boxes[0]); out != nil {
			return out
		}
	}
	return AsAnswered(asked, r)
}

// pictured is a number line or plane with what a text places on it; nil where the text cannot be placed, or lies where no
// figure reaches.
func pictured(v item.Variant, asked item.Asked, text string) []doc.El {
	said, err := item.ReadBack(v, item.Response{Boxes: []string{text}}, false)
	if err != nil || said.Placed == nil || asked.Axes == nil {
		return nil
	}
	return figure(asked.Axes, said.Placed, text)
}

// axesOf are an item's axes with nothing on them, for paper and for everybody to look at; nil where no figure reaches.
func axesOf(asked item.Asked) []doc.El {
	alt := asked.Axes.X.From + " – " + asked.Axes.X.To
	if y := asked.Axes.Y; y != nil {
		alt += ", " + y.From + " – " + y.To
	}
	return figure(asked.Axes, &item.Placement{}, alt)
}

func figure(axes *item.AskedAxes, placed *item.Placement, text string) []doc.El {
	line := lineFigure(axes, placed)
	if axes.Y != nil {
		line = planeFigure(axes, placed)
	}
	if line == "" {
		return nil
	}
	d, err := doc.Parse(line+" | "+strings.NewReplacer("|", "", "[[", "[ [", "\n", " ").Replace(text), doc.Options{})
	if err != nil {
		return nil
	}
	els, err := d.Draw(nil)
	if err != nil {
		return nil
	}
	return els
}

func lineFigure(a *item.AskedAxes, p *item.Placement) string {
	f := fmt.Sprintf("!figure numberline from=%s to=%s step=%s", a.X.From, a.X.To, stepOf(a.X))
	if a.X.Label != "" {
		f += fmt.Sprintf(" label=%q", a.X.Label)
	}
	if len(p.Numbers) > 0 {
		f += fmt.Sprintf(" points=%q", strings.Join(p.Numbers, ","))
	}
	var spans []string
	for _, s := range p.Spans {
		low, high := "(", ")"
		if s.FromIn {
			low = "["
		}
		if s.ToIn {
			high = "]"
		}
		spans = append(spans, low+s.From+":"+s.To+high)
	}
	if len(spans) > 0 {
		f += fmt.Sprintf(" spans=%q", strings.Join(spans, ";"))
	}
	return f
}

// stepOf writes the step as the axis writes its numbers.
func stepOf(a item.AskedAxis) string {
	if n, ok := new(big.Rat).SetString(a.Step); ok && a.Decimal {
		if places, exact := n.FloatPrec(); exact {
			return n.FloatString(places)
		}
	}
	return a.Step
}

// planeFigure draws points and y = mx + b. The figure has 0 in its window and no upright lines; "" for what is otherwise.
func planeFigure(a *item.AskedAxes, p *item.Placement) string {
	if !strings.HasPrefix(a.X.From, "-") && a.X.From != "0" || !strings.HasPrefix(a.Y.From, "-") && a.Y.From != "0" {
		return ""
	}
	f := fmt.Sprintf("!figure plane xmin=%s xmax=%s ymin=%s ymax=%s", a.X.From, a.X.To, a.Y.From, a.Y.To)
	var points []string
	for _, q := range p.Points {
		points = append(points, q[0]+":"+q[1])
	}
	if len(points) > 0 {
		f += fmt.Sprintf(" points=%q", strings.Join(points, ";"))
	}
	if len(p.Line) == 3 {
		var n [3]*big.Rat
		for i, s := range p.Line {
			var ok bool
			if n[i], ok = new(big.Rat).SetString(s); !ok {
				return ""
			}
		}
		if n[1].Sign() == 0 {
			return ""
		}
		slope, start := new(big.Rat).Quo(n[0], n[1]), new(big.Rat).Quo(n[2], n[1])
		f += fmt.Sprintf(" lines=\"%s:%s\"", slope.Neg(slope).RatString(), start.RatString())
	}
	for name, label := range map[string]string{"xlabel": a.X.Label, "ylabel": a.Y.Label} {
		if label != "" {
			f += fmt.Sprintf(" %s=%q", name, label)
		}
	}
	return f
}

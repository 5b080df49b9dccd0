package item

import (
	"errors"
	"strings"

	"kith/internal/fault"
	"kith/internal/item/algebra/read"
	"kith/internal/item/expr"
)

// exprCodes are what an author reads about an expression that cannot be used.
var exprCodes = map[expr.Problem]string{
	expr.TooLong:  "fault.item.expr_long",
	expr.TooDeep:  "fault.item.expr_deep",
	expr.TooBig:   "fault.item.expr_big",
	expr.Syntax:   "fault.item.expr_syntax",
	expr.Unknown:  "fault.item.expr_name",
	expr.Mismatch: "fault.item.expr_kind",
	expr.Zero:     "fault.item.expr_zero",
	expr.NotWhole: "fault.item.expr_whole",
}

// faultOf says what is wrong in which place of the item. A fault that says it already (doc's) is kept, beneath the place.
func faultOf(kind fault.Kind, it Item, where string, err error) *fault.Error {
	var m *misplaced
	if errors.As(err, &m) && m.where != "" {
		where = m.where
	}
	var e *expr.Error
	var u *unsound
	var r *read.Error
	switch {
	case errors.Is(err, errAxes):
		return fault.Wrap(kind, err, "fault.item.axes", "item", it.Code, "where", where)
	case errors.As(err, &r) && strings.HasPrefix(string(r.Problem), "place-"):
		return fault.Wrap(kind, err, "fault.item.place", "item", it.Code, "where", where, "what", r.What)
	case errors.As(err, &r):
		return fault.Wrap(kind, err, "fault.item.maths", "item", it.Code, "where", where, "why", string(r.Problem), "at", r.At, "what", r.What)
	case errors.As(err, &e):
		return fault.Wrap(kind, err, exprCodes[e.Problem], "item", it.Code, "where", where, "expr", e.Src, "at", e.At, "detail", e.Detail)
	case errors.As(err, &u):
		return fault.Wrap(kind, err, "fault.item.param", "item", it.Code, "name", u.name)
	}
	return fault.Wrap(kind, err, "fault.item.text", "item", it.Code, "where", where)
}

// broken is a fault of an item that cannot be drawn: whoever asked for it can mend nothing.
func broken(it Item, err error) *fault.Error { return faultOf(fault.Internal, it, "", err) }

package doc

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"kith/internal/fault"
	"kith/internal/phrase"
)

// directive reads "!figure KIND key=value … | alt" or "!image NAME | alt". It may run over several lines.
func directive(kind Kind, lines []line) (Node, error) {
	at := lines[0].n
	words := make([]string, len(lines))
	for i, l := range lines {
		words[i] = strings.TrimSpace(l.s)
	}
	_, rest, _ := strings.Cut(strings.Join(words, " "), " ")
	left, alt, err := cutAlt(rest)
	if err != nil {
		return Node{}, atLine(err, at)
	}
	name, rest, _ := strings.Cut(strings.TrimSpace(left), " ")
	n := Node{Kind: kind, Name: name, Alt: alt}
	if kind == Image {
		if strings.TrimSpace(rest) != "" {
			return Node{}, bad(at, "image_args")
		}
	} else if n.Args, err = readArgs(rest); err != nil {
		return Node{}, atLine(err, at)
	}
	v := validator{}
	if err := v.node(n, 1); err != nil {
		return Node{}, atLine(err, at)
	}
	if kind == Figure && len(n.exprs()) == 0 {
		if _, err := drawFigure(n, nil); err != nil {
			return Node{}, atLine(err, at)
		}
	}
	return n, nil
}

// cutAlt parts a directive at its bar and takes the backslashes out of the alternative text.
func cutAlt(s string) (left, alt string, err error) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == '\\':
			i++
		case strings.HasPrefix(s[i:], "[["):
			if end := strings.Index(s[i:], "]]"); end > 0 {
				i += end + 1
			}
		case s[i] == '|' && !quoted:
			alt, err := unescape(strings.Join(strings.Fields(s[i+1:]), " "))
			return s[:i], alt, err
		}
	}
	return "", "", refuse("alt")
}

func unescape(s string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			if i++; i == len(s) || !punctuation(s[i]) {
				return "", refuse("backslash")
			}
		}
		b.WriteByte(s[i])
	}
	return b.String(), nil
}

var argName = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

// readArgs reads key=value and key="two words". A value without quotes ends at a space outside [[ ]].
func readArgs(s string) (map[string]string, error) {
	args := map[string]string{}
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		key, rest, ok := strings.Cut(s, "=")
		if !ok || !argName.MatchString(key) {
			return nil, refuse("arg_form", "arg", clip(s))
		}
		if _, twice := args[key]; twice {
			return nil, refuse("arg_twice", "arg", key)
		}
		var value string
		if strings.HasPrefix(rest, `"`) {
			end := quoteEnd(rest)
			if end == 0 {
				return nil, refuse("arg_form", "arg", key)
			}
			var err error
			if value, err = unescape(rest[1:end]); err != nil {
				return nil, err
			}
			s = rest[end+1:]
		} else {
			end := bareEnd(rest)
			value, s = rest[:end], rest[end:]
		}
		args[key] = value
	}
	if len(args) == 0 {
		return nil, nil
	}
	return args, nil
}

func quoteEnd(s string) int {
	for i := 1; i < len(s); i++ {
		if s[i] == '\\' {
			i++
		} else if s[i] == '"' {
			return i
		}
	}
	return 0
}

func bareEnd(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] == ' ' {
			return i
		}
		if strings.HasPrefix(s[i:], "[[") {
			if end := strings.Index(s[i:], "]]"); end > 0 {
				i += end + 1
			}
		}
	}
	return len(s)
}

// pieces parts a figure's argument or an alternative text into plain text (even indexes) and expressions (odd).
func pieces(s string) ([]string, error) {
	var out []string
	for {
		before, rest, found := strings.Cut(s, "[[")
		out = append(out, before)
		if !found {
			return out, nil
		}
		expr, after, closed := strings.Cut(rest, "]]")
		if !closed {
			return nil, refuse("value_open")
		}
		expr = strings.TrimSpace(expr)
		if err := checkExpr(expr); err != nil {
			return nil, err
		}
		out = append(out, expr)
		s = after
	}
}

// checkExpr refuses what cannot be an expression; what it means is for Values to say.
func checkExpr(expr string) error {
	if expr == "" || strings.ContainsAny(expr, "[]\"\\$\n") || len([]rune(expr)) > maxExpr {
		return refuse("expr", "expr", clip(expr))
	}
	_, _, err := shaped(expr)
	return err
}

// atLine gives a refusal its line, unless it has one.
func atLine(err error, n int) error {
	f, ok := err.(*fault.Error)
	if !ok || f.Kind != fault.Invalid || f.Say.Args["line"] != 0 {
		return err
	}
	args := maps.Clone(f.Say.Args)
	args["line"] = n
	return &fault.Error{Kind: f.Kind, Say: phrase.Phrase{Code: f.Say.Code, Args: args}, Err: f.Err}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

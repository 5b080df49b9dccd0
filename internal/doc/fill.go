package doc

// Fill puts the values into one line of plain text, such as what stands before a box or what a screen reader says of
// it: "[[a]] cups of" becomes "3 cups of". Nothing else in s is markup. Errors are those of Draw.
func Fill(s string, v Values) (string, error) { return fill(s, v, true) }

// FillExprs lists the expressions that Fill asks Values for, in order, or says what is malformed.
func FillExprs(s string) ([]string, error) {
	parts, err := pieces(s)
	if err != nil {
		return nil, err
	}
	var out []string
	for i := 1; i < len(parts); i += 2 {
		_, inner, err := shaped(parts[i])
		if err != nil {
			return nil, err
		}
		out = append(out, inner)
	}
	return out, nil
}

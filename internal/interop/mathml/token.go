package mathml

import (
	"fmt"
	"strings"
	"unicode"
)

// signs are those that TeX writes otherwise; anything else stands for itself.
var signs = map[rune]string{
	'−': "-", '×': `\times `, '÷': `\div `, '·': `\cdot `, '⋅': `\cdot `, '±': `\pm `, '∓': `\mp `, '≤': `\le `, '≥': `\ge `, '≠': `\ne `,
	'≈': `\approx `, '≡': `\equiv `, '∼': `\sim `, '∝': `\propto `, '∞': `\infty `, '√': `\surd `, '∑': `\sum `, '∏': `\prod `, '∫': `\int `,
	'∂': `\partial `, '∈': `\in `, '∉': `\notin `, '⊂': `\subset `, '⊆': `\subseteq `, '∪': `\cup `, '∩': `\cap `, '∅': `\emptyset `,
	'→': `\to `, '⇒': `\Rightarrow `, '⇔': `\Leftrightarrow `, '∠': `\angle `, '△': `\triangle `, '⊥': `\perp `, '∥': `\parallel `,
	'°': `{}^{\circ}`, '′': "'", '…': `\ldots `, '⋯': `\cdots `, '∣': "|", '∧': `\land `, '∨': `\lor `, '¬': `\neg `,
	'α': `\alpha `, 'β': `\beta `, 'γ': `\gamma `, 'δ': `\delta `, 'ε': `\varepsilon `, 'θ': `\theta `, 'λ': `\lambda `, 'μ': `\mu `, 'π': `\pi `,
	'ρ': `\rho `, 'σ': `\sigma `, 'τ': `\tau `, 'φ': `\varphi `, 'ϕ': `\phi `, 'ω': `\omega `, 'Δ': `\Delta `, 'Σ': `\Sigma `, 'Ω': `\Omega `,
	'ℝ': `\mathbb{R}`, 'ℤ': `\mathbb{Z}`, 'ℕ': `\mathbb{N}`, 'ℚ': `\mathbb{Q}`,
	'{': `\{`, '}': `\}`, '%': `\%`, '$': `\$`, '#': `\#`, '&': `\&`, '_': `\_`, '\\': `\backslash `, '~': `\sim `, '^': `\hat{}`,
	0x2061: "", 0x2062: "", 0x2063: "", 0x2064: "", 0x200B: "", // invisible operators
}

var functions = map[string]bool{"sin": true, "cos": true, "tan": true, "log": true, "ln": true, "lim": true, "max": true, "min": true, "gcd": true, "exp": true}

// token writes a name, a number or a sign.
func (w *writer) token(n *node) string {
	if len(n.kids) > 0 {
		return w.fail(fmt.Errorf("<%s> inside <%s>", n.kids[0].name, n.name))
	}
	s := strings.TrimSpace(n.text)
	if n.name == "mi" && len([]rune(s)) > 1 {
		if functions[s] {
			return `\` + s + " "
		}
		if strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) || r > 0x7F }) < 0 {
			return `\mathrm{` + s + `}`
		}
	}
	var b strings.Builder
	for _, r := range s {
		if tex, ok := signs[r]; ok {
			b.WriteString(tex)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// escape keeps words words.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune(`{}%$#&_`, r):
			b.WriteString(`\` + string(r))
		case r == '\\' || r == '^' || r == '~':
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

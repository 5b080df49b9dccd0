package bank

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"kith/internal/doc"
	"kith/internal/flow/intake"
)

// Figure is a drawn figure as a picture: SVG that stands alone, in the colors of the light page, and the node that shows it.
func Figure(svg, alt string) (doc.Node, intake.BundleFile) {
	body := strings.Replace(svg, "<svg ", `<svg xmlns="http://www.w3.org/2000/svg" `, 1)
	if at := strings.Index(body, ">"); at >= 0 {
		body = body[:at+1] + "<style>" + figureStyle + "</style>" + body[at+1:]
	}
	sum := sha256.Sum256([]byte(body))
	hash := hex.EncodeToString(sum[:])
	id := hash[:8] + "-" + hash[8:12] + "-" + hash[12:16] + "-" + hash[16:20] + "-" + hash[20:32]
	return doc.Node{Kind: doc.Image, Name: id, Alt: alt}, intake.BundleFile{Code: id, Name: "figure.svg", Type: "image/svg+xml", SHA256: hash, Body: []byte(body)}
}

var figureStyle = strings.NewReplacer("var(--ink)", "#1B2433", "var(--ink2)", "#505966", "var(--line)", "#DAD7D0", "var(--surface)", "#FFFFFF", "var(--brand)", "#3057A3",
	"var(--m2)", "#8ACFD6", "var(--m3)", "#329DA8", "var(--fig-red)", "#B3283B", "var(--fig-blue)", "#2F5FB3", "var(--font, sans-serif)", "sans-serif").Replace(doc.FigureStyle())

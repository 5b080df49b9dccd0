package doc

// Images are the names of the pictures that a text shows, in its order.
func (d Doc) Images() []string { return imagesOf(nil, d.Nodes) }

func imagesOf(out []string, nodes []Node) []string {
	for _, n := range nodes {
		if n.Kind == Image {
			out = append(out, n.Name)
		}
		out = imagesOf(out, n.Nodes)
	}
	return out
}

// Package markdown reads Markdown as authors' text.
//
// In: a text in Markdown, as Moodle, GIFT and people's own files have it. Out: a doc.Doc, by way of package html.
//
// Place in the flow: layer 5, beside html.
package markdown

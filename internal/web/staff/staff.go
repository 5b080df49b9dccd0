// Package staff is the pages of teachers and administrators: one name a page, its view, script, style, words and stories
// side by side.
//
// Place in the flow: layer 5, beneath cmd; it registers views and verbs of package flow with package web.
package staff

import (
	"embed"

	"kith/internal/web"
)

// Files are the words and stories of the pages in this folder.
//
//go:embed *.json
var Files embed.FS

// Register adds every page of this folder and the acts that they send.
func Register(s *web.Server) {}

// Command apigen writes internal/web/lib/api.gen.ts: a TypeScript type for each schema of the operations, and the path of
// each verb. The pages are typed by it, so a view that changes in Go breaks the page that reads it at compile time.
//
//	go run ./internal/web/apigen          writes the file
//	go run ./internal/web/apigen -check   fails when the file is not current
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"kith/internal/web"
	"kith/internal/web/learner"
	"kith/internal/web/staff"

	"github.com/danielgtaylor/huma/v2"
)

// handwritten are the types of the frame, which lib/page.ts and lib/words.ts read before any page does.
var handwritten = []string{"Phrase", "Frame", "Hand", "Me", "Tab"}

const file = "internal/web/lib/api.gen.ts"

func main() {
	check := flag.Bool("check", false, "fail when the file is not current")
	flag.Parse()
	s := web.New(web.Config{})
	learner.Register(s)
	staff.Register(s)
	now := generate(s.API())
	was, _ := os.ReadFile(file)
	if bytes.Equal(was, now) {
		return
	}
	if *check {
		fmt.Fprintln(os.Stderr, file+" is not current: run make types and commit it")
		os.Exit(1)
	}
	if err := os.WriteFile(file, now, 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func generate(api *huma.OpenAPI) []byte {
	var b bytes.Buffer
	b.WriteString("// Written by internal/web/apigen from the operations' Go types. Do not edit: run make types.\n\n")
	schemas := api.Components.Schemas.Map()
	names := make([]string, 0, len(schemas))
	for n := range schemas {
		names = append(names, n)
	}
	slices.Sort(names)
	b.WriteString("import type { Phrase } from './words.ts'\n\nexport type { Phrase }\n\n")
	for _, n := range names {
		if slices.Contains(handwritten, n) || strings.HasPrefix(n, "Page") && n != "Page" {
			continue
		}
		s := schemas[n]
		if s.Type != "object" || len(s.Properties) == 0 {
			fmt.Fprintf(&b, "export type %s = %s\n\n", n, typeOf(s))
			continue
		}
		doc(&b, "", s.Description)
		fmt.Fprintf(&b, "export interface %s {\n", n)
		fields(&b, s)
		b.WriteString("}\n\n")
	}
	b.WriteString("/** Where each verb is sent, by its name. */\nexport const paths = {\n")
	var acts []string
	for path, item := range api.Paths {
		if item.Post != nil {
			acts = append(acts, fmt.Sprintf("  %s: '%s',\n", item.Post.OperationID, path))
		}
	}
	slices.Sort(acts)
	b.WriteString(strings.Join(acts, ""))
	b.WriteString("} as const\n\n/** What a page gives a verb: its input without the op, which lib/send.ts makes. */\nexport type Body<I> = Omit<I, 'op'>\n")
	return b.Bytes()
}

func fields(b *bytes.Buffer, s *huma.Schema) {
	names := make([]string, 0, len(s.Properties))
	for n := range s.Properties {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		p := s.Properties[n]
		doc(b, "  ", p.Description)
		optional := "?"
		if slices.Contains(s.Required, n) {
			optional = ""
		}
		fmt.Fprintf(b, "  %s%s: %s\n", n, optional, typeOf(p))
	}
}

func doc(b *bytes.Buffer, indent, text string) {
	if text != "" {
		fmt.Fprintf(b, "%s/** %s */\n", indent, strings.ReplaceAll(text, "*/", "*"))
	}
}

func typeOf(s *huma.Schema) string {
	t := plainType(s)
	if s.Nullable {
		t += " | null"
	}
	return t
}

func plainType(s *huma.Schema) string {
	if s.Ref != "" {
		return s.Ref[strings.LastIndex(s.Ref, "/")+1:]
	}
	if len(s.Enum) > 0 {
		var alts []string
		for _, e := range s.Enum {
			alts = append(alts, fmt.Sprintf("'%v'", e))
		}
		return strings.Join(alts, " | ")
	}
	switch s.Type {
	case "string":
		return "string"
	case "integer", "number":
		return "number"
	case "boolean":
		return "boolean"
	case "array":
		inner := typeOf(s.Items)
		if strings.Contains(inner, "|") {
			inner = "(" + inner + ")"
		}
		return inner + "[]"
	case "object":
		if extra, ok := s.AdditionalProperties.(*huma.Schema); ok {
			return "Record<string, " + typeOf(extra) + ">"
		}
		if len(s.Properties) > 0 {
			var b bytes.Buffer
			b.WriteString("{\n")
			fields(&b, s)
			b.WriteString("}")
			return b.String()
		}
		return "Record<string, unknown>"
	}
	return "unknown"
}

// Command slides draws texts in authors' markup for scripts/videos.mjs: a JSON array of texts comes in on standard input,
// a JSON array of HTML goes out on standard output, in the same order. A text that does not parse ends it with its fault.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"kith/internal/doc"
	"kith/internal/fault"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintf(os.Stderr, "slides: %v %v\n", err, fault.Said(err))
		os.Exit(1)
	}
}

func run() error {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		return err
	}
	drawn := make([]string, 0, len(texts))
	for i, text := range texts {
		d, err := doc.Parse(text, doc.Options{Lang: "en"})
		if err != nil {
			return fmt.Errorf("slide %d: %w", i+1, err)
		}
		els, err := d.Draw(nil)
		if err != nil {
			return fmt.Errorf("slide %d: %w", i+1, err)
		}
		html, err := doc.HTML(els)
		if err != nil {
			return fmt.Errorf("slide %d: %w", i+1, err)
		}
		drawn = append(drawn, string(html))
	}
	return json.NewEncoder(os.Stdout).Encode(drawn)
}

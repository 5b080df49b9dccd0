package main

import "kith/internal/fault"

type importCmd struct {
	where
	Kind   string `arg:"" help:"What: standards, people or oatutor."`
	Path   string `arg:"" help:"The file or folder." type:"path"`
	School string `help:"The school's code; needed when there is more than one." placeholder:"CODE"`
	Class  string `help:"The class that the people join (people)." placeholder:"NAME"`
	DryRun bool   `help:"Say what would change, and change nothing."`
	JSON   bool   `name:"json" help:"Report as JSON."`
}

// Run imports.
func (c *importCmd) Run() error {
	return fault.New(fault.Invalid, "fault.import.kind", "kind", c.Kind)
}

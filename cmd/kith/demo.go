package main

import (
	"context"

	"kith/internal/flow"
)

type demoCmd struct {
	serveFlags
	SigninJSON string `name:"signin-json" help:"Also write the sign-in links to this file." type:"path" placeholder:"FILE"`
}

// Run opens the demo school and serves it.
func (c *demoCmd) Run() error {
	return c.run(func(ctx context.Context, f *flow.Flow, base string) error { return nil })
}

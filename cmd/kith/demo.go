package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/roster"
	"kith/internal/sample"
)

type demoCmd struct {
	serveFlags
	SigninJSON string `name:"signin-json" help:"Also write the sign-in links to this file." type:"path" placeholder:"FILE"`
}

// seed makes the same school every time.
const seed = 7

// Run opens the demo school and serves it.
func (c *demoCmd) Run() error {
	clock := &sample.Clock{}
	c.clock = clock.Now
	return c.run(func(ctx context.Context, f *flow.Flow, base string) error { return c.prepare(ctx, f, clock, base) })
}

// prepare makes the school unless it is there, and everybody's sign-in link.
func (c *demoCmd) prepare(ctx context.Context, f *flow.Flow, clock *sample.Clock, base string) error {
	school, ok, err := sample.Found(ctx, f)
	if err != nil {
		return err
	}
	if !ok {
		fmt.Println("making the demo school: once, a few seconds")
		began := time.Now()
		made, err := sample.Make(ctx, f, clock, time.Now(), seed, sample.Full)
		if err != nil {
			return err
		}
		school = made.ID
		fmt.Printf("made in %.1f s\n", time.Since(began).Seconds())
	}
	people, err := door.People(ctx, f, school)
	if err != nil {
		return err
	}
	ids := make([]roster.PersonID, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	tokens, err := door.MakeSigninLinks(ctx, f, school, ids, true)
	if err != nil {
		return err
	}
	links := make([]signinLink, len(people))
	for i, p := range people {
		links[i] = signinLink{p.Full(), p.Role, base + "/link/" + tokens[i]}
	}
	for _, who := range sample.Faces {
		for _, l := range links {
			if l.Name == who.Name {
				fmt.Printf("%s, %s: %s\n", l.Name, who.As, l.URL)
			}
		}
	}
	return writeLinks(c.SigninJSON, links)
}

// signinLink is one person of --signin-json.
type signinLink struct {
	Name string      `json:"name"`
	Role roster.Role `json:"role"`
	URL  string      `json:"url"`
}

// writeLinks writes the file whole or not at all: whoever waits for it never reads a part.
func writeLinks(file string, links []signinLink) error {
	if file == "" {
		return nil
	}
	body, err := json.MarshalIndent(links, "", "  ")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(file), 0o700)
	}
	if err == nil {
		err = os.WriteFile(file+".part", append(body, '\n'), 0o600)
	}
	if err == nil {
		err = os.Rename(file+".part", file)
	}
	if err != nil {
		return fault.Wrap(fault.Unavailable, err, "fault.signin_json", "file", file)
	}
	return nil
}

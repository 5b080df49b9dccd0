// Command kith runs a school, or does one of the jobs around it.
//
// Wiring stands here and nowhere else: flags and environment become configuration, the store, the flow, the hub and the
// web are put together, and signals become an orderly end.
package main

import (
	"fmt"
	"os"

	"kith/internal/fault"
	"kith/internal/phrase"
	"kith/internal/web"
	"kith/internal/web/learner"
	"kith/internal/web/staff"

	"github.com/alecthomas/kong"
)

// where says which school's facts a command works on.
type where struct {
	Data string `help:"The data folder." default:"kith-data" type:"path" placeholder:"DIR"`
	DB   string `name:"db" help:"A PostgreSQL address; without it the school lives in the data folder." env:"KITH_DB" placeholder:"URL"`
}

// line is the command line.
type line struct {
	Serve     serveCmd     `cmd:"" help:"Run the school. The first start prints a link that makes the first administrator."`
	Demo      demoCmd      `cmd:"" help:"Open a school with people in it, to look around."`
	Import    importCmd    `cmd:"" help:"Bring in standards, people or a course."`
	Export    exportCmd    `cmd:"" help:"Write a course or a unit into a file that other programs read."`
	Check     checkCmd     `cmd:"" help:"Judge an answer as an item would: kith check '2x+3' '3+2x', or --batch for lines of JSON."`
	Bench     benchCmd     `cmd:"" help:"Measure: the school under load (alone), or one part of the engine on data that you hold."`
	Fit       fitCmd       `cmd:"" help:"Fit the engine to the school's own answers, see what that would change, and switch."`
	Recompute recomputeCmd `cmd:"" help:"Fold every estimate again from its evidence."`
}

// benchCmd is what can be measured. Without a name it is the school.
type benchCmd struct {
	School     schoolBench     `cmd:"" default:"withargs" help:"Answers a second, page times, live delay, memory and start-up."`
	Mastery    masteryBench    `cmd:"" help:"How well the engine foretells answers that you hold as CSV."`
	Stuck      stuckBench      `cmd:"" help:"How early the engine says who practises on without getting there, on answers that you hold."`
	World      worldBench      `cmd:"" help:"Write the answers of simulated learners as CSV."`
	Policy     policyBench     `cmd:"" help:"What simulated learners truly know under different rules for when a skill is done."`
	Diagnostic diagnosticBench `cmd:"" help:"How much of what made-up learners know the check finds out."`
}

func main() {
	var l line
	k := kong.Parse(&l, kong.Name("kith"), kong.Description("Guided, personal learning for a flipped classroom."), kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err := k.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "kith: "+inWords(err))
		os.Exit(1)
	}
}

// inWords says a fault in the catalogue's words, with the cause behind it for whoever runs Kith.
func inWords(err error) string {
	c, loadErr := catalogue()
	if loadErr != nil {
		return err.Error()
	}
	if kind, _ := fault.KindOf(err); kind == fault.Internal {
		return err.Error()
	}
	return c.Say(phrase.Default, fault.Said(err)) + "\n  (" + err.Error() + ")"
}

func catalogue() (*phrase.Catalogue, error) {
	return phrase.Load(web.Files, learner.Files, staff.Files)
}

// Command pgrun starts a PostgreSQL of its own for tests that are not Go.
//
//	pgrun COMMAND ARG…   runs the command with KITH_DB set to an empty database's address; exits as it does
//	pgrun                prints such an address on a line and serves until its standard input ends
//
// Either way the server and all that it stored are gone afterwards, also when pgrun is killed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"kith/internal/store/pgtest"
)

func main() {
	durable := flag.Bool("durable", false, "fsync on")
	flag.Parse()
	status, err := run(*durable, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "pgrun:", err)
		os.Exit(1)
	}
	os.Exit(status)
}

// run gives the exit status of the command, or 0 without one.
func run(durable bool, command []string) (status int, err error) {
	server, err := pgtest.Open(pgtest.Options{Durable: durable})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	if err := server.CreateDatabase(context.Background(), "kith", "template0"); err != nil {
		return 0, err
	}
	if len(command) == 0 {
		fmt.Println(server.URL("kith"))
		_, err := io.Copy(io.Discard, os.Stdin)
		return 0, err
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "KITH_DB="+server.URL("kith"))
	// The command hears a signal to our group by itself; one sent to us alone is handed on.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	go func() {
		for s := range signals {
			_ = cmd.Process.Signal(s)
		}
	}()
	var exit *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
		return 0, err
	}
	return cmd.ProcessState.ExitCode(), nil
}

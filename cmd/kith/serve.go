package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"kith/internal/access"
	"kith/internal/blob"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/ledger"
	"kith/internal/live"
	"kith/internal/sample"
	"kith/internal/store"
	"kith/internal/web"
	"kith/internal/web/learner"
	"kith/internal/web/staff"
)

// serveFlags are shared by serve and demo.
type serveFlags struct {
	where
	Addr   string `help:"Where to listen." default:"localhost:8080" placeholder:"HOST:PORT"`
	Secure bool   `help:"Cookies only over https; set it when a proxy in front speaks TLS."`

	clock func() time.Time // nil = the machine's
}

type serveCmd struct{ serveFlags }

// Run serves the school until it is told to stop.
func (c *serveCmd) Run() error { return c.run(firstStart) }

// firstStart prints the link that makes the first administrator, until somebody has used it. The address is the only place
// where its token stands.
func firstStart(ctx context.Context, f *flow.Flow, base string) error {
	token, ok, err := door.FirstStart(ctx, f)
	if ok {
		fmt.Println("nobody runs this school yet; open this once to become its first administrator:\n" + base + "/setup/" + token)
	}
	return err
}

// run opens the school, lets prepare put people in it, and serves.
func (c *serveFlags) run(prepare func(ctx context.Context, f *flow.Flow, base string) error) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, lose := context.WithCancelCause(ctx)
	defer lose(nil)
	s, err := store.Open(ctx, store.Config{Dir: c.Data, URL: c.DB, Clock: c.clock, Lost: lose})
	if err != nil {
		return err
	}
	defer s.Close()
	f := flow.New(s)
	defer f.Rest() // before the store is closed
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fault.Wrap(fault.Unavailable, err, "fault.listen", "addr", c.Addr)
	}
	base := "http://" + reachable(c.Addr, listener.Addr())
	if prepare != nil {
		if err := prepare(ctx, f, base); err != nil {
			return err
		}
	}
	if err := equip(ctx, f); err != nil {
		return err
	}
	server, err := buildServer(f, serverOptions{secure: c.Secure})
	if err != nil {
		return err
	}
	if err := serve(ctx, listener, server, base, neighbors(c.Addr, listener.Addr())); err != nil {
		return err
	}
	if err := context.Cause(ctx); fault.Is(err, fault.Conflict) { // another serves the database now
		return err
	}
	return nil
}

// reachable is the host as it was asked for, with the port that was found: an address for a browser on this machine.
func reachable(asked string, found net.Addr) string {
	host, _, _ := net.SplitHostPort(asked) // Listen has taken it
	_, port, _ := net.SplitHostPort(found.String())
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// neighbors says to whoever installs it how other devices reach this school, "" when nothing is to be said. Cards and links
// carry the address under which their page was opened, so it has to be one that learners' devices can open.
func neighbors(asked string, found net.Addr) string {
	host, _, _ := net.SplitHostPort(asked)
	_, port, _ := net.SplitHostPort(found.String())
	ip := net.ParseIP(host)
	switch {
	case host == "localhost" || ip != nil && ip.IsLoopback():
		return "only this computer can open that; --addr 0.0.0.0:" + port + " lets other devices in"
	case host != "" && (ip == nil || !ip.IsUnspecified()):
		return ""
	}
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return ""
	}
	return elsewhere(addrs, port)
}

// elsewhere words the machine's own addresses that others can have, IPv4 alone: they are typed by hand.
func elsewhere(addrs []net.Addr, port string) string {
	var urls []string
	for _, a := range addrs {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && n.IP.IsGlobalUnicast() {
			urls = append(urls, "http://"+net.JoinHostPort(n.IP.String(), port))
		}
	}
	if len(urls) == 0 {
		return ""
	}
	return "other devices on the same network open " + strings.Join(urls, " or ")
}

// equip gives every school the model that its answers are folded under and the unit that comes along.
func equip(ctx context.Context, f *flow.Flow) error {
	schools, err := door.Schools(ctx, f)
	if err != nil {
		return err
	}
	for _, s := range schools {
		if err := ledger.EnsureModel(ctx, f, s.ID); err != nil {
			return err
		}
		brought, err := sample.BringCourse(ctx, f, s.ID)
		if err != nil {
			return err
		}
		if brought {
			fmt.Fprintln(os.Stderr, strings.TrimSpace("brought the unit that comes along "+s.Name))
		}
	}
	return nil
}

// serverOptions are what a server may differ in.
type serverOptions struct {
	secure bool
	rule   func(name string, declared access.Rule) access.Rule // for the access test
}

// buildServer puts the web together on a flow. Without a flow it can only be asked for its operations.
func buildServer(f *flow.Flow, o serverOptions) (*web.Server, error) {
	words, err := catalogue()
	if err != nil {
		return nil, err
	}
	hub := live.New(func(ctx context.Context, t live.Topic, after int64, limit int) ([]live.Event, error) {
		rows, err := f.LiveAfter(ctx, t.School, t.Name, after, limit)
		out := make([]live.Event, len(rows))
		for i, r := range rows {
			out[i] = live.Event{Topic: r.Topic, Rev: r.Rev, Kind: r.Kind, Data: json.RawMessage(r.Data)}
		}
		return out, err
	})
	c := web.Config{Flow: f, Hub: hub, Catalogue: words, Secure: o.secure, Rule: o.rule, Zone: machineZone()}
	if f != nil {
		f.Store().OnCommit(func(topics []store.Topic) {
			hints := make([]live.Topic, len(topics))
			for i, t := range topics {
				hints[i] = live.Topic{School: t.School, Name: t.Name}
			}
			hub.Hint(hints)
		})
		c.Blobs, c.Brought = blob.New(filepath.Join(f.Store().Dir(), "files")), blob.New(filepath.Join(f.Store().Dir(), "brought"))
		for _, blobs := range []*blob.Store{c.Blobs, c.Brought} {
			if _, err := blobs.Sweep(time.Now()); err != nil {
				slog.Warn("half-written files could not be removed", "error", err) // they only take room
			}
		}
	}
	server := web.New(c)
	learner.Register(server)
	staff.Register(server)
	return server, nil
}

// machineZone is the IANA zone that this machine is set to, "" where it does not say.
func machineZone() string {
	zone := os.Getenv("TZ")
	if zone == "" {
		if link, err := os.Readlink("/etc/localtime"); err == nil {
			_, zone, _ = strings.Cut(link, "zoneinfo/")
		}
	}
	if _, err := time.LoadLocation(zone); err != nil || strings.HasPrefix(zone, ":") || strings.HasPrefix(zone, "Etc/") {
		return ""
	}
	return zone
}

// serve answers until ctx ends, then answers every request that was accepted before and returns.
func serve(ctx context.Context, l net.Listener, s *web.Server, base, more string) error {
	h := httpServer(s.Handler())
	polling, stopPolling := context.WithCancel(context.Background())
	var tidying sync.WaitGroup
	defer tidying.Wait() // it writes, and whoever called closes the store next
	defer stopPolling()
	go s.Hub.Run(polling, time.Second)
	tidying.Go(func() { tidy(polling, s.Flow) })
	failed := make(chan error, 1)
	go func() { failed <- h.Serve(l) }()
	fmt.Println("ready " + base)
	if more != "" {
		fmt.Println(more)
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.Stop() // streams would hold the shutdown up
	end, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := h.Shutdown(end); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// httpServer bounds how slowly a client may speak and listen. Bodies, uploads, streams and files have times of their own
// (package web), which take the place of WriteTimeout.
func httpServer(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn)}
}

// tidy clears away once an hour what has no use any more.
func tidy(ctx context.Context, f *flow.Flow) {
	every := time.NewTicker(time.Hour)
	defer every.Stop()
	for {
		if err := f.Tidy(ctx); err != nil {
			slog.Warn("not tidied; it will be tried again in an hour", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}

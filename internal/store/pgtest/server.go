package pgtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// Options are what a caller may ask of a server. The zero value is right for nearly all tests.
type Options struct {
	Durable bool // fsync on: what is acknowledged survives a crash of the server
}

// Server is a running PostgreSQL.
type Server struct {
	bin, dir   string
	credential *syscall.Credential // nil: as ourselves
	leash      io.Closer           // the pipe that the watchdog listens to
	watchdog   *exec.Cmd
}

// watchdogScript waits until its standard input ends, then stops the server and removes the folder. $1 is pg_ctl, $2
// the folder.
const watchdogScript = `cat >/dev/null; "$1" stop -s -m immediate -D "$2/data" >/dev/null 2>&1; cd / && rm -rf "$2"`

// Open starts a server. The caller stops it with Close; if it never does, the end of the process does.
func Open(o Options) (*Server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin}
	// A socket's path may have at most 107 bytes, and a test's own folder is often longer.
	if s.dir, err = os.MkdirTemp("/tmp", "kith-pg-"); err != nil {
		return nil, err
	}
	if err := s.own(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.dir))
	}
	if err := s.watch(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.dir))
	}
	if err := s.boot(o); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// binaries finds the folder of initdb: the newest of Debian's, else the one in PATH.
func binaries() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) > 0 {
		newest := slices.MaxFunc(found, func(a, b string) int { return major(a) - major(b) })
		return filepath.Dir(newest), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", errors.New("PostgreSQL is not installed: no initdb in /usr/lib/postgresql/*/bin nor in PATH; " +
			"on Debian: apt-get install --no-install-recommends postgresql")
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return "", err
	}
	return filepath.Dir(path), nil
}

// major is the version in /usr/lib/postgresql/VERSION/bin/initdb, 0 when it is not a number.
func major(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// own gives the folder to the user that the server will run as.
func (s *Server) own() error {
	if err := os.Chmod(s.dir, 0o755); err != nil {
		return err
	}
	if os.Geteuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return fmt.Errorf("PostgreSQL does not run as root, and there is no user postgres to run it as: %w", err)
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return err
	}
	s.credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(s.dir, uid, gid)
}

// watch starts the watchdog, in a process group of its own so that Ctrl-C reaches only us.
func (s *Server) watch() error {
	s.watchdog = exec.Command("/bin/sh", "-c", watchdogScript, "kith-pg-watchdog", filepath.Join(s.bin, "pg_ctl"), s.dir)
	s.watchdog.Dir = s.dir
	s.watchdog.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: s.credential}
	leash, err := s.watchdog.StdinPipe()
	if err != nil {
		return err
	}
	s.leash = leash
	return s.watchdog.Start()
}

// boot makes the cluster and starts it.
func (s *Server) boot(o Options) error {
	data := filepath.Join(s.dir, "data")
	if err := s.run(context.Background(), "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N",
		"--locale=C", "--encoding=UTF8"); err != nil {
		return err
	}
	settings := []string{"listen_addresses=''", "unix_socket_directories='" + s.dir + "'", "max_connections=200"}
	if !o.Durable {
		settings = append(settings, "fsync=off", "full_page_writes=off")
	}
	return s.run(context.Background(), "pg_ctl", "start", "-s", "-w", "-t", "60", "-D", data,
		"-l", filepath.Join(s.dir, "log"), "-o", "-c "+strings.Join(settings, " -c "))
}

// run runs one of PostgreSQL's programs as the server's user and, on failure, says what it and the server's log said.
func (s *Server) run(ctx context.Context, program string, args ...string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(s.bin, program), args...)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: s.credential}
	// A file, not a pipe: the server inherits it and would hold a pipe open for ever.
	out, err := os.CreateTemp(s.dir, program+"-")
	if err != nil {
		return err
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(out.Name())
		log, lerr := os.ReadFile(filepath.Join(s.dir, "log"))
		if lerr != nil && !errors.Is(lerr, fs.ErrNotExist) {
			return errors.Join(err, lerr)
		}
		return fmt.Errorf("%s: %w\n%s%s", program, err, said, log)
	}
	return os.Remove(out.Name())
}

// URL is the address of a database of this server.
func (s *Server) URL(database string) string {
	q := url.Values{"host": {s.dir}, "sslmode": {"disable"}}
	return "postgres://postgres@/" + database + "?" + q.Encode()
}

// CreateDatabase makes a database as a copy of template (template0 is empty). Nobody may be connected to the template.
func (s *Server) CreateDatabase(ctx context.Context, name, template string) error {
	return s.run(ctx, "createdb", "-h", s.dir, "-U", "postgres", "-T", template, name)
}

// DropDatabase removes a database, ending whatever connections it still has.
func (s *Server) DropDatabase(ctx context.Context, name string) error {
	return s.run(ctx, "dropdb", "-h", s.dir, "-U", "postgres", "--force", name)
}

// Close stops the server and removes its folder.
func (s *Server) Close() error {
	return errors.Join(s.leash.Close(), s.watchdog.Wait())
}

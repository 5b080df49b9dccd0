package pgtest_test

import (
	"bufio"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kith/internal/store/pgtest"
)

// folder is the server's folder in an address of it.
func folder(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query().Get("host")
}

// psql runs a statement and gives what it printed.
func psql(t *testing.T, address, statement string) string {
	t.Helper()
	out, err := exec.Command("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement, address).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", statement, err, out)
	}
	return strings.TrimSpace(string(out))
}

func TestStart_GivesEachTestAnEmptyDatabase(t *testing.T) {
	one, two := pgtest.Start(t), pgtest.Start(t)
	if one == two {
		t.Fatalf("both tests got %s", one)
	}
	psql(t, one, "create table fact (id text)")
	if n := psql(t, two, "select count(*) from pg_tables where tablename = 'fact'"); n != "0" {
		t.Errorf("a table of the first database shows in the second: %s", n)
	}
}

func TestStartFrom_PreparesOnceAndCopies(t *testing.T) {
	prepared := 0
	prepare := func(address string) error {
		prepared++
		psql(t, address, "create table fact (id text); insert into fact values ('a')")
		return nil
	}
	one := pgtest.StartFrom(t, "with a fact", prepare)
	psql(t, one, "delete from fact")
	two := pgtest.StartFrom(t, "with a fact", prepare)
	if got := psql(t, two, "select string_agg(id, ',') from fact"); got != "a" || prepared != 1 {
		t.Errorf("the second copy holds %q after %d preparations, want \"a\" after 1", got, prepared)
	}
}

// holder is this test binary in the part of a process that starts a server and is then killed.
const holder = "KITH_PGTEST_HOLDER"

func TestMain(m *testing.M) {
	if os.Getenv(holder) == "" {
		os.Exit(m.Run())
	}
	s, err := pgtest.Open(pgtest.Options{})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(s.URL("postgres"))
	time.Sleep(time.Hour) // a bare select would be seen as a deadlock
}

func TestOpen_LeavesNothingBehindWhenItsProcessIsKilled(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), holder+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	dir := folder(t, strings.TrimSpace(line))
	if got := psql(t, strings.TrimSpace(line), "select 1"); got != "1" {
		t.Fatalf("the server answered %q", got)
	}
	pid, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	process := filepath.Join("/proc", strings.Fields(string(pid))[0])

	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()

	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		_, folderErr := os.Stat(dir)
		_, processErr := os.Stat(process)
		if os.IsNotExist(folderErr) && os.IsNotExist(processErr) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("after 20 s: folder %s: %v; server %s: %v", dir, folderErr, process, processErr)
		}
	}
}

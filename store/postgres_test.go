package store

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"
)

// server is a real PostgreSQL that the tests start, in a folder of its own, on a
// socket only.
type server struct {
	bin, dir string
	cmd      *exec.Cmd
	as       *syscall.SysProcAttr
	err      error
	gone     chan struct{}
}

var (
	serverOnce sync.Once
	theServer  *server
)

func TestMain(m *testing.M) {
	if writer := os.Getenv("BONAFIDE_STORE_WRITER"); writer != "" {
		os.Exit(crashWriter(writer))
	}
	code := m.Run()
	if theServer != nil {
		theServer.end()
	}
	os.Exit(code)
}

// postgres gives the address of a new, empty database owned by a plain role, or
// skips, loudly, where there is no PostgreSQL.
func postgres(t *testing.T) string {
	t.Helper()
	serverOnce.Do(func() { theServer = begin() })
	if theServer.err != nil {
		t.Skipf("NOT TESTED on PostgreSQL: %v (docs/tools/need.sh installs it)", theServer.err)
	}
	return theServer.database(t, "bonafide")
}

func begin() *server {
	s := new(server)
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		if path, err := exec.LookPath("postgres"); err == nil {
			found = []string{path}
		}
	}
	if len(found) == 0 {
		s.err = fmt.Errorf("no PostgreSQL server is installed")
		return s
	}
	s.bin = filepath.Dir(found[len(found)-1])
	if s.dir, s.err = os.MkdirTemp("", "bonafide-pg-"); s.err != nil {
		return s
	}
	if os.Getuid() == 0 { // it refuses to run as root
		u, err := user.Lookup("postgres")
		if err != nil {
			s.err = fmt.Errorf("running as root and there is no user postgres")
			return s
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		s.as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
		if s.err = os.Chown(s.dir, uid, gid); s.err != nil {
			return s
		}
	}
	init := exec.Command(filepath.Join(s.bin, "initdb"), "-D", s.dir+"/data", "-U", "root", "-A", "trust", "-k", "-E", "UTF8", "--locale=C", "-N")
	init.SysProcAttr, init.Dir = s.as, s.dir
	if out, err := init.CombinedOutput(); err != nil {
		s.err = fmt.Errorf("initdb: %v: %s", err, out)
		return s
	}
	s.err = s.start()
	return s
}

// start tries again while children of a killed server still hold its memory.
func (s *server) start() (err error) {
	for range 20 {
		if err = s.startOnce(); err == nil {
			return nil
		}
		s.stop(syscall.SIGKILL)
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

func (s *server) startOnce() error {
	s.cmd = exec.Command(filepath.Join(s.bin, "postgres"), "-D", s.dir+"/data", "-k", s.dir, "-c", "listen_addresses=", "-c", "max_connections=60", "-c", "shared_buffers=32MB")
	attr := syscall.SysProcAttr{}
	if s.as != nil {
		attr = *s.as
	}
	attr.Pdeathsig, attr.Setpgid = syscall.SIGQUIT, true
	s.cmd.SysProcAttr, s.cmd.Dir = &attr, s.dir
	if err := s.cmd.Start(); err != nil {
		return err
	}
	gone := make(chan struct{})
	go func(c *exec.Cmd) { c.Wait(); close(gone) }(s.cmd)
	s.gone = gone
	db, err := sql.Open("pgx", s.url("root", "postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	for range 200 {
		if err = db.Ping(); err == nil {
			return nil
		}
		select {
		case <-gone:
			return fmt.Errorf("the server went away")
		default:
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("the server did not start: %w", err)
}

func (s *server) stop(how syscall.Signal) {
	if s.cmd != nil && s.cmd.Process != nil {
		if how == syscall.SIGKILL {
			syscall.Kill(-s.cmd.Process.Pid, how) // the postmaster and its children
		} else {
			s.cmd.Process.Signal(how)
		}
		<-s.gone
		s.cmd = nil
	}
}

func (s *server) end() {
	s.stop(syscall.SIGQUIT)
	if s.dir != "" {
		os.RemoveAll(s.dir)
	}
}

func (s *server) url(role, database string) string {
	return "postgres://" + role + "@/" + database + "?host=" + url.QueryEscape(s.dir)
}

func (s *server) database(t *testing.T, role string) string {
	t.Helper()
	name := "t" + NewID()
	s.admin(t, fmt.Sprintf("do $$ begin if not exists (select 1 from pg_roles where rolname = '%s') then create role %s login; end if; end $$", role, role))
	s.admin(t, "create database "+name+" owner "+role)
	t.Cleanup(func() { s.admin(t, "drop database if exists "+name+" with (force)") })
	return s.url(role, name)
}

func (s *server) admin(t *testing.T, text string) {
	t.Helper()
	db, err := sql.Open("pgx", s.url("root", "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(text); err != nil {
		t.Fatal(err)
	}
}

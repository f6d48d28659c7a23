// Package pgtest gives tests a real PostgreSQL: started once a test binary, in a
// folder of its own, reached by a socket only, gone with the binary however that
// ends. It is never part of the product; only tests import it.
//
// To run a room's tests on it too, open their record at Address(t) and give the
// room a TestOnPostgres that calls Again.
package pgtest

import (
	"crypto/rand"
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

	_ "github.com/jackc/pgx/v5/stdlib" // the driver that Admin speaks through
)

// server is the one of this binary.
type server struct {
	bin, dir string
	cmd      *exec.Cmd
	as       *syscall.SysProcAttr
	gone     chan struct{}
	broom    *exec.Cmd // kept: its pipe must stay open as long as we live
}

// started begins the server at the first call, and says at each why there is none.
var started = sync.OnceValues(begin)

// Database is the address of a new, empty database owned by a plain role. Where
// there is no PostgreSQL the test is skipped, loudly.
func Database(t testing.TB) string {
	t.Helper()
	s := running(t)
	name := "t" + letters()
	Admin(t, "do $$ begin if not exists (select 1 from pg_roles where rolname = 'bonafide') then create role bonafide login; end if; end $$")
	Admin(t, "create database "+name+" owner bonafide")
	t.Cleanup(func() { Admin(t, "drop database if exists "+name+" with (force)") })
	return s.url("bonafide", name)
}

// Admin runs a statement as superuser.
func Admin(t testing.TB, text string) {
	t.Helper()
	db, err := sql.Open("pgx", running(t).url("root", "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(text); err != nil {
		t.Fatal(err)
	}
}

// Restart ends the server by a signal, SIGKILL its children too, and starts it
// again. Only for tests that have the binary to themselves meanwhile.
func Restart(t testing.TB, how syscall.Signal) {
	t.Helper()
	s := running(t)
	if s.cmd == nil {
		t.Fatal("the server belongs to another binary")
	}
	s.stop(how)
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
}

func running(t testing.TB) *server {
	t.Helper()
	s, err := started()
	if err != nil {
		t.Skipf("NOT TESTED on PostgreSQL: %v (docs/tools/need.sh installs it)", err)
	}
	return s
}

func begin() (*server, error) {
	s := &server{dir: os.Getenv(where)}
	if s.dir != "" {
		return s, nil // that of the binary that runs us
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		if path, err := exec.LookPath("postgres"); err == nil {
			found = []string{path}
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no PostgreSQL server is installed")
	}
	s.bin = filepath.Dir(found[len(found)-1])
	var err error
	if s.dir, err = os.MkdirTemp(memory(), "bonafide-pg-"); err != nil {
		return nil, err
	}
	if os.Getuid() == 0 { // it refuses to run as root
		u, err := user.Lookup("postgres")
		if err != nil {
			return nil, fmt.Errorf("running as root and there is no user postgres")
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		s.as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
		if err = os.Chown(s.dir, uid, gid); err != nil {
			return nil, err
		}
	}
	if err := s.sweep(); err != nil {
		return nil, err
	}
	init := exec.Command(filepath.Join(s.bin, "initdb"), "-D", s.dir+"/data", "-U", "root", "-A", "trust", "-k", "-E", "UTF8", "--locale=C", "-N")
	init.SysProcAttr, init.Dir = s.as, s.dir
	if out, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %v: %s", err, out)
	}
	return s, s.start()
}

// memory is a folder whose fsync costs nothing, if there is one with room: what
// the tests ask of PostgreSQL holds there as well, in a fraction of the time.
func memory() string {
	const shm = "/dev/shm"
	var free syscall.Statfs_t
	if syscall.Statfs(shm, &free) != nil || free.Bavail*uint64(free.Bsize) < 1<<30 || syscall.Access(shm, 2) != nil {
		return ""
	}
	return shm
}

// sweep leaves a shell behind that waits until this binary has ended, whether it
// returned, failed or was killed, and then ends the server and takes its folder
// away. So no room needs a TestMain for it.
func (s *server) sweep() error {
	const text = `read nothing
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid" 2>/dev/null
for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
rm -rf "$1"`
	s.broom = exec.Command("/bin/sh", "-c", text, "sweep", s.dir)
	s.broom.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if _, err := s.broom.StdinPipe(); err != nil { // it ends with this process
		return err
	}
	return s.broom.Start()
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
	attr.Setpgid = true
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

func (s *server) url(role, database string) string {
	return "postgres://" + role + "@/" + database + "?host=" + url.QueryEscape(s.dir)
}

func letters() string {
	var b [8]byte
	rand.Read(b[:]) // never fails since Go 1.24
	return fmt.Sprintf("%x", b)
}

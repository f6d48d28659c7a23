package web

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// newPostgres starts a PostgreSQL of our own for one test, on a socket only, and
// gives the address of an empty database; it skips loudly where there is none.
func newPostgres(t *testing.T) string {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		t.Skip("NOT TESTED on PostgreSQL: no server is installed (docs/tools/need.sh installs it)")
	}
	bin := filepath.Dir(found[len(found)-1])
	dir, err := os.MkdirTemp("", "bonafide-web-pg-")
	ok(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	var as *syscall.SysProcAttr
	if os.Getuid() == 0 { // it refuses to run as root
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skip("NOT TESTED on PostgreSQL: running as root and there is no user postgres")
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
		ok(t, os.Chown(dir, uid, gid))
	}
	run := func(name string, args ...string) *exec.Cmd {
		c := exec.Command(filepath.Join(bin, name), args...)
		c.SysProcAttr, c.Dir = as, dir
		return c
	}
	if out, err := run("initdb", "-D", dir+"/data", "-U", "root", "-A", "trust", "-k", "-E", "UTF8", "--locale=C", "-N").CombinedOutput(); err != nil {
		t.Skipf("NOT TESTED on PostgreSQL: initdb: %v: %s", err, out)
	}
	server := run("postgres", "-D", dir+"/data", "-k", dir, "-c", "listen_addresses=", "-c", "max_connections=60", "-c", "shared_buffers=32MB")
	ok(t, server.Start())
	t.Cleanup(func() {
		_ = server.Process.Signal(syscall.SIGQUIT)
		_ = server.Wait()
	})
	for range 200 {
		if out, err := exec.CommandContext(context.Background(), filepath.Join(bin, "psql"), "-h", dir, "-U", "root", "-d", "postgres", "-c", "create role bonafide login", "-c", "create database portal owner bonafide").CombinedOutput(); err == nil || strings.Contains(string(out), "already exists") {
			return "postgres://bonafide@/portal?host=" + url.QueryEscape(dir)
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("PostgreSQL did not start")
	return ""
}

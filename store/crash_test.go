package store

import (
	"bufio"
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"bonafide/record"
	"bonafide/store/pgtest"
)

// crashWriter is the child of the crash tests: it opens the store in dir and
// writes from several sides at once, saying "ack ID" after each answer and "err
// CODE" after each error, until it is killed or its time is over.
func crashWriter(dir string) int {
	keys, err := OpenKeys(dir + ".keys")
	if err != nil {
		fmt.Println("fatal", err)
		return 1
	}
	s, err := Open(ctx, Options{Path: dir, Keys: keys})
	if err != nil {
		fmt.Println("fatal", record.CodeOf(err))
		return 1
	}
	fmt.Println("open")
	end := time.Now().Add(3 * time.Second)
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			for n := 0; n < 60 && time.Now().Before(end); n++ {
				id := NewID()
				if err := writeOne(s, id); err != nil {
					fmt.Println("err", record.CodeOf(err), strings.ReplaceAll(err.Error(), "\n", " "))
					time.Sleep(10 * time.Millisecond)
				} else {
					fmt.Println("ack", id)
				}
			}
		})
	}
	wg.Wait()
	read := s.View(ctx, record.Machine("acme"), func(t *Tx) error { _, err := t.Population(); return err })
	fmt.Println("read", read == nil)
	s.Close()
	return 0
}

// writeOne is one command with several effects, its entry and its answer.
func writeOne(s *Store, id string) error {
	return s.Update(ctx, ann("acme"), func(t *Tx) error {
		saved, err := t.SaveApplication(application(id))
		if err != nil {
			return err
		}
		t.Did("application.save", "subject/"+saved.Subject, "")
		if _, err := t.OpenCase(record.Case{Subject: saved.Subject, State: record.CaseRoutine, Assessment: record.Routine}); err != nil {
			return err
		}
		if _, _, err := t.AddJob(Job{Kind: "screen", Args: []byte(saved.Subject)}); err != nil {
			return err
		}
		return t.KeepAnswer(id, []byte(id), "", Answer{Status: 202, Body: []byte(saved.Subject)})
	})
}

// crash runs the child under injected faults and gives what it said.
func crash(t *testing.T, dir string, inject ...string) (said []string) {
	t.Helper()
	args := []string{"-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync,pwrite64,ftruncate"}
	for _, i := range inject {
		args = append(args, "-e", "inject="+i)
	}
	cmd := exec.Command("strace", append(args, os.Args[0])...)
	cmd.Env = append(os.Environ(), "BONAFIDE_STORE_WRITER="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(30*time.Second, func() { syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
	cmd.Wait() // killed, or done: what it said counts
	timer.Stop()
	syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // an orphan that writes on would give false alarms
	in := bufio.NewScanner(&out)
	for in.Scan() {
		said = append(said, in.Text())
	}
	return said
}

// whole opens the store after a fault and compares what was acknowledged with
// what is there: all of it, each once, each with its entry, nothing half.
func whole(t *testing.T, dir, fault string, said []string) (acks int) {
	t.Helper()
	keys, err := OpenKeys(dir + ".keys")
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(ctx, Options{Path: dir, Keys: keys})
	if err != nil {
		t.Fatalf("%s: does not open: %v", fault, err)
	}
	defer s.Close()
	var subjects, cases, jobs, answers, entries int64
	err = s.Update(ctx, ann("acme"), func(x *Tx) error {
		x.Did("test.read", "test/1", "")
		for _, line := range said {
			id, ok := strings.CutPrefix(line, "ack ")
			if !ok || len(id) != 26 {
				continue
			}
			acks++
			if _, err := x.FindSubject("form", id); err != nil {
				t.Errorf("%s: an acknowledged record is lost: %v", fault, err)
			}
			if _, found, err := x.Answer(id, []byte(id)); err != nil || !found {
				t.Errorf("%s: its answer is lost: %v", fault, err)
			}
		}
		for table, n := range map[string]*int64{"subjects": &subjects, "cases": &cases, "jobs": &jobs, "answers": &answers} {
			if *n, err = x.count("select count(*) from " + table + " where tenant = $1"); err != nil {
				return err
			}
		}
		entries, err = x.count("select count(*) from entries where tenant = $1 and act = 'application.save'")
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", fault, err)
	}
	if cases != subjects || jobs != subjects || answers != subjects || entries != subjects {
		t.Errorf("%s: half a command: %d subjects, %d cases, %d jobs, %d answers, %d entries", fault, subjects, cases, jobs, answers, entries)
	}
	r, err := s.VerifyAudit(ctx, "acme", nil)
	if err != nil || len(r.Problems) > 0 {
		t.Errorf("%s: the audit: %+v, %v", fault, r, err)
	}
	var check string
	db, err := sql.Open("sqlite", filepath.Join(dir, "bonafide.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&check); err != nil || check != "ok" {
		t.Errorf("%s: integrity_check says %q, %v", fault, check, err)
	}
	return acks
}

func crashDir(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("NOT TESTED: kill -9 at chosen system calls needs strace (docs/tools/need.sh installs it)")
	}
	if out, err := exec.Command("strace", "-qq", "-o", "/dev/null", "true").CombinedOutput(); err != nil {
		t.Skipf("NOT TESTED: strace is not allowed to trace here: %s", out)
	}
	return emptyHouse(t)
}

// emptyHouse is the folder of a closed record with one tenant; its keys lie beside it.
func emptyHouse(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "house")
	keys, err := CreateKeys(dir + ".keys")
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(ctx, Options{Path: dir, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AddTenant(ctx, record.Actor{Kind: record.ActorOperator, ID: "root", Tenant: House}, "acme", "DE"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestCrash kills the process at the N-th system call of a kind, again and again
// on the same record. BONAFIDE_CRASHES says how often; make prove says 200.
func TestCrash(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED: kill -9 at chosen system calls (-short)")
	}
	dir := crashDir(t)
	times := 20
	if n, err := strconv.Atoi(os.Getenv("BONAFIDE_CRASHES")); err == nil {
		times = n
	}
	var said []string
	killed, acks, all := 0, 0, 0
	for i := range times {
		if i > 0 && i%25 == 0 { // a fresh record now and then: comparing all of it takes longer each time
			dir, said, all = crashDir(t), nil, all+acks
		}
		call := []string{"fsync", "pwrite64", "pwrite64"}[i%3]
		n := 1 + i/3*2%22 // within what one run does
		if call == "pwrite64" {
			n = 1 + i*7%190
		}
		fault := fmt.Sprintf("%s:signal=KILL:when=%d", call, n)
		now := crash(t, dir, fault)
		if len(now) == 0 || !strings.HasPrefix(now[len(now)-1], "read ") {
			killed++
		}
		said = append(said, now...)
		acks = whole(t, dir, fault, said)
	}
	acks += all
	t.Logf("%d kills of %d runs, %d acknowledged records", killed, times, acks)
	if killed < times/3 || acks == 0 {
		t.Errorf("%d of %d runs were killed, %d acknowledged: this test tests nothing", killed, times, acks)
	}
}

// TestFailedSync: a write that the disk refuses is never acknowledged, and after
// a failed fsync nothing more is written until a restart has verified the file.
func TestFailedSync(t *testing.T) {
	dir := crashDir(t)
	var said []string
	stopped := 0
	for _, n := range []int{3, 6, 9} {
		for _, call := range []string{"fsync", "fdatasync"} {
			fault := fmt.Sprintf("%s:error=EIO:when=%d", call, n) // once: the next would succeed, and must not be believed
			now := crash(t, dir, fault)
			if strings.Contains(strings.Join(now, "\n"), "nothing more is written") {
				stopped++
			}
			said = append(said, now...)
			whole(t, dir, fault, said)
		}
	}
	if stopped == 0 {
		t.Error("no failed fsync stopped the writing: this test tests nothing")
	}
}

// TestDiskFull: nothing acknowledged is lost, reading goes on, and when there is
// room again writing goes on without a restart.
func TestDiskFull(t *testing.T) {
	dir := crashDir(t)
	var said []string
	full, again := 0, 0
	for _, when := range []string{"40..70", "90+", "20..22"} {
		fault := "pwrite64:error=ENOSPC:when=" + when
		now := crash(t, dir, fault)
		refused := false
		for _, line := range now {
			if strings.HasPrefix(line, "err unavailable") {
				refused = true
				full++
			} else if refused && strings.HasPrefix(line, "ack ") {
				again++
			}
		}
		if n := len(now); n == 0 || now[n-1] != "read true" {
			t.Errorf("%s: reading does not go on: %v", fault, now[max(0, n-2):])
		}
		said = append(said, now...)
		whole(t, dir, fault, said)
	}
	if full == 0 || again == 0 {
		t.Errorf("%d refused, %d written after: this test tests nothing", full, again)
	}
}

// TestPostgresCrash kills the server under load, its children too, and compares.
func TestPostgresCrash(t *testing.T) {
	b := openBench(t, Options{URL: pgtest.Database(t)})
	var mu sync.Mutex
	var acked []string
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				id := NewID()
				if err := writeOne(b.Store, id); err == nil {
					mu.Lock()
					acked = append(acked, id)
					mu.Unlock()
				} else {
					time.Sleep(20 * time.Millisecond)
				}
			}
		})
	}
	ways := []syscall.Signal{syscall.SIGKILL, syscall.SIGQUIT, syscall.SIGINT}
	for i := range 10 {
		time.Sleep(150 * time.Millisecond)
		pgtest.Restart(t, ways[i%len(ways)])
	}
	time.Sleep(150 * time.Millisecond)
	close(stop)
	wg.Wait()
	if err := b.Integrate(ctx); err != nil {
		t.Fatal(err)
	}
	err := b.Update(ctx, ann("acme"), func(x *Tx) error {
		x.Did("test.read", "test/1", "")
		for _, id := range acked {
			if _, err := x.FindSubject("form", id); err != nil {
				t.Errorf("an acknowledged record is lost: %v", err)
			}
		}
		subjects, err := x.count("select count(*) from subjects where tenant = $1")
		if err != nil {
			return err
		}
		entries, err := x.count("select count(*) from entries where tenant = $1 and act = 'application.save'")
		if subjects != entries || subjects < int64(len(acked)) {
			t.Errorf("%d subjects, %d entries, %d acknowledged", subjects, entries, len(acked))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if r, err := b.VerifyAudit(ctx, "acme", nil); err != nil || len(r.Problems) > 0 {
		t.Errorf("the audit: %+v, %v", r, err)
	}
	if len(acked) < 20 {
		t.Errorf("only %d acknowledged", len(acked))
	}
	t.Logf("%d acknowledged over 10 restarts, 0 lost", len(acked))
}

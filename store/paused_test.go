package store

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"bonafide/record"
	"bonafide/store/pgtest"
)

const pausedJobs, pausedLease = 6, 700 * time.Millisecond

// pausedNode is the child of TestPausedNode: it takes jobs, begins one in a
// transaction, waits for a line, finishes what it took, and says what came of it.
func pausedNode(database string) int {
	keys, err := OpenKeys(os.Getenv("BONAFIDE_STORE_KEYS"))
	if err != nil {
		fmt.Println("fatal", err)
		return 1
	}
	s, err := Open(ctx, Options{URL: database, Keys: keys})
	if err != nil {
		fmt.Println("fatal", err)
		return 1
	}
	defer s.Close()
	jobs, err := s.Claim(ctx, "paused", []string{"note"}, pausedLease, pausedJobs)
	if err != nil || len(jobs) != pausedJobs {
		fmt.Println("fatal", len(jobs), err)
		return 1
	}
	in := bufio.NewReader(os.Stdin)
	for i, j := range jobs {
		tries := 0
		err := s.Update(ctx, record.Machine("acme"), func(t *Tx) error {
			if err := noteOf(t, j, "paused"); err != nil {
				return err
			}
			if tries++; i == 0 && tries == 1 { // stopped in the middle of it
				fmt.Println("inside")
				if _, err := in.ReadString('\n'); err != nil {
					return err
				}
			}
			return t.FinishJob(j, 0)
		})
		code := record.CodeOf(err)
		if err == nil {
			code = "done"
		}
		fmt.Println("end", code)
	}
	return 0
}

// noteOf is the effect of a job: a record that says who did it.
func noteOf(t *Tx, j Job, by string) error {
	_, err := t.SaveApplication(application(j.ID + "-" + by))
	t.Did("application.save", "job/"+j.ID, "")
	return err
}

// TestPausedNode: a node that is stopped in the middle of its work for longer than
// its lease, or loses the database meanwhile, finds another has done it: its late
// effects are refused by the fence, all of them, and what was done was done once.
func TestPausedNode(t *testing.T) {
	for _, cut := range []bool{false, true} {
		t.Run(map[bool]string{false: "paused", true: "paused and cut off"}[cut], func(t *testing.T) {
			url := pgtest.Database(t)
			file := filepath.Join(t.TempDir(), "keys")
			keys, err := CreateKeys(file)
			if err != nil {
				t.Fatal(err)
			}
			b := openBench(t, Options{URL: url, Keys: keys})
			other, err := Open(ctx, Options{URL: url, Keys: keys}) // by the real clock, as the child
			if err != nil {
				t.Fatal(err)
			}
			defer other.Close()
			b.do(func(x *Tx) error {
				for range pausedJobs {
					if _, _, err := x.AddJob(Job{Kind: "note"}); err != nil {
						return err
					}
				}
				return nil
			})
			c := exec.Command(os.Args[0])
			c.Env = append(os.Environ(), "BONAFIDE_STORE_NODE="+url, "BONAFIDE_STORE_KEYS="+file)
			stdin, err := c.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			out, err := c.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			defer func() { c.Process.Kill(); c.Wait() }()
			says := bufio.NewScanner(out)
			if !says.Scan() || says.Text() != "inside" {
				t.Fatalf("the node says %q", says.Text())
			}
			if err := c.Process.Signal(syscall.SIGSTOP); err != nil {
				t.Fatal(err)
			}
			time.Sleep(pausedLease + 300*time.Millisecond)
			if cut {
				name := url[strings.LastIndexByte(url[:strings.IndexByte(url, '?')], '/')+1 : strings.IndexByte(url, '?')]
				pgtest.Admin(t, "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '"+name+"' and state = 'idle in transaction'")
			}
			did := 0
			for end := time.Now().Add(20 * time.Second); did < pausedJobs && time.Now().Before(end); {
				jobs, err := other.Claim(ctx, "other", []string{"note"}, time.Minute, 10)
				if err != nil {
					t.Fatal(err)
				}
				for _, j := range jobs {
					err := other.Update(ctx, record.Machine("acme"), func(x *Tx) error {
						if err := noteOf(x, j, "other"); err != nil {
							return err
						}
						return x.FinishJob(j, 0)
					})
					if err != nil {
						t.Fatal(err)
					}
					did++
				}
				time.Sleep(20 * time.Millisecond)
			}
			if did != pausedJobs {
				t.Fatalf("another node took over %d of %d", did, pausedJobs)
			}
			if err := c.Process.Signal(syscall.SIGCONT); err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(stdin, "on\n"); err != nil {
				t.Fatal(err)
			}
			refused := 0
			for says.Scan() {
				if says.Text() == "end conflict" {
					refused++
				} else {
					t.Errorf("the node that was paused says %q", says.Text())
				}
			}
			if refused != pausedJobs {
				t.Errorf("%d of %d late finishes refused", refused, pausedJobs)
			}
			err = other.View(ctx, ann("acme"), func(x *Tx) error {
				n, err := x.Population()
				if n != pausedJobs {
					t.Errorf("%d effects of %d jobs", n, pausedJobs)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if r, err := other.VerifyAudit(ctx, "acme", nil); err != nil || len(r.Problems) > 0 {
				t.Errorf("the audit: %+v, %v", r, err)
			}
		})
	}
}

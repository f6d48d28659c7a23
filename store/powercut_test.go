package store

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"bonafide/store/cutdisk"
)

// TestPowerCut cuts the power of a disk under the writing process, again and
// again on the same record, also while it recovers from the cut before, and
// compares what was acknowledged with what is there. Unsynced writes are lost, or
// arrive in part, out of order and torn. BONAFIDE_CUTS says how often; make prove
// says 100.
func TestPowerCut(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED: power cuts (-short)")
	}
	times := 9
	if n, err := strconv.Atoi(os.Getenv("BONAFIDE_CUTS")); err == nil {
		times = n
	}
	rng := rand.New(rand.NewPCG(7, 7))
	var dir string
	var disk *cutdisk.Disk
	var said []string
	cuts, recovering, acks, all := 0, 0, 0, 0
	for i := range times {
		if i%30 == 0 { // a fresh record now and then: comparing all of it takes longer each time
			all, said = all+acks, nil
			dir, disk = cutDisk(t, uint64(i))
		}
		n := 1 + rng.IntN(400)
		if i%3 == 2 {
			n = 1 + rng.IntN(12) // in the recovery from the cut before, which nobody looked at
		}
		disk.CutAfter(n, cutdisk.Mode(i/3%3))
		now := writeOn(t, dir)
		if disk.Off() {
			cuts++
			if i%3 == 2 {
				recovering++
			}
		}
		said = append(said, now...)
		if err := disk.On(); err != nil {
			t.Fatal(err)
		}
		if i%3 == 1 && i+1 < times {
			continue
		}
		acks = wholeThere(t, dir, fmt.Sprintf("cut %d, after %d", i, n), said)
	}
	all += acks
	t.Logf("%d power cuts, %d of them while recovering; %d acknowledged records", cuts, recovering, all)
	if cuts < times/2 || recovering == 0 || all == 0 {
		t.Error("this test tests nothing")
	}
}

// cutDisk is a new disk with a new record on it, all of it synced.
func cutDisk(t *testing.T, seed uint64) (dir string, disk *cutdisk.Disk) {
	t.Helper()
	plain := emptyHouse(t)
	at := t.TempDir()
	var err error
	if disk, err = cutdisk.New(at, seed); err != nil {
		t.Skipf("NOT TESTED: power cuts: %v", err)
	}
	t.Cleanup(func() {
		if err := disk.Close(); err != nil {
			t.Error(err)
		}
	})
	dir = filepath.Join(at, "house")
	if out, err := exec.Command("cp", "-r", plain, plain+".keys", at).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	disk.Sync()
	return dir, disk
}

// writeOn runs the writer until its time is over or its disk is gone for good.
func writeOn(t *testing.T, dir string) (said []string) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "BONAFIDE_STORE_WRITER="+dir)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var out bytes.Buffer
	c.Stdout = &out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(20*time.Second, func() { syscall.Kill(-c.Process.Pid, syscall.SIGKILL) })
	c.Wait() // what it said counts
	timer.Stop()
	for in := bufio.NewScanner(&out); in.Scan(); {
		said = append(said, in.Text())
	}
	return said
}

// wholeThere compares in a process of its own: this one serves the disk.
func wholeThere(t *testing.T, dir, fault string, said []string) (acks int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "said")
	if err := os.WriteFile(file, []byte(strings.Join(said, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(os.Args[0], "-test.run=^TestWholeChild$", "-test.v")
	c.Env = append(os.Environ(), "BONAFIDE_STORE_CHECK="+dir, "BONAFIDE_STORE_SAID="+file)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %s", fault, out)
	}
	for _, line := range said {
		if strings.HasPrefix(line, "ack ") {
			acks++
		}
	}
	return acks
}

// TestWholeChild is what wholeThere runs.
func TestWholeChild(t *testing.T) {
	dir := os.Getenv("BONAFIDE_STORE_CHECK")
	if dir == "" {
		t.Skip("the child of TestPowerCut")
	}
	b, err := os.ReadFile(os.Getenv("BONAFIDE_STORE_SAID"))
	if err != nil {
		t.Fatal(err)
	}
	whole(t, dir, "power cut", strings.Split(string(b), "\n"))
}

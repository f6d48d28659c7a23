package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"bonafide/sim"
)

// asOf is the day of every run: the lists of an invented population bear it.
const asOf = "2026-11-20"

// cost is what one run of the program took.
type cost struct {
	wall, cpu time.Duration
	peak      int64 // bytes resident at most
}

// timed runs the program and says what that took.
func (b *bench) timed(args ...string) (cost, error) {
	cmd := exec.Command(b.binary, args...)
	var errs strings.Builder
	cmd.Stderr = &errs
	begin := time.Now()
	err := cmd.Run()
	c := cost{wall: time.Since(begin)}
	if err != nil {
		return c, fmt.Errorf("%s %s: %w\n%s", b.binary, strings.Join(args, " "), err, errs.String())
	}
	c.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.peak = int64(r.Maxrss)
		if runtime.GOOS == "linux" {
			c.peak *= 1024 // kilobytes there
		}
	}
	return c, nil
}

// population is an invented population on disk.
type population struct{ dir string }

func (p population) applications() string { return filepath.Join(p.dir, "applications.jsonl") }
func (p population) truth() string        { return filepath.Join(p.dir, "truth.csv") }
func (p population) results() string      { return filepath.Join(p.dir, "results.jsonl") }

// invent writes a population; more are further flags of sim. Remove it after use.
func (b *bench) invent(people, seed int, evasion string, more ...string) (population, cost, error) {
	p := population{filepath.Join(b.scratch, fmt.Sprintf("%d-%d-%s%s", people, seed, evasion, strings.Join(more, "")))}
	args := append([]string{"sim", "--people", strconv.Itoa(people), "--seed", strconv.Itoa(seed), "--evasion", evasion, "--out", p.dir}, more...)
	c, err := b.timed(args...)
	return p, c, err
}

func (p population) remove() { os.RemoveAll(p.dir) }

// screen screens a population with the lists of another: they are the same.
func (b *bench) screen(p population) (cost, error) {
	return b.timed("screen", "-q", "--as-of", asOf, "--lists", filepath.Join(p.dir, "lists"), "--format", "jsonl", "-o", p.results(), p.applications())
}

func evaluate(p population) (*sim.Evaluation, error) {
	truth, err := os.Open(p.truth())
	if err != nil {
		return nil, err
	}
	defer truth.Close()
	results, err := os.Open(p.results())
	if err != nil {
		return nil, err
	}
	defer results.Close()
	return sim.Evaluate(truth, results)
}

func version(binary string) string {
	out, err := exec.Command(binary, "--version").Output()
	if err != nil {
		return "bonafide (unknown build)"
	}
	return strings.TrimSpace(string(out))
}

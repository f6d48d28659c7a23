package main

import (
	"fmt"
	"math"
	"os"
	"slices"
	"time"
)

// starts is how often start-up is measured.
const starts = 31

// speed prints wall time, processor time and memory by size, and the growth
// from one size to the next beside that of n·log n.
func (b *bench) speed() error {
	if err := b.startUp(); err != nil {
		return err
	}
	fmt.Println("\n| people | seed | applications | input | wall | CPU | applications/s | peak memory | memory per application |")
	fmt.Println("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
	type run struct {
		records int
		cost
	}
	var firstSeed []run
	for _, people := range b.people {
		for i, seed := range b.seeds {
			p, _, err := b.invent(people, seed, b.evasion[0])
			if err != nil {
				return err
			}
			size := int64(0)
			if info, err := os.Stat(p.applications()); err == nil {
				size = info.Size()
			}
			c, err := b.screen(p)
			if err != nil {
				return err
			}
			e, err := evaluate(p)
			if err != nil {
				return err
			}
			p.remove()
			fmt.Printf("| %s | %d | %s | %s | %s | %s | %s | %s | %s |\n", count(people), seed, count(e.Records), bytesOf(size), seconds(c.wall), seconds(c.cpu),
				count(int(float64(e.Records)/c.wall.Seconds())), bytesOf(c.peak), bytesOf(c.peak/int64(max(e.Records, 1))))
			if i == 0 {
				firstSeed = append(firstSeed, run{e.Records, c})
			}
		}
	}
	if len(firstSeed) < 2 {
		return nil
	}
	fmt.Println("\n| growth | applications | n·log n | wall | CPU | memory |")
	fmt.Println("|---|---:|---:|---:|---:|---:|")
	for i := 1; i < len(firstSeed); i++ {
		a, z := firstSeed[i-1], firstSeed[i]
		n, m := float64(a.records), float64(z.records)
		fmt.Printf("| %s → %s | ×%.1f | ×%.1f | ×%.1f | ×%.1f | ×%.1f |\n", count(a.records), count(z.records), m/n, m*math.Log(m)/(n*math.Log(n)),
			z.wall.Seconds()/a.wall.Seconds(), z.cpu.Seconds()/a.cpu.Seconds(), float64(z.peak)/float64(a.peak))
	}
	return nil
}

// startUp is how long the program takes to say its version.
func (b *bench) startUp() error {
	var all, busy []time.Duration
	for range starts {
		c, err := b.timed("--version")
		if err != nil {
			return err
		}
		all, busy = append(all, c.wall), append(busy, c.cpu)
	}
	slices.Sort(all)
	slices.Sort(busy)
	fmt.Printf("\nStart-up: median %.1f ms (%.1f ms of CPU), slowest %.1f ms of %d.\n", ms(all[starts/2]), ms(busy[starts/2]), ms(all[starts-1]), starts)
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

func bytesOf(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.2f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.0f MiB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
}

// count writes thousands apart.
func count(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", count(n/1000), n%1000)
}

package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

// stageFunc hears how far a stage of the linking is.
type stageFunc func(stage string, done, total int64)

// linkProgress prints one changing line on a terminal. The stages come one after another and some are short, so a
// bar for each would only flicker. The second result ends the line and says how long each stage took.
func linkProgress(quiet bool) (stageFunc, func()) {
	if quiet {
		return nil, func() {}
	}
	live := term.IsTerminal(int(os.Stderr.Fd()))
	var mu sync.Mutex
	start := time.Now()
	var order []string
	spent := map[string]time.Duration{}
	now, since := "", start
	enter := func(stage string) {
		if now != "" {
			spent[now] += time.Since(since)
		}
		if stage != "" && !slices.Contains(order, stage) {
			order = append(order, stage)
		}
		now, since = stage, time.Now()
	}
	line := func(stage string, done, total int64) {
		mu.Lock()
		defer mu.Unlock()
		if stage != now {
			enter(stage)
		}
		if !live {
			return
		}
		share := ""
		if total > 1 {
			share = fmt.Sprintf(" %d of %d", done, total)
		}
		fmt.Fprintf(os.Stderr, "\r\x1b[K%4.0f s  %s%s", time.Since(start).Seconds(), stage, share)
	}
	return line, func() {
		mu.Lock()
		defer mu.Unlock()
		if now == "" {
			return
		}
		enter("")
		if live {
			fmt.Fprint(os.Stderr, "\r\x1b[K")
		}
		var parts []string
		for _, s := range order {
			parts = append(parts, fmt.Sprintf("%s %.1f s", s, spent[s].Seconds()))
		}
		fmt.Fprintln(os.Stderr, strings.Join(parts, ", "))
		order = nil
	}
}

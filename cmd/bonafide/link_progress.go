package main

import (
	"fmt"
	"os"
	"sync"
	"time"

	"golang.org/x/term"
)

// stageFunc hears how far a stage of the linking is.
type stageFunc func(stage string, done, total int64)

// linkProgress prints one changing line on a terminal and nothing elsewhere. The stages come one after another and
// some are short, so a bar for each would only flicker.
func linkProgress(quiet bool) (stageFunc, func()) {
	if quiet || !term.IsTerminal(int(os.Stderr.Fd())) {
		return nil, func() {}
	}
	var mu sync.Mutex
	start := time.Now()
	shown := false
	line := func(stage string, done, total int64) {
		mu.Lock()
		defer mu.Unlock()
		shown = true
		share := ""
		if total > 1 {
			share = fmt.Sprintf(" %d of %d", done, total)
		}
		fmt.Fprintf(os.Stderr, "\r\x1b[K%4.0f s  %s%s", time.Since(start).Seconds(), stage, share)
	}
	return line, func() {
		mu.Lock()
		defer mu.Unlock()
		if shown {
			fmt.Fprint(os.Stderr, "\r\x1b[K")
			shown = false
		}
	}
}

package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// stageFunc hears how far a stage of the linking is.
type stageFunc func(stage string, done, total int64)

// linkProgress draws one bar on a terminal, of the stage that is being worked on; the stages come one after another, so
// the bar of the last gives way to the next. The second result takes it away and says how long each stage took.
func linkProgress(quiet bool) (stageFunc, func()) {
	if quiet {
		return nil, func() {}
	}
	var pen *mpb.Progress
	if terminal(os.Stderr) != 0 {
		pen = mpb.New(mpb.WithOutput(os.Stderr), mpb.WithWidth(40))
	}
	var mu sync.Mutex
	var bar *mpb.Bar
	var order []string
	spent := map[string]time.Duration{}
	now, since := "", time.Now()
	enter := func(stage string, total int64) {
		if now != "" {
			spent[now] += time.Since(since)
		}
		if stage != "" && !slices.Contains(order, stage) {
			order = append(order, stage)
		}
		now, since = stage, time.Now()
		if bar != nil {
			bar.Abort(true)
			bar = nil
		}
		if pen != nil && stage != "" {
			bar = pen.AddBar(max(total, 1), mpb.BarRemoveOnComplete(),
				mpb.PrependDecorators(decor.Name(stage, decor.WCSyncSpaceR)),
				mpb.AppendDecorators(decor.CountersNoUnit("%d of %d"), decor.Elapsed(decor.ET_STYLE_MMSS, decor.WC{W: 7})))
		}
	}
	step := func(stage string, done, total int64) {
		mu.Lock()
		defer mu.Unlock()
		if stage != now {
			enter(stage, total)
		}
		if bar != nil {
			bar.SetTotal(max(total, 1), false)
			bar.SetCurrent(min(done, total))
		}
	}
	return step, func() {
		mu.Lock()
		defer mu.Unlock()
		if now == "" {
			return
		}
		enter("", 0)
		if pen != nil {
			pen.Wait()
		}
		var parts []string
		for _, s := range order {
			parts = append(parts, fmt.Sprintf("%s %.1f s", s, spent[s].Seconds()))
		}
		fmt.Fprintln(os.Stderr, strings.Join(parts, ", "))
	}
}

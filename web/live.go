package web

import (
	"fmt"
	"io"
	"net/http"
	"time"

	"bonafide/casework"
	"bonafide/report"
)

// live sends the counts beside the saved filters as they change (server-sent
// events). It says how many, never who.
func live(v *visit) error {
	c := http.NewResponseController(v.w)
	v.w.Header().Set("Content-Type", "text/event-stream")
	if err := c.SetWriteDeadline(time.Time{}); err != nil && err != http.ErrNotSupported {
		return err
	}
	last := ""
	end := time.NewTimer(10 * time.Minute) // then the browser asks again, and its session is looked at again
	defer end.Stop()
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		now := ""
		for _, w := range casework.Views {
			n, err := v.s.Desk.Count(v, v.caller.Actor, w.Filter)
			if err != nil {
				return errDone
			}
			now += fmt.Sprintf("data: /queue?view=%s %s\n", w.Name, v.counted(n))
		}
		if now != last {
			if _, err := io.WriteString(v.w, "event: counts\n"+now+"\n"); err != nil {
				return errDone
			}
			if c.Flush() != nil {
				return errDone
			}
			last = now
		}
		select {
		case <-v.Done():
			return errDone
		case <-end.C:
			return errDone
		case <-tick.C:
		}
	}
}

// counted is a count beside a filter; it is not counted further than a thousand.
func (v *visit) counted(n int) string {
	if n >= 1000 {
		return report.Figures(v.lang, n) + "+"
	}
	return report.Figures(v.lang, n)
}

// sayBroken is what the log says of it.
const sayBroken = "a browser refused something on a page"

// reportTake takes what browsers say about broken rules of a page. It is counted
// and its content is not kept: it may hold addresses.
func reportTake(v *visit) error {
	n, _ := io.Copy(io.Discard, v.r.Body)
	v.s.Log.Warn(sayBroken, "bytes", n)
	v.w.WriteHeader(http.StatusNoContent)
	return errDone
}

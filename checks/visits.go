package checks

import (
	"fmt"
	"strings"

	"bonafide/record"
)

// withSignIns runs a check of sessions over the sessions and, where the module
// after the hire is open, over the sign-ins that the employer's systems saw, as
// sessions at work. What it finds speaks of events where it means events.
func withSignIns(in *In, run func(*In) Answer) Answer {
	var from []int
	sessions := in.App.Sessions[:len(in.App.Sessions):len(in.App.Sessions)]
	for i := range in.App.Events {
		e := &in.App.Events[i]
		if e.Kind == "sign-in" && e.Outcome != "failure" && e.IP != "" && byPerson(e) && len(from) < maxSpots {
			from = append(from, i)
			sessions = append(sessions, record.Session{At: e.At, Kind: "work", IP: e.IP, Device: e.Device})
		}
	}
	if len(from) == 0 {
		return run(in)
	}
	view, all := *in, *in.App
	all.Sessions = sessions
	view.App = &all
	answer := run(&view)
	in.used = view.used
	n := len(in.App.Sessions)
	rename := func(field string) string {
		rest, ok := strings.CutPrefix(field, "sessions[")
		if !ok {
			return field
		}
		var i int
		number, tail, _ := strings.Cut(rest, "]")
		if _, err := fmt.Sscan(number, &i); err != nil || i < n || i-n >= len(from) {
			return field
		}
		return indexed("events", from[i-n]) + tail
	}
	for f := range answer.Findings {
		for e := range answer.Findings[f].Evidence {
			evidence := &answer.Findings[f].Evidence[e]
			evidence.Field, evidence.ComparedWith = rename(evidence.Field), rename(evidence.ComparedWith)
		}
	}
	return answer
}

package checks

import (
	"regexp"
	"slices"
	"strings"

	"bonafide/lists"
	"bonafide/record"
)

// What the checks of the module after the hire share.

// byPerson reports whether an event was somebody's own doing: not a service, not
// a telephone or a mail program that fetches by itself.
func byPerson(e *record.Event) bool {
	switch e.Client {
	case "service", "mail-client", "mobile":
		return false
	}
	return true
}

// event is the evidence of one event; what was compared with what stands in with.
func event(in *In, i int, with string) record.Evidence {
	return record.Evidence{Field: indexed("events", i), ComparedWith: with, AsOf: dayOf(in.App.Events[i].At)}
}

// startDay is the first day of work: the earliest onboarding or employment.
func startDay(stages []record.Stage) (first record.Date) {
	for _, s := range stages {
		if (s.Name == "onboarding" || s.Name == "employment") && s.At.Valid() && (first == "" || s.At < first) {
			first = s.At
		}
	}
	return first
}

// trace is a sign of a program on a computer of the employer.
type trace struct {
	field    string
	kind     lists.Trace
	value    string
	device   string
	tool     int // in App.Tools, -1 for a line of an inventory
	managed  bool
	approved bool
}

var versionTail = regexp.MustCompile(`(?i)[ _-]+(v\.?)?[0-9]+(\.[0-9]+)*.*$`)

// mostTraces bounds the work on one record.
const mostTraces = 20_000

// traces are all signs of programs: those seen one by one, and the lines of the
// inventories of computers, with and without a version at their end.
func traces(in *In) (all []trace) {
	for i := range in.App.Tools[:min(len(in.App.Tools), mostTraces)] {
		t := &in.App.Tools[i]
		all = append(all, trace{indexed("tools", i), lists.Trace(t.Kind), t.Value, t.Device, i, t.Managed, t.Approved != ""})
	}
	for c := range in.App.Computers {
		computer := &in.App.Computers[c]
		for i, p := range computer.Programs {
			if len(all) >= mostTraces {
				return all
			}
			device := computer.ID
			if device == "" {
				device = computer.Serial
			}
			all = append(all, trace{indexed("computers", c) + "." + indexed("programs", i), lists.TraceProduct, p, device, -1, computer.Managed, false})
		}
	}
	return all
}

// tools are the listed tools a trace belongs to.
func (t *trace) tools(in *In) (hits []lists.ToolHit, loaded bool) {
	hits, loaded = in.Lists.Tool(t.kind, t.value)
	if len(hits) == 0 && t.tool < 0 && len(t.value) < 200 {
		hits, loaded = in.Lists.Tool(t.kind, versionTail.ReplaceAllString(t.value, ""))
	}
	return hits, loaded
}

// within: a host is one of the domains or below one.
func within(host string, domains []string) bool {
	host, _, _ = strings.Cut(strings.ToLower(strings.TrimSuffix(strings.TrimSpace(host), ".")), ":")
	return slices.ContainsFunc(domains, func(d string) bool { return host == d || strings.HasSuffix(host, "."+d) })
}

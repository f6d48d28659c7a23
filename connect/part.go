package connect

import (
	"cmp"
	"maps"
	"slices"
)

// Deed is one thing a system is connected for.
type Deed string

// The deeds, in the order in which people read them.
const (
	Signs  Deed = "signature"  // what it sends can be verified and is read by nobody here
	Sends  Deed = "sends"      // webhooks are taken
	Backs  Deed = "asked back" // what its webhook points at is asked for at its API
	Lists  Deed = "lists"      // its API is asked for whoever applied
	Writes Deed = "written"    // how far a verification is, is written there
	Asks   Deed = "asked"      // it is asked regularly for what happened at work
	Shows  Deed = "files"      // what it saved is read from files
	Ends   Deed = "ends"       // accesses are ended there
	Tells  Deed = "told"       // it is told what was found, as OCSF
)

// Part is one system that can be connected, and all it is connected for.
type Part struct {
	Name, Title string
	Deeds       []Deed
}

// Does says whether it is connected for this.
func (p *Part) Does(d Deed) bool { return slices.Contains(p.Deeds, d) }

// Parts are all systems there are connectors for, by name, put together from the
// tables that each kind has: who adds a line to one of them has added a part.
func Parts() []Part {
	all := map[string]*Part{}
	add := func(name, title string, does ...Deed) {
		p := cmp.Or(all[name], &Part{Name: name})
		p.Title = cmp.Or(p.Title, title)
		for _, d := range does {
			if !p.Does(d) {
				p.Deeds = append(p.Deeds, d)
			}
		}
		all[name] = p
	}
	for _, s := range Systems {
		add(s.Name, s.Title, Lists)
		if s.Write != nil {
			add(s.Name, s.Title, Writes)
		}
	}
	for _, p := range Pulls {
		add(p.Name, p.Title, Asks)
	}
	for _, l := range Levers {
		add(l.Name, l.Title, Ends)
	}
	for _, k := range Sinks {
		add(k.Name, k.Title, Tells)
	}
	for _, w := range Watches {
		add(w.Name, w.Title, Shows)
	}
	for _, v := range Vendors {
		add(v.Name, v.Title, Backs)
	}
	for _, d := range Dialects {
		does := Signs
		if Reads(d.Name) {
			does = Sends
		}
		add(d.Name, d.Name, does)
	}
	order := []Deed{Signs, Sends, Backs, Lists, Writes, Asks, Shows, Ends, Tells}
	var out []Part
	for _, name := range slices.Sorted(maps.Keys(all)) {
		p := all[name]
		slices.SortFunc(p.Deeds, func(a, b Deed) int { return slices.Index(order, a) - slices.Index(order, b) })
		out = append(out, *p)
	}
	return out
}

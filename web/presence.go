package web

import (
	"slices"
	"sync"
	"time"
)

// presence is who is reading which case on this node just now. It is a courtesy,
// not a lock: claims are kept in the record. Nothing of it is stored.
type presence struct {
	mu   sync.Mutex
	here map[[2]string]map[string]time.Time // tenant and case, then person
}

// presentFor is how long somebody counts as reading after they opened a page.
const presentFor = 3 * time.Minute

// See notes that somebody reads a case, and says who else does.
func (p *presence) See(tenant, id, who string, now time.Time) (others []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.here == nil {
		p.here = map[[2]string]map[string]time.Time{}
	}
	if len(p.here) > 10_000 { // nobody reads so many: what is old goes
		for k, all := range p.here {
			for person, at := range all {
				if now.Sub(at) > presentFor {
					delete(all, person)
				}
			}
			if len(all) == 0 {
				delete(p.here, k)
			}
		}
	}
	k := [2]string{tenant, id}
	if p.here[k] == nil {
		p.here[k] = map[string]time.Time{}
	}
	for person, at := range p.here[k] {
		switch {
		case now.Sub(at) > presentFor:
			delete(p.here[k], person)
		case person != who:
			others = append(others, person)
		}
	}
	p.here[k][who] = now
	slices.Sort(others)
	return others
}

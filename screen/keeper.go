package screen

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/confine"
	"bonafide/intake"
	"bonafide/link"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/store"
)

// Keeper is the flow for one application at a time, against everything that is
// stored: receive → record → link → check → weigh → open a case, all of it in
// one transaction with its audit entry.
type Keeper struct {
	Screen *Screen // catalogue, lists, policy; its key is not used: every tenant has its own
	Store  *store.Store
	// Tell stores a message for those outside who want to know; it may be nil.
	Tell func(t *store.Tx, kind string, about record.NoticeData) error
	// Files reads files in locked children; nil where this node takes none.
	Files *confine.Worker
	// Domains looks up the mail domains of referees at intake; nil where this node
	// may ask nobody.
	Domains func(ctx context.Context, who record.Actor, subject string, a *record.Application, today record.Date) error

	// Ours are the fingerprints of the house's own files; nil where it gave none.
	Ours *intake.Ours

	relisted atomic.Pointer[Screen] // Screen with the lists that came into force since

	mu      sync.Mutex
	tenants map[string]*tenantFlow
}

// tenantFlow is what is remembered of a tenant between requests.
type tenantFlow struct {
	key     []byte
	people  int
	counted time.Time
}

// Delivery is one application on its way in.
type Delivery struct {
	Raw   []byte // one object of the application record, version 1
	Key   string // idempotency key; "" when source and id are enough
	Later bool   // store it now, screen it by a job
}

// Accepted is what became of it.
type Accepted struct {
	Subject  string
	Case     string
	Repeated bool
	Result   *record.Result // nil: it will be screened
}

// answered is what is kept under an idempotency key: ids, nothing personal.
type answered struct {
	Subject string `json:"subject"`
}

// Accept stores an application and screens it, or leaves that to a job. When it
// returns without an error, both are on stable storage.
func (k *Keeper) Accept(ctx context.Context, actor record.Actor, d Delivery) (Accepted, error) {
	a, err := intake.Application(d.Raw, "")
	if err != nil {
		return Accepted{}, err
	}
	key, err := k.key(ctx, actor.Tenant)
	if err != nil {
		return Accepted{}, err
	}
	var p link.Profile
	if !d.Later {
		p = profileOf(link.NewKeyer(key, true), a)
	}
	digest := sha256.Sum256(d.Raw)
	var out Accepted
	err = k.Store.Update(ctx, actor, func(t *store.Tx) error {
		out = Accepted{}
		if d.Key != "" {
			was, found, err := t.Answer(d.Key, digest[:])
			if err != nil {
				return err
			}
			if found {
				var kept answered
				if err := json.Unmarshal(was.Body, &kept); err != nil {
					return &record.Error{Code: record.CodeInternal, Where: "answer", Message: "cannot be read"}
				}
				return repeat(t, kept.Subject, &out)
			}
		}
		if known, err := carry(t, a); err != nil {
			return err
		} else if known && !d.Later {
			p = profileOf(link.NewKeyer(key, true), a)
		}
		saved, err := t.SaveApplication(a)
		if err != nil {
			return err
		}
		if saved.Same {
			if err := repeat(t, saved.Subject, &out); err != nil {
				return err
			}
		} else if err := k.keep(t, a, &p, saved, d.Later, &out); err != nil {
			return err
		}
		if d.Key == "" {
			return nil
		}
		body, err := json.Marshal(answered{saved.Subject})
		if err != nil {
			return err
		}
		return t.KeepAnswer(d.Key, digest[:], saved.Subject, store.Answer{Status: 202, Body: body})
	})
	return out, err
}

// repeat answers for what is stored already.
func repeat(t *store.Tx, subject string, out *Accepted) error {
	*out = Accepted{Subject: subject, Repeated: true}
	c, err := t.CaseOf(subject)
	if err == nil {
		out.Case = c.ID
		if out.Result, err = t.Result(subject); err != nil && record.CodeOf(err) != record.CodeNotFound {
			return err
		}
	} else if record.CodeOf(err) != record.CodeNotFound {
		return err
	}
	t.Did("application.repeat", "subject/"+subject, out.Case)
	return nil
}

// keep stores an application with the keys under which others find it.
func (k *Keeper) keep(t *store.Tx, a *record.Application, p *link.Profile, saved store.Saved, later bool, out *Accepted) error {
	out.Subject = saved.Subject
	t.Did("application.add", "subject/"+saved.Subject, "", "application")
	if err := k.lookLater(t, saved.Subject, a); err != nil {
		return err
	}
	if later {
		return k.enqueue(t, saved.Subject, hops)
	}
	if err := k.keepRows(t, a, p, saved.Subject); err != nil {
		return err
	}
	res, c, err := k.screen(t, saved.Subject, saved.Version, a, p, hops)
	if err != nil {
		return err
	}
	out.Result, out.Case = res, c.ID
	return nil
}

// screen is the flow for one stored subject: link → check → weigh → save. Those
// whom it may change something for are screened again by jobs, and those whom
// that changed tell theirs, spread steps far and no further.
func (k *Keeper) screen(t *store.Tx, subject string, version int64, a *record.Application, p *link.Profile, spread int) (*record.Result, record.Case, error) {
	found, err := k.linkOne(t, subject, p)
	if err != nil {
		return nil, record.Case{}, err
	}
	rules, err := k.rules(t)
	if err != nil {
		return nil, record.Case{}, err
	}
	res := k.flow().assessBy(rules, inForce(a, record.DateOf(t.Now())), found.links, found.cluster, t.Now())
	res.Waterfalls = found.sums
	before, err := t.Result(subject)
	if err != nil && record.CodeOf(err) != record.CodeNotFound {
		return nil, record.Case{}, err
	}
	saved := int64(0) // version of the result, where there is a new one
	if before == nil || !same(before, res) {
		if saved, err = t.SaveResult(subject, version, res); err != nil {
			return nil, record.Case{}, err
		}
		if err := t.SaveEdges(subject, edgesOf(found)); err != nil {
			return nil, record.Case{}, err
		}
	}
	c, err := propose(t, rules, subject, a, res, found.ids[found.cluster])
	if err != nil {
		return nil, record.Case{}, err
	}
	if before == nil {
		if err := victimCare(t, a, &c); err != nil {
			return nil, record.Case{}, err
		}
	}
	t.Did("subject.screen", "subject/"+subject, c.ID, "application", "profiles of neighbours")
	if saved > 0 {
		if err := tellFindings(t, subject, c.ID, saved, before, res); err != nil {
			return nil, record.Case{}, err
		}
	}
	if k.Tell != nil && (before == nil || before.Assessment != res.Assessment) {
		if err := k.Tell(t, "application.screened", record.NoticeData{Subject: subject, Case: c.ID}); err != nil {
			return nil, record.Case{}, err
		}
	}
	if spread > 0 && (before == nil || spread == hops || moved(before, res)) {
		tell := found.touched
		if was := cmp.Or(before, &record.Result{}).Cluster; was != found.cluster {
			tell = found.near // who stands near a question that has changed may belong to it
		}
		for _, other := range tell {
			if s, err := t.Subject(other); err != nil {
				return nil, record.Case{}, err
			} else if s.Result == 0 {
				continue // its own screening is still to come
			}
			if err := k.enqueue(t, other, spread-1); err != nil {
				return nil, record.Case{}, err
			}
		}
	}
	return res, c, nil
}

// moved says whether a screening came to something else than the one before.
func moved(x, y *record.Result) bool {
	return x.Assessment != y.Assessment || x.Cluster != y.Cluster || !slices.Equal(x.Because, y.Because)
}

// same says whether two results tell the same, so that nothing is written when
// a screening finds nothing new.
func same(x, y *record.Result) bool {
	one, err1 := json.Marshal(x, json.Deterministic(true))
	two, err2 := json.Marshal(y, json.Deterministic(true))
	return err1 == nil && err2 == nil && string(one) == string(two)
}

func edgesOf(found linked) (edges []store.Edge) {
	for _, l := range found.links {
		for _, name := range l.Others {
			if id := found.ids[name]; id != "" {
				edges = append(edges, store.Edge{Other: id, Kind: l.Kind, Strength: l.Strength})
			}
		}
	}
	return edges
}

// propose opens the case of a subject, or tells it the machine's new proposal.
// What people have decided stays as it is, unless the machine may move it.
func propose(t *store.Tx, rules *policy.Policy, subject string, a *record.Application, res *record.Result, cluster string) (record.Case, error) {
	stage := ""
	if n := len(a.Stage); n > 0 {
		stage = a.Stage[n-1].Name
	}
	state := record.CaseState(res.Assessment)
	c, err := t.CaseOf(subject)
	if record.CodeOf(err) == record.CodeNotFound && err != nil {
		c = record.Case{Subject: subject, State: state, Assessment: res.Assessment, Stage: stage, Tier: res.Tier, Role: a.Role.ID, Cluster: cluster}
		return t.OpenCase(lookedAtBy(rules, c, t.Now()))
	}
	if err != nil {
		return c, err
	}
	next := c
	next.Assessment, next.Cluster, next.Tier, next.Role = res.Assessment, cluster, res.Tier, a.Role.ID
	if stage != "" {
		next.Stage = stage
	}
	if m, ok := record.FindMove(c.State, state); ok && m.Machine && c.Assessment != res.Assessment {
		next.State = state
	}
	if next.State != c.State {
		next = lookedAtBy(rules, next, t.Now())
	}
	if next == c {
		return c, nil
	}
	return t.SaveCase(next)
}

// lookedAtBy says by when a person should look at a case: sooner the more the
// role gives access to, and sooner for review. Routine cases wait for nobody.
func lookedAtBy(rules *policy.Policy, c record.Case, now time.Time) record.Case {
	days := rules.Tier(c.Tier).Look
	switch c.State {
	case record.CaseReview:
		c.Due = now.Add(time.Duration(days) * 24 * time.Hour)
	case record.CaseVerifyMore:
		c.Due = now.Add(time.Duration(2*days) * 24 * time.Hour)
	case record.CaseRoutine:
		c.Due = time.Time{}
	}
	return c
}

// rules are those the tenant has put in force, else those this node was given.
func (k *Keeper) rules(t *store.Tx) (*policy.Policy, error) {
	rules, version, err := store.Rules(t, policy.Read)
	if err == nil && version == 0 {
		rules = k.flow().Policy
	}
	return rules, err
}

// key is the tenant's key for linking, asked for once.
func (k *Keeper) key(ctx context.Context, tenant string) ([]byte, error) {
	if f := k.tenant(tenant); f.key != nil {
		return f.key, nil
	}
	var key []byte
	err := k.Store.View(ctx, record.Machine(tenant), func(t *store.Tx) (err error) {
		key, err = t.LinkKey()
		return err
	})
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	k.tenants[tenant].key = key
	k.mu.Unlock()
	return key, nil
}

func (k *Keeper) tenant(id string) tenantFlow {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.tenants == nil {
		k.tenants = map[string]*tenantFlow{}
	}
	f := k.tenants[id]
	if f == nil {
		f = &tenantFlow{}
		k.tenants[id] = f
	}
	return *f
}

// population is how many subjects the tenant has, counted now and then: it is
// shown beside a link and decides nothing.
func (k *Keeper) population(t *store.Tx) int {
	f := k.tenant(t.Tenant())
	if t.Now().Sub(f.counted) < time.Minute && f.people > 0 {
		return f.people
	}
	n, err := t.Population()
	if err != nil {
		return f.people
	}
	k.mu.Lock()
	k.tenants[t.Tenant()].people, k.tenants[t.Tenant()].counted = n, t.Now()
	k.mu.Unlock()
	return n
}

// Lists are the lists this node screens against.
func (k *Keeper) Lists(time.Time) []record.ListUse { return k.flow().Lists.Uses() }

// Value asks the checks about a record that is not kept: one name, one wallet.
// Only what lists say is told.
func (k *Keeper) Value(ctx context.Context, actor record.Actor, a *record.Application) (*record.Result, error) {
	a.Source, a.ID, a.ReceivedAt = "value", "one", time.Unix(0, 0)
	var out *record.Result
	err := k.Store.Update(ctx, actor, func(t *store.Tx) error {
		if _, err := t.Self(); err != nil {
			return err
		}
		a.ReceivedAt = t.Now()
		res := k.flow().assess(a, nil, "")
		out = &record.Result{Lists: res.Lists}
		for _, f := range res.Findings {
			if len(f.Evidence) > 0 && f.Evidence[0].List != "" {
				out.Findings = append(out.Findings, f)
			}
		}
		for _, id := range res.NoData {
			for _, field := range k.readsOf(id) {
				if field == "person.name" && a.Person.Name != "" || field == "payouts" && len(a.Payouts) > 0 {
					out.NoData = append(out.NoData, id)
					break
				}
			}
		}
		t.Did("value.screen", "tenant/"+t.Tenant(), "")
		return nil
	})
	return out, err
}

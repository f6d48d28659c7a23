package main

import (
	"cmp"
	"context"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"bonafide/casework"
	"bonafide/notify"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// WorkCmd is `bonafide work`.
type WorkCmd struct {
	node
	rules
	mailing
	Workers int           `default:"2" help:"Jobs done at the same time."`
	For     time.Duration `hidden:"" help:"Stop after so long; for tests."`
	Idle    bool          `help:"Stop when there is nothing left to do."`
	Egress  bool          `env:"BONAFIDE_EGRESS" help:"Let connectors ask the systems whose keys they were given; off unless said, and then no other host is spoken to."`
	Address string        `placeholder:"URL" env:"BONAFIDE_ADDRESS" help:"Under which people reach the desk: a message in a chat leads there."`
	Inside  bool          `name:"egress-inside" env:"BONAFIDE_EGRESS_INSIDE" help:"Let them ask systems within the house as well, over plain HTTP too: a device management or a SCIM server of your own."`
}

// Help is printed below the flags.
func (WorkCmd) Help() string {
	return `Does the jobs of a record and serves nothing: screening what was only stored,
screening again whom a newcomer concerns, delivering messages. Any number of
these may run beside any number of bonafide serve on one PostgreSQL.

Example:

  BONAFIDE_DATABASE=postgres://bonafide@db/bonafide bonafide work --lists lists/ --workers 4`
}

// Run works until it is told to stop.
func (c *WorkCmd) Run() error {
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if c.For > 0 {
		var end context.CancelFunc
		ctx, end = context.WithTimeout(ctx, c.For)
		defer end()
	}
	s, _, err := c.open(ctx, log, false)
	if err != nil {
		return err
	}
	defer s.Close()
	flow, err := c.flow(time.Now(), log)
	if err != nil {
		return err
	}
	letters, err := c.sender("")
	if err != nil {
		return err
	}
	texts, err := c.texts(s.KeepLookup)
	if err != nil {
		return err
	}
	keeper := &screen.Keeper{Screen: flow, Store: s, Tell: casework.Tell}
	w := newWorkers(s, keeper, log).mailing(letters).texting(texts).asking(c.Egress, c.Inside).at(c.Address)
	if c.Idle {
		if c.Lists != "" {
			if err := keeper.ListsInForce(ctx); err != nil {
				return err
			}
		}
		return w.drain(ctx)
	}
	go watchLists(ctx, c.Lists, keeper, log, relistEvery)
	w.run(ctx, c.Workers)
	return nil
}

// workers do the jobs of a record.
type workers struct {
	store *store.Store
	do    map[string]func(context.Context, store.Job) error
	kinds []string
	log   *slog.Logger
	name  string
	post  *casework.Post
	hooks *screen.Hooks
	back  *casework.Back
	ender *casework.Ender

	webhooks *notify.Webhooks
}

// at names the address of the desk, to which a message in a chat leads.
func (w *workers) at(address string) *workers {
	w.webhooks.Desk = strings.TrimSuffix(address, "/")
	return w
}

// asking lets connectors ask back; off, what would have to be asked waits.
func (w *workers) asking(on, inside bool) *workers {
	if on || inside {
		net := (&casework.Egress{Store: w.store, Open: screen.EgressOf(inside)}).Net
		w.hooks.Net, w.back.Net, w.ender.Net = net, net, net
	}
	return w
}

// mailing names what hands letters to a mail server; nil: they wait.
func (w *workers) mailing(send func(ctx context.Context, id string, body []byte) error) *workers {
	w.post.Mail = send
	return w
}

// texting names the gateway for text messages; nil: there is none.
func (w *workers) texting(s *notify.Texts) *workers {
	if s != nil {
		w.post.Text = s.Send
	}
	return w
}

func newWorkers(s *store.Store, k *screen.Keeper, log *slog.Logger) *workers {
	w := &workers{store: s, log: log, name: store.NewID(), do: map[string]func(context.Context, store.Job) error{}}
	for _, kind := range screen.JobKinds {
		w.do[kind] = k.Run
	}
	if k.Domains != nil {
		w.do[screen.JobDomains] = k.Run
	}
	w.webhooks = notify.NewWebhooks(nil)
	w.post = &casework.Post{Store: s, Send: w.webhooks.Send}
	w.do[store.OutboxJob] = w.post.Deliver
	w.hooks = &screen.Hooks{Keeper: k}
	w.do[screen.JobHook] = w.hooks.Run
	w.do[screen.JobPull] = w.hooks.RunPull
	w.do[screen.JobTell] = w.hooks.RunTell
	w.back = &casework.Back{Desk: &casework.Desk{Store: s}}
	w.do[casework.BackJob] = w.back.Run
	w.ender = &casework.Ender{Desk: &casework.Desk{Store: s}, Amend: k.AmendIn}
	w.do[casework.OrderJob] = w.ender.Run
	w.do[casework.AgainJob] = (&casework.Desk{Store: s}).SendAgain
	w.do[casework.ClocksJob] = (&casework.Desk{Store: s}).MoveClocks
	for kind := range w.do {
		w.kinds = append(w.kinds, kind)
	}
	slices.Sort(w.kinds)
	return w
}

const jobLease = 2 * time.Minute

// run claims and does jobs until the context ends; what was begun is finished.
func (w *workers) run(ctx context.Context, n int) {
	var all sync.WaitGroup
	if n > 0 {
		all.Go(func() { w.keep(ctx) })
		all.Go(func() { w.fold(ctx) })
	}
	for range n {
		all.Go(func() {
			pause := time.Duration(0)
			for {
				select {
				case <-ctx.Done():
					return
				case <-time.After(pause):
				}
				did, err := w.once(ctx, 8)
				switch {
				case err != nil && ctx.Err() == nil:
					w.log.Error("jobs cannot be claimed", "code", string(record.CodeOf(err)))
					pause = 5 * time.Second
				case did == 0:
					pause = min(pause+100*time.Millisecond, time.Second)
				default:
					pause = 0
				}
			}
		})
	}
	all.Wait()
}

// keepEvery is how often time is given its due.
const keepEvery = 10 * time.Minute

// keep lets clocks run out, requests expire, and signs the audit, for every tenant.
func (w *workers) keep(ctx context.Context) {
	desk := &casework.Desk{Store: w.store}
	w.turns(ctx, time.Minute, "time could not be given its due", func(tenant string) error {
		pulls := w.hooks.KeepPulls(ctx, tenant)
		erased, err := desk.Keep(ctx, tenant)
		if erased > 0 && err == nil {
			w.log.Info("erased by the clock", "tenant", tenant, "subjects", erased)
		}
		return cmp.Or(err, pulls)
	})
}

// fold moves settled events into blocks, for every tenant. It has a turn of its own
// beside keep: after an upgrade there may be hours of it, which no clock waits for.
func (w *workers) fold(ctx context.Context) {
	w.turns(ctx, 2*time.Minute, "settled events could not be folded", func(tenant string) error {
		_, err := w.store.FoldEvents(ctx, tenant)
		return err
	})
}

// turns does something for every tenant, first after a while and then every
// keepEvery. What fails for one is logged and holds up no other.
func (w *workers) turns(ctx context.Context, first time.Duration, failed string, do func(tenant string) error) {
	for pause := first; ; pause = keepEvery {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		tenants, err := w.tenants(ctx)
		for _, t := range tenants {
			if ctx.Err() != nil {
				return
			}
			if e := do(t.ID); e != nil {
				err = e
			}
		}
		if err != nil && ctx.Err() == nil {
			w.log.Error(failed, "code", string(record.CodeOf(err)))
		}
	}
}

func (w *workers) tenants(ctx context.Context) (all []store.Tenant, err error) {
	err = w.store.View(ctx, record.Machine(store.House), func(t *store.Tx) (err error) {
		all, err = t.Tenants()
		return err
	})
	return all, err
}

// drain does all that is ready, and stops.
func (w *workers) drain(ctx context.Context) error {
	for {
		did, err := w.once(ctx, 32)
		if err != nil || did == 0 {
			return err
		}
	}
}

func (w *workers) once(ctx context.Context, n int) (int, error) {
	jobs, err := w.store.Claim(ctx, w.name, w.kinds, jobLease, n)
	if err != nil {
		return 0, err
	}
	for _, j := range jobs {
		w.one(context.WithoutCancel(ctx), j)
	}
	return len(jobs), nil
}

func (w *workers) one(ctx context.Context, j store.Job) {
	ctx, stop := context.WithTimeout(ctx, jobLease)
	defer stop()
	err := func() (err error) {
		defer func() {
			if recover() != nil {
				err = &record.Error{Code: record.CodeInternal, Where: j.Kind, Message: "the work broke off"}
			}
		}()
		return w.do[j.Kind](ctx, j)
	}()
	if err == nil || record.CodeOf(err) == record.CodeConflict {
		return // done, or another worker has it
	}
	why := string(record.CodeOf(err))
	w.log.Warn("a job failed", "job", j.ID, "kind", j.Kind, "attempt", j.Attempt, "code", why)
	if record.CodeOf(err) == record.CodeNotFound {
		j.Attempt = j.Attempts // what it was about is gone: nothing will bring it back
	}
	if err := w.store.Update(ctx, record.Machine(j.Tenant), func(t *store.Tx) error { return t.FailJob(j, why) }); err != nil && record.CodeOf(err) != record.CodeConflict {
		w.log.Error("a failed job cannot be given back", "job", j.ID, "code", string(record.CodeOf(err)))
	}
}

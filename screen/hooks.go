package screen

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/connect"
	"bonafide/record"
	"bonafide/store"
)

// JobHook is the kind of job that does what a delivery from outside is about.
const JobHook = "hook"

// Hooks takes what other systems send. A delivery is verified, written down once
// and answered; what it is about happens in a job. It asks the network only
// where Net is set, and then only the provider's own host.
type Hooks struct {
	Keeper *Keeper
	// Net opens a client for an occasion; nil: egress is off, and what would have
	// to be asked for waits and is shown.
	Net connect.Net
	// Sleep waits between requests; nil: it really does.
	Sleep func(ctx context.Context, d time.Duration) error
}

const (
	hookPrefix  = "hook/"
	hookPurpose = "hook"
	hookLife    = 10 * 365 * 24 * time.Hour
	mostHeaders = 4 << 10
)

// AddHook makes an endpoint, or replaces it under its name: keys are rotated so.
// The returned id is a part of the address and known to nobody else; it is empty
// when the endpoint keeps the one it has, or is asked and never sent to.
func (h *Hooks) AddHook(ctx context.Context, actor record.Actor, e connect.Endpoint) (id string, err error) {
	if err := e.Validate(); err != nil {
		return "", err
	}
	body, err := json.Marshal(e, json.Deterministic(true))
	if err != nil {
		return "", err
	}
	err = h.Keeper.Store.Update(ctx, actor, func(t *store.Tx) error {
		id = ""
		before, err := t.Setting(hookPrefix + e.Name)
		if err != nil && record.CodeOf(err) != record.CodeNotFound {
			return err
		}
		var was connect.Endpoint // one that was sent to has its address already
		if before.Version > 0 && json.Unmarshal(before.Value, &was) != nil {
			return &record.Error{Code: record.CodeInternal, Where: "hook", Message: "cannot be read"}
		}
		if _, err := t.SaveSetting(hookPrefix+e.Name, before.Version, body); err != nil {
			return err
		}
		t.Did("hook.save", hookPrefix+e.Name, "")
		if err := t.ForgetCursor(connect.KeyRefused(e.Name)); err != nil { // it has another key now, or is to be tried again
			return err
		}
		if e.Pull && !e.Off {
			if _, _, err := t.AddJob(pullJob(e.Name, t.Now())); err != nil {
				return err
			}
		}
		if err := saveTold(t, &e); err != nil {
			return err
		}
		if len(was.Keys) > 0 || len(e.Keys) == 0 {
			return nil
		}
		var b [24]byte
		rand.Read(b[:])
		id = hex.EncodeToString(b[:])
		return t.AddToken(hookHash(id), store.Token{Purpose: hookPurpose, Object: hookPrefix + e.Name, Expires: t.Now().Add(hookLife)})
	})
	return id, err
}

// RemoveHook ends a connector: its address answers nobody any more, its keys are
// gone, and so is what waited for it. What it brought stays on the records.
func (h *Hooks) RemoveHook(ctx context.Context, actor record.Actor, name string) error {
	return h.Keeper.Store.Update(ctx, actor, func(t *store.Tx) error {
		t.Did("hook.remove", hookPrefix+name, "")
		if err := t.ForgetSetting(hookPrefix + name); err != nil {
			return err
		}
		if err := t.EndTokens(hookPurpose, hookPrefix+name); err != nil {
			return err
		}
		if err := forgetTold(t, name); err != nil {
			return err
		}
		for _, cursor := range []string{takenPrefix + name, pullPrefix + name, connect.KeyRefused(name)} {
			if err := t.ForgetCursor(cursor); err != nil {
				return err
			}
		}
		return eachStuck(t, mostStuck, func(j store.Job, of string) error {
			if of != name {
				return nil
			}
			return t.ForgetJob(j.ID)
		})
	})
}

// mostStuck is how many deliveries are taken up again, or forgotten, at once.
const mostStuck = 1000

// eachStuck gives the deliveries that were tried and not done, each with its
// connector. What cannot be read any more is nobody's.
func eachStuck(t *store.Tx, most int, f func(j store.Job, of string) error) error {
	jobs, err := t.Stuck(JobHook, most)
	if err != nil {
		return err
	}
	for _, j := range jobs {
		args, err := t.JobArgs(j)
		if err != nil {
			return err
		}
		in, err := arrivedOf(args)
		if err != nil {
			continue
		}
		if err := f(j, in.Name); err != nil {
			return err
		}
	}
	return nil
}

// Hook reads an endpoint by its name.
func (h *Hooks) Hook(ctx context.Context, actor record.Actor, name string) (e connect.Endpoint, err error) {
	err = h.Keeper.Store.Update(ctx, actor, func(t *store.Tx) error {
		t.Did("hook.read", hookPrefix+name, "")
		e, err = endpoint(t, hookPrefix+name)
		return err
	})
	return e, err
}

func endpoint(t *store.Tx, name string) (e connect.Endpoint, err error) {
	s, err := t.Setting(name)
	if err != nil {
		return e, err
	}
	if json.Unmarshal(s.Value, &e) != nil {
		return e, &record.Error{Code: record.CodeInternal, Where: "hook", Message: "cannot be read"}
	}
	return e, nil
}

func hookHash(id string) []byte {
	sum := sha256.Sum256([]byte("hook " + id))
	return sum[:]
}

// Taken is what became of a delivery.
type Taken struct {
	Repeated bool
	Header   http.Header // of the answer to a question of the set-up
	Body     []byte
}

// arrived is what a job is given: enough to do it, and to do it again.
type arrived struct {
	Name   string              `json:"name"`
	At     time.Time           `json:"at"`
	Covers connect.Cover       `json:"covers"`
	Header map[string][]string `json:"header,omitempty"`
	Body   []byte              `json:"body"`
}

// Take verifies a delivery and writes it down with the job that does it, in one
// transaction with the names under which it must never take effect again. When
// it returns without an error all of that is on stable storage.
func (h *Hooks) Take(ctx context.Context, id, method string, header http.Header, body []byte, at time.Time) (out Taken, err error) {
	d := &connect.Delivery{Header: header, Body: body, At: at}
	hash := hookHash(id)
	tenant, err := h.Keeper.Store.TokenTenant(ctx, hash)
	if err != nil {
		return out, err
	}
	machine := record.Actor{Kind: record.ActorMachine, ID: "hook", Tenant: tenant}
	var e connect.Endpoint
	err = h.Keeper.Store.View(ctx, machine, func(t *store.Tx) error {
		k, err := t.LookToken(hash, hookPurpose)
		if err == nil {
			e, err = endpoint(t, k.Object)
		}
		return err
	})
	if err != nil {
		return out, err
	}
	if e.Off {
		return out, &record.Error{Code: record.CodeNotFound, Where: "hook", Message: "it is switched off"}
	}
	if header, body, asked := connect.Handshake(e.Provider, method, header, body); asked {
		return Taken{Header: header, Body: body}, nil
	}
	if method != http.MethodPost {
		return out, &record.Error{Code: record.CodeNotFound, Where: "hook", Message: "is sent to, not read"}
	}
	v, err := e.Verify(d)
	if err != nil {
		return out, err
	}
	args, err := json.Marshal(arrived{Name: e.Name, At: d.At, Covers: v.Covers, Header: kept(d.Header), Body: d.Body}, json.Deterministic(true))
	if err != nil {
		return out, err
	}
	err = h.Keeper.Store.Update(ctx, machine, func(t *store.Tx) error {
		out = Taken{}
		for _, name := range v.Once {
			sum := sha256.Sum256([]byte(name))
			if _, found, err := t.Answer("hook "+e.Name+" "+name, sum[:]); err != nil || found {
				out.Repeated = found
				t.Did("hook.repeat", hookPrefix+e.Name, "")
				return err
			}
		}
		for _, name := range v.Once {
			sum := sha256.Sum256([]byte(name))
			if err := t.KeepAnswer("hook "+e.Name+" "+name, sum[:], "", store.Answer{Status: http.StatusOK}); err != nil {
				return err
			}
		}
		t.Did("hook.take", hookPrefix+e.Name, "")
		if err := noteTaken(t, e.Name); err != nil {
			return err
		}
		_, _, err := t.AddJob(store.Job{Kind: JobHook, Args: args, Priority: 4, Attempts: 48}) // a provider may be down for a day
		return err
	})
	if err != nil && record.CodeOf(err) == record.CodeConflict {
		return Taken{Repeated: true}, nil // another of the same came at the same time
	}
	return out, err
}

const (
	takenPrefix = "taken/"
	takenEvery  = time.Minute
)

// noteTaken keeps when an endpoint last took a delivery, to the minute: many at
// once do not wait for one row.
func noteTaken(t *store.Tx, name string) error {
	c, err := t.Cursor(takenPrefix + name)
	if err != nil && record.CodeOf(err) != record.CodeNotFound || t.Now().Sub(c.At) < takenEvery {
		return err
	}
	return t.SaveCursor(takenPrefix+name, nil)
}

// kept are the headers a reader may need; never the signature, a cookie or a key.
func kept(h http.Header) map[string][]string {
	out, size := map[string][]string{}, 0
	for _, name := range []string{"Content-Type", "Event-Id", "Event-Name", "Event-Version", "Link", "X-Github-Event", "X-Github-Delivery", "Greenhouse-Event-Id", "Webhook-Id"} {
		if v := h.Values(name); len(v) > 0 {
			for _, s := range v {
				size += len(s)
			}
			if size <= mostHeaders {
				out[name] = v
			}
		}
	}
	return out
}

package screen

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/checks"
	"bonafide/intake"
	"bonafide/link"
	"bonafide/record"
	"bonafide/store"
)

// The kinds of jobs of this room.
const (
	JobScreen   = "screen"   // a subject that was only stored
	JobRescreen = "rescreen" // a subject for whom another may have changed something
	JobUpload   = "upload"   // all subjects of an upload, in their order
)

// JobKinds are the jobs that Run does on every node; JobDomains it does where
// Keeper.Domains is set.
var JobKinds = []string{JobScreen, JobRescreen, JobDue, JobUpload, JobLists, JobRules}

const lease = 2 * time.Minute

// hops is how far one newcomer is felt: by those who share something with it,
// and by those who share something with whom that changed. It ends
// there.
const hops = 2

// enqueue has a subject screened soon: anew (hops), or again because of another.
func (k *Keeper) enqueue(t *store.Tx, subject string, spread int) error {
	j := store.Job{Kind: JobScreen, Subject: subject, Dedupe: subject, Priority: 3, Args: []byte(strconv.Itoa(spread))}
	if spread < hops {
		j.Kind, j.Priority = JobRescreen, 5
	}
	return t.Enqueue(j)
}

// Run does one claimed job.
func (k *Keeper) Run(ctx context.Context, j store.Job) error {
	if j.Kind == JobUpload {
		return k.runUpload(ctx, j)
	}
	if j.Kind == JobDomains {
		return k.domains(ctx, j)
	}
	if j.Kind == JobLists || j.Kind == JobRules {
		return k.askLists(ctx, j)
	}
	key, err := k.key(ctx, j.Tenant)
	if err != nil {
		return err
	}
	return k.Store.Update(ctx, record.Machine(j.Tenant), func(t *store.Tx) error {
		if j.Kind == JobDue {
			if err := k.due(t, key, j); err != nil {
				return err
			}
			return t.FinishJob(j, 1)
		}
		args, err := t.JobArgs(j)
		if err != nil {
			return err
		}
		spread, err := strconv.Atoi(string(args))
		if err != nil {
			spread = 0
		}
		if err := k.screenStored(t, key, j.Subject, spread); err != nil {
			return err
		}
		return t.FinishJob(j, 1)
	})
}

// screenStored screens what is stored of a subject. What is fresh has not been
// keyed yet.
func (k *Keeper) screenStored(t *store.Tx, key []byte, subject string, spread int) error {
	fresh := spread == hops
	s, err := t.Subject(subject)
	if err != nil {
		return err
	}
	a, err := t.ApplicationVersion(subject, s.Version)
	if err != nil {
		return err
	}
	var p link.Profile
	if !fresh {
		kept, err := t.Profiles([]string{subject})
		if err != nil {
			return err
		}
		if raw := kept[subject]; raw == nil {
			fresh = true // its own screening has not come yet: this is it
		} else if p, err = readProfile(raw); err != nil {
			return err
		}
	}
	if fresh {
		p = profileOf(link.NewKeyer(key, true), a)
		if err := k.keepRows(t, a, &p, subject); err != nil {
			return err
		}
	}
	if s.Result == 0 {
		spread = hops
	}
	_, _, err = k.screen(t, subject, s.Version, a, &p, spread)
	return err
}

// runUpload keys the subjects of an upload and then screens them, a few in each
// transaction, and goes on where it stopped. Keyed first, each is screened
// against all the others at once.
func (k *Keeper) runUpload(ctx context.Context, j store.Job) error {
	key, err := k.key(ctx, j.Tenant)
	if err != nil {
		return err
	}
	last, err := strconv.ParseInt(string(j.Args), 10, 64)
	if err != nil {
		return &record.Error{Code: record.CodeInternal, Where: "upload", Message: "its job cannot be read"}
	}
	for at := j.Progress; ; {
		next := at
		err := k.Store.Update(ctx, record.Machine(j.Tenant), func(t *store.Tx) error {
			keying := at < last
			from := at
			if !keying {
				from = at - last
			}
			lines, err := t.JobLines(j.ID, from, 8)
			if err != nil {
				return err
			}
			for _, l := range lines {
				if l.Ref == "" {
					continue
				}
				do := k.screenStored
				if keying {
					do = k.keyStored
				}
				if err := do(t, key, l.Ref, 0); err != nil && record.CodeOf(err) != record.CodeNotFound { // erased meanwhile
					return err
				}
			}
			t.Did("upload.screen", "job/"+j.ID, "")
			switch {
			case len(lines) > 0:
				next = at + lines[len(lines)-1].Line - from
			case keying:
				next = last
			default:
				next = -1
				return t.FinishJob(j, at)
			}
			return t.HoldJob(j, lease, next)
		})
		if err != nil || next < 0 {
			return err
		}
		at = next
	}
}

// keyStored keeps what others find a stored subject by.
func (k *Keeper) keyStored(t *store.Tx, key []byte, subject string, _ int) error {
	a, err := t.Application(subject)
	if err != nil {
		return err
	}
	p := profileOf(link.NewKeyer(key, true), a)
	return k.keepRows(t, a, &p, subject)
}

// uploadBatch is how many lines of an upload are stored in one transaction.
const uploadBatch = 32

// Upload stores applications, one a line in our own format or in any that is one
// JSON object, and has them screened by a job. Every
// line is stored under the key of its own subject, and what became of it is kept
// by number; nothing else of the upload stays. The same part with the same key
// again is the same job; a part that broke off is taken up where it stopped.
func (k *Keeper) Upload(ctx context.Context, actor record.Actor, raw []byte, once string) (job string, err error) {
	// Lines in other systems' shapes may have no date: the day stands in, so that
	// a part sent again the same day is the same.
	today := time.Now().UTC().Truncate(24 * time.Hour)
	digest := sha256.Sum256(raw)
	found, err := k.uploadBegun(ctx, actor, once, digest[:], &job)
	if err != nil || found {
		return job, err
	}
	lines := bytes.Split(bytes.TrimSuffix(raw, []byte("\n")), []byte("\n"))
	type ready struct {
		number int64
		a      *record.Application
		err    error
	}
	var results []store.JobLine
	for from := 0; from < len(lines); from += uploadBatch {
		var batch []ready
		for i := from; i < min(from+uploadBatch, len(lines)); i++ {
			line := bytes.TrimSpace(lines[i])
			if len(line) == 0 {
				continue
			}
			r := ready{number: int64(i + 1)}
			r.a, r.err = intake.Line(line, intake.Options{Received: today})
			batch = append(batch, r)
		}
		var part []store.JobLine
		err := k.Store.Update(ctx, actor, func(t *store.Tx) error {
			part = part[:0]
			for i := range batch {
				r := &batch[i]
				if r.err != nil {
					part = append(part, store.JobLine{Line: r.number, Status: "rejected", Detail: fault(r.err)})
					continue
				}
				if _, err := carry(t, r.a); err != nil {
					return err
				}
				saved, err := t.SaveApplication(r.a)
				if record.CodeOf(err) == record.CodeRefused && err != nil { // erased: not revived
					part = append(part, store.JobLine{Line: r.number, Status: "rejected", Detail: fault(err)})
					continue
				}
				if err != nil {
					return err
				}
				if !saved.Same {
					t.Did("application.add", "subject/"+saved.Subject, "", "application")
				}
				part = append(part, store.JobLine{Line: r.number, Status: "stored", Ref: saved.Subject})
			}
			t.Did("upload.part", "tenant/"+t.Tenant(), "")
			_, err := t.Self()
			return err
		})
		if err != nil {
			return "", err
		}
		results = append(results, part...)
	}
	err = k.Store.Update(ctx, actor, func(t *store.Tx) error {
		var err error
		if job, _, err = t.AddJob(store.Job{Kind: JobUpload, Args: []byte(strconv.Itoa(len(lines))), Priority: 4}); err != nil {
			return err
		}
		t.Did("upload.add", "job/"+job, "")
		if err := t.SaveJobLines(job, results); err != nil {
			return err
		}
		body, err := json.Marshal(answered{job})
		if err != nil {
			return err
		}
		return t.KeepAnswer(once, digest[:], "", store.Answer{Status: 202, Body: body})
	})
	if record.CodeOf(err) == record.CodeConflict && err != nil { // two at once with one key: the other's answer
		_, err = k.uploadBegun(ctx, actor, once, digest[:], &job)
	}
	return job, err
}

func (k *Keeper) uploadBegun(ctx context.Context, actor record.Actor, once string, digest []byte, job *string) (found bool, err error) {
	err = k.Store.View(ctx, actor, func(t *store.Tx) error {
		was, there, err := t.Answer(once, digest)
		if err != nil || !there {
			return err
		}
		found = true
		var kept answered
		if err := json.Unmarshal(was.Body, &kept); err != nil {
			return err
		}
		*job = kept.Subject
		return nil
	})
	return found, err
}

// keepRows stores what others find a subject by.
func (k *Keeper) keepRows(t *store.Tx, a *record.Application, p *link.Profile, subject string) error {
	raw, err := writeProfile(p)
	if err != nil {
		return err
	}
	if err := t.SaveProfile(subject, raw); err != nil {
		return err
	}
	key, err := t.LinkKey()
	if err != nil {
		return err
	}
	return t.SaveLinkKeys(subject, a.ReceivedAt, rowsOf(key, p))
}

// fault is an error as it may be shown: place and kind, never a value.
func fault(err error) string {
	var e *record.Error
	if !errors.As(err, &e) {
		return "cannot be read"
	}
	if e.Where != "" {
		return e.Where + ": " + e.Message
	}
	return e.Message
}

// KeysOf are the values under which a mail address, a phone number … is found.
func (k *Keeper) KeysOf(ctx context.Context, tenant, kind, value string) ([]uint64, error) {
	key, err := k.key(ctx, tenant)
	if err != nil {
		return nil, err
	}
	a := &record.Application{Source: "search", ID: "one"}
	want := []record.Kind{}
	switch kind {
	case "mail":
		a.Emails, want = []string{value}, []record.Kind{record.KindEmail}
	case "phone":
		a.Phones, want = []string{value}, []record.Kind{record.KindPhone}
	case "device":
		a.Sessions, want = []record.Session{{Device: value}}, []record.Kind{record.KindDevice}
	case "address":
		a.Sessions, want = []record.Session{{IP: value}}, []record.Kind{record.KindNetwork}
	case "wallet":
		a.Payouts, want = []record.Payout{{Kind: "crypto", Value: value}}, []record.Kind{record.KindWallet}
	case "payout":
		a.Payouts, want = []record.Payout{{Kind: "iban", Value: value}}, []record.Kind{record.KindPayout}
	default:
		return nil, record.Invalid("kind", "is none of mail, phone, address, wallet, device, payout")
	}
	var values []uint64
	p := link.NewKeyer(key, true).Profile(a)
	for _, x := range p.Keys {
		if x.Kind == want[0] {
			values = append(values, x.Value)
		}
	}
	if values == nil {
		return nil, record.Invalid("value", "has not the form of its kind")
	}
	return values, nil
}

// readsOf are the fields a check reads.
func (k *Keeper) readsOf(id string) []string {
	if c := checks.Find(id); c != nil && len(c.Sources) > 0 {
		return c.Reads
	}
	return nil
}

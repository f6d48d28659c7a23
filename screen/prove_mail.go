package screen

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/egress"
	"bonafide/prove/mail"
	"bonafide/record"
	"bonafide/store"
)

// MailIn is one mail as our server took it.
type MailIn struct {
	Raw      []byte
	Tenant   string // only requests of this one; "" where our own mail server delivers for all
	IP       string // who connected, where our server says so
	MailFrom string
	Helo     string
}

const (
	mailMost    = 16 << 20
	headMost    = 64 << 10
	mailRounds  = 8 // of asking the domain name system for what is missing
	mailAnswers = 64
)

// replyTo finds our request in the head of a mail: its Message-ID is
// ref-<secret>@<our host>.
var replyTo = regexp.MustCompile(`(?im)^(?:in-reply-to|references):(?:[^\n]|\n[ \t])*?<(ref-([a-z2-7]{52})@[a-z0-9.\-]{1,253})>`)

// Reply takes a mail that came in. One that answers no request of ours is not
// found, and nothing of it is kept. Whose mail it is is judged by the answers of
// the domain name system at this moment, which are kept with it.
func (p *Prover) Reply(ctx context.Context, in MailIn) (subject string, err error) {
	if len(in.Raw) > mailMost {
		return "", record.Invalid("mail", "larger than 16 MiB")
	}
	head, _, _ := bytes.Cut(in.Raw[:min(len(in.Raw), headMost)], []byte("\r\n\r\n"))
	head, _, _ = bytes.Cut(head, []byte("\n\n"))
	m := replyTo.FindSubmatch(head)
	if m == nil {
		return "", &record.Error{Code: record.CodeNotFound, Where: "mail", Message: "it answers no request of ours"}
	}
	request, secret := string(m[1]), string(m[2])
	tenant, err := p.tenantOf(ctx, secret)
	if err != nil {
		return "", err
	}
	if in.Tenant != "" && in.Tenant != tenant {
		return "", notTheirs
	}
	key, err := p.Keeper.key(ctx, tenant)
	if err != nil {
		return "", err
	}
	actor := record.Actor{Kind: record.ActorMachine, ID: "mail", Tenant: tenant}
	var asked store.RefereeAsked
	var now time.Time
	read := func(k store.Token) error {
		if json.Unmarshal(k.Data, &asked) != nil {
			return &record.Error{Code: record.CodeInternal, Where: "referee", Message: "a request cannot be read back"}
		}
		subject = k.Subject
		return nil
	}
	if err := p.Keeper.Store.Update(ctx, actor, func(t *store.Tx) error {
		k, err := t.PeekToken(hashOf(secret), store.PurposeReferee)
		if err != nil {
			return err
		}
		t.Did("referee.mail", "subject/"+k.Subject, "")
		now = t.Now()
		return read(k)
	}); err != nil {
		return "", err
	}
	q := mail.Question{At: now, DNS: &mail.Answers{AsOf: now}, Envelope: mail.Envelope{IP: in.IP, From: in.MailFrom, Helo: in.Helo}, Hosts: p.Hosts, Domain: asked.Domain, Request: request}
	report := p.ask(ctx, egress.Occasion{Tenant: tenant, Act: "referee.mail", By: "names", Subject: subject, Own: true}, in.Raw, q)
	proof, proven := report.Assurance()
	err = p.Keeper.Store.Update(ctx, actor, func(t *store.Tx) error {
		if proven { // a forged one uses nothing up: the true reply may still come
			if _, err := t.UseToken(hashOf(secret), store.PurposeReferee); err != nil {
				return err
			}
		}
		if _, _, err := t.SaveFile(subject, "mail", "reply.eml", in.Raw); err != nil {
			return err
		}
		if err := t.AddStep(subject, store.Step{Step: "referee", How: "mail", Report: report}); err != nil {
			return err
		}
		c, err := t.CaseOf(subject)
		if err == nil {
			text := "A referee has answered; whose mail it is was confirmed. Read it and record what it says."
			if !proven {
				text = "A mail answers a request to a referee, but whose it is could not be confirmed. Call them, by a number that you found."
			}
			k, err := t.AddTask(store.Task{Case: c.ID, Kind: "own", Text: text})
			if err != nil {
				return err
			}
			t.Did("task.add", "task/"+k.ID, c.ID)
		} else if record.CodeOf(err) != record.CodeNotFound {
			return err
		}
		if !proven {
			return nil
		}
		return p.Keeper.amend(t, key, subject, "proof.mail", func(a *record.Application) error {
			if asked.Reference < len(a.References) {
				r := &a.References[asked.Reference]
				r.RepliedAt, r.ContactFrom, r.Text = t.Now(), asked.From, strings.TrimSpace(report.Text)
			}
			Prove(a, proof)
			return nil
		})
	})
	return subject, err
}

// ask has a mail judged, asking the domain name system for what is missing.
func (p *Prover) ask(ctx context.Context, on egress.Occasion, raw []byte, q mail.Question) mail.Report {
	into := map[string]*map[string][]string{"txt": &q.DNS.TXT, "a": &q.DNS.A, "aaaa": &q.DNS.AAAA, "mx": &q.DNS.MX, "ptr": &q.DNS.PTR}
	asked := map[string]bool{}
	var names Names
	if p.Names != nil {
		names = p.Names(on)
	}
	for range mailRounds {
		report := mail.Verify(raw, q)
		fresh := false
		for _, question := range report.Missing {
			kind, name, _ := strings.Cut(question, " ")
			if names == nil || asked[question] || len(asked) == mailAnswers || into[kind] == nil {
				continue
			}
			asked[question] = true
			values, err := names.Ask(ctx, question)
			if err != nil {
				continue // not answered: what rests on it is not verifiable
			}
			if *into[kind] == nil {
				*into[kind] = map[string][]string{}
			}
			(*into[kind])[name] = values
			fresh = true
		}
		if !fresh {
			return report
		}
	}
	return mail.Verify(raw, q)
}

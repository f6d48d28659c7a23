package screen

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/egress"
	"bonafide/prove/chip"
	"bonafide/record"
	"bonafide/store"
)

const (
	purposeChip      = "chip-challenge"
	purposeAgreement = "chip-agreement"
	chipMost         = 12 << 20 // bytes of all files of one chip
	chipFiles        = 24
)

// ChipFile is one file of a chip as a reader app saved it.
type ChipFile struct {
	Name  string
	Bytes []byte
}

// ChipReply is what a reader app brings back of the chip's own answers.
type ChipReply = chip.Reply

// ChipChallenge draws eight bytes for active authentication: for one person,
// once, within the hour.
func (p *Prover) ChipChallenge(ctx context.Context, who record.Actor) (string, error) {
	var b [8]byte
	rand.Read(b[:])
	word := hex.EncodeToString(b[:])
	err := p.Keeper.Store.Update(ctx, who, func(t *store.Tx) error {
		t.Did("chip.challenge", "subject/"+who.ID, "")
		return t.AddToken(hashOf("chip "+who.ID+" "+word), store.Token{Purpose: purposeChip, Object: "subject/" + who.ID, Subject: who.ID, Expires: t.Now().Add(time.Hour)})
	})
	return word, err
}

// AskChip draws the question of chip authentication for the chip whose DG14 this
// is: for one person, once, within the hour. Our half of the key is sealed in the
// record until the answer comes.
func (p *Prover) AskChip(ctx context.Context, who record.Actor, dg14 []byte) (q chip.Question, err error) {
	if err := p.tryChip(ctx, []ChipFile{{Name: "DG14", Bytes: dg14}}); err != nil {
		return q, err
	}
	a, err := chip.AskAgreement(dg14, rand.Reader)
	if err != nil {
		return q, err
	}
	kept, err := json.Marshal(a)
	if err != nil {
		return q, &record.Error{Code: record.CodeInternal, Where: "chip", Message: "a question cannot be kept", Err: err}
	}
	var b [16]byte
	rand.Read(b[:])
	q = a.Question(hex.EncodeToString(b[:]))
	return q, p.Keeper.Store.Update(ctx, who, func(t *store.Tx) error {
		t.Did("chip.ask", "subject/"+who.ID, "")
		return t.AddToken(hashOf("agreement "+who.ID+" "+q.Agreement), store.Token{Purpose: purposeAgreement, Object: "subject/" + who.ID, Subject: who.ID, Expires: t.Now().Add(time.Hour), Data: kept})
	})
}

var unreadChip = record.Invalid("files", "could not be read as the files of a chip")

// tryChip lets a child go first: what ends it is never read here. It is believed
// in nothing else, for its word would be a proof.
func (p *Prover) tryChip(ctx context.Context, files []ChipFile) error {
	if p.Chips == nil || p.Try == nil {
		return &record.Error{Code: record.CodeUnavailable, Where: "chip", Message: "this way is not offered here"}
	}
	var packed []byte
	for _, f := range files {
		packed = binary.BigEndian.AppendUint32(packed, uint32(len(f.Bytes)))
		packed = append(packed, f.Bytes...)
	}
	if len(files) == 0 || len(files) > chipFiles || len(packed) > chipMost {
		return unreadChip
	}
	refused, err := p.Try(ctx, packed)
	if err == nil && refused != "" {
		err = unreadChip
	}
	return err
}

// Chip takes the files of a document's chip, and what the chip itself answered to
// questions of ours. What came of it stands in the record; an error says only that
// the files could not be read.
func (p *Prover) Chip(ctx context.Context, who record.Actor, files []ChipFile, reply ChipReply) error {
	if err := p.tryChip(ctx, files); err != nil {
		return err
	}
	var sorted []chip.File
	for _, f := range files {
		sorted = append(sorted, chip.File{Name: f.Name, Bytes: f.Bytes})
	}
	d, err := chip.Sort(sorted)
	if err != nil {
		return unreadChip
	}
	if _, err := reply.Transcript(nil); err != nil {
		return unreadChip
	}
	key, err := p.Keeper.key(ctx, who.Tenant)
	if err != nil {
		return err
	}
	trust, looked, err := p.chipLists(ctx, who, d)
	if err != nil {
		return err
	}
	return p.Keeper.Store.Update(ctx, who, func(t *store.Tx) error {
		asked, err := answeredChip(t, who.ID, reply)
		if err != nil {
			return err
		}
		r := chip.Verify(d, trust, t.Now(), asked)
		if err := t.AddStep(who.ID, store.Step{Step: StepIdentity, How: "chip", Report: chipReport(&r, looked)}); err != nil {
			return err
		}
		rules, err := p.Keeper.rules(t)
		if err != nil {
			return err
		}
		return p.Keeper.amend(t, key, who.ID, "proof.chip", func(a *record.Application) error {
			proof, ok := r.Assurance()
			if !ok {
				return nil
			}
			proof.Until = rules.ProofUntil(rules.TierOf(&a.Role), t.Now())
			Prove(a, proof)
			keepDocument(a, documentOf(r.Holder, t.Now()))
			return nil
		})
	})
}

// chipLists fetches the revocation list of the authority behind a document, before
// the transaction that judges it.
func (p *Prover) chipLists(ctx context.Context, who record.Actor, d chip.Document) (*chip.Trust, []Looked, error) {
	if p.Lists == nil {
		return p.Chips, nil, nil
	}
	hosts, err := p.Keeper.LookupHosts(ctx, who)
	if err != nil {
		return nil, nil, err
	}
	r := chip.Verify(d, p.Chips, p.Lists.Now(), nil)
	trust, all := p.Lists.Chip(ctx, egress.Occasion{Tenant: who.Tenant, Act: "proof.chip", By: "lists", Subject: who.ID, Own: true}, hosts, &r, p.Chips)
	return trust, all, nil
}

// answeredChip uses up the questions that a reply names. One that is not ours, is
// another person's, or was answered before, proves nothing.
func answeredChip(t *store.Tx, subject string, reply ChipReply) (*chip.Transcript, error) {
	if reply.Response == "" {
		reply.Challenge = ""
	} else if _, err := t.UseToken(hashOf("chip "+subject+" "+reply.Challenge), purposeChip); err != nil {
		if record.CodeOf(err) != record.CodeNotFound {
			return nil, err
		}
		reply.Challenge, reply.Response = "", ""
	}
	var kept *chip.Agreement
	if reply.Answer != "" {
		k, err := t.UseToken(hashOf("agreement "+subject+" "+reply.Agreement), purposeAgreement)
		if err != nil && record.CodeOf(err) != record.CodeNotFound {
			return nil, err
		}
		if err == nil {
			kept = &chip.Agreement{}
			if json.Unmarshal(k.Data, kept) != nil {
				return nil, &record.Error{Code: record.CodeInternal, Where: "chip", Message: "a question cannot be read back"}
			}
		}
	}
	return reply.Transcript(kept)
}

// chipReport is what reviewers see: parts and lists, not the person's data, which
// stand in the application where checks compare them.
func chipReport(r *chip.Report, all []Looked) any {
	return struct {
		Verdict chip.Verdict `json:"verdict"`
		Parts   []chip.Part  `json:"parts"`
		Country string       `json:"country,omitempty"`
		List    string       `json:"list,omitempty"`
		Checked []int        `json:"checked,omitempty"`
		Looked  []Looked     `json:"looked,omitempty"`
	}{r.Verdict, r.Parts, r.Country, r.List, r.Checked, all}
}

func documentOf(h *chip.Holder, now time.Time) record.Document {
	d := record.Document{Kind: h.Kind, Issuer: h.Issuer, Number: h.Number, Name: h.Name, BirthDate: dayOf(h.BirthDate, now), Issued: record.Date(h.Issued), Method: "chip"}
	if e := h.Expires; len(e) == 6 {
		d.Expires = record.Date("20" + e[:2] + "-" + e[2:4] + "-" + e[4:])
	}
	return d
}

// dayOf reads a day of birth; of YYMMDD the century is the last in which it is past.
func dayOf(s string, now time.Time) record.Date {
	if len(s) != 6 {
		return record.Date(s)
	}
	d := "20" + s[:2] + "-" + s[2:4] + "-" + s[4:]
	if d > string(record.DateOf(now)) {
		d = "19" + d[2:]
	}
	return record.Date(d)
}

// keepDocument puts a proven document in place of an earlier one proven the same way.
func keepDocument(a *record.Application, d record.Document) {
	var kept []record.Document
	for _, old := range a.Documents {
		if old.Method != d.Method || old.Kind != d.Kind {
			kept = append(kept, old)
		}
	}
	a.Documents = append(kept, d)
}

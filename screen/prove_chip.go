package screen

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"time"

	"bonafide/prove/chip"
	"bonafide/record"
	"bonafide/store"
)

const (
	purposeChip = "chip-challenge"
	chipMost    = 12 << 20 // bytes of all files of one chip
	chipFiles   = 24
)

// ChipFile is one file of a chip as a reader app saved it.
type ChipFile struct {
	Name  string
	Bytes []byte
}

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

// Chip takes the files of a document's chip. challenge and response are of
// active authentication, both hexadecimal, or empty. What came of it stands in
// the record; an error says only that the files could not be read.
func (p *Prover) Chip(ctx context.Context, who record.Actor, files []ChipFile, challenge, response string) error {
	unread := record.Invalid("files", "could not be read as the files of a chip")
	if p.Chips == nil || p.Try == nil {
		return &record.Error{Code: record.CodeUnavailable, Where: "chip", Message: "this way is not offered here"}
	}
	var packed []byte
	var sorted []chip.File
	for _, f := range files {
		packed = binary.BigEndian.AppendUint32(packed, uint32(len(f.Bytes)))
		packed = append(packed, f.Bytes...)
		sorted = append(sorted, chip.File{Name: f.Name, Bytes: f.Bytes})
	}
	if len(files) == 0 || len(files) > chipFiles || len(packed) > chipMost {
		return unread
	}
	// A child goes first: what ends it is never read here. It is believed in
	// nothing else, for its word would be a proof.
	refused, err := p.Try(ctx, packed)
	if err != nil {
		return err
	}
	if refused != "" {
		return unread
	}
	d, err := chip.Sort(sorted)
	if err != nil {
		return unread
	}
	var active *chip.Transcript
	if response != "" {
		c, err1 := hex.DecodeString(challenge)
		r, err2 := hex.DecodeString(response)
		if err1 != nil || err2 != nil || len(r) > 4096 {
			return unread
		}
		active = &chip.Transcript{Challenge: c, Response: r}
	}
	key, err := p.Keeper.key(ctx, who.Tenant)
	if err != nil {
		return err
	}
	return p.Keeper.Store.Update(ctx, who, func(t *store.Tx) error {
		if active != nil {
			if _, err := t.UseToken(hashOf("chip "+who.ID+" "+challenge), purposeChip); err != nil {
				active = nil // not ours, or used: then it proves nothing
			}
		}
		r := chip.Verify(d, p.Chips, t.Now(), active)
		if err := t.AddStep(who.ID, store.Step{Step: StepIdentity, How: "chip", Report: chipReport(&r)}); err != nil {
			return err
		}
		return p.Keeper.amend(t, key, who.ID, "proof.chip", func(a *record.Application) error {
			proof, ok := r.Assurance()
			if !ok {
				return nil
			}
			proof.Until = again(a.Role.Tier, t.Now())
			Prove(a, proof)
			keepDocument(a, documentOf(r.Holder, t.Now()))
			return nil
		})
	})
}

// chipReport is what reviewers see: parts and lists, not the person's data, which
// stand in the application where checks compare them.
func chipReport(r *chip.Report) any {
	return struct {
		Verdict chip.Verdict `json:"verdict"`
		Parts   []chip.Part  `json:"parts"`
		Country string       `json:"country,omitempty"`
		List    string       `json:"list,omitempty"`
		Checked []int        `json:"checked,omitempty"`
	}{r.Verdict, r.Parts, r.Country, r.List, r.Checked}
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

package casework

import (
	"context"
	"slices"
	"strings"

	"bonafide/policy"
	"bonafide/record"
	"bonafide/store"
)

// PlaybookIDs are the playbooks there are, in the order in which they are shown. A
// tenant keeps its own version of one; it adds none.
var PlaybookIDs = []string{"verification", "insider", "extortion"}

func tierIDs() []string { return policy.Tiers[:] }

// PlaybookVersion is one version of a playbook; 0 is the shipped one.
type PlaybookVersion struct {
	store.Playbook
	Title record.Text
	Steps []Step
	// Diff are the lines that differ from the version in force: "+ …" and "- …".
	Diff []string
}

// Playbooks lists the versions of one playbook, or of all where name is "", newest
// first.
func (d *Desk) Playbooks(ctx context.Context, who record.Actor, name string) (all []PlaybookVersion, err error) {
	names := PlaybookIDs
	if name != "" {
		if !slices.Contains(names, name) {
			return nil, noPlaybook
		}
		names = []string{name}
	}
	err = d.Store.View(ctx, who, func(t *store.Tx) error {
		all = nil
		for _, id := range names {
			versions, err := t.Playbooks(id)
			if err != nil {
				return err
			}
			text, err := shippedText(id)
			if err != nil {
				return err
			}
			ours := slices.IndexFunc(versions, func(p store.Playbook) bool { return p.Active })
			now := text
			if ours >= 0 {
				now = versions[ours].Text
			}
			for _, v := range append(versions, store.Playbook{Name: id, Policy: store.Policy{Text: text, Active: ours < 0}}) {
				p, err := ParsePlaybook([]byte(v.Text))
				if err != nil {
					return err
				}
				all = append(all, PlaybookVersion{v, p.Title, p.Steps, differ(now, v.Text)})
			}
		}
		return nil
	})
	return all, err
}

// PlaybooksMark is the state of the playbooks that was read: which are in force.
func PlaybooksMark(all []PlaybookVersion) string {
	var now []string
	for _, v := range all {
		if v.Active {
			now = append(now, v.Name+writeNumber(v.Version))
		}
	}
	return strings.Join(now, ".")
}

// CheckPlaybook reads a text as a tenant's own version of a playbook.
func CheckPlaybook(text string) (*Playbook, error) {
	p, err := ParsePlaybook([]byte(text))
	if err != nil {
		return nil, err
	}
	from, err := shippedPlaybook(p.ID)
	if err != nil {
		return nil, record.Invalid("playbook", "its id is one of "+strings.Join(PlaybookIDs, ", "))
	}
	return p, p.own(from)
}

// DraftPlaybook keeps a version of the playbook that the text names, not in force yet.
func (d *Desk) DraftPlaybook(ctx context.Context, who record.Actor, key, text string) (p store.Playbook, err error) {
	if !mayEdit(who) {
		return p, &record.Error{Code: record.CodeRefused, Where: "playbook", Message: "a lead or an admin drafts a playbook"}
	}
	text = strings.ReplaceAll(text, "\r\n", "\n") // as a form sends it
	read, err := CheckPlaybook(text)
	if err != nil {
		return p, err
	}
	p, err = once(ctx, d, who, key, []string{"playbook", text}, func(t *store.Tx) (store.Playbook, error) {
		p, err := t.ProposePlaybook(read.ID, text, who.ID)
		if err == nil {
			t.Did("playbook.draft", "playbook/"+read.ID+"/"+writeNumber(p.Version), "")
		}
		p.Text = "" // what is kept for a repeat is short
		return p, err
	})
	p.Text = text
	return p, err
}

// PublishPlaybook puts a version in force: the second person's act, refused to the
// one who drafted it by the database too. Guides that run keep the version they
// began with.
func (d *Desk) PublishPlaybook(ctx context.Context, who record.Actor, name string, version int64) error {
	if !mayEdit(who) {
		return &record.Error{Code: record.CodeRefused, Where: "playbook", Message: "a lead or an admin publishes a playbook"}
	}
	return d.Store.Update(ctx, who, func(t *store.Tx) error {
		var now []PlaybookVersion
		for _, id := range PlaybookIDs {
			v, err := t.PlaybookVersion(id, 0)
			if err != nil && record.CodeOf(err) != record.CodeNotFound {
				return err
			}
			v.Name, v.Active = id, true
			now = append(now, PlaybookVersion{Playbook: v})
		}
		if err := asRead(t, PlaybooksMark(now)); err != nil {
			return err
		}
		v, err := t.PlaybookVersion(name, version)
		object := "playbook/" + name + "/" + writeNumber(version)
		switch {
		case err != nil && record.CodeOf(err) == record.CodeNotFound || version == 0:
			return &record.Error{Code: record.CodeNotFound, Where: "playbook", Message: "there is no such version"}
		case err != nil:
			return err
		case v.Proposer == who.ID:
			return store.Refusal(record.Entry{Act: "playbook.publish", Object: object},
				&record.Error{Code: record.CodeRefused, Where: "playbook", Message: "somebody other than who drafted it publishes it"})
		}
		if err := t.ActivatePlaybook(name, version, who.ID); err != nil {
			return err
		}
		t.Did("playbook.publish", object, "")
		return nil
	})
}

var noPlaybook = &record.Error{Code: record.CodeNotFound, Where: "playbook", Message: "there is none under this id"}

func shippedText(id string) (string, error) {
	b, err := shipped.ReadFile("playbooks/" + id + ".yaml")
	return string(b), err
}

func shippedPlaybook(id string) (*Playbook, error) {
	if !slices.Contains(PlaybookIDs, id) {
		return nil, noPlaybook
	}
	text, err := shippedText(id)
	if err != nil {
		return nil, err
	}
	return ParsePlaybook([]byte(text))
}

// playbookOf is a tenant's version of a playbook, or the shipped one for 0.
func playbookOf(t *store.Tx, id string, version int64) (*Playbook, error) {
	if version == 0 {
		return shippedPlaybook(id)
	}
	v, err := t.PlaybookVersion(id, version)
	if err != nil {
		return nil, err
	}
	return ParsePlaybook([]byte(v.Text))
}

// standing is the version with which a guide begins now.
func standing(t *store.Tx, id string) (p *Playbook, version int64, err error) {
	v, err := t.PlaybookVersion(id, 0)
	if err != nil {
		if record.CodeOf(err) == record.CodeNotFound {
			p, err = shippedPlaybook(id)
		}
		return p, 0, err
	}
	p, err = ParsePlaybook([]byte(v.Text))
	return p, v.Version, err
}

// Playbook is the version of a playbook with which a guide would begin now.
func (d *Desk) Playbook(ctx context.Context, who record.Actor, id string) (p *Playbook, err error) {
	if !slices.Contains(PlaybookIDs, id) {
		return nil, noPlaybook
	}
	err = d.Store.View(ctx, who, func(t *store.Tx) error {
		p, _, err = standing(t, id)
		return err
	})
	return p, err
}

package casework

import (
	"strings"
	"testing"

	"bonafide/record"
)

// A tenant's own version is drafted by one and put in force by another; what runs
// keeps the version it began with, and no version opens, lengthens or unsigns.
func TestPlaybookVersions(t *testing.T) {
	o := openOffice(t)
	text, err := shippedText("verification")
	if err != nil {
		t.Fatal(err)
	}
	before, after := o.open(record.CaseVerifyMore), o.open(record.CaseVerifyMore)
	if err := o.OpenGuide(o.ctx, reviewer("rob"), before.ID, "verification"); err != nil {
		t.Fatal(err)
	}
	own := strings.Replace(text, "id: prepare", "id: announce", 1)
	_, err = o.DraftPlaybook(o.ctx, reviewer("rob"), "", own)
	is(t, "drafted by a reviewer", err, record.CodeRefused)
	p, err := o.DraftPlaybook(o.ctx, lead("ana"), "k1", own)
	if err != nil || p.Version != 1 {
		t.Fatal(p, err)
	}
	if again, err := o.DraftPlaybook(o.ctx, lead("ana"), "k1", own); err != nil || again.Version != 1 {
		t.Errorf("the same key twice: %+v %v", again, err)
	}
	is(t, "published by who drafted it", o.PublishPlaybook(o.ctx, lead("ana"), "verification", 1), record.CodeRefused)
	is(t, "a version there is not", o.PublishPlaybook(o.ctx, lead("ben"), "verification", 2), record.CodeNotFound)
	is(t, "version 0", o.PublishPlaybook(o.ctx, lead("ben"), "verification", 0), record.CodeNotFound)
	is(t, "read before another's change", o.PublishPlaybook(OnlyIf(o.ctx, []string{"old"}), lead("ben"), "verification", 1), record.CodeConflict)
	all, err := o.Playbooks(o.ctx, lead("ben"), "")
	if err != nil || len(all) != 4 || all[0].Active || !all[1].Active || len(all[0].Diff) != 2 {
		t.Fatalf("%+v %v", all, err)
	}
	if err := o.PublishPlaybook(OnlyIf(o.ctx, []string{PlaybooksMark(all)}), lead("ben"), "verification", 1); err != nil {
		t.Fatal(err)
	}
	if err := o.OpenGuide(o.ctx, reviewer("rob"), after.ID, "verification"); err != nil {
		t.Fatal(err)
	}
	first := func(id string) (string, int64) {
		t.Helper()
		g, err := o.Guide(o.ctx, reviewer("rob"), id, "verification")
		if err != nil {
			t.Fatal(err)
		}
		return g.Steps[0].ID, g.Own
	}
	if step, v := first(before.ID); step != "prepare" || v != 0 {
		t.Errorf("what runs has another version: %s %d", step, v)
	}
	if step, v := first(after.ID); step != "announce" || v != 1 {
		t.Errorf("what begins has the old version: %s %d", step, v)
	}
	is(t, "a step of the other version", o.FinishStep(o.ctx, reviewer("rob"), before.ID, "verification", "announce", nil, ""), record.CodeNotFound)
	if err := o.FinishStep(o.ctx, reviewer("rob"), before.ID, "verification", "prepare", map[string]string{"notice": "n1"}, ""); err != nil {
		t.Errorf("a step of its own version: %v", err)
	}
	if all, err = o.Playbooks(o.ctx, lead("ana"), "verification"); err != nil || len(all) != 2 || !all[0].Active || all[1].Active {
		t.Errorf("%+v %v", all, err)
	}
	_, err = o.Playbooks(o.ctx, lead("ana"), "revenge")
	is(t, "a playbook of their own", err, record.CodeNotFound)
}

// What a tenant may not do to the shipped playbooks.
func TestOwnPlaybookKeepsLaw(t *testing.T) {
	o := openOffice(t)
	text, err := shippedText("insider")
	if err != nil {
		t.Fatal(err)
	}
	step := func(id string) string { // the whole of a step
		_, rest, _ := strings.Cut(text, "  - id: "+id+"\n")
		body, _, _ := strings.Cut(rest, "\n  - id: ")
		return "  - id: " + id + "\n" + body
	}
	breach, counsel := step("breach"), step("counsel")
	for name, c := range map[string]struct{ text, says string }{
		"unsealed":                  {strings.Replace(text, "sealed: true", "sealed: false", 1), "sealed stays"},
		"another id":                {strings.Replace(text, "id: insider", "id: revenge", 1), "its id is one of"},
		"a longer clock of law":     {strings.Replace(text, breach, strings.Replace(breach, "within: 72h", "within: 96h", 1), 1), "the clock of the step breach"},
		"a dropped clock of law":    {strings.Replace(text, breach+"\n", "", 1), "the step breach stays"},
		"one signature for two":     {strings.Replace(text, counsel, strings.Replace(counsel, "two: true", "two: false", 1), 1), "two people sign the step counsel"},
		"another clock's beginning": {strings.Replace(text, breach, strings.Replace(breach, "within: 72h", "within: 72h\n    from: circle", 1), 1), "the clock of the step breach"},
	} {
		if c.text == text {
			t.Fatalf("%s: nothing changed", name)
		}
		if _, err := o.DraftPlaybook(o.ctx, lead("ana"), "", c.text); record.CodeOf(err) != record.CodeInvalid || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := o.DraftPlaybook(o.ctx, lead("ana"), "", strings.Replace(text, breach, strings.Replace(breach, "within: 72h", "within: 48h", 1), 1)); err != nil {
		t.Errorf("a shorter clock: %v", err)
	}
}

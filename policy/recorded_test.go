package policy

import (
	"slices"
	"testing"
	"time"

	"bonafide/record"
)

func cleared(proofs []record.Assurance, check string) bool {
	return slices.ContainsFunc(proofs, func(p record.Assurance) bool { return slices.Contains(p.Clears, check) })
}

func proved(proofs []record.Assurance, link record.ChainLink) bool {
	return slices.ContainsFunc(proofs, func(p record.Assurance) bool { return p.Link == link })
}

func TestRecordedConfirmations(t *testing.T) {
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	yes := record.Confirmation{At: at, Kind: "employment", About: "resume.work[0]", By: "r1", ContactFrom: "switchboard", Outcome: "confirmed"}
	a := &record.Application{Confirmations: []record.Confirmation{yes}}
	if p := Assurances(a); !cleared(p, "ref-all-freemail") || !cleared(p, "cv-employer-unverifiable") {
		t.Error("a yes over the switchboard clears both questions by name")
	}
	a.Confirmations = append(a.Confirmations, record.Confirmation{Kind: "employment", About: "resume.work[1]", By: "r1", ContactFrom: "directory", Outcome: "no-record"})
	if p := Assurances(a); !cleared(p, "ref-all-freemail") || cleared(p, "cv-employer-unverifiable") {
		t.Error("one employer's yes says nothing about another who was not found")
	}
	for _, change := range []func(*record.Confirmation){
		func(c *record.Confirmation) { c.ContactFrom = "candidate" },
		func(c *record.Confirmation) { c.ContactFrom = "" },
		func(c *record.Confirmation) { c.By = "" },
		func(c *record.Confirmation) { c.Outcome = "partly" },
		func(c *record.Confirmation) { c.Kind = "name-check" },
	} {
		c := yes
		change(&c)
		if p := Assurances(&record.Application{Confirmations: []record.Confirmation{c}}); len(p) != 0 {
			t.Errorf("%+v is no assurance", c)
		}
	}
	// What is kept with the record already is not said twice.
	a = &record.Application{Confirmations: []record.Confirmation{yes}, Proofs: []record.Assurance{{ID: "ref-switchboard-confirmation"}}}
	if p := Assurances(a); len(p) != 1 {
		t.Errorf("%d assurances, want 1", len(p))
	}
}

func TestRecordedMoments(t *testing.T) {
	at := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	before, after := at.AddDate(0, 0, -3), at.AddDate(0, 0, 3)
	with := func(m record.Moment, dark time.Time) []record.Assurance {
		m.At = at
		return Assurances(&record.Application{Moments: []record.Moment{m}, Computers: []record.Computer{{Serial: "AB12"}},
			Interviews: []record.Interview{{At: dark, Observations: []string{"camera_refused"}}}})
	}
	call := record.Moment{Kind: "interview", By: "r1", Portrait: "same", Liveness: "followed"}
	if p := with(call, before); !proved(p, record.LinkCall) || !cleared(p, "int-camera-unavailable") {
		t.Error("a later call with a picture answers an earlier one without")
	}
	if p := with(call, after); cleared(p, "int-camera-unavailable") {
		t.Error("a call does not answer what happened after it")
	}
	dropped := Assurances(&record.Application{Moments: []record.Moment{{At: at, Kind: "interview", By: "r1", Portrait: "same", Liveness: "followed"}},
		Interviews: []record.Interview{{At: after, Observations: []string{"camera_dropped"}}}})
	if cleared(dropped, "int-video-drops-after-start") || !cleared(dropped, "int-camera-unavailable") {
		t.Error("each missing picture is answered on its own")
	}
	if p := with(record.Moment{Kind: "interview", By: "r1", Liveness: "followed"}, before); proved(p, record.LinkCall) {
		t.Error("alive is not yet the holder of the document")
	}
	if p := with(record.Moment{Kind: "onboarding", By: "r1", Serial: "ab12"}, before); proved(p, record.LinkDevice) {
		t.Error("a serial number without a face proves no user")
	}
	if p := with(record.Moment{Kind: "onboarding", By: "r1", Serial: "ab12", Continuity: "same"}, before); !proved(p, record.LinkDevice) {
		t.Error("the serial number beside the same face proves the device")
	}
	if p := with(record.Moment{Kind: "onboarding", By: "r1", Serial: "zz99", Continuity: "same"}, before); proved(p, record.LinkDevice) {
		t.Error("another computer's number proves nothing")
	}
	if p := with(record.Moment{Kind: "delivery", By: "r1", Continuity: "same", Portrait: "different"}, before); len(p) != 0 {
		t.Error("a moment that speaks against somebody proves nothing")
	}
	again := Assurances(&record.Application{Reverifications: []record.Reverification{{At: at, Method: "chip", Outcome: "same"}}})
	if !proved(again, record.LinkReverified) || proved(Assurances(&record.Application{Reverifications: []record.Reverification{{At: at, Outcome: "refused"}}}), record.LinkReverified) {
		t.Error("only a repeated check that saw the same person reverifies")
	}
}

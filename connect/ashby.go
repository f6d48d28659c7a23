package connect

import (
	"net/http"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// Ashby: webhooks and the RPC API. It is the one system with a slot for a
// person's decision: candidate.setFraudStatus, which is written only when two
// people signed it.
var ashby = ATS{
	Name: "ashby", Title: "Ashby", Base: "https://api.ashbyhq.com",
	Needs:      "an API key with candidatesRead, and candidatesWrite for writing back; a webhook with a secret token",
	Proven:     "objects built from the vendor's schema; fraud status against its documented request and answer",
	EachSecond: 10,
	SignIn:     func(a *Account, h http.Header) { h.Set("Authorization", basic(a.Key, "")) },
	Hint:       ashbyHint,
	One: func(h Hint) *Ask {
		switch {
		case h.Application != "":
			a := send(http.MethodPost, "/application.info", map[string]any{"applicationId": h.Application, "expand": []string{"applicationFormSubmissions"}})
			return &a
		case h.Candidate != "":
			a := send(http.MethodPost, "/candidate.info", map[string]any{"id": h.Candidate})
			return &a
		}
		return nil
	},
	// What Ashby itself has seen about a candidate (Social, Automation, Geographic,
	// Spoofing) is kept with the record in its words and judged by nobody here. A
	// customer may not have it, or the key may not read it.
	Also: func(h Hint, one jsontext.Value) (string, *Ask) {
		candidate := h.Candidate
		if t, err := from("ashby", one); err == nil && candidate == "" {
			candidate = t.text("candidate.id")
		}
		if candidate == "" {
			return "", nil
		}
		a := send(http.MethodPost, "/candidate.listFraudChecks", map[string]any{"candidateId": candidate})
		return "fraudChecks", &a
	},
	Spare: true,
	List: func(cursor string, since time.Time) *Ask {
		q := map[string]any{"limit": 100}
		if token, ok := strings.CutPrefix(cursor, "sync:"); ok {
			q["syncToken"] = token
		} else if cursor != "" {
			q["cursor"] = cursor
		}
		if !since.IsZero() {
			q["createdAfter"] = since.UnixMilli()
		}
		a := send(http.MethodPost, "/application.list", q)
		return &a
	},
	Read: func(body []byte, _ http.Header) (Page, error) {
		var e struct {
			Success bool   `json:"success"`
			More    bool   `json:"moreDataAvailable"`
			Next    string `json:"nextCursor"`
			Sync    string `json:"syncToken"`
		}
		if json.Unmarshal(body, &e) != nil {
			return Page{}, record.Invalid("ashby", "the answer is not what Ashby sends")
		}
		if !e.Success { // Ashby says so with status 200
			return Page{}, &record.Error{Code: record.CodeNotFound, Where: "ashby", Message: "the provider says that it could not: it is gone, or the key lacks a permission"}
		}
		all, err := items("ashby", body, "results")
		p := Page{Items: all}
		if e.More {
			p.Next = e.Next
		}
		if e.Sync != "" {
			p.Token = "sync:" + e.Sync
		}
		return p, err
	},
	Record: byIntake,
	Ident: func(a *record.Application) (string, string) {
		application, candidate := candidateOf(a.ID)
		if candidate == "" {
			candidate = extra(a, "candidate.id")
		}
		return application, candidate
	},
	Write: func(acc *Account, to Target, s Status) (asks []Ask) {
		if to.Candidate == "" {
			return nil
		}
		if acc.Field != "" {
			asks = append(asks, send(http.MethodPost, "/customField.setValue", map[string]any{"objectType": "Candidate", "objectId": to.Candidate, "fieldId": acc.Field, "fieldValue": string(s.Word)}))
		} else {
			asks = append(asks, send(http.MethodPost, "/candidate.createNote", map[string]any{"candidateId": to.Candidate, "note": s.Text()}))
		}
		if d := s.Decided; d != nil {
			word := "NotFraudulent"
			switch {
			case d.Unsure:
				word = "Unsure"
			case d.Adverse:
				word = "Fraudulent"
			}
			asks = append(asks, send(http.MethodPost, "/candidate.setFraudStatus", map[string]any{"candidateId": to.Candidate, "fraudStatus": word}))
		}
		return asks
	},
}

var ashbyKinds = kinds{
	"ping": Ping, "applicationSubmit": Changed, "applicationUpdate": Changed, "candidateHire": Changed, "candidateStageChange": Changed,
	"candidateDelete": Removed, "candidateMerge": Merged, "offerCreate": Changed, "offerUpdate": Changed,
}

func ashbyHint(d *Delivery) (Hint, error) {
	t, err := from("ashby", d.Body)
	if err != nil {
		return Hint{}, err
	}
	h := Hint{Word: t.text("action"), Application: t.first("data.application.id", "data.offer.applicationId"),
		Candidate: t.first("data.application.candidate.id", "data.candidate.id", "data.candidateId"),
		Stage:     t.text("data.application.currentInterviewStage.title"), At: instant(t.text("data.application.updatedAt"))}
	if h.Word == "" {
		return h, record.Invalid("ashby", "names no action")
	}
	h.Kind = ashbyKinds.of(h.Word)
	if h.Kind == Merged {
		h.Candidate, h.Into = t.first("data.mergedCandidateId", "data.secondaryCandidateId", "data.candidate.id"), t.first("data.primaryCandidateId", "data.candidate.id")
	}
	h.Whole = h.Kind == Changed && t.has("data.application.candidate")
	return h, nil
}

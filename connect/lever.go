package connect

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Lever: its webhooks sign who sent them and not what they say, so that every
// event is asked for again.
var lever = ATS{
	Name: "lever", Title: "Lever", Base: "https://api.lever.co/v1",
	Needs:      "an API key with opportunities:read, and notes:write for writing back; a webhook per event with its signature token",
	Proven:     "the vendor's documented webhooks and one connector's recorded list",
	EachSecond: 8, // 10 are allowed
	SignIn:     func(a *Account, h http.Header) { h.Set("Authorization", basic(a.Key, "")) },
	Hint:       leverHint,
	One: func(h Hint) *Ask {
		if h.Application == "" {
			return nil
		}
		return get("/opportunities/" + segment(h.Application) + "?expand=applications&expand=stage&expand=contact")
	},
	List: func(cursor string, since time.Time) *Ask {
		q := url.Values{"limit": {"100"}, "expand": {"applications", "contact"}}
		if cursor != "" {
			q.Set("offset", cursor)
		}
		if !since.IsZero() {
			q.Set("updated_at_start", strconv.FormatInt(since.UnixMilli(), 10))
		}
		return get("/opportunities?" + q.Encode())
	},
	Read: func(body []byte, _ http.Header) (Page, error) {
		var e struct {
			Next string `json:"next"`
			More bool   `json:"hasNext"`
		}
		if json.Unmarshal(body, &e) != nil {
			return Page{}, record.Invalid("lever", "the answer is not what Lever sends")
		}
		all, err := items("lever", body, "data")
		p := Page{Items: all}
		if e.More {
			p.Next = e.Next
		}
		return p, err
	},
	Record: byIntake,
	Ident:  func(a *record.Application) (string, string) { return a.ID, "" },
	Write: func(acc *Account, to Target, s Status) []Ask {
		if to.Application == "" {
			return nil
		}
		path := "/opportunities/" + segment(to.Application) + "/notes"
		if acc.User != "" {
			path += "?perform_as=" + url.QueryEscape(acc.User)
		}
		return []Ask{send(http.MethodPost, path, map[string]any{"value": s.Text()})}
	},
}

var leverKinds = kinds{
	"applicationCreated": Changed, "candidateHired": Changed, "candidateStageChange": Changed, "candidateArchiveChange": Changed,
	"contactCreated": Changed, "contactUpdated": Changed, "candidateDeleted": Removed, "interviewCreated": Other,
}

func leverHint(d *Delivery) (Hint, error) {
	t, err := from("lever", d.Body)
	if err != nil {
		return Hint{}, err
	}
	h := Hint{Word: t.text("event"), Application: t.text("data.opportunityId"), Candidate: t.first("data.contactId", "data.candidateId"), Stage: t.text("data.toStageId")}
	if h.Word == "" {
		return h, record.Invalid("lever", "names no event")
	}
	if ms, err := strconv.ParseInt(t.text("triggeredAt"), 10, 64); err == nil {
		h.At = time.UnixMilli(ms).UTC()
	}
	if h.Kind = leverKinds.of(h.Word); h.Application == "" && h.Candidate == "" {
		h.Kind = Ping // the test of a new webhook has an empty data
	}
	return h, nil
}

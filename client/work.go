package client

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// What people do with a case. Reading a list and a case may be done with a key;
// the rest needs a person who is signed in.

// SignIn signs a person in by a link that works once, or by its token, and keeps
// the session in the client.
func (c *Client) SignIn(ctx context.Context, link string) error {
	token := link[strings.LastIndexByte(link, '/')+1:]
	return c.post(ctx, "/v1/session", "", map[string]string{"token": strings.TrimSpace(token)}, nil)
}

// SignOut ends the session.
func (c *Client) SignOut(ctx context.Context) error {
	return c.do(ctx, request{method: http.MethodDelete, path: "/v1/session"}, nil)
}

// Cases is one page of the cases that a query of the contract lets through,
// the most urgent first; next is "" at the end.
func (c *Client) Cases(ctx context.Context, q url.Values) (page []record.Case, next string, err error) {
	var out struct {
		Cases []record.Case `json:"cases"`
		Next  string        `json:"next"`
	}
	err = c.do(ctx, request{method: http.MethodGet, path: "/v1/cases?" + q.Encode()}, &out)
	return out.Cases, out.Next, err
}

// Case is a case with what the machine found.
type Case struct {
	record.Case `json:",embed"`
	Record      string         `json:"record"`
	Result      jsontext.Value `json:"result"`
}

// Case reads one case, its texts in a language.
func (c *Client) Case(ctx context.Context, id string, lang record.Lang) (out Case, err error) {
	err = c.do(ctx, request{method: http.MethodGet, path: at("cases", id, "?lang="+string(lang))}, &out)
	return out, err
}

// FindCase is the id of the case of a record, SOURCE/ID.
func (c *Client) FindCase(ctx context.Context, name string) (string, error) {
	found, err := c.find(ctx, name)
	if err != nil {
		return "", err
	}
	if found.Case == "" {
		return "", &record.Error{Code: record.CodeNotFound, Where: "server", Message: "it was not screened yet and has no case"}
	}
	return found.Case, nil
}

// History is what was done about a case, oldest first.
type History struct {
	Shown     string            `json:"shown"`
	Heard     bool              `json:"heard"`
	Decisions []record.Decision `json:"decisions"`
	Requests  []struct {
		ID, Check, State, Text, Reply string
		Sent, Due, Answered           time.Time
	} `json:"requests"`
	Notes []struct {
		ID, By, Text string
		At           time.Time
	} `json:"notes"`
	Tasks []struct {
		ID, State, Assignee, Text string
		Created, Due, Done        time.Time
	} `json:"tasks"`
	Screened []struct {
		At         time.Time
		Assessment record.Assessment
	} `json:"screened"`
}

// History reads what was done about a case, and the answer as it came.
func (c *Client) History(ctx context.Context, id string) (out History, raw jsontext.Value, err error) {
	var b []byte
	if err := c.do(ctx, request{method: http.MethodGet, path: at("cases", id, "/history")}, &b); err != nil {
		return out, nil, err
	}
	if err := json.Unmarshal(b, &out, json.MatchCaseInsensitiveNames(true)); err != nil {
		return out, nil, record.Invalid("answer", "is not what the contract says; is it a bonafide, and of this version?")
	}
	return out, b, nil
}

// Claim takes a case for an hour; takeOver says why it is taken from somebody.
func (c *Client) Claim(ctx context.Context, id, takeOver string) (out record.Case, err error) {
	body := map[string]string{}
	if takeOver != "" {
		body["take_over"] = takeOver
	}
	err = c.post(ctx, at("cases", id, "/claim"), "", body, &out)
	return out, err
}

// Release puts a case back.
func (c *Client) Release(ctx context.Context, id string) error {
	return c.post(ctx, at("cases", id, "/release"), "", nil, nil)
}

// Ask asks the person of a case for more.
func (c *Client) Ask(ctx context.Context, id, check, text, other string, due time.Time) (string, error) {
	return c.made(ctx, at("cases", id, "/requests"), map[string]any{"check": check, "text": text, "other": other, "due": due.UTC().Format(time.RFC3339)})
}

// WithdrawRequest takes back what was asked.
func (c *Client) WithdrawRequest(ctx context.Context, id string) error {
	return c.post(ctx, at("requests", id, "/withdraw"), "", nil, nil)
}

// Note writes a note on a case.
func (c *Client) Note(ctx context.Context, id, text string) (string, error) {
	return c.made(ctx, at("cases", id, "/notes"), map[string]any{"text": text})
}

// Task gives somebody, or nobody yet, a thing to do on a case.
func (c *Client) Task(ctx context.Context, id, text, assignee string, due time.Time) (string, error) {
	body := map[string]any{"text": text}
	if assignee != "" {
		body["assignee"] = assignee
	}
	if !due.IsZero() {
		body["due"] = due.UTC().Format(time.RFC3339)
	}
	return c.made(ctx, at("cases", id, "/tasks"), body)
}

// FinishTask says that a thing was done.
func (c *Client) FinishTask(ctx context.Context, id string) error {
	return c.post(ctx, at("tasks", id, "/finish"), "", nil, nil)
}

// Decide puts a decision forward: seen is the digest of what was read.
func (c *Client) Decide(ctx context.Context, id string, to record.CaseState, reasons, seen, appeals string, findings []string) (string, error) {
	body := map[string]any{"to": to, "reasons": reasons, "seen": seen}
	if appeals != "" {
		body["appeals"] = appeals
	}
	if len(findings) > 0 {
		body["findings"] = findings
	}
	return c.made(ctx, at("cases", id, "/decisions"), body)
}

// Settle ends a decision that waits: approve, decline or withdraw.
func (c *Client) Settle(ctx context.Context, decision, do, seen string) (out record.Decision, err error) {
	body := map[string]any{"do": do}
	if seen != "" {
		body["seen"] = seen
	}
	err = c.post(ctx, at("decisions", decision, "/settle"), "", body, &out)
	return out, err
}

func at(noun, id, rest string) string { return "/v1/" + noun + "/" + url.PathEscape(id) + rest }

func (c *Client) made(ctx context.Context, path string, body any) (string, error) {
	var out struct {
		ID string `json:"id"`
	}
	err := c.post(ctx, path, Once(), body, &out)
	return out.ID, err
}

func (c *Client) post(ctx context.Context, path, once string, body, to any) error {
	return c.send(ctx, request{method: http.MethodPost, path: path, once: once}, body, to)
}

// change is a post that rests on a state that was read.
func (c *Client) change(ctx context.Context, path, state string, body, to any) error {
	return c.send(ctx, request{method: http.MethodPost, path: path, state: state}, body, to)
}

func (c *Client) send(ctx context.Context, q request, body, to any) error {
	if body != nil {
		b, err := json.Marshal(body, json.Deterministic(true))
		if err != nil {
			return record.Invalid("request", "cannot be formed")
		}
		q.body = b
	}
	return c.do(ctx, q, to)
}

// Finding is one observation of a case, as far as the desk at a terminal needs it.
type Finding struct {
	Check string `json:"check"`
	Ask   string `json:"ask"`
}

// Findings are the hits and failures of a case.
func (c *Client) Findings(ctx context.Context, id string, lang record.Lang) ([]Finding, error) {
	var out struct {
		Findings []Finding `json:"findings"`
	}
	err := c.do(ctx, request{method: http.MethodGet, path: at("cases", id, "/findings?lang="+string(lang))}, &out)
	return out.Findings, err
}

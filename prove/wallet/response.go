package wallet

import (
	"bytes"
	"net/url"
	"strings"
	"time"

	"bonafide/record"
)

const (
	// defaultSkew is how far clocks may differ.
	defaultSkew = time.Minute
	// defaultWindow is how old a proof of possession may be. A person reads, thinks
	// and unlocks in this time; the nonce bounds it anyway.
	defaultWindow = 10 * time.Minute
)

// Verification is what judging needs besides the session.
type Verification struct {
	At     time.Time
	Trust  *TrustList
	Status []*StatusList
	CRLs   []*RevocationList
	Skew   time.Duration // a minute if zero
	Window time.Duration // ten minutes if zero
}

// Answer is what came back from a wallet.
type Answer struct {
	// Refused is the error code the wallet sent instead of a presentation, such
	// as access_denied: the person said no, or has no such credential. It is
	// nothing that speaks against anybody.
	Refused   string   `json:"refused,omitempty"`
	Reports   []Report `json:"reports,omitempty"`
	Missing   []string `json:"missing,omitempty"` // ids of the query without a proven presentation
	Satisfied bool     `json:"satisfied"`
}

// verification is a Verification at work on one credential query.
type verification struct {
	Verification
	session *Session
	query   *CredentialQuery
}

// Read verifies the body of a direct_post.jwt (application/x-www-form-urlencoded
// with response=JWE), the data of a Digital Credentials API answer ({"response":
// JWE}), or the JWE alone. Only a session without a key takes a plain vp_token.
//
// It refuses, with an error, what does not belong to this session or is no
// answer at all: another state, a second answer, one that is too late. What is
// wrong with a presentation stands in its report.
func (s *Session) Read(body []byte, by Verification) (*Answer, error) {
	if err := s.open(); err != nil {
		return nil, err
	}
	if by.At.IsZero() {
		return nil, &record.Error{Code: record.CodeInternal, Where: "answer", Message: "no moment to judge at was given"}
	}
	if !s.Answered.IsZero() {
		return nil, &record.Error{Code: record.CodeConflict, Where: "answer", Message: "this request was answered before; ask again"}
	}
	if !s.Expires.IsZero() && by.At.After(s.Expires) {
		return nil, &record.Error{Code: record.CodeRefused, Where: "answer", Message: "this request is over; ask again"}
	}
	if len(body) > maxToken {
		return nil, record.Invalid("answer", "too long")
	}
	m, refused, err := s.unwrap(bytes.TrimSpace(body))
	if err != nil {
		return nil, err
	}
	if refused != "" {
		return &Answer{Refused: refused, Missing: s.missing(nil)}, nil
	}
	return s.judge(m, by)
}

// unwrap gives the parameters of the answer, or the wallet's error code.
func (s *Session) unwrap(body []byte) (m map[string]any, refused string, err error) {
	token := string(body)
	if len(body) > 0 && body[0] != '{' && bytes.ContainsRune(body, '=') {
		form, err := url.ParseQuery(token)
		if err != nil {
			return nil, "", record.Invalid("answer", "not a form")
		}
		for _, values := range form {
			if len(values) > 1 {
				return nil, "", record.Invalid("answer", "a parameter stands there twice")
			}
		}
		if form.Has("error") {
			return s.declined(map[string]any{"error": form.Get("error"), "state": form.Get("state")})
		}
		if token = form.Get("response"); token == "" {
			return nil, "", record.Invalid("answer", "no encrypted response")
		}
	}
	if s.key != nil && strings.HasPrefix(token, "{") {
		data, err := object(body)
		if err != nil {
			return nil, "", record.Invalid("answer", "not a strict JSON object")
		}
		token = stringOf(data["response"])
	}
	raw := []byte(token)
	if s.key != nil {
		_, thumb := s.encryption()
		if raw, err = decrypt(token, s.key, base64url(thumb)); err != nil {
			return nil, "", record.Invalid("answer", err.Error())
		}
	}
	if m, err = object(raw); err != nil {
		return nil, "", record.Invalid("answer", "not a strict JSON object")
	}
	if s.State != "" && !same(stringOf(m["state"]), s.State) {
		return nil, "", record.Invalid("answer", "belongs to another request")
	}
	if m["error"] != nil {
		return s.declined(m)
	}
	return m, "", nil
}

// declined reads an error answer (OpenID4VP 1.0 section 8.5). Only known codes
// are passed on: whatever else a stranger writes stays outside.
func (s *Session) declined(m map[string]any) (map[string]any, string, error) {
	if s.State != "" && !same(stringOf(m["state"]), s.State) {
		return nil, "", record.Invalid("answer", "belongs to another request")
	}
	switch code := stringOf(m["error"]); code {
	case "access_denied", "invalid_scope", "invalid_request", "invalid_client", "vp_formats_not_supported",
		"invalid_request_uri_method", "invalid_transaction_data", "wallet_unavailable", "server_error":
		return nil, code, nil
	}
	return nil, "other", nil
}

func (s *Session) judge(m map[string]any, by Verification) (*Answer, error) {
	if by.Skew == 0 {
		by.Skew = defaultSkew
	}
	if by.Window == 0 {
		by.Window = defaultWindow
	}
	token, ok := m["vp_token"].(map[string]any)
	if !ok {
		return nil, record.Invalid("answer", "no vp_token that answers a DCQL query")
	}
	answer := &Answer{}
	for _, id := range sortedKeys(token) {
		if s.Query.credential(id) == nil {
			return nil, record.Invalid("answer", "answers a query that was not put")
		}
	}
	// In the order of the query, so that the same answer gives the same report.
	for i := range s.Query.Credentials {
		c := &s.Query.Credentials[i]
		in, there := token[c.ID]
		if !there {
			continue
		}
		list, ok := in.([]any)
		if !ok || len(list) == 0 || len(list) > 10 || len(list) > 1 && !c.Multiple {
			return nil, record.Invalid("answer", "a credential query has not exactly one presentation")
		}
		for _, one := range list {
			answer.Reports = append(answer.Reports, s.read(c, one, by))
		}
	}
	answer.Missing = s.missing(answer.Reports)
	answer.Satisfied = s.Query.satisfied(func(id string) bool {
		for i := range answer.Reports {
			if answer.Reports[i].Query == id && answer.Reports[i].Proven {
				return true
			}
		}
		return false
	})
	return answer, nil
}

func (s *Session) missing(reports []Report) []string {
	var ids []string
	for i := range s.Query.Credentials {
		id, proven := s.Query.Credentials[i].ID, false
		for j := range reports {
			proven = proven || reports[j].Query == id && reports[j].Proven
		}
		if !proven {
			ids = append(ids, id)
		}
	}
	return ids
}

// read verifies one presentation.
func (s *Session) read(c *CredentialQuery, presentation any, by Verification) Report {
	r := newReport(c.ID, c.Format)
	r.Trust = by.Trust.Ref()
	v := &verification{by, s, c}
	text, ok := presentation.(string)
	switch {
	case !ok:
		r.say(PartStructure, Failed, "the presentation is not a string")
	case c.Format == FormatSDJWT:
		v.readSDJWT(r, text)
	case c.Format == FormatMdoc:
		v.readMdoc(r, strings.TrimRight(text, "="))
	}
	r.finish(by.At)
	return *r
}

// claims keeps what was asked for and nothing else.
func (v *verification) claims(r *Report, root map[string]any) {
	picked, complete := v.query.pick(root)
	if !complete {
		r.say(PartClaims, Failed, "not all claims that were asked for are there")
		return
	}
	r.Claims = picked
	r.say(PartClaims, OK, "")
}

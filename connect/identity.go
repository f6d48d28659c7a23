package connect

import (
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// Outcome is what an identity vendor's result comes to. Asking the candidate to
// try again is no failure: a bad photo is not a lie.
type Outcome string

// The outcomes, one set for all vendors.
const (
	Passed       Outcome = "pass"
	Failed       Outcome = "fail"
	Inconclusive Outcome = "inconclusive" // try again, or more is needed
	NeedsReview  Outcome = "needs-review"
	Expired      Outcome = "expired"
	Cancelled    Outcome = "cancelled"
	Running      Outcome = "running"
)

// Reason is why a vendor came to its outcome, in its own code.
type Reason struct {
	Code string `json:"code"`
	Text string `json:"text,omitempty"`
}

// IdentityResult is one vendor's result, said the same way for all of them. No
// picture is in it, and a number of a document only as the vendor gave it, for
// the store to seal.
type IdentityResult struct {
	Provider  string    `json:"provider"`
	ID        string    `json:"id"`
	Subject   string    `json:"subject,omitempty"` // our own reference, as given to the vendor
	Kind      string    `json:"kind"`              // document, selfie, device, watchlist, session …
	Outcome   Outcome   `json:"outcome"`
	Reasons   []Reason  `json:"reasons,omitempty"`
	Signals   []Reason  `json:"signals,omitempty"` // remarks that may come with a pass too
	CheckedAt time.Time `json:"checked_at,omitzero"`
	Sandbox   bool      `json:"sandbox,omitempty"`

	Document record.Document `json:"document,omitzero"`
	IP       string          `json:"ip,omitempty"`
	// Refetch: what came is a hint; the vendor's API is to be asked for the
	// result before anything rests on it (Vendor, where there is one and a key).
	Refetch bool   `json:"refetch,omitempty"`
	path    string // of the vendor's answer, below its base and made of the id alone; empty: nothing can be asked for
	// UnknownWord is a status or code of the vendor we do not know: shown, and
	// counted as inconclusive.
	UnknownWord string `json:"unknown_word,omitempty"`
}

// identityReaders by provider; one more vendor is one file and one line here.
var identityReaders = map[string]func([]byte) ([]IdentityResult, error){
	"onfido":  readOnfido,
	"persona": readPersona,
	"stripe":  readStripe,
	"sumsub":  readSumsub,
	"veriff":  readVeriff,
}

// ReadIdentity reads a webhook's body or an API's answer of an identity
// vendor. Members it does not know are left alone: vendors add some every month.
func ReadIdentity(provider string, body []byte) ([]IdentityResult, error) {
	read, ok := identityReaders[provider]
	if !ok {
		return nil, &record.Error{Code: record.CodeNotFound, Message: "not an identity vendor we read: onfido, persona, stripe, sumsub, veriff"}
	}
	if len(body) > MostBody {
		return nil, record.Invalid(provider, "larger than 4 MiB")
	}
	all, err := read(body)
	if err != nil {
		return nil, err
	}
	for i := range all {
		r := &all[i]
		r.Provider = provider
		if r.ID == "" || len(r.ID) > longestEventID {
			return nil, record.Invalid(provider, "the result has no id, or one of more than 200 bytes")
		}
	}
	return all, nil
}

// lenient decodes a vendor's object: unknown members pass, duplicates do not.
func lenient(provider string, body []byte, into any) error {
	if err := json.Unmarshal(body, into); err != nil {
		return record.Invalid(provider, "is not the JSON this vendor sends, or holds a member of another type")
	}
	return nil
}

// outcomes finds a vendor's word; a new word is inconclusive and is shown.
func (r *IdentityResult) outcome(words map[string]Outcome, word string) {
	o, ok := words[strings.ToLower(word)]
	if !ok {
		o, r.UnknownWord = Inconclusive, clip(word)
	}
	r.Outcome = o
}

func clip(s string) string {
	if len(s) > longestEventID {
		return strings.ToValidUTF8(s[:longestEventID], "")
	}
	return s
}

// instant reads RFC 3339 and the "2020-02-21 13:23:19.002" that one vendor
// writes, in UTC. What cannot be read is no time.
func instant(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04:05.999", "2006-01-02 15:04:05-0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// truth reads true, "true" and 1, which vendors mix.
type truth bool

func (t *truth) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	v, err := d.ReadValue()
	if err != nil {
		return err
	}
	s := strings.Trim(string(v), `"`)
	*t = truth(s == "true" || s == "1")
	return nil
}

// loose reads a text and takes anything else as none.
type loose string

func (l *loose) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	v, err := d.ReadValue()
	if err != nil {
		return err
	}
	if v.Kind() == '"' {
		var s string
		if err := json.Unmarshal(v, &s); err != nil {
			return err
		}
		*l = loose(clip(s))
	}
	return nil
}

// IsIdentity reports whether a provider is an identity vendor that is read here.
func IsIdentity(provider string) bool { _, ok := identityReaders[provider]; return ok }

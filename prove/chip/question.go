package chip

import (
	"encoding/hex"
	"io"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Question is what a reader app is given, as JSON; all bytes are hexadecimal.
// Either half may be missing. docs/reader-app.md tells the app's side.
type Question struct {
	Challenge string   `json:"challenge,omitempty"` // of eight bytes, for INTERNAL AUTHENTICATE
	Agreement string   `json:"agreement,omitempty"` // name of the question below
	Begin     []string `json:"begin,omitempty"`     // commands in the clear, for the session that the app has
	Sealed    string   `json:"sealed,omitempty"`    // one command, sent as it is as the first of the new session
}

// Question is the public half of an agreement under a name.
func (a *Agreement) Question(name string) Question {
	q := Question{Agreement: name, Sealed: hex.EncodeToString(a.Sealed)}
	for _, b := range a.Begin {
		q.Begin = append(q.Begin, hex.EncodeToString(b))
	}
	return q
}

// Reply is what the app brings back.
type Reply struct {
	Challenge string `json:"challenge,omitempty"` // the one that was answered
	Response  string `json:"response,omitempty"`  // the chip's signature
	Agreement string `json:"agreement,omitempty"` // the question that was answered
	Answer    string `json:"answer,omitempty"`    // to the sealed command, as it came, its status included
}

const maxReply = 1 << 16

// ReadReply reads a reply, strictly. Whose questions it answers is for the caller.
func ReadReply(from io.Reader) (Reply, error) {
	var r Reply
	b, err := io.ReadAll(io.LimitReader(from, maxReply+1))
	if err != nil || len(b) > maxReply || json.Unmarshal(b, &r, json.RejectUnknownMembers(true)) != nil || r == (Reply{}) {
		return Reply{}, record.Invalid("reply", `wants {"challenge":"…","response":"…"}, {"agreement":"…","answer":"…"} or all four, in hexadecimal`)
	}
	_, err = r.Transcript(nil)
	return r, err
}

// Transcript turns the words into bytes. The agreement is the one that was kept
// under its name, nil when there is none.
func (r Reply) Transcript(kept *Agreement) (*Transcript, error) {
	t := &Transcript{}
	for _, x := range []struct {
		from string
		to   *[]byte
	}{{r.Challenge, &t.Challenge}, {r.Response, &t.Response}, {r.Answer, &t.Answer}} {
		if x.from == "" {
			continue
		}
		b, err := hex.DecodeString(x.from)
		if err != nil || len(b) > 4096 {
			return nil, record.Invalid("reply", "is not hexadecimal, or longer than a chip's answer")
		}
		*x.to = b
	}
	if t.Agreement = kept; kept == nil {
		t.Answer = nil
	}
	return t, nil
}

package api

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"bonafide/record"
)

// Every reading has a strong ETag: the mark of the state it shows, where what is
// read can be changed, and a digest of its bytes, because the same state reads
// otherwise in another language or by a newer program. If-None-Match compares all
// of it, If-Match the mark alone: a write depends on the state, not on the words.
// A reading that is answered with 304 is logged like any other.

// tagged says whether a route's answers have an ETag.
func (rt Route) tagged() bool { return rt.Method == http.MethodGet && !rt.Signed && rt.Out != nil }

func etag(mark string, body []byte) string {
	sum := sha256.Sum256(body)
	tag := base64.RawURLEncoding.EncodeToString(sum[:12])
	if mark != "" {
		tag = mark + ":" + tag
	}
	return `"` + tag + `"`
}

// tags are those of an If-Match or If-None-Match, whose bytes never hold a comma
// when they are ours.
func tags(header string) (all []string) {
	for tag := range strings.SplitSeq(header, ",") {
		if tag = strings.TrimSpace(tag); tag != "" {
			all = append(all, tag)
		}
	}
	return all
}

// held says whether the sender of If-None-Match has these bytes already. It
// compares weakly, as is the rule for it: a proxy may have made the tag weak.
func held(header, tag string) bool {
	for _, have := range tags(header) {
		if have == "*" || strings.TrimPrefix(have, "W/") == tag {
			return true
		}
	}
	return false
}

// marks are the states in one of which If-Match lets a write go ahead; nil when
// it is not sent, or lets any. A weak tag, and one that is not ours, is no state.
func marks(header string) []string {
	if header == "" {
		return nil
	}
	all := []string{}
	for _, tag := range tags(header) {
		if tag == "*" {
			return nil
		}
		mark, _, ours := strings.Cut(strings.TrimPrefix(tag, `"`), ":")
		if ours && strings.HasPrefix(tag, `"`) {
			all = append(all, mark)
		}
	}
	return all
}

// checkCondition asks for If-Match where another's change could be lost without
// anybody seeing it. Where it would have no effect it is refused: its sender
// relies on it.
func (rt Route) checkCondition(r *http.Request) error {
	sent := r.Header.Get("If-Match") != ""
	switch {
	case rt.Condition != "" && !sent:
		return &fault{kind: "needs-condition", detail: "Send If-Match with the ETag of GET " + rt.Condition + ": what you decide on is what you have read.", where: "If-Match"}
	case rt.Condition == "" && sent:
		return record.Invalid("If-Match", "is not heeded here: nothing can be lost, leave it out")
	}
	return nil
}

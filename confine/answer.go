package confine

import (
	"encoding/binary"
	"errors"
	"slices"

	"github.com/go-json-experiment/json"

	"bonafide/confine/document"
)

var errAnswer = errors.New("not an answer of a child")

// decode reads the answer of a child as if its enemy had written it: no field
// that is not of the schema, no word that is not of the house, exactly as many
// pixels as it says, every string cleaned again.
func decode(b []byte) (h head, pixels []byte, err error) {
	if len(b) < 4 {
		return h, nil, errAnswer
	}
	n := binary.BigEndian.Uint32(b)
	if n > maxHead || int64(n) > int64(len(b)-4) {
		return h, nil, errAnswer
	}
	if err := json.Unmarshal(b[4:4+n], &h, json.RejectUnknownMembers(true)); err != nil {
		return head{}, nil, errAnswer
	}
	pixels = b[4+n:]
	r := &h.Result
	p := r.Picture
	if p.Width < 0 || p.Height < 0 || p.Width > document.MaxSide || p.Height > document.MaxSide || len(pixels) != p.Width*p.Height*3 {
		return head{}, nil, errAnswer
	}
	if !r.Sound() || len(h.Locks) > 32 {
		return head{}, nil, errAnswer
	}
	r.Tidy()
	if r.Verdict == document.Refused {
		// A refused file is told by its reason alone.
		*r = document.Result{Version: 1, Verdict: r.Verdict, Reason: r.Reason, Detail: says[r.Reason], Kind: r.Kind}
		pixels = nil
	}
	return h, slices.Clone(pixels), nil
}

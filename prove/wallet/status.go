package wallet

import (
	"bytes"
	"compress/zlib"
	"crypto/x509"
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/fxamacker/cbor/v2"

	"bonafide/record"
)

// maxStatus bounds a status list after decompression: 64 million one-bit states.
const maxStatus = 8 << 20

// staleAfter is how long a status list without expiry and without ttl counts.
const staleAfter = 7 * 24 * time.Hour

// maxTTL is the longest time for which a copy is kept, whatever the list says.
const maxTTL = 365 * 24 * time.Hour

// StatusList is a Token Status List (draft-ietf-oauth-status-list): states of
// many credentials in one compressed string, fetched by somebody else.
type StatusList struct {
	URI     string // the sub claim; a credential finds its list by it
	Issued  time.Time
	Expires time.Time
	TTL     time.Duration // how long a copy may be kept, 0 where the list does not say
	bits    uint
	states  []byte
	problem string // why its signer is not trusted, "" if it is
	// anchor is the authority that vouches for it; dedicated is one listed for
	// status lists by name, which may speak for the credentials of others.
	anchor    string
	dedicated bool
	issuer    string // where a bare key signed
}

// State of one credential as its list says.
type State uint8

// The registered states (section 7.1); others are the issuer's own.
const (
	StateValid     State = 0
	StateInvalid   State = 1
	StateSuspended State = 2
)

// ReadStatusList reads a status list token, JWT (statuslist+jwt) or CWT
// (application/statuslist+cwt), checks its signature against the trust list, its
// type and its dates at the given time.
func ReadStatusList(token []byte, trust *TrustList, at time.Time) (*StatusList, error) {
	l, err := readStatusList(token, trust, at)
	if err != nil {
		return nil, record.Invalid("status list", err.Error())
	}
	return l, nil
}

func readStatusList(token []byte, trust *TrustList, at time.Time) (*StatusList, error) {
	if at.IsZero() {
		return nil, errors.New("no moment to judge at was given")
	}
	if len(token) > maxStatus {
		return nil, errors.New("too long")
	}
	var l *StatusList
	var ttl int64
	var chain []*x509.Certificate
	var check func(*publicKey) error
	var iss, kid string
	var err error
	if token = bytes.TrimSpace(token); len(token) > 0 && token[0] == 'e' {
		l, ttl, chain, check, iss, kid, err = statusJWT(string(token))
	} else {
		l, ttl, chain, check, err = statusCWT(token)
	}
	if err != nil {
		return nil, err
	}
	if l.URI == "" || l.Issued.IsZero() {
		return nil, errors.New("no subject or no date")
	}
	if ttl > 0 && ttl < int64(maxTTL/time.Second) {
		l.TTL = time.Duration(ttl) * time.Second
	}
	if l.Expires.IsZero() {
		l.Expires = l.Issued.Add(staleAfter)
		if ttl > 0 && ttl < int64(staleAfter/time.Second) {
			l.Expires = l.Issued.Add(time.Duration(ttl) * time.Second)
		}
	}
	if l.Issued.After(at.Add(defaultSkew)) || !l.Expires.After(at) {
		l.problem = "the status list is not of this day; fetch it again"
		return l, nil
	}
	switch key := trust.key(iss, kid); {
	case chain != nil:
		if err := check(&publicKey{key: chain[0].PublicKey}); err != nil {
			return nil, err
		}
		j := trust.judge(chain, purpose{"", "", "status", l.Issued, at})
		if j.outcome != OK {
			l.problem = "the status list: " + j.detail
		}
		l.anchor, l.dedicated = j.anchor, j.dedicated
	case key != nil:
		if err := check(key); err != nil {
			return nil, err
		}
		l.issuer = iss
	default:
		l.problem = "the signer of the status list stands in no trust list"
	}
	return l, nil
}

func statusJWT(token string) (l *StatusList, ttl int64, chain []*x509.Certificate, check func(*publicKey) error, iss, kid string, err error) {
	j, err := parseJWS(token)
	if err != nil {
		return
	}
	if j.typ != "statuslist+jwt" {
		err = errors.New("the token is of another kind than statuslist+jwt")
		return
	}
	m, err := object(j.payload)
	if err != nil {
		err = errors.New("the payload is not a strict JSON object")
		return
	}
	l = &StatusList{URI: stringOf(m["sub"])}
	var err1, err2 error
	l.Issued, err1 = seconds(m, "iat")
	l.Expires, err2 = seconds(m, "exp")
	n, _ := m["ttl"].(number)
	ttl, _ = strconv.ParseInt(string(n), 10, 64)
	list, _ := m["status_list"].(map[string]any)
	bits, _ := list["bits"].(number)
	b, err3 := strconv.ParseUint(string(bits), 10, 8)
	packed, err4 := unbase64(stringOf(list["lst"]))
	if err = errors.Join(err1, err2, err3, err4); err != nil {
		err = errors.New("a member is missing or of the wrong kind")
		return
	}
	if err = l.unpack(uint(b), packed); err != nil {
		return
	}
	if j.x5c != nil {
		chain, err = parseChain(j.x5c)
	}
	return l, ttl, chain, j.verify, stringOf(m["iss"]), j.kid, err
}

func statusCWT(token []byte) (l *StatusList, ttl int64, chain []*x509.Certificate, check func(*publicKey) error, err error) {
	c, err := parseCOSE(untagged(token, 61), 18) // 61: the CWT tag, may stand around
	if err != nil {
		return
	}
	if c.typ != "application/statuslist+cwt" && c.typ != "statuslist+cwt" {
		err = errors.New("the token is of another kind than statuslist+cwt")
		return
	}
	var m map[any]cbor.RawMessage
	if err = uncbor(c.payload, &m); err != nil {
		return
	}
	l = &StatusList{}
	var iat, exp int64
	var list struct {
		Bits uint   `cbor:"bits"`
		Lst  []byte `cbor:"lst"`
	}
	if uncbor(m[uint64(2)], &l.URI) != nil || uncbor(m[uint64(6)], &iat) != nil || uncbor(m[uint64(65533)], &list) != nil ||
		m[uint64(4)] != nil && uncbor(m[uint64(4)], &exp) != nil || m[uint64(65534)] != nil && uncbor(m[uint64(65534)], &ttl) != nil {
		err = errors.New("a member is missing or of the wrong kind")
		return
	}
	l.Issued = time.Unix(iat, 0).UTC()
	if exp != 0 {
		l.Expires = time.Unix(exp, 0).UTC()
	}
	if err = l.unpack(list.Bits, list.Lst); err != nil {
		return
	}
	if c.x5chain != nil {
		chain, err = parseChain(c.x5chain)
	}
	return l, ttl, chain, func(k *publicKey) error { return c.verify(k.key, c.payload) }, err
}

func untagged(b []byte, tag uint64) []byte {
	var t cbor.RawTag
	if len(b) > 0 && b[0]>>5 == 6 && uncbor(b, &t) == nil && t.Number == tag {
		return t.Content
	}
	return b
}

// unpack decompresses the states (section 4.1: DEFLATE in the ZLIB format),
// with a bound, so that a small token cannot become a large memory.
func (l *StatusList) unpack(bits uint, packed []byte) error {
	if bits != 1 && bits != 2 && bits != 4 && bits != 8 {
		return errors.New("states must have 1, 2, 4 or 8 bits")
	}
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return errors.New("the states are not compressed as they should be")
	}
	l.bits = bits
	l.states, err = io.ReadAll(io.LimitReader(z, maxStatus+1))
	if err != nil || len(l.states) > maxStatus {
		return errors.New("the states are not compressed as they should be, or too many")
	}
	return nil
}

// State of the credential with this index; false if the list is too short.
func (l *StatusList) State(index uint64) (State, bool) {
	per := uint64(8 / l.bits)
	if index/per >= uint64(len(l.states)) {
		return 0, false
	}
	b := l.states[index/per] >> (uint(index%per) * l.bits)
	return State(b & (1<<l.bits - 1)), true
}

// status fills the part on revocation from the status member of the credential.
func (v *verification) status(r *Report, status any) {
	if status == nil {
		r.say(PartStatus, NotDone, "the credential names no status list")
		return
	}
	m, _ := status.(map[string]any)
	ref, _ := m["status_list"].(map[string]any)
	uri := stringOf(ref["uri"])
	n, _ := ref["idx"].(number)
	index, err := strconv.ParseUint(string(n), 10, 63)
	if ref == nil {
		r.StatusURI = "unknown"
		r.say(PartStatus, NotVerifiable, "the credential uses another way to tell its status")
		return
	}
	if uri == "" || err != nil {
		r.StatusURI = "unknown"
		r.say(PartStatus, Failed, "the credential names its status list wrongly")
		return
	}
	r.StatusURI = uri
	v.statusAt(r, uri, index)
}

func (v *verification) statusAt(r *Report, uri string, index uint64) {
	for _, l := range v.Status {
		if l.URI != uri {
			continue
		}
		if l.problem != "" {
			r.say(PartStatus, NotVerifiable, l.problem)
			return
		}
		if r.is(PartChain, OK) && !l.dedicated && (l.anchor != r.Anchor || l.anchor == "" && l.issuer != r.Issuer) {
			r.say(PartStatus, NotVerifiable, "another authority than the credential's signed the status list")
			return
		}
		switch state, there := l.State(index); {
		case !there:
			r.say(PartStatus, Failed, "the status list has no such entry")
		case state == StateValid:
			r.say(PartStatus, OK, "")
		case state == StateSuspended:
			r.say(PartStatus, Failed, "suspended by the issuer; it may come back")
		case state == StateInvalid:
			r.say(PartStatus, Failed, "revoked by the issuer")
		default:
			r.say(PartStatus, NotVerifiable, "a state that only the issuer can explain")
		}
		return
	}
	r.say(PartStatus, NotDone, "the status list was not fetched yet")
}

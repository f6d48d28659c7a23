package chip

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"

	"bonafide/record"
)

// Agreement is one question of chip authentication (9303-11, 6.2). In the
// ordinary protocol only the reader could know that the chip answered, for it
// holds the session's key. Here that key is ours: we draw the ephemeral pair, the
// reader app carries its public half to the chip, and hands over one command that
// we sealed for the session to be. Only the chip can seal the answer. The private
// half stays with us and is used for one question only; the caller sees to that.
type Agreement struct {
	Protocol string `json:"protocol"` // object identifier of the chip's protocol
	Group    []byte `json:"dg14"`     // SHA-256 of the DG14 it was drawn for
	Private  []byte `json:"private"`
	// Begin are the commands that start the session, in the clear: the app sends them
	// within the session it has. Sealed is sent as it is, as the first thing after.
	Begin  [][]byte `json:"begin"`
	Sealed []byte   `json:"sealed"`
}

const (
	oidAgreementKey = "0.4.0.127.0.7.2.2.1." // id-PK, then 1 for DH or 2 for curves
	oidAgreement    = "0.4.0.127.0.7.2.2.3." // id-CA, the same, then the cipher
	oidDH           = "1.2.840.113549.1.3.1" // PKCS #3
	oidDHPublic     = "1.2.840.10046.2.1"    // ANSI X9.42
	// The command is SELECT of EF.DG14: every chip with this protocol holds the file
	// and lets everybody select it.
	idDG14 = "\x01\x0e"
)

// agreementKey is a chip's static key for key agreement.
type agreementKey struct {
	ec      *ecKey
	p, g, y *big.Int // of a group modulo p, when there is no curve
	id      []byte   // its number where the chip has several; nil
}

// agreementOf reads the protocol and the key that DG14 offers: the strongest
// cipher for which there is a key. Chips that name no protocol mean 3DES.
func agreementOf(dg14 []byte) (protocol string, key *agreementKey, err error) {
	body, err := inGroup(dg14, 14)
	if err != nil {
		return "", nil, err
	}
	set, err := only(body, tagSet)
	if err != nil {
		return "", nil, err
	}
	type offered struct {
		oid string
		id  []byte
	}
	var offers []offered
	keys := map[string][]*agreementKey{}
	var unread error
	n := 0
	for c := set.inside(); !c.empty(); n++ {
		e, err := c.take(tagSequence)
		if err != nil || n == 64 {
			return "", nil, errDER
		}
		in := e.inside()
		oid, err := in.oid()
		if err != nil {
			return "", nil, err
		}
		switch {
		case strings.HasPrefix(oid, oidAgreement):
			version, err := in.take(tagInteger)
			if err != nil {
				return "", nil, err
			}
			if v, err := version.small(); err != nil || v != 1 && v != 2 {
				unread = fmt.Errorf("version of %s: %w", oid, errUnsupported)
				continue
			}
			id, _, err := in.optional(tagInteger)
			if err != nil {
				return "", nil, err
			}
			offers = append(offers, offered{oid, id.body})
		case strings.HasPrefix(oid, oidAgreementKey):
			spki, err := in.take(tagSequence)
			if err != nil {
				return "", nil, err
			}
			id, _, err := in.optional(tagInteger)
			if err != nil {
				return "", nil, err
			}
			k, err := readAgreementKey(spki)
			if err != nil {
				unread = err
				continue
			}
			k.id = id.body
			group := strings.TrimPrefix(oid, oidAgreementKey)
			keys[group] = append(keys[group], k)
		}
	}
	if len(offers) == 0 { // 9303-11, 6.2.4: early chips name a key only, and mean 3DES
		for _, group := range []string{"1", "2"} {
			for _, k := range keys[group] {
				offers = append(offers, offered{oidAgreement + group + ".1", k.id})
			}
		}
	}
	best := byte(0)
	for _, o := range offers {
		group, cipher, ok := strings.Cut(strings.TrimPrefix(o.oid, oidAgreement), ".")
		if !ok || len(cipher) != 1 || keyBytes[cipher[0]-'0'] == 0 {
			unread = fmt.Errorf("protocol %s: %w", o.oid, errUnsupported)
			continue
		}
		for _, k := range keys[group] {
			if (o.id == nil || bytes.Equal(k.id, o.id)) && cipher[0] > best {
				protocol, key, best = o.oid, k, cipher[0]
			}
		}
	}
	switch {
	case key != nil:
		return protocol, key, nil
	case unread != nil:
		return "", nil, unread
	}
	return "", nil, errNoAgreement
}

var errNoAgreement = errors.New("the chip does not offer it")

// readAgreementKey reads a point, or a number with its group.
func readAgreementKey(spki element) (*agreementKey, error) {
	oid, parameters, raw, err := subjectKey(spki)
	if err != nil {
		return nil, err
	}
	if oid != oidDH && oid != oidDHPublic {
		k, err := readKey(spki)
		if err != nil {
			return nil, err
		}
		if k.ec == nil {
			return nil, fmt.Errorf("key %s: %w", oid, errUnsupported)
		}
		return &agreementKey{ec: k.ec}, nil
	}
	number, err := only(raw, tagInteger)
	if err != nil {
		return nil, err
	}
	group, err := parameters.take(tagSequence)
	if err != nil {
		return nil, err
	}
	in := group.inside()
	k := &agreementKey{}
	read := func(e element, err error) *big.Int {
		if err != nil {
			return nil
		}
		v, err := e.unsigned(4096 + 8)
		if err != nil {
			return nil
		}
		return v
	}
	k.p, k.g, k.y = read(in.take(tagInteger)), read(in.take(tagInteger)), read(number, nil)
	if k.p == nil || k.g == nil || k.y == nil {
		return nil, errDER
	}
	last := new(big.Int).Sub(k.p, big.NewInt(1))
	one := big.NewInt(1)
	if k.p.BitLen() < 1024 || k.p.Bit(0) == 0 || k.g.Cmp(one) <= 0 || k.g.Cmp(last) >= 0 || k.y.Cmp(one) <= 0 || k.y.Cmp(last) >= 0 {
		return nil, fmt.Errorf("a group of %d bits: %w", k.p.BitLen(), errUnsupported)
	}
	return k, nil
}

// pair draws an ephemeral pair.
func (k *agreementKey) pair(random io.Reader) (private, public []byte, err error) {
	order := new(big.Int)
	if k.ec != nil {
		order.Set(k.ec.n)
	} else {
		order.Sub(k.p, big.NewInt(1))
	}
	d, err := rand.Int(random, order.Sub(order, big.NewInt(2)))
	if err != nil {
		return nil, nil, err
	}
	d.Add(d, big.NewInt(1))
	return d.Bytes(), k.public(d), nil
}

func (k *agreementKey) public(d *big.Int) []byte {
	if k.ec == nil {
		return new(big.Int).Exp(k.g, d, k.p).FillBytes(make([]byte, (k.p.BitLen()+7)/8))
	}
	x, y, _ := k.ec.times(d, k.ec.gx, k.ec.gy)
	n := k.ec.bytes()
	return append(append([]byte{4}, x.FillBytes(make([]byte, n))...), y.FillBytes(make([]byte, n))...)
}

// secret is what the two of them share (BSI TR-03111 4.3, PKCS #3).
func (k *agreementKey) secret(private []byte) ([]byte, error) {
	d := new(big.Int).SetBytes(private)
	if k.ec == nil {
		return new(big.Int).Exp(k.y, d, k.p).FillBytes(make([]byte, (k.p.BitLen()+7)/8)), nil
	}
	x, _, ok := k.ec.times(d, k.ec.x, k.ec.y)
	if !ok {
		return nil, errDER
	}
	return x.FillBytes(make([]byte, k.ec.bytes())), nil
}

// times is k times a point; false at infinity.
func (c *curve) times(k, px, py *big.Int) (x, y *big.Int, ok bool) {
	v := c.sum(big.NewInt(0), k, px, py)
	if v.z.Sign() == 0 {
		return nil, nil, false
	}
	z := new(big.Int).ModInverse(&v.z, c.p)
	zz := new(big.Int).Mul(z, z)
	x = new(big.Int).Mul(&v.x, zz)
	y = new(big.Int).Mul(&v.y, zz.Mul(zz, z))
	return x.Mod(x, c.p), y.Mod(y, c.p), true
}

// AskAgreement draws a question for the chip whose DG14 this is. That the file is
// the one a state signed is checked when the answer comes.
func AskAgreement(dg14 []byte, random io.Reader) (*Agreement, error) {
	if len(dg14) > maxFile {
		return nil, record.Invalid("DG14", "a chip holds no file above 1 MB")
	}
	protocol, key, err := agreementOf(dg14)
	switch {
	case err == errNoAgreement:
		return nil, record.Invalid("DG14", "the chip does not offer chip authentication")
	case errors.Is(err, errUnsupported):
		return nil, record.Invalid("DG14", "the chip's key: "+err.Error())
	case err != nil:
		return nil, record.Invalid("DG14", "cannot be read")
	}
	private, public, err := key.pair(random)
	if err != nil {
		return nil, &record.Error{Code: record.CodeInternal, Where: "chip", Message: "no random numbers", Err: err}
	}
	sum := sha256.Sum256(dg14)
	a := &Agreement{Protocol: protocol, Group: sum[:], Private: private, Begin: beginCommands(protocol, key, public)}
	c, err := a.channel(key)
	if err != nil {
		return nil, &record.Error{Code: record.CodeInternal, Where: "chip", Message: "no session could be prepared", Err: err}
	}
	a.Sealed = c.seal(1, [4]byte{0, 0xa4, 2, 0x0c}, []byte(idDG14))
	return a, nil
}

func (a *Agreement) channel(key *agreementKey) (*channel, error) {
	secret, err := key.secret(a.Private)
	if err != nil || a.Protocol == "" {
		return nil, errDER
	}
	return openChannel(secret, a.Protocol[len(a.Protocol)-1]-'0')
}

// beginCommands start the session (9303-11, 6.2.4): MSE:Set KAT with 3DES, which
// early chips know only; MSE:Set AT and GENERAL AUTHENTICATE otherwise.
func beginCommands(protocol string, key *agreementKey, public []byte) [][]byte {
	object := func(tag byte, b []byte) []byte {
		switch n := len(b); {
		case n < 0x80:
			return append([]byte{tag, byte(n)}, b...)
		case n < 0x100:
			return append([]byte{tag, 0x81, byte(n)}, b...)
		default:
			return append([]byte{tag, 0x82, byte(n >> 8), byte(n)}, b...)
		}
	}
	command := func(header [4]byte, data []byte, answer bool) []byte {
		out := header[:]
		long := len(data) > 255
		if long { // extended length
			out = append(out, 0, byte(len(data)>>8), byte(len(data)))
		} else {
			out = append(out, byte(len(data)))
		}
		if out = append(out, data...); answer {
			if out = append(out, 0); long {
				out = append(out, 0)
			}
		}
		return out
	}
	var id []byte
	if key.id != nil {
		id = object(0x84, key.id)
	}
	if strings.HasSuffix(protocol, ".1") {
		return [][]byte{command([4]byte{0, 0x22, 0x41, 0xa6}, append(object(0x91, public), id...), false)}
	}
	return [][]byte{
		command([4]byte{0, 0x22, 0x41, 0xa4}, append(object(0x80, oidBytes(protocol)), id...), false),
		command([4]byte{0, 0x86, 0, 0}, object(0x7c, object(0x80, public)), true),
	}
}

// oidBytes is the content of an object identifier of which every part but the
// first two, which are below 40, is below 128.
func oidBytes(dots string) []byte {
	var parts []byte
	for p := range strings.SplitSeq(dots, ".") {
		n := byte(0)
		for _, d := range []byte(p) {
			n = n*10 + d - '0'
		}
		parts = append(parts, n)
	}
	return append([]byte{parts[0]*40 + parts[1]}, parts[2:]...)
}

// agreed checks the chip's answer to the sealed command against its key in
// DG14, which must have been among the signed files.
func (d *Document) agreed(a *Agreement, answer []byte) (State, string) {
	if sum := sha256.Sum256(d.groups[14]); !bytes.Equal(sum[:], a.Group) {
		return NotVerifiable, "the question was drawn for another DG14"
	}
	protocol, key, err := agreementOf(d.groups[14])
	if err != nil || protocol != a.Protocol {
		return NotVerifiable, "DG14 cannot be read"
	}
	c, err := a.channel(key)
	if err != nil {
		return NotVerifiable, "no session can be formed with the chip's key"
	}
	if len(answer) > 1024 {
		return Failed, "the answer is longer than one of a chip"
	}
	switch right, sealed, status := c.accepts(2, answer); {
	case !sealed:
		return NotVerifiable, fmt.Sprintf("the chip broke off with status %X", status)
	case !right:
		return Failed, "the answer was not sealed with the chip's own key"
	}
	return OK, "the chip agreed on a key that only it and we could form (" + key.say() + ", " + sayCipher(protocol) + ")"
}

func (k *agreementKey) say() string {
	if k.ec != nil {
		return "EC " + k.ec.name
	}
	return fmt.Sprintf("DH %d", k.p.BitLen())
}

func sayCipher(protocol string) string {
	return map[byte]string{'1': "3DES", '2': "AES-128", '3': "AES-192", '4': "AES-256"}[protocol[len(protocol)-1]]
}

package chip

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"os"
	"strings"
	"testing"
)

// agreeing is a chip that can agree on a key: on a curve, or modulo p.
type agreeing struct {
	ec   *private
	p, g *big.Int
	x    *big.Int
}

func (a *agreeing) dg14(protocol string, id []byte) []byte {
	number := func() []byte {
		if id == nil {
			return nil
		}
		return tlvOf(tagInteger, id)
	}
	group := "2"
	var spki []byte
	if a.ec != nil {
		spki = a.ec.spki()
	} else {
		group = "1"
		y := new(big.Int).Exp(a.g, a.x, a.p)
		spki = seqOf(seqOf(oidOf(oidDH), seqOf(intOf(a.p), intOf(a.g))), tlvOf(tagBits, []byte{0}, intOf(y)))
	}
	infos := [][]byte{seqOf(oidOf("0.4.0.127.0.7.2.2.2"), numOf(1)), seqOf(oidOf(oidAgreementKey+group), spki, number())}
	if protocol != "" {
		infos = append(infos, seqOf(oidOf(oidAgreement+group+protocol), numOf(1), number()))
	}
	return tlvOf(0x6e, tlvOf(tagSet, infos...))
}

// ephemeral finds our public key in the commands that begin a session.
func ephemeral(t *testing.T, begin [][]byte) []byte {
	t.Helper()
	last := begin[len(begin)-1]
	data := last[5:]
	if last[4] == 0 {
		data = last[7:]
	}
	f, _, err := tlv(data)
	if err == nil && f.tag == 0x7c {
		f, _, err = tlv(f.body)
	}
	if err != nil || f.tag != 0x91 && f.tag != 0x80 {
		t.Fatalf("no public key in %X", last)
	}
	return f.body
}

// answer is what the chip says: it derives the keys its own way, from its private
// key and what it was sent, checks and opens the command, and seals its status.
func (a *agreeing) answer(t *testing.T, q *Agreement, kind byte) []byte {
	t.Helper()
	theirs := ephemeral(t, q.Begin)
	var secret []byte
	if a.ec != nil {
		x, y, ok := a.ec.curve.point(theirs)
		if !ok {
			t.Fatal("our key is not on the chip's curve")
		}
		x, _ = times(a.ec.curve, a.ec.d, x, y)
		secret = x.FillBytes(make([]byte, a.ec.curve.bytes()))
	} else {
		secret = new(big.Int).Exp(new(big.Int).SetBytes(theirs), a.x, a.p).FillBytes(make([]byte, (a.p.BitLen()+7)/8))
	}
	c, err := openChannel(secret, kind)
	if err != nil {
		t.Fatal(err)
	}
	b := q.Sealed
	all, err := fields(b[5 : len(b)-1])
	if err != nil || len(all) != 2 || all[0].tag != 0x87 || all[1].tag != 0x8e {
		t.Fatalf("command %X", b)
	}
	over := append(append(c.counter(1), c.pad(b[:4])...), b[5:len(b)-11]...)
	if !bytes.Equal(c.mac(c.pad(over)), all[1].body) {
		t.Fatal("the command is not sealed under the chip's keys")
	}
	iv := make([]byte, c.block())
	if c.wide {
		c.encrypt.Encrypt(iv, c.counter(1))
	}
	plain := bytes.Clone(all[0].body[1:])
	cipher.NewCBCDecrypter(c.encrypt, iv).CryptBlocks(plain, plain)
	if !bytes.Equal(plain, c.pad([]byte{0x01, 0x0e})) {
		t.Fatalf("the command selects %X", plain)
	}
	body := []byte{0x99, 2, 0x90, 0}
	body = append(append(body, 0x8e, 8), c.mac(c.pad(append(c.counter(2), body...)))...)
	return append(body, 0x90, 0)
}

// group1024 is the second Oakley group (RFC 2409, 6.2), which chips of the first years use.
const group1024 = "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF"

func TestAgreement(t *testing.T) {
	p, _ := new(big.Int).SetString(group1024, 16)
	x, err := rand.Int(rand.Reader, p)
	if err != nil {
		t.Fatal(err)
	}
	modular := &agreeing{p: p, g: big.NewInt(2), x: x}
	curve := func(name string, explicit bool) *agreeing {
		k := newEC(t, name)
		k.explicit = explicit
		return &agreeing{ec: k}
	}
	for _, c := range []struct {
		name, protocol string
		kind           byte
		chip           *agreeing
		id             []byte
		begin          int
	}{
		{"3DES, unnamed", "", 1, curve("P-256", true), nil, 1},
		{"3DES", ".1", 1, curve("brainpoolP256r1", true), nil, 1},
		{"AES-128", ".2", 2, curve("brainpoolP256r1", false), nil, 2},
		{"AES-192", ".3", 3, curve("brainpoolP384r1", false), []byte{0, 0xc3}, 2},
		{"AES-256", ".4", 4, curve("brainpoolP512r1", true), []byte{7}, 2},
		{"P-521", ".4", 4, curve("P-521", false), nil, 2},
		{"DH, 3DES", ".1", 1, modular, nil, 1},
		{"DH, AES-128", ".2", 2, modular, []byte{1}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			u := newUtopia(t)
			u.groups[14] = c.chip.dg14(c.protocol, c.id)
			files := u.issue()
			q, err := AskAgreement(u.groups[14], rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			if len(q.Begin) != c.begin || !bytes.Contains(bytes.Join(q.Begin, nil), c.id) {
				t.Errorf("begin %X", q.Begin)
			}
			right := c.chip.answer(t, q, c.kind)
			again, err := AskAgreement(u.groups[14], rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			stranger := *c.chip
			if stranger.ec != nil {
				stranger.ec = newEC(t, c.chip.ec.curve.name)
			} else {
				stranger.x = new(big.Int).Add(x, big.NewInt(1))
			}
			flip := func(at int) []byte { b := bytes.Clone(right); b[at] ^= 1; return b }
			for _, try := range []struct {
				name   string
				q      *Agreement
				answer []byte
				want   State
			}{
				{"right", q, right, OK},
				{"to an earlier question", again, right, Failed},
				{"another status", q, flip(2), Failed},
				{"another check value", q, flip(len(right) - 3), Failed},
				{"broken off", q, []byte{0x69, 0x88}, NotVerifiable},
				{"nothing", q, nil, NotVerifiable},
				{"with data of its own", q, append([]byte{0x87, 1, 0}, right...), NotVerifiable},
				{"very long", q, make([]byte, 2000), Failed},
			} {
				r := verifyUtopia(t, files, u.trust(), on("2026-03-01"), &Transcript{Agreement: try.q, Answer: try.answer})
				if got := r.Part(PartChip); got != try.want {
					t.Errorf("%s: %s, want %s: %+v", try.name, got, try.want, r.Parts)
				}
				a, ok := r.Assurance()
				if ok != (try.want != Failed) || ok && (a.ID == "chip-active") != (try.want == OK) {
					t.Errorf("%s: assurance %v %s", try.name, ok, a.ID)
				}
			}
			// A copy of the files in another chip, which has a key of its own.
			copied := verifyUtopia(t, files, u.trust(), on("2026-03-01"), &Transcript{Agreement: q, Answer: forge(t, &stranger, q, c.kind)})
			if copied.Part(PartChip) != Failed || copied.Verdict != Refused {
				t.Errorf("a copy: %+v", copied.Parts)
			}
			// The question was drawn for a DG14 that nobody signed here.
			strange := newUtopia(t)
			strange.groups[14] = stranger.dg14(c.protocol, c.id)
			r := verifyUtopia(t, strange.issue(), strange.trust(), on("2026-03-01"), &Transcript{Agreement: q, Answer: right})
			if r.Part(PartChip) != NotVerifiable {
				t.Errorf("another DG14: %+v", r.Parts)
			}
		})
	}
}

// forge is the answer of a chip that holds another private key.
func forge(t *testing.T, a *agreeing, q *Agreement, kind byte) []byte {
	t.Helper()
	theirs := ephemeral(t, q.Begin)
	secret := make([]byte, 32)
	if a.ec != nil {
		x, y, _ := a.ec.curve.point(theirs)
		x, _ = times(a.ec.curve, a.ec.d, x, y)
		secret = x.FillBytes(make([]byte, a.ec.curve.bytes()))
	}
	c, err := openChannel(secret, kind)
	if err != nil {
		t.Fatal(err)
	}
	body := []byte{0x99, 2, 0x90, 0}
	body = append(append(body, 0x8e, 8), c.mac(c.pad(append(c.counter(2), body...)))...)
	return append(body, 0x90, 0)
}

// TestAgreementRefused: what no question is drawn for.
func TestAgreementRefused(t *testing.T) {
	small := &agreeing{p: big.NewInt(23), g: big.NewInt(5), x: big.NewInt(6)}
	for name, b := range map[string][]byte{
		"nothing": nil, "no file": {1, 2, 3}, "another group": tlvOf(0x61, nil), "no protocols": tlvOf(0x6e, tlvOf(tagSet)),
		"only active authentication": newUtopia(t).groups[14], "a small group": small.dg14(".1", nil),
		"a protocol of tomorrow":     (&agreeing{ec: newEC(t, "P-256")}).dg14(".9", nil),
		"a key that is not on curve": bytes.Replace((&agreeing{ec: newEC(t, "P-256")}).dg14(".2", nil), []byte{0x03, 0x42, 0, 4}, []byte{0x03, 0x42, 0, 5}, 1),
	} {
		if q, err := AskAgreement(b, rand.Reader); err == nil {
			t.Errorf("%s: %+v", name, q)
		}
	}
}

// TestChannel: sessions after chip authentication as they were published with
// their keys, of chips of four kinds of keys; and the cipher-based MAC of RFC 4493.
func TestChannel(t *testing.T) {
	for _, c := range []struct {
		kind             byte
		enc, mac         string
		command, respond string
	}{
		{2, "C8E27260EFD3F318D18C080CBF11C7E6", "A942190365204A21409EB28B52BF9160", "0CA4020C1D8711011B2EE500E84960DF7F37AFE7ADFF53838E084500F3B43E192A5700", "990290008E0803C4B125B4218CEF9000"},
		{2, "AF0EEDB52E87B945FC5503B1C6875C1C", "CEB85BEDCECFF1DD1E25DFB672C4A5BF", "0CA4020C1D871101FAD37EADBCDE7E6A0833035A9FFF5B708E0836560BBCE1FECD5F00", "990290008E0829D0E1EBBB61BE7A9000"},
		{1, "75b95468910849cdf1a1a2ae5452ce9b", "cd0bef85d5a82a7ae0fbc12368a41fef", "0CA4020C1587090106904D37288D69488E08A13B74E87B87E44600", "990290008E08C2BF01FDDD1D599D9000"},
		{1, "8ae910a12991fbfe5e37c2c726a2df29", "1adac8970843d9bf8570737a04a8d50d", "0ca4020c15870901db66e918fe3525f98e08d870008cea2ba80000", "990290008e08420dea0a913418ae9000"},
	} {
		ch, err := newChannel(unhex(t, c.enc), unhex(t, c.mac), c.kind)
		if err != nil {
			t.Fatal(err)
		}
		if got := hex.EncodeToString(ch.seal(1, [4]byte{0, 0xa4, 2, 0x0c}, []byte(idDG14))); got != strings.ToLower(c.command) {
			t.Errorf("command %s, want %s", got, c.command)
		}
		if right, sealed, _ := ch.accepts(2, unhex(t, c.respond)); !right || !sealed {
			t.Errorf("answer %s: %v %v", c.respond, right, sealed)
		}
		if right, _, _ := ch.accepts(4, unhex(t, c.respond)); right {
			t.Error("an answer of another moment counts")
		}
	}
	k, err := aes.NewCipher(unhex(t, "2b7e151628aed2a6abf7158809cf4f3c"))
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		"6bc1bee22e409f96e93d7e117393172a": "070a16b46b4d4144f79bdd9dd04a287c",
		"6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710": "51f0bebf7e3b9d92fc49741779363cfe",
	} {
		if got := hex.EncodeToString(cmac(k, unhex(t, in))); got != want {
			t.Errorf("CMAC %s, want %s", got, want)
		}
	}
}

// TestChipAnswers reads published sessions with whole chips: DG14 or DG15, our half
// of the key or the challenge, and the answer.
func TestChipAnswers(t *testing.T) {
	for _, p := range glob(t, "mrtd", "chip-answers", "*.json") {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		var s struct{ DG14, DG15, Private, Sealed, Answer, Challenge, Response string }
		if err := json.Unmarshal(b, &s); err != nil {
			t.Fatal(err)
		}
		d := &Document{}
		if s.DG15 != "" {
			d.groups[15] = unhex(t, s.DG15)
			if state, why := d.active(&Transcript{Challenge: unhex(t, s.Challenge), Response: unhex(t, s.Response)}); state != OK {
				t.Errorf("%s: %s %s", p, state, why)
			}
			continue
		}
		d.groups[14] = unhex(t, s.DG14)
		q, err := AskAgreement(d.groups[14], rand.Reader)
		if err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		q.Private = unhex(t, s.Private)
		_, key, err := agreementOf(d.groups[14])
		if err != nil {
			t.Fatal(err)
		}
		c, err := q.channel(key)
		if err != nil {
			t.Fatal(err)
		}
		if got := hex.EncodeToString(c.seal(1, [4]byte{0, 0xa4, 2, 0x0c}, []byte(idDG14))); got != strings.ToLower(s.Sealed) {
			t.Errorf("%s: command %s", p, got)
		}
		state, why := d.agreed(q, unhex(t, s.Answer))
		if state != OK {
			t.Errorf("%s: %s %s", p, state, why)
		}
		t.Log(p, why)
	}
}

func FuzzAgreement(f *testing.F) {
	f.Add((&agreeing{ec: newEC(f, "P-256")}).dg14(".2", nil), []byte{0x99, 2, 0x90, 0, 0x90, 0})
	f.Fuzz(func(t *testing.T, dg14, answer []byte) {
		q, err := AskAgreement(dg14, rand.Reader)
		if err != nil {
			return
		}
		d := &Document{}
		d.groups[14] = dg14
		if state, _ := d.agreed(q, answer); state == OK {
			t.Fatal("an answer that nobody could seal was accepted")
		}
	})
}

package access

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"bonafide/record"
)

// device is an authenticator in software: it makes one passkey and signs with it.
type device struct {
	t      *testing.T
	key    *ecdsa.PrivateKey
	id     []byte
	user   []byte
	origin string
	count  uint32
	flags  byte // user present, user verified
}

func (d *device) challenge(options any) string {
	b, err := json.Marshal(options)
	if err != nil {
		d.t.Fatal(err)
	}
	var o struct {
		PublicKey struct {
			Challenge string `json:"challenge"`
			User      struct {
				ID string `json:"id"`
			} `json:"user"`
		} `json:"publicKey"`
	}
	if err := json.Unmarshal(b, &o); err != nil {
		d.t.Fatal(err)
	}
	if o.PublicKey.User.ID != "" {
		d.user, _ = base64.RawURLEncoding.DecodeString(o.PublicKey.User.ID)
	}
	return o.PublicKey.Challenge
}

func (d *device) data(more ...byte) []byte {
	rp := sha256.Sum256([]byte("house.example"))
	d.count++
	flags := d.flags
	if len(more) > 0 {
		flags |= 0x40
	}
	return append(binary.BigEndian.AppendUint32(append(rp[:], flags), d.count), more...)
}

func (d *device) client(kind, challenge string) []byte {
	b, _ := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": d.origin, "crossOrigin": false})
	return b
}

func (d *device) answer(response map[string][]byte) []byte {
	r := map[string]string{}
	for k, v := range response {
		r[k] = base64.RawURLEncoding.EncodeToString(v)
	}
	id := base64.RawURLEncoding.EncodeToString(d.id)
	b, _ := json.Marshal(map[string]any{"id": id, "rawId": id, "type": "public-key", "clientExtensionResults": map[string]any{}, "response": r})
	return b
}

func (d *device) create(options any) []byte {
	challenge := d.challenge(options)
	raw, err := d.key.PublicKey.Bytes()
	if err != nil {
		d.t.Fatal(err)
	}
	cose, err := cbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: raw[1:33], -3: raw[33:]})
	if err != nil {
		d.t.Fatal(err)
	}
	more := append(make([]byte, 16), byte(len(d.id)>>8), byte(len(d.id)))
	object, err := cbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": d.data(append(append(more, d.id...), cose...)...)})
	if err != nil {
		d.t.Fatal(err)
	}
	return d.answer(map[string][]byte{"clientDataJSON": d.client("webauthn.create", challenge), "attestationObject": object})
}

func (d *device) sign(options any) []byte {
	client, data := d.client("webauthn.get", d.challenge(options)), d.data()
	sum := sha256.Sum256(client)
	digest := sha256.Sum256(append(append([]byte(nil), data...), sum[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, digest[:])
	if err != nil {
		d.t.Fatal(err)
	}
	return d.answer(map[string][]byte{"clientDataJSON": client, "authenticatorData": data, "signature": signature, "userHandle": d.user})
}

// TestPasskey: made once by a person who signed in just now, used from then on;
// a ceremony is used once, by whom and where it was begun.
func TestPasskey(t *testing.T) {
	ctx := context.Background()
	d := newDoor(t)
	var err error
	if d.Passes, err = NewPasskeys("https://house.example"); err != nil {
		t.Fatal(err)
	}
	by := record.Actor{Kind: record.ActorOperator, ID: "t", Tenant: "one"}
	id, token, err := d.AddUser(ctx, by, "lead@example.org", []record.StaffRole{record.RoleLead})
	if err != nil {
		t.Fatal(err)
	}
	me, _, err := d.Redeem(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	_, token, err = d.AddUser(ctx, by, "other@example.org", []record.StaffRole{record.RoleAdmin})
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := d.Redeem(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	dev := &device{t: t, key: key, id: []byte("credential-of-this-device"), origin: "https://house.example", flags: 0x05}

	stale := me
	stale.Fresh = false
	if _, _, err := d.BeginPasskey(ctx, stale); record.CodeOf(err) != record.CodeRefused {
		t.Errorf("an old sign-in makes a passkey: %v", err)
	}
	options, ceremony, err := d.BeginPasskey(ctx, me)
	if err != nil {
		t.Fatal(err)
	}
	made := dev.create(options)
	if err := d.AddPasskey(ctx, other, ceremony, made); err == nil {
		t.Error("somebody else finished the ceremony")
	}
	if options, ceremony, err = d.BeginPasskey(ctx, me); err != nil {
		t.Fatal(err)
	}
	dev.origin = "https://evil.example"
	if err := d.AddPasskey(ctx, me, ceremony, dev.create(options)); err == nil {
		t.Error("a passkey of another site was taken")
	}
	dev.origin = "https://house.example"
	if options, ceremony, err = d.BeginPasskey(ctx, me); err != nil {
		t.Fatal(err)
	}
	made = dev.create(options)
	if err := d.AddPasskey(ctx, me, ceremony, made); err != nil {
		t.Fatal(err)
	}
	if err := d.AddPasskey(ctx, me, ceremony, made); err == nil {
		t.Error("a ceremony was used twice")
	}

	in := func(change func()) (Caller, error) {
		t.Helper()
		options, ceremony, err := d.BeginSignIn(ctx, "one")
		if err != nil {
			t.Fatal(err)
		}
		was := *dev
		if change != nil {
			change()
		}
		answer := dev.sign(options)
		count := dev.count
		*dev = was
		dev.count = max(dev.count, count)
		c, _, err := d.SignInByPasskey(ctx, "one", ceremony, answer)
		if _, _, again := d.SignInByPasskey(ctx, "one", ceremony, answer); err == nil && again == nil {
			t.Error("one answer signed in twice")
		}
		return c, err
	}
	c, err := in(nil)
	if err != nil || c.ID != id || !c.Fresh {
		t.Fatalf("signed in as %+v, %v", c, err)
	}
	stranger, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(){
		"another site":          func() { dev.origin = "https://evil.example" },
		"another key":           func() { dev.key = stranger },
		"another person":        func() { dev.user = []byte(other.ID) },
		"nobody":                func() { dev.user = []byte("aaaaaaaaaaaaaaaaaaaaaaaaaa") },
		"an unknown credential": func() { dev.id = []byte("another") },
		"no verification":       func() { dev.flags = 0x01 },
		"a counter set back":    func() { dev.count = 0 },
	} {
		if c, err := in(change); !IsNobody(err) {
			t.Errorf("%s: signed in as %q, %v", name, c.ID, err)
		}
	}
	if err := d.Disable(ctx, by, id); err != nil {
		t.Fatal(err)
	}
	if _, err := in(nil); !IsNobody(err) {
		t.Errorf("a disabled account signs in: %v", err)
	}
}

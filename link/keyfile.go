package link

import (
	"bufio"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"io"
	"iter"

	picture "bonafide/match/photo"
	"bonafide/record"
)

// KeyFile is the keys of earlier inputs, read back. Layout, little-endian:
// the magic, a tag of the customer's key, then one block per subject (lengths
// before everything that varies), then 32 bytes of HMAC-SHA256 over all
// before. It holds digests, record names, days and perceptual hashes; no name,
// no address, no number.
type KeyFile struct{ profiles []Profile }

const (
	keyMagic  = "bonafide keys 3\n"
	keyMagic2 = "bonafide keys 2\n" // without the parts of pictures; of the same length
)

const keyFileMost = 1 << 36 // bytes; a file past this is not ours

// KeyWriter writes profiles to a key file, one by one. The keyer that made them
// must be sealed.
type KeyWriter struct {
	w   *bufio.Writer
	mac hash.Hash
	err error
	buf []byte
}

// NewKeyWriter begins a key file under the keyer's key.
func NewKeyWriter(w io.Writer, k *Keyer) *KeyWriter {
	kw := &KeyWriter{w: bufio.NewWriterSize(w, 1<<16), mac: hmac.New(sha256.New, k.key)}
	kw.buf = append(kw.buf, keyMagic...)
	kw.buf = binary.LittleEndian.AppendUint64(kw.buf, k.digest("key file", ""))
	kw.flush()
	return kw
}

func (kw *KeyWriter) flush() {
	if kw.err == nil {
		kw.mac.Write(kw.buf)
		_, kw.err = kw.w.Write(kw.buf)
	}
	kw.buf = kw.buf[:0]
}

// Add writes one profile. Names and birth dates stay out; their digests go in.
func (kw *KeyWriter) Add(p *Profile) error {
	le := binary.LittleEndian
	b := kw.buf
	b = append(b, 1)
	b = le.AppendUint16(b, uint16(len(p.Name)))
	b = append(b, p.Name...)
	b = le.AppendUint64(b, uint64(p.At))
	for _, v := range []uint64{p.Door, p.Flat, p.Home, p.Before, p.Agency, p.Self, p.Referrer, p.Person.Day} {
		b = le.AppendUint64(b, v)
	}
	proven := byte(0)
	if p.Proven {
		proven = 1
	}
	b = append(b, proven, byte(min(len(p.Person.Tokens), 255)))
	for _, t := range p.Person.Tokens[:min(len(p.Person.Tokens), 255)] {
		b = le.AppendUint64(b, t)
	}
	b = le.AppendUint16(b, uint16(len(p.Keys)))
	for _, k := range p.Keys {
		b = le.AppendUint64(b, k.Value)
		b = append(b, byte(k.Kind), k.Index, k.Flags)
	}
	b = le.AppendUint16(b, uint16(len(p.Sentences)))
	for _, s := range p.Sentences {
		second := byte(0)
		if s.Second {
			second = 1
		}
		b = le.AppendUint64(b, s.Value)
		b = append(b, byte(s.Kind), second)
	}
	b = le.AppendUint16(b, uint16(len(p.Photos)))
	for _, ph := range p.Photos {
		b = le.AppendUint64(b, ph.Hash)
		for _, w := range ph.PDQ {
			b = le.AppendUint64(b, w)
		}
		b = append(b, byte(ph.Kind), ph.Index, byte(len(ph.Views)))
		for _, v := range ph.Views {
			for _, w := range v {
				b = le.AppendUint64(b, w)
			}
		}
	}
	kw.buf = b
	kw.flush()
	return kw.err
}

// Close ends the file with its seal.
func (kw *KeyWriter) Close() error {
	kw.buf = append(kw.buf, 0)
	kw.flush()
	if kw.err == nil {
		_, kw.err = kw.w.Write(kw.mac.Sum(nil))
	}
	return errors.Join(kw.err, kw.w.Flush())
}

// IsKeyFile reports whether a file begins as a key file does.
func IsKeyFile(head []byte) bool {
	return len(head) >= len(keyMagic) && (string(head[:len(keyMagic)]) == keyMagic || string(head[:len(keyMagic)]) == keyMagic2)
}

// ReadKeys reads a key file written under the same key; a file of another key,
// a cut or an altered one is an error.
func ReadKeys(r io.Reader, k *Keyer) (*KeyFile, error) {
	d := &keyReader{r: bufio.NewReaderSize(io.LimitReader(r, keyFileMost), 1<<16), mac: hmac.New(sha256.New, k.key)}
	switch string(d.bytes(len(keyMagic))) {
	case keyMagic:
		d.views = true
	case keyMagic2:
	default:
		return nil, record.Invalid("key file", "not a key file of this version")
	}
	if d.u64() != k.digest("key file", "") {
		return nil, &record.Error{Code: record.CodeRefused, Where: "key file", Message: "written under another key: give the same --key"}
	}
	f := new(KeyFile)
	for d.u8() == 1 && d.err == nil {
		f.profiles = append(f.profiles, d.profile())
	}
	want := d.mac.Sum(nil)
	if got := d.raw(sha256.Size); d.err != nil || !hmac.Equal(got, want) {
		return nil, record.Invalid("key file", "cut short or altered: its seal does not fit")
	}
	return f, nil
}

// AddTo adds the profiles as earlier inputs and says how many.
func (f *KeyFile) AddTo(b *Builder) (int, error) {
	for i := range f.profiles {
		if _, err := b.Add(f.profiles[i]); err != nil {
			return i, err
		}
	}
	return len(f.profiles), nil
}

// Records gives the record name and the time (Unix seconds) of each profile,
// in the order in which AddTo adds them.
func (f *KeyFile) Records() iter.Seq2[string, int64] {
	return func(yield func(string, int64) bool) {
		for i := range f.profiles {
			if !yield(f.profiles[i].Name, f.profiles[i].At) {
				return
			}
		}
	}
}

type keyReader struct {
	r   *bufio.Reader
	mac hash.Hash
	err error
	buf [1 << 16]byte

	views bool // pictures have parts
}

func (d *keyReader) raw(n int) []byte {
	if d.err == nil {
		_, d.err = io.ReadFull(d.r, d.buf[:n])
	}
	if d.err != nil {
		clear(d.buf[:n])
	}
	return d.buf[:n]
}

func (d *keyReader) bytes(n int) []byte {
	b := d.raw(n)
	if d.err == nil {
		d.mac.Write(b)
	}
	return b
}

func (d *keyReader) u8() uint8   { return d.bytes(1)[0] }
func (d *keyReader) u16() int    { return int(binary.LittleEndian.Uint16(d.bytes(2))) }
func (d *keyReader) u64() uint64 { return binary.LittleEndian.Uint64(d.bytes(8)) }

func (d *keyReader) kind() record.Kind {
	k := record.Kind(d.u8())
	if int(k) >= record.Kinds {
		if d.err == nil {
			d.err = record.Invalid("key file", "an unknown kind of key")
		}
		return 0
	}
	return k
}

func (d *keyReader) profile() Profile {
	p := Profile{Earlier: true}
	p.Name = string(d.bytes(d.u16()))
	p.At = int64(d.u64())
	for _, to := range []*uint64{&p.Door, &p.Flat, &p.Home, &p.Before, &p.Agency, &p.Self, &p.Referrer, &p.Person.Day} {
		*to = d.u64()
	}
	p.Proven = d.u8() == 1
	for range d.u8() {
		p.Person.Tokens = append(p.Person.Tokens, d.u64())
	}
	for range d.u16() {
		if d.err != nil {
			return p
		}
		p.Keys = append(p.Keys, Key{Value: d.u64(), Kind: d.kind(), Index: d.u8(), Flags: d.u8()})
	}
	for range d.u16() {
		if d.err != nil {
			return p
		}
		p.Sentences = append(p.Sentences, Sentence{Value: d.u64(), Kind: d.kind(), Second: d.u8() == 1})
	}
	for range d.u16() {
		if d.err != nil {
			return p
		}
		ph := Photo{Hash: d.u64(), PDQ: d.pdq(), Kind: d.kind(), Index: d.u8()}
		if d.views {
			for range d.u8() {
				ph.Views = append(ph.Views, d.pdq())
			}
		}
		p.Photos = append(p.Photos, ph)
	}
	return p
}

func (d *keyReader) pdq() picture.PDQ { return picture.PDQ{d.u64(), d.u64(), d.u64(), d.u64()} }

package document

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
)

// Many offices put a password on changing a PDF, not on reading it: such a
// file opens with an empty one, and honest people have theirs like that.
// pdfCrypt opens those (ISO 32000-2, 7.6); any other password is not asked for.
// The old ciphers are the file's choice and protect nothing here.
type pdfCrypt struct {
	key      []byte
	aes      bool // of streams and strings both; files that mix are refused
	v5       bool
	metadata bool
	none     bool // a crypt filter that leaves everything as it is
}

var passwordPad = []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")

// unlock reads the encryption dictionary; locked stays true when the file does
// not open without a word.
func (f *pdfFile) unlock() {
	e := f.dict(f.trailer["Encrypt"])
	if e == nil || f.crypt != nil {
		return
	}
	f.locked = true
	num := func(key pdfName) int {
		v, _ := f.number(e[key])
		return int(v)
	}
	str := func(key pdfName) []byte {
		s, _ := f.value(e[key]).(pdfString)
		return []byte(s)
	}
	v, r, length := num("V"), num("R"), num("Length")/8
	c := &pdfCrypt{metadata: true, v5: v == 5}
	if b, ok := f.value(e["EncryptMetadata"]).(bool); ok {
		c.metadata = b
	}
	if f.name(e["Filter"]) != "Standard" {
		return
	}
	switch v {
	case 1:
		length = 5
	case 2, 3:
	case 4, 5:
		stm, strm := f.name(e["StmF"]), f.name(e["StrF"])
		method := f.name(f.dict(f.dict(e["CF"])[pdfName(stm)])["CFM"])
		c.aes = method == "AESV2" || method == "AESV3"
		c.none = stm == "Identity" || stm == ""
		if stm != strm || !c.aes && method != "V2" && !c.none {
			return
		}
		length = 16
	default:
		return
	}
	if length < 5 || length > 16 {
		length = 5
	}
	if c.v5 {
		c.key = fileKey5(str("U"), str("UE"), r)
	} else {
		id := f.array(f.trailer["ID"])
		var first pdfString
		if len(id) > 0 {
			first, _ = f.value(id[0]).(pdfString)
		}
		c.key = fileKey(str("O"), str("U"), uint32(int64(num("P"))), []byte(first), r, length, c.metadata)
	}
	if c.key == nil {
		return
	}
	f.crypt, f.locked = c, false
	f.cache, f.streams = map[int]any{}, map[int][]any{}
}

// fileKey is algorithm 2 with the empty password, nil when U does not fit
// (algorithms 4 to 6).
func fileKey(o, u []byte, p uint32, id []byte, r, n int, metadata bool) []byte {
	if len(o) < 32 || len(u) < 16 {
		return nil
	}
	h := md5.New()
	h.Write(passwordPad)
	h.Write(o[:32])
	h.Write(binary.LittleEndian.AppendUint32(nil, p))
	h.Write(id)
	if r >= 4 && !metadata {
		h.Write([]byte{0xFF, 0xFF, 0xFF, 0xFF})
	}
	key := h.Sum(nil)
	if r >= 3 {
		for range 50 {
			sum := md5.Sum(key[:n])
			key = sum[:]
		}
	}
	key = key[:n]
	if r == 2 {
		if !bytes.Equal(stream4(key, passwordPad), u[:min(32, len(u))]) {
			return nil
		}
		return key
	}
	sum := md5.Sum(append(append([]byte(nil), passwordPad...), id...))
	out := sum[:]
	for i := range 20 {
		turn := make([]byte, n)
		for k := range turn {
			turn[k] = key[k] ^ byte(i)
		}
		out = stream4(turn, out)
	}
	if !bytes.Equal(out, u[:16]) {
		return nil
	}
	return key
}

func stream4(key, b []byte) []byte {
	c, err := rc4.NewCipher(key)
	if err != nil {
		return nil
	}
	out := make([]byte, len(b))
	c.XORKeyStream(out, b)
	return out
}

// fileKey5 is algorithm 2.A with the empty password.
func fileKey5(u, ue []byte, r int) []byte {
	if len(u) < 48 || len(ue) < 32 {
		return nil
	}
	if !bytes.Equal(hash5(u[32:40], r), u[:32]) {
		return nil
	}
	block, err := aes.NewCipher(hash5(u[40:48], r))
	if err != nil {
		return nil
	}
	key := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, 16)).CryptBlocks(key, ue[:32])
	return key
}

// hash5 is algorithm 2.B for the empty password; revision 5 stops at its start.
func hash5(salt []byte, r int) []byte {
	sum := sha256.Sum256(salt)
	k := sum[:]
	if r < 6 {
		return k
	}
	for i := 0; ; i++ {
		k1 := bytes.Repeat(k, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		e := make([]byte, len(k1))
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(e, k1)
		mod := 0
		for _, c := range e[:16] {
			mod += int(c)
		}
		switch mod % 3 {
		case 0:
			s := sha256.Sum256(e)
			k = s[:]
		case 1:
			s := sha512.Sum384(e)
			k = s[:]
		case 2:
			s := sha512.Sum512(e)
			k = s[:]
		}
		if i >= 63 && int(e[len(e)-1]) <= i-32 {
			return k[:32]
		}
	}
}

// open opens the strings and the stream of one object.
func (c *pdfCrypt) open(num, gen int, v any) any {
	if c.none {
		return v
	}
	key := c.key
	if !c.v5 {
		h := md5.New()
		h.Write(c.key)
		h.Write([]byte{byte(num), byte(num >> 8), byte(num >> 16), byte(gen), byte(gen >> 8)})
		if c.aes {
			h.Write([]byte("sAlT"))
		}
		key = h.Sum(nil)[:min(len(c.key)+5, 16)]
	}
	if s, ok := v.(*pdfStream); ok {
		if s.dict["Type"] == pdfName("XRef") || s.dict["Type"] == pdfName("Metadata") && !c.metadata {
			return s
		}
		s.raw = c.bytes(key, s.raw)
		s.dict, _ = c.strings(key, s.dict, 0).(pdfDict)
		return s
	}
	return c.strings(key, v, 0)
}

func (c *pdfCrypt) strings(key []byte, v any, depth int) any {
	if depth > maxDepth {
		return v
	}
	switch v := v.(type) {
	case pdfString:
		return pdfString(c.bytes(key, []byte(v)))
	case pdfArray:
		for i := range v {
			v[i] = c.strings(key, v[i], depth+1)
		}
		return v
	case pdfDict:
		for k := range v {
			v[k] = c.strings(key, v[k], depth+1)
		}
		return v
	}
	return v
}

func (c *pdfCrypt) bytes(key, b []byte) []byte {
	if !c.aes {
		return stream4(key, b)
	}
	if len(b) < 32 || len(b)%16 != 0 {
		b = b[:len(b)/16*16]
		if len(b) < 32 {
			return nil
		}
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil
	}
	out := make([]byte, len(b)-16)
	cipher.NewCBCDecrypter(block, b[:16]).CryptBlocks(out, b[16:])
	if pad := int(out[len(out)-1]); pad >= 1 && pad <= 16 {
		out = out[:len(out)-pad]
	}
	return out
}

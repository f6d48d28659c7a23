package chip

import (
	"errors"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// Tags of DER (X.690) as they stand in the first byte.
const (
	tagBoolean     = 0x01
	tagInteger     = 0x02
	tagBits        = 0x03
	tagOctets      = 0x04
	tagNull        = 0x05
	tagOID         = 0x06
	tagUTCTime     = 0x17
	tagGeneralTime = 0x18
	tagSequence    = 0x30
	tagSet         = 0x31
)

// errDER is deliberately without detail: callers say which part they read.
var errDER = errors.New("not DER")

// element is one value: tag byte, content, and both with the length between.
type element struct {
	tag  byte
	body []byte
	raw  []byte
}

// cursor walks over elements that stand one after the other. It never goes down
// by itself: every reader names the depth it expects, so nesting costs nothing.
type cursor struct{ rest []byte }

func (c *cursor) empty() bool { return len(c.rest) == 0 }

// peek is the tag of the next element, 0 at the end.
func (c *cursor) peek() byte {
	if len(c.rest) == 0 {
		return 0
	}
	return c.rest[0]
}

// next takes one element. Lengths must be definite and shortest, tags of one
// byte: DER has no others where documents are concerned.
func (c *cursor) next() (element, error) {
	b := c.rest
	if len(b) < 2 || b[0]&0x1f == 0x1f {
		return element{}, errDER
	}
	n, head := int(b[1]), 2
	if n >= 0x80 {
		size := n & 0x7f
		if size == 0 || size > 4 || len(b) < 2+size || b[2] == 0 {
			return element{}, errDER
		}
		n = 0
		for _, v := range b[2 : 2+size] {
			n = n<<8 | int(v)
		}
		if n < 0x80 || n < 0 {
			return element{}, errDER
		}
		head += size
	}
	if n > len(b)-head {
		return element{}, errDER
	}
	c.rest = b[head+n:]
	return element{tag: b[0], body: b[head : head+n], raw: b[:head+n]}, nil
}

// take is next, and the tag must be this one.
func (c *cursor) take(tag byte) (element, error) {
	e, err := c.next()
	if err == nil && e.tag != tag {
		err = errDER
	}
	return e, err
}

// optional takes the next element if it has this tag.
func (c *cursor) optional(tag byte) (e element, ok bool, err error) {
	if c.peek() != tag || c.empty() {
		return e, false, nil
	}
	e, err = c.next()
	return e, err == nil, err
}

// oid takes the next element, which must be an object identifier.
func (c *cursor) oid() (string, error) {
	e, err := c.take(tagOID)
	if err != nil {
		return "", err
	}
	return e.oid()
}

func (e element) inside() *cursor { return &cursor{e.body} }

// only reads bytes that are exactly one element.
func only(b []byte, tag byte) (element, error) {
	c := cursor{b}
	e, err := c.take(tag)
	if err == nil && !c.empty() {
		err = errDER
	}
	return e, err
}

// oid is an object identifier in dots.
func (e element) oid() (string, error) {
	b := e.body
	if e.tag != tagOID || len(b) == 0 || len(b) > 64 || b[len(b)-1]&0x80 != 0 {
		return "", errDER
	}
	var s strings.Builder
	v, first, fresh := uint64(0), true, true
	for _, c := range b {
		if fresh && c == 0x80 || v > 1<<56 {
			return "", errDER
		}
		v, fresh = v<<7|uint64(c&0x7f), false
		if c&0x80 != 0 {
			continue
		}
		if first {
			top := min(v/40, 2)
			s.WriteString(strconv.FormatUint(top, 10))
			v, first = v-top*40, false
		}
		s.WriteByte('.')
		s.WriteString(strconv.FormatUint(v, 10))
		v, fresh = 0, true
	}
	return s.String(), nil
}

// integer is a number of at most bits bits that is not negative and is written
// as short as it can be.
func (e element) integer(bits int) (*big.Int, error) {
	b := e.body
	if e.tag != tagInteger || len(b) == 0 || b[0]&0x80 != 0 || len(b) > 1 && b[0] == 0 && b[1]&0x80 == 0 || len(b) > bits/8+1 {
		return nil, errDER
	}
	return new(big.Int).SetBytes(b), nil
}

// unsigned is a number of a key, whatever its first bit: some encoders forget
// the zero byte before it. It is never part of a signature.
func (e element) unsigned(bits int) (*big.Int, error) {
	if e.tag != tagInteger || len(e.body) == 0 || len(e.body) > bits/8+1 {
		return nil, errDER
	}
	return new(big.Int).SetBytes(e.body), nil
}

// small is an integer from 0 to 2^31-1.
func (e element) small() (int, error) {
	v, err := e.integer(31)
	if err != nil || v.BitLen() > 31 {
		return 0, errDER
	}
	return int(v.Int64()), nil
}

// bits are the bytes of a bit string that fills them.
func (e element) bits() ([]byte, error) {
	if e.tag != tagBits || len(e.body) == 0 || e.body[0] != 0 {
		return nil, errDER
	}
	return e.body[1:], nil
}

// time reads UTCTime and GeneralizedTime. Certificates of some states leave out
// the seconds or write an offset; the day is what matters, so both are read.
func (e element) time() (time.Time, error) {
	s := string(e.body)
	if len(s) > 24 {
		return time.Time{}, errDER
	}
	layouts := []string{"20060102150405Z0700", "200601021504Z0700", "20060102150405"}
	switch e.tag {
	case tagUTCTime:
		if len(s) < 10 {
			return time.Time{}, errDER
		}
		century := "20"
		if s[0] >= '5' { // RFC 5280 4.1.2.5.1
			century = "19"
		}
		s = century + s
	case tagGeneralTime:
	default:
		return time.Time{}, errDER
	}
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, errDER
}

package chip

import (
	"crypto"
	"errors"
)

// securityObject is the LDS security object (9303-10, 4.6.2.3): the hash of every data
// group of the chip.
type securityObject struct {
	version int
	hash    crypto.Hash
	groups  [17][]byte // by number; nil where there is none
	lds     string     // LDS and Unicode version, from version 1 on
}

const (
	oidSecurityObject = "2.23.136.1.1.1"
	oidCardSecurity   = "0.4.0.127.0.7.3.2.1"
)

func readSecurityObject(b []byte) (*securityObject, error) {
	seq, err := only(b, tagSequence)
	if err != nil {
		return nil, err
	}
	c := seq.inside()
	version, err := c.take(tagInteger)
	if err != nil {
		return nil, err
	}
	o := &securityObject{}
	if o.version, err = version.small(); err != nil || o.version > 1 {
		return nil, errors.New("a security object of a version other than 0 and 1")
	}
	alg, err := c.take(tagSequence)
	if err != nil {
		return nil, err
	}
	if o.hash, err = hashAlgorithm(alg); err != nil {
		return nil, err
	}
	list, err := c.take(tagSequence)
	if err != nil {
		return nil, err
	}
	n := 0
	for in := list.inside(); !in.empty(); n++ {
		e, err := in.take(tagSequence)
		if err != nil {
			return nil, err
		}
		ec := e.inside()
		number, err := ec.take(tagInteger)
		if err != nil {
			return nil, err
		}
		k, err := number.small()
		if err != nil || k < 1 || k > 16 || o.groups[k] != nil {
			return nil, errors.New("a data group that cannot be, or stands twice")
		}
		value, err := ec.take(tagOctets)
		if err != nil || !ec.empty() || len(value.body) != o.hash.Size() {
			return nil, errors.New("a hash of the wrong length")
		}
		o.groups[k] = value.body
	}
	if n == 0 {
		return nil, errors.New("no data group")
	}
	info, has, err := c.optional(tagSequence)
	if err != nil || !c.empty() {
		return nil, errDER
	}
	if has {
		in := info.inside()
		for range 2 {
			e, err := in.next()
			if err != nil {
				return nil, err
			}
			o.lds += decodeText(e) + " "
		}
		if !in.empty() {
			return nil, errDER
		}
	}
	return o, nil
}

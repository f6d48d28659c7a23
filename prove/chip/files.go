package chip

import (
	"fmt"

	"bonafide/record"
)

// File is one file of a chip as a reader app saved it. Names are not looked at:
// the first byte says which file it is.
type File struct {
	Name  string
	Bytes []byte
}

// Document is the files of one chip, sorted. Nothing has been checked yet.
type Document struct {
	com    []byte
	sod    []byte // with or without its wrapper 77
	groups [17][]byte
	// Unwanted are data groups that were given and not read: fingers, irises and
	// the people to notify are none of an employer's business.
	Unwanted []int
}

// groupTags are the first bytes of data groups 1 to 16 (9303-10, table 27).
var groupTags = [17]byte{1: 0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70}

const (
	tagCOM = 0x60
	tagSOD = 0x77

	maxFile = 1 << 20 // a face in colour takes some 20 KB
)

// Sort tells files apart. A file that stands twice, is none of a chip or is
// longer than its own length says is refused.
func Sort(files []File) (Document, error) {
	var d Document
	for _, f := range files {
		if len(f.Bytes) > maxFile {
			return d, record.Invalid(f.Name, "a chip holds no file above 1 MB")
		}
		if len(f.Bytes) < 2 {
			return d, record.Invalid(f.Name, "empty")
		}
		to, tag := (*[]byte)(nil), f.Bytes[0]
		switch tag {
		case tagCOM:
			to = &d.com
		case tagSOD, tagSequence:
			to = &d.sod
		default:
			for n := 1; n < len(groupTags); n++ {
				if groupTags[n] == tag {
					to = &d.groups[n]
				}
			}
		}
		if to == nil {
			return d, record.Invalid(f.Name, fmt.Sprintf("no file of a chip begins with %02X", tag))
		}
		if *to != nil {
			return d, record.Invalid(f.Name, "this file of the chip was given twice")
		}
		if _, rest, err := tlv(f.Bytes); err != nil || len(rest) > 0 {
			return d, record.Invalid(f.Name, "cut short, or with something behind its end")
		}
		*to = f.Bytes
	}
	for _, n := range []int{3, 4, 16} {
		if d.groups[n] != nil {
			d.Unwanted = append(d.Unwanted, n)
		}
	}
	if d.sod == nil {
		return d, record.Invalid("EF.SOD", "is missing: without it there is nothing that was signed")
	}
	return d, nil
}

// tlvField is one data object of the chip: its tag of one or two bytes, its content.
type tlvField struct {
	tag  int
	body []byte
}

// tlv reads one data object (ISO/IEC 7816-4 5.2.2). Chips pad lengths, so they
// need not be shortest; they must be definite.
func tlv(b []byte) (f tlvField, rest []byte, err error) {
	if len(b) < 2 {
		return f, nil, errDER
	}
	f.tag, b = int(b[0]), b[1:]
	if f.tag&0x1f == 0x1f {
		if b[0]&0x80 != 0 || len(b) < 2 {
			return f, nil, errDER
		}
		f.tag, b = f.tag<<8|int(b[0]), b[1:]
	}
	n := int(b[0])
	b = b[1:]
	if n >= 0x80 {
		size := n & 0x7f
		if size == 0 || size > 3 || len(b) < size {
			return f, nil, errDER
		}
		n = 0
		for _, v := range b[:size] {
			n = n<<8 | int(v)
		}
		b = b[size:]
	}
	if n > len(b) {
		return f, nil, errDER
	}
	f.body = b[:n]
	return f, b[n:], nil
}

// fields reads all data objects that stand one after the other, at most 64.
func fields(b []byte) ([]tlvField, error) {
	var all []tlvField
	for len(b) > 0 {
		f, rest, err := tlv(b)
		if err != nil || len(all) == 64 {
			return nil, errDER
		}
		all, b = append(all, f), rest
	}
	return all, nil
}

package chip

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"unicode/utf8"

	"bonafide/match"
)

// Holder is what the chip says of the person it was given to. Sex, nationality's
// meaning, place of birth, profession and address are not read: no check needs them.
type Holder struct {
	Name        string   `json:"name"`                   // given names and surname as in the zone, or the full name of DG11
	NameOnChip  string   `json:"name_on_chip,omitempty"` // DG11, national spelling
	BirthDate   string   `json:"birth_date,omitempty"`   // ISO 8601 from DG11, else YYMMDD of the zone
	Number      string   `json:"number"`
	Issuer      string   `json:"issuer"` // ICAO code
	Nationality string   `json:"nationality"`
	Kind        string   `json:"kind"`
	Expires     string   `json:"expires,omitempty"` // YYMMDD
	Issued      string   `json:"issued,omitempty"`  // ISO 8601, DG12
	Portrait    *Face    `json:"portrait,omitempty"`
	ZoneFaults  []string `json:"zone_faults,omitempty"`
}

// Face is the portrait of DG2 as bytes, for a person to hold beside a person.
// It is never compared by software.
type Face struct {
	Format string `json:"format"` // jpeg, jpeg2000
	SHA256 string `json:"sha256"`
	Image  []byte `json:"-"`
	Others int    `json:"others,omitempty"` // further portraits on the chip
}

// inGroup is the content of a data group, its tag taken off.
func inGroup(b []byte, number int) ([]byte, error) {
	f, rest, err := tlv(b)
	if err != nil || len(rest) > 0 || f.tag != int(groupTags[number]) {
		return nil, errDER
	}
	return f.body, nil
}

// readZone reads DG1: the machine-readable zone in 5F1F.
func readZone(b []byte) (match.MRZ, error) {
	body, err := inGroup(b, 1)
	if err != nil {
		return match.MRZ{}, err
	}
	f, rest, err := tlv(body)
	if err != nil || len(rest) > 0 || f.tag != 0x5f1f {
		return match.MRZ{}, errDER
	}
	for _, c := range f.body {
		if c != '<' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return match.MRZ{}, errors.New("the zone holds a character that no zone has")
		}
	}
	m, ok := match.ParseMRZ([]string{string(f.body)})
	if !ok {
		return m, errors.New("the zone has no known format")
	}
	return m, nil
}

// readFace reads DG2: 7F61 { 02 count, 7F60 { A1 …, 5F2E or 7F2E record } … }
// and finds the picture in the first record (ISO/IEC 19794-5 or 39794-5). The
// record's own fields, eye colour and gender among them, are passed over.
func readFace(b []byte) (*Face, error) {
	body, err := inGroup(b, 2)
	if err != nil {
		return nil, err
	}
	group, rest, err := tlv(body)
	if err != nil || len(rest) > 0 || group.tag != 0x7f61 {
		return nil, errDER
	}
	all, err := fields(group.body)
	if err != nil {
		return nil, err
	}
	var face *Face
	for _, f := range all {
		if f.tag != 0x7f60 {
			continue
		}
		if face != nil {
			face.Others++
			continue
		}
		inner, err := fields(f.body)
		if err != nil {
			return nil, err
		}
		for _, r := range inner {
			if r.tag == 0x5f2e || r.tag == 0x7f2e {
				if face = picture(r.body); face == nil {
					return nil, errors.New("no JPEG or JPEG 2000 in the face record")
				}
			}
		}
	}
	if face == nil {
		return nil, errors.New("no face record")
	}
	return face, nil
}

// picture cuts the image out of a face record: it is the last part of ISO/IEC
// 19794-5 records, and an octet string within 39794-5 ones.
func picture(b []byte) *Face {
	kinds := []struct{ format, start string }{
		{"jpeg", "\xff\xd8\xff"},
		{"jpeg2000", "\x00\x00\x00\x0cjP  \r\n\x87\n"},
		{"jpeg2000", "\xff\x4f\xff\x51"},
	}
	best, found := len(b), ""
	for _, k := range kinds {
		if at := bytes.Index(b, []byte(k.start)); at >= 0 && at < best {
			best, found = at, k.format
		}
	}
	if found == "" {
		return nil
	}
	image := b[best:]
	if found == "jpeg" {
		if end := bytes.LastIndex(image, []byte("\xff\xd9")); end > 0 {
			image = image[:end+2]
		}
	}
	sum := sha256.Sum256(image)
	return &Face{Format: found, SHA256: hex.EncodeToString(sum[:]), Image: image}
}

// details are what DG11 and DG12 hold and we keep.
type details struct{ name, birth, issued string }

// readDetails reads DG11 (additional personal details): the full name and the
// full date of birth, and no more.
func (d *details) person(b []byte) error {
	body, err := inGroup(b, 11)
	if err != nil {
		return err
	}
	all, err := fields(body)
	for _, f := range all {
		switch f.tag {
		case 0x5f0e:
			d.name = chipName(f.body)
		case 0x5f2b:
			d.birth = chipDate(f.body)
		}
	}
	return err
}

// document reads DG12 (additional document details): the date of issue.
func (d *details) document(b []byte) error {
	body, err := inGroup(b, 12)
	if err != nil {
		return err
	}
	all, err := fields(body)
	for _, f := range all {
		if f.tag == 0x5f26 {
			d.issued = chipDate(f.body)
		}
	}
	return err
}

// chipName writes SURNAME<<GIVEN<NAMES as given names and surname.
func chipName(b []byte) string {
	if len(b) > 512 || !utf8.Valid(b) {
		return ""
	}
	surname, given, _ := strings.Cut(string(b), "<<")
	clean := func(s string) string { return strings.Join(strings.Fields(strings.ReplaceAll(s, "<", " ")), " ") }
	return strings.TrimSpace(clean(given) + " " + clean(surname))
}

// chipDate reads CCYYMMDD as digits or as binary coded decimals.
func chipDate(b []byte) string {
	s := string(b)
	if len(b) == 4 {
		s = hex.EncodeToString(b)
	}
	if len(s) != 8 {
		return ""
	}
	for i := range 8 {
		if s[i] < '0' || s[i] > '9' {
			return ""
		}
	}
	switch {
	case s[4:6] == "00":
		return s[:4]
	case s[6:] == "00":
		return s[:4] + "-" + s[4:6]
	}
	return s[:4] + "-" + s[4:6] + "-" + s[6:]
}

// presence reads EF.COM: which data groups it announces (5C), as numbers.
func presence(b []byte) ([]int, error) {
	f, rest, err := tlv(b)
	if err != nil || len(rest) > 0 || f.tag != tagCOM {
		return nil, errDER
	}
	all, err := fields(f.body)
	if err != nil {
		return nil, err
	}
	var numbers []int
	for _, f := range all {
		if f.tag != 0x5c {
			continue
		}
		for _, tag := range f.body {
			for n := 1; n < len(groupTags); n++ {
				if groupTags[n] == tag {
					numbers = append(numbers, n)
				}
			}
		}
	}
	return numbers, nil
}

// securityInfos reads DG14: the protocols the chip knows, by object identifier,
// each with what follows it.
func securityInfos(b []byte) (map[string]*cursor, error) {
	body, err := inGroup(b, 14)
	if err != nil {
		return nil, err
	}
	set, err := only(body, tagSet)
	if err != nil {
		return nil, err
	}
	infos := map[string]*cursor{}
	for c := set.inside(); !c.empty(); {
		e, err := c.take(tagSequence)
		if err != nil || len(infos) > 64 {
			return nil, errDER
		}
		in := e.inside()
		oid, err := in.oid()
		if err != nil {
			return nil, err
		}
		infos[oid] = in
	}
	return infos, nil
}

// chipKey reads DG15: the key for active authentication.
func chipKey(b []byte) (*publicKey, error) {
	body, err := inGroup(b, 15)
	if err != nil {
		return nil, err
	}
	spki, err := only(body, tagSequence)
	if err != nil {
		return nil, err
	}
	return readKey(spki)
}

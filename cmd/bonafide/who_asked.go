package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"io"
	"net/netip"
	"os"
	"strings"
	"time"

	"bonafide/confine"
	"bonafide/confine/document"
	"bonafide/index"
	"bonafide/intake"
	"bonafide/link"
	"bonafide/match"
	"bonafide/match/photo"
	"bonafide/match/wallet"
	"bonafide/record"
)

// whoAsked is what `bonafide who` was asked, as a profile.
type whoAsked struct {
	what    string // never a value: those are personal
	of      asked
	profile link.Profile
}

type asked int

const (
	aPerson asked = iota // a record or an application
	aValue
)

// question reads what is asked: by --as, or by its shape.
func (c *WhoCmd) question(x *index.Index, k *link.Keyer) (q whoAsked, err error) {
	v := c.Asked
	if v == "-" {
		if v, err = standardInput(); err != nil {
			return q, err
		}
	}
	as := c.As
	if as == "auto" {
		if as, err = c.shape(v, x, k); err != nil {
			return q, err
		}
	}
	switch as {
	case "record":
		source, id, ok := recordName(v)
		if !ok {
			return q, exit{exitUsage, "a record is named SOURCE/ID, such as form/48213"}
		}
		p, there, err := x.Lookup(selfOf(k, source, id))
		if err == nil && !there {
			err = &record.Error{Code: record.CodeNotFound, Message: "the record is not in the index; add it with bonafide index add, or ask with its application as a file"}
		}
		return whoAsked{v, aPerson, p}, err
	case "application":
		a, err := c.application(v)
		if err != nil {
			return q, err
		}
		return whoAsked{a.Name(), aPerson, k.Profile(a)}, nil
	}
	a := &record.Application{Source: "asked"}
	turned, err := c.fill(a, as, v)
	if err != nil {
		return q, err
	}
	p := k.Profile(a)
	for _, h := range turned {
		p.Photos = append(p.Photos, link.Photo{PDQ: h, Kind: record.KindPhoto})
	}
	if len(p.Keys)+len(p.Photos) == 0 {
		return q, exit{exitUsage, "that is no " + as + " which records are linked by"}
	}
	kinds := map[record.Kind]bool{record.KindPhoneBlock: true, record.KindMailPattern: true}
	kept := p.Keys[:0]
	for _, key := range p.Keys { // asked is the value, not its neighbours
		if !kinds[key.Kind] {
			kept = append(kept, key)
		}
	}
	p.Keys, p.Door = kept, 0
	return whoAsked{"this " + as, aValue, p}, nil
}

// shape says what a value is by how it looks.
func (c *WhoCmd) shape(v string, x *index.Index, k *link.Keyer) (string, error) {
	if strings.HasPrefix(v, "{") {
		return "application", nil
	}
	if source, id, ok := recordName(v); ok {
		if _, there, err := x.Lookup(selfOf(k, source, id)); there || err != nil {
			return "record", err
		}
	}
	if info, err := os.Stat(v); err == nil && info.Mode().IsRegular() {
		head := make([]byte, 16)
		f, err := os.Open(v)
		if err != nil {
			return "", notThere(v, err)
		}
		n, _ := io.ReadFull(f, head)
		f.Close()
		switch head = head[:n]; {
		case bytes.HasPrefix(head, []byte("\xff\xd8\xff")), bytes.HasPrefix(head, []byte("\x89PNG")), bytes.HasPrefix(head, []byte("GIF8")),
			bytes.HasPrefix(head, []byte("II*\x00")), bytes.HasPrefix(head, []byte("MM\x00*")), len(head) >= 12 && bytes.HasPrefix(head, []byte("RIFF")) && string(head[8:12]) == "WEBP":
			return "photo", nil
		case packed(head):
			return "application", nil
		case bytes.HasPrefix(bytes.TrimLeft(head, " \r\n\t\ufeff"), []byte("{")), bytes.HasPrefix(head, []byte("\x1f\x8b")), bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
			return "application", nil
		}
		return "file", nil
	}
	if _, ok := match.Email(v); ok {
		return "email", nil
	}
	if _, ok := wallet.Parse(v); ok {
		return "wallet", nil
	}
	if match.IBANCountry(v) != "" {
		return "payout", nil
	}
	if _, err := netip.ParseAddr(v); err == nil {
		return "network", nil
	}
	if _, err := hex.DecodeString(v); err == nil && len(v) == 64 {
		return "file", nil
	}
	if _, ok := match.Phone(v, ""); ok {
		return "phone", nil
	}
	if _, _, ok := recordName(v); ok {
		return "record", nil // and it will be said that it is not there
	}
	return "", exit{exitUsage, "it does not show what that is: say it with --as, such as --as device; bonafide who --help names them"}
}

// fill puts a value where an application would have it. turned is a picture laid the other ways: those that a record's own
// hash does not stand for.
func (c *WhoCmd) fill(a *record.Application, as, v string) (turned []photo.PDQ, err error) {
	two := func() (string, string, error) {
		before, after, ok := strings.Cut(v, ":")
		if !ok {
			return "", "", exit{exitUsage, "a " + as + " is asked as ISSUER:NUMBER, COUNTRY:NUMBER or SERVICE:NAME; bonafide who --help shows them"}
		}
		return strings.TrimSpace(before), strings.TrimSpace(after), nil
	}
	switch as {
	case "email":
		a.Emails = []string{v}
	case "phone":
		a.Phones = []string{v}
	case "wallet":
		a.Payouts = []record.Payout{{Kind: "crypto", Value: v}}
	case "payout":
		kind, value := "iban", v
		if k, rest, ok := strings.Cut(v, ":"); ok {
			kind, value = k, rest
		}
		a.Payouts = []record.Payout{{Kind: kind, Value: value}}
	case "device":
		a.Sessions = []record.Session{{Device: v}}
	case "network":
		a.Sessions = []record.Session{{IP: v}}
	case "document":
		d := record.Document{}
		d.Issuer, d.Number, err = two()
		a.Documents = []record.Document{d}
	case "tax-id":
		t := record.TaxID{}
		t.Country, t.Value, err = two()
		a.TaxIDs = []record.TaxID{t}
	case "handle":
		h := record.Account{}
		h.Service, h.Handle, err = two()
		a.Accounts = []record.Account{h}
	case "address":
		parts := strings.Split(v, ";")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		if len(parts) < 4 {
			return nil, exit{exitUsage, "an address is asked as LINES; POSTCODE; CITY; COUNTRY"}
		}
		n := len(parts)
		a.Person.Address.Lines, a.Person.Address.Postcode, a.Person.Address.City, a.Person.Address.Country = parts[:n-3], parts[n-3], parts[n-2], parts[n-1]
	case "photo", "file":
		return c.file(a, as, v)
	}
	return nil, err
}

// file asks by the bytes of a file or their SHA-256; a picture also by how it looks, by its pixels or by either hash.
func (c *WhoCmd) file(a *record.Application, as, v string) (turned []photo.PDQ, err error) {
	ph := record.Photo{}
	switch {
	case len(v) == 64 && isHex(v):
		if ph.SHA256 = v; as == "photo" {
			ph.PDQ = v
		}
	case len(v) == 16 && isHex(v):
		ph.PHash = v
	default:
		const most = 64 << 20
		f, err := os.Open(v)
		if err != nil {
			return nil, notThere(v, err)
		}
		defer f.Close()
		b, err := io.ReadAll(io.LimitReader(f, most))
		if err != nil || len(b) == most {
			return nil, &record.Error{Code: record.CodeInvalid, Where: v, Message: "cannot be read, or is larger than 64 MiB"}
		}
		sum := sha256.Sum256(b)
		ph.SHA256 = hex.EncodeToString(sum[:])
		if as == "photo" {
			img, err := pixels(v, b)
			if err != nil {
				return nil, err
			}
			seen := link.Looks(img)
			if seen.SHA256 = ph.SHA256; seen.PDQ != "" { // else too plain to be compared: by its bytes alone
				h := photo.Hash(img)
				turned = h.Turned[1:]
			}
			ph = seen
		}
	}
	a.Photos = []record.Photo{ph}
	if ph.PHash != "" { // the picture of a paper is asked as well as the portrait
		a.Documents = []record.Document{{PHash: ph.PHash}}
	}
	return turned, nil
}

// pixels is a picture as the locked process gives it.
func pixels(path string, b []byte) (image.Image, error) {
	w, err := confine.New(confine.Options{})
	if err != nil {
		return nil, err
	}
	r, err := w.Read(context.Background(), bytes.NewReader(b), path)
	switch {
	case err != nil:
		return nil, err
	case r.Verdict != document.Accepted:
		return nil, record.Invalid(path, r.Detail)
	}
	m := r.Pixels()
	if m == nil {
		return nil, record.Invalid(path, "is no picture that can be read: JPEG, PNG, GIF, WebP or TIFF")
	}
	return m, nil
}

func isHex(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil
}

// application reads one application: from a file, or as it stands.
func (c *WhoCmd) application(v string) (*record.Application, error) {
	var text io.ReaderAt
	name, size := "standard input", int64(len(v))
	if strings.HasPrefix(v, "{") {
		text = strings.NewReader(v)
	} else {
		o := &openInputs{}
		defer o.Close()
		f, err := os.Open(v)
		if err != nil {
			return nil, notThere(v, err)
		}
		defer f.Close()
		plain, n, err := o.seekable(v, f)
		if err != nil {
			return nil, err
		}
		text, name, size = plain, v, n
		head := make([]byte, 8)
		if n, _ := plain.ReadAt(head, 0); packed(head[:n]) { // an archive or a résumé, which the locked process takes apart
			line, err := o.unpack(v, io.NewSectionReader(plain, 0, size), time.Now().UTC().Truncate(time.Second))
			if err != nil {
				return nil, err
			}
			text, size = bytes.NewReader(line), int64(len(line))
		}
	}
	r, err := intake.Open(name, io.NewSectionReader(text, 0, size), intake.Options{})
	if err != nil {
		return nil, err
	}
	it, err := r.Next()
	if errors.Is(err, io.EOF) {
		return nil, record.Invalid(name, "holds no application")
	}
	if err == nil {
		err = it.Problem
	}
	if err != nil {
		return nil, err
	}
	a, err := r.Decode(it.Raw, it)
	if err != nil {
		return nil, err
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		return nil, exit{exitUsage, "the file holds more than one application; add it with bonafide index add and ask for SOURCE/ID"}
	}
	return a, nil
}

// Package link finds what subjects share under different identities: hard
// identifiers, contacts, devices, addresses, accounts, photos, sentences,
// referees. It weighs a shared value by how common it is in this population,
// keeps direction and time, and looks for the honest reason first: a household,
// an agency, a crowd, chance, somebody who held the value before.
//
// It links, it never merges people, and it never looks at what a name is, only
// at whether two names agree. It opens nothing: values come in as keyed digests
// (HMAC-SHA256 under the customer's key, 64 bits kept), subjects as numbers.
//
// The flow: Keyer.Profile (one application → its keys) → Builder.Add → Build →
// Graph.Links, what each record shares and how much that is worth for itself;
// Graph.Cluster, who is shown together as one operator question; and
// Graph.Waterfalls, the sum behind each pair of them. Questions come about in
// steps, one file each: ties (what counts between two, and against whom), learn
// (the model of this population), cluster (pairs, bridges, vetoes), attach and
// merge (each group looked at as one profile), decide (persons have the last
// word). Population.Weigh weighs one pair for whoever keeps the counts elsewhere.
//
// To link by one more kind of value: a case in Keyer.Profile, a rule in
// rules.go, a line in shippedKinds of persona.go.
package link

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"slices"
	"strings"
	"unicode"

	"bonafide/match"
	picture "bonafide/match/photo"
	"bonafide/record"
)

// Profile is what linking keeps of one application.
type Profile struct {
	Name      string // record name
	At        int64  // received, Unix seconds
	Person    Person
	Door      uint64   // digest of the home's building, 0 when not given
	Flat      uint64   // digest of the flat in it, 0 when none is named
	Home      uint64   // digest of the words of the home address in any order, 0 when not given
	Before    uint64   // digest of the building before the last move that the record tells of; of its words where it cannot be read
	Agency    uint64   // digest of the agency that submitted it, 0 for none
	Self      uint64   // digest of the record name
	Referrer  uint64   // digest of the record name that referred it, 0 for none
	Referees  []string // their names, in order: compared with who really holds their contact
	Proven    bool     // a document was proven by chip, wallet or in person
	Earlier   bool     // an earlier input: links with it, but asks for no result line
	Keys      []Key
	Sentences []Sentence
	Photos    []Photo
	Live      []Live // live interviews; not kept in key files
}

// Key is one value of a profile.
type Key struct {
	Value uint64
	Kind  record.Kind
	Index uint8   // which of the field's values
	Flags uint8   // joint, company …
	Group uint32  // digest of the stratum the value is drawn from
	Space float32 // log2 of how many values the stratum can hold; 0 when unbounded
}

// Flags of a key.
const (
	flagJoint   = 1 << iota // the account names two holders
	flagCompany             // the contract is with a company
	flagPayroll             // the contract is with an employer of record
)

// Sentence is the keyed min-hash of one sentence, in one of two independent
// families of hashes (Kind says of which text).
type Sentence struct {
	Value  uint64
	Kind   record.Kind
	Second bool
}

// Photo is a picture by its perceptual hashes and the index of its field: the 64-bit one, and PDQ where the record brings it
// (zero: not). PDQ stays rare among millions, where the short one must be all but equal. Views are PDQ hashes of its parts.
type Photo struct {
	Hash  uint64
	PDQ   picture.PDQ
	Index uint8
	Kind  record.Kind
	Views []picture.PDQ `json:",omitempty"`
}

// Keyer turns applications into profiles under one key. It is not safe for
// concurrent use; make one per worker with Fork.
type Keyer struct {
	key    []byte
	seed   uint64
	sealed bool
	mac    hash.Hash
	sum    []byte
	buf    []byte
	words  []span
}

// NewKeyer makes a Keyer. An empty key is allowed: digests then protect
// nothing outside this process, so key files need a real key. sealed says that
// sentences are put under the HMAC too: needed when they leave the process or
// are compared with a key file.
func NewKeyer(key []byte, sealed bool) *Keyer {
	k := &Keyer{key: key, sealed: sealed, mac: hmac.New(sha256.New, key)}
	k.seed = k.digest("seed", "")
	return k
}

// Fork is a Keyer with the same key for another goroutine.
func (k *Keyer) Fork() *Keyer { return NewKeyer(k.key, k.sealed) }

// digest is the first 64 bits of HMAC-SHA256(key, domain 0 value); 0 is kept
// free for "none".
func (k *Keyer) digest(domain, value string) uint64 {
	k.buf = append(append(append(k.buf[:0], domain...), 0), value...)
	k.mac.Reset()
	k.mac.Write(k.buf)
	k.sum = k.mac.Sum(k.sum[:0])
	return binary.BigEndian.Uint64(k.sum) | 1
}

// Profile reads the keys of an application.
func (k *Keyer) Profile(a *record.Application) Profile {
	p := Profile{Name: a.Name(), At: a.ReceivedAt.Unix(), Person: k.person(a)}
	p.Self = k.digest("record", p.Name)
	add := func(kind record.Kind, i int, flags uint8, domain, value string) {
		if i < 256 {
			group, space := stratum(domain, value)
			p.Keys = append(p.Keys, Key{k.digest(domain, value), kind, uint8(i), flags, group, space})
		}
	}
	region := a.Person.Address.Country
	if region == "" {
		region = a.Role.Country
	}
	mail := func(kind record.Kind, i int, s string) {
		if m, ok := match.Email(s); ok {
			add(kind, i, 0, "email", m)
		}
	}
	phone := func(kind record.Kind, i int, s string) string {
		n, ok := match.Phone(s, region)
		if !ok {
			return ""
		}
		add(kind, i, 0, "phone", n)
		return n
	}
	for i, m := range a.Emails {
		mail(record.KindEmail, i, m)
		if pattern, ok := mailPattern(m); ok {
			add(record.KindMailPattern, i, 0, "mail pattern", pattern)
		}
	}
	for i, n := range a.Phones {
		if whole := phone(record.KindPhone, i, n); len(whole) > 8 {
			add(record.KindPhoneBlock, i, 0, "block", whole[:len(whole)-2])
		}
	}
	for i, acc := range a.Accounts {
		if service, handle := lower(acc.Service), strings.TrimPrefix(lower(acc.Handle), "@"); service != "" && handle != "" {
			add(record.KindHandle, i, 0, "handle", service+"\x00"+handle)
		}
	}
	for i, d := range a.Documents {
		switch lower(d.Method) {
		case "chip", "wallet", "in-person":
			p.Proven = true
		}
		if n := plain(d.Number); len(n) >= 5 {
			add(record.KindDocument, i, 0, "document", plain(d.Issuer)+"\x00"+n)
		}
		if isDigest(d.SHA256) {
			add(record.KindDocumentImage, i, 0, "bytes", lower(d.SHA256))
		}
		if h, ok := parseHash(d.PHash); ok && i < 256 {
			p.Photos = append(p.Photos, Photo{Hash: h, Index: uint8(i), Kind: record.KindDocumentImage})
		}
	}
	for i, t := range a.TaxIDs {
		if v := plain(t.Value); len(v) >= 6 {
			add(record.KindTaxID, i, 0, "tax", plain(t.Country)+"\x00"+v)
		}
	}
	for i, ph := range a.Photos {
		if isDigest(ph.SHA256) {
			add(record.KindPhoto, i, 0, "bytes", lower(ph.SHA256))
		}
		h, short := parseHash(ph.PHash)
		long, ok := picture.ParsePDQ(ph.PDQ)
		var views []picture.PDQ
		if ok = ok && !long.Even(); ok {
			views = viewsOf(ph.Views)
		} else {
			long = picture.PDQ{}
		}
		if (short || ok) && i < 256 {
			p.Photos = append(p.Photos, Photo{h, long, uint8(i), record.KindPhoto, views})
		}
	}
	k.addresses(a, &p, add)
	k.sessions(a, &p, add)
	k.payouts(a, add)
	if isDigest(a.Resume.SHA256) {
		add(record.KindResumeFile, 0, 0, "bytes", lower(a.Resume.SHA256))
	}
	k.work(a, &p)
	for i, r := range a.References {
		p.Referees = append(p.Referees, r.Name)
		mail(record.KindReferee, i, r.Email)
		phone(record.KindReferee, i, r.Phone)
		if net, ok := network(r.ReplyIP); ok {
			add(record.KindReplyOrigin, i, 0, "network", net)
		}
		p.Sentences = k.sentences(p.Sentences, record.KindReferenceText, r.Text)
	}
	p.Sentences = k.sentences(p.Sentences, record.KindResumeText, a.Resume.Text)
	for _, ans := range a.Answers {
		p.Sentences = k.sentences(p.Sentences, record.KindAnswerText, ans.Text)
	}
	k.published(a, &p, add)
	k.premises(a, &p)
	if lower(a.SubmittedBy.Kind) == "agency" {
		if who := plain(a.SubmittedBy.ID + a.SubmittedBy.Name); who != "" {
			p.Agency = k.digest("agency", who)
		}
	}
	if a.ReferredBy != "" {
		p.Referrer = k.digest("record", a.ReferredBy)
	}
	return p
}

func (k *Keyer) addresses(a *record.Application, p *Profile, add func(record.Kind, int, uint8, string, string)) {
	home := a.Person.Address
	door, unit, ok := match.AddressKey(home.Lines, home.City, home.Postcode, home.Country)
	if len(home.Lines) > 0 && strings.TrimSpace(home.Lines[0]) != "" {
		p.Home = k.wordSet(strings.Join(home.Lines, " ") + " " + home.Postcode + " " + home.City + " " + home.Country)
	}
	if ok {
		p.Door = k.digest("door", door)
		if unit != "" {
			p.Flat = k.digest("flat", unit)
		}
		add(record.KindAddress, 0, 0, "address", door+"\x00"+unit)
	}
	for _, h := range a.History {
		if strings.HasPrefix(h.Field, "person.address") && h.Old != "" {
			if before, ok := oneLineAddress(h.Old, home.Country); ok {
				p.Before = k.digest("door", before)
			} else {
				p.Before = k.wordSet(h.Old)
			}
		}
	}
	to := a.Delivery
	if d, u, ok := match.AddressKey(to.Lines, to.City, to.Postcode, to.Country); ok && (d != door || u != unit && u != "" && unit != "") {
		add(record.KindDelivery, 0, 0, "address", d+"\x00"+u)
	}
}

// wordSet is a digest of the words of an address as it stands in a history,
// where nothing tells street from town.
func (k *Keyer) wordSet(text string) uint64 {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.Sort(words)
	return k.digest("words", strings.Join(words, " "))
}

func (k *Keyer) sessions(a *record.Application, p *Profile, add func(record.Kind, int, uint8, string, string)) {
	seen := map[string]bool{}
	for i, s := range a.Sessions {
		if d := lower(s.Device); len(d) >= 4 && !seen["d"+d] {
			seen["d"+d] = true
			add(record.KindDevice, i, 0, "device", d)
		}
		n, ok := network(s.IP)
		if ok && !seen["n"+n] {
			seen["n"+n] = true
			add(record.KindNetwork, i, 0, "network", n)
		}
		if ok && s.Kind == "interview" && !s.At.IsZero() {
			p.Live = append(p.Live, Live{s.At.Unix(), k.digest("network", n)})
		}
	}
}

func (k *Keyer) payouts(a *record.Application, add func(record.Kind, int, uint8, string, string)) {
	for i, po := range a.Payouts {
		v := po.Value
		if strings.TrimSpace(v) == "" {
			continue
		}
		var flags uint8
		if jointHolder(po.Holder) {
			flags |= flagJoint
		}
		switch lower(a.Contract.Kind) {
		case "company":
			flags |= flagCompany
		case "employer-of-record":
			flags |= flagPayroll
		}
		switch lower(po.Kind) {
		case "crypto":
			add(record.KindWallet, i, flags, "wallet", walletForm(v))
		case "iban":
			add(record.KindPayout, i, flags, "iban", plain(v))
		default:
			add(record.KindPayout, i, flags, "payout", lower(po.Kind)+"\x00"+lower(strings.Join(strings.Fields(v), "")))
		}
	}
}

// work keys the career: each employer with its exact dates, each referee.
// Colleagues share an employer or a referee; sharing several with equal months
// is a copied career.
func (k *Keyer) work(a *record.Application, p *Profile) {
	for _, w := range a.Resume.Work {
		org := plain(w.Organisation)
		if org == "" || len(w.Start) < 7 {
			continue
		}
		end := string(w.End)
		p.Sentences = append(p.Sentences, Sentence{k.digest("career", org+"\x00"+string(w.Start)+"\x00"+end), record.KindCareer, false})
	}
	for _, r := range a.References {
		who, ok := match.Email(r.Email)
		if !ok {
			who, ok = match.Phone(r.Phone, a.Person.Address.Country)
		}
		if ok {
			p.Sentences = append(p.Sentences, Sentence{k.digest("career", who), record.KindCareer, false})
		}
	}
}

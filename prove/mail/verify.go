package mail

import (
	netmail "net/mail"
	"slices"
	"strings"
	"time"

	"bonafide/match"
	"bonafide/record"
)

// State is what came of one part.
type State string

// The four states. Only Failed says that something is wrong.
const (
	OK            State = "ok"
	Failed        State = "failed"
	NotVerifiable State = "not-verifiable"
	NotDone       State = "not-done"
)

// The parts of a report, in their order.
const (
	PartStructure = "structure" // one message, one sender, nothing hidden in the header
	PartDKIM      = "dkim"      // a signature of the From line's domain holds
	PartSPF       = "spf"       // the server that sent it may send for the envelope's domain
	PartReceived  = "received"  // what our own mail server said at arrival
	PartAlignment = "alignment" // DKIM or SPF speaks for the domain a reader sees
	PartDomain    = "domain"    // that domain is the one we expect
	PartReply     = "reply"     // it answers what we asked, and in time
	PartText      = "text"      // its plain text, whether that is under the signature
)

// Part is one part of a report; it stands for itself.
type Part struct {
	Name   string `json:"name"`
	State  State  `json:"state"`
	Detail string `json:"detail,omitempty"`
}

// Question is what is asked of a mail.
type Question struct {
	At       time.Time // of arrival
	DNS      *Answers
	Envelope Envelope
	Hosts    []string // names of our own mail servers, for Authentication-Results
	Domain   string   // the employer's own, found by us and not by the applicant; "" when not known
	Request  string   // Message-ID of our request, without <>; "" when not known
}

// Report is what is known of one mail.
type Report struct {
	Parts      []Part      `json:"parts"`
	At         time.Time   `json:"at"`
	Domain     string      `json:"domain,omitempty"` // of the From line
	Address    string      `json:"address,omitempty"`
	Signatures []Signature `json:"signatures,omitempty"`
	Received   *Received   `json:"received,omitempty"`
	Text       string      `json:"text,omitempty"`
	DNS        Answers     `json:"dns"`               // the answers that were read, to be kept
	Missing    []string    `json:"missing,omitempty"` // answers to be fetched and asked again with, "txt name"
	method     string
}

// Part is the state of one part by name, NotDone when there is none.
func (r *Report) Part(name string) State {
	for _, p := range r.Parts {
		if p.Name == name {
			return p.State
		}
	}
	return NotDone
}

func (r *Report) add(name string, s State, detail string) {
	r.Parts = append(r.Parts, Part{name, s, detail})
}

// Verify asks a mail all questions in order. It never returns an error: what
// cannot be read is a part that failed.
func Verify(raw []byte, q Question) Report {
	r := Report{At: q.At.UTC()}
	dns := q.DNS
	if dns == nil {
		dns = &Answers{}
	}
	l := &lookup{from: dns, used: Answers{AsOf: dns.AsOf}}
	m, err := readMessage(raw)
	if err != nil {
		r.add(PartStructure, Failed, "the message cannot be read: "+err.Error())
		return r
	}
	flaws := m.flaws()
	var display string
	if r.Address, r.Domain, display, err = m.from(); err != nil {
		flaws = append(flaws, err.Error())
	}
	if at := strings.LastIndexByte(display, '@'); at >= 0 && r.Domain != "" && !strings.Contains(strings.ToLower(display[at:]), r.Domain) {
		flaws = append(flaws, "the name in the From line shows another address than its own")
	}
	if len(flaws) > 0 {
		r.Address, r.Domain = "", ""
		r.add(PartStructure, Failed, strings.Join(flaws, "; "))
		return r
	}
	r.add(PartStructure, OK, "")
	r.authenticate(m, l, q)
	r.domain(q)
	r.reply(m, q)
	r.text(m)
	slices.Sort(l.missing)
	r.DNS, r.Missing = l.used, l.missing
	return r
}

// authenticate fills DKIM, SPF, what our server said, and alignment.
func (r *Report) authenticate(m *message, l *lookup, q Question) {
	strictDKIM, strictSPF, policy := l.dmarc(r.Domain)
	r.Signatures = m.dkim(l, q.At)
	state, detail := NotDone, "it bears no signature"
	for i := range r.Signatures {
		s := &r.Signatures[i]
		s.Aligned = aligned(s.Domain, r.Domain, strictDKIM)
		switch {
		case state == OK:
		case s.State == OK && s.Aligned:
			state, detail = OK, "signed by "+s.Domain+more(s.Detail)
		case s.State == OK && state == NotDone:
			detail = "signed by " + s.Domain + ", not by " + r.Domain
		case s.State == NotVerifiable:
			state, detail = NotVerifiable, s.Detail
		case s.State == Failed && state != NotVerifiable && s.Aligned:
			state, detail = Failed, s.Detail
		case s.State == Failed && state == NotDone:
			detail = "a signature of " + s.Domain + ": " + s.Detail
		}
	}
	r.add(PartDKIM, state, detail)

	spfAligned := false
	if q.Envelope.IP == "" {
		r.add(PartSPF, NotDone, "who connected was not recorded")
	} else {
		result, domain := l.spf(q.Envelope)
		spfAligned = result == spfPass && aligned(domain, r.Domain, strictSPF)
		state := map[spfResult]State{spfPass: OK, spfFail: Failed, notAsked: NotVerifiable}[result]
		if state == "" {
			state = NotDone
		}
		r.add(PartSPF, state, string(result)+" for "+domain)
	}

	r.Received = m.received(q.Hosts)
	receivedAligned := false
	if v := r.Received; v != nil {
		receivedAligned = slices.ContainsFunc(v.DKIM, func(d string) bool { return aligned(d, r.Domain, strictDKIM) })
		r.add(PartReceived, OK, "from "+v.Host)
	}

	switch {
	case state == OK:
		r.method = "mail-dkim"
		r.add(PartAlignment, OK, "DKIM"+policy)
	case spfAligned:
		r.method = "mail-spf"
		r.add(PartAlignment, OK, "SPF"+policy)
	case state == NotVerifiable && receivedAligned:
		// Our own server saw the key when it was there; we did not.
		r.method = "mail-received"
		r.add(PartAlignment, OK, "DKIM as "+r.Received.Host+" saw it"+policy)
	case state == NotVerifiable || r.Part(PartSPF) == NotVerifiable:
		r.add(PartAlignment, NotVerifiable, "DNS answers of the day of arrival are missing")
	default:
		r.add(PartAlignment, Failed, "neither DKIM nor SPF speaks for "+r.Domain+policy)
	}
}

func more(detail string) string {
	if detail == "" {
		return ""
	}
	return " (" + detail + ")"
}

// aligned: the same domain, or the same registrant's unless the policy is strict
// (RFC 7489 3.1).
func aligned(signer, from string, strict bool) bool {
	if strict || signer == from {
		return signer == from
	}
	a, okA := match.Registrable(signer)
	b, okB := match.Registrable(from)
	return okA && okB && a == b
}

// dmarc reads the domain's policy, or its registrant's (RFC 7489 6.6.3).
func (l *lookup) dmarc(domain string) (strictDKIM, strictSPF bool, say string) {
	names := []string{domain}
	if d, ok := match.Registrable(domain); ok && d != domain {
		names = append(names, d)
	}
	for _, name := range names {
		records, asked := l.get("txt", "_dmarc."+name)
		if !asked {
			return false, false, ", the domain's policy was not recorded"
		}
		var found []map[string]string
		for _, r := range records {
			if strings.HasPrefix(bare(r), "v=DMARC1") {
				if t, err := tags(r); err == nil {
					found = append(found, t)
				}
			}
		}
		if len(found) == 1 {
			t := found[0]
			return t["adkim"] == "s", t["aspf"] == "s", ", policy " + t["p"] + " of " + name
		}
	}
	return false, false, ", the domain has no policy"
}

func (r *Report) domain(q Question) {
	switch {
	case q.Domain == "":
		r.add(PartDomain, NotDone, "no domain was expected")
	case aligned(r.Domain, strings.ToLower(q.Domain), false):
		r.add(PartDomain, OK, r.Domain)
	default:
		r.add(PartDomain, Failed, "it came from another domain than the one asked")
	}
}

// reply: does it name our request, and is its date near its arrival.
func (r *Report) reply(m *message, q Question) {
	if q.Request == "" {
		r.add(PartReply, NotDone, "no request was given")
		return
	}
	id := "<" + q.Request + ">"
	if !slices.Contains(strings.Fields(m.one("in-reply-to")), id) && !slices.Contains(strings.Fields(m.one("references")), id) {
		r.add(PartReply, Failed, "it does not answer our request")
		return
	}
	written, err := netmail.ParseDate(m.one("date"))
	switch {
	case err != nil:
		r.add(PartReply, Failed, "its date cannot be read")
	case written.After(q.At.Add(24*time.Hour)) || written.Before(q.At.Add(-7*24*time.Hour)):
		r.add(PartReply, Failed, "it was written on another day than it arrived")
	default:
		r.add(PartReply, OK, "")
	}
}

// text reads the plain text; it counts as said only where the signature covers
// what decides how it is read.
func (r *Report) text(m *message) {
	text, err := m.text()
	if err != nil {
		r.add(PartText, NotDone, "there is no plain text; nothing else is opened. Ask for a reply in plain text")
		return
	}
	r.Text = text
	for _, s := range r.Signatures {
		if s.State != OK || !s.Aligned {
			continue
		}
		for _, name := range []string{"content-type", "content-transfer-encoding"} {
			if len(m.all(name)) > 0 && !slices.Contains(s.Headers, name) {
				r.add(PartText, NotVerifiable, name+" is not signed: what is read may not be what was written")
				return
			}
		}
		r.add(PartText, OK, "under the signature")
		return
	}
	r.add(PartText, NotVerifiable, "not under a signature of "+r.Domain)
}

// Assurance is what a reply proves: that its sender can send mail for the
// employer's own domain. ok is false unless that domain was known beforehand.
// It belongs to no link of the chain; it answers findings about referees.
func (r *Report) Assurance() (a record.Assurance, ok bool) {
	for _, p := range [...]string{PartStructure, PartAlignment, PartDomain} {
		if r.Part(p) != OK {
			return a, false
		}
	}
	if r.Part(PartReply) == Failed {
		return a, false
	}
	a = record.Assurance{ID: "referee-mail-domain", Method: r.method, AsOf: record.Date(r.At.Format("2006-01-02")), At: r.At, Issuer: r.Domain,
		TrustList: "DNS as recorded at arrival", Clears: []string{"ref-all-freemail"}, Breaks: []string{"mail-mailbox-taken", "mail-domain-of-operator"}}
	switch r.method {
	case "mail-spf":
		a.Breaks = append(a.Breaks, "mail-shared-server")
	case "mail-received":
		a.Breaks = append(a.Breaks, "mail-server-named-by-us")
	}
	return a, true
}

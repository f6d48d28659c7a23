package record

import (
	"encoding/json"
	"time"
)

// Fields keeps members this version does not know, verbatim.
type Fields map[string]json.RawMessage

// Application is one application by one person to one role: the native input
// line (application record, version 1). Only ID, Source and ReceivedAt are
// required; a missing field means "not asked".
type Application struct {
	ID          string      `json:"id"`
	Source      string      `json:"source"`
	ReceivedAt  time.Time   `json:"received_at"`
	Role        Role        `json:"role,omitzero"`
	Person      Person      `json:"person,omitzero"`
	Emails      []string    `json:"emails,omitempty"`
	Phones      []string    `json:"phones,omitempty"`
	Accounts    []Account   `json:"accounts,omitempty"`
	URLs        []string    `json:"urls,omitempty"`
	Resume      Resume      `json:"resume,omitzero"`
	Documents   []Document  `json:"documents,omitempty"`
	References  []Reference `json:"references,omitempty"`
	Sessions    []Session   `json:"sessions,omitempty"`
	Payouts     []Payout    `json:"payouts,omitempty"`
	Delivery    Delivery    `json:"delivery,omitzero"`
	Photos      []Photo     `json:"photos,omitempty"`
	Interviews  []Interview `json:"interviews,omitempty"`
	SubmittedBy Submitter   `json:"submitted_by,omitzero"`
	ReferredBy  string      `json:"referred_by,omitempty"`
	Stage       []Stage     `json:"stage,omitempty"`
	TaxIDs      []TaxID     `json:"tax_ids,omitempty"`
	Contract    Contract    `json:"contract,omitzero"`
	Answers     []Answer    `json:"answers,omitempty"`
	Messages    []Message   `json:"messages,omitempty"`
	History     []Change    `json:"history,omitempty"`
	Profiles    []Profile   `json:"profiles,omitempty"`
	Requests    []Request   `json:"requests,omitempty"`
	Clearances  []Clearance `json:"clearances,omitempty"`
	MailFacts   []MailFacts `json:"mail_facts,omitempty"`
	Tools       []ToolSeen  `json:"tools,omitempty"`
	Files       []FileFacts `json:"files,omitempty"`

	// After the application, and after the hire: after.go.
	Events          []Event           `json:"events,omitempty"`
	Computers       []Computer        `json:"computers,omitempty"`
	Confirmations   []Confirmation    `json:"confirmations,omitempty"`
	Moments         []Moment          `json:"moments,omitempty"`
	Reverifications []Reverification  `json:"reverifications,omitempty"`
	Code            []CodeAccount     `json:"code,omitempty"`
	Platforms       []PlatformAccount `json:"platforms,omitempty"`
	Agency          *AgencyFacts      `json:"agency,omitempty"`
	Pages           []Page            `json:"pages,omitempty"`
	Departure       *Departure        `json:"departure,omitempty"`
	Publications    []Publication     `json:"publications,omitempty"`
	Proofs          []Assurance       `json:"proofs,omitempty"` // made by bonafide, kept with the record

	Extra   Fields `json:"extra,omitempty"`
	Unknown Fields `json:",embed"`
}

// Name is the record name, SOURCE/ID.
func (a *Application) Name() string { return a.Source + "/" + a.ID }

// Tiers of a role, by what it gives access to.
const (
	TierT0 = "T0"
	TierT1 = "T1"
	TierT2 = "T2"
	TierT3 = "T3"
)

// Role is the position applied for.
type Role struct {
	ID      string `json:"id,omitempty"`
	Title   string `json:"title,omitempty"`
	Country string `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Remote  bool   `json:"remote,omitempty"`
	Tier    string `json:"tier,omitempty"` // T0 … T3
	Unknown Fields `json:",embed"`
}

// Person is who the applicant claims to be.
type Person struct {
	Name        string   `json:"name,omitempty"`
	OtherNames  []string `json:"other_names,omitempty"`
	BirthDate   Date     `json:"birth_date,omitempty"`
	Nationality string   `json:"nationality,omitempty"` // only ever compared with this person's own documents
	Address     Address  `json:"address,omitzero"`
	Timezone    string   `json:"timezone,omitempty"` // IANA name
	Languages   []string `json:"languages,omitempty"`
	Unknown     Fields   `json:",embed"`
}

// Address is a postal address. Country is ISO 3166-1 alpha-2.
type Address struct {
	Lines    []string `json:"lines,omitempty"`
	City     string   `json:"city,omitempty"`
	Postcode string   `json:"postcode,omitempty"`
	Country  string   `json:"country,omitempty"`
	Unknown  Fields   `json:",embed"`
}

// IsZero reports whether nothing was given.
func (a Address) IsZero() bool {
	return len(a.Lines) == 0 && a.City == "" && a.Postcode == "" && a.Country == "" && len(a.Unknown) == 0
}

// Account is a handle on a service ("github", "telegram", …).
type Account struct {
	Service string `json:"service,omitempty"`
	Handle  string `json:"handle,omitempty"`
	Unknown Fields `json:",embed"`
}

// Resume is the résumé: its text, its file and what was read out of it.
type Resume struct {
	Text      string      `json:"text,omitempty"`
	File      string      `json:"file,omitempty"`
	SHA256    string      `json:"sha256,omitempty"`
	Work      []Work      `json:"work,omitempty"`
	Education []Education `json:"education,omitempty"`
	Skills    []string    `json:"skills,omitempty"`
	Unknown   Fields      `json:",embed"`
}

// Work is one position in a résumé or profile. Start and End are YYYY,
// YYYY-MM or YYYY-MM-DD; an empty End means "to this day".
type Work struct {
	Organisation string `json:"organisation,omitempty"`
	Title        string `json:"title,omitempty"`
	Start        Date   `json:"start,omitempty"`
	End          Date   `json:"end,omitempty"`
	Country      string `json:"country,omitempty"`
	URL          string `json:"url,omitempty"`
	Text         string `json:"text,omitempty"`
	Unknown      Fields `json:",embed"`
}

// Education is one stay at an institution.
type Education struct {
	Institution string `json:"institution,omitempty"`
	Degree      string `json:"degree,omitempty"`
	Start       Date   `json:"start,omitempty"`
	End         Date   `json:"end,omitempty"`
	Country     string `json:"country,omitempty"`
	Unknown     Fields `json:",embed"`
}

// Document is an identity document as shown. Issuer is the alpha-3 code of
// ICAO 9303; Method is photo, scan, video-attended, chip, wallet or in-person.
type Document struct {
	Kind      string   `json:"kind,omitempty"`
	Issuer    string   `json:"issuer,omitempty"`
	Number    string   `json:"number,omitempty"`
	Name      string   `json:"name,omitempty"`
	BirthDate Date     `json:"birth_date,omitempty"`
	Issued    Date     `json:"issued,omitempty"`
	Expires   Date     `json:"expires,omitempty"`
	MRZ       []string `json:"mrz,omitempty"`
	File      string   `json:"file,omitempty"`
	SHA256    string   `json:"sha256,omitempty"`
	PHash     string   `json:"phash,omitempty"`
	Method    string   `json:"method,omitempty"`
	Address   Address  `json:"address,omitzero"`
	Unknown   Fields   `json:",embed"`
}

// Reference is a referee and, once asked, the reply.
type Reference struct {
	Name         string      `json:"name,omitempty"`
	Email        string      `json:"email,omitempty"`
	Phone        string      `json:"phone,omitempty"`
	Organisation string      `json:"organisation,omitempty"`
	Relationship string      `json:"relationship,omitempty"`
	RepliedAt    time.Time   `json:"replied_at,omitzero"`
	ReplyIP      string      `json:"reply_ip,omitempty"`
	Text         string      `json:"text,omitempty"`
	ContactFrom  string      `json:"contact_from,omitempty"` // candidate, reviewer, switchboard, directory
	DomainFacts  DomainFacts `json:"domain_facts,omitzero"`
	Unknown      Fields      `json:",embed"`
}

// DomainFacts are what was looked up about a mail domain, and when. Pointers:
// "not looked up" differs from "no".
type DomainFacts struct {
	AgeDays *int   `json:"age_days,omitempty"`
	MX      *bool  `json:"mx,omitempty"`
	Parked  *bool  `json:"parked,omitempty"`
	AsOf    Date   `json:"as_of,omitempty"`
	Unknown Fields `json:",embed"`
}

// IsZero reports whether nothing was looked up.
func (d DomainFacts) IsZero() bool {
	return d.AgeDays == nil && d.MX == nil && d.Parked == nil && d.AsOf == "" && len(d.Unknown) == 0
}

// Session is one visit of the applicant: apply, portal, interview or work.
type Session struct {
	At        time.Time `json:"at,omitzero"`
	Kind      string    `json:"kind,omitempty"`
	IP        string    `json:"ip,omitempty"`
	Timezone  string    `json:"timezone,omitempty"`
	Languages []string  `json:"languages,omitempty"`
	UserAgent string    `json:"user_agent,omitempty"`
	Device    string    `json:"device,omitempty"`
	Unknown   Fields    `json:",embed"`
}

// Payout is an account pay goes to: iban, wise, payoneer, paypal, crypto, bank.
type Payout struct {
	Kind     string `json:"kind,omitempty"`
	Value    string `json:"value,omitempty"`
	Holder   string `json:"holder,omitempty"`
	Currency string `json:"currency,omitempty"`
	Chain    string `json:"chain,omitempty"`
	Since    Date   `json:"since,omitempty"`
	Unknown  Fields `json:",embed"`
}

// Delivery is where a work laptop goes.
type Delivery struct {
	Name     string   `json:"name,omitempty"`
	Lines    []string `json:"lines,omitempty"`
	City     string   `json:"city,omitempty"`
	Postcode string   `json:"postcode,omitempty"`
	Country  string   `json:"country,omitempty"`
	Unknown  Fields   `json:",embed"`
}

// Address is the postal part of a delivery.
func (d Delivery) Address() Address {
	return Address{Lines: d.Lines, City: d.City, Postcode: d.Postcode, Country: d.Country}
}

// IsZero reports whether nothing was given.
func (d Delivery) IsZero() bool {
	return d.Name == "" && d.Address().IsZero() && len(d.Unknown) == 0
}

// Photo is a portrait the applicant gave. PHash is a 64-bit DCT hash in hex,
// PDQ the 256-bit one in hex. Views are hashes like PDQ of parts of the same
// picture, those that a crop or a border would leave: at most PhotoViews, each of
// a part with enough detail to be known again.
type Photo struct {
	File    string   `json:"file,omitempty"`
	SHA256  string   `json:"sha256,omitempty"`
	PHash   string   `json:"phash,omitempty"`
	PDQ     string   `json:"pdq,omitempty"`
	Views   []string `json:"views,omitempty"`
	Unknown Fields   `json:",embed"`
}

// PhotoViews is how many parts of one picture a record keeps: what an even border
// surrounds, three middles and the square.
const PhotoViews = 5

// Interview is one call or meeting with a person's notes on it.
type Interview struct {
	At           time.Time `json:"at,omitzero"`
	Kind         string    `json:"kind,omitempty"`
	Observations []string  `json:"observations,omitempty"`
	Unknown      Fields    `json:",embed"`
}

// Submitter is who sent the application: self, agency or referrer.
type Submitter struct {
	Kind    string `json:"kind,omitempty"`
	Name    string `json:"name,omitempty"`
	ID      string `json:"id,omitempty"`
	Unknown Fields `json:",embed"`
}

// Stage is a step of the hiring the application reached, and when.
type Stage struct {
	At      Date   `json:"at,omitempty"`
	Name    string `json:"name,omitempty"`
	Unknown Fields `json:",embed"`
}

// TaxID is a national tax or social-insurance number.
type TaxID struct {
	Country string `json:"country,omitempty"`
	Value   string `json:"value,omitempty"`
	Unknown Fields `json:",embed"`
}

// Contract names the contracting party: person, company, employer-of-record.
type Contract struct {
	Party   string `json:"party,omitempty"`
	Kind    string `json:"kind,omitempty"`
	Unknown Fields `json:",embed"`
}

// Answer is a free-text answer to a question of the form.
type Answer struct {
	Question string `json:"question,omitempty"`
	Text     string `json:"text,omitempty"`
	Unknown  Fields `json:",embed"`
}

// Message is a message from the applicant, with its raw headers.
type Message struct {
	At      time.Time `json:"at,omitzero"`
	Headers string    `json:"headers,omitempty"`
	Text    string    `json:"text,omitempty"`
	Unknown Fields    `json:",embed"`
}

// Change is one edit of a field: who changed what, when.
type Change struct {
	At      time.Time `json:"at,omitzero"`
	Field   string    `json:"field,omitempty"`
	Old     string    `json:"old,omitempty"`
	New     string    `json:"new,omitempty"`
	By      string    `json:"by,omitempty"`
	Unknown Fields    `json:",embed"`
}

// Profile is what a page the candidate named said on a day.
type Profile struct {
	Source  string `json:"source,omitempty"`
	AsOf    Date   `json:"as_of,omitempty"`
	Name    string `json:"name,omitempty"`
	Country string `json:"country,omitempty"`
	Work    []Work `json:"work,omitempty"`
	Unknown Fields `json:",embed"`
}

// Request is something the applicant asked for: other-account, other-payee,
// no-camera, no-visit, device-elsewhere.
type Request struct {
	At      time.Time `json:"at,omitzero"`
	Kind    string    `json:"kind,omitempty"`
	Unknown Fields    `json:",embed"`
}

// Clearance is a claimed security clearance.
type Clearance struct {
	Sponsor string `json:"sponsor,omitempty"`
	Level   string `json:"level,omitempty"`
	Unknown Fields `json:",embed"`
}

// MailFacts are the mail exchangers of one of the applicant's mail domains, as
// looked up once at intake.
type MailFacts struct {
	Domain  string   `json:"domain,omitempty"`
	MX      []string `json:"mx,omitempty"`
	AsOf    Date     `json:"as_of,omitempty"`
	Unknown Fields   `json:",embed"`
}

// ToolSeen is a trace of a program on a computer, from an inventory or an
// event: Kind is file, service, product or domain; Approved names the ticket or
// person that allowed it; Managed is true on a computer of the employer.
type ToolSeen struct {
	At       time.Time `json:"at,omitzero"`
	Kind     string    `json:"kind,omitempty"`
	Value    string    `json:"value,omitempty"`
	Device   string    `json:"device,omitempty"`
	Approved string    `json:"approved,omitempty"`
	Managed  bool      `json:"managed,omitempty"`
	Unknown  Fields    `json:",embed"`
}

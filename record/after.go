package record

import "time"

// What is seen after somebody applied and after somebody was hired: events of
// the employer's systems, computers, confirmations by third parties, checks of
// identity that were repeated, code and bids. Each is evidence that came in or
// that a named person recorded; none of it is a judgement.

// Event is one thing that a system of the employer, or of a platform, saw.
// Kinds: sign-in, sign-in-failed, factor-added, factor-removed, clone, fork,
// push, download, share, made-public, member-added, key-added, publish,
// admin-asked, call, action, api-call, revoked, use.
type Event struct {
	ID      string    `json:"id,omitempty"` // the source's id of the event
	At      time.Time `json:"at,omitzero"`
	Source  string    `json:"source,omitempty"` // okta, entra, google-workspace, github, …
	Kind    string    `json:"kind,omitempty"`
	Account string    `json:"account,omitempty"` // the account it was done with
	IP      string    `json:"ip,omitempty"`
	Country string    `json:"country,omitempty"` // of the network, as the source says
	Device  string    `json:"device,omitempty"`  // the source's id of the computer
	Session string    `json:"session,omitempty"`
	Outcome string    `json:"outcome,omitempty"` // success, failure, "" unknown
	Object  string    `json:"object,omitempty"`  // repository, file class, member, credential
	To      string    `json:"to,omitempty"`      // where something went: own, personal, public, a host
	Count   int       `json:"count,omitempty"`
	Factor  string    `json:"factor,omitempty"`  // of a sign-in: password, push, otp, hardware, passkey
	Client  string    `json:"client,omitempty"`  // interactive, service, mail-client, mobile
	Allowed string    `json:"allowed,omitempty"` // ticket or person that allowed it
	Unknown Fields    `json:",embed"`
}

// Computer is a device as an inventory describes it.
type Computer struct {
	ID           string    `json:"id,omitempty"`
	Serial       string    `json:"serial,omitempty"`
	Managed      bool      `json:"managed,omitempty"`
	Source       string    `json:"source,omitempty"` // intune, jamf, defender, crowdstrike
	Delivered    time.Time `json:"delivered,omitzero"`
	DeliveredTo  Address   `json:"delivered_to,omitzero"`
	FirstSeen    time.Time `json:"first_seen,omitzero"` // first check-in
	FirstIP      string    `json:"first_ip,omitempty"`
	FirstCountry string    `json:"first_country,omitempty"`
	LastSeen     time.Time `json:"last_seen,omitzero"`
	// Places are the regions it was seen in, a line a day.
	Places   []DayPlace `json:"places,omitempty"`
	Gateway  string     `json:"gateway,omitempty"` // keyed hash of the router it is behind
	USB      []USB      `json:"usb,omitempty"`
	Displays []Display  `json:"displays,omitempty"`
	Programs []string   `json:"programs,omitempty"`
	Unknown  Fields     `json:",embed"`
}

// DayPlace is where a computer was on a day, as its network says.
type DayPlace struct {
	Day     Date   `json:"day,omitempty"`
	Country string `json:"country,omitempty"`
	Region  string `json:"region,omitempty"`
	IP      string `json:"ip,omitempty"`
	Allowed string `json:"allowed,omitempty"` // approved travel
	Unknown Fields `json:",embed"`
}

// USB is a device on a bus: vendor and product are four hex digits.
type USB struct {
	At           time.Time `json:"at,omitzero"`
	Vendor       string    `json:"vendor,omitempty"`
	Product      string    `json:"product,omitempty"`
	Manufacturer string    `json:"manufacturer,omitempty"`
	Name         string    `json:"name,omitempty"`
	Serial       string    `json:"serial,omitempty"`
	Unknown      Fields    `json:",embed"`
}

// Display is a monitor by its EDID: a three-letter maker, four hex digits, a name.
type Display struct {
	At      time.Time `json:"at,omitzero"`
	Maker   string    `json:"maker,omitempty"`
	Product string    `json:"product,omitempty"`
	Name    string    `json:"name,omitempty"`
	Serial  string    `json:"serial,omitempty"`
	Unknown Fields    `json:",embed"`
}

// Confirmation is what a third party said when asked about a claim. Kinds:
// employment, education, certificate, referee, name-check, identity-victim.
// Outcomes: confirmed, partly, denied, no-record, unreachable, no-answer,
// refused-to-say; of a name check: match, close-match, no-match, not-available.
type Confirmation struct {
	At          time.Time `json:"at,omitzero"`
	Kind        string    `json:"kind,omitempty"`
	About       string    `json:"about,omitempty"` // path of the claim: resume.work[0], references[1], payouts[0]
	By          string    `json:"by,omitempty"`    // id of who recorded it
	Second      string    `json:"second,omitempty"`
	ContactFrom string    `json:"contact_from,omitempty"` // candidate, reviewer, switchboard, directory, issuer
	Outcome     string    `json:"outcome,omitempty"`
	Number      string    `json:"number,omitempty"` // of a certificate
	Issuer      string    `json:"issuer,omitempty"`
	// Facts of a register: whether the firm is in it, since and until when.
	Registered *bool  `json:"registered,omitempty"`
	Founded    Date   `json:"founded,omitempty"`
	Dissolved  Date   `json:"dissolved,omitempty"`
	Unknown    Fields `json:",embed"`
}

// Moment is a live moment, as a person recorded it: never a machine's view of a
// face. Kinds: interview, delivery, onboarding, in-person, reverification.
type Moment struct {
	At     time.Time `json:"at,omitzero"`
	Kind   string    `json:"kind,omitempty"`
	By     string    `json:"by,omitempty"`     // id of who recorded it
	Second string    `json:"second,omitempty"` // who agrees, where two are asked
	// Liveness: followed, artefact, refused, technical, other-way.
	Liveness string `json:"liveness,omitempty"`
	// Face against the document, and against earlier moments: same, different, unsure, not-compared.
	Portrait   string `json:"portrait,omitempty"`
	Continuity string `json:"continuity,omitempty"`
	// Knowledge of the own career, an answer per claimed item: detailed, generic, wrong.
	Knowledge []string `json:"knowledge,omitempty"`
	// Serial is what was read aloud from the computer.
	Serial  string `json:"serial,omitempty"`
	Unknown Fields `json:",embed"`
}

// Reverification is a check of identity that was announced and repeated.
// Outcomes: same, different, refused, no-answer, postponed.
type Reverification struct {
	Announced   time.Time `json:"announced,omitzero"`
	Due         Date      `json:"due,omitempty"`
	At          time.Time `json:"at,omitzero"`
	Method      string    `json:"method,omitempty"` // chip, wallet, video-attended, in-person
	Outcome     string    `json:"outcome,omitempty"`
	Holder      string    `json:"holder,omitempty"`       // thumbprint of the wallet's or chip's key
	Number      string    `json:"number,omitempty"`       // keyed hash of the document's number
	Alternative string    `json:"alternative,omitempty"`  // what other way was offered
	ContinuedBy string    `json:"continued_by,omitempty"` // document that explains a change
	By          string    `json:"by,omitempty"`
	Unknown     Fields    `json:",embed"`
}

// CodeAccount is an account on a code forge, from an export or its API.
type CodeAccount struct {
	Service      string       `json:"service,omitempty"`
	Handle       string       `json:"handle,omitempty"`
	Created      Date         `json:"created,omitempty"`
	AsOf         Date         `json:"as_of,omitempty"`
	Controlled   bool         `json:"controlled,omitempty"` // the applicant answered a challenge with it
	Repositories []Repository `json:"repositories,omitempty"`
	// Contacts are accounts it worked with, and how often; Outside says how many
	// of the contacts have contacts beyond the set themselves.
	Contacts []CodeContact `json:"contacts,omitempty"`
	Unknown  Fields        `json:",embed"`
}

// Repository is one repository of a code account.
type Repository struct {
	Name    string   `json:"name,omitempty"`
	Created Date     `json:"created,omitempty"`
	Fork    bool     `json:"fork,omitempty"`
	Credits string   `json:"credits,omitempty"` // upstream it names in its licence or text
	Commits []Commit `json:"commits,omitempty"`
	// Upstream are commits of the project it may stem from.
	Upstream []Commit `json:"upstream,omitempty"`
	Unknown  Fields   `json:",embed"`
}

// Commit is one commit; Offset is the author's time zone in minutes.
type Commit struct {
	At      time.Time `json:"at,omitzero"`
	Tree    string    `json:"tree,omitempty"`
	Author  string    `json:"author,omitempty"`
	Email   string    `json:"email,omitempty"`
	Offset  *int      `json:"offset,omitempty"`
	Message string    `json:"message,omitempty"`
	Unknown Fields    `json:",embed"`
}

// CodeContact is an account that reviewed, committed or wrote beside another.
type CodeContact struct {
	Handle string `json:"handle,omitempty"`
	Times  int    `json:"times,omitempty"`
	// With are the other contacts it works with; Outside, how many accounts
	// beyond them.
	With    []string `json:"with,omitempty"`
	Outside int      `json:"outside,omitempty"`
	Unknown Fields   `json:",embed"`
}

// PlatformAccount is an account on a freelance platform, as the platform or an
// export of it describes it.
type PlatformAccount struct {
	Platform string    `json:"platform,omitempty"`
	Handle   string    `json:"handle,omitempty"`
	Created  time.Time `json:"created,omitzero"`
	Verified time.Time `json:"verified,omitzero"` // when the platform had verified who holds it
	// IdentityVerified is what the platform says of that today, where it gives no
	// time: nil where it says nothing.
	IdentityVerified *bool    `json:"identity_verified,omitempty"`
	Bids             []Bid    `json:"bids,omitempty"`
	Ratings          []Rating `json:"ratings,omitempty"`
	Logins           int      `json:"logins,omitempty"` // in the span of the bids
	// Usual are the 99th percentiles of the account's category, from the platform.
	UsualBidsADay float64 `json:"usual_bids_a_day,omitempty"`
	Unknown       Fields  `json:",embed"`
}

// Bid is one proposal on a platform.
type Bid struct {
	At       time.Time `json:"at,omitzero"`
	Job      string    `json:"job,omitempty"`
	Text     string    `json:"text,omitempty"`
	Accepted bool      `json:"accepted,omitempty"`
	Unknown  Fields    `json:",embed"`
}

// Rating is one rating by a client; Payout is a keyed hash of the account the
// client pays from, where the platform knows it.
type Rating struct {
	At     time.Time `json:"at,omitzero"`
	Client string    `json:"client,omitempty"`
	Top    bool      `json:"top,omitempty"`
	Payout string    `json:"payout,omitempty"`
	// Others are how many new accounts the client rated at the top in the same month.
	Others  int    `json:"others,omitempty"`
	Unknown Fields `json:",embed"`
}

// AgencyFacts are what an agency that hands people in could show.
type AgencyFacts struct {
	Name        string `json:"name,omitempty"`
	Verifier    string `json:"verifier,omitempty"`     // who verified whom, and how
	NamedWorker *bool  `json:"named_worker,omitempty"` // the worker is named in the contract
	AuditRight  *bool  `json:"audit_right,omitempty"`
	Subcontract *bool  `json:"subcontract,omitempty"` // passes work on
	Substituted *bool  `json:"substituted,omitempty"` // somebody else turned up
	Unknown     Fields `json:",embed"`
}

// Page is a page the applicant named, saved on a day: its text, not its address alone.
type Page struct {
	URL      string   `json:"url,omitempty"`
	AsOf     Date     `json:"as_of,omitempty"`
	Text     string   `json:"text,omitempty"`
	Skeleton string   `json:"skeleton,omitempty"` // hash of the order of its elements
	Assets   []string `json:"assets,omitempty"`   // hashes of logo, icon and pictures
	Theme    string   `json:"theme,omitempty"`    // template it names
	Unknown  Fields   `json:",embed"`
}

// Departure is the end of the work and what was to be ended with it.
type Departure struct {
	At          time.Time    `json:"at,omitzero"`
	Credentials []Credential `json:"credentials,omitempty"`
	Devices     []Handback   `json:"devices,omitempty"`
	Pays        []LastPay    `json:"pays,omitempty"`
	Unknown     Fields       `json:",embed"`
}

// Handback is a device that was handed out, and how it came back.
type Handback struct {
	Device     string    `json:"device,omitempty"`  // what people call it
	Serial     string    `json:"serial,omitempty"`  // as it was handed out
	Disk       string    `json:"disk,omitempty"`    // id of its disk then
	Country    string    `json:"country,omitempty"` // to which it was sent, two letters
	Due        time.Time `json:"due,omitzero"`
	Back       time.Time `json:"back,omitzero"`  // when it arrived
	From       string    `json:"from,omitempty"` // country on the label
	BackSerial string    `json:"back_serial,omitempty"`
	BackDisk   string    `json:"back_disk,omitempty"`
	Seal       string    `json:"seal,omitempty"` // intact, broken
	Wiped      bool      `json:"wiped,omitempty"`
	By         string    `json:"by,omitempty"`   // who wrote this down last
	Noted      time.Time `json:"noted,omitzero"` // and when
	Unknown    Fields    `json:",embed"`
}

// The states of a payment that is still to be made when somebody leaves. A hold is
// put forward by one person and agreed to by another; anybody lifts it.
const (
	PayDue    = "due"
	PayAsked  = "hold-asked" // one person says it should wait
	PayHeld   = "held"       // two people say so
	PayLifted = "lifted"     // goes to the person like any other
	PayMade   = "made"
)

// LastPay is one payment that is still to be made when somebody leaves: which one and
// what people said of it, never how much. Nothing here pays or holds back.
type LastPay struct {
	Kind      string    `json:"kind,omitempty"`   // wage, invoice, expenses, other
	What      string    `json:"what,omitempty"`   // which: a month, a number
	Earned    bool      `json:"earned,omitempty"` // for work that was done
	Due       time.Time `json:"due,omitzero"`
	State     string    `json:"state,omitempty"`
	Adviser   string    `json:"adviser,omitempty"`   // who gave legal advice
	Basis     string    `json:"basis,omitempty"`     // on what it is held back
	Authority string    `json:"authority,omitempty"` // with which one it was spoken of
	Review    Date      `json:"review,omitempty"`    // when somebody looks again
	Why       string    `json:"why,omitempty"`       // it was lifted
	By        string    `json:"by,omitempty"`
	Second    string    `json:"second,omitempty"`
	Noted     time.Time `json:"noted,omitzero"`
	Unknown   Fields    `json:",embed"`
}

// Publication is a place where something of ours was found in the open, as a
// person or a monitor recorded it. The text itself is not kept.
type Publication struct {
	Seen    time.Time `json:"seen,omitzero"`
	Where   string    `json:"where,omitempty"`   // address
	Source  string    `json:"source,omitempty"`  // person, monitoring, decoy
	SHA256  string    `json:"sha256,omitempty"`  // of the copy that was kept
	Match   string    `json:"match,omitempty"`   // same, like, none; "" when it was not compared
	Share   int       `json:"share,omitempty"`   // per cent, of like
	Path    string    `json:"path,omitempty"`    // of our own file
	Open    bool      `json:"open,omitempty"`    // it is public with our consent
	Earlier Date      `json:"earlier,omitempty"` // it stood somewhere in the open before
	By      string    `json:"by,omitempty"`
	Unknown Fields    `json:",embed"`
}

// Credential is one access: account, token, key, session, device, grant.
type Credential struct {
	Kind    string    `json:"kind,omitempty"`
	System  string    `json:"system,omitempty"`
	Name    string    `json:"name,omitempty"`
	Revoked time.Time `json:"revoked,omitzero"`
	// LastUse after the revocation says that it still works.
	LastUse time.Time `json:"last_use,omitzero"`
	Proof   string    `json:"proof,omitempty"` // what confirmed the revocation
	Unknown Fields    `json:",embed"`
}

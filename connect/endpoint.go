package connect

import (
	"slices"
	"strings"

	"bonafide/record"
)

// Endpoint is one connector of one tenant, as it is kept (sealed): who sends,
// with which keys, and whom to ask back.
type Endpoint struct {
	Name     string   `json:"name"`
	Provider string   `json:"provider"`
	Keys     []string `json:"keys"` // active ones; several while they are rotated
	Account  Account  `json:"account,omitzero"`
	// Fetch: the provider's API is asked even where the body is signed.
	Fetch     bool `json:"fetch,omitempty"`
	AllowSHA1 bool `json:"allow_sha1,omitempty"`
	// Stages maps the provider's names of stages to ours.
	Stages map[string]string `json:"stages,omitempty"`
	// People maps accounts at work to records (SOURCE/ID): for what comes after
	// the hire.
	People map[string]string `json:"people,omitempty"`
	// Back: how far a verification is, is written to the provider.
	Back bool `json:"back,omitempty"`
	// Decisions: a person's decision is written too, where the provider has a slot
	// for one, and an adverse one only when two people signed it.
	Decisions bool `json:"decisions,omitempty"`
	// Pull: the provider is asked regularly for what happened at work.
	Pull bool `json:"pull,omitempty"`
	// Every is how often, in minutes; 15 when 0.
	Every int `json:"every,omitempty"`
	// End: accesses are ended there, when two people ordered it.
	End bool `json:"end,omitempty"`
	// Tell: findings are sent there as OCSF lines. Events: sign-ins and changes of
	// accounts too, without whose they were; Persons: with it.
	Tell    bool `json:"tell,omitempty"`
	Events  bool `json:"events,omitempty"`
	Persons bool `json:"persons,omitempty"`
	Off     bool `json:"off,omitempty"`
}

// KeyRefused names the note that a provider did not take a connector's key. It
// stands until the provider takes one, or the connector has another.
func KeyRefused(name string) string { return "key-refused/" + name }

// Stages of the application record, in their order.
var Stages = []string{"sourcing", "application", "interview", "reference", "offer", "onboarding", "employment", "payment", "offboarding"}

// Validate says what is wrong with an endpoint, in words for who set it up.
func (e *Endpoint) Validate() error {
	plain := e.Name != "" && len(e.Name) <= 40 && strings.Trim(e.Name, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
	switch {
	case !plain:
		return record.Invalid("name", "is not 1 to 40 of a-z, 0-9 and -")
	case len(e.Keys) == 0 && !e.Pull && !e.End && !e.Tell:
		return record.Invalid("keys", "none: a connector is sent to (with a signing key), asked (--pull), ends accesses (--end-access), or is told (--tell)")
	case len(e.Keys) > mostKeys:
		return record.Invalid("keys", "more than sixteen")
	case slices.Contains(e.Keys, ""):
		return record.Invalid("keys", "one is empty")
	}
	if err := e.can(); err != nil {
		return err
	}
	for _, to := range e.Stages {
		if !slices.Contains(Stages, to) {
			return record.Invalid("stages", "one leads to no stage of ours: "+strings.Join(Stages, ", "))
		}
	}
	for _, name := range e.People {
		if source, id, ok := strings.Cut(name, "/"); !ok || source == "" || id == "" {
			return record.Invalid("people", "one leads to no record: SOURCE/ID")
		}
	}
	return nil
}

// can says what of it the provider does not do.
func (e *Endpoint) can() error {
	_, sends := FindDialect(e.Provider)
	pull, asked := FindPull(e.Provider)
	lever, ends := FindLever(e.Provider)
	sink, told := FindSink(e.Provider)
	switch {
	case !sends && !asked && !ends && !told:
		return record.Invalid("provider", "is none of those `bonafide connect list` names")
	case len(e.Keys) > 0 && !sends:
		return record.Invalid("keys", "this system sends nothing that is signed; it is asked, or ends accesses")
	case len(e.Keys) > 0 && !Reads(e.Provider):
		return record.Invalid("provider", "its signature can be checked, but what it sends is read by nobody here yet; an endpoint would lose it")
	case e.Pull && !asked:
		return record.Invalid("pull", "this system is not asked for what happened at work")
	case e.Pull && (e.Every < 0 || e.Every > 24*60 || e.Every > 0 && e.Every < 5):
		return record.Invalid("every", "is 5 minutes to a day")
	case e.Tell && !told:
		return record.Invalid("tell", "this system takes no OCSF lines")
	case e.Persons && !e.Events, e.Events && !e.Tell:
		return record.Invalid("tell", "whose an event was goes with --tell-events, and that with --tell")
	case e.End && !ends:
		return record.Invalid("end", "no access is ended in this system")
	}
	v, ok := FindVendor(e.Provider)
	if !ok && e.Fetch && IsIdentity(e.Provider) {
		return record.Invalid("fetch", "nobody asks this vendor yet; what it signs is read as it came")
	}
	if ok && (e.Account.Key != "" || e.Fetch) {
		if _, err := v.Open(e.Account, nil); err != nil {
			return err
		}
	}
	if e.Pull {
		if _, err := pull.Open(e.Account, nil); err != nil {
			return err
		}
	}
	if e.Tell {
		if _, err := sink.Open(e.Account, nil); err != nil {
			return err
		}
	}
	if e.End {
		if _, err := open(lever.api(), e.Account, nil); err != nil {
			return err
		}
	}
	return nil
}

// Title is what people call the provider.
func (e *Endpoint) Title() string {
	if s, ok := FindSystem(e.Provider); ok {
		return s.Title
	}
	if v, ok := FindVendor(e.Provider); ok {
		return v.Title
	}
	if l, ok := FindLever(e.Provider); ok && e.End {
		return l.Title
	}
	if p, ok := FindPull(e.Provider); ok {
		return p.Title
	}
	if k, ok := FindSink(e.Provider); ok {
		return k.Title
	}
	return e.Provider
}

// Generic is the provider whose deliveries are applications in our own shape.
const Generic = "standard-webhooks"

// Reads reports whether what a provider sends is read here.
func Reads(provider string) bool {
	_, system := FindSystem(provider)
	_, watch := WatchOf(provider)
	return system || watch || IsIdentity(provider) || provider == Generic
}

// StageOf is our stage for the provider's; false when nobody has mapped it.
func (e *Endpoint) StageOf(theirs string) (string, bool) {
	s, ok := e.Stages[theirs]
	return s, ok
}

// Unmapped are the provider's stages that lead nowhere yet, once each, in their order.
func (e *Endpoint) Unmapped(theirs []string) (out []string) {
	for _, s := range theirs {
		if _, ok := e.Stages[s]; !ok && s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// secrets are the keys as Verify wants them.
func (e *Endpoint) secrets() [][]byte {
	all := make([][]byte, len(e.Keys))
	for i, k := range e.Keys {
		all[i] = []byte(k)
	}
	return all
}

// Verify checks a delivery to this endpoint.
func (e *Endpoint) Verify(d *Delivery) (*Verdict, error) {
	d.AllowSHA1 = e.AllowSHA1
	return Verify(e.Provider, d, e.secrets())
}

// Source is the source of records that come by this endpoint.
func (e *Endpoint) Source() string {
	if e.Account.Source != "" {
		return e.Account.Source
	}
	return e.Provider
}

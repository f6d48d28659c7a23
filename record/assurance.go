package record

import "time"

// Assurance is a proof: it clears named findings and upgrades one link.
type Assurance struct {
	ID     string    `json:"id"`
	Link   ChainLink `json:"link"`
	Method string    `json:"method"`
	AsOf   Date      `json:"as_of,omitempty"`
	Clears []string  `json:"clears,omitempty"` // check ids

	// What a proof made by bonafide adds; a record that came in has none of it.
	At        time.Time `json:"at,omitzero"`          // when it was proved
	Issuer    string    `json:"issuer,omitempty"`     // who vouches: a state, a bank, an employer's domain
	TrustList string    `json:"trust_list,omitempty"` // the list it was checked against, with its version
	Breaks    []string  `json:"breaks,omitempty"`     // what could still break it: keys into the texts of docs/threats.md
	Until     Date      `json:"until,omitempty"`      // to be proved again after
	Holder    string    `json:"holder,omitempty"`     // thumbprint of the holder's key, for re-presentation
}

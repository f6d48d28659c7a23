package record

// Assurance is a proof: it clears named findings and upgrades one link.
type Assurance struct {
	ID     string    `json:"id"`
	Link   ChainLink `json:"link"`
	Method string    `json:"method"`
	AsOf   Date      `json:"as_of,omitempty"`
	Clears []string  `json:"clears,omitempty"` // check ids
}

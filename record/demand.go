package record

import "time"

// Demand is a message that asks something of the house for what was copied, as
// it was taken in: what it says of itself, and what in it can be compared. Every
// member is a claim of whoever wrote it.
type Demand struct {
	ID          string         `json:"id"`
	SHA256      string         `json:"sha256"`
	Size        int64          `json:"size"`
	File        string         `json:"file,omitempty"` // the original, kept sealed
	From        string         `json:"from,omitempty"`
	To          string         `json:"to,omitempty"`
	Subject     string         `json:"subject,omitempty"`
	Date        string         `json:"date,omitempty"`
	MessageID   string         `json:"message_id,omitempty"`
	Attachments []string       `json:"attachments,omitempty"` // kinds and names; none is opened
	Mails       []string       `json:"mails,omitempty"`
	Links       []string       `json:"links,omitempty"`
	Wallets     []DemandWallet `json:"wallets,omitempty"`
	Amounts     []string       `json:"amounts,omitempty"`
	Text        string         `json:"text,omitempty"` // what a reader sees
	Partial     bool           `json:"partial,omitempty"`
	By          string         `json:"by,omitempty"`
	Taken       time.Time      `json:"taken,omitzero"`
}

// DemandWallet is an address that a demand names.
type DemandWallet struct {
	Address string   `json:"address"`
	Chains  []string `json:"chains,omitempty"`
}

package record

import "time"

// Subscription is an address that wants to be told. Messages hold ids, never
// personal values; the secret signs them.
type Subscription struct {
	ID      string    `json:"id"`
	URL     string    `json:"url"`
	Secret  string    `json:"secret"` // whsec_ and base64, as Standard Webhooks has it
	Events  []string  `json:"events"`
	Created time.Time `json:"created"`
}

// Subscriptions is the name of the setting that holds a tenant's.
const Subscriptions = "hooks"

// Notice is the body of a message: what happened to which thing, and when.
type Notice struct {
	Type string     `json:"type"`
	At   time.Time  `json:"timestamp"`
	Data NoticeData `json:"data"`
}

// NoticeData names things by their ids.
type NoticeData struct {
	Subject string `json:"subject,omitempty"`
	Case    string `json:"case,omitempty"`
	Job     string `json:"job,omitempty"`
	Erasure string `json:"erasure,omitempty"`
}

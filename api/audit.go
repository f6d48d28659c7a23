package api

import (
	"strconv"

	"bonafide/record"
)

// Entry is one line of the audit.
type Entry = record.Entry

// Entries is one page of the audit, oldest first.
type Entries struct {
	Entries []Entry `json:"entries"`
	Next    string  `json:"next,omitempty"`
}

func entries(all []record.Entry) []Entry { return orEmpty(all) }

func listEntries(c *call) (answer, error) {
	all, next, err := c.s.Desk.Entries(c, c.caller.Actor, c.query("object"), c.after(), c.limit())
	return answer{body: Entries{entries(all), next}, next: next}, err
}

// Checkpoint is the signed head of the tree (C2SP tlog-checkpoint).
type Checkpoint struct {
	Checkpoint string `json:"checkpoint" doc:"A signed note: origin, size, root hash, signatures."`
	Key        string `json:"key" doc:"The verifier key of the signature."`
}

func readCheckpoint(c *call) (answer, error) {
	note, key, err := c.s.Desk.Checkpoint(c, c.caller.Actor)
	return answer{body: Checkpoint{note, key}}, err
}

// Proof shows that an entry stands in the tree of a checkpoint, or that one
// tree continues another.
type Proof struct {
	Size   int64    `json:"size"`
	Leaf   string   `json:"leaf,omitempty" doc:"The bytes of the entry, as they were hashed."`
	Hashes []string `json:"hashes" doc:"Base64, as in RFC 6962."`
}

func readProof(c *call) (answer, error) {
	n := func(name string) int64 { v, _ := strconv.ParseInt(c.query(name), 10, 64); return v }
	if (c.query("entry") == "") == (c.query("from") == "") {
		return answer{}, record.Invalid("query", "give either entry (inclusion) or from (consistency)")
	}
	entry := int64(-1)
	if c.query("entry") != "" {
		entry = n("entry")
	}
	p, err := c.s.Desk.Proof(c, c.caller.Actor, entry, n("from"), n("size"))
	return answer{body: Proof{p.Size, p.Leaf, orEmpty(p.Hashes)}}, err
}

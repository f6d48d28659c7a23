package audit

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"bonafide/record"
)

// Checkpoint is the head of a tree: whose, how many leaves, which root. Its
// text is that of C2SP tlog-checkpoint, so that witnesses of others can sign it.
type Checkpoint struct {
	Origin string // "bonafide/" and the tenant
	Size   int64
	Root   tlog.Hash
}

// Origin is the origin of a tenant's tree.
func Origin(tenant string) string { return "bonafide/" + tenant }

// Text is what is signed.
func (c Checkpoint) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]))
}

// Sign gives the signed note.
func (c Checkpoint) Sign(signers ...note.Signer) ([]byte, error) {
	b, err := note.Sign(&note.Note{Text: c.Text()}, signers...)
	if err != nil {
		return nil, &record.Error{Code: record.CodeInternal, Where: "checkpoint", Message: "cannot be signed"}
	}
	return b, nil
}

const checkpointMost = 64 << 10 // bytes of a signed checkpoint

// OpenCheckpoint reads a signed checkpoint and verifies it with a public key
// (note verifier, one line). Lines after the third are allowed and ignored.
func OpenCheckpoint(signed []byte, verifier string) (Checkpoint, error) {
	var c Checkpoint
	v, err := note.NewVerifier(strings.TrimSpace(verifier))
	if err != nil {
		return c, record.Invalid("public key", "not a verifier key: name+hash+base64")
	}
	if len(signed) > checkpointMost {
		return c, record.Invalid("checkpoint", "too long")
	}
	n, err := note.Open(signed, note.VerifierList(v))
	if err != nil {
		return c, record.Invalid("checkpoint", "not signed by this key")
	}
	return parseCheckpoint(n.Text)
}

func parseCheckpoint(text string) (c Checkpoint, err error) {
	bad := record.Invalid("checkpoint", "not a checkpoint")
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[0] == "" {
		return c, bad
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return c, bad
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != HashSize {
		return c, bad
	}
	return Checkpoint{lines[0], size, tlog.Hash(root)}, nil
}

// Frontier computes the root of leaves that come one after the other. The zero
// value is the empty tree.
type Frontier struct {
	size  int64
	parts []tlog.Hash // roots of the perfect subtrees, largest first
}

// Add appends a leaf.
func (f *Frontier) Add(leaf []byte) { f.AddHash(tlog.RecordHash(leaf)) }

// AddHash appends a leaf by its hash.
func (f *Frontier) AddHash(h tlog.Hash) {
	for n := f.size; n&1 == 1; n >>= 1 {
		last := len(f.parts) - 1
		h = tlog.NodeHash(f.parts[last], h)
		f.parts = f.parts[:last]
	}
	f.parts = append(f.parts, h)
	f.size++
}

// Size is how many leaves there are.
func (f *Frontier) Size() int64 { return f.size }

// Root is the root of what was added so far.
func (f *Frontier) Root() tlog.Hash {
	if f.size == 0 {
		h, _ := tlog.TreeHash(0, nil)
		return h
	}
	h := f.parts[len(f.parts)-1]
	for i := len(f.parts) - 2; i >= 0; i-- {
		h = tlog.NodeHash(f.parts[i], h)
	}
	return h
}

// ProveInclusion shows that leaf n is in the tree of size leaves.
func ProveInclusion(size, n int64, read tlog.HashReader) ([]tlog.Hash, error) {
	if n < 0 || n >= size {
		return nil, record.Invalid("proof", "there is no such entry in a tree of this size")
	}
	return tlog.ProveRecord(size, n, read)
}

// CheckInclusion verifies such a proof against a checkpoint.
func CheckInclusion(c Checkpoint, n int64, leaf []byte, proof []tlog.Hash) error {
	if err := tlog.CheckRecord(proof, c.Size, c.Root, n, tlog.RecordHash(leaf)); err != nil {
		return record.Invalid("proof", "the entry is not the one in this tree")
	}
	return nil
}

// ProveConsistency shows that the tree of size leaves begins with that of old.
func ProveConsistency(old, size int64, read tlog.HashReader) ([]tlog.Hash, error) {
	if old < 0 || old > size {
		return nil, record.Invalid("proof", "the older tree is larger than the newer")
	}
	if old == 0 || old == size {
		return nil, nil
	}
	return tlog.ProveTree(size, old, read)
}

// CheckConsistency verifies that proof: nothing was rewritten between the two.
func CheckConsistency(old, now Checkpoint, proof []tlog.Hash) error {
	bad := record.Invalid("proof", "the newer tree does not begin with the older: it was rewritten")
	switch {
	case old.Origin != now.Origin:
		return record.Invalid("proof", "two different logs")
	case old.Size > now.Size:
		return record.Invalid("proof", "the log is shorter than the witness saw it: it was cut or set back")
	case old.Size == now.Size:
		if old.Root != now.Root || len(proof) != 0 {
			return bad
		}
		return nil
	case old.Size == 0:
		if len(proof) != 0 {
			return bad
		}
		return nil
	}
	if err := tlog.CheckTree(proof, now.Size, now.Root, old.Size, old.Root); err != nil {
		return bad
	}
	return nil
}

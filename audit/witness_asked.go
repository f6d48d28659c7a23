package audit

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"bonafide/record"
)

// AskedWitness is a witness of somebody else who is asked by HTTP POST (C2SP
// tlog-witness) and answers with a cosignature (C2SP tlog-cosignature, Ed25519).
// What it signed is kept in the folder, its own signature below ours.
type AskedWitness struct {
	FileWitness
	Key string // of the witness, one line: name+hash+base64
	// Post sends a body to the witness's add-checkpoint.
	Post func(body []byte) (status int, answer []byte, err error)
}

// SeenError says that a witness has seen so many entries, and not as many as it
// was told: it needs the proof from there on.
type SeenError struct{ Size int64 }

func (e *SeenError) Error() string { return fmt.Sprintf("has seen %d entries", e.Size) }

const answerMost = 16 << 10 // bytes of a witness's answer

// Add asks the witness to sign, and keeps what it signed. A witness that answers
// with anything but its signature has not seen the head.
func (w AskedWitness) Add(signed []byte, old int64, proof []tlog.Hash) error {
	now, err := OpenCheckpoint(signed, w.Verifier)
	if err != nil {
		return err
	}
	key, err := readCosigner(w.Key)
	if err != nil {
		return err
	}
	if last, err := w.Last(now.Origin); err != nil || bytes.HasPrefix(last, signed) {
		return err // it has signed this head already
	}
	status, answer, err := w.Post(witnessRequest(signed, old, proof))
	if err != nil {
		return err
	}
	if len(answer) > answerMost {
		return record.Invalid("witness", "its answer is longer than signatures are")
	}
	switch status {
	case http.StatusOK:
	case http.StatusConflict:
		size, err := strconv.ParseInt(strings.TrimSpace(string(answer)), 10, 64)
		if err != nil || size < 0 || size == old {
			return record.Invalid("witness", "says that it has seen something else, and not how much")
		}
		seen := &SeenError{size}
		if size > now.Size {
			return &record.Error{Code: record.CodeRefused, Where: "witness", Message: fmt.Sprintf("%v, the audit here holds %d: it was cut or set back", seen, now.Size), Err: seen}
		}
		return &record.Error{Code: record.CodeConflict, Where: "witness", Message: seen.Error(), Err: seen}
	case http.StatusUnprocessableEntity:
		return &record.Error{Code: record.CodeRefused, Where: "witness", Message: "does not take it: what it saw before is not the beginning of the audit here"}
	case http.StatusForbidden, http.StatusNotFound:
		return &record.Error{Code: record.CodeRefused, Where: "witness", Message: "does not know this audit: give its keeper the origin and the public key"}
	default:
		return &record.Error{Code: record.CodeUnavailable, Where: "witness", Message: fmt.Sprintf("answers with status %d", status)}
	}
	cosigned, err := cosign(signed, answer, key)
	if err != nil {
		return err
	}
	return w.keep(now.Origin, cosigned)
}

// cosign puts the signatures of a key that stand in an answer below a checkpoint.
func cosign(signed, answer []byte, key note.Verifier) ([]byte, error) {
	bad := record.Invalid("witness", "its answer is not its signature below this head")
	n, err := note.Open(append(bytes.Clone(signed), answer...), note.VerifierList(key))
	if err != nil || !bytes.HasPrefix(signed, []byte(n.Text+"\n")) { // no longer text than ours
		return nil, bad
	}
	out := bytes.Clone(signed)
	for _, s := range n.Sigs {
		out = fmt.Appendf(out, "— %s %s\n", s.Name, s.Base64)
	}
	return out, nil
}

// cosigner verifies cosignatures: the time and the head, under another algorithm
// number than a note's own.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

const cosignatureV1 = 4

func readCosigner(line string) (note.Verifier, error) {
	bad := record.Invalid("witness key", "not a witness's key: name+hash+base64, Ed25519 for cosignatures")
	name, rest, _ := strings.Cut(strings.TrimSpace(line), "+")
	hash, text, ok := strings.Cut(rest, "+")
	key, err := base64.StdEncoding.DecodeString(text)
	want, hashErr := strconv.ParseUint(hash, 16, 32)
	if !ok || err != nil || hashErr != nil || len(hash) != 8 || name == "" || len(key) != 1+ed25519.PublicKeySize || key[0] != cosignatureV1 {
		return nil, bad
	}
	sum := sha256.Sum256(append([]byte(name+"\n"), key...))
	if got := binary.BigEndian.Uint32(sum[:]); uint64(got) != want {
		return nil, bad
	}
	return &cosigner{name, uint32(want), ed25519.PublicKey(key[1:])}, nil
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }

func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	at := binary.BigEndian.Uint64(sig)
	return ed25519.Verify(c.key, append(fmt.Appendf(nil, "cosignature/v1\ntime %d\n", at), msg...), sig[8:])
}

// witnessRequest is the body of add-checkpoint.
func witnessRequest(signed []byte, old int64, proof []tlog.Hash) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "old %d\n", old)
	for _, h := range proof {
		b.WriteString(base64.StdEncoding.EncodeToString(h[:]) + "\n")
	}
	b.WriteByte('\n')
	b.Write(signed)
	return b.Bytes()
}

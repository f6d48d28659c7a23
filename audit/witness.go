package audit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"bonafide/record"
)

// Witness keeps checkpoints where the owner of the database cannot rewrite
// them. It takes a newer one only if the proof shows that the log it saw before
// was continued.
type Witness interface {
	// Last is the newest signed checkpoint of an origin, nil if it has none.
	Last(origin string) ([]byte, error)
	// Add keeps signed, whose tree begins with that of old leaves, as proof shows.
	Add(signed []byte, old int64, proof []tlog.Hash) error
}

// FileWitness keeps checkpoints in a folder: a share of another department, a
// stick. One file an origin, appended, newest last; mode 0600.
type FileWitness struct {
	Dir      string
	Verifier string // public key of the log
}

const witnessMost = 256 << 20 // bytes of a witness's file

func (w FileWitness) file(origin string) string {
	return filepath.Join(w.Dir, strings.ReplaceAll(origin, "/", "-")+".checkpoints")
}

// All are the checkpoints kept of an origin, oldest first.
func (w FileWitness) All(origin string) ([][]byte, error) {
	f, err := os.Open(w.file(origin))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, witnessError(err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, witnessMost))
	if err != nil {
		return nil, witnessError(err)
	}
	return SplitCheckpoints(b), nil
}

// SplitCheckpoints separates signed checkpoints that stand one after the other
// in a file, each ended by an empty line after its signatures.
func SplitCheckpoints(b []byte) [][]byte {
	var all [][]byte
	for _, part := range bytes.Split(b, []byte("\n\n\n")) {
		if part = bytes.Trim(part, "\n"); len(part) > 0 {
			all = append(all, append(bytes.Clone(part), '\n'))
		}
	}
	return all
}

// Last is the newest kept.
func (w FileWitness) Last(origin string) ([]byte, error) {
	all, err := w.All(origin)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[len(all)-1], nil
}

// Add appends, once it has convinced itself.
func (w FileWitness) Add(signed []byte, old int64, proof []tlog.Hash) error {
	now, err := OpenCheckpoint(signed, w.Verifier)
	if err != nil {
		return err
	}
	last, err := w.Last(now.Origin)
	if err != nil {
		return err
	}
	before := Checkpoint{Origin: now.Origin}
	if last != nil {
		if before, err = OpenCheckpoint(last, w.Verifier); err != nil {
			return err
		}
	}
	if before.Size != old {
		return &record.Error{Code: record.CodeConflict, Where: "witness", Message: fmt.Sprintf("has seen %d entries, not %d", before.Size, old)}
	}
	if err := CheckConsistency(before, now, proof); err != nil {
		return err
	}
	if last != nil && before.Size == now.Size {
		return nil
	}
	return w.keep(now.Origin, signed)
}

// keep appends what was signed.
func (w FileWitness) keep(origin string, signed []byte) error {
	f, err := os.OpenFile(w.file(origin), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return witnessError(err)
	}
	_, err = f.Write(append(bytes.TrimRight(signed, "\n"), "\n\n\n"...))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return witnessError(err)
	}
	return nil
}

func witnessError(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return &record.Error{Code: record.CodeUnavailable, Where: "witness", Message: "its folder cannot be used", Err: err}
}

// MailText is a mail that carries a checkpoint to somebody who keeps mail: an
// auditor, a notary, the works council. It holds hashes, nothing personal.
func MailText(signed []byte) (subject, body string) {
	line, _, _ := strings.Cut(string(signed), "\n")
	return "Checkpoint of the audit " + line,
		"Please keep this mail. It lets you show later that the audit was not rewritten:\n" +
			"save the lines below to a file and give it to: bonafide verify audit EXPORT --witness FILE\n\n" + string(signed)
}

package store

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// The ledger is a file beside the database, best on another disk: which subjects
// were erased and which accounts revoked, by id. A backup that is older than it
// is brought up to it before it serves anything. Lines are only added.

type ledgerLine struct {
	Tenant  string `json:"tenant"`
	Erased  string `json:"erased,omitempty"`
	Blind   string `json:"blind,omitempty"` // hex: so that the same record is not taken again
	Reason  string `json:"reason,omitempty"`
	Revoked string `json:"revoked,omitempty"` // kind/id
	Back    string `json:"back,omitempty"`    // kind/id: a revocation that was taken back
	At      int64  `json:"at"`                // microseconds since 1970
}

const ledgerMost = 1 << 30 // bytes

// appendLedger adds lines after their transaction.
func (s *Store) appendLedger(lines []ledgerLine) error {
	if s.ledger == "" || len(lines) == 0 {
		return nil
	}
	s.ledgerMu.Lock()
	defer s.ledgerMu.Unlock()
	return appendLedger(s.ledger, lines)
}

// syncLedger adds to the ledger what the database has and it has not: at every
// start, should a line have been lost between a transaction and its line.
func (s *Store) syncLedger(ctx context.Context) error {
	if s.ledger == "" {
		return nil
	}
	s.ledgerMu.Lock()
	defer s.ledgerMu.Unlock()
	have, err := readLedger(s.ledger)
	if err != nil {
		return err
	}
	state := ledgerState(have)
	var tenants []Tenant
	err = s.View(ctx, record.Machine(House), func(t *Tx) (err error) {
		tenants, err = t.Tenants()
		return err
	})
	if err != nil {
		return err
	}
	var fresh []ledgerLine
	for _, tenant := range tenants {
		err := s.View(ctx, record.Machine(tenant.ID), func(t *Tx) error {
			revoked := map[string]bool{}
			err := t.each("select subject, blind, reason, at from erasures where tenant = $1 order by at, id", func(s scan) error {
				l := ledgerLine{Tenant: t.tenant}
				var blind []byte
				err := s(&l.Erased, &blind, &l.Reason, &l.At)
				l.Blind = hexOf(blind)
				if !state[t.tenant+" erased "+l.Erased] {
					fresh = append(fresh, l)
				}
				return err
			})
			if err != nil {
				return err
			}
			err = t.each("select kind, id, at from revocations where tenant = $1 order by at, kind, id", func(s scan) error {
				l := ledgerLine{Tenant: t.tenant}
				var kind, id string
				err := s(&kind, &id, &l.At)
				l.Revoked = kind + "/" + id
				revoked[l.Revoked] = true
				if !state[t.tenant+" revoked "+l.Revoked] {
					fresh = append(fresh, l)
				}
				return err
			})
			for _, l := range have {
				if l.Tenant == t.tenant && l.Revoked != "" && !revoked[l.Revoked] && state[t.tenant+" revoked "+l.Revoked] {
					state[t.tenant+" revoked "+l.Revoked] = false
					fresh = append(fresh, ledgerLine{Tenant: t.tenant, Back: l.Revoked, At: micros(t.now)})
				}
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	if f, err := os.OpenFile(s.ledger, os.O_CREATE|os.O_WRONLY, 0o600); err != nil { // an empty one says: none yet
		return keyFileError(s.ledger, "the ledger cannot be written", err)
	} else if err := f.Close(); err != nil {
		return keyFileError(s.ledger, "the ledger cannot be written", err)
	}
	return appendLedger(s.ledger, fresh)
}

// ledgerState is what holds at the end of the ledger.
func ledgerState(lines []ledgerLine) map[string]bool {
	state := map[string]bool{}
	for _, l := range lines {
		switch {
		case l.Erased != "":
			state[l.Tenant+" erased "+l.Erased] = true
		case l.Revoked != "":
			state[l.Tenant+" revoked "+l.Revoked] = true
		case l.Back != "":
			state[l.Tenant+" revoked "+l.Back] = false
		}
	}
	return state
}

func readLedger(path string) ([]ledgerLine, error) {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, keyFileError(path, "the ledger cannot be read", err)
	}
	defer f.Close()
	return parseLedger(path, io.LimitReader(f, ledgerMost))
}

func parseLedger(name string, r io.Reader) ([]ledgerLine, error) {
	var all []ledgerLine
	in := bufio.NewScanner(r)
	for in.Scan() {
		var l ledgerLine
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			// The last line may be torn by a power cut; it is written again.
			if !in.Scan() {
				break
			}
			return nil, record.Invalid(name+":"+itoa(len(all)+1), "not a line of a ledger")
		}
		if _, err := hex.DecodeString(l.Blind); err != nil || l.Tenant == "" {
			return nil, record.Invalid(name+":"+itoa(len(all)+1), "not a line of a ledger")
		}
		all = append(all, l)
	}
	if in.Err() != nil {
		return nil, record.Invalid(name, "cannot be read")
	}
	return all, nil
}

func appendLedger(path string, lines []ledgerLine) error {
	if len(lines) == 0 {
		return nil
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return keyFileError(path, "the ledger cannot be written", err)
	}
	defer f.Close()
	end, err := wholeLines(f)
	for _, l := range lines {
		b, problem := json.Marshal(l)
		if err = errors.Join(err, problem); err != nil {
			break
		}
		n, problem := f.WriteAt(append(b, '\n'), end)
		end += int64(n)
		err = problem
	}
	if err := errors.Join(err, f.Sync(), syncDir(filepath.Dir(path))); err != nil {
		return keyFileError(path, "the ledger cannot be written", err)
	}
	return nil
}

// wholeLines cuts a torn last line off and says where the file ends.
func wholeLines(f *os.File) (int64, error) {
	end, err := f.Seek(0, io.SeekEnd)
	b := make([]byte, 1)
	for err == nil && end > 0 {
		if _, err = f.ReadAt(b, end-1); err == nil && b[0] == '\n' {
			break
		}
		end--
	}
	return end, errors.Join(err, f.Truncate(end))
}

// Replay brings a restored store up to a ledger: what was erased since is erased
// again, who was revoked since is revoked again. It says how many of each.
func (s *Store) Replay(ctx context.Context, ledger io.Reader) (erased, revoked int, err error) {
	lines, err := parseLedger("ledger", io.LimitReader(ledger, ledgerMost))
	if err != nil {
		return 0, 0, err
	}
	state := ledgerState(lines)
	for _, l := range lines {
		actor := record.Actor{Kind: record.ActorOperator, ID: "restore", Tenant: l.Tenant}
		err := s.Update(ctx, actor, func(t *Tx) error {
			switch {
			case l.Erased != "":
				return t.replayErasure(l, &erased)
			case l.Revoked != "" && state[l.Tenant+" revoked "+l.Revoked]:
				return t.replayRevocation(l, &revoked)
			}
			return nil
		})
		if err != nil {
			return erased, revoked, err
		}
	}
	return erased, revoked, nil
}

func (t *Tx) replayErasure(l ledgerLine, done *int) error {
	n, err := t.count("select count(*) from erasures where tenant = $1 and subject = $2", l.Erased)
	if err != nil || n > 0 {
		return err
	}
	t.Did("subject.erase.replay", "subject/"+l.Erased, "")
	counts, err := t.erase(l.Erased)
	if err != nil {
		return err
	}
	*done++
	blind, err := hex.DecodeString(l.Blind)
	if err != nil {
		return err
	}
	_, err = t.exec("insert into erasures (tenant, id, subject, blind, reason, at, by_actor, approver, counts) values ($1,$2,$3,$4,$5,$6,$7,'',$8)",
		NewID(), l.Erased, blind, l.Reason, l.At, actorWord(t.actor), counts)
	return err
}

func (t *Tx) replayRevocation(l ledgerLine, done *int) error {
	kind, id, _ := cut(l.Revoked)
	n, err := t.count("select count(*) from revocations where tenant = $1 and kind = $2 and id = $3", kind, id)
	if err != nil || n > 0 {
		return err
	}
	t.Did(kind+".revoke.replay", l.Revoked, "")
	switch kind {
	case "user":
		if _, err = t.exec("update users set state = 'disabled', version = version + 1 where tenant = $1 and id = $2", id); err == nil {
			_, err = t.RevokeSessions(id)
		}
	case "session":
		_, err = t.exec("update sessions set revoked = $3 where tenant = $1 and id = $2", id, l.At)
	case "api_key":
		_, err = t.exec("update api_keys set revoked = $3 where tenant = $1 and id = $2", id, l.At)
	case "passkey":
		var raw []byte
		if raw, err = hex.DecodeString(id); err == nil {
			_, err = t.exec("update passkeys set revoked = $3 where tenant = $1 and id = $2", raw, l.At)
		}
	}
	if err != nil {
		return err
	}
	*done++
	return t.revoked(kind, id)
}

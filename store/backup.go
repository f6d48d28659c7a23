package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"

	"bonafide/audit"
	"bonafide/record"
)

// BackupReport says what a backup or a restore holds.
type BackupReport struct {
	Rows     int64         `json:"rows"`
	Bytes    int64         `json:"bytes"`
	Tenants  int           `json:"tenants"`
	Entries  int64         `json:"entries"`  // of all audits, each verified whole
	Opened   int           `json:"opened"`   // subjects picked at random whose application was opened
	Erased   int           `json:"erased"`   // replayed from the ledger
	Revoked  int           `json:"revoked"`  // replayed from the ledger
	Sessions int64         `json:"sessions"` // ended: everybody signs in again
	Took     time.Duration `json:"took"`
}

const picks = 100 // subjects opened in a verification

// Backup writes everything to a file that only the recipients can open (age,
// X25519), and is good only once it has been restored: it is read back from the
// disk with a key that lives as long as this call, loaded into a database in
// scratch, its audits verified, subjects opened. Then the file takes its name.
// Nothing in plain text touches the disk: what is sealed stays sealed.
func (s *Store) Backup(ctx context.Context, path string, recipients []age.Recipient, scratch string) (*BackupReport, error) {
	start := time.Now()
	if len(recipients) == 0 {
		return nil, record.Invalid("backup", "needs at least one recipient")
	}
	once, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, &record.Error{Code: record.CodeInternal, Where: "backup", Message: "no key can be made"}
	}
	if err := s.Integrate(ctx); err != nil {
		return nil, err
	}
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return nil, keyFileError(path, "the backup cannot be written", err)
	}
	defer os.Remove(part)
	defer f.Close()
	rows, err := s.writeBackup(ctx, f, append(append([]age.Recipient{}, recipients...), once.Recipient()))
	if err != nil {
		return nil, err
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err = errors.Join(err, f.Sync()); err != nil {
		return nil, keyFileError(path, "the backup cannot be written", err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, keyFileError(path, "the backup cannot be read back", err)
	}
	dir, err := os.MkdirTemp(scratch, "bonafide-verify-")
	if err != nil {
		return nil, keyFileError("backup", "there is no room to verify it", err)
	}
	defer os.RemoveAll(dir)
	try, err := Open(ctx, Options{Path: dir, Keys: s.keys, Now: s.now, empty: true})
	if err != nil {
		return nil, err
	}
	defer try.Close()
	report, err := try.loadBackup(ctx, f, once)
	if err != nil {
		return nil, &record.Error{Code: record.CodeOf(err), Where: "backup", Message: "it was written, but does not restore, and was thrown away", Err: err}
	}
	if err := try.inspect(ctx, report, nil); err != nil {
		return nil, err
	}
	if report.Rows != rows {
		return nil, &record.Error{Code: record.CodeInternal, Where: "backup", Message: "does not hold what was written"}
	}
	if err := errors.Join(os.Rename(part, path), syncDir(filepath.Dir(path))); err != nil {
		return nil, keyFileError(path, "the backup cannot be put in place", err)
	}
	report.Bytes, report.Took = size, time.Since(start)
	return report, nil
}

func (s *Store) writeBackup(ctx context.Context, w io.Writer, to []age.Recipient) (int64, error) {
	locked, err := age.Encrypt(w, to...)
	if err != nil {
		return 0, record.Invalid("backup", "the recipients cannot be used together")
	}
	packed, err := zstd.NewWriter(locked, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return 0, err
	}
	rows, err := s.Dump(ctx, packed)
	if err := errors.Join(err, packed.Close(), locked.Close()); err != nil {
		return 0, err
	}
	return rows, nil
}

func (s *Store) loadBackup(ctx context.Context, r io.Reader, with ...age.Identity) (*BackupReport, error) {
	plain, err := age.Decrypt(r, with...)
	if err != nil {
		var no *age.NoIdentityMatchError
		if errors.As(err, &no) {
			return nil, &record.Error{Code: record.CodeRefused, Where: "backup", Message: "none of the keys opens it"}
		}
		return nil, record.Invalid("backup", "not a backup, or altered")
	}
	unpacked, err := zstd.NewReader(plain, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
	if err != nil {
		return nil, err
	}
	defer unpacked.Close()
	report := new(BackupReport)
	report.Rows, err = s.Load(ctx, unpacked)
	return report, err
}

// inspect verifies every audit whole, against witnesses, and opens subjects
// picked at random.
func (s *Store) inspect(ctx context.Context, report *BackupReport, witness [][]byte) error {
	var tenants []Tenant
	err := s.View(ctx, record.Machine(House), func(t *Tx) (err error) {
		tenants, err = t.Tenants()
		return err
	})
	if err != nil {
		return err
	}
	report.Tenants = len(tenants)
	for _, tenant := range tenants {
		r, err := s.VerifyAudit(ctx, tenant.ID, witness)
		if err != nil {
			return err
		}
		if len(r.Problems) > 0 {
			return &record.Error{Code: record.CodeRefused, Where: "audit of " + tenant.ID, Message: r.Problems[0]}
		}
		report.Entries += r.Entries
		if s.verifier != "" {
			continue // the key file is elsewhere: nothing can be opened
		}
		if err := s.openSome(ctx, tenant.ID, report); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) openSome(ctx context.Context, tenant string, report *BackupReport) error {
	return s.View(ctx, record.Machine(tenant), func(t *Tx) error {
		n, err := t.count("select count(*) from subjects where tenant = $1")
		if err != nil || n == 0 {
			return err
		}
		for range min(n, picks) {
			at, err := rand.Int(rand.Reader, big.NewInt(n))
			if err != nil {
				return err
			}
			var id string
			var version int64
			if err := t.one("subject", "select id, version from subjects where tenant = $1 order by id limit 1 offset $2", []any{&id, &version}, at.Int64()); err != nil {
				return err
			}
			var sealed []byte
			if err := t.one("application", "select sealed from applications where tenant = $1 and subject = $2 and version = $3", []any{&sealed}, id, version); err != nil {
				return err
			}
			// Opened to see that it opens; nobody reads it, so there is no entry.
			key, err := t.subjectKey(id)
			if err != nil {
				return err
			}
			if _, err := openWith(key, sealed, t.tenant, "applications", strconv.FormatInt(version, 10)); err != nil {
				return err
			}
			report.Opened++
		}
		return nil
	})
}

// CheckBackup reads a backup whole, on any machine and without the key file: it
// opens, is complete, and every audit in it verifies with the public key and
// against what witnesses kept.
func CheckBackup(ctx context.Context, backup io.Reader, with []age.Identity, verifier string, witness [][]byte, scratch string) (*BackupReport, error) {
	start := time.Now()
	keys, err := NewKeys()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(scratch, "bonafide-verify-")
	if err != nil {
		return nil, keyFileError("backup", "there is no room to verify it", err)
	}
	defer os.RemoveAll(dir)
	s, err := Open(ctx, Options{Path: dir, Keys: keys, empty: true, verifier: verifier})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	report, err := s.loadBackup(ctx, backup, with...)
	if err != nil {
		return nil, err
	}
	err = s.inspect(ctx, report, witness)
	report.Took = time.Since(start)
	return report, err
}

// RestoreOptions say how a backup comes back.
type RestoreOptions struct {
	To          Options        // an empty place: a folder without a database, or an empty PostgreSQL
	Identities  []age.Identity // that open the backup
	Ledger      io.Reader      // erasures and revocations since; nil: none, and then Without must say so
	Without     bool           // there is no ledger: what was erased since the backup comes back
	Witness     [][]byte       // signed checkpoints that left the house
	Acknowledge string         // a reason: entries that a witness saw are lost with this restore
}

// Restore loads a backup in quarantine: nothing serves from it until its audits
// are verified and compared with the witnesses, what was erased or revoked since
// is so again, and every session has ended. The restore is an entry in each audit.
func Restore(ctx context.Context, backup io.Reader, o RestoreOptions) (*BackupReport, error) {
	start := time.Now()
	refuse := func(m string) error {
		return &record.Error{Code: record.CodeRefused, Where: "restore", Message: m}
	}
	if o.Ledger == nil && !o.Without {
		return nil, refuse("needs the ledger of erasures and revocations, else erased people come back; say so if there is none")
	}
	if o.To.URL == "" {
		if _, err := os.Stat(filepath.Join(o.To.Path, "bonafide.db")); err == nil {
			return nil, refuse("there is a database already; restore into an empty folder")
		}
	}
	to := o.To
	to.empty = true
	s, err := Open(ctx, to)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	n := 0
	if err := s.View(ctx, record.Machine(House), func(t *Tx) error {
		all, err := t.Tenants()
		n = len(all)
		return err
	}); err != nil {
		return nil, err
	}
	if n > 0 {
		return nil, refuse("there is a record already; restore into an empty database")
	}
	report, err := s.loadBackup(ctx, backup, o.Identities...)
	if err != nil {
		return nil, err
	}
	if err := s.inspect(ctx, report, nil); err != nil {
		return nil, err
	}
	if err := s.face(ctx, o); err != nil {
		return nil, err
	}
	if o.Ledger != nil {
		if report.Erased, report.Revoked, err = s.Replay(ctx, o.Ledger); err != nil {
			return nil, err
		}
	}
	if err := s.reopen(ctx, report, o.Acknowledge); err != nil {
		return nil, err
	}
	report.Took = time.Since(start)
	return report, s.Scrub(ctx)
}

// face compares the restored logs with the witnesses.
func (s *Store) face(ctx context.Context, o RestoreOptions) error {
	public, err := s.VerifierKey()
	if err != nil {
		return err
	}
	for _, signed := range o.Witness {
		c, err := audit.OpenCheckpoint(signed, public)
		if err != nil {
			return err
		}
		tenant, _ := cutOrigin(c.Origin)
		err = s.View(ctx, record.Machine(tenant), func(t *Tx) error {
			size, err := t.treeSize()
			if err != nil {
				return err
			}
			if c.Size > size {
				if o.Acknowledge != "" {
					return nil
				}
				return &record.Error{Code: record.CodeRefused, Where: "restore",
					Message: fmt.Sprintf("a witness saw %d entries of tenant %s, the backup has %d: what came after it is lost. If that is known and accepted, acknowledge it with a reason", c.Size, tenant, size)}
			}
			return t.continues(c, size)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func cutOrigin(origin string) (tenant string, ok bool) {
	_, tenant, ok = cut(origin)
	return tenant, ok
}

// reopen ends every session and unused token and notes the restore.
func (s *Store) reopen(ctx context.Context, report *BackupReport, why string) error {
	var tenants []Tenant
	err := s.View(ctx, record.Machine(House), func(t *Tx) (err error) {
		tenants, err = t.Tenants()
		return err
	})
	if err != nil {
		return err
	}
	for _, tenant := range tenants {
		actor := record.Actor{Kind: record.ActorOperator, ID: "restore", Tenant: tenant.ID}
		err := s.Update(ctx, actor, func(t *Tx) error {
			t.Note(record.Entry{Act: "store.restore", Object: "store/" + t.store.Engine(), Why: why, Done: true})
			n, err := t.exec("update sessions set revoked = $2 where tenant = $1 and revoked = 0", micros(t.now))
			if err != nil {
				return err
			}
			report.Sessions += n
			if _, err := t.exec("update tokens set used = $2 where tenant = $1 and used = 0", micros(t.now)); err != nil {
				return err
			}
			_, err = t.treeSize()
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

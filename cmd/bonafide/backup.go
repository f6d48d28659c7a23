package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"filippo.io/age"

	"bonafide/audit"
	"bonafide/record"
	"bonafide/store"
)

// BackupCmd is `bonafide backup`.
type BackupCmd struct {
	node
	To        string   `arg:"" type:"path" help:"The file to write; one that is there is replaced once the new one is verified."`
	Recipient []string `placeholder:"KEY|FILE" required:"" env:"BONAFIDE_BACKUP_RECIPIENTS" help:"Public age key (age1…) that may open it, or a file with one; repeat for more. Make one with: bonafide keys pair."`
	Scratch   string   `placeholder:"DIR" type:"existingdir" help:"Folder with room for one copy of the database, for the restore that verifies; the system's unless said."`
}

// Help is printed below the flags.
func (BackupCmd) Help() string {
	return `Works beside a running server. A backup is good once it has been restored: the
file is read back from the disk, loaded into a database of its own, every audit
verified and subjects opened. Only then does it take its name.

The private keys of the recipients belong on another machine. The key file and
the ledger (DIR/ledger.jsonl) are not in a backup: copy them apart from it.

Example:

  bonafide keys pair --out offline.key
  bonafide backup --data /var/lib/bonafide --recipient age1… /backup/bonafide.age`
}

// Run writes and verifies.
func (c *BackupCmd) Run(stdout io.Writer) error {
	ctx := context.Background()
	to, err := recipients(c.Recipient)
	if err != nil {
		return err
	}
	s, _, err := c.open(ctx, slog.New(slog.DiscardHandler), false)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := s.Backup(ctx, c.To, to, c.Scratch)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%s: %d bytes, %d rows of %s; restored and verified: %d audit entries, %s opened; %s\n",
		c.To, r.Bytes, r.Rows, counted(r.Tenants, "tenant"), r.Entries, counted(r.Opened, "subject"), r.Took.Round(time.Millisecond))
	return err
}

func recipients(keys []string) ([]age.Recipient, error) {
	var all []age.Recipient
	for i, k := range keys {
		if exists(k) {
			b, err := os.ReadFile(k)
			if err != nil {
				return nil, notThere(k, err)
			}
			k = string(b)
		}
		r, err := age.ParseX25519Recipient(strings.TrimSpace(k))
		if err != nil {
			return nil, record.Invalid(fmt.Sprintf("--recipient %d", i+1), "not a public age key: age1 and 58 letters")
		}
		all = append(all, r)
	}
	return all, nil
}

func identities(path string) ([]age.Identity, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, notThere(path, err)
	}
	defer f.Close()
	all, err := age.ParseIdentities(io.LimitReader(f, 1<<20))
	if err != nil {
		return nil, record.Invalid(path, "not a file of private age keys")
	}
	return all, nil
}

// witnesses reads the files that witnesses kept.
func witnesses(paths []string) ([][]byte, error) {
	var all [][]byte
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			return nil, notThere(p, err)
		}
		all = append(all, audit.SplitCheckpoints(b)...)
	}
	return all, nil
}

// RestoreCmd is `bonafide restore`.
type RestoreCmd struct {
	node
	From        string   `arg:"" type:"existingfile" help:"The backup."`
	Identity    string   `required:"" placeholder:"FILE" type:"existingfile" help:"File with the private key that opens it."`
	Ledger      string   `placeholder:"FILE" type:"existingfile" help:"Ledger of erasures and revocations, newer than the backup."`
	NoLedger    bool     `help:"There is none: whom it would have erased or revoked since the backup comes back."`
	Witness     []string `placeholder:"FILE" type:"existingfile" help:"What a witness kept; repeat for more."`
	Acknowledge string   `placeholder:"REASON" name:"acknowledge-rollback" help:"Entries that a witness saw are lost with this restore, and that is accepted: a ticket."`
}

// Help is printed below the flags.
func (RestoreCmd) Help() string {
	return `Restores into an empty folder or an empty PostgreSQL, of either kind of database.
Before it can serve, every audit is verified and compared with the witnesses, what
the ledger says is erased and revoked again, and every session ends.

Example:

  bonafide restore bonafide.age --identity offline.key --ledger ledger.jsonl \
      --witness /mnt/witness/bonafide-acme.checkpoints --data /var/lib/restored --keys bonafide.keys`
}

// Run restores.
func (c *RestoreCmd) Run(stdout io.Writer) error {
	ctx := context.Background()
	ids, err := identities(c.Identity)
	if err != nil {
		return err
	}
	seen, err := witnesses(c.Witness)
	if err != nil {
		return err
	}
	keys, err := store.OpenKeys(c.keyFile())
	if err != nil {
		return err
	}
	o := store.RestoreOptions{To: store.Options{Path: c.Data, URL: c.Database, MigrateURL: c.Owner, Keys: keys, Ledger: c.KeepLedger},
		Identities: ids, Without: c.NoLedger, Witness: seen, Acknowledge: c.Acknowledge}
	if c.Ledger != "" {
		f, err := os.Open(c.Ledger)
		if err != nil {
			return notThere(c.Ledger, err)
		}
		defer f.Close()
		o.Ledger = f
	}
	f, err := os.Open(c.From)
	if err != nil {
		return notThere(c.From, err)
	}
	defer f.Close()
	r, err := store.Restore(ctx, f, o)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%d rows of %s; %d audit entries verified, %s opened; %s erased again, %s revoked again, %s ended; %s\n",
		r.Rows, counted(r.Tenants, "tenant"), r.Entries, counted(r.Opened, "subject"),
		counted(r.Erased, "subject"), counted(r.Revoked, "account"), counted(int(r.Sessions), "session"), r.Took.Round(time.Millisecond))
	return err
}

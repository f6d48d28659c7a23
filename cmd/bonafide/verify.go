package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"bonafide/audit"
	"bonafide/record"
	"bonafide/store"
)

// VerifyCmd is `bonafide verify`.
type VerifyCmd struct {
	Audit    VerifyAuditCmd    `cmd:"" help:"Verify an exported audit, offline, with the public key only."`
	Evidence VerifyEvidenceCmd `cmd:"" help:"Verify an evidence package, offline, with the public key only."`
	Backup   VerifyBackupCmd   `cmd:"" help:"Verify a backup, on the machine that may open it, without the key file."`
	Record   VerifyRecordCmd   `cmd:"" help:"Verify the audits of a record where it stands."`
}

// proofs are what a verification is held against.
type proofs struct {
	Key     string   `required:"" placeholder:"KEY|FILE" help:"The public key that bonafide keys show printed, or a file with it."`
	Witness []string `placeholder:"FILE" type:"existingfile" help:"What a witness kept: its file, or a mail's checkpoint; repeat for more."`
}

func (p *proofs) key() (string, error) {
	if strings.Count(p.Key, "+") >= 2 && !exists(p.Key) {
		return p.Key, nil
	}
	b, err := os.ReadFile(p.Key)
	if err != nil {
		return "", notThere(p.Key, err)
	}
	return strings.TrimSpace(string(b)), nil
}

// VerifyAuditCmd is `bonafide verify audit`.
type VerifyAuditCmd struct {
	proofs
	Export string `arg:"" help:"What bonafide audit export wrote; - is standard input."`
}

// Help is printed below the flags.
func (VerifyAuditCmd) Help() string {
	return `Needs no database, no network and no secret: run it on a machine of your own. It
reads every entry, counts them through, computes the root and checks the
signature. Against whoever owns the signing key only a witness helps: give what
it kept, and a log that was rewritten or set back is seen.

Example:

  bonafide verify audit acme.audit --key bonafide.public --witness bonafide-acme.checkpoints`
}

// Run verifies.
func (c *VerifyAuditCmd) Run(stdout io.Writer) error {
	key, err := c.key()
	if err != nil {
		return err
	}
	seen, err := witnesses(c.Witness)
	if err != nil {
		return err
	}
	in, err := openOne(c.Export)
	if err != nil {
		return err
	}
	defer in.Close()
	r, err := audit.Verify(in, key, seen)
	if err != nil {
		return err
	}
	return told(stdout, r, r.OK())
}

// told prints a report; one with a problem fails the command.
func told(stdout io.Writer, r *audit.Report, ok bool) error {
	fmt.Fprintf(stdout, "tenant   %s\nentries  %d\n", r.Tenant, r.Entries)
	if r.Entries > 0 {
		fmt.Fprintf(stdout, "from     %s\nto       %s\n", r.First.Format(time.RFC3339), r.Last.Format(time.RFC3339))
	}
	fmt.Fprintf(stdout, "root     %s\n", r.Root)
	for _, p := range r.Problems {
		fmt.Fprintln(stdout, "WRONG    "+p)
	}
	if !ok {
		return exit{exitFailed, "the audit of " + r.Tenant + " does not verify"}
	}
	switch r.Witness {
	case 0:
		fmt.Fprintln(stdout, "verified against its signature only: no witness was given, so a log that its owner rewrote whole would look the same")
	default:
		fmt.Fprintf(stdout, "verified against its signature and %s\n", counted(r.Witness, "checkpoint"))
	}
	return nil
}

// VerifyBackupCmd is `bonafide verify backup`.
type VerifyBackupCmd struct {
	proofs
	Backup   string `arg:"" type:"existingfile" help:"The backup."`
	Identity string `required:"" placeholder:"FILE" type:"existingfile" help:"File with the private key that opens it."`
	Scratch  string `placeholder:"DIR" type:"existingdir" help:"Folder with room for one copy of the database; the system's unless said."`
}

// Help is printed below the flags.
func (VerifyBackupCmd) Help() string {
	return `Opens the backup, loads all of it into a database of its own, verifies every audit
in it, and throws the database away. Persons stay sealed: their key file is not
asked for.

Example:

  bonafide verify backup bonafide.age --identity offline.key --key bonafide.public`
}

// Run verifies.
func (c *VerifyBackupCmd) Run(stdout io.Writer) error {
	key, err := c.key()
	if err != nil {
		return err
	}
	ids, err := identities(c.Identity)
	if err != nil {
		return err
	}
	seen, err := witnesses(c.Witness)
	if err != nil {
		return err
	}
	f, err := os.Open(c.Backup)
	if err != nil {
		return notThere(c.Backup, err)
	}
	defer f.Close()
	r, err := store.CheckBackup(context.Background(), f, ids, key, seen, c.Scratch)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "whole: %d rows of %s, %d audit entries verified; %s\n", r.Rows, counted(r.Tenants, "tenant"), r.Entries, r.Took.Round(time.Millisecond))
	return err
}

// VerifyRecordCmd is `bonafide verify record`.
type VerifyRecordCmd struct {
	node
	Witness []string `placeholder:"FILE" type:"existingfile" help:"What a witness kept; repeat for more."`
}

// Help is printed below the flags.
func (VerifyRecordCmd) Help() string {
	return `Verifies every entry of every tenant in the database itself, with the hashes and
columns that are kept beside them. It needs the key file, and believes it: for a
verification that does not, export the audit and verify it elsewhere.

Example:

  bonafide verify record --data /var/lib/bonafide --witness /mnt/witness/bonafide-acme.checkpoints`
}

// Run verifies.
func (c *VerifyRecordCmd) Run(stdout io.Writer) error {
	ctx := context.Background()
	seen, err := witnesses(c.Witness)
	if err != nil {
		return err
	}
	s, _, err := c.open(ctx, slog.New(slog.DiscardHandler), false)
	if err != nil {
		return err
	}
	defer s.Close()
	var tenants []store.Tenant
	err = s.View(ctx, operator(store.House), func(t *store.Tx) (err error) {
		tenants, err = t.Tenants()
		return err
	})
	if err != nil {
		return err
	}
	var bad error
	for _, x := range tenants {
		r, err := s.VerifyAudit(ctx, x.ID, seen)
		if err != nil {
			return err
		}
		if err := told(stdout, r, len(r.Problems) == 0); err != nil {
			bad = err
		}
	}
	return bad
}

// AuditCmd is `bonafide audit`.
type AuditCmd struct {
	Export  AuditExportCmd  `cmd:"" help:"Write the audit of a tenant, for verification elsewhere."`
	Witness AuditWitnessCmd `cmd:"" help:"Sign the present head and hand it to a witness."`
}

// AuditExportCmd is `bonafide audit export`.
type AuditExportCmd struct {
	node
	Tenant string `arg:"" help:"Whose."`
	Out    string `short:"o" required:"" placeholder:"FILE" type:"path" help:"Where it goes."`
}

// Help is printed below the flags.
func (AuditExportCmd) Help() string {
	return `Lines of JSON: ids, acts and times, no personal value. The export is an entry itself.

Example:

  bonafide audit export acme -o acme.audit`
}

// Run exports.
func (c *AuditExportCmd) Run() error {
	ctx := context.Background()
	s, _, err := c.open(ctx, slog.New(slog.DiscardHandler), false)
	if err != nil {
		return err
	}
	defer s.Close()
	w, done, err := wholeFile(c.Out)
	if err != nil {
		return err
	}
	if err := s.ExportAudit(ctx, operator(c.Tenant), w); err != nil {
		os.Remove(c.Out + ".part")
		return err
	}
	return done()
}

// AuditWitnessCmd is `bonafide audit witness`.
type AuditWitnessCmd struct {
	node
	Tenant string `arg:"" help:"Whose."`
	To     string `placeholder:"DIR" type:"existingdir" help:"Folder of the witness: a share of another department, a stick."`
	Mail   bool   `help:"Print a mail with the checkpoint, for somebody who keeps mail."`
	Ask    string `placeholder:"URL" help:"Ask a witness by HTTP (C2SP tlog-witness): the address of its add-checkpoint. What it signs is kept in --to, a folder for this witness alone."`
	Key    string `placeholder:"FILE" name:"witness-key" type:"existingfile" help:"With --ask: the witness's public key, one line."`
	Inside bool   `name:"private" help:"With --ask: allow plain http and addresses within the house."`
}

// Help is printed below the flags.
func (AuditWitnessCmd) Help() string {
	return `A witness makes the audit evidence: what it has seen can no longer be rewritten
unseen, not even by whoever owns the database and the keys. The folder's witness
takes a head only with the proof that it continues the one before. Run it daily.

Examples:

  bonafide audit witness acme --to /mnt/witness
  bonafide audit witness acme --mail | sendmail notary@example.com
  bonafide audit witness acme --ask https://witness.example/add-checkpoint --witness-key witness.public --to signed/`
}

// Run hands the head over.
func (c *AuditWitnessCmd) Run(stdout io.Writer) error {
	if c.To == "" && !c.Mail {
		return exit{exitUsage, "name a witness: --to DIR or --mail"}
	}
	if (c.Ask == "") != (c.Key == "") || c.Ask != "" && c.To == "" || c.Ask == "" && c.Inside {
		return exit{exitUsage, "--ask, --witness-key and --to belong together; --private belongs to --ask"}
	}
	ctx := context.Background()
	s, keys, err := c.open(ctx, slog.New(slog.DiscardHandler), false)
	if err != nil {
		return err
	}
	defer s.Close()
	var signed []byte
	if c.To == "" {
		signed, err = s.Checkpoint(ctx, c.Tenant)
	} else {
		var public string
		if public, err = keys.VerifierKey(); err == nil {
			signed, err = c.witness(ctx, s, audit.FileWitness{Dir: c.To, Verifier: public})
		}
	}
	if err != nil {
		if record.CodeOf(err) == record.CodeRefused {
			return exit{exitFailed, err.Error()}
		}
		return err
	}
	if c.Mail {
		subject, body := audit.MailText(signed)
		_, err = fmt.Fprintf(stdout, "Subject: %s\n\n%s", subject, body)
		return err
	}
	_, err = stdout.Write(signed)
	return err
}

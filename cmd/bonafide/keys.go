package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"

	"filippo.io/age"

	"bonafide/record"
	"bonafide/store"
)

// KeysCmd is `bonafide keys`.
type KeysCmd struct {
	Show   KeysShowCmd   `cmd:"" help:"Print the public key that verifies the audit."`
	Pair   KeysPairCmd   `cmd:"" help:"Make a pair of keys for backups: the private half stays offline."`
	Rotate KeysRotateCmd `cmd:"" help:"Make a new key and seal the keys of all tenants with it."`
}

// KeysShowCmd is `bonafide keys show`.
type KeysShowCmd struct{ node }

// Help is printed below the flags.
func (KeysShowCmd) Help() string {
	return `The line is public: give it to whoever is to verify the audit or a backup on
another machine.

Example:

  bonafide keys show --data /var/lib/bonafide > bonafide.public`
}

// Run prints the public key.
func (c *KeysShowCmd) Run(stdout io.Writer) error {
	keys, err := store.OpenKeys(c.keyFile())
	if err != nil {
		return err
	}
	public, err := keys.VerifierKey()
	if err == nil {
		_, err = fmt.Fprintln(stdout, public)
	}
	return err
}

// KeysRotateCmd is `bonafide keys rotate`.
type KeysRotateCmd struct {
	node
	Tenant string `placeholder:"ID" help:"Also give this tenant a new sealing key and seal the keys of all its subjects with it."`
}

// Help is printed below the flags.
func (KeysRotateCmd) Help() string {
	return `Rotate when somebody who could read the key file has left, and once a year. The
older keys stay in the file, because older backups need them; copy the new file
to where the copies are kept. A running server goes on and reads the file again
when it meets the new key.

Examples:

  bonafide keys rotate --data /var/lib/bonafide
  bonafide keys rotate --data /var/lib/bonafide --tenant acme`
}

// Run rotates.
func (c *KeysRotateCmd) Run(stdout io.Writer) error {
	ctx := context.Background()
	s, _, err := c.open(ctx, slog.New(slog.DiscardHandler), false)
	if err != nil {
		return err
	}
	defer s.Close()
	n, err := s.RotateKeys(ctx, operator(store.House))
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "a new key is in %s; it seals %s of tenants. Keep a copy of the file.\n", c.keyFile(), counted(n, "key"))
	if c.Tenant == "" {
		return nil
	}
	if n, err = s.RotateTenant(ctx, operator(c.Tenant)); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "tenant %s: %s of subjects sealed anew\n", c.Tenant, counted(n, "key"))
	return nil
}

// KeysPairCmd is `bonafide keys pair`.
type KeysPairCmd struct {
	Out string `required:"" placeholder:"FILE" type:"path" help:"Where the private key goes; a file that is there is not touched."`
}

// Help is printed below the flags.
func (KeysPairCmd) Help() string {
	return `Makes a pair of keys for backups, on the machine that may read them. The public
half is printed: it goes to bonafide backup --recipient.

Example:

  bonafide keys pair --out offline.key`
}

// Run makes the pair.
func (c *KeysPairCmd) Run(stdout io.Writer) error {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(c.Out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return &record.Error{Code: record.CodeUnavailable, Where: c.Out, Message: "cannot be made; a file that is there is not touched", Err: bare(err)}
	}
	if _, err = fmt.Fprintf(f, "# private key for backups of bonafide\n%s\n", id); err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return &record.Error{Code: record.CodeUnavailable, Where: c.Out, Message: "cannot be written", Err: bare(err)}
	}
	_, err = fmt.Fprintln(stdout, id.Recipient())
	return err
}

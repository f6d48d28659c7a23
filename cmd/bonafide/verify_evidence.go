package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"bonafide/audit"
)

// VerifyEvidenceCmd is `bonafide verify evidence`.
type VerifyEvidenceCmd struct {
	Key     string `required:"" placeholder:"KEY|FILE" help:"The public key that bonafide keys show printed, or a file with it."`
	Package string `arg:"" type:"existingfile" help:"The package, a zip file."`
}

// Help is printed below the flags.
func (VerifyEvidenceCmd) Help() string {
	return `Needs no database, no network and no secret: every file is held against the
manifest, the manifest against the entry in the audit that names its digest, the
entry against the signed head of the audit. One byte more or less is seen.

Example:

  bonafide verify evidence case-7qx4m.zip --key bonafide.public`
}

// Run verifies.
func (c *VerifyEvidenceCmd) Run(stdout io.Writer) error {
	key, err := (&proofs{Key: c.Key}).key()
	if err != nil {
		return err
	}
	f, err := os.Open(c.Package)
	if err != nil {
		return notThere(c.Package, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return notThere(c.Package, err)
	}
	r, err := audit.VerifyEvidence(f, info.Size(), key)
	if err != nil {
		return err
	}
	m := r.Manifest
	fmt.Fprintf(stdout, "case      %s\nmade      %s by %s and %s\nfiles     %d\nentry     %d of the audit of %s\n",
		m.Case, m.Made.Format(time.RFC3339), m.Proposed, m.Approved, len(m.Items), r.Entry.Seq, r.Entry.Tenant)
	for _, p := range r.Problems {
		fmt.Fprintln(stdout, "WRONG     "+strings.TrimSpace(p))
	}
	if !r.OK() {
		return exit{exitFailed, "the package does not verify"}
	}
	fmt.Fprintln(stdout, "verified: every file, the manifest, its entry and the signature")
	return nil
}

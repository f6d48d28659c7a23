package audit

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"github.com/go-json-experiment/json"
	"golang.org/x/mod/sumdb/tlog"

	"bonafide/record"
)

// EvidenceReport is what verifying an evidence package came to.
type EvidenceReport struct {
	Manifest record.Package
	Entry    record.Entry
	Signed   bool
	Problems []string
	At       time.Time // of the entry
}

// OK says that nothing was found.
func (r *EvidenceReport) OK() bool { return r.Signed && len(r.Problems) == 0 }

const (
	mostItems   = 10_000
	packageMost = 512 << 20 // bytes
)

// VerifyEvidence checks a package with the public key alone: every item against
// the manifest, the manifest against the audit's entry, the entry against the
// signed checkpoint. An error says that it is no package; what is wrong with one
// stands in the report.
func VerifyEvidence(r io.ReaderAt, size int64, verifier string) (*EvidenceReport, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, record.Invalid("package", "is no zip file")
	}
	if len(z.File) > mostItems {
		return nil, record.Invalid("package", "holds more than ten thousand files")
	}
	files := map[string]*zip.File{}
	out := &EvidenceReport{}
	wrong := func(format string, args ...any) {
		if len(out.Problems) < 50 {
			out.Problems = append(out.Problems, fmt.Sprintf(format, args...))
		}
	}
	for _, f := range z.File {
		if files[f.Name] != nil {
			wrong("%q is in it twice", f.Name)
		}
		files[f.Name] = f
	}
	budget := int64(2 * packageMost)
	read := func(name string) ([]byte, error) {
		f := files[name]
		if f == nil {
			return nil, record.Invalid(name, "is missing")
		}
		in, err := f.Open()
		if err != nil {
			return nil, record.Invalid(name, "cannot be read")
		}
		defer in.Close()
		b, err := io.ReadAll(io.LimitReader(in, budget+1))
		if budget -= int64(len(b)); err != nil || budget < 0 {
			return nil, record.Invalid(name, "cannot be read whole")
		}
		return b, nil
	}
	manifest, err := read("manifest.json")
	if err != nil {
		return nil, err
	}
	if json.Unmarshal(manifest, &out.Manifest, json.RejectUnknownMembers(true)) != nil || out.Manifest.Format != record.PackageFormat {
		return nil, record.Invalid("manifest.json", "is not the manifest of a package of bonafide")
	}
	named := map[string]bool{"manifest.json": true, "audit/entry.json": true, "audit/proof.json": true, "audit/checkpoint.txt": true}
	for _, i := range out.Manifest.Items {
		named[i.Name] = true
		b, err := read(i.Name)
		if err != nil {
			wrong("%q is missing or cannot be read", i.Name)
			continue
		}
		if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != i.SHA256 || int64(len(b)) != i.Size {
			wrong("%q is not what the manifest names", i.Name)
		}
	}
	for name := range files {
		if !named[name] {
			wrong("%q is not in the manifest", name)
		}
	}
	if err := out.proved(manifest, read, verifier); err != nil {
		wrong("%v", err)
	}
	return out, nil
}

// proved follows the manifest to the signature.
func (r *EvidenceReport) proved(manifest []byte, read func(string) ([]byte, error), verifier string) error {
	leaf, err := read("audit/entry.json")
	if err != nil {
		return err
	}
	raw, err := read("audit/proof.json")
	if err != nil {
		return err
	}
	signed, err := read("audit/checkpoint.txt")
	if err != nil {
		return err
	}
	if r.Entry, err = ReadLeaf(leaf); err != nil {
		return record.Invalid("audit/entry.json", "is no entry of an audit")
	}
	r.At = r.Entry.At
	sum := sha256.Sum256(manifest)
	switch {
	case r.Entry.Commit != hex.EncodeToString(sum[:]):
		return record.Invalid("manifest.json", "is not the one that the audit's entry names")
	case r.Entry.Act != "evidence.make" || r.Entry.Case != r.Manifest.Case || r.Entry.Actor.ID != r.Manifest.Approved || !r.Entry.Done:
		return record.Invalid("audit/entry.json", "tells something else than the manifest")
	case r.Manifest.Proposed == r.Manifest.Approved:
		return record.Invalid("manifest.json", "names one person twice where two are needed")
	}
	c, err := OpenCheckpoint(signed, verifier)
	if err != nil {
		return record.Invalid("audit/checkpoint.txt", "is not signed by this key")
	}
	if c.Origin != Origin(r.Entry.Tenant) {
		return record.Invalid("audit/checkpoint.txt", "is of another log")
	}
	var p record.PackageProof
	if json.Unmarshal(raw, &p, json.RejectUnknownMembers(true)) != nil || len(p.Hashes) > 64 || p.Size != c.Size || p.Seq != r.Entry.Seq {
		return record.Invalid("audit/proof.json", "does not belong to this checkpoint and entry")
	}
	var proof tlog.RecordProof
	for _, h := range p.Hashes {
		b, err := base64.StdEncoding.DecodeString(h)
		if err != nil || len(b) != tlog.HashSize {
			return record.Invalid("audit/proof.json", "holds something that is no hash")
		}
		proof = append(proof, tlog.Hash(b))
	}
	if err := CheckInclusion(c, p.Seq, leaf, proof); err != nil {
		return record.Invalid("audit/proof.json", "does not prove that the entry stands in the log")
	}
	r.Signed = true
	return nil
}

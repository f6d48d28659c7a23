package casework

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
	"bonafide/report"
	"bonafide/store"
)

// An evidence package is one case as a file that holds up without bonafide: what
// came in, what was found, asked, answered and decided, who read it, each item
// with its SHA-256 in a manifest, the manifest's digest in an entry of the audit,
// and that entry proved to stand under a signed checkpoint (RFC 6962, C2SP).
// Whoever holds the public key verifies it anywhere. It is proposed by one person
// and made by another.

// Handover is a package as it is proposed and made.
type Handover struct {
	ID       string    `json:"id"`
	Case     string    `json:"case"`
	Reason   string    `json:"reason"`
	Receiver string    `json:"receiver"`
	Others   bool      `json:"others"` // other people's records keep their names
	State    string    `json:"state"`  // proposed, made
	By       string    `json:"by"`
	Second   string    `json:"second,omitempty"`
	Proposed time.Time `json:"proposed"`
}

const handoverPrefix = "evidence/"

// ProposeEvidence asks for a package of a case.
func (d *Desk) ProposeEvidence(ctx context.Context, who record.Actor, caseID, reason, receiver string, others bool) (Handover, error) {
	h := Handover{ID: store.NewID(), Case: caseID, Reason: strings.TrimSpace(reason), Receiver: strings.TrimSpace(receiver), Others: others, State: "proposed", By: who.ID}
	if h.Reason == "" || h.Receiver == "" || len(h.Reason) > longestReasons || len(h.Receiver) > 500 {
		return h, record.Invalid("evidence", "needs a reason and a receiver")
	}
	err := d.Store.Update(ctx, who, func(t *store.Tx) error {
		if _, err := staffCase(t, caseID, "evidence.propose"); err != nil {
			return err
		}
		h.Proposed = t.Now()
		b, err := json.Marshal(h)
		if err != nil {
			return err
		}
		t.Did("evidence.propose", "evidence/"+h.ID, caseID)
		_, err = t.SaveSetting(handoverPrefix+h.ID, 0, b)
		return err
	})
	return h, err
}

// Handovers lists the packages of a case, oldest first.
func (d *Desk) Handovers(ctx context.Context, who record.Actor, caseID string) (all []Handover, err error) {
	err = d.Store.View(ctx, who, func(t *store.Tx) error {
		all = nil
		names, err := t.SettingNames(handoverPrefix)
		if err != nil {
			return err
		}
		for _, n := range names {
			h, _, err := handover(t, n)
			if err != nil {
				return err
			}
			if h.Case == caseID {
				all = append(all, h)
			}
		}
		slices.SortFunc(all, func(a, b Handover) int { return a.Proposed.Compare(b.Proposed) })
		return nil
	})
	return all, err
}

func handover(t *store.Tx, name string) (h Handover, version int64, err error) {
	s, err := t.Setting(name)
	if err != nil {
		return h, 0, err
	}
	if json.Unmarshal(s.Value, &h) != nil {
		return h, 0, &record.Error{Code: record.CodeInternal, Where: "evidence", Message: "cannot be read"}
	}
	return h, s.Version, nil
}

// packed is a package before it is sealed by the audit.
type packed struct {
	manifest record.Package
	items    map[string][]byte
	seq      int64
}

const mostEvidence = 512 << 20 // bytes of a package

// MakeEvidence makes the package that somebody else proposed and writes it to w.
func (d *Desk) MakeEvidence(ctx context.Context, who record.Actor, id, tool string, w io.Writer) error {
	if who.Kind != record.ActorPerson {
		return &record.Error{Code: record.CodeRefused, Where: "evidence", Message: "is made by a person"}
	}
	var p packed
	var digest string
	var caseID string
	// On PostgreSQL the newest entries wait a moment to be numbered.
	if err := d.Store.Integrate(ctx); err != nil {
		return err
	}
	err := d.Store.Update(ctx, who, func(t *store.Tx) error {
		h, version, err := handover(t, handoverPrefix+id)
		if err != nil {
			return err
		}
		c, err := staffCase(t, h.Case, "evidence.make")
		if err != nil {
			return err
		}
		if h.State == "made" {
			return &record.Error{Code: record.CodeConflict, Where: "evidence", Message: "it was made already: another has to be proposed"}
		}
		if h.By == who.ID {
			return store.Refusal(record.Entry{Act: "evidence.make", Object: "evidence/" + id, Case: c.ID},
				&record.Error{Code: record.CodeRefused, Where: "evidence", Message: "whoever proposed it cannot make it: another person must"})
		}
		p = packed{items: map[string][]byte{}, manifest: record.Package{
			Format: record.PackageFormat, Case: c.ID, Made: t.Now(), Proposed: h.By, Approved: who.ID, Reason: h.Reason, Blanked: !h.Others, Tool: tool,
		}}
		if err := p.gather(t, &c); err != nil {
			return err
		}
		if err := p.add("README.txt", "readme", t.Now(), []byte(evidenceReadme)); err != nil {
			return err
		}
		b, err := p.close()
		if err != nil {
			return err
		}
		digest, caseID = b, c.ID
		h.State, h.Second = "made", who.ID
		kept, err := json.Marshal(h)
		if err != nil {
			return err
		}
		if _, err := t.SaveSetting(handoverPrefix+id, version, kept); err != nil {
			return err
		}
		t.Note(record.Entry{Act: "evidence.make", Object: "evidence/" + id, Case: c.ID, Fields: []string{"everything"}, Commit: digest, Done: true})
		return nil
	})
	if err != nil {
		return err
	}
	if err := d.prove(ctx, who, id, caseID, digest, &p); err != nil {
		return err
	}
	return p.write(w)
}

// gather opens everything of the case.
func (p *packed) gather(t *store.Tx, c *record.Case) error {
	names := map[string]string{}
	add := func(name, kind string, at time.Time, body any) error {
		b, err := json.Marshal(body, json.Deterministic(true), jsontext.WithIndent("  "))
		if err != nil {
			return err
		}
		return p.add(name, kind, at, b)
	}
	s, err := t.Subject(c.Subject)
	if err != nil {
		return err
	}
	for v := int64(1); v <= s.Version; v++ {
		a, err := t.ApplicationVersion(c.Subject, v)
		if err != nil {
			return err
		}
		if err := add(fmt.Sprintf("application-%d.json", v), "application", a.ReceivedAt, a); err != nil {
			return err
		}
	}
	heads, err := t.Results(c.Subject)
	if err != nil {
		return err
	}
	slices.Reverse(heads)
	for i, h := range heads {
		r, err := t.ResultVersion(c.Subject, h.Version)
		if err != nil {
			return err
		}
		if p.manifest.Blanked {
			blank(r, names)
		}
		if err := add(fmt.Sprintf("result-%d.json", h.Version), "result", h.Stored, r); err != nil {
			return err
		}
		if i == len(heads)-1 {
			if err := p.pages(r, h.Stored); err != nil {
				return err
			}
		}
	}
	asked, err := t.Requests(c.ID)
	if err != nil {
		return err
	}
	decided, err := t.Decisions(c.ID)
	if err != nil {
		return err
	}
	notes, err := t.Notes(c.ID)
	if err != nil {
		return err
	}
	events, err := t.Events(c.Subject, 1000)
	if err != nil {
		return err
	}
	for _, x := range []struct {
		name string
		body any
	}{{"case", c}, {"requests", asked}, {"decisions", decided}, {"notes", notes}, {"events", events}} {
		if err := add(x.name+".json", x.name, c.Changed, x.body); err != nil {
			return err
		}
	}
	entries, err := t.Entries(store.EntryFilter{Case: c.ID, After: -1, Limit: 1000})
	if err != nil {
		return err
	}
	if err := add("access.json", "access", t.Now(), entries); err != nil {
		return err
	}
	files, err := t.Files(c.Subject)
	if err != nil {
		return err
	}
	for i, f := range files {
		var b bytes.Buffer
		if err := t.WriteFile(f.ID, &b); err != nil {
			return err
		}
		// The name it came with stands in files.json; it is never the name of a file.
		if err := p.add(fmt.Sprintf("originals/%03d", i+1), "original", f.Stored, b.Bytes()); err != nil {
			return err
		}
	}
	return add("files.json", "files", t.Now(), files)
}

func (p *packed) pages(r *record.Result, at time.Time) error {
	for _, l := range record.Langs {
		var b bytes.Buffer
		face, err := report.New("html", &b, report.Options{Lang: l})
		if err != nil {
			return err
		}
		if err := face.Result(r); err != nil {
			return err
		}
		if err := face.Close(report.Run{Records: 1, Day: record.DateOf(at), Version: p.manifest.Tool}); err != nil {
			return err
		}
		if err := p.add("case-"+string(l)+".html", "page", at, b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

func (p *packed) add(name, kind string, at time.Time, b []byte) error {
	total := int64(len(b))
	for _, i := range p.manifest.Items {
		total += i.Size
	}
	if total > mostEvidence {
		return &record.Error{Code: record.CodeRefused, Where: "evidence", Message: "the package would be larger than 512 MiB"}
	}
	sum := sha256.Sum256(b)
	p.manifest.Items = append(p.manifest.Items, record.PackageItem{Name: name, Kind: kind, Size: int64(len(b)), SHA256: hex.EncodeToString(sum[:]), At: at})
	p.items[name] = b
	return nil
}

// blank gives the records of other people names that say nothing, the same ones
// throughout the package.
func blank(r *record.Result, names map[string]string) {
	other := func(s string) string {
		if s == "" || s == r.Record || !strings.Contains(s, "/") {
			return s
		}
		if names[s] == "" {
			names[s] = fmt.Sprintf("other-%d", len(names)+1)
		}
		return names[s]
	}
	for i := range r.Links {
		for j := range r.Links[i].Others {
			r.Links[i].Others[j] = other(r.Links[i].Others[j])
		}
	}
	for i := range r.Findings {
		for j := range r.Findings[i].Evidence {
			if e := &r.Findings[i].Evidence[j]; e.List == "" {
				e.ComparedWith = other(e.ComparedWith)
			}
		}
	}
	r.Cluster = other(r.Cluster)
}

// close writes the manifest and gives its digest.
func (p *packed) close() (string, error) {
	slices.SortFunc(p.manifest.Items, func(a, b record.PackageItem) int { return strings.Compare(a.Name, b.Name) })
	b, err := json.Marshal(p.manifest, json.Deterministic(true), jsontext.WithIndent("  "))
	if err != nil {
		return "", err
	}
	p.items["manifest.json"] = b
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// prove finds the entry that names the manifest, has the audit's head signed,
// and adds the proof that the entry stands under it.
func (d *Desk) prove(ctx context.Context, who record.Actor, id, caseID, digest string, p *packed) error {
	signed, err := d.Store.Checkpoint(ctx, who.Tenant)
	if err != nil {
		return err
	}
	return d.Store.View(ctx, who, func(t *store.Tx) error {
		p.seq = -1
		for after := int64(-1); p.seq < 0; {
			page, err := t.Entries(store.EntryFilter{Object: "evidence/" + id, After: after, Limit: 1000})
			if err != nil || len(page) == 0 {
				return firstOf(err, &record.Error{Code: record.CodeInternal, Where: "evidence", Message: "its entry is not in the audit"})
			}
			for _, e := range page {
				after = e.Seq
				if e.Commit == digest {
					p.seq = e.Seq
				}
			}
		}
		size, err := checkpointSize(signed)
		if err != nil {
			return err
		}
		leaf, hashes, err := t.ProveEntry(p.seq, size)
		if err != nil {
			return err
		}
		proof := record.PackageProof{Seq: p.seq, Size: size}
		for _, h := range hashes {
			proof.Hashes = append(proof.Hashes, h.String())
		}
		b, err := json.Marshal(proof, json.Deterministic(true))
		if err != nil {
			return err
		}
		p.items["audit/entry.json"], p.items["audit/proof.json"], p.items["audit/checkpoint.txt"] = leaf, b, signed
		return nil
	})
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// checkpointSize is the second line of a checkpoint (C2SP tlog-checkpoint).
func checkpointSize(signed []byte) (n int64, err error) {
	lines := strings.SplitN(string(signed), "\n", 3)
	if len(lines) < 3 {
		return 0, &record.Error{Code: record.CodeInternal, Where: "evidence", Message: "the checkpoint cannot be read"}
	}
	_, err = fmt.Sscan(lines[1], &n)
	return n, err
}

// write writes the items in order, stored, with no time of their own: the same
// case gives the same file but for what names the moment.
func (p *packed) write(w io.Writer) error {
	z := zip.NewWriter(w)
	names := make([]string, 0, len(p.items))
	for n := range p.items {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		f, err := z.CreateHeader(&zip.FileHeader{Name: n, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := f.Write(p.items[n]); err != nil {
			return err
		}
	}
	return z.Close()
}

const evidenceReadme = `This is one case as evidence, made by bonafide.

  case-en.html, case-de.html, case-pt.html   the case as people read it
  application-N.json                         what came in, version by version
  result-N.json                              what was observed, with evidence
  requests.json, decisions.json, notes.json  what was asked, answered and decided
  events.json, files.json, originals/        what happened and what was handed in
  access.json                                who read or changed it
  manifest.json                              every file with its SHA-256
  audit/                                     the entry that names the manifest's
                                             digest, and the proof that it stands
                                             under a signed checkpoint

To verify, on any machine, with the public key of the house that made it:

  bonafide verify evidence FILE.zip --key KEY

By hand: sha256sum of every file against manifest.json; sha256sum of
manifest.json against "commit" in audit/entry.json; the inclusion proof of
RFC 6962, section 2.1.1, with the leaf audit/entry.json; the checkpoint's Ed25519
signature as in the C2SP note format.

An observation is not a verdict. Each comes with what could explain it innocently
and what clears it. Records of other people are called other-1, other-2 and so on
unless the manifest says otherwise.
`

package store

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"bonafide/audit"
	"bonafide/record"
	"bonafide/store/pgtest"
)

func TestTablesAreWhole(t *testing.T) {
	b, err := os.ReadFile("migrations/0001_record.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(b), "\n") {
		if name, ok := strings.CutPrefix(line, "CREATE TABLE "); ok {
			name, _, _ = strings.Cut(name, " ")
			if !strings.Contains(" "+strings.Join(tables, " ")+" ", " "+name+" ") {
				t.Errorf("table %s is not in a backup", name)
			}
		}
	}
}

// TestBackup: a backup restores whole, on either engine; who was erased or
// revoked since stays so; a backup that is altered or cut, or another key, is
// refused; and it holds no plain text.
func TestBackup(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		dir := t.TempDir()
		mine, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		b.ledger = filepath.Join(dir, "ledger.jsonl")
		gone, _ := b.fill("one")
		stays, _ := b.fill("two")
		var u User
		b.do(func(t *Tx) (err error) {
			u, err = t.AddUser(User{Login: "x@example.org", State: "active", Data: []byte("canary-user")})
			return err
		})
		b.do(func(t *Tx) error {
			_, err := t.AddSession(sum([]byte("s")), Session{User: u.ID, Expires: day.AddDate(0, 0, 1)})
			return err
		})
		b.do(func(t *Tx) error { _, err := t.AddAPIKey(APIKey{ID: "k1", Hash: []byte("h")}); return err })
		path := filepath.Join(dir, "backup.age")
		report, err := b.Backup(ctx, path, []age.Recipient{mine.Recipient()}, dir)
		if err != nil {
			t.Fatal(err)
		}
		if report.Rows < 50 || report.Tenants != 3 || report.Opened != 2 || report.Entries < 8 {
			t.Errorf("%+v", report)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var plain bytes.Buffer
		if _, err := b.Dump(ctx, &plain); err != nil {
			t.Fatal(err)
		}
		for _, s := range append(canaries("one"), "canary-user") {
			if bytes.Contains(plain.Bytes(), []byte(s)) {
				t.Errorf("%q stands in the dump", s)
			}
		}
		public, _ := b.keys.VerifierKey()
		witness := audit.FileWitness{Dir: dir, Verifier: public}
		// After the backup: an erasure, a revocation, and a witness sees them.
		b.do(func(t *Tx) error { _, err := t.Erase(gone, "request", "bob"); return err })
		b.do(func(t *Tx) error { return t.RevokeAPIKey("k1") })
		if _, err := b.Witness(ctx, "acme", witness); err != nil {
			t.Fatal(err)
		}
		seen, _ := witness.All(audit.Origin("acme"))
		ledger, err := os.ReadFile(b.ledger)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		restore := func(bytesOf []byte, change func(*RestoreOptions)) (*bench, error) {
			n++
			o := RestoreOptions{To: Options{Path: filepath.Join(dir, fmt.Sprint("to", n)), Keys: b.keys, Now: b.clock.now},
				Identities: []age.Identity{mine}, Ledger: bytes.NewReader(ledger), Witness: seen, Acknowledge: "drill"}
			if b.Engine() == "postgres" && n == 1 {
				o.To = Options{URL: pgtest.Database(t), Keys: b.keys, Now: b.clock.now}
			}
			change(&o)
			if _, err := Restore(ctx, bytes.NewReader(bytesOf), o); err != nil {
				return nil, err
			}
			s, err := Open(ctx, o.To)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			return &bench{s, b.clock, t}, nil
		}
		back, err := restore(raw, func(*RestoreOptions) {})
		if err != nil {
			t.Fatal(err)
		}
		want(t, back.try("acme", func(t *Tx) error { _, err := t.Application(gone); return err }), record.CodeNotFound)
		want(t, back.try("acme", func(t *Tx) error { _, err := t.SaveApplication(application("one")); return err }), record.CodeRefused)
		back.do(func(x *Tx) error {
			a, err := x.Application(stays)
			if err == nil && a.Person.Name != "Canary Petrel two" {
				t.Errorf("%+v", a.Person)
			}
			return err
		})
		if k, err := back.APIKeyByID(ctx, "k1"); err != nil || k.Revoked.IsZero() {
			t.Errorf("a revoked key lives again: %+v, %v", k, err)
		}
		if s, err := back.SessionByHash(ctx, sum([]byte("s"))); err != nil || s.Revoked.IsZero() {
			t.Errorf("a session lives on: %+v, %v", s, err)
		}
		if err := back.Integrate(ctx); err != nil {
			t.Fatal(err)
		}
		back.View(ctx, ann("acme"), func(x *Tx) error {
			all, err := x.Entries(EntryFilter{Object: "store/" + back.Engine(), After: -1})
			if err != nil || len(all) != 1 || all[0].Act != "store.restore" || all[0].Why != "drill" {
				t.Errorf("%+v, %v", all, err)
			}
			return nil
		})
		refused := func(name string, raw []byte, change func(*RestoreOptions)) {
			t.Helper()
			if _, err := restore(raw, change); err == nil {
				t.Errorf("%s: restored", name)
			}
		}
		refused("a witness saw more", raw, func(o *RestoreOptions) { o.Acknowledge = "" })
		refused("no ledger", raw, func(o *RestoreOptions) { o.Ledger = nil })
		other, _ := age.GenerateX25519Identity()
		refused("another key", raw, func(o *RestoreOptions) { o.Identities = []age.Identity{other} })
		for _, at := range []int{40, len(raw) / 2, len(raw) - 3} {
			bad := bytes.Clone(raw)
			bad[at] ^= 4
			refused("a bit", bad, func(*RestoreOptions) {})
			refused("cut", raw[:at], func(*RestoreOptions) {})
		}
		refused("into what is there", raw, func(o *RestoreOptions) { o.To = Options{Path: filepath.Join(dir, "to2"), Keys: b.keys} })
	})
}

func FuzzLoad(f *testing.F) {
	keys, err := NewKeys()
	if err != nil {
		f.Fatal(err)
	}
	s, err := Open(ctx, Options{Keys: keys})
	if err != nil {
		f.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := s.Dump(ctx, &b); err != nil {
		f.Fatal(err)
	}
	s.Close()
	f.Add(b.Bytes())
	f.Add([]byte(dumpMagic + "T\x08acmeS"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Open(ctx, Options{Keys: keys, empty: true})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		s.Load(ctx, bytes.NewReader(b))
	})
}

func FuzzLedger(f *testing.F) {
	f.Add([]byte(`{"tenant":"acme","erased":"x","blind":"00","at":1}` + "\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		lines, err := parseLedger("ledger", io.LimitReader(bytes.NewReader(b), 1<<20))
		if err == nil {
			ledgerState(lines)
		}
	})
}

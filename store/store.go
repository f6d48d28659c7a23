// Package store keeps the record: cases that stay, evidence that holds up, an
// audit that nobody can rewrite, erasure that really erases. SQLite in one file
// by default, PostgreSQL by URL; one set of SQL for both, in one file per noun.
// sqlite.go and postgres.go hold only what differs.
//
// Everything happens in a Tx, for one Actor of one tenant. Update is durable
// when it returns nil, and refuses an effect without an audit entry as well as
// an entry without an effect. The tenant is the first parameter of every
// statement and is put there by the Tx, not by the caller.
//
// It never judges, never logs a personal value, never hands out a count as an
// id. What is personal is sealed under a key of its subject, so that destroying
// the key erases it everywhere.
//
// To add a noun: a table in the next migrations/NNNN_*.sql whose key begins with
// tenant, a file of the noun's name here, its cases in conformance_test.go.
package store

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"bonafide/record"
)

// House is the tenant of the operator: tenants, keys and jobs of all are kept
// under its name. No application is ever its.
const House = "house"

// Options say where and how.
type Options struct {
	Path       string           // folder of the embedded database; made with mode 0700. Empty with URL empty: in memory, for tests
	URL        string           // postgres://…; wins over Path
	MigrateURL string           // postgres:// of the owner of the tables, if the role of URL is another; empty: URL
	Keys       *Keys            // the key file; required
	Now        func() time.Time // the clock; nil: time.Now
	Log        *slog.Logger     // nil: silent. Never given a personal value
	Conns      int              // PostgreSQL connections at most; 0: 16
	Ledger     string           // file that keeps erasures and revocations for a restore; empty: Path/ledger.jsonl, or none with URL
	NoMigrate  bool             // refuse an older schema instead of raising it

	empty    bool   // a restore fills it
	verifier string // public audit key, where the key file is not at hand
	steps    fs.FS  // schema of an older version, for tests; nil: this one's
}

// Store is the opened database. Safe for concurrent use.
type Store struct {
	engine engine
	keys   *Keys
	now    func() time.Time
	log    *slog.Logger

	mu      sync.RWMutex
	tenants map[string]*tenantKeys // opened keys, by tenant
	rules   parsedRules

	ledger   string
	ledgerMu sync.Mutex
	verifier string

	pack     *zstd.Encoder // of blocks of events; both are asked for whole values only
	unpack   *zstd.Decoder
	foldFrom time.Time // before it no block is written
}

// engine is what differs between the two databases.
type engine interface {
	name() string
	update(ctx context.Context, tenant string, run func(*conn) error) error
	view(ctx context.Context, tenant string, run func(*conn) error) error
	glance(ctx context.Context, tenant string, run func(*conn) error) error // a view of one statement
	lock() string                                                           // the suffix that locks the rows read
	skipLocked() string                                                     // the same, passing over rows that others hold
	translate(err error) error                                              // engine errors to the house's
	integrate(*Tx, []leaf) error                                            // entries of a finished Tx, in its transaction
	within(context.Context) context.Context                                 // what the statements of an update run under
	scrub(ctx context.Context) error
	close() error
}

// Open opens the store, raising its schema first.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Keys == nil {
		return nil, &record.Error{Code: record.CodeInvalid, Where: "store", Message: "opening needs a key file"}
	}
	s := &Store{keys: o.Keys, now: o.Now, log: o.Log, tenants: map[string]*tenantKeys{}, verifier: o.verifier}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	var err error
	if s.pack, err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(2), zstd.WithWindowSize(2*blockBytes), zstd.WithEncoderCRC(false)); err != nil {
		return nil, err
	}
	if s.unpack, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(256<<20)); err != nil {
		return nil, err
	}
	if o.URL != "" {
		s.engine, err = openPostgres(ctx, s, o)
	} else {
		s.engine, err = openSQLite(ctx, s, o)
	}
	if err != nil {
		return nil, err
	}
	if o.empty {
		return s, nil
	}
	if s.ledger = o.Ledger; s.ledger == "" && o.URL == "" && o.Path != "" {
		s.ledger = filepath.Join(o.Path, "ledger.jsonl")
	}
	err = s.addHouse(ctx)
	if err == nil {
		err = s.syncLedger(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, s.engine.close())
	}
	return s, nil
}

// Close finishes what was accepted and closes.
func (s *Store) Close() error { return s.engine.close() }

// Engine is "sqlite" or "postgres".
func (s *Store) Engine() string { return s.engine.name() }

// Ready says whether the database answers.
func (s *Store) Ready(ctx context.Context) error {
	return s.View(ctx, record.Machine(House), func(t *Tx) error {
		_, err := t.count("select count(*) from tenants where tenant = $1")
		return err
	})
}

// Update runs f in one transaction. When it returns nil, all that f did and
// noted is on stable storage; when it returns an error nothing of it is, except
// that after a Refusal the refusal is noted. f may be run more than once and
// must not wait for anything outside the store, nor call Update; an error that
// a method of Tx gives ends the transaction: return it.
// An error with code unavailable may come after the fact: ask again with the
// same idempotency key (Tx.Answer).
func (s *Store) Update(ctx context.Context, actor record.Actor, f func(*Tx) error) error {
	if err := known(actor); err != nil {
		return err
	}
	if s.crowded(actor) {
		return errDiskFull
	}
	var refused *refusal
	var ledger []ledgerLine
	err := s.engine.update(ctx, actor.Tenant, func(c *conn) error {
		t := &Tx{store: s, conn: c, ctx: s.engine.within(ctx), actor: actor, tenant: actor.Tenant, now: s.now().UTC().Truncate(time.Microsecond)}
		if err := f(t); err != nil {
			return err
		}
		ledger = t.ledger
		return t.finish()
	})
	if err == nil {
		// The transaction stands; a ledger that cannot be written is made whole at the next start.
		if err := s.appendLedger(ledger); err != nil {
			s.log.Error("the ledger of erasures could not be written", "code", string(record.CodeOf(err)))
		}
	}
	if errors.As(err, &refused) {
		note := s.engine.update(ctx, actor.Tenant, func(c *conn) error {
			t := &Tx{store: s, conn: c, ctx: s.engine.within(ctx), actor: actor, tenant: actor.Tenant, now: s.now().UTC().Truncate(time.Microsecond)}
			refused.entry.Done = false
			t.Note(refused.entry)
			return t.finish()
		})
		if note != nil {
			return s.engine.translate(note)
		}
		return refused.err
	}
	return s.engine.translate(err)
}

// View runs f on a consistent, unchanging state. It leaves no entry and so
// opens nothing sealed: reading a person's data is an Update with a Note.
func (s *Store) View(ctx context.Context, actor record.Actor, f func(*Tx) error) error {
	if err := known(actor); err != nil {
		return err
	}
	return s.engine.translate(s.engine.view(ctx, actor.Tenant, func(c *conn) error {
		return f(&Tx{store: s, conn: c, ctx: ctx, actor: actor, tenant: actor.Tenant, now: s.now().UTC().Truncate(time.Microsecond), readOnly: true})
	}))
}

// glance is View for one question: it is not held together with any other.
func (s *Store) glance(ctx context.Context, actor record.Actor, f func(*Tx) error) error {
	if err := known(actor); err != nil {
		return err
	}
	return s.engine.translate(s.engine.glance(ctx, actor.Tenant, func(c *conn) error {
		return f(&Tx{store: s, conn: c, ctx: ctx, actor: actor, tenant: actor.Tenant, now: s.now().UTC().Truncate(time.Microsecond), readOnly: true})
	}))
}

// VerifierKey is the public key of the audit: one line.
func (s *Store) VerifierKey() (string, error) {
	if s.verifier != "" {
		return s.verifier, nil
	}
	return s.keys.VerifierKey()
}

// Integrate puts entries that still wait beside the tree into it. On SQLite none
// ever waits.
func (s *Store) Integrate(ctx context.Context) error {
	if e, ok := s.engine.(*postgresEngine); ok {
		return s.engine.translate(e.sequence(ctx, true))
	}
	return nil
}

func known(a record.Actor) error {
	if a.Tenant == "" || a.ID == "" || a.Kind == "" {
		return &record.Error{Code: record.CodeRefused, Where: "store", Message: "no door opens without a name: the actor has no tenant, kind or id"}
	}
	return nil
}

var idLetters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// NewID is a random id of 128 bits, 26 lower-case letters and digits.
func NewID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails since Go 1.24
	return idLetters.EncodeToString(b[:])
}

// micros is how times are kept: microseconds since 1970, 0 for none.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

func words(list []string) string { return strings.Join(list, " ") }

func list(text string) []string { return strings.Fields(text) }

func hexOf(b []byte) string { return hex.EncodeToString(b) }

func itoa(n int) string { return strconv.Itoa(n) }

// cut separates kind and id.
func cut(object string) (kind, id string, ok bool) { return strings.Cut(object, "/") }

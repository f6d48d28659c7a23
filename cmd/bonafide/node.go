package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"bonafide/checks"
	"bonafide/lists"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// node is what every command that touches the kept record is told.
type node struct {
	Data       string `placeholder:"DIR" type:"path" default:"bonafide-data" env:"BONAFIDE_DATA_DIR" help:"Folder of the embedded database. Made with mode 0700 when it is not there."`
	Database   string `placeholder:"URL" env:"BONAFIDE_DATABASE" help:"postgres://… in place of the embedded database. In the environment it is seen by fewer people than on the command line."`
	Owner      string `placeholder:"URL" env:"BONAFIDE_DATABASE_OWNER" help:"postgres://… of the role that owns the tables, to raise their schema; --database then names a role that owns nothing."`
	Keys       string `placeholder:"FILE" type:"path" env:"BONAFIDE_KEYS" help:"The key file; DIR.keys beside the folder unless said. Keep a copy apart from the backups: without it nothing can be read."`
	KeepLedger string ` placeholder:"FILE" type:"path" env:"BONAFIDE_LEDGER" help:"Keep the ledger of erasures and revocations there, best on another disk; DIR/ledger.jsonl unless said, and with --database nowhere."`
}

func (n *node) keyFile() string {
	if n.Keys != "" {
		return n.Keys
	}
	return filepath.Clean(n.Data) + ".keys"
}

// open opens the record; make also makes what is not there yet.
func (n *node) open(ctx context.Context, log *slog.Logger, make bool) (*store.Store, *store.Keys, error) {
	keys, err := store.OpenKeys(n.keyFile())
	if err != nil && errors.Is(err, fs.ErrNotExist) || keyFileMissing(n.keyFile()) {
		if !make || n.Database == "" && exists(filepath.Join(n.Data, "bonafide.db")) {
			return nil, nil, exit{exitFailed, "there is no key file at " + n.keyFile() + "; name it by --keys. Without it the record cannot be read"}
		}
		keys, err = store.CreateKeys(n.keyFile())
	}
	if err != nil {
		return nil, nil, err
	}
	if !make && n.Database == "" && !exists(filepath.Join(n.Data, "bonafide.db")) {
		return nil, nil, exit{exitFailed, "there is no record in " + n.Data + "; bonafide serve begins one"}
	}
	s, err := store.Open(ctx, store.Options{Path: n.Data, URL: n.Database, MigrateURL: n.Owner, Keys: keys, Log: log, Ledger: n.KeepLedger})
	return s, keys, err
}

func keyFileMissing(path string) bool { return !exists(path) }

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// operator is whoever runs the binary on its machine.
func operator(tenant string) record.Actor {
	return record.Actor{Kind: record.ActorOperator, ID: "command-line", Tenant: tenant}
}

// rules are what a node screens with.
type rules struct {
	Lists  string `placeholder:"DIR" type:"existingdir" env:"BONAFIDE_LISTS" help:"Folder with lists; bonafide lists update fills one."`
	Policy string `placeholder:"FILE" type:"existingfile" help:"A table of your own in place of the shipped policy."`
}

// flow wires catalogue, lists and policy.
func (r *rules) flow(day time.Time, log *slog.Logger) (*screen.Screen, error) {
	runner, err := checks.NewRunner(checks.Catalogue())
	if err != nil {
		return nil, err
	}
	s := &screen.Screen{Checks: runner, Policy: policy.Default()}
	if r.Lists != "" {
		set, bad := lists.Load(os.DirFS(r.Lists), day)
		s.Lists = set
		for _, p := range bad {
			log.Warn("a list cannot be read", "why", p.Error())
		}
	}
	if r.Policy == "" {
		return s, nil
	}
	f, err := os.Open(r.Policy)
	if err != nil {
		return nil, notThere(r.Policy, err)
	}
	defer f.Close()
	s.Policy, err = policy.Parse(f)
	return s, err
}

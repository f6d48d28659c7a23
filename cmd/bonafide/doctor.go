package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bonafide/confine"
	"bonafide/lists"
	"bonafide/record"
)

// DoctorCmd is `bonafide doctor`.
type DoctorCmd struct{ ServeCmd }

// Help is printed below the flags.
func (DoctorCmd) Help() string {
	return `Takes the flags and the environment of bonafide serve and says by name what is
weak: what serve would refuse, and what to look at. Exit code 0: nothing refused.

Example:

  bonafide doctor --data /var/lib/bonafide --listen 0.0.0.0:443 --tls-cert chain.pem --tls-key key.pem`
}

// Run prints one line a setting.
func (c *DoctorCmd) Run(stdout io.Writer) error {
	bad := c.weaknesses()
	for _, b := range bad {
		fmt.Fprintln(stdout, "REFUSED  "+b)
	}
	if !exists(c.keyFile()) {
		fmt.Fprintln(stdout, "note     no-record: there is no key file at "+c.keyFile()+" yet; serve makes one")
	} else if s, _, err := c.open(context.Background(), slog.New(slog.DiscardHandler), false); err != nil {
		bad = append(bad, "database")
		fmt.Fprintln(stdout, "REFUSED  database: "+said(err))
	} else {
		fmt.Fprintf(stdout, "ok       database: %s answers, with what makes an acknowledgement durable\n", s.Engine())
		if err := s.Close(); err != nil {
			return err
		}
	}
	if missing, err := missingLocks(context.Background()); err != nil {
		bad = append(bad, "locks")
		fmt.Fprintln(stdout, "REFUSED  locks: files cannot be read in a locked process here: "+said(err))
	} else if len(missing) > 0 {
		bad = append(bad, "locks")
		fmt.Fprintln(stdout, "REFUSED  locks: the process that opens files has not "+strings.Join(missing, ", ")+"; serve takes no files here")
	} else {
		fmt.Fprintln(stdout, "ok       locks: files are opened in a process that can do nothing else")
	}
	switch {
	case c.Lists == "":
		fmt.Fprintln(stdout, "note     lists: none given; the checks that read them say no-data")
	default:
		set, broken := lists.Load(os.DirFS(c.Lists), time.Now())
		for _, p := range broken {
			fmt.Fprintln(stdout, "note     lists: "+p.Error())
		}
		for _, u := range set.Uses() {
			if u.Stale {
				fmt.Fprintf(stdout, "note     lists: %s stands for %s and is stale; bonafide lists update\n", u.List, u.AsOf)
			}
		}
	}
	if len(bad) > 0 {
		return exit{exitFailed, counted(len(bad), "setting") + " refused"}
	}
	fmt.Fprintln(stdout, "nothing refused")
	return nil
}

// missingLocks are those that do not hold in the process that opens files.
func missingLocks(ctx context.Context) ([]string, error) {
	w, err := confine.New(confine.Options{})
	if err != nil {
		return nil, err
	}
	held, err := w.Locks(ctx)
	return held.Missing, err
}

func said(err error) string {
	if record.CodeOf(err) == record.CodeInternal {
		return "cannot be opened"
	}
	return strings.ReplaceAll(err.Error(), "\n", " ")
}

// weaknesses are the settings that serve refuses to start with, by name.
func (c *ServeCmd) weaknesses() (bad []string) {
	refuse := func(name, format string, args ...any) { bad = append(bad, name+": "+fmt.Sprintf(format, args...)) }
	out := !loopback(c.Listen)
	if (c.TLSCert == "") != (c.TLSKey == "") {
		refuse("tls-half", "--tls-cert and --tls-key go together")
	}
	if out && c.TLSCert == "" && !(len(c.Proxy) > 0 && isHTTPS(c.Address)) {
		refuse("plain-http", "%s is not loopback: give --tls-cert and --tls-key, or name the proxy that does TLS by --proxy and --address https://…", c.Listen)
	}
	if c.Debug && out {
		refuse("debug-outside", "--debug is for loopback")
	}
	if c.Metrics != "" && !loopback(c.Metrics) {
		refuse("metrics-outside", "--metrics %s is not loopback: figures and profiles tell too much", c.Metrics)
	}
	if c.OIDCIssuer != "" && (!isHTTPS(c.OIDCIssuer) || !isHTTPS(c.Address) || c.OIDCClient == "" || c.OIDCSecret == "") {
		refuse("oidc-half", "--oidc-issuer needs https, --oidc-client, --oidc-secret-file and --address https://…")
	}
	if c.Rate == 0 && out {
		refuse("no-rate", "--rate 0 is for loopback")
	}
	private := func(name, path string, mask os.FileMode) {
		if info, err := os.Stat(path); err == nil && info.Mode().Perm()&mask != 0 {
			refuse(name, "%s can be read by others (%04o): chmod %s it", path, info.Mode().Perm(), map[bool]string{true: "700", false: "600"}[info.IsDir()])
		}
	}
	private("key-file-open", c.keyFile(), 0o077)
	private("oidc-secret-open", c.OIDCSecret, 0o077)
	private("tls-key-open", c.TLSKey, 0o007)
	if c.Database == "" {
		private("data-open", c.Data, 0o007)
		if info, err := os.Stat(c.Data); err == nil && !info.IsDir() {
			refuse("data-no-folder", "%s is not a folder", c.Data)
		}
		for _, name := range []string{"bonafide.db", "bonafide.db-wal", "bonafide.db-shm", "ledger.jsonl"} {
			private("data-file-open", filepath.Join(c.Data, name), 0o007)
		}
	}
	for _, folder := range []string{c.Lists, c.Maildir} {
		// Who may write there says what is on a list, or what somebody has answered.
		if info, err := os.Stat(folder); folder != "" && err == nil && info.Mode().Perm()&0o002 != 0 {
			refuse("input-writable", "everybody on this machine may write to %s (%04o): chmod o-w it", folder, info.Mode().Perm())
		}
	}
	if strings.Contains(c.Database, "sslmode=disable") && !strings.Contains(c.Database, "@localhost") && !strings.Contains(c.Database, "@127.0.0.1") && !strings.Contains(c.Database, "host=/") {
		refuse("database-plain", "sslmode=disable towards another machine: what is sealed stays sealed, the rest does not")
	}
	return bad
}

package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/access"
	"bonafide/api"
	"bonafide/casework"
	"bonafide/confine"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
	"bonafide/web"
)

// ServeCmd is `bonafide serve`.
type ServeCmd struct {
	node
	witnessed
	rules
	portal  `group:"pages of the people themselves"`
	Listen  string   `default:"127.0.0.1:8420" env:"BONAFIDE_LISTEN" help:"Address to listen on. Anything but loopback needs TLS, or a proxy in front that is named."`
	Address string   `placeholder:"URL" env:"BONAFIDE_ADDRESS" help:"Under which people reach it, such as https://bonafide.example.com; needed for passkeys and sign-in by a provider."`
	TLSCert string   `name:"tls-cert" placeholder:"FILE" type:"existingfile" help:"Certificate chain in PEM."`
	TLSKey  string   `name:"tls-key" placeholder:"FILE" type:"existingfile" help:"Its key in PEM."`
	Proxy   []string `placeholder:"NETWORK" env:"BONAFIDE_PROXIES" help:"Networks of proxies whose X-Forwarded-For is believed, such as 10.0.0.5."`
	Metrics string   `placeholder:"ADDRESS" env:"BONAFIDE_METRICS" help:"Loopback address for /metrics and /debug/pprof/, such as 127.0.0.1:8421. Off unless said."`
	Workers int      `default:"1" help:"Jobs done in this process at the same time; 0 where bonafide work does them."`
	Egress  bool     `env:"BONAFIDE_EGRESS" help:"Let connectors ask the systems whose keys they were given; off unless said, and then no other host is spoken to."`
	Inside  bool     `name:"egress-inside" env:"BONAFIDE_EGRESS_INSIDE" help:"Let them ask systems within the house as well, over plain HTTP too: a device management or a SCIM server of your own."`
	Rate    float64  `default:"100" help:"Requests a second allowed to one key or person, ten times that to a tenant; 0 for no bound."`
	Ours    string   `name:"fingerprints" placeholder:"FILE" type:"existingfile" env:"BONAFIDE_FINGERPRINTS" help:"Fingerprints of our own files, as bonafide fingerprint writes them: what is found in the open is held against them."`
	Admin   string   `placeholder:"MAIL" default:"admin@localhost" help:"Mail address of the first account, made when there is none."`

	OIDCIssuer string `name:"oidc-issuer" placeholder:"URL" env:"BONAFIDE_OIDC_ISSUER" help:"Sign in by this OpenID Connect provider."`
	OIDCClient string `name:"oidc-client" placeholder:"ID" env:"BONAFIDE_OIDC_CLIENT" help:"Our id there."`
	OIDCSecret string `name:"oidc-secret-file" placeholder:"FILE" type:"existingfile" help:"File with our secret there."`

	Example bool `help:"Say on every page that the people in it are invented."`

	BeginWith string `placeholder:"FILE" type:"existingfile" help:"Hand these applications in when the record is new: to look around with invented people."`

	Ready string `placeholder:"FILE" type:"path" help:"Write the address there once requests are taken, for scripts."`
	Debug bool   `help:"Log every request, without its content. Refused on anything but loopback."`
}

// Help is printed below the flags.
func (ServeCmd) Help() string {
	return `Begins a record where there is none, prints a link for the first sign-in, and
serves the API of docs/api.md. Listens on loopback unless told otherwise, and
refuses to start on any setting that bonafide doctor would refuse.

Examples:

  bonafide serve
  bonafide serve --data /var/lib/bonafide --lists /var/lib/bonafide/lists \
      --listen 0.0.0.0:443 --tls-cert chain.pem --tls-key key.pem --address https://bonafide.example.com
  BONAFIDE_DATABASE=postgres://bonafide@db/bonafide bonafide serve --workers 0
  bonafide serve --organisation "Example Systems" --contact people@example.com --csca DE_ML.ml \
      --mail-server 127.0.0.1:25 --mail-plain --mail-from people@example.com --maildir /var/mail/people`
}

// mainTenant is the tenant of a house that has one.
const mainTenant = "main"

// Run serves until it is told to stop, and then finishes what was begun.
func (c *ServeCmd) Run(stdout io.Writer) error {
	level := slog.LevelInfo
	if c.Debug {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if bad := c.weaknesses(); len(bad) > 0 {
		return exit{exitUsage, "refused to start:\n  " + strings.Join(bad, "\n  ")}
	}
	s, keys, err := c.open(ctx, log, true)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := c.check(ctx, s, log); err != nil {
		return err
	}
	server, keeper, err := c.wire(ctx, s, log)
	if err != nil {
		return err
	}
	if server.Desk.Verifier, err = keys.VerifierKey(); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return exit{exitFailed, "cannot listen on " + c.Listen + ": another process does, or it is not allowed"}
	}
	address := c.address(listener)
	if err := c.welcome(ctx, stdout, server.Door, address); err != nil {
		return err
	}
	if c.BeginWith != "" {
		if err := c.begin(ctx, stdout, keeper, s); err != nil {
			return err
		}
	}
	if c.Ready != "" {
		w, done, err := wholeFile(c.Ready)
		if err != nil {
			return err
		}
		fmt.Fprintln(w, address)
		if err := done(); err != nil {
			return err
		}
	}
	return c.serve(ctx, server, keeper, s, listener, log)
}

// wire makes the rooms know each other.
func (c *ServeCmd) wire(ctx context.Context, s *store.Store, log *slog.Logger) (*api.Server, *screen.Keeper, error) {
	flow, err := c.flow(time.Now(), log)
	if err != nil {
		return nil, nil, err
	}
	proxies, err := access.ParseProxies(c.Proxy)
	if err != nil {
		return nil, nil, err
	}
	secure := c.TLSCert != "" || strings.HasPrefix(c.Address, "https://")
	door := &access.Door{Store: s, Now: time.Now, Secure: secure}
	if c.Address != "" {
		if door.Passes, err = access.NewPasskeys(c.Address); err != nil {
			return nil, nil, err
		}
	}
	if c.OIDCIssuer != "" {
		secret, err := os.ReadFile(c.OIDCSecret)
		if err != nil {
			return nil, nil, exit{exitUsage, "--oidc-issuer needs --oidc-secret-file"}
		}
		p, err := access.NewProvider(ctx, &http.Client{Timeout: 15 * time.Second}, mainTenant, c.OIDCIssuer, c.OIDCClient,
			strings.TrimSpace(string(secret)), strings.TrimSuffix(c.Address, "/")+"/v1/session/oidc/"+mainTenant+"/back")
		if err != nil {
			return nil, nil, err
		}
		door.OIDC = map[string]*access.Provider{mainTenant: p}
	}
	rate := c.Rate
	if rate <= 0 {
		rate = 1e9
	}
	keeper := &screen.Keeper{Screen: flow, Store: s, Tell: casework.Tell}
	if keeper.Ours, err = openOurs(c.Ours); err != nil {
		return nil, nil, err
	}
	if missing, err := missingLocks(ctx); err != nil || len(missing) > 0 {
		log.Warn("files cannot be opened in a locked process here: none are taken; bonafide doctor says what is missing")
	} else if keeper.Files, err = confine.New(confine.Options{}); err != nil {
		return nil, nil, err
	}
	return &api.Server{
		Desk: &casework.Desk{Store: s}, Keeper: keeper, Door: door, Proxies: proxies, Log: log, Now: time.Now, Secure: secure,
		Rates: access.NewRates(rate, int(max(20, rate)), 100_000), Tenants: access.NewRates(10*rate, int(max(200, 10*rate)), 10_000),
		Tries: access.NewRates(5, 50, 100_000), Limits: api.DefaultLimits(),
	}, keeper, nil
}

func (c *ServeCmd) address(l net.Listener) string {
	if c.Address != "" {
		return strings.TrimSuffix(c.Address, "/")
	}
	if c.TLSCert != "" {
		return "https://" + l.Addr().String()
	}
	return "http://" + l.Addr().String()
}

// welcome makes the first tenant and account, and prints where to go.
func (c *ServeCmd) welcome(ctx context.Context, stdout io.Writer, door *access.Door, address string) error {
	err := door.Store.AddTenant(ctx, operator(store.House), mainTenant, "EU")
	if err != nil && record.CodeOf(err) != record.CodeConflict {
		return err
	}
	fmt.Fprintf(stdout, "bonafide listens on %s\n", address)
	by := operator(mainTenant)
	users, err := door.Users(ctx, by)
	if err != nil {
		return err
	}
	token := ""
	switch {
	case len(users) == 0:
		_, token, err = door.AddUser(ctx, by, c.Admin, []record.StaffRole{record.RoleAdmin, record.RoleLead})
	case len(users) == 1 && users[0].State == "invited":
		token, err = door.Link(ctx, by, users[0].ID)
	}
	if err != nil {
		return err
	}
	if token != "" {
		fmt.Fprintf(stdout, "first sign-in, once, within a day: %s/sign-in/%s\n", address, token)
	}
	return nil
}

// begin hands a file in where nothing was handed in before.
func (c *ServeCmd) begin(ctx context.Context, stdout io.Writer, keeper *screen.Keeper, s *store.Store) error {
	by := operator(mainTenant)
	people := 0
	if err := s.View(ctx, by, func(t *store.Tx) (err error) {
		people, err = t.Population()
		return err
	}); err != nil || people > 0 {
		return err
	}
	o := &openInputs{}
	defer o.Close()
	in, err := o.open(c.BeginWith)
	if err != nil {
		return err
	}
	var lines bytes.Buffer
	for n := 0; ; n++ {
		it, err := in.Reader.Next()
		if errors.Is(err, io.EOF) {
			fmt.Fprintf(stdout, "%s handed in from %s; they are screened while you look\n", counted(n, "application"), c.BeginWith)
			break
		}
		if err != nil {
			return err
		}
		a, err := decodeItem(in.Reader, it)
		if err != nil {
			return err
		}
		line, err := json.Marshal(a)
		if err != nil {
			return err
		}
		lines.Write(append(line, '\n'))
	}
	_, err = keeper.Upload(ctx, by, lines.Bytes(), "begin-with")
	return err
}

// serve runs the server, the workers and the local listener until the end.
func (c *ServeCmd) serve(ctx context.Context, server *api.Server, keeper *screen.Keeper, s *store.Store, listener net.Listener, log *slog.Logger) error {
	mux := http.NewServeMux()
	own, err := c.portal.pages(keeper, server.Proxies, c.address(listener))
	if err != nil {
		return err
	}
	server.Prover = own.Prover
	letters, err := c.sender(c.Organisation)
	if err != nil {
		return err
	}
	texts, err := c.texts(s.KeepLookup)
	if err != nil {
		return err
	}
	if texts != nil {
		server.Desk.Texts = texts.Takes
	}
	pages, err := (&web.Server{
		Portal: own,
		Desk:   server.Desk, Door: server.Door, Keeper: keeper, Rules: described(), Log: log, Secure: server.Secure, Version: version(), Example: c.Example,
	}).Handler()
	if err != nil {
		return err
	}
	mux.Handle("/", pages)
	machine := server.Handler()
	for _, path := range []string{"/v1/", "/healthz", "/readyz"} {
		mux.Handle(path, machine)
	}
	h := api.HTTP(mux, log)
	limited := api.Bounded(listener, 2048)
	if c.TLSCert != "" {
		cert, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
		if err != nil {
			return exit{exitUsage, "the certificate and its key cannot be used together"}
		}
		h.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{cert}, NextProtos: []string{"h2", "http/1.1"}}
		limited = tls.NewListener(limited, h.TLSConfig)
	} else if limited, err = server.TurnAway(limited); err != nil {
		return err
	}
	work, stopWork := context.WithCancel(context.Background())
	defer stopWork()
	worked := make(chan struct{})
	go func() {
		defer close(worked)
		newWorkers(s, keeper, log).mailing(letters).texting(texts).asking(c.Egress, c.Inside).at(c.address(listener)).run(work, c.Workers)
	}()
	go watchLists(work, c.Lists, keeper, log, relistEvery)
	if c.Maildir != "" {
		go watchMaildir(work, c.Maildir, own.Prover, log)
	}
	if c.Metrics != "" {
		local, err := startMetrics(c.Metrics, server, s)
		if err != nil {
			return err
		}
		defer local.Close()
	}
	failed := make(chan error, 1)
	go func() { failed <- h.Serve(limited) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	// First readiness says no, then nobody new is let in, then what was begun ends.
	server.Drain()
	log.Info("draining")
	end, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	err = h.Shutdown(end)
	stopWork()
	<-worked
	if errors.Is(err, context.DeadlineExceeded) {
		return exit{exitFailed, "some requests were cut off after 30 seconds"}
	}
	return err
}

// loopback says whether an address is reached from this machine only.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsLoopback()
}

func isHTTPS(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Host != ""
}

package main

import (
	"context"
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/access"
	"bonafide/egress"
	"bonafide/notify"
	"bonafide/prove/chip"
	"bonafide/prove/wallet"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/web"
)

// mailing is how letters leave the house, for every process that does jobs.
type mailing struct {
	MailServer   string `placeholder:"HOST:PORT" env:"BONAFIDE_MAIL_SERVER" help:"Mail server that takes our letters: links, codes, requests to referees. Without one they wait."`
	MailFrom     string `placeholder:"ADDRESS" env:"BONAFIDE_MAIL_FROM" help:"Address they come from, and to which referees answer."`
	MailUser     string `placeholder:"NAME" env:"BONAFIDE_MAIL_USER" help:"Name at the mail server, with --mail-password-file."`
	MailPassword string `name:"mail-password-file" placeholder:"FILE" type:"existingfile" help:"File with the password there."`
	TextGateway  string `placeholder:"FILE" type:"existingfile" env:"BONAFIDE_TEXT_GATEWAY" help:"JSON that says which gateway sends text messages with codes to telephones: twilio, vonage or http; docs/operate.md. Without one a person calls."`
	MailPlain    bool   `help:"Speak to it without TLS; only on this machine."`
}

// sender gives what hands letters over, nil where no server is named.
func (m *mailing) sender(name string) (func(ctx context.Context, id string, body []byte) error, error) {
	if m.MailServer == "" {
		return nil, nil
	}
	if m.MailFrom == "" {
		return nil, exit{exitUsage, "--mail-server needs --mail-from, the address that letters come from"}
	}
	if m.MailPlain && !loopback(m.MailServer) {
		return nil, exit{exitUsage, "--mail-plain is for a mail server on this machine"}
	}
	out := &notify.Mail{Server: m.MailServer, From: m.MailFrom, Name: name, User: m.MailUser, Plain: m.MailPlain}
	if m.MailPassword != "" {
		b, err := os.ReadFile(m.MailPassword)
		if err != nil {
			return nil, notThere(m.MailPassword, err)
		}
		out.Password = strings.TrimSpace(string(b))
	}
	return func(ctx context.Context, _ string, body []byte) error {
		var l notify.Letter
		if err := json.Unmarshal(body, &l); err != nil {
			return record.Invalid("mail", "a letter cannot be read back")
		}
		return out.Send(ctx, l)
	}, nil
}

// texts is the gateway for text messages, nil where none is named.
func (m *mailing) texts(keep egress.Ledger) (*notify.Texts, error) {
	if m.TextGateway == "" {
		return nil, nil
	}
	s, err := readFrom(m.TextGateway, notify.ReadTexts)
	if err != nil {
		return nil, err
	}
	s.Net = func(on egress.Occasion) notify.Caller {
		return egress.New(egress.Config{Hosts: []string{s.Host()}, Budget: 1, MaxBytes: 64 << 10, Timeout: 20 * time.Second, Redirects: -1, Agent: "bonafide/" + version()}, on, keep)
	}
	return s, nil
}

// portal is what the pages of the people themselves are told.
type portal struct {
	mailing
	Organisation string   `placeholder:"NAME" env:"BONAFIDE_ORGANISATION" help:"Our name, as the people who apply know it."`
	Contact      string   `placeholder:"ADDRESS" help:"Mail address where a person answers them."`
	CSCA         []string `name:"csca" placeholder:"LIST" sep:"none" type:"path" help:"Authorities of states for passport chips, as in bonafide prove chip; repeat for more. Without one no chips are taken."`
	WalletTrust  string   `placeholder:"LIST" type:"existingfile" help:"Whose digital wallets are trusted, as in bonafide prove wallet."`
	WalletCRL    []string `name:"wallet-crl" placeholder:"FILE" sep:"none" type:"existingfile" help:"Revocation list of an authority of wallets, DER or PEM; repeat for more. Those of --csca may stand in its folder."`
	WalletCert   string   `placeholder:"FILE" type:"existingfile" help:"Our certificate towards wallets, chain in PEM without the root."`
	WalletKey    string   `placeholder:"FILE" type:"existingfile" help:"Its key, P-256 in PEM."`
	Maildir      string   `placeholder:"DIR" type:"existingdir" help:"Maildir into which our mail server delivers the answers of referees."`
	MailHost     []string `placeholder:"NAME" sep:"none" help:"A mail server of ours whose Authentication-Results are to be believed; repeat for more."`
	Lookups      bool     `name:"look-up" help:"Ask name servers about the mail domains of referees, GitHub and GitLab about notes, and the hosts of bonafide lookups for status lists, revocation lists and days of registration. Without it nothing leaves this machine, and a person looks."`
}

// pages wires the portal. Wallets need an https address, since that is where
// they answer.
func (p *portal) pages(keeper *screen.Keeper, proxies access.Proxies, address string) (*web.Portal, error) {
	prover := &screen.Prover{Keeper: keeper, Hosts: p.MailHost}
	if len(p.CSCA) > 0 {
		prover.Chips = chip.NewTrust()
		for _, list := range p.CSCA {
			files, err := filesOf(list, 64<<20)
			if err != nil {
				return nil, err
			}
			for _, f := range files {
				if err := prover.Chips.Add(f.Name, f.Bytes); err != nil {
					return nil, err
				}
			}
		}
		prover.Try = func(ctx context.Context, b []byte) (string, error) { return keeper.Files.Try(ctx, "chip", b) }
	}
	if p.WalletTrust != "" || p.WalletCert != "" || p.WalletKey != "" {
		if p.WalletTrust == "" || p.WalletCert == "" || p.WalletKey == "" || !isHTTPS(address) {
			return nil, exit{exitUsage, "wallets need --wallet-trust, --wallet-cert, --wallet-key and an --address with https"}
		}
		trust, err := readFrom(p.WalletTrust, wallet.ReadTrust)
		if err != nil {
			return nil, err
		}
		identity, err := readIdentity(p.WalletCert, p.WalletKey)
		if err != nil {
			return nil, err
		}
		prover.Wallet = &screen.Wallet{Identity: identity, Trust: trust, Address: address}
		for _, path := range p.WalletCRL {
			list, err := readFrom(path, wallet.ReadRevocation)
			if err != nil {
				return nil, err
			}
			prover.Wallet.CRLs = append(prover.Wallet.CRLs, list)
		}
	}
	if p.Lookups {
		keep := keeper.Store.KeepLookup
		prover.Lists = &screen.Lookups{Now: time.Now, Net: func(on egress.Occasion, hosts []string) screen.Pages {
			return egress.New(egress.Config{Hosts: hosts, Timeout: 10 * time.Second, MaxBytes: 16 << 20, Agent: "bonafide/" + version()}, on, keep)
		}}
		prover.Names = func(on egress.Occasion) screen.Names { return egress.NewNames(nil, on, keep) }
		keeper.Domains = prover.RefereeDomains
		prover.Codes = func(on egress.Occasion) screen.Pages {
			return egress.New(egress.Config{Hosts: []string{"api.github.com", "gitlab.com"}, MaxBytes: 2 << 20, Timeout: 15 * time.Second, Agent: "bonafide/" + version()}, on, keep)
		}
	}
	return &web.Portal{Prover: prover, Tenant: mainTenant, House: address, Name: p.Organisation, Mail: p.Contact, Rates: access.NewRates(1, 40, 100_000),
		Client: func(r *http.Request) string { return proxies.Client(r).String() }}, nil
}

// readIdentity reads who asks wallets: a chain and the key of its first certificate.
func readIdentity(cert, key string) (*wallet.Identity, error) {
	bad := exit{exitUsage, "the certificate towards wallets and its key cannot be used together: a chain in PEM, leaf first, and a P-256 key"}
	text, err := os.ReadFile(cert)
	if err != nil {
		return nil, notThere(cert, err)
	}
	id := &wallet.Identity{}
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "CERTIFICATE" {
			id.Chain = append(id.Chain, block.Bytes)
		}
	}
	text, err = os.ReadFile(key)
	if err != nil {
		return nil, notThere(key, err)
	}
	block, _ := pem.Decode(text)
	if block == nil || len(id.Chain) == 0 {
		return nil, bad
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		if parsed, err = x509.ParseECPrivateKey(block.Bytes); err != nil {
			return nil, bad
		}
	}
	leaf, err := x509.ParseCertificate(id.Chain[0])
	signer, is := parsed.(crypto.Signer)
	if err != nil || !is {
		return nil, bad
	}
	public, is := signer.Public().(interface{ Equal(crypto.PublicKey) bool })
	if !is || !public.Equal(leaf.PublicKey) {
		return nil, bad
	}
	id.Key = signer
	return id, nil
}

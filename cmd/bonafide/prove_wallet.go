package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/egress"
	"bonafide/prove/wallet"
	"bonafide/record"
)

// ProveWalletCmd is `bonafide prove wallet`.
type ProveWalletCmd struct {
	fetching
	File    string   `arg:"" help:"What the wallet sent: the form body of direct_post.jwt, or the encrypted answer alone."`
	Request string   `required:"" placeholder:"FILE" type:"path" help:"The request it answers, as it was kept: client id, nonce, state, query and decryption key."`
	Trust   string   `placeholder:"LIST" type:"path" help:"What to trust: PEM certificates one after the other, a VICAL, or a list in JSON."`
	Status  []string `placeholder:"FILE" sep:"none" type:"path" help:"A status list token, fetched before; repeat for more."`
	CRL     []string `name:"crl" placeholder:"FILE" sep:"none" type:"path" help:"Revocation list of an authority, DER or PEM; repeat for more."`
	At      string   `placeholder:"TIME" help:"The moment to judge at, e.g. 2026-11-22T12:00:00Z. Now when left out."`
	Format  string   `enum:"text,json" default:"text" help:"text or json."`
}

// Help is printed below the flags.
func (ProveWalletCmd) Help() string {
	return `Checks what a digital wallet presented by OpenID4VP 1.0: an SD-JWT VC or an mdoc, such as an
EU person identification or a mobile driving licence. Every part stands for itself: the
issuer's signature, the way to an authority that the list names, type, dates, disclosures,
the holder's key, and that it was made for this request. What no list covers is
"not verifiable", which is not a word against the person. Only claims that were asked
for are shown. A wallet proves who it was issued to, not who holds the telephone today.

A trust list in JSON, with dates:

  {"name": "PID providers", "version": "7", "issued": "2026-11-01", "next_update": "2027-05-01",
   "anchors": [{"certificate": "<PEM or base64>", "types": ["urn:eudi:pid:*"], "from": "2025-01-01"}]}

Example:

  bonafide prove wallet answer.txt --request request.json --trust pid-providers.json --status list.jwt`
}

// Run checks and prints one answer.
func (c *ProveWalletCmd) Run(stdout io.Writer) error {
	by := wallet.Verification{At: time.Now().UTC()}
	if c.At != "" {
		at, err := time.Parse(time.RFC3339, c.At)
		if err != nil {
			return exit{exitUsage, "--at wants a moment such as 2026-11-22T12:00:00Z"}
		}
		by.At = at
	}
	var err error
	if c.Trust != "" {
		if by.Trust, err = readFrom(c.Trust, wallet.ReadTrust); err != nil {
			return err
		}
	}
	for _, path := range c.Status {
		token, err := readFrom(path, bounded)
		if err != nil {
			return err
		}
		list, err := wallet.ReadStatusList(token, by.Trust, by.At)
		if err != nil {
			return err
		}
		by.Status = append(by.Status, list)
	}
	for _, path := range c.CRL {
		list, err := readFrom(path, wallet.ReadRevocation)
		if err != nil {
			return err
		}
		by.CRLs = append(by.CRLs, list)
	}
	session, err := readFrom(c.Request, wallet.ReadSession)
	if err != nil {
		return err
	}
	body, err := readFrom(c.File, bounded)
	if err != nil {
		return err
	}
	answer, err := session.Read(body, by)
	if err != nil {
		return err
	}
	if len(c.FetchFrom) > 0 {
		all := c.lookups(by.At).Wallet(context.Background(), egress.Occasion{Act: "proof.wallet", By: "lists"}, c.FetchFrom, answer.Reports, &by)
		if err := sayLooked(os.Stderr, all); err != nil {
			return err
		}
		if answer, err = session.Read(body, by); err != nil {
			return err
		}
	}
	if c.Format == "json" {
		b, err := json.Marshal(answer, jsontext.WithIndent("  "), json.Deterministic(true))
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(stdout, "%s\n", b)
		return err
	}
	if err := sayAnswer(stdout, answer); err != nil || by.Trust == nil || by.Trust.Unread == 0 {
		return err
	}
	_, err = fmt.Fprintf(stdout, "certificates of the trust list of a kind that is not read: %d\n", by.Trust.Unread)
	return err
}

func bounded(from io.Reader) ([]byte, error) {
	return io.ReadAll(io.LimitReader(from, 16<<20))
}

// readFrom opens a file for one of the readers above.
func readFrom[T any](path string, read func(io.Reader) (T, error)) (T, error) {
	f, err := os.Open(path)
	if err != nil {
		var none T
		return none, notThere(path, err)
	}
	defer f.Close()
	return read(f)
}

func sayAnswer(w io.Writer, a *wallet.Answer) error {
	var b strings.Builder
	if a.Refused != "" {
		fmt.Fprintf(&b, "The wallet sent no presentation (%s). That is the person's choice or their wallet's, and no finding.\n", a.Refused)
	}
	for i := range a.Reports {
		r := &a.Reports[i]
		fmt.Fprintf(&b, "%s: %s %s\n", r.Query, r.Format, r.Type)
		for _, line := range [][2]string{{"issuer", strings.TrimSpace(r.Issuer + " " + r.Country)}, {"trust list", strings.TrimSpace(r.Trust.Name + " " + r.Trust.Version)}, {"holder's key", r.HolderKey}} {
			if line[1] != "" {
				fmt.Fprintf(&b, "  %-17s %s\n", line[0], line[1])
			}
		}
		for _, p := range r.Parts {
			line := fmt.Sprintf("  %-17s %-14s %s", p.Part, p.Outcome, p.Detail)
			b.WriteString(strings.TrimRight(line, " ") + "\n")
		}
		for _, claim := range r.Claims {
			v, err := json.Marshal(claim.Value, json.Deterministic(true))
			if err != nil {
				return &record.Error{Code: record.CodeInternal, Where: "answer", Message: "a claim cannot be written", Err: err}
			}
			fmt.Fprintf(&b, "  %s = %s\n", claim.Path, v)
		}
		switch {
		case r.Assurance != nil:
			fmt.Fprintf(&b, "  proven: assurance %s for the link %s; clears %s\n", r.Assurance.ID, r.Assurance.Link, strings.Join(r.Assurance.Clears, ", "))
			fmt.Fprintf(&b, "  could still break it: %s (docs/threats.md)\n", strings.Join(r.Assurance.Breaks, ", "))
		case r.Proven:
			b.WriteString("  proven, but no identity: it upholds no link of the chain\n")
		default:
			b.WriteString("  not proven: see the parts that are not ok\n")
		}
	}
	if len(a.Missing) > 0 {
		fmt.Fprintf(&b, "without a proven presentation: %s\n", strings.Join(a.Missing, ", "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

package screen

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
	"sync"
	"time"

	"bonafide/egress"
	"bonafide/prove/chip"
	"bonafide/prove/wallet"
	"bonafide/record"
)

// Lookups fetches the public lists that say whether a credential or a signer was
// withdrawn since: status lists and revocation lists. It asks the hosts of a
// tenant's allow-list and no other, keeps a copy for as long as the list itself
// allows, and says of each look-up what came of it. A list that was not fetched
// leaves its part "not checked"; it never makes one fail.
//
// Whole lists are fetched, never a question about one person: who answers learns
// that somebody here looked, and not for whom.
type Lookups struct {
	Net func(on egress.Occasion, hosts []string) Pages
	Now func() time.Time
	// Plain lets lists be asked for over http: for a mirror inside, and tests.
	Plain bool
	// Root is where the registries are named; the IANA's unless said.
	Root string

	mu   sync.Mutex
	kept map[string]copyOf
}

// copyOf is a list as it was fetched.
type copyOf struct {
	body  []byte
	until time.Time
	Looked
}

// Looked is one look-up, for the report that reviewers see.
type Looked struct {
	What   string    `json:"what"` // status list, revocation list
	Host   string    `json:"host"`
	At     time.Time `json:"at,omitzero"`
	Until  time.Time `json:"until,omitzero"` // when the copy is thrown away
	SHA256 string    `json:"sha256,omitempty"`
	Why    string    `json:"why,omitempty"` // why there is none
}

// Say is one line for a terminal.
func (l Looked) Say() string {
	if l.Why != "" {
		return strings.TrimSpace(l.What+" "+l.Host) + ": " + l.Why
	}
	return l.What + " " + l.Host + ": fetched, sha256 " + l.SHA256
}

const (
	keptLists  = 256
	keptBytes  = 64 << 20
	keptAtMost = 7 * 24 * time.Hour // of a list that does not say for how long
	keptFail   = 5 * time.Minute    // nobody is asked again and again
	mostLooks  = 6                  // for one proof
	lookWithin = 20 * time.Second   // for all of them
	listBytes  = 16 << 20
)

// secureList is where a list is asked for: over https, also where a certificate
// of the old days says http. The list is signed either way; but who reads along
// on the way need not learn that we look.
func secureList(address string, plain bool) (*url.URL, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || len(address) > 2048 {
		return nil, false
	}
	if u.Scheme == "http" && !plain {
		u.Scheme = "https"
	}
	return u, u.Scheme == "https" || plain && u.Scheme == "http"
}

// get is a list by its address, from the copy or from the network. until reads
// from its bytes how long it may be kept, and refuses what is no such list.
func (l *Lookups) get(ctx context.Context, on egress.Occasion, hosts []string, what, address, accept string, until func([]byte) (time.Time, error)) copyOf {
	now := l.Now()
	u, ok := secureList(address, l.Plain)
	if !ok {
		return copyOf{Looked: Looked{What: what, Why: "its address is none that is asked"}}
	}
	host := strings.ToLower(u.Hostname())
	name := on.Tenant + " " + u.String()
	l.mu.Lock()
	before, there := l.kept[name]
	l.mu.Unlock()
	if there && before.until.After(now) {
		return before
	}
	got := copyOf{Looked: Looked{What: what, Host: host, At: now.UTC()}, until: now.Add(keptFail)}
	switch answer, err := l.Net(on, hosts).Fetch(ctx, egress.Request{URL: u.String(), Accept: accept, MaxBytes: listBytes}); {
	case err != nil && record.CodeOf(err) == record.CodeRefused:
		got.Why = "this host is not on the allow-list, or may not be asked"
		return got
	case err != nil:
		got.Why = "the host gave no list"
	default:
		end, err := until(answer.Body)
		switch {
		case err != nil:
			got.Why = "what the host gave is no such list"
		case !end.IsZero() && !end.After(now):
			got.Why = "the host gave a list of the past"
		default:
			if most := now.Add(keptAtMost); end.IsZero() || end.After(most) && what != whatRevoked {
				end = most
			}
			sum := sha256.Sum256(answer.Body)
			got.body, got.until, got.SHA256 = answer.Body, end, hex.EncodeToString(sum[:])
			got.Until = end.UTC()
		}
	}
	l.keep(name, got)
	return got
}

const (
	whatStatus  = "status list"
	whatRevoked = "revocation list"
)

func (l *Lookups) keep(name string, c copyOf) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.kept == nil {
		l.kept = map[string]copyOf{}
	}
	size := len(c.body)
	for _, x := range l.kept {
		size += len(x.body)
	}
	if len(l.kept) >= keptLists || size > keptBytes { // rare; then all are fetched anew
		clear(l.kept)
	}
	l.kept[name] = c
}

// Wallet adds to a verification the lists that its reports name, as far as they
// come from an authority that is trusted: nobody else's address is asked.
func (l *Lookups) Wallet(ctx context.Context, on egress.Occasion, hosts []string, reports []wallet.Report, by *wallet.Verification) (all []Looked) {
	ctx, stop := context.WithTimeout(ctx, lookWithin)
	defer stop()
	for i := range reports {
		r := &reports[i]
		if r.Outcome(wallet.PartSignature) != wallet.OK || r.Outcome(wallet.PartChain) != wallet.OK {
			continue
		}
		if r.Outcome(wallet.PartStatus) == wallet.NotDone && r.StatusURI != "" && len(all) < mostLooks {
			var list *wallet.StatusList
			c := l.get(ctx, on, hosts, whatStatus, r.StatusURI, "application/statuslist+jwt, application/statuslist+cwt;q=0.9", func(b []byte) (time.Time, error) {
				read, err := wallet.ReadStatusList(b, by.Trust, by.At)
				if err != nil {
					return time.Time{}, err
				}
				if read.TTL > 0 && read.TTL < read.Expires.Sub(by.At) {
					return by.At.Add(read.TTL), nil
				}
				return read.Expires, nil
			})
			if c.body != nil {
				if list, _ = wallet.ReadStatusList(c.body, by.Trust, by.At); list != nil {
					by.Status = append(by.Status, list)
				}
			}
			all = append(all, c.Looked)
		}
		for _, at := range r.CRLURIs {
			if len(all) >= mostLooks {
				break
			}
			c := l.get(ctx, on, hosts, whatRevoked, at, "", func(b []byte) (time.Time, error) {
				list, err := wallet.ReadRevocation(bytes.NewReader(b))
				if err != nil {
					return time.Time{}, err
				}
				return list.NextUpdate(), nil
			})
			all = append(all, c.Looked)
			if c.body == nil {
				continue
			}
			if list, err := wallet.ReadRevocation(bytes.NewReader(c.body)); err == nil {
				by.CRLs = append(by.CRLs, list)
				break
			}
		}
	}
	return all
}

// Chip is trust with the revocation list that a report's authority names.
func (l *Lookups) Chip(ctx context.Context, on egress.Occasion, hosts []string, r *chip.Report, trust *chip.Trust) (*chip.Trust, []Looked) {
	if r.Part(chip.PartSignature) != chip.OK || r.Part(chip.PartChain) != chip.OK || r.Part(chip.PartRevocation) != chip.NotVerifiable {
		return trust, nil
	}
	ctx, stop := context.WithTimeout(ctx, lookWithin)
	defer stop()
	var all []Looked
	for _, at := range r.CRLURIs {
		c := l.get(ctx, on, hosts, whatRevoked, at, "", func(b []byte) (time.Time, error) {
			_, until, err := trust.WithRevocations("fetched", b)
			return until, err
		})
		all = append(all, c.Looked)
		if c.body == nil {
			continue
		}
		if with, _, err := trust.WithRevocations(c.Host+" of "+c.At.Format(time.DateOnly), c.body); err == nil {
			return with, all
		}
	}
	return trust, all
}

package web

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"bonafide/egress"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// zone answers MX and NS on loopback, "mx firm.example" → values; every other name
// exists with nothing, and "silent" ones get no answer.
func zone(t testing.TB, of map[string][]string) *net.Resolver {
	t.Helper()
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	ok(t, err)
	t.Cleanup(func() { c.Close() })
	kinds := map[dnsmessage.Type]string{dnsmessage.TypeMX: "mx ", dnsmessage.TypeNS: "ns "}
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := c.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			q := m.Questions[0]
			name := strings.ToLower(strings.TrimSuffix(q.Name.String(), "."))
			m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
			if strings.Contains(name, "silent") {
				m.RCode = dnsmessage.RCodeServerFailure
			}
			for _, v := range of[kinds[q.Type]+name] {
				head := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 60}
				to := dnsmessage.MustNewName(v + ".")
				switch q.Type {
				case dnsmessage.TypeMX:
					m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.MXResource{Pref: 10, MX: to}})
				case dnsmessage.TypeNS:
					m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.NSResource{NS: to}})
				}
			}
			if out, err := m.Pack(); err == nil {
				c.WriteTo(out, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", c.LocalAddr().String())
	}}
}

// TestDomainsAtIntake: what name servers and the registry say of a referee's domain
// stands in the record with its day before anybody opens the case, and checks judge
// it; off, or not answered, nothing stands there.
func TestDomainsAtIntake(t *testing.T) {
	w := newWorld(t)
	asked := []string{}
	var registry *httptest.Server
	registry = httptest.NewServer(http.HandlerFunc(func(o http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		switch r.URL.Path {
		case "/rdap/dns.json":
			fmt.Fprintf(o, `{"services":[[["example"],["%s/v1/"]]]}`, registry.URL)
		case "/v1/domain/young.example":
			fmt.Fprintf(o, `{"ldhName":"young.example","events":[{"eventAction":"registration","eventDate":%q}],"entities":[{"roles":["registrant"],"vcardArray":["vcard",[["fn",{},"text","Somebody"]]]}]}`, time.Now().AddDate(0, 0, -40).UTC().Format(time.RFC3339))
		case "/v1/domain/old.example":
			fmt.Fprint(o, `{"ldhName":"old.example","events":[{"eventAction":"registration","eventDate":"2009-05-06T00:00:00Z"}]}`)
		default:
			o.WriteHeader(404)
		}
	}))
	defer registry.Close()
	names := zone(t, map[string][]string{
		"mx young.example": {"mx.young.example"}, "ns young.example": {"ns1.host.example", "ns2.host.example"},
		"mx mail.old.example": {"mx.old.example"}, "ns old.example": {"ns1.old.example"},
		"ns parked.example": {"ns1.sedoparking.com", "ns2.sedoparking.com"},
	})
	refer := func(id string, mails ...string) (subject string, facts []record.DomainFacts) {
		t.Helper()
		a := someone(id)
		a.Resume.Work = []record.Work{{Organisation: "Meridian Works", Start: "2015-01", End: "2020-12"}}
		for i, m := range mails {
			a.References = append(a.References, record.Reference{Name: fmt.Sprintf("Referee %d", i), Organisation: "Meridian Works", Email: m})
		}
		subject, _ = w.apply(a)
		w.look()
		for _, r := range w.application(subject).References {
			facts = append(facts, r.DomainFacts)
		}
		return subject, facts
	}
	if _, f := refer("off", "a@young.example"); !f[0].IsZero() {
		t.Errorf("switched off: %+v", f)
	}
	w.prover.Names = w.asking(names)
	w.prover.Lists = &screen.Lookups{Now: w.now, Plain: true, Root: registry.URL, Net: func(on egress.Occasion, hosts []string) screen.Pages {
		return egress.New(egress.Config{Hosts: hosts, Private: true}, on, w.store.KeepLookup)
	}}
	w.keep.Domains = w.prover.RefereeDomains
	// Name servers are asked; the registry is not allowed.
	_, f := refer("names", "a@young.example", "b@parked.example", "c@silent.example")
	if f[0].MX == nil || !*f[0].MX || *f[0].Parked || f[0].AgeDays != nil || f[0].AsOf != record.DateOf(time.Now()) {
		t.Errorf("young: %+v", f[0])
	}
	if *f[1].MX || !*f[1].Parked {
		t.Errorf("parked: %+v", f[1])
	}
	if !f[2].IsZero() {
		t.Errorf("not answered: %+v", f[2])
	}
	if len(asked) != 0 {
		t.Errorf("asked %v", asked)
	}
	_, err := w.keep.SetLookupHosts(ctx, operator(), []string{"data.iana.org"}, nil)
	ok(t, err)
	subject, f := refer("registry", "a@young.example", "b@mail.old.example", "c@unknown.example")
	if f[0].AgeDays == nil || *f[0].AgeDays != 40 || f[1].AgeDays == nil || *f[1].AgeDays < 6000 || f[2].AgeDays != nil || f[2].MX == nil {
		t.Errorf("%+v", f)
	}
	if want := []string{"/rdap/dns.json", "/v1/domain/young.example", "/v1/domain/old.example", "/v1/domain/unknown.example"}; !slices.Equal(asked, want) {
		t.Errorf("asked %v", asked)
	}
	if !slices.ContainsFunc(w.result(subject).Findings, func(f record.Finding) bool {
		return f.Check == "ref-domain-suspicious" && f.Outcome == record.Hit && f.Strength == record.Strong
	}) {
		t.Errorf("a domain younger than the work is not seen: %+v", w.result(subject).Findings)
	}
	w.see(func(tx *store.Tx) error {
		looked, err := tx.LookupsOf(subject, 100)
		ok(t, err)
		names, registries := 0, 0
		for _, l := range looked {
			switch {
			case l.Occasion != "referee.domain" || !l.Own:
				t.Errorf("looked up: %+v", l)
			case l.By == "names" && l.Host == "name server" && l.Path != "":
				names++
			case l.By == "registries" && l.Status != 0:
				registries++
			}
		}
		if names != 8 || registries != 4 { // mx and ns of each, and both addresses of the one without mail; who is which registry, and each of them
			t.Errorf("%d questions to name servers and %d to registries are written down", names, registries)
		}
		if n, err := tx.CountLookups(w.now().Add(-time.Hour)); err != nil || n != 0 {
			t.Errorf("%d of them count as questions of connectors: %v", n, err)
		}
		steps, err := tx.PortalSteps(subject)
		kept := fmt.Sprint(steps[len(steps)-1].Report)
		if strings.Contains(kept, "Somebody") || !strings.Contains(kept, "registry") || !strings.Contains(kept, "ns1.old.example") {
			t.Errorf("kept: %s", kept)
		}
		return err
	})
}

// look does the jobs that ask, and then all others.
func (w *world) look() {
	w.t.Helper()
	w.work()
	jobs, err := w.store.Claim(ctx, "test", []string{screen.JobDomains}, time.Minute, 10)
	ok(w.t, err)
	for _, j := range jobs {
		ok(w.t, w.keep.Run(ctx, j))
	}
	w.work()
	if left, err := w.store.Claim(ctx, "test", []string{screen.JobDomains}, time.Minute, 10); err != nil || len(left) > 0 {
		w.t.Errorf("a look-up asks for another: %d %v", len(left), err)
	}
}

// asking is the domain name system as one resolver tells it, every question kept.
func (w *world) asking(r *net.Resolver) func(egress.Occasion) screen.Names {
	return func(on egress.Occasion) screen.Names { return egress.NewNames(r, on, w.store.KeepLookup) }
}

package sim

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"io"
	"net/netip"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// small is a population that every test may afford.
func small(t testing.TB, change func(*Options)) (*bytes.Buffer, []Truth) {
	t.Helper()
	o := Options{People: 3000, Operators: 6, Seed: 7, Evasion: 0.35}
	if change != nil {
		change(&o)
	}
	var applications, truth bytes.Buffer
	n, err := Write(&applications, &truth, o)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&truth).ReadAll()
	if err != nil || len(rows) != n+1 {
		t.Fatalf("%d rows of truth for %d records: %v", len(rows)-1, n, err)
	}
	var all []Truth
	for _, r := range rows[1:] {
		all = append(all, Truth{r[0], r[1], r[2], r[3], r[4]})
	}
	return &applications, all
}

func each(t testing.TB, lines io.Reader, see func(i int, a *record.Application)) {
	t.Helper()
	b, err := io.ReadAll(lines)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range bytes.Split(bytes.TrimSpace(b), []byte("\n")) {
		var a record.Application
		if err := json.Unmarshal(line, &a, json.RejectUnknownMembers(false)); err != nil {
			t.Fatalf("line %d: %v", i+1, err)
		}
		see(i, &a)
	}
}

func TestSameSeedSameBytesOnAnyNumberOfProcessors(t *testing.T) {
	first, _ := small(t, nil)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	second, _ := small(t, nil)
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Fatal("one processor writes other bytes")
	}
	other, _ := small(t, func(o *Options) { o.Seed++ })
	if sha256.Sum256(first.Bytes()) == sha256.Sum256(other.Bytes()) {
		t.Fatal("another seed gives the same population")
	}
}

func TestPopulationIsAsAsked(t *testing.T) {
	lines, truth := small(t, func(o *Options) { o.People, o.Operators = 6000, 6 })
	size, words, n := lines.Len(), 0, 0
	names := map[string]bool{}
	each(t, lines, func(i int, a *record.Application) {
		n++
		if a.Name() != truth[i].Record {
			t.Fatalf("record %d is %s, truth says %s", i, a.Name(), truth[i].Record)
		}
		if names[a.Name()] {
			t.Fatalf("%s twice", a.Name())
		}
		names[a.Name()] = true
		w := len(strings.Fields(a.Resume.Text))
		words += w
		if w < 250 {
			t.Errorf("%s: %d words of résumé", a.Name(), w)
		}
	})
	if size/n < 5000 || words/n < 300 {
		t.Errorf("a record has %d bytes and %d words on average", size/n, words/n)
	}
	people, cells, kinds, countries := map[string]bool{}, map[string]int{}, map[string]int{}, map[string]bool{}
	for _, r := range truth {
		if r.Cell == "" {
			people[r.Person] = true
		} else {
			cells[r.Cell]++
		}
		for _, k := range splitKinds(r.Kind) {
			kinds[k]++
		}
		countries[r.Country] = true
	}
	if len(people) != 6000 || len(cells) != 6 || len(countries) < 20 {
		t.Errorf("%d people, %d operators, %d countries", len(people), len(cells), len(countries))
	}
	for name, size := range cells {
		if size < 2 || size > 40 {
			t.Errorf("operator %s has %d personas", name, size)
		}
	}
	for _, g := range groupKinds {
		if g.kind != "" && kinds[g.kind] == 0 {
			t.Errorf("nobody is of the kind %s", g.kind)
		}
	}
	for _, h := range happenings {
		if kinds[h.kind] == 0 {
			t.Errorf("nobody is of the kind %s", h.kind)
		}
	}
	for _, k := range []string{"operator", "migrant", "applied-again", "plain"} {
		if kinds[k] == 0 {
			t.Errorf("nobody is of the kind %s", k)
		}
	}
}

var (
	digitsOf = regexp.MustCompile(`[0-9]+`)
	mailOf   = regexp.MustCompile(`@([^@]+)$`)
	fiction  = regexp.MustCompile(`^(\+1\d{3}55501\d\d|\+999\d{9,12}|\+447700900\d{3}|\+44207946\d{4}|\+441\d\d4960\d{3}|\+441914980\d{3}|\+442896496\d{3}|\+442920180\d{3}|\+441632960\d{3}|\+49(3023125|4066969|6990009|8999998|2214710)\d{3}|\+33(19900|26191|35301|46571|53649|63998)\d{4}|\+61[2378](5550|7010)\d{4}|\+3532091\d{5}|\+46(3139006|4062804|8465004|9803192)\d\d)$`)
	wallet   = regexp.MustCompile(`^0x0000000000000000[0-9a-f]{24}$`)
)

// TestOnlyReservedValues looks at every value that could reach somebody.
func TestOnlyReservedValues(t *testing.T) {
	lines, _ := small(t, nil)
	reserved := []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("2001:db8::/32")}
	mail := func(s string) {
		m := mailOf.FindStringSubmatch(strings.ToLower(s))
		if m == nil || !(strings.HasSuffix(m[1], ".example") || m[1] == "example.com" || m[1] == "example.net" || m[1] == "example.org") {
			t.Errorf("mail address outside the reserved domains: %s", s)
		}
	}
	phone := func(s string) {
		plain := strings.NewReplacer(" ", "", "-", "").Replace(s)
		if strings.HasPrefix(plain, "00") {
			plain = "+" + plain[2:]
		}
		if !fiction.MatchString(plain) {
			t.Errorf("phone outside the reserved ranges: %s", s)
		}
	}
	address := func(s string) {
		ip, err := netip.ParseAddr(s)
		if err != nil {
			t.Errorf("no address: %q", s)
			return
		}
		for _, p := range reserved {
			if p.Contains(ip) {
				return
			}
		}
		t.Errorf("address outside documentation: %s", s)
	}
	each(t, lines, func(_ int, a *record.Application) {
		for _, e := range a.Emails {
			mail(e)
		}
		for _, p := range a.Phones {
			phone(p)
		}
		for _, s := range a.Sessions {
			address(s.IP)
		}
		for _, r := range a.References {
			mail(r.Email)
			if r.Phone != "" {
				phone(r.Phone)
			}
			if r.ReplyIP != "" {
				address(r.ReplyIP)
			}
		}
		for _, d := range a.Documents {
			if d.Issuer != issuer || !strings.HasPrefix(d.MRZ[0], "P<"+issuer) || len(d.MRZ[0]) != 44 || len(d.MRZ[1]) != 44 {
				t.Errorf("document: %v", d)
			}
			if !d.BirthDate.Valid() || !d.Expires.Valid() || !d.Issued.Valid() {
				t.Errorf("dates of a document: %v", d)
			}
		}
		for _, p := range a.Payouts {
			switch p.Kind {
			case "iban":
				bank := strings.ReplaceAll(p.Value, " ", "")[4:]
				if !strings.HasPrefix(bank, "000") && !strings.HasPrefix(bank, "ZZZZ") && !strings.HasPrefix(bank, "X000") {
					t.Errorf("a bank code that may be issued: %s", p.Value)
				}
			case "crypto":
				if !wallet.MatchString(p.Value) {
					t.Errorf("a wallet that may have a key: %s", p.Value)
				}
			case "paypal":
				mail(p.Value)
			}
		}
		for _, u := range append([]string{}, a.URLs...) {
			if !strings.HasSuffix(u, ".example") {
				t.Errorf("url: %s", u)
			}
		}
		for _, w := range a.Resume.Work {
			if !strings.HasSuffix(w.URL, ".example") {
				t.Errorf("url: %s", w.URL)
			}
		}
	})
}

// TestChanceSharesNothing: people who have nothing to do with each other never
// share a number, a mailbox, an account, a document, a device or a home network.
func TestChanceSharesNothing(t *testing.T) {
	w := newWorld(Options{People: 120_000, Operators: 2_000, Seed: 3})
	seen := map[string]uint64{}
	once := func(what, value string, n uint64) {
		if other, ok := seen[what+value]; ok {
			t.Fatalf("%s %s of %d is also that of %d", what, value, n, other)
		}
		seen[what+value] = n
	}
	for n := range 60_000 {
		d := roll(w.Seed, "test", uint64(n))
		key := uint64(n) * applicationsEach
		c := w.countries[n%len(w.countries)]
		once("phone", w.phone(c.code, forPeople, key, n/len(w.countries)), key)
		once("phone", w.phone("", forPeople, key+3, -1), key)
		once("phone", w.phone(c.code, forOperators, uint64(w.People)*applicationsEach+key, n), key)
		once("phone", w.phone("", forCompanies, managerNumber(n%1000, n/7), -1), key)
		once("phone", w.phoneBlock(uint64(n), uint64(n%90)), key)
		once("mail", digitsOf.FindString(w.mail(d, "x", key*2)), key)
		once("document", w.documentNumber(key*2), key)
		once("network", strings.Split(w.homeNetwork(c, uint64(n), 7), "::")[0], key)
		once("record", w.recordID(key), key)
		if c.bank != "" {
			once("account", iban(d, c, scatter(w.key+51, key*2, 1e8))[4:], key)
		}
	}
}

func TestGatherUndoesScatter(t *testing.T) {
	for _, domain := range []uint64{1, 2, 100, 1e7, 1e9, 1e10} {
		for n := range uint64(2000) {
			x := stir(n) % domain
			if y := scatter(n, x, domain); y >= domain || gather(n, y, domain) != x {
				t.Fatalf("%d of %d goes to %d and comes back as %d", x, domain, y, gather(n, y, domain))
			}
		}
	}
}

func TestMachineZoneAndNumbersAreValid(t *testing.T) {
	w := newWorld(Options{People: 100, Seed: 1})
	l := label{given: "Anna Maria", family: "Eriksson", nationality: &country{mrz: "UTO"}}
	// The specimen of ICAO 9303 part 4, without its personal number.
	got := machineZone(&l, "L898902C3", "1974-08-12", "2012-04-15")
	want := []string{"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122<1204159<<<<<<<<<<<<<<<8"}
	if got[0] != want[0] || got[1][:43] != want[1][:43] {
		t.Errorf("got %q", got)
	}
	for n := range uint64(200) {
		d := roll(1, "iban", n)
		for _, c := range w.countries {
			if c.bank == "" {
				continue
			}
			s := iban(d, c, n*37)
			if mod97(s[4:]+s[:4]) != 1 {
				t.Errorf("%s does not leave 1", s)
			}
		}
	}
}

func TestScatterIsOneToOne(t *testing.T) {
	for _, domain := range []uint64{1, 2, 3, 100, 1000, 4097} {
		seen := map[uint64]bool{}
		for x := range domain {
			y := scatter(99, x, domain)
			if y >= domain || seen[y] {
				t.Fatalf("domain %d: %d goes to %d", domain, x, y)
			}
			seen[y] = true
		}
	}
}

// TestVictimsComeFirst: whoever is framed or copied applied before the persona.
func TestVictimsComeFirst(t *testing.T) {
	w := newWorld(Options{People: 4000, Operators: 30, Seed: 5})
	w.settle()
	if len(w.victims) == 0 {
		t.Fatal("no victims")
	}
	copies := 0
	for _, c := range w.cells {
		for _, p := range c.personas {
			if p.copied != nil {
				copies++
				if !p.copied.received.Before(p.received) {
					t.Errorf("a résumé was copied before it was sent")
				}
			}
		}
	}
	if copies == 0 {
		t.Error("no stolen résumés")
	}
}

// TestEvasionWorksOnEveryTrace: who evades more leaves less of every kind.
func TestEvasionWorksOnEveryTrace(t *testing.T) {
	count := func(evasion float64) map[string]int {
		w := newWorld(Options{People: 1000, Operators: 120, Seed: 11, Evasion: evasion})
		seen := map[string]int{}
		for n := range w.Operators {
			c := w.newCell(n, uint64(n)*40, cellSize(roll(w.Seed, "cell", uint64(n))))
			for _, p := range c.personas {
				for _, k := range p.kinds {
					seen[k]++
				}
			}
		}
		return seen
	}
	open, careful, perfect := count(0), count(0.7), count(1)
	for _, trace := range traces {
		if open[trace.name] <= careful[trace.name] || careful[trace.name] == 0 || perfect[trace.name] != 0 {
			t.Errorf("%s: %d, %d, %d", trace.name, open[trace.name], careful[trace.name], perfect[trace.name])
		}
	}
	for _, h := range habits {
		if open[h.name] <= careful[h.name] || perfect[h.name] != 0 {
			t.Errorf("%s: %d, %d, %d", h.name, open[h.name], careful[h.name], perfect[h.name])
		}
	}
}

// Command http measures the API from outside: it starts the server as a process
// of its own on loopback, loads it from this one, and prints a table. The people
// in it are invented, the values drawn from a seed.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-json-experiment/json"
)

var (
	binary = flag.String("binary", "bin/bonafide", "the server")
	dir    = flag.String("dir", "", "folder for the record; a temporary one unless said")
	url    = flag.String("database", "", "postgres://… instead of the embedded database")
	conns  = flag.Int("conns", 64, "connections")
	span   = flag.Duration("time", 10*time.Second, "how long each step lasts")
	people = flag.Int("people", 0, "store so many subjects first, for the screening of one")
	steps  = flag.String("steps", "intake,screen,read,signup,overload", "which steps")
	from   = flag.Int64("from", 0, "people up to this number are in -dir already, of a run before")
	bulk   = flag.Int("bulk", 2, "uploads at the same time while storing -people")
	nodes  = flag.Int("nodes", 1, "servers on one -database, asked in turn")
	rate   = flag.Float64("rate", 20_000, "requests a second of the step overload: ten times what it takes")
	core   = flag.Float64("core", 0, "hold every server to this share of a core (control group of version 1, as root)")
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type bench struct {
	bases   []string
	key     string
	server  *exec.Cmd // the first; figures of processor and memory are its own
	servers []*exec.Cmd
	turn    atomic.Int64
	client  *http.Client
	next    atomic.Int64
	cases   []string
}

func run() error {
	data := *dir
	if data == "" {
		var err error
		if data, err = os.MkdirTemp("", "bench-serve"); err != nil {
			return err
		}
		defer os.RemoveAll(data)
	}
	b := &bench{client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4096, MaxConnsPerHost: 0}, Timeout: 60 * time.Second}}
	fmt.Printf("| step | connections | asked | measured | p50 | p99 | processor time each | answers | RSS of the server |\n|---|---|---|---|---|---|---|---|---|\n")
	b.next.Store(*from)
	if *stored > 0 {
		if err := putAll(filepath.Join(data, "record"), *stored); err != nil {
			return err
		}
		b.next.Store(int64(*stored))
	}
	if err := b.start(filepath.Join(data, "record")); err != nil {
		return err
	}
	defer b.stop()
	if *people > 0 {
		if err := b.fill(*people); err != nil {
			return err
		}
	}
	for _, s := range strings.Split(*steps, ",") {
		switch s {
		case "intake":
			b.row("durable intake (stored, audited; screened after)", "≥ 2,000/s, p99 ≤ 50 ms", b.load(*conns, *span, func(i int64) *http.Request {
				r := b.post("/v1/applications", invent(i))
				r.Header.Set("Prefer", "respond-async")
				return r
			}))
		case "screen":
			b.row("intake with screening in the answer", "–", b.load(*conns, *span, func(i int64) *http.Request {
				return b.post("/v1/applications", invent(i))
			}))
		case "read":
			if err := b.findCases(); err != nil {
				return err
			}
			b.row("case read with its audit entry", "≥ 500/s", b.load(*conns, *span, func(i int64) *http.Request {
				return b.get("/v1/cases/" + b.cases[i%int64(len(b.cases))])
			}))
		case "signup":
			b.row(fmt.Sprintf("one applicant screened against %d stored", b.next.Load()), "p99 ≤ 100 ms", b.load(1, *span, func(i int64) *http.Request {
				return b.post("/v1/signup", invent(i))
			}))
		case "overload":
			// Ten times what it takes, sent whether or not answers come.
			f, err := b.flood(1024, 3*(*span), *rate)
			if err != nil {
				return err
			}
			b.row(fmt.Sprintf("overload, %.0f/s asked for", *rate), "≤ 512 MiB, shed ≤ 50 ms", f)
			fmt.Printf("| of it: not begun for want of a free connection %d, processor time of the generator %.3f ms each | | | | | | | | |\n", f.late, 1000*f.own/float64(max(1, len(f.took)+len(f.shed))))
		}
	}
	return nil
}

func (b *bench) start(data string) error {
	for n := range *nodes {
		if err := b.startOne(data, n); err != nil {
			return err
		}
	}
	b.server = b.servers[0]
	args := []string{"apikey", "add", "bench", "--data", data, "--scope", "intake", "--scope", "read"}
	if *url != "" {
		args = append(args, "--database", *url)
	}
	out, err := exec.Command(*binary, args...).Output()
	b.key = strings.TrimSpace(string(out))
	return err
}

// startOne starts a server; those after the first share its key file.
func (b *bench) startOne(data string, n int) error {
	at := data
	if n > 0 {
		at = fmt.Sprint(data, n)
	}
	ready := at + ".ready"
	args := []string{"serve", "--data", at, "--keys", data + ".keys", "--listen", "127.0.0.1:0", "--ready", ready, "--rate", "0", "--workers", "1"}
	if *url != "" {
		args = append(args, "--database", *url)
	}
	server := exec.Command(*binary, args...)
	server.Stderr = os.Stderr
	if err := server.Start(); err != nil {
		return err
	}
	b.servers = append(b.servers, server)
	if *core > 0 {
		group := fmt.Sprintf("/sys/fs/cgroup/cpu/bonafide-bench-%d", n)
		if err := os.MkdirAll(group, 0o755); err != nil {
			return err
		}
		for name, value := range map[string]string{"cpu.cfs_period_us": "100000", "cpu.cfs_quota_us": fmt.Sprint(int(*core * 100_000)), "cgroup.procs": fmt.Sprint(server.Process.Pid)} {
			if err := os.WriteFile(filepath.Join(group, name), []byte(value), 0o644); err != nil {
				return err
			}
		}
	}
	for range 600 {
		if text, err := os.ReadFile(ready); err == nil {
			b.bases = append(b.bases, strings.TrimSpace(string(text)))
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("the server does not start")
}

// base is the server whose turn it is.
func (b *bench) base() string { return b.bases[int(b.turn.Add(1))%len(b.bases)] }

func (b *bench) stop() {
	for _, server := range b.servers {
		server.Process.Signal(os.Interrupt)
		server.Wait()
	}
}

func (b *bench) post(path string, body []byte) *http.Request {
	r, err := http.NewRequest("POST", b.base()+path, bytes.NewReader(body))
	if err != nil {
		panic(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+b.key)
	return r
}

func (b *bench) get(path string) *http.Request {
	r, err := http.NewRequest("GET", b.base()+path, nil)
	if err != nil {
		panic(err)
	}
	r.Header.Set("Authorization", "Bearer "+b.key)
	return r
}

type figures struct {
	took    []time.Duration // of answers that were taken
	shed    []time.Duration // of 503 and 429
	failed  map[int]int
	seconds float64
	rss     int64   // the most, in bytes
	cpu     float64 // seconds of the server
	conns   int

	late int     // requests of a flood that found no free connection
	own  float64 // seconds of the generator
}

// load sends for so long on so many connections, as fast as answers come.
func (b *bench) load(conns int, span time.Duration, make func(int64) *http.Request) figures {
	f := figures{failed: map[int]int{}, conns: conns}
	var mu sync.Mutex
	var all sync.WaitGroup
	stop := time.Now().Add(span)
	begun := time.Now()
	done := func(status int, took time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case status >= 200 && status < 300:
			f.took = append(f.took, took)
		case status == 503 || status == 429:
			f.shed = append(f.shed, took)
		default:
			f.failed[status]++
		}
	}
	quit := watch(b.server.Process.Pid, &f.rss)
	cpu := spent(b.server.Process.Pid)
	for range conns {
		all.Go(func() {
			for time.Now().Before(stop) {
				start := time.Now()
				a, err := b.client.Do(make(b.next.Add(1)))
				if err != nil {
					done(0, time.Since(start))
					continue
				}
				io.Copy(io.Discard, a.Body)
				a.Body.Close()
				done(a.StatusCode, time.Since(start))
			}
		})
	}
	all.Wait()
	f.seconds = time.Since(begun).Seconds()
	close(quit)
	f.cpu = spent(b.server.Process.Pid) - cpu
	slices.Sort(f.took)
	slices.Sort(f.shed)
	return f
}

// spent is the processor time of a process in seconds: what a busy machine
// cannot falsify. 0 is this process.
func spent(pid int) float64 {
	name := fmt.Sprint(pid)
	if pid == 0 {
		name = "self"
	}
	text, err := os.ReadFile("/proc/" + name + "/stat")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseFloat(fields[11], 64)
	system, _ := strconv.ParseFloat(fields[12], 64)
	return (user + system) / 100
}

// watch notes the most memory a process held.
func watch(pid int, most *int64) chan struct{} {
	quit := make(chan struct{})
	go func() {
		for {
			if text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid)); err == nil {
				for _, line := range strings.Split(string(text), "\n") {
					var kb int64
					if _, err := fmt.Sscanf(line, "VmRSS: %d kB", &kb); err == nil {
						*most = max(*most, kb<<10)
					}
				}
			}
			select {
			case <-quit:
				return
			case <-time.After(100 * time.Millisecond):
			}
		}
	}()
	return quit
}

func at(all []time.Duration, q float64) string {
	if len(all) == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f ms", float64(all[int(q*float64(len(all)-1))].Microseconds())/1000)
}

func (b *bench) row(step, asked string, f figures) {
	answers := fmt.Sprintf("%d", len(f.took))
	if len(f.shed) > 0 {
		answers += fmt.Sprintf(", %d shed (p99 %s, worst %s)", len(f.shed), at(f.shed, 0.99), at(f.shed, 1))
	}
	for status, n := range f.failed {
		answers += fmt.Sprintf(", %d × %d", n, status)
	}
	fmt.Printf("| %s | %d | %s | %.0f/s | %s | %s | %.2f ms | %s | %d MiB |\n", step, f.conns, asked, float64(len(f.took))/f.seconds, at(f.took, 0.5), at(f.took, 0.99), 1000*f.cpu/float64(max(1, len(f.took)+len(f.shed))), answers, f.rss>>20)
}

// fill stores people by uploads; their screening is the jobs' business.
func (b *bench) fill(n int) error {
	var all sync.WaitGroup
	begun := time.Now()
	failed := make(chan error, *bulk)
	parts := make(chan [2]int64)
	var mu sync.Mutex
	var jobs []string
	for range *bulk {
		all.Go(func() {
			for p := range parts {
				var body bytes.Buffer
				for i := p[0]; i < p[1]; i++ {
					body.Write(invent(i))
					body.WriteByte('\n')
				}
				r := b.post("/v1/uploads", body.Bytes())
				r.Header.Set("Content-Type", "application/x-ndjson")
				r.Header.Set("Idempotency-Key", fmt.Sprint("part-", p[0]))
				a, err := b.client.Do(r)
				if err == nil && a.StatusCode != 202 {
					text, _ := io.ReadAll(a.Body)
					err = fmt.Errorf("%s: %s", a.Status, text)
				}
				if err != nil {
					failed <- err
					return
				}
				var j struct {
					ID string `json:"id"`
				}
				err = json.UnmarshalRead(a.Body, &j)
				a.Body.Close()
				if err != nil {
					failed <- err
					return
				}
				mu.Lock()
				jobs = append(jobs, j.ID)
				mu.Unlock()
			}
		})
	}
	const part = 1000
	for i := 0; i < n; i += part {
		select {
		case parts <- [2]int64{int64(i + 1), int64(min(i+part, n) + 1)}:
		case err := <-failed:
			return err
		}
	}
	close(parts)
	all.Wait()
	b.next.Store(int64(n))
	fmt.Printf("| %d subjects stored by upload | %d | – | %.0f/s | – | – | – | %d | – |\n", n, *bulk, float64(n)/time.Since(begun).Seconds(), n)
	return b.settle(n, jobs)
}

// settle waits until everybody who was stored is screened too.
func (b *bench) settle(n int, jobs []string) error {
	begun, cpu := time.Now(), spent(b.server.Process.Pid)
	for _, id := range jobs {
		for {
			a, err := b.client.Do(b.get("/v1/jobs/" + id))
			if err != nil {
				return err
			}
			var j struct {
				State string `json:"state"`
			}
			err = json.UnmarshalRead(a.Body, &j)
			a.Body.Close()
			if err != nil {
				return err
			}
			if j.State == "done" {
				break
			}
			time.Sleep(500 * time.Millisecond)
		}
	}
	fmt.Printf("| %d subjects screened by jobs | – | – | %.0f/s | – | – | %.2f ms | %d | – |\n", n, float64(n)/time.Since(begun).Seconds(), 1000*(spent(b.server.Process.Pid)-cpu)/float64(n), n)
	return nil
}

func (b *bench) findCases() error {
	var page struct {
		Cases []struct {
			ID string `json:"id"`
		} `json:"cases"`
		Next string `json:"next"`
	}
	after := ""
	for range 20 {
		a, err := b.client.Do(b.get("/v1/cases?limit=100" + after))
		if err != nil {
			return err
		}
		page.Next = ""
		err = json.UnmarshalRead(bufio.NewReader(a.Body), &page)
		a.Body.Close()
		if err != nil {
			return err
		}
		for _, c := range page.Cases {
			b.cases = append(b.cases, c.ID)
		}
		if page.Next == "" {
			break
		}
		after = "&after=" + page.Next
	}
	if len(b.cases) == 0 {
		return fmt.Errorf("there is no case to read: run the step screen first")
	}
	return nil
}

var (
	given  = strings.Fields("Nora Tobias Rita Igor Mira Ana Jonas Lena Paul Sofia Emil Clara Hugo Ida Leo Marta Nils Olga Pia Rui")
	family = strings.Fields("Muster Beispiel Sample Probe Exemplo Modelo Vorlage Entwurf Skizze Umriss Faden Anker Birke Damm Eiche")
)

// invent is one application of about 1 KiB, as a careers page would send it. One
// in fifty shares an account, a device or a network with somebody before.
func invent(i int64) []byte {
	r := rand.New(rand.NewPCG(uint64(i), 7))
	own := func(share float64) int64 {
		if r.Float64() < share && i > 10 {
			return r.Int64N(i)
		}
		return i
	}
	name := given[r.IntN(len(given))] + " " + family[r.IntN(len(family))]
	return fmt.Appendf(nil, `{"id":"b-%d","source":"bench","received_at":"2026-03-02T09:%02d:%02dZ","role":{"id":"r-%d","title":"Developer","country":"DE","remote":true,"tier":"T1"},`+
		`"person":{"name":%q,"birth_date":"%d-%02d-%02d","address":{"lines":["Musterweg %d"],"city":"Ort %d","postcode":"%05d","country":"DE"},"timezone":"Europe/Berlin"},`+
		`"emails":["p%d@example.org"],"phones":["+4915%09d"],"accounts":[{"service":"github","handle":"h%d"}],`+
		`"resume":{"work":[{"organisation":"Firma %d","title":"Developer","start":"%d-03","end":"%d-09"}],"text":"Built the %d service of team %d. Moved billing %d to a queue. Wrote tests for module %d in the year %d."},`+
		`"sessions":[{"at":"2026-03-02T09:00:00Z","kind":"apply","ip":"%d.%d.%d.%d","timezone":"Europe/Berlin","device":"%016x"}],`+
		`"payouts":[{"kind":"bank","value":"acct-%012d","holder":%q}]}`,
		i, i/60%60, i%60, i%97, name, 1960+r.IntN(45), 1+r.IntN(12), 1+r.IntN(28), own(0.05), r.IntN(9000), r.IntN(99999),
		own(0.005), own(0.005)*7919003%1e9, own(0.003), r.IntN(50000), 2005+r.IntN(15), 2020+r.IntN(5), r.Int64(), r.Int64(), r.Int64(), r.Int64(), i,
		11+r.IntN(80), r.IntN(250), r.IntN(250), r.IntN(250), own(0.01)*2654435761, own(0.005), name)
}

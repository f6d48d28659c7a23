package lists

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
)

// manyPrefixes is a list of n invented prefixes of the usual lengths.
func manyPrefixes(n int) (string, []netip.Addr) {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	var probes []netip.Addr
	for i := range n {
		if i%5 == 4 {
			a := netip.AddrFrom16([16]byte{0x20, byte(r.Uint32()), byte(r.Uint32()), byte(r.Uint32()), byte(r.Uint32()), byte(r.Uint32())})
			fmt.Fprintf(&b, "%s/48\n", a)
			probes = append(probes, a.Next())
			continue
		}
		a := netip.AddrFrom4([4]byte{byte(1 + r.UintN(222)), byte(r.Uint32()), byte(r.Uint32()), byte(r.Uint32())})
		fmt.Fprintf(&b, "%s/%d\n", a, 20+r.UintN(13))
		probes = append(probes, a)
	}
	r.Shuffle(len(probes), func(i, j int) { probes[i], probes[j] = probes[j], probes[i] })
	return b.String(), probes[:min(len(probes), 1<<16)]
}

// BenchmarkNetworks looks addresses up over 500,000 prefixes in two lists;
// half of the questions match nothing.
func BenchmarkNetworks(b *testing.B) {
	text, probes := manyPrefixes(500_000)
	half := strings.Index(text[len(text)/2:], "\n") + len(text)/2 + 1
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	set, _ := Load(fstest.MapFS{"vpn.txt": {Data: []byte(text[:half])}, "datacenter.txt": {Data: []byte(text[half:])}}, runDay)
	if got := len(set.Snapshots()); got != 2 {
		b.Fatal(got)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ResetTimer()
	b.ReportAllocs()
	hits := 0
	for i := range b.N {
		a := probes[i&(1<<16-1)]
		if i&1 == 1 && a.Is4() {
			x := a.As4()
			x[0] ^= 0x55
			a = netip.AddrFrom4(x)
		}
		h, _ := set.Networks(a)
		hits += len(h)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lookups/s")
	b.ReportMetric(float64(hits)/float64(b.N), "hits/lookup")
	b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/(1<<20), "MiB")
	runtime.KeepAlive(set)
	runtime.KeepAlive(text)
}

// BenchmarkReal looks invented addresses up in all real lists.
func BenchmarkReal(b *testing.B) {
	set := loadReal(b, "ip-intel")
	_, probes := manyPrefixes(100_000)
	b.Run("networks", func(b *testing.B) {
		for i := range b.N {
			set.Networks(probes[i&(1<<16-1)])
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lookups/s")
	})
	b.Run("places", func(b *testing.B) {
		b.ReportAllocs()
		for i := range b.N {
			set.Places(probes[i&(1<<16-1)])
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lookups/s")
	})
	mail := loadReal(b, "email-domains")
	b.Run("mail", func(b *testing.B) {
		b.ReportAllocs()
		domains := []string{"gmail.com", "example.com", "mail.example.co.uk", "mailinator.com"}
		for i := range b.N {
			mail.MailDomain(domains[i&3])
		}
	})
}

// BenchmarkLoad reads the real network lists and the whole tree.
func BenchmarkLoad(b *testing.B) {
	for _, part := range []string{"ip-intel", "email-domains", "."} {
		b.Run(part, func(b *testing.B) {
			dir := dataDir(b, part)
			for range b.N {
				Load(os.DirFS(dir), realDay)
			}
		})
	}
}

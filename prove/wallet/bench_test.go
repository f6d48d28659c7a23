package wallet_test

import (
	"strings"
	"testing"

	"bonafide/prove/wallet"
	"bonafide/prove/wallet/walletsim"
)

// BenchmarkRead is one whole answer: decryption, issuer signature, chain, status,
// disclosures or digests, proof of possession, claims.
func BenchmarkRead(b *testing.B) {
	w := newWorld(b, noon)
	token, err := w.issuer.StatusList(listURI, 1, make([]uint8, 1<<20), noon, noon.AddDate(0, 0, 1))
	if err != nil {
		b.Fatal(err)
	}
	list, err := wallet.ReadStatusList([]byte(token), w.trust, noon)
	if err != nil {
		b.Fatal(err)
	}
	status := map[string]any{"status_list": map[string]any{"idx": 5, "uri": listURI}}
	by := wallet.Verification{At: noon, Trust: w.trust, Status: []*wallet.StatusList{list}}
	for name, h := range map[string]*walletsim.Held{
		"sd-jwt": w.pid(b, func(c *walletsim.SDJWT) { c.Always["status"] = status }),
		"sd-jwt-with-portrait": w.pid(b, func(c *walletsim.SDJWT) {
			c.Always["status"] = status
			c.Claims["family_name"] = strings.Repeat("/9j/4QCM", 8<<10) // as large as a portrait of 48 KiB
		}),
		"mdoc": w.doc(b, func(c *walletsim.Mdoc) { c.Status = status }),
	} {
		q := pidQuery()
		if h.Format == wallet.FormatMdoc {
			q = mdocQuery()
		}
		s := w.ask(b, q)
		body, err := (&walletsim.Wallet{Held: []*walletsim.Held{h}, At: noon}).Answer(w.request(b, s), walletsim.Tamper{})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a, err := s.Read([]byte(body), by)
				if err != nil || !a.Satisfied {
					b.Fatal(err, verdict(&a.Reports[0]))
				}
			}
		})
	}
}

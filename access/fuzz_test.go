package access

import (
	"net/http"
	"testing"
)

// FuzzKey: what is split is a key again when it is formed.
func FuzzKey(f *testing.F) {
	f.Add(FormKey("abc", Secret()))
	f.Add("bf__")
	f.Add("Bearer bf_a_b")
	f.Fuzz(func(t *testing.T, s string) {
		if id, secret, ok := SplitKey(s); ok && FormKey(id, secret) != s {
			t.Fatalf("%q is taken for a key it is not", s)
		}
	})
}

// FuzzClient: whatever stands in X-Forwarded-For, the address is that of the
// connection unless a proxy of ours made it.
func FuzzClient(f *testing.F) {
	p, err := ParseProxies([]string{"10.0.0.0/8"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("1.2.3.4, 5.6.7.8")
	f.Add("::1%eth0,,")
	f.Fuzz(func(t *testing.T, forwarded string) {
		r := &http.Request{RemoteAddr: "198.51.100.1:5", Header: http.Header{"X-Forwarded-For": {forwarded}}}
		if got := p.Client(r).String(); got != "198.51.100.1" {
			t.Fatalf("believed: %s", got)
		}
		r.RemoteAddr = "10.1.1.1:5"
		if a := p.Client(r); !a.IsValid() {
			t.Fatal("no address at all")
		}
	})
}

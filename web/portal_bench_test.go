package web

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"bonafide/record"
)

// BenchmarkPortalTiming asks whether the time of an answer tells what the machine
// thinks: two people, one routine and one whose record asks for review, alternate;
// the figures are the difference of the medians and the two-sample Kolmogorov-
// Smirnov distance with its p. Above p = 0.01 the two cannot be told apart.
func BenchmarkPortalTiming(b *testing.B) {
	for name, ask := range map[string]func(*browser, int){
		"page": func(x *browser, _ int) { x.get("/portal", 200) },
		"step": func(x *browser, i int) {
			x.post("/portal/steps/payee", url.Values{"value": {fmt.Sprintf("PT5000020123%08d", i)}, "holder": {"Ana Muster"}}, http.StatusSeeOther)
		},
	} {
		b.Run(name, func(b *testing.B) {
			w := newWorld(b)
			w.example(40)
			plain, loaded := someone("plain"), someone("loaded")
			held := w.anyApplication()
			loaded.Emails, loaded.Phones = held.Emails, held.Phones
			loaded.Payouts = []record.Payout{{Kind: "iban", Value: "PT50000201231234567890154", Holder: "Somebody Else"}}
			var people [2]*browser
			for i, a := range []record.Application{plain, loaded} {
				_, id := w.apply(a)
				people[i] = w.invited(id)
				people[i].client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
			}
			var took [2][]float64
			for i := 0; b.Loop(); i++ {
				for j, x := range people {
					if i%2 == 1 { // who comes first alternates too
						j, x = 1-j, people[1-j]
					}
					if name == "step" && i >= 150 {
						continue // a person hands in no more
					}
					began := time.Now()
					ask(x, 2*i+j)
					took[j] = append(took[j], float64(time.Since(began).Microseconds()))
				}
			}
			for i := range took {
				slices.Sort(took[i])
			}
			n := len(took[0])
			d := distance(took[0], took[1])
			lambda := (math.Sqrt(float64(n)/2) + 0.12 + 0.11/math.Sqrt(float64(n)/2)) * d
			p := 0.0
			for k := 1.0; k < 100; k++ {
				p += 2 * math.Pow(-1, k-1) * math.Exp(-2*k*k*lambda*lambda)
			}
			b.ReportMetric(math.Abs(took[0][n/2]-took[1][n/2]), "median-difference-µs")
			b.ReportMetric(d, "ks")
			b.ReportMetric(min(1, max(0, p)), "p")
		})
	}
}

// distance is the greatest between two empirical distributions, both sorted.
func distance(x, y []float64) (d float64) {
	i, j := 0, 0
	for i < len(x) && j < len(y) {
		v := min(x[i], y[j])
		for i < len(x) && x[i] == v {
			i++
		}
		for j < len(y) && y[j] == v {
			j++
		}
		d = max(d, math.Abs(float64(i)/float64(len(x))-float64(j)/float64(len(y))))
	}
	return d
}

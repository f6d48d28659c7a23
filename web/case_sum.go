package web

import (
	"fmt"
	"math"
	"strings"

	"bonafide/record"
	"bonafide/report"
)

// sums draws each pair as bars, every one beginning where the last ended.
func (p *casePage) sums(v *visit, r *record.Result) {
	bits := func(x float64) string { return fmt.Sprintf("%+.1f", x) }
	for i := range r.Waterfalls[:min(len(r.Waterfalls), 5)] {
		w := &r.Waterfalls[i]
		x := sumView{With: w.With, Prior: bits(w.Prior), Total: bits(w.Total), Decided: w.Decided}
		low, high, at := min(w.Prior, 0), max(w.Prior, 0), w.Prior
		for _, s := range w.Steps {
			at += s.Kept
			low, high = min(low, at), max(high, at)
		}
		scale := 300 / max(high-low, 1)
		at = w.Prior
		for _, s := range w.Steps {
			from := min(at, at+s.Kept)
			step := sumStep{
				Kind: report.SaidKind(s.Kind).In(v.lang), Family: string(s.Family), Holders: report.Figures(v.lang, s.Holders), Bits: bits(s.Bits), Kept: bits(s.Kept),
				From: fmt.Sprintf("%.1f", (from-low)*scale), Width: fmt.Sprintf("%.1f", max(1, math.Abs(s.Kept)*scale)), Up: s.Kept > 0,
			}
			why := ""
			if s.Part {
				why = report.SaidPart(v.lang)
			}
			if s.Excuse != 0 {
				why = strings.TrimPrefix(why+"; "+report.SaidExcuse(s.Excuse).In(v.lang), "; ")
			}
			if why != "" {
				step.Why = upper(why)
			}
			x.Steps = append(x.Steps, step)
			at += s.Kept
		}
		p.Sums = append(p.Sums, x)
	}
}

package checks

import (
	"fmt"
	"slices"

	"bonafide/record"
)

// noted is the evidence of every interview with an observation: a person's
// note, counted once an interview.
func noted(in *In, observation string) (evidence []record.Evidence) {
	for i := range in.App.Interviews {
		v := &in.App.Interviews[i]
		if !slices.Contains(v.Observations, observation) {
			continue
		}
		e := record.Evidence{Field: fmt.Sprintf("interviews[%d].observations", i)}
		if !v.At.IsZero() {
			e.AsOf = record.DateOf(v.At)
		}
		evidence = append(evidence, e)
	}
	return evidence
}

package link

import "testing"

// TestSharedNeeded: how many shared sentences two must have does not fall as a population grows and people stay as much alike.
func TestSharedNeeded(t *testing.T) {
	for _, each := range []float64{0.001, 0.05, 0.4, 3} { // pairs with one sentence in common, a person
		before := 0
		for _, people := range []float64{1e5, 1e6, 1e7} {
			need := sharedNeeded(people, each*people)
			if need < before {
				t.Errorf("%g pairs each: %d sentences needed among %g people, %d among a tenth of them", each, need, people, before)
			}
			before = need
		}
	}
	if few, many := sharedNeeded(1e5, 100), sharedNeeded(1e5, 4e5); few >= many {
		t.Errorf("%d needed where hardly anybody shares one, %d where all do", few, many)
	}
}

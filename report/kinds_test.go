package report

import (
	"testing"

	"bonafide/record"
)

// TestEveryKindIsSaid: a kind of link without words would print as nothing.
func TestEveryKindIsSaid(t *testing.T) {
	for k := record.KindNone + 1; int(k) < record.Kinds; k++ {
		w := kindSaid[k]
		for _, text := range []record.Text{w.label, w.one, w.many} {
			if text.EN == "" || text.DE == "" || text.PT == "" {
				t.Errorf("%s has no words in kindSaid", k)
			}
		}
	}
}

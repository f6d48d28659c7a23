package checks

import "testing"

// Names of many shapes are compared with the same person's papers; none may
// fare worse for being short, or written in another order.
func TestCompareName(t *testing.T) {
	for _, c := range []struct {
		own, other string
		want       nameMatch
	}{
		{"Phuong Do", "P. Do", nameAgrees},
		{"Le, Yen", "Y. Le", nameAgrees},
		{"Trang Do", "T. Do", nameAgrees},
		{"Do-yun Yoon", "D. Yoon", nameAgrees},
		{"Ali Ali-Hashmi", "A. Ali-Hashmi", nameAgrees},
		{"Marie Vogel", "M. Vogel", nameAgrees},
		{"Nguyen Van Minh", "NGUYEN VAN MINH", nameAgrees},
		{"Oleksandr Petrenko", "Петренко О.", nameAgrees},
		{"Patricia M. Clark", "CLARK PATRICIA", nameAgrees},
		{"Patricia M. Clark", "MARTIN PATRICIA", nameFamily},
		{"Marie Vogel", "Marie Berglund", nameGiven},
		{"Marie Vogel", "Teresa Vogel", nameFamily},
		{"Phuong Do", "Minh Do", nameFamily},
		{"Marie Vogel", "Gerald Whitcombe", nameOther},
		{"Marie Vogel", "", nameUnknown},
	} {
		if got := compareName([]string{c.own}, c.other); got != c.want {
			t.Errorf("%q and %q: %d, want %d", c.own, c.other, got, c.want)
		}
	}
}

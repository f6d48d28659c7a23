package link

import (
	"fmt"
	"testing"

	"bonafide/record"
)

// numbered is two hundred people with numbers of one kind.
func numbered(kind string) (apps []*record.Application) {
	for i := range 200 {
		apps = append(apps, person(fmt.Sprintf("h%03d", i), fmt.Sprintf("Given%d Family%d", i, i%151), fmt.Sprintf("19%02d-0%d-1%d", 50+i%49, 1+i%9, i%10), i,
			phone(fmt.Sprintf(kind, 7*i)), device(fmt.Sprintf("%016x", 1+i))))
	}
	return apps
}

// TestBlocks: whoever comes later with a number from an operator's block belongs to
// them where nobody else lives around it, and not where everybody does; nor where
// two members alone have rented there.
func TestBlocks(t *testing.T) {
	for _, c := range []struct {
		name    string
		renters int
		around  string // where the others have their numbers
		in      bool
	}{
		{"nobody around", 7, "+3519100%05d", true},
		{"everybody around", 7, "+3519200%05d", false},
		{"two renters", 2, "+3519100%05d", false},
		{"three renters", 3, "+3519100%05d", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var apps []*record.Application
			for i := range 14 {
				a := person(fmt.Sprintf("op%02d", i), fmt.Sprintf("Alias%c Name%c", 'A'+i, 'a'+i), fmt.Sprintf("19%02d-05-0%d", 60+i, 1+i%9), 100+3*i,
					device("feedfacecafe0001"), pay("PT50999900009999999990001", "X"))
				if i < c.renters {
					phone(fmt.Sprintf("+3519200999%02d", 10+7*i))(a)
				}
				apps = append(apps, a)
			}
			apps = append(apps, numbered(c.around)...)
			apps = append(apps, person("neighbour", "Nadia Nova", "1990-02-03", 400, phone("+351920099988")))
			g := build(t, nil, apps...)
			got := g.Cluster(uint32(len(apps) - 1))
			if in := got != "" && got == g.Cluster(0); in != c.in {
				t.Errorf("the neighbour stands in %q, the operator in %q", got, g.Cluster(0))
			}
		})
	}
}

// TestRentedTogether: two parts of one operator with numbers in one block are one question where both have rented there,
// and not where one of them has a single number.
func TestRentedTogether(t *testing.T) {
	for _, c := range []struct {
		second int // how many of the second part have a number there
		one    bool
	}{{3, true}, {1, false}} {
		t.Run(fmt.Sprint(c.second), func(t *testing.T) {
			var apps []*record.Application
			for part, renters := range []int{3, c.second} {
				for i := range 8 {
					a := person(fmt.Sprintf("op%d%d", part, i), fmt.Sprintf("Alias%c Name%c", 'A'+i, 'a'+part), fmt.Sprintf("19%d%d-05-0%d", 6+part, i, 1+i), 100+20*part+3*i,
						device(fmt.Sprintf("feedfacecafe000%d", part)), pay(fmt.Sprintf("PT5099990000999999999000%d", part), "X"))
					if i < renters {
						phone(fmt.Sprintf("+3519200999%02d", 10+30*part+7*i))(a)
					}
					apps = append(apps, a)
				}
			}
			g := build(t, nil, append(apps, numbered("+3519100%05d")...)...)
			if x, y := g.Cluster(0), g.Cluster(8); x == "" || y == "" || x == y != c.one {
				t.Errorf("the parts stand in %q and %q", x, y)
			}
		})
	}
}

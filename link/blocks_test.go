package link

import (
	"fmt"
	"testing"

	"bonafide/record"
)

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
			for i := range 200 {
				apps = append(apps, person(fmt.Sprintf("h%03d", i), fmt.Sprintf("Given%d Family%d", i, i%151), fmt.Sprintf("19%02d-0%d-1%d", 50+i%49, 1+i%9, i%10), i,
					phone(fmt.Sprintf(c.around, 7*i)), device(fmt.Sprintf("%016x", 1+i))))
			}
			apps = append(apps, person("neighbour", "Nadia Nova", "1990-02-03", 400, phone("+351920099988")))
			g := build(t, nil, apps...)
			got := g.Cluster(uint32(len(apps) - 1))
			if in := got != "" && got == g.Cluster(0); in != c.in {
				t.Errorf("the neighbour stands in %q, the operator in %q", got, g.Cluster(0))
			}
		})
	}
}

package link

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"bonafide/record"
)

// TestExits: a network from which referees of two personas answered draws in who else was there where that is hardly
// anybody, and not whoever used an exit that more strangers than members did.
func TestExits(t *testing.T) {
	for _, c := range []struct {
		strangers int
		in        bool
	}{{1, true}, {4, false}} {
		t.Run(fmt.Sprint(c.strangers), func(t *testing.T) {
			apps := crew(rand.New(rand.NewPCG(3, 4)), 14)
			for _, a := range apps[:14] {
				device("feedfacecafe0001")(a)
				pay("PT50999900009999999990001", "X")(a)
			}
			for _, a := range apps[:2] {
				refereeFrom(a, "203.0.113.7")
			}
			for i := range c.strangers {
				apps = append(apps, person(fmt.Sprintf("s%d", i), fmt.Sprintf("Stran%c Ger%c", 'a'+i, 'k'+i), fmt.Sprintf("198%d-03-04", i), 390+i, ip("203.0.113.7")))
			}
			g := build(t, nil, apps...)
			for i, a := range apps {
				if in := g.Cluster(uint32(i)) == g.Cluster(0); strings.HasPrefix(a.ID, "s") && in != c.in {
					t.Errorf("%s stands in %q, the operator in %q", a.ID, g.Cluster(uint32(i)), g.Cluster(0))
				}
			}
		})
	}
}

func refereeFrom(a *record.Application, ip string) {
	a.References = append(a.References, record.Reference{Name: "Ref " + a.ID, Email: a.ID + "@answers.example", RepliedAt: a.ReceivedAt.AddDate(0, 0, 20), ReplyIP: ip})
}

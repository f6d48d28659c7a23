package link

import (
	"fmt"
	"testing"

	"bonafide/record"
)

// stockTown is one operator whose names a computer and an account join, and
// who writes in patterns; two hundred others; then whoever the test is about.
func stockTown(more ...*record.Application) (apps []*record.Application) {
	for i := range 14 {
		a := person(fmt.Sprintf("op%02d", i), fmt.Sprintf("Alias%c Name%c", 'A'+i, 'a'+i), fmt.Sprintf("19%02d-05-0%d", 60+i, 1+i%9), 100+3*i,
			device("feedfacecafe0001"), pay("PT50999900009999999990001", "X"), mail(fmt.Sprintf("codeworker%d@mail.example", 10+i)))
		if i < 4 {
			text(bullet1 + "\n" + bullet2)(a)
		}
		apps = append(apps, a)
	}
	for i := range 200 {
		apps = append(apps, person(fmt.Sprintf("h%03d", i), fmt.Sprintf("Given%d Family%d", i, i%151), fmt.Sprintf("19%02d-0%d-1%d", 50+i%49, 1+i%9, i%10), i,
			phone(fmt.Sprintf("+3519100%05d", 7*i)), device(fmt.Sprintf("%016x", 1+i))))
	}
	return append(apps, more...)
}

// TestStock: what most of a question's members write in brings in whoever came
// to it later, and says so; never who was there first, nor who has one sentence.
func TestStock(t *testing.T) {
	copier := person("copier", "Carla Copia", "1990-02-03", 400, text(bullet1+"\n"+bullet2))
	one := person("one", "Otto Solo", "1991-02-03", 401, text(bullet1+"\n"+bullet3))
	pattern := person("pattern", "Petra Muster", "1992-02-03", 402, mail("codeworker77@mail.example"))
	first := person("first", "Vera Prima", "1993-02-03", 1, mail("codeworker1@mail.example"), text(bullet1+"\n"+bullet2))
	apps := stockTown(copier, one, pattern, first)
	g := build(t, nil, apps...)
	for i, a := range apps {
		c := g.Cluster(uint32(i))
		switch a {
		case copier, pattern:
			if c == "" || c != g.Cluster(0) {
				t.Errorf("%s is in %q", a.ID, c)
			}
			if len(g.Waterfalls(uint32(i))) == 0 {
				t.Errorf("%s is told no reason", a.ID)
			}
		case one, first:
			if c != "" {
				t.Errorf("%s is in %s", a.ID, c)
			}
		}
	}
}

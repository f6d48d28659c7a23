package link

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bonafide/record"
)

// family is n people at one door who share what with puts on them.
func family(door, n int, with func(*record.Application)) (apps []*record.Application) {
	for i := range n {
		apps = append(apps, person(fmt.Sprintf("f%03d-%d", door, i), fmt.Sprintf("Given%c%c Family%c%c", 'a'+door%26, 'a'+i, 'a'+door/26, 'a'+i),
			fmt.Sprintf("19%02d-0%d-1%d", 50+door%45, 1+i%9, i%9), door, home(fmt.Sprintf("Rua das Flores %d", 1+door), "4050-262"), with))
	}
	return apps
}

func shared(door int) func(*record.Application) { return device(fmt.Sprintf("feedface%08x", door)) }

// TestHomes: a computer that four of one home have says nothing where homes of two and three share theirs every day, and
// something where that is not seen; a résumé that none of the home's is makes it count again, whatever homes do.
func TestHomes(t *testing.T) {
	for _, c := range []struct {
		name       string
		two, three int
		size       int
		copied     bool
		want       string
	}{
		{"homes share here", 20, 10, 4, false, "device weak"},
		{"nobody else does", 0, 0, 4, false, "device supporting"},
		{"hardly any has a third", 200, 1, 6, false, "device supporting"},
		{"seven, where a third is common", 20, 10, 7, false, "device weak"},
		{"with a copied résumé", 20, 10, 4, true, "device supporting"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var apps []*record.Application
			door := 0
			add := func(homes, size int) {
				for range homes {
					door++
					apps = append(apps, family(door, size, shared(door))...)
				}
			}
			add(c.two, 2)
			add(c.three, 3)
			add(1, c.size)
			if c.copied {
				for _, a := range apps[len(apps)-c.size:] {
					a.Resume.Text = strings.Join([]string{bullet1, bullet2, bullet3}, "\n")
				}
			}
			lines, _ := say(t, apps...)
			last := apps[len(apps)-1].ID
			if !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, last+" "+c.want+":") }) {
				lines = slices.DeleteFunc(lines, func(l string) bool { return !strings.HasPrefix(l, last) })
				t.Errorf("%s: no %s in %q", last, c.want, lines)
			}
		})
	}
}

// TestHalls: the computer in the hall of a residence is the residence's where there are several residences; what is in one
// house only is shown as supporting.
func TestHalls(t *testing.T) {
	for houses, want := range map[int]string{1: "device supporting", 2: "device weak"} {
		var apps []*record.Application
		for h := range houses {
			apps = append(apps, family(1+h, 9, shared(1+h))...)
		}
		lines, _ := say(t, apps...)
		if !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, "f001-3 "+want+":") }) {
			t.Errorf("%d houses: no %s in %q", houses, want, lines)
		}
	}
}

// TestJointAtHome: an account that names two of one home of four as its holders is theirs; one that names nobody else is not.
func TestJointAtHome(t *testing.T) {
	for holder, want := range map[string]string{"A Family and B Family": "payout weak", "A Family": "payout conclusive"} {
		apps := family(1, 4, func(*record.Application) {})
		for _, a := range apps[:2] {
			pay("PT50999900001234567890154", holder)(a)
		}
		lines, _ := say(t, apps...)
		if !slices.Contains(lines, "f001-0 "+want+": f001-1") {
			t.Errorf("%q: no %s in %q", holder, want, lines)
		}
	}
}

// TestColleagues: circles of three former colleagues say nothing where they are a habit; under another name than its
// holder's a referee's contact does, but not for who applied again after a wedding.
func TestColleagues(t *testing.T) {
	circle := func(n int) (apps []*record.Application) {
		for i := range 3 {
			at := func(j int) (string, string) {
				return fmt.Sprintf("Given%c Family%c", 'a'+n, 'a'+j%3), fmt.Sprintf("m%d-%d@example.org", n, j%3)
			}
			me, box := at(i)
			other, theirs := at(i + 1)
			apps = append(apps, person(fmt.Sprintf("c%d-%d", n, i), me, fmt.Sprintf("19%02d-0%d-11", 60+n, 1+i), i, mail(box), referee(other, theirs)))
		}
		return apps
	}
	for circles, want := range map[int]string{1: "supporting", 3: "weak"} {
		var apps []*record.Application
		for n := range circles {
			apps = append(apps, circle(n)...)
		}
		if lines, _ := say(t, apps...); !slices.Contains(lines, "c0-0 referee-self "+want+": c0-1") {
			t.Errorf("%d circles: %q", circles, lines)
		}
	}
	lines, _ := say(t,
		person("a", "Rita Modelo", "1990-01-01", 1, referee("Nora Vorher", "nora@example.org")),
		person("n1", "Nora Nachher", "1989-01-01", 2, mail("nora@example.org")),
		person("n2", "Nora Vorher", "1989-01-01", 1, mail("nora@example.org")))
	if !slices.Contains(lines, "a referee-self colleagues: n1") && !slices.Contains(lines, "a referee-self colleagues: n2") {
		t.Errorf("a wedding: %q", lines)
	}
}

package link

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"bonafide/record"
)

// person is a short way to write an application; n counts days.
func person(id, name, birth string, day int, with ...func(*record.Application)) *record.Application {
	a := &record.Application{ID: id, Source: "example", ReceivedAt: time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC).AddDate(0, 0, day)}
	a.Person.Name, a.Person.BirthDate = name, record.Date(birth)
	for _, f := range with {
		f(a)
	}
	return a
}

func phone(n string) func(*record.Application) {
	return func(a *record.Application) { a.Phones = append(a.Phones, n) }
}
func mail(m string) func(*record.Application) {
	return func(a *record.Application) { a.Emails = append(a.Emails, m) }
}
func device(d string) func(*record.Application) {
	return func(a *record.Application) {
		a.Sessions = append(a.Sessions, record.Session{At: a.ReceivedAt, Kind: "apply", Device: d})
	}
}
func ip(v string) func(*record.Application) {
	return func(a *record.Application) {
		a.Sessions = append(a.Sessions, record.Session{At: a.ReceivedAt, Kind: "apply", IP: v})
	}
}
func home(line, code string) func(*record.Application) {
	return func(a *record.Application) {
		a.Person.Address = record.Address{Lines: []string{line}, City: "Porto", Postcode: code, Country: "PT"}
	}
}
func pay(v, holder string) func(*record.Application) {
	return func(a *record.Application) {
		a.Payouts = append(a.Payouts, record.Payout{Kind: "iban", Value: v, Holder: holder})
	}
}
func passport(n string) func(*record.Application) {
	return func(a *record.Application) {
		a.Documents = append(a.Documents, record.Document{Kind: "passport", Issuer: "UTO", Number: n})
	}
}
func text(s string) func(*record.Application) {
	return func(a *record.Application) { a.Resume.Text = s }
}
func photoHash(h string) func(*record.Application) {
	return func(a *record.Application) { a.Photos = append(a.Photos, record.Photo{PHash: h}) }
}
func referee(name, mail string) func(*record.Application) {
	return func(a *record.Application) {
		a.References = append(a.References, record.Reference{Name: name, Email: mail})
	}
}
func agency(id string) func(*record.Application) {
	return func(a *record.Application) { a.SubmittedBy = record.Submitter{Kind: "agency", ID: id} }
}

// say prints every link as one line: who, kind, strength or excuse, others.
func say(t testing.TB, apps ...*record.Application) (lines []string, clusters []string) {
	t.Helper()
	b, k := NewBuilder(), NewKeyer(nil, false)
	for _, a := range apps {
		if _, err := b.Add(k.Profile(a)); err != nil {
			t.Fatal(err)
		}
	}
	g := b.Build()
	for i, a := range apps {
		for _, l := range g.Links(uint32(i)) {
			what := l.Strength.String()
			if l.Excuse != record.NoExcuse {
				what = strings.TrimPrefix(what+" "+l.Excuse.String(), " ")
			}
			for j := range l.Others {
				l.Others[j] = strings.TrimPrefix(l.Others[j], "example/")
			}
			lines = append(lines, fmt.Sprintf("%s %s %s: %s", a.ID, l.Kind, what, strings.Join(l.Others, " ")))
		}
		if c := g.Cluster(uint32(i)); c != "" {
			clusters = append(clusters, a.ID+" in "+strings.TrimPrefix(c, "example/"))
		}
	}
	slices.Sort(lines)
	slices.Sort(clusters)
	return lines, clusters
}

const (
	bullet1 = "Rebuilt the settlement ledger of a ferry operator so that nightly reconciliation ended before breakfast."
	bullet2 = "Moved eleven cron jobs of the harbour authority into one scheduler with alerts that people actually read."
	bullet3 = "Wrote the migration that took the timetable service from two spreadsheets to a typed store in one weekend."
)

func TestStories(t *testing.T) {
	for _, story := range []struct {
		name           string
		apps           []*record.Application
		want, clusters []string
	}{
		{
			name: "an operator: one device, one account, three names",
			apps: []*record.Application{
				person("a", "Tobias Muster", "1990-01-01", 1, device("3f9a77c2b1d04e58aa"), pay("PT50999900001234567890154", "T Muster")),
				person("b", "Nora Sample", "1988-02-02", 2, device("3f9a77c2b1d04e58aa")),
				person("c", "Erik Placeholder", "1985-03-03", 3, pay("PT50999900001234567890154", "E P")),
			},
			want:     []string{"a device strong: b", "a payout conclusive: c", "b device strong: a", "c payout conclusive: a"},
			clusters: []string{"a in a", "b in a", "c in a"},
		},
		{
			name: "a framed victim: the phone, the passport and the photo were copied later",
			apps: []*record.Application{
				person("victim", "Ana Beispiel", "1991-05-05", 1, phone("+351910000001"), passport("L898902C"), photoHash("c3d2e1f0a5b49687")),
				person("copy", "Igor Vorlage", "1990-06-06", 30, phone("+351910000001"), passport("L898902C"), photoHash("c3d2e1f0a5b49686")),
			},
			want: []string{"copy document conclusive: victim", "copy phone strong: victim", "copy photo strong: victim",
				"victim document earlier-owner: copy", "victim phone earlier-owner: copy", "victim photo earlier-owner: copy"},
		},
		{
			name: "two who took one phone of a third are one question, the third is not in it",
			apps: []*record.Application{
				person("victim", "Ana Beispiel", "1991-05-05", 1, phone("+351910000001")),
				person("x", "Igor Vorlage", "1990-06-06", 30, phone("+351910000001")),
				person("y", "Nora Sample", "1988-02-02", 31, phone("+351910000001")),
			},
			want:     []string{"victim phone earlier-owner: x y", "x phone strong: victim y", "y phone strong: victim x"},
			clusters: []string{"x in x", "y in x"},
		},
		{
			name: "a computer of three, two of whom live together: the third has moved out",
			apps: []*record.Application{
				person("a", "Rita Modelo", "1990-01-01", 1, home("Rua das Flores 12", "4050-262"), device("aa11bb22cc33dd44ee")),
				person("b", "Rui Modelo", "1989-01-01", 2, home("Rua das Flores 12", "4050-262"), device("aa11bb22cc33dd44ee")),
				person("c", "Olga Padrão", "1991-01-01", 3, home("Rua do Sol 3", "4000-001"), device("aa11bb22cc33dd44ee")),
			},
			want: []string{"a address household: b", "a device household: b c", "b address household: a", "b device household: a c", "c device household: a b"},
		},
		{
			name: "an account of three is no home's, whoever lives together",
			apps: []*record.Application{
				person("a", "Rita Modelo", "1990-01-01", 1, home("Rua das Flores 12", "4050-262"), pay("PT50999900001234567890154", "X")),
				person("b", "Rui Exemplo", "1989-01-01", 2, home("Rua das Flores 12", "4050-262"), pay("PT50999900001234567890154", "X")),
				person("c", "Olga Padrão", "1991-01-01", 3, home("Rua do Sol 3", "4000-001"), pay("PT50999900001234567890154", "X")),
			},
			want:     []string{"a address household: b", "a payout conclusive: c", "b address household: a", "b payout conclusive: c", "c payout conclusive: a b"},
			clusters: []string{"a in a", "b in a", "c in a"},
		},
		{
			name: "a couple at home: line, device and account are theirs",
			apps: []*record.Application{
				person("a", "Rita Modelo", "1990-01-01", 1, home("Rua das Flores 12", "4050-262"), phone("+351910000002"), device("aa11bb22cc33dd44ee"), pay("PT50999900001234567890154", "Rita Modelo e Rui Modelo")),
				person("b", "Rui Modelo", "1989-01-01", 2, home("Rua das Flores 12", "4050-262"), phone("+351910000002"), device("aa11bb22cc33dd44ee"), pay("PT50999900001234567890154", "Rita Modelo e Rui Modelo")),
			},
			want: []string{"a address household: b", "a device household: b", "a payout household: b", "a phone household: b",
				"b address household: a", "b device household: a", "b payout household: a", "b phone household: a"},
		},
		{
			name: "a household never excuses a passport",
			apps: []*record.Application{
				person("a", "Rita Modelo", "1990-01-01", 1, home("Rua das Flores 12", "4050-262"), passport("X12345678")),
				person("b", "Rui Modelo", "1989-01-01", 2, home("Rua das Flores 12", "4050-262"), passport("X12345678")),
			},
			want: []string{"a address household: b", "a document earlier-owner: b", "b address household: a", "b document conclusive: a"},
		},
		{
			name: "nor a fourth person",
			apps: []*record.Application{
				person("a", "Rita Modelo", "1990-01-01", 1, home("Rua das Flores 12", "4050-262"), device("aa11bb22cc33dd44ee")),
				person("b", "Igor Vorlage", "1989-01-01", 2, home("Rua das Flores 12", "4050-262"), device("aa11bb22cc33dd44ee")),
				person("c", "Nora Sample", "1988-01-01", 3, home("Rua das Flores 12", "4050-262")),
				person("d", "Tobias Muster", "1987-01-01", 4, home("Rua das Flores 12", "4050-262")),
			},
			want: []string{"a address supporting: b", "a device supporting: b", "b address supporting: a", "b device supporting: a",
				"c address weak: a b d", "d address weak: a b c"},
		},
		{
			name: "the same person applies twice, with a new surname",
			apps: []*record.Application{
				person("a", "Marta Vorher", "1990-01-01", 1, mail("marta@example.org")),
				person("b", "Marta Nachher", "1990-01-01", 200, mail("marta@example.org")),
			},
			want: []string{"a merge-question : b", "b merge-question : a"},
		},
		{
			name: "an agency gives its own phone for everybody",
			apps: []*record.Application{
				person("a", "Rita Modelo", "1990-01-01", 1, agency("ag-1"), phone("+351910000003")),
				person("b", "Igor Vorlage", "1989-01-01", 2, agency("ag-1"), phone("+351910000003")),
			},
			want: []string{"a phone agency: b", "b phone agency: a"},
		},
		{
			name: "a number given out again two years later",
			apps: []*record.Application{
				person("a", "Rita Modelo", "1990-01-01", 1, phone("+351910000004")),
				person("b", "Igor Vorlage", "1989-01-01", 731, phone("+351910000004")),
			},
			want: []string{"a phone earlier-owner: b", "b phone weak reissued: a"},
		},
		{
			name: "three copied sentences count for the one who came later",
			apps: []*record.Application{
				person("a", "Rita Modelo", "1990-01-01", 1, text(bullet1+"\n"+bullet2+"\n"+bullet3)),
				person("b", "Igor Vorlage", "1989-01-01", 2, text("Since 2019 at a shipyard.\n"+bullet2+"\n"+bullet1)),
			},
			want: []string{"a resume-text earlier-owner: b", "b resume-text strong: a"},
		},
		{
			name: "colleagues who name each other once",
			apps: []*record.Application{
				person("a", "Rita Modelo", "1990-01-01", 1, mail("rita@example.org"), referee("Igor Vorlage", "igor@example.org")),
				person("b", "Igor Vorlage", "1989-01-01", 2, mail("igor@example.org"), referee("Rita Modelo", "rita@example.org")),
			},
			want: []string{"a referee-self colleagues: b", "b referee-self colleagues: a"},
		},
		{
			name: "a circle of three who vouch for each other",
			apps: []*record.Application{
				person("a", "Rita Modelo", "1990-01-01", 1, mail("rita@example.org"), referee("Igor Vorlage", "igor@example.org")),
				person("b", "Igor Vorlage", "1989-01-01", 2, mail("igor@example.org"), referee("Nora Sample", "nora@example.org")),
				person("c", "Nora Sample", "1988-01-01", 3, mail("nora@example.org"), referee("Rita Modelo", "rita@example.org")),
			},
			want: []string{"a referee-self supporting: b", "b referee-self supporting: c", "c referee-self supporting: a"},
		},
		{
			name: "a referee's mailbox under a name that is not its holder's",
			apps: []*record.Application{
				person("a", "Rita Modelo", "1990-01-01", 1, referee("Dr Hans Direktor", "igor@example.org")),
				person("b", "Igor Vorlage", "1989-01-01", 2, mail("igor@example.org")),
			},
			want: []string{"a referee-self strong: b"},
		},
		{
			name: "a shared network alone says little among few",
			apps: []*record.Application{
				person("a", "Rita Modelo", "1990-01-01", 1, ip("2001:db8:1:2::7")),
				person("b", "Igor Vorlage", "1989-01-01", 2, ip("2001:db8:1:2::9")),
			},
			want: []string{"a network weak: b", "b network weak: a"},
		},
		{
			name: "a network and a phone are two stories of one pair",
			apps: []*record.Application{
				person("a", "Rita Modelo", "1990-01-01", 1, ip("2001:db8:1:2::7"), phone("+351910000002")),
				person("b", "Igor Vorlage", "1989-01-01", 2, ip("2001:db8:1:2::9"), phone("+351910000002")),
			},
			want:     []string{"a network supporting: b", "a phone strong: b", "b network supporting: a", "b phone strong: a"},
			clusters: []string{"a in a", "b in a"},
		},
		{
			name: "nothing but a name",
			apps: []*record.Application{person("a", "Rita Modelo", "", 1), person("b", "Rita Modelo", "", 1)},
		},
	} {
		t.Run(story.name, func(t *testing.T) {
			got, clusters := say(t, story.apps...)
			if !slices.Equal(got, story.want) {
				t.Errorf("links\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(story.want, "\n  "))
			}
			if !slices.Equal(clusters, story.clusters) {
				t.Errorf("clusters %q, want %q", clusters, story.clusters)
			}
		})
	}
}

// TestCrowd: a network of a hundred people is shown and not counted.
func TestCrowd(t *testing.T) {
	var apps []*record.Application
	for i := range 100 {
		apps = append(apps, person(fmt.Sprintf("p%03d", i), fmt.Sprintf("Person %c%c", 'A'+i%26, 'a'+i/26), fmt.Sprintf("%d-01-01", 1900+i), i, ip("198.51.100.7")))
	}
	lines, clusters := say(t, apps...)
	if len(lines) != 100 || len(clusters) != 0 {
		t.Fatalf("%d lines, clusters %q", len(lines), clusters)
	}
	for _, l := range lines {
		if !strings.Contains(l, "network crowd") {
			t.Fatalf("counted: %s", l)
		}
	}
}

// TestAnyOrder: the order in which lines come in does not show.
func TestAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var apps []*record.Application
	for i := range 300 {
		a := person(fmt.Sprintf("p%03d", i), fmt.Sprintf("Name%d Family%d", i%97, i%89), fmt.Sprintf("19%02d-0%d-11", 50+i%45, 1+i%9), r.IntN(400))
		if r.IntN(3) == 0 {
			phone(fmt.Sprintf("+35191000%04d", r.IntN(150)))(a)
		}
		if r.IntN(3) == 0 {
			device(fmt.Sprintf("%016x", r.IntN(80)+1))(a)
		}
		if r.IntN(4) == 0 {
			ip(fmt.Sprintf("2001:db8::%d:0:0:1", r.IntN(60)))(a)
		}
		if r.IntN(4) == 0 {
			home(fmt.Sprintf("Rua %d", r.IntN(40)), "4050-262")(a)
		}
		if r.IntN(4) == 0 {
			text(strings.Repeat(" ", r.IntN(3)) + []string{bullet1, bullet2, bullet3}[r.IntN(3)] + "\n" + bullet2)(a)
		}
		if r.IntN(4) == 0 {
			referee("Somebody Else", fmt.Sprintf("r%d@example.org", r.IntN(50)))(a)
		}
		if r.IntN(4) == 0 {
			mail(fmt.Sprintf("r%d@example.org", r.IntN(50)))(a)
		}
		if i < 24 { // three operators among them
			pay(fmt.Sprintf("PT5099990000123456789%04d", i%3), "T Muster")(a)
			device(fmt.Sprintf("operator%08x", i%3))(a)
		}
		apps = append(apps, a)
	}
	lines, clusters := say(t, apps...)
	if len(lines) < 200 || len(clusters) == 0 {
		t.Fatalf("the population is too clean to prove anything: %d links, %d in clusters", len(lines), len(clusters))
	}
	for range 5 {
		r.Shuffle(len(apps), func(i, j int) { apps[i], apps[j] = apps[j], apps[i] })
		again, clustersAgain := say(t, apps...)
		if !slices.Equal(lines, again) {
			for i := range lines {
				if i >= len(again) || lines[i] != again[i] {
					t.Fatalf("order shows: %q, then %q", lines[i], again[min(i, len(again)-1)])
				}
			}
			t.Fatal("order shows")
		}
		if !slices.Equal(clusters, clustersAgain) {
			t.Fatal("order shows in clusters")
		}
	}
}

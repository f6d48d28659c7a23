package mail

import (
	"testing"
)

// TestSPF: records as domains write them, and as people try to break them.
func TestSPF(t *testing.T) {
	dns := Answers{
		TXT: map[string][]string{
			"plain.de": {"v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all"}, "neutral.de": {"v=spf1 a"}, "soft.de": {"V=SPF1 ~all"},
			"hosts.de": {"v=spf1 a:mail.hosts.de/28 mx:hosts.de//64 ?all"}, "include.de": {"v=spf1 include:plain.de -all"}, "redirect.de": {"v=spf1 redirect=plain.de"},
			"none.de": {"something else"}, "two.de": {"v=spf1 +all", "v=spf1 -all"}, "wrong.de": {"v=spf1 ipv4:192.0.2.1 +all"}, "late.de": {"v=spf1 +all bogus"},
			"loop.de": {"v=spf1 include:loop.de -all"}, "nowhere.de": {"v=spf1 include:absent.de -all"}, "absent.de": {},
			"macro.de": {"v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all"}, "slash.de": {"v=spf1 a:foo:bar/baz.slash.de -all"},
			"many.de": {"v=spf1 a:1.many.de a:2.many.de a:3.many.de a:4.many.de -all"}, "ptr.de": {"v=spf1 ptr -all"}, "unasked.de": {"v=spf1 a:other.de -all"},
			"helo.de": {"v=spf1 ip4:192.0.2.9 -all"}, "badmacro.de": {"v=spf1 exists:%{q}.de -all"}, "mapped.de": {"v=spf1 ip4:192.0.2.300 -all"},
		},
		A: map[string][]string{"neutral.de": {"198.51.100.1"}, "mail.hosts.de": {"203.0.113.1"}, "mx.hosts.de": {"203.0.113.200"}, "9.2.0.192.in-addr._spf.macro.de": {"127.0.0.2"},
			"foo:bar/baz.slash.de": {"192.0.2.9"}, "1.many.de": {}, "2.many.de": {}, "3.many.de": {}, "4.many.de": {}, "host.ptr.de": {"192.0.2.9"}},
		AAAA: map[string][]string{"mail.hosts.de": {}, "mx.hosts.de": {"2001:db8:5::1"}},
		MX:   map[string][]string{"hosts.de": {"mx.hosts.de"}},
		PTR:  map[string][]string{"192.0.2.9": {"host.ptr.de", "lie.example"}, "192.0.2.10": {"host.ptr.de"}},
	}
	for _, c := range []struct {
		ip, domain string
		want       spfResult
	}{
		{"192.0.2.9", "plain.de", spfPass}, {"::ffff:192.0.2.9", "plain.de", spfPass}, {"2001:db8::1", "plain.de", spfPass}, {"198.51.100.1", "plain.de", spfFail},
		{"192.0.2.9", "neutral.de", spfNeutral}, {"198.51.100.1", "neutral.de", spfPass}, {"192.0.2.9", "soft.de", spfSoftFail},
		{"203.0.113.14", "hosts.de", spfPass}, {"203.0.113.200", "hosts.de", spfPass}, {"2001:db8:5::ffff", "hosts.de", spfPass}, {"203.0.113.90", "hosts.de", spfNeutral},
		{"192.0.2.9", "include.de", spfPass}, {"198.51.100.1", "include.de", spfFail}, {"192.0.2.9", "redirect.de", spfPass},
		{"192.0.2.9", "none.de", spfNone}, {"192.0.2.9", "two.de", spfPermError}, {"192.0.2.9", "wrong.de", spfPermError}, {"192.0.2.9", "late.de", spfPermError},
		{"192.0.2.9", "loop.de", spfPermError}, {"192.0.2.9", "nowhere.de", spfPermError}, {"192.0.2.9", "macro.de", spfPass}, {"192.0.2.9", "slash.de", spfPass},
		{"192.0.2.9", "many.de", spfPermError}, {"192.0.2.9", "ptr.de", spfPass}, {"192.0.2.10", "ptr.de", spfFail}, {"192.0.2.9", "unasked.de", notAsked}, {"192.0.2.9", "unknown.de", notAsked},
		{"192.0.2.9", "badmacro.de", spfPermError}, {"192.0.2.9", "mapped.de", spfPermError}, {"192.0.2.9", "localhost", spfNone}, {"not an address", "plain.de", spfNone},
	} {
		l := &lookup{from: &dns}
		if got, _ := l.spf(Envelope{IP: c.ip, From: "ana@" + c.domain}); got != c.want {
			t.Errorf("%s for %s: %s, want %s", c.ip, c.domain, got, c.want)
		}
		if c.want == notAsked && len(l.missing) != 1 {
			t.Errorf("%s: missing %v", c.domain, l.missing)
		}
	}
	l := &lookup{from: &dns}
	if got, domain := l.spf(Envelope{IP: "192.0.2.9", Helo: "helo.de"}); got != spfPass || domain != "helo.de" {
		t.Errorf("a mail without a sender: %s for %s", got, domain)
	}
}

func FuzzSPF(f *testing.F) {
	for _, r := range []string{"v=spf1 a:%{ir}.%{v}._spf.%{d2}/24//64 include:x.de -all", "v=spf1 redirect=%{d}", "v=spf1 exists:%{l1r-}.de ptr:%{h} mx ip6:::/0"} {
		f.Add(r, "192.0.2.1", "a@x.de")
	}
	f.Fuzz(func(t *testing.T, record, ip, from string) {
		dns := Answers{TXT: map[string][]string{"x.de": {record}}, A: map[string][]string{"x.de": {ip}}, MX: map[string][]string{"x.de": {"x.de"}}}
		l := &lookup{from: &dns}
		l.spf(Envelope{IP: ip, From: from, Helo: "x.de"})
		if len(l.missing) > 100 {
			t.Fatal("more names than bounded")
		}
	})
}

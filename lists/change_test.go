package lists

import (
	"reflect"
	"testing"
	"testing/fstest"
)

// TestChanged: what two states of a folder differ in.
func TestChanged(t *testing.T) {
	load := func(files map[string]string) *Set {
		t.Helper()
		folder := fstest.MapFS{"lists.json": {Data: []byte(`{"lists":[{"file":"sanctioned_addresses_ETH.txt","as_of":"2026-03-01"},{"file":"tor.txt","class":"tor","name":"tor","as_of":"2026-03-01"}]}`)}}
		for name, text := range files {
			folder[name] = &fstest.MapFile{Data: []byte(text)}
		}
		set, bad := Load(folder, runDay)
		for _, p := range bad {
			if len(files) == 2 {
				t.Fatal(p)
			}
		}
		return set
	}
	const one, two = "0x52908400098527886E0F7030069857D2E4169EE7\n", "0x8617E340B3D01FA5F11F306F4090FD50E238070D\n"
	both := func(wallets, tor string) *Set {
		return load(map[string]string{"sanctioned_addresses_ETH.txt": wallets, "tor.txt": tor})
	}
	first := both(one, "203.0.113.7\n")
	for name, c := range map[string]struct {
		to   *Set
		want Change
	}{
		"nothing":        {both(one, "203.0.113.7\n"), Change{}},
		"printed anew":   {both("# anew\n"+one, "203.0.113.7\n"), Change{Lists: []string{"us_ofac_wallets"}}},
		"wallet added":   {both(one+two, "203.0.113.7\n"), Change{Lists: []string{"us_ofac_wallets"}, Wallets: []string{two[:42]}}},
		"wallet gone":    {both(two, "203.0.113.7\n"), Change{Lists: []string{"us_ofac_wallets"}, Wallets: []string{one[:42], two[:42]}}},
		"an address":     {both(one, "203.0.113.8\n"), Change{Lists: []string{"tor"}, Any: true}},
		"both":           {both(one+two, "203.0.113.8\n"), Change{Lists: []string{"tor", "us_ofac_wallets"}, Any: true}},
		"a list gone":    {load(map[string]string{"sanctioned_addresses_ETH.txt": one}), Change{Lists: []string{"tor"}, Any: true}},
		"no list at all": {nil, Change{Lists: []string{"tor", "us_ofac_wallets"}, Any: true}},
	} {
		got := Changed(first, c.to)
		if len(got.Wallets) == 0 {
			got.Wallets = nil
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
		if (first.Digest() == c.to.Digest()) != (name == "nothing") {
			t.Errorf("%s: the digest does not tell", name)
		}
	}
}

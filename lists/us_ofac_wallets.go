package lists

import (
	"bufio"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// OFAC's digital currency addresses apart from their entities, as two public
// projects extract them: one address a line in a file per asset, or one JSON
// object {"addresses": {ADDRESS: {"type", "entries": [{"entity", "uid"}]}}}. The
// JSON writes addresses in lower case; wallet.Key forgives that.

const maxWalletFile = 64 << 20

// ParseOFACWallets reads either form. asset is used for lines that carry none
// (from the file's name: "XBT").
func ParseOFACWallets(name, list, asset string, r io.Reader) (*Entities, error) {
	br, err := bounded(name, r)
	if err != nil {
		return nil, err
	}
	head, _ := br.Peek(1)
	if len(head) == 1 && head[0] == '{' {
		return walletJSON(name, list, br)
	}
	out := &Entities{}
	e := Entity{List: list, ID: asset, Kind: KindOther}
	sc := bufio.NewScanner(io.LimitReader(br, maxWalletFile))
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if len(line) < 14 || len(line) > 200 || strings.ContainsAny(line, " ,;<>\t\"") {
			return nil, record.Invalid(lineAt(name, n), "not an address")
		}
		e.Wallets = append(e.Wallets, Wallet{strings.ToUpper(asset), line})
	}
	if sc.Err() != nil {
		return nil, damaged(name, sc.Err())
	}
	out.add(e, name)
	return out, out.check(name)
}

func walletJSON(name, list string, r io.Reader) (*Entities, error) {
	var doc struct {
		Metadata struct {
			Date string `json:"sdnListDate"`
		} `json:"metadata"`
		Addresses map[string]struct {
			Type    string `json:"type"`
			Entries []struct {
				Entity string `json:"entity"`
				UID    string `json:"uid"`
				Type   string `json:"type"`
			} `json:"entries"`
		} `json:"addresses"`
	}
	if err := json.UnmarshalRead(io.LimitReader(r, maxWalletFile), &doc); err != nil {
		return nil, record.Invalid(name, "not the JSON of sanctioned addresses, or a truncated one")
	}
	out := &Entities{AsOf: usDate(doc.Metadata.Date)}
	keys := make([]string, 0, len(doc.Addresses))
	for k := range doc.Addresses {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	at := map[string]int{}
	for _, k := range keys {
		a := doc.Addresses[k]
		for _, x := range a.Entries {
			i, ok := at[x.UID]
			if !ok {
				i = len(out.Entities)
				at[x.UID] = i
				e := Entity{List: list, ID: x.UID, Kind: KindOther}
				e.name(x.Entity, PrimaryName)
				out.Entities = append(out.Entities, e)
			}
			kind := x.Type
			if kind == "" {
				kind = a.Type
			}
			out.Entities[i].wallet(strings.TrimPrefix(kind, walletIDType), k)
		}
	}
	return out, out.check(name)
}

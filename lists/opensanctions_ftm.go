package lists

import (
	"bufio"
	"errors"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// OpenSanctions' entities.ftm.json and targets.nested.json: FollowTheMoney
// entities, one JSON object a line; also the delta files, whose lines wrap an entity. The data are the
// customer's own licence.

const maxFtMLine = 16 << 20

type ftmEntity struct {
	ID         string               `json:"id"`
	Caption    string               `json:"caption"`
	Schema     string               `json:"schema"`
	Properties map[string]ftmValues `json:"properties"`
	Op         string               `json:"op"`
	Entity     *ftmEntity           `json:"entity"`
}

// ftmValues are the plain values of a property; targets.nested.json mixes
// whole entities among them, which are passed over.
type ftmValues []string

// UnmarshalJSON reads an array of strings and objects.
func (v *ftmValues) UnmarshalJSON(b []byte) error {
	var plain []string
	if json.Unmarshal(b, &plain) == nil {
		*v = plain
		return nil
	}
	var mixed []jsontext.Value
	if err := json.Unmarshal(b, &mixed); err != nil {
		return err
	}
	for _, m := range mixed {
		var s string
		if m.Kind() == '"' && json.Unmarshal(m, &s) == nil {
			*v = append(*v, s)
		}
	}
	return nil
}

// ftmKinds are the schemas that name someone or something.
var ftmKinds = map[string]EntityKind{
	"Person": KindPerson, "Organization": KindOrganisation, "Company": KindOrganisation, "LegalEntity": KindOrganisation, "PublicBody": KindOrganisation,
	"Vessel": KindVessel, "Airplane": KindAircraft, "CryptoWallet": KindOther,
}

// ParseFtM reads FollowTheMoney JSON lines. Lines of other schemas (addresses,
// ownerships, sanctions) are passed over.
func ParseFtM(name, list string, r io.Reader) (*Entities, error) {
	br, err := bounded(name, r)
	if err != nil {
		return nil, err
	}
	out := &Entities{}
	at := map[string]int{}
	type held struct {
		holder string
		w      Wallet
	}
	var wallets []held
	sc := bufio.NewScanner(br)
	sc.Buffer(make([]byte, 64<<10), maxFtMLine)
	line, good := 0, 0
	for sc.Scan() {
		line++
		if len(sc.Bytes()) == 0 {
			continue
		}
		var x ftmEntity
		if err := json.Unmarshal(sc.Bytes(), &x); err != nil {
			if good == 0 {
				return nil, record.Invalid(lineAt(name, line), "not an entity of one JSON object a line")
			}
			return nil, record.Invalid(lineAt(name, line), "not well-formed JSON: the file is damaged or truncated")
		}
		if x.Entity != nil {
			x = *x.Entity
		}
		if x.ID == "" || x.Schema == "" {
			return nil, record.Invalid(lineAt(name, line), "an object without id or schema: not FollowTheMoney")
		}
		good++
		kind, ok := ftmKinds[x.Schema]
		if !ok {
			continue
		}
		e := x.entity(list, kind)
		if x.Schema == "CryptoWallet" {
			asset := first(x.Properties["currency"])
			for _, k := range x.Properties["publicKey"] {
				e.wallet(asset, k)
			}
			for _, h := range x.Properties["holder"] {
				for _, w := range e.Wallets {
					wallets = append(wallets, held{h, w})
				}
			}
		}
		if _, twice := at[e.ID]; !twice {
			at[e.ID] = len(out.Entities)
			n := len(out.Entities)
			out.add(e, lineAt("line", line))
			if len(out.Entities) == n {
				delete(at, e.ID)
			}
		}
	}
	if err := sc.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return nil, record.Invalid(lineAt(name, line+1), "a line larger than any entity")
		}
		return nil, damaged(name, err)
	}
	for _, h := range wallets {
		if i, ok := at[h.holder]; ok {
			out.Entities[i].wallet(h.w.Asset, h.w.Address)
		}
	}
	return out, out.check(name)
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}

func (x *ftmEntity) entity(list string, kind EntityKind) Entity {
	e := Entity{List: list, ID: x.ID, Kind: kind}
	p := x.Properties
	if kind != KindOther {
		e.name(x.Caption, PrimaryName)
	}
	for _, n := range p["name"] {
		e.name(n, StrongAlias)
	}
	for _, k := range []string{"alias", "previousName"} {
		for _, n := range p[k] {
			e.name(n, StrongAlias)
		}
	}
	for _, n := range p["weakAlias"] {
		e.name(n, WeakAlias)
	}
	for _, d := range p["birthDate"] {
		e.born(listDates(d))
	}
	for _, k := range []string{"nationality", "citizenship", "country", "jurisdiction"} {
		for _, c := range p[k] {
			e.country(c)
		}
	}
	for _, k := range []string{"passportNumber", "idNumber", "taxNumber", "registrationNumber", "innCode", "ogrnCode", "imoNumber", "leiCode", "socialSecurityNumber"} {
		for _, v := range p[k] {
			e.identifier(k, v)
		}
	}
	for _, g := range p["gender"] {
		e.gender(g)
	}
	for _, k := range []string{"programId", "program", "topics"} {
		for _, v := range p[k] {
			e.program(v)
		}
	}
	return e
}

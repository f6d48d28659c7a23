package screen

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"bonafide/link"
	"bonafide/record"
	"bonafide/store"
)

// Bounds of one screening, so that a crowd costs no more than its share.
const (
	crowdMost     = 60  // holders from which on a value links nobody
	sentenceMost  = 40  // writers from which on a sentence is a stock phrase
	neighboursMax = 256 // subjects compared with one newcomer, those of the rarest values first
	clusterMost   = 100 // further members of the operator questions they stand in
)

// neighbours is who stands near a subject, and by what.
type neighbours struct {
	subjects []string               // by id, the subject itself left out
	crowded  map[uint64]int         // values that so many hold that they link nobody
	stock    map[link.Sentence]bool // sentences that very many have
}

// near finds who shares a value with a profile, by the rows of the store.
func near(t *store.Tx, subject string, p *link.Profile) (neighbours, error) {
	n := neighbours{crowded: map[uint64]int{}, stock: map[link.Sentence]bool{}}
	best := map[string]int{} // subject → holders of the rarest value shared
	look := func(value uint64, most int) (crowd bool, err error) {
		// Each holder may hold a value in several places; three are allowed for.
		found, err := t.Holders([]uint64{value}, 3*most+3)
		if err != nil {
			return false, err
		}
		holders := map[string]bool{}
		for _, h := range found {
			if h.Subject != subject {
				holders[h.Subject] = true
			}
		}
		if len(holders) >= most {
			return true, nil
		}
		for s := range holders {
			if was, known := best[s]; !known || len(holders) < was {
				best[s] = len(holders)
			}
		}
		return false, nil
	}
	seen := map[uint64]bool{}
	for _, k := range p.Keys {
		if seen[k.Value] {
			continue
		}
		seen[k.Value] = true
		crowd, err := look(k.Value, crowdMost)
		if err != nil {
			return n, err
		}
		if crowd {
			n.crowded[k.Value] = crowdMost
		}
	}
	for _, s := range p.Sentences {
		crowd, err := look(s.Value, sentenceMost)
		if err != nil {
			return n, err
		}
		if crowd {
			n.stock[s] = true
		}
	}
	for _, ph := range p.Photos {
		for _, v := range bandsOf(ph) {
			if _, err := look(v, neighboursMax); err != nil {
				return n, err
			}
		}
		near, err := samePicture(t, subject, ph)
		if err != nil {
			return n, err
		}
		for _, s := range near {
			if was, known := best[s]; !known || len(near) < was {
				best[s] = len(near)
			}
		}
	}
	for s := range best {
		n.subjects = append(n.subjects, s)
	}
	slices.SortFunc(n.subjects, func(x, y string) int { return cmp.Or(cmp.Compare(best[x], best[y]), cmp.Compare(x, y)) })
	n.subjects = n.subjects[:min(len(n.subjects), neighboursMax)]
	return n, nil
}

// linked is what linking said of one subject among its neighbours.
type linked struct {
	links   []record.Link
	sums    []record.Waterfall
	cluster string            // record name, "" for none
	touched []string          // subjects for whom the newcomer changes something
	near    []string          // all who were compared
	ids     map[string]string // record name → subject
}

// linkOne weighs a subject among its neighbours. It is the engine of whole
// files on a small population, so the same rules hold; what the small population
// cannot know, how common a value is, comes from the counts of the store.
func (k *Keeper) linkOne(t *store.Tx, subject string, p *link.Profile) (linked, error) {
	out := linked{ids: map[string]string{p.Name: subject}}
	around, err := near(t, subject, p)
	if err != nil {
		return out, err
	}
	ties, err := tiesOf(t, subject)
	if err != nil {
		return out, err
	}
	around.subjects = ties.with(around.subjects)
	if len(around.subjects) == 0 && len(around.crowded) == 0 {
		return out, nil
	}
	if around.subjects, err = withClusters(t, subject, around.subjects); err != nil {
		return out, err
	}
	kept, err := t.Profiles(around.subjects)
	if err != nil {
		return out, err
	}
	b := link.NewBuilder()
	add := func(p link.Profile) (uint32, error) {
		p.Keys = slices.DeleteFunc(slices.Clone(p.Keys), func(x link.Key) bool { return around.crowded[x.Value] > 0 })
		p.Sentences = slices.DeleteFunc(slices.Clone(p.Sentences), func(s link.Sentence) bool { return around.stock[s] })
		return b.Add(p)
	}
	me, err := add(*p)
	if err != nil {
		return out, err
	}
	names := []string{subject}
	recordOf := []string{p.Name}
	for _, s := range around.subjects {
		raw, there := kept[s]
		if !there {
			continue
		}
		other, err := readProfile(raw)
		if err != nil {
			return out, err
		}
		if _, err := add(other); err != nil {
			return out, err
		}
		out.ids[other.Name] = s
		names, recordOf = append(names, s), append(recordOf, other.Name)
	}
	decided, err := tiesAmong(t, out.ids)
	if err != nil {
		return out, err
	}
	b.Decide(decided)
	g := b.Build()
	out.links, out.cluster, out.sums = g.Links(me), g.Cluster(me), g.Waterfalls(me)
	population := k.population(t)
	for i := range out.links {
		out.links[i].Population = max(population, len(names))
	}
	out.links = append(out.links, crowds(p, around.crowded, population)...)
	for i := 1; i < len(names); i++ {
		if touches(g.Links(uint32(i)), p.Name) || touches(out.links, recordOf[i]) || out.cluster != "" && g.Cluster(uint32(i)) == out.cluster {
			out.touched = append(out.touched, names[i])
		}
	}
	out.near = names[1:]
	return out, nil
}

// touches says whether a link names the newcomer, counted or not: who came first
// may have changed, and with it whose question it is.
func touches(links []record.Link, name string) bool {
	return slices.ContainsFunc(links, func(l record.Link) bool { return slices.Contains(l.Others, name) })
}

// crowds says of values that very many hold that they are not counted.
func crowds(p *link.Profile, crowded map[uint64]int, population int) (out []record.Link) {
	for _, key := range p.Keys {
		if n := crowded[key.Value]; n > 0 && crowdFields[key.Kind] != "" {
			out = append(out, record.Link{Kind: key.Kind, Field: fieldOf(key), Others: []string{}, Identities: n, Population: population, Excuse: record.Crowd})
		}
	}
	return out
}

var crowdFields = map[record.Kind]string{
	record.KindDocument: "documents[%d].number", record.KindTaxID: "tax_ids[%d].value", record.KindDocumentImage: "documents[%d].file",
	record.KindPhoto: "photos[%d]", record.KindEmail: "emails[%d]", record.KindPhone: "phones[%d]", record.KindPhoneBlock: "phones[%d]",
	record.KindMailPattern: "emails[%d]", record.KindHandle: "accounts[%d].handle", record.KindDevice: "sessions[%d].device",
	record.KindNetwork: "sessions[%d].ip", record.KindPayout: "payouts[%d].value", record.KindWallet: "payouts[%d].value",
	record.KindAddress: "person.address", record.KindDelivery: "delivery", record.KindResumeFile: "resume.file",
}

func fieldOf(k link.Key) string {
	return strings.ReplaceAll(crowdFields[k.Kind], "%d", strconv.Itoa(int(k.Index)))
}

// withClusters adds the other members of the operator questions in which the
// neighbours stand: whether somebody belongs to one is asked of the whole of it.
func withClusters(t *store.Tx, subject string, near []string) ([]string, error) {
	in := map[string]bool{subject: true}
	clusters := map[string]bool{}
	for i, s := range near {
		in[s] = true
		if i >= clusterMost {
			continue
		}
		c, err := t.CaseOf(s)
		if record.CodeOf(err) == record.CodeNotFound && err != nil {
			continue
		}
		if err != nil {
			return nil, err
		}
		if c.Cluster != "" {
			clusters[c.Cluster] = true
		}
	}
	all := make([]string, 0, len(clusters))
	for c := range clusters {
		all = append(all, c)
	}
	slices.Sort(all)
	more := 0
	for _, c := range all {
		page, _, err := t.Cases(store.CaseFilter{Cluster: c, Limit: clusterMost})
		if err != nil {
			return nil, err
		}
		for _, x := range page {
			if !in[x.Subject] && more < clusterMost {
				in[x.Subject] = true
				near = append(near, x.Subject)
				more++
			}
		}
	}
	slices.Sort(near) // the order of arrival must not show
	return near, nil
}

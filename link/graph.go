package link

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"bonafide/record"
)

// Graph is what linking found. It is read-only and safe for many goroutines.
type Graph struct {
	subjects  []subject
	ident     sets
	found     []found
	start     []uint32 // found[start[i]:start[i+1]] are of subject i
	others    []uint32
	firstSeen map[uint32]int64
	clusters  map[uint32]uint32 // identity → 1 + subject that names the cluster
	people    int
	records   int // applications by different record names
	merges    int
	ties      []tie    // by pair: a, then b
	byOther   []uint64 // identity b, then place in ties
	persona   *Persona
	climate   *Climate
	decided   map[uint64]string // by pair of identities
	speaker   map[uint32]uint32 // identity → the smallest record name in it, where that is not its first
}

func (g *Graph) sameIdent(x, y uint32) bool { return g.ident.up[x] == g.ident.up[y] }

func (g *Graph) finish(e *evaluation) {
	order := func(x, y found) int {
		return cmp.Or(cmp.Compare(x.subject, y.subject), cmp.Compare(x.kind, y.kind), cmp.Compare(x.index, y.index),
			cmp.Compare(y.strength, x.strength), cmp.Compare(e.firstName(x), e.firstName(y)))
	}
	slices.SortFunc(e.found, order)
	// Who shares the number need not be told that they share its block.
	var whole [2][256]bool
	last := ^uint32(0)
	e.found = slices.DeleteFunc(e.found, func(f found) bool {
		if f.subject != last {
			whole, last = [2][256]bool{}, f.subject
		}
		switch f.kind {
		case record.KindPhone:
			whole[0][f.index] = true
		case record.KindEmail:
			whole[1][f.index] = true
		case record.KindPhoneBlock:
			return whole[0][f.index]
		case record.KindMailPattern:
			return whole[1][f.index]
		}
		return false
	})
	g.found, g.others = e.found, e.others
	g.start = make([]uint32, len(g.subjects)+1)
	at := 0
	for i := range g.subjects {
		g.start[i] = uint32(at)
		for at < len(g.found) && g.found[at].subject == uint32(i) {
			at++
		}
	}
	g.start[len(g.subjects)] = uint32(at)
	g.people = len(g.firstSeen)
	for i := range g.subjects {
		if g.ident.up[i] != uint32(i) {
			g.merges++
		}
	}
	g.firstSeen = nil
	g.keepTies(e)
	names := make([]uint64, 0, len(g.subjects))
	for i := range g.subjects {
		if g.subjects[i].self != 0 {
			names = append(names, g.subjects[i].self)
		}
	}
	slices.Sort(names)
	g.records = len(slices.Compact(names))
}

func (e *evaluation) firstName(f found) string {
	if f.otherCount == 0 {
		return ""
	}
	return e.b.subjects[e.others[f.firstOther]].name
}

// People is how many identities the graph holds.
func (g *Graph) People() int { return g.people }

// MergeQuestions is how many applications repeat an identity.
func (g *Graph) MergeQuestions() int { return g.merges }

// Cluster is the smallest record name of the operator question a subject
// stands in, "" when it stands in none.
func (g *Graph) Cluster(i uint32) string {
	s := g.clusters[g.ident.find2(i)]
	if s == 0 {
		return ""
	}
	return g.subjects[s-1].name
}

// find2 finds without writing, for readers in many goroutines.
func (s sets) find2(x uint32) uint32 {
	for s.up[x] != x {
		x = s.up[x]
	}
	return x
}

var fieldOf = [record.Kinds]string{
	record.KindDocument: "documents[%d].number", record.KindTaxID: "tax_ids[%d].value", record.KindDocumentImage: "documents[%d].file",
	record.KindPhoto: "photos[%d]", record.KindEmail: "emails[%d]", record.KindPhone: "phones[%d]", record.KindPhoneBlock: "phones[%d]", record.KindMailPattern: "emails[%d]", record.KindHandle: "accounts[%d].handle",
	record.KindAddress: "person.address", record.KindDelivery: "delivery", record.KindDevice: "sessions[%d].device",
	record.KindNetwork: "sessions[%d].ip", record.KindPayout: "payouts[%d].value", record.KindWallet: "payouts[%d].value",
	record.KindResumeFile: "resume.file", record.KindResumeText: "resume.text", record.KindAnswerText: "answers",
	record.KindReferenceText: "references", record.KindReferee: "references[%d]", record.KindRefereeSelf: "references[%d]",
	record.KindReplyOrigin: "references[%d].reply_ip", record.KindCareer: "resume.work", record.KindReferral: "referred_by",
	record.KindMergeQuestion: "person",
	record.KindBidText:       "platforms", record.KindPageText: "pages", record.KindPageBuild: "pages[%d]", record.KindPremises: "computers",
}

func field(k record.Kind, index uint8) string {
	f := fieldOf[k]
	if i := len(f); i > 0 && slices.Contains([]byte(f), '%') {
		return fmt.Sprintf(f, index)
	}
	return f
}

// Links is what was found for a subject, ready for the checks.
func (g *Graph) Links(i uint32) []record.Link {
	fs := g.found[g.start[i]:g.start[i+1]]
	if len(fs) == 0 {
		return nil
	}
	out := make([]record.Link, 0, len(fs))
	for j := range fs {
		f := &fs[j]
		l := record.Link{
			Kind: f.kind, Field: field(f.kind, f.index), Identities: int(f.identities), Population: g.records, Shared: int(f.shared),
			Later: f.flags&foundLater != 0, Corroborated: f.flags&foundCorroborated != 0, Mutual: f.flags&foundMutual != 0, NamesDiffer: f.flags&foundOtherName != 0, Part: f.flags&foundPart != 0,
			Strength: f.strength, Excuse: f.excuse, Value: f.value,
		}
		for _, o := range g.others[f.firstOther:][:f.otherCount] {
			if !(o == i) && len(l.Others) < 5 {
				l.Others = append(l.Others, g.subjects[o].name)
			}
		}
		if len(l.Others) > 0 {
			o := g.others[f.firstOther]
			if o == i {
				o = g.others[f.firstOther+1]
			}
			l.OtherField = field(f.otherKind, f.otherIndex)
			l.AsOf = record.DateOf(time.Unix(g.subjects[o].at, 0))
		}
		out = append(out, l)
	}
	return out
}

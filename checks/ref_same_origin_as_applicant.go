package checks

import (
	"net/netip"
	"slices"

	"bonafide/record"
)

// A reference was answered from the same network as the application. Two people in one
// office, or who filled it in together, do that; so it is a question, never more, as long
// as the network is all there is.
var refSameOriginAsApplicant = Check{
	ID: "ref-same-origin-as-applicant",
	Title: record.Text{
		EN: "Reference answered from the applicant's network",
		DE: "Referenz aus dem Netz der sich bewerbenden Person beantwortet",
		PT: "Referência respondida a partir da rede da pessoa candidata",
	},
	Text: record.Text{
		EN: "A referee answered from an address, or IPv6 network, that the applicant's own sessions used, or that another applicant used.",
		DE: "Eine Referenz antwortete von einer Adresse oder einem IPv6-Netz, das eigene Sitzungen der sich bewerbenden Person oder eine andere Bewerbung nutzten.",
		PT: "Uma referência respondeu a partir de um endereço, ou rede IPv6, usado pelas sessões da própria pessoa candidata ou por outra candidatura.",
	},
	Stage:      []string{"reference"},
	Family:     record.Ref,
	Strength:   record.Strong,
	Reads:      []string{"references", "sessions.ip", "links.reply-origin", "links.network"},
	Sources:    []string{"gtig-2025-04-01"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "colleagues in one office or on one campus", DE: "Menschen in einem Büro oder auf einem Campus", PT: "colegas no mesmo escritório ou campus"},
		{EN: "the two filled it in together", DE: "beide haben es zusammen ausgefüllt", PT: "as duas pessoas preencheram juntas"},
	},
	Clears: []record.Text{
		{EN: "one referee confirmed through the employer's switchboard", DE: "eine Referenz, über die Zentrale des Arbeitgebers bestätigt", PT: "uma referência confirmada através da central do empregador"},
	},
	Ask: record.Text{
		EN: "We call one referee through a number we find ourselves.",
		DE: "Wir rufen eine Referenzperson über eine selbst gefundene Nummer an.",
		PT: "Telefonamos a uma pessoa de referência através de um número que nós próprios encontramos.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runRefSameOriginAsApplicant,
}

var sayRepliedFromOwn = record.Text{
	EN: "The reference was answered from a network of the applicant's own sessions.",
	DE: "Die Referenz wurde aus einem Netz eigener Sitzungen der sich bewerbenden Person beantwortet.",
	PT: "A referência foi respondida a partir de uma rede das sessões da própria pessoa candidata.",
}

var sayRepliedFromOther = record.Text{
	EN: "The reference was answered from a network that %d applicants under other names used.",
	DE: "Die Referenz wurde aus einem Netz beantwortet, das %d Bewerbungen unter anderen Namen nutzten.",
	PT: "A referência foi respondida a partir de uma rede usada por %d candidaturas com outros nomes.",
}

var sayRepliedFromOtherOnce = record.Text{
	EN: "The reference was answered from a network that an applicant under another name used.",
	DE: "Die Referenz wurde aus einem Netz beantwortet, das eine Bewerbung unter anderem Namen nutzte.",
	PT: "A referência foi respondida a partir de uma rede usada por uma candidatura com outro nome.",
}

var saySharedEgress = record.Text{
	EN: "Not counted: very many people share this network.",
	DE: "Nicht gezählt: Sehr viele Menschen teilen dieses Netz.",
	PT: "Não contado: muitas pessoas partilham esta rede.",
}

func runRefSameOriginAsApplicant(in *In) Answer {
	var own []netip.Prefix
	shared := map[netip.Prefix]bool{}
	for i := range in.App.Sessions[:min(maxSpots, len(in.App.Sessions))] {
		a, ok := publicAddr(in.App.Sessions[i].IP)
		if !ok {
			continue
		}
		n := networkOf(a)
		if !slices.Contains(own, n) {
			own = append(own, n)
		}
		if excusedNetwork(in, i) {
			shared[n] = true
		}
	}
	var found []record.Finding
	looked := false
	for i := range few(in.App.References) {
		a, ok := publicAddr(in.App.References[i].ReplyIP)
		if !ok {
			continue
		}
		looked = true
		if !slices.Contains(own, networkOf(a)) {
			continue
		}
		f := observed(record.Supporting, sayRepliedFromOwn, record.Evidence{Field: indexed("references", i) + ".reply_ip", ComparedWith: "sessions"})
		hits, _ := in.Lists.Networks(a)
		if len(hits) > 0 || shared[networkOf(a)] {
			f.Strength, f.Lowered = record.Weak, saySharedEgress
		}
		found = append(found, f)
	}
	for i := range in.Links {
		if l := &in.Links[i]; l.Kind == record.KindReplyOrigin {
			looked = true
			found = append(found, sharedFinding(l, record.Plural(l.Identities, sayRepliedFromOtherOnce, sayRepliedFromOther.Say(l.Identities))))
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}

// excusedNetwork reports that linking found the network of a session to be a
// crowd's, an agency's or a known one.
func excusedNetwork(in *In, session int) bool {
	return slices.ContainsFunc(in.Links, func(l record.Link) bool {
		return l.Kind == record.KindNetwork && l.Field == sessionField(session, "ip") &&
			(l.Excuse == record.Crowd || l.Excuse == record.Agency || l.Excuse == record.Known)
	})
}

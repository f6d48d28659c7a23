package checks

import (
	"bonafide/record"
)

// Several applicants who say they do not know each other connect from one line. Homes,
// campuses, carriers and offices share lines as a matter of course, so alone this never
// asks for more than a look together with something else.
var netIpSharedAcrossIdentities = Check{
	ID: "net-ip-shared-across-identities",
	Title: record.Text{
		EN: "Network shared by different applicants",
		DE: "Netz, das verschiedene Bewerbungen nutzen",
		PT: "Rede partilhada por candidaturas diferentes",
	},
	Text: record.Text{
		EN: "A session came from the same address, or the same IPv6 network, as sessions of applicants under other names.",
		DE: "Eine Sitzung kam von derselben Adresse oder demselben IPv6-Netz wie Sitzungen von Bewerbungen unter anderen Namen.",
		PT: "Uma sessão veio do mesmo endereço, ou da mesma rede IPv6, que sessões de candidaturas com outros nomes.",
	},
	Stage:      []string{"application", "interview", "employment"},
	Family:     record.Net,
	Strength:   record.Supporting,
	Link:       record.LinkDevice,
	Reads:      []string{"links.network"},
	Sources:    []string{"state-advisory-2022", "npa-joint-2026-09-18"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a household, a library or a co-working space", DE: "ein Haushalt, eine Bibliothek oder ein Coworking-Raum", PT: "um agregado familiar, uma biblioteca ou um espaço de coworking"},
		{EN: "carriers that put many customers behind one address", DE: "Anbieter, die viele Kunden hinter eine Adresse setzen", PT: "operadoras que põem muitos clientes atrás de um endereço"},
		{EN: "an agency that applies for its people", DE: "eine Agentur, die sich für ihre Leute bewirbt", PT: "uma agência que se candidata pelas suas pessoas"},
	},
	Clears: []record.Text{
		{EN: "each person seen alone in a live step", DE: "jede Person einzeln in einem Schritt von Angesicht zu Angesicht gesehen", PT: "cada pessoa vista a sós num passo ao vivo"},
	},
	Ask: record.Text{
		EN: "Please tell us whether you share a home, an office or an agency with other applicants.",
		DE: "Bitte sagen Sie uns, ob Sie Wohnung, Büro oder Agentur mit anderen teilen, die sich bewerben.",
		PT: "Diga-nos, por favor, se partilha casa, escritório ou agência com outras pessoas candidatas.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runNetIpSharedAcrossIdentities,
}

var sayNetworkShared = map[record.Kind][2]record.Text{
	record.KindNetwork: {
		{EN: "The network was also used by an applicant under another name.", DE: "Das Netz wurde auch in einer Bewerbung unter anderem Namen genutzt.", PT: "A rede foi também usada numa candidatura com outro nome."},
		{EN: "The network was also used by %d applicants under other names.", DE: "Das Netz wurde auch in %d Bewerbungen unter anderen Namen genutzt.", PT: "A rede foi também usada em %d candidaturas com outros nomes."},
	},
}

func runNetIpSharedAcrossIdentities(in *In) Answer { return sharedValues(in, sayNetworkShared) }

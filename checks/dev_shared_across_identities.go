package checks

import (
	"bonafide/record"
)

// One device was used for applications under different names. A family computer, a library
// and an agency's laptop are the ordinary reasons. Its absence proves nothing either:
// careful operators keep one device for each name.
var devSharedAcrossIdentities = Check{
	ID: "dev-shared-across-identities",
	Title: record.Text{
		EN: "Device shared by different applicants",
		DE: "Gerät, das verschiedene Bewerbungen nutzen",
		PT: "Equipamento partilhado por candidaturas diferentes",
	},
	Text: record.Text{
		EN: "A session used the same device as sessions of applicants under other names.",
		DE: "Eine Sitzung nutzte dasselbe Gerät wie Sitzungen von Bewerbungen unter anderen Namen.",
		PT: "Uma sessão usou o mesmo equipamento que sessões de candidaturas com outros nomes.",
	},
	Stage:      []string{"application", "employment"},
	Family:     record.Net,
	Strength:   record.Strong,
	Link:       record.LinkDevice,
	Reads:      []string{"links.device"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a family computer", DE: "ein Familienrechner", PT: "um computador de família"},
		{EN: "a library or an agency", DE: "eine Bibliothek oder eine Agentur", PT: "uma biblioteca ou uma agência"},
		{EN: "fingerprints of devices that happen to be equal", DE: "Gerätemerkmale, die zufällig gleich sind", PT: "características de equipamentos iguais por acaso"},
	},
	Clears: []record.Text{
		{EN: "each person seen alone in a live step", DE: "jede Person einzeln in einem Schritt von Angesicht zu Angesicht gesehen", PT: "cada pessoa vista a sós num passo ao vivo"},
	},
	Ask: record.Text{
		EN: "Please tell us who else uses this device; a short live step settles it.",
		DE: "Bitte sagen Sie uns, wer dieses Gerät sonst nutzt; ein kurzer Schritt von Angesicht zu Angesicht klärt es.",
		PT: "Diga-nos, por favor, quem mais usa este equipamento; um breve passo ao vivo resolve a questão.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDevSharedAcrossIdentities,
}

var sayDeviceShared = map[record.Kind][2]record.Text{
	record.KindDevice: {
		{EN: "The device was also used by an applicant under another name.", DE: "Das Gerät wurde auch in einer Bewerbung unter anderem Namen genutzt.", PT: "O equipamento foi também usado numa candidatura com outro nome."},
		{EN: "The device was also used by %d applicants under other names.", DE: "Das Gerät wurde auch in %d Bewerbungen unter anderen Namen genutzt.", PT: "O equipamento foi também usado em %d candidaturas com outros nomes."},
	},
}

func runDevSharedAcrossIdentities(in *In) Answer { return sharedValues(in, sayDeviceShared) }

package checks

import (
	"strings"

	"bonafide/record"
)

// A work laptop goes to where the person is. When it is to go to another country than
// every address the person stated, somebody else may open the parcel. An office or a
// parcel shop in the same country is ordinary; passports carry no address at all.
var cpAddressNotOnId = Check{
	ID: "cp-address-not-on-id",
	Title: record.Text{
		EN: "Delivery to an address the person did not state",
		DE: "Lieferung an eine nicht angegebene Anschrift",
		PT: "Entrega numa morada não indicada",
	},
	Text: record.Text{
		EN: "The delivery address is neither the home address nor one on the documents. Strong only when it lies in another country than all of them.",
		DE: "Die Lieferanschrift ist weder die Wohnanschrift noch eine auf den Dokumenten. Stark nur, wenn sie in einem anderen Land als alle diese liegt.",
		PT: "A morada de entrega não é a de residência nem uma dos documentos. Forte apenas quando fica num país diferente de todas elas.",
	},
	Stage:      []string{"onboarding"},
	Family:     record.Contact,
	Strength:   record.Strong,
	Link:       record.LinkDelivery,
	Reads:      []string{"documents", "person.address", "delivery"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a parcel shop, an office or a relative nearby", DE: "ein Paketshop, ein Büro oder Verwandte in der Nähe", PT: "um ponto de recolha, um escritório ou um familiar por perto"},
		{EN: "a recent move", DE: "ein Umzug vor Kurzem", PT: "uma mudança recente"},
	},
	Clears: []record.Text{
		{EN: "a registration certificate for the address", DE: "eine Meldebestätigung für die Anschrift", PT: "um certificado de residência para a morada"},
		{EN: "handing the device over in person", DE: "persönliche Übergabe des Geräts", PT: "entrega do equipamento em mão"},
	},
	Ask: record.Text{
		EN: "Please tell us why the device goes there, or collect it in person with a document.",
		DE: "Bitte sagen Sie uns, warum das Gerät dorthin geht, oder holen Sie es persönlich mit einem Dokument ab.",
		PT: "Diga-nos, por favor, porque segue o equipamento para lá, ou levante-o em mão com um documento.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCpAddressNotOnId,
}

var sayDeliveryAbroad = record.Text{
	EN: "The delivery goes to another country than every address the person stated.",
	DE: "Die Lieferung geht in ein anderes Land als jede angegebene Anschrift.",
	PT: "A entrega segue para um país diferente de todas as moradas indicadas.",
}

var sayDeliveryFar = record.Text{
	EN: "The delivery goes to another region than the addresses on the documents.",
	DE: "Die Lieferung geht in eine andere Gegend als die Anschriften auf den Dokumenten.",
	PT: "A entrega segue para uma região diferente das moradas dos documentos.",
}

var sayDeliveryOther = record.Text{
	EN: "The delivery goes to another address than those stated.",
	DE: "Die Lieferung geht an eine andere als die angegebenen Anschriften.",
	PT: "A entrega segue para uma morada diferente das indicadas.",
}

func runCpAddressNotOnId(in *In) Answer {
	var stated []record.Address
	if home := in.App.Person.Address; !home.IsZero() {
		stated = append(stated, home)
	}
	onPaper := 0
	for i := range few(in.App.Documents) {
		if a := in.App.Documents[i].Address; !a.IsZero() {
			stated = append(stated, a)
			onPaper++
		}
	}
	to := in.App.Delivery.Address()
	if to.IsZero() {
		if len(in.App.Documents) > 0 && onPaper == 0 {
			return notApplicable
		}
		return noData
	}
	if len(stated) == 0 {
		return noData
	}
	abroad, near := true, false
	for _, a := range stated {
		if sameBuilding(a, to) {
			return allClear
		}
		abroad = abroad && a.Country != "" && to.Country != "" && !strings.EqualFold(a.Country, to.Country)
		near = near || !otherRegion(a, to)
	}
	f := observed(record.Weak, sayDeliveryOther, record.Evidence{Field: "delivery", ComparedWith: "person.address"})
	switch {
	case abroad:
		f.Strength, f.Text = record.Strong, sayDeliveryAbroad
	case onPaper > 0 && !near:
		f.Strength, f.Text = record.Supporting, sayDeliveryFar
	}
	return hit(f)
}

package checks

import (
	"strings"

	"bonafide/record"
)

// Between the offer and the parcel the delivery address changes to a place far from any
// the person stated: somebody else may receive the device. Who moves house changes both
// addresses together, and that is all it is.
var cpAddressChangeAfterOffer = Check{
	ID: "cp-address-change-after-offer",
	Title: record.Text{
		EN: "Delivery address changed after the offer",
		DE: "Lieferanschrift nach dem Angebot geändert",
		PT: "Morada de entrega alterada depois da proposta",
	},
	Text: record.Text{
		EN: "After the offer the delivery address was changed to one that is not the stated home and lies in another region.",
		DE: "Nach dem Angebot wurde die Lieferanschrift in eine geändert, die nicht die angegebene Wohnung ist und in einer anderen Gegend liegt.",
		PT: "Depois da proposta, a morada de entrega foi alterada para uma que não é a residência indicada e fica noutra região.",
	},
	Stage:      []string{"onboarding"},
	Family:     record.Contact,
	Strength:   record.Strong,
	Link:       record.LinkDelivery,
	Reads:      []string{"history", "stage", "delivery", "person.address", "documents"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a genuine move", DE: "ein echter Umzug", PT: "uma mudança verdadeira"},
		{EN: "an office or a parcel shop", DE: "ein Büro oder ein Paketshop", PT: "um escritório ou um ponto de recolha"},
	},
	Clears: []record.Text{
		{EN: "a registration certificate for the new address", DE: "eine Meldebestätigung für die neue Anschrift", PT: "um certificado de residência para a nova morada"},
		{EN: "handing the device over in person", DE: "persönliche Übergabe des Geräts", PT: "entrega do equipamento em mão"},
	},
	Ask: record.Text{
		EN: "Please show that you live at the new address, or collect the device in person.",
		DE: "Bitte zeigen Sie, dass Sie an der neuen Anschrift wohnen, oder holen Sie das Gerät persönlich ab.",
		PT: "Mostre, por favor, que reside na nova morada, ou levante o equipamento em mão.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCpAddressChangeAfterOffer,
}

var sayRerouted = record.Text{
	EN: "After the offer the delivery was sent to another region than the stated home.",
	DE: "Nach dem Angebot wurde die Lieferung in eine andere Gegend als die angegebene Wohnung gelenkt.",
	PT: "Depois da proposta, a entrega foi desviada para uma região diferente da residência indicada.",
}

var sayDeliveryMovedNear = record.Text{
	EN: "After the offer the delivery address was changed within the region.",
	DE: "Nach dem Angebot wurde die Lieferanschrift innerhalb der Gegend geändert.",
	PT: "Depois da proposta, a morada de entrega foi alterada dentro da região.",
}

var sayMoved = record.Text{
	EN: "Home and delivery address changed together after the offer, as with a move.",
	DE: "Wohn- und Lieferanschrift wurden nach dem Angebot zusammen geändert, wie bei einem Umzug.",
	PT: "As moradas de residência e de entrega mudaram juntas depois da proposta, como numa mudança de casa.",
}

func runCpAddressChangeAfterOffer(in *In) Answer {
	if len(in.App.History) == 0 {
		return noData
	}
	offer, made := offerDay(in.App.Stage)
	if !made {
		return notApplicable
	}
	delivery, home := -1, -1
	for i := range in.App.History {
		c := &in.App.History[i]
		if c.At.Before(offer) {
			continue
		}
		switch baseField(strings.TrimPrefix(c.Field, "person.")) {
		case "delivery":
			delivery = i
		case "address":
			home = i
		}
	}
	if delivery < 0 {
		return allClear
	}
	to := in.App.Delivery.Address()
	near := false
	stated := []record.Address{in.App.Person.Address}
	for i := range few(in.App.Documents) {
		stated = append(stated, in.App.Documents[i].Address)
	}
	known := false
	for _, a := range stated {
		if a.IsZero() || to.IsZero() {
			continue
		}
		known = true
		if home < 0 && sameBuilding(a, to) {
			return allClear
		}
		near = near || !otherRegion(a, to)
	}
	f := observed(record.Weak, sayDeliveryMovedNear, record.Evidence{
		Field: indexed("history", delivery), ComparedWith: "person.address", AsOf: record.DateOf(in.App.History[delivery].At),
	})
	switch {
	case home >= 0:
		f.Text = sayMoved
	case known && !near:
		f.Strength, f.Text = record.Strong, sayRerouted
	}
	return hit(f)
}

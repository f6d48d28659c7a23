package checks

import "bonafide/record"

// The very address that pay should go to stands on an official list. Neighbours of listed
// addresses, who were sent dust, are not looked at: only the address itself.
var payWalletListed = Check{
	ID: "pay-wallet-listed",
	Title: record.Text{
		EN: "Pay goes to a listed crypto address",
		DE: "Zahlung auf eine gelistete Krypto-Adresse",
		PT: "Pagamento para um endereço cripto listado",
	},
	Text: record.Text{
		EN: "The crypto address for pay is, letter by letter, an address that an official list names.",
		DE: "Die Krypto-Adresse für die Zahlung ist Zeichen für Zeichen eine Adresse, die eine amtliche Liste nennt.",
		PT: "O endereço cripto de pagamento é, letra por letra, um endereço mencionado por uma lista oficial.",
	},
	Stage:      []string{"payment", "extortion"},
	Family:     record.Pay,
	Strength:   record.Conclusive,
	Link:       record.LinkPayee,
	Reads:      []string{"payouts"},
	Sources:    []string{"ofac-sdn"},
	LegalBasis: []string{"gdpr-6-1-c"},
	FalsePositives: []record.Text{
		{EN: "an address taken off the list since its day", DE: "eine Adresse, die seit dem Tag der Liste gestrichen wurde", PT: "um endereço retirado da lista desde a sua data"},
		{EN: "an address copied by mistake", DE: "eine versehentlich kopierte Adresse", PT: "um endereço copiado por engano"},
	},
	Clears: []record.Text{
		{EN: "a newer list without the address", DE: "eine neuere Liste ohne die Adresse", PT: "uma lista mais recente sem o endereço"},
	},
	Ask: record.Text{
		EN: "Please give another account; nothing is paid until a named person has compared the address with the newest list.",
		DE: "Bitte geben Sie ein anderes Konto an; gezahlt wird erst, wenn ein namentlich genannter Mensch die Adresse mit der neuesten Liste verglichen hat.",
		PT: "Indique, por favor, outra conta; nada é pago até que uma pessoa identificada compare o endereço com a lista mais recente.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runPayWalletListed,
}

var sayWalletListed = record.Text{
	EN: "The crypto address for pay stands on the list.",
	DE: "Die Krypto-Adresse für die Zahlung steht auf der Liste.",
	PT: "O endereço cripto de pagamento consta da lista.",
}

func runPayWalletListed(in *In) Answer {
	if !in.Lists.HasWallets() {
		return noData
	}
	index, _ := in.Lists.Entities()
	looked := false
	var found []record.Finding
	for i, p := range in.App.Payouts {
		if p.Kind != "crypto" || p.Value == "" {
			continue
		}
		looked = true
		for _, h := range index.Wallet(p.Value) {
			in.use(h.Use)
			found = append(found, observed(record.Conclusive, sayWalletListed,
				record.Evidence{Field: indexed("payouts", i), ComparedWith: h.Entity.ID, List: h.Use.List, AsOf: h.Use.AsOf}))
			break
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}

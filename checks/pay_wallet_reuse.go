package checks

import "bonafide/record"

// A wallet answers to whoever holds its key. Several people with one wallet are
// paid into one hand, unless the address belongs to an exchange.
var payWalletReuse = Check{
	ID: "pay-wallet-reuse",
	Title: record.Text{
		EN: "One wallet for several people",
		DE: "Eine Wallet für mehrere Menschen",
		PT: "Uma carteira para várias pessoas",
	},
	Text: record.Text{
		EN: "The crypto address that pay goes to stands on applications under different names.",
		DE: "Die Krypto-Adresse, auf die gezahlt wird, steht in Bewerbungen unter verschiedenen Namen.",
		PT: "O endereço cripto de pagamento consta de candidaturas com nomes diferentes.",
	},
	Stage:      []string{"payment", "extortion"},
	Family:     record.Pay,
	Strength:   record.Conclusive,
	Link:       record.LinkPayee,
	Reads:      []string{"links.wallet"},
	Sources:    []string{"seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a collecting address of an exchange", DE: "eine Sammeladresse einer Börse", PT: "um endereço coletivo de uma bolsa"},
		{EN: "a couple with one wallet", DE: "ein Paar mit einer Wallet", PT: "um casal com uma carteira"},
	},
	Clears: []record.Text{
		{EN: "a message signed with a key of the person's own", DE: "eine Nachricht, signiert mit einem eigenen Schlüssel", PT: "uma mensagem assinada com uma chave própria"},
	},
	Ask: record.Text{
		EN: "Please give an address of your own, or an account at a bank.",
		DE: "Bitte geben Sie eine eigene Adresse oder ein Bankkonto an.",
		PT: "Indique, por favor, um endereço próprio ou uma conta bancária.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runPayWalletReuse,
}

var sayWalletShared = map[record.Kind][2]record.Text{
	record.KindWallet: {
		{EN: "The crypto address is also on an application under another name.", DE: "Die Krypto-Adresse steht auch in einer Bewerbung unter anderem Namen.", PT: "O endereço cripto consta também de uma candidatura com outro nome."},
		{EN: "The crypto address is also on %d applications under other names.", DE: "Die Krypto-Adresse steht auch in %d Bewerbungen unter anderen Namen.", PT: "O endereço cripto consta também de %d candidaturas com outros nomes."},
	},
}

func runPayWalletReuse(in *In) Answer {
	return sharedValues(in, sayWalletShared)
}

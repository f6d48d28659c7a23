package checks

import (
	"strings"

	"bonafide/match/wallet"
	"bonafide/record"
)

// A message demands money and names an address to send it to. If a list names that address,
// paying may itself be a crime; if it is the account the person was paid on, the demand and
// the pay lead to one hand. An address on no list is no permission: fresh ones cost nothing.
var extWalletScreen = Check{
	ID: "ext-wallet-screen",
	Title: record.Text{
		EN: "Address in a message is listed or known from pay",
		DE: "Adresse in einer Nachricht ist gelistet oder aus Zahlungen bekannt",
		PT: "Endereço numa mensagem está listado ou é conhecido de pagamentos",
	},
	Text: record.Text{
		EN: "Crypto addresses in messages are compared with official lists and with the person's own pay accounts. Nothing found is no permission to pay.",
		DE: "Krypto-Adressen in Nachrichten werden mit amtlichen Listen und den eigenen Zahlungskonten der Person verglichen. Nichts gefunden heißt nicht, dass gezahlt werden darf.",
		PT: "Os endereços cripto em mensagens são comparados com listas oficiais e com as contas de pagamento da própria pessoa. Nada encontrado não é autorização para pagar.",
	},
	Stage:      []string{"extortion"},
	Family:     record.Extort,
	Strength:   record.Conclusive,
	Reads:      []string{"messages", "payouts"},
	Sources:    []string{"ofac-sdn", "fbi-psa-2025-01-23"},
	LegalBasis: []string{"gdpr-6-1-c"},
	FalsePositives: []record.Text{
		{EN: "an address that somebody else put into the message", DE: "eine Adresse, die jemand anderes in die Nachricht gesetzt hat", PT: "um endereço que outra pessoa colocou na mensagem"},
		{EN: "a message about the person's own pay", DE: "eine Nachricht über die eigene Bezahlung", PT: "uma mensagem sobre o próprio pagamento"},
	},
	Clears: []record.Text{
		{EN: "a person who has read the whole message", DE: "ein Mensch, der die ganze Nachricht gelesen hat", PT: "uma pessoa que leu toda a mensagem"},
	},
	Ask: record.Text{
		EN: "Please do not pay and do not answer; keep the message and call the police and your lawyer.",
		DE: "Bitte nicht zahlen und nicht antworten; die Nachricht aufheben und Polizei und Anwalt anrufen.",
		PT: "Por favor, não pague nem responda; guarde a mensagem e contacte a polícia e o seu advogado.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runExtWalletScreen,
}

var sayMessageListed = record.Text{
	EN: "A message names a crypto address that stands on the list; paying there may be a crime.",
	DE: "Eine Nachricht nennt eine Krypto-Adresse, die auf der Liste steht; dorthin zu zahlen kann strafbar sein.",
	PT: "Uma mensagem menciona um endereço cripto que consta da lista; pagar para lá pode ser crime.",
}

var sayMessagePaid = record.Text{
	EN: "A message names the crypto address that pay goes to.",
	DE: "Eine Nachricht nennt die Krypto-Adresse, auf die gezahlt wird.",
	PT: "Uma mensagem menciona o endereço cripto para o qual se paga.",
}

func runExtWalletScreen(in *In) Answer {
	listed := in.Lists.HasWallets()
	paid := map[string]string{}
	for i, p := range in.App.Payouts {
		if p.Kind == "crypto" && p.Value != "" {
			paid[wallet.Key(p.Value)] = indexed("payouts", i)
		}
	}
	looked := false
	var found []record.Finding
	for i, m := range in.App.Messages {
		field := indexed("messages", i)
		for _, address := range walletsIn(m.Text) {
			looked = true
			if own := paid[wallet.Key(address)]; own != "" {
				found = append(found, observed(record.Weak, sayMessagePaid, record.Evidence{Field: field, ComparedWith: own}))
			}
			if !listed {
				continue
			}
			index, _ := in.Lists.Entities()
			for _, h := range index.Wallet(address) {
				in.use(h.Use)
				found = append(found, observed(record.Conclusive, sayMessageListed, record.Evidence{Field: field, ComparedWith: h.Entity.ID, List: h.Use.List, AsOf: h.Use.AsOf}))
				break
			}
		}
	}
	if !looked || !listed && len(found) == 0 {
		return noData
	}
	return hit(found...)
}

// walletsIn are the words of a text that are crypto addresses, at most ten,
// each once.
func walletsIn(text string) (out []string) {
	text = text[:min(len(text), 1<<17)]
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == ':' || r == '_')
	}) {
		if len(word) < 25 || len(word) > 130 || len(out) == 10 {
			continue
		}
		if _, after, ok := strings.Cut(word, ":"); ok && len(after) >= 25 {
			word = after // bitcoin:bc1…
		}
		if a, ok := wallet.Parse(word); ok && a.Checksum != wallet.Bad && !contains(out, word) {
			out = append(out, word)
		}
	}
	return out
}

func contains(all []string, s string) bool {
	for _, a := range all {
		if wallet.Key(a) == wallet.Key(s) {
			return true
		}
	}
	return false
}

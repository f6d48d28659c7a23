package checks

import (
	"bonafide/record"
)

// Numbers that belong to one person or one account stand on applications under two names:
// an identity document, a tax number, an account, a wallet. A typing slip, a joint account
// or an employer of record explains some; the earlier holder is never the one who is asked.
var linkHardIdentifier = Check{
	ID: "link-hard-identifier",
	Title: record.Text{
		EN: "Identifier shared by different applicants",
		DE: "Kennung, die verschiedene Bewerbungen nennen",
		PT: "Identificador partilhado por candidaturas diferentes",
	},
	Text: record.Text{
		EN: "A document, tax number, payout account or wallet stands on applications under different names.",
		DE: "Ein Ausweis, eine Steuernummer, ein Auszahlungskonto oder eine Wallet steht auf Bewerbungen unter verschiedenen Namen.",
		PT: "Um documento, um número fiscal, uma conta de pagamento ou uma carteira consta de candidaturas com nomes diferentes.",
	},
	Stage:      []string{"application", "onboarding", "payment"},
	Family:     FamilyOfValue,
	Strength:   record.Conclusive,
	Reads:      []string{"links.document", "links.tax-id", "links.payout", "links.wallet"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a joint account of a couple", DE: "ein Gemeinschaftskonto", PT: "uma conta conjunta"},
		{EN: "an employer of record that receives the pay", DE: "ein Arbeitgeber-Dienstleister, der das Geld empfängt", PT: "uma entidade empregadora de registo que recebe o pagamento"},
		{EN: "a typing slip", DE: "ein Tippfehler", PT: "um erro de digitação"},
	},
	Clears: []record.Text{
		{EN: "the document or the account shown again by its holder", DE: "das Dokument oder Konto, von der Inhaberin oder dem Inhaber erneut gezeigt", PT: "o documento ou a conta mostrados de novo pela pessoa titular"},
	},
	Ask: record.Text{
		EN: "Please enter or show the number again; we ask the other applicant the same.",
		DE: "Bitte geben Sie die Nummer erneut ein oder zeigen Sie sie; wir bitten die andere Person um dasselbe.",
		PT: "Introduza ou mostre, por favor, o número de novo; pedimos o mesmo à outra pessoa.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runLinkHardIdentifier,
}

var sayIdentifierShared = map[record.Kind][2]record.Text{
	record.KindDocument: {
		{EN: "The document also stands on an application under another name.", DE: "Das Dokument steht auch in einer Bewerbung unter anderem Namen.", PT: "O documento consta também de uma candidatura com outro nome."},
		{EN: "The document also stands on %d applications under other names.", DE: "Das Dokument steht auch in %d Bewerbungen unter anderen Namen.", PT: "O documento consta também de %d candidaturas com outros nomes."},
	},
	record.KindTaxID: {
		{EN: "The tax number also stands on an application under another name.", DE: "Die Steuernummer steht auch in einer Bewerbung unter anderem Namen.", PT: "O número fiscal consta também de uma candidatura com outro nome."},
		{EN: "The tax number also stands on %d applications under other names.", DE: "Die Steuernummer steht auch in %d Bewerbungen unter anderen Namen.", PT: "O número fiscal consta também de %d candidaturas com outros nomes."},
	},
	record.KindPayout: {
		{EN: "The payout account is also that of an applicant under another name.", DE: "Das Auszahlungskonto nennt auch eine Bewerbung unter anderem Namen.", PT: "A conta de pagamento é também a de uma candidatura com outro nome."},
		{EN: "The payout account is also that of %d applicants under other names.", DE: "Das Auszahlungskonto nennen auch %d Bewerbungen unter anderen Namen.", PT: "A conta de pagamento é também a de %d candidaturas com outros nomes."},
	},
	record.KindWallet: {
		{EN: "The wallet is also that of an applicant under another name.", DE: "Die Wallet nennt auch eine Bewerbung unter anderem Namen.", PT: "A carteira é também a de uma candidatura com outro nome."},
		{EN: "The wallet is also that of %d applicants under other names.", DE: "Die Wallet nennen auch %d Bewerbungen unter anderen Namen.", PT: "A carteira é também a de %d candidaturas com outros nomes."},
	},
}

func runLinkHardIdentifier(in *In) Answer { return sharedValues(in, sayIdentifierShared) }

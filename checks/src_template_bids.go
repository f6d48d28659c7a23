package checks

import (
	"strings"

	"bonafide/record"
)

// Bids of two accounts that share whole sentences. One person may hold two accounts,
// templates are sold, and programs write alike: sentences of a few words and single
// ones are left out, and it never counts alone.
var srcTemplateBids = Check{
	ID: "src-template-bids",
	Title: record.Text{
		EN: "Two accounts bid in the same sentences",
		DE: "Zwei Konten bieten mit denselben Sätzen",
		PT: "Duas contas fazem propostas com as mesmas frases",
	},
	Text: record.Text{
		EN: "Bids of two different accounts, of this person or of somebody under another name, share three or more whole sentences of seven words or more.",
		DE: "Gebote zweier verschiedener Konten, dieser Person oder einer unter anderem Namen, teilen drei oder mehr ganze Sätze von sieben oder mehr Wörtern.",
		PT: "Propostas de duas contas diferentes, desta pessoa ou de alguém com outro nome, partilham três ou mais frases completas de sete ou mais palavras.",
	},
	Stage:      []string{"sourcing"},
	Family:     record.CV,
	Strength:   record.Supporting,
	Reads:      []string{"platforms", "links.bid-text"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "public templates, and texts written by programs", DE: "öffentliche Vorlagen und von Programmen geschriebene Texte", PT: "modelos públicos e textos escritos por programas"},
		{EN: "colleagues of one agency", DE: "Menschen einer Agentur", PT: "colegas de uma agência"},
	},
	Clears: []record.Text{
		{EN: "the template is named, or both accounts are verified as two people", DE: "die Vorlage ist benannt, oder beide Konten sind als zwei Menschen geprüft", PT: "o modelo é indicado, ou ambas as contas são verificadas como duas pessoas"},
	},
	Ask: record.Text{
		EN: "Please tell us where the text comes from and whether both accounts are yours.",
		DE: "Bitte sagen Sie uns, woher der Text stammt und ob beide Konten Ihre sind.",
		PT: "Diga-nos, por favor, de onde vem o texto e se ambas as contas são suas.",
	},
	Since:   "2020-01-01",
	Version: 2,
	run:     runSrcTemplateBids,
}

var saySameBids = record.Text{
	EN: "Bids of two accounts share %d whole sentences.",
	DE: "Gebote zweier Konten teilen %d ganze Sätze.",
	PT: "Propostas de duas contas partilham %d frases completas.",
}

const (
	bidSentences = 3
	bidWords     = 7
	mostBids     = 2_000
)

func runSrcTemplateBids(in *In) Answer {
	accounts := few(in.App.Platforms)
	said := make([]map[string]bool, len(accounts))
	speaking := 0
	for i := range accounts {
		said[i] = map[string]bool{}
		for _, b := range accounts[i].Bids[:min(len(accounts[i].Bids), mostBids)] {
			for _, s := range strings.FieldsFunc(b.Text, func(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '\n' }) {
				if words := strings.Fields(strings.ToLower(s)); len(words) >= bidWords {
					said[i][strings.Join(words, " ")] = true
				}
			}
		}
		if len(said[i]) > 0 {
			speaking++
		}
	}
	if speaking == 0 {
		return noData
	}
	var found []record.Finding
	for i := range in.Links {
		// Accounts of somebody else: linking has compared them, and left out what is common.
		if l := &in.Links[i]; l.Kind == record.KindBidText && l.Shared >= bidSentences {
			f := sharedFinding(l, saySameBids.Say(l.Shared))
			f.Strength = min(f.Strength, record.Supporting)
			found = append(found, f)
		}
	}
	for i := range accounts {
		for j := range i {
			if foldWord(accounts[i].Handle) == foldWord(accounts[j].Handle) || len(found) == 5 {
				continue
			}
			n := 0
			for s := range said[i] {
				if said[j][s] {
					n++
				}
			}
			if n >= bidSentences {
				found = append(found, observed(record.Supporting, saySameBids.Say(n), record.Evidence{Field: indexed("platforms", i) + ".bids", ComparedWith: indexed("platforms", j) + ".bids"}))
			}
		}
	}
	return hit(found...)
}

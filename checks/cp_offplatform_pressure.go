package checks

import (
	"regexp"
	"strings"

	"bonafide/record"
)

// Somebody asks to leave the platform or the official way for a private messenger. In
// many places that is how work is done, and recruiters do it first: with a direct
// hire it is only shown, on a platform it counts beside something else.
var cpOffplatformPressure = Check{
	ID: "cp-offplatform-pressure",
	Title: record.Text{
		EN: "Asks to leave the official way of talking",
		DE: "Bitte, den offiziellen Gesprächsweg zu verlassen",
		PT: "Pedido para sair da via oficial de contacto",
	},
	Text: record.Text{
		EN: "A message asks to go on in a private messenger, or a recruiter noted such a request. With a direct hire it is only shown.",
		DE: "Eine Nachricht bittet, in einem privaten Messenger weiterzumachen, oder jemand hat eine solche Bitte vermerkt. Bei direkter Einstellung wird es nur gezeigt.",
		PT: "Uma mensagem pede para continuar num mensageiro privado, ou foi anotado tal pedido. Numa contratação direta é apenas mostrado.",
	},
	Stage:      []string{"sourcing", "application"},
	Family:     record.Contact,
	Strength:   record.Supporting,
	Reads:      []string{"messages", "requests", "platforms"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "people in places where everybody works over a messenger", DE: "Menschen, wo alle über einen Messenger arbeiten", PT: "pessoas de lugares onde todos trabalham por mensageiro"},
		{EN: "an answer to a recruiter who asked for it first", DE: "eine Antwort auf jemanden, der zuerst darum bat", PT: "uma resposta a quem o pediu primeiro"},
	},
	Clears: []record.Text{
		{EN: "the conversation goes on in the official way", DE: "das Gespräch geht auf dem offiziellen Weg weiter", PT: "a conversa continua pela via oficial"},
	},
	Ask: record.Text{
		EN: "Let us stay with the official way until everything is signed; tell us if it is hard for you to use.",
		DE: "Bleiben wir beim offiziellen Weg, bis alles unterschrieben ist; sagen Sie uns, wenn er für Sie schwierig ist.",
		PT: "Fiquemos pela via oficial até tudo estar assinado; diga-nos se lhe for difícil usá-la.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCpOffplatformPressure,
}

var sayOffPlatform = record.Text{
	EN: "It was asked to go on talking in a private messenger.",
	DE: "Es wurde gebeten, in einem privaten Messenger weiterzusprechen.",
	PT: "Foi pedido para continuar a conversa num mensageiro privado.",
}

// moveAway is a messenger's name after words that invite to it, in the three
// languages of the house: a name alone may be the product that is worked on.
var moveAway = regexp.MustCompile(`(?i)\b(move (this |the (chat|conversation) )?to|continue (this )?(on|in|over)|switch to|(contact|message|text|write|reach|ping|add) (to )?me (directly )?(on|over|via|at|in)|` +
	`let'?s (talk|chat) (on|over|via)|schreib(en sie|t)? mir (bitte )?(auf|über|per|via)|weiter (auf|über|per|via)|wechseln (wir )?(zu|auf)|` +
	`(contacte|contacta|escreva|escreve|fale|fala|chame)-?(me|comigo)? (pelo|no|por|via)|continuar (pelo|no|por|via)|passar para o)\b[^.\n]{0,20}\b(telegram|whats ?app|signal|skype|wechat|discord|viber)\b`)

// messengers are looked for first: hardly any message names one.
var messengers = []string{"telegram", "whatsapp", "whats app", "signal", "skype", "wechat", "discord", "viber"}

const longestMessage = 20_000 // bytes looked at

func runCpOffplatformPressure(in *In) Answer {
	looked := false
	var evidence []record.Evidence
	for i := range few(in.App.Requests) {
		looked = true
		if r := &in.App.Requests[i]; r.Kind == "off-platform" {
			evidence = append(evidence, record.Evidence{Field: indexed("requests", i), AsOf: dayOf(r.At)})
		}
	}
	for i := range few(in.App.Messages) {
		m := &in.App.Messages[i]
		if m.Text == "" {
			continue
		}
		looked = true
		text := strings.ToLower(m.Text[:min(len(m.Text), longestMessage)])
		if anyWord(text, messengers) && moveAway.MatchString(text) {
			evidence = append(evidence, record.Evidence{Field: indexed("messages", i) + ".text", AsOf: dayOf(m.At)})
		}
	}
	switch {
	case !looked:
		return noData
	case evidence == nil:
		return allClear
	}
	strength := record.Weak
	if len(in.App.Platforms) > 0 {
		strength = record.Supporting
	}
	return hit(observed(strength, sayOffPlatform, evidence[:min(5, len(evidence))]...))
}

package report

import (
	"bytes"
	"fmt"
	"time"

	"bonafide/record"
)

// A small invented run: one operator behind four names, a pair that may be a
// household, single cases of each kind, a family whose shared line counts for
// nothing, and people nobody needs to look at.

func at(day string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", day+" 09:14")
	if err != nil {
		panic(err)
	}
	return t
}

var (
	innocentHome   = tx("a shared household phone", "ein gemeinsames Telefon im Haushalt", "um telefone partilhado no agregado familiar")
	innocentAgain  = tx("a number that the carrier gave to somebody else", "eine Nummer, die der Anbieter neu vergeben hat", "um número que a operadora atribuiu a outra pessoa")
	innocentAgency = tx("an agency that pays out for several people", "eine Agentur, die für mehrere auszahlt", "uma agência que paga por várias pessoas")
	innocentCouple = tx("two partners who share one account", "zwei Partner mit einem gemeinsamen Konto", "dois parceiros que partilham uma conta")
	clearPhone     = tx("a code answered on a contact held in the person's own name", "ein Code, beantwortet über einen Kontakt auf den eigenen Namen", "um código respondido através de um contacto em nome próprio")
	clearAccount   = tx("an account in the person’s own name, confirmed by the bank", "ein Konto auf den eigenen Namen, von der Bank bestätigt", "uma conta em nome próprio, confirmada pelo banco")
	askPhone       = tx("Please confirm your own phone number by a code. We ask everyone in this role.", "Bitte bestätigen Sie Ihre eigene Telefonnummer durch einen Code. Wir bitten alle in dieser Rolle darum.", "Confirme, por favor, o seu número de telefone através de um código. Pedimos o mesmo a todas as pessoas nesta função.")
	askAccount     = tx("Please give an account in your own name. We ask everyone in this role.", "Bitte geben Sie ein Konto auf Ihren eigenen Namen an. Wir bitten alle in dieser Rolle darum.", "Indique, por favor, uma conta em seu nome. Pedimos o mesmo a todas as pessoas nesta função.")
)

var ids = []string{"cp-email-disposable", "cp-phone-voip", "cp-timezone-header", "cv-file-duplicate", "cv-tech-anachronism", "doc-expired-or-not-current",
	"doc-format-by-issuer", "doc-mrz-check-digits", "int-camera-unavailable", "net-anonymizer", "pay-holder-name-mismatch", "pay-iban-structure", "ref-all-freemail"}

func contactFinding(n int, others ...string) record.Finding {
	f := record.Finding{Check: "link-contact-reuse", Version: 1, Outcome: record.Hit, Strength: record.Strong, Family: record.Contact,
		Text: tx("The phone number is also on %d applications under other names.", "Die Telefonnummer steht auch in %d Bewerbungen unter anderen Namen.",
			"O número de telefone consta também de %d candidaturas com outros nomes.").Say(n),
		Innocent: []record.Text{innocentHome, innocentAgain}, Clears: []record.Text{clearPhone}, Ask: askPhone, Value: 146}
	for i, o := range others {
		e := record.Evidence{Field: "phones[0]", ComparedWith: o}
		if i == 0 {
			e.AsOf = "2026-03-02"
		}
		f.Evidence = append(f.Evidence, e)
	}
	return f
}

func payFinding(other string) record.Finding {
	return record.Finding{Check: "pay-account-shared", Version: 1, Outcome: record.Hit, Strength: record.Conclusive, Family: record.Pay, Link: record.LinkPayee,
		Text: tx("The payout account is also the payout account of an application under another name.", "Das Auszahlungskonto ist auch das Auszahlungskonto einer Bewerbung unter anderem Namen.",
			"A conta de pagamento é também a de uma candidatura com outro nome."),
		Evidence: []record.Evidence{{Field: "payouts[0]", ComparedWith: other, AsOf: "2026-03-20"}},
		Innocent: []record.Text{innocentCouple, innocentAgency}, Clears: []record.Text{clearAccount}, Ask: askAccount, Value: 417}
}

func networkFinding() record.Finding {
	return record.Finding{Check: "net-ip-vs-claimed-location", Version: 2, Outcome: record.Hit, Strength: record.Supporting, Family: record.Net, Link: record.LinkDevice,
		Text: tx("Two of five sessions came from a network outside the claimed place of residence.", "Zwei von fünf Sitzungen kamen aus einem Netzwerk außerhalb des angegebenen Wohnorts.",
			"Duas de cinco sessões vieram de uma rede fora do local de residência indicado."),
		Evidence: []record.Evidence{{Field: "sessions[1].ip", ComparedWith: "person.address", List: "geo_country", AsOf: "2026-03-18"}},
		Innocent: []record.Text{tx("travel", "eine Reise", "uma viagem"), tx("roaming", "Roaming", "roaming"), tx("a company’s network", "ein Firmennetz", "a rede de uma empresa")},
		Clears:   []record.Text{tx("a dated explanation and the next attended step", "eine Erklärung mit Datum und der nächste begleitete Schritt", "uma explicação datada e o próximo passo acompanhado")},
		Ask:      tx("Where did the sessions of 1 and 3 March take place?", "Wo fanden die Sitzungen vom 1. und 3. März statt?", "Onde decorreram as sessões de 1 e 3 de março?"), Value: 9,
		Lowered: tx("The list geo_country is out of date: one class less.", "Die Liste geo_country ist veraltet: eine Stufe weniger.", "A lista geo_country está desatualizada: uma classe a menos.")}
}

func timelineFinding() record.Finding {
	return record.Finding{Check: "cv-timeline-contradiction", Version: 1, Outcome: record.Hit, Strength: record.Supporting, Family: record.CV,
		Text: tx("Two full-time jobs in the résumé overlap by fourteen months.", "Zwei Vollzeitstellen im Lebenslauf überschneiden sich um vierzehn Monate.",
			"Dois empregos a tempo inteiro no currículo sobrepõem-se durante catorze meses."),
		Evidence: []record.Evidence{{Field: "resume.work[0]", ComparedWith: "resume.work[1]", AsOf: "2026-02-27"}},
		Innocent: []record.Text{tx("part-time or freelance work", "Teilzeit oder freie Arbeit", "trabalho parcial ou independente"), tx("leave", "Beurlaubung", "uma licença")},
		Clears:   []record.Text{tx("a confirmation by one of the two employers", "die Bestätigung eines der beiden Arbeitgeber", "a confirmação de um dos dois empregadores")},
		Ask:      tx("Please tell us the terms of both jobs.", "Bitte nennen Sie uns die Bedingungen beider Stellen.", "Indique-nos, por favor, as condições dos dois empregos."), Value: 11}
}

func weakFinding() record.Finding {
	return record.Finding{Check: "doc-image-only", Version: 1, Outcome: record.Hit, Strength: record.Weak, Family: record.Ident,
		Text:     tx("The document was seen as a picture only.", "Das Dokument lag nur als Bild vor.", "O documento foi visto apenas como imagem."),
		Evidence: []record.Evidence{{Field: "documents[0].method"}},
		Innocent: []record.Text{tx("nobody asked for more so far", "bisher hat niemand nach mehr gefragt", "até agora ninguém pediu mais")},
		Clears:   []record.Text{tx("reading the chip", "das Auslesen des Chips", "a leitura do chip")},
		Ask:      tx("Please show the document again, by its chip.", "Bitte zeigen Sie das Dokument noch einmal, über den Chip.", "Mostre, por favor, o documento de novo, através do chip.")}
}

func brokenFinding() record.Finding {
	return record.Finding{Check: "cv-near-duplicate", Version: 1, Outcome: record.Failed, Family: record.CV,
		Text: tx("The check itself failed; this says nothing about the person.", "Die Prüfung selbst ist fehlgeschlagen; das sagt nichts über die Person.", "A própria verificação falhou; isso nada diz sobre a pessoa.")}
}

func chainStates(states ...record.ChainState) []record.ChainPart {
	var out []record.ChainPart
	for i, l := range record.ChainLinks {
		part := record.ChainPart{Link: l, State: record.StateUnknown}
		if i < len(states) {
			part.State = states[i]
		}
		if part.State == record.StateConfirmed {
			part.Method, part.AsOf, part.By = "video-attended", "2026-03-09", []string{"interview-1"}
		}
		out = append(out, part)
	}
	return out
}

var lists3 = []record.ListUse{{List: "disposable_domains", AsOf: "2026-03-18"}, {List: "geo_country", AsOf: "2026-01-02", Stale: true}, {List: "us_ofac_sdn", AsOf: "2026-03-19"}}

// link is a counted link between records of the fixture.
func link(k record.Kind, value uint64, s record.Strength, identities, population, shared int, others ...string) record.Link {
	return record.Link{Kind: k, Value: value, Strength: s, Identities: identities, Population: population, Shared: shared, Others: others,
		Field: map[record.Kind]string{record.KindPhone: "phones[0]", record.KindPayout: "payouts[0]", record.KindResumeText: "resume.text",
			record.KindPhoto: "photos[0]", record.KindAddress: "person.address", record.KindDevice: "sessions[0].device",
			record.KindReferee: "references[0].email", record.KindNetwork: "sessions[0].ip"}[k], AsOf: "2026-03-02"}
}

func excused(l record.Link, e record.Excuse) record.Link {
	l.Strength, l.Excuse = record.NotCounted, e
	return l
}

// invented is the run, in input order, which is not the order of age.
func invented() []*record.Result {
	const (
		c17 = "ashby/77c1"
		c21 = "lever/90aa"
		yes = record.StateConfirmed
		say = record.StateClaimed
		ask = record.StateQuestioned
		not = record.StateContradicted
		dk  = record.StateUnknown
		due = record.StateNotDue
	)
	rs := []*record.Result{
		{Record: "greenhouse/48213", Person: "Tobias Muster", Role: "Senior Go developer, payments", Tier: "T2", ReceivedAt: at("2026-03-02"), Assessment: record.Review,
			Because: []string{"link-contact-reuse", "pay-account-shared"}, Cluster: c17,
			Findings:   []record.Finding{weakFinding(), contactFinding(3, c17, "lever/3f07", "upwork/9912"), payFinding("upwork/9912")},
			Chain:      chainStates(yes, yes, ask, dk, not, due),
			Assurances: []record.Assurance{{ID: "interview-1", Link: record.LinkCall, Method: "video-attended", AsOf: "2026-03-09", Clears: []string{"int-camera-unavailable"}}},
			Links: []record.Link{link(record.KindPhone, 146, record.Strong, 3, 61204, 0, c17, "lever/3f07", "upwork/9912"),
				link(record.KindPayout, 417, record.Conclusive, 1, 18310, 0, "upwork/9912"), link(record.KindResumeText, 21, record.Strong, 1, 58771, 5, "lever/3f07"),
				excused(link(record.KindAddress, 99, record.Weak, 29, 60112, 0, c17), record.Crowd)}},
		{Record: "greenhouse/48190", Person: "Mia Beispiel", Role: "Data engineer", Tier: "T1", ReceivedAt: at("2026-02-20"), Assessment: record.Routine,
			Links: []record.Link{excused(link(record.KindPhone, 5, record.Weak, 1, 61204, 0, "greenhouse/48191"), record.Household)}},
		{Record: "upwork/9912", Person: "Nora Sample", Role: "Platform engineer", Tier: "T2", ReceivedAt: at("2026-02-05"), Assessment: record.Review,
			Because: []string{"pay-account-shared"}, Cluster: c17, Findings: []record.Finding{payFinding("greenhouse/48213"), contactFinding(3, c17, "greenhouse/48213", "lever/3f07")},
			Chain: chainStates(say, yes, dk, dk, not, due),
			Links: []record.Link{link(record.KindPhone, 146, record.Strong, 3, 61204, 0, c17, "greenhouse/48213", "lever/3f07"),
				link(record.KindPayout, 417, record.Conclusive, 1, 18310, 0, "greenhouse/48213"), link(record.KindPhoto, 33, record.Strong, 1, 9912, 0, c17)}},
		{Record: "greenhouse/48191", Person: "Jan Beispiel", Role: "Tester", Tier: "T1", ReceivedAt: at("2026-02-21"), Assessment: record.Routine,
			Links: []record.Link{excused(link(record.KindPhone, 5, record.Weak, 1, 61204, 0, "greenhouse/48190"), record.Household)}},
		{Record: "ashby/b81e", Person: "Bruno Fixture", Role: "Tester", Tier: "T1", ReceivedAt: at("2026-02-27"), Assessment: record.VerifyMore,
			Because: []string{"cv-timeline-contradiction", "net-ip-vs-claimed-location"}, Findings: []record.Finding{timelineFinding(), networkFinding(), weakFinding()},
			Chain: chainStates(say, yes, due, due, due, due)},
		{Record: "lever/3f07", Person: "Erik Placeholder", Role: "Platform engineer", Tier: "T2", ReceivedAt: at("2026-03-04"), Assessment: record.VerifyMore,
			Because: []string{"link-contact-reuse"}, Cluster: c17, Findings: []record.Finding{contactFinding(3, c17, "greenhouse/48213", "upwork/9912"), brokenFinding()},
			Chain: chainStates(say, dk, due, due, due, due),
			Links: []record.Link{link(record.KindPhone, 146, record.Strong, 3, 61204, 0, c17, "greenhouse/48213", "upwork/9912"), link(record.KindResumeText, 21, record.Strong, 1, 58771, 5, "greenhouse/48213")}},
		{Record: c17, Person: "Ida Example", Role: "Platform engineer", Tier: "T2", ReceivedAt: at("2026-03-06"), Assessment: record.VerifyMore,
			Because: []string{"link-contact-reuse"}, Cluster: c17, Findings: []record.Finding{contactFinding(3, "greenhouse/48213", "lever/3f07", "upwork/9912")},
			Chain: chainStates(say, dk, due, due, due, due),
			Links: []record.Link{link(record.KindPhone, 146, record.Strong, 3, 61204, 0, "greenhouse/48213", "lever/3f07", "upwork/9912"), link(record.KindPhoto, 33, record.Strong, 1, 9912, 0, "upwork/9912"),
				excused(link(record.KindAddress, 99, record.Weak, 29, 60112, 0, "greenhouse/48213"), record.Crowd)}},
		{Record: c21, Person: "Klara Vorlage", Role: "Support engineer", Tier: "T1", ReceivedAt: at("2026-03-10"), Assessment: record.VerifyMore,
			Because: []string{"dev-shared-across-identities"}, Cluster: c21, Findings: []record.Finding{deviceFinding("lever/91c2")}, Chain: chainStates(say, yes, due, ask, due, due),
			Links: []record.Link{link(record.KindDevice, 71, record.Strong, 1, 40118, 0, "lever/91c2"), link(record.KindReferee, 72, record.Strong, 1, 40118, 0, "lever/91c2"), link(record.KindNetwork, 73, record.Supporting, 1, 60001, 0, "lever/91c2")}},
		{Record: "lever/91c2", Person: "Rui Modelo", Role: "Support engineer", Tier: "T1", ReceivedAt: at("2026-03-11"), Assessment: record.VerifyMore,
			Because: []string{"dev-shared-across-identities"}, Cluster: c21, Findings: []record.Finding{deviceFinding(c21)}, Chain: chainStates(say, dk, due, ask, due, due),
			Links: []record.Link{link(record.KindDevice, 71, record.Strong, 1, 40118, 0, c21), link(record.KindReferee, 72, record.Strong, 1, 40118, 0, c21), link(record.KindNetwork, 73, record.Supporting, 1, 60001, 0, c21)}},
		{Record: "csv/17", Person: "Dr. Anneliese Katharina Musterfrau-Beispielhausen von und zu Langenfeld", Role: "Head of compliance, treasury and long job titles", Tier: "T3", ReceivedAt: at("2026-03-12"), Assessment: record.Review,
			Because: []string{"document-chip"}, Findings: []record.Finding{clearedFinding()}, Chain: chainStates(ask, yes, due, due, due, due),
			Assurances: []record.Assurance{{ID: "bank-1", Link: record.LinkPayee, Method: "bank-name-check", AsOf: "2026-03-13", Clears: []string{"pay-account-shared"}}, {ID: "ref-switchboard-confirmation", Method: "switchboard", AsOf: "2026-03-14"}}},
		{Record: "lever/9a1e", Person: "Inês Exemplo", Role: "Copy-writer", Tier: "T0", ReceivedAt: at("2026-03-15"), Assessment: record.Routine, Findings: []record.Finding{weakFinding()}},
		{Record: "csv/evil<1>", Person: "Eve \u202egpj.exe\u202c <script>alert(1)</script> \x1b[31mred", Role: "=HYPERLINK(\"http://x\")", ReceivedAt: at("2026-03-16"), Assessment: record.Routine},
		{Record: "csv/19", Person: "محمد أمين", Role: "", ReceivedAt: at("2026-03-17"), Assessment: record.Routine},
	}
	for i, r := range rs {
		for n, id := range ids {
			if (n+i)%3 == 0 {
				r.NoData = append(r.NoData, id)
			} else {
				r.Clear = append(r.Clear, id)
			}
		}
		r.NotApplicable = []string{"doc-taxid-checks"}
		if r.Record == "csv/19" { // received before there was any check
			r.ReceivedAt, r.NotInForce = at("1998-01-05"), append(r.Clear, r.NoData...)
			r.Clear, r.NoData, r.NotApplicable = nil, nil, nil
		}
		r.Lists = lists3
		if r.Chain == nil {
			r.Chain = chainStates(say)
		}
	}
	return rs
}

func deviceFinding(other string) record.Finding {
	return record.Finding{Check: "dev-shared-across-identities", Version: 1, Outcome: record.Hit, Strength: record.Strong, Family: record.Net, Link: record.LinkDevice,
		Text:     tx("The device is also that of an application under another name.", "Das Gerät ist auch das einer Bewerbung unter anderem Namen.", "O dispositivo é também o de uma candidatura com outro nome."),
		Evidence: []record.Evidence{{Field: "sessions[0].device", ComparedWith: other, AsOf: "2026-03-10"}},
		Innocent: []record.Text{tx("one computer in a household", "ein Rechner im Haushalt", "um computador no agregado familiar"), tx("a public computer", "ein öffentlicher Rechner", "um computador público")},
		Clears:   []record.Text{tx("an attended call from a device of one’s own", "ein begleitetes Gespräch vom eigenen Gerät", "uma chamada acompanhada a partir do próprio dispositivo")},
		Ask:      tx("Please join the next call from your own device.", "Bitte nehmen Sie am nächsten Gespräch von Ihrem eigenen Gerät teil.", "Participe, por favor, na próxima chamada a partir do seu próprio dispositivo."), Value: 71}
}

func clearedFinding() record.Finding {
	f := payFinding("upwork/2")
	f.ClearedBy = "bank-1"
	return f
}

func inventedRun() Run {
	return Run{Files: []string{"applications.jsonl"}, Records: 13, Rejected: 2, MergeQuestions: 1, Policy: "shipped, version 1", Lists: lists3,
		MissingLists: []string{"phone_ranges"}, Version: "bonafide 0.1.0", Day: "2026-03-20"}
}

// face runs results through a format.
func face(format string, o Options, rs []*record.Result, run Run) (string, error) {
	var b bytes.Buffer
	s, err := New(format, &b, o)
	if err != nil {
		return "", err
	}
	for i, r := range rs {
		if err := s.Result(r); err != nil {
			return "", fmt.Errorf("result %d: %w", i, err)
		}
	}
	err = s.Close(run)
	return b.String(), err
}

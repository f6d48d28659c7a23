package report

import (
	"strings"

	"bonafide/record"
)

// sharedWords is how a kind of link is spoken of: as the head of a row, as "one …"
// and as "several …" in the name of an operator question.
type sharedWords struct{ label, one, many record.Text }

var kindSaid = map[record.Kind]sharedWords{
	record.KindDocument:      {tx("Identity document", "Ausweisdokument", "Documento de identidade"), tx("one document", "ein Ausweis", "um documento"), tx("%d documents", "%d Ausweise", "%d documentos")},
	record.KindTaxID:         {tx("Tax number", "Steuernummer", "Número fiscal"), tx("one tax number", "eine Steuernummer", "um número fiscal"), tx("%d tax numbers", "%d Steuernummern", "%d números fiscais")},
	record.KindDocumentImage: {tx("Picture of a document", "Bild eines Dokuments", "Imagem de um documento"), tx("one document picture", "ein Dokumentbild", "uma imagem de documento"), tx("%d document pictures", "%d Dokumentbilder", "%d imagens de documentos")},
	record.KindPhoto:         {tx("Photo", "Foto", "Fotografia"), tx("one photo", "ein Foto", "uma fotografia"), tx("%d photos", "%d Fotos", "%d fotografias")},
	record.KindEmail:         {tx("Mail address", "E-Mail-Adresse", "Endereço de e-mail"), tx("one mail address", "eine E-Mail-Adresse", "um endereço de e-mail"), tx("%d mail addresses", "%d E-Mail-Adressen", "%d endereços de e-mail")},
	record.KindPhone:         {tx("Phone number", "Telefonnummer", "Número de telefone"), tx("one phone", "eine Telefonnummer", "um telefone"), tx("%d phones", "%d Telefonnummern", "%d telefones")},
	record.KindPhoneBlock:    {tx("Phone numbers of one block", "Telefonnummern eines Blocks", "Números de telefone de um bloco"), tx("one block of phones", "ein Rufnummernblock", "um bloco de números"), tx("%d blocks of phones", "%d Rufnummernblöcke", "%d blocos de números")},
	record.KindMailPattern:   {tx("Mail addresses that differ in digits only", "E-Mail-Adressen, die sich nur in Ziffern unterscheiden", "Endereços de e-mail que só diferem nos algarismos"), tx("one pattern of mail addresses", "ein Muster von E-Mail-Adressen", "um padrão de endereços de e-mail"), tx("%d patterns of mail addresses", "%d Muster von E-Mail-Adressen", "%d padrões de endereços de e-mail")},
	record.KindHandle:        {tx("Account handle", "Benutzername", "Nome de utilizador"), tx("one handle", "ein Benutzername", "um nome de utilizador"), tx("%d handles", "%d Benutzernamen", "%d nomes de utilizador")},
	record.KindAddress:       {tx("Home address", "Wohnanschrift", "Morada"), tx("one address", "eine Anschrift", "uma morada"), tx("%d addresses", "%d Anschriften", "%d moradas")},
	record.KindDelivery:      {tx("Delivery address", "Lieferadresse", "Morada de entrega"), tx("one delivery address", "eine Lieferadresse", "uma morada de entrega"), tx("%d delivery addresses", "%d Lieferadressen", "%d moradas de entrega")},
	record.KindDevice:        {tx("Device", "Gerät", "Dispositivo"), tx("one device", "ein Gerät", "um dispositivo"), tx("%d devices", "%d Geräte", "%d dispositivos")},
	record.KindNetwork:       {tx("Network address", "Netzwerkadresse", "Endereço de rede"), tx("one network", "ein Netzwerk", "uma rede"), tx("%d networks", "%d Netzwerke", "%d redes")},
	record.KindPayout:        {tx("Payout account", "Auszahlungskonto", "Conta de pagamento"), tx("one account", "ein Konto", "uma conta"), tx("%d accounts", "%d Konten", "%d contas")},
	record.KindWallet:        {tx("Crypto wallet", "Krypto-Wallet", "Carteira de criptomoedas"), tx("one wallet", "eine Wallet", "uma carteira"), tx("%d wallets", "%d Wallets", "%d carteiras")},
	record.KindResumeFile:    {tx("Résumé file", "Lebenslaufdatei", "Ficheiro do currículo"), tx("one résumé file", "eine Lebenslaufdatei", "um ficheiro de currículo"), tx("%d résumé files", "%d Lebenslaufdateien", "%d ficheiros de currículo")},
	record.KindResumeText:    {tx("Résumé text", "Text des Lebenslaufs", "Texto do currículo"), tx("one résumé", "ein Lebenslauf", "um currículo"), tx("%d résumé texts", "%d Lebenslauftexte", "%d textos de currículo")},
	record.KindAnswerText:    {tx("Text of an answer", "Text einer Antwort", "Texto de uma resposta"), tx("one answer", "eine Antwort", "uma resposta"), tx("%d answers", "%d Antworten", "%d respostas")},
	record.KindReferenceText: {tx("Text of a reference", "Text einer Referenz", "Texto de uma referência"), tx("one reference text", "ein Referenztext", "um texto de referência"), tx("%d reference texts", "%d Referenztexte", "%d textos de referência")},
	record.KindReferee:       {tx("Contact of a referee", "Kontakt einer Referenzperson", "Contacto de uma pessoa de referência"), tx("one referee", "eine Referenzperson", "uma pessoa de referência"), tx("%d referees", "%d Referenzpersonen", "%d pessoas de referência")},
	record.KindRefereeSelf:   {tx("A referee who is an applicant", "Referenzperson, die selbst bewirbt", "Pessoa de referência que é candidata"), tx("an applicant as referee", "eine Bewerbung als Referenz", "uma candidatura como referência"), tx("%d applicants as referees", "%d Bewerbungen als Referenz", "%d candidaturas como referência")},
	record.KindReplyOrigin:   {tx("Network a referee answered from", "Netzwerk, aus dem eine Referenz antwortete", "Rede de onde respondeu uma referência"), tx("one reply network", "ein Antwortnetzwerk", "uma rede de resposta"), tx("%d reply networks", "%d Antwortnetzwerke", "%d redes de resposta")},
	record.KindCareer:        {tx("Employers and dates", "Arbeitgeber und Zeiten", "Empregadores e datas"), tx("one career", "ein Werdegang", "um percurso"), tx("%d careers", "%d Werdegänge", "%d percursos")},
	record.KindReferral:      {tx("Referral", "Empfehlung", "Recomendação"), tx("one referral", "eine Empfehlung", "uma recomendação"), tx("%d referrals", "%d Empfehlungen", "%d recomendações")},
	record.KindMergeQuestion: {tx("The same identity", "Dieselbe Identität", "A mesma identidade"), tx("one identity", "eine Identität", "uma identidade"), tx("%d identities", "%d Identitäten", "%d identidades")},
	record.KindClosed:        {tx("Key of a closed case", "Schlüssel eines abgeschlossenen Falls", "Chave de um caso encerrado"), tx("one closed case", "ein abgeschlossener Fall", "um caso encerrado"), tx("%d closed cases", "%d abgeschlossene Fälle", "%d casos encerrados")},
	record.KindBidText:       {tx("Text of bids", "Text von Geboten", "Texto de propostas"), tx("one bid", "ein Gebot", "uma proposta"), tx("%d texts of bids", "%d Gebotstexte", "%d textos de propostas")},
	record.KindPageText:      {tx("Text of a page they named", "Text einer genannten Seite", "Texto de uma página indicada"), tx("one page", "eine Seite", "uma página"), tx("%d pages", "%d Seiten", "%d páginas")},
	record.KindPageBuild:     {tx("Make of a page they named", "Aufbau einer genannten Seite", "Construção de uma página indicada"), tx("one make of a page", "ein Seitenaufbau", "uma construção de página"), tx("%d makes of pages", "%d Seitenaufbauten", "%d construções de páginas")},
	record.KindPremises:      {tx("Line behind which work computers stood", "Anschluss, hinter dem Arbeitsrechner standen", "Ligação usada por computadores de trabalho"), tx("one line", "ein Anschluss", "uma ligação"), tx("%d lines", "%d Anschlüsse", "%d ligações")},
}

var excuseSaid = map[record.Excuse]record.Text{
	record.Household:    tx("not counted: a household", "nicht gezählt: ein Haushalt", "não contado: um agregado familiar"),
	record.Agency:       tx("not counted: one agency", "nicht gezählt: eine Agentur", "não contado: uma agência"),
	record.Crowd:        tx("not counted: too common", "nicht gezählt: zu verbreitet", "não contado: demasiado comum"),
	record.Chance:       tx("not counted: chance among so many", "nicht gezählt: Zufall unter so vielen", "não contado: acaso entre tantas"),
	record.EarlierOwner: tx("not counted for who named it first", "nicht gezählt für die erste Nennung", "não contado para quem o indicou primeiro"),
	record.Colleagues:   tx("not counted: colleagues", "nicht gezählt: Menschen aus einem Betrieb", "não contado: colegas"),
	record.Reissued:     tx("counted less: may have been given out again", "weniger gezählt: vielleicht neu vergeben", "conta menos: pode ter sido reatribuído"),
	record.Known:        tx("not counted: on an allow-list", "nicht gezählt: auf einer Liste erlaubter Werte", "não contado: numa lista de valores permitidos"),
}

var chainSaid = map[record.ChainLink]record.Text{
	record.LinkDocument:   tx("Document holder", "Person im Ausweis", "Titular do documento"),
	record.LinkCall:       tx("Person on the call", "Person im Gespräch", "Pessoa na chamada"),
	record.LinkDelivery:   tx("Person at delivery", "Person bei der Lieferung", "Pessoa na entrega"),
	record.LinkDevice:     tx("User of the device", "Person am Gerät", "Quem usa o dispositivo"),
	record.LinkPayee:      tx("Holder of the paid account", "Person hinter dem Konto", "Titular da conta paga"),
	record.LinkReverified: tx("Same person later", "Später dieselbe Person", "A mesma pessoa mais tarde"),
}

var stateSaid = map[record.ChainState]record.Text{
	record.StateUnknown:      tx("Unknown", "Unbekannt", "Desconhecido"),
	record.StateClaimed:      tx("Claimed", "Angegeben", "Declarado"),
	record.StateConfirmed:    tx("Confirmed", "Bestätigt", "Confirmado"),
	record.StateQuestioned:   tx("In question", "Zu klären", "Por esclarecer"),
	record.StateContradicted: tx("Contradicted", "Widersprüchlich", "Contraditório"),
	record.StateNotDue:       tx("Not yet due", "Noch nicht fällig", "Ainda não previsto"),
}

var strengthSaid = map[record.Strength]record.Text{
	record.Conclusive: tx("conclusive", "feststehend", "conclusivo"),
	record.Strong:     tx("strong", "stark", "forte"),
	record.Supporting: tx("supporting", "stützend", "complementar"),
	record.Weak:       tx("weak", "schwach", "fraco"),
}

var strengthMeans = map[record.Strength]record.Text{
	record.Conclusive: tx("the stated fact is established", "die genannte Tatsache steht fest", "o facto indicado está estabelecido"),
	record.Strong:     tx("rare among honest people", "selten unter ehrlichen Menschen", "raro entre pessoas honestas"),
	record.Supporting: tx("only with another family", "nur zusammen mit einer anderen Familie", "só em conjunto com outra família"),
	record.Weak:       tx("never counted", "wird nie gezählt", "nunca contado"),
}

var assessmentSaid = map[record.Assessment]record.Text{
	record.Review:     tx("Review", "Durchsicht", "Apreciação"),
	record.VerifyMore: tx("Verify-more", "Nachweis erbitten", "Pedir comprovação"),
	record.Routine:    tx("Routine", "Regelablauf", "Percurso normal"),
}

var assessmentMeans = map[record.Assessment]record.Text{
	record.Review:     tx("something established, or two strong findings of different families", "etwas steht fest, oder zwei starke Befunde aus verschiedenen Familien", "algo está estabelecido, ou há duas observações fortes de famílias diferentes"),
	record.VerifyMore: tx("one strong finding, or two supporting ones of different families", "ein starker Befund oder zwei stützende aus verschiedenen Familien", "uma observação forte, ou duas complementares de famílias diferentes"),
	record.Routine:    tx("go on with the same steps as everyone in the role", "weiter mit denselben Schritten wie alle in der Rolle", "seguem os mesmos passos que todas as pessoas na função"),
}

var familySaid = map[record.Family]record.Text{
	record.Ident:         tx("identity papers", "Ausweispapiere", "documentos de identidade"),
	record.Contact:       tx("contact", "Kontakt", "contacto"),
	record.Net:           tx("network and device", "Netzwerk und Gerät", "rede e dispositivo"),
	record.CV:            tx("résumé", "Lebenslauf", "currículo"),
	record.Ref:           tx("references", "Referenzen", "referências"),
	record.InterviewSeen: tx("interview", "Gespräch", "entrevista"),
	record.Pay:           tx("pay", "Bezahlung", "pagamento"),
	record.Endpoint:      tx("work device", "Arbeitsgerät", "equipamento de trabalho"),
	record.Insider:       tx("access in use", "genutzte Zugänge", "acessos em uso"),
	record.Extort:        tx("threats", "Drohungen", "ameaças"),
}

// families in the order in which they print.
var families = [...]record.Family{record.Ident, record.Contact, record.Net, record.CV, record.Ref, record.InterviewSeen,
	record.Pay, record.Endpoint, record.Insider, record.Extort}

// methodSaid are the ways in which something was proven; a method without a
// word here prints as it was written.
var methodSaid = map[string]record.Text{
	"photo":           tx("photo", "Foto", "fotografia"),
	"scan":            tx("scan", "Scan", "digitalização"),
	"video-attended":  tx("attended video call", "begleitetes Videogespräch", "videochamada acompanhada"),
	"chip":            tx("chip of the document", "Chip des Ausweises", "chip do documento"),
	"wallet":          tx("identity wallet", "Identitäts-Wallet", "carteira de identidade"),
	"in-person":       tx("in person", "persönlich", "presencialmente"),
	"mail":            tx("signed mail", "signierte E-Mail", "e-mail assinado"),
	"copy":            tx("copy", "Kopie", "cópia"),
	"video":           tx("video call", "Videogespräch", "videochamada"),
	"session":         tx("device of a session", "Gerät einer Sitzung", "dispositivo de uma sessão"),
	"address":         tx("address given", "angegebene Anschrift", "morada indicada"),
	"switchboard":     tx("a referee reached through the employer’s switchboard", "eine Referenzperson, erreicht über die Zentrale des Arbeitgebers", "uma pessoa de referência contactada pela central do empregador"),
	"directory":       tx("a referee reached through a public directory", "eine Referenzperson, erreicht über ein öffentliches Verzeichnis", "uma pessoa de referência contactada por um diretório público"),
	"bank-name-check": tx("bank’s name check", "Namensabgleich der Bank", "verificação do nome pelo banco"),
	"iban":            tx("bank account", "Bankkonto", "conta bancária"),
	"bank":            tx("bank account", "Bankkonto", "conta bancária"),
	"wise":            tx("Wise account", "Wise-Konto", "conta Wise"),
	"payoneer":        tx("Payoneer account", "Payoneer-Konto", "conta Payoneer"),
	"paypal":          tx("PayPal account", "PayPal-Konto", "conta PayPal"),
	"crypto":          tx("crypto wallet", "Krypto-Wallet", "carteira de criptomoedas"),
}

// fieldSaid names the first parts of a field's path.
var fieldSaid = map[string]record.Text{
	"person.name": tx("Name", "Name", "Nome"), "person.birth_date": tx("Birth date", "Geburtsdatum", "Data de nascimento"),
	"person.address": tx("Home address", "Wohnanschrift", "Morada"), "person.timezone": tx("Time zone", "Zeitzone", "Fuso horário"),
	"person": tx("Person", "Person", "Pessoa"), "emails": tx("Mail address", "E-Mail-Adresse", "Endereço de e-mail"),
	"phones": tx("Phone number", "Telefonnummer", "Número de telefone"), "accounts": tx("Account", "Konto", "Conta"),
	"urls": tx("Web address", "Webadresse", "Endereço web"), "resume.text": tx("Résumé text", "Text des Lebenslaufs", "Texto do currículo"),
	"resume.file": tx("Résumé file", "Lebenslaufdatei", "Ficheiro do currículo"), "resume.work": tx("Employment", "Beschäftigung", "Emprego"),
	"resume.education": tx("Education", "Ausbildung", "Formação"), "resume.skills": tx("Skill", "Kenntnis", "Competência"), "resume": tx("Résumé", "Lebenslauf", "Currículo"),
	"documents": tx("Document", "Dokument", "Documento"), "references": tx("Reference", "Referenz", "Referência"),
	"sessions.ip": tx("Network address", "Netzwerkadresse", "Endereço de rede"), "sessions.device": tx("Device", "Gerät", "Dispositivo"),
	"sessions.timezone": tx("Clock of the device", "Uhr des Geräts", "Relógio do dispositivo"), "payouts.holder": tx("Account holder", "Kontoinhaber laut Angabe", "Titular indicado da conta"),
	"documents.mrz": tx("Machine-readable zone", "Maschinenlesbare Zone", "Zona de leitura automática"), "documents.expires": tx("Expiry date", "Ablaufdatum", "Data de validade"),
	"documents.number": tx("Document number", "Dokumentnummer", "Número do documento"), "documents.file": tx("Picture of the document", "Bild des Dokuments", "Imagem do documento"),
	"references.email": tx("Referee’s mail address", "E-Mail-Adresse der Referenzperson", "E-mail da pessoa de referência"), "references.phone": tx("Referee’s phone", "Telefon der Referenzperson", "Telefone da pessoa de referência"),
	"references.text": tx("Text of the reference", "Text der Referenz", "Texto da referência"), "references.reply_ip": tx("Network the referee answered from", "Netzwerk der Referenzantwort", "Rede da resposta da referência"),
	"messages.headers": tx("Mail headers", "Kopfzeilen der E-Mail", "Cabeçalhos do e-mail"), "delivery.name": tx("Name at delivery", "Name bei der Lieferung", "Nome na entrega"),
	"sessions": tx("Session", "Sitzung", "Sessão"), "payouts": tx("Payout account", "Auszahlungskonto", "Conta de pagamento"),
	"delivery": tx("Delivery address", "Lieferadresse", "Morada de entrega"), "photos": tx("Photo", "Foto", "Fotografia"),
	"interviews": tx("Interview", "Gespräch", "Entrevista"), "submitted_by": tx("Submitter", "Einreichende Stelle", "Quem submeteu"),
	"referred_by": tx("Referral", "Empfehlung", "Recomendação"), "stage": tx("Stage", "Schritt", "Etapa"), "tax_ids": tx("Tax number", "Steuernummer", "Número fiscal"),
	"contract": tx("Contract", "Vertrag", "Contrato"), "answers": tx("Answer", "Antwort", "Resposta"), "messages": tx("Message", "Nachricht", "Mensagem"),
	"history": tx("Change", "Änderung", "Alteração"), "profiles": tx("Public profile", "Öffentliches Profil", "Perfil público"), "pages": tx("Page they named", "Genannte Seite", "Página indicada"),
	"requests": tx("Request", "Anfrage", "Pedido"), "clearances": tx("Security clearance", "Sicherheitsüberprüfung", "Credenciação de segurança"),
	"role": tx("Role", "Rolle", "Função"), "received_at": tx("Day received", "Eingangstag", "Dia de receção"), "source": tx("Source", "Quelle", "Origem"),
}

func tx(en, de, pt string) record.Text { return record.Text{EN: en, DE: de, PT: pt} }

// fieldName is the word for a field's path, "" when the house has none.
func fieldName(l record.Lang, path string) string {
	for open := strings.IndexByte(path, '['); open >= 0; open = strings.IndexByte(path, '[') {
		end := strings.IndexByte(path[open:], ']')
		if end < 0 {
			return ""
		}
		path = path[:open] + path[open+end+1:]
	}
	for path != "" {
		if t, ok := fieldSaid[path]; ok {
			return t.In(l)
		}
		cut := strings.LastIndexByte(path, '.')
		if cut < 0 {
			return ""
		}
		path = path[:cut]
	}
	return ""
}

func methodName(l record.Lang, method string) string {
	if t, ok := methodSaid[method]; ok {
		return t.In(l)
	}
	return plain(method)
}

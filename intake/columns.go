package intake

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// columnWords are the names that columns have in English, German and
// Portuguese tables, folded by foldColumn, and where each goes in the record.
// Paths are those of application-record.md with these additions: person.first
// and person.last make the name, person.address.house joins the first line,
// accounts.SERVICE is a handle or the address of a profile, payouts.KIND an
// account of a kind.
var columnWords = func() map[string]string {
	words := map[string]string{}
	for _, row := range [][2]string{
		{"id", "id candidateid applicationid applicantid externalid bewerbungsid bewerberid bewerbernummer bewerbernr bewerbungsnummer kandidatenid kandidatennummer iddocandidato idcandidato candidaturaid idcandidatura iddacandidatura nr"},
		{"source", "source quelle kanal bewerbungskanal origem fonte canal"},
		{"received_at", "receivedat received appliedat applied applieddate appliedon applicationdate dateapplied submittedat submitted submissiondate submittedon timestamp zeitstempel carimbodedatahora createdat createdon date eingang eingegangen eingegangenam eingangsdatum bewerbungsdatum beworbenam datum data datadecandidatura datadacandidatura datacandidatura datadereceção datadececao datarececao recebidoem recebidaem enviadoem dataenvio datadeenvio dateofapplication datadeinscricao"},
		{"role.title", "role position job jobtitle jobname vacancy appliedfor positionappliedfor stelle stellenbezeichnung stellentitel stellenangebot ausschreibung rolle vaga funcao cargo"},
		{"role.id", "roleid jobid requisition requisitionid reqid stellenid stellennummer vagaid idvaga iddavaga"},
		{"role.country", "rolecountry jobcountry stellenland paisdavaga"},
		{"role.remote", "remote remoto remota homeoffice telearbeit teletrabalho"},
		{"role.tier", "tier roletier"},
		{"person.name", "name fullname candidatename candidate applicant applicantname nomecompleto nome bewerber bewerberin bewerbername vollstandigername vollername namedesbewerbers candidato nomedocandidato kandidat kandidatin personname"},
		{"person.first", "firstname givenname givennames forename vorname vornamen primeironome nomeproprio nomesproprios first"},
		{"person.last", "lastname surname familyname nachname familienname zuname apelido apelidos sobrenome ultimonome last"},
		{"person.other_names", "othernames othername alias aliases aka maidenname birthname nameatbirth preferredname knownas formername geburtsname rufname nomedesolteira nomesocial outrosnomes"},
		{"person.birth_date", "birthdate dateofbirth dob birthday born geburtsdatum geburtstag gebdatum geborenam geboren datadenascimento datanascimento dtnascimento nascimento"},
		{"person.nationality", "nationality citizenship nationalitat staatsangehorigkeit staatsburgerschaft nacionalidade cidadania"},
		{"person.address.lines", "address street streetaddress addressline homeaddress postaladdress strasse anschrift adresse wohnadresse strasseundhausnummer strasseundhausnr strassehausnummer strassehausnr strasseundnr strassenr morada endereco rua logradouro"},
		{"person.address.house", "housenumber hausnummer hausnr"},
		{"person.address.city", "city town ort stadt wohnort cidade localidade municipio"},
		{"person.address.postcode", "postcode postalcode zip zipcode plz postleitzahl codigopostal codpostal cep"},
		{"person.address.country", "country countryofresidence countrycode residencecountry land wohnsitzland wohnland landercode landescode pais paisderesidencia"},
		{"person.timezone", "timezone tz zeitzone fusohorario"},
		{"person.languages", "languages language sprachen sprache sprachkenntnisse idiomas idioma linguas"},
		{"emails", "email emails emailaddress emailaddresses mail mailadresse emailadresse emailadressen eemail correioeletronico correioelectronico enderecodeemail enderecoeletronico secondaryemail privateemail workemail primaryemail emailprivat emailpessoal"},
		{"phones", "phone phones phonenumber phonenumbers telephone telephonenumber tel mobile mobilephone mobilenumber mobilephonenumber cell cellphone telefon telefonnummer tel telefonnr handy handynummer handynr mobil mobilnummer mobiltelefon festnetz rufnummer telefone telemovel celular numerodetelefone numerodetelemovel whatsapp homephone workphone primaryphone"},
		{"urls", "url urls website websites homepage webseite web site sitepessoal portfolio link links personalwebsite pagina paginaweb"},
		{"resume.text", "resume resumetext cv cvtext lebenslauf lebenslauftext curriculo curriculum curriculumvitae textodocv textodocurriculo werdegang"},
		{"resume.file", "resumefile cvfile resumefilename cvfilename resumeurl cvurl lebenslaufdatei ficheirocv ficheirodocv anexo"},
		{"resume.sha256", "resumesha256 cvsha256"},
		{"resume.skills", "skills skill kenntnisse fahigkeiten technologien technologies techstack competencias habilidades tecnologias"},
		{"resume.work.organisation", "company currentcompany employer currentemployer organisation organization firma unternehmen arbeitgeber aktuellerarbeitgeber derzeitigerarbeitgeber empresa empresaatual empregador empregadoratual"},
		{"resume.work.title", "currenttitle currentposition currentrole currentjobtitle occupation profession berufsbezeichnung aktuelleposition beruf cargoatual funcaoatual profissao"},
		{"documents.number", "documentnumber docnumber idnumber idcardnumber passportnumber passportno passport ausweisnummer ausweisnr passnummer passnr reisepassnummer reisepass personalausweisnummer numerodopassaporte passaporte numerododocumento numerodocumento"},
		{"documents.kind", "documenttype documentkind doctype idtype ausweisart dokumentart tipodedocumento tipodocumento"},
		{"documents.issuer", "documentissuer documentcountry issuingcountry passportcountry ausstellungsland ausstellerland paisemissor paisdeemissao"},
		{"documents.expires", "documentexpiry documentexpires passportexpiry passportexpires expirydate expirationdate gultigbis ablaufdatum validade datadevalidade"},
		{"documents.mrz", "mrz"},
		{"payouts.iban", "iban"},
		{"payouts.paypal", "paypal paypalemail"},
		{"payouts.payoneer", "payoneer"},
		{"payouts.wise", "wise"},
		{"payouts.crypto", "wallet cryptowallet walletaddress cryptoaddress"},
		{"payouts.holder", "accountholder ibanholder kontoinhaber kontoinhaberin titulardaconta titular"},
		{"references.name", "referee refereename reference referencename referenz referenzname referenzgeber referencia nomedareferencia referencianome"},
		{"references.email", "refereeemail referenceemail referenzemail referenciaemail emaildareferencia"},
		{"references.phone", "refereephone referencephone referenztelefon referenciatelefone telefonedareferencia"},
		{"references.organisation", "refereecompany referencecompany refereeorganisation referenceorganisation referenzfirma referenciaempresa empresadareferencia"},
		{"references.relationship", "refereerelationship referencerelationship referenzbeziehung relacaodareferencia"},
		{"sessions.ip", "ip ipaddress ipadresse enderecoip clientip"},
		{"sessions.user_agent", "useragent browser"},
		{"sessions.device", "device deviceid devicefingerprint fingerprint gerat gerateid dispositivo"},
		{"sessions.timezone", "browsertimezone devicetimezone"},
		{"tax_ids", "taxid taxnumber steuerid steuernummer steueridentifikationsnummer idnr nif numerodecontribuinte contribuinte cpf nino ssn"},
		{"submitted_by.name", "agency agencyname agentur personalvermittlung personalvermittler agencia"},
		{"referred_by", "referredby referrer referral empfohlenvon indicadopor recomendadopor"},
		{"delivery.lines", "deliveryaddress shippingaddress laptopaddress lieferadresse versandadresse moradadeentrega enderecodeentrega"},
		{"delivery.name", "deliveryname lieferempfanger nomedeentrega"},
		{"delivery.city", "deliverycity lieferort cidadedeentrega"},
		{"delivery.postcode", "deliverypostcode deliveryzip lieferplz codigopostaldeentrega"},
		{"delivery.country", "deliverycountry lieferland paisdeentrega"},
		{"photos.file", "photo photofile foto bild bewerbungsfoto"},
		{"photos.sha256", "photosha256"},
		{"photos.phash", "photophash phash"},
		{"answers", "coverletter anschreiben motivation motivationsschreiben cartadeapresentacao cartamotivacao"},
		{"contract.party", "contractingparty contractparty vertragspartner partecontratante"},
	} {
		for _, word := range strings.Fields(row[1]) {
			words[foldColumn(word)] = row[0]
		}
	}
	for _, service := range []string{"github", "gitlab", "linkedin", "telegram", "twitter", "stackoverflow", "upwork", "freelancer",
		"skype", "discord", "xing", "facebook", "instagram", "kaggle"} {
		for _, suffix := range []string{"", "handle", "username", "user", "url", "link", "profile", "profil", "profileurl", "account", "id"} {
			words[service+suffix] = "accounts." + service
		}
	}
	return words
}()

// dayFirstWords are column names that tell a German or Portuguese table.
var dayFirstWords = []string{"vorname", "nachname", "geburtsdatum", "telefon", "eingang", "eingangsdatum", "bewerbungsdatum", "datum", "strasse",
	"plz", "ort", "stelle", "land", "nome", "apelido", "sobrenome", "datadenascimento", "telefone", "telemovel", "morada", "cidade", "pais", "vaga", "candidato", "data"}

// foldColumn is a column name in lower case, without accents and without
// anything but letters and digits.
func foldColumn(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ReplaceAll(strings.ToLower(s), "ß", "ss")) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// guessColumn is where a column of this name goes, and which of several it is
// ("phone2" is the second): path "" when the name tells nothing.
func guessColumn(name string) (path string, index int) {
	folded := foldColumn(name)
	if len(folded) > 64 {
		folded = ""
	}
	if path = columnWords[folded]; path != "" {
		return path, 0
	}
	// one number somewhere in it: phone1, Referenz 2 E-Mail
	start := strings.IndexFunc(folded, unicode.IsDigit)
	if start > 0 {
		end := start
		for end < len(folded) && folded[end] >= '0' && folded[end] <= '9' {
			end++
		}
		if n, err := strconv.Atoi(folded[start:end]); err == nil && n <= maxRepeats {
			if path = columnWords[folded[:start]+folded[end:]]; path != "" {
				return path, max(0, n-1)
			}
		}
	}
	if strings.HasSuffix(strings.TrimSpace(name), "?") {
		return "answers", 0
	}
	return "", 0
}

// maxRepeats is how many referees, documents … a row may hold.
const maxRepeats = 50

// splitPath cuts an index off a path a caller wrote: "references[1].email"
// becomes "references.email" and 1.
func splitPath(path string) (string, int) {
	open := strings.IndexByte(path, '[')
	shut := strings.IndexByte(path, ']')
	if open < 0 || shut < open {
		return path, 0
	}
	n, err := strconv.Atoi(path[open+1 : shut])
	if err != nil || n < 0 || n >= maxRepeats {
		return path, 0
	}
	return path[:open] + path[shut+1:], n
}

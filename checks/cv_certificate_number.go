package checks

import (
	"strings"

	"bonafide/record"
)

// Many vendors' certificates carry a number that the vendor confirms to anybody who
// asks. Its answer decides; a number that has not the vendor's form is most often a
// slip, or another number from the same letter, and is entered again.
var cvCertificateNumber = Check{
	ID: "cv-certificate-number",
	Title: record.Text{
		EN: "The issuer does not confirm a certificate",
		DE: "Ein Zertifikat wird von der ausstellenden Stelle nicht bestätigt",
		PT: "O emissor não confirma um certificado",
	},
	Text: record.Text{
		EN: "The issuer answered that a certificate was not issued under this number to this person, or the number does not have the issuer's form. An expired certificate is not counted.",
		DE: "Die ausstellende Stelle antwortete, dass unter dieser Nummer kein Zertifikat für diese Person besteht, oder die Nummer hat nicht deren Form. Ein abgelaufenes Zertifikat zählt nicht.",
		PT: "O emissor respondeu que não há certificado com este número para esta pessoa, ou o número não tem o formato do emissor. Um certificado expirado não conta.",
	},
	Stage:      []string{"application", "offer"},
	Family:     record.CV,
	Strength:   record.Conclusive,
	Reads:      []string{"confirmations"},
	Sources:    []string{"npa-joint-2026-09-18", "cisco-certification-tracking", "comptia-verification"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a mistyped number, or another number of the same letter", DE: "eine vertippte oder eine andere Nummer aus demselben Brief", PT: "um número mal escrito, ou outro número da mesma carta"},
		{EN: "a certificate under an earlier name, or expired", DE: "ein Zertifikat unter früherem Namen oder ein abgelaufenes", PT: "um certificado com um nome anterior, ou expirado"},
	},
	Clears: []record.Text{
		{EN: "the issuer's own link or badge for it", DE: "der Link oder das Abzeichen der ausstellenden Stelle", PT: "a ligação ou o distintivo do próprio emissor"},
	},
	Ask: record.Text{
		EN: "Please enter the number again, or send the issuer's link to the certificate.",
		DE: "Bitte geben Sie die Nummer noch einmal ein, oder senden Sie den Link der ausstellenden Stelle.",
		PT: "Introduza, por favor, o número de novo, ou envie a ligação do emissor para o certificado.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCvCertificateNumber,
}

var sayCertificateDenied = record.Text{
	EN: "The issuer answered that this certificate was not issued to this person.",
	DE: "Die ausstellende Stelle antwortete, dass dieses Zertifikat nicht für diese Person ausgestellt wurde.",
	PT: "O emissor respondeu que este certificado não foi emitido para esta pessoa.",
}

var sayCertificateUnknown = record.Text{
	EN: "The issuer holds no certificate under this number.",
	DE: "Die ausstellende Stelle führt unter dieser Nummer kein Zertifikat.",
	PT: "O emissor não tem certificado com este número.",
}

var sayCertificateForm = record.Text{
	EN: "The number of a certificate does not have its issuer's form.",
	DE: "Die Nummer eines Zertifikats hat nicht die Form der ausstellenden Stelle.",
	PT: "O número de um certificado não tem o formato do seu emissor.",
}

func runCvCertificateNumber(in *In) Answer {
	looked := false
	var found []record.Finding
	for i := range few(in.App.Confirmations) {
		c := &in.App.Confirmations[i]
		if c.Kind != "certificate" {
			continue
		}
		well, known := certificateForm(c.Issuer, c.Number)
		var f record.Finding
		switch {
		case c.Outcome == "confirmed" || c.Outcome == "partly": // expired, another spelling
			looked = true
			continue
		case c.Outcome == "denied" && independent(c.ContactFrom):
			f = attested(observed(record.Conclusive, sayCertificateDenied, confirmation(in, i)), twoPeople(c.By, c.Second))
		case c.Outcome == "no-record" && independent(c.ContactFrom):
			f = observed(record.Supporting, sayCertificateUnknown, confirmation(in, i))
		case known && !well:
			f = observed(record.Supporting, sayCertificateForm, record.Evidence{Field: indexed("confirmations", i) + ".number", ComparedWith: c.Issuer})
		case known:
			looked = true
			continue
		default:
			continue
		}
		looked = true
		f.Value = digest("certificate\n" + c.About + "\n" + c.Number)
		found = append(found, unlessConfirmed(in, i, f))
	}
	if !looked {
		return noData
	}
	return hit(found...)
}

// certificateForms are the numbers that issuers print: N a digit, A a letter or
// digit. An issuer's certificate number and its verification code are both taken.
var certificateForms = map[string][]string{
	"cisco":   {"CSCONNNNNNNN", "AAAAAAAAAAAAAAAA"},
	"comptia": {"COMPNNNNNNNNN", "COMPNNNNNNNNNNNN", "AAAAAAAAAAAAAAAA"},
}

// certificateForm reports whether a number has a form of its issuer, and
// whether the issuer's forms are known.
func certificateForm(issuer, number string) (well, known bool) {
	forms := certificateForms[strings.ToLower(strings.TrimSpace(issuer))]
	number = strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(number))
	if len(forms) == 0 || number == "" {
		return false, false
	}
	for _, form := range forms {
		well = well || hasForm(number, form)
	}
	return well, true
}

func hasForm(s, form string) bool {
	if len(s) != len(form) {
		return false
	}
	anything := strings.Trim(form, "A") == ""
	for i := range len(s) {
		digit, letter := '0' <= s[i] && s[i] <= '9', 'A' <= s[i] && s[i] <= 'Z'
		switch {
		case anything && (digit || letter):
		case !anything && form[i] == 'N' && digit:
		case !anything && form[i] != 'N' && s[i] == form[i]:
		default:
			return false
		}
	}
	return true
}

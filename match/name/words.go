package name

// kind says what a word is in a name, so that "bin", "Dr" or "GmbH" neither
// make nor break an agreement.
type kind uint8

const (
	kindPlain kind = iota
	kindInitial
	kindParticle // al, bin, von, de: part of a name, often left out
	kindTitle    // Dr, Mr, Haji: not part of a name
	kindNumber
	kindLegal    // GmbH, LLC
	kindEveryday // bank, group, industries: in an organisation's name
	kindStop     // of, the, and
)

// personKind classes one folded token of a person's name.
func personKind(tok []byte) kind {
	if len(tok) == 1 {
		if tok[0] >= '0' && tok[0] <= '9' {
			return kindNumber
		}
		return kindInitial
	}
	if len(tok) > 10 {
		return kindPlain
	}
	switch string(tok) {
	case "al", "el", "ul", "ur", "ud", "ad", "as", "ar", "at", "az", "an", "ibn", "bin", "ben", "bint", "binti", "bte", "bt", "oglu", "ogly", "ugli", "kyzy", "qizi",
		"van", "von", "vom", "der", "den", "de", "del", "dei", "della", "delle", "di", "da", "do", "das", "dos", "du", "des", "la", "le", "las", "los",
		"zu", "zum", "zur", "ter", "ten", "te", "op", "af", "av", "und", "et", "ap", "st", "anak", "wal", "dit":
		return kindParticle
	case "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "rev", "fr", "jr", "sr", "ii", "iii", "iv", "phd", "md", "msc", "bsc", "mba", "esq",
		"herr", "frau", "dipl", "ing", "senhor", "senhora", "sra", "snr", "dona", "monsieur", "madame", "mme", "mlle", "signor", "signora",
		"haji", "hajji", "hadji", "hajj", "haj", "maulavi", "mawlawi", "mullah", "mulla", "maulana", "mawlana", "qari", "sheikh", "shaikh", "shaykh", "sheik", "alhaj", "alhaji", "ustad", "ustaz", "imam", "sahib", "saheb", "akhund", "previously", "formerly", "listed", // notes that lists write into names
		"president", "general", "brigadier", "commander", "comandante", "colonel", "captain", "major", "lt", "col", "gen", "capt", "doctor", "engr", "eng", "hon", "prasident":
		return kindTitle
	}
	return kindPlain
}

// patronymic says whether a folded token has the form of an East Slavic or
// Turkic father's name, which is left out as often as it is written.
func patronymic(tok []byte) bool {
	for _, s := range [...]string{"ovich", "evich", "ovych", "evych", "ovic", "ovna", "evna", "ivna", "yevich", "yevna", "ichna", "inichna"} {
		if len(tok) > len(s)+1 && string(tok[len(tok)-len(s):]) == s {
			return true
		}
	}
	return false
}

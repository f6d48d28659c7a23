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
	}
	if _, ok := titleNeeds(tok); ok {
		return kindTitle
	}
	return kindPlain
}

// titleNeeds says of a title beside how many other words of the name it can be
// one: 0 for what nobody is called, 1 for words of address, 2 for words that
// are family or given names of many people (Sheikh, Imam, Major, Lord). They
// are titles in front of a whole name only: who is called Bilal Sheikh is not
// to be compared by less of the name than who is called Bilal Ahmed.
func titleNeeds(tok []byte) (others int, ok bool) {
	switch string(tok) {
	case "mr", "mrs", "ms", "mx", "dr", "prof", "jr", "sr", "snr", "sra", "iii", "iv", "phd", "md", "msc", "bsc", "mba", "esq", "dipl", "engr", "mme", "mlle",
		"previously", "formerly", "listed": // notes that lists write into names
		return 0, true
	case "miss", "herr", "frau", "senhor", "senhora", "monsieur", "madame", "signor", "signora", "prasident", "doctor":
		return 1, true
	case "sir", "dame", "lord", "lady", "rev", "fr", "ii", "ing", "dona",
		"haji", "hajji", "hadji", "hajj", "haj", "maulavi", "mawlawi", "mullah", "mulla", "maulana", "mawlana", "qari", "sheikh", "shaikh", "shaykh", "sheik", "alhaj", "alhaji", "ustad", "ustaz", "imam", "sahib", "saheb", "akhund",
		"president", "general", "brigadier", "commander", "comandante", "colonel", "captain", "major", "lt", "col", "gen", "capt", "eng", "hon":
		return 2, true
	}
	return 0, false
}

// isTitle decides about a word that may be one: lead says that only titles
// stand before it, others counts the plain words of the name beside it, dotted
// that it is abbreviated (Gen.).
func isTitle(tok []byte, lead, dotted bool, others int) bool {
	needs, ok := titleNeeds(tok)
	switch {
	case !ok:
		return false
	case needs == 0 || dotted && others > 0:
		return true
	case string(tok) == "ii", string(tok) == "akhund", string(tok) == "sahib", string(tok) == "saheb": // these follow a name
		return others >= needs
	}
	return lead && others >= needs
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

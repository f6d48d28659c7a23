package name

import "strings"

// legalForms names the classes of company forms across countries. Two forms of
// one class are the same word; two of different classes weigh little, because
// sources differ in how they write a company. One class a line; multi-word
// forms are written with a hyphen. General knowledge of company law.
const legalForms = `
ltd limited limitada ltda limitee ltdsti gmbh sarl srl sl slu llc oy-ab bv bvba sprl spzoo doo ooo tov oü ou uab sia kft eood ood sro kk-ltd pty pte sdn ehf aps as-ltd lc plc-ltd gesellschaft-mit-beschrankter-haftung limited-liability-company obshchestvo-s-ogranichennoy-otvetstvennostyu societatea-cu-raspundere-limitata sociedad-limitada societe-a-responsabilite-limitee sp-z-o-o sp-zoo d-o-o s-r-o s-r-l s-a-r-l l-l-c b-v
inc incorporated corp corporation corporacion corporacao incorporation
co company cie compagnie compania companhia
ag aktiengesellschaft sa spa nv ab asa oyj oy se jsc ojsc pjsc cjsc oao zao pao ao at joint-stock-company open-joint-stock-company public-joint-stock-company closed-joint-stock-company aktsionernoe-obshchestvo otkrytoe-aktsionernoe-obshchestvo publichnoe-aktsionernoe-obshchestvo sociedad-anonima societe-anonyme sas saic sab sapi tbk pt kk plc bhd jtd rt zrt ad public-limited-company a-s
llp lp lllp limited-partnership limited-liability-partnership kg kgaa gmbh-co-kg ohg cv snc scs
ev eingetragener-verein association asociacion verein
mv ms ss mt
fze fzco fzc fz-llc fzllc
est establishment
cv-sa sa-de-cv s-de-rl-de-cv sapi-de-cv
`

// everydayOrgWords are words so common in names of organisations that agreeing
// on them says little.
const everydayOrgWords = `
group holding holdings international bank banco trading industries industry industrial systems services service solutions foundation trust fund capital partners global general
trade import export commercial enterprises enterprise investment investments management shipping maritime marine airlines air aviation transport logistics construction engineering
technology technologies development energy oil gas petroleum power electric electronics steel metal chemical pharmaceutical medical health insurance financial finance securities asset
national state central federal government ministry institute university center centre research committee council organization organisation party front army brigade union federation
company factory plant works bureau office department agency commission society club sociedad empresa comercial inversiones grupo compania agricola ganadera inmobiliaria constructora transportes servicios
limited world united new east west north south great first star
`

const orgStopWords = "of the and for in de la el y et und du des a an e da do di del der die das i to on at by von les los las with"

var legalWords, legalPhrases = makeLegal()

// makeLegal splits the table in single words and runs of words.
func makeLegal() (map[string]int32, map[string]int32) {
	words, phrases := map[string]int32{}, map[string]int32{}
	for i, line := range strings.Split(strings.TrimSpace(legalForms), "\n") {
		for _, f := range strings.Fields(line) {
			b, _ := fold(nil, f)
			k := strings.TrimSpace(string(b))
			if strings.Contains(k, " ") {
				phrases[k] = int32(i)
			} else {
				words[k] = int32(i)
			}
		}
	}
	return words, phrases
}

// sameThing are names of organisations' words that are written in two ways.
var sameThing = map[string]string{
	"united states of america": "us", "united states": "us", "usa": "us", "united kingdom": "uk", "great britain": "uk", "russian federation": "russia",
	"intl": "international", "natl": "national", "dept": "department", "univ": "university", "mfg": "manufacturing", "bros": "brothers", "assoc": "association", "govt": "government", "tech": "technology",
}

var everydayWords = wordSet(everydayOrgWords)
var stopWords = wordSet(orgStopWords)

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// numberWords reads small numbers written out, in English and by Roman numeral.
var numberWords = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
	"forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "8th": 8, "9th": 9, "10th": 10,
	"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16, "xx": 20,
}

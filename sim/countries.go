package sim

// country is what the population needs to know of one. Weights are close to
// each other on purpose: rates by country are compared, and a country of a
// handful of people says nothing.
type country struct {
	code     string // ISO 3166-1 alpha-2
	mrz      string // code of ICAO 9303 for the nationality field
	weight   float64
	language string // BCP 47, the most common one
	currency string
	zones    []string // IANA
	cities   []string
	postcode string // '#' a digit, '@' a letter
	street   string // '%s' a root, '%d' a number
	// bank is the BBAN of accounts in this country, '#' a digit. The bank code
	// is one that is not issued (all zeros, or ZZZZ). "" where there is no IBAN.
	bank   string
	given  []string
	family []string
	// native spellings, parallel to given and family; nil where the Latin one
	// is the usual one.
	nativeGiven, nativeFamily []string
	naming                    naming
}

// naming is how names are put together.
type naming uint8

const (
	plain       naming = iota // given family
	middle                    // given M. family
	twoSurnames               // given family family
	familyFirst               // written family given in the native script
	patronymic                // a patronymic in the native script
)

var countries = [...]country{
	{code: "US", mrz: "USA", weight: 6, language: "en", currency: "USD", postcode: "#####", street: "%[2]d %[1]s Street", naming: middle,
		zones:  []string{"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"},
		cities: []string{"Columbus", "Austin", "Denver", "Portland", "Raleigh", "Tampa", "Boise", "Omaha"}},
	{code: "CA", mrz: "CAN", weight: 4, language: "en", currency: "CAD", postcode: "@#@ #@#", street: "%[2]d %[1]s Avenue", naming: middle,
		zones:  []string{"America/Toronto", "America/Vancouver"},
		cities: []string{"Toronto", "Ottawa", "Calgary", "Halifax", "Vancouver"}},
	{code: "GB", mrz: "GBR", weight: 5, language: "en", currency: "GBP", postcode: "@@# #@@", street: "%[2]d %[1]s Road", bank: "ZZZZ000000########",
		zones:  []string{"Europe/London"},
		cities: []string{"Leeds", "Bristol", "Glasgow", "Cardiff", "Norwich", "Manchester"}},
	{code: "IE", mrz: "IRL", weight: 3, language: "en", currency: "EUR", postcode: "@## @#@#", street: "%[2]d %[1]s Park", bank: "ZZZZ000000########",
		zones:  []string{"Europe/Dublin"},
		cities: []string{"Dublin", "Cork", "Galway", "Limerick"}},
	{code: "DE", mrz: "D", weight: 5, language: "de", currency: "EUR", postcode: "#####", street: "%[1]sstraße %[2]d", bank: "00000000##########",
		zones:  []string{"Europe/Berlin"},
		cities: []string{"Bremen", "Leipzig", "Kassel", "Freiburg", "Potsdam", "Mainz", "Köln"}},
	{code: "FR", mrz: "FRA", weight: 4, language: "fr", currency: "EUR", postcode: "#####", street: "%[2]d rue %[1]s", bank: "0000000000#############",
		zones:  []string{"Europe/Paris"},
		cities: []string{"Nantes", "Lyon", "Lille", "Grenoble", "Rennes"}},
	{code: "NL", mrz: "NLD", weight: 3, language: "nl", currency: "EUR", postcode: "#### @@", street: "%[1]slaan %[2]d", bank: "ZZZZ##########",
		zones:  []string{"Europe/Amsterdam"},
		cities: []string{"Utrecht", "Delft", "Groningen", "Arnhem"}},
	{code: "ES", mrz: "ESP", weight: 4, language: "es", currency: "EUR", postcode: "#####", street: "Calle %[1]s %[2]d", bank: "0000000000##########", naming: twoSurnames,
		zones:  []string{"Europe/Madrid"},
		cities: []string{"Valencia", "Málaga", "Bilbao", "Sevilla", "Gijón"}},
	{code: "PT", mrz: "PRT", weight: 4, language: "pt", currency: "EUR", postcode: "####-###", street: "Rua %[1]s %[2]d", bank: "00000000#############", naming: twoSurnames,
		zones:  []string{"Europe/Lisbon"},
		cities: []string{"Porto", "Braga", "Aveiro", "Coimbra", "Faro"}},
	{code: "IT", mrz: "ITA", weight: 4, language: "it", currency: "EUR", postcode: "#####", street: "Via %[1]s %[2]d", bank: "X0000000000############",
		zones:  []string{"Europe/Rome"},
		cities: []string{"Torino", "Bologna", "Bari", "Trieste", "Padova"}},
	{code: "PL", mrz: "POL", weight: 4, language: "pl", currency: "PLN", postcode: "##-###", street: "ul. %[1]s %[2]d", bank: "00000000################",
		zones:  []string{"Europe/Warsaw"},
		cities: []string{"Gdańsk", "Wrocław", "Lublin", "Poznań", "Łódź"}},
	{code: "RO", mrz: "ROU", weight: 3, language: "ro", currency: "RON", postcode: "######", street: "Strada %[1]s %[2]d", bank: "ZZZZ################",
		zones:  []string{"Europe/Bucharest"},
		cities: []string{"Cluj-Napoca", "Iași", "Brașov", "Timișoara"}},
	{code: "UA", mrz: "UKR", weight: 4, language: "uk", currency: "UAH", postcode: "#####", street: "vul. %[1]s %[2]d", bank: "000000###################", naming: patronymic,
		zones:  []string{"Europe/Kyiv"},
		cities: []string{"Kyiv", "Lviv", "Odesa", "Kharkiv", "Dnipro"}},
	{code: "GR", mrz: "GRC", weight: 3, language: "el", currency: "EUR", postcode: "### ##", street: "Odos %[1]s %[2]d", bank: "0000000################",
		zones:  []string{"Europe/Athens"},
		cities: []string{"Patra", "Volos", "Larisa", "Irakleio"}},
	{code: "SE", mrz: "SWE", weight: 3, language: "sv", currency: "SEK", postcode: "### ##", street: "%[1]sgatan %[2]d", bank: "000#################",
		zones:  []string{"Europe/Stockholm"},
		cities: []string{"Malmö", "Uppsala", "Umeå", "Lund"}},
	{code: "TR", mrz: "TUR", weight: 3, language: "tr", currency: "TRY", postcode: "#####", street: "%[1]s Sokak %[2]d", bank: "000000################",
		zones:  []string{"Europe/Istanbul"},
		cities: []string{"İzmir", "Bursa", "Ankara", "Eskişehir"}},
	{code: "BR", mrz: "BRA", weight: 4, language: "pt", currency: "BRL", postcode: "#####-###", street: "Rua %[1]s, %[2]d", bank: "0000000000000##########C1", naming: twoSurnames,
		zones:  []string{"America/Sao_Paulo", "America/Fortaleza"},
		cities: []string{"Curitiba", "Recife", "Campinas", "Fortaleza", "Belo Horizonte"}},
	{code: "MX", mrz: "MEX", weight: 3, language: "es", currency: "MXN", postcode: "#####", street: "Calle %[1]s %[2]d", naming: twoSurnames,
		zones:  []string{"America/Mexico_City"},
		cities: []string{"Puebla", "Mérida", "Querétaro", "León"}},
	{code: "AR", mrz: "ARG", weight: 3, language: "es", currency: "ARS", postcode: "@####", street: "%[1]s %[2]d", naming: twoSurnames,
		zones:  []string{"America/Argentina/Buenos_Aires"},
		cities: []string{"Rosario", "Córdoba", "Mendoza", "La Plata"}},
	{code: "IN", mrz: "IND", weight: 5, language: "hi", currency: "INR", postcode: "######", street: "%[2]d %[1]s Nagar",
		zones:  []string{"Asia/Kolkata"},
		cities: []string{"Pune", "Hyderabad", "Kochi", "Jaipur", "Chennai", "Indore"}},
	{code: "PK", mrz: "PAK", weight: 3, language: "ur", currency: "PKR", postcode: "#####", street: "House %[2]d, %[1]s Road",
		zones:  []string{"Asia/Karachi"},
		cities: []string{"Lahore", "Karachi", "Multan", "Islamabad"}},
	{code: "PH", mrz: "PHL", weight: 3, language: "fil", currency: "PHP", postcode: "####", street: "%[2]d %[1]s St.", naming: middle,
		zones:  []string{"Asia/Manila"},
		cities: []string{"Cebu City", "Davao City", "Quezon City", "Iloilo City"}},
	{code: "VN", mrz: "VNM", weight: 3, language: "vi", currency: "VND", postcode: "######", street: "%[2]d %[1]s", naming: familyFirst,
		zones:  []string{"Asia/Ho_Chi_Minh"},
		cities: []string{"Da Nang", "Hue", "Can Tho", "Hai Phong"}},
	{code: "JP", mrz: "JPN", weight: 3, language: "ja", currency: "JPY", postcode: "###-####", street: "%[2]d-4 %[1]s", naming: familyFirst,
		zones:  []string{"Asia/Tokyo"},
		cities: []string{"Sendai", "Kobe", "Sapporo", "Fukuoka"}},
	{code: "KR", mrz: "KOR", weight: 3, language: "ko", currency: "KRW", postcode: "#####", street: "%[2]d %[1]s-ro", naming: familyFirst,
		zones:  []string{"Asia/Seoul"},
		cities: []string{"Busan", "Daejeon", "Incheon", "Gwangju"}},
	{code: "NG", mrz: "NGA", weight: 4, language: "en", currency: "NGN", postcode: "######", street: "%[2]d %[1]s Close",
		zones:  []string{"Africa/Lagos"},
		cities: []string{"Lagos", "Ibadan", "Enugu", "Abuja", "Jos"}},
	{code: "KE", mrz: "KEN", weight: 3, language: "sw", currency: "KES", postcode: "#####", street: "%[2]d %[1]s Lane",
		zones:  []string{"Africa/Nairobi"},
		cities: []string{"Nairobi", "Mombasa", "Kisumu", "Nakuru"}},
	{code: "EG", mrz: "EGY", weight: 3, language: "ar", currency: "EGP", postcode: "#####", street: "%[2]d %[1]s St.", bank: "00000000#################",
		zones:  []string{"Africa/Cairo"},
		cities: []string{"Cairo", "Giza", "Alexandria", "Mansoura"}},
}

// streetRoots are put into the street form of a country. They are invented or
// so general that they exist everywhere.
var streetRoots = []string{
	"Alder", "Almara", "Amber", "Arlen", "Aurel", "Banda", "Belmar", "Birken", "Bonar", "Brenna", "Calder", "Camena", "Candel", "Carmo",
	"Cedra", "Clara", "Corvin", "Dalma", "Delmar", "Doriana", "Eichen", "Elmira", "Emeral", "Fabian", "Falken", "Farol", "Feltre", "Fiora",
	"Galena", "Garda", "Gelso", "Girasol", "Hanna", "Harbor", "Hasel", "Helena", "Iluna", "Isola", "Jardim", "Jasmin", "Kalina", "Karmel",
	"Kestrel", "Kiran", "Lantana", "Larena", "Laurel", "Linden", "Lotus", "Lumen", "Maple", "Marena", "Melani", "Mirabel", "Mirto", "Nandi",
	"Nara", "Nogal", "Novara", "Oliva", "Orchid", "Orion", "Palma", "Pavlo", "Perla", "Pinhal", "Quinta", "Rosal", "Rowan", "Rubena", "Sable",
	"Salvia", "Sandal", "Serena", "Solano", "Sorbus", "Tamar", "Tanne", "Thistle", "Tilia", "Torre", "Ulmen", "Valena", "Vela", "Verano",
	"Vista", "Walden", "Weiden", "Willow", "Yarrow", "Zeder", "Zinnia",
}

package checks

// Fields of work that technologies belong to, for cv-implausible-breadth.
const (
	fieldWeb = 1 << iota
	fieldMobile
	fieldBackend
	fieldData
	fieldML
	fieldChain
	fieldOps
	fieldGame
	fieldDevice
	fieldSite
	fieldSecurity
	fieldEnterprise
)

// technology is when the public could first use something, and where it is
// used. A Cased name is also an ordinary word: in running text it counts only
// when written with a capital inside a sentence.
type technology struct {
	year  int // of the first public release; 0: too old or too vague to date
	field int
	cased bool
}

// technologies by lower-case name. Source of the years: the projects' own
// release announcements and version histories. To add one, add a line.
var technologies = map[string]technology{
	"airflow": {2015, fieldData, true}, "angular": {2010, fieldWeb, true}, "ansible": {2012, fieldOps, false}, "argocd": {2018, fieldOps, false},
	"aws": {2006, fieldOps, false}, "azure": {2008, fieldOps, true}, "bert": {2018, fieldML, true}, "bigquery": {2010, fieldData, false},
	"bitcoin": {2009, fieldChain, false}, "blazor": {2018, fieldWeb, false}, "c++": {0, fieldDevice, false}, "cassandra": {2008, fieldData, true},
	"chatgpt": {2022, fieldML, false}, "clickhouse": {2016, fieldData, false}, "cobol": {0, fieldEnterprise, false}, "cockroachdb": {2015, fieldData, false},
	"databricks": {2013, fieldData, false}, "deno": {2018, fieldBackend, true}, "django": {2005, fieldBackend, false}, "docker": {2013, fieldOps, false},
	"drupal": {2001, fieldSite, false}, "dynamodb": {2012, fieldData, false}, "elasticsearch": {2010, fieldData, false}, "electron": {2013, fieldWeb, true},
	"elixir": {2011, fieldBackend, true}, "embedded": {0, fieldDevice, false}, "ethereum": {2014, fieldChain, false}, "fastapi": {2018, fieldBackend, false},
	"firebase": {2011, fieldMobile, false}, "firmware": {0, fieldDevice, false}, "flask": {2010, fieldBackend, true}, "flutter": {2017, fieldMobile, true},
	"fpga": {0, fieldDevice, false}, "gatsby": {2015, fieldWeb, true}, "gitlab": {2011, fieldOps, false}, "godot": {2014, fieldGame, true},
	"golang": {2009, fieldBackend, false}, "go": {2009, fieldBackend, true}, "grafana": {2014, fieldOps, false}, "graphql": {2015, fieldBackend, false}, "hadoop": {2006, fieldData, false},
	"hardhat": {2019, fieldChain, false}, "helm": {2015, fieldOps, true}, "hyperledger": {2015, fieldChain, false}, "influxdb": {2013, fieldData, false},
	"ionic": {2013, fieldMobile, true}, "ios": {2007, fieldMobile, false}, "android": {2007, fieldMobile, false}, "istio": {2017, fieldOps, false},
	"jenkins": {2011, fieldOps, true}, "joomla": {2005, fieldSite, false}, "k8s": {2014, fieldOps, false}, "kafka": {2011, fieldData, true},
	"keras": {2015, fieldML, false}, "kotlin": {2011, fieldMobile, false}, "kubernetes": {2014, fieldOps, false}, "langchain": {2022, fieldML, false},
	"laravel": {2011, fieldBackend, false}, "llamaindex": {2022, fieldML, false}, "magento": {2008, fieldSite, false}, "metasploit": {2003, fieldSecurity, false},
	"mlflow": {2018, fieldML, false}, "mongodb": {2009, fieldData, false}, "neo4j": {2007, fieldData, false}, "nestjs": {2017, fieldBackend, false},
	"next.js": {2016, fieldWeb, false}, "nextjs": {2016, fieldWeb, false}, "nft": {2017, fieldChain, false}, "node.js": {2009, fieldBackend, false},
	"nodejs": {2009, fieldBackend, false}, "nuxt": {2016, fieldWeb, false}, "openai": {2015, fieldML, false}, "openstack": {2010, fieldOps, false},
	"oracle": {0, fieldEnterprise, true}, "pentesting": {0, fieldSecurity, false}, "playwright": {2020, fieldWeb, true}, "prometheus": {2012, fieldOps, true},
	"pyspark": {2012, fieldData, false}, "pytorch": {2016, fieldML, false}, "rails": {2004, fieldBackend, true}, "react": {2013, fieldWeb, true},
	"react.js": {2013, fieldWeb, false}, "reactjs": {2013, fieldWeb, false}, "redis": {2009, fieldData, false}, "redux": {2015, fieldWeb, true},
	"rust": {2010, fieldBackend, true}, "salesforce": {2000, fieldEnterprise, false}, "sap": {0, fieldEnterprise, true}, "scikit-learn": {2007, fieldML, false},
	"shopify": {2006, fieldSite, false}, "siem": {0, fieldSecurity, false}, "solana": {2018, fieldChain, false}, "solidity": {2014, fieldChain, true},
	"spring": {0, fieldBackend, true}, "strapi": {2016, fieldSite, false}, "supabase": {2020, fieldData, false}, "svelte": {2016, fieldWeb, true},
	"swiftui": {2019, fieldMobile, false}, "symfony": {2005, fieldBackend, false}, "tailwind": {2017, fieldWeb, true}, "tailwindcss": {2017, fieldWeb, false},
	"tensorflow": {2015, fieldML, false}, "terraform": {2014, fieldOps, false}, "truffle": {2015, fieldChain, true}, "typescript": {2012, fieldWeb, false},
	"unity": {2005, fieldGame, true}, "unreal": {0, fieldGame, true}, "vite": {2020, fieldWeb, true}, "vue": {2014, fieldWeb, true},
	"vue.js": {2014, fieldWeb, false}, "vuejs": {2014, fieldWeb, false}, "webassembly": {2017, fieldWeb, false}, "webflow": {2013, fieldSite, false},
	"web3": {2014, fieldChain, false}, "webpack": {2012, fieldWeb, false}, "wordpress": {2003, fieldSite, false}, "xamarin": {2011, fieldMobile, false},
	"xgboost": {2014, fieldML, false},
}

// youngest is the latest year in the table: text about times after it cannot
// be too early for anything.
const youngest = 2022

// technologyOf looks a word up as it stands in a text. lead is whether it
// begins a line or sentence, where every word has a capital.
func technologyOf(word string, lead bool) (technology, bool) {
	var raw [24]byte
	if !mayBeTechnology(word) || len(word) > len(raw) {
		return technology{}, false
	}
	capital := word[0] >= 'A' && word[0] <= 'Z'
	b := raw[:len(word)]
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		b[i] = c
	}
	t, ok := technologies[string(b)]
	return t, ok && (!t.cased || capital && !lead)
}

// technologyShapes tells most words of a text from technologies at a glance:
// for each first letter, the lengths there are.
var technologyShapes = shapesOf(technologies)

func mayBeTechnology(word string) bool {
	return len(word) > 1 && len(word) < 32 && technologyShapes[word[0]|0x20]&(1<<len(word)) != 0
}

func shapesOf(table map[string]technology) (shapes [256]uint32) {
	for name := range table {
		shapes[name[0]|0x20] |= 1 << len(name)
	}
	return shapes
}

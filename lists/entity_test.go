package lists

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bonafide/match/name"
	"bonafide/record"
)

// Invented people, in each publisher's format.
const (
	sampleSDN = `<?xml version="1.0"?><sdnList xmlns="http://tempuri.org/sdnList.xsd"><publshInformation><Publish_Date>04/22/2026</Publish_Date></publshInformation>
<sdnEntry><uid>101</uid><firstName>Pak Min</firstName><lastName>TESTSON</lastName><sdnType>Individual</sdnType><programList><program>DPRK3</program></programList>
<idList><id><idType>Passport</idType><idNumber>PX 123456</idNumber></id><id><idType>Digital Currency Address - XBT</idType><idNumber>1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa</idNumber></id><id><idType>Gender</idType><idNumber>Male</idNumber></id></idList>
<akaList><aka><category>strong</category><lastName>TESTSON</lastName><firstName>Bak Min</firstName></aka><aka><category>weak</category><lastName>BIG TEST</lastName></aka></akaList>
<nationalityList><nationality><country>Korea, North</country></nationality></nationalityList>
<dateOfBirthList><dateOfBirthItem><dateOfBirth>28 Jul 1983</dateOfBirth></dateOfBirthItem><dateOfBirthItem><dateOfBirth>circa 1984</dateOfBirth></dateOfBirthItem></dateOfBirthList></sdnEntry></sdnList>`
	sampleAdvanced = `<?xml version="1.0" encoding="utf-8"?><Sanctions xmlns="x"><DateOfIssue><Year>2026</Year><Month>5</Month><Day>2</Day></DateOfIssue>
<ReferenceValueSets><FeatureTypeValues><FeatureType ID="1">Digital Currency Address - XBT</FeatureType><FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="10">Nationality Country</FeatureType></FeatureTypeValues>
<PartySubTypeValues><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues><CountryValues><Country ID="77" ISO2="KP">North Korea</Country></CountryValues></ReferenceValueSets>
<Locations><Location ID="5"><LocationCountry CountryID="77"/></Location></Locations><IDRegDocuments><IDRegDocument ID="1" IdentityID="9"><IDRegistrationNo>PX 123456</IDRegistrationNo></IDRegDocument></IDRegDocuments>
<DistinctParties><DistinctParty FixedRef="101"><Profile ID="101" PartySubTypeID="4"><Identity ID="9"><Alias Primary="true" LowQuality="false"><DocumentedName><DocumentedNamePart><NamePartValue>Testson</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue>Pak Min</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
<Alias Primary="false" LowQuality="true"><DocumentedName><DocumentedNamePart><NamePartValue>Big Test</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity>
<Feature FeatureTypeID="1"><FeatureVersion><VersionDetail>1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa</VersionDetail></FeatureVersion></Feature><Feature FeatureTypeID="8"><FeatureVersion><DatePeriod><Start><From><Year>1983</Year><Month>7</Month><Day>28</Day></From></Start><End><To><Year>1983</Year></To></End></DatePeriod></FeatureVersion></Feature>
<Feature FeatureTypeID="10"><FeatureVersion><VersionLocation LocationID="5"/></FeatureVersion></Feature></Profile></DistinctParty></DistinctParties></Sanctions>`
	sampleLegacy = "101,\"TESTSON, Pak Min\",\"individual\",\"DPRK3] [CYBER2\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 28 Jul 1983; alt. DOB 1984; nationality Korea, North; Gender Male; Passport PX 123456 (Korea, North); a.k.a. 'BIG TEST'; Digital Currency Address - XBT 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa.\"\r\n\x1a"
	sampleAlt    = "101,9,\"aka\",\"TESTSON, Bak Min\",-0- \r\n"
	sampleEU     = `<?xml version="1.0" encoding="UTF-8"?><export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-04-15T15:29:22+02:00"><sanctionEntity euReferenceNumber="EU.1.1" logicalId="101"><regulation programme="PRK"/><subjectType code="person"/>
<nameAlias wholeName="Pak Min TESTSON" strong="true" gender="M"/><nameAlias wholeName="Big Test" strong="false"/><birthdate birthdate="1983-07-28" year="1983"/><citizenship countryIso2Code="KP"/><identification number="PX 123456" identificationTypeCode="passport"/></sanctionEntity></export>`
	sampleUN = `<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>PAK MIN</FIRST_NAME><SECOND_NAME>TESTSON</SECOND_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.999</REFERENCE_NUMBER><NAME_ORIGINAL_SCRIPT>박민</NAME_ORIGINAL_SCRIPT><GENDER>Male</GENDER>
<NATIONALITY><VALUE>Democratic People's Republic of Korea</VALUE></NATIONALITY><INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Big Test</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_DATE_OF_BIRTH><DATE>1983-07-28</DATE></INDIVIDUAL_DATE_OF_BIRTH><INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>PX 123456</NUMBER></INDIVIDUAL_DOCUMENT></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>`
	sampleUKXML = `<Designations><DateGenerated>13/02/2026</DateGenerated><Designation><UniqueID>DPR0999</UniqueID><Names><Name><Name6>TESTSON</Name6><Name1>Pak</Name1><Name2>Min</Name2><NameType>Primary Name</NameType></Name><Name><Name6>BIG TEST</Name6><NameType>Alias</NameType><AliasStrength>Low quality</AliasStrength></Name></Names>
<IndividualEntityShip>Individual</IndividualEntityShip><RegimeName>DPRK</RegimeName><IndividualDetails><Individual><DOBs><DOB>28/07/1983</DOB></DOBs><Nationalities><Nationality>North Korea</Nationality></Nationalities><PassportDetails><Passport><PassportNumber>PX 123456</PassportNumber></Passport></PassportDetails></Individual></IndividualDetails></Designation></Designations>`
	sampleFtM = `{"id":"NK-1","caption":"Pak Min Testson","schema":"Person","properties":{"name":["Pak Min Testson","Bak Min Testson"],"weakAlias":["Big Test"],"birthDate":["1983-07-28"],"nationality":["kp"],"passportNumber":["PX 123456"],"topics":["sanction"]}}
{"id":"NK-2","schema":"Ownership","properties":{"owner":["NK-1"]}}
{"id":"NK-3","schema":"CryptoWallet","properties":{"publicKey":["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"],"currency":["XBT"],"holder":["NK-1"]}}
`
	sampleTargets = "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,program_ids,dataset,first_seen,last_seen,last_change\nNK-1,Person,Pak Min Testson,\"Bak Min Testson;\"\"Test; Big\"\"\",1983-07-28,kp,,PX 123456,,,,US-DPRK3,x,,,\n"
	sampleNames   = "ent_num,name,type,dob,nationality,alias_type\n101,\"TESTSON, Pak Min\",individual,1983-07-28,North Korea,\n101,Big Test,individual,,,weak_aka\n102,Example Trading GmbH,entity,,,\n"
)

func sampleUKCSV() string {
	cols := make([]string, 58)
	for i := range cols {
		cols[i] = "x" + string(rune('a'+i%26)) + string(rune('a'+i/26))
	}
	set := map[int]string{1: "Unique ID", 4: "Name 6", 5: "Name 1", 6: "Name 2", 10: "Name type", 11: "Alias strength", 13: "Name non-latin script", 16: "Regime Name", 17: "Designation Type", 34: "D.O.B", 35: "Nationality(/ies)", 38: "Passport number", 41: "Gender"}
	row := func(v map[int]string) string {
		r := make([]string, 58)
		for i, s := range v {
			r[i] = s
		}
		return strings.Join(r, ",")
	}
	for i, s := range set {
		cols[i] = s
	}
	return "Report Date: 13-Feb-2026\n" + strings.Join(cols, ",") + "\n" +
		row(map[int]string{1: "DPR0999", 4: "TESTSON", 5: "Pak", 6: "Min", 10: "Primary Name", 16: "DPRK", 17: "Individual", 34: "28/07/1983", 35: "North Korea", 38: "PX 123456", 41: "Male"}) + "\n" +
		row(map[int]string{1: "DPR0999", 4: "BIG TEST", 10: "Alias", 11: "Low quality a.k.a", 16: "DPRK", 17: "Individual", 34: "dd/mm/1984"}) + "\n"
}

func TestEveryFormatGivesTheSamePerson(t *testing.T) {
	for format, text := range map[string]string{
		"SDN.XML": sampleSDN, "ADVANCED_XML": sampleAdvanced, "legacy": sampleLegacy, "EU": sampleEU, "UN": sampleUN, "UK csv": sampleUKCSV(), "UK xml": sampleUKXML, "FtM": sampleFtM, "targets": sampleTargets, "names": sampleNames,
	} {
		t.Run(format, func(t *testing.T) {
			l, err := ParseEntities("file", "own", strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			e := l.Entities[0]
			first := name.Parse(e.Names[0].Text, name.Person)
			want := name.Parse("Testson, Pak Min", name.Person)
			if s := name.Similarity(&first, &want); s < 0.95 {
				t.Errorf("first name %q (%.2f)", e.Names[0].Text, s)
			}
			if e.Kind != KindPerson || len(e.BirthDates) == 0 || e.BirthDates[0] != "1983-07-28" || len(e.Countries) != 1 || e.Countries[0] != "KP" {
				t.Errorf("%+v", e)
			}
			if format != "names" && (len(e.Identifiers) != 1 || numberKey(e.Identifiers[0].Value) != "PX123456") {
				t.Errorf("identifiers %+v", e.Identifiers)
			}
			weak := 0
			for _, n := range e.Names {
				if n.Kind == WeakAlias {
					weak++
				}
			}
			if format != "targets" && weak != 1 {
				t.Errorf("weak aliases: %+v", e.Names)
			}
			wallets := map[string]bool{"SDN.XML": true, "ADVANCED_XML": true, "legacy": true, "FtM": true}
			if wallets[format] != (len(e.Wallets) == 1) {
				t.Errorf("wallets %+v", e.Wallets)
			}
			dated := map[string]record.Date{"SDN.XML": "2026-04-22", "ADVANCED_XML": "2026-05-02", "EU": "2026-04-15", "UN": "2026-02-27", "UK csv": "2026-02-13", "UK xml": "2026-02-13"}
			if l.AsOf != dated[format] {
				t.Errorf("as of %s, want %s", l.AsOf, dated[format])
			}
		})
	}
}

func TestLegacyCompanions(t *testing.T) {
	more := "101,\" Registration ID 77777 (Nowhere).\"\n"
	l, err := ParseOFACLegacy("sdn.csv", "x", strings.NewReader(sampleLegacy), strings.NewReader(sampleAlt), strings.NewReader(more))
	if err != nil {
		t.Fatal(err)
	}
	e := l.Entities[0]
	if len(e.Names) != 3 || len(e.Programs) != 2 || e.Programs[1] != "CYBER2" {
		t.Errorf("%+v", e)
	}
}

func TestListDates(t *testing.T) {
	for in, want := range map[string]string{
		"1963-07-28": "1963-07-28", "28 Jul 1963": "1963-07-28", "Jul 1963": "1963-07", "1963": "1963", "circa 1963": "1963", "1929 to 1930": "1929 1930", "between 1958 and 1960": "1958 1959 1960",
		"28/07/1963": "1963-07-28", "16.7.2009": "2009-07-16", "31 Feb 1963": "1963-02", "": "", "soon": "", "1900 to 1999": "", "99999": "", "28 Jul 19633": "",
	} {
		var got []string
		for _, d := range listDates(in) {
			got = append(got, string(d))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v, want %q", in, got, want)
		}
	}
}

func TestNotAList(t *testing.T) {
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	io.WriteString(w, strings.Repeat(sampleSDN, 50))
	w.Close()
	bomb := `<?xml version="1.0"?><!DOCTYPE sdnList [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><sdnList>&b;</sdnList>`
	for what, text := range map[string]string{
		"error page": "<!DOCTYPE html><html><body>503 Service Unavailable</body></html>", "empty": "", "truncated gzip": z.String()[:z.Len()/2], "entity bomb": bomb,
		"truncated XML": sampleSDN[:len(sampleSDN)-40], "truncated UN": sampleUN[:len(sampleUN)/2], "foreign root": "<rss><channel/></rss>", "no names": "a,b\n1,2\n", "JSON array": "[1,2,3]", "half a line of JSON": sampleFtM + `{"id":"NK-4","sch`,
		"nothing inside": `<sdnList></sdnList>`, "deep": "<sdnList>" + strings.Repeat("<a>", 100000), "Latin-1 CSV": "name\nJ\xfcrgen\n",
	} {
		l, err := ParseEntities("f", "x", strings.NewReader(text))
		if err == nil {
			t.Errorf("%s: accepted with %d entities", what, len(l.Entities))
			continue
		}
		if record.CodeOf(err) != record.CodeInvalid {
			t.Errorf("%s: code %s", what, record.CodeOf(err))
		}
		if strings.Contains(err.Error(), "TESTSON") {
			t.Errorf("%s: the error tells a name: %v", what, err)
		}
	}
}

func entityData(t *testing.T) string {
	dir := os.Getenv("BONAFIDE_DATA")
	if dir == "" {
		dir = "../../shared/data"
	}
	if _, err := os.Stat(filepath.Join(dir, "sanctions")); err != nil {
		t.Skip("NOT TESTED: real and hostile list files are absent: ", err)
	}
	return dir
}

func TestRealListsParse(t *testing.T) {
	dir := entityData(t)
	for file, min := range map[string]int{
		"sanctions/un/UN_consolidated_2026-02-27.xml": 600, "sanctions/ofac/sdn_2023-11_mirror.csv": 7000, "sanctions/ofac/legacy-2021-07/sdn.csv": 5500, "sanctions/ofac/non-sdn-consolidated/cons_prim.csv": 300,
		"sanctions/ofac/sdn_sample_2020.xml": 5, "sanctions/ofac/sdn_advanced_fragment.xml": 1, "sanctions/eu/xmlFullSanctionsList_1_1_sample_2020.xml": 4, "sanctions/uk/UK-Sanctions-List_58col_sample_2026-02.csv": 2, "sanctions/uk/ConList_2020_36col_sample.csv": 4,
		"sanctions/opensanctions/zala.entities.ftm.json": 10, "sanctions/opensanctions/wd_persons.targets.nested_2024.json": 3, "sanctions/opensanctions/wd_persons.targets.simple_2024.csv": 3, "sanctions/us-csl/consolidated_2022.csv": 2400, "sanctions/crypto/ofac_sanctioned_addresses_2026-08-20.json": 50, "names/ofac_sdn_2021_list.csv": 8900,
	} {
		f, err := os.Open(filepath.Join(dir, file))
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		l, err := ParseEntities(filepath.Base(file), "x", f)
		f.Close()
		if err != nil {
			t.Errorf("%s: %v", file, err)
		} else if len(l.Entities) < min {
			t.Errorf("%s: %d entities, want at least %d", file, len(l.Entities), min)
		}
	}
}

func TestHostileFilesSurvive(t *testing.T) {
	dir := entityData(t)
	n := 0
	for _, sub := range []string{"xml", "json", "csv", "zip", "gofuzz/xml", "gofuzz/csv", "gofuzz/json", "made"} {
		filepath.WalkDir(filepath.Join(dir, "hostile", sub), func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil
			}
			b, err := os.ReadFile(path)
			if err != nil || len(b) > 8<<20 {
				return nil
			}
			n++
			for _, parse := range everyParser {
				l, err := parse("f", "x", bytes.NewReader(b))
				if (l == nil) == (err == nil) && err == nil {
					t.Errorf("%s: neither list nor error", path)
				}
			}
			return nil
		})
	}
	t.Logf("%d hostile files through %d parsers", n, len(everyParser))
}

var everyParser = []entityParser{
	ParseEntities, ParseOFACSDN, ParseOFACAdvanced, ParseEUFSF, ParseUN, ParseUKSanctionsXML, ParseUKSanctionsCSV, ParseFtM, ParseTargetsCSV, ParseNamesCSV,
	func(n, l string, r io.Reader) (*Entities, error) { return ParseOFACLegacy(n, l, r, nil, nil) },
	func(n, l string, r io.Reader) (*Entities, error) { return ParseOFACWallets(n, l, "XBT", r) },
}

func fuzzParser(f *testing.F, parse entityParser, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := parse("f", "x", bytes.NewReader(b))
		if err != nil {
			if record.CodeOf(err) != record.CodeInvalid {
				t.Fatalf("code %s: %v", record.CodeOf(err), err)
			}
			return
		}
		for _, e := range l.Entities {
			if len(e.Names) > maxNames {
				t.Fatal("more names than the bound")
			}
			for _, d := range e.BirthDates {
				if !d.Valid() {
					t.Fatalf("an impossible date %q", d)
				}
			}
			for _, c := range e.Countries {
				if len(c) != 2 {
					t.Fatalf("a country %q", c)
				}
			}
		}
	})
}

func FuzzParseEntities(f *testing.F) {
	fuzzParser(f, ParseEntities, sampleSDN, sampleAdvanced, sampleLegacy, sampleEU, sampleUN, sampleUKCSV(), sampleUKXML, sampleFtM, sampleTargets, sampleNames)
}
func FuzzParseOFACSDN(f *testing.F)      { fuzzParser(f, ParseOFACSDN, sampleSDN) }
func FuzzParseOFACAdvanced(f *testing.F) { fuzzParser(f, ParseOFACAdvanced, sampleAdvanced) }
func FuzzParseOFACLegacy(f *testing.F)   { fuzzParser(f, everyParser[10], sampleLegacy) }
func FuzzParseOFACWallets(f *testing.F) {
	fuzzParser(f, everyParser[11], "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa\n", `{"metadata":{"sdnListDate":"08/20/2026"},"addresses":{"1a1z":{"type":"Digital Currency Address - XBT","entries":[{"entity":"E","uid":"1"}]}}}`)
}
func FuzzParseEUFSF(f *testing.F)          { fuzzParser(f, ParseEUFSF, sampleEU) }
func FuzzParseUN(f *testing.F)             { fuzzParser(f, ParseUN, sampleUN) }
func FuzzParseUKSanctionsXML(f *testing.F) { fuzzParser(f, ParseUKSanctionsXML, sampleUKXML) }
func FuzzParseUKSanctionsCSV(f *testing.F) { fuzzParser(f, ParseUKSanctionsCSV, sampleUKCSV()) }
func FuzzParseFtM(f *testing.F)            { fuzzParser(f, ParseFtM, sampleFtM) }
func FuzzParseTargetsCSV(f *testing.F)     { fuzzParser(f, ParseTargetsCSV, sampleTargets) }
func FuzzParseNamesCSV(f *testing.F)       { fuzzParser(f, ParseNamesCSV, sampleNames) }

func TestEntityIndex(t *testing.T) {
	l, err := ParseEntities("sdn.xml", "own", strings.NewReader(sampleSDN))
	if err != nil {
		t.Fatal(err)
	}
	ix := NewEntityIndex([]ListedEntities{{Use: record.ListUse{List: "own", AsOf: l.AsOf}, Entities: l.Entities}})
	for _, c := range []struct {
		what string
		q    EntityQuery
		want name.Strength
	}{
		{"the name alone", EntityQuery{Name: "Pak Min Testson"}, name.Supporting},
		{"another spelling and the birth date", EntityQuery{Name: "Bak-Min Testson", BirthDates: []record.Date{"1983-07-28"}}, name.Strong},
		{"the passport", EntityQuery{Name: "Pak Min Testson", Identifiers: []string{"px-123456"}}, name.Conclusive},
		{"the same name, thirty years younger", EntityQuery{Name: "Pak Min Testson", BirthDates: []record.Date{"2011-01-01"}}, name.Weak},
		{"a weak alias alone", EntityQuery{Name: "Big Test"}, name.Weak},
		{"the passport under another name", EntityQuery{Name: "Someone Else", Identifiers: []string{"PX123456"}}, name.Supporting},
		{"nobody", EntityQuery{Name: "Ana Silva"}, name.None},
	} {
		got := name.None
		if h := ix.Search(c.q, 1); len(h) > 0 {
			got = h[0].Result.Strength
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	if h := ix.Wallet("1a1zp1ep5qgefi2dmptftl5slmv7divfna"); len(h) != 1 || h[0].Result.Strength != name.Conclusive {
		t.Errorf("wallet in lower case: %+v", h)
	}
	if h := ix.Wallet("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"); len(h) != 0 {
		t.Errorf("a wallet of nobody: %+v", h)
	}
}

func TestContentFollowsWhatIsSaid(t *testing.T) {
	read := func(text string) Entity {
		l, err := ParseEntities("sdn.xml", "own", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return l.Entities[0]
	}
	a := read(sampleSDN)
	renumbered := read(strings.Replace(sampleSDN, "<uid>101</uid>", "<uid>999</uid>", 1))
	changed := read(strings.Replace(sampleSDN, "28 Jul 1983", "29 Jul 1983", 1))
	turned := a
	turned.Names = []EntityName{a.Names[2], a.Names[0], a.Names[1]}
	if a.Content() != renumbered.Content() || a.Content() != turned.Content() {
		t.Error("another number or order of names is not another content")
	}
	if a.Content() == changed.Content() {
		t.Error("another birth date is another content")
	}
}

package lists

import (
	"bytes"
	"io"
	"path"
	"strings"
)

// The published lists of designated persons and organisations: where they are
// fetched, how often, how large a whole one is. Their formats stand in the
// files of their publishers.

var usOFACSDN = List{
	ID: "us_ofac_sdn", Title: "OFAC Specially Designated Nationals", Publisher: "US Treasury, OFAC", Licence: "public domain", Ships: true,
	Sources: []string{"https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.XML"}, Ext: "xml",
	Cadence: Daily, Rows: Rows{10000, 200000}, Kind: KindEntities,
	Files:  []string{"SDN.XML", "sdn.xml", "us_ofac_sdn.*", "SDN_ADVANCED.XML", "sdn_advanced.xml", "sdn.csv", "SDN.CSV"},
	Beside: []string{"alt.csv", "sdn_comments.csv"},
	parse:  parseEntityFile,
}

var usOFACConsolidated = List{
	ID: "us_ofac_consolidated", Title: "OFAC non-SDN consolidated list", Publisher: "US Treasury, OFAC", Licence: "public domain", Ships: true,
	Sources: []string{"https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONSOLIDATED.XML"}, Ext: "xml",
	Cadence: Daily, Rows: Rows{200, 20000}, Kind: KindEntities,
	Files:  []string{"CONSOLIDATED.XML", "us_ofac_consolidated.*", "CONS_ADVANCED.XML", "cons_advanced.xml", "cons_prim.csv", "CONS_PRIM.CSV"},
	Beside: []string{"cons_alt.csv", "cons_comments.csv"},
	parse:  parseEntityFile,
}

var usOFACWallets = List{
	ID: "us_ofac_wallets", Title: "OFAC digital currency addresses", Publisher: "US Treasury, OFAC, as extracted by others", Licence: "public domain", Ships: true,
	Ext: "json", Cadence: Daily, Rows: Rows{300, 50000}, Kind: KindEntities,
	Files: []string{"ofac_sanctioned_addresses*.json", "sanctioned_addresses_*.txt", "us_ofac_wallets.*"},
	Note:  "some extracts write addresses in lower case, which breaks checksums; they match all the same",
	parse: parseEntityFile,
}

var euFSF = List{
	ID: "eu_fsf", Title: "EU consolidated financial sanctions", Publisher: "European Commission", Licence: "reuse with credit (Decision 2011/833/EU)",
	Sources: []string{"https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw"}, Ext: "xml",
	Cadence: Daily, Rows: Rows{3000, 100000}, Kind: KindEntities,
	Files: []string{"xmlFullSanctionsList_1_1*.xml", "eu_fsf.*"},
	parse: parseEntityFile,
}

var ukSanctions = List{
	ID: "uk_sanctions", Title: "UK Sanctions List", Publisher: "FCDO", Licence: "OGL 3.0", Ships: true,
	Sources: []string{"https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv"}, Ext: "csv",
	Cadence: Daily, Rows: Rows{2500, 100000}, Kind: KindEntities,
	Files: []string{"UK-Sanctions-List*.csv", "UK-Sanctions-List*.xml", "uk_sanctions.*"},
	Note:  "since 2026-01-28 the one UK list; the OFSI consolidated list has ended",
	parse: parseEntityFile,
}

var unSC = List{
	ID: "un_sc", Title: "UN Security Council consolidated list", Publisher: "United Nations", Licence: "free reuse with credit",
	Sources: []string{"https://scsanctions.un.org/resources/xml/en/consolidated.xml"}, Ext: "xml",
	Cadence: Daily, Rows: Rows{500, 20000}, Kind: KindEntities,
	Files: []string{"UN_consolidated*.xml", "un/consolidated*.xml", "un_sc.*"},
	parse: parseEntityFile,
}

var openSanctions = List{
	ID: "opensanctions", Title: "OpenSanctions", Publisher: "OpenSanctions", Licence: "CC-BY-NC-4.0; business use needs the customer's own licence",
	Ext: "json", Cadence: Daily, Rows: Rows{1000, 20000000}, Kind: KindEntities,
	Files: []string{"*.ftm.json", "targets.simple.csv", "*targets.simple*.csv", "opensanctions.*"},
	Note:  "not fetched by us: the customer's licence decides",
	parse: parseEntityFile,
}

func parseEntityFile(name string, b []byte) (*content, error) {
	return entityContent(ParseEntities(name, stemOf(name), bytes.NewReader(withoutComments(b))))
}

// withoutComments drops lines of comment in front of a table: an operator's
// own list says its day there.
func withoutComments(b []byte) []byte {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	for bytes.HasPrefix(b, []byte("#")) {
		_, b, _ = bytes.Cut(b, []byte("\n"))
	}
	return b
}

// parseEntityFiles reads a file together with those that continue it.
func parseEntityFiles(name string, b []byte, beside [][]byte) (*content, error) {
	open := func(i int) io.Reader {
		if i >= len(beside) || beside[i] == nil {
			return nil
		}
		return bytes.NewReader(beside[i])
	}
	return entityContent(ParseOFACLegacy(name, stemOf(name), bytes.NewReader(b), open(0), open(1)))
}

func entityContent(e *Entities, err error) (*content, error) {
	if err != nil {
		return nil, err
	}
	return &content{rows: len(e.Entities), asOf: e.AsOf, entities: e.Entities, bad: e.Bad}, nil
}

// isEntityFile recognises lists of entities that stand in a folder called
// after sanctions, whatever their file is called.
func isEntityFile(file string, head []byte) bool {
	within := false
	for part := range strings.SplitSeq(strings.ToLower(path.Dir(file)), "/") {
		within = within || part == "sanctions"
	}
	if !within {
		return false
	}
	head = withoutComments(head)
	_, wallets := walletFile(file, head)
	return entityFormat(head) != nil || wallets
}

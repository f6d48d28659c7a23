package match

import "strings"

// issuerTable is ISO 3166-1: alpha-3 and alpha-2, in alphabetical order.
const issuerTable = "ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ " +
	"BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW " +
	"CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ " +
	"DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM " +
	"GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY " +
	"HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP " +
	"KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV " +
	"MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT " +
	"NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF " +
	"QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY " +
	"TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU " +
	"WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW"

// otherIssuers are codes of Doc 9303 part 3 section 5 that are no ISO country:
// organisations, people without a state, the Utopia of specimens.
const otherIssuers = "D GBD GBN GBO GBP GBS RKS EUE UNO UNA UNK XAA XBA XCC XCE XCO XDC XEC XES XIM XMP XOM XPO XXA XXB XXC XXX UTO IAO INP"

// IssuerKnown reports whether a code is one of ICAO Doc 9303 part 3.
func IssuerKnown(code string) bool {
	return alpha2(code) != "" || code != "" && len(code) <= 3 && wordIn(otherIssuers, code)
}

// SameIssuer compares two issuers, each an alpha-3, alpha-2 or ICAO code. ok is
// false when one of them is empty, a specimen's or unknown.
func SameIssuer(a, b string) (same, ok bool) {
	x, y := issuerKey(a), issuerKey(b)
	return x == y, x != "" && y != ""
}

func issuerKey(code string) string {
	switch {
	case len(code) == 2:
		return strings.ToUpper(code)
	case code == "D":
		return "DE"
	case code == "RKS":
		return "XK"
	case len(code) == 3 && code[:2] == "GB":
		return "GB"
	}
	return alpha2(code)
}

// alpha2 is the two-letter code of a three-letter one, "" if there is none.
func alpha2(code string) string {
	if len(code) != 3 {
		return ""
	}
	lo, hi := 0, (len(issuerTable)+1)/6
	for lo < hi {
		mid := (lo + hi) / 2
		switch at := issuerTable[mid*6 : mid*6+3]; {
		case at == code:
			return issuerTable[mid*6+3 : mid*6+5]
		case at < code:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return ""
}

func wordIn(list, word string) bool {
	for list != "" {
		var w string
		if w, list, _ = strings.Cut(list, " "); w == word {
			return true
		}
	}
	return false
}

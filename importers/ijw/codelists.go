package ijw

import "strings"

// The code lists in the shared schema of iJw 3.2 to which a JW301 or a JW323 refers.
var (
	codesHouse       = strings.Fields("AB BY TO WW")                              // NUM061 aanduiding woonadres
	codesAddress     = strings.Fields("01 02 03 04")                              // COD757 soort adres
	codesForm        = strings.Fields("1 2 3")                                    // COD747 communicatievorm
	codesDateUse     = strings.Fields("1 2 3")                                    // COD170 datumgebruik
	codesSide        = strings.Fields("C D")                                      // COD043 debet, credit
	codesUnit        = strings.Fields("01 04 14 16 82 83 84")                     // WJ756 eenheid
	codesFrequency   = strings.Fields("1 2 4 6")                                  // WMO757 frequentie
	codesSex         = strings.Fields("0 1 2")                                    // COD046 geslacht
	codesLegalStatus = strings.Fields("01 02 03 04 05 11 12")                     // WJ232 juridische status
	codesNameUse     = strings.Fields("1 2 3 4 5 6")                              // COD700 naamgebruik
	codesCategory    = strings.Fields("31 32 33 34 35 36 37 38 40 41 42 43 44 " + // JZ020 productcategorie
		"45 46 47 48 49 50 51 52 53 54 55")
	codesChange   = strings.Fields("01 02 03 04 05 06 07 08 09 10 11 12 13 14")   // JZ002 reden wijziging toewijzing
	codesRelation = strings.Fields("03 04 05 06 07 08 09 10 11 12 13 14 15 16 " + // COD472 soort relatie
		"17 18 19 20 21 22 23 24 25")
	codesGuardian = strings.Fields("06 07 08 09 10") // WJ003 wettelijke vertegenwoordiging
	codesCountry  = strings.Fields(                  // COD032 land
		"AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ " +
			"CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR " +
			"GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP " +
			"KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT " +
			"MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW " +
			"SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM " +
			"US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW")
)

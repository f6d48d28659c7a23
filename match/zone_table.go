package match

// zoneTable is every time zone that is the clock of a place: a line per set of
// offsets (minutes east of UTC in January and in July 2026, then, after a slash,
// others in force at some time since 2020), then COUNTRY:ZONE. The facts are the
// time zone database's (tzdata, public domain); the test compares every line with
// the copy that comes with Go.
const zoneTable = `
-660 -660 AS:Pacific/Pago_Pago NU:Pacific/Niue UM:Pacific/Midway
-600 -600 CK:Pacific/Rarotonga PF:Pacific/Tahiti US:Pacific/Honolulu
-600 -540 US:America/Adak
-570 -570 PF:Pacific/Marquesas
-540 -540 PF:Pacific/Gambier
-540 -480 US:America/Anchorage,America/Juneau,America/Sitka,America/Metlakatla,America/Yakutat,America/Nome
-480 -480 PN:Pacific/Pitcairn
-480 -420 CA:America/Vancouver MX:America/Tijuana US:America/Los_Angeles
-420 -420 CA:America/Creston,America/Dawson_Creek,America/Fort_Nelson MX:America/Hermosillo US:America/Phoenix
-420 -420/-480 CA:America/Whitehorse,America/Dawson
-420 -420/-360 MX:America/Mazatlan
-420 -360 CA:America/Edmonton,America/Cambridge_Bay,America/Inuvik MX:America/Ciudad_Juarez US:America/Denver,America/Boise
-360 -360 BZ:America/Belize CA:America/Regina,America/Swift_Current CR:America/Costa_Rica EC:Pacific/Galapagos GT:America/Guatemala HN:America/Tegucigalpa NI:America/Managua SV:America/El_Salvador
-360 -360/-420 MX:America/Chihuahua
-360 -360/-300 MX:America/Mexico_City,America/Merida,America/Monterrey,America/Bahia_Banderas
-360 -300 CA:America/Winnipeg,America/Resolute,America/Rankin_Inlet MX:America/Matamoros US:America/Chicago,America/Indiana/Tell_City,America/Indiana/Knox,America/Menominee,America/North_Dakota/Center,America/North_Dakota/New_Salem,America/North_Dakota/Beulah
-360 -300/-420,-360 MX:America/Ojinaga
-300 -360 CL:Pacific/Easter
-300 -300 BR:America/Eirunepe,America/Rio_Branco CA:America/Atikokan CO:America/Bogota EC:America/Guayaquil JM:America/Jamaica KY:America/Cayman MX:America/Cancun PA:America/Panama PE:America/Lima
-300 -240 BS:America/Nassau CA:America/Toronto,America/Iqaluit CU:America/Havana HT:America/Port-au-Prince TC:America/Grand_Turk US:America/New_York,America/Detroit,America/Kentucky/Louisville,America/Kentucky/Monticello,America/Indiana/Indianapolis,America/Indiana/Vincennes,America/Indiana/Winamac,America/Indiana/Marengo,America/Indiana/Petersburg,America/Indiana/Vevay
-240 -240 AG:America/Antigua AI:America/Anguilla AW:America/Aruba BB:America/Barbados BL:America/St_Barthelemy BO:America/La_Paz BQ:America/Kralendijk BR:America/Campo_Grande,America/Cuiaba,America/Porto_Velho,America/Boa_Vista,America/Manaus CA:America/Blanc-Sablon CW:America/Curacao DM:America/Dominica DO:America/Santo_Domingo GD:America/Grenada GP:America/Guadeloupe GY:America/Guyana KN:America/St_Kitts LC:America/St_Lucia MF:America/Marigot MQ:America/Martinique MS:America/Montserrat PR:America/Puerto_Rico SX:America/Lower_Princes TT:America/Port_of_Spain VC:America/St_Vincent VE:America/Caracas VG:America/Tortola VI:America/St_Thomas
-240 -180 BM:Atlantic/Bermuda CA:America/Halifax,America/Glace_Bay,America/Moncton,America/Goose_Bay GL:America/Thule
-210 -150 CA:America/St_Johns
-180 -240 CL:America/Santiago
-180 -180 AQ:Antarctica/Palmer,Antarctica/Rothera AR:America/Argentina/Buenos_Aires,America/Argentina/Cordoba,America/Argentina/Salta,America/Argentina/Jujuy,America/Argentina/Tucuman,America/Argentina/Catamarca,America/Argentina/La_Rioja,America/Argentina/San_Juan,America/Argentina/Mendoza,America/Argentina/San_Luis,America/Argentina/Rio_Gallegos,America/Argentina/Ushuaia BR:America/Belem,America/Fortaleza,America/Recife,America/Araguaina,America/Maceio,America/Bahia,America/Sao_Paulo,America/Santarem CL:America/Punta_Arenas FK:Atlantic/Stanley GF:America/Cayenne SR:America/Paramaribo UY:America/Montevideo
-180 -180/-240 CL:America/Coyhaique PY:America/Asuncion
-180 -120 PM:America/Miquelon
-120 -120 BR:America/Noronha GS:Atlantic/South_Georgia
-120 -60/-180,-120 GL:America/Nuuk
-120 -60/-60,0 GL:America/Scoresbysund
-60 -60 CV:Atlantic/Cape_Verde
-60 0 PT:Atlantic/Azores
0 0 BF:Africa/Ouagadougou CI:Africa/Abidjan GH:Africa/Accra GL:America/Danmarkshavn GM:Africa/Banjul GN:Africa/Conakry GW:Africa/Bissau IS:Atlantic/Reykjavik LR:Africa/Monrovia ML:Africa/Bamako MR:Africa/Nouakchott SH:Atlantic/St_Helena SL:Africa/Freetown SN:Africa/Dakar ST:Africa/Sao_Tome TG:Africa/Lome
0 60 ES:Atlantic/Canary FO:Atlantic/Faroe GB:Europe/London GG:Europe/Guernsey IE:Europe/Dublin IM:Europe/Isle_of_Man JE:Europe/Jersey PT:Europe/Lisbon,Atlantic/Madeira
0 120 AQ:Antarctica/Troll
60 60 AO:Africa/Luanda BJ:Africa/Porto-Novo CD:Africa/Kinshasa CF:Africa/Bangui CG:Africa/Brazzaville CM:Africa/Douala DZ:Africa/Algiers GA:Africa/Libreville GQ:Africa/Malabo NE:Africa/Niamey NG:Africa/Lagos TD:Africa/Ndjamena TN:Africa/Tunis
60 60/0 EH:Africa/El_Aaiun MA:Africa/Casablanca
60 120 AD:Europe/Andorra AL:Europe/Tirane AT:Europe/Vienna BA:Europe/Sarajevo BE:Europe/Brussels CH:Europe/Zurich CZ:Europe/Prague DE:Europe/Berlin,Europe/Busingen DK:Europe/Copenhagen ES:Europe/Madrid,Africa/Ceuta FR:Europe/Paris GI:Europe/Gibraltar HR:Europe/Zagreb HU:Europe/Budapest IT:Europe/Rome LI:Europe/Vaduz LU:Europe/Luxembourg MC:Europe/Monaco ME:Europe/Podgorica MK:Europe/Skopje MT:Europe/Malta NL:Europe/Amsterdam NO:Europe/Oslo PL:Europe/Warsaw RS:Europe/Belgrade SE:Europe/Stockholm SI:Europe/Ljubljana SJ:Arctic/Longyearbyen SK:Europe/Bratislava SM:Europe/San_Marino VA:Europe/Vatican
120 120 BI:Africa/Bujumbura BW:Africa/Gaborone CD:Africa/Lubumbashi LS:Africa/Maseru LY:Africa/Tripoli MW:Africa/Blantyre MZ:Africa/Maputo NA:Africa/Windhoek RU:Europe/Kaliningrad RW:Africa/Kigali SD:Africa/Khartoum SZ:Africa/Mbabane ZA:Africa/Johannesburg ZM:Africa/Lusaka ZW:Africa/Harare
120 120/180 SS:Africa/Juba
120 180 AX:Europe/Mariehamn BG:Europe/Sofia CY:Asia/Nicosia,Asia/Famagusta EE:Europe/Tallinn FI:Europe/Helsinki GR:Europe/Athens IL:Asia/Jerusalem LB:Asia/Beirut LT:Europe/Vilnius LV:Europe/Riga MD:Europe/Chisinau PS:Asia/Gaza,Asia/Hebron RO:Europe/Bucharest UA:Europe/Kyiv
120 180/120 EG:Africa/Cairo
180 180 AQ:Antarctica/Syowa BH:Asia/Bahrain BY:Europe/Minsk DJ:Africa/Djibouti ER:Africa/Asmara ET:Africa/Addis_Ababa IQ:Asia/Baghdad KE:Africa/Nairobi KM:Indian/Comoro KW:Asia/Kuwait MG:Indian/Antananarivo QA:Asia/Qatar RU:Europe/Moscow,Europe/Kirov SA:Asia/Riyadh SO:Africa/Mogadishu TR:Europe/Istanbul TZ:Africa/Dar_es_Salaam UA:Europe/Simferopol UG:Africa/Kampala YE:Asia/Aden YT:Indian/Mayotte
180 180/120 JO:Asia/Amman SY:Asia/Damascus
180 180/240 RU:Europe/Volgograd
210 210/270 IR:Asia/Tehran
240 240 AE:Asia/Dubai AM:Asia/Yerevan AZ:Asia/Baku GE:Asia/Tbilisi MU:Indian/Mauritius OM:Asia/Muscat RE:Indian/Reunion RU:Europe/Astrakhan,Europe/Saratov,Europe/Ulyanovsk,Europe/Samara SC:Indian/Mahe
270 270 AF:Asia/Kabul
300 300 AQ:Antarctica/Mawson KZ:Asia/Qyzylorda,Asia/Aqtobe,Asia/Aqtau,Asia/Atyrau,Asia/Oral MV:Indian/Maldives PK:Asia/Karachi RU:Asia/Yekaterinburg TF:Indian/Kerguelen TJ:Asia/Dushanbe TM:Asia/Ashgabat UZ:Asia/Samarkand,Asia/Tashkent
300 300/360 KZ:Asia/Almaty,Asia/Qostanay
300 300/420 AQ:Antarctica/Vostok
330 330 IN:Asia/Kolkata LK:Asia/Colombo
345 345 NP:Asia/Kathmandu
360 360 BD:Asia/Dhaka BT:Asia/Thimphu CN:Asia/Urumqi IO:Indian/Chagos KG:Asia/Bishkek RU:Asia/Omsk
390 390 CC:Indian/Cocos MM:Asia/Yangon
420 420 AQ:Antarctica/Davis CX:Indian/Christmas ID:Asia/Jakarta,Asia/Pontianak KH:Asia/Phnom_Penh LA:Asia/Vientiane MN:Asia/Hovd RU:Asia/Novosibirsk,Asia/Barnaul,Asia/Tomsk,Asia/Novokuznetsk,Asia/Krasnoyarsk TH:Asia/Bangkok VN:Asia/Ho_Chi_Minh
480 480 AU:Australia/Perth BN:Asia/Brunei CN:Asia/Shanghai HK:Asia/Hong_Kong ID:Asia/Makassar MN:Asia/Ulaanbaatar MO:Asia/Macau MY:Asia/Kuala_Lumpur,Asia/Kuching PH:Asia/Manila RU:Asia/Irkutsk SG:Asia/Singapore TW:Asia/Taipei
480 480/660 AQ:Antarctica/Casey
525 525 AU:Australia/Eucla
540 540 ID:Asia/Jayapura JP:Asia/Tokyo KP:Asia/Pyongyang KR:Asia/Seoul PW:Pacific/Palau RU:Asia/Chita,Asia/Yakutsk,Asia/Khandyga TL:Asia/Dili
570 570 AU:Australia/Darwin
600 600 AQ:Antarctica/DumontDUrville AU:Australia/Brisbane,Australia/Lindeman FM:Pacific/Chuuk GU:Pacific/Guam MP:Pacific/Saipan PG:Pacific/Port_Moresby RU:Asia/Vladivostok,Asia/Ust-Nera
630 570 AU:Australia/Broken_Hill,Australia/Adelaide
660 600 AU:Antarctica/Macquarie,Australia/Hobart,Australia/Melbourne,Australia/Sydney
660 630 AU:Australia/Lord_Howe
660 660 FM:Pacific/Pohnpei,Pacific/Kosrae NC:Pacific/Noumea PG:Pacific/Bougainville RU:Asia/Magadan,Asia/Sakhalin,Asia/Srednekolymsk SB:Pacific/Guadalcanal VU:Pacific/Efate
720 660 NF:Pacific/Norfolk
720 720 KI:Pacific/Tarawa MH:Pacific/Majuro,Pacific/Kwajalein NR:Pacific/Nauru RU:Asia/Kamchatka,Asia/Anadyr TV:Pacific/Funafuti UM:Pacific/Wake WF:Pacific/Wallis
720 720/780 FJ:Pacific/Fiji
780 720 AQ:Antarctica/McMurdo NZ:Pacific/Auckland
780 780 KI:Pacific/Kanton TK:Pacific/Fakaofo TO:Pacific/Tongatapu
780 780/840 WS:Pacific/Apia
825 765 NZ:Pacific/Chatham
840 840 KI:Pacific/Kiritimati
`

// zoneAliases is the older names of zones that computers still give.
const zoneAliases = `
Africa/Abidjan Africa/Timbuktu Iceland
Africa/Cairo Egypt
Africa/Nairobi Africa/Asmera
Africa/Tripoli Libya
America/Adak America/Atka US/Aleutian
America/Anchorage US/Alaska
America/Argentina/Buenos_Aires America/Buenos_Aires
America/Argentina/Catamarca America/Argentina/ComodRivadavia America/Catamarca
America/Argentina/Cordoba America/Cordoba America/Rosario
America/Argentina/Jujuy America/Jujuy
America/Argentina/Mendoza America/Mendoza
America/Chicago US/Central
America/Denver America/Shiprock Navajo US/Mountain
America/Detroit US/Michigan
America/Edmonton America/Yellowknife Canada/Mountain
America/Halifax Canada/Atlantic
America/Havana Cuba
America/Indiana/Indianapolis America/Fort_Wayne America/Indianapolis US/East-Indiana
America/Indiana/Knox America/Knox_IN US/Indiana-Starke
America/Iqaluit America/Pangnirtung
America/Jamaica Jamaica
America/Kentucky/Louisville America/Louisville
America/Los_Angeles US/Pacific
America/Manaus Brazil/West
America/Mazatlan Mexico/BajaSur
America/Mexico_City Mexico/General
America/New_York US/Eastern
America/Noronha Brazil/DeNoronha
America/Nuuk America/Godthab
America/Panama America/Coral_Harbour
America/Phoenix US/Arizona
America/Puerto_Rico America/Virgin
America/Regina Canada/Saskatchewan
America/Rio_Branco America/Porto_Acre Brazil/Acre
America/Santiago Chile/Continental
America/Sao_Paulo Brazil/East
America/St_Johns Canada/Newfoundland
America/Tijuana America/Ensenada America/Santa_Isabel Mexico/BajaNorte
America/Toronto America/Montreal America/Nipigon America/Thunder_Bay Canada/Eastern
America/Vancouver Canada/Pacific
America/Whitehorse Canada/Yukon
America/Winnipeg America/Rainy_River Canada/Central
Asia/Ashgabat Asia/Ashkhabad
Asia/Dhaka Asia/Dacca
Asia/Ho_Chi_Minh Asia/Saigon
Asia/Hong_Kong Hongkong
Asia/Jerusalem Asia/Tel_Aviv Israel
Asia/Kathmandu Asia/Katmandu
Asia/Kolkata Asia/Calcutta
Asia/Macau Asia/Macao
Asia/Makassar Asia/Ujung_Pandang
Asia/Nicosia Europe/Nicosia
Asia/Seoul ROK
Asia/Shanghai Asia/Chongqing Asia/Chungking Asia/Harbin PRC
Asia/Singapore Singapore
Asia/Taipei ROC
Asia/Tehran Iran
Asia/Thimphu Asia/Thimbu
Asia/Tokyo Japan
Asia/Ulaanbaatar Asia/Choibalsan Asia/Ulan_Bator
Asia/Urumqi Asia/Kashgar
Asia/Yangon Asia/Rangoon
Atlantic/Faroe Atlantic/Faeroe
Australia/Adelaide Australia/South
Australia/Brisbane Australia/Queensland
Australia/Broken_Hill Australia/Yancowinna
Australia/Darwin Australia/North
Australia/Hobart Australia/Currie Australia/Tasmania
Australia/Lord_Howe Australia/LHI
Australia/Melbourne Australia/Victoria
Australia/Perth Australia/West
Australia/Sydney Australia/ACT Australia/Canberra Australia/NSW
Europe/Berlin Atlantic/Jan_Mayen
Europe/Chisinau Europe/Tiraspol
Europe/Dublin Eire
Europe/Istanbul Asia/Istanbul Turkey
Europe/Kyiv Europe/Kiev Europe/Uzhgorod Europe/Zaporozhye
Europe/Lisbon Portugal
Europe/London Europe/Belfast GB GB-Eire
Europe/Moscow W-SU
Europe/Warsaw Poland
Pacific/Auckland Antarctica/South_Pole NZ
Pacific/Chatham NZ-CHAT
Pacific/Easter Chile/EasterIsland
Pacific/Guadalcanal Pacific/Ponape
Pacific/Honolulu Pacific/Johnston US/Hawaii
Pacific/Kanton Pacific/Enderbury
Pacific/Kwajalein Kwajalein
Pacific/Pago_Pago Pacific/Samoa US/Samoa
Pacific/Port_Moresby Pacific/Truk Pacific/Yap
`

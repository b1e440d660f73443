/** Names of the IANA database that V8 does not list, most of them second names of a zone, by area. */
const otherNames: Readonly<Record<string, string>> = {
  "":
    "CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong " +
    "Iceland Iran Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland " +
    "Portugal ROC ROK Singapore Turkey UCT UTC Universal W-SU WET Zulu",
  Africa: "Asmara Timbuktu",
  America:
    "Argentina/Buenos_Aires Argentina/Catamarca Argentina/ComodRivadavia Argentina/Cordoba Argentina/Jujuy " +
    "Argentina/Mendoza Atikokan Atka Ensenada Fort_Wayne Indiana/Indianapolis Kentucky/Louisville Knox_IN " +
    "Montreal Nipigon Nuuk Pangnirtung Porto_Acre Rainy_River Rosario Santa_Isabel Shiprock Thunder_Bay " +
    "Virgin Yellowknife",
  Antarctica: "South_Pole",
  Asia:
    "Ashkhabad Choibalsan Chongqing Chungking Dacca Harbin Ho_Chi_Minh Istanbul Kashgar Kathmandu Kolkata " +
    "Macao Tel_Aviv Thimbu Ujung_Pandang Ulan_Bator Yangon",
  Atlantic: "Faroe Jan_Mayen",
  Australia: "ACT Canberra Currie LHI NSW North Queensland South Tasmania Victoria West Yancowinna",
  Brazil: "Acre DeNoronha East West",
  Canada: "Atlantic Central Eastern Mountain Newfoundland Pacific Saskatchewan Yukon",
  Chile: "Continental EasterIsland",
  Etc: "Greenwich UCT UTC Universal Zulu",
  Europe: "Belfast Kyiv Nicosia Tiraspol Uzhgorod Zaporozhye",
  Mexico: "BajaNorte BajaSur General",
  Pacific: "Chuuk Johnston Kanton Pohnpei Samoa Yap",
  US: "Alaska Aleutian Arizona Central East-Indiana Eastern Hawaii Indiana-Starke Michigan Mountain Pacific Samoa",
};

let allNames: readonly string[] | undefined;

/** The names in the IANA database, in order. */
export function zoneNames(): readonly string[] {
  allNames ??= [...new Set([...Intl.supportedValuesOf("timeZone"), ...namesElsewhere(), ...fixedZones()])].sort();
  return allNames;
}

function namesElsewhere(): readonly string[] {
  return Object.entries(otherNames).flatMap(([area, names]) =>
    names.split(" ").map((name) => (area === "" ? name : `${area}/${name}`)),
  );
}

/** `Etc/GMT+12` to `Etc/GMT-14`, with all its names for no offset. */
function fixedZones(): readonly string[] {
  const offsets = Array.from({ length: 27 }, (_, i) => (i < 14 ? `${i - 14}` : `+${i - 14}`));
  return ["", "0", "-0", ...offsets].map((offset) => `Etc/GMT${offset}`);
}

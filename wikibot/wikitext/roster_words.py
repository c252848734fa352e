"""Words that say what stands on a roster: data. Add a word by adding it here, in lower case."""

# Column heads over people's names, further to those of `layouts`, in other languages.
NAME_HEADS = frozenset(
    """
    attendee attendees admin admins author authors contact editor editors employees fullname
    maintainers mentor mentors organiser organizer organizers organisers participante
    participantes personal realname speaker speakers student students surname volunteer
    volunteers benutzername mitarbeiter mitglieder vorname nachname teilnehmer leute prénom
    membre membres miembro miembros integrante integrantes membro membros cognome utente persone
    leden lid medlem medlemmer medlemmar nimi jméno meno imię név nume ime име ім'я імя участник
    участники учасник όνομα isim ad adı שם اسم الاسم نام ناو نوم नाम নাম பெயர் പേര് ชื่อ nama
    tên 氏名 名稱 名称 姓名 성명 anv enw emri izena jina
    """.split()
)
# Column heads of what is to be done; beside them, names are of those who do it.
WORK_HEADS = frozenset(
    """
    action actions activity bug bugs component deadline deliverable deliverables due eta feature
    features issue issues item items milestone milestones module package product
    requirement requirements status step story task tasks ticket tickets aufgabe aufgaben tâche
    tarea
    """.split()
)
# Column heads of what only things have; beside them, a column *Name* is not of people.
THING_HEADS = frozenset(
    """
    price prices cost costs size sizes weight colour color genre isbn publisher author edition
    version versions license licence hostname ip os model manufacturer brand capacity quantity
    cuisine room seats type types species ingredients rating released url vendor
    preis größe gewicht farbe autor verlag hersteller modell typ
    prix taille auteur éditeur precio tamaño autora editorial prezzo
    """.split()
)
# Words of heads, headings and lines that announce people, in singular and plural.
PEOPLE = frozenset(
    """
    admin admins administrator administrators ambassadors analysts artists attendee attendees
    author authors board chairs champions coaches collaborators collective committee committers
    contributor contributors coordinators crew curators delegates designers developer developers
    devs editors employees engineers facilitators founders guides helpers interns leaders leads
    leadership librarians maintainer maintainers managers members membership mentors moderators
    officers operators organisers organizers participant participants people personnel
    presenters programmers representatives researchers roster scientists secretariat speakers
    alumni auditors commission faculty veterans zarząd komisja ehrenmitglied ehrenmitglieder
    fördermitglieder gründungsmitglieder vorstandsmitglieder socios junta directiva komitee
    kommission comité comisión comitato consiglio rada výbor styrelse styre
    staff stewards students supervisors sysops team teammates testers trainers translators
    trustees tutors volunteers webmasters writers us who ansprechpartner beteiligte entwickler
    gruppe leute leuten mitarbeiter mitglied mitglieder mitgliedern personen redaktion
    teilnehmer vorstand bénévoles bureau contributeurs développeurs équipe equipe membres
    participants personnes colaboradores desarrolladores equipo gente integrantes miembros
    participantes personas voluntarios membros pessoas membri persone gruppo collaboratori leden
    medewerkers team medlemmar medlemmer jäsenet członkowie zespół členové tagok membrii
    участники команда учасники люди ekip üyeler anggota tim الأعضاء الفريق اعضا
    成员 成員 团队 團隊 メンバー チーム 멤버 팀
    """.split()
)
# Headings of a group of people, below a heading that speaks of people: *On leave*, *Inactive*.
STATES = frozenset(
    """
    active current emeriti emeritus former honorary inactive leave past previous retired veterans
    aktive aktuelle ehemalige ehemaliges inaktive actuels anciens anciennes actuales anteriores
    """.split()
)
# Labels of what happens when: *Monday: Ana*.
DAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
    fridays saturdays sundays mon tue wed thu fri sat sun montag dienstag mittwoch donnerstag
    freitag samstag sonnabend sonntag montags dienstags mittwochs donnerstags freitags samstags
    sonntags lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves
    viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica poniedziałek
    wtorek środa czwartek piątek sobota niedziela
    """.split()
)
# What a heading speaks of when it is not the people themselves: team *tools*, member *benefits*.
THINGS = frozenset(
    """
    activities agenda applications articles assignments benefits bookmarks budget calendar
    categories charter code communication components conduct configuration contents culture
    dates decisions deliverables dependencies dependents deployments devices docs documentation
    documents duties environments equipment events expectations experience faq features files
    focus forms goals guidelines hardware helps history hours ideas images indicators
    initiatives instructions interests involved issues join languages library links
    lists location locations meeting meetings milestones mission motto needs news notes
    objectives offers pages partners photos pictures places platforms policies policy principles
    problems procedures process processes products programs project projects publications
    questions releases reports repositories requirements requests resources responsibilities
    rules schedule services sites skills software sponsors standards statistics stats subjects
    systems talks tasks technologies templates things timeline to-do todo tools topics training
    trainings uses values venues versions videos vision ways website websites work workshops
    aufgaben ziele termine werkzeuge projekte treffen objectifs outils projets réunions tâches
    herramientas metas objetivos proyectos reuniones tareas
    """.split()
)
# People who want to be members, or are asked to vote for some.
NOMINEES = frozenset(
    """
    applicants ballot candidacies candidate candidates nominated nomination nominations nominee
    nominees oppose tally kandidat kandidaten kandidatinnen candidats candidatos
    """.split()
)
# People who are spoken of, but are no members, unless the words are of people too.
OTHERS = frozenset(
    """
    abstain acknowledgements acknowledgments bibliography changelog comments consulted credits
    discussion election elections endorse endorsements external footnotes links poll references
    scores signatures supporters talk thanks vote voters votes voting action actions todo todos
    diskussion wahl wahlen abstimmung danksagung einzelnachweise remerciements discusión
    votación
    """.split()
)
# What places and employers are called; not a job title.
_ORGANISATIONS = frozenset(
    """
    academy ag agency association bank bv centre center centro chapter city college committee
    company consortium corp corporation council department dept école faculty foundation
    gmbh government hospital inc incorporated institut institute instituto institutet
    institution laboratories laboratory labs library limited llc ltd ministry museum nv
    observatory plc polytechnic sarl school society source srl stiftung trust uni universidad
    universidade università universitat universität universitet université universiteit
    university verein
    """.split()
)
_PLACES = frozenset(
    """
    argentina australia austria bangladesh belgium brazil bulgaria canada chile china colombia
    croatia czechia denmark egypt england estonia europe finland france germany ghana greece
    hungary iceland india indonesia iran ireland israel italy japan kenya korea latvia lithuania
    luxembourg malaysia mexico netherlands nigeria norway pakistan peru philippines poland
    portugal romania russia scandinavia scotland serbia singapore slovakia slovenia spain sweden
    switzerland taiwan thailand tunisia turkey uganda uk ukraine uruguay us usa venezuela
    vietnam wales deutschland frankreich schweiz österreich españa italia nederland
    """.split()
)
NO_TITLES = _ORGANISATIONS | _PLACES
# Marks beside a title that are not part of it.
NOTES = frozenset(
    """
    acting active away emeritus ex former formerly inactive interim left locum new on-leave
    part-time pro-tem retired temporary vacant volunteer kommissarisch intérim interino ehemalig
    ausgeschieden
    """.split()
)
# A row that still waits for its reader: “your name here”.
PLACEHOLDERS = frozenset(
    """
    firstname fullname lastname nickname placeholder someone surname username your yourname
    yourself yourusername
    """.split()
)
PLACEHOLDER_PHRASES = (
    "dein name|ihr name|votre nom|ton nom|tu nombre|su nombre|seu nome|tuo nome|jouw naam|ваше имя"
    "|你的|您的|あなた"
).split("|")
# Answers in a tally of votes.
VOTES = frozenset(
    """
    +1 -1 0 abstain abstained agree against approve approved aye disagree for in-favor in-favour
    keep nay neutral no object oppose opposed support supported yea yes dafür dagegen enthaltung
    pour contre oui non sí ja nein
    """.split()
)
# Parameters of templates that stand for one person, the most telling first.
NAME_PARAMETERS = (
    "real name|realname|real|full name|fullname|person|member|contributor|name|nom"
    "|nombre|nome|имя|姓名|名前|이름"
).split("|")
USER_PARAMETERS = "username|user name|user|userpage|user page|account|benutzer|utilisateur".split(
    "|"
)
TITLE_PARAMETERS = (
    "title|job title|jobtitle|job|position|role|rank|function|office|occupation|rolle|funktion|rôle"
    "|fonction|cargo|puesto"
).split("|")
NICK_PARAMETERS = "nick|nickname|handle|irc".split("|")
# What only a template about a person asks for.
PERSON_PARAMETERS = frozenset(
    {*NAME_PARAMETERS[:8], *USER_PARAMETERS[:5], *NICK_PARAMETERS}
    | set(
        "job title|jobtitle|job|email|e-mail|mail|bio|jabber|icq|phone|birthday|matrix".split("|")
    )
)

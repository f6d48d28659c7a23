package name

import "strings"

// variantGroups are given names that one person may use side by side: short
// forms and the same name in other languages. One group a line, own compilation
// from general knowledge of naming; a name may stand in several groups. Written
// folded (see fold.go).
const variantGroups = `
alexander aleksandr aleksander alexandr oleksandr aliaksandr alexandre alejandro alessandro alexandros aleksandar sandor iskander skender alex alec alek sasha sascha sacha sandro sander xander oleks shura alasdair alistair
alexandra aleksandra oleksandra alessandra alejandra alex sasha sandra sandy shura olexandra
alexei alexey aleksei aleksey alexis alexej oleksii oleksiy oleksij aliaksei alyosha lyosha alesha
anastasia anastasiya anastasiia nastya nastia nastja anastasija stacy
andrew andrei andrey andreas andre andrej andrii andriy andrij andrzej andres andrea andras anders andreu drew andy andruha ondrej andris
anna ana anne ann hanna hannah anya ania annie anja anette anita hana anka annika anniken nan nancy
anthony antonio anton antoine antonius antoni tony toni antony toninho antal ante nino
arthur artur arturo art artie
artem artyom artiom artemy artemij
barbara barbra babs barb varvara basia bara
benjamin ben benny benji benjy binyamin veniamin
bernard bernhard bernardo bernie bernd bernardus
boris borys borja borya
bogdan bohdan
catherine katherine katharine catharina katharina katarina ekaterina yekaterina iekaterina kateryna katerina katya katia katja kate katie kathy cathy kat kathryn catalina caterina kasia katarzyna karin kathleen caitlin kitty kit kateryna
charles carlos carlo karl carl karel karol charlie chuck charly carol karoly chas
christian kristian cristian christiaan chris krystian
christina kristina cristina christine kristine tina chris krystyna chrissy
christopher kristof krzysztof cristobal christoph christophe chris kit khristofor kristoffer topher
daniel danil daniil danylo danilo danny dan daniele dani danila
danielle daniela dani
david davide dave davy dawid davit dovid daud dawud davyd
denis denys dennis denny dionisio dion
dmitry dmitri dmitriy dmitrii dmytro dmitrij dzmitry dima mitya demetrius dimitri dimitrios dimitris dimitar dimitrije mitja
dominic dominik dominique domingo domenico dom nick
edward eduard eduardo ed eddie ned ted teddy edvard edoardo ward
elena helena helen olena alena yelena jelena ilona lena helene ellen eleni nelly alyona iryelena
elizabeth elisabeth elizaveta yelizaveta liza lisa liz beth betty eliza elisabetta isabel isabella isabelle elsa else lizzie bess libby lise elzbieta ela bella izabela
emil emilio emile emils
eric erik erich rick erico
ernest ernesto ernst ernie
eugene evgeny evgeniy evgenii yevgeny yevgeni ievgen yevhen evgenij eugen eugenio zhenya gene jevgeni yauheni eugeniusz
eugenia evgenia yevgenia evgeniya zhenya yevheniia
fedor fyodor fiodor fedir theodore theodor teodor todor tudor feodor ted
felix feliks
francis francisco francesco franz frank frans francois franciszek paco pancho chico kiko fran frantisek ferenc
frank franklin francis franz
frances francisca francesca fran frannie françoise francoise franziska
frederick friedrich frederic frederik fritz fred freddy federico fredrik fryderyk frederico fredrich
gabriel gabriele gavriil gabor gabe gaby gavril havryil
george georg georges jorge giorgio georgy georgi georgii georgios jerzy yuri yury yuriy juri jiri yurii iurii jurij heorhii igor gheorghe jurgen jordi gyorgy goran giorgi
gerard gerhard gerardo gerald gerry jerry gerd
gregory grigory grigori grigoriy hryhorii hryhoriy gregor greg gregorio grzegorz grisha grzes krikor
gabriela gabriella gabi gaby
gustav gustavo gus gustave
hans johannes johann
harold harald harry hal
henry heinrich henri henrik enrique enrico hank harry hendrik henryk heinz henk henrique hal
herman hermann german armando
hugo hugh ugo
ignatius ignacio ignacy nacho ignat
igor ihor ihar gosha
ilya ilia illia elias ilja eliyahu elijah ilias illya iliya elie
irina iryna irene irena ira iryna irinushka
isaac isak izaak itzhak yitzhak ishaq
ivan john johann johannes juan joao jean jan giovanni ian sean vanya ioan yohan janos hans johan giannis yannis ioannis jon johnny jack yann ivo sandjon jovan hovhannes juhani jens evan iwan shawn shaun
jacob jakob james jacques jaime santiago diego giacomo iago jakub yakov iakov yaakov jake jim jimmy jamie jack jacobo tiago yakiv iacob seamus hamish jaap kobe
james jim jimmy jamie
janet jane joan joanna joana johanna jeanne juana giovanna janina jana jean ivana joanne zhanna jeannette ioanna janice
jeffrey geoffrey jeff geoff gottfried godfrey
jennifer jenny jen jenna
jeremy jeremiah jerry jeremias yeremia irmiya
jessica jess jessie
joseph josef jose giuseppe josip yosef iosif joe joey jozef pepe beppe yusuf youssef yousef yusef yosyp osip zeke jussuf ioseb jo
josephine josefina josefa jo josie fifi
joshua josh yehoshua josue giosue
julia yulia iuliia yuliya julie giulia juliet yuliia julija ulia yulka
julius julio giulio jules yuliy
julian yulian giuliano iulian julien
karen karin caren
kenneth ken kenny
konstantin constantine constantin kostiantyn kostya kosta costas konstantinos kostas costin
ksenia kseniya xenia oksana ksenija ksyusha oxana
lawrence laurence lorenzo lars laurent larry lavrentiy laurentius lavr lorenz
leo lev leon leonid leonardo leonard lenny leonidas levon lyova leonhard
louis luis luigi ludwig lewis lou louie ludovic luiz ludvig lajos
louise luisa luise lou
luke lucas luca lukas lukasz luka luc luka lukash
magdalena magda madeleine madeline lena
marcus mark marco marcos marc marko marek markus marcin markos
margaret margarita margarete marguerite margherita greta maggie meg peggy rita margot gretchen malgorzata marge gosia daisy margo megan marjorie
maria marie mary mariya mariia marija miriam maryam mariam masha molly polly maya marya mario marika mia maruska mitzi may mimi
martin marty martino marton martyn martinho
martha marta marfa
matthew matthias matteo mateo matvey matvei mateusz mathieu matthieu matt matias mattias matus mateus matej mattheus matyas mads
maximilian maxim maksim maksym max massimo maximo maxime makar massimiliano maxwell
michael mikhail mykhailo michel miguel michele mihail mihai mike misha mick mickey mikael micha michal mikhael mihaly mitch mikel mihael miki mischa mikkel mykhaylo michail
michelle michele micheline shelly
natalia natalya nataliya natalie nathalie natasha nataliia natalja tasha natacha
nathan nathaniel nat nate natan nathanael jonathan
jonathan jonatan jon nathan jonny yonatan
nicholas nikolai nikolay nicolas nikolaus nikolaos mykola niccolo nicola nick nicky kolya klaus nico miklos mikalai nikola claus niklas colin nikita nicolae nicolau mikolaj nils niels
oleg oleh aleh olegs
olga olha volha helga olya
oscar oskar
patrick patricio patrizio pat paddy patryk padraig rick
patricia pat patty tricia trish patrizia
paul pavel pavlo pablo paolo paulo pawel pal paulus paulino pasha pavlos pauli poul pol boulos
peter petr pyotr piotr petro pedro pietro pierre pete piet petya peder petar petros boutros pieter pjotr petras piero perry
philip phillip felipe philippe filip filippo phil philipp philippos filipp
rachel raquel rahel rachael rachele
ralph ralf raul raoul rafe rolf
raphael rafael raffaele rafal rafa rafi raf
raymond ramon raimundo ray raimund raimondo
rebecca rebekah rebeca becky becca rivka
richard ricardo riccardo rick rich dick richie ryszard ricky
robert roberto rob bob bobby robbie rupert robin bert
roland orlando rolando rollo rolf
roman romain romano romanus
ronald ron ronnie ronaldo reinaldo reynold reinhold rinaldo
rose rosa rosie roza rosemary rosario
samuel sam sammy shmuel samuele samuil
sarah sara sally sadie sarai
sebastian sebastien sebastiano bastian seb sebastiao
sergey sergei sergiy serhii serhiy sergio serge sergiu siarhei sergii serghei serj sergej serhij seryozha
simon simone shimon semyon semen symon simeon szymon ximenes
sophia sofia sofiya sonya sophie sonia sofija zofia sofie sonja
stanislav stanislaw stanislas stan stas stanislaus stasik estanislao
stephen steven stefan stephan stepan esteban etienne steve stefano stefanos istvan estevan estevao stevie szczepan estefan steffen stevan
susan susanna susana suzanne zuzana sue susie sanna shoshana zuzanna
svetlana svitlana sveta sviatlana svjetlana lana
tatiana tatyana tetiana tetyana tania tanya tatjana tanja
theresa teresa therese tereza terry tess tessa thereza
thomas tomas tommaso tom tommy tomasz foma tamas thom tomaz toma tome
timothy timofey timofei timo tim tymofii timoteo timmy tymoteusz
vadim vadym
valentin valentyn valentino valentine
valery valeri valeriy valerii valerio valeriu valerij
vasily vasili vasyl vasiliy vasilii basil basilio vasil vasilios vasile basile vasya wasil
victor viktor vittorio vic vitya wiktor victorino
victoria viktoria viktoriya vika vicky vittoria wiktoria viktoriia
vincent vincenzo vicente vince vinny vinzenz vikentiy
vitaly vitali vitaliy vitalii vitalik vitaliano vital vitalij vitalie
vladimir volodymyr wladimir uladzimir vova volodya vlad wlodzimierz vladimiro ladislav volodimir waldemar
vladislav vladyslav wladyslaw vlad ladislaus uladzislau vladik ladislao laszlo ladislav
vyacheslav viacheslav slava vaclav wenceslas viacheslau vjaceslav wieslaw
walter walther wally gualterio gualtiero valter walt
william wilhelm guillermo guillaume guglielmo bill will willy billy willem liam vilhelm wim guilherme willi vasilem vilem
yaroslav jaroslav jaroslaw iaroslav slava
yegor egor jegor yehor egorka george
zachary zacharias zach zack zak zakaria zakariya zachariah zakhar
mohammed muhammad mohammad mohamed muhamad mohamad mahomet mehmet muhammed mohd mukhamed magomed mahamadou mamadou mohamud maxamed mehmed mukhammad muhamed mohammod mahammad mochammad md mhd
ahmed ahmad ahmet akhmed akhmad achmad hamed axmed amed ahmadu
abdullah abdallah abdulla abdoulaye abdallahi abdullahi abdullo abdulah
abdulrahman abdurrahman abdelrahman abderrahmane abdirahman abdurahman abdulrehman
ali aly alli alee
hassan hasan hassane hasson xasan hacen hassen
hussein hussain husain hossein husayn houssein hussin huseyin hossain xuseen husein hoseyn husseyn khusein
omar umar omer cumar oumar ömer
osman uthman othman usman ousmane cuthman ethman
yusuf youssef yousef yousuf yusef yusof joseph yousif yousaf
ibrahim abraham ebrahim ibraheem brahim avraham abram abramo ibrahima avram ibragim
ismail ismael esmail ishmael ismayil ismaila esmaeil
khalid khaled halid khalled
mahmoud mahmud mehmood mahmood makhmud
mustafa mostafa moustafa mustapha mustafo
mousa musa moses moshe moussa moises moise musse moisey
sulaiman suleiman solomon suleyman salomon sulayman soliman shlomo soleiman süleyman
said saeed sayed saied saeid sa'id zaid
saleh salih salah saalih
fatima fatma fatimah fatemeh fatoumata faduma fatime
aisha ayesha aysha aicha ayse aisyah caasho
maryam mariam miriam meryem
hamid hameed hamed abdulhamid
karim kareem kerim abdulkarim
rahim raheem rehim
rashid rasheed rachid rashed
nasir naser nasser nassir nasr
jamal gamal djamel jamel cemal camal
hisham hesham hicham hishaam
tariq tarek tarik tarique
qasim kassem kasim qassem kacem ghasem kasem gasim
zayd zaid zeid zayed
abu abou aboo
kabir kabeer kebir
latif lateef
aziz azeez
jalal jalaal celal galal
jamil jameel cemil gamil
kamal kemal kamel kamaal
malik malek maleek melik
munir mounir muneer
nabil nabeel
salim saleem selim salem
samir sameer
sharif shareef cherif sherif sheriff
wahid waheed vahid
walid waleed oualid velid
yasin yaseen yassin yassine yasein
yahya yehia yahia yihya
yaqub yakub yaqoob yaqoub yacoub jacob yakoub
zubair zubayr zoubeir
bin ben ibn
al el ul
abdul abdel abd abdoul abdil abdal
jan yan ian
jun joon june
min mihn
thaddeus tadeusz thad fadey
tobias tobiah toby
vera viera wiera
zoe zoya zoia
ludmila lyudmila liudmyla luda liudmila lyuda ljudmila mila
larisa larysa lara
lyubov liubov luba lyuba liuba
nadezhda nadiia nadia nadya nadja hope
galina halyna galya halina
tamara toma
valentina valya valentyna
zinaida zina
lidia lydia lidiya lidija
rostislav rostyslav
svyatoslav sviatoslav
miroslav myroslav mirek
ruslan rouslan
rustam rustem roustam
timur timour teymur
murat murad mourad
emre emrah
deborah debra debbie deb
dorothy dorothea dora dolly dot dorota
gertrude trudy gertrud gerti
jacqueline jackie jaqueline
judith judy yehudit judit
kimberly kim
leonora eleanor eleonora nora ellie nell
lucy lucia lucie luz
pamela pam
priscilla cilla
roxana roxanne roxane
stephanie stefania stephanie steffi estefania
valerie valeria
veronica veronika veronique
vivian viviane vivien
agnes agnieszka ines inez agnese
alan allan allen alain
albert alberto adalbert bert al
alfred alfredo fred alf
alfonso alphonse alonso alfonse
amanda mandy
angela angelika angelica angie angelina
archibald archie
arnold arnaldo arnaud
august augusto augustus gus auguste
augustine agustin agostino austin avgustin
bartholomew bart bartolomeo bartosz bartolome
beatrice beatriz beatrix bea trixie
bridget brigitte birgit brigid
bradley brad
calvin cal
cameron cam
camilla kamila camille kamilla
caroline carolina karolina carol carrie lina
cecilia cecile cecily
clara klara claire clare
claudia klaudia claude
clement clemens klement clemente
cornelius cornelio kees cor
curtis kurt conrad konrad curt
cyril kirill kyrylo cyrille kiril
damian damien demyan demian
donald don donnie
douglas doug
dylan dillon
edgar edgardo
edmund edmond edmundo
edwin eduin
elmer elmar
emma emmanuelle
emmanuel manuel manny manoel immanuel emanuel emanuele manolo
ferdinand fernando hernando ferdinando nando fernand
florence florencia florentina flo
florian floriano
gary garry gareth
gilbert gilberto gil
giles gilles
gunther gunter guenter guenther
guy guido vito
hector ettore
helmut hellmut
hilary hilario hilaire
horace horacio horatio
irving irvin
jerome geronimo jeronimo gerolamo hieronymus girolamo
joachim joaquin yakim gioacchino joaquim akim jochen
joel yoel
jordan jordi giordano
karina carina
katrin kathrin catrin
kevin kev
lambert lamberto
lauren laura lorena laurie laurinda
leah lea lia
lincoln linc
linda lynda
lillian liliana lily lilian lilya lili
lorraine lori
marina maryna
melissa mel missy
mitchell mitch
monica monika monique
morgan morgana
nigel nigellus
norbert norberto
norman norm normand
olaf olav
oliver olivier oliverio ollie
olivia livia
otto othon oton
pauline paulina paola paula polina
pancras pancrazio
pascal pascual pasquale
quentin quintin
reginald reg reggie reinhard
rene renatus renato
rodney rod
roderick rodrigo rod rory rurik
rudolf rodolfo rudy rudi rudolph
russell russ
salvador salvatore sal
samantha sam
sandra sandy
sigmund sigismund zygmunt segismundo
silvester sylvester silvestre
silvia sylvia sylvie
sidney sid sydney
stuart stewart stu
sven svein swen
sylvain silvano
terence terry terrence terencio
ulrich ulrik ulises uli
ursula urszula
urban urbano
vernon vern
wayne wain
wesley wes
wilfred wilfried
yolanda iolanda yolande
yvonne ivonne
zbigniew zbyszek
`

// variantOf lists, for a folded given name, the numbers of its groups.
var variantOf = makeVariants()

func makeVariants() map[string][]uint16 {
	m := make(map[string][]uint16, 4096)
	for i, line := range strings.Split(strings.TrimSpace(variantGroups), "\n") {
		for _, w := range strings.Fields(line) {
			b, _ := fold(nil, w)
			k := string(b)
			if l := m[k]; len(l) > 0 && l[len(l)-1] == uint16(i) {
				continue
			}
			m[k] = append(m[k], uint16(i))
		}
	}
	return m
}

// variants says whether two folded given names are forms of one name.
func variants(a, b []byte) bool {
	ga := variantOf[string(a)]
	if len(ga) == 0 {
		return false
	}
	for _, x := range ga {
		for _, y := range variantOf[string(b)] {
			if x == y {
				return true
			}
		}
	}
	return false
}

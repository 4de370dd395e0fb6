"""Family names, and first names that other lists lack, which are no ordinary words besides. Forms are without accents.

Names that are words too ("Petit", "Baker", "Rose") are in no list: written with a capital they are left out anyhow.
"""

from keywords.words import word_set

FAMILY_NAMES = word_set(
    """
aubert aubry bailly barbier baron barre benali benoist bernier berthelot bertin besson blanchard blanchet bonnet bouchet
boucher bouvier breton brunel brunet camus caron carpentier charpentier chauvin chevallier colas cordier courtois
coulon cousin dacosta dasilva daniel david delacroix delattre delaunay delmas deschamps descamps diallo diop dubois
dufour dumas dumont dupont dupuis dupuy durand duval etienne fabre faure fernandes fernandez ferreira fleury fournier
gaillard garcia garnier gauthier gautier gilles girard giraud gomes gomez gonzalez goncalves guerin guillaume guillot
haddad hamel hamon hebert herve hoarau huet humbert jacob jacquet joly klein konate lacroix lambert langlois laporte
lebon leblanc lebrun leclerc leclercq lecomte leconte lefebvre lefevre legall legrand legros lejeune lemaire lemaitre
lemoine leroux leroy leveque lopez mallet maillard marechal martinez marty masson mathieu menard mercier meunier
meyer michaud millet monnier moreau moreira morel morin muller ndiaye nguyen olivier paris pasquier pelletier
pereira perez perrin perrot philippe picard pichon poirier poulain prevost reynaud renault renard ribeiro riviere
robin roche rodrigues rodriguez rolland rousseau roussel royer sanchez schmitt schneider silva tessier thibault tran
traore vasseur vidal vincent voisard weber
adams ahmed akhtar allen anderson armstrong atkinson bailey barnes barrett begum bennett bradley brennan brooks bryant
byrne campbell carroll chapman clarke coleman collins connolly cunningham davies davis dawson dixon doherty doyle
edwards ellis evans ferguson fitzgerald fletcher flynn foster gallagher gibson graham griffiths hamilton harris
harrison harvey hawkins henderson hernandez holmes howard hughes hussain ivanov jackson jenkins jennings johnson
johnston jones kaur kavanagh kennedy khan kumar lawrence lawson lewis lloyd lynch macdonald mahmood malone mcarthy
mccarthy mcdonald mckenzie mclean mehta miah mitchell morgan morris morrison mukherjee murphy murray myers nelson
newton nicholson obrien oconnor oneill osullivan owens patel patterson pearson perkins peterson phillips powell
quinn rahman ramirez reilly reynolds richards richardson roberts robertson robinson rogers russell ryan sanders
shah sharma shaw simmons simpson singh smith spencer stephens stevens stevenson stewart sullivan taylor thompson
thomson torres turner wallace walsh watkins watson watts webb whitehead whitlow wilkinson williams williamson wilson
winters wright
brien connor diaye goff keeffe neill shea sullivan
"""
) - word_set("baron barre breton cousin paris prevost riviere robin roche renard boucher charpentier")

MORE_FIRST_NAMES = word_set(
    """
abdel abdou achille adam aicha aida alan alba alessia alexia alix alma aminata anis anouk antonin ariane arsene assia
augustin ayoub awa basile bastien berenice bilal binta boubacar capucine cassandra chaima charlene cheikh clovis come
corentin dalila diego djibril eden eliott elisa eloise emeline enzo ewen fadila fanny fatou gael gaspard gauthier
gwendoline gwenael hafida hamza hassiba hocine houda idris ilyes imane ines isaure issa jade jamal jessy joris
jules kadiatou kamel karima kenza kevin kylian lamine lana leane leila lenny lilou lina lison lorenzo louane louna
maelle maelys mahaut malo mamadou marius marwa mathis mathys matthis maya milan mina mohammed moussa naim nais
nassim nawel nino nolan nour noe nadir omer ousmane owen quentin rania rayan reda rita robin saida salome samira
samy sana selma sirine sixtine sofiane soizic solene soline soumaya tess thais theophile tiago timeo titouan tom ugo
victoire wassim wissam yacine yael yanis yannis younes zahra zakaria zineb zohra
aaron abigail adrian aidan aileen aisha alan alana alastair alfie alistair amelia anil anjali anya archie arjun ashley
asif ava ayesha barry bernice bethany beverley bradley brandon brendan bridget brittany brooke bryan caitlin callum
cameron carmel carmen carrie cassie ciara clive conor courtney craig crystal daisy daphne darren declan deepak deirdre
deirdre denzel desmond diego dmitri duncan dustin dwayne ebony eleanor elijah elliot eloise elsie emilia eoin erin
ethan evie ewan ezra fiona finlay freddie freya gavin gemma geraint gwen gwyneth hamish harriet harvey hayley hazel
helena hilary imogen imran indira isaac isabel isla isobel jacqui jared jayden jemima jenna jerry jodie jolene joyce
kaitlyn kareem karl kayla kayleigh keira kelsey kerry kirsty kristen kurt kylie lachlan lauren leanne leroy lewis
liz logan lorna lorraine louisa lynn lynne mabel madison maisie malcolm marcus marlon mason maureen maya meera melvin
mia mick mildred millie mohammad mohamed molly moira muriel myra nadim naomi nasreen neha niamh nikhil niall noreen
norma oisin orla owen paige parveen petra philippa phoebe polly poppy pradeep priya rajesh raj rebekah reece rhiannon
rohan ronan rory rosalind rowan rupert sadie saoirse seamus selina shaun sheena shirin shona siobhan skyler sinead
spencer stacey stella stewart sunita suresh tabitha tamara tanya tara tariq terence thelma toby tracey tyler una uma
vera vijay vikram violet wilfred winston yusuf yvette zachary zainab zara
"""
) - word_set(
    "victoire come crystal daisy eden harvey hazel tom mason poppy violet brooke carrie rowan kerry tess alma barry"
)

SPELLED_WITH = word_set("alpha bravo foxtrot kilo tango sierra romeo zulu whisky whiskey yankee juliett juliette")
"""Words that letters are spelled with, and that nobody calls about."""

"""French phrases by the cue they give, written as in rule files. Those marked Quebec are heard there only.

Drawn from how customers complain and thank on the telephone; no word list of others is in it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from keywords.records import CueKind

FRENCH_CUES: Mapping[CueKind, tuple[str, ...]] = MappingProxyType(
    {
        CueKind.REPEAT_CONTACT: (
            "[c'est la] (deuxième|troisième|quatrième|cinquième|sixième|septième|dixième) fois que (j'appelle"
            "|je vous|je rappelle|on vous|on appelle|j'explique|je téléphone|je raconte|je répète|je viens|j'écris)",
            "[ça fait] {number>=2} fois que (j'appelle|je vous appelle|on vous appelle|je rappelle|je vous rappelle)",
            "[ça fait] {number>=2} fois que (je vous contacte|je téléphone|je vous téléphone|je vous écris|j'écris"
            "|je viens)",
            "[ça fait] {number>=2} fois que (j'explique|je vous explique|je raconte|je répète|je demande"
            "|je vous le dis)",
            "ça fait {number>=2} fois !(le tour|plus|moins|le même|la même|que la lumière)",
            "(plusieurs|énième|dixième|centième) fois que (j'appelle|je vous appelle|je rappelle|j'explique"
            "|je téléphone)",
            "pour la (énième|dixième|centième|troisième|quatrième|cinquième) fois",
            "(appelé|rappelé|téléphoné|contacté|écrit|relancé) ~3 (plusieurs|cent|mille) fois",
            "(appelé|rappelé|téléphoné|contacté|écrit|relancé) ~3 {number>=2} fois",
            "vous ai déjà (appelé|téléphoné|contacté|écrit|expliqué|dit|relancé|signalé)",
            "j'ai déjà (appelé|téléphoné|expliqué|signalé|réclamé|écrit) !(un taxi|ma mère|mon mari|ma femme)",
            "(je rappelle|je vous rappelle|j'appelle) encore",
            "encore moi pour",
            "encore pour (le même|la même) (problème|souci|panne|chose|histoire|dossier)",
            "(toujours|encore) (le même problème|la même histoire|la même panne|le même souci)",
            "(répéter|répète|réexpliquer|réexplique|redire|expliquer|raconte|raconter|recommencer) ~4 depuis le début",
            "(à chaque fois|chaque fois) ~4 (répéter|répète|réexpliquer|réexplique|réexpliquions|recommencer|raconter)",
            "tout (réexpliquer|réexplique|recommencer à zéro|redire|répéter)",
            "combien de fois (il faut|faut il|je dois|dois je|va falloir|je vais devoir)",
            "(mon|à mon) (deuxième|troisième|quatrième|cinquième|sixième|septième|dixième|énième) (appel|message"
            "|courrier|mail)",
            "(arrête|arrêtons) pas de (vous appeler|vous rappeler|rappeler|appeler|vous relancer|vous écrire)",
            "passe (mon temps|mes journées|ma vie) à (vous appeler|vous rappeler|rappeler|appeler|téléphoner)",
        ),
        CueKind.WAITING: (
            "ça (fait|va faire|faisait) ~6 que (j'attends|on attend|je patiente|je poireaute|nous attendons"
            "|j'attendais) !(mon tour|le bus|le train)",
            "(=attendu|patienté|poireauté) ~4 (minutes|heures|heure|jours|semaines|=mois) !(avant de vous appeler)",
            "(=attends|=attend|attendons|patiente) [toujours|encore] depuis ~3 (minutes|heures|heure|jours|semaines"
            "|mois|matin)",
            "(après|déjà|eu|passé|fait|encore) {number>=2} (minutes|heures) (d'attente|à attendre|en attente)",
            "{number>=2} heures (d'attente|à attendre|en attente)",
            "{number>=2} minutes (en attente|sur la musique|à écouter)",
            "(une|demi) heure (d'attente|à attendre|en attente)",
            "(poireauter|poireaute|poireauté)",
            "combien de temps ~6 (attendre|patienter|durer)",
            "ça dure depuis ~4 (jours|semaines|mois|ans|moment|lundi|mardi|mercredi|jeudi|vendredi)",
            "(j'attends|on attend|attends) (toujours|encore) !(le bus)",
            "toujours (pas|rien) de (nouvelles|réponse|retour|solution|remboursement)",
            "(aucune|sans|pas de|pas eu de) (nouvelles|nouvelle|réponse|retour) depuis",
            "(rien|toujours rien) depuis ~3 (jours|semaines|mois)",
            "temps que j'ai (attendu|passé à attendre)",
            "(attente|attentes) (interminable|trop longue|insupportable|infernale|inadmissible)",
            "(resté|restée|laissé|laissée|mis|mise) ~3 (en ligne|en attente) ~3 (heure|heures|minutes)",
            "impossible de vous (joindre|avoir)",
            "(mis|fallu) ~3 (heure|heures|minutes) (à|pour) vous (avoir|joindre)",
            "vous êtes injoignable",
            "personne ~1 (décroche|répond) !(à la porte)",
            "(trop|beaucoup trop) (long|longue|longtemps) (à attendre|comme attente|votre attente)",
            "enfin quelqu'un",
        ),
        CueKind.PASSED_AROUND: (
            "(on|vous) me (balade|ballade|baladez|trimballe|trimbale|trimballez|bringuebale)",
            "(me|été) (balader|baladé|trimballer|trimballé|ballotté|bringuebalé)",
            "de service en service",
            "d'un (service|conseiller|bureau|département|interlocuteur) à (l'autre|un autre)",
            "(renvoie|renvoient|renvoyez|se renvoyer) la balle",
            "(renvoyé|transféré|basculé|repassé|passé) ~3 {number>=2} (fois|services|personnes|conseillers|collègues)",
            "(renvoie|renvoyez|renvoyé|renvoient|transfère|transféré|transférez) (encore|à chaque fois|toujours"
            "|là bas|partout)",
            "(deuxième|troisième|quatrième|cinquième|sixième|septième|dixième) (personne|service|conseiller"
            "|conseillère|interlocuteur|collègue|agent) ~3 (qui|que|qu'on|on)",
            "{number>=2} (personnes|conseillers|interlocuteurs) (différents|différentes|et aucun|et personne)",
            "(chacun|tout le monde) (me|se|nous) (renvoie|rejette)",
            "(me|nous) dit de voir avec ~6 (dit|disent) de (voir|revenir)",
            "tombe [toujours|encore] sur (quelqu'un|une personne|un) (d'autre|différent|différente|autre)",
            "personne ~2 (veut|prend|peut) ~4 (charge|responsabilité|dossier|demande)",
            "pas (mon|notre|votre) service",
            "(tourne|tourner) en (rond|bourrique)",
            "(on me|vous me|me) passe ~3 (service|services|personnes|collègue à|d'un)",
            "(garroché|pitché) (d'un|partout)",  # Quebec
        ),
        CueKind.BROKEN_PROMISE: (
            "(avait|aviez|avez|ont|avaient|a) promis",
            "(promis|promesse|parole) (non tenue|pas tenue|en l'air|jamais tenue)",
            "promesses [toujours] en l'air",
            "encore une promesse",
            "(tenez|tenu|tient|tiennent) ~2 (parole|promesse|promesses|engagements)",
            "(devait|deviez|devaient) (me|nous) (rappeler|recontacter|envoyer|rembourser|livrer|répondre|prévenir)",
            "(devait|devaient) (passer|venir|arriver) ~8 (personne|rien|toujours|jamais|attendu|attends|pas)",
            "devait être (livré|réglé|fait|gratuit|remboursé|prêt)",
            "(censé|censée|censés|supposé) (me|nous|être|passer|venir|arriver|rappeler)",
            "(m'avait|m'a|m'avez|m'aviez|m'ont|avait|avez|aviez) (assuré|garanti|certifié|juré) que",
            "(aviez|avait|avez|a) dit ~4 (réglé|fait|remboursé|livré|prêt|résolu)",
            "(m'a|m'avait|m'avez|nous a|ont) dit ~4 (heures|jours|semaines) ~4 (toujours|ça fait|rien|et)",
            "(jamais|toujours pas|personne) ~4 (rappelé|recontacté)",
            "pas (rappelé|été rappelé|recontacté) !(plus tôt|avant)",
            "attends [toujours|encore] (votre rappel|qu'on me rappelle|que quelqu'un me rappelle)",
            "personne [n'est] (venu|passé|est venu|est passé)",
            "(technicien|livreur|personne|colis) [n'est] jamais (venu|passé|arrivé)",
            "(pas|jamais) (venu|passé) au rendez vous",
            "attendu (toute la journée|pour rien|toute la matinée)",
            "(menti|mentez|mentent|raconté n'importe quoi|mené en bateau)",
            "vous aviez dit que",
        ),
        CueKind.INCREDULITY: (
            "je (rêve|hallucine)",
            "(j'hallucine|j'en reviens pas|j'y crois pas|j'en crois pas)",
            "(vous|tu) (plaisantez|rigolez|plaisantes|rigoles|blaguez)",
            "(c'est|c'est quoi) [une|cette] (blague|plaisanterie|farce)",
            "(vous|tu) (vous moquez|moquez|foutez|fichez|vous foutez|vous fichez) de (moi|nous|monde|gens)",
            "(vous vous|on se) (moquez|foutez|fichez|moque|fout|fiche) (de moi|de nous|du monde|des gens)",
            "vous me prenez pour",
            "(pris|prise) pour un (idiot|imbécile|con|pigeon|abruti|débile)",
            "marche sur la tête",
            "(pas|c'est pas|c'est même pas) (croyable|possible ça|vrai ça)",
            "(c'est|quand même|complètement|juste|tout bonnement) (incroyable|invraisemblable|hallucinant|aberrant"
            "|ahurissant) !(comme|rapide)",
            "dites moi que (c'est|ce n'est) ~2 (pas vrai|une blague)",
            "(êtes vous|vous êtes|t'es) sérieux (là|ou|quand|franchement)",
            "(jamais) vu (ça|une chose pareille|un truc pareil)",
            "(le monde|on est) à l'envers",
            "de qui se moque t on",
            "(comment|c'est) (est ce|quand même) (possible|fou)",
            "on croit rêver",
        ),
        CueKind.SARCASM: (
            "bravo (belle|quelle|vraiment|le service|l'organisation|le sérieux|encore|continuez|on voit|c'est du joli)",
            "(merci|super merci|bravo merci) pour rien",
            "(belle|quelle belle|quelle) (organisation|publicité|efficacité|mentalité|réussite)",
            "c'est du (joli|propre)",
            "=voyons !(voir|si|donc|ensemble|ça)",
            "(me|nous) voilà bien (avancé|avancée|avancés|lotis|loti)",
            "(très|vraiment|super|hyper) (professionnel|pro|sérieux|commerçant) !(merci beaucoup|et très)",
            "(génial|super|magnifique|formidable|parfait|merveilleux|fantastique) encore (une|un|en)",
            "(pour) (encaisser|prélever|facturer|prendre l'argent|vendre) ~3 (rapides|rapide|forts|fort|là"
            "|toujours là)",
            "chapeau [vraiment] (chapeau|l'artiste|bas vraiment)",
            "(quelle|la belle) (surprise) encore",
            "comme c'est (pratique|commode|surprenant|étonnant)",
            "(encore|toujours|forcément) ma faute",
            "félicitations (vraiment|c'est du joli|belle|quelle)",
            "du joli",
            "(on|ça) (n'arrête|arrête) pas le progrès",
            "il ne manquait plus que ça",
        ),
        CueKind.INSULT: (
            "(incapable|incapables|incompétent|incompétents)",
            "bande (de|d') (voleur|voleurs|escroc|escrocs|nul|nuls|incapables|guignols|clowns|rigolos|cons|menteurs"
            "|branleurs|charlots|amateurs|arnaqueurs|crétins|abrutis|bouffons)",
            "(espèce|espèces) (de|d') ~1 (con|idiot|imbécile|abruti|crétin|voleur|menteur|connard|débile|incapable)",
            "(vous êtes|êtes) [tous|vraiment|que] [des|un|une|qu'un|que des] (voleurs|escrocs|menteurs|nuls|nulle"
            "|menteur|voleur|escroc|arnaqueurs|guignols|clowns|rigolos|cons|abrutis|bons à rien|débiles|débile|bête"
            "|bêtes|stupide)",
            "(connard|connasse|abruti|abrutie|crétin|enfoiré|salaud|salope|salopard|ordure|trou du cul|pauvre con"
            "|pauvre type)",
            "(boîte|boite|société|service|compagnie) de (merde|guignols|voleurs|escrocs|clowns|fous)",
            "(allez|va) (vous faire|te faire) (foutre|voir)",
            "(ta|vos) gueule",
            "(imbécile|imbéciles)",
            "(es|êtes) (con|conne|bête|stupide|débile) ou",
            "(crisse|câlisse|tabarnak|ostie) de (cave|cons|menteur|voleurs|épais)",  # Quebec
        ),
        CueKind.LEAVING: (
            "(vais aller|irai|vais partir|pars|voir|préfère aller|vais|aille) ailleurs",
            "(passe|passer|pars|partir|part|aller|vais|irai|parte|file) (à la concurrence|chez un concurrent"
            "|chez un autre|chez vos concurrents|chez le concurrent)",
            "(vais|veux|préfère|je) (changer|change|changerai) (d'opérateur|de fournisseur|d'assureur|de banque"
            "|de boîte) !(d'électricité|de gaz|pour mon autre)",
            "je (résilie|résilierai)",
            "(vais|=veux|souhaite|préfère|envie de|compte|=voudrais|aimerais|peux pas) [tout] (résilier"
            "|me désabonner|vous quitter|canceller) !(l'option|une option|cette option)",
            "mettre fin à (mon|notre|ce) (contrat|abonnement|forfait)",
            "(perdre|perdez|perdu|perdrez) ~2 client",
            "(je|j') annule tout",
            "(fermer|clôturer|ferme|clôture) ~1 (mes|mon|ce|tous mes) ~1 (compte|comptes|dossier|contrat|contrats)",
            "(je vous quitte|je m'en vais ailleurs)",
            "(reste|resterai|resterons|rester) (pas|plus) [client|chez vous|une minute]",
            "plus jamais (chez vous|client|je ne|je)",
            "(c'est fini|terminé) avec vous",
            "(veux|voudrais) plus (être client|rester chez vous|entendre parler de vous|de votre)",
        ),
        CueKind.EXHAUSTION: (
            "(j'en ai|on en a) [vraiment|plus que|plein|tellement] (marre|assez|ras le bol|plein le dos|ma claque"
            "|plein le cul|par dessus la tête|jusque là)",
            "ras le bol",
            "y en a (marre|assez)",
            "en (peux|peut|pouvons|puis) plus",
            "(suis|est|commence à être|suis vraiment|suis complètement) (à bout|épuisé|épuisée|excédé|excédée"
            "|lessivé|saturé)",
            "(fatigué|fatiguée|las|lasse) (de me battre|de répéter|de rappeler|d'attendre|de vos|de cette|de tout ça"
            "|d'être)",
            "(commence|commencez) à (bien faire|suffire|me fatiguer|m'énerver|être lourd|faire long)",
            "(ça suffit|c'en est trop|c'est trop) !(merci|cher|gentil|grand|petit|tard|long)",
            "(laisse|lâche) (tomber|l'affaire) !(l'option|le supplément)",
            "(j'abandonne|je baisse les bras|je jette l'éponge)",
            "(suis|chu|chus) (tanné|tannée|écœuré|écoeuré)",  # Quebec
            "(c'est|c'est vraiment) (usant|épuisant|pénible|lassant|insupportable)",
            "(perds|perdre|perdu) [mon|de la|toute] (patience|calme|sang froid)",
            "patience a des limites",
            "(péter|pète|péterai) (un|une) (câble|plomb|durite)",
            "hors de moi",
            "(pas) ~2 me calmer",
            "(à bout) de (nerfs|patience|forces)",
            "plus la (force|patience|énergie)",
        ),
        CueKind.DISTRESS: (
            "(sais|sait) plus (quoi faire|comment faire|où j'en suis|vers qui me tourner|à qui m'adresser|quoi penser)",
            "(suis|me sens|tellement|complètement) (désespéré|désespérée|désemparé|désemparée|paniqué|paniquée"
            "|affolé|angoissé|angoissée|effondré|effondrée|anéanti|bouleversé|bouleversée|terrifié|inquiète|inquiet)",
            "(dors|dort|dormi) (plus|pas) ~3 (nuit|nuits|ça|cause|depuis)",
            "(j'ai|on a) (tellement|vraiment|si) peur",
            "peur (de perdre|de me retrouver|de tout|de plus|pour mes|pour mon|pour ma|qu'on me coupe"
            "|qu'ils me coupent|du lendemain)",
            "en (larmes|pleurs) !(de rire|drôle|de joie)",
            "je (pleure|panique|craque|stresse|m'effondre)",
            "comment (je vais|on va|vais je) faire (moi|nous|sans|avec les|avec mes|avec un|avec deux|avec trois)",
            "(qu'est ce que|comment) (je vais|on va|vais je) (devenir|m'en sortir|s'en sortir|manger|vivre)",
            "(suis|me sens) (complètement|vraiment|totalement) (perdu|perdue|seul|seule)",
            "(suis|me sens) [complètement|vraiment|tellement] (dépassé|dépassée|abandonné|abandonnée|démuni|démunie)",
            "(toute|tout) seule (avec|et je)",
            "aidez moi (je vous|s'il|par pitié)",
            "(plus|rien) ~2 (à manger|pour manger|pour vivre|pour nourrir)",
            "(à la|dans la) rue (avec|si)",
            "(une|vraie) catastrophe pour (moi|nous)",
            "(vais|va|peur de) tout perdre",
            "(je vous en|par) (supplie|pitié)",
            "(c'est|vraiment) (très dur|trop dur|l'enfer|un cauchemar|horrible)",
            "(m'en sors|s'en sort) (plus|pas)",
            "sans (chauffage|électricité|eau chaude|argent|ressources) avec (un|des|mes|deux|trois|le) (bébé|enfants"
            "|petit)",
            "ça me (rend malade|détruit|ronge|stresse|fait peur|mine|tue)",
        ),
        CueKind.RELIEF: (
            "(ouf|quel soulagement|enfin une bonne nouvelle)",
            "(me|nous) (rassure|rassurez|rassuré|soulage|soulagez)",
            "(suis|me sens) [bien|vraiment|tellement|très] (soulagé|soulagée|rassuré|rassurée|tranquille)",
            "tant mieux",
            "(épine|poids) (du pied|en moins)",
            "(me|nous) voilà (tranquille|rassuré|rassurée|soulagé|soulagée)",
            "(ça|c'est) [me] (fait un poids|un souci|un poids) (en|de) moins",
            "(j'avais|j'ai eu) peur ~6 (perdu|trop tard|grave|pire)",
        ),
        CueKind.THANKS: (
            "merci (beaucoup|bien|infiniment|mille fois|énormément|de votre|pour votre|pour tout|à vous|encore"
            "|vraiment|d'avoir|pour l'aide|de tout|sincèrement)",
            "(mille|grand|un grand) (merci|mercis)",
            "(vous|te) (remercie|remercions)",
            "(c'est|vous êtes) [vraiment|très|bien] (gentil|gentille|aimable|sympa|adorable|sympathique) [de|merci"
            "|à vous]",
            "(c'est|c'était) (gentil|sympa|aimable) (de|à vous)",
            "parfait merci",
            "(reconnaissant|reconnaissante)",
        ),
        CueKind.SATISFACTION: (
            "(c'est|très|tout est) (parfait|impeccable|nickel|excellent|génial|super|formidable)",
            "(suis|on est|sommes) [très|vraiment|plutôt|bien|super] (content|contente|satisfait|satisfaite|ravi"
            "|ravie|enchanté|heureux|heureuse)",
            "(ça|tout|elle|il) (marche|fonctionne) (très bien|bien|parfaitement|super bien|nickel|à nouveau"
            "|maintenant)",
            "(génial|nickel|impeccable|super|top) (ça|tout|c'est|merci)",
            "(exactement|tout à fait) (ce que je|ce qu'il|ce que nous)",
            "exactement ça",
            "rien à (redire|dire de mal|reprocher)",
            "(vous avez|vous) été (très|super|vraiment|d'une) (efficace|gentil|gentille|pro|patient|patiente|rapide"
            "|aimable|clair)",
            "(très|super|hyper|vraiment) (efficace|efficaces|compétent|compétente|arrangeant)",
            "(sauvez|sauvé) la vie",
            "ça fait plaisir",
            "(bravo|félicitations) (à|pour|aux)",
            "(bon|beau|super|excellent|du bon|du beau) (service|travail|boulot|accueil)",
            "pas mal (du tout|votre)",
            "(est|était|a été|avez été) (formidable|adorable|super|géniale|génial|extraordinaire|top|au top|parfait"
            "|parfaite)",
            "(problème|souci) (résolu|réglé) merci",
        ),
    }
)

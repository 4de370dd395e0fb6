"""French words for and against, beyond the cues: what customers call a service or an answer; as in rule files."""

AGAINST = (
    "(inadmissible|inacceptable|intolérable|inconcevable|inexcusable|insupportable|impardonnable)",
    "(honteux|honteuse|scandaleux|scandaleuse|lamentable|déplorable|minable|pitoyable|catastrophique|désastreux"
    "|exécrable)",
    "(scandale|arnaque|escroquerie|foutaise|foutoir|bordel|cauchemar|calvaire|galère)",
    "une honte",
    "(c'est|c'est du|du) vol !(numéro)",
    "(suis|est|sommes|reste) [très|vraiment|extrêmement|assez|plutôt|franchement|tellement|un peu] (déçu|déçue"
    "|mécontent"
    "|mécontente|furieux|furieuse|outré|outrée|scandalisé|scandalisée|choqué|choquée|écœuré|écœurée|énervé|énervée"
    "|fâché"
    "|fâchée|exaspéré|exaspérée|agacé|agacée|remonté|remontée|frustré|frustrée|contrarié|contrariée|consterné)",
    "en colère",
    "(pas|plus|jamais|peu|guère) ~3 (content|contente|satisfait|satisfaite|satisfaisant|normal|sérieux|acceptable"
    "|correct"
    "|professionnel|d'accord|ravi|aimable|juste|logique|possible ça|clair du tout)",
    "(aide|aidez|écoute|écoutez|=répondez|comprenez|comprend|sert|servez|faites|avance|marche|fonctionne|bouge) ~1"
    " (rien|pas|jamais|plus) !(très bien|encore reçu)",
    "rien [ne] (marche|fonctionne|avance|bouge|va|change)",
    "va pas [du tout]",
    "(n'importe quoi|n'importe comment)",
    "de pire en pire",
    "(beaucoup|bien|vraiment|nettement|largement) trop (cher|chère|chers|long|lent|compliqué|tard|élevé|élevée)",
    "(regrette|regrettons) (d'avoir|de|amèrement)",
    "perdre mon temps",
    "(perte|gaspillage) de temps",
    "(est|êtes|sont|c'est|trouve|trouvez|vraiment|très|aussi) [vraiment|très|complètement|franchement] (nul|nulle|nuls"
    "|mauvais|mauvaise|désagréable|malpoli|impoli|odieux|arrogant|pourri|pourrie|bidon|horrible|affreux|ridicule"
    "|absurde)",
    "(mauvais|piètre) (service|accueil|produit|travail|expérience|foi)",
    "service ~2 (pourri|nul|lamentable|merdique|catastrophique)",
    "(m'énerve|m'agace|m'exaspère|m'insupporte|me gonfle|me saoule|me soûle|me gave|m'écœure|me met hors de moi)",
    "pas à moi de (payer|faire|régler|supporter)",
    "(à tort|sans mon accord|sans me prévenir|dans mon dos)",
    "(cassé|abîmé|défectueux|inutilisable) ~3 (encore|fois de plus|une fois)",
    "(me plains|me plaindre|porter plainte|une réclamation)",
    "(malheureusement|hélas|dommage|c'est dommage)",
    "(trop|très) (cher|chère|élevé|élevée|lent|lente) [pour ce]",
    "(merde|putain|bordel|chier)",
    "(inutile|inutiles|inefficace|incompréhensible|aberrant)",
    "=marre",
    "jamais vu un",
    "(pire|pires) (service|opérateur|expérience|société|boîte)",
)

FOR = (
    "(excellent|excellente|impeccable|formidable|génial|géniale|merveilleux|merveilleuse|fantastique|nickel|extra)",
    "(content|contente|heureux|heureuse|satisfait|satisfaite|ravi|ravie|enchanté) (de|d'|que|du|pour)",
    "(j'aime|j'adore|on aime) (bien|beaucoup|votre|vos|vraiment)",
    "(sympa|gentil|gentille|aimable|serviable|agréable|à l'écoute)",
    "bonne (nouvelle|expérience|surprise)",
    "(recommande|recommanderai) [vivement|à|votre]",
    "tout (est réglé|va bien|s'est bien passé)",
    "très bien (expliqué|passé|reçu|accueilli|merci)",
    "super",
    "merci",
    "bravo",
)

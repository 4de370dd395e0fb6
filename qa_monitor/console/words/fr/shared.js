// @ts-check
/** @import { WORDS as ENGLISH } from "../en/shared.js" */

/**
 * French words of what every page has: the way between pages, keys, signs, roles, languages.
 *
 * @type {Record<keyof typeof ENGLISH, string>}
 */
export const WORDS = {
  "product": "qa-monitor",
  "skip": "Aller aux alertes",
  "skip.review": "Aller à la transcription",
  "language.label": "Langue de la page",
  "nav.live": "Appels en direct",
  "nav.help": "Aide",
  "nav.help.title": "Clavier et signes (?)",

  "priority.high": "Haute",
  "priority.medium": "Moyenne",
  "priority.low": "Basse",

  "keys.title": "Clavier et signes",
  "keys.enabled": "Raccourcis clavier actifs",
  "keys.next": "Alerte suivante, précédente",
  "keys.acknowledge": "Acquitter l’alerte choisie",
  "keys.verdict": "L’alerte choisie était utile, fausse, déjà connue",
  "keys.act": "Reporter, transmettre, clore l’alerte choisie",
  "keys.undo": "Revenir sur la dernière action, pendant dix secondes",
  "keys.play": "Écouter ou arrêter les secondes en cause",
  "keys.open": "Ouvrir son appel",
  "keys.help": "Cette aide",
  "keys.toggle": "Lecture, pause",
  "keys.jump": "5 s en arrière, en avant",
  "keys.flag": "Alerte suivante, précédente",
  "keys.space": "Espace",
  "keys.enter": "Entrée",
  "keys.close": "Fermer",
  "signs.high": "Haute : agir maintenant",
  "signs.medium": "Moyenne : agir bientôt",
  "signs.low": "Basse : à garder à l’œil",
  "signs.still": "Tant que votre pointeur est sur les alertes, la liste ne bouge pas ; les nouvelles attendent au-dessus.",

  "tongue.en": "anglais",
  "tongue.fr": "français",
  "tongue.none": "détectée",

  "skip.arrivals": "Aller aux connexions",
  "nav.arrivals": "Connexions",
  "nav.arrivals.title": "Mon appel arrive-t-il ? Qui se connecte, qui a été refusé et pourquoi",

  "skip.rules": "Aller au fichier de règles",
  "nav.latency": "Délais",
  "nav.latency.title": "Combien de temps les alertes mettent jusqu’à l’écran",
  "skip.latency": "Aller aux chiffres",

  "nav.rules": "Règles",
  "nav.rules.title": "Écrire des règles, les essayer sur des appels passés, les publier",

  "nav.people": "Personnes",
  "nav.people.title": "Comptes, équipes, agents, qui remplace qui",
  "nav.account": "Votre compte : mot de passe, déconnexion",
  "me.operator": "Exploitant",
  "skip.people": "Aller aux comptes",

  "role.coach": "superviseur",
  "role.qa_lead": "responsable qualité",
  "role.agent": "agent",
  "role.admin": "administrateur",

  "nav.reviews": "Évaluations",
  "nav.reviews.title": "Évaluations à faire, contestations, calibrages",
  "skip.reviews": "Aller à vos évaluations",

  "nav.library": "Appels",
  "nav.library.title": "Appels conservés : rechercher, filtrer, tirer un échantillon à évaluer",

  "nav.customers": "Voix du client",
  "nav.customers.title": "Pourquoi les clients appellent, et ce qui est nouveau",

  "nav.reports": "Rapports",
  "nav.reports.title": "Les chiffres des appels terminés",

  "nav.wall": "Mur",
  "nav.wall.title": "Tous les agents d’un coup d’œil, pour un grand écran",

  "keys.question": "Question suivante de la grille, précédente",
  "keys.prove": "Écouter ce qui prouve la réponse",
  "keys.comment": "Commenter à la position de lecture",

  "nav.label": "Pages",
  "nav.more": "Plus",
  "nav.live.title": "Alertes et appels au moment où ils ont lieu",
  "nav.mine": "Mes appels",
  "nav.mine.title": "Vos propres appels, une fois terminés",
};

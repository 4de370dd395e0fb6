"""Sentences that name it without meaning it, since others said it, would or did; and some that only sound so."""

FRENCH_OTHERS = """
Ils m'ont dit qu'ils me rembourseraient vendredi.
Ma femme pense qu'on devrait résilier.
Le vendeur m'a dit que je pouvais résilier sans frais, c'est vrai ?
Quelqu'un m'a dit que vous remboursez les frais de port.
Mon père dit que je devrais porter plainte, il est comme ça.
Votre mail dit que vous allez clôturer mon compte.
Et si je voulais résilier dans un an ?
Mettons que je veuille résilier dans six mois.
Si jamais je veux résilier, j'appelle ici ?
La plupart des gens auraient porté plainte.
J'étais sur le point de résilier mais votre collègue m'a convaincu, je reste.
J'ai pensé à prendre un avocat mais finalement non.
Je vois pas l'intérêt de résilier.
Je vois aucune raison de porter plainte.
Je refuse de résilier.
Il me viendrait pas à l'idée de vous poursuivre.
Personne ne veut résilier ici.
Ça vaut pas le coup de porter plainte.
J'ai renoncé à porter plainte.
Je doute que je résilie.
J'ai pas de raison de me plaindre.
Avant je voulais résilier mais plus maintenant.
Mon ex a pris un avocat l'an dernier.
Le voisin du dessus veut porter plainte contre le bruit.
On m'a conseillé de résilier, mais non.
Ma fille voulait que je résilie, mais je garde.
Ça me viendrait pas à l'esprit de résilier.
Je me vois mal porter plainte.
C'est hors de question de résilier.
Loin de moi l'idée de porter plainte.
Je suis pas pressé de résilier.
Je serais fou de résilier.
Je dis pas que je veux résilier.
J'ai jamais songé à résilier.
Ça m'a jamais traversé l'esprit de résilier.
Un jour peut-être je résilierai mais pas maintenant.
C'est pas une réclamation, c'est une question.
C'est pas le remboursement qui m'intéresse.
Je n'irai pas au tribunal pour si peu.
Ça m'étonnerait que je résilie.
J'ai pas de réclamation à faire.
J'ai pas à prendre un avocat pour ça.
On n'est pas là pour porter plainte.
Je suis pas venu pour résilier.
C'est vrai que des clients veulent porter plainte ?
Vous inquiétez pas, je vais pas résilier.
Ce n'est pas dans mes projets de résilier.
"""

FRENCH_OWN = """
On m'a dit de vous appeler pour résilier.
On m'a dit d'appeler ce numéro pour la résiliation.
Ils m'ont dit qu'ils ne voulaient pas me rembourser.
Vous me dites que je peux pas résilier ?
Ma femme et moi on veut résilier.
Vous aviez dit dix jours, ça fait un mois, je veux un remboursement.
J'ai lu les conditions et je veux résilier.
Même si je dois porter plainte, je lâche pas.
Si vous voulez pas résilier, je vais porter plainte.
Je pourrais porter plainte et je vais le faire.
Je vais peut-être devoir porter plainte.
Mon mari m'a dit que c'est moins cher chez Bouygues.
Vous me demandez pourquoi je veux résilier, c'est simple, c'est trop cher.
Ça fait un an que je veux résilier.
Je pensais rester, mais je veux résilier.
J'avais dit que je voulais résilier.
Vous me dites toujours la même chose, remboursez-moi.
Vous avez augmenté les prix, je veux résilier.
Vous avez coupé ma ligne, je vais porter plainte.
votre technicien a tout cassé je veux un remboursement
votre collègue m'a raccroché au nez je veux résilier
Quand vous dites que c'est rien, moi je vais porter plainte.
Vous refusez de me rembourser.
Vous m'avez promis un remboursement.
Pouvez-vous me rembourser, merci.
C'est moi qui demande la résiliation.
Personne me propose de remboursement.
On demande la résiliation.
J'avais demandé un remboursement et finalement j'ai rien eu.
Ma mère veut résilier sa ligne.
votre collègue m'a dit que c'était réglé remboursez-moi
Vous allez me rembourser tout de suite.
Pouvez-vous résilier mon contrat ?
Notre société a décidé de résilier.
Mon mari et moi avons décidé de résilier.
Si ça continue je vais voir un avocat.
Je veux savoir quand vous allez me rembourser.
J'aimerais bien que vous résiliez mon contrat.
Je tiens à résilier.
J'étais client depuis dix ans, je résilie.
C'est pas impossible que je résilie.
J'exclus pas de porter plainte.
Vous pouvez pas refuser de me rembourser.
Me dites pas que vous pouvez pas me rembourser.
Je raccroche pas tant que j'ai pas mon remboursement.
Vous avez pas le droit de ne pas me rembourser.
Je m'en fous du prix, je veux résilier.
Je peux pas croire que je doive porter plainte.
J'en resterai pas là, je vais porter plainte.
Personne m'avait prévenu, je veux un remboursement.
J'ai rien signé et je veux résilier.
Je comprends pas pourquoi je peux pas me faire rembourser.
Je veux plus entendre d'excuses je veux résilier
Je veux pas vos excuses remboursez-moi
Pas un jour de plus, je résilie.
Serait-il possible de me faire rembourser ?
Il y aurait pas moyen de parler à un responsable ?
J'espère que j'aurai pas besoin de porter plainte.
Vous avez pas l'air de comprendre que je veux résilier.
Si vous pouvez rien faire, passez-moi un responsable.
Je demande pas, j'exige, je veux résilier.
J'aurais jamais cru devoir porter plainte.
Il est hors de question que je paye, je veux résilier.
Je vais pas me laisser faire, je vais porter plainte.
Je paierai pas un centime de plus, je veux résilier mon contrat.
Ça fait pas deux mois que je suis client et je veux déjà résilier.
Vous ne m'aidez pas du tout je veux parler à un responsable
Y a rien qui marche je veux résilier
"""

ENGLISH_OTHERS = """
They said they'd refund me by Friday.
My wife thinks we should cancel our contract.
I've been told I'd get my money back within two weeks.
The man in the shop said I could cancel my contract with no fee, is that right?
Somebody told me you would reimburse the cable.
My dad reckons I should sue you, but he's always like that.
Did they say they'd cancel my contract?
If I ever want to cancel, do I call this number?
What if I wanted to cancel in a year?
Let's say I want to cancel after six months, what then?
Most people would sue you for that.
I was about to cancel my contract but my daughter talked me out of it, so I'm staying.
I considered legal action but decided not to.
I don't think there's any need to speak to a manager.
I doubt I'd want to cancel.
I see no reason to cancel my contract.
It's not worth going to court.
I'm not about to sue you.
I refuse to cancel my contract.
My son wants me to cancel.
I wouldn't dream of cancelling my contract.
I've no wish to cancel my contract.
We aren't thinking of switching providers.
Nobody's going to sue you.
I've no reason to make a complaint.
He told me to go to court, I laughed.
The previous tenants wanted to cancel.
My mum got her money back last year.
I'm hardly going to sue you.
Neither of us wants to cancel.
I'm in no hurry to cancel my contract.
I couldn't be bothered to go to court.
I'm not the suing kind, I won't sue you.
I'd be mad to cancel my contract.
I'm not saying I want to cancel.
Don't get me wrong, I don't want to cancel.
I'd never want to leave your company.
It never crossed my mind to cancel my contract.
Not that I want to cancel.
Maybe one day I'll cancel my contract, not now.
I wouldn't go to court for that.
I don't see the point of going to court.
It's not about the refund.
I've nothing against you, I'm not going to make a complaint.
Is it true that some people want to sue you?
"""

ENGLISH_OWN = """
I told them I'm cancelling my contract.
I've been told to wait for weeks, I want my money back.
They keep saying it'll be fixed and I've had enough.
You told me I can't cancel, why?
They said they won't refund me.
My husband and I want to cancel.
My friends say it's cheaper elsewhere.
You said ten days, it's been thirty, I want a refund.
You said you'd call me back and nobody did, I want to speak to a manager.
As agreed, please cancel my subscription.
I was told to call this number to cancel my contract.
I heard you can do it online, how do I cancel?
I read the terms and I want to cancel.
You're asking me why I want to cancel, it's too expensive.
If my line isn't fixed I'll go to court.
Even if I have to go to court I'll get it.
If you won't do it I'll go to court.
I could sue you and I will.
I might have to sue you.
I almost forgot, I'd like to cancel my contract.
I thought I could trust you but I want to cancel.
I was hoping to cancel my contract.
My mother's had one and I haven't, I want a refund.
You refuse to refund me.
You promised me a refund.
I've heard nothing about my refund.
Could you refund me please, thank you.
Can I have my money back, thanks.
I joined years ago and I want to cancel.
Nobody offered me a refund.
My company wants to cancel.
I am a victim, I want to cancel.
My wife wants to cancel her line.
Did you cancel my contract like I asked?
I was promised a refund and in the end I got nothing.
Nobody refunded me.
Nobody will give me a refund.
your colleague told me to wait get me a manager
You cut me off, I'm going to sue you.
I'm sure you're nice but I want to cancel.
Not only do I want a refund, I want to speak to a manager.
I don't see why I can't cancel my contract.
I have never been so disappointed.
Why should I not sue you?
I want to know when you're going to refund me.
We were told we would get our money back three weeks ago.
It's not impossible that I'll cancel.
I wouldn't rule out going to court.
You can't refuse to refund me.
Don't tell me you can't refund me.
I won't stop until I get a refund.
I'm not hanging up until I get my refund.
You have no right not to refund me.
I've no choice left, I'm going to sue you.
I don't care what it costs, I want to cancel.
I can't believe I have to make a complaint.
I'm not leaving it there, I'm going to court.
Nobody told me I'd be charged, I want a refund.
I didn't sign anything and I want to cancel.
I don't understand why I can't get a refund.
I didn't get what I paid for so I want my money back.
I'm not paying for that, cancel my subscription.
Not a day longer, I want to cancel.
I don't want any more excuses just cancel my contract
I don't want your excuses I want to speak to a manager
I'm not asking, I'm telling you, cancel my contract.
I never thought I'd have to make a complaint.
I'm never this rude but you are useless.
Would it be possible to get a refund?
Is there any chance I could speak to a manager?
I hope I won't have to sue you.
I'd hate to have to go to court.
You don't seem to realise I want to cancel.
You don't get it, I want to cancel.
If you can't do that, get me a supervisor.
I don't think this is acceptable, I want to make a complaint.
"""

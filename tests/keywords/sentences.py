"""Sentences that negate what they name, and sentences that only seem to."""

FRENCH_SILENT = """
je n'ai jamais eu de problème
je ne veux pas résilier
je veux pas résilier
j'veux pas résilier
non je ne veux pas résilier
je ne veux surtout pas résilier mon contrat
je n'ai pas l'intention de résilier
j'ai pas envie de résilier
j'ai aucune intention de résilier
je ne souhaite pas résilier
je ne résilie pas
je résilie pas
ne résiliez pas mon contrat
ne résiliez surtout pas, s'il vous plaît
je ne veux plus résilier
je veux plus résilier
je ne veux pas, euh, résilier
je veux pas euh résilier
je ne pense pas résilier
je ne pense pas que je vais résilier
je crois pas que je veux résilier
je ne veux pas que vous résiliez mon contrat
il ne faut pas que je résilie
il ne faut pas résilier
je ne sais pas si je veux résilier
je n'ai pas dit que je voulais résilier
je n'ai jamais demandé de résiliation
je n'ai jamais voulu résilier
sans résilier
c'est possible de changer sans résilier
pas de problème
il n'y a pas de problème
y a pas de problème
aucun problème
sans problème
sans frais
il n'y a pas de frais
c'est sans aucun frais
je ne veux ni résilier ni porter plainte
je n'ai pas besoin d'un remboursement
pas besoin de me rembourser
vous n'avez pas besoin de me rembourser
je ne demande pas de remboursement
je ne veux pas de remboursement
je n'ai rien à me faire rembourser
je ne vais pas porter plainte
je ne vais quand même pas prendre un avocat
je ne suis pas en colère
je suis pas du tout en colère
je ne suis pas en colère, pas du tout
c'est pourquoi je ne veux pas résilier
voilà pourquoi je ne veux pas résilier
au lieu de résilier
plutôt que de résilier, je préfère changer de forfait
il est hors de question de résilier
il est hors de question que je résilie
je ne peux pas me plaindre
un remboursement n'est pas nécessaire
le remboursement c'est pas ce que je veux
je ne veux pas vous quitter
vous n'êtes pas un idiot
je n'ai pas pris un avocat
je ne voudrais pas annuler mon contrat
je ne suis pas sûr que je veuille résilier
n'annulez pas, je ne veux pas annuler mon abonnement
je n'ai pas à me plaindre
mais non je veux pas résilier enfin
je vous ai jamais dit que je voulais résilier
c'est pas que je veux résilier mais
j'ai pas parlé de résiliation
il n'est pas question de résiliation
on va pas résilier pour ça
on ne va pas résilier
je préfère ne pas résilier
je préfère pas porter plainte
j'aimerais éviter de résilier
y'a aucun frais
il y a zéro problème
je suis pas fâché ni en colère
je n'ai absolument aucun problème
j'ai pas vraiment de problème
ce n'est vraiment pas un problème
ça ne pose pas de problème
ça pose pas problème
j'ai décidé de ne pas résilier
j'ai pas demandé à être remboursé
est-ce que je peux changer sans frais
ça sert à rien de porter plainte
je ne compte pas résilier
je n'envisage pas de résilier
mon mari ne veut pas résilier
nous ne voulons pas résilier
on veut pas résilier
c'est pas la peine de me rembourser
ce n'est pas nécessaire de résilier
ne vous inquiétez pas je ne résilie pas
t'inquiète pas y a pas de problème
"""

FRENCH_FIRES = """
je ne raccroche pas sans remboursement
je veux résilier
je ne suis pas content, je veux résilier
je ne suis pas content je veux résilier
vous n'avez pas compris, je veux résilier
vous n'avez pas compris je veux résilier
vous ne comprenez pas que je veux résilier
non, je veux résilier
non je veux résilier
je n'ai pas le temps, résiliez mon contrat
j'en veux pas, remboursez-moi
ce n'est pas grave, je résilie
je n'en peux plus, je veux résilier
je n'en peux plus je veux résilier
ça ne marche pas donc je veux résilier
ça ne marche pas et je veux résilier
ça marche pas mais je veux pas attendre, je vais porter plainte
je ne veux pas attendre, mais résilier
pourquoi je ne peux pas résilier
pourquoi je peux pas résilier
pourquoi est-ce que je ne peux pas résilier mon abonnement
je ne peux pas résilier sur votre site
je n'arrive pas à résilier
j'arrive pas à annuler mon abonnement
ce n'est pas possible de résilier en ligne
je n'ai pas pu résilier
je n'ai pas réussi à résilier
je ne sais pas comment résilier
je sais pas où demander la résiliation
vous ne m'avez pas remboursé
vous m'avez pas remboursé
on ne m'a toujours pas remboursé
on m'a jamais remboursé
ils ne m'ont pas remboursé
je n'ai toujours pas eu mon remboursement
j'ai pas reçu mon remboursement
je n'ai pas encore eu de remboursement
vous ne voulez pas me rembourser
si vous ne me remboursez pas, je pars
si vous ne faites rien, je vais porter plainte
si vous ne me remboursez pas je vais porter plainte
vous ne me remboursez pas ?
vous n'avez pas résilié mon contrat
ne m'obligez pas à porter plainte
je ne voudrais pas avoir à prendre un avocat
je ne veux pas en arriver à porter plainte
n'oubliez pas de résilier mon contrat
n'hésitez pas à me rembourser
je ne veux pas seulement un remboursement
pas seulement un remboursement
vous voulez me rembourser, n'est-ce pas, ou je dois porter plainte
c'est pas normal, je vais prendre un avocat
il n'y a personne, je suis en colère
j'ai plus confiance, je veux résilier
je veux plus d'informations pour résilier
je veux résilier pas suspendre
pas content du tout. Je résilie
je suis très en colère
j'ai un problème
il y a des frais
je ne veux que résilier
je n'ai pas d'autre choix que de vous dire que je vais résilier
je n'ai pas dormi, je suis en colère
c'est bien un remboursement que je veux, pas un avoir
je ne rigole pas je vais prendre un avocat
écoutez je suis pas content là je veux résilier
ça fait trois fois que j'appelle et rien ne change, résiliez-moi ça
je comprends pas, je veux juste résilier
je vous dis que je veux résilier
puisque vous ne voulez rien faire je résilie
puisque personne ne me répond je vais porter plainte
j'ai jamais été remboursé
je n'ai jamais été remboursé
ça fait deux mois que je n'ai pas été remboursé
je ne suis toujours pas remboursé
c'est pas compliqué je veux un remboursement
je ne comprends pas pourquoi on ne me rembourse pas
vous ne répondez jamais, je suis en colère
non mais ça va pas, je vais prendre un avocat
si c'est pas réglé demain je résilie
si ce n'est pas réglé demain, je vais porter plainte
si je ne suis pas remboursé je vais porter plainte
y a pas moyen de résilier
c'est impossible de résilier
comment ça je ne peux pas résilier
je ne veux plus payer, je veux résilier
je n'ai plus le choix je dois résilier
il n'y a pas que ça, il y a aussi un problème
vous n'êtes pas capable de me rembourser
ça marche pas votre truc remboursez-moi
je veux pas d'avoir je veux un remboursement
je veux pas parler à un robot je veux résilier
est-ce que vous pouvez résilier s'il vous plaît
pas question de payer, je vais prendre un avocat
je n'hésiterai pas à porter plainte
je ne manquerai pas de porter plainte
"""

ENGLISH_SILENT = """
I don't want to cancel
I do not want to cancel
I dont want to cancel
I really don't want to cancel my subscription
I don't want to, uh, cancel
I don't want to um cancel
I never wanted to cancel
I never said I wanted to cancel
I never asked for a refund
I'm not going to cancel
I won't cancel
I'm not looking to cancel
I wasn't trying to cancel
I don't think I want to cancel
I don't think that I want to cancel
I'm not sure I want to cancel
I don't know if I want to cancel
I don't know whether I should cancel
I didn't say I want to cancel
I don't want you to cancel it
please don't cancel my subscription
don't cancel anything
do not cancel my account
you don't have to cancel it
you don't need to refund me
no need for a refund
no need to cancel
there's no need for a refund
I have no intention of cancelling
no intention of asking for a refund
I'm not asking for a refund
I'm not after a refund
I don't need a refund
I don't want my money back
I'm not angry
I am not angry at all
I'm not angry or upset
no problem
there's no problem
it's not a problem
without a problem
without cancelling
can I change it without cancelling
I'd like to change my plan instead of cancelling
rather than cancel, I'd like to pause
I can't complain
I couldn't complain
I have nothing to complain about
no complaints
I have no complaint
I don't have a complaint
I'm not complaining
I don't need a lawyer
I'm not going to call a lawyer
I'm not an idiot
you're not an idiot
a refund is not necessary
a refund is not what I want
that's why I don't want to cancel
I no longer want to cancel
I would never sue you
I wouldn't sue you
I don't want to speak to a manager
neither a refund nor a complaint
I'm definitely not cancelling
I didn't call to cancel
I don't wish to cancel
we don't want to cancel
my wife doesn't want to cancel
I decided not to cancel
I'd rather not cancel
I'd prefer not to complain
it's no problem
that won't be a problem
that shouldn't be a problem
I don't see a problem
I hardly have a problem
there isn't any problem
nothing to complain about
I have never had a problem
I'm not here to complain
I don't mean to complain
I'm not trying to get a refund
you don't have to give me a refund
I wasn't asking for my money back
I am not some idiot
don't worry I'm not going to sue you
I wouldn't want to cancel
I haven't decided to cancel
not yet angry
I don't plan to cancel
can you make sure you don't cancel it
make sure it isn't cancelled
it hasn't been cancelled right
"""

ENGLISH_FIRES = """
I want to cancel
I'm not angry, but please cancel
I'm not angry but please cancel
I'm not happy, I want to cancel
I'm not happy I want to cancel
I'm not happy and I want to cancel
I don't think you understand I want to cancel
you don't understand, I want to cancel
you don't understand that I want to cancel
no, cancel it
no, I want to cancel
no I want to cancel
I said no. Cancel it
why can't I cancel
why can I not cancel
why won't you refund me
why don't you just refund me
how come I can't cancel
I can't cancel online
I cannot cancel
I couldn't cancel on the website
I wasn't able to cancel
it won't let me cancel
it's not possible to cancel online
can't you just refund me
couldn't you refund me
I don't know how to cancel
I'm not sure how to cancel
nobody told me where to complain
I don't know who to complain to
you didn't refund me
you haven't refunded me
you still haven't refunded me
you never refunded me
you didn't cancel my subscription
they haven't cancelled my contract
they didn't refund me
I haven't received my refund
I haven't got my refund
I still don't have my refund
I never got my refund
I've never been refunded
I haven't been refunded
if you don't refund me, I will sue you
if you don't refund me I'm leaving
if you don't fix it, I will sue you
don't make me cancel
don't make me call a lawyer
I don't want to have to call a lawyer
I don't just want a refund
not only do I want a refund
don't forget to cancel it
don't hesitate to refund me
I can't wait to cancel
no doubt I will sue you
I have no choice but to cancel
you don't want to refund me
it doesn't work so I want a refund
I don't have time. Cancel it
it's not working, cancel it
no longer interested, cancel it
I'm very angry
I have a problem
I don't want a credit, I want my money back
I'm not joking I will sue you
whether or not I cancel, this is wrong and I want a refund
I don't care, cancel it
I don't care I want a refund
I don't want anything from you except a refund
nobody is helping me so I want to cancel
nothing works, cancel my plan
it never works and I want to cancel
you people never listen, I'm angry
I don't believe this, I want my money back
no no no I want a refund
I don't want to wait any longer I want to cancel
I'm not paying for this, I want a refund
I've got no internet, I want to cancel
I have no internet and I want a refund
I haven't had internet for a week and I want to cancel
if it's not fixed I will cancel
if it isn't fixed by Monday I'm cancelling
unless you fix it I'm going to cancel
I can't believe you won't refund me
I won't hesitate to call a lawyer
there's no way to cancel online
it is impossible to cancel
I could not get a refund
no one has refunded me
nobody refunded me
I've not been refunded
I never received the refund
you refuse to refund me
I'm not leaving without a refund
don't tell me I can't cancel
I'm not happy about it and I would like to complain
you're not listening I want to speak to a manager
I don't want to speak to you, I want to speak to a manager
"""

<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1">
<context>
    <name>Banner</name>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
</context><context>
    <name>Calibrate</name>
    <message>
        <source>Where is this in the picture?</source>
        <translation>Où est-ce dans l’image ?</translation>
    </message>
    <message>
        <source>Click pair %1 here</source>
        <translation>Cliquez ici la paire %1</translation>
    </message>
    <message>
        <source>Pair %1 helps most here</source>
        <translation>La paire %1 aide le plus ici</translation>
    </message>
    <message>
        <source>Corner %1 px away, S snaps</source>
        <translation>Coin à %1 px, S s’y aligne</translation>
    </message>
</context><context>
    <name>CalibratePage</name>
    <message>
        <source>Where does each camera look?</source>
        <translation>Où regarde chaque caméra ?</translation>
    </message>
    <message>
        <source>Click the same points in the picture and on the plan: under two minutes a camera.</source>
        <translation>Cliquez les mêmes points dans l’image et sur le plan : moins de deux minutes par caméra.</translation>
    </message>
    <message>
        <source>Skip this and people are counted in pictures, not placed on the plan.</source>
        <translation>Passez, et les gens sont comptés dans les images, non placés sur le plan.</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>Calibrage</translation>
    </message>
    <message>
        <source>No cameras yet</source>
        <translation>Pas encore de caméras</translation>
    </message>
    <message>
        <source>Add a camera first: go back one step.</source>
        <translation>Ajoutez d’abord une caméra : revenez d’une étape.</translation>
    </message>
    <message>
        <source>All cameras are calibrated</source>
        <translation>Toutes les caméras sont calibrées</translation>
    </message>
    <message>
        <source>Their errors, and which point is worst, stand on the Calibrate screen.</source>
        <translation>Leurs erreurs, et le pire point, sont à l’écran Calibrage.</translation>
    </message>
    <message>
        <source>%1 of %2 cameras are calibrated</source>
        <translation>%1 caméras sur %2 sont calibrées</translation>
    </message>
    <message>
        <source>Still to do: %1.</source>
        <translation>Reste à faire : %1.</translation>
    </message>
</context><context>
    <name>CalibrateView</name>
    <message>
        <source>No store is open</source>
        <translation>Aucun magasin n’est ouvert</translation>
    </message>
    <message>
        <source>Set up a store with a floor plan and cameras first; then each camera is tied to the plan here.</source>
        <translation>Installez d’abord un magasin avec plan et caméras ; puis chaque caméra est liée au plan ici.</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>Paires</translation>
    </message>
    <message>
        <source>Mosaic</source>
        <translation>Mosaïque</translation>
    </message>
    <message>
        <source>Walk test</source>
        <translation>Marche d’essai</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Ce qui est montré</translation>
    </message>
    <message>
        <source>Take the still again</source>
        <translation>Refaire l’image fixe</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>Calibrage</translation>
    </message>
    <message>
        <source>Snap to the corner</source>
        <translation>Aligner sur le coin</translation>
    </message>
    <message>
        <source>Snap pair %1 to its corner</source>
        <translation>Aligner la paire %1 sur son coin</translation>
    </message>
    <message>
        <source>still, people removed</source>
        <translation>image fixe, sans les gens</translation>
    </message>
    <message>
        <source>its shape is not the one that was calibrated</source>
        <translation>sa forme n’est pas celle qui a été calibrée</translation>
    </message>
    <message>
        <source>No picture from this camera</source>
        <translation>Pas d’image de cette caméra</translation>
    </message>
    <message>
        <source>It looks for some seconds, so that people who walk about are not in it.</source>
        <translation>Elle regarde quelques secondes, pour que les passants n’y soient pas.</translation>
    </message>
    <message>
        <source>Taking a still of %1</source>
        <translation>Prise d’une image fixe de %1</translation>
    </message>
    <message>
        <source>no scale yet</source>
        <translation>pas encore d’échelle</translation>
    </message>
    <message>
        <source>Floor plan</source>
        <translation>Plan</translation>
    </message>
</context><context>
    <name>CameraDialog</name>
    <message>
        <source>Edit camera %1</source>
        <translation>Modifier la caméra %1</translation>
    </message>
</context><context>
    <name>CameraForm</name>
    <message>
        <source>Kind of camera</source>
        <translation>Sorte de caméra</translation>
    </message>
    <message>
        <source>By its address</source>
        <translation>Par son adresse</translation>
    </message>
    <message>
        <source>In the network (ONVIF)</source>
        <translation>Dans le réseau (ONVIF)</translation>
    </message>
    <message>
        <source>Video file</source>
        <translation>Fichier vidéo</translation>
    </message>
    <message>
        <source>Webcam</source>
        <translation>Webcam</translation>
    </message>
    <message>
        <source>Address of the main stream</source>
        <translation>Adresse du flux principal</translation>
    </message>
    <message>
        <source>Address of the sub-stream</source>
        <translation>Adresse du flux secondaire</translation>
    </message>
    <message>
        <source>optional: smaller, for detection</source>
        <translation>facultatif : plus petit, pour la détection</translation>
    </message>
    <message>
        <source>Main stream</source>
        <translation>Flux principal</translation>
    </message>
    <message>
        <source>Sub-stream</source>
        <translation>Flux secondaire</translation>
    </message>
    <message>
        <source>Camera numbers</source>
        <translation>Numéros des caméras</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>a video or a folder of pictures</source>
        <translation>une vidéo ou un dossier d’images</translation>
    </message>
    <message>
        <source>Number of the webcam</source>
        <translation>Numéro de la webcam</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Front door</source>
        <translation>Porte d’entrée</translation>
    </message>
    <message>
        <source>%1 stands for the number of each of several cameras.</source>
        <translation>%1 remplace le numéro de chacune de plusieurs caméras.</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Choisir un fichier…</translation>
    </message>
    <message>
        <source>Choose a video</source>
        <translation>Choisir une vidéo</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>No address yet: write it first.</source>
        <translation>Pas encore d’adresse : écrivez-la d’abord.</translation>
    </message>
</context><context>
    <name>CameraStills</name>
    <message>
        <source>No picture for %1. Draw on the plan or on another camera.</source>
        <translation>Pas d’image de %1. Dessinez sur le plan ou sur une autre caméra.</translation>
    </message>
    <message>
        <source>No picture yet. Draw on the plan, or click.</source>
        <translation>Pas encore d’image. Dessinez sur le plan, ou cliquez.</translation>
    </message>
    <message>
        <source>Taking a picture without people: a few seconds…</source>
        <translation>Prise d’une image sans les gens : quelques secondes…</translation>
    </message>
</context><context>
    <name>CameraStrip</name>
    <message>
        <source>Cameras</source>
        <translation>Caméras</translation>
    </message>
    <message>
        <source>How exact positions are here</source>
        <translation>La précision des positions ici</translation>
    </message>
    <message>
        <source>Select a zone or a line to see which cameras see it.</source>
        <translation>Choisissez une zone ou une ligne pour voir quelles caméras la voient.</translation>
    </message>
    <message>
        <source>No calibrated camera sees this place: nobody is counted here.</source>
        <translation>Aucune caméra calibrée ne voit ce lieu : personne n’y est compté.</translation>
    </message>
    <message>
        <source>Not known: calibrate a camera that sees it.</source>
        <translation>Inconnu : calibrez une caméra qui la voit.</translation>
    </message>
    <message>
        <source>Good enough for this type.</source>
        <translation>Suffisant pour ce type.</translation>
    </message>
    <message>
        <source>Too coarse at its far end.</source>
        <translation>Trop grossier au bout lointain.</translation>
    </message>
    <message>
        <source>Mean; %1 at the worst place.</source>
        <translation>Moyenne ; %1 au pire endroit.</translation>
    </message>
</context><context>
    <name>CameraTile</name>
    <message>
        <source>Draw on the picture of %1</source>
        <translation>Dessiner sur l’image de %1</translation>
    </message>
    <message>
        <source>sees %1 of this line</source>
        <translation>voit %1 de cette ligne</translation>
    </message>
    <message>
        <source>sees %1 of this zone</source>
        <translation>voit %1 de cette zone</translation>
    </message>
</context><context>
    <name>CamerasPage</name>
    <message>
        <source>Which cameras look at it?</source>
        <translation>Quelles caméras le regardent ?</translation>
    </message>
    <message>
        <source>Add one after the other. Look at its picture first: what it shows is what is measured.</source>
        <translation>Ajoutez-les l’une après l’autre. Regardez d’abord l’image : ce qu’elle montre est ce qui est mesuré.</translation>
    </message>
    <message>
        <source>Cameras of the store</source>
        <translation>Caméras du magasin</translation>
    </message>
    <message>
        <source>Picture of the camera</source>
        <translation>Image de la caméra</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>Pas encore d’image</translation>
    </message>
    <message>
        <source>Write an address, then press Test.</source>
        <translation>Écrivez une adresse, puis appuyez sur Essai.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Test the chosen camera</source>
        <translation>Essayer la caméra choisie</translation>
    </message>
    <message>
        <source>Edit the chosen camera</source>
        <translation>Modifier la caméra choisie</translation>
    </message>
    <message>
        <source>Remove the chosen camera</source>
        <translation>Retirer la caméra choisie</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>Caméras</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Essai</translation>
    </message>
    <message>
        <source>Add camera</source>
        <translation>Ajouter la caméra</translation>
    </message>
    <message>
        <source>Add a camera</source>
        <translation>Ajouter une caméra</translation>
    </message>
    <message>
        <source>Asking the camera…</source>
        <translation>Question à la caméra…</translation>
    </message>
    <message>
        <source>Asking the camera… %1 s</source>
        <translation>Question à la caméra… %1 s</translation>
    </message>
    <message>
        <source>Given up.</source>
        <translation>Abandonné.</translation>
    </message>
    <message>
        <source>%1; sub-stream %2</source>
        <translation>%1 ; flux secondaire %2</translation>
    </message>
    <message>
        <source>, %1 frames a second</source>
        <translation>, %1 images par seconde</translation>
    </message>
    <message>
        <source>User or password refused</source>
        <translation>Utilisateur ou mot de passe refusé</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Pas d’image</translation>
    </message>
    <message>
        <source>Camera %1</source>
        <translation>Caméra %1</translation>
    </message>
    <message>
        <source>edit of a camera</source>
        <translation>modification d’une caméra</translation>
    </message>
    <message>
        <source>new camera</source>
        <translation>nouvelle caméra</translation>
    </message>
    <message>
        <source>This computer has no keyring for the password. It can be kept in the site file, readable by whoever can read that file.</source>
        <translation>Cet ordinateur n’a pas de trousseau pour le mot de passe. Il peut être gardé dans le fichier de site, lisible par qui peut lire ce fichier.</translation>
    </message>
    <message>
        <source>Keep it in the site file</source>
        <translation>Le garder dans le fichier de site</translation>
    </message>
    <message>
        <source>Edit the camera</source>
        <translation>Modifier la caméra</translation>
    </message>
    <message>
        <source>Save camera</source>
        <translation>Enregistrer la caméra</translation>
    </message>
    <message>
        <source>camera removed</source>
        <translation>caméra retirée</translation>
    </message>
</context><context>
    <name>CommandPalette</name>
    <message>
        <source>Search or run a command</source>
        <translation>Chercher ou lancer une commande</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>No command has these letters</source>
        <translation>Aucune commande n’a ces lettres</translation>
    </message>
</context><context>
    <name>Corners</name>
    <message>
        <source>x, right</source>
        <translation>x, à droite</translation>
    </message>
    <message>
        <source>y, down</source>
        <translation>y, en bas</translation>
    </message>
    <message>
        <source>Corner %1, x</source>
        <translation>Sommet %1, x</translation>
    </message>
    <message>
        <source>Corner %1, y</source>
        <translation>Sommet %1, y</translation>
    </message>
    <message>
        <source>Remove corner %1</source>
        <translation>Retirer le sommet %1</translation>
    </message>
</context><context>
    <name>Curve</name>
    <message>
        <source>People in the zone over the last 4 hours</source>
        <translation>Personnes dans la zone ces 4 dernières heures</translation>
    </message>
    <message>
        <source>People in the zone (dashed: before)</source>
        <translation>Personnes (tirets : avant)</translation>
    </message>
    <message>
        <source>most %1</source>
        <translation>le plus : %1</translation>
    </message>
    <message>
        <source>4 h before</source>
        <translation>4 h avant</translation>
    </message>
    <message>
        <source>4 h ago</source>
        <translation>il y a 4 h</translation>
    </message>
    <message>
        <source>now</source>
        <translation>maintenant</translation>
    </message>
</context><context>
    <name>EventList</name>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Événement</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Événements</translation>
    </message>
</context><context>
    <name>FirstStartView</name>
    <message>
        <source>Store</source>
        <translation>Magasin</translation>
    </message>
    <message>
        <source>Floor plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Échelle</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>Caméras</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>Calibrage</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>Zones</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Direct</translation>
    </message>
    <message>
        <source>See the demo</source>
        <translation>Voir la démo</translation>
    </message>
    <message>
        <source>Set up your store</source>
        <translation>Installez votre magasin</translation>
    </message>
    <message>
        <source>About one evening for eight cameras. You can stop at any step; everything is kept.</source>
        <translation>Environ une soirée pour huit caméras. Vous pouvez arrêter à chaque étape ; tout est conservé.</translation>
    </message>
    <message>
        <source>Only looking?</source>
        <translation>Juste pour voir ?</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Passer</translation>
    </message>
    <message>
        <source>Go on later</source>
        <translation>Continuer plus tard</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>Un pas en arrière</translation>
    </message>
    <message>
        <source>The next step</source>
        <translation>L’étape suivante</translation>
    </message>
    <message>
        <source>Back: %1</source>
        <translation>Retour : %1</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>Suivant : %1</translation>
    </message>
    <message>
        <source>Undo: %1 (Ctrl+Z)</source>
        <translation>Annuler : %1 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>The demo, or yours</source>
        <translation>La démo, ou le vôtre</translation>
    </message>
    <message>
        <source>A picture, or a size</source>
        <translation>Image ou dimensions</translation>
    </message>
    <message>
        <source>One length that you know</source>
        <translation>Une longueur connue</translation>
    </message>
    <message>
        <source>Address and a test picture</source>
        <translation>Adresse et essai</translation>
    </message>
    <message>
        <source>Under 2 minutes a camera</source>
        <translation>2 minutes par caméra</translation>
    </message>
    <message>
        <source>What to count, and where</source>
        <translation>Que compter, et où</translation>
    </message>
    <message>
        <source>Start to measure</source>
        <translation>Lancer la mesure</translation>
    </message>
    <message>
        <source>Empty floor</source>
        <translation>Sol vide</translation>
    </message>
    <message>
        <source>%1 added</source>
        <translation>%1 ajoutée</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Zones: %1, lines: %2</source>
        <translation>Zones : %1, lignes : %2</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>Mesure en cours</translation>
    </message>
</context><context>
    <name>FloorPane</name>
    <message>
        <source>Nothing is measured now</source>
        <translation>Rien n’est mesuré maintenant</translation>
    </message>
    <message>
        <source>Start measuring, then walk through the places that two cameras see.</source>
        <translation>Lancez la mesure, puis traversez les lieux que deux caméras voient.</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Mesurer</translation>
    </message>
    <message>
        <source>All cameras as one</source>
        <translation>Toutes les caméras en une</translation>
    </message>
    <message>
        <source>Where two cameras meet, lines on the floor go on without a step when both are right.</source>
        <translation>Là où deux caméras se rejoignent, les lignes au sol continuent sans saut quand les deux sont justes.</translation>
    </message>
    <message>
        <source>%1 of %2 cameras, %3 calibrated</source>
        <translation>%1 caméras sur %2, %3 calibrées</translation>
    </message>
    <message>
        <source>Walk test</source>
        <translation>Marche d’essai</translation>
    </message>
    <message>
        <source>Walk through the places that two cameras see: both dots should be where you are.</source>
        <translation>Traversez les lieux que deux caméras voient : les deux points doivent être où vous êtes.</translation>
    </message>
    <message>
        <source>Cameras %1 and %2 agree: %3, %4 people</source>
        <translation>Les caméras %1 et %2 concordent : %3, %4 personnes</translation>
    </message>
    <message>
        <source>Cameras %1 and %2 are %3 apart, %4 people</source>
        <translation>Les caméras %1 et %2 sont à %3 l’une de l’autre, %4 personnes</translation>
    </message>
    <message>
        <source>Camera %1: people measure %2 ± %3 m, %4 seen</source>
        <translation>Caméra %1 : les gens mesurent %2 ± %3 m, %4 vus</translation>
    </message>
    <message>
        <source>Nobody was seen yet.</source>
        <translation>Personne n’a encore été vu.</translation>
    </message>
</context><context>
    <name>GradeBox</name>
    <message>
        <source>Grade %1</source>
        <translation>Note %1</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>pas encore connu</translation>
    </message>
</context><context>
    <name>GradePanel</name>
    <message>
        <source>Typical error %1, worst %2</source>
        <translation>Erreur courante %1, la pire %2</translation>
    </message>
    <message>
        <source>Error not known yet</source>
        <translation>Erreur encore inconnue</translation>
    </message>
    <message>
        <source>Not graded yet</source>
        <translation>Pas encore noté</translation>
    </message>
    <message>
        <source>One pair is off</source>
        <translation>Une paire est loin</translation>
    </message>
    <message>
        <source>Very good</source>
        <translation>Très bon</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Bon</translation>
    </message>
    <message>
        <source>Usable, counts may be off</source>
        <translation>Utilisable, comptages incertains</translation>
    </message>
    <message>
        <source>Too coarse</source>
        <translation>Trop grossier</translation>
    </message>
    <message>
        <source>%1 used, %2 held out</source>
        <translation>%1 utilisées, %2 mises de côté</translation>
    </message>
    <message>
        <source>%1 used</source>
        <translation>%1 utilisées</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>Paires</translation>
    </message>
    <message>
        <source>Pair %1 does not fit</source>
        <translation>La paire %1 ne convient pas</translation>
    </message>
    <message>
        <source>Sure all over the floor</source>
        <translation>Sûr sur tout le sol</translation>
    </message>
    <message>
        <source>± 40 cm or better</source>
        <translation>± 40 cm ou mieux</translation>
    </message>
    <message>
        <source>Far parts are loose</source>
        <translation>Le lointain est flou</translation>
    </message>
    <message>
        <source>%1 % over ± 40 cm</source>
        <translation>%1 % au-delà de ± 40 cm</translation>
    </message>
    <message>
        <source>Held-out pairs agree</source>
        <translation>Les paires mises de côté concordent</translation>
    </message>
    <message>
        <source>Held-out pairs are off</source>
        <translation>Les paires mises de côté sont loin</translation>
    </message>
    <message>
        <source>Typical error</source>
        <translation>Erreur courante</translation>
    </message>
    <message>
        <source>No floor fits these pairs</source>
        <translation>Aucun sol ne convient à ces paires</translation>
    </message>
    <message>
        <source>The plan has no scale</source>
        <translation>Le plan n’a pas d’échelle</translation>
    </message>
    <message>
        <source>The plan is mirrored</source>
        <translation>Le plan est en miroir</translation>
    </message>
    <message>
        <source>seen from below</source>
        <translation>vu d’en bas</translation>
    </message>
</context><context>
    <name>HeatCanvas</name>
    <message>
        <source>Heat map of the floor</source>
        <translation>Carte de chaleur du sol</translation>
    </message>
    <message>
        <source>Clear: 95 % interval %1 to %2</source>
        <translation>Net : intervalle à 95 % de %1 à %2</translation>
    </message>
    <message>
        <source>May be chance: 95 % interval %1 to %2</source>
        <translation>Peut-être un hasard : intervalle à 95 % de %1 à %2</translation>
    </message>
    <message>
        <source>More than on %1 % of the floor</source>
        <translation>Plus que sur %1 % du sol</translation>
    </message>
    <message>
        <source>Not observed</source>
        <translation>Non observé</translation>
    </message>
    <message>
        <source>Too few people to say</source>
        <translation>Trop peu de gens pour le dire</translation>
    </message>
</context><context>
    <name>HeatExport</name>
    <message>
        <source>Picture (PNG)…</source>
        <translation>Image (PNG)…</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>Tableau (CSV)…</translation>
    </message>
    <message>
        <source>Arrays (NPZ)…</source>
        <translation>Tableaux (NPZ)…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Enregistré : %1</translation>
    </message>
    <message>
        <source>%1: B minus A, %2</source>
        <translation>%1 : B moins A, %2</translation>
    </message>
</context><context>
    <name>HeatKey</name>
    <message>
        <source>Heat of the time: %1</source>
        <translation>Chaleur de la période : %1</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Dernière heure</translation>
    </message>
    <message>
        <source>Last %1 minutes</source>
        <translation>%1 dernières minutes</translation>
    </message>
    <message>
        <source>Last %1 hours</source>
        <translation>%1 dernières heures</translation>
    </message>
</context><context>
    <name>HeatLegend</name>
    <message>
        <source>Legend</source>
        <translation>Légende</translation>
    </message>
    <message>
        <source>hottest tenth</source>
        <translation>dixième le plus chaud</translation>
    </message>
    <message>
        <source>no clear change</source>
        <translation>pas de changement net</translation>
    </message>
    <message>
        <source>not observed</source>
        <translation>non observé</translation>
    </message>
</context><context>
    <name>HeatSide</name>
    <message>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message>
        <source>Observed floor</source>
        <translation>Sol observé</translation>
    </message>
    <message>
        <source>Hottest tenth holds</source>
        <translation>Dixième le plus chaud</translation>
    </message>
    <message>
        <source>This range</source>
        <translation>Cette période</translation>
    </message>
    <message>
        <source>Change from A to B</source>
        <translation>Changement de A à B</translation>
    </message>
    <message>
        <source>Only what is significant</source>
        <translation>Seulement ce qui est significatif</translation>
    </message>
    <message>
        <source>Test: sign flipping of paired hours, days or weeks, largest value over the floor, 5 % (Nichols and Holmes, 2002). Grey: may be chance. Outages are taken out of both.</source>
        <translation>Test : inversion des signes d’heures, de jours ou de semaines appariés, plus grande valeur sur le sol, 5 % (Nichols et Holmes, 2002). Gris : peut-être un hasard. Les pannes sont ôtées des deux.</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Différence</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>Linéaire</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>Percentile</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Échelle</translation>
    </message>
    <message>
        <source>Full colour at</source>
        <translation>Plein à</translation>
    </message>
    <message>
        <source>Same scale for every range</source>
        <translation>Même échelle pour toute période</translation>
    </message>
    <message>
        <source>Fit to this range</source>
        <translation>Adapter à cette période</translation>
    </message>
    <message>
        <source>Contour of the hottest tenth</source>
        <translation>Contour du dixième le plus chaud</translation>
    </message>
    <message>
        <source>Not observed</source>
        <translation>Non observé</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>Zones</translation>
    </message>
    <message>
        <source>Camera outlines</source>
        <translation>Contours des caméras</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Calques</translation>
    </message>
    <message>
        <source>Person-seconds on the floor: %1</source>
        <translation>Personne-secondes sur le sol : %1</translation>
    </message>
    <message>
        <source>person·s</source>
        <translation>personne·s</translation>
    </message>
    <message>
        <source>on the floor, %1</source>
        <translation>sur le sol, %1</translation>
    </message>
    <message>
        <source>%1 of %2 %3² (%4 %)</source>
        <translation>%1 de %2 %3² (%4 %)</translation>
    </message>
    <message>
        <source>%1 of the time</source>
        <translation>%1 du temps</translation>
    </message>
    <message>
        <source>A: %1</source>
        <translation>A : %1</translation>
    </message>
    <message>
        <source>B: %1</source>
        <translation>B : %1</translation>
    </message>
    <message>
        <source>B against A. 95 % interval %1 to %2, from %3 pairs</source>
        <translation>B par rapport à A. Intervalle à 95 % de %1 à %2, sur %3 paires</translation>
    </message>
    <message>
        <source>; too few to call a change of a place significant (%1 are needed)</source>
        <translation> ; trop peu pour dire significatif le changement d’un lieu (il en faut %1)</translation>
    </message>
    <message>
        <source>B against A. Too little was observed in both to say more</source>
        <translation>B par rapport à A. Trop peu d’observations communes pour en dire plus</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Écart</translation>
    </message>
    <message>
        <source>May be chance</source>
        <translation>Peut-être un hasard</translation>
    </message>
</context><context>
    <name>HeatTimes</name>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 jours</translation>
    </message>
    <message>
        <source>4 weeks</source>
        <translation>4 sem.</translation>
    </message>
    <message>
        <source>1 year</source>
        <translation>1 an</translation>
    </message>
    <message>
        <source>Time range</source>
        <translation>Période</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Comparer avec</translation>
    </message>
    <message>
        <source>against a week before</source>
        <translation>par rapport à une semaine avant</translation>
    </message>
    <message>
        <source>against the day before</source>
        <translation>par rapport à la veille</translation>
    </message>
    <message>
        <source>against 4 weeks before</source>
        <translation>par rapport à 4 semaines avant</translation>
    </message>
    <message>
        <source>against a year before</source>
        <translation>par rapport à un an avant</translation>
    </message>
    <message>
        <source>Back by one window</source>
        <translation>Reculer d’une fenêtre</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Forward by one window</source>
        <translation>Avancer d’une fenêtre</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Direct</translation>
    </message>
    <message>
        <source>Until now, renewed every few seconds</source>
        <translation>Jusqu’à maintenant, renouvelé toutes les quelques secondes</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>Until the end of</source>
        <translation>Jusqu’à la fin du</translation>
    </message>
    <message>
        <source>Show these days</source>
        <translation>Montrer ces jours</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Mon to Fri, 8 to 20</source>
        <translation>Lun. à ven., 8 h à 20 h</translation>
    </message>
    <message>
        <source>Weekend</source>
        <translation>Week-end</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Drag over the hours that count, in the store's time.</source>
        <translation>Glissez sur les heures qui comptent, à l’heure du magasin.</translation>
    </message>
    <message>
        <source>%1, %2 to %3</source>
        <translation>%1, de %2 à %3</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 à %2</translation>
    </message>
    <message>
        <source>all</source>
        <translation>toutes</translation>
    </message>
    <message>
        <source>weekend</source>
        <translation>week-end</translation>
    </message>
    <message>
        <source>%1 of 168</source>
        <translation>%1 sur 168</translation>
    </message>
    <message>
        <source>Hours: %1</source>
        <translation>Heures : %1</translation>
    </message>
    <message>
        <source>Hours of the week: %1</source>
        <translation>Heures : %1</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>3 h</source>
        <translation>3 h</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 jour</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>1 semaine</translation>
    </message>
    <message>
        <source>%1 window, %2</source>
        <translation>Par %1, %2</translation>
    </message>
    <message>
        <source>Playback: %1</source>
        <translation>Lecture : %1</translation>
    </message>
    <message>
        <source>Window: %1</source>
        <translation>Fenêtre : %1</translation>
    </message>
    <message>
        <source>Speed: %1</source>
        <translation>Vitesse : %1</translation>
    </message>
</context><context>
    <name>HeatTools</name>
    <message>
        <source>Presence</source>
        <translation>Présence</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Visites</translation>
    </message>
    <message>
        <source>Mean dwell</source>
        <translation>Séjour</translation>
    </message>
    <message>
        <source>Stops</source>
        <translation>Arrêts</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>Flux</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>Chaleur</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Ce qui est montré</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>Caméras</translation>
    </message>
    <message>
        <source>Fused: who is seen by two cameras is counted once. One camera: only what that one saw.</source>
        <translation>Fusionnées : qui est vu par deux caméras est compté une fois. Une caméra : seulement ce qu’elle a vu.</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>Toutes classes</translation>
    </message>
    <message>
        <source>One range</source>
        <translation>Une période</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparer</translation>
    </message>
    <message>
        <source>One range or two</source>
        <translation>Une période ou deux</translation>
    </message>
    <message>
        <source>All cameras, fused</source>
        <translation>Toutes, fusionnées</translation>
    </message>
</context><context>
    <name>HeatView</name>
    <message>
        <source>Nothing was measured yet</source>
        <translation>Rien n’a encore été mesuré</translation>
    </message>
    <message>
        <source>A heat map grows while cameras measure. Start measuring, and come back in a minute.</source>
        <translation>La carte de chaleur grandit tant que les caméras mesurent. Lancez la mesure et revenez dans une minute.</translation>
    </message>
    <message>
        <source>Measure now</source>
        <translation>Mesurer maintenant</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>B minus A</source>
        <translation>B moins A</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>linéaire</translation>
    </message>
    <message>
        <source>log</source>
        <translation>log</translation>
    </message>
    <message>
        <source>percentile</source>
        <translation>percentile</translation>
    </message>
    <message>
        <source>%1, fixed</source>
        <translation>%1, fixe</translation>
    </message>
    <message>
        <source>%1, of this range</source>
        <translation>%1, de cette période</translation>
    </message>
    <message>
        <source>Reading day %1 of %2</source>
        <translation>Lecture du jour %1 sur %2</translation>
    </message>
    <message>
        <source>Nothing was measured in this range. There are measurements from %1.</source>
        <translation>Rien n’a été mesuré dans cette période. Il y a des mesures depuis %1.</translation>
    </message>
    <message>
        <source>Show the last day</source>
        <translation>Montrer le dernier jour</translation>
    </message>
</context><context>
    <name>HoursOfWeek</name>
    <message>
        <source>Hours of the week</source>
        <translation>Heures de la semaine</translation>
    </message>
</context><context>
    <name>Inspector</name>
    <message>
        <source>Nothing selected</source>
        <translation>Rien de choisi</translation>
    </message>
    <message>
        <source>Choose a zone or a line at the left or on the picture, or draw one: P for a zone, L for a line.</source>
        <translation>Choisissez une zone ou une ligne à gauche ou sur l’image, ou dessinez-en une : P pour une zone, L pour une ligne.</translation>
    </message>
    <message>
        <source>Draw a zone</source>
        <translation>Dessiner une zone</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Dupliquer</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>type of %1</source>
        <translation>type de %1</translation>
    </message>
    <message>
        <source>Kind of line</source>
        <translation>Sorte de ligne</translation>
    </message>
    <message>
        <source>Counts who crosses</source>
        <translation>Compte qui passe</translation>
    </message>
    <message>
        <source>Stop line</source>
        <translation>Ligne d’arrêt</translation>
    </message>
    <message>
        <source>kind of %1</source>
        <translation>sorte de %1</translation>
    </message>
    <message>
        <source>Copy to…</source>
        <translation>Copier vers…</translation>
    </message>
    <message>
        <source>Swap in and out</source>
        <translation>Inverser</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Sorte</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Mesure</translation>
    </message>
    <message>
        <source>Drawn on</source>
        <translation>Dessiné sur</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Direction</translation>
    </message>
    <message>
        <source>Corners</source>
        <translation>Sommets</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>Comptages</translation>
    </message>
    <message>
        <source>Classes that are allowed</source>
        <translation>Classes permises</translation>
    </message>
    <message>
        <source>all, as in: person, cart</source>
        <translation>toutes, ou comme : person, cart</translation>
    </message>
    <message>
        <source>classes of %1</source>
        <translation>classes de %1</translation>
    </message>
    <message>
        <source>Classes that alert</source>
        <translation>Classes qui alertent</translation>
    </message>
    <message>
        <source>all that are not allowed</source>
        <translation>toutes celles qui ne sont pas permises</translation>
    </message>
    <message>
        <source>alerts of %1</source>
        <translation>alertes de %1</translation>
    </message>
    <message>
        <source>Feet</source>
        <translation>Pieds</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Centre</translation>
    </message>
    <message>
        <source>A person is</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>anchor of %1</source>
        <translation>ancrage de %1</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Heures</translation>
    </message>
    <message>
        <source>always, as in: 08:00-21:00</source>
        <translation>toujours, ou comme : 08:00-21:00</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Classes</translation>
    </message>
    <message>
        <source>Alert on</source>
        <translation>Alerter pour</translation>
    </message>
    <message>
        <source>Floor plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Bouts</translation>
    </message>
    <message>
        <source>name of %1</source>
        <translation>nom de %1</translation>
    </message>
    <message>
        <source>Two times, as in 08:00-21:00; several with commas between</source>
        <translation>Deux heures, comme 08:00-21:00 ; plusieurs séparées par des virgules</translation>
    </message>
    <message>
        <source>hours of %1</source>
        <translation>heures de %1</translation>
    </message>
</context><context>
    <name>LandmarkOffer</name>
    <message>
        <source>Not in the picture</source>
        <translation>Pas dans l’image</translation>
    </message>
    <message>
        <source>Click the marked place in the picture, %1 left.</source>
        <translation>Cliquez l’endroit marqué dans l’image, encore %1.</translation>
    </message>
    <message>
        <source>Click “%2” in the picture, %1 left.</source>
        <translation>Cliquez « %2 » dans l’image, encore %1.</translation>
    </message>
    <message>
        <source>Use %1 landmarks of other cameras</source>
        <translation>Reprendre %1 repères d’autres caméras</translation>
    </message>
</context><context>
    <name>LensEdits</name>
    <message>
        <source>set the lens</source>
        <translation>régler l’objectif</translation>
    </message>
</context><context>
    <name>LensPanel</name>
    <message>
        <source>Lens, from barrel to cushion</source>
        <translation>Objectif, du barillet au coussinet</translation>
    </message>
    <message>
        <source>Check with straight edges</source>
        <translation>Vérifier avec des lignes droites</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Trouver</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objectif</translation>
    </message>
    <message>
        <source>barrel</source>
        <translation>barillet</translation>
    </message>
    <message>
        <source>cushion</source>
        <translation>coussinet</translation>
    </message>
    <message>
        <source>Find it from the edges</source>
        <translation>Le trouver d’après les lignes</translation>
    </message>
    <message>
        <source>Find it from the pairs</source>
        <translation>Le trouver d’après les paires</translation>
    </message>
    <message>
        <source>Bent by %1 px, with this lens by %2 px.</source>
        <translation>Courbé de %1 px, avec cet objectif de %2 px.</translation>
    </message>
    <message>
        <source>Draw in the picture along something straight: a shelf, a wall. Del takes it away.</source>
        <translation>Tracez dans l’image le long de quelque chose de droit : un rayon, un mur. Suppr l’enlève.</translation>
    </message>
</context><context>
    <name>LineWarning</name>
    <message>
        <source>Turn across</source>
        <translation>Tourner</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>Nobody crosses “%1”</source>
        <translation>Personne ne franchit « %1 »</translation>
    </message>
    <message>
        <source>People were near it, and nobody crossed in 4 h.</source>
        <translation>Des gens étaient proches, et personne n’a franchi en 4 h.</translation>
    </message>
    <message>
        <source>Nobody can cross “%1”</source>
        <translation>Personne ne peut franchir « %1 »</translation>
    </message>
    <message>
        <source>There is no walkable floor on both sides of it.</source>
        <translation>Il n’y a pas de sol praticable des deux côtés.</translation>
    </message>
</context><context>
    <name>LiveDeeds</name>
    <message>
        <source>Save picture of the wall…</source>
        <translation>Garder l’image du mur…</translation>
    </message>
    <message>
        <source>Save picture of %1…</source>
        <translation>Garder l’image de %1…</translation>
    </message>
    <message>
        <source>All cameras</source>
        <translation>Toutes les caméras</translation>
    </message>
    <message>
        <source>Only %1</source>
        <translation>Seulement %1</translation>
    </message>
    <message>
        <source>Try camera %1 now</source>
        <translation>Essayer la caméra %1 maintenant</translation>
    </message>
    <message>
        <source>Edit camera %1…</source>
        <translation>Modifier la caméra %1…</translation>
    </message>
    <message>
        <source>Remove camera %1</source>
        <translation>Retirer la caméra %1</translation>
    </message>
    <message>
        <source>There is no picture to save</source>
        <translation>Il n’y a pas d’image à garder</translation>
    </message>
    <message>
        <source>wall</source>
        <translation>mur</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Garder l’image</translation>
    </message>
    <message>
        <source>The picture is in %1</source>
        <translation>L’image est dans %1</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>remove camera %1</source>
        <translation>retirer la caméra %1</translation>
    </message>
    <message>
        <source>Camera %1 is removed, with what was drawn in its picture</source>
        <translation>La caméra %1 est retirée, avec ce qui était dessiné dans son image</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
</context><context>
    <name>LivePage</name>
    <message>
        <source>Ready to measure</source>
        <translation>Prêt à mesurer</translation>
    </message>
    <message>
        <source>From now on this store is measured whenever the program runs.</source>
        <translation>Désormais ce magasin est mesuré dès que le programme tourne.</translation>
    </message>
    <message>
        <source>Start to measure</source>
        <translation>Lancer la mesure</translation>
    </message>
    <message>
        <source>No cameras yet</source>
        <translation>Pas encore de caméras</translation>
    </message>
    <message>
        <source>There is nothing to measure. Add a camera first.</source>
        <translation>Il n’y a rien à mesurer. Ajoutez d’abord une caméra.</translation>
    </message>
    <message>
        <source>Cameras without a calibration are measured in their own pictures.</source>
        <translation>Les caméras sans calibrage sont mesurées dans leur propre image.</translation>
    </message>
    <message>
        <source>Without a scale lengths are in plan pixels.</source>
        <translation>Sans échelle les longueurs sont en pixels du plan.</translation>
    </message>
    <message>
        <source>Without zones and lines nothing is counted.</source>
        <translation>Sans zones ni lignes rien n’est compté.</translation>
    </message>
    <message>
        <source>Everything is set up.</source>
        <translation>Tout est en place.</translation>
    </message>
</context><context>
    <name>LiveSide</name>
    <message>
        <source>hatched: not observed now</source>
        <translation>hachuré : non observé</translation>
    </message>
    <message>
        <source>Nothing happened yet.</source>
        <translation>Rien ne s’est encore passé.</translation>
    </message>
    <message>
        <source>Floor plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 personne</translation>
    </message>
    <message>
        <source>%1 people</source>
        <translation>%1 personnes</translation>
    </message>
    <message>
        <source>%1: %2 seen now, %3 last seen %4 ago</source>
        <translation>%1 : %2 vues, %3 il y a %4</translation>
    </message>
</context><context>
    <name>LiveView</name>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>Cameras on the wall</source>
        <translation>Caméras sur le mur</translation>
    </message>
    <message>
        <source>Earlier cameras</source>
        <translation>Caméras précédentes</translation>
    </message>
    <message>
        <source>Later cameras</source>
        <translation>Caméras suivantes</translation>
    </message>
    <message>
        <source>All cameras</source>
        <translation>Toutes les caméras</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Garder l’image</translation>
    </message>
    <message>
        <source>Save a picture of the chosen camera</source>
        <translation>Garder une image de la caméra choisie</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Full screen (F11)</source>
        <translation>Plein écran (F11)</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>Cadres</translation>
    </message>
    <message>
        <source>Ids</source>
        <translation>Numéros</translation>
    </message>
    <message>
        <source>Trails</source>
        <translation>Trajets</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>Zones</translation>
    </message>
    <message>
        <source>Heat</source>
        <translation>Chaleur</translation>
    </message>
    <message>
        <source>Blur people</source>
        <translation>Flouter les gens</translation>
    </message>
    <message>
        <source>Heat: where people were on the floor, as the cameras see it</source>
        <translation>Chaleur : où étaient les gens au sol, comme les caméras le voient</translation>
    </message>
    <message>
        <source>Blur people: those who are found; pictures are blurred before they get here</source>
        <translation>Flouter les gens : ceux qui sont trouvés ; les images sont floutées avant d’arriver ici</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Direct</translation>
    </message>
    <message>
        <source>No store yet</source>
        <translation>Pas encore de magasin</translation>
    </message>
    <message>
        <source>Set one up, or look at the demo store.</source>
        <translation>Installez-en un, ou regardez le magasin de démonstration.</translation>
    </message>
    <message>
        <source>Set up a store</source>
        <translation>Installer un magasin</translation>
    </message>
    <message>
        <source>No camera yet</source>
        <translation>Pas encore de caméra</translation>
    </message>
    <message>
        <source>Add one to see it here.</source>
        <translation>Ajoutez-en une pour la voir ici.</translation>
    </message>
    <message>
        <source>Add cameras</source>
        <translation>Ajouter des caméras</translation>
    </message>
    <message>
        <source>Cannot measure</source>
        <translation>Mesure impossible</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>This store is not measured</source>
        <translation>Ce magasin n’est pas mesuré</translation>
    </message>
    <message>
        <source>Cameras are closed, nothing is counted. What was measured is kept.</source>
        <translation>Les caméras sont fermées, rien n’est compté. Ce qui a été mesuré est conservé.</translation>
    </message>
    <message>
        <source>Start measuring</source>
        <translation>Lancer la mesure</translation>
    </message>
    <message>
        <source>%1 people, %2 person-seconds. Tables, pictures and a report are in %3.</source>
        <translation>%1 personnes, %2 personne-secondes. Tableaux, images et rapport sont dans %3.</translation>
    </message>
    <message>
        <source>Measured to the end</source>
        <translation>Mesuré jusqu’au bout</translation>
    </message>
    <message>
        <source>Open the report</source>
        <translation>Ouvrir le rapport</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>Page %1 sur %2</translation>
    </message>
</context><context>
    <name>MainWindow</name>
    <message>
        <source>Set up a store</source>
        <translation>Installer un magasin</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Mesurer</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>Chercher ou lancer une commande</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Cet ordinateur</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Clair ou sombre</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Measure, or pause</source>
        <translation>Mesurer, ou mettre en pause</translation>
    </message>
    <message>
        <source>Language: %1</source>
        <translation>Langue : %1</translation>
    </message>
    <message>
        <source>No store yet</source>
        <translation>Pas encore de magasin</translation>
    </message>
    <message>
        <source>Set yours up, or look around in the demo store.</source>
        <translation>Installez le vôtre, ou visitez le magasin de démonstration.</translation>
    </message>
    <message>
        <source>Nothing to show yet</source>
        <translation>Encore rien à montrer</translation>
    </message>
    <message>
        <source>%1 has neither a floor plan nor a camera.</source>
        <translation>%1 n’a ni plan ni caméra.</translation>
    </message>
    <message>
        <source>Store: %1</source>
        <translation>Magasin : %1</translation>
    </message>
    <message>
        <source>Set up a store…</source>
        <translation>Installer un magasin…</translation>
    </message>
    <message>
        <source>Not measuring</source>
        <translation>Pas de mesure</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Démarrage…</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>Mesure en cours</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
    <message>
        <source>Cannot measure</source>
        <translation>Mesure impossible</translation>
    </message>
    <message>
        <source>Measuring: %1 %</source>
        <translation>Mesure : %1 %</translation>
    </message>
    <message>
        <source>Engine: %1</source>
        <translation>Moteur : %1</translation>
    </message>
    <message>
        <source>Pause measuring</source>
        <translation>Suspendre la mesure</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>Fermer sans enregistrer</translation>
    </message>
</context><context>
    <name>MapView</name>
    <message>
        <source>Viewing areas</source>
        <translation>Champs de vision</translation>
    </message>
    <message>
        <source>Whole plan</source>
        <translation>Tout le plan</translation>
    </message>
    <message>
        <source>No floor plan yet</source>
        <translation>Pas encore de plan</translation>
    </message>
    <message>
        <source>Set up a store to see its floor.</source>
        <translation>Installez un magasin pour voir son sol.</translation>
    </message>
    <message>
        <source>Set up a store</source>
        <translation>Installer un magasin</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>hatched: not observed now</source>
        <translation>hachuré : non observé</translation>
    </message>
    <message>
        <source>Not measured: nobody is shown</source>
        <translation>Pas de mesure : personne n’est montré</translation>
    </message>
    <message>
        <source>%1 on the floor now</source>
        <translation>%1 sur le sol maintenant</translation>
    </message>
</context><context>
    <name>Moved</name>
    <message>
        <source>Camera %1 was turned: its picture is off by %2 px, people on the floor by %3.</source>
        <translation>La caméra %1 a tourné : son image est décalée de %2 px, les gens au sol de %3.</translation>
    </message>
    <message>
        <source>Camera %1 was moved: its picture is off by %2 px, people on the floor by %3.</source>
        <translation>La caméra %1 a bougé : son image est décalée de %2 px, les gens au sol de %3.</translation>
    </message>
    <message>
        <source>Move its pairs along</source>
        <translation>Déplacer ses paires avec elle</translation>
    </message>
    <message>
        <source>They are right as they are</source>
        <translation>Elles sont justes ainsi</translation>
    </message>
    <message>
        <source>Camera %1 was moved: %2. Move its pairs onto the new picture.</source>
        <translation>La caméra %1 a bougé : %2. Déplacez ses paires sur la nouvelle image.</translation>
    </message>
    <message>
        <source>move the pairs of camera %1 along</source>
        <translation>déplacer les paires avec la caméra %1</translation>
    </message>
    <message>
        <source>keep the pairs of camera %1</source>
        <translation>garder les paires de la caméra %1</translation>
    </message>
</context><context>
    <name>NetworkSearch</name>
    <message>
        <source>Search the network</source>
        <translation>Chercher dans le réseau</translation>
    </message>
    <message>
        <source>Host of the camera</source>
        <translation>Hôte de la caméra</translation>
    </message>
    <message>
        <source>or its address: 192.168.1.64</source>
        <translation>ou son adresse : 192.168.1.64</translation>
    </message>
    <message>
        <source>Cameras in the network</source>
        <translation>Caméras du réseau</translation>
    </message>
    <message>
        <source>Ask for its streams</source>
        <translation>Demander ses flux</translation>
    </message>
    <message>
        <source>Searching for %1 s…</source>
        <translation>Recherche pendant %1 s…</translation>
    </message>
    <message>
        <source>Choose one, and write user and password of it below.</source>
        <translation>Choisissez-en une, et écrivez en bas son utilisateur et son mot de passe.</translation>
    </message>
    <message>
        <source>No camera answers. Switch ONVIF on in the camera, or write its address: both have to be in one network.</source>
        <translation>Aucune caméra ne répond. Activez ONVIF dans la caméra, ou écrivez son adresse : les deux doivent être dans un même réseau.</translation>
    </message>
    <message>
        <source>Choose a camera, or write its address first.</source>
        <translation>Choisissez une caméra, ou écrivez d’abord son adresse.</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>Question à %1…</translation>
    </message>
    <message>
        <source>%1 streams found: look at the picture, then add the camera.</source>
        <translation>%1 flux trouvés : regardez l’image, puis ajoutez la caméra.</translation>
    </message>
</context><context>
    <name>NextSteps</name>
    <message>
        <source>What to do next</source>
        <translation>Que faire ensuite</translation>
    </message>
    <message>
        <source>Nothing is left to do</source>
        <translation>Rien ne reste à faire</translation>
    </message>
    <message>
        <source>Click a corner on the floor in the picture, then the same place on the plan.</source>
        <translation>Cliquez un coin au sol dans l’image, puis le même endroit sur le plan.</translation>
    </message>
    <message>
        <source>%1 more pairs are needed, spread over the floor: near, far, left and right.</source>
        <translation>Il manque %1 paires, réparties sur le sol : près, loin, à gauche et à droite.</translation>
    </message>
    <message>
        <source>Set the plan's scale by one known length; errors are in plan pixels until then.</source>
        <translation>Donnez l’échelle du plan par une longueur connue ; d’ici là les erreurs sont en pixels du plan.</translation>
    </message>
    <message>
        <source>Look at pair %1: move one of its points, or un-check it.</source>
        <translation>Regardez la paire %1 : déplacez l’un de ses points, ou décochez-la.</translation>
    </message>
    <message>
        <source>Check that the plan is drawn from above: the pairs go round the other way.</source>
        <translation>Vérifiez que le plan est vu d’en haut : les paires tournent dans l’autre sens.</translation>
    </message>
    <message>
        <source>Add pairs, up to 6 or 8: only more than four show how good they are.</source>
        <translation>Ajoutez des paires, jusqu’à 6 ou 8 : seules plus de quatre montrent leur qualité.</translation>
    </message>
    <message>
        <source>A pair at the blue mark helps most: from ± %1 to ± %2.</source>
        <translation>Une paire à la marque bleue aide le plus : de ± %1 à ± %2.</translation>
    </message>
</context><context>
    <name>OpacitySlider</name>
    <message>
        <source>How much of the camera shows on the plan</source>
        <translation>Part de la caméra visible sur le plan</translation>
    </message>
    <message>
        <source>Stand a person of 1.70 m under the pointer</source>
        <translation>Placer une personne de 1,70 m sous le pointeur</translation>
    </message>
    <message>
        <source>Camera on plan</source>
        <translation>Caméra sur le plan</translation>
    </message>
</context><context>
    <name>PairDesk</name>
    <message>
        <source>Camera picture</source>
        <translation>Image de la caméra</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>arrows: error, 20 times; blue: plan</source>
        <translation>flèches : erreur, 20 fois ; bleu : plan</translation>
    </message>
    <message>
        <source>dashed: where the pairs would go; blue: plan</source>
        <translation>tirets : où iraient les paires ; bleu : plan</translation>
    </message>
    <message>
        <source>± 10 cm solid, 20 dashed, 40 dotted</source>
        <translation>± 10 cm plein, 20 tirets, 40 points</translation>
    </message>
</context><context>
    <name>PairEdits</name>
    <message>
        <source>add pair %1</source>
        <translation>ajouter la paire %1</translation>
    </message>
    <message>
        <source>move pair %1</source>
        <translation>déplacer la paire %1</translation>
    </message>
    <message>
        <source>nudge pair %1</source>
        <translation>pousser la paire %1</translation>
    </message>
    <message>
        <source>snap pair %1</source>
        <translation>aligner la paire %1</translation>
    </message>
    <message>
        <source>delete pair %1</source>
        <translation>supprimer la paire %1</translation>
    </message>
    <message>
        <source>hold out pair %1</source>
        <translation>mettre de côté la paire %1</translation>
    </message>
    <message>
        <source>use pair %1</source>
        <translation>utiliser la paire %1</translation>
    </message>
    <message>
        <source>name pair %1</source>
        <translation>nommer la paire %1</translation>
    </message>
    <message>
        <source>remember what the cameras show</source>
        <translation>retenir ce que montrent les caméras</translation>
    </message>
</context><context>
    <name>PairModel</name>
    <message>
        <source>Pair</source>
        <translation>Paire</translation>
    </message>
    <message>
        <source>Landmark</source>
        <translation>Repère</translation>
    </message>
    <message>
        <source>In the fit, %1</source>
        <translation>Avec, %1</translation>
    </message>
    <message>
        <source>Left out, %1</source>
        <translation>Sans, %1</translation>
    </message>
    <message>
        <source>Plan x, y, %1</source>
        <translation>Plan x, y, %1</translation>
    </message>
    <message>
        <source>A name, for people; the landmark is offered to the other cameras (F2)</source>
        <translation>Un nom, pour les gens ; le repère est proposé aux autres caméras (F2)</translation>
    </message>
    <message>
        <source>The other pairs contradict this one: look at both of its points.</source>
        <translation>Les autres paires contredisent celle-ci : regardez ses deux points.</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>mise de côté</translation>
    </message>
</context><context>
    <name>PairTable</name>
    <message>
        <source>Pairs, the worst first</source>
        <translation>Paires, la pire d’abord</translation>
    </message>
</context><context>
    <name>Places</name>
    <message>
        <source>Camera picture</source>
        <translation>Image de la caméra</translation>
    </message>
</context><context>
    <name>PlanCanvas</name>
    <message>
        <source>Floor plan</source>
        <translation>Plan</translation>
    </message>
</context><context>
    <name>PlanPage</name>
    <message>
        <source>What does the floor look like?</source>
        <translation>À quoi ressemble le sol ?</translation>
    </message>
    <message>
        <source>A drawing seen from above: an architect's plan, a fire escape plan, even a sketch.</source>
        <translation>Un dessin vu d’en haut : plan d’architecte, plan d’évacuation, même un croquis.</translation>
    </message>
    <message>
        <source>Drop the floor plan here</source>
        <translation>Déposez le plan ici</translation>
    </message>
    <message>
        <source>A PNG, a JPEG or a page of a PDF.</source>
        <translation>Un PNG, un JPEG ou une page d’un PDF.</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Choisir un fichier…</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Page</translation>
    </message>
    <message>
        <source>Choose another file…</source>
        <translation>Choisir un autre fichier…</translation>
    </message>
    <message>
        <source>Width of the floor</source>
        <translation>Largeur du sol</translation>
    </message>
    <message>
        <source>Depth of the floor</source>
        <translation>Profondeur du sol</translation>
    </message>
    <message>
        <source>Use an empty floor</source>
        <translation>Prendre un sol vide</translation>
    </message>
    <message>
        <source>Floor plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>No plan at hand?</source>
        <translation>Pas de plan sous la main ?</translation>
    </message>
    <message>
        <source>An empty floor of the right size does. A plan can follow later.</source>
        <translation>Un sol vide de la bonne taille suffit. Un plan peut suivre.</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Largeur</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Profondeur</translation>
    </message>
    <message>
        <source>None yet.</source>
        <translation>Encore aucun.</translation>
    </message>
    <message>
        <source>An empty floor.</source>
        <translation>Un sol vide.</translation>
    </message>
    <message>
        <source>Plans (*.png *.jpg *.jpeg *.pdf)</source>
        <translation>Plans (*.png *.jpg *.jpeg *.pdf)</translation>
    </message>
    <message>
        <source>Choose the floor plan</source>
        <translation>Choisir le plan</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>Lecture de %1…</translation>
    </message>
    <message>
        <source>floor plan</source>
        <translation>plan</translation>
    </message>
    <message>
        <source>Cameras and zones were placed on the earlier plan. Check them, or undo the change.</source>
        <translation>Caméras et zones étaient placées sur le plan précédent. Vérifiez-les, ou annulez le changement.</translation>
    </message>
    <message>
        <source> of %1</source>
        <translation> sur %1</translation>
    </message>
    <message>
        <source>empty floor</source>
        <translation>sol vide</translation>
    </message>
</context><context>
    <name>Preview</name>
    <message>
        <source>Preview from stored tracks</source>
        <translation>Aperçu des trajets</translation>
    </message>
    <message>
        <source>Last 4 h</source>
        <translation>4 h</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Écart</translation>
    </message>
    <message>
        <source>4 h until %1</source>
        <translation>4 h jusqu’à %1</translation>
    </message>
</context><context>
    <name>RailButton</name>
    <message>
        <source>%1: to come</source>
        <translation>%1 : à venir</translation>
    </message>
    <message>
        <source>%1, to be looked at: %2</source>
        <translation>%1, à regarder : %2</translation>
    </message>
</context><context>
    <name>Recounting</name>
    <message>
        <source>Counted with this camera's boxes, which are not stored: there is no preview.</source>
        <translation>Compté avec les cadres de cette caméra, qui ne sont pas conservés : il n’y a pas d’aperçu.</translation>
    </message>
    <message>
        <source>Reading the newest tracks…</source>
        <translation>Lecture des derniers trajets…</translation>
    </message>
    <message>
        <source>No tracks are stored yet. Measure for a while, and they are counted here.</source>
        <translation>Aucun trajet n’est encore conservé. Mesurez un moment, et ils sont comptés ici.</translation>
    </message>
</context><context>
    <name>Report</name>
    <message>
        <source>Something unexpected happened</source>
        <translation>Un imprévu est survenu</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>The program goes on, and nothing that was saved is lost. Please report this with the text below.</source>
        <translation>Le programme continue, et rien d’enregistré n’est perdu. Merci de le signaler avec le texte ci-dessous.</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Copier le rapport</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
</context><context>
    <name>Revisions</name>
    <message>
        <source>Earlier calibrations, and those of other files</source>
        <translation>Calibrages antérieurs, et ceux d’autres fichiers</translation>
    </message>
    <message>
        <source>Camera %1: now %2</source>
        <translation>Caméra %1 : maintenant %2</translation>
    </message>
    <message>
        <source>%1, places are %2 from those of now</source>
        <translation>%1, lieux à %2 de ceux d’aujourd’hui</translation>
    </message>
    <message>
        <source>Take over calibrations from a file…</source>
        <translation>Reprendre des calibrages d’un fichier…</translation>
    </message>
    <message>
        <source>A site file or a file of matrices</source>
        <translation>Un fichier de site ou de matrices</translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <translation>Fichiers JSON (*.json)</translation>
    </message>
    <message>
        <source>%1 has no calibration for a camera of this store</source>
        <translation>%1 n’a pas de calibrage pour une caméra de ce magasin</translation>
    </message>
    <message>
        <source>take over calibrations</source>
        <translation>reprendre des calibrages</translation>
    </message>
    <message>
        <source>Calibrations of %1 taken over from %2</source>
        <translation>Calibrages de %1 repris de %2</translation>
    </message>
    <message>
        <source>Revision %1</source>
        <translation>Révision %1</translation>
    </message>
    <message>
        <source>Save as revision %1</source>
        <translation>Garder rév. %1</translation>
    </message>
    <message>
        <source>Go back to revision %1, %2: %3</source>
        <translation>Revenir à la révision %1, %2 : %3</translation>
    </message>
    <message>
        <source>No earlier revision is kept yet</source>
        <translation>Aucune révision antérieure n’est encore conservée</translation>
    </message>
    <message>
        <source>Earlier zones and lines</source>
        <translation>Zones et lignes antérieures</translation>
    </message>
    <message>
        <source>Zones and lines now: %1</source>
        <translation>Zones et lignes : %1</translation>
    </message>
    <message>
        <source>%1 changed since</source>
        <translation>%1 modifiées depuis</translation>
    </message>
    <message>
        <source>%1 deleted since</source>
        <translation>%1 supprimées depuis</translation>
    </message>
    <message>
        <source>%1 added since</source>
        <translation>%1 ajoutées depuis</translation>
    </message>
    <message>
        <source>the same as now</source>
        <translation>comme maintenant</translation>
    </message>
    <message>
        <source>go back to earlier zones</source>
        <translation>revenir aux zones antérieures</translation>
    </message>
    <message>
        <source>Zones and lines are the earlier ones again</source>
        <translation>Zones et lignes sont de nouveau les antérieures</translation>
    </message>
</context><context>
    <name>ScalePage</name>
    <message>
        <source>How large is this plan?</source>
        <translation>Quelle est la taille de ce plan ?</translation>
    </message>
    <message>
        <source>Click the two ends of one length that you know. The longer it is, the better.</source>
        <translation>Cliquez les deux bouts d’une longueur connue. Plus elle est longue, mieux c’est.</translation>
    </message>
    <message>
        <source>Skip this and all lengths stay in plan pixels.</source>
        <translation>Passez, et toutes les longueurs restent en pixels du plan.</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Plan shown as</source>
        <translation>Plan montré comme</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Plus petit</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Plus grand</translation>
    </message>
    <message>
        <source>Whole plan</source>
        <translation>Tout le plan</translation>
    </message>
    <message>
        <source>length in metres</source>
        <translation>longueur en mètres</translation>
    </message>
    <message>
        <source>The length you clicked, in metres</source>
        <translation>La longueur cliquée, en mètres</translation>
    </message>
    <message>
        <source>One pixel of the plan</source>
        <translation>Un pixel du plan</translation>
    </message>
    <message>
        <source>The whole plan</source>
        <translation>Tout le plan</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Surface</translation>
    </message>
    <message>
        <source>Exact to</source>
        <translation>Précis à</translation>
    </message>
    <message>
        <source>The length you clicked</source>
        <translation>La longueur cliquée</translation>
    </message>
    <message>
        <source>That makes</source>
        <translation>Cela fait</translation>
    </message>
    <message>
        <source>Does it look right?</source>
        <translation>Est-ce que cela semble juste ?</translation>
    </message>
    <message>
        <source>A person and a trolley follow the pointer at this scale: hold them beside a door or an aisle that you know.</source>
        <translation>Une personne et un chariot suivent le pointeur à cette échelle : tenez-les près d’une porte ou d’une allée connue.</translation>
    </message>
    <message>
        <source>± %1 %, %2 on %3</source>
        <translation>± %1 %, %2 sur %3</translation>
    </message>
    <message>
        <source>Now the other end.</source>
        <translation>Maintenant l’autre bout.</translation>
    </message>
    <message>
        <source>As you measured it on the ground, end to end. Drag the ends to correct them.</source>
        <translation>Tel que mesuré au sol, d’un bout à l’autre. Faites glisser les bouts pour corriger.</translation>
    </message>
    <message>
        <source>The scale is known. Click two ends to measure it anew.</source>
        <translation>L’échelle est connue. Cliquez deux bouts pour la mesurer à nouveau.</translation>
    </message>
    <message>
        <source>Click one end, then the other: a wall, a row of shelves, a shop front.</source>
        <translation>Cliquez un bout, puis l’autre : un mur, une rangée de rayons, une vitrine.</translation>
    </message>
    <message>
        <source>The PDF says 1:%1. That would make the plan %2 m wide.</source>
        <translation>Le PDF dit 1:%1. Le plan ferait alors %2 m de large.</translation>
    </message>
    <message>
        <source>Use 1:%1</source>
        <translation>Prendre 1:%1</translation>
    </message>
    <message>
        <source>scale of the plan</source>
        <translation>échelle du plan</translation>
    </message>
    <message>
        <source>%1 on the plan</source>
        <translation>%1 sur le plan</translation>
    </message>
    <message>
        <source>%1 m on the ground, %2</source>
        <translation>%1 m au sol, %2</translation>
    </message>
</context><context>
    <name>Screens</name>
    <message>
        <source>Live</source>
        <translation>Direct</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>Calibrage</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>Zones</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>Chaleur</translation>
    </message>
    <message>
        <source>Analytics</source>
        <translation>Analyses</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>Trafic</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Tâches</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alertes</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>First start</source>
        <translation>Premier pas</translation>
    </message>
</context><context>
    <name>Session</name>
    <message>
        <source>Saved %1</source>
        <translation>Enregistré à %1</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Non enregistré</translation>
    </message>
    <message>
        <source>The site file was changed and cannot be used: %1. What you see here stays; with the next change here the file is written anew.</source>
        <translation>Le fichier de site a été modifié et n’est pas utilisable : %1. Ce que vous voyez ici reste ; au prochain changement ici, le fichier est réécrit.</translation>
    </message>
</context><context>
    <name>ShapeList</name>
    <message>
        <source>Zones</source>
        <translation>Zones</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>Draw a zone</source>
        <translation>Dessiner une zone</translation>
    </message>
    <message>
        <source>Draw a line</source>
        <translation>Dessiner une ligne</translation>
    </message>
    <message>
        <source>While one is selected</source>
        <translation>Tant qu’un élément est choisi</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>Flèches</translation>
    </message>
    <message>
        <source>move 1 cm</source>
        <translation>bouger 1 cm</translation>
    </message>
    <message>
        <source>Shift Arrows</source>
        <translation>Maj Flèches</translation>
    </message>
    <message>
        <source>move 10 cm</source>
        <translation>bouger 10 cm</translation>
    </message>
    <message>
        <source>next corner</source>
        <translation>sommet suivant</translation>
    </message>
    <message>
        <source>remove corner</source>
        <translation>ôter sommet</translation>
    </message>
    <message>
        <source>no snapping</source>
        <translation>sans alignement</translation>
    </message>
    <message>
        <source>undo this drag</source>
        <translation>annuler le geste</translation>
    </message>
</context><context>
    <name>StatusBar</name>
    <message>
        <source>%1 detections/s</source>
        <translation>%1 détections/s</translation>
    </message>
    <message>
        <source>Store time %1</source>
        <translation>Heure du magasin %1</translation>
    </message>
    <message>
        <source>Not measuring</source>
        <translation>Pas de mesure</translation>
    </message>
    <message>
        <source>%1 of %2 cameras live</source>
        <translation>Caméras en direct : %1 sur %2</translation>
    </message>
    <message>
        <source>%1 of 1 camera live</source>
        <translation>Caméra en direct : %1 sur 1</translation>
    </message>
    <message>
        <source>%1 stale</source>
        <translation>%1 figées</translation>
    </message>
    <message>
        <source>%1 not usable</source>
        <translation>%1 inutilisables</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <translation>%1 perdues</translation>
    </message>
    <message>
        <source>%1 connecting</source>
        <translation>%1 en connexion</translation>
    </message>
    <message>
        <source>Costs %1 % of this computer, %2 GB memory</source>
        <translation>Coûte %1 % de cet ordinateur, %2 Go de mémoire</translation>
    </message>
</context><context>
    <name>StepList</name>
    <message>
        <source>Steps</source>
        <translation>Étapes</translation>
    </message>
</context><context>
    <name>StepRow</name>
    <message>
        <source>done</source>
        <translation>fait</translation>
    </message>
    <message>
        <source>to do</source>
        <translation>à faire</translation>
    </message>
</context><context>
    <name>StorePage</name>
    <message>
        <source>Which store?</source>
        <translation>Quel magasin ?</translation>
    </message>
    <message>
        <source>Look around in a made-up one first, or begin with yours.</source>
        <translation>Découvrez d’abord un magasin inventé, ou commencez par le vôtre.</translation>
    </message>
    <message>
        <source>Name of the store</source>
        <translation>Nom du magasin</translation>
    </message>
    <message>
        <source>Harbour Street</source>
        <translation>Rue du Port</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Fuseau horaire</translation>
    </message>
    <message>
        <source>Demo store</source>
        <translation>Magasin de démonstration</translation>
    </message>
    <message>
        <source>Three synthetic cameras above one floor. Everything is calibrated, people walk and buy.</source>
        <translation>Trois caméras de synthèse au-dessus d’un sol. Tout est calibré, les gens marchent et achètent.</translation>
    </message>
    <message>
        <source>Open the demo store</source>
        <translation>Ouvrir le magasin de démonstration</translation>
    </message>
    <message>
        <source>My own store</source>
        <translation>Mon magasin</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>%1 is open. Go on with it, or write the name of another store.</source>
        <translation>%1 est ouvert. Continuez avec lui, ou écrivez le nom d’un autre magasin.</translation>
    </message>
    <message>
        <source>There is no time zone %1: choose one of the list.</source>
        <translation>Il n’y a pas de fuseau %1 : choisissez dans la liste.</translation>
    </message>
</context><context>
    <name>Tile</name>
    <message>
        <source>%1 fps</source>
        <translation>%1 i/s</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 skipped</source>
        <translation>%1 sautées</translation>
    </message>
    <message>
        <source>Not live</source>
        <translation>Pas en direct</translation>
    </message>
    <message>
        <source>No picture for %1</source>
        <translation>Pas d’image depuis %1</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>Not measured</source>
        <translation>Pas mesurée</translation>
    </message>
    <message>
        <source>Not live: picture is %1 s old</source>
        <translation>Pas en direct : l’image date de %1 s</translation>
    </message>
    <message>
        <source>This computer is too busy to look at newer ones</source>
        <translation>Cet ordinateur est trop occupé pour en regarder de plus récentes</translation>
    </message>
    <message>
        <source>Nothing is counted here until it moves</source>
        <translation>Rien n’est compté ici jusqu’à la prochaine image</translation>
    </message>
    <message>
        <source>Camera refuses user or password</source>
        <translation>La caméra refuse l’utilisateur ou le mot de passe</translation>
    </message>
    <message>
        <source>Pictures do not fit the calibration</source>
        <translation>Les images ne correspondent pas au calibrage</translation>
    </message>
    <message>
        <source>Camera does not answer</source>
        <translation>La caméra ne répond pas</translation>
    </message>
    <message>
        <source>Start measuring in the bar above.</source>
        <translation>Lancez la mesure dans la barre du haut.</translation>
    </message>
    <message>
        <source>Try %1 in %2</source>
        <translation>Essai %1 dans %2</translation>
    </message>
</context><context>
    <name>TimeBar</name>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>not observed</source>
        <translation>non observé</translation>
    </message>
    <message>
        <source>%1 people</source>
        <translation>%1 personnes</translation>
    </message>
</context><context>
    <name>Tools</name>
    <message>
        <source>Select</source>
        <translation>Choisir</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>Polygone</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Type of new zones</source>
        <translation>Type des nouvelles zones</translation>
    </message>
    <message>
        <source>Snap to corners, lines and a 5 cm grid</source>
        <translation>Aligner sur sommets, lignes et grille de 5 cm</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Caméra</translation>
    </message>
    <message>
        <source>Draw on</source>
        <translation>Dessiner sur</translation>
    </message>
    <message>
        <source>Camera to draw on</source>
        <translation>Caméra où dessiner</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>Zones</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>Annuler : %1</translation>
    </message>
</context><context>
    <name>UndoButtons</name>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>Annuler : %1</translation>
    </message>
</context><context>
    <name>Wall</name>
    <message>
        <source>Camera wall</source>
        <translation>Mur de caméras</translation>
    </message>
    <message>
        <source>live</source>
        <translation>direct</translation>
    </message>
    <message>
        <source>Try %1 now</source>
        <translation>Essayer %1 maintenant</translation>
    </message>
    <message>
        <source>Edit camera %1</source>
        <translation>Modifier la caméra %1</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <source>Edit camera</source>
        <translation>Modifier la caméra</translation>
    </message>
</context><context>
    <name>ZoneTable</name>
    <message>
        <source>Zone</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>People now</source>
        <translation>Présents</translation>
    </message>
    <message>
        <source>Visits today</source>
        <translation>Visites du jour</translation>
    </message>
    <message>
        <source>Mean stay</source>
        <translation>Séjour moyen</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>Zones</translation>
    </message>
</context><context>
    <name>Zones</name>
    <message>
        <source>Line %1</source>
        <translation>Ligne %1</translation>
    </message>
    <message>
        <source>draw %1</source>
        <translation>dessiner %1</translation>
    </message>
    <message>
        <source>swap in and out of %1</source>
        <translation>inverser entrés et sortis de %1</translation>
    </message>
    <message>
        <source>turn %1 across</source>
        <translation>tourner %1 en travers</translation>
    </message>
    <message>
        <source>delete %1</source>
        <translation>supprimer %1</translation>
    </message>
    <message>
        <source>%1 is deleted</source>
        <translation>%1 est supprimé</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>duplicate %1</source>
        <translation>dupliquer %1</translation>
    </message>
    <message>
        <source>the floor plan</source>
        <translation>le plan</translation>
    </message>
    <message>
        <source>%1 is copied to %2</source>
        <translation>%1 est copié sur %2</translation>
    </message>
    <message>
        <source>Not copied: calibrate %2 first, so that its size and place are known</source>
        <translation>Pas copié : calibrez d’abord %2, pour que sa taille et sa place soient connues</translation>
    </message>
    <message>
        <source>%1 is copied to %2 and scaled, as that picture has another size: check its place</source>
        <translation>%1 est copié sur %2 et mis à l’échelle, car cette image a une autre taille : vérifiez sa place</translation>
    </message>
    <message>
        <source>%1 is copied to the same pixels of %2: check its place</source>
        <translation>%1 est copié sur les mêmes pixels de %2 : vérifiez sa place</translation>
    </message>
    <message>
        <source>Not copied: %2 does not see that place</source>
        <translation>Pas copié : %2 ne voit pas cet endroit</translation>
    </message>
    <message>
        <source>copy %1</source>
        <translation>copier %1</translation>
    </message>
    <message>
        <source>%1 copy</source>
        <translation>%1 copie</translation>
    </message>
    <message>
        <source>in</source>
        <translation>entrés</translation>
    </message>
    <message>
        <source>out</source>
        <translation>sortis</translation>
    </message>
    <message>
        <source>on the corner of another</source>
        <translation>sur le sommet d’une autre</translation>
    </message>
    <message>
        <source>in line, above or below</source>
        <translation>aligné, au-dessus ou au-dessous</translation>
    </message>
    <message>
        <source>in line, left or right</source>
        <translation>aligné, à gauche ou à droite</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Visites</translation>
    </message>
    <message>
        <source>Mean stay</source>
        <translation>Séjour moyen</translation>
    </message>
    <message>
        <source>Most at once</source>
        <translation>Maximum à la fois</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Entrés</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Sortis</translation>
    </message>
    <message>
        <source>Came within 1 m</source>
        <translation>Venus à moins de 1 m</translation>
    </message>
    <message>
        <source>x %1, y %2</source>
        <translation>x %1, y %2</translation>
    </message>
    <message>
        <source>%1, outline %2</source>
        <translation>%1, tour %2</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>File d’attente</translation>
    </message>
    <message>
        <source>Shelf</source>
        <translation>Rayon</translation>
    </message>
    <message>
        <source>Checkout</source>
        <translation>Caisse</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Générale</translation>
    </message>
    <message>
        <source>Forbidden</source>
        <translation>Interdite</translation>
    </message>
    <message>
        <source>Stop line: who goes over it</source>
        <translation>Ligne d’arrêt : qui la franchit</translation>
    </message>
    <message>
        <source>Line: in, out</source>
        <translation>Ligne : entrés, sortis</translation>
    </message>
    <message>
        <source>Entry: in, out, inside</source>
        <translation>Entrée : flux, présents</translation>
    </message>
    <message>
        <source>Queue: length, wait</source>
        <translation>File : longueur, attente</translation>
    </message>
    <message>
        <source>Shelf: stops, dwell</source>
        <translation>Rayon : arrêts, durée</translation>
    </message>
    <message>
        <source>Checkout: served, time</source>
        <translation>Caisse : servis, durée</translation>
    </message>
    <message>
        <source>General: people, time</source>
        <translation>Générale : gens, durée</translation>
    </message>
    <message>
        <source>Forbidden: alerts</source>
        <translation>Interdite : alertes</translation>
    </message>
    <message>
        <source>Edges must not cross</source>
        <translation>Les côtés ne doivent pas se croiser</translation>
    </message>
    <message>
        <source>Too small to measure anything</source>
        <translation>Trop petite pour mesurer quoi que ce soit</translation>
    </message>
    <message>
        <source>A zone needs three corners</source>
        <translation>Une zone a besoin de trois sommets</translation>
    </message>
    <message>
        <source>move corner %2 of %1</source>
        <translation>déplacer le sommet %2 de %1</translation>
    </message>
    <message>
        <source>move %1</source>
        <translation>déplacer %1</translation>
    </message>
    <message>
        <source>add corner %2 to %1</source>
        <translation>ajouter le sommet %2 à %1</translation>
    </message>
    <message>
        <source>remove a corner of %1</source>
        <translation>supprimer un sommet de %1</translation>
    </message>
    <message>
        <source>nudge %1</source>
        <translation>décaler %1</translation>
    </message>
    <message>
        <source>Click corner after corner, and the first one again or Enter to end; or drag a rectangle. Backspace takes a corner back, Esc ends.</source>
        <translation>Cliquez sommet après sommet, puis de nouveau le premier ou Entrée pour finir ; ou tracez un rectangle. Retour arrière reprend un sommet, Échap arrête.</translation>
    </message>
    <message>
        <source>Click where the line begins and where it ends, or drag. Walkers go across it.</source>
        <translation>Cliquez où la ligne commence et où elle finit, ou tracez-la. Les passants la traversent.</translation>
    </message>
</context><context>
    <name>ZonesPage</name>
    <message>
        <source>What is to be counted, and where?</source>
        <translation>Que compter, et où ?</translation>
    </message>
    <message>
        <source>A line at the door counts who comes in; zones tell how long people stay.</source>
        <translation>Une ligne à la porte compte les entrées ; les zones disent combien de temps on reste.</translation>
    </message>
    <message>
        <source>Skip this and there is a heat map, but no counts.</source>
        <translation>Passez, et il y a une carte de chaleur, mais pas de comptages.</translation>
    </message>
    <message>
        <source>Draw zones</source>
        <translation>Dessiner des zones</translation>
    </message>
    <message>
        <source>No zones yet</source>
        <translation>Pas encore de zones</translation>
    </message>
    <message>
        <source>Begin with one line across the entrance.</source>
        <translation>Commencez par une ligne en travers de l’entrée.</translation>
    </message>
    <message>
        <source>Zones: %1, lines: %2</source>
        <translation>Zones : %1, lignes : %2</translation>
    </message>
    <message>
        <source>More can be drawn at any time, also while it measures.</source>
        <translation>D’autres peuvent être dessinées à tout moment, aussi pendant la mesure.</translation>
    </message>
</context><context>
    <name>ZonesView</name>
    <message>
        <source>Not moved: that is beyond the horizon of this camera</source>
        <translation>Pas déplacée : c’est au-delà de l’horizon de cette caméra</translation>
    </message>
    <message>
        <source>Delete the selected zone or line</source>
        <translation>Supprimer la zone ou la ligne choisie</translation>
    </message>
    <message>
        <source>Swap in and out of the line</source>
        <translation>Inverser entrée et sortie de la ligne</translation>
    </message>
</context><context>
    <name>_Chip</name>
    <message>
        <source>not calibrated</source>
        <translation>non calibrée</translation>
    </message>
</context><context>
    <name>_Kind</name>
    <message>
        <source>Line: nobody can cross</source>
        <translation>Ligne : personne ne peut la franchir</translation>
    </message>
    <message>
        <source>%1 (H shows or hides it)</source>
        <translation>%1 (H l’affiche ou le cache)</translation>
    </message>
</context><context>
    <name>_Ramp</name>
    <message>
        <source>Legend of the heat</source>
        <translation>Légende de la chaleur</translation>
    </message>
    <message>
        <source>not observed</source>
        <translation>non observé</translation>
    </message>
</context><context>
    <name>_ZoneRows</name>
    <message>
        <source>not observed</source>
        <translation>non observé</translation>
    </message>
</context></TS>
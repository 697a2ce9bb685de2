<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1">
<context>
    <name>Banner</name>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/basics.py" line="256" />
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
</context><context>
    <name>Calibrate</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_pictures.py" line="111" />
        <source>Where is this in the picture?</source>
        <translation>Où est-ce dans l’image ?</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_pictures.py" line="118" />
        <source>Click pair %1 here</source>
        <translation>Cliquez ici la paire %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_pictures.py" line="135" />
        <source>Pair %1 helps most here</source>
        <translation>La paire %1 aide le plus ici</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_pictures.py" line="258" />
        <source>Corner %1 px away, S snaps</source>
        <translation>Coin à %1 px, S s’y aligne</translation>
    </message>
</context><context>
    <name>CalibratePage</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="16" />
        <source>Where does each camera look?</source>
        <translation>Où regarde chaque caméra ?</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="17" />
        <source>Click the same points in the picture and on the plan: under two minutes a camera.</source>
        <translation>Cliquez les mêmes points dans l’image et sur le plan : moins de deux minutes par caméra.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="18" />
        <source>Skip this and people are counted in pictures, not placed on the plan.</source>
        <translation>Passez, et les gens sont comptés dans les images, non placés sur le plan.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="19" />
        <source>Calibrate</source>
        <translation>Calibrage</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="27" />
        <source>No cameras yet</source>
        <translation>Pas encore de caméras</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="28" />
        <source>Add a camera first: go back one step.</source>
        <translation>Ajoutez d’abord une caméra : revenez d’une étape.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="30" />
        <source>All cameras are calibrated</source>
        <translation>Toutes les caméras sont calibrées</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="31" />
        <source>Their errors, and which point is worst, stand on the Calibrate screen.</source>
        <translation>Leurs erreurs, et le pire point, sont à l’écran Calibrage.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="33" />
        <source>%1 of %2 cameras are calibrated</source>
        <translation>%1 caméras sur %2 sont calibrées</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="37" />
        <source>Still to do: %1.</source>
        <translation>Reste à faire : %1.</translation>
    </message>
</context><context>
    <name>CalibrateView</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="96" />
        <source>No store is open</source>
        <translation>Aucun magasin n’est ouvert</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="97" />
        <source>Set up a store with a floor plan and cameras first; then each camera is tied to the plan here.</source>
        <translation>Installez d’abord un magasin avec plan et caméras ; puis chaque caméra est liée au plan ici.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="111" />
        <source>Pairs</source>
        <translation>Paires</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="111" />
        <source>Mosaic</source>
        <translation>Mosaïque</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="111" />
        <source>Walk test</source>
        <translation>Marche d’essai</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="112" />
        <source>What is shown</source>
        <translation>Ce qui est montré</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="160" />
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="123" />
        <source>Take the still again</source>
        <translation>Refaire l’image fixe</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="125" />
        <source>Calibrate</source>
        <translation>Calibrage</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="161" />
        <source>Snap to the corner</source>
        <translation>Aligner sur le coin</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="324" />
        <source>Snap pair %1 to its corner</source>
        <translation>Aligner la paire %1 sur son coin</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="338" />
        <source>still, people removed</source>
        <translation>image fixe, sans les gens</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="340" />
        <source>its shape is not the one that was calibrated</source>
        <translation>sa forme n’est pas celle qui a été calibrée</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="343" />
        <source>No picture from this camera</source>
        <translation>Pas d’image de cette caméra</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="345" />
        <source>It looks for some seconds, so that people who walk about are not in it.</source>
        <translation>Elle regarde quelques secondes, pour que les passants n’y soient pas.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="346" />
        <source>Taking a still of %1</source>
        <translation>Prise d’une image fixe de %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="356" />
        <source>no scale yet</source>
        <translation>pas encore d’échelle</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate.py" line="360" />
        <source>Floor plan</source>
        <translation>Plan</translation>
    </message>
</context><context>
    <name>CameraDialog</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_camera_dialog.py" line="20" />
        <source>Edit camera %1</source>
        <translation>Modifier la caméra %1</translation>
    </message>
</context><context>
    <name>CameraForm</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="52" />
        <source>Kind of camera</source>
        <translation>Sorte de caméra</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="54" />
        <source>By its address</source>
        <translation>Par son adresse</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="55" />
        <source>In the network (ONVIF)</source>
        <translation>Dans le réseau (ONVIF)</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="73" />
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="56" />
        <source>Video file</source>
        <translation>Fichier vidéo</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="57" />
        <source>Webcam</source>
        <translation>Webcam</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="63" />
        <source>Address of the main stream</source>
        <translation>Adresse du flux principal</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="64" />
        <source>Address of the sub-stream</source>
        <translation>Adresse du flux secondaire</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="64" />
        <source>optional: smaller, for detection</source>
        <translation>facultatif : plus petit, pour la détection</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="65" />
        <source>Main stream</source>
        <translation>Flux principal</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="66" />
        <source>Sub-stream</source>
        <translation>Flux secondaire</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="68" />
        <source>Camera numbers</source>
        <translation>Numéros des caméras</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="69" />
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="70" />
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="73" />
        <source>a video or a folder of pictures</source>
        <translation>une vidéo ou un dossier d’images</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="75" />
        <source>Number of the webcam</source>
        <translation>Numéro de la webcam</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="76" />
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="76" />
        <source>Front door</source>
        <translation>Porte d’entrée</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="114" />
        <source>%1 stands for the number of each of several cameras.</source>
        <translation>%1 remplace le numéro de chacune de plusieurs caméras.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="118" />
        <source>Choose a file…</source>
        <translation>Choisir un fichier…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="136" />
        <source>Choose a video</source>
        <translation>Choisir une vidéo</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="143" />
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_camera_form.py" line="175" />
        <source>No address yet: write it first.</source>
        <translation>Pas encore d’adresse : écrivez-la d’abord.</translation>
    </message>
</context><context>
    <name>CameraStills</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_still.py" line="52" />
        <source>No picture for %1. Draw on the plan or on another camera.</source>
        <translation>Pas d’image de %1. Dessinez sur le plan ou sur une autre caméra.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_still.py" line="54" />
        <source>No picture now. Draw on the plan or on another camera.</source>
        <translation>Pas d’image pour l’instant. Dessinez sur le plan ou sur une autre caméra.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_still.py" line="59" />
        <source>No picture yet. Draw on the plan, or click.</source>
        <translation>Pas encore d’image. Dessinez sur le plan, ou cliquez.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_still.py" line="66" />
        <source>Taking a picture without people: a few seconds…</source>
        <translation>Prise d’une image sans les gens : quelques secondes…</translation>
    </message>
</context><context>
    <name>CameraStrip</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_cameras.py" line="34" />
        <source>Cameras</source>
        <translation>Caméras</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_cameras.py" line="166" />
        <source>How exact positions are here</source>
        <translation>La précision des positions ici</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_cameras.py" line="188" />
        <source>Select a zone or a line to see which cameras see it.</source>
        <translation>Choisissez une zone ou une ligne pour voir quelles caméras la voient.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_cameras.py" line="190" />
        <source>No calibrated camera sees this place: nobody is counted here.</source>
        <translation>Aucune caméra calibrée ne voit ce lieu : personne n’y est compté.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_cameras.py" line="198" />
        <source>Not known: calibrate a camera that sees it.</source>
        <translation>Inconnu : calibrez une caméra qui la voit.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_cameras.py" line="203" />
        <source>Good enough for this type.</source>
        <translation>Suffisant pour ce type.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_cameras.py" line="203" />
        <source>Too coarse at its far end.</source>
        <translation>Trop grossier au bout lointain.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_cameras.py" line="204" />
        <source>Mean; %1 at the worst place.</source>
        <translation>Moyenne ; %1 au pire endroit.</translation>
    </message>
</context><context>
    <name>CameraTile</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_cameras.py" line="85" />
        <source>Draw on the picture of %1</source>
        <translation>Dessiner sur l’image de %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_cameras.py" line="89" />
        <source>sees %1 of this line</source>
        <translation>voit %1 de cette ligne</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_cameras.py" line="89" />
        <source>sees %1 of this zone</source>
        <translation>voit %1 de cette zone</translation>
    </message>
</context><context>
    <name>CamerasPage</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="56" />
        <source>Which cameras look at it?</source>
        <translation>Quelles caméras le regardent ?</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="57" />
        <source>Add one after the other. Look at its picture first: what it shows is what is measured.</source>
        <translation>Ajoutez-les l’une après l’autre. Regardez d’abord l’image : ce qu’elle montre est ce qui est mesuré.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="68" />
        <source>Cameras of the store</source>
        <translation>Caméras du magasin</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="72" />
        <source>Picture of the camera</source>
        <translation>Image de la caméra</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="73" />
        <source>No picture yet</source>
        <translation>Pas encore d’image</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="73" />
        <source>Write an address, then press Test.</source>
        <translation>Écrivez une adresse, puis appuyez sur Essai.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="85" />
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="91" />
        <source>Test the chosen camera</source>
        <translation>Essayer la caméra choisie</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="92" />
        <source>Edit the chosen camera</source>
        <translation>Modifier la caméra choisie</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="93" />
        <source>Remove the chosen camera</source>
        <translation>Retirer la caméra choisie</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="95" />
        <source>Cameras</source>
        <translation>Caméras</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="106" />
        <source>Test</source>
        <translation>Essai</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="296" />
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="107" />
        <source>Add camera</source>
        <translation>Ajouter la caméra</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="295" />
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="108" />
        <source>Add a camera</source>
        <translation>Ajouter une caméra</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="181" />
        <source>Asking the camera…</source>
        <translation>Question à la caméra…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="190" />
        <source>Asking the camera… %1 s</source>
        <translation>Question à la caméra… %1 s</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="196" />
        <source>Given up.</source>
        <translation>Abandonné.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="209" />
        <source>%1; sub-stream %2</source>
        <translation>%1 ; flux secondaire %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="215" />
        <source>, %1 frames a second</source>
        <translation>, %1 images par seconde</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="221" />
        <source>User or password refused</source>
        <translation>Utilisateur ou mot de passe refusé</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="221" />
        <source>No picture</source>
        <translation>Pas d’image</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="238" />
        <source>Camera %1</source>
        <translation>Caméra %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="259" />
        <source>edit of a camera</source>
        <translation>modification d’une caméra</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="259" />
        <source>new camera</source>
        <translation>nouvelle caméra</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="270" />
        <source>This computer has no keyring for the password. It can be kept in the site file, readable by whoever can read that file.</source>
        <translation>Cet ordinateur n’a pas de trousseau pour le mot de passe. Il peut être gardé dans le fichier de site, lisible par qui peut lire ce fichier.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="272" />
        <source>Keep it in the site file</source>
        <translation>Le garder dans le fichier de site</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="288" />
        <source>Press Test to see what the camera shows.</source>
        <translation>Appuyez sur Essai pour voir ce que montre la caméra.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="295" />
        <source>Edit the camera</source>
        <translation>Modifier la caméra</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="296" />
        <source>Save camera</source>
        <translation>Enregistrer la caméra</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_cameras.py" line="304" />
        <source>camera removed</source>
        <translation>caméra retirée</translation>
    </message>
</context><context>
    <name>CommandPalette</name>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/command_palette.py" line="37" />
        <source>Search or run a command</source>
        <translation>Chercher ou lancer une commande</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/command_palette.py" line="38" />
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/command_palette.py" line="39" />
        <source>Commands</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/command_palette.py" line="70" />
        <source>No command has these letters</source>
        <translation>Aucune commande n’a ces lettres</translation>
    </message>
</context><context>
    <name>Corners</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_corners.py" line="27" />
        <source>x, right</source>
        <translation>x, à droite</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_corners.py" line="27" />
        <source>y, down</source>
        <translation>y, en bas</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_corners.py" line="57" />
        <source>Corner %1, x</source>
        <translation>Sommet %1, x</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_corners.py" line="57" />
        <source>Corner %1, y</source>
        <translation>Sommet %1, y</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_corners.py" line="66" />
        <source>Remove corner %1</source>
        <translation>Retirer le sommet %1</translation>
    </message>
</context><context>
    <name>Curve</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="149" />
        <source>People in the zone over the last 4 hours</source>
        <translation>Personnes dans la zone ces 4 dernières heures</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="172" />
        <source>People in the zone (dashed: before)</source>
        <translation>Personnes (tirets : avant)</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="173" />
        <source>most %1</source>
        <translation>le plus : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="175" />
        <source>4 h before</source>
        <translation>4 h avant</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="175" />
        <source>4 h ago</source>
        <translation>il y a 4 h</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="177" />
        <source>now</source>
        <translation>maintenant</translation>
    </message>
</context><context>
    <name>EventList</name>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/live_tables.py" line="107" />
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/live_tables.py" line="107" />
        <source>Event</source>
        <translation>Événement</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/live_tables.py" line="110" />
        <source>Events</source>
        <translation>Événements</translation>
    </message>
</context><context>
    <name>FirstStartView</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="46" />
        <source>Store</source>
        <translation>Magasin</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="46" />
        <source>Floor plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="46" />
        <source>Scale</source>
        <translation>Échelle</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="47" />
        <source>Cameras</source>
        <translation>Caméras</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="47" />
        <source>Calibrate</source>
        <translation>Calibrage</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="47" />
        <source>Zones</source>
        <translation>Zones</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="48" />
        <source>Live</source>
        <translation>Direct</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="87" />
        <source>See the demo</source>
        <translation>Voir la démo</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="89" />
        <source>Set up your store</source>
        <translation>Installez votre magasin</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="90" />
        <source>About one evening for eight cameras. You can stop at any step; everything is kept.</source>
        <translation>Environ une soirée pour huit caméras. Vous pouvez arrêter à chaque étape ; tout est conservé.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="93" />
        <source>Only looking?</source>
        <translation>Juste pour voir ?</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="116" />
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="120" />
        <source>Skip</source>
        <translation>Passer</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="121" />
        <source>Go on later</source>
        <translation>Continuer plus tard</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="123" />
        <source>One step back</source>
        <translation>Un pas en arrière</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="124" />
        <source>The next step</source>
        <translation>L’étape suivante</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="252" />
        <source>Back: %1</source>
        <translation>Retour : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="258" />
        <source>Next: %1</source>
        <translation>Suivant : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="271" />
        <source>Undo: %1 (Ctrl+Z)</source>
        <translation>Annuler : %1 (Ctrl+Z)</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="276" />
        <source>The demo, or yours</source>
        <translation>La démo, ou le vôtre</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="276" />
        <source>A picture, or a size</source>
        <translation>Image ou dimensions</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="277" />
        <source>One length that you know</source>
        <translation>Une longueur connue</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="277" />
        <source>Address and a test picture</source>
        <translation>Adresse et essai</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="278" />
        <source>Under 2 minutes a camera</source>
        <translation>2 minutes par caméra</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="278" />
        <source>What to count, and where</source>
        <translation>Que compter, et où</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="279" />
        <source>Start to measure</source>
        <translation>Lancer la mesure</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="286" />
        <source>Empty floor</source>
        <translation>Sol vide</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="294" />
        <source>%1 added</source>
        <translation>%1 ajoutée</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="295" />
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="297" />
        <source>Zones: %1, lines: %2</source>
        <translation>Zones : %1, lignes : %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start.py" line="301" />
        <source>Measuring</source>
        <translation>Mesure en cours</translation>
    </message>
</context><context>
    <name>FloorPane</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_floor.py" line="82" />
        <source>Nothing is measured now</source>
        <translation>Rien n’est mesuré maintenant</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_floor.py" line="83" />
        <source>Start measuring, then walk through the places that two cameras see.</source>
        <translation>Lancez la mesure, puis traversez les lieux que deux caméras voient.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_floor.py" line="83" />
        <source>Measure</source>
        <translation>Mesurer</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_floor.py" line="123" />
        <source>All cameras as one</source>
        <translation>Toutes les caméras en une</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_floor.py" line="125" />
        <source>Where two cameras meet, lines on the floor go on without a step when both are right.</source>
        <translation>Là où deux caméras se rejoignent, les lignes au sol continuent sans saut quand les deux sont justes.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_floor.py" line="127" />
        <source>%1 of %2 cameras, %3 calibrated</source>
        <translation>%1 caméras sur %2, %3 calibrées</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_floor.py" line="150" />
        <source>Walk test</source>
        <translation>Marche d’essai</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_floor.py" line="151" />
        <source>Walk through the places that two cameras see: both dots should be where you are.</source>
        <translation>Traversez les lieux que deux caméras voient : les deux points doivent être où vous êtes.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_floor.py" line="194" />
        <source>Cameras %1 and %2 agree: %3, %4 people</source>
        <translation>Les caméras %1 et %2 concordent : %3, %4 personnes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_floor.py" line="196" />
        <source>Cameras %1 and %2 are %3 apart, %4 people</source>
        <translation>Les caméras %1 et %2 sont à %3 l’une de l’autre, %4 personnes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_floor.py" line="200" />
        <source>Camera %1: people measure %2 ± %3 m, %4 seen</source>
        <translation>Caméra %1 : les gens mesurent %2 ± %3 m, %4 vus</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_floor.py" line="203" />
        <source>Nobody was seen yet.</source>
        <translation>Personne n’a encore été vu.</translation>
    </message>
</context><context>
    <name>GradeBox</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="39" />
        <source>Grade %1</source>
        <translation>Note %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="39" />
        <source>not known yet</source>
        <translation>pas encore connu</translation>
    </message>
</context><context>
    <name>GradePanel</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="90" />
        <source>Typical error %1, worst %2</source>
        <translation>Erreur courante %1, la pire %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="92" />
        <source>Error not known yet</source>
        <translation>Erreur encore inconnue</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="114" />
        <source>Not graded yet</source>
        <translation>Pas encore noté</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="116" />
        <source>One pair is off</source>
        <translation>Une paire est loin</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="118" />
        <source>Very good</source>
        <translation>Très bon</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="118" />
        <source>Good</source>
        <translation>Bon</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="118" />
        <source>Usable, counts may be off</source>
        <translation>Utilisable, comptages incertains</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="119" />
        <source>Too coarse</source>
        <translation>Trop grossier</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="126" />
        <source>%1 used, %2 held out</source>
        <translation>%1 utilisées, %2 mises de côté</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="126" />
        <source>%1 used</source>
        <translation>%1 utilisées</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="127" />
        <source>Pairs</source>
        <translation>Paires</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="129" />
        <source>Pair %1 does not fit</source>
        <translation>La paire %1 ne convient pas</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="133" />
        <source>Sure all over the floor</source>
        <translation>Sûr sur tout le sol</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="133" />
        <source>± 40 cm or better</source>
        <translation>± 40 cm ou mieux</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="135" />
        <source>Far parts are loose</source>
        <translation>Le lointain est flou</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="135" />
        <source>%1 % over ± 40 cm</source>
        <translation>%1 % au-delà de ± 40 cm</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="137" />
        <source>Held-out pairs agree</source>
        <translation>Les paires mises de côté concordent</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="137" />
        <source>Held-out pairs are off</source>
        <translation>Les paires mises de côté sont loin</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="140" />
        <source>Typical error</source>
        <translation>Erreur courante</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="142" />
        <source>No floor fits these pairs</source>
        <translation>Aucun sol ne convient à ces paires</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="143" />
        <source>The plan has no scale</source>
        <translation>Le plan n’a pas d’échelle</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="144" />
        <source>The plan is mirrored</source>
        <translation>Le plan est en miroir</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="144" />
        <source>seen from below</source>
        <translation>vu d’en bas</translation>
    </message>
</context><context>
    <name>HeatCanvas</name>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_canvas.py" line="55" />
        <source>Heat map of the floor</source>
        <translation>Carte de chaleur du sol</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_canvas.py" line="183" />
        <source>Clear: 95 % interval %1 to %2</source>
        <translation>Net : intervalle à 95 % de %1 à %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_canvas.py" line="184" />
        <source>May be chance: 95 % interval %1 to %2</source>
        <translation>Peut-être un hasard : intervalle à 95 % de %1 à %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_canvas.py" line="189" />
        <source>More than on %1 % of the floor</source>
        <translation>Plus que sur %1 % du sol</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_canvas.py" line="195" />
        <source>Not observed</source>
        <translation>Non observé</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_canvas.py" line="195" />
        <source>Too few people to say</source>
        <translation>Trop peu de gens pour le dire</translation>
    </message>
</context><context>
    <name>HeatExport</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_export.py" line="34" />
        <source>Picture (PNG)…</source>
        <translation>Image (PNG)…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_export.py" line="35" />
        <source>Table (CSV)…</source>
        <translation>Tableau (CSV)…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_export.py" line="36" />
        <source>Arrays (NPZ)…</source>
        <translation>Tableaux (NPZ)…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_export.py" line="38" />
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_export.py" line="66" />
        <source>Saved: %1</source>
        <translation>Enregistré : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_export.py" line="78" />
        <source>%1: B minus A, %2</source>
        <translation>%1 : B moins A, %2</translation>
    </message>
</context><context>
    <name>HeatKey</name>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_key.py" line="49" />
        <source>Heat of the time: %1</source>
        <translation>Chaleur de la période : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_key.py" line="56" />
        <source>Last hour</source>
        <translation>Dernière heure</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_key.py" line="57" />
        <source>Last %1 minutes</source>
        <translation>%1 dernières minutes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_key.py" line="57" />
        <source>Last %1 hours</source>
        <translation>%1 dernières heures</translation>
    </message>
</context><context>
    <name>HeatLegend</name>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_legend.py" line="30" />
        <source>Legend</source>
        <translation>Légende</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_legend.py" line="111" />
        <source>hottest tenth</source>
        <translation>dixième le plus chaud</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_legend.py" line="116" />
        <source>no clear change</source>
        <translation>pas de changement net</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_legend.py" line="121" />
        <source>not observed</source>
        <translation>non observé</translation>
    </message>
</context><context>
    <name>HeatSide</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="57" />
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="58" />
        <source>Observed floor</source>
        <translation>Sol observé</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="59" />
        <source>Hottest tenth holds</source>
        <translation>Dixième le plus chaud</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="67" />
        <source>This range</source>
        <translation>Cette période</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="71" />
        <source>Change from A to B</source>
        <translation>Changement de A à B</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="79" />
        <source>Only what is significant</source>
        <translation>Seulement ce qui est significatif</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="82" />
        <source>Test: sign flipping of paired hours, days or weeks, largest value over the floor, 5 % (Nichols and Holmes, 2002). Grey: may be chance. Outages are taken out of both.</source>
        <translation>Test : inversion des signes d’heures, de jours ou de semaines appariés, plus grande valeur sur le sol, 5 % (Nichols et Holmes, 2002). Gris : peut-être un hasard. Les pannes sont ôtées des deux.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="90" />
        <source>Difference</source>
        <translation>Différence</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="93" />
        <source>Linear</source>
        <translation>Linéaire</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="93" />
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="93" />
        <source>Percentile</source>
        <translation>Percentile</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="110" />
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="94" />
        <source>Scale</source>
        <translation>Échelle</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="112" />
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="97" />
        <source>Full colour at</source>
        <translation>Plein à</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="106" />
        <source>Same scale for every range</source>
        <translation>Même échelle pour toute période</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="107" />
        <source>Fit to this range</source>
        <translation>Adapter à cette période</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="120" />
        <source>Contour of the hottest tenth</source>
        <translation>Contour du dixième le plus chaud</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="121" />
        <source>Not observed</source>
        <translation>Non observé</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="122" />
        <source>Zones</source>
        <translation>Zones</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="123" />
        <source>Camera outlines</source>
        <translation>Contours des caméras</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="127" />
        <source>Layers</source>
        <translation>Calques</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="162" />
        <source>Person-seconds on the floor: %1</source>
        <translation>Personne-secondes sur le sol : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="164" />
        <source>person·s</source>
        <translation>personne·s</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="165" />
        <source>on the floor, %1</source>
        <translation>sur le sol, %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="168" />
        <source>%1 of %2 %3² (%4 %)</source>
        <translation>%1 de %2 %3² (%4 %)</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="178" />
        <source>%1 of the time</source>
        <translation>%1 du temps</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="182" />
        <source>A: %1</source>
        <translation>A : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="183" />
        <source>B: %1</source>
        <translation>B : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="194" />
        <source>B against A. 95 % interval %1 to %2, from %3 pairs</source>
        <translation>B par rapport à A. Intervalle à 95 % de %1 à %2, sur %3 paires</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="197" />
        <source>; too few to call a change of a place significant (%1 are needed)</source>
        <translation> ; trop peu pour dire significatif le changement d’un lieu (il en faut %1)</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="200" />
        <source>B against A. Too little was observed in both to say more</source>
        <translation>B par rapport à A. Trop peu d’observations communes pour en dire plus</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="202" />
        <source>Zone</source>
        <translation>Zone</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="202" />
        <source>Change</source>
        <translation>Écart</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_side.py" line="214" />
        <source>May be chance</source>
        <translation>Peut-être un hasard</translation>
    </message>
</context><context>
    <name>HeatTimes</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="61" />
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="62" />
        <source>Yesterday</source>
        <translation>Hier</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="63" />
        <source>7 days</source>
        <translation>7 jours</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="64" />
        <source>4 weeks</source>
        <translation>4 sem.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="65" />
        <source>1 year</source>
        <translation>1 an</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="67" />
        <source>Time range</source>
        <translation>Période</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="69" />
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="72" />
        <source>Compare with</source>
        <translation>Comparer avec</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="75" />
        <source>against a week before</source>
        <translation>par rapport à une semaine avant</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="76" />
        <source>against the day before</source>
        <translation>par rapport à la veille</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="77" />
        <source>against 4 weeks before</source>
        <translation>par rapport à 4 semaines avant</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="78" />
        <source>against a year before</source>
        <translation>par rapport à un an avant</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="84" />
        <source>Back by one window</source>
        <translation>Reculer d’une fenêtre</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="85" />
        <source>Play</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="87" />
        <source>Forward by one window</source>
        <translation>Avancer d’une fenêtre</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="91" />
        <source>Live</source>
        <translation>Direct</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="92" />
        <source>Until now, renewed every few seconds</source>
        <translation>Jusqu’à maintenant, renouvelé toutes les quelques secondes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="121" />
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="110" />
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="122" />
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="110" />
        <source>Until the end of</source>
        <translation>Jusqu’à la fin du</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="123" />
        <source>Show these days</source>
        <translation>Montrer ces jours</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="131" />
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="237" />
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="132" />
        <source>Mon to Fri, 8 to 20</source>
        <translation>Lun. à ven., 8 h à 20 h</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="133" />
        <source>Weekend</source>
        <translation>Week-end</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="134" />
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="137" />
        <source>Drag over the hours that count, in the store's time.</source>
        <translation>Glissez sur les heures qui comptent, à l’heure du magasin.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="168" />
        <source>%1, %2 to %3</source>
        <translation>%1, de %2 à %3</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="170" />
        <source>%1 to %2</source>
        <translation>%1 à %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="237" />
        <source>all</source>
        <translation>toutes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="237" />
        <source>weekend</source>
        <translation>week-end</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="238" />
        <source>%1 of 168</source>
        <translation>%1 sur 168</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="239" />
        <source>Hours: %1</source>
        <translation>Heures : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="240" />
        <source>Hours of the week: %1</source>
        <translation>Heures : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="286" />
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="286" />
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="286" />
        <source>3 h</source>
        <translation>3 h</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="286" />
        <source>1 day</source>
        <translation>1 jour</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="286" />
        <source>1 week</source>
        <translation>1 semaine</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="291" />
        <source>%1 window, %2</source>
        <translation>Par %1, %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="292" />
        <source>Playback: %1</source>
        <translation>Lecture : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="298" />
        <source>Window: %1</source>
        <translation>Fenêtre : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_times.py" line="302" />
        <source>Speed: %1</source>
        <translation>Vitesse : %1</translation>
    </message>
</context><context>
    <name>HeatTools</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="21" />
        <source>Presence</source>
        <translation>Présence</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="22" />
        <source>Visits</source>
        <translation>Visites</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="23" />
        <source>Mean dwell</source>
        <translation>Séjour</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="24" />
        <source>Stops</source>
        <translation>Arrêts</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="25" />
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="26" />
        <source>Flow</source>
        <translation>Flux</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="28" />
        <source>Heat map</source>
        <translation>Chaleur</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="29" />
        <source>What is shown</source>
        <translation>Ce qui est montré</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="31" />
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="32" />
        <source>Cameras</source>
        <translation>Caméras</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="34" />
        <source>Fused: who is seen by two cameras is counted once. One camera: only what that one saw.</source>
        <translation>Fusionnées : qui est vu par deux caméras est compté une fois. Une caméra : seulement ce qu’elle a vu.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="36" />
        <source>All classes</source>
        <translation>Toutes classes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="37" />
        <source>One range</source>
        <translation>Une période</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="37" />
        <source>Compare</source>
        <translation>Comparer</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="37" />
        <source>One range or two</source>
        <translation>Une période ou deux</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat_tools.py" line="53" />
        <source>All cameras, fused</source>
        <translation>Toutes, fusionnées</translation>
    </message>
</context><context>
    <name>HeatView</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat.py" line="75" />
        <source>Nothing was measured yet</source>
        <translation>Rien n’a encore été mesuré</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat.py" line="77" />
        <source>Measure now</source>
        <translation>Mesurer maintenant</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat.py" line="90" />
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat.py" line="272" />
        <source>A heat map grows while cameras measure. Start measuring, and come back in a minute.</source>
        <translation>La carte de chaleur grandit tant que les caméras mesurent. Lancez la mesure et revenez dans une minute.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat.py" line="274" />
        <source>The cameras measure. What they see appears here within a minute.</source>
        <translation>Les caméras mesurent. Ce qu’elles voient apparaît ici en moins d’une minute.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat.py" line="309" />
        <source>B minus A</source>
        <translation>B moins A</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat.py" line="311" />
        <source>linear</source>
        <translation>linéaire</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat.py" line="311" />
        <source>log</source>
        <translation>log</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat.py" line="311" />
        <source>percentile</source>
        <translation>percentile</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat.py" line="313" />
        <source>%1, fixed</source>
        <translation>%1, fixe</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat.py" line="313" />
        <source>%1, of this range</source>
        <translation>%1, de cette période</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat.py" line="326" />
        <source>Reading day %1 of %2</source>
        <translation>Lecture du jour %1 sur %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat.py" line="337" />
        <source>Nothing was measured in this range. There are measurements from %1.</source>
        <translation>Rien n’a été mesuré dans cette période. Il y a des mesures depuis %1.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/heat.py" line="339" />
        <source>Show the last day</source>
        <translation>Montrer le dernier jour</translation>
    </message>
</context><context>
    <name>HoursOfWeek</name>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/hours_of_week.py" line="23" />
        <source>Hours of the week</source>
        <translation>Heures de la semaine</translation>
    </message>
</context><context>
    <name>Inspector</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="48" />
        <source>Nothing selected</source>
        <translation>Rien de choisi</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="49" />
        <source>Choose a zone or a line at the left or on the picture, or draw one: P for a zone, L for a line.</source>
        <translation>Choisissez une zone ou une ligne à gauche ou sur l’image, ou dessinez-en une : P pour une zone, L pour une ligne.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="50" />
        <source>Draw a zone</source>
        <translation>Dessiner une zone</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="78" />
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="80" />
        <source>Duplicate</source>
        <translation>Dupliquer</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="81" />
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="110" />
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="92" />
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="95" />
        <source>type of %1</source>
        <translation>type de %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="97" />
        <source>Kind of line</source>
        <translation>Sorte de ligne</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="98" />
        <source>Counts who crosses</source>
        <translation>Compte qui passe</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="99" />
        <source>Stop line</source>
        <translation>Ligne d’arrêt</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="101" />
        <source>kind of %1</source>
        <translation>sorte de %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="105" />
        <source>Copy to…</source>
        <translation>Copier vers…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="108" />
        <source>Swap in and out</source>
        <translation>Inverser</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="111" />
        <source>Kind</source>
        <translation>Sorte</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="112" />
        <source>Measures</source>
        <translation>Mesure</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="113" />
        <source>Drawn on</source>
        <translation>Dessiné sur</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="114" />
        <source>Direction</source>
        <translation>Direction</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="217" />
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="119" />
        <source>Corners</source>
        <translation>Sommets</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="139" />
        <source>Counts</source>
        <translation>Comptages</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="141" />
        <source>Classes that are allowed</source>
        <translation>Classes permises</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="142" />
        <source>all, as in: person, cart</source>
        <translation>toutes, ou comme : person, cart</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="144" />
        <source>classes of %1</source>
        <translation>classes de %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="147" />
        <source>Classes that alert</source>
        <translation>Classes qui alertent</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="148" />
        <source>all that are not allowed</source>
        <translation>toutes celles qui ne sont pas permises</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="150" />
        <source>alerts of %1</source>
        <translation>alertes de %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="152" />
        <source>Feet</source>
        <translation>Pieds</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="152" />
        <source>Centre</source>
        <translation>Centre</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="162" />
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="152" />
        <source>A person is</source>
        <translation>Position</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="153" />
        <source>anchor of %1</source>
        <translation>ancrage de %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="163" />
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="155" />
        <source>Hours</source>
        <translation>Heures</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="156" />
        <source>always, as in: 08:00-21:00</source>
        <translation>toujours, ou comme : 08:00-21:00</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="160" />
        <source>Classes</source>
        <translation>Classes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="161" />
        <source>Alert on</source>
        <translation>Alerter pour</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="205" />
        <source>Floor plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="217" />
        <source>Ends</source>
        <translation>Bouts</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="230" />
        <source>name of %1</source>
        <translation>nom de %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="243" />
        <source>Two times, as in 08:00-21:00; several with commas between</source>
        <translation>Deux heures, comme 08:00-21:00 ; plusieurs séparées par des virgules</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_inspector.py" line="247" />
        <source>hours of %1</source>
        <translation>heures de %1</translation>
    </message>
</context><context>
    <name>LandmarkOffer</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_landmarks.py" line="52" />
        <source>Not in the picture</source>
        <translation>Pas dans l’image</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_landmarks.py" line="66" />
        <source>Click the marked place in the picture, %1 left.</source>
        <translation>Cliquez l’endroit marqué dans l’image, encore %1.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_landmarks.py" line="68" />
        <source>Click “%2” in the picture, %1 left.</source>
        <translation>Cliquez « %2 » dans l’image, encore %1.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_landmarks.py" line="70" />
        <source>Use %1 landmarks of other cameras</source>
        <translation>Reprendre %1 repères d’autres caméras</translation>
    </message>
</context><context>
    <name>LensEdits</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_lens.py" line="120" />
        <source>set the lens</source>
        <translation>régler l’objectif</translation>
    </message>
</context><context>
    <name>LensPanel</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_lens.py" line="35" />
        <source>Lens, from barrel to cushion</source>
        <translation>Objectif, du barillet au coussinet</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_lens.py" line="37" />
        <source>Check with straight edges</source>
        <translation>Vérifier avec des lignes droites</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_lens.py" line="39" />
        <source>Find</source>
        <translation>Trouver</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_lens.py" line="44" />
        <source>Lens</source>
        <translation>Objectif</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_lens.py" line="45" />
        <source>barrel</source>
        <translation>barillet</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_lens.py" line="45" />
        <source>cushion</source>
        <translation>coussinet</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_lens.py" line="67" />
        <source>Find it from the edges</source>
        <translation>Le trouver d’après les lignes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_lens.py" line="67" />
        <source>Find it from the pairs</source>
        <translation>Le trouver d’après les paires</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_lens.py" line="70" />
        <source>Bent by %1 px, with this lens by %2 px.</source>
        <translation>Courbé de %1 px, avec cet objectif de %2 px.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_lens.py" line="74" />
        <source>Draw in the picture along something straight: a shelf, a wall. Del takes it away.</source>
        <translation>Tracez dans l’image le long de quelque chose de droit : un rayon, un mur. Suppr l’enlève.</translation>
    </message>
</context><context>
    <name>LineWarning</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_warning.py" line="50" />
        <source>Turn across</source>
        <translation>Tourner</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_warning.py" line="51" />
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_warning.py" line="58" />
        <source>Nobody crosses “%1”</source>
        <translation>Personne ne franchit « %1 »</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_warning.py" line="58" />
        <source>People were near it, and nobody crossed in 4 h.</source>
        <translation>Des gens étaient proches, et personne n’a franchi en 4 h.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_warning.py" line="60" />
        <source>Nobody can cross “%1”</source>
        <translation>Personne ne peut franchir « %1 »</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_warning.py" line="61" />
        <source>There is no walkable floor on both sides of it.</source>
        <translation>Il n’y a pas de sol praticable des deux côtés.</translation>
    </message>
</context><context>
    <name>LiveDeeds</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_deeds.py" line="45" />
        <source>Save picture of the wall…</source>
        <translation>Garder l’image du mur…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_deeds.py" line="76" />
        <source>Save picture of %1…</source>
        <translation>Garder l’image de %1…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_deeds.py" line="77" />
        <source>All cameras</source>
        <translation>Toutes les caméras</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_deeds.py" line="77" />
        <source>Only %1</source>
        <translation>Seulement %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_deeds.py" line="78" />
        <source>Try camera %1 now</source>
        <translation>Essayer la caméra %1 maintenant</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_deeds.py" line="79" />
        <source>Edit camera %1…</source>
        <translation>Modifier la caméra %1…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_deeds.py" line="80" />
        <source>Remove camera %1</source>
        <translation>Retirer la caméra %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_deeds.py" line="120" />
        <source>There is no picture to save</source>
        <translation>Il n’y a pas d’image à garder</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_deeds.py" line="125" />
        <source>wall</source>
        <translation>mur</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_deeds.py" line="137" />
        <source>Save picture</source>
        <translation>Garder l’image</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_deeds.py" line="146" />
        <source>The picture is in %1</source>
        <translation>L’image est dans %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_deeds.py" line="148" />
        <source>Open the folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_deeds.py" line="169" />
        <source>remove camera %1</source>
        <translation>retirer la caméra %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_deeds.py" line="171" />
        <source>Camera %1 is removed, with what was drawn in its picture</source>
        <translation>La caméra %1 est retirée, avec ce qui était dessiné dans son image</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_deeds.py" line="172" />
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
</context><context>
    <name>LivePage</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="68" />
        <source>Ready to measure</source>
        <translation>Prêt à mesurer</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="69" />
        <source>From now on this store is measured whenever the program runs.</source>
        <translation>Désormais ce magasin est mesuré dès que le programme tourne.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="70" />
        <source>Start to measure</source>
        <translation>Lancer la mesure</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="78" />
        <source>No cameras yet</source>
        <translation>Pas encore de caméras</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="79" />
        <source>There is nothing to measure. Add a camera first.</source>
        <translation>Il n’y a rien à mesurer. Ajoutez d’abord une caméra.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="84" />
        <source>Cameras without a calibration are measured in their own pictures.</source>
        <translation>Les caméras sans calibrage sont mesurées dans leur propre image.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="86" />
        <source>Without a scale lengths are in plan pixels.</source>
        <translation>Sans échelle les longueurs sont en pixels du plan.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="88" />
        <source>Without zones and lines nothing is counted.</source>
        <translation>Sans zones ni lignes rien n’est compté.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="89" />
        <source>Everything is set up.</source>
        <translation>Tout est en place.</translation>
    </message>
</context><context>
    <name>LiveSide</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_side.py" line="33" />
        <source>hatched: not observed now</source>
        <translation>hachuré : non observé</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_side.py" line="34" />
        <source>Nothing happened yet.</source>
        <translation>Rien ne s’est encore passé.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_side.py" line="36" />
        <source>Floor plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_side.py" line="86" />
        <source>1 person</source>
        <translation>1 personne</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_side.py" line="86" />
        <source>%1 people</source>
        <translation>%1 personnes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live_side.py" line="89" />
        <source>%1: %2 seen now, %3 last seen %4 ago</source>
        <translation>%1 : %2 vues, %3 il y a %4</translation>
    </message>
</context><context>
    <name>LiveView</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="43" />
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="44" />
        <source>Cameras on the wall</source>
        <translation>Caméras sur le mur</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="46" />
        <source>Earlier cameras</source>
        <translation>Caméras précédentes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="47" />
        <source>Later cameras</source>
        <translation>Caméras suivantes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="50" />
        <location filename="../../heatmap_gui/desktop/views/live.py" line="49" />
        <source>All cameras</source>
        <translation>Toutes les caméras</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="51" />
        <source>Save picture</source>
        <translation>Garder l’image</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="52" />
        <source>Save a picture of the chosen camera</source>
        <translation>Garder une image de la caméra choisie</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="53" />
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="54" />
        <source>Full screen (F11)</source>
        <translation>Plein écran (F11)</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="64" />
        <source>Boxes</source>
        <translation>Cadres</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="65" />
        <source>Ids</source>
        <translation>Numéros</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="66" />
        <source>Trails</source>
        <translation>Trajets</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="67" />
        <source>Zones</source>
        <translation>Zones</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="68" />
        <source>Heat</source>
        <translation>Chaleur</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="69" />
        <source>Blur people</source>
        <translation>Flouter les gens</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="74" />
        <source>Heat: where people were on the floor, as the cameras see it</source>
        <translation>Chaleur : où étaient les gens au sol, comme les caméras le voient</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="75" />
        <source>Blur people: those who are found; pictures are blurred before they get here</source>
        <translation>Flouter les gens : ceux qui sont trouvés ; les images sont floutées avant d’arriver ici</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="173" />
        <location filename="../../heatmap_gui/desktop/views/live.py" line="80" />
        <source>Live</source>
        <translation>Direct</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="210" />
        <source>No store yet</source>
        <translation>Pas encore de magasin</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="211" />
        <source>Set one up, or look at the demo store.</source>
        <translation>Installez-en un, ou regardez le magasin de démonstration.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="212" />
        <source>Set up a store</source>
        <translation>Installer un magasin</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="215" />
        <source>No camera yet</source>
        <translation>Pas encore de caméra</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="215" />
        <source>Add one to see it here.</source>
        <translation>Ajoutez-en une pour la voir ici.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="215" />
        <source>Add cameras</source>
        <translation>Ajouter des caméras</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="217" />
        <source>Cannot measure</source>
        <translation>Mesure impossible</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="217" />
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="222" />
        <source>This store is not measured</source>
        <translation>Ce magasin n’est pas mesuré</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="223" />
        <source>Cameras are closed, nothing is counted. What was measured is kept.</source>
        <translation>Les caméras sont fermées, rien n’est compté. Ce qui a été mesuré est conservé.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="224" />
        <source>Start measuring</source>
        <translation>Lancer la mesure</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="239" />
        <source>%1 people, %2 person-seconds. Tables, pictures and a report are in %3.</source>
        <translation>%1 personnes, %2 personne-secondes. Tableaux, images et rapport sont dans %3.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="242" />
        <source>Measured to the end</source>
        <translation>Mesuré jusqu’au bout</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="242" />
        <source>Open the report</source>
        <translation>Ouvrir le rapport</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/live.py" line="306" />
        <source>Page %1 of %2</source>
        <translation>Page %1 sur %2</translation>
    </message>
</context><context>
    <name>MainWindow</name>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="200" />
        <location filename="../../heatmap_gui/desktop/main_window.py" line="143" />
        <location filename="../../heatmap_gui/desktop/main_window.py" line="73" />
        <source>Set up a store</source>
        <translation>Installer un magasin</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="263" />
        <location filename="../../heatmap_gui/desktop/main_window.py" line="105" />
        <source>Measure</source>
        <translation>Mesurer</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="106" />
        <source>Search or run a command</source>
        <translation>Chercher ou lancer une commande</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="111" />
        <source>This computer</source>
        <translation>Cet ordinateur</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="141" />
        <location filename="../../heatmap_gui/desktop/main_window.py" line="113" />
        <location filename="../../heatmap_gui/desktop/main_window.py" line="112" />
        <source>Light or dark</source>
        <translation>Clair ou sombre</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="121" />
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="137" />
        <source>Commands</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="138" />
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="139" />
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="140" />
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="142" />
        <source>Measure, or pause</source>
        <translation>Mesurer, ou mettre en pause</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="147" />
        <location filename="../../heatmap_gui/desktop/main_window.py" line="144" />
        <source>as this computer</source>
        <translation>comme cet ordinateur</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="145" />
        <source>Language: %1</source>
        <translation>Langue : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="147" />
        <source>light</source>
        <translation>clair</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="147" />
        <source>dark</source>
        <translation>sombre</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="149" />
        <source>Theme: %1</source>
        <translation>Thème : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="200" />
        <source>Go on setting it up</source>
        <translation>Continuer l’installation</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="233" />
        <location filename="../../heatmap_gui/desktop/main_window.py" line="204" />
        <source>No store yet</source>
        <translation>Pas encore de magasin</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="205" />
        <source>Set yours up, or look around in the demo store.</source>
        <translation>Installez le vôtre, ou visitez le magasin de démonstration.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="207" />
        <source>Nothing to show yet</source>
        <translation>Encore rien à montrer</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="208" />
        <source>%1 has neither a floor plan nor a camera.</source>
        <translation>%1 n’a ni plan ni caméra.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="237" />
        <source>Store: %1</source>
        <translation>Magasin : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="245" />
        <source>Set up a store…</source>
        <translation>Installer un magasin…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="249" />
        <source>Not measuring</source>
        <translation>Pas de mesure</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="250" />
        <source>Starting…</source>
        <translation>Démarrage…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="251" />
        <source>Measuring</source>
        <translation>Mesure en cours</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="252" />
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="253" />
        <source>Cannot measure</source>
        <translation>Mesure impossible</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="259" />
        <source>Measuring: %1 %</source>
        <translation>Mesure : %1 %</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="262" />
        <source>Engine: %1</source>
        <translation>Moteur : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="263" />
        <source>Pause measuring</source>
        <translation>Suspendre la mesure</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/main_window.py" line="353" />
        <source>Close without saving</source>
        <translation>Fermer sans enregistrer</translation>
    </message>
</context><context>
    <name>MapView</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/map.py" line="25" />
        <source>Viewing areas</source>
        <translation>Champs de vision</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/map.py" line="27" />
        <source>Whole plan</source>
        <translation>Tout le plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/map.py" line="29" />
        <source>No floor plan yet</source>
        <translation>Pas encore de plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/map.py" line="29" />
        <source>Set up a store to see its floor.</source>
        <translation>Installez un magasin pour voir son sol.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/map.py" line="29" />
        <source>Set up a store</source>
        <translation>Installer un magasin</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/map.py" line="32" />
        <source>Map</source>
        <translation>Plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/map.py" line="32" />
        <source>hatched: not observed now</source>
        <translation>hachuré : non observé</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/map.py" line="75" />
        <source>Not measured: nobody is shown</source>
        <translation>Pas de mesure : personne n’est montré</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/map.py" line="77" />
        <source>%1 on the floor now</source>
        <translation>%1 sur le sol maintenant</translation>
    </message>
</context><context>
    <name>Moved</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_moved.py" line="91" />
        <source>Camera %1 was turned: its picture is off by %2 px, people on the floor by %3.</source>
        <translation>La caméra %1 a tourné : son image est décalée de %2 px, les gens au sol de %3.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_moved.py" line="93" />
        <source>Camera %1 was moved: its picture is off by %2 px, people on the floor by %3.</source>
        <translation>La caméra %1 a bougé : son image est décalée de %2 px, les gens au sol de %3.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_moved.py" line="97" />
        <source>Move its pairs along</source>
        <translation>Déplacer ses paires avec elle</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_moved.py" line="109" />
        <location filename="../../heatmap_gui/desktop/views/calibrate_moved.py" line="97" />
        <source>They are right as they are</source>
        <translation>Elles sont justes ainsi</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_moved.py" line="107" />
        <source>Camera %1 was moved: %2. Move its pairs onto the new picture.</source>
        <translation>La caméra %1 a bougé : %2. Déplacez ses paires sur la nouvelle image.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_moved.py" line="126" />
        <source>move the pairs of camera %1 along</source>
        <translation>déplacer les paires avec la caméra %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_moved.py" line="139" />
        <source>keep the pairs of camera %1</source>
        <translation>garder les paires de la caméra %1</translation>
    </message>
</context><context>
    <name>NetworkSearch</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_search.py" line="35" />
        <source>Search the network</source>
        <translation>Chercher dans le réseau</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_search.py" line="36" />
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_search.py" line="38" />
        <source>How far the search is</source>
        <translation>Avancement de la recherche</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_search.py" line="44" />
        <source>Host of the camera</source>
        <translation>Hôte de la caméra</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_search.py" line="45" />
        <source>or its address: 192.168.1.64</source>
        <translation>ou son adresse : 192.168.1.64</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_search.py" line="48" />
        <source>Cameras in the network</source>
        <translation>Caméras du réseau</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_search.py" line="54" />
        <source>Ask for its streams</source>
        <translation>Demander ses flux</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_search.py" line="63" />
        <source>Searching for %1 s…</source>
        <translation>Recherche pendant %1 s…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_search.py" line="89" />
        <source>Given up.</source>
        <translation>Abandonné.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_search.py" line="111" />
        <source>Choose one, and write user and password of it below.</source>
        <translation>Choisissez-en une, et écrivez en bas son utilisateur et son mot de passe.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_search.py" line="114" />
        <source>No camera answers. Switch ONVIF on in the camera, or write its address: both have to be in one network.</source>
        <translation>Aucune caméra ne répond. Activez ONVIF dans la caméra, ou écrivez son adresse : les deux doivent être dans un même réseau.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_search.py" line="127" />
        <source>Choose a camera, or write its address first.</source>
        <translation>Choisissez une caméra, ou écrivez d’abord son adresse.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_search.py" line="132" />
        <source>Asking %1…</source>
        <translation>Question à %1…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_search.py" line="149" />
        <source>%1 streams found: look at the picture, then add the camera.</source>
        <translation>%1 flux trouvés : regardez l’image, puis ajoutez la caméra.</translation>
    </message>
</context><context>
    <name>NextSteps</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="180" />
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="155" />
        <source>What to do next</source>
        <translation>Que faire ensuite</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="180" />
        <source>Nothing is left to do</source>
        <translation>Rien ne reste à faire</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="193" />
        <source>Click a corner on the floor in the picture, then the same place on the plan.</source>
        <translation>Cliquez un coin au sol dans l’image, puis le même endroit sur le plan.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="194" />
        <source>%1 more pairs are needed, spread over the floor: near, far, left and right.</source>
        <translation>Il manque %1 paires, réparties sur le sol : près, loin, à gauche et à droite.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="198" />
        <source>Set the plan's scale by one known length; errors are in plan pixels until then.</source>
        <translation>Donnez l’échelle du plan par une longueur connue ; d’ici là les erreurs sont en pixels du plan.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="200" />
        <source>Look at pair %1: move one of its points, or un-check it.</source>
        <translation>Regardez la paire %1 : déplacez l’un de ses points, ou décochez-la.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="203" />
        <source>Check that the plan is drawn from above: the pairs go round the other way.</source>
        <translation>Vérifiez que le plan est vu d’en haut : les paires tournent dans l’autre sens.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="205" />
        <source>Add pairs, up to 6 or 8: only more than four show how good they are.</source>
        <translation>Ajoutez des paires, jusqu’à 6 ou 8 : seules plus de quatre montrent leur qualité.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_grade.py" line="207" />
        <source>A pair at the blue mark helps most: from ± %1 to ± %2.</source>
        <translation>Une paire à la marque bleue aide le plus : de ± %1 à ± %2.</translation>
    </message>
</context><context>
    <name>OpacitySlider</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_opacity.py" line="24" />
        <source>How much of the camera shows on the plan</source>
        <translation>Part de la caméra visible sur le plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_opacity.py" line="26" />
        <source>Stand a person of 1.70 m under the pointer</source>
        <translation>Placer une personne de 1,70 m sous le pointeur</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_opacity.py" line="31" />
        <source>Camera on plan</source>
        <translation>Caméra sur le plan</translation>
    </message>
</context><context>
    <name>PairDesk</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_desk.py" line="65" />
        <source>Camera picture</source>
        <translation>Image de la caméra</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_desk.py" line="101" />
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_desk.py" line="137" />
        <source>arrows: error, 20 times; blue: plan</source>
        <translation>flèches : erreur, 20 fois ; bleu : plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_desk.py" line="139" />
        <source>dashed: where the pairs would go; blue: plan</source>
        <translation>tirets : où iraient les paires ; bleu : plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_desk.py" line="142" />
        <source>± 10 cm solid, 20 dashed, 40 dotted</source>
        <translation>± 10 cm plein, 20 tirets, 40 points</translation>
    </message>
</context><context>
    <name>PairEdits</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_edits.py" line="89" />
        <source>add pair %1</source>
        <translation>ajouter la paire %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_edits.py" line="89" />
        <source>move pair %1</source>
        <translation>déplacer la paire %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_edits.py" line="89" />
        <source>nudge pair %1</source>
        <translation>pousser la paire %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_edits.py" line="90" />
        <source>snap pair %1</source>
        <translation>aligner la paire %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_edits.py" line="90" />
        <source>delete pair %1</source>
        <translation>supprimer la paire %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_edits.py" line="91" />
        <source>hold out pair %1</source>
        <translation>mettre de côté la paire %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_edits.py" line="91" />
        <source>use pair %1</source>
        <translation>utiliser la paire %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_edits.py" line="91" />
        <source>name pair %1</source>
        <translation>nommer la paire %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_edits.py" line="113" />
        <source>remember what the cameras show</source>
        <translation>retenir ce que montrent les caméras</translation>
    </message>
</context><context>
    <name>PairModel</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_table.py" line="72" />
        <source>Pair</source>
        <translation>Paire</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_table.py" line="72" />
        <source>Landmark</source>
        <translation>Repère</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_table.py" line="72" />
        <source>In the fit, %1</source>
        <translation>Avec, %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_table.py" line="73" />
        <source>Left out, %1</source>
        <translation>Sans, %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_table.py" line="73" />
        <source>Plan x, y, %1</source>
        <translation>Plan x, y, %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_table.py" line="91" />
        <source>A name, for people; the landmark is offered to the other cameras (F2)</source>
        <translation>Un nom, pour les gens ; le repère est proposé aux autres caméras (F2)</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_table.py" line="93" />
        <source>The other pairs contradict this one: look at both of its points.</source>
        <translation>Les autres paires contredisent celle-ci : regardez ses deux points.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_table.py" line="102" />
        <source>held out</source>
        <translation>mise de côté</translation>
    </message>
</context><context>
    <name>PairTable</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_table.py" line="162" />
        <source>Pairs, the worst first</source>
        <translation>Paires, la pire d’abord</translation>
    </message>
</context><context>
    <name>Places</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_places.py" line="47" />
        <source>Camera picture</source>
        <translation>Image de la caméra</translation>
    </message>
</context><context>
    <name>PlanCanvas</name>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/plan.py" line="45" />
        <source>Floor plan</source>
        <translation>Plan</translation>
    </message>
</context><context>
    <name>PlanPage</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="100" />
        <source>What does the floor look like?</source>
        <translation>À quoi ressemble le sol ?</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="101" />
        <source>A drawing seen from above: an architect's plan, a fire escape plan, even a sketch.</source>
        <translation>Un dessin vu d’en haut : plan d’architecte, plan d’évacuation, même un croquis.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="107" />
        <source>Drop the floor plan here</source>
        <translation>Déposez le plan ici</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="107" />
        <source>A PNG, a JPEG or a page of a PDF.</source>
        <translation>Un PNG, un JPEG ou une page d’un PDF.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="108" />
        <source>Choose a file…</source>
        <translation>Choisir un fichier…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="123" />
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="120" />
        <source>Page</source>
        <translation>Page</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="125" />
        <source>Choose another file…</source>
        <translation>Choisir un autre fichier…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="126" />
        <source>Width of the floor</source>
        <translation>Largeur du sol</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="127" />
        <source>Depth of the floor</source>
        <translation>Profondeur du sol</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="129" />
        <source>Use an empty floor</source>
        <translation>Prendre un sol vide</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="131" />
        <source>Floor plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="132" />
        <source>No plan at hand?</source>
        <translation>Pas de plan sous la main ?</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="133" />
        <source>An empty floor of the right size does. A plan can follow later.</source>
        <translation>Un sol vide de la bonne taille suffit. Un plan peut suivre.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="134" />
        <source>Width</source>
        <translation>Largeur</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="135" />
        <source>Depth</source>
        <translation>Profondeur</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="166" />
        <source>None yet.</source>
        <translation>Encore aucun.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="169" />
        <source>An empty floor.</source>
        <translation>Un sol vide.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="177" />
        <source>Plans (*.png *.jpg *.jpeg *.pdf)</source>
        <translation>Plans (*.png *.jpg *.jpeg *.pdf)</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="178" />
        <source>Choose the floor plan</source>
        <translation>Choisir le plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="188" />
        <source>Reading %1…</source>
        <translation>Lecture de %1…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="203" />
        <source>floor plan</source>
        <translation>plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="208" />
        <source>Cameras and zones were placed on the earlier plan. Check them, or undo the change.</source>
        <translation>Caméras et zones étaient placées sur le plan précédent. Vérifiez-les, ou annulez le changement.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="214" />
        <source> of %1</source>
        <translation> sur %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_plan.py" line="229" />
        <source>empty floor</source>
        <translation>sol vide</translation>
    </message>
</context><context>
    <name>Preview</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="54" />
        <source>Preview from stored tracks</source>
        <translation>Aperçu des trajets</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="90" />
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="61" />
        <source>Last 4 h</source>
        <translation>4 h</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="62" />
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="62" />
        <source>Now</source>
        <translation>Après</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="62" />
        <source>Change</source>
        <translation>Écart</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="89" />
        <source>4 h until %1</source>
        <translation>4 h jusqu’à %1</translation>
    </message>
</context><context>
    <name>RailButton</name>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/rail.py" line="36" />
        <source>%1: to come</source>
        <translation>%1 : à venir</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/rail.py" line="43" />
        <source>%1, to be looked at: %2</source>
        <translation>%1, à regarder : %2</translation>
    </message>
</context><context>
    <name>Recounting</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_recounting.py" line="47" />
        <source>Counted with this camera's boxes, which are not stored: there is no preview.</source>
        <translation>Compté avec les cadres de cette caméra, qui ne sont pas conservés : il n’y a pas d’aperçu.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_recounting.py" line="53" />
        <source>Reading the newest tracks…</source>
        <translation>Lecture des derniers trajets…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_recounting.py" line="81" />
        <source>No tracks are stored yet. Measure for a while, and they are counted here.</source>
        <translation>Aucun trajet n’est encore conservé. Mesurez un moment, et ils sont comptés ici.</translation>
    </message>
</context><context>
    <name>Report</name>
    <message>
        <location filename="../../heatmap_gui/desktop/unexpected.py" line="74" />
        <source>Something unexpected happened</source>
        <translation>Un imprévu est survenu</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/unexpected.py" line="80" />
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/unexpected.py" line="81" />
        <source>The program goes on, and nothing that was saved is lost. Please report this with the text below.</source>
        <translation>Le programme continue, et rien d’enregistré n’est perdu. Merci de le signaler avec le texte ci-dessous.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/unexpected.py" line="84" />
        <source>Copy report</source>
        <translation>Copier le rapport</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/unexpected.py" line="85" />
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
</context><context>
    <name>Revisions</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_revisions.py" line="30" />
        <source>Earlier calibrations, and those of other files</source>
        <translation>Calibrages antérieurs, et ceux d’autres fichiers</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_revisions.py" line="36" />
        <source>Camera %1: now %2</source>
        <translation>Caméra %1 : maintenant %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_revisions.py" line="45" />
        <source>%1, places are %2 from those of now</source>
        <translation>%1, lieux à %2 de ceux d’aujourd’hui</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_revisions.py" line="54" />
        <source>Take over calibrations from a file…</source>
        <translation>Reprendre des calibrages d’un fichier…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_revisions.py" line="60" />
        <source>A site file or a file of matrices</source>
        <translation>Un fichier de site ou de matrices</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_revisions.py" line="62" />
        <source>JSON files (*.json)</source>
        <translation>Fichiers JSON (*.json)</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_revisions.py" line="83" />
        <source>%1 has no calibration for a camera of this store</source>
        <translation>%1 n’a pas de calibrage pour une caméra de ce magasin</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_revisions.py" line="94" />
        <source>take over calibrations</source>
        <translation>reprendre des calibrages</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_revisions.py" line="95" />
        <source>Calibrations of %1 taken over from %2</source>
        <translation>Calibrages de %1 repris de %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/revisions.py" line="92" />
        <source>Revision %1</source>
        <translation>Révision %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/revisions.py" line="93" />
        <source>Save as revision %1</source>
        <translation>Garder rév. %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/revisions.py" line="118" />
        <source>Go back to revision %1, %2: %3</source>
        <translation>Revenir à la révision %1, %2 : %3</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/revisions.py" line="124" />
        <source>No earlier revision is kept yet</source>
        <translation>Aucune révision antérieure n’est encore conservée</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_revisions.py" line="23" />
        <source>Earlier zones and lines</source>
        <translation>Zones et lignes antérieures</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_revisions.py" line="26" />
        <source>Zones and lines now: %1</source>
        <translation>Zones et lignes : %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_revisions.py" line="34" />
        <source>%1 changed since</source>
        <translation>%1 modifiées depuis</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_revisions.py" line="35" />
        <source>%1 deleted since</source>
        <translation>%1 supprimées depuis</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_revisions.py" line="36" />
        <source>%1 added since</source>
        <translation>%1 ajoutées depuis</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_revisions.py" line="40" />
        <source>the same as now</source>
        <translation>comme maintenant</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_revisions.py" line="49" />
        <source>go back to earlier zones</source>
        <translation>revenir aux zones antérieures</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_revisions.py" line="50" />
        <source>Zones and lines are the earlier ones again</source>
        <translation>Zones et lignes sont de nouveau les antérieures</translation>
    </message>
</context><context>
    <name>ScalePage</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="40" />
        <source>How large is this plan?</source>
        <translation>Quelle est la taille de ce plan ?</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="41" />
        <source>Click the two ends of one length that you know. The longer it is, the better.</source>
        <translation>Cliquez les deux bouts d’une longueur connue. Plus elle est longue, mieux c’est.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="42" />
        <source>Skip this and all lengths stay in plan pixels.</source>
        <translation>Passez, et toutes les longueurs restent en pixels du plan.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="51" />
        <source>Lines</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="51" />
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="53" />
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="51" />
        <source>Plan shown as</source>
        <translation>Plan montré comme</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="76" />
        <source>Smaller</source>
        <translation>Plus petit</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="77" />
        <source>Larger</source>
        <translation>Plus grand</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="78" />
        <source>Whole plan</source>
        <translation>Tout le plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="87" />
        <source>length in metres</source>
        <translation>longueur en mètres</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="89" />
        <source>The length you clicked, in metres</source>
        <translation>La longueur cliquée, en mètres</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="96" />
        <source>One pixel of the plan</source>
        <translation>Un pixel du plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="96" />
        <source>The whole plan</source>
        <translation>Tout le plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="97" />
        <source>Area</source>
        <translation>Surface</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="97" />
        <source>Exact to</source>
        <translation>Précis à</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="103" />
        <source>The length you clicked</source>
        <translation>La longueur cliquée</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="104" />
        <source>That makes</source>
        <translation>Cela fait</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="105" />
        <source>Does it look right?</source>
        <translation>Est-ce que cela semble juste ?</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="106" />
        <source>A person and a trolley follow the pointer at this scale: hold them beside a door or an aisle that you know.</source>
        <translation>Une personne et un chariot suivent le pointeur à cette échelle : tenez-les près d’une porte ou d’une allée connue.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="133" />
        <source>± %1 %, %2 on %3</source>
        <translation>± %1 %, %2 sur %3</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="145" />
        <source>Now the other end.</source>
        <translation>Maintenant l’autre bout.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="147" />
        <source>As you measured it on the ground, end to end. Drag the ends to correct them.</source>
        <translation>Tel que mesuré au sol, d’un bout à l’autre. Faites glisser les bouts pour corriger.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="149" />
        <source>The scale is known. Click two ends to measure it anew.</source>
        <translation>L’échelle est connue. Cliquez deux bouts pour la mesurer à nouveau.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="151" />
        <source>Click one end, then the other: a wall, a row of shelves, a shop front.</source>
        <translation>Cliquez un bout, puis l’autre : un mur, une rangée de rayons, une vitrine.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="159" />
        <source>The PDF says 1:%1. That would make the plan %2 m wide.</source>
        <translation>Le PDF dit 1:%1. Le plan ferait alors %2 m de large.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="161" />
        <source>Use 1:%1</source>
        <translation>Prendre 1:%1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="238" />
        <source>scale of the plan</source>
        <translation>échelle du plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="260" />
        <source>%1 on the plan</source>
        <translation>%1 sur le plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_scale.py" line="262" />
        <source>%1 m on the ground, %2</source>
        <translation>%1 m au sol, %2</translation>
    </message>
</context><context>
    <name>Screens</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/__init__.py" line="73" />
        <source>Live</source>
        <translation>Direct</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/__init__.py" line="74" />
        <source>Map</source>
        <translation>Plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/__init__.py" line="75" />
        <source>Calibrate</source>
        <translation>Calibrage</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/__init__.py" line="76" />
        <source>Zones</source>
        <translation>Zones</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/__init__.py" line="77" />
        <source>Heat map</source>
        <translation>Chaleur</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/__init__.py" line="78" />
        <source>Analytics</source>
        <translation>Analyses</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/__init__.py" line="79" />
        <source>Traffic</source>
        <translation>Trafic</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/__init__.py" line="80" />
        <source>Jobs</source>
        <translation>Tâches</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/__init__.py" line="81" />
        <source>Alerts</source>
        <translation>Alertes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/__init__.py" line="82" />
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/__init__.py" line="83" />
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/__init__.py" line="86" />
        <source>First start</source>
        <translation>Premier pas</translation>
    </message>
</context><context>
    <name>Session</name>
    <message>
        <location filename="../../heatmap_gui/desktop/session.py" line="192" />
        <source>Saved %1</source>
        <translation>Enregistré à %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/session.py" line="197" />
        <source>Not saved</source>
        <translation>Non enregistré</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/session.py" line="227" />
        <source>The site file was changed and cannot be used: %1. What you see here stays; with the next change here the file is written anew.</source>
        <translation>Le fichier de site a été modifié et n’est pas utilisable : %1. Ce que vous voyez ici reste ; au prochain changement ici, le fichier est réécrit.</translation>
    </message>
</context><context>
    <name>ShapeList</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="189" />
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="183" />
        <source>Zones</source>
        <translation>Zones</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="189" />
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="183" />
        <source>Lines</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="190" />
        <source>Draw a zone</source>
        <translation>Dessiner une zone</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="190" />
        <source>Draw a line</source>
        <translation>Dessiner une ligne</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="241" />
        <source>While one is selected</source>
        <translation>Tant qu’un élément est choisi</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="243" />
        <source>Arrows</source>
        <translation>Flèches</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="243" />
        <source>move 1 cm</source>
        <translation>bouger 1 cm</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="244" />
        <source>Shift Arrows</source>
        <translation>Maj Flèches</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="244" />
        <source>move 10 cm</source>
        <translation>bouger 10 cm</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="245" />
        <source>next corner</source>
        <translation>sommet suivant</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="246" />
        <source>remove corner</source>
        <translation>ôter sommet</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="247" />
        <source>no snapping</source>
        <translation>sans alignement</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="248" />
        <source>undo this drag</source>
        <translation>annuler le geste</translation>
    </message>
</context><context>
    <name>StatusBar</name>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/status.py" line="69" />
        <source>%1 detections/s</source>
        <translation>%1 détections/s</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/status.py" line="73" />
        <source>Store time %1</source>
        <translation>Heure du magasin %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/status.py" line="80" />
        <source>Not measuring</source>
        <translation>Pas de mesure</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/status.py" line="85" />
        <source>%1 of %2 cameras live</source>
        <translation>Caméras en direct : %1 sur %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/status.py" line="85" />
        <source>%1 of 1 camera live</source>
        <translation>Caméra en direct : %1 sur 1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/status.py" line="88" />
        <source>%1 stale</source>
        <translation>%1 figées</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/status.py" line="89" />
        <source>%1 not usable</source>
        <translation>%1 inutilisables</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/status.py" line="90" />
        <source>%1 lost</source>
        <translation>%1 perdues</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/status.py" line="91" />
        <source>%1 connecting</source>
        <translation>%1 en connexion</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/status.py" line="103" />
        <source>Costs %1 % of this computer, %2 GB memory</source>
        <translation>Coûte %1 % de cet ordinateur, %2 Go de mémoire</translation>
    </message>
</context><context>
    <name>StepList</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_page.py" line="149" />
        <source>Steps</source>
        <translation>Étapes</translation>
    </message>
</context><context>
    <name>StepRow</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_page.py" line="102" />
        <source>done</source>
        <translation>fait</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_page.py" line="102" />
        <source>to do</source>
        <translation>à faire</translation>
    </message>
</context><context>
    <name>StorePage</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_store.py" line="26" />
        <source>Which store?</source>
        <translation>Quel magasin ?</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_store.py" line="27" />
        <source>Look around in a made-up one first, or begin with yours.</source>
        <translation>Découvrez d’abord un magasin inventé, ou commencez par le vôtre.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_store.py" line="31" />
        <source>Name of the store</source>
        <translation>Nom du magasin</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_store.py" line="32" />
        <source>Harbour Street</source>
        <translation>Rue du Port</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_store.py" line="67" />
        <location filename="../../heatmap_gui/desktop/views/first_start_store.py" line="38" />
        <source>Time zone</source>
        <translation>Fuseau horaire</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_store.py" line="54" />
        <source>Demo store</source>
        <translation>Magasin de démonstration</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_store.py" line="56" />
        <source>Three synthetic cameras above one floor. Everything is calibrated, people walk and buy.</source>
        <translation>Trois caméras de synthèse au-dessus d’un sol. Tout est calibré, les gens marchent et achètent.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_store.py" line="60" />
        <source>Open the demo store</source>
        <translation>Ouvrir le magasin de démonstration</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_store.py" line="65" />
        <source>My own store</source>
        <translation>Mon magasin</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_store.py" line="66" />
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_store.py" line="82" />
        <source>%1 is open. Go on with it, or write the name of another store.</source>
        <translation>%1 est ouvert. Continuez avec lui, ou écrivez le nom d’un autre magasin.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_store.py" line="105" />
        <source>There is no time zone %1: choose one of the list.</source>
        <translation>Il n’y a pas de fuseau %1 : choisissez dans la liste.</translation>
    </message>
</context><context>
    <name>Tile</name>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="93" />
        <source>%1 fps</source>
        <translation>%1 i/s</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="94" />
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="95" />
        <source>%1 skipped</source>
        <translation>%1 sautées</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="100" />
        <source>Not live</source>
        <translation>Pas en direct</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="102" />
        <source>No picture</source>
        <translation>Pas d’image</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="104" />
        <source>No picture for %1</source>
        <translation>Pas d’image depuis %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="137" />
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="106" />
        <source>Connecting…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="139" />
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="108" />
        <source>Not measured</source>
        <translation>Pas mesurée</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="129" />
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="124" />
        <source>Not live: picture is %1 s old</source>
        <translation>Pas en direct : l’image date de %1 s</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="126" />
        <source>This computer is too busy to look at newer ones</source>
        <translation>Cet ordinateur est trop occupé pour en regarder de plus récentes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="127" />
        <source>Nothing is counted here until it moves</source>
        <translation>Rien n’est compté ici jusqu’à la prochaine image</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="131" />
        <source>Camera refuses user or password</source>
        <translation>La caméra refuse l’utilisateur ou le mot de passe</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="133" />
        <source>Pictures do not fit the calibration</source>
        <translation>Les images ne correspondent pas au calibrage</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="135" />
        <source>Camera does not answer</source>
        <translation>La caméra ne répond pas</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="139" />
        <source>Start measuring in the bar above.</source>
        <translation>Lancez la mesure dans la barre du haut.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/tile.py" line="289" />
        <source>Try %1 in %2</source>
        <translation>Essai %1 dans %2</translation>
    </message>
</context><context>
    <name>TimeBar</name>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/time_bar.py" line="52" />
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/time_bar.py" line="289" />
        <source>not observed</source>
        <translation>non observé</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/time_bar.py" line="291" />
        <source>%1 people</source>
        <translation>%1 personnes</translation>
    </message>
</context><context>
    <name>Tools</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="32" />
        <source>Select</source>
        <translation>Choisir</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="33" />
        <source>Polygon</source>
        <translation>Polygone</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="34" />
        <source>Line</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="41" />
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="40" />
        <source>Type of new zones</source>
        <translation>Type des nouvelles zones</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="45" />
        <source>Snap to corners, lines and a 5 cm grid</source>
        <translation>Aligner sur sommets, lignes et grille de 5 cm</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="100" />
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="48" />
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="101" />
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="49" />
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="51" />
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="51" />
        <source>Camera</source>
        <translation>Caméra</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="52" />
        <source>Draw on</source>
        <translation>Dessiner sur</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="55" />
        <source>Camera to draw on</source>
        <translation>Caméra où dessiner</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="60" />
        <source>Zones</source>
        <translation>Zones</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_tools.py" line="105" />
        <source>Undo: %1</source>
        <translation>Annuler : %1</translation>
    </message>
</context><context>
    <name>UndoButtons</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_history.py" line="23" />
        <location filename="../../heatmap_gui/desktop/views/calibrate_history.py" line="21" />
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_history.py" line="24" />
        <location filename="../../heatmap_gui/desktop/views/calibrate_history.py" line="22" />
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_history.py" line="38" />
        <source>Undo: %1</source>
        <translation>Annuler : %1</translation>
    </message>
</context><context>
    <name>Wall</name>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/wall.py" line="61" />
        <source>Camera wall</source>
        <translation>Mur de caméras</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/wall.py" line="201" />
        <source>live</source>
        <translation>direct</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/wall_remedies.py" line="42" />
        <source>Try %1 now</source>
        <translation>Essayer %1 maintenant</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/wall_remedies.py" line="43" />
        <source>Edit camera %1</source>
        <translation>Modifier la caméra %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/wall_remedies.py" line="55" />
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/wall_remedies.py" line="56" />
        <source>Edit camera</source>
        <translation>Modifier la caméra</translation>
    </message>
</context><context>
    <name>ZoneTable</name>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/live_tables.py" line="63" />
        <source>Zone</source>
        <translation>Zone</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/live_tables.py" line="63" />
        <source>People now</source>
        <translation>Présents</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/live_tables.py" line="63" />
        <source>Visits today</source>
        <translation>Visites du jour</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/live_tables.py" line="63" />
        <source>Mean stay</source>
        <translation>Séjour moyen</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/live_tables.py" line="67" />
        <source>Zones</source>
        <translation>Zones</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/live_tables.py" line="93" />
        <source>not observed</source>
        <translation>non observé</translation>
    </message>
</context><context>
    <name>Zones</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="58" />
        <source>Line %1</source>
        <translation>Ligne %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="67" />
        <source>draw %1</source>
        <translation>dessiner %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="99" />
        <source>swap in and out of %1</source>
        <translation>inverser entrés et sortis de %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="109" />
        <source>turn %1 across</source>
        <translation>tourner %1 en travers</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="113" />
        <source>delete %1</source>
        <translation>supprimer %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="114" />
        <source>%1 is deleted</source>
        <translation>%1 est supprimé</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_revisions.py" line="51" />
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="149" />
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="115" />
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="121" />
        <source>duplicate %1</source>
        <translation>dupliquer %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="128" />
        <source>the floor plan</source>
        <translation>le plan</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="129" />
        <source>%1 is copied to %2</source>
        <translation>%1 est copié sur %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="132" />
        <source>Not copied: calibrate %2 first, so that its size and place are known</source>
        <translation>Pas copié : calibrez d’abord %2, pour que sa taille et sa place soient connues</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="137" />
        <source>%1 is copied to %2 and scaled, as that picture has another size: check its place</source>
        <translation>%1 est copié sur %2 et mis à l’échelle, car cette image a une autre taille : vérifiez sa place</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="141" />
        <source>%1 is copied to the same pixels of %2: check its place</source>
        <translation>%1 est copié sur les mêmes pixels de %2 : vérifiez sa place</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="143" />
        <source>Not copied: %2 does not see that place</source>
        <translation>Pas copié : %2 ne voit pas cet endroit</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="146" />
        <source>copy %1</source>
        <translation>copier %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_deeds.py" line="154" />
        <source>%1 copy</source>
        <translation>%1 copie</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_painting.py" line="71" />
        <source>in</source>
        <translation>entrés</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_painting.py" line="72" />
        <source>out</source>
        <translation>sortis</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_painting.py" line="272" />
        <source>on the corner of another</source>
        <translation>sur le sommet d’une autre</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_painting.py" line="273" />
        <source>in line, above or below</source>
        <translation>aligné, au-dessus ou au-dessous</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_painting.py" line="274" />
        <source>in line, left or right</source>
        <translation>aligné, à gauche ou à droite</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="118" />
        <source>Visits</source>
        <translation>Visites</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="119" />
        <source>Mean stay</source>
        <translation>Séjour moyen</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="120" />
        <source>Most at once</source>
        <translation>Maximum à la fois</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="125" />
        <source>In</source>
        <translation>Entrés</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="126" />
        <source>Out</source>
        <translation>Sortis</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_preview.py" line="127" />
        <source>Came within 1 m</source>
        <translation>Venus à moins de 1 m</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_ruler.py" line="56" />
        <source>x %1, y %2</source>
        <translation>x %1, y %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_ruler.py" line="66" />
        <source>%1, outline %2</source>
        <translation>%1, tour %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="18" />
        <source>Entry</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="19" />
        <source>Queue</source>
        <translation>File d’attente</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="20" />
        <source>Shelf</source>
        <translation>Rayon</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="21" />
        <source>Checkout</source>
        <translation>Caisse</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="22" />
        <source>General</source>
        <translation>Générale</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="23" />
        <source>Forbidden</source>
        <translation>Interdite</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="31" />
        <source>Stop line: who goes over it</source>
        <translation>Ligne d’arrêt : qui la franchit</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="33" />
        <source>Line: in, out</source>
        <translation>Ligne : entrés, sortis</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="36" />
        <source>Entry: in, out, inside</source>
        <translation>Entrée : flux, présents</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="37" />
        <source>Queue: length, wait</source>
        <translation>File : longueur, attente</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="38" />
        <source>Shelf: stops, dwell</source>
        <translation>Rayon : arrêts, durée</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="39" />
        <source>Checkout: served, time</source>
        <translation>Caisse : servis, durée</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="40" />
        <source>General: people, time</source>
        <translation>Générale : gens, durée</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="41" />
        <source>Forbidden: alerts</source>
        <translation>Interdite : alertes</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="48" />
        <source>Edges must not cross</source>
        <translation>Les côtés ne doivent pas se croiser</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="49" />
        <source>Too small to measure anything</source>
        <translation>Trop petite pour mesurer quoi que ce soit</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="50" />
        <source>A zone needs three corners</source>
        <translation>Une zone a besoin de trois sommets</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="57" />
        <source>move corner %2 of %1</source>
        <translation>déplacer le sommet %2 de %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="58" />
        <source>move %1</source>
        <translation>déplacer %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="59" />
        <source>add corner %2 to %1</source>
        <translation>ajouter le sommet %2 à %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="60" />
        <source>remove a corner of %1</source>
        <translation>supprimer un sommet de %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="61" />
        <source>nudge %1</source>
        <translation>décaler %1</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="68" />
        <source>Click corner after corner, and the first one again or Enter to end; or drag a rectangle. Backspace takes a corner back, Esc ends.</source>
        <translation>Cliquez sommet après sommet, puis de nouveau le premier ou Entrée pour finir ; ou tracez un rectangle. Retour arrière reprend un sommet, Échap arrête.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_words.py" line="73" />
        <source>Click where the line begins and where it ends, or drag. Walkers go across it.</source>
        <translation>Cliquez où la ligne commence et où elle finit, ou tracez-la. Les passants la traversent.</translation>
    </message>
</context><context>
    <name>ZonesPage</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="46" />
        <source>What is to be counted, and where?</source>
        <translation>Que compter, et où ?</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="47" />
        <source>A line at the door counts who comes in; zones tell how long people stay.</source>
        <translation>Une ligne à la porte compte les entrées ; les zones disent combien de temps on reste.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="48" />
        <source>Skip this and there is a heat map, but no counts.</source>
        <translation>Passez, et il y a une carte de chaleur, mais pas de comptages.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="49" />
        <source>Draw zones</source>
        <translation>Dessiner des zones</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="56" />
        <source>No zones yet</source>
        <translation>Pas encore de zones</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="57" />
        <source>Begin with one line across the entrance.</source>
        <translation>Commencez par une ligne en travers de l’entrée.</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="59" />
        <source>Zones: %1, lines: %2</source>
        <translation>Zones : %1, lignes : %2</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/first_start_after.py" line="60" />
        <source>More can be drawn at any time, also while it measures.</source>
        <translation>D’autres peuvent être dessinées à tout moment, aussi pendant la mesure.</translation>
    </message>
</context><context>
    <name>ZonesView</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones.py" line="306" />
        <source>Not moved: that is beyond the horizon of this camera</source>
        <translation>Pas déplacée : c’est au-delà de l’horizon de cette caméra</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_commands.py" line="30" />
        <source>Delete the selected zone or line</source>
        <translation>Supprimer la zone ou la ligne choisie</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_commands.py" line="31" />
        <source>Swap in and out of the line</source>
        <translation>Inverser entrée et sortie de la ligne</translation>
    </message>
</context><context>
    <name>_Chip</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_cameras.py" line="100" />
        <source>not calibrated</source>
        <translation>non calibrée</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/calibrate_cameras.py" line="101" />
        <source>moved</source>
        <translation>déplacée</translation>
    </message>
</context><context>
    <name>_Kind</name>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="134" />
        <source>Line: nobody can cross</source>
        <translation>Ligne : personne ne peut la franchir</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/views/zones_list.py" line="137" />
        <source>%1 (H shows or hides it)</source>
        <translation>%1 (H l’affiche ou le cache)</translation>
    </message>
</context><context>
    <name>_Ramp</name>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_key.py" line="64" />
        <source>Legend of the heat</source>
        <translation>Légende de la chaleur</translation>
    </message>
    <message>
        <location filename="../../heatmap_gui/desktop/widgets/heat_key.py" line="92" />
        <source>not observed</source>
        <translation>non observé</translation>
    </message>
</context></TS>

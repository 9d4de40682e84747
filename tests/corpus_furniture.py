"""Furniture in other languages than the corpus has, for the generator to put into its manuscripts.

What is recognized must be recognized by its place and its return, not by its words.
"""

from __future__ import annotations

from msgspec import Struct


class Language(Struct, frozen=True):
    """The names of the months and the generator's lists of furniture, by its own keys."""

    months: list[str]
    furniture: dict[str, list[str]]


GERMAN = Language(
    ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
    {
        "credit": [
            "Foto: Heike Brandt",
            "© Jürgen Maaß Fotografie",
            "Bild: Stadtarchiv Lübeck",
            "Aufnahme von Sven Öhler, gemeinfrei",
            "© Atelier Nordlicht",
        ],
        "share": [
            "Teilen mit:",
            "Klick, um über Twitter zu teilen (Wird in neuem Fenster geöffnet)",
            "Klick, um auf Facebook zu teilen (Wird in neuem Fenster geöffnet)",
            "Gefällt mir Wird geladen …",
            "Ähnliche Beiträge",
        ],
        "read": ["{n} Min. Lesezeit{d}. {m} {y}", "{n} Min. Lesezeit · {d}. {m} {y}"],
        "meta": [
            "Veröffentlicht am {d}. {m} {y} von dieschreiberin",
            "Abgelegt unter Allgemein",
            "Schreibe einen Kommentar",
        ],
        "comments": [
            "3 Gedanken zu „{t}“",
            "Großartig! Ich warte ungeduldig auf die Fortsetzung.",
            "Antworten",
            "leseratte77 sagt:",
            "Ein Blog auf der eigenen Maschine.",
        ],
        "foot": ["Von dieschreiberin", "Alle Beiträge von dieschreiberin anzeigen", "Impressum"],
        "run": ["{T}", "{A}"],
        "page": ["Seite {p}", "[{p}]"],
    },
)
FRENCH = Language(
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
    {
        "credit": [
            "Crédit photo : Maëlle Guérin",
            "Photographie de Luc Fabre",
            "© Agence Belle-Île",
            "Illustration : domaine public",
            "© Noé Lambert, tous droits réservés",
        ],
        "share": [
            "Partager :",
            "Cliquez pour partager sur Twitter (ouvre dans une nouvelle fenêtre)",
            "Cliquez pour partager sur Facebook (ouvre dans une nouvelle fenêtre)",
            "J’aime chargement…",
            "Articles similaires",
        ],
        "read": ["{n} min de lecture{d} {m} {y}", "Lecture : {n} min – {d} {m} {y}"],
        "meta": ["Publié le {d} {m} {y} par laplume", "Publié dans Non classé", "Laisser un commentaire"],
        "comments": [
            "3 réflexions sur « {t} »",
            "Magnifique ! Vivement la suite.",
            "Répondre",
            "souris_grise dit :",
            "Propulsé par un petit carnet en ligne.",
        ],
        "foot": ["Publié par laplume", "Voir tous les articles de laplume", "Créez votre carnet"],
        "run": ["{T}", "{A}"],
        "page": ["– {p} –", "p. {p}"],
    },
)
SPANISH = Language(
    ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    {
        "credit": [
            "Fotografía de Inés Quiroga",
            "Foto: Archivo Municipal",
            "© Estudio Peñalba",
            "Imagen cedida por R. Núñez",
            "© Iñaki Olaizola",
        ],
        "share": [
            "Comparte esto:",
            "Haz clic para compartir en Twitter (Se abre en una ventana nueva)",
            "Haz clic para compartir en Facebook (Se abre en una ventana nueva)",
            "Me gusta Cargando...",
            "Relacionado",
        ],
        "read": ["{n} min de lectura{d} {m} {y}", "Lectura de {n} min | {d} de {m} de {y}"],
        "meta": ["Publicado el {d} {m}, {y} por lapluma", "Publicado en Sin categoría", "Deja un comentario"],
        "comments": [
            "3 comentarios en “{t}”",
            "¡Qué capítulo! Ya quiero leer el siguiente.",
            "Responder",
            "ratondebiblioteca dice:",
            "Hecho con cariño en un servidor prestado.",
        ],
        "foot": ["Publicado por lapluma", "Ver todas las entradas de lapluma", "Crea un sitio web gratuito"],
        "run": ["{T}", "{A}"],
        "page": ["pág. {p}", "{p} |"],
    },
)
LANGUAGES = (GERMAN, FRENCH, SPANISH)

"""Small books for the tests of the backends, made by hand."""

from typing import Any

from publish.document import (
    Block,
    Book,
    Creator,
    Division,
    DivisionKind,
    Emphasis,
    Inline,
    Letter,
    LineBreak,
    Metadata,
    Note,
    Paragraph,
    Quotation,
    SceneBreak,
    Speaker,
    Stated,
    Strong,
    Subheading,
    Text,
    Verse,
    VerseLine,
)
from publish.source import Run

ODD = "Tom & Jerry <b>“no”</b> שלום 🎉 ‘x’ &amp; ]]> naïve"
CHAPTER, PART = DivisionKind.CHAPTER, DivisionKind.PART


def text(*parts: str | Inline) -> tuple[Inline, ...]:
    return tuple(Text(Run(part)) if isinstance(part, str) else part for part in parts)


def paragraph(*parts: str | Inline) -> Paragraph:
    return Paragraph(text(*parts))


def division(id_: str, kind: DivisionKind = CHAPTER, **fields: Any) -> Division:
    label, title = fields.pop("label", ""), fields.pop("title", "")
    return Division(
        id=id_, kind=kind, label=Run(label) if label else None, title=text(title) if title else (), **fields
    )


def book(*divisions: Division, title: str = "Home", **metadata: Any) -> Book:
    stated: dict[str, Any] = {"language": "en"} | metadata
    creators = tuple(Creator(Stated(name, ""), role) for name, role in stated.pop("creators", ()))
    lists: dict[str, Any] = {
        name: tuple(Stated(line, "") for line in stated.pop(name, ())) for name in ("credits", "subjects")
    }
    facts: Any = {name: Stated(value, "") for name, value in stated.items()}
    return Book(Metadata(title=Stated(title, ""), creators=creators, **lists, **facts), divisions)


def every_block() -> tuple[Block, ...]:
    lines = (VerseLine(text("The sea is calm,")), VerseLine(text("the tide is full"), 1), VerseLine((), 12))
    return (
        paragraph("He ", Emphasis(text("never, ", Strong(text("ever")))), " said", LineBreak(), "so."),
        paragraph(ODD),
        SceneBreak(Run("* * *")),
        Letter(
            (paragraph("Moscow, 3 May 1918"), paragraph("My Dear Leonid,")),
            (paragraph("All is well."), Verse((lines,)), SceneBreak()),
            (paragraph("Yours,"), paragraph("Anna"), paragraph("P.S. Burn this.")),
        ),
        Verse((lines, lines[:1])),
        SceneBreak(),
        paragraph("After.", Note(text("Long ", Emphasis(text("after,")), LineBreak(), "he says."))),
        Subheading(text("Weather")),
        Quotation((paragraph("Closed."), Verse((lines,)))),
        paragraph(Speaker(text("HAMLET.")), " Words, ", LineBreak(), "words."),
        paragraph(Speaker(text(Emphasis(text("Ham."))))),
        paragraph("[He reads.]"),
        Letter((), (paragraph("Come."),), ()),
    )


def every_kind() -> Book:
    """A book with each kind of division and each kind of block, at three depths."""
    flat = [division(kind.value, kind, title=kind.value, blocks=every_block()) for kind in DivisionKind]
    deep = division("scene-1", DivisionKind.SCENE, label="Scene I", blocks=every_block())
    act = division("act-1", DivisionKind.ACT, label="Act I", title="Rain", divisions=(deep,))
    part = division(
        "part-1", PART, label="Part One", subtitle=text("at sea"), divisions=(act,), inferred=True
    )
    return book(
        *flat,
        part,
        division("end", label="V", title="Last", subtitle=text("or not")),
        creators=[("Ann Other", "aut"), ("Ludwig van Beethoven", "aut"), ("Ed", "edt")],
        subtitle="A Novel",
        date="1999-12-31",
        publisher="Harbour & Sons",
        rights="© 1999 Ann Other",
        description="Two <i>friends</i> & a boat.",
        series="The Harbour",
        series_number="2",
        subjects=["Fiction / Sea Stories"],
        identifier="urn:isbn:9780306406157",
        credits=["Photo by J. Doe on a site for pictures"],
    )


def sections_alone() -> Book:
    """Divisions of which those inside alone have text: none but those that are parts by kind is a part."""

    def holder(id_: str, kind: DivisionKind = CHAPTER, words: str = "", **fields: Any) -> Division:
        inside = (
            division(f"{id_}-{name}", DivisionKind.SECTION, title=f"{name} in {id_}", blocks=(said(name),))
            for name in ("first", "second")
        )
        own = (paragraph(words),) if words else ()
        return division(id_, kind, title=id_.title(), blocks=own, divisions=tuple(inside), **fields)

    def said(name: str) -> Paragraph:
        return paragraph(f"Here the {name} of them tells of the sea.")

    scene = division("scene", DivisionKind.SCENE, label="Scene 1", blocks=(said("act"),))
    parts = (
        division("bare", PART, label="Part One", divisions=(holder("storm", label="Chapter 1"),)),
        division("told", PART, label="Part Two", blocks=(said("part"),), divisions=(holder("calm"),)),
        division("short", PART, label="Part Three", blocks=(said("end"),)),
        division("act", DivisionKind.ACT, label="Act I", divisions=(scene,)),
    )
    front = (holder(kind.value, kind) for kind in (DivisionKind.COPYRIGHT, DivisionKind.PREFACE))
    return book(
        *front,
        holder("wind", label="Chapter 0"),
        *parts,
        holder("papers", DivisionKind.APPENDIX, label="Appendix A"),
    )


def unnamed_story() -> Book:
    story = division("story", DivisionKind.STORY, blocks=every_block())
    return book(story, title="Comrade in Arms", creators=[("Larry Lutsky", "aut")])

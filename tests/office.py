"""Documents of word processors, made in a few lines: the XML of a text, and all round it that it needs."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

from publish import markdown, readers
from publish.config import Config
from publish.draft import Read
from publish.normalize import normalize
from publish.normalize.result import Normalized
from tests.corpus import pixel

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="My Own"/><w:basedOn w:val="berschrift1"/>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Verse"><w:name w:val="Verse"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr>'
    "</w:style>"
)
PNG = pixel()


def packed(members: Mapping[str, str | bytes]) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10))
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content, method)
    return held.getvalue()


def p(*runs: str, style: str = "", about: str = "") -> str:
    """A paragraph of a DOCX; a run that is no markup is a run of plain words."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{named}{about}</w:pPr>{inside}</w:p>"


def r(text: str, form: str = "") -> str:
    return f'<w:r><w:rPr>{form}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(
    body: str | Sequence[str],
    *,
    styles: str = STYLES,
    parts: Mapping[str, str | bytes] | None = None,
    related: str = "",
) -> bytes:
    """A DOCX; `parts` are further members below word/, related by their names."""
    body = body if isinstance(body, str) else "".join(map(p, body))
    beside = {"styles.xml": f"{_HEAD}<w:styles {_W}>{styles}</w:styles>"} | dict(parts or {})
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_KINDS}/{name.partition(".")[0]}" Target="{name}"/>'
        for number, name in enumerate(beside, 1)
    )
    core = f'<Relationship Id="c" Type="{_KINDS}/core-properties" Target="docProps/core.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    main = f'<Relationship Id="m" Type="{_KINDS}/officeDocument" Target="word/document.xml"/>'
    return packed(
        {
            "[Content_Types].xml": f"{_HEAD}<Types/>",
            "_rels/.rels": f'{_HEAD}<Relationships xmlns="{package}">{main}{core}</Relationships>',
            "word/document.xml": f"{_HEAD}<w:document {_W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": (
                f'{_HEAD}<Relationships xmlns="{package}">{relations}{related}</Relationships>'
            ),
            **{f"word/{name}": content for name, content in beside.items()},
        }
    )


def word_part(root: str, inside: str) -> str:
    """A member of a DOCX: "footnotes" with its notes."""
    return f"{_HEAD}<w:{root} {_W}>{inside}</w:{root}>"


_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("meta", "meta"), ("manifest", "manifest"),
    )
)  # fmt: skip
_ODF += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
AUTOMATIC = (
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/>'
    '</style:style><style:style style:name="T2" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="C" style:family="paragraph">'
    '<style:paragraph-properties fo:text-align="center"/></style:style>'
    '<style:style style:name="B" style:family="paragraph">'
    '<style:paragraph-properties fo:break-before="page"/></style:style>'
    '<style:style style:name="Q1" style:family="paragraph" style:parent-style-name="Quotations"/>'
    '<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    '</text:list-style><text:list-style style:name="L2"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-suffix="."/></text:list-style>'
)


def odt(
    body: str | Sequence[str], *, parts: Mapping[str, str | bytes] | None = None, automatic: str = AUTOMATIC
) -> bytes:
    """An ODT; `parts` are further members."""
    body = body if isinstance(body, str) else "".join(f"<text:p>{text}</text:p>" for text in body)
    content = (
        f"{_HEAD}<office:document-content {_ODF}>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "styles.xml": f"{_HEAD}<office:document-styles {_ODF}/>",
            **dict(parts or {}),
        }
    )


def odf_part(root: str, inside: str) -> str:
    """A member of an ODT: "document-meta" with its facts."""
    return f"{_HEAD}<office:{root} {_ODF}>{inside}</office:{root}>"


def made(data: bytes, name: str = "book.docx", config: Config | None = None) -> Normalized:
    read = readers.read(data, name)
    return normalize(read.drafts, read.sources, config or Config())


def drafts(data: bytes, name: str = "book.docx") -> Read:
    return readers.read(data, name)


def text(data: bytes, name: str = "book.docx") -> str:
    """The book of a document as Markdown, without front matter."""
    return markdown.write(made(data, name).book).split("\n---\n", 1)[1].strip()

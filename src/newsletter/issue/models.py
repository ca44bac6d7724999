"""What a publication and an issue are made of.

In: plain data from `sources`. Out: frozen models; each knows the YAML node it came from, so
that `part.place("title")` gives file, line and column. Descriptions of the fields go into
the JSON Schema, which editors show while typing.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from newsletter.diagnostics import Place
from newsletter.issue.words import Aside, DateSpan, File, Line, Markdown, Name, Term
from newsletter.sources import Mapping, Node, Source, descend

Profile = Literal["screen", "print", "archive"]
"""The files that a build makes: to read, for the printer, to keep."""


class Part(BaseModel):
    """Anything in an issue; unknown fields are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    _node: Mapping | None = PrivateAttr(default=None)

    @property
    def node(self) -> Mapping:
        """The YAML mapping this part was read from."""
        node = self._node
        if node is None:
            message = f"{type(self).__name__} was not read from a file"
            raise LookupError(message)
        return node

    def nodes(self) -> dict[str, Node]:
        """Return the nodes of the fields that a file says something of, by their names."""
        node = self._node
        return node.values if node else {}

    def written(self, name: str) -> Node | None:
        """Return the node of a field; None if no file says anything of it."""
        return self.nodes().get(name)

    def sources(self) -> Iterator[Source]:
        """Yield the file of this part and of each part in it."""
        node = self._node
        if node is not None:
            yield node.source
        for name in type(self).model_fields:
            for part in parts_of(getattr(self, name)):
                yield from part.sources()

    def place(self, *path: str | int) -> Place:
        """Return where a value of this part stands; without a path, where the part begins."""
        return descend(self.node, path)[0].place()

    def key_place(self, *path: str) -> Place:
        """Return where the last of a path of keys is written, for what is wrong with the key."""
        parent, _ = descend(self.node, path[:-1])
        key = parent.keys.get(path[-1]) if isinstance(parent, Mapping) else None
        return (key or parent).place()

    def bind(self, node: Node) -> None:
        """Tie this part and all parts in it to the nodes they were read from."""
        if not isinstance(node, Mapping):
            return
        self._node = node
        for name in type(self).model_fields:
            if name in node.values:
                _bind(getattr(self, name), node.values[name])


def parts_of(value: object) -> Iterator[Part]:
    """Yield the part that the value of a field is, or the parts that it lists."""
    for item in value if isinstance(value, tuple) else (value,):
        if isinstance(item, Part):
            yield item


def _bind(value: object, node: Node) -> None:
    if isinstance(value, Part):
        value.bind(node)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _bind(item, descend(node, (index,))[0])


# The publication ----------------------------------------------------------------------------


class Imprint(Part):
    """The imprint (版权页): printed with its Chinese labels, what is not given is left out."""

    organiser: Line | None = Field(None, description="主办")
    supervisor: Line | None = Field(None, description="主管")
    editor: Line | None = Field(None, description="编辑")
    designer: Line | None = Field(None, description="设计")
    printer: Line | None = Field(None, description="印制")
    permit: Line | None = Field(None, description="准印证号")
    issn: Line | None = Field(None, description="ISSN")
    print_run: Line | None = Field(None, description="印数")
    address: Line | None = Field(None, description="地址")
    telephone: Line | None = Field(None, description="电话")
    email: Line | None = Field(None, description="电子邮箱")
    website: Line | None = Field(None, description="网址")

    def lines(self) -> Iterator[tuple[str, str, str]]:
        """Yield field, Chinese label and value of what is given."""
        for name, info in type(self).model_fields.items():
            value = getattr(self, name)
            if value is not None:
                yield name, str(info.description), value


class LayoutChoice(Part):
    """Which layout sets the issue, and its options (each layout documents its own)."""

    name: Name = Field(description="版式名称：layouts/下的文件夹")
    options: dict[str, Any] = Field(default_factory=dict, description="版式选项")


class Press(Part):
    """How the print file is made: for which press, and how colours become ink."""

    condition: Aside = Field(
        "FOGRA39L coated", description="印刷条件：profiles/中的名称，或其中的ICC文件"
    )
    intent: Literal["relative", "perceptual"] = Field(
        "relative", description="再现意图：relative相对色度，perceptual感知"
    )
    black_point_compensation: bool = Field(default=True, description="黑场补偿")
    ink_limit: Annotated[float, Field(ge=200, le=400)] = Field(
        300, description="油墨总量上限（%）：涂布纸300，非涂布纸280"
    )


class Review(Part):
    """How an issue is read before it goes to press: the rounds that have to be signed."""

    rounds: tuple[Term, ...] = Field(
        (), description="审校轮次，按先后，如[初审, 复审, 终审, 一校, 二校, 三校]"
    )


class Publication(Part):
    """newsletter.yaml: what all issues of a newsletter share."""

    name: Line = Field(description="刊名")
    short_name: Aside | None = Field(None, description="刊名简称，用于页眉")
    publisher: Line = Field(description="出版机构")
    language: Literal["zh-CN"] = Field("zh-CN", description="正文语言")
    imprint: Imprint | None = Field(None, description="版权页信息")
    terms: tuple[Term, ...] = Field((), description="标题换行时不拆开的词语")
    layout: LayoutChoice = Field(description="默认版式及其选项")
    profiles: tuple[Profile, ...] = Field(
        ("screen", "print"), min_length=1, description="build默认生成的文件"
    )
    press: Press = Field(
        default_factory=lambda: Press.model_validate({}), description="印刷文件的设置"
    )
    review: Review = Field(
        default_factory=lambda: Review.model_validate({}), description="审校的设置"
    )


# Pictures and sidebars ----------------------------------------------------------------------


class Picture(Part):
    """A picture of the issue's folder, with the words for those who cannot see it."""

    file: File = Field(description="图片文件，相对于本期文件夹，如images/dam.svg")
    alt: Aside = Field(description="替代文字：给看不见图的读者（必填）")
    caption: Line | None = Field(None, description="图说")
    credit: Line | None = Field(None, description="摄影/绘图者")
    kind: Literal["photo", "illustration", "chart", "map", "portrait"] = Field(
        "photo", description="图片种类"
    )


class ArticlePicture(Picture):
    """A picture in the text of an article; how much room it may take is the editor's choice."""

    size: Literal["small", "medium", "large"] = Field(
        "medium", description="占版大小：小、中（默认）、大，以便各页排满"
    )
    focus: Literal["top", "middle", "bottom"] = Field(
        "middle", description="裁切时保留上部、中部（默认）还是下部"
    )


class LeadPicture(ArticlePicture):
    """The picture an article opens with: in a column, or across the page."""

    span: Literal["column", "page"] = Field("column", description="column入栏，page通栏")


class PlacedPicture(ArticlePicture):
    """A picture that the body places with `![](id)`."""

    id: Name = Field(description="正文用![](id)引用")


class Figure(Part):
    """A number worth a box of its own, and what it counts."""

    value: Line = Field(description="数字，如43个国家")
    label: Line = Field(description="说明")


class Sidebar(Part):
    """A box beside the text: Markdown, a list, figures, or several of them."""

    id: Name = Field(description="正文用{sidebar: id}引用")
    title: Line = Field(description="标题")
    body: Markdown | None = Field(None, description="Markdown正文")
    items: tuple[Line, ...] = Field((), description="列表")
    figures: tuple[Figure, ...] = Field((), description="数字")


# Sections -----------------------------------------------------------------------------------


class Article(Part):
    """An article: one file, or inline in its section."""

    id: Name = Field(description="全期唯一的标识")
    title: Line = Field(description="标题")
    short_title: Aside | None = Field(None, description="短标题，用于页眉和目录")
    kicker: Line | None = Field(None, description="眉题")
    standfirst: Line | None = Field(None, description="导语")
    byline: Line | None = Field(None, description="作者")
    dateline: Line | None = Field(None, description="时间地点")
    source: Line | None = Field(None, description="来源")
    contributor: Line | None = Field(None, description="供稿")
    lead_picture: LeadPicture | None = Field(None, description="题图")
    pictures: tuple[PlacedPicture, ...] = Field((), description="正文插图")
    sidebars: tuple[Sidebar, ...] = Field((), description="边栏")
    body: Markdown = Field(description="Markdown正文")


class Person(Part):
    """Whose opinion it is; without a portrait the layout draws a monogram."""

    name: Line = Field(description="姓名")
    role: Line | None = Field(None, description="身份")
    portrait: Picture | None = Field(None, description="肖像")


class View(Article):
    """An opinion: an article that belongs to a person."""

    person: Person = Field(description="观点作者")


class SectionHead(Part):
    """What every section begins with."""

    id: Name
    title: Line = Field(description="栏目名")
    short_title: Aside | None = Field(None, description="栏目简称，用于页眉")
    emblem: Picture | None = Field(None, description="栏头小图")
    picture: Picture | None = Field(None, description="栏目图，排在栏目末尾")
    contents_line: Line | None = Field(None, description="目录中以此一行代替各篇标题")


class ArticlesSection(SectionHead):
    """A section of reports and features."""

    kind: Literal["articles"]
    articles: tuple[Article, ...] = Field(min_length=1, description="文章：文件路径或直接写")


class ViewsSection(SectionHead):
    """A section of opinions."""

    kind: Literal["views"]
    articles: tuple[View, ...] = Field(min_length=1, description="观点：文件路径或直接写")


class Quotation(Part):
    """Words somebody said, set apart."""

    text: Line = Field(description="引文")
    by: Line | None = Field(None, description="出处")


class Event(Part):
    """A milestone of the chronicle."""

    date: DateSpan = Field(description="日期：2021-04-20，或2021-06-24/2021-06-25")
    title: Line = Field(description="名称")
    city: Line | None = Field(None, description="城市")
    outputs_title: Line | None = Field(None, description="成果的提示行")
    outputs: tuple[Line, ...] = Field((), description="成果")
    quotation: Quotation | None = Field(None, description="引文")


class ChronicleSection(SectionHead):
    """The chronicle (大事记): dated events in order, and figures set apart."""

    kind: Literal["chronicle"]
    events: tuple[Event, ...] = Field(min_length=1, description="事件，按日期先后")
    highlights: tuple[Figure, ...] = Field((), description="数字")


class Contact(Part):
    """A person to turn to; what is unknown is left out, never printed empty."""

    name: Line = Field(description="姓名")
    role: Line | None = Field(None, description="身份")
    telephone: Line | None = Field(None, description="电话")
    fax: Line | None = Field(None, description="传真")
    email: Line | None = Field(None, description="电子邮箱")
    address: Line | None = Field(None, description="地址")


class ContactsSection(SectionHead):
    """The back page: who the publisher is, how to join, whom to ask."""

    kind: Literal["contacts"]
    about_title: Line | None = Field(None, description="简介的标题")
    about: Markdown = Field(description="机构简介")
    join_title: Line | None = Field(None, description="加入办法的标题")
    join: Markdown | None = Field(None, description="加入办法")
    people: tuple[Contact, ...] = Field((), description="联系人")


Section = Annotated[
    ArticlesSection | ViewsSection | ChronicleSection | ContactsSection,
    Field(discriminator="kind"),
]


# The issue ----------------------------------------------------------------------------------


class Cover(Part):
    """The front page: a picture that carries it, and a line under the nameplate."""

    picture: Picture | None = Field(None, description="封面图")
    tagline: Line | None = Field(None, description="封面语")


class Issue(Part):
    """issue.yaml with everything it refers to."""

    id: Name = Field(description="期号，与文件夹同名")
    title: Line = Field(description="本期标题")
    period: Line | None = Field(None, description="时段，如2021年")
    date: DateSpan | None = Field(None, description="出版日期，如2021-12-31")
    layout: LayoutChoice | None = Field(None, description="本期版式，默认用刊物的")
    cover: Cover = Field(default_factory=lambda: Cover.model_validate({}), description="封面")
    sections: tuple[Section, ...] = Field(min_length=1, description="栏目，按先后")

    def articles(self) -> Iterator[Article]:
        """Yield every article and view in order."""
        for section in self.sections:
            if isinstance(section, (ArticlesSection, ViewsSection)):
                yield from section.articles

    def pictures(self) -> Iterator[Picture]:
        """Yield every picture in order, portraits and emblems included."""
        yield from _pictures(self)


def _pictures(value: object) -> Iterator[Picture]:
    if isinstance(value, Picture):
        yield value
    elif isinstance(value, Part):
        for name in type(value).model_fields:
            yield from _pictures(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _pictures(item)

"""Where the disclosure pages of one 单位 are: folders, menu, breadcrumbs."""

from dataclasses import dataclass

from audit.demo.answers import outside_url
from audit.demo.content import Row
from audit.demo.plan import ROLES, ColumnPlan, Opens, Plan, Role, UnitPlan
from audit.demo.press import Crumb, MenuEntry, Place

FRONT = "/zwgk/zfxxgk/"
"""The portal's own 政府信息公开 page."""

APPLICATION = f"{FRONT}ysqgk/"

ANCHORS: dict[Role, str] = {"guide": "zn", "regulations": "zd", "statutory_content": "fd", "annual_report": "nb"}
"""Where the four stand on a page of tabs."""

_SPLIT_AFTER = 4
"""Characters before the ``<br>`` in a broken menu."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A heading with rows or a text below it, on landing pages and tab pages."""

    name: str
    href: str = ""
    anchor: str = ""
    rows: tuple[Row, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One name in the portal's list of 单位; ``href`` is empty where it is no link."""

    text: str
    href: str


def unit_folder(unit: UnitPlan) -> str:
    if unit.kind == "government":
        return FRONT
    return f"{FRONT}{'bm' if unit.kind == 'department' else 'xz'}/{unit.slug}/"


class UnitMap:
    def __init__(self, plan: Plan, unit: UnitPlan) -> None:
        self.plan, self.unit = plan, unit
        self.folder = unit_folder(unit)

    def own(self, role: Role) -> bool:
        """Whether the 单位 has pages of its own for ``role``."""
        state = self.unit.columns.get(role)
        return state != "absent" and not isinstance(state, Opens)

    def column_folder(self, role: Role) -> str:
        slugs = self.plan.roles[role]
        return f"{self.folder}{slugs.gbk_slug if self.unit.family == 'gbk' else slugs.slug}/"

    def column_href(self, role: Role) -> str:
        """Address behind the menu entry of ``role``."""
        state = self.unit.columns.get(role)
        if isinstance(state, Opens):
            other = next(unit for unit in self.plan.units if unit.slug == state.unit)
            return UnitMap(self.plan, other).column_folder(state.column)
        if self.unit.layout == "tabs":
            return f"{self.folder}#{ANCHORS[role]}"
        if self.unit.layout == "tree" and role == "statutory_content":
            return "javascript:;"
        return self.column_folder(role)

    def column_name(self, role: Role) -> str:
        return self.unit.names.get(role, self.plan.roles[role].name)

    def children(self) -> tuple[ColumnPlan, ...]:
        """Columns below 法定主动公开内容."""
        return tuple(child.model_copy(update={"family": self.unit.family}) for child in self.plan.children(self.unit))

    def child_folder(self, child: ColumnPlan) -> str:
        return f"{self.column_folder('statutory_content')}{child.slug}/"

    def has_index(self) -> bool:
        """Whether 法定主动公开内容 has a page of its own that leads to its children; if not, the menu does."""
        return self.unit.layout not in {"tabs", "tree"} and self.unit.columns.get("statutory_content") != "refresh"

    def child_href(self, child: ColumnPlan) -> str:
        return outside_url(child.outside) if child.outside else self.child_folder(child)

    def menu(self) -> tuple[MenuEntry, ...]:
        return tuple(self._entry(role) for role in ROLES if self.unit.columns.get(role) != "absent")

    def _entry(self, role: Role) -> MenuEntry:
        name, layout = self.column_name(role), self.unit.layout
        below: tuple[MenuEntry, ...] = ()
        if role == "statutory_content" and not self.has_index():
            below = tuple(MenuEntry(parts=(child.name,), href=self.child_href(child)) for child in self.children())
        parts = (name[:_SPLIT_AFTER], name[_SPLIT_AFTER:]) if layout == "broken-menu" else (name,)
        return MenuEntry(parts=parts, href=self.column_href(role), picture=layout == "images", children=below)

    def place(self, column: str, tag: str, *trail: Crumb) -> Place:
        crumbs = [Crumb(text="首页", href="/"), Crumb(text="政府信息公开", href=FRONT)]
        if self.unit.kind != "government":
            crumbs.append(Crumb(text=self.unit.name, href=self.folder))
        return Place(
            family=self.unit.family,
            column=column,
            tag=tag,
            crumbs=(*crumbs, *trail),
            unit=self.unit.name,
            menu=self.menu(),
            menu_script=self.unit.layout == "script-tree",
            application=APPLICATION if self.unit.application else "",
        )

    def role_place(self, role: Role) -> Place:
        name = self.column_name(role)
        trail = () if self.unit.layout == "tabs" else (Crumb(text=name, href=self.column_folder(role)),)
        return self.place(name, self.plan.roles[role].tag, *trail)

    def child_place(self, child: ColumnPlan) -> Place:
        above = Crumb(text=self.column_name("statutory_content"), href=self.column_folder("statutory_content"))
        own = Crumb(text=child.name, href=self.child_folder(child))
        return self.place(child.name, child.tag, *((above, own) if self.has_index() else (own,)))

"""Numbers of persons in a text: citizen numbers, bank cards, mobile numbers of lists of persons."""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from crawler.facts import PersonalNumber
from crawler.personal.checks import birth_date, is_credit_code, passes_luhn
from crawler.personal.masking import Masker, masked_number, narrow, plain_number
from crawler.vocabulary import load

MAX_NUMBERS = 500
"""Named of one text; a list that is longer is no less of a leak for it. Masked are all."""

MIN_PERSONS = 3
"""Mobile numbers are a list of persons from so many on (a page's contact has one or two)."""

_LABEL_CHARS = 30
_QUOTE_CHARS = 30
_LINES_BEFORE = 3
_MAX_CELL = 40
_MAX_HEAD = 12
_MAX_TOKEN = 200

# Each begins with a digit, and looks back behind it: patterns that begin with looking back are tried at every sign of a text.
_ID = re.compile(r"[0-9](?<![0-9A-Za-z.*].)\d{5}[ \-]?\d{8}[ \-]?\d{3}[\dXx](?![0-9A-Za-z*])", re.ASCII)
_CARD = re.compile(
    r"[0-9](?<![0-9A-Za-z.*].)(?:\d{15,18}|\d{3}(?:[ \-]\d{4}){3}(?:[ \-]?\d{1,3})?)(?![0-9A-Za-z*]|\.\d)", re.ASCII
)
_MOBILE = re.compile(r"1(?<![0-9A-Za-z.*\-].)[3-9]\d(?:\d{8}|[ \-]\d{4}[ \-]\d{4})(?![0-9A-Za-z*])", re.ASCII)
_ANY = re.compile(r"\d{4}[ \-]?\d{2,4}[ \-]?\d{4}", re.ASCII)
_ENOUGH_DIGITS = re.compile(r"[0-9０-９]{3}[ \-]?[0-9０-９]{4}[ \-]?[0-9０-９]{4}")
"""Every number that is looked for has such a piece; hardly any page does, and digits are found fast."""
_LONG_DIGITS = re.compile(r"\d{6}", re.ASCII)
_ADDRESS_SIGNS = re.compile(r"[A-Za-z0-9:/?&=._%#~\-]*\Z", re.ASCII)
_ADDRESS = re.compile(r"://|www\.|[A-Za-z0-9_]=|[A-Za-z0-9]/|_\Z|[?&]", re.ASCII)
_HAN_NAME = re.compile(r"[㐀-鿿](?:[㐀-鿿·]{1,3}|[某*＊×xX]{1,3}|[㐀-鿿][*＊×]|\s[㐀-鿿])\Z")
_NAME_BEFORE = re.compile(r"([㐀-鿿]{2,4})[\s（(:：，,、]{0,3}(?:的)?(?:手机|电话|联系电话|手机号|手机号码)?[\s:：]{0,2}\Z")
_CELLS = re.compile(r"[\t,，|｜]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Numbers of one text and, in the same order, what they plainly are."""

    numbers: tuple[PersonalNumber, ...] = ()
    plain: tuple[str, ...] = field(default=(), repr=False)
    masks: Mapping[str, str] = field(default_factory=dict, repr=False)
    """All plain numbers, also those beyond :data:`MAX_NUMBERS`, with what stands in their place."""

    def masker(self) -> Masker:
        return Masker(self.masks)


class _Words:
    def __init__(self) -> None:
        raw = load("personal")
        self.id = re.compile(raw["id_words"], re.IGNORECASE)
        self.code = re.compile(raw["code_words"])
        self.account = re.compile(raw["account_words"])
        self.own_account = re.compile(raw["own_account"])
        self.card = re.compile(raw["card_words"])
        self.card_starts = tuple(raw["card_starts"])
        self.holder = re.compile(raw["holder"])
        self.unit = re.compile(raw["unit_words"])
        self.name_heads = re.compile(raw["name_heads"])
        self.mobile_heads = re.compile(raw["mobile_heads"])
        self.office = re.compile(raw["office_words"])
        self.duty_heads = re.compile(raw["duty_heads"])
        self.duty_titles = re.compile(raw["duty_titles"])
        self.private_heads = re.compile(raw["private_heads"])
        self.private_titles = re.compile(raw["private_titles"])
        self.heads = re.compile(
            "|".join(raw[name] for name in ("name_heads", "mobile_heads", "id_words", "code_words", "account_words")),
            re.IGNORECASE,
        )
        self.not_names = frozenset(raw["not_names"].strip().split("|"))
        self.name_ends = re.compile(raw["name_ends"])
        self.adult = int(raw["surely_a_person_from_age"])


@cache
def _words() -> _Words:
    return _Words()


def may_hold_numbers(text: str) -> bool:
    """Whether a text is worth a closer look; cheap, and never wrong when it says no."""
    mobiles: set[int] = set()
    for piece in _ENOUGH_DIGITS.finditer(text):
        start = max(0, piece.start() - _LABEL_CHARS)
        around = narrow(text[start : piece.end() + _LABEL_CHARS])
        if _ID.search(around) or _CARD.search(around):
            return True
        mobiles |= {start + found.start() for found in _MOBILE.finditer(around)}
        if len(mobiles) >= MIN_PERSONS:
            return True
    return False


def find_personal(text: str, latest: date, *, title: str = "") -> Found:
    """Numbers of persons in ``text``: lines, with the cells of a table's row separated by tabulators (or commas).

    ``latest`` bounds dates of birth. ``title`` says what the text is about: a 河长名单 is not a list of private persons.
    """
    if not may_hold_numbers(text):
        return Found()
    scan = _Scan(latest, title)
    for line in narrow(text).split("\n"):
        scan.line(line)
    return scan.result()


@dataclass(frozen=True, slots=True)
class _Hit:
    kind: str
    plain: str
    doubt: str
    line: str
    start: int
    end: int


@dataclass(slots=True)
class _Table:
    """The head that stands above the line under way."""

    head: tuple[str, ...] = ()
    above: str = ""
    """Words just before the table."""


class _Scan:
    def __init__(self, latest: date, title: str) -> None:
        self.words = _words()
        self.latest = latest
        self.title = title
        self.before: deque[str] = deque(maxlen=_LINES_BEFORE)
        self.table = _Table()
        self.hits: dict[tuple[str, str], _Hit] = {}
        self.mobiles: dict[str, _Hit] = {}

    def line(self, line: str) -> None:
        line = line.strip(" \r")
        cells = _cells(line)
        if len(cells) > 1 and not _LONG_DIGITS.search(line):
            if self._is_head(line, cells):
                self.table = _Table(head=tuple(cells), above=" ".join(self.before))
        elif _ANY.search(line):
            self._numbers(line, cells)
        if len(cells) <= 1 and line:
            self.before.append(line[-100:])
            if len(line) > _MAX_CELL:
                self.table = _Table()

    def _is_head(self, line: str, cells: Sequence[str]) -> bool:
        named = sum(1 for cell in cells if len(cell) <= _MAX_HEAD and self.words.heads.search(cell))
        return named > 0 and ("\t" in line or all(len(cell) <= _MAX_HEAD for cell in cells))

    def _numbers(self, line: str, cells: Sequence[str]) -> None:
        taken: list[tuple[int, int]] = []
        for hit in (*self._ids(line, cells), *self._cards(line, cells)):
            if not any(hit.start < end and start < hit.end for start, end in taken[-2:]):
                taken.append((hit.start, hit.end))
                self.hits.setdefault((hit.kind, hit.plain), hit)
        for hit in self._mobiles(line, cells):
            self.mobiles.setdefault(hit.plain, hit)

    # -- citizen numbers ------------------------------------------------------------------------------------------------

    def _ids(self, line: str, cells: Sequence[str]) -> Iterator[_Hit]:
        for match in _ID.finditer(line):
            plain = plain_number(match[0])
            born = birth_date(plain, self.latest)
            if born is None or _in_address(line, match.start(), match.end()):
                continue
            label, head = self._label(line, match.start(), cells)
            called = _nearest({"id": self.words.id, "code": self.words.code, "account": self.words.account}, label)
            if called is None and head:
                called = _nearest({"id": self.words.id, "code": self.words.code, "account": self.words.account}, head)
            if called in {"code", "account"} or (called is None and is_credit_code(plain)):
                continue
            sure = called == "id" or born.year + self.words.adult <= self.latest.year
            yield _Hit("id-number", plain, "" if sure else "code-like", line, match.start(), match.end())

    # -- bank cards -----------------------------------------------------------------------------------------------------

    def _cards(self, line: str, cells: Sequence[str]) -> Iterator[_Hit]:
        for match in _CARD.finditer(line):
            plain = plain_number(match[0])
            if not 16 <= len(plain) <= 19 or not passes_luhn(plain) or _in_address(line, match.start(), match.end()):
                continue
            label, head = self._label(line, match.start(), cells)
            spoken = label if self.words.account.search(label) else head
            if (
                not self.words.account.search(spoken)
                or _nearest({"id": self.words.id, "account": self.words.account}, spoken) == "id"
            ):
                continue
            doubt = self._account_doubt(line, match.start(), cells, plain, spoken)
            yield _Hit("bank-card", plain, doubt, line, match.start(), match.end())

    def _account_doubt(self, line: str, start: int, cells: Sequence[str], plain: str, spoken: str) -> str:
        """``unit-account`` unless holder, label and first digits speak of a person."""
        words = self.words
        if not plain.startswith(words.card_starts):
            return "unit-account"
        around = line[max(0, start - 200) : start + 100]
        holder = self._holder(cells) or _last_holder(words, around) or _last_holder(words, " ".join(self.before))
        if holder:
            return "" if _is_name(holder, words) else "unit-account"
        if words.own_account.search(line[max(0, start - 80) : start].rpartition("。")[2]):
            return ""
        if words.unit.search(_without_bank(around)) or words.unit.search(_without_bank(" ".join(self.before)[-100:])):
            return "unit-account"
        return "" if words.card.search(spoken) else "unit-account"

    def _holder(self, cells: Sequence[str]) -> str:
        """Who stands in the row's column of names."""
        if len(cells) < 2:
            return ""
        for head, cell in zip(self.table.head, cells, strict=False):
            if self.words.holder.match(f"{head}:x") or self.words.name_heads.search(head):
                return cell
        return next((cell for cell in cells if _is_name(cell, self.words)), "")

    # -- mobile numbers -------------------------------------------------------------------------------------------------

    def _mobiles(self, line: str, cells: Sequence[str]) -> Iterator[_Hit]:
        """Mobile numbers beside a person's name: in a row of a table, or right behind the name."""
        words = self.words
        row_name = len(cells) > 1 and self._row_has_name(cells)
        for match in _MOBILE.finditer(line):
            label, head = self._label(line, match.start(), cells)
            before = _NAME_BEFORE.search(line[max(0, match.start() - 20) : match.start()])
            beside = before is not None and _is_name(before[1], words)
            if not (row_name or beside) or words.office.search(label) or words.office.search(head):
                continue
            if _in_address(line, match.start(), match.end()):
                continue
            doubt = "duty-list" if self._is_duty_list(cells) else ""
            yield _Hit("mobile", plain_number(match[0]), doubt, line, match.start(), match.end())

    def _is_duty_list(self, cells: Sequence[str]) -> bool:
        """Whether head, title or the words before speak of people on duty, and no column of private persons."""
        heads = self.table.head if len(cells) > 1 else ()
        if any(self.words.private_heads.search(head) for head in heads):
            return False
        if any(self.words.duty_heads.search(head) or self.words.office.search(head) for head in heads):
            return True
        about = " ".join((self.title, self.table.above if heads else " ".join(self.before)))
        if self.words.duty_titles.search(about):
            return True
        return self.words.office.search(about) is not None and not self.words.private_titles.search(self.title)

    def _row_has_name(self, cells: Sequence[str]) -> bool:
        for number, cell in enumerate(cells):
            head = self.table.head[number] if number < len(self.table.head) else ""
            if self.words.name_heads.search(head) and _HAN_NAME.match(cell):
                return True
        return any(_is_name(cell, self.words) for cell in cells)

    # -- words around ---------------------------------------------------------------------------------------------------

    def _label(self, line: str, start: int, cells: Sequence[str]) -> tuple[str, str]:
        """Words before the number in its cell or sentence, and the head of its column."""
        before = re.split(r"[\t。；;\n|]", line[max(0, start - _LABEL_CHARS) : start])[-1]
        if len(cells) < 2:
            return before or (self.before[-1][-_LABEL_CHARS:] if self.before else ""), ""
        number = line.count("\t", 0, start) if "\t" in line else len(_CELLS.split(line[:start])) - 1
        previous = cells[number - 1] if 0 < number <= len(cells) else ""
        head = self.table.head[number] if 0 <= number < len(self.table.head) else ""
        own = before.rpartition(",")[2] if "\t" not in line else before
        # A cell before the number's may be its label: 身份证号 | 1101… ; a longer one is another value.
        return own.strip() or (previous if len(previous) <= 12 else ""), head

    def result(self) -> Found:
        sure = [hit for hit in self.mobiles.values() if not hit.doubt]
        lists = sure if len(sure) >= MIN_PERSONS else list(self.mobiles.values())
        if len(lists) >= MIN_PERSONS:
            doubt = "" if len(sure) >= MIN_PERSONS else "duty-list"
            for hit in lists:
                self.hits[hit.kind, hit.plain] = _Hit(hit.kind, hit.plain, doubt, hit.line, hit.start, hit.end)
        masks = {hit.plain: masked_number(hit.kind, hit.plain) for hit in self.hits.values()}
        masker = Masker(masks)
        hits = list(self.hits.values())[:MAX_NUMBERS]
        numbers = tuple(
            PersonalNumber(kind=hit.kind, masked=masks[hit.plain], quote=_quote(hit, masker), doubt=hit.doubt) for hit in hits
        )
        return Found(numbers=numbers, plain=tuple(hit.plain for hit in hits), masks=masks)


def _cells(line: str) -> list[str]:
    """Cells of a table's row; one for a line of running text."""
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    cells = [cell.strip() for cell in _CELLS.split(line)] if _CELLS.search(line) else [line]
    return cells if len(cells) > 1 and all(len(cell) <= _MAX_CELL for cell in cells) and "。" not in line else [line]


def _nearest(kinds: dict[str, re.Pattern[str]], label: str) -> str | None:
    """Which kind of words stands last in ``label``, nearest to the number."""
    last = {name: match.end() for name, pattern in kinds.items() for match in pattern.finditer(label)}
    best = max(last.values(), default=-1)
    return next((name for name in kinds if last.get(name) == best), None) if last else None


def _in_address(line: str, start: int, end: int) -> bool:
    """Whether the digits are part of a written-out address, a file name or a longer code."""
    token = _ADDRESS_SIGNS.search(line[max(0, start - _MAX_TOKEN) : start])
    before = token[0] if token else ""
    after = line[end : end + 5]
    return bool(
        _ADDRESS.search(before)
        or re.search(r"[A-Za-z0-9]-\Z", before)
        or re.match(r"[\-_/]\d|\.(?:html?|pdf|docx?|xlsx?|jpg|png|zip)", after)
    )


def _last_holder(words: _Words, text: str) -> str:
    found = words.holder.findall(text)
    return str(found[-1]) if found else ""


_BANK = re.compile(r"(?:开户银?行|开户行及?账号|银行)[^，,。；;]{0,30}")


def _without_bank(text: str) -> str:
    """``text`` without the bank's own name: it is nobody's holder."""
    return _BANK.sub(" ", text)


def _is_name(text: str, words: _Words) -> bool:
    text = text.strip()
    return bool(_HAN_NAME.match(text)) and text not in words.not_names and not words.name_ends.search(text)


def _quote(hit: _Hit, masker: Masker) -> str:
    """The words around the number. Masked before it is cut: half a number is half a leak."""
    left = hit.line[max(0, hit.start - 3 * _QUOTE_CHARS) : hit.start]
    right = hit.line[hit.end : hit.end + 3 * _QUOTE_CHARS]
    # Numbers cut by these bounds are dropped with their last digits.
    left = re.sub(r"\A\d+[xX]?", "", left) if hit.start > 3 * _QUOTE_CHARS else left
    right = re.sub(r"\d+\Z", "", right)
    quote = f"{masker(left)[-_QUOTE_CHARS:]}{masked_number(hit.kind, hit.plain)}{masker(right)[:_QUOTE_CHARS]}"
    return " ".join(quote.split())

"""The command line in Chinese: help headings, usage errors, and texts made safe for a terminal."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import click

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def plain(text: str) -> str:
    """``text`` without control, escape and direction characters: what pages hold must not steer the terminal."""
    return _CONTROL.sub("", text)


class _ChineseHelp(click.Command):
    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [
            piece.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 …")
            for piece in super().collect_usage_pieces(ctx)
        ]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        rows = [record for param in options if (record := param.get_help_record(ctx)) is not None]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份说明。"
        return option


class ChineseCommand(_ChineseHelp):
    """A command whose help is Chinese."""


class ChineseGroup(_ChineseHelp, click.Group):
    """A group of commands whose help is Chinese."""

    command_class = ChineseCommand
    group_class = type

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, command.get_short_help_str(limit=60)))
        if rows:
            with formatter.section("命令"):
                formatter.write_dl(rows)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise click.UsageError(f"没有“{plain(args[0])}”这个命令，可用的有：{'、'.join(self.list_commands(ctx))}。", ctx)
        return super().resolve_command(ctx, args)


def usage_sentence(error: click.ClickException) -> str:
    """One Chinese sentence for what click found wrong with the words of the call."""
    help_path = f"{error.ctx.command_path} --help" if isinstance(error, click.UsageError) and error.ctx else "zhaocuo --help"
    match error:
        case click.NoSuchOption():
            sentence = f"没有 {plain(error.option_name)} 这个选项"
        case click.MissingParameter():
            sentence = f"缺少参数 {_param_name(error.param)}".rstrip()
        case click.BadParameter():
            name = error.param.human_readable_name if error.param else "参数"
            sentence = f"{name} 的值不对：{_value_problem(error.message)}"
        case click.UsageError() if "unexpected extra" in error.message:
            sentence = "多出了不认识的参数：" + plain(error.message.partition("(")[2].rstrip(")"))
        case _:
            return plain(error.message)
    return f"{sentence}，用法见 {help_path}。"


def _param_name(param: click.Parameter | None) -> str:
    """As people write it: ``--by``, an argument by its name in the usage."""
    if param is None:
        return ""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name


_VALUES = (
    (re.compile(r"'(.*)' is not a valid (?:float|integer)(?: range)?"), "“{0}”不是数字"),
    (re.compile(r"'?(.*?)'? is not in the range (.*)\."), "“{0}”不在允许的范围 {1} 内"),
    (re.compile(r"'(.*)' does not match the formats? .*"), "“{0}”不是 YYYY-MM-DD 形式的日期"),
    (re.compile(r"'(.*)' is not one of (.*)\."), "“{0}”不是可选的值（可选：{1}）"),
    (re.compile(r"\w+ '(.*)' does not exist\."), "“{0}”不存在"),
)


def _value_problem(message: str) -> str:
    for pattern, sentence in _VALUES:
        if found := pattern.search(message):
            return plain(sentence.format(*found.groups()))
    return plain(message).rstrip("。.")


@contextmanager
def broken_pipe_is_fine() -> Iterator[None]:
    """``zhaocuo rules list | head`` is no error."""
    try:
        yield
    except BrokenPipeError:
        raise SystemExit(0) from None

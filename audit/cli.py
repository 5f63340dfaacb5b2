"""``zhaocuo``: parses the words, calls one function, prints, returns a code. Imported by nobody."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audit.commands.keeping import evidence, probe
from audit.commands.looking import check, sample
from audit.commands.nightly import nightly
from audit.commands.tickets import tickets
from audit.commands.words import as_of_option, crawl_options, data_option, option, out_option, pack_option
from audit.errors import AuditError
from audit.wording import ChineseCommand, ChineseGroup, broken_pipe_is_fine, plain, usage_sentence

if TYPE_CHECKING:
    from audit.audits import AuditOptions

# Heavy modules (Scrapy, pandas, lxml, pydantic) are imported inside the commands: `zhaocuo --help` must answer at once.

EXIT_USAGE = 2
EXIT_INTERRUPTED = 130


def main() -> None:
    """Entry point: every error becomes one Chinese sentence on stderr and an exit code."""
    with broken_pipe_is_fine():
        sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    try:
        code = cli.main(args=arguments, prog_name="zhaocuo", standalone_mode=False)
    except click.exceptions.Abort:
        _complain("已中断。")
        return EXIT_INTERRUPTED
    except KeyboardInterrupt:
        _complain("已中断，已抓到的内容保存在运行目录里，用 zhaocuo audit --resume 运行目录 可以接着做。")
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        _complain(usage_sentence(error))
        return EXIT_USAGE
    except AuditError as error:
        _complain(str(error))
        return error.exit_code
    except Exception as error:
        known = _known_error(error)
        if known is None:
            raise
        _complain(known)
        return EXIT_USAGE
    return code if isinstance(code, int) else 0


def _known_error(error: Exception) -> str | None:
    """Sentence of the other packages' own errors; None for a bug of ours."""
    from crawler.errors import CrawlerError  # noqa: PLC0415
    from reports.errors import ReportError  # noqa: PLC0415
    from rules.errors import PackInvalid  # noqa: PLC0415

    return str(error) if isinstance(error, CrawlerError | ReportError | PackInvalid) else None


def _complain(sentence: str) -> None:
    for line in sentence.splitlines() or [""]:
        click.echo(plain(line), err=True)


@click.group(cls=ChineseGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(None, "--version", package_name="zhaocuo", message="zhaocuo %(version)s", help="显示版本。")
def cli() -> None:
    """找错：按官方规则检查政府信息公开栏目，为每个单位出具检查报告。"""


cli.add_command(check)
cli.add_command(sample)
cli.add_command(tickets)
cli.add_command(evidence)
cli.add_command(probe)


@cli.command(cls=ChineseCommand)
@out_option
@data_option
def demo(out: Path | None, data: Path) -> int:
    """在本机起一个内置示例门户，从头到尾检查一遍。"""
    from audit.demo_run import run_demo  # noqa: PLC0415

    return run_demo(out or Path("demo-out"), data)


@cli.command(cls=ChineseCommand)
@click.argument("target", metavar="网址|portal.yaml", required=False)
@out_option
@data_option
@as_of_option
@pack_option
@crawl_options
@option("--resume", metavar="运行", help="把中断的运行接着做完，沿用它开始时的设置。")
@option(
    "--canary",
    "canaries",
    multiple=True,
    metavar="网址",
    help="已知正常的对照地址，开始、异常和结束时各看一次；打不开说明是我们的网络有问题。可多次给出。",
)
@option("--department", "departments", multiple=True, metavar="名称", help="只检查这些单位，可多次给出。")
@option("--full", is_flag=True, help="不沿用上一次的内容，全部重新抓取。")
@option("--jobs", type=click.IntRange(1, 64), metavar="个", help="抓取用几个进程，默认按处理器的个数；1 即一个，结果相同。")
@option("--no-browser", "browser", flag_value=False, default=True, help="不用浏览器打开由脚本填写的页面。")
@option("--screenshots", is_flag=True, help="给问题的证据截图（需要 Chromium 和附加组件 browser）。")
@option("--new-media", type=click.Path(path_type=Path), metavar="文件", help="政务新媒体账号和最后更新时间的 CSV 清单。")
def audit(target: str | None, resume: str | None, **words: Any) -> int:
    """检查一个门户：抓取、判断、计分、出报告。"""
    options = _audit_options(target, **words)
    if resume is not None:
        from audit.resume import resume_audit  # noqa: PLC0415

        return resume_audit(resume, options)
    if target is None:
        raise click.UsageError(
            "缺少参数：请给出门户首页的网址，例如 http://www.example.gov.cn/，或者用 --resume 继续中断的运行。"
        )
    from audit.audits import run_audit  # noqa: PLC0415

    return run_audit(options)


def _audit_options(target: str | None, **words: Any) -> "AuditOptions":
    from audit.audits import AuditOptions  # noqa: PLC0415

    for name in ("packs", "departments", "canaries"):
        words[name] = tuple(words[name])
    return AuditOptions(target=target, **words)


@cli.command(cls=ChineseCommand)
@click.argument("page", metavar="文件|网址")
@option("--url", metavar="网址", help="文件原来的网址，用来补全相对链接。")
@option("--json", "as_json", is_flag=True, help="输出 JSON。")
@option("--allow-private", is_flag=True, help="允许访问内网和本机地址。")
def inspect(page: str, url: str | None, as_json: bool, allow_private: bool) -> int:
    """读一个页面，列出读到的标题、日期、标识、栏目和列表。"""
    from audit.inspection import inspect_target  # noqa: PLC0415

    click.echo(inspect_target(page, url=url, as_json=as_json, allow_private=allow_private))
    return 0


@cli.command(cls=ChineseCommand)
@click.argument("url", metavar="网址")
@option(
    "--out", type=click.Path(path_type=Path), default=Path("portal.yaml"), metavar="文件", help="写到哪里，默认 ./portal.yaml。"
)
@data_option
@crawl_options
def discover(url: str, out: Path, data: Path, **words: Any) -> int:
    """找出门户的单位和栏目，写成可以修改的 portal.yaml。"""
    from audit.audits import run_discover  # noqa: PLC0415

    return run_discover(url, out, data, **words)


@cli.command(cls=ChineseCommand)
@click.argument("run", metavar="运行")
@out_option
@data_option
@as_of_option
@pack_option
@option("--re-extract", is_flag=True, help="用现在的程序从存证重新读一遍页面。")
def judge(run: str, **words: Any) -> int:
    """对存下的一次运行重新判断，不访问网络。"""
    from audit.judging import run_judge  # noqa: PLC0415

    return run_judge(run, **words)


@cli.command(cls=ChineseCommand)
@click.argument("source", metavar="运行|result.json")
@out_option
@data_option
@option("--notices", is_flag=True, help="为每个单位写一份整改通知书（Word）。")
@option("--notice-template", type=click.Path(path_type=Path), metavar="文件", help="用本单位的通知书模板（.docx）。")
@option("--pdf", is_flag=True, help="把每份检查报告的第一页存成 PDF（需要 Chromium）。")
@option("--exhibits", is_flag=True, help="检查报告后附全部证据。")
@option("--anonymous", is_flag=True, help="盲审：隐去单位名称和网址，另存一份对照表。")
@option("--serve", is_flag=True, help="写好后在本机打开一个只读的网页服务。")
@option("--port", type=click.IntRange(0, 65535), default=0, metavar="端口", help="配合 --serve，默认任选一个空闲端口。")
def report(source: str, **words: Any) -> int:
    """由存下的结果重新出报告。"""
    from audit.reporting import ReportOptions, run_report  # noqa: PLC0415
    from reports.render import Extras  # noqa: PLC0415

    template = words.pop("notice_template")
    extras = Extras(
        notices=words.pop("notices") or template is not None,
        notice_template=template,
        pdf=words.pop("pdf"),
        exhibits=words.pop("exhibits"),
    )
    return run_report(ReportOptions(source=source, extras=extras, **words))


cli.add_command(nightly)


@cli.group(cls=ChineseGroup)
def runs() -> None:
    """查看以往的运行。"""


@runs.command("list", cls=ChineseCommand)
@data_option
def runs_list(data: Path) -> None:
    """列出所有运行。"""
    from audit.history import list_table  # noqa: PLC0415

    click.echo(list_table(data))


@runs.command("show", cls=ChineseCommand)
@click.argument("run", metavar="运行")
@data_option
def runs_show(run: str, data: Path) -> None:
    """显示一次运行的设置、数量核对和结论。"""
    from audit.history import show_run  # noqa: PLC0415

    click.echo(show_run(data, run))


@runs.command("compare", cls=ChineseCommand)
@click.argument("earlier", metavar="较早的运行")
@click.argument("later", metavar="较晚的运行")
@data_option
def runs_compare(earlier: str, later: str, data: Path) -> None:
    """比较两次运行：新出现的、已整改的、仍存在的问题。"""
    from audit.comparison import compare_runs  # noqa: PLC0415

    click.echo(compare_runs(data, earlier, later))


@runs.command("trend", cls=ChineseCommand)
@option("--portal", metavar="网址", help="只看这个门户。")
@data_option
def runs_trend(portal: str | None, data: Path) -> None:
    """各次运行的得分和问题数，按门户从早到晚。"""
    from audit.history import trend_table  # noqa: PLC0415

    click.echo(trend_table(data, portal))


@cli.group(cls=ChineseGroup)
def rules() -> None:
    """查看、检查和测试规则。"""


@rules.command("list", cls=ChineseCommand)
@pack_option
def rules_list(packs: tuple[str, ...]) -> None:
    """列出规则。"""
    from audit.rulebook import list_text  # noqa: PLC0415

    click.echo(list_text(packs))


@rules.command("show", cls=ChineseCommand)
@click.argument("rule", metavar="规则")
@pack_option
def rules_show(rule: str, packs: tuple[str, ...]) -> None:
    """显示一条规则的依据、阈值、示例和整改建议。"""
    from audit.rulebook import show_text  # noqa: PLC0415

    click.echo(show_text(rule, packs))


@rules.command("lint", cls=ChineseCommand)
@click.argument("folders", metavar="目录", nargs=-1, type=click.Path(path_type=Path))
def rules_lint(folders: tuple[Path, ...]) -> int:
    """检查规则包的写法，一次列出全部问题。"""
    from audit.rulebook import lint_text  # noqa: PLC0415

    return _report_problems(*lint_text(folders))


@rules.command("test", cls=ChineseCommand)
@click.argument("folders", metavar="目录", nargs=-1, type=click.Path(path_type=Path))
def rules_test(folders: tuple[Path, ...]) -> int:
    """运行规则旁边的示例。"""
    from audit.rulebook import test_text  # noqa: PLC0415

    return _report_problems(*test_text(folders))


@rules.command("docs", cls=ChineseCommand)
@click.argument("folders", metavar="目录", nargs=-1, type=click.Path(path_type=Path))
@option("--out", type=click.Path(path_type=Path), metavar="目录", help="写成文件，每个规则包一个；默认输出到屏幕。")
def rules_docs(folders: tuple[Path, ...], out: Path | None) -> None:
    """把规则包写成说明（Markdown）：条款、规则、阈值、本地改动。"""
    from audit.rulebook import docs_text  # noqa: PLC0415

    click.echo(docs_text(folders, out))


@rules.command("new", cls=ChineseCommand)
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path))
@click.argument("rule", metavar="规则")
@option("--check", required=True, metavar="名称", help="用哪个检查方法，例如 column-freshness。")
def rules_new(folder: Path, rule: str, check: str) -> None:
    """在规则包目录里新建一条规则：规则文件、示例文件和条款写法。"""
    from audit.rulebook import new_text  # noqa: PLC0415

    click.echo(new_text(folder, rule, check))


def _report_problems(text: str, good: bool) -> int:
    click.echo(text)
    return 0 if good else EXIT_USAGE


if __name__ == "__main__":
    main()

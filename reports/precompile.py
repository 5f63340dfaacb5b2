"""``python -m reports.precompile``: keep the templates compiled, for machines where nobody may write there later."""

from reports.kept_templates import KeptTemplates
from reports.render import environment


def precompile() -> None:
    env = environment()
    env.bytecode_cache = KeptTemplates(always=True)
    for name in env.list_templates(extensions=["j2"]):
        env.get_template(name)


if __name__ == "__main__":
    precompile()

"""The migrations are one chain: branches that land side by side must not leave two heads."""

from alembic.config import Config
from alembic.script import ScriptDirectory


def test_there_is_one_head_and_every_file_is_named_by_its_revision() -> None:
    config = Config()
    config.set_main_option("script_location", "frontdesk.db:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert len(scripts.get_heads()) == 1
    for script in scripts.walk_revisions():
        assert script.path.rpartition("/")[2].startswith(script.revision)

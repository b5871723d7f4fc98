"""Whether every row that refers to another finds it: asked of SQLite, which does not look while tables are altered."""

from sqlalchemy import Connection


def check_references(connection: Connection) -> None:
    """Raises `ValueError` where a row of a SQLite database refers to one that is not there."""
    broken = connection.exec_driver_sql('SELECT DISTINCT "table" FROM pragma_foreign_key_check ORDER BY 1').scalars()
    if names := ", ".join(broken):
        raise ValueError(
            f"The database would lose rows to which rows of these tables refer: {names}. "
            "Nothing was changed: keep the database as it is, and report this."
        )

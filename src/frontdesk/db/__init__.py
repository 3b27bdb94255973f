"""PostgreSQL: the pool and its transactions, migrations, and the server that comes embedded."""

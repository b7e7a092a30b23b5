"""The DuckDB warehouse: DDL derived from schemas/, loading, and SQL that users read."""

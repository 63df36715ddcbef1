"""The history of the tables, one file in ``versions`` for each change of the models.

A new one is written by hand: ``revision`` is the next number and ``down_revision`` the one before;
``upgrade`` leads from there to the tables of :mod:`calc_core.progress.models`, which a test
compares with them. SQLite can change little in a table that exists; ``op.batch_alter_table``
rebuilds it. All runs in one transaction. A revision that has been released is never changed.
"""

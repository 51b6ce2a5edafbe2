-- Schema 3: what safekeeping asks of the database itself. `identity` tells the backups of several libraries in one place apart:
-- drawn once, kept by restoring, not in the dump. `rolled` is the hash that the rolling check of the files has come to.

INSERT INTO meta (name, value) VALUES ('identity', lower(hex(randomblob(16)))), ('rolled', '');

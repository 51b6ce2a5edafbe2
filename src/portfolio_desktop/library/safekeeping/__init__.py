"""Safekeeping: copies of the library, and the proof that they can be used.

Library -> copies    backups/<moment>-<reason>.sqlite3     the database alone, by itself: at close, before bulk changes
        -> whole     <any folder or disk>                  database and files, content-addressed, read back   (transfer)
backups -> Backup -> restoring -> a new folder             never the live library
                  -> drill     -> restored, compared, taken away again
Library -> verifying -> Problem … -> mending               by hash, from any known backup
folder  -> rebuilding -> library.sqlite3                   from catalog.json, a copy and files/

`record` is what a library knows about all this: backups/record.json. `thinning` says which copies stay.
"""

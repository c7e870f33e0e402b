-- Of every file it is counted how many rows it kept, and which of them have no outcome: by the index alone, without the
-- rows.
DROP INDEX records_file;
CREATE INDEX records_file ON records (file_id, state);

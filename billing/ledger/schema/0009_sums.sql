-- What the rows of each table come to, as whoever writes keeps it: rows that were removed, added or changed behind the
-- program's back are found by it. A part is the rows of one period: the number of the close before it, or of the period
-- itself. Each close seals what was added since the close before it, so an epoch is the number of that close. The program
-- adds, behind this file, what the rows that are there come to.
CREATE TABLE sums (
  name {{text}} NOT NULL,
  part {{int}} NOT NULL,
  epoch {{int}} NOT NULL,
  row_count {{int}} NOT NULL,
  sum {{text}} NOT NULL,
  PRIMARY KEY (name, part, epoch)
){{strict}};
CREATE INDEX sums_epoch ON sums (epoch);

-- The seal of a close: a hash of what it added to the sums. It is in the head of the chain. Closes from before have none.
ALTER TABLE runs ADD COLUMN seal {{text}} NOT NULL DEFAULT '';

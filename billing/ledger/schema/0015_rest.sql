-- What of a client lies at rest is not judged again: every dated record up to rest_to, a day; 0 is nothing. passed holds the
-- kinds of help of which such a record passed the limit of S04.
ALTER TABLE clients ADD COLUMN rest_to {{int}} NOT NULL DEFAULT 0;
ALTER TABLE clients ADD COLUMN passed {{int}} NOT NULL DEFAULT 0;

-- Clients of whom a record names a referral that is not theirs: they are judged again when a referral of that number comes
-- or goes. A row too many makes a client be judged once more than need be.
CREATE TABLE strays (
  number {{text}} NOT NULL,
  bsn {{text}} NOT NULL,
  PRIMARY KEY (number, bsn)
){{clustered}};
